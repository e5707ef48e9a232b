//! The command line as it is typed.

use clap::{CommandFactory as _, Parser as _};

use super::{Cli, Command};

#[test]
fn the_definition_is_consistent() {
    Cli::command().debug_assert();
}

#[test]
fn every_command_has_a_help_text() {
    for command in Cli::command().get_subcommands() {
        assert!(command.get_about().is_some(), "{}", command.get_name());
    }
}

#[test]
fn dev_takes_a_folder_and_parameters() {
    let typed = [
        "landline",
        "dev",
        "examples/chat",
        "--parameter",
        "A=b=c",
        "--listen",
        "127.0.0.1:0",
    ];
    let Command::Dev(dev) = Cli::parse_from(typed).command else {
        panic!("not dev")
    };
    assert_eq!(dev.parameters, [("A".to_owned(), "b=c".to_owned())]);
    assert_eq!(dev.node.listen.as_deref(), Some("127.0.0.1:0"));
}

#[test]
fn a_parameter_without_a_value_is_refused_with_the_form_that_is_wanted() {
    let refused = Cli::try_parse_from(["landline", "dev", "--parameter", "A"]).unwrap_err();
    assert!(refused.to_string().contains("KEY=VALUE"), "{refused}");
}

#[test]
fn exec_passes_everything_behind_the_dashes() {
    let typed = ["landline", "exec", "--", "aws", "--version"];
    let Command::Exec(exec) = Cli::parse_from(typed).command else {
        panic!("not exec")
    };
    assert_eq!(exec.command, ["aws", "--version"]);
}
