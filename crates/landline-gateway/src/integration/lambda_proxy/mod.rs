//! `AWS_PROXY`: a Lambda function gets the event and answers with a proxy response.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format>.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::HeaderMap;
use landline_api::lambda::InvocationType;
use serde::de::{Deserializer, Unexpected, Visitor};
use serde::{Deserialize, de};

use super::{Answer, IntegrationFailure, lambda};
use crate::deployment::snapshot::{Integration, LambdaFunction};
use crate::http::function;
use crate::message::execution::Execution;

/// Invokes the function and reads what it answers.
pub(super) async fn invoke(
    integration: &Integration,
    function: &LambdaFunction,
    execution: &Execution<'_>,
    event: Bytes,
) -> Result<Answer, IntegrationFailure> {
    let route = &execution.route.key;
    let kind = Some(InvocationType::RequestResponse);
    let output = lambda::call(integration, function, execution, event, kind).await?;
    if output.function_error.is_some() {
        return Err(IntegrationFailure::FunctionError);
    }
    let payload = output.payload.unwrap_or_default();
    let snapshot = execution.stage.snapshot.as_ref();
    let served = snapshot.and_then(|snapshot| snapshot.http.as_ref());
    let answer = match (execution.http(), served) {
        (Some(call), Some(api)) => function::read(call, api, integration.payload, &payload),
        _ => read_response(&payload),
    };
    answer.inspect_err(|_| {
        tracing::info!(%route, expected = "an object with a statusCode", "function answered no proxy response");
    })
}

/// Reads a proxy response. `statusCode` is required and may be a number in text.
fn read_response(payload: &[u8]) -> Result<Answer, IntegrationFailure> {
    let response: ProxyResponse<'_> =
        serde_json::from_slice(payload).map_err(|_| IntegrationFailure::MalformedResponse)?;
    Ok(Answer {
        status_code: response.status_code,
        subprotocol: response.subprotocol(),
        body: response.body(),
        headers: HeaderMap::new(),
    })
}

#[derive(Deserialize)]
struct ProxyResponse<'a> {
    #[serde(rename = "statusCode", deserialize_with = "status_code")]
    status_code: u16,
    #[serde(borrow, default)]
    headers: Option<HashMap<Cow<'a, str>, serde_json::Value>>,
    #[serde(borrow, default, rename = "multiValueHeaders")]
    multi_value_headers: Option<HashMap<Cow<'a, str>, Vec<serde_json::Value>>>,
    #[serde(default)]
    body: Option<String>,
    #[serde(default, rename = "isBase64Encoded")]
    is_base64_encoded: Option<bool>,
}

impl ProxyResponse<'_> {
    /// The body, decoded where it says that it is encoded.
    fn body(self) -> Option<Bytes> {
        let body = self.body?;
        if !self.is_base64_encoded.unwrap_or(false) {
            return Some(body.into());
        }
        let decoded = STANDARD.decode(&body).unwrap_or_else(|_| body.into_bytes());
        Some(decoded.into())
    }

    /// The one header that a handshake honours.
    fn subprotocol(&self) -> Option<String> {
        let single = self.headers.iter().flatten();
        let single = single.filter_map(|(name, value)| Some((name, value.as_str()?)));
        let multi = self.multi_value_headers.iter().flatten();
        let multi = multi.filter_map(|(name, values)| Some((name, values.last()?.as_str()?)));
        multi
            .chain(single)
            .find(|(name, _)| name.eq_ignore_ascii_case("sec-websocket-protocol"))
            .map(|(_, value)| value.to_owned())
    }
}

fn status_code<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    deserializer.deserialize_any(StatusCode)
}

struct StatusCode;

impl Visitor<'_> for StatusCode {
    type Value = u16;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an HTTP status code")
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<u16, E> {
        u16::try_from(value)
            .ok()
            .filter(|status| (100..=599).contains(status))
            .ok_or_else(|| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<u16, E> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "`as` saturates, and the result is compared"
        )]
        let whole = value as u64;
        #[expect(
            clippy::cast_precision_loss,
            clippy::float_cmp,
            reason = "statuses are small"
        )]
        let is_whole = whole as f64 == value;
        if is_whole {
            return self.visit_u64(whole);
        }
        Err(E::invalid_value(Unexpected::Float(value), &self))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<u16, E> {
        let status = value.parse::<u64>();
        let status = status.map_err(|_| E::invalid_value(Unexpected::Str(value), &self))?;
        self.visit_u64(status)
    }
}
