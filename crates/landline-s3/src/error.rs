//! What S3 refuses, in its words.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>

use landline_store::StoreError;
use landline_wire::ServiceError;

pub(crate) fn no_such_bucket(name: &str) -> ServiceError {
    ServiceError::new("NoSuchBucket", 404, "The specified bucket does not exist")
        .with_field("BucketName", name)
}

pub(crate) fn no_such_key(key: &str) -> ServiceError {
    ServiceError::new("NoSuchKey", 404, "The specified key does not exist.").with_field("Key", key)
}

pub(crate) fn no_such_version(key: &str, version_id: &str) -> ServiceError {
    ServiceError::new(
        "NoSuchVersion",
        404,
        "The specified version does not exist.",
    )
    .with_field("Key", key)
    .with_field("VersionId", version_id)
}

pub(crate) fn no_such_upload(upload_id: &str) -> ServiceError {
    let text = "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.";
    ServiceError::new("NoSuchUpload", 404, text).with_field("UploadId", upload_id)
}

/// A delete marker that is asked for by its version.
pub(crate) fn is_delete_marker(method: &str) -> ServiceError {
    let text = "The specified method is not allowed against this resource.";
    ServiceError::new("MethodNotAllowed", 405, text)
        .with_field("Method", method)
        .with_field("ResourceType", "DeleteMarker")
}

pub(crate) fn method_not_allowed(method: &str, resource: &str) -> ServiceError {
    let text = "The specified method is not allowed against this resource.";
    ServiceError::new("MethodNotAllowed", 405, text)
        .with_field("Method", method)
        .with_field("ResourceType", resource)
}

pub(crate) fn invalid_argument(text: &str, name: &str, value: &str) -> ServiceError {
    ServiceError::new("InvalidArgument", 400, text)
        .with_field("ArgumentName", name)
        .with_field("ArgumentValue", value)
}

pub(crate) fn invalid_request(text: impl Into<String>) -> ServiceError {
    ServiceError::new("InvalidRequest", 400, text)
}

pub(crate) fn malformed_xml() -> ServiceError {
    let text =
        "The XML you provided was not well-formed or did not validate against our published schema";
    ServiceError::new("MalformedXML", 400, text)
}

pub(crate) fn access_denied() -> ServiceError {
    ServiceError::new("AccessDenied", 403, "Access Denied")
}

pub(crate) fn precondition_failed(condition: &str) -> ServiceError {
    let text = "At least one of the pre-conditions you specified did not hold";
    ServiceError::new("PreconditionFailed", 412, text).with_field("Condition", condition)
}

pub(crate) fn bad_digest(text: &str) -> ServiceError {
    ServiceError::new("BadDigest", 400, text)
}

pub(crate) fn too_large(bytes: u64, bytes_max: u64) -> ServiceError {
    let text = "Your proposed upload exceeds the maximum allowed size";
    ServiceError::new("EntityTooLarge", 400, text)
        .with_field("ProposedSize", bytes)
        .with_field("MaxSizeAllowed", bytes_max)
}

pub(crate) fn too_small(bytes: u64, bytes_min: u64) -> ServiceError {
    let text = "Your proposed upload is smaller than the minimum allowed size";
    ServiceError::new("EntityTooSmall", 400, text)
        .with_field("ProposedSize", bytes)
        .with_field("MinSizeAllowed", bytes_min)
}

pub(crate) fn malformed_form() -> ServiceError {
    let text = "The body of your POST request is not well-formed multipart/form-data.";
    ServiceError::new("MalformedPOSTRequest", 400, text)
}

/// Too many or too long fields before the file of a form.
pub(crate) fn too_many_fields() -> ServiceError {
    let text = "Your POST request fields preceding the upload file were too large.";
    ServiceError::new("MaxPostPreDataLengthExceededError", 400, text)
        .with_field("MaxPostPreDataLengthBytes", crate::quotas::FORM_BYTES_MAX)
}

/// A form without a field that it must have.
pub(crate) fn missing_field(name: &str) -> ServiceError {
    let text = format!(
        "Bucket POST must contain a field named '{name}'.  If it is specified, please check the order of the fields."
    );
    invalid_argument(&text, name, "")
}

pub(crate) fn not_implemented(what: &str) -> ServiceError {
    let text = format!(
        "A header or parameter you provided implies functionality that is not implemented: {what}"
    );
    ServiceError::new("NotImplemented", 501, text)
}

/// The disk does not take or give what it should.
pub(crate) fn disk(error: &std::io::Error) -> ServiceError {
    internal(error)
}

/// A fault of ours, as S3 names it.
pub(crate) fn internal(cause: &dyn std::fmt::Display) -> ServiceError {
    let text = "We encountered an internal error. Please try again.";
    ServiceError {
        code: "InternalError".into(),
        message: text.to_owned(),
        ..ServiceError::internal(cause)
    }
}

/// Why a transaction did not happen.
#[derive(Debug)]
pub(crate) enum WriteFailure {
    Refused(ServiceError),
    Store(StoreError),
}

impl From<StoreError> for WriteFailure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<ServiceError> for WriteFailure {
    fn from(error: ServiceError) -> Self {
        Self::Refused(error)
    }
}

impl From<WriteFailure> for ServiceError {
    fn from(failure: WriteFailure) -> Self {
        match failure {
            WriteFailure::Refused(error) => error,
            WriteFailure::Store(error) => internal(&error),
        }
    }
}
