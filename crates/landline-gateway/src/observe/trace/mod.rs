//! Traces: which one a connection belongs to, and the spans that tell of it.
//!
//! A handshake may come with a trace, as W3C writes it or as X-Ray does; messages go
//! on with it, and integrations are told. A connection that nobody traces has none,
//! and its messages cost nothing here.
//! See <https://www.w3.org/TR/trace-context/> and
//! <https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader>.

use http::HeaderMap;
use landline_wire::request_id;
use tracing::field::Empty;
use tracing::{Level, Span};

use crate::connection::Connection;
use crate::deployment::snapshot::LiveStage;

/// The target of every span: whoever exports spans listens to it alone.
pub const SPANS: &str = "landline::spans";

/// A place in a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TraceContext {
    trace_id: u128,
    span_id: u64,
    sampling: Sampling,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sampling {
    Sampled,
    NotSampled,
}

/// The trace of one connection.
#[derive(Debug)]
pub(crate) struct ConnectionTrace {
    context: TraceContext,
    /// Open as long as the connection is.
    span: Span,
}

/// One execution's part of a trace; an empty one where nobody traces.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) context: Option<TraceContext>,
    pub(crate) span: Span,
}

impl TraceContext {
    /// What a request came with.
    fn of_headers(headers: &HeaderMap) -> Option<Self> {
        let text = |name: &str| headers.get(name)?.to_str().ok();
        let w3c = text("traceparent").and_then(Self::from_traceparent);
        w3c.or_else(|| text("x-amzn-trace-id").and_then(Self::from_amazon))
    }

    /// `00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01`
    fn from_traceparent(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('-');
        let version = hexadecimal(parts.next()?, 2)?;
        let trace_id = hexadecimal(parts.next()?, 32)?;
        let span_id = u64::try_from(hexadecimal(parts.next()?, 16)?).ok()?;
        let flags = hexadecimal(parts.next()?, 2)?;
        let is_valid = version != 0xff && trace_id != 0 && span_id != 0;
        // Later versions may have more parts, this one has not.
        let is_whole = version != 0 || parts.next().is_none();
        (is_valid && is_whole).then_some(Self {
            trace_id,
            span_id,
            sampling: Sampling::of(flags & 1 == 1),
        })
    }

    /// `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1`
    fn from_amazon(text: &str) -> Option<Self> {
        let field = |name: &str| {
            let mut fields = text.split(';').filter_map(|field| field.split_once('='));
            fields.find_map(|(key, value)| (key.trim() == name).then(|| value.trim()))
        };
        let (time, rest) = field("Root")?.strip_prefix("1-")?.split_once('-')?;
        let trace_id = hexadecimal(time, 8)? << 96 | hexadecimal(rest, 24)?;
        let parent = field("Parent").and_then(|parent| hexadecimal(parent, 16));
        Some(Self {
            trace_id,
            span_id: parent.and_then(|id| u64::try_from(id).ok()).unwrap_or(0),
            sampling: Sampling::of(field("Sampled") != Some("0")),
        })
    }

    /// A new place below this one.
    fn child(self) -> Self {
        Self {
            span_id: u64::from_be_bytes(request_id::random_bytes()).max(1),
            ..self
        }
    }

    /// As W3C writes it.
    pub(crate) fn traceparent(self) -> String {
        let flags = u8::from(self.sampling == Sampling::Sampled);
        format!(
            "00-{:032x}-{:016x}-{flags:02x}",
            self.trace_id, self.span_id
        )
    }

    /// As X-Ray writes it.
    pub(crate) fn amazon(self) -> String {
        let id = format!("{:032x}", self.trace_id);
        let (time, rest) = id.split_at(8);
        let sampled = u8::from(self.sampling == Sampling::Sampled);
        format!(
            "Root=1-{time}-{rest};Parent={:016x};Sampled={sampled}",
            self.span_id
        )
    }
}

impl Sampling {
    fn of(is_sampled: bool) -> Self {
        if is_sampled {
            Self::Sampled
        } else {
            Self::NotSampled
        }
    }
}

