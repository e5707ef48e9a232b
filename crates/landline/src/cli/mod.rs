//! The command line: what can be said, and who does it.

mod client;
mod connect;
mod deploy;
mod doctor;
mod exec;
mod logs;
mod parameters;
mod run;
mod tables;
mod template;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::config::Layer;
use crate::env::{self, Environment};

/// What the commands talk to unless told otherwise.
const DEFAULT_ENDPOINT: &str = "http://127.0.0.1:4566";

/// The command line.
#[derive(Debug, Parser)]
#[command(name = "landline", version, about = ABOUT, after_help = env::reference(), max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

const ABOUT: &str = "API Gateway's WebSocket APIs, with the Lambda functions and DynamoDB tables around them, \
    on your own machine: applications run as they were written for AWS";

#[derive(Debug, Subcommand)]
enum Command {
    /// Deploy a SAM or CloudFormation template on this machine, and again whenever it changes
    ///
    /// Starts Landline on the loopback, deploys the template, prints the application's URLs, shows
    /// the functions' logs, and deploys again when the template or the code changes. Connections stay open.
    Dev(Dev),
    /// Run a server with its own data directory
    Serve(Serve),
    /// Deploy a template to a running Landline
    Deploy(Deploy),
    /// Talk to a WebSocket API: each line is sent, each message is printed
    Connect(Connect),
    /// Show what a function printed
    Logs(Logs),
    /// Print what a shell needs to reach a running Landline: eval "$(landline env)"
    Env(Target),
    /// Run a tool with that environment: landline exec -- aws dynamodb list-tables
    Exec(Exec),
    /// Say what is missing on this machine, and the remedy
    Doctor(Node),
    /// Take a table's items out, or put items in, as lines of DynamoDB's JSON
    #[command(subcommand)]
    Tables(TablesCommand),
    /// Look at a template without deploying it
    #[command(subcommand)]
    Template(TemplateCommand),
}

#[derive(Debug, Subcommand)]
enum TemplateCommand {
    /// Print what the transforms (SAM, language extensions) make of a template, as JSON
    Expand(Expand),
}

#[derive(Debug, Args)]
struct Expand {
    /// The template, or the folder that holds template.yaml
    #[arg(default_value = ".")]
    template: PathBuf,
    /// A parameter of the template, for loops that run over it; may be repeated
    #[arg(long = "parameter", value_name = "KEY=VALUE", value_parser = parameters::key_value)]
    parameters: Vec<(String, String)>,
}

/// `landline __worker PROGRAM ARGUMENTS…`: how Landline starts a function's process
/// within its limits. Looked at before anything else, because it is on the way of
/// every cold start. Returns only when there is nothing to become, or with the failure.
#[expect(clippy::print_stderr, reason = "the worker's log shows it")]
pub fn become_worker(mut arguments: impl Iterator<Item = OsString>) -> Option<ExitCode> {
    if arguments.nth(1)? != WORKER {
        return None;
    }
    let error = landline_lambda::worker_main(arguments);
    eprintln!("cannot start the worker: {error}");
    Some(ExitCode::FAILURE)
}

/// The hidden command of workers.
const WORKER: &str = "__worker";

/// The settings of a node.
#[derive(Debug, Args)]
struct Node {
    /// The address and port to listen on; port 0 takes a free one [default: 127.0.0.1:4566]
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// The folder that keeps all state [default: .landline]
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// The region that Landline is [default: us-east-1]
    #[arg(long)]
    region: Option<String>,
    /// A folder of certificates for custom domains: NAME.crt beside NAME.key
    #[arg(long, value_name = "DIR")]
    certificates: Option<PathBuf>,
    /// What becomes of a call that no policy of its role allows: off, warn or enforce [default: warn; enforce where requests must be signed]
    #[arg(long, value_name = "MODE")]
    iam: Option<String>,
    /// Let tables take their time, as on AWS: to come up, to change, and until a global index follows
    #[arg(long)]
    dynamodb_strict: bool,
    /// The words in which tables refuse: classic, or those of AWS since 2026 [default: classic]
    #[arg(long, value_name = "WORDING")]
    dynamodb_wording: Option<String>,
    /// Let functions stand still between events, as on AWS: what a handler does not wait for is not done
    #[arg(long)]
    freeze_functions: bool,
    /// A configuration file (TOML)
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Node {
    fn layer(&self) -> Layer {
        Layer {
            listen: self.listen.clone(),
            data_dir: self.data_dir.clone(),
            region: self.region.clone(),
            certificates: self.certificates.clone(),
            iam: self.iam.clone(),
            dynamodb_strict: self.dynamodb_strict.then_some(true),
            freeze_functions: self.freeze_functions.then_some(true),
            dynamodb_wording: self.dynamodb_wording.clone(),
            ..Layer::default()
        }
    }
}

#[derive(Debug, Args)]
struct Dev {
    /// The template, or the folder that holds template.yaml
    #[arg(default_value = ".")]
    template: PathBuf,
    /// The stack's name [default: the folder's name]
    #[arg(long, value_name = "NAME")]
    stack_name: Option<String>,
    /// A parameter of the template; may be repeated
    #[arg(long = "parameter", value_name = "KEY=VALUE", value_parser = parameters::key_value)]
    parameters: Vec<(String, String)>,
    /// Deploy once and do not watch for changes
    #[arg(long)]
    no_watch: bool,
    #[command(flatten)]
    node: Node,
}

#[derive(Debug, Args)]
struct Serve {
    #[command(flatten)]
    node: Node,
}

/// A running Landline.
#[derive(Debug, Args)]
struct Target {
    #[arg(
        long,
        value_name = "URL",
        help = "The running Landline [default: http://127.0.0.1:4566]"
    )]
    endpoint: Option<String>,
}

