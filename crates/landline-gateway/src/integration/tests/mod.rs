//! Integrations of every type, from a socket to a backend and back.

mod aws_service;
mod http;
mod lambda;
mod mock;
mod templates;

use crate::deployment::snapshot::{
    Integration, IntegrationResponse, IntegrationTarget, Route, RouteKey, RouteResponse, Templates,
};
use crate::integration::parameters::ParameterMapping;
use crate::testing::{Client, Frame, Node};

/// An integration under test, made step by step.
struct Making(Integration);

impl Making {
    fn new(target: IntegrationTarget) -> Self {
        Self(Integration::new("int1234", target))
    }

    fn template(mut self, text: &str) -> Self {
        self.0.request.templates = templates(text);
        self
    }

    fn parameter(mut self, target: &str, source: &str) -> Self {
        let mapping = ParameterMapping::parse(target, source).unwrap();
        self.0.request.parameters.push(mapping);
        self
    }

    /// An integration response with a template.
    fn response(mut self, key: &str, text: &str) -> Self {
        let response = IntegrationResponse {
            templates: templates(text),
            ..IntegrationResponse::default()
        };
        self.0.responses.insert(key, response);
        self
    }

    /// An integration response that passes on what came.
    fn passing_response(mut self, key: &str) -> Self {
        self.0.responses.insert(key, IntegrationResponse::default());
        self
    }

    fn change(mut self, change: impl FnOnce(&mut Integration)) -> Self {
        change(&mut self.0);
        self
    }

    /// A one-way route to it.
    fn one_way(self, key: &str) -> Route {
        Route::new(RouteKey::parse(key), Some(self.0))
    }

    /// A route to it that answers.
    fn two_way(self, key: &str) -> Route {
        let mut route = self.one_way(key);
        route.response = Some(RouteResponse::default());
        route
    }
}

fn templates(text: &str) -> Templates {
    let map = [("$default".to_owned(), text.to_owned())];
    Templates::parse(Some(&map.into()))
}

/// What a client gets for a message at a node with these routes.
async fn answer_to(node: &Node, message: &str) -> String {
    let mut client = node.connect().await;
    client.text(message).await;
    client.next_text().await
}

/// Whether nothing comes back for a message to a mock: the next thing that the client
/// gets is the pong of a later ping.
async fn is_silent(client: &mut Client, message: &str) -> bool {
    client.text(message).await;
    client.frame(0x89, b"!").await;
    client.next().await == Frame::Pong(b"!".to_vec())
}

fn is_error(frame: &str) -> bool {
    frame.starts_with(r#"{"message": "Internal server error", "connectionId":""#)
}
