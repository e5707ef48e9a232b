//! What lies behind the front door of a real node: the gateway, the AWS APIs, and
//! Landline's own endpoints.

use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use http::header::{HeaderName, HeaderValue};
use http_body_util::BodyExt;
use landline_api::{SERVICES, apigatewaymanagementapi, lambda, sns};
use landline_cloudformation::stack::Stacks;
use landline_cognito::Cognito;
use landline_gateway::deployment::live::StageSlot;
use landline_gateway::{Authentication, ConnectionsRequest, Gateway, HandshakeTarget, HttpTarget};
use landline_lambda::{Lambda, UrlCaller};
use landline_s3::{RequestBody, S3};
use landline_wire::protocol::detect::Named;
use landline_wire::protocol::dynamodb::Exchange;
use landline_wire::protocol::{self, error};
use landline_wire::sigv4::{self, Scope};
use landline_wire::{Caller, Dispatcher, OperationMeta, ServiceError, ServiceMeta};

use crate::buckets;
use crate::config::Config;
use crate::front_door::answer::{forbidden, full, own};
use crate::front_door::callers::Callers;
use crate::front_door::route::{Endpoint, HttpAddress, Stages};
use crate::front_door::{
    Arrival, Body, ClientVerified, Handshake, HttpRequest, ManagementCall, Response, Services,
};
use crate::function_urls;
use crate::response_streams;
use crate::routed_stages::RoutedStages;
use crate::tls;
use crate::tls::acme::challenges::Challenges;
use crate::user_pools;

mod endpoints;

/// Everything that a request can reach.
#[derive(Debug)]
pub struct NodeServices {
    /// The AWS APIs.
    pub dispatcher: Dispatcher,
    /// The WebSocket APIs.
    pub gateway: Gateway,
    /// User pools, which publish their keys.
    pub cognito: Arc<Cognito>,
    /// Who calls.
    pub callers: Callers,
    /// What the node was started with.
    pub config: Config,
    /// The port that it listens on.
    pub port: u16,
    /// Where its certificates are.
    pub tls_files: tls::Files,
    /// The stages, as the router asks for them.
    pub stages: RoutedStages,
    /// What ACME authorities are answered.
    pub challenges: Arc<Challenges>,
    /// Buckets and objects.
    pub s3: Arc<S3>,
    /// Whose code can be downloaded.
    pub lambda: Arc<Lambda>,
    /// What `landline deploy` deploys to.
    pub stacks: Arc<Stacks>,
    /// Where uploads are unpacked.
    pub data_dir: PathBuf,
}

impl Services for NodeServices {
    fn stages(&self) -> &(dyn Stages + Sync) {
        &self.stages
    }

    fn acme_answer(&self, path: &str) -> Option<String> {
        self.challenges.find(path)
    }

    fn admits(&self, host: &str, verified: Option<&ClientVerified>) -> bool {
        let Some(domain) = self.stages.domains.find(host) else {
            return true;
        };
        // By name and certificates: what a client showed for another domain, or before
        // the truststore changed, counts for nothing.
        let is_same = |ClientVerified(other): &ClientVerified| {
            other.name() == domain.name() && other.truststore() == domain.truststore()
        };
        domain.truststore().is_none() || verified.is_some_and(is_same)
    }

    async fn handshake(&self, handshake: Handshake) -> Response {
        let Handshake {
            api_id,
            stage,
            endpoint,
            request,
            arrival,
        } = handshake;
        let Some(slot) = self.open_stage(&api_id, &stage, &endpoint) else {
            return forbidden();
        };
        let target = HandshakeTarget {
            domain_name: self.domain_name(&api_id, endpoint),
            source_ip: arrival.peer.ip().to_canonical(),
            stage: slot,
            authentication: self.callers.authenticate(&request, b"", arrival),
        };
        let mut request = request;
        match self.gateway.handshake(&request, target).await {
            Err(refused) => boxed(*refused),
            Ok(accepted) => {
                let response = accepted.response();
                let upgrading = hyper::upgrade::on(&mut request);
                tokio::spawn(async move {
                    match upgrading.await {
                        // A task of its own, because this one would keep its size for
                        // as long as the connection lives. The gateway tracks it.
                        Ok(upgraded) => drop(tokio::spawn(accepted.serve(own(upgraded)))),
                        Err(error) => tracing::debug!(%error, "the client left early"),
                    }
                });
                response.map(|()| Body::default())
            }
        }
    }

