//! Secrets through their typed operations.

use landline_store::open_memory;
use landline_wire::{Dispatcher, ManualClock, Operation, Timestamp};

use super::*;

struct Bench {
    dispatcher: Dispatcher,
    clock: Arc<ManualClock>,
}

fn bench() -> Bench {
    let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_801_646_142_107)));
    let mut builder = DispatcherBuilder::new();
    SecretsManager::new(open_memory(), clock.clone()).register(&mut builder);
    Bench {
        dispatcher: builder.seal(),
        clock,
    }
}

impl Bench {
    async fn call<Op: Operation>(&self, input: Op::Input) -> Result<Op::Output, ServiceError> {
        let caller = Caller::root("123456789012", "eu-west-1");
        self.dispatcher.call::<Op>(input, &caller).await
    }

    async fn create(&self, name: &str, value: &str) -> api::CreateSecretOutput {
        let input = api::CreateSecretInput {
            name: name.into(),
            secret_string: Some(value.into()),
            ..Default::default()
        };
        self.call::<api::CreateSecret>(input).await.unwrap()
    }

    async fn value(&self, id: &str, stage: Option<&str>) -> Result<String, String> {
        let input = api::GetSecretValueInput {
            secret_id: id.into(),
            version_stage: stage.map(str::to_owned),
            ..Default::default()
        };
        let output = self.call::<api::GetSecretValue>(input).await;
        let output = output.map_err(|error| error.message)?;
        Ok(output.secret_string.unwrap())
    }
}

#[tokio::test]
async fn a_secret_is_found_by_its_name_and_by_its_arn_with_or_without_the_end() {
    let bench = bench();
    let arn = bench.create("team/db", "s3cret").await.arn.unwrap();
    assert!(arn.starts_with("arn:aws:secretsmanager:eu-west-1:123456789012:secret:team/db-"));
    let short = arn[..arn.len() - 7].to_owned();
    for id in ["team/db", &arn, &short] {
        assert_eq!(bench.value(id, None).await.unwrap(), "s3cret", "{id}");
    }
    assert_eq!(
        bench.value("team", None).await.unwrap_err(),
        "Secrets Manager can't find the specified secret."
    );
}

#[tokio::test]
async fn what_was_current_is_previous_after_a_change() {
    let bench = bench();
    bench.create("s", "1").await;
    let input = api::PutSecretValueInput {
        secret_id: "s".into(),
        secret_string: Some("2".into()),
        ..Default::default()
    };
    bench.call::<api::PutSecretValue>(input).await.unwrap();
    assert_eq!(bench.value("s", None).await.unwrap(), "2");
    assert_eq!(bench.value("s", Some(PREVIOUS)).await.unwrap(), "1");
    assert_eq!(
        bench.value("s", Some("MINE")).await.unwrap_err(),
        "Secrets Manager can't find the specified secret value for staging label: MINE"
    );
}

#[tokio::test]
async fn a_deleted_secret_can_be_restored_until_its_window_ends() {
    let bench = bench();
    bench.create("s", "1").await;
    let input = || api::DeleteSecretInput {
        secret_id: "s".into(),
        recovery_window_in_days: Some(7),
        ..Default::default()
    };
    bench.call::<api::DeleteSecret>(input()).await.unwrap();
    assert_eq!(
        bench.value("s", None).await.unwrap_err(),
        "You can't perform this operation on the secret because it was marked for deletion."
    );
    let restore = api::RestoreSecretInput {
        secret_id: "s".into(),
    };
    bench.call::<api::RestoreSecret>(restore).await.unwrap();
    assert_eq!(bench.value("s", None).await.unwrap(), "1");
    bench.call::<api::DeleteSecret>(input()).await.unwrap();
    bench.clock.advance(std::time::Duration::from_hours(8 * 24));
    assert_eq!(
        bench.value("s", None).await.unwrap_err(),
        "Secrets Manager can't find the specified secret."
    );
    // Its name is free again.
    bench.create("s", "2").await;
}

#[tokio::test]
async fn a_password_has_what_was_asked_for() {
    let bench = bench();
    let input = api::GetRandomPasswordInput {
        password_length: Some(4),
        exclude_characters: Some("abc\"".into()),
        ..Default::default()
    };
    for _ in 0..100 {
        let made = bench.call::<api::GetRandomPassword>(input.clone()).await;
        let password = made.unwrap().random_password.unwrap();
        assert_eq!(password.len(), 4);
        let has = |kind: fn(&char) -> bool| password.chars().any(|c| kind(&c));
        assert!(has(char::is_ascii_lowercase), "{password}");
        assert!(has(char::is_ascii_uppercase), "{password}");
        assert!(has(char::is_ascii_digit), "{password}");
        assert!(has(char::is_ascii_punctuation), "{password}");
        assert!(!password.contains(['a', 'b', 'c', '"']), "{password}");
    }
    let nothing = api::GetRandomPasswordInput {
        exclude_lowercase: Some(true),
        exclude_uppercase: Some(true),
        exclude_numbers: Some(true),
        exclude_punctuation: Some(true),
        ..Default::default()
    };
    assert!(bench.call::<api::GetRandomPassword>(nothing).await.is_err());
}

#[tokio::test]
async fn a_stage_moves_from_the_version_that_has_it() {
    let bench = bench();
    bench.create("db", "one").await;
    let put = api::PutSecretValueInput {
        secret_id: "db".into(),
        secret_string: Some("two".into()),
        version_stages: Some(vec!["AWSPENDING".into()]),
        ..Default::default()
    };
    let pending = bench.call::<api::PutSecretValue>(put).await.unwrap();
    let list = api::ListSecretVersionIdsInput {
        secret_id: "db".into(),
        ..Default::default()
    };
    let listed = bench.call::<api::ListSecretVersionIds>(list).await.unwrap();
    let versions = listed.versions.unwrap();
    let current = versions
        .iter()
        .find(|it| it.version_stages == Some(vec!["AWSCURRENT".to_owned()]));
    let current = current.and_then(|it| it.version_id.clone());
    let change = |from: Option<String>| api::UpdateSecretVersionStageInput {
        secret_id: "db".into(),
        version_stage: "AWSCURRENT".into(),
        remove_from_version_id: from,
        move_to_version_id: pending.version_id.clone(),
    };
    let refused = bench
        .call::<api::UpdateSecretVersionStage>(change(None))
        .await
        .unwrap_err();
    assert!(refused.message.contains("can't be empty"), "{refused:?}");
    bench
        .call::<api::UpdateSecretVersionStage>(change(current))
        .await
        .unwrap();
    assert_eq!(bench.value("db", None).await.unwrap(), "two");
    let previous = bench.value("db", Some("AWSPREVIOUS")).await;
    assert_eq!(previous.unwrap(), "one");
}

#[tokio::test]
async fn a_secret_is_made_once_by_the_same_token() {
    let bench = bench();
    let input = |value: &str| api::CreateSecretInput {
        name: "db".into(),
        client_request_token: Some("0123456789abcdef0123456789abcdef".into()),
        secret_string: Some(value.into()),
        ..Default::default()
    };
    let made = bench.call::<api::CreateSecret>(input("one")).await.unwrap();
    let again = bench.call::<api::CreateSecret>(input("one")).await.unwrap();
    assert_eq!(again.arn, made.arn);
    let other = bench.call::<api::CreateSecret>(input("two")).await;
    let text = other.unwrap_err().message;
    assert!(
        text.starts_with("You can't use ClientRequestToken"),
        "{text}"
    );
}
