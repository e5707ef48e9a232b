//! The events that a proxy integration gets, in the order and the spelling of AWS.
//!
//! An event is text that was rendered once for its connection, with the few members
//! that change put in between; a message never becomes a JSON tree.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html>.

mod headers;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::net::IpAddr;
use std::time::Duration;

use bytes::Bytes;
use landline_wire::Timestamp;
use serde_json::Value;

pub use headers::HeaderNames;
pub(crate) use headers::{Handshake, trace_id};

use crate::connection::id::ConnectionId;
use crate::deployment::snapshot::{LiveStage, RouteKey};

/// What a connection is known by, in every event.
#[derive(Debug)]
pub(crate) struct Client<'a> {
    pub(crate) connection_id: ConnectionId,
    pub(crate) domain_name: &'a str,
    pub(crate) source_ip: IpAddr,
    pub(crate) user_agent: Option<&'a str>,
    pub(crate) connected_at: Timestamp,
}

/// The members of `requestContext` that all events of a connection share.
#[derive(Debug)]
pub(crate) struct ConnectionContext {
    text: Box<str>,
    /// Where `requestTimeEpoch`'s value belongs.
    epoch_at: u32,
    /// Where `requestId`'s value belongs.
    request_id_at: u32,
    /// What the Lambda authorizer said, as a JSON object.
    authorizer: Option<Box<str>>,
}

/// Who a client is, as far as its handshake proved it.
#[derive(Debug, Default)]
pub(crate) struct Identity {
    /// Members of `identity` beside `userAgent` and `sourceIp`, in AWS's order:
    /// those that stand before `sourceIp`, and those that follow it.
    pub(crate) before_source_ip: Vec<(&'static str, String)>,
    pub(crate) after_source_ip: Vec<(&'static str, String)>,
    /// What the Lambda authorizer said, as a JSON object.
    pub(crate) authorizer: Option<String>,
}

/// What is new in each event.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment<'a> {
    pub(crate) request_id: &'a str,
    pub(crate) time: Timestamp,
}

impl ConnectionContext {
    pub(crate) fn new(stage: &LiveStage, client: &Client<'_>, identity: Identity) -> Self {
        let mut text = Vec::with_capacity(320);
        text.extend_from_slice(b",\"stage\":");
        push_string(&mut text, stage.stage_name.as_str());
        let connected_at = client.connected_at.as_millis();
        push(
            &mut text,
            format_args!(",\"connectedAt\":{connected_at},\"requestTimeEpoch\":"),
        );
        let epoch_at = text.len();
        text.extend_from_slice(BEFORE_IDENTITY);
        if let Some(user_agent) = client.user_agent {
            text.extend_from_slice(b"\"userAgent\":");
            push_string(&mut text, user_agent);
            text.push(b',');
        }
        for (name, value) in &identity.before_source_ip {
            push_member(&mut text, name, value);
            text.push(b',');
        }
        push_member(&mut text, "sourceIp", client.source_ip.to_string());
        for (name, value) in &identity.after_source_ip {
            text.push(b',');
            push_member(&mut text, name, value);
        }
        text.extend_from_slice(BEFORE_REQUEST_ID);
        let request_id_at = text.len();
        text.extend_from_slice(b"\",\"domainName\":");
        push_string(&mut text, client.domain_name);
        push(
            &mut text,
            format_args!(",\"connectionId\":\"{}\",\"apiId\":", client.connection_id),
        );
        push_string(&mut text, stage.api_id.as_str());
        text.push(b'}');
        Self {
            text: String::from_utf8(text).unwrap_or_default().into(),
            epoch_at: u32::try_from(epoch_at).unwrap_or(0),
            request_id_at: u32::try_from(request_id_at).unwrap_or(0),
            authorizer: identity.authorizer.map(Into::into),
        }
    }

