//! `AWS_IAM`: a request that is signed, by a principal whose policies allow it.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html>.

use std::time::Duration;

use landline_wire::Asked;
use landline_wire::policy::Decision;
use serde_json::json;

use super::Entrance;
use crate::authorizer::denial::masked;
use crate::authorizer::iam::principal_id;
use crate::authorizer::report::{Report, Step};
use crate::authorizer::{Authentication, INVOKE};
use crate::deployment::snapshot::HttpKind;
use crate::http::{Refusal, RefusalKind, Who};

/// Lets in whoever has signed and may, by a policy of their own or by what the API's policy was found to say.
pub(super) async fn authorize(
    entrance: &Entrance<'_>,
    judged: Option<Decision>,
) -> Result<Who, Refusal> {
    let caller = match entrance.authentication {
        Authentication::Signed(caller) => caller,
        Authentication::Anonymous => return Err(RefusalKind::MissingAuthenticationToken.into()),
        Authentication::Refused(error) => {
            let message = error.message.clone();
            return Err(Refusal::saying(RefusalKind::InvalidSignature, message));
        }
    };
    let plane = entrance.plane;
    let resource = entrance.call.method_arn(entrance.stage);
    let asked = Asked {
        action: INVOKE,
        resource: &resource,
    };
    let mut report = Report {
        authenticate: Some(Step::passed(Duration::ZERO)),
        ..Report::default()
    };
    let begun = plane.uptime();
    let judged = match judged {
        Some(Decision::Allowed) => Ok(()),
        _ => plane.permissions.permit(caller, asked).await,
    };
    let latency = plane.uptime().saturating_sub(begun);
    let denied = judged.err().map(|decision| {
        format!(
            "User: {} is not authorized to perform: {INVOKE} on resource: {} {}",
            caller.principal,
            masked(&resource),
            decision.reason(INVOKE)
        )
    });
    report.authorize = Some(match &denied {
        Some(text) => Step::failed(403, latency, text.as_str()),
        None => Step::passed(latency),
    });
    if let Some(observer) = entrance.observer {
        report.tell(observer);
    }
    if let Some(text) = denied {
        return Err(Refusal::saying(RefusalKind::AccessDenied, text));
    }
    let id = principal_id(plane, caller).await;
    let access_key = caller.access_key_id.as_deref().unwrap_or_default();
    let mut who = Who::default();
    let identity = [
        ("userArn", caller.principal.to_string()),
        ("accountId", caller.account_id.to_string()),
        ("caller", id.clone()),
        ("accessKey", access_key.to_owned()),
        ("user", id.clone()),
    ];
    who.identity.extend(identity);
    if entrance.call.kind == HttpKind::Http {
        who.authorizer = Some(json!({ "iam": {
            "accessKey": access_key,
            "accountId": &*caller.account_id,
            "callerId": id,
            "cognitoIdentity": null,
            "principalOrgId": null,
            "userArn": &*caller.principal,
            "userId": id,
        } }));
    }
    Ok(who)
}
