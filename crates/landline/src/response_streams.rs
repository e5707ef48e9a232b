//! `InvokeWithResponseStream`: a call of Lambda's API whose answer comes as the function writes it.

use bytes::Bytes;
use futures_util::stream::{self, Stream};
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{Method, Request, StatusCode, Uri};
use http_body::Frame;
use http_body_util::{BodyExt as _, StreamBody};
use landline_api::lambda as api;
use landline_lambda::{BrokenOff, EventStream, Lambda};
use landline_wire::protocol::{event_stream, receive};
use landline_wire::{Caller, Dispatcher, ServiceError};
use std::sync::Arc;

use crate::front_door::answer::empty;
use crate::front_door::{Body, Response};

/// Whether a request is such a call.
pub(crate) fn is_one(request: &Request<Bytes>) -> bool {
    request.method() == Method::POST && as_invocation(request.uri()).is_some()
}

/// Answers one.
pub(crate) async fn answer(
    lambda: &Arc<Lambda>,
    dispatcher: &Dispatcher,
    mut request: Request<Bytes>,
    caller: &Caller,
) -> Result<Response, ServiceError> {
    // What it says beside its path is what a plain invocation says.
    if let Some(uri) = as_invocation(request.uri()) {
        *request.uri_mut() = uri;
    }
    let input = receive::<api::Invoke>(dispatcher, request, caller).await?;
    let answer = lambda.invoke_with_response_stream(input, caller).await?;
    let mut response = match answer {
        None => empty(StatusCode::NO_CONTENT),
        Some(stream) => {
            let version = HeaderValue::from_str(&stream.executed_version);
            let mut response = Response::new(body(messages(stream)));
            let headers = response.headers_mut();
            let kind = HeaderValue::from_static(event_stream::CONTENT_TYPE);
            headers.insert(CONTENT_TYPE, kind);
            if let Ok(version) = version {
                headers.insert("x-amz-executed-version", version);
            }
            response
        }
    };
    if let Ok(id) = HeaderValue::from_str(&caller.request_id) {
        response.headers_mut().insert("x-amzn-requestid", id);
    }
    Ok(response)
}

/// A body that comes in parts.
pub(crate) fn body(parts: impl Stream<Item = Result<Bytes, BrokenOff>> + Send + 'static) -> Body {
    use futures_util::StreamExt as _;
    let frames = parts.map(|part| part.map(Frame::data));
    StreamBody::new(frames).boxed_unsync()
}

fn messages(stream: EventStream) -> impl Stream<Item = Result<Bytes, BrokenOff>> + Send {
    stream::unfold(stream, async |mut stream| {
        let message = stream.next().await?;
        Some((message, stream))
    })
}

fn as_invocation(uri: &Uri) -> Option<Uri> {
    let path = uri.path().strip_prefix("/2021-11-15/functions/")?;
    let function = path.strip_suffix("/response-streaming-invocations")?;
    let query = uri
        .query()
        .map_or(String::new(), |query| format!("?{query}"));
    format!("/2015-03-31/functions/{function}/invocations{query}")
        .parse()
        .ok()
}
