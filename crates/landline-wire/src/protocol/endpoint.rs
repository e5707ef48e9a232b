//! From a request on the wire to a handler and back.

use std::sync::Arc;

use http::header::{HeaderName, HeaderValue};

use super::detect::{Named, Target, detect};
use super::encoding::decompress;
use super::spoken::Spoken;
use super::{Request, Response, codec, error, json};
use crate::dispatcher::{BoxFuture, CallOperation, unknown_operation};
use crate::shape::{Encode, Naming};
use crate::{Caller, Dispatcher, Operation, OperationMeta, ServiceError};

/// Puts other words into a refusal before it goes out: AWS says the same thing differently in different
/// years.
pub trait Rewording: Send + Sync + 'static {
    /// Changes the message, or leaves it.
    fn reword(&self, operation: &OperationMeta, error: &mut ServiceError);
}

/// An operation behind its codec.
pub(crate) trait WireOperation: Send + Sync {
    fn call<'a>(
        &'a self,
        request: &'a Request,
        target: &'a Target,
        caller: &'a Caller,
        dispatcher: &'a Dispatcher,
    ) -> BoxFuture<'a, Response>;

    /// The same with a document in the form of [`Naming::Capital`], answered in that form.
    fn call_by_name<'a>(
        &'a self,
        document: &'a [u8],
        caller: &'a Caller,
        dispatcher: &'a Dispatcher,
    ) -> BoxFuture<'a, Result<Vec<u8>, ServiceError>>;
}

struct Typed<Op: Operation>(Arc<dyn CallOperation<Op>>);

impl<Op: Operation> WireOperation for Typed<Op> {
    fn call<'a>(
        &'a self,
        request: &'a Request,
        target: &'a Target,
        caller: &'a Caller,
        dispatcher: &'a Dispatcher,
    ) -> BoxFuture<'a, Response> {
        let answer = async move || {
            let mut input = Op::Input::default();
            codec::decode_input(Op::META, request, target, &mut input)?;
            admit(dispatcher, Op::META, &input, caller).await?;
            self.0.call(input, caller).await
        };
        Box::pin(async move {
            match answer().await {
                Ok(output) => {
                    codec::encode_output(Op::META, &output, target.spoken, &caller.request_id)
                }
                Err(failure) => refusal(dispatcher, target, failure, caller),
            }
        })
    }

    fn call_by_name<'a>(
        &'a self,
        document: &'a [u8],
        caller: &'a Caller,
        dispatcher: &'a Dispatcher,
    ) -> BoxFuture<'a, Result<Vec<u8>, ServiceError>> {
        Box::pin(async move {
            let mut input = Op::Input::default();
            codec::decode_document(Op::META, document, &mut input)?;
            admit(dispatcher, Op::META, &input, caller).await?;
            let output = self.0.call(input, caller).await?;
            Ok(json::to_vec(&output, Naming::Capital))
        })
    }
}

/// Asks whether the caller may do that.
pub(crate) async fn admit(
    dispatcher: &Dispatcher,
    operation: &'static OperationMeta,
    input: &(dyn Encode + Sync),
    caller: &Caller,
) -> Result<(), ServiceError> {
    match dispatcher.guard() {
        Some(guard) if !caller.may_everything() => guard.admit(operation, input, caller).await,
        _ => Ok(()),
    }
}

/// The refusal as it goes out.
fn refusal(
    dispatcher: &Dispatcher,
    target: &Target,
    mut failure: ServiceError,
    caller: &Caller,
) -> Response {
    let service = target.operation.service;
    if let Some(rewording) = dispatcher.rewording(service) {
        rewording.reword(target.operation, &mut failure);
    }
    error::render_in(target.spoken, service, &failure, &caller.request_id)
}

/// Forgets the operation's type, for the table that the wire reads.
pub(crate) fn erase<Op: Operation>(handler: Arc<dyn CallOperation<Op>>) -> Arc<dyn WireOperation> {
    Arc::new(Typed::<Op>(handler))
}

/// Answers one request for an AWS API: any service, any protocol.
///
/// `signing_name` is the service of the credential scope, when the request has one.
pub async fn serve(
    dispatcher: &Dispatcher,
    request: Request,
    signing_name: Option<&str>,
    caller: &Caller,
) -> Response {
    let named = Named::by(dispatcher.services(), &request, signing_name);
    serve_named(dispatcher, &request, named, caller).await
}

/// Answers one request whose operation is known.
pub async fn serve_named(
    dispatcher: &Dispatcher,
    request: &Request,
    named: Named,
    caller: &Caller,
) -> Response {
    let refuse = |spoken, service, failure: ServiceError| {
        error::render_in(spoken, service, &failure, &caller.request_id)
    };
    let response = match named.0 {
        Ok(target) => {
            let meta = target.operation;
            tracing::debug!(
                service = meta.service.name,
                operation = meta.name,
                "api call"
            );
            let operation = dispatcher.wire(meta.service.name, meta.name);
            match (operation, decompress(request, meta.service)) {
                (Some(operation), Ok(decompressed)) => {
                    let request = decompressed.as_ref().unwrap_or(request);
                    operation.call(request, &target, caller, dispatcher).await
                }
                (_, Err(failure)) => refuse(target.spoken, meta.service, failure),
                (None, _) => refuse(target.spoken, meta.service, unknown_operation(meta)),
            }
        }
        Err(refusal) => {
            let spoken = Spoken::of(refusal.service, request);
            refuse(spoken, refusal.service, refusal.error)
        }
    };
    with_request_id(response, &caller.request_id)
}

/// Reads a call whose answer no codec writes, because it is a stream, and asks whether the caller
/// may make it.
///
/// # Errors
///
/// The refusal, in the words of the operation's service.
pub async fn receive<Op: Operation>(
    dispatcher: &Dispatcher,
    request: Request,
    caller: &Caller,
) -> Result<Op::Input, ServiceError> {
    let service = Op::META.service;
    let target = detect(&[service], &request, Some(service.signing_name));
    let target = target.map_err(|refusal| refusal.error)?;
    let request = decompress(&request, service)?.unwrap_or(request);
    let mut input = Op::Input::default();
    codec::decode_input(Op::META, &request, &target, &mut input)?;
    admit(dispatcher, Op::META, &input, caller).await?;
    Ok(input)
}

fn with_request_id(mut response: Response, request_id: &str) -> Response {
    const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
    if let Ok(value) = HeaderValue::from_str(request_id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}
