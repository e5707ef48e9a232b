//! `AWS` to an action of an AWS service: `dynamodb:action/PutItem`, `sqs:path/{account}/{queue}`.
//!
//! The request is the one that API Gateway would send over the network, and goes to the
//! same codecs in process. A service that is not here answers like an integration that
//! nobody listens to, and the log says so.

use bytes::Bytes;
use http::Request;
use http::header::CONTENT_TYPE;
use landline_wire::protocol::action;
use landline_wire::{ServiceMeta, protocol, request_id};

use super::request::MappedRequest;
use super::response::Answered;
use super::{IntegrationFailure, url};
use crate::deployment::snapshot::{AwsAction, Integration};
use crate::message::execution::Execution;
use crate::observe::{Received, Sent};

/// Calls the action.
pub(super) async fn call(
    integration: &Integration,
    action: &AwsAction,
    execution: &Execution<'_>,
    request: MappedRequest,
) -> Result<Answered, IntegrationFailure> {
    let route = &execution.route.key;
    let uri = action.uri.resolve(&execution.stage.variables);
    let Some(target) = ActionUri::parse(&uri) else {
        tracing::warn!(%route, %uri, "integration URI names no action of an AWS service");
        return Err(IntegrationFailure::NotCallable);
    };
    let dispatcher = &execution.plane.dispatcher;
    let mut services = dispatcher.services().iter();
    let Some(service) = services.find(|service| service.signing_name == target.service) else {
        let service = target.service;
        tracing::warn!(%route, service, "Landline has no such AWS service; the integration answers like one that cannot be reached");
        return Err(IntegrationFailure::NotCallable);
    };
    let request = target.request(&action.method, service, request);
    let request = request.ok_or(IntegrationFailure::MappingFailed)?;
    let mut caller = execution.caller_with(integration.credentials.as_ref());
    caller.request_id = request_id::uuid().into();
    if let Some(observer) = execution.observer {
        observer.sending(&sent(execution, target.service, &request));
    }
    let response = protocol::serve(dispatcher, request, Some(target.service), &caller).await;
    let (head, body) = response.into_parts();
    if let Some(observer) = execution.observer {
        observer.received(&Received {
            status: head.status.as_u16(),
            headers: Some(&head.headers),
            body: &body,
            request_id: Some(caller.request_id.to_string()),
        });
    }
    if !head.status.is_success() {
        let answer = String::from_utf8_lossy(&body[..body.len().min(LOGGED_BYTES)]);
        tracing::warn!(%route, %uri, status = head.status.as_u16(), %answer, "AWS service refused the integration");
    }
    Ok(Answered {
        status_code: head.status.as_u16(),
        key: head.status.as_u16().to_string(),
        headers: head.headers,
        body,
        failure: None,
    })
}

/// The request as it would go over the network.
fn sent(execution: &Execution<'_>, service: &str, request: &Request<Bytes>) -> Sent {
    let headers = request.headers().iter();
    let headers = headers.map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.as_str().to_owned(), value)
    });
    let region = &execution.stage.region;
    Sent {
        uri: format!("https://{service}.{region}.amazonaws.com{}", request.uri()),
        headers: headers.collect(),
        body: request.body().clone(),
    }
}

/// `arn:aws:apigateway:{region}:{service}:{action|path}/{rest}`.
#[derive(Debug, PartialEq, Eq)]
struct ActionUri<'a> {
    service: &'a str,
    place: Place<'a>,
}

#[derive(Debug, PartialEq, Eq)]
enum Place<'a> {
    Action(&'a str),
    Path(&'a str),
}

impl<'a> ActionUri<'a> {
    fn parse(uri: &'a str) -> Option<Self> {
        let mut parts = uri.splitn(6, ':');
        let is_arn = parts.next()? == "arn";
        let _partition = parts.next()?;
        let is_gateway = parts.next()? == "apigateway";
        let _region = parts.next()?;
        // `{subdomain}.{service}` for services with hosts by subdomain.
        let service = parts.next()?.rsplit('.').next()?;
        let rest = parts.next()?;
        let place = match rest.split_once('/') {
            Some(("action", action)) => Place::Action(action),
            Some(("path", path)) => Place::Path(path),
            _ => return None,
        };
        (is_arn && is_gateway && !service.is_empty()).then_some(Self { service, place })
    }

    /// The request on the wire, in the service's protocol.
    fn request(
        &self,
        method: &str,
        service: &ServiceMeta,
        mapped: MappedRequest,
    ) -> Option<Request<Bytes>> {
        let MappedRequest { body, parameters } = mapped;
        let mut request = match self.place {
            Place::Action(action) => action::request(service, action, &parameters.query, body)?,
            Place::Path(path) => {
                let url = url::complete(&format!("/{path}"), &parameters, url::Slashes::Encoded);
                let mut request = Request::builder().method(method).uri(url);
                request = request.header(CONTENT_TYPE, "application/json");
                request.body(body).ok()?
            }
        };
        url::insert_headers(request.headers_mut(), &parameters.headers);
        Some(request)
    }
}

/// How much of a refusal the log shows.
const LOGGED_BYTES: usize = 512;
