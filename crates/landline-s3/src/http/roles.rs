//! What a role may do: what its policies allow, or the bucket's policy.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html>

use landline_wire::policy::{Context, Decision, PolicyRequest};
use landline_wire::{Around, Asked, Caller, ServiceError};

use super::copying::Place;
use super::operation::Operation;
use super::{Call, Sender};
use crate::setting::Setting;

/// Refuses what the caller's role may not. Objects that a body names are asked about one by one.
pub(super) async fn check(call: &Call<'_>, operation: Operation) -> Result<(), ServiceError> {
    if judged(call).is_none() {
        return Ok(());
    }
    if let Some(action) = action(call, operation) {
        ask(call, action, call.bucket, call.key).await?;
    }
    if let Operation::CopyObject | Operation::UploadPartCopy = operation
        && let Some(place) = call.header("x-amz-copy-source").and_then(Place::of)
    {
        let action = match place.version_id {
            Some(_) => "s3:GetObjectVersion",
            None => "s3:GetObject",
        };
        ask(call, action, &place.bucket, &place.key).await?;
    }
    if let Operation::PutObject | Operation::CopyObject | Operation::CreateMultipartUpload =
        operation
    {
        let acl = call.header("x-amz-acl");
        if acl.is_some_and(|acl| acl != "private") {
            ask(call, "s3:PutObjectAcl", call.bucket, call.key).await?;
        }
        if call.header(crate::lock::MODE).is_some() {
            ask(call, "s3:PutObjectRetention", call.bucket, call.key).await?;
        }
        if call.header(crate::lock::HOLD).is_some() {
            ask(call, "s3:PutObjectLegalHold", call.bucket, call.key).await?;
        }
        if call.header("x-amz-tagging").is_some() {
            ask(call, "s3:PutObjectTagging", call.bucket, call.key).await?;
        }
    }
    Ok(())
}

/// Refuses an action on a bucket, or on a key in it.
pub(super) async fn ask(
    call: &Call<'_>,
    action: &str,
    bucket: &str,
    key: &str,
) -> Result<(), ServiceError> {
    let (Some(caller), Some(permissions)) = (judged(call), &call.s3.config.permissions) else {
        return Ok(());
    };
    let slash = if key.is_empty() { "" } else { "/" };
    let resource = match action {
        "s3:ListAllMyBuckets" => "*".to_owned(),
        _ => format!("arn:aws:s3:::{bucket}{slash}{key}"),
    };
    let context = context(call);
    let request = PolicyRequest {
        action,
        resource: &resource,
        context: context.iter().fold(
            Context::default().with("aws:SecureTransport", "true"),
            |all, (key, value)| all.with(key, value.clone()),
        ),
    };
    let of_bucket = call.s3.bucket(bucket);
    let around = Around {
        resource_policy: of_bucket.map_or(Decision::ImplicitDeny, |bucket| {
            bucket.decides(caller, &request)
        }),
        context: &context,
    };
    let asked = Asked {
        action,
        resource: &resource,
    };
    let permitted = permissions.permit_around(caller, asked, around).await;
    permitted.map_err(|decision| {
        let text = format!(
            "User: {} is not authorized to perform: {action} on resource: \"{resource}\" {}",
            caller.principal,
            decision.reason(action)
        );
        ServiceError::new("AccessDenied", 403, text)
    })
}

/// Whoever is asked about: the owner may everything, and who did not sign is judged by `access`.
fn judged<'a>(call: &'a Call<'_>) -> Option<&'a Caller> {
    match call.sender {
        Sender::Signed(caller) if !caller.may_everything() => Some(caller),
        _ => None,
    }
}

/// What conditions of policies for S3 ask about.
fn context(call: &Call<'_>) -> Vec<(&'static str, String)> {
    let of_query = [
        ("s3:prefix", "prefix"),
        ("s3:delimiter", "delimiter"),
        ("s3:max-keys", "max-keys"),
        ("s3:VersionId", "versionId"),
    ];
    let of_headers = [
        ("s3:x-amz-acl", "x-amz-acl"),
        (
            "s3:x-amz-server-side-encryption",
            "x-amz-server-side-encryption",
        ),
        ("s3:x-amz-copy-source", "x-amz-copy-source"),
        ("s3:x-amz-storage-class", "x-amz-storage-class"),
    ];
    let query = of_query.into_iter().filter_map(|(key, name)| {
        let value = call.query.get(name)?;
        Some((key, value.to_owned()))
    });
    let headers = of_headers.into_iter().filter_map(|(key, name)| {
        let value = call.header(name)?;
        Some((key, value.to_owned()))
    });
    query.chain(headers).collect()
}

