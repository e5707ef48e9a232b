//! HTTP and REST APIs of a test node: routes by their keys, requests, and answers.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Request};
use http_body_util::BodyExt as _;
use serde_json::Value;

use super::{API, HOST, Node, route, who};
use crate::deployment::snapshot::{
    ApiId, HttpApi, HttpKind, Integration, IntegrationTarget, LambdaFunction, LiveStage,
    MethodPath, PayloadFormat, Route, RouteKey, Snapshot, StageName,
};
use crate::http::HttpTarget;

/// An answer to an HTTP request.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answered {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

impl Node {
    /// Serves an HTTP API at the stage `prod`.
    pub(crate) fn serve_api(
        &self,
        kind: HttpKind,
        routes: impl IntoIterator<Item = Route>,
        change: impl FnOnce(&mut HttpApi),
    ) {
        self.serve_api_at("prod", kind, routes, change, |_| {});
    }

    /// The same at a stage of another name, with settings.
    pub(crate) fn serve_api_at(
        &self,
        stage: &str,
        kind: HttpKind,
        routes: impl IntoIterator<Item = Route>,
        change: impl FnOnce(&mut HttpApi),
        set: impl FnOnce(&mut LiveStage),
    ) {
        let mut api = HttpApi::new(kind, routes);
        change(&mut api);
        let (id, name) = (ApiId::new(API), StageName::new(stage));
        let mut stage = LiveStage::new(id, name, "123456789012", "eu-central-1");
        stage.snapshot = Some(Arc::new(Snapshot::of_http("dep001", api)));
        set(&mut stage);
        self.gateway.stages().publish(stage);
    }

    /// What a request without a body is answered: `GET /pets?x=1`.
    pub(crate) async fn get(&self, line: &str) -> Answered {
        self.send(line, &[], "").await
    }

    /// What a request to the stage `prod` is answered.
    pub(crate) async fn send(
        &self,
        line: &str,
        headers: &[(&str, &str)],
        body: impl Into<Bytes>,
    ) -> Answered {
        self.send_to("prod", line, headers, body).await
    }

    pub(crate) async fn send_to(
        &self,
        stage: &str,
        line: &str,
        headers: &[(&str, &str)],
        body: impl Into<Bytes>,
    ) -> Answered {
        let (method, target) = line.split_once(' ').unwrap();
        let mut request = Request::builder().method(method).uri(target);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.into()).unwrap();
        let path = request.uri().path().to_owned();
        let target = HttpTarget {
            stage: self.gateway.stages().get(API, stage).unwrap(),
            shown_path: match stage {
                "$default" => path.clone(),
                stage => format!("/{stage}{path}"),
            },
            path,
            domain_name: HOST.to_owned(),
            source_ip: [198, 51, 100, 23].into(),
            authentication: who(request.headers()),
        };
        let response = self.gateway.serve_http(request, target).await;
        let (head, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answered {
            status: head.status.as_u16(),
            headers: head.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }
}

/// A route of an HTTP API to a function, named by its own ARN.
pub(crate) fn http_route(key: &str, function: &str, payload: PayloadFormat) -> Route {
    let arn = format!("arn:aws:lambda:eu-central-1:123456789012:function:{function}");
    let target = IntegrationTarget::LambdaProxy(LambdaFunction::from_uri_or_arn(arn));
    let mut integration = Integration::new("abc1234", target);
    integration.payload = payload;
    let mut route = Route::new(RouteKey::parse(key), Some(integration));
    route.route_id = "rt00001".to_owned();
    route.at = MethodPath::of_key(key);
    route
}

/// A method of a REST API to the function `handler`.
pub(crate) fn rest_route(key: &str) -> Route {
    let mut to = route("handler");
    to.key = RouteKey::parse(key);
    to.at = MethodPath::of_key(key);
    if let Some(at) = &mut to.at {
        at.resource_id = "res001".to_owned();
    }
    to
}
