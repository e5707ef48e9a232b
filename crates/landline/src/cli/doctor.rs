//! `landline doctor`: what functions and the port need on this machine.

use std::process::ExitCode;

use tokio::net::TcpListener;
use tokio::process::Command;

use super::Node;
use crate::config::Config;
use crate::env::Environment;

/// One thing that was looked at.
struct Finding {
    what: &'static str,
    /// What is there, or what is missing and the remedy.
    found: Result<String, String>,
}

/// Looks, tells, and fails when something is missing.
pub(super) async fn run(node: &Node, environment: &Environment) -> anyhow::Result<ExitCode> {
    let default = std::path::Path::new(crate::config::DEFAULT_DATA_DIR);
    let config = Config::load(node.layer(), environment, node.config.as_deref(), default)?;
    let findings = [
        Finding {
            what: "python3",
            found: version(
                "python3",
                "python functions need Python 3.11 or later: install python3",
            )
            .await,
        },
        Finding {
            what: "pip",
            found: answers(
                "python3",
                &["-m", "pip", "--version"],
                "boto3 is installed by pip: install python3-pip",
            )
            .await,
        },
        Finding {
            what: "node",
            found: version(
                "node",
                "nodejs functions need Node.js 20 or later: install nodejs",
            )
            .await,
        },
        Finding {
            what: "npm",
            found: version(
                "npm",
                "the AWS SDK for JavaScript is installed by npm: install npm",
            )
            .await,
        },
        Finding {
            what: "folders",
            found: Ok(folders().await),
        },
        Finding {
            what: "port",
            found: port(&config).await,
        },
        Finding {
            what: "data directory",
            found: data_dir(&config),
        },
        Finding {
            what: "open files",
            found: Ok(open_files()),
        },
    ];
    let healthy = findings.iter().all(|finding| finding.found.is_ok());
    findings.iter().for_each(tell);
    Ok(if healthy {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn version(program: &str, remedy: &str) -> Result<String, String> {
    answers(program, &["--version"], remedy).await
}

async fn answers(program: &str, arguments: &[&str], remedy: &str) -> Result<String, String> {
    match Command::new(program).args(arguments).output().await {
        Ok(output) if output.status.success() => {
            let text = String::from_utf8_lossy(&output.stdout);
            Ok(text.lines().next().unwrap_or_default().to_owned())
        }
        _ => Err(format!("not found; {remedy}")),
    }
}

/// Whether functions find what they have where AWS has it; they run either way.
async fn folders() -> String {
    let Ok(program) = std::env::current_exe() else {
        return "cannot be looked at".to_owned();
    };
    let tried = Command::new(program).args(TRY_FOLDERS).output().await;
    match tried {
        Ok(output) if output.status.success() => {
            "functions find /var/task, /opt and a /tmp of their own".to_owned()
        }
        Ok(output) => {
            let text = String::from_utf8_lossy(&output.stderr);
            let reason = text.lines().last().unwrap_or_default();
            format!("functions find nothing at /var/task and /opt ({reason})")
        }
        Err(error) => format!("cannot be looked at: {error}"),
    }
}

async fn port(config: &Config) -> Result<String, String> {
    match TcpListener::bind(config.listen).await {
        Ok(_) => Ok(format!("{} is free", config.listen)),
        Err(error) => Err(crate::front_door::internal::bind_failure(
            config.listen,
            &error,
        )),
    }
}

fn data_dir(config: &Config) -> Result<String, String> {
    let path = &config.data_dir;
    let made = std::fs::create_dir_all(path).and_then(|()| {
        let probe = path.join(".writable");
        std::fs::write(&probe, b"")?;
        std::fs::remove_file(probe)
    });
    match made {
        Ok(()) => Ok(format!("{} can be written to", path.display())),
        Err(error) => Err(format!(
            "cannot write to {}: {error}; choose another with --data-dir",
            path.display()
        )),
    }
}

fn open_files() -> String {
    let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile);
    limit.current.map_or_else(
        || "without limit".to_owned(),
        |most| format!("{most}, so about as many connections"),
    )
}

#[expect(clippy::print_stdout, reason = "this is what the command is for")]
fn tell(finding: &Finding) {
    match &finding.found {
        Ok(found) => println!("ok       {}: {found}", finding.what),
        Err(missing) => println!("missing  {}: {missing}", finding.what),
    }
}

/// How a worker's program is asked what it could do.
const TRY_FOLDERS: [&str; 2] = ["__worker", "--try-folders"];
