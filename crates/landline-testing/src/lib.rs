//! The harness of the tests: nouns of the domain, so that a test is ten lines and
//! teaches the feature.
//!
//! ```no_run
//! # use landline_testing::{Answer, Node};
//! # async fn example() {
//! let node = Node::start().await;
//! node.functions.answers("echo", Answer::body("hello"));
//! let api = node.api().two_way_route("greet", "echo").deploy().await;
//! let mut client = api.connect().await;
//! client.send(r#"{"action":"greet"}"#).await;
//! assert_eq!(client.text().await, "hello");
//! # }
//! ```

mod acme;
mod api;
mod functions;
mod node;
mod tls;
mod web_server;
mod web_socket;

pub use acme::FakeAuthority;
pub use api::{ApiBuilder, DeployedApi, Ways};
pub use functions::{Answer, Call, FakeFunctions};
pub use node::{ACCOUNT_ID, Invoker, Node, Setup};
pub use tls::{ClientAuthority, Identity};
pub use web_server::WebServer;
pub use web_socket::{Closed, Refused, WsClient};
