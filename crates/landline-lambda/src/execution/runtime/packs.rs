//! Runtime packs: the packages that Lambda's managed runtimes bundle, installed once.
//!
//! Only code that mentions an AWS SDK needs one. A pack is installed into a folder beside its
//! place and renamed, so it is there whole or not at all; its name holds the versions.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;
use tokio::sync::Mutex;

use super::interpreter::Interpreters;
use crate::execution::invocation::Failure;
use crate::function::Family;

/// The packs below one folder.
#[derive(Debug)]
pub(super) struct Packs {
    root: PathBuf,
    /// One installation at a time.
    installing: Mutex<()>,
}

impl Packs {
    pub(super) fn new(root: PathBuf) -> Self {
        Self {
            root,
            installing: Mutex::default(),
        }
    }

    /// Where the packages of a family are: a `node_modules`, or a folder for `PYTHONPATH`.
    pub(super) fn folder(&self, family: Family) -> Option<PathBuf> {
        let pack = pack_of(family)?;
        Some(self.root.join(pack.name).join(pack.packages_in))
    }

    /// Installs the pack of a family, unless it is there.
    pub(super) async fn ensure(
        &self,
        family: Family,
        interpreter: &Path,
        interpreters: &Interpreters,
    ) -> Result<(), Failure> {
        let Some(pack) = pack_of(family) else {
            return Ok(());
        };
        let place = self.root.join(pack.name);
        if place.is_dir() {
            return Ok(());
        }
        let _one_at_a_time = self.installing.lock().await;
        if place.is_dir() {
            return Ok(());
        }
        tracing::info!(
            pack = pack.name,
            "installing the packages that the Lambda runtime bundles; this happens once"
        );
        self.install(pack, interpreter, interpreters, &place)
            .await
            .map_err(|reason| {
                tracing::warn!(pack = pack.name, reason, "cannot install a runtime pack");
                Failure::NotStarted {
                    error_type: "Runtime.InvalidRuntime",
                    message: format!(
                        "Landline cannot install {} for the function: {reason}. Install it into {} yourself, or bundle it with the function's code",
                        pack.packages.join(", "),
                        place.join(pack.packages_in).display()
                    ),
                }
            })?;
        tracing::info!(pack = pack.name, "installed the runtime's packages");
        Ok(())
    }

    async fn install(
        &self,
        pack: &Pack,
        interpreter: &Path,
        interpreters: &Interpreters,
        place: &Path,
    ) -> Result<(), String> {
        let fresh = self.root.join(format!(
            ".{}-{}",
            pack.name,
            landline_wire::request_id::uuid()
        ));
        std::fs::create_dir_all(&fresh).map_err(|error| error.to_string())?;
        let installed = run(pack.command(interpreter, interpreters, &fresh)?).await;
        let moved = installed.and_then(|()| match std::fs::rename(&fresh, place) {
            // Another Landline has been faster.
            Err(_) if place.is_dir() => Ok(()),
            moved => moved.map_err(|error| error.to_string()),
        });
        if fresh.exists() {
            let _ = std::fs::remove_dir_all(&fresh);
        }
        moved
    }
}

/// What a family of runtimes bundles.
struct Pack {
    name: &'static str,
    installer: Installer,
    packages: &'static [&'static str],
    packages_in: &'static str,
}

enum Installer {
    Npm,
    Pip,
}

impl Pack {
    fn command(
        &self,
        interpreter: &Path,
        interpreters: &Interpreters,
        folder: &Path,
    ) -> Result<Command, String> {
        let mut command = match self.installer {
            Installer::Npm => {
                let npm = interpreters.executables("npm").into_iter().next();
                let npm = npm.ok_or("npm is not installed on this machine")?;
                let mut command = Command::new(npm);
                command
                    .args(["install", "--no-audit", "--no-fund", "--no-package-lock"])
                    .args(["--ignore-scripts", "--loglevel=error", "--prefix"])
                    .arg(folder);
                command
            }
            Installer::Pip => {
                let mut command = Command::new(interpreter);
                command
                    .args(["-m", "pip", "install", "--quiet"])
                    .args(["--disable-pip-version-check", "--no-input", "--target"])
                    .arg(folder.join(self.packages_in));
                command
            }
        };
        command
            .args(self.packages)
            .current_dir(folder)
            .env("PATH", interpreters.search_path());
        Ok(command)
    }
}

fn pack_of(family: Family) -> Option<&'static Pack> {
    match family {
        Family::Python => Some(&PYTHON),
        Family::Nodejs => Some(&NODEJS),
        Family::NodejsLegacy => Some(&NODEJS_LEGACY),
        Family::Provided => None,
    }
}

async fn run(mut command: Command) -> Result<(), String> {
    let output = command.stdin(Stdio::null()).kill_on_drop(true).output();
    let output = tokio::time::timeout(INSTALL_TIMEOUT, output)
        .await
        .map_err(|_| "the installation took too long".to_owned())?
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let reason = text.lines().rfind(|line| !line.trim().is_empty());
    Err(reason
        .unwrap_or("the installation failed")
        .trim()
        .to_owned())
}

const PYTHON: Pack = Pack {
    name: "python-boto3-1.43.11",
    installer: Installer::Pip,
    packages: &["boto3==1.43.11", "botocore==1.43.11"],
    packages_in: "python",
};

/// The clients that applications on WebSocket APIs use, and the functions that deploy tools bring along. Lambda bundles all four hundred.
/// The name changes with the list, because an installed pack is never looked into.
const NODEJS: Pack = Pack {
    name: "nodejs-sdk-3.1169.0-3",
    installer: Installer::Npm,
    packages: &[
        "@aws-sdk/client-api-gateway@3.1142.0",
        "@aws-sdk/client-apigatewaymanagementapi@3.1169.0",
        "@aws-sdk/client-apigatewayv2@3.1169.0",
        "@aws-sdk/client-bedrock-runtime@3.1163.0",
        "@aws-sdk/client-cloudformation@3.1169.0",
        "@aws-sdk/client-cloudwatch@3.1162.0",
        "@aws-sdk/client-cloudwatch-logs@3.1169.0",
        "@aws-sdk/client-cognito-identity-provider@3.1169.0",
        "@aws-sdk/client-dynamodb@3.1162.0",
        "@aws-sdk/client-dynamodb-streams@3.1141.0",
        "@aws-sdk/client-eventbridge@3.1169.0",
        "@aws-sdk/client-iam@3.1169.0",
        "@aws-sdk/client-kinesis@3.1143.0",
        "@aws-sdk/client-lambda@3.1162.0",
        "@aws-sdk/client-s3@3.1169.0",
        "@aws-sdk/client-secrets-manager@3.1162.0",
        "@aws-sdk/client-ses@3.1169.0",
        "@aws-sdk/client-sfn@3.1162.0",
        "@aws-sdk/client-sns@3.1169.0",
        "@aws-sdk/client-sqs@3.1169.0",
        "@aws-sdk/client-ssm@3.1169.0",
        "@aws-sdk/client-sts@3.1169.0",
        "@aws-sdk/lib-dynamodb@3.1162.0",
        "@aws-sdk/s3-request-presigner@3.1162.0",
        "@aws-sdk/util-dynamodb@3.996.9",
    ],
    packages_in: "node_modules",
};

const NODEJS_LEGACY: Pack = Pack {
    name: "nodejs-sdk-2.1693.0",
    installer: Installer::Npm,
    packages: &["aws-sdk@2.1693.0"],
    packages_in: "node_modules",
};

const INSTALL_TIMEOUT: Duration = Duration::from_mins(10);
