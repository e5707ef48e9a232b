//! An AWS operation as a type, and the handler that answers it.
//!
//! `landline-api` declares the operations (generated); a service crate implements
//! [`Handler`] for those that it answers. Names, paths and protocols are data in
//! [`OperationMeta`], read by the codecs alone.

use std::future::Future;

use crate::protocol::codec::OperationCodec;
use crate::shape::Structure;
use crate::{Caller, ErrorShape, ServiceError};

/// One operation of one service, such as `CreateApi`.
pub trait Operation: Sized + Send + Sync + 'static {
    /// What the caller sends.
    type Input: Structure;
    /// What a success answers.
    type Output: Structure;
    /// Its name, its place on the wire, its service.
    const META: &'static OperationMeta;
}

/// Answers one operation.
///
/// ```ignore
/// impl Handler<CreateDeployment> for ApiGateway {
///     async fn handle(&self, input: CreateDeploymentInput, caller: &Caller) -> Result<Deployment, ServiceError> { … }
/// }
/// ```
pub trait Handler<Op: Operation>: Send + Sync + 'static {
    /// Answers one call. The input has been decoded and checked against the model.
    fn handle(
        &self,
        input: Op::Input,
        caller: &Caller,
    ) -> impl Future<Output = Result<Op::Output, ServiceError>> + Send;
}

/// How a service's requests and answers look on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// HTTP methods and paths, JSON bodies (`apigatewayv2`, `lambda`).
    RestJson,
    /// `X-Amz-Target` and a JSON body; `content_version` is `1.0` or `1.1`.
    Json {
        /// The version in `application/x-amz-json-…`.
        content_version: &'static str,
        /// What stands before the dot in `X-Amz-Target`.
        target_prefix: &'static str,
    },
    /// A form with `Action`, answered in XML (`sts`, `iam`).
    Query {
        /// The `Version` parameter.
        version: &'static str,
        /// The namespace of the answer's root element.
        xml_namespace: &'static str,
    },
    /// HTTP methods and paths, XML bodies (`s3`). Bodies may be of any length there, so
    /// that the service reads its requests itself; these shapes are for calls in process.
    RestXml {
        /// The namespace of documents.
        xml_namespace: &'static str,
    },
}

impl Protocol {
    /// The date in the namespace of DynamoDB and its streams; `None` for other services.
    pub(crate) fn dynamodb_version(&self) -> Option<&'static str> {
        let Self::Json { target_prefix, .. } = self else {
            return None;
        };
        let rest = target_prefix.strip_prefix("DynamoDB")?;
        rest.split('_').nth(1)
    }
}

/// What the codecs know of a service.
#[derive(Debug)]
pub struct ServiceMeta {
    /// The name in the credential scope (`apigateway`, `execute-api`, `lambda`).
    pub signing_name: &'static str,
    /// Landline's module name, unique among services (`apigatewayv2`).
    pub name: &'static str,
    /// The wire protocol.
    pub protocol: Protocol,
    /// The code with which the service refuses what breaks its model's constraints.
    pub validation_code: &'static str,
    /// The exceptions of its model.
    pub errors: &'static [ErrorShape],
    /// Set where the service spoke the query protocol before: what errors were called there, by
    /// what they are called now, where that differs.
    pub query_codes: Option<&'static [(&'static str, &'static str)]>,
    /// All operations that Landline knows of the service, handled or not.
    pub operations: &'static [&'static OperationMeta],
}

/// What the codecs know of an operation.
#[derive(Debug)]
pub struct OperationMeta {
    /// The service it belongs to.
    pub service: &'static ServiceMeta,
    /// The operation's name in AWS's words.
    pub name: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path with `{placeholders}`, for `RestJson`.
    pub path: &'static str,
    /// The HTTP status of a success.
    pub status: u16,
    /// The element that wraps the answer, for `Query` (`GetCallerIdentityResult`).
    pub result_wrapper: Option<&'static str>,
    /// Its codec, for tests that compare it with an SDK's.
    pub codec: OperationCodec,
}
