//! The behaviour of WebSocket APIs, in the order of the API Gateway developer guide.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api.html>
//!
//! Each module links its page; each test is one sentence of what AWS does. The
//! numbers in comments (C01…) are rows of the list of things that trip users up.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

mod compatibility;
mod develop;
mod dynamodb;
mod lambda;
mod monitor;
mod overview;
mod publish;
mod quotas;
mod rows;
mod states;
