//! `apigateway:invoke`: posts to `@connections` within the node, calls of HTTP and REST APIs through its door.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/connect-api-gateway.html>

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use landline_api::apigatewaymanagementapi::{
    DeleteConnection, DeleteConnectionInput, GetConnection, GetConnectionInput, PostToConnection,
    PostToConnectionInput,
};
use landline_wire::dispatcher::BoxFuture;
use landline_wire::shape::Encode;
use landline_wire::shape::Naming;
use landline_wire::{Caller, ServiceError};
use serde_json::{Map, Value, json};

use crate::StatesConfig;
use crate::failure::{Failure, RUNTIME};

/// Sends requests to APIs, those of the node among them.
pub trait CallApis: Send + Sync + std::fmt::Debug + 'static {
    /// Sends one request, and gives its answer or why there is none. The caller bounds the time.
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<ApiAnswer, String>>;
}

/// What an API answers.
pub type ApiAnswer = Response<Bytes>;

pub(super) async fn invoke(
    config: &StatesConfig,
    caller: &Caller,
    parameters: &Map<String, Value>,
) -> Result<Value, Failure> {
    let wanted = Wanted::read(parameters).map_err(|reason| {
        let parameters = Value::Object(parameters.clone());
        let cause = format!(
            "The Parameters '{parameters}' could not be used to start the Task: [{reason}]"
        );
        Failure::new(RUNTIME, cause)
    })?;
    let path = wanted.path.trim_start_matches('/');
    if let Some(id) = path.strip_prefix("@connections/") {
        return manage(config, caller, &wanted, &decoded(id)).await;
    }
    let request = wanted.request()?;
    let answer = config.apis.send(request).await;
    let answer = answer.map_err(|reason| {
        let cause = format!("Unable to execute HTTP request: {reason}");
        Failure::new("ApiGateway.SdkClientException", cause)
    })?;
    shown(&answer)
}

/// A call as a task describes it.
struct Wanted<'a> {
    endpoint: &'a str,
    method: Method,
    stage: Option<&'a str>,
    path: &'a str,
    query: Vec<(&'a str, &'a str)>,
    headers: Vec<(&'a str, &'a str)>,
    body: Bytes,
}

impl<'a> Wanted<'a> {
    fn read(parameters: &'a Map<String, Value>) -> Result<Self, String> {
        let text = |name: &str| parameters.get(name).and_then(Value::as_str);
        let required = |name: &str| {
            text(name).ok_or_else(|| format!("The field '{name}' is required but was missing"))
        };
        let lists = |name: &str| {
            let bad = || format!("The value of the field '{name}' has an invalid format");
            let mut found = Vec::new();
            let members = match parameters.get(name) {
                None | Some(Value::Null) => return Ok(found),
                Some(value) => value.as_object().ok_or_else(bad)?,
            };
            for (key, values) in members {
                for value in values.as_array().ok_or_else(bad)? {
                    found.push((key.as_str(), value.as_str().ok_or_else(bad)?));
                }
            }
            Ok::<_, String>(found)
        };
        let method = required("Method")?;
        let method = Method::from_bytes(method.as_bytes());
        Ok(Self {
            endpoint: required("ApiEndpoint")?,
            method: method.map_err(|_| "The value of the field 'Method' is invalid".to_owned())?,
            stage: text("Stage"),
            path: text("Path").unwrap_or_default(),
            query: lists("QueryParameters")?,
            headers: lists("Headers")?,
            // Texts are JSON, too.
            body: match parameters.get("RequestBody") {
                None | Some(Value::Null) => Bytes::new(),
                Some(body) => body.to_string().into(),
            },
        })
    }

    fn request(&self) -> Result<Request<Bytes>, Failure> {
        let host = self.endpoint.trim_start_matches("https://");
        let stage = self
            .stage
            .map_or_else(String::new, |stage| format!("/{stage}"));
        let path = self.path.trim_start_matches('/');
        let query = self.query.iter().copied();
        let query = landline_wire::protocol::action::form(query);
        let question = if query.is_empty() { "" } else { "?" };
        let url = format!("https://{host}{stage}/{path}{question}{query}");
        let mut request = Request::builder().method(&self.method).uri(url);
        if let Some(headers) = request.headers_mut() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            for (name, value) in &self.headers {
                let name = HeaderName::try_from(*name);
                if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
                    headers.append(name, value);
                }
            }
        }
        request
            .body(self.body.clone())
            .map_err(|error| Failure::new(RUNTIME, format!("The API cannot be called: {error}")))
    }
}

/// Without percent signs: an id may come as it stands in a URL.
fn decoded(id: &str) -> String {
    id.replace("%3D", "=").replace("%3d", "=")
}

async fn manage(
    config: &StatesConfig,
    caller: &Caller,
    wanted: &Wanted<'_>,
    connection_id: &str,
) -> Result<Value, Failure> {
    let dispatcher = &config.dispatcher;
    let connection_id = connection_id.to_owned();
    let answered = match wanted.method {
        Method::POST => {
            let data = wanted.body.clone();
            let input = PostToConnectionInput {
                connection_id,
                data,
            };
            let posted = dispatcher.call_judged::<PostToConnection>(input, caller);
            posted.await.map(|_| (StatusCode::OK, json!("")))
        }
        Method::DELETE => {
            let input = DeleteConnectionInput { connection_id };
            let deleted = dispatcher.call_judged::<DeleteConnection>(input, caller);
            deleted.await.map(|_| (StatusCode::NO_CONTENT, json!("")))
        }
        _ => {
            let input = GetConnectionInput { connection_id };
            let found = dispatcher.call_judged::<GetConnection>(input, caller);
            found.await.map(|found| (StatusCode::OK, as_json(&found)))
        }
    };
    let (status, body) = answered.map_err(|error| refused(&error))?;
    Ok(json!({
        "Headers": { "Content-Type": ["application/json"], "x-amzn-RequestId": [&*caller.request_id] },
        "ResponseBody": body,
        "StatusCode": status.as_u16(),
        "StatusText": status.canonical_reason(),
    }))
}

fn as_json(value: &dyn Encode) -> Value {
    let text = landline_wire::protocol::json::to_vec(value, Naming::Wire);
    serde_json::from_slice(&text).unwrap_or_default()
}

fn refused(error: &ServiceError) -> Failure {
    let body = if error.message.is_empty() {
        String::new()
    } else {
        json!({ "message": error.message }).to_string()
    };
    Failure::new(format!("ApiGateway.{}", error.status), body)
}

fn shown(answer: &ApiAnswer) -> Result<Value, Failure> {
    let status = answer.status();
    let body = answer.body();
    let text = std::str::from_utf8(body);
    if !status.is_success() {
        let cause = text.map_or_else(|_| STANDARD.encode(body), str::to_owned);
        return Err(Failure::new(
            format!("ApiGateway.{}", status.as_u16()),
            cause,
        ));
    }
    let body = match (serde_json::from_slice(body), text) {
        (Ok(value), _) => value,
        (Err(_), Ok(text)) => Value::from(text),
        (Err(_), Err(_)) => STANDARD.encode(body).into(),
    };
    let mut headers = Map::new();
    for (name, value) in answer.headers() {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        let values = headers.entry(name.as_str()).or_insert_with(|| json!([]));
        if let Value::Array(values) = values {
            values.push(value.into());
        }
    }
    Ok(json!({
        "Headers": headers,
        "ResponseBody": body,
        "StatusCode": status.as_u16(),
        "StatusText": status.canonical_reason().unwrap_or_default(),
    }))
}