    async fn management(&self, call: ManagementCall) -> Response {
        if !self.stage_exists(&call) {
            return forbidden();
        }
        // AWS refuses an invented id before it asks who calls.
        let identified = match self.gateway.check_connection_id(&call.connection_id) {
            Ok(()) => self.management_caller(&call),
            Err(invented) => Err(invented),
        };
        let caller = match identified {
            Ok(caller) => caller,
            Err(refusal) => {
                let anonymous = self.callers.anonymous(&call.request, call.arrival);
                return boxed(self.gateway.refuse_connections(&refusal, &anonymous));
            }
        };
        let (parts, body) = call.request.into_parts();
        let request = ConnectionsRequest {
            method: &parts.method,
            api_id: call.api_id.as_deref(),
            stage: call.stage.as_deref(),
            connection_id: &call.connection_id,
            body,
        };
        boxed(self.gateway.serve_connections(request, &caller).await)
    }

    async fn http(&self, request: HttpRequest) -> Response {
        let HttpRequest {
            address,
            request,
            arrival,
        } = request;
        let HttpAddress {
            api_id,
            stage,
            path,
            shown_path,
            endpoint,
        } = address;
        let Some(slot) = self.open_stage(&api_id, &stage, &endpoint) else {
            return forbidden();
        };
        let target = HttpTarget {
            stage: slot,
            path,
            shown_path,
            domain_name: self.domain_name(&api_id, endpoint),
            source_ip: arrival.peer.ip().to_canonical(),
            authentication: self.callers.authenticate(&request, request.body(), arrival),
        };
        boxed(self.gateway.serve_http(request, target).await)
    }

    async fn function_url(
        &self,
        id: &str,
        path: &str,
        request: Request<Bytes>,
        arrival: Arrival,
    ) -> Response {
        let query = request.uri().query().unwrap_or_default();
        let caller = if sigv4::is_signed(request.headers(), query) {
            match self.callers.identify(&request, arrival, "lambda") {
                Ok(caller) => UrlCaller::Signed(caller),
                Err(refusal) => {
                    let anonymous = self.callers.anonymous(&request, arrival);
                    return refused(&lambda::SERVICE, &refusal, &anonymous);
                }
            }
        } else {
            UrlCaller::Anonymous(self.callers.anonymous(&request, arrival))
        };
        let request = function_urls::request(path, request, arrival);
        let (answer, rest) = self.lambda.serve_url(id, request, &caller).await;
        function_urls::response(answer, rest)
    }

    async fn aws_api(&self, request: Request<Bytes>, arrival: Arrival) -> Response {
        if response_streams::is_one(&request) {
            return self.response_stream(request, arrival).await;
        }
        let is_page = user_pools::asks_from_page(&request, self.config.pages());
        let query = request.uri().query().unwrap_or_default();
        let scope = sigv4::parse_scope(request.headers(), query);
        let signing_name = scope.as_ref().map(|scope| &*scope.service);
        let exchange = Exchange::of(SERVICES, &request, signing_name, self.config.pages());
        let early = exchange
            .as_ref()
            .and_then(|exchange| exchange.early_answer(&request, &self.config.region));
        if let (Some(exchange), Some(early)) = (&exchange, early) {
            let anonymous = self.callers.anonymous(&request, arrival);
            return exchange.finish(early, &anonymous.request_id).map(full);
        }
        let (answer, request_id) = self.api_answer(&request, scope, arrival).await;
        if let Some(exchange) = exchange {
            return exchange.finish(answer, &request_id).map(full);
        }
        let mut answer = answer.map(full);
        if is_page {
            user_pools::show_to_page(&mut answer);
        }
        answer
    }

    fn user_pool(&self, pool: &str, document: &str) -> Response {
        user_pools::well_known(&self.cognito, pool, document)
    }

    async fn s3(&self, request: Request<RequestBody>, arrival: Arrival) -> Response {
        buckets::serve(&self.s3, &self.callers, request, arrival).await
    }

    async fn internal(
        &self,
        endpoint: &str,
        request: Request<Bytes>,
        arrival: Arrival,
    ) -> Response {
        self.own_endpoint(endpoint, request, arrival).await
    }
}

