//! `landline env` and `landline exec`: the environment in which AWS's tools find a
//! running Landline. The node itself tells it, because it knows where its
//! certificates lie.

use std::collections::BTreeMap;
use std::process::ExitCode;

use anyhow::Context as _;
use bytes::Bytes;
use http::Method;
use serde::Deserialize;

use super::{Exec, client};
use crate::env::Environment;
use crate::front_door::internal::ENVIRONMENT_PATH;

/// Whoever runs a tool may have options of their own in it.
const NODE_OPTIONS: &str = "NODE_OPTIONS";

/// What a node says of its environment.
#[derive(Debug, Deserialize)]
struct Told {
    /// Set for every tool.
    variables: BTreeMap<String, String>,
    /// For tools that build AWS's host names themselves.
    proxy: BTreeMap<String, String>,
}

async fn ask(endpoint: &str) -> anyhow::Result<Told> {
    let response = client::send(endpoint, Method::GET, ENVIRONMENT_PATH, &[], Bytes::new()).await?;
    let body = client::body(response).await?;
    serde_json::from_slice(&body).context("what answers there is not this version of Landline")
}

/// `landline env`.
#[expect(clippy::print_stdout, reason = "a shell reads it")]
pub(super) async fn print(endpoint: &str) -> anyhow::Result<ExitCode> {
    let told = ask(endpoint).await?;
    for (name, value) in &told.variables {
        println!("export {name}={}", quoted(value));
    }
    println!(
        "# For tools that ignore AWS_ENDPOINT_URL and call AWS's host names, as `aws sqs` of version 1 does:"
    );
    for (name, value) in &told.proxy {
        println!("# export {name}={}", quoted(value));
    }
    Ok(ExitCode::SUCCESS)
}

/// In single quotes where a shell would see more than a word.
fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@%+,".contains(c);
    if !value.is_empty() && value.chars().all(plain) {
        value.to_owned()
    } else {
        format!("'{}'", value.replace('\'', r"'\''"))
    }
}

/// `landline exec -- COMMAND`.
pub(super) async fn run(exec: &Exec, environment: &Environment) -> anyhow::Result<ExitCode> {
    let mut told = ask(&exec.target.endpoint(environment)).await?;
    let own = environment.get(NODE_OPTIONS).filter(|own| !own.is_empty());
    if let (Some(own), Some(added)) = (own, told.proxy.get_mut(NODE_OPTIONS)) {
        *added = format!("{own} {added}");
    }
    let (program, arguments) = exec
        .command
        .split_first()
        .context("there is no command to run")?;
    let mut child = tokio::process::Command::new(program)
        .args(arguments)
        .envs(&told.variables)
        .envs(&told.proxy)
        .spawn()
        .with_context(|| format!("cannot run {}", program.to_string_lossy()))?;
    let status = child.wait().await?;
    Ok(status
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .map_or(ExitCode::FAILURE, ExitCode::from))
}