impl ConnectionTrace {
    /// The trace of a connection whose handshake has begun: the client's, or a new one
    /// where somebody exports spans. `own` is the `X-Amzn-Trace-Id` that events show.
    pub(crate) fn begin(
        connection: &Connection,
        stage: &LiveStage,
        headers: &HeaderMap,
        own: Option<&str>,
    ) -> Option<Box<Self>> {
        let is_exported = tracing::enabled!(target: SPANS, Level::DEBUG);
        let given = TraceContext::of_headers(headers);
        if given.is_none() && !is_exported {
            return None;
        }
        let parent = given.or_else(|| own.and_then(TraceContext::from_amazon))?;
        let context = parent.child();
        let span = if parent.sampling == Sampling::Sampled {
            tracing::debug_span!(
                target: SPANS,
                parent: None,
                "connection",
                trace_id = format_args!("{:032x}", context.trace_id),
                span_id = format_args!("{:016x}", context.span_id),
                parent_span_id = format_args!("{:016x}", parent.span_id),
                apiId = stage.api_id.as_str(),
                stage = stage.stage_name.as_str(),
                connectionId = %connection.id,
                sourceIp = %connection.source_ip,
            )
        } else {
            Span::none()
        };
        Some(Box::new(Self { context, span }))
    }
}

impl Step {
    /// The part of an execution in the trace of its connection.
    pub(crate) fn begin(
        connection: &Connection,
        event_type: &'static str,
        route_key: &str,
        request_id: &str,
    ) -> Self {
        let Some(trace) = connection.trace() else {
            return Self {
                context: None,
                span: Span::none(),
            };
        };
        let context = trace.context.child();
        let span = if context.sampling == Sampling::Sampled {
            tracing::debug_span!(
                target: SPANS,
                parent: &trace.span,
                "execution",
                trace_id = format_args!("{:032x}", context.trace_id),
                span_id = format_args!("{:016x}", context.span_id),
                parent_span_id = format_args!("{:016x}", trace.context.span_id),
                connectionId = %connection.id,
                eventType = event_type,
                routeKey = route_key,
                requestId = request_id,
                status = Empty,
            )
        } else {
            Span::none()
        };
        Self {
            context: Some(context),
            span,
        }
    }

    /// The part of a request of its own in the trace that it came with.
    pub(crate) fn for_request(
        headers: &HeaderMap,
        request_id: &str,
        route_key: Option<&str>,
    ) -> Self {
        let Some(parent) = TraceContext::of_headers(headers) else {
            return Self {
                context: None,
                span: Span::none(),
            };
        };
        let context = parent.child();
        let span = if context.sampling == Sampling::Sampled {
            tracing::debug_span!(
                target: SPANS,
                parent: None,
                "execution",
                trace_id = format_args!("{:032x}", context.trace_id),
                span_id = format_args!("{:016x}", context.span_id),
                parent_span_id = format_args!("{:016x}", parent.span_id),
                eventType = "HTTP",
                routeKey = route_key,
                requestId = request_id,
                status = Empty,
            )
        } else {
            Span::none()
        };
        Self {
            context: Some(context),
            span,
        }
    }

    /// The part of a call of `@connections`: in the trace that its caller names, else in that of the
    /// connection. It has no context, because nothing is called for it.
    pub(crate) fn for_management(
        connection: Option<&Connection>,
        trace_id: Option<&str>,
        route_key: &'static str,
        request_id: &str,
    ) -> Self {
        let none = Self {
            context: None,
            span: Span::none(),
        };
        if !tracing::enabled!(target: SPANS, Level::DEBUG) {
            return none;
        }
        let callers = trace_id.and_then(TraceContext::from_amazon);
        let own = || Some(connection?.trace()?.context);
        let Some(parent) = callers.or_else(own) else {
            return none;
        };
        if parent.sampling == Sampling::NotSampled {
            return none;
        }
        let context = parent.child();
        let connection_id = connection.map(|connection| connection.id.encode());
        let span = tracing::debug_span!(
            target: SPANS,
            parent: None,
            "execution",
            trace_id = format_args!("{:032x}", context.trace_id),
            span_id = format_args!("{:016x}", context.span_id),
            parent_span_id = format_args!("{:016x}", parent.span_id),
            connectionId = connection_id,
            eventType = "CONNECTION_API",
            routeKey = route_key,
            requestId = request_id,
            status = Empty,
        );
        Self { span, ..none }
    }

    /// Notes how the execution ended.
    pub(crate) fn end(&self, status: u16) {
        self.span.record("status", status);
    }
}

/// Lower-case hexadecimal of exactly so many digits.
fn hexadecimal(text: &str, digits: usize) -> Option<u128> {
    let is_plain = text
        .bytes()
        .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    let fits = text.len() == digits && is_plain;
    fits.then(|| u128::from_str_radix(text, 16).ok()).flatten()
}

#[cfg(test)]
mod tests;