    /// `$context.identity`.
    pub(crate) fn identity(&self) -> Option<Value> {
        let start = self.epoch_at as usize + BEFORE_IDENTITY.len() - 1;
        // The closing brace belongs to the identity.
        let end = self.request_id_at as usize - (BEFORE_REQUEST_ID.len() - 1);
        serde_json::from_str(self.text.get(start..end)?).ok()
    }

    /// `$context.authorizer`.
    pub(crate) fn authorizer(&self) -> Option<Value> {
        serde_json::from_str(self.authorizer.as_deref()?).ok()
    }

    fn push_authorizer(&self, event: &mut Vec<u8>) {
        if let Some(authorizer) = &self.authorizer {
            event.extend_from_slice(b",\"authorizer\":");
            event.extend_from_slice(authorizer.as_bytes());
        }
    }

    /// The rest of `requestContext`, from `stage` to its closing brace.
    fn push_tail(&self, event: &mut Vec<u8>, moment: Moment<'_>) {
        let (stage, rest) = self.text.split_at(self.epoch_at as usize);
        let (identity, end) = rest.split_at((self.request_id_at - self.epoch_at) as usize);
        event.extend_from_slice(stage.as_bytes());
        push(event, format_args!("{}", moment.time.as_millis()));
        event.extend_from_slice(identity.as_bytes());
        event.extend_from_slice(moment.request_id.as_bytes());
        event.extend_from_slice(end.as_bytes());
    }

    /// The event of a Lambda authorizer. Other than an integration's it has its maps
    /// even when they are empty, and the query in the client's order.
    pub(crate) fn authorizer_event(
        &self,
        stage: &LiveStage,
        handshake: &Handshake,
        moment: Moment<'_>,
    ) -> Bytes {
        let mut event = begin(2048);
        event.extend_from_slice(b"\"type\":\"REQUEST\",\"methodArn\":");
        push_string(&mut event, stage.route_arn(&RouteKey::Connect));
        event.push(b',');
        handshake.push_headers_of_hop(&mut event);
        event.push(b',');
        handshake.push_query_in_order(&mut event);
        event.extend_from_slice(b",\"stageVariables\":");
        push_map(&mut event, stage.variables.iter(), push_string);
        event.extend_from_slice(b",\"requestContext\":{\"routeKey\":\"$connect\"");
        push_moment(&mut event, "CONNECT", moment);
        self.push_tail(&mut event, moment);
        event.push(b'}');
        event.into()
    }

    /// The event of `$connect`.
    pub(crate) fn connect_event(
        &self,
        stage: &LiveStage,
        handshake: &Handshake,
        authorizer_latency: Option<Duration>,
        moment: Moment<'_>,
    ) -> Bytes {
        let mut event = begin(2048);
        handshake.push_headers(&mut event);
        event.push(b',');
        handshake.push_query(&mut event);
        push_variables(&mut event, &stage.variables);
        event.extend_from_slice(b"\"requestContext\":{\"routeKey\":\"$connect\"");
        self.push_authorizer(&mut event);
        if let (Some(latency), Some(b'}')) = (authorizer_latency, event.last()) {
            // Only this event tells how long the authorizer took.
            event.pop();
            let separator = if event.last() == Some(&b'{') { "" } else { "," };
            let millis = latency.as_millis();
            push(
                &mut event,
                format_args!("{separator}\"integrationLatency\":{millis}}}"),
            );
        }
        push_moment(&mut event, "CONNECT", moment);
        self.push_tail(&mut event, moment);
        end(event)
    }

    /// The event of a message.
    pub(crate) fn message_event(
        &self,
        stage: &LiveStage,
        message: &MessageContext<'_>,
        moment: Moment<'_>,
    ) -> Bytes {
        let mut event = begin(self.text.len() + message.body.len() + message.body.len() / 8 + 384);
        push_variables(&mut event, &stage.variables);
        event.extend_from_slice(b"\"requestContext\":{\"routeKey\":");
        push_string(&mut event, message.route_key);
        self.push_authorizer(&mut event);
        push(
            &mut event,
            format_args!(",\"messageId\":\"{}\"", message.message_id),
        );
        push_moment(&mut event, "MESSAGE", moment);
        self.push_tail(&mut event, moment);
        event.extend_from_slice(b",\"body\":");
        push_string(&mut event, message.body);
        end(event)
    }

