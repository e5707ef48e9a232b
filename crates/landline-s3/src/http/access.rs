//! What one who did not sign may do: what the bucket's policy lets everybody do, and what
//! ACLs let everybody read.

use landline_wire::ServiceError;
use landline_wire::policy::Decision;

use super::operation::Operation;
use super::{Call, Sender};
use crate::bucket::Bucket;
use crate::error::access_denied;

/// Refuses what is not for everybody.
pub(super) fn check(call: &Call<'_>, operation: Operation) -> Result<(), ServiceError> {
    let Sender::Anonymous = call.sender else {
        return Ok(());
    };
    let has_version = call.query.has("versionId");
    let action = match operation {
        Operation::GetObject | Operation::HeadObject if has_version => "s3:GetObjectVersion",
        Operation::GetObject | Operation::HeadObject => "s3:GetObject",
        Operation::ListObjects | Operation::ListObjectsV2 | Operation::HeadBucket => {
            "s3:ListBucket"
        }
        Operation::PutObject => "s3:PutObject",
        Operation::DeleteObject => "s3:DeleteObject",
        _ => return Err(access_denied()),
    };
    let bucket = call.s3.bucket(call.bucket)?;
    if may(call, &bucket, action, call.key) {
        return Ok(());
    }
    Err(access_denied())
}

/// Whether everybody may do `action` with a key.
pub(super) fn may(call: &Call<'_>, bucket: &Bucket, action: &str, key: &str) -> bool {
    match bucket.lets_everybody(action, key, "false") {
        Decision::Allowed => true,
        Decision::ExplicitDeny => false,
        Decision::ImplicitDeny => may_by_acl(call, bucket, action, key),
    }
}

fn may_by_acl(call: &Call<'_>, bucket: &Bucket, action: &str, key: &str) -> bool {
    if !bucket.has_acls() || bucket.blocks("IgnorePublicAcls") {
        return false;
    }
    let is_open = |acl: Option<&str>| matches!(acl, Some("public-read" | "public-read-write"));
    match action {
        "s3:GetObject" => {
            let version = call.s3.find(&bucket.name, key, None);
            let object = version.ok().and_then(|version| version.object);
            object.is_some_and(|object| is_open(object.about.acl.as_deref()))
        }
        "s3:ListBucket" => is_open(bucket.acl.as_deref()),
        "s3:PutObject" | "s3:DeleteObject" => bucket.acl.as_deref() == Some("public-read-write"),
        _ => false,
    }
}
