//! Landline's own endpoints below `/_landline/`: for its command line, its functions and whoever watches it.

use std::net::SocketAddr;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{Method, Request, StatusCode};
use landline_api::apigatewaymanagementapi;
use landline_cloudformation::quotas::ANSWER_BYTES;

use super::{NodeServices, refused};
use crate::config::{Credentials, MetricsAccess};
use crate::front_door::answer::{empty, full, text};
use crate::front_door::{Arrival, Response, internal};
use crate::upload::{Report, Upload};

/// Where answers to CloudFormation are sent below `/_landline/`.
const CALLBACK_PREFIX: &str = "callbacks/";

/// Where the code of functions lies below `/_landline/`.
const CODE_PREFIX: &str = "lambda/code/";

impl NodeServices {
    /// Answers at `endpoint`, without `/_landline/`.
    pub(super) async fn own_endpoint(
        &self,
        endpoint: &str,
        request: Request<Bytes>,
        arrival: Arrival,
    ) -> Response {
        if endpoint == "metrics" && self.config.metrics == MetricsAccess::Everyone {
            return internal::metrics_response(&self.gateway);
        }
        if let Some(token) = endpoint.strip_prefix(CALLBACK_PREFIX) {
            return self.callback(token, &request);
        }
        if let Some(refusal) = internal::refuse_strangers(&request, arrival) {
            return refusal;
        }
        match endpoint {
            "environment" => {
                internal::environment_response(&self.config, self.port, &self.tls_files)
            }
            "metrics" => internal::metrics_response(&self.gateway),
            _ if endpoint.starts_with(CODE_PREFIX) => self.code_file(endpoint).await,
            _ => match self.refuse_unsigned(&request, arrival) {
                Some(refusal) => refusal,
                None if endpoint == "stacks" && request.method() == Method::POST => {
                    self.deploy(&request).await
                }
                None => empty(StatusCode::NOT_FOUND),
            },
        }
    }

    /// The answer of a custom resource's function, or a signal: whoever knows the URL may send it. What nobody waits
    /// for is taken all the same, as a bucket would take it.
    fn callback(&self, token: &str, request: &Request<Bytes>) -> Response {
        if request.method() != Method::PUT {
            return empty(StatusCode::FORBIDDEN);
        }
        if request.body().len() > ANSWER_BYTES {
            return empty(StatusCode::BAD_REQUEST);
        }
        let answer = request.body().clone();
        if !self.stacks.callbacks().deliver(token, answer) {
            tracing::debug!(token, "an answer for which nobody waits");
        }
        empty(StatusCode::OK)
    }

    /// What `Code.Location` of `GetFunction` names; as on AWS the URL alone lets one in.
    async fn code_file(&self, endpoint: &str) -> Response {
        let name = endpoint.strip_prefix(CODE_PREFIX);
        let digest = name.and_then(|name| name.strip_suffix(".zip"));
        let Some(file) = digest.and_then(|digest| self.lambda.code_file(digest)) else {
            return empty(StatusCode::NOT_FOUND);
        };
        match tokio::fs::read(file).await {
            Ok(zip) => {
                let mut response = Response::new(full(zip));
                let value = HeaderValue::from_static("application/zip");
                response.headers_mut().insert(CONTENT_TYPE, value);
                response
            }
            Err(_) => empty(StatusCode::NOT_FOUND),
        }
    }

    /// What `landline deploy` asks for.
    async fn deploy(&self, request: &Request<Bytes>) -> Response {
        let upload = match serde_json::from_slice::<Upload>(request.body()) {
            Ok(upload) => upload,
            Err(error) => {
                let why = format!("the upload cannot be read: {error}\n");
                return text(StatusCode::BAD_REQUEST, &why);
            }
        };
        let address = SocketAddr::new(self.config.listen.ip(), self.port);
        match upload.deploy(&self.stacks, &self.data_dir, address).await {
            Ok(report) => full_json(&report),
            Err(error) => text(StatusCode::BAD_REQUEST, format!("{error:#}\n")),
        }
    }

    /// Refuses a program of this machine that wants to change something without
    /// credentials, where there are any.
    fn refuse_unsigned(&self, request: &Request<Bytes>, arrival: Arrival) -> Option<Response> {
        if self.config.credentials == Credentials::Any {
            return None;
        }
        let identified = self.callers.identify(request, arrival, "landline");
        let refusal = identified.err()?;
        let anonymous = self.callers.anonymous(request, arrival);
        let service = &apigatewaymanagementapi::SERVICE;
        Some(refused(service, &refusal, &anonymous))
    }
}

fn full_json(report: &Report) -> Response {
    let json = serde_json::to_string(report).unwrap_or_default();
    let mut response = Response::new(full(json));
    let value = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, value);
    response
}
