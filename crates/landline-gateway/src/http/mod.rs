//! HTTP and REST APIs: a request, the route that takes it, and the answer.
//!
//! A request is an execution like a message: the same integrations, templates, throttles and
//! logs. What is its own lies here, in the order of a request's walk: [`call`] (what was
//! sent), `cors`, the path table of the snapshot, `crate::authorizer::http`, `validation`,
//! `crate::integration`, [`function`] (what a function's answer means), `refusal`.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html> and
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-rest-api.html>.

mod call;
mod cors;
mod event;
pub(crate) mod function;
mod refusal;
#[cfg(test)]
mod tests;
pub(crate) mod trial;
mod validation;

use std::net::IpAddr;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use http::{Request, Response, StatusCode};
use http_body_util::Full;
use landline_wire::Timestamp;
use tokio::time::Instant;
use tracing::Instrument as _;

use crate::authorizer::{self, Authentication};
use crate::deployment::live::StageSlot;
use crate::deployment::snapshot::{
    Authorization, HttpApi, HttpKind, IntegrationTarget, LiveStage, Route,
};
use crate::gateway::{DataPlane, Gateway};
use crate::integration::{self, Answer};
use crate::message::execution::{Execution, Occasion};
use crate::message::subject::{Event, Subject};
use crate::observe::{self, FailureSource, Observer, Outcome, Step};
use call::Answered;
use refusal::CallsLambda;

pub(crate) use call::{HttpCall, Who, is_of_hop};
pub(crate) use refusal::{Refusal, RefusalKind};

/// Where a request goes to, as the front door found out.
#[derive(Debug)]
pub struct HttpTarget {
    /// The stage that the URL names, or `$default`.
    pub stage: Arc<StageSlot>,
    /// The path behind the stage, as it came; it begins with a slash.
    pub path: String,
    /// The path that events show: with the stage, unless it is `$default`.
    pub shown_path: String,
    /// The host that events call `domainName`.
    pub domain_name: String,
    /// The client's address.
    pub source_ip: IpAddr,
    /// What its signature proved.
    pub authentication: Authentication,
}

impl Gateway {
    /// Answers a request for a stage of an HTTP or a REST API.
    ///
    /// The execution goes on to its end when its client leaves. A stage of a WebSocket API
    /// answers 403, a node that drains 503.
    pub async fn serve_http(
        &self,
        request: Request<Bytes>,
        target: HttpTarget,
    ) -> Response<Full<Bytes>> {
        let plane = Arc::clone(&self.plane);
        let served = async move { serve(&plane, &request, target).await };
        let served = self.plane.tasks.spawn(served);
        served.await.unwrap_or_else(|_| {
            let mut response = Response::new(Full::from(INTERNAL_SERVER_ERROR));
            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            response.headers_mut().insert(CONTENT_TYPE, JSON);
            response
        })
    }
}

async fn serve(
    plane: &Arc<DataPlane>,
    request: &Request<Bytes>,
    target: HttpTarget,
) -> Response<Full<Bytes>> {
    let begun = Instant::now();
    let stage = target.stage.load();
    let served = stage.snapshot.as_ref().and_then(|it| it.http.as_ref());
    let Some(api) = served.filter(|_| !target.stage.is_retired()) else {
        return forbidden();
    };
    let time = plane.clock.now();
    let mut serving = Serving {
        plane,
        slot: &target.stage,
        stage: &stage,
        api,
        request_id: plane.ids.request(),
        call: HttpCall::new(request, &target, api, time),
        time,
        begun,
    };
    let metrics = &target.stage.metrics;
    metrics
        .traffic
        .received_bytes
        .add_size(request.body().len());
    serving
        .answer(request.headers(), target.authentication)
        .await
}

/// A request on its way.
struct Serving<'a> {
    plane: &'a DataPlane,
    slot: &'a StageSlot,
    stage: &'a LiveStage,
    api: &'a HttpApi,
    request_id: String,
    call: HttpCall,
    time: Timestamp,
    begun: Instant,
}

