//! Logs and metrics, row by row.

mod access_logs;
mod execution_logs;
mod formats;
mod metrics;
mod sinks;
mod traces;

use std::sync::Arc;

use landline_api::logs;
use landline_wire::{ServiceError, shape::Unit};
use parking_lot::Mutex;

use super::{AccessLog, Destination, Format, Level, Observation, RouteObservation};
use crate::deployment::snapshot::Route;
use crate::quotas::Limits;
use crate::testing::Node;

/// What was put into log groups: each line with its group.
#[derive(Debug, Clone, Default)]
struct Groups {
    groups: Arc<Mutex<Vec<String>>>,
    lines: Arc<Mutex<Vec<(String, String)>>>,
}

impl Groups {
    /// A node whose log groups these are; it serves no route yet.
    fn node(&self) -> Node {
        let (known, created, put) = (self.groups.clone(), self.groups.clone(), self.lines.clone());
        Node::with_services(&[], Limits::default(), move |builder| {
            builder
                .register_fn::<logs::CreateLogGroup, _>(move |input, _| {
                    created.lock().push(input.log_group_name);
                    Ok(Unit {})
                })
                .register_fn::<logs::CreateLogStream, _>(|_, _| Ok(Unit {}))
                .register_fn::<logs::PutLogEvents, _>(move |input, _| {
                    if !known.lock().contains(&input.log_group_name) {
                        return Err(no_such_group());
                    }
                    let events = input.log_events.into_iter();
                    let lines = events.map(|event| (input.log_group_name.clone(), event.message));
                    put.lock().extend(lines);
                    Ok(logs::PutLogEventsOutput::default())
                });
        })
    }

    fn texts(&self) -> Vec<String> {
        let lines = self.lines.lock();
        lines.iter().map(|(_, line)| line.clone()).collect()
    }

    /// The lines once there are as many.
    async fn lines(&self, node: &Node, count: usize) -> Vec<String> {
        loop {
            node.gateway.plane.sink.flush().await;
            let lines = self.texts();
            if lines.len() >= count {
                return lines;
            }
            tokio::task::yield_now().await;
        }
    }
}

fn no_such_group() -> ServiceError {
    logs::errors::ResourceNotFoundException.with("The specified log group does not exist.")
}

/// Serves routes with an access log of this format.
fn log_accesses(node: &Node, routes: impl IntoIterator<Item = Route>, format: &str) {
    let access_log = AccessLog {
        destination: Destination::parse("arn:aws:logs:eu-central-1:123456789012:log-group:access")
            .unwrap(),
        format: Format::parse(format).unwrap(),
    };
    node.publish(routes, |stage| {
        stage.observation.access_log = Some(access_log);
    });
}

fn level(level: Level, data_trace: bool) -> RouteObservation {
    RouteObservation {
        level: Some(level),
        data_trace: Some(data_trace),
        detailed_metrics: None,
    }
}

/// Serves routes whose executions are logged.
fn log_executions(node: &Node, routes: impl IntoIterator<Item = Route>, default: RouteObservation) {
    node.publish(routes, |stage| {
        stage.observation = Observation {
            default,
            ..Observation::default()
        };
    });
}
