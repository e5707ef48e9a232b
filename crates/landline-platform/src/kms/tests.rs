//! Keys and aliases through their typed operations.

use std::sync::Arc;

use landline_api::kms as api;
use landline_store::open_memory;
use landline_wire::{Caller, DispatcherBuilder, ManualClock, Timestamp};

use super::Kms;

#[tokio::test]
async fn a_key_is_found_by_its_alias_until_it_is_deleted() {
    let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_801_646_142_107)));
    let mut builder = DispatcherBuilder::new();
    Kms::new(open_memory(), clock.clone()).register(&mut builder);
    let kms = builder.seal();
    let caller = Caller::root("123456789012", "eu-west-1");
    let input = api::CreateKeyInput::default();
    let key = kms.call::<api::CreateKey>(input, &caller).await.unwrap();
    let key = key.key_metadata.unwrap();
    let alias = api::CreateAliasInput {
        alias_name: "alias/assets".into(),
        target_key_id: key.arn.clone().unwrap(),
    };
    kms.call::<api::CreateAlias>(alias, &caller).await.unwrap();
    let describe = async || {
        let input = api::DescribeKeyInput {
            key_id: "alias/assets".into(),
            ..api::DescribeKeyInput::default()
        };
        let described = kms.call::<api::DescribeKey>(input, &caller).await;
        described.map(|output| output.key_metadata.unwrap())
    };
    assert_eq!(describe().await.unwrap(), key);
    let input = api::ScheduleKeyDeletionInput {
        key_id: key.key_id.clone(),
        pending_window_in_days: Some(7),
    };
    let scheduled = kms.call::<api::ScheduleKeyDeletion>(input, &caller).await;
    assert_eq!(scheduled.unwrap().key_state, Some("PendingDeletion".into()));
    clock.advance(std::time::Duration::from_hours(7 * 24));
    assert_eq!(describe().await.unwrap_err().code, "NotFoundException");
}