impl Serving<'_> {
    async fn answer(
        &mut self,
        headers: &HeaderMap,
        authentication: Authentication,
    ) -> Response<Full<Bytes>> {
        let cors = self.api.cors.as_ref();
        if let Some(cors) = cors.filter(|_| cors::is_preflight(&self.call.method, headers)) {
            let observer = observe::begin(self.plane, self.stage, None);
            let headers = cors::preflight(cors, headers);
            let outcome = Outcome::success(204);
            return self.respond(204, headers, Bytes::new(), &outcome, observer.as_deref());
        }
        let segments = self.call.segments();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let found = self.api.route(&self.call.method, &segments);
        let route = found.as_ref().map(|found| Arc::clone(found.route));
        if let Some(found) = found {
            self.call.follow(found);
        }
        let key = route.as_ref().map(|route| route.key.as_str().to_owned());
        let observer = observe::begin(self.plane, self.stage, key.as_deref());
        let observer = observer.as_deref();
        let step = Step::for_request(headers, &self.request_id, key.as_deref());
        let result = match &route {
            None => Err(Failed::from(Refusal::from(RefusalKind::NotFound))),
            Some(route) => {
                let run = self.run(route, &authentication, observer, &step);
                run.instrument(step.span.clone()).await
            }
        };
        let mut answer = self.ready(result);
        if let Some(cors) = cors {
            cors::decorate(cors, headers, &mut answer.headers);
        }
        step.end(answer.status);
        let Ready {
            status,
            headers,
            body,
            outcome,
        } = answer;
        self.respond(status, headers, body, &outcome, observer)
    }

    /// Everything between the route and the answer.
    async fn run(
        &mut self,
        route: &Arc<Route>,
        authentication: &Authentication,
        observer: Option<&Observer>,
        step: &Step,
    ) -> Result<(Answer, Outcome), Failed> {
        if self.plane.is_draining() {
            return Err(Refusal::from(RefusalKind::Draining).into());
        }
        let now = self.plane.uptime();
        let settings = self.stage.settings_of(&route.key);
        if !self.plane.admit_call(now) || !self.slot.throttle.admit(now, &route.key, settings) {
            return Err(Refusal::from(RefusalKind::Throttled).into());
        }
        let entrance = authorizer::http::Entrance {
            plane: self.plane,
            slot: self.slot,
            stage: self.stage,
            route,
            call: &self.call,
            authentication,
            request_id: &self.request_id,
            time: self.time,
            observer,
        };
        let who = authorizer::http::authorize(&entrance).await?;
        self.call.who = who;
        let is_signed = matches!(authentication, Authentication::Signed(_));
        if is_signed && matches!(route.authorization, Authorization::AwsIam) {
            self.call.head.hide(http::header::AUTHORIZATION.as_str());
        }
        self.execute(route, observer, step).await
    }

    /// What a request that is let in goes through.
    async fn execute(
        &self,
        route: &Arc<Route>,
        observer: Option<&Observer>,
        step: &Step,
    ) -> Result<(Answer, Outcome), Failed> {
        validation::validate(route, &self.call, self.stage)?;
        let Some(integration) = &route.integration else {
            tracing::warn!(route = %route.key, "route has no integration");
            return Err(Refusal::from(RefusalKind::ApiConfiguration).into());
        };
        let execution = Execution {
            plane: self.plane,
            slot: self.slot,
            stage: self.stage,
            route,
            request_id: &self.request_id,
            time: self.time,
            occasion: Occasion::Http(&self.call),
            observer,
            trace: step.context,
        };
        let event = match integration.target {
            IntegrationTarget::LambdaProxy(_) => execution.event(),
            _ => Bytes::new(),
        };
        let result = integration::call(integration, &execution, event).await;
        let outcome = Outcome::of_call(&integration.target, result.as_ref().map_err(|it| *it));
        match result {
            Ok(answer) => Ok((answer, outcome)),
            Err(failure) => {
                let calls_lambda = match integration.target {
                    IntegrationTarget::LambdaProxy(_) | IntegrationTarget::Lambda(_) => {
                        CallsLambda::Yes
                    }
                    _ => CallsLambda::No,
                };
                Err(Failed {
                    refusal: Refusal::of_failure(failure, calls_lambda),
                    outcome: Some(outcome),
                })
            }
        }
    }

    fn subject(&self) -> Subject<'_> {
        Subject {
            plane: self.plane,
            slot: self.slot,
            stage: self.stage,
            connection: None,
            route_key: Some(self.call.route_key.as_str()).filter(|key| !key.is_empty()),
            request_id: &self.request_id,
            time: self.time,
            event: Event::Http(&self.call),
        }
    }

    fn ready(&self, result: Result<(Answer, Outcome), Failed>) -> Ready {
        match result {
            Ok((answer, outcome)) => Ready {
                status: answer.status_code,
                headers: answer.headers,
                body: answer.body.unwrap_or_default(),
                outcome,
            },
            Err(failed) => self.refuse(&failed),
        }
    }

    fn refuse(&self, failed: &Failed) -> Ready {
        let refusal = &failed.refusal;
        let refused = refusal.render(self.api, &self.subject());
        let message = refusal.message(self.api.kind);
        let mut outcome = failed
            .outcome
            .clone()
            .unwrap_or_else(|| Outcome::denial(refused.status, message));
        outcome.status = refused.status;
        outcome
            .validation_error
            .clone_from(&refusal.validation_error);
        Ready {
            status: refused.status,
            headers: refused.headers,
            body: refused.body,
            outcome,
        }
    }

    /// Writes the logs, and the answer.
    fn respond(
        &self,
        status: u16,
        headers: HeaderMap,
        body: Bytes,
        outcome: &Outcome,
        observer: Option<&Observer>,
    ) -> Response<Full<Bytes>> {
        let answered = Answered {
            bytes: body.len(),
            latency: self.begun.elapsed(),
        };
        let _the_only_answer = self.call.answered.set(answered);
        let subject = self.subject();
        subject.count(|counters| counters.messages.add(1));
        self.slot.metrics.traffic.sent_bytes.add_size(body.len());
        // Metrics of HTTP go by the status, whoever is to blame for it.
        let outcome = Outcome {
            failure: match status {
                400..=499 => Some(FailureSource::Client),
                500.. => Some(FailureSource::Execution),
                _ => None,
            },
            ..outcome.clone()
        };
        observe::finish(&subject, &outcome, observer);
        let mut response = Response::new(Full::new(body));
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
        *response.headers_mut() = headers;
        let id = HeaderValue::from_str(&self.request_id);
        let id = id.unwrap_or_else(|_| HeaderValue::from_static(""));
        let names: &[HeaderName] = match self.api.kind {
            HttpKind::Http => &[HTTP_ID],
            HttpKind::Rest => &[REQUEST_ID, REST_ID],
        };
        for name in names {
            response.headers_mut().insert(name, id.clone());
        }
        response
    }
}

/// A request that got no answer of its own.
struct Failed {
    refusal: Refusal,
    /// How the integration ended, where one was called.
    outcome: Option<Outcome>,
}

impl From<Refusal> for Failed {
    fn from(refusal: Refusal) -> Self {
        Self {
            refusal,
            outcome: None,
        }
    }
}

/// An answer that only lacks the gateway's own headers.
struct Ready {
    status: u16,
    headers: HeaderMap,
    body: Bytes,
    outcome: Outcome,
}

/// What API Gateway says at an address where nothing is.
fn forbidden() -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(r#"{"message":"Forbidden"}"#));
    *response.status_mut() = StatusCode::FORBIDDEN;
    response.headers_mut().insert(CONTENT_TYPE, JSON);
    let kind = HeaderValue::from_static("ForbiddenException");
    response.headers_mut().insert(ERROR_TYPE, kind);
    response
}

const INTERNAL_SERVER_ERROR: &str = r#"{"message":"Internal Server Error"}"#;
const JSON: HeaderValue = HeaderValue::from_static("application/json");
const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");
const HTTP_ID: HeaderName = HeaderName::from_static("apigw-requestid");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
const REST_ID: HeaderName = HeaderName::from_static("x-amz-apigw-id");
