//! `landline logs`: a function's log events, through the API that every tool uses.

use std::collections::HashMap;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::bail;
use bytes::Bytes;
use hyper::Method;
use landline_wire::{Clock as _, SystemClock, Timestamp};
use serde::Deserialize;
use serde_json::json;

use super::{Logs, client};
use crate::env::Environment;

/// How often `--follow` asks.
const POLL: Duration = Duration::from_millis(500);

/// Events of two workers may be stored in another order than they happened in.
const LATE: i64 = 2_000;
/// Where the logs of functions are.
const FUNCTION_GROUPS: &str = "/aws/lambda/";

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Groups {
    #[serde(default)]
    log_groups: Vec<Group>,
    next_token: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Group {
    log_group_name: String,
}

/// A function's configuration, as far as it says where the logs are.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Function {
    logging_config: Option<LoggingConfig>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct LoggingConfig {
    log_group: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    #[serde(default)]
    events: Vec<Event>,
    next_token: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    #[serde(rename = "eventId")]
    id: String,
    timestamp: i64,
    message: String,
}

/// Prints the events, and with `--follow` those that come.
pub(super) async fn run(logs: &Logs, environment: &Environment) -> anyhow::Result<ExitCode> {
    let endpoint = logs.target.endpoint(environment);
    let mut from = SystemClock.now().as_millis() - i64::from(logs.since) * 60_000;
    let group = wait_for_group(logs, &endpoint, environment).await?;
    // Those that the next look finds again, and when they were.
    let mut shown = HashMap::new();
    loop {
        let query = Query {
            group: &group,
            from,
            filter: logs.filter.as_deref(),
        };
        for event in all_events(&endpoint, environment, &query).await? {
            if shown.insert(event.id.clone(), event.timestamp).is_none() {
                print(&event);
            }
            from = from.max(event.timestamp - LATE);
        }
        shown.retain(|_, timestamp| *timestamp >= from);
        if !logs.follow {
            return Ok(ExitCode::SUCCESS);
        }
        tokio::time::sleep(POLL).await;
    }
}

/// The log group that the user means. A function's is there once it has run, which `--follow` waits for.
async fn wait_for_group(
    logs: &Logs,
    endpoint: &str,
    environment: &Environment,
) -> anyhow::Result<String> {
    if logs.name.contains('/') {
        return Ok(logs.name.clone());
    }
    let name = logs.name.rsplit(':').next().unwrap_or_default();
    if let Some(group) = chosen_group(name, endpoint, environment).await? {
        return wait_for_chosen(group, logs, endpoint, environment).await;
    }
    let mut is_told = false;
    loop {
        let functions = functions_with_logs(endpoint, environment).await?;
        // CloudFormation puts the name in the template between the stack's and some letters.
        let in_template = format!("-{name}-");
        let is_exact = functions.iter().any(|function| function == name);
        let meant = functions.iter().filter(|&function| {
            if is_exact {
                function == name
            } else {
                function.contains(&in_template)
            }
        });
        let meant: Vec<_> = meant.map(String::as_str).collect();
        match (meant.as_slice(), logs.follow) {
            ([one], _) => return Ok(format!("{FUNCTION_GROUPS}{one}")),
            ([], true) => {}
            ([], false) if functions.is_empty() => {
                bail!("there are no logs of {name}, nor of another function: none has run yet")
            }
            ([], false) => bail!(
                "there are no logs of {name}: name a function that has run, such as {}",
                some_of(&functions)
            ),
            (several, _) => bail!("{name} may be each of {}", several.join(", ")),
        }
        if !std::mem::replace(&mut is_told, true) {
            tell_waiting(name);
        }
        tokio::time::sleep(POLL).await;
    }
}

async fn wait_for_chosen(
    group: String,
    logs: &Logs,
    endpoint: &str,
    environment: &Environment,
) -> anyhow::Result<String> {
    let name = &logs.name;
    let mut is_told = false;
    while !groups(&group, endpoint, environment)
        .await?
        .contains(&group)
    {
        if !logs.follow {
            bail!("there are no logs of {name} in {group}: it has not run yet");
        }
        if !std::mem::replace(&mut is_told, true) {
            tell_waiting(name);
        }
        tokio::time::sleep(POLL).await;
    }
    Ok(group)
}

/// The names that a person can read at once.
fn some_of(functions: &[String]) -> String {
    const SHOWN: usize = 10;
    let shown = functions.iter().take(SHOWN).cloned().collect::<Vec<_>>();
    match functions.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// The log group that the function's configuration names, where that is not the one of its name.
async fn chosen_group(
    name: &str,
    endpoint: &str,
    environment: &Environment,
) -> anyhow::Result<Option<String>> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    if !name.chars().all(is_plain) {
        return Ok(None);
    }
    let call = client::Call {
        service: "lambda",
        method: Method::GET,
        path: &format!("/2015-03-31/functions/{name}/configuration"),
        headers: &[],
        body: Bytes::new(),
    };
    let response = client::call(endpoint, environment, call).await?;
    if !response.status().is_success() {
        return Ok(None);
    }
    let function: Function = serde_json::from_slice(&client::body(response).await?)?;
    let group = function.logging_config.and_then(|config| config.log_group);
    Ok(group.filter(|group| *group != format!("{FUNCTION_GROUPS}{name}")))
}

async fn functions_with_logs(
    endpoint: &str,
    environment: &Environment,
) -> anyhow::Result<Vec<String>> {
    let groups = groups(FUNCTION_GROUPS, endpoint, environment).await?;
    let names = groups.iter();
    let names = names.filter_map(|group| group.strip_prefix(FUNCTION_GROUPS));
    Ok(names.map(str::to_owned).collect())
}

/// The log groups whose names begin so.
async fn groups(
    prefix: &str,
    endpoint: &str,
    environment: &Environment,
) -> anyhow::Result<Vec<String>> {
    let mut names = Vec::new();
    let mut token: Option<String> = None;
    loop {
        let body = json!({ "logGroupNamePrefix": prefix, "nextToken": token });
        let response = ask(
            endpoint,
            environment,
            "Logs_20140328.DescribeLogGroups",
            &body,
        )
        .await?;
        let page: Groups = serde_json::from_slice(&response)?;
        names.extend(
            page.log_groups
                .into_iter()
                .map(|group| group.log_group_name),
        );
        match page.next_token {
            Some(next) => token = Some(next),
            None => return Ok(names),
        }
    }
}

async fn ask(
    endpoint: &str,
    environment: &Environment,
    target: &str,
    body: &serde_json::Value,
) -> anyhow::Result<Bytes> {
    let headers = [
        ("x-amz-target", target),
        ("content-type", "application/x-amz-json-1.1"),
    ];
    let call = client::Call {
        service: "logs",
        method: Method::POST,
        path: "/",
        headers: &headers,
        body: Bytes::from(body.to_string()),
    };
    client::body(client::call(endpoint, environment, call).await?).await
}

/// What is looked for.
struct Query<'a> {
    group: &'a str,
    from: i64,
    filter: Option<&'a str>,
}

async fn all_events(
    endpoint: &str,
    environment: &Environment,
    query: &Query<'_>,
) -> anyhow::Result<Vec<Event>> {
    let mut events = Vec::new();
    let mut token = None;
    loop {
        let body = json!({
            "logGroupName": query.group,
            "startTime": query.from,
            "filterPattern": query.filter,
            "nextToken": token,
        });
        let page = ask(
            endpoint,
            environment,
            "Logs_20140328.FilterLogEvents",
            &body,
        )
        .await?;
        let page: Page = serde_json::from_slice(&page)?;
        events.extend(page.events);
        match page.next_token {
            Some(next) => token = Some(next),
            None => return Ok(events),
        }
    }
}

#[expect(clippy::print_stdout, reason = "this is what the command is for")]
fn print(event: &Event) {
    let time = Timestamp::from_millis(event.timestamp);
    println!("{time} {}", event.message.trim_end());
}

#[expect(clippy::print_stderr, reason = "what is printed are the events")]
fn tell_waiting(name: &str) {
    eprintln!("{name} has not printed anything yet; waiting");
}
