//! Which operation a request means: the method, whether there is a key, and the parameters
//! that name a part of a bucket or an object.

use http::Method;
use landline_wire::ServiceError;

use super::Call;
use crate::error::method_not_allowed;
use crate::setting::Setting;

/// What a request wants.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Operation {
    ListBuckets,
    CreateBucket,
    HeadBucket,
    DeleteBucket,
    GetBucketLocation,
    GetBucketVersioning,
    PutBucketVersioning,
    GetBucketAcl,
    PutBucketAcl,
    GetBucketPolicyStatus,
    GetSetting(&'static Setting),
    PutSetting(&'static Setting),
    DeleteSetting(&'static Setting),
    ListObjects,
    ListObjectsV2,
    ListObjectVersions,
    ListMultipartUploads,
    DeleteObjects,
    PutObject,
    CopyObject,
    GetObject,
    HeadObject,
    DeleteObject,
    GetObjectAttributes,
    GetObjectAcl,
    PutObjectAcl,
    GetObjectRetention,
    PutObjectRetention,
    GetObjectLegalHold,
    PutObjectLegalHold,
    GetObjectTagging,
    PutObjectTagging,
    DeleteObjectTagging,
    CreateMultipartUpload,
    UploadPart,
    UploadPartCopy,
    CompleteMultipartUpload,
    AbortMultipartUpload,
    ListParts,
    /// The method does not go with the part that is named.
    MethodNotAllowed(&'static str),
    /// A part of which Landline knows nothing.
    Unknown(&'static str),
}

/// Finds the operation.
pub(crate) fn detect(call: &Call<'_>) -> Result<Operation, ServiceError> {
    let method = &call.parts.method;
    if call.bucket.is_empty() {
        return match *method {
            Method::GET => Ok(Operation::ListBuckets),
            _ => Err(method_not_allowed(method.as_str(), "SERVICE")),
        };
    }
    let unknown = UNKNOWN.iter().find(|name| call.query.has(name));
    if let Some(unknown) = unknown {
        return Ok(Operation::Unknown(unknown));
    }
    Ok(if call.key.is_empty() {
        of_bucket(call, method)
    } else {
        of_object(call, method)
    })
}

fn of_bucket(call: &Call<'_>, method: &Method) -> Operation {
    let query = &call.query;
    if let Some(setting) = query.names().find_map(Setting::named) {
        return match *method {
            Method::GET => Operation::GetSetting(setting),
            Method::PUT => Operation::PutSetting(setting),
            Method::DELETE if setting.can_be_deleted => Operation::DeleteSetting(setting),
            _ => Operation::MethodNotAllowed("BUCKETPOLICY"),
        };
    }
    match *method {
        Method::HEAD => Operation::HeadBucket,
        Method::GET if query.has("location") => Operation::GetBucketLocation,
        Method::GET if query.has("versioning") => Operation::GetBucketVersioning,
        Method::GET if query.has("acl") => Operation::GetBucketAcl,
        Method::GET if query.has("policyStatus") => Operation::GetBucketPolicyStatus,
        Method::GET if query.has("versions") => Operation::ListObjectVersions,
        Method::GET if query.has("uploads") => Operation::ListMultipartUploads,
        Method::GET if query.get("list-type") == Some("2") => Operation::ListObjectsV2,
        Method::GET => Operation::ListObjects,
        Method::PUT if query.has("versioning") => Operation::PutBucketVersioning,
        Method::PUT if query.has("acl") => Operation::PutBucketAcl,
        Method::PUT => Operation::CreateBucket,
        Method::DELETE => Operation::DeleteBucket,
        Method::POST if query.has("delete") => Operation::DeleteObjects,
        _ => Operation::MethodNotAllowed("BUCKET"),
    }
}

fn of_object(call: &Call<'_>, method: &Method) -> Operation {
    let query = &call.query;
    let is_copy = call.parts.headers.contains_key("x-amz-copy-source");
    match *method {
        Method::HEAD => Operation::HeadObject,
        Method::GET if query.has("uploadId") => Operation::ListParts,
        Method::GET if query.has("tagging") => Operation::GetObjectTagging,
        Method::GET if query.has("acl") => Operation::GetObjectAcl,
        Method::GET if query.has("attributes") => Operation::GetObjectAttributes,
        Method::GET if query.has("retention") => Operation::GetObjectRetention,
        Method::GET if query.has("legal-hold") => Operation::GetObjectLegalHold,
        Method::GET => Operation::GetObject,
        Method::PUT if query.has("tagging") => Operation::PutObjectTagging,
        Method::PUT if query.has("acl") => Operation::PutObjectAcl,
        Method::PUT if query.has("retention") => Operation::PutObjectRetention,
        Method::PUT if query.has("legal-hold") => Operation::PutObjectLegalHold,
        Method::PUT if query.has("uploadId") && is_copy => Operation::UploadPartCopy,
        Method::PUT if query.has("uploadId") => Operation::UploadPart,
        Method::PUT if is_copy => Operation::CopyObject,
        Method::PUT => Operation::PutObject,
        Method::DELETE if query.has("uploadId") => Operation::AbortMultipartUpload,
        Method::DELETE if query.has("tagging") => Operation::DeleteObjectTagging,
        Method::DELETE => Operation::DeleteObject,
        Method::POST if query.has("uploads") => Operation::CreateMultipartUpload,
        Method::POST if query.has("uploadId") => Operation::CompleteMultipartUpload,
        _ => Operation::MethodNotAllowed("OBJECT"),
    }
}

/// Parts of buckets and objects that must not be taken for the thing itself.
const UNKNOWN: &[&str] = &[
    "analytics",
    "intelligent-tiering",
    "inventory",
    "metadataTable",
    "metrics",
    "restore",
    "select",
    "session",
    "torrent",
];
