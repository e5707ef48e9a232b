//! `landline logs`: a function's log events, through the API that every tool uses.

use std::collections::HashSet;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::bail;
use bytes::Bytes;
use http::StatusCode;
use landline_wire::{Clock as _, SystemClock, Timestamp};
use serde::Deserialize;
use serde_json::json;

use super::{Logs, client};
use crate::env::Environment;

/// How often `--follow` asks.
const POLL: Duration = Duration::from_millis(500);

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
    let group = if logs.name.contains('/') {
        logs.name.clone()
    } else {
        format!("/aws/lambda/{}", logs.name)
    };
    let mut from = SystemClock.now().as_millis() - i64::from(logs.since) * 60_000;
    // Events of the newest millisecond seen, which the next look finds again.
    let mut shown = HashSet::new();
    loop {
        let query = Query {
            group: &group,
            from,
            filter: logs.filter.as_deref(),
        };
        for event in all_events(&endpoint, environment, &query).await? {
            if event.timestamp > from {
                from = event.timestamp;
                shown.clear();
            }
            if shown.insert(event.id.clone()) {
                print(&event);
            }
        }
        if !logs.follow {
            return Ok(ExitCode::SUCCESS);
        }
        tokio::time::sleep(POLL).await;
    }
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
    const HEADERS: [(&str, &str); 2] = [
        ("x-amz-target", "Logs_20140328.FilterLogEvents"),
        ("content-type", "application/x-amz-json-1.1"),
    ];
    let mut events = Vec::new();
    let mut token = None;
    loop {
        let body = json!({
            "logGroupName": query.group,
            "startTime": query.from,
            "filterPattern": query.filter,
            "nextToken": token,
        });
        let call = client::Call {
            service: "logs",
            path: "/",
            headers: &HEADERS,
            body: Bytes::from(body.to_string()),
        };
        let response = client::call(endpoint, environment, call).await?;
        if response.status() == StatusCode::BAD_REQUEST {
            let group = query.group;
            let why = client::body(response).await;
            let why = why.err().map(|error| error.to_string()).unwrap_or_default();
            bail!("there are no logs in {group}: name a function that has run already ({why})");
        }
        let page: Page = serde_json::from_slice(&client::body(response).await?)?;
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
