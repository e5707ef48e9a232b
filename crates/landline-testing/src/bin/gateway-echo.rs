//! An API whose only route sends every message back: the counterpart of
//! `tests/autobahn`. With `--raised` its limits are those of an owner who raised them.
//!
//! It prints the URL of its stage and runs until its input ends.
#![expect(clippy::print_stdout, reason = "the test reads the URL from stdout")]

use std::sync::Arc;

use anyhow::ensure;
use bytes::Bytes;
use landline_api::apigatewaymanagementapi::{PostToConnection, PostToConnectionInput};
use landline_api::lambda::{Invoke, InvokeInput, InvokeOutput};
use landline_gateway::quotas::{Limits, MessageLimits};
use landline_testing::{Node, Setup};
use landline_wire::{Caller, Dispatcher, Handler, ServiceError};
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let limits = match std::env::args().nth(1).as_deref() {
        None => Limits::default(),
        option => {
            ensure!(option == Some("--raised"), "the only option is --raised");
            raised()
        }
    };
    let node = Node::start_with(Setup {
        limits: Some(limits),
        invoke: Some(Box::new(|builder| {
            let dispatcher = builder.dispatcher();
            builder.register::<Invoke, _>(Arc::new(Echo { dispatcher }));
        })),
        ..Setup::default()
    })
    .await;
    let api = node.api().two_way_route("$default", "echo").deploy().await;
    println!("{}", api.url);
    let until_parent_exits = tokio::task::spawn_blocking(|| std::io::stdin().lines().count());
    until_parent_exits.await?;
    node.stop().await;
    Ok(())
}

/// Enough for the largest message of the suite, 16 MiB, and for a message cut into
/// pieces of 64 bytes.
fn raised() -> Limits {
    Limits {
        messages: MessageLimits {
            frame_bytes: LARGEST,
            message_bytes: LARGEST,
            fragments: LARGEST,
        },
        queued_bytes: 2 * LARGEST,
        ..Limits::default()
    }
}

const LARGEST: usize = 32 * 1024 * 1024;

/// A function that returns the body of its event. An empty body is no reply, as on
/// AWS; so an empty message is posted.
struct Echo {
    dispatcher: Dispatcher,
}

impl Handler<Invoke> for Echo {
    async fn handle(
        &self,
        input: InvokeInput,
        caller: &Caller,
    ) -> Result<InvokeOutput, ServiceError> {
        let event = input.payload.unwrap_or_default();
        let event: Value = serde_json::from_slice(&event).unwrap_or_default();
        if event["body"] == "" {
            let connection_id = event["requestContext"]["connectionId"].as_str();
            let empty = PostToConnectionInput {
                connection_id: connection_id.unwrap_or_default().to_owned(),
                data: Bytes::new(),
            };
            self.dispatcher
                .call::<PostToConnection>(empty, caller)
                .await?;
        }
        let answer = json!({ "statusCode": 200, "body": event["body"] });
        Ok(InvokeOutput {
            status_code: Some(200),
            payload: Some(Bytes::from(answer.to_string())),
            ..InvokeOutput::default()
        })
    }
}
