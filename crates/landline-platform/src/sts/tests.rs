//! STS through its typed operations.

use std::sync::Arc;

use landline_api::sts::{AssumeRole, AssumeRoleInput, GetCallerIdentity, GetCallerIdentityInput};
use landline_wire::{Caller, Dispatcher, DispatcherBuilder, ManualClock, Timestamp};

use super::{OpenSessions, SessionKeys, Sts};

/// Keys that say whose they are.
#[derive(Debug)]
struct TellingKeys;

impl OpenSessions for TellingKeys {
    fn open(&self, principal: &str, expires_at: Timestamp) -> SessionKeys {
        SessionKeys {
            access_key_id: format!("ASIA{}", expires_at.iso8601_basic()),
            secret_access_key: "secret".to_owned(),
            session_token: principal.to_owned(),
        }
    }
}

fn sts() -> Dispatcher {
    let clock = ManualClock::at(Timestamp::from_millis(1_801_646_142_107));
    let mut builder = DispatcherBuilder::new();
    Sts::new(Arc::new(clock), Arc::new(TellingKeys)).register(&mut builder);
    builder.seal()
}

#[tokio::test]
async fn a_caller_is_told_its_account_and_its_arn() {
    let caller = Caller::root("123456789012", "eu-west-1");
    let input = GetCallerIdentityInput::default();
    let identity = sts()
        .call::<GetCallerIdentity>(input, &caller)
        .await
        .unwrap();
    assert_eq!(identity.account.as_deref(), Some("123456789012"));
    assert_eq!(
        identity.arn.as_deref(),
        Some("arn:aws:iam::123456789012:root")
    );
}

#[tokio::test]
async fn a_role_session_is_named_after_role_and_session_and_lasts_an_hour() {
    let caller = Caller::root("123456789012", "eu-west-1");
    let input = AssumeRoleInput {
        role_arn: "arn:aws:iam::123456789012:role/path/deployer".into(),
        role_session_name: "laptop".into(),
        ..AssumeRoleInput::default()
    };
    let session = sts().call::<AssumeRole>(input, &caller).await.unwrap();
    let user = session.assumed_role_user.unwrap();
    assert_eq!(
        user.arn,
        "arn:aws:sts::123456789012:assumed-role/deployer/laptop"
    );
    let credentials = session.credentials.unwrap();
    assert_eq!(credentials.access_key_id, "ASIA20270203T101542Z");
    assert_eq!(credentials.session_token, user.arn);
    assert_eq!(
        credentials.expiration,
        Timestamp::from_millis(1_801_649_742_000)
    );
}

#[tokio::test]
async fn what_is_no_role_cannot_be_assumed() {
    let caller = Caller::root("123456789012", "eu-west-1");
    let input = AssumeRoleInput {
        role_arn: "arn:aws:s3:::a-bucket-not-a-role".into(),
        role_session_name: "laptop".into(),
        ..AssumeRoleInput::default()
    };
    let refused = sts().call::<AssumeRole>(input, &caller).await.unwrap_err();
    assert_eq!(refused.code, "ValidationError");
}