impl Target {
    fn endpoint(&self, environment: &Environment) -> String {
        let given = self
            .endpoint
            .as_deref()
            .or_else(|| environment.get("LANDLINE_ENDPOINT"));
        given
            .unwrap_or(DEFAULT_ENDPOINT)
            .trim_end_matches('/')
            .to_owned()
    }
}

#[derive(Debug, Args)]
struct Deploy {
    /// The template, or the folder that holds template.yaml
    template: PathBuf,
    /// The stack's name [default: the folder's name]
    #[arg(long, value_name = "NAME")]
    stack_name: Option<String>,
    /// A parameter of the template; may be repeated
    #[arg(long = "parameter", value_name = "KEY=VALUE", value_parser = parameters::key_value)]
    parameters: Vec<(String, String)>,
    #[command(flatten)]
    target: Target,
}

#[derive(Debug, Args)]
struct Connect {
    #[arg(
        help = "The URL, as `landline dev` prints it (ws://127.0.0.1:4566/{apiId}/{stage}), or as AWS's tools do (wss://{apiId}.execute-api.{region}.amazonaws.com/{stage}), or a custom domain's"
    )]
    url: String,
    /// A header of the handshake; may be repeated
    #[arg(short = 'H', long = "header", value_name = "NAME: VALUE", value_parser = parameters::header)]
    headers: Vec<(String, String)>,
    /// A subprotocol to offer; may be repeated
    #[arg(short, long = "subprotocol", value_name = "NAME")]
    subprotocols: Vec<String>,
    #[command(flatten)]
    target: Target,
}

#[derive(Debug, Args)]
struct Logs {
    /// A function's name, its name in the template, or a log group's (with a slash)
    name: String,
    /// Keep showing what comes
    #[arg(short, long)]
    follow: bool,
    /// Only events that match, in CloudWatch's syntax for terms
    #[arg(long, value_name = "PATTERN")]
    filter: Option<String>,
    /// How many minutes to look back
    #[arg(long, value_name = "MINUTES", default_value_t = 60)]
    since: u32,
    #[command(flatten)]
    target: Target,
}

#[derive(Debug, Args)]
struct Exec {
    #[command(flatten)]
    target: Target,
    /// The tool and its arguments
    #[arg(trailing_var_arg = true, required = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

#[derive(Debug, Subcommand)]
enum TablesCommand {
    /// Write every item of a table, one {"Item":…} a line
    Export(Export),
    /// Put the item of every line into a table that exists
    Import(Import),
}

#[derive(Debug, Args)]
struct Export {
    /// The table's name
    table: String,
    /// The file to write [default: the terminal]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    target: Target,
}

#[derive(Debug, Args)]
struct Import {
    /// The table's name
    table: String,
    /// The file to read [default: what is piped in]
    file: Option<PathBuf>,
    #[command(flatten)]
    target: Target,
}

impl Cli {
    /// Does what was asked.
    pub async fn run(self) -> ExitCode {
        let environment = Environment::read();
        let done = match self.command {
            // On the heap: a whole node would make every command's future large.
            Command::Dev(dev) => Box::pin(run::dev(dev, &environment)).await,
            Command::Serve(serve) => Box::pin(run::serve(&serve, &environment)).await,
            Command::Deploy(deploy) => deploy::run(&deploy, &environment).await,
            Command::Connect(connect) => connect::run(&connect, &environment).await,
            Command::Logs(logs) => logs::run(&logs, &environment).await,
            Command::Env(target) => exec::print(&target.endpoint(&environment)).await,
            Command::Exec(exec) => exec::run(&exec, &environment).await,
            Command::Doctor(node) => doctor::run(&node, &environment).await,
            Command::Tables(TablesCommand::Export(export)) => {
                tables::export(&export, &environment).await
            }
            Command::Tables(TablesCommand::Import(import)) => {
                tables::import(&import, &environment).await
            }
            Command::Template(TemplateCommand::Expand(expand)) => template::expand(&expand),
        };
        done.unwrap_or_else(|failure| report(&failure))
    }
}

/// One plain sentence a cause, the outermost first.
#[expect(clippy::print_stderr, reason = "the command line talks to a person")]
fn report(failure: &anyhow::Error) -> ExitCode {
    eprintln!("error: {failure}");
    for cause in failure.chain().skip(1) {
        eprintln!("  because {cause}");
    }
    let refused = failure
        .downcast_ref::<crate::config::ConfigError>()
        .is_some();
    if refused {
        ExitCode::from(EX_CONFIG)
    } else {
        ExitCode::FAILURE
    }
}

/// sysexits.h: something is wrong with the configuration.
const EX_CONFIG: u8 = 78;

#[cfg(test)]
mod tests;