    /// The event of `$disconnect`.
    pub(crate) fn disconnect_event(
        &self,
        stage: &LiveStage,
        ended: &DisconnectContext<'_>,
        moment: Moment<'_>,
    ) -> Bytes {
        let mut event = begin(1024);
        headers::push_disconnect_headers(&mut event, ended.domain_name);
        event.push(b',');
        push_variables(&mut event, &stage.variables);
        let code = ended.status_code;
        push(
            &mut event,
            format_args!(
                "\"requestContext\":{{\"routeKey\":\"$disconnect\",\"disconnectStatusCode\":{code}"
            ),
        );
        self.push_authorizer(&mut event);
        push_moment(&mut event, "DISCONNECT", moment);
        event.extend_from_slice(b",\"disconnectReason\":");
        push_string(&mut event, ended.reason);
        self.push_tail(&mut event, moment);
        end(event)
    }
}

/// What is particular to a message.
#[derive(Debug)]
pub(crate) struct MessageContext<'a> {
    pub(crate) route_key: &'a str,
    pub(crate) message_id: &'a str,
    pub(crate) body: &'a str,
}

/// What is particular to a connection's end.
#[derive(Debug)]
pub(crate) struct DisconnectContext<'a> {
    pub(crate) domain_name: &'a str,
    pub(crate) status_code: u16,
    pub(crate) reason: &'a str,
}

fn begin(capacity: usize) -> Vec<u8> {
    let mut event = Vec::with_capacity(capacity);
    event.push(b'{');
    event
}

fn end(mut event: Vec<u8>) -> Bytes {
    event.extend_from_slice(b",\"isBase64Encoded\":false}");
    event.into()
}

/// A stage without variables has no member for them, not even an empty one.
fn push_variables(event: &mut Vec<u8>, variables: &BTreeMap<String, String>) {
    if variables.is_empty() {
        return;
    }
    event.extend_from_slice(b"\"stageVariables\":");
    push_map(event, variables.iter(), push_string);
    event.push(b',');
}

fn push_moment(event: &mut Vec<u8>, event_type: &str, moment: Moment<'_>) {
    push(
        event,
        format_args!(
            ",\"eventType\":\"{event_type}\",\"extendedRequestId\":\"{}\",\"requestTime\":\"{}\",\"messageDirection\":\"IN\"",
            moment.request_id,
            moment.time.common_log_format(),
        ),
    );
}

/// Writes a JSON object, its values by `push_value`.
fn push_map<K: AsRef<str>, V>(
    event: &mut Vec<u8>,
    entries: impl Iterator<Item = (K, V)>,
    push_value: impl Fn(&mut Vec<u8>, V),
) {
    event.push(b'{');
    for (index, (name, value)) in entries.enumerate() {
        if index > 0 {
            event.push(b',');
        }
        push_string(event, name.as_ref());
        event.push(b':');
        push_value(event, value);
    }
    event.push(b'}');
}

fn push_list(event: &mut Vec<u8>, values: &[String]) {
    event.push(b'[');
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            event.push(b',');
        }
        push_string(event, value);
    }
    event.push(b']');
}

fn push_member(text: &mut Vec<u8>, name: &str, value: impl AsRef<str>) {
    push_string(text, name);
    text.push(b':');
    push_string(text, value);
}

fn push_string(event: &mut Vec<u8>, text: impl AsRef<str>) {
    serde_json::to_writer(event, text.as_ref()).expect("writing text to memory cannot fail");
}

fn push(event: &mut Vec<u8>, arguments: std::fmt::Arguments<'_>) {
    event
        .write_fmt(arguments)
        .expect("writing to memory cannot fail");
}

const BEFORE_IDENTITY: &[u8] = b",\"identity\":{";
const BEFORE_REQUEST_ID: &[u8] = b"},\"requestId\":\"";