/// The action that an operation is; `None` where it is asked for elsewhere, or is none.
fn action(call: &Call<'_>, operation: Operation) -> Option<&'static str> {
    let has_version = call.query.has("versionId");
    let of_version = |with, without| if has_version { with } else { without };
    if call.bucket.is_empty() && !matches!(operation, Operation::ListBuckets) {
        return None;
    }
    Some(match operation {
        Operation::ListBuckets => "s3:ListAllMyBuckets",
        Operation::CreateBucket => "s3:CreateBucket",
        Operation::DeleteBucket => "s3:DeleteBucket",
        Operation::HeadBucket | Operation::ListObjects | Operation::ListObjectsV2 => {
            "s3:ListBucket"
        }
        Operation::ListObjectVersions => "s3:ListBucketVersions",
        Operation::ListMultipartUploads => "s3:ListBucketMultipartUploads",
        Operation::GetBucketLocation => "s3:GetBucketLocation",
        Operation::GetBucketVersioning => "s3:GetBucketVersioning",
        Operation::PutBucketVersioning => "s3:PutBucketVersioning",
        Operation::GetBucketAcl => "s3:GetBucketAcl",
        Operation::PutBucketAcl => "s3:PutBucketAcl",
        Operation::GetBucketPolicyStatus => "s3:GetBucketPolicyStatus",
        Operation::GetSetting(setting) => of_setting(setting)?.0,
        Operation::PutSetting(setting) => of_setting(setting)?.1,
        Operation::DeleteSetting(setting) => of_setting(setting)?.2,
        Operation::PutObject
        | Operation::CopyObject
        | Operation::CreateMultipartUpload
        | Operation::UploadPart
        | Operation::UploadPartCopy
        | Operation::CompleteMultipartUpload => "s3:PutObject",
        Operation::GetObject | Operation::HeadObject | Operation::GetObjectAttributes => {
            of_version("s3:GetObjectVersion", "s3:GetObject")
        }
        Operation::DeleteObject => of_version("s3:DeleteObjectVersion", "s3:DeleteObject"),
        Operation::GetObjectAcl => of_version("s3:GetObjectVersionAcl", "s3:GetObjectAcl"),
        Operation::PutObjectAcl => of_version("s3:PutObjectVersionAcl", "s3:PutObjectAcl"),
        Operation::GetObjectRetention => "s3:GetObjectRetention",
        Operation::PutObjectRetention => "s3:PutObjectRetention",
        Operation::GetObjectLegalHold => "s3:GetObjectLegalHold",
        Operation::PutObjectLegalHold => "s3:PutObjectLegalHold",
        Operation::GetObjectTagging => {
            of_version("s3:GetObjectVersionTagging", "s3:GetObjectTagging")
        }
        Operation::PutObjectTagging => {
            of_version("s3:PutObjectVersionTagging", "s3:PutObjectTagging")
        }
        Operation::DeleteObjectTagging => {
            of_version("s3:DeleteObjectVersionTagging", "s3:DeleteObjectTagging")
        }
        Operation::AbortMultipartUpload => "s3:AbortMultipartUpload",
        Operation::ListParts => "s3:ListMultipartUploadParts",
        // Each key of its body is asked about.
        Operation::DeleteObjects | Operation::MethodNotAllowed(_) | Operation::Unknown(_) => {
            return None;
        }
    })
}

/// The actions that read, make and take away a setting.
fn of_setting(setting: &Setting) -> Option<(&'static str, &'static str, &'static str)> {
    Some(match setting.parameter {
        "policy" => (
            "s3:GetBucketPolicy",
            "s3:PutBucketPolicy",
            "s3:DeleteBucketPolicy",
        ),
        "website" => (
            "s3:GetBucketWebsite",
            "s3:PutBucketWebsite",
            "s3:DeleteBucketWebsite",
        ),
        "tagging" => same("s3:GetBucketTagging", "s3:PutBucketTagging"),
        "cors" => same("s3:GetBucketCORS", "s3:PutBucketCORS"),
        "lifecycle" => same(
            "s3:GetLifecycleConfiguration",
            "s3:PutLifecycleConfiguration",
        ),
        "publicAccessBlock" => same(
            "s3:GetBucketPublicAccessBlock",
            "s3:PutBucketPublicAccessBlock",
        ),
        "ownershipControls" => same(
            "s3:GetBucketOwnershipControls",
            "s3:PutBucketOwnershipControls",
        ),
        "encryption" => same(
            "s3:GetEncryptionConfiguration",
            "s3:PutEncryptionConfiguration",
        ),
        "notification" => same("s3:GetBucketNotification", "s3:PutBucketNotification"),
        "logging" => same("s3:GetBucketLogging", "s3:PutBucketLogging"),
        "accelerate" => same(
            "s3:GetAccelerateConfiguration",
            "s3:PutAccelerateConfiguration",
        ),
        "requestPayment" => same("s3:GetBucketRequestPayment", "s3:PutBucketRequestPayment"),
        "replication" => same(
            "s3:GetReplicationConfiguration",
            "s3:PutReplicationConfiguration",
        ),
        "object-lock" => same(
            "s3:GetBucketObjectLockConfiguration",
            "s3:PutBucketObjectLockConfiguration",
        ),
        _ => return None,
    })
}

/// Who may make such a setting may take it away.
fn same(read: &'static str, write: &'static str) -> (&'static str, &'static str, &'static str) {
    (read, write, write)
}
