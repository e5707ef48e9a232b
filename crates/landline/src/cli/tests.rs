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

/// What a person reads who asks for help; a change shows in review.
#[test]
fn the_help_of_every_command_is_as_reviewed() {
    let mut command = Cli::command().term_width(100);
    command.build();
    let mut pages = vec![command.render_help().to_string()];
    for subcommand in command.get_subcommands_mut() {
        if subcommand.get_name() != "help" && !subcommand.is_hide_set() {
            pages.push(subcommand.render_long_help().to_string());
        }
    }
    insta::assert_snapshot!("help", pages.join("\n----\n\n"));
}
