//! The settings of buckets that are documents.

use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderValue};
use landline_wire::ServiceError;

use super::answer::{NAMESPACE, empty, full, xml_text};
use super::{Answer, Call, Incoming};
use crate::setting::{Absent, Setting};

pub(super) fn get(call: &Call<'_>, setting: &Setting) -> Result<Answer, ServiceError> {
    let bucket = call.s3.bucket(call.bucket)?;
    match (bucket.settings.get(setting.parameter), &setting.absent) {
        (Some(policy), _) if setting.root.is_empty() => {
            let mut answer = Answer::new(full(policy.clone()));
            let kind = HeaderValue::from_static("application/json");
            answer.headers_mut().insert(CONTENT_TYPE, kind);
            Ok(answer)
        }
        (Some(document), _) => Ok(xml_text(document)),
        (None, Absent::Document(inner)) => {
            let root = setting.root;
            Ok(xml_text(&format!(
                "<{root} xmlns=\"{NAMESPACE}\">{inner}</{root}>"
            )))
        }
        (None, Absent::Error(code, message)) => {
            Err(ServiceError::new(*code, 404, *message).with_field("BucketName", call.bucket))
        }
    }
}

pub(super) async fn put(
    call: &Call<'_>,
    setting: &'static Setting,
    incoming: Incoming,
) -> Result<Answer, ServiceError> {
    call.s3.bucket(call.bucket)?;
    let document = call.document(incoming).await?;
    call.s3.set(call.bucket, setting, Some(document)).await?;
    // The policy and the tags have nothing to answer.
    Ok(empty(match setting.parameter {
        "policy" | "tagging" => StatusCode::NO_CONTENT,
        _ => StatusCode::OK,
    }))
}

pub(super) async fn delete(
    call: &Call<'_>,
    setting: &'static Setting,
) -> Result<Answer, ServiceError> {
    call.s3.set(call.bucket, setting, None).await?;
    Ok(empty(StatusCode::NO_CONTENT))
}