impl NodeServices {
    /// The answer to a call of an operation, and the id of the request.
    async fn api_answer(
        &self,
        request: &Request<Bytes>,
        scope: Option<Scope<'_>>,
        arrival: Arrival,
    ) -> (protocol::Response, Arc<str>) {
        // Found before the signature is looked at, because a refusal too has to be
        // in the words of the service.
        let signing_name = scope.as_ref().map(|scope| &*scope.service);
        let signing_name = signing_name.filter(|name| !name.is_empty());
        let named = Named::by(self.dispatcher.services(), request, signing_name);
        let operation = named.operation();
        let is_open = |it: &OperationMeta| by_url_alone(it) || user_pools::is_for_everybody(it);
        if operation.is_some_and(is_open)
            && !sigv4::is_signed(request.headers(), request.uri().query().unwrap_or_default())
        {
            let anonymous = self.callers.anonymous(request, arrival);
            let answer = protocol::serve_named(&self.dispatcher, request, named, &anonymous);
            return (answer.await, anonymous.request_id);
        }
        let service = operation.map_or(&apigatewaymanagementapi::SERVICE, |it| it.service);
        let caller = self
            .callers
            .identify_by(scope, request, arrival, service.signing_name);
        match caller {
            Ok(caller) => {
                let answer = protocol::serve_named(&self.dispatcher, request, named, &caller);
                (answer.await, caller.request_id)
            }
            Err(refusal) => {
                let anonymous = self.callers.anonymous(request, arrival);
                let id = &anonymous.request_id;
                let refused = error::render_to(request, service, &refusal, id);
                (identified(refused, id), anonymous.request_id)
            }
        }
    }

    /// The answer of a function, as it comes.
    async fn response_stream(&self, request: Request<Bytes>, arrival: Arrival) -> Response {
        let caller = match self.callers.identify(&request, arrival, "lambda") {
            Ok(caller) => caller,
            Err(refusal) => {
                let anonymous = self.callers.anonymous(&request, arrival);
                return refused(&lambda::SERVICE, &refusal, &anonymous);
            }
        };
        let answer = response_streams::answer(&self.lambda, &self.dispatcher, request, &caller);
        let answer = answer.await;
        answer.unwrap_or_else(|refusal| refused(&lambda::SERVICE, &refusal, &caller))
    }

    /// Who calls `@connections`; unsigned, nobody does.
    fn management_caller(&self, call: &ManagementCall) -> Result<Caller, ServiceError> {
        let request = &call.request;
        match self
            .callers
            .authenticate(request, request.body(), call.arrival)
        {
            Authentication::Signed(caller) => Ok(caller),
            Authentication::Refused(refusal) => Err(refusal),
            Authentication::Anonymous => Err(ServiceError::new(
                "MissingAuthenticationTokenException",
                403,
                "Missing Authentication Token",
            )),
        }
    }

    /// The stage, unless its API is closed on this endpoint.
    fn open_stage(&self, api_id: &str, stage: &str, endpoint: &Endpoint) -> Option<Arc<StageSlot>> {
        let slot = self.stages.live.get(api_id, stage)?;
        let live = slot.load();
        let is_closed = live
            .snapshot
            .as_ref()
            .is_some_and(|snapshot| snapshot.disable_execute_api_endpoint);
        (!is_closed || *endpoint != Endpoint::Default).then_some(slot)
    }

    /// Whether the URL of a management call names a stage, or nothing at all: then
    /// it came from an SDK that only knows an endpoint.
    fn stage_exists(&self, call: &ManagementCall) -> bool {
        let is_open =
            |api_id: &str, stage: &str| self.open_stage(api_id, stage, &call.endpoint).is_some();
        match (&call.api_id, &call.stage) {
            (Some(api_id), Some(stage)) => is_open(api_id, stage),
            (None, Some(stage)) => {
                let apis = self.stages.live.apis_with(stage);
                apis.iter().any(|api_id| is_open(api_id.as_str(), stage))
            }
            (Some(_), None) => false,
            (None, None) => true,
        }
    }

    /// The host under which applications believe that they are reached.
    fn domain_name(&self, api_id: &str, endpoint: Endpoint) -> String {
        if let Endpoint::Custom(host) = endpoint {
            return host;
        }
        let region = &self.config.region;
        let suffix = if region.starts_with("cn-") {
            "amazonaws.com.cn"
        } else {
            "amazonaws.com"
        };
        format!("{api_id}.execute-api.{region}.{suffix}")
    }
}

/// What web servers do by visiting a URL that SNS gave them: what it holds lets them in.
fn by_url_alone(operation: &OperationMeta) -> bool {
    operation.service.name == sns::SERVICE.name
        && ["ConfirmSubscription", "Unsubscribe"].contains(&operation.name)
}

pub(crate) fn boxed<B>(response: http::Response<B>) -> Response
where
    B: http_body::Body<Data = Bytes, Error = Infallible> + Send + 'static,
{
    response.map(|body| body.map_err(|never| match never {}).boxed_unsync())
}

/// A refusal in the words and the protocol of `service`.
fn refused(service: &'static ServiceMeta, refusal: &ServiceError, caller: &Caller) -> Response {
    let id = &caller.request_id;
    identified(error::render(service, refusal, id), id).map(full)
}

/// The answer with the id of its request.
fn identified(mut response: protocol::Response, request_id: &str) -> protocol::Response {
    const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
    if let Ok(id) = HeaderValue::from_str(request_id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}
