//! Concurrency, asynchronous events, URLs, and what belongs to the account.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use landline_api::lambda as api;
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use super::{Fixture, create_input, eventually};
use crate::InProcess;

async fn deploy(fixture: &Fixture, name: &str) {
    let input = create_input(name, "python3.12", &[("app.py", "")]);
    fixture.create(input).await.unwrap();
}

fn reserve(count: i32) -> api::PutFunctionConcurrencyInput {
    api::PutFunctionConcurrencyInput {
        function_name: "f".into(),
        reserved_concurrent_executions: count,
    }
}

fn event(qualifier: Option<&str>) -> api::InvokeInput {
    api::InvokeInput {
        function_name: "f".into(),
        qualifier: qualifier.map(str::to_owned),
        ..Default::default()
    }
}

fn reason(error: &landline_wire::ServiceError) -> Value {
    let mut fields = error.fields.iter();
    let reason = fields.find(|(name, _)| name == "Reason");
    reason.unwrap().1.clone()
}

#[tokio::test]
async fn versions_share_what_their_function_reserves() {
    let gate = Arc::new(Semaphore::new(0));
    let held = gate.clone();
    let fixture = Fixture::with(|config| {
        config.limits.admission_wait = Duration::from_millis(10);
        config.runtime = Some(Arc::new(InProcess::new(move |_, event: Bytes| {
            let held = held.clone();
            async move {
                held.acquire().await.unwrap().forget();
                Ok(event)
            }
        })));
    })
    .await;
    deploy(&fixture, "f").await;
    let publish = api::PublishVersionInput {
        function_name: "f".into(),
        ..Default::default()
    };
    fixture.ask::<api::PublishVersion>(publish).await.unwrap();
    fixture
        .ask::<api::PutFunctionConcurrency>(reserve(1))
        .await
        .unwrap();
    let refused = tokio::select! {
        first = fixture.call(event(None)) => panic!("{first:?}"),
        second = async {
            eventually("one environment", || fixture.lambda.environments() == 1).await;
            fixture.call(event(Some("1"))).await
        } => second.unwrap_err(),
    };
    assert_eq!(
        (refused.code.as_ref(), refused.status),
        ("TooManyRequestsException", 429)
    );
    assert_eq!(
        reason(&refused),
        "ReservedFunctionConcurrentInvocationLimitExceeded"
    );
    let input = api::DeleteFunctionConcurrencyInput {
        function_name: "f".into(),
    };
    fixture
        .ask::<api::DeleteFunctionConcurrency>(input)
        .await
        .unwrap();
    gate.add_permits(2);
    assert_eq!(fixture.call(event(Some("1"))).await.unwrap().status, 200);
}

#[tokio::test]
async fn a_function_that_reserves_nothing_runs_nothing() {
    let fixture = Fixture::new().await;
    deploy(&fixture, "f").await;
    fixture
        .ask::<api::PutFunctionConcurrency>(reserve(0))
        .await
        .unwrap();
    let refused = fixture.call(event(None)).await.unwrap_err();
    assert_eq!(
        reason(&refused),
        "ReservedFunctionConcurrentInvocationLimitExceeded"
    );
    let too_much = fixture
        .ask::<api::PutFunctionConcurrency>(reserve(950))
        .await;
    let too_much = too_much.unwrap_err();
    assert!(
        too_much
            .message
            .contains("below its minimum value of [100]")
    );
    let input = api::GetFunctionConcurrencyInput {
        function_name: "f".into(),
    };
    let got = fixture
        .ask::<api::GetFunctionConcurrency>(input)
        .await
        .unwrap();
    assert_eq!(got.reserved_concurrent_executions, Some(0));
}

#[tokio::test]
async fn destinations_are_told_how_an_event_ended() {
    let told = Arc::new(Mutex::new(Vec::new()));
    let seen = told.clone();
    let fixture = Fixture::with(|config| {
        config.limits.async_retry_delays = vec![Duration::from_millis(1); 2];
        config.runtime = Some(Arc::new(InProcess::new(move |name, event: Bytes| {
            if name == "other" {
                seen.lock()
                    .push(serde_json::from_slice::<Value>(&event).unwrap());
            }
            async move {
                if &event[..] == b"\"bad\"" {
                    return Err(Bytes::from_static(b"{\"errorType\":\"E\"}"));
                }
                Ok(Bytes::from_static(b"5"))
            }
        })));
    })
    .await;
    deploy(&fixture, "f").await;
    deploy(&fixture, "other").await;
    let other = Some("arn:aws:lambda:us-east-1:000000000000:function:other".to_owned());
    let input = api::PutFunctionEventInvokeConfigInput {
        function_name: "f".into(),
        maximum_retry_attempts: Some(1),
        destination_config: Some(api::DestinationConfig {
            on_success: Some(api::OnSuccess {
                destination: other.clone(),
            }),
            on_failure: Some(api::OnFailure { destination: other }),
        }),
        ..Default::default()
    };
    let put = fixture
        .ask::<api::PutFunctionEventInvokeConfig>(input)
        .await;
    let arn = "arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST";
    assert_eq!(put.unwrap().function_arn.as_deref(), Some(arn));
    for (number, payload) in ["\"good\"", "\"bad\""].into_iter().enumerate() {
        let later = api::InvokeInput {
            invocation_type: Some(api::InvocationType::Event),
            payload: Some(payload.into()),
            ..event(None)
        };
        assert_eq!(fixture.call(later).await.unwrap().status, 202);
        eventually("the destination is told", || {
            told.lock().len() == number + 1
        })
        .await;
    }
    let told = told.lock();
    assert_eq!(told[0]["requestContext"]["condition"], "Success");
    assert_eq!(told[0]["requestContext"]["functionArn"], arn);
    assert_eq!(
        (&told[0]["requestPayload"], &told[0]["responsePayload"]),
        (&json!("good"), &json!(5))
    );
    assert_eq!(told[1]["requestContext"]["condition"], "RetriesExhausted");
    assert_eq!(told[1]["requestContext"]["approximateInvokeCount"], 2);
    assert_eq!(told[1]["responseContext"]["functionError"], "Unhandled");
}

#[tokio::test]
async fn settings_of_events_are_kept_by_qualifier() {
    let fixture = Fixture::new().await;
    deploy(&fixture, "f").await;
    let get = |qualifier: Option<&str>| api::GetFunctionEventInvokeConfigInput {
        function_name: "f".into(),
        qualifier: qualifier.map(str::to_owned),
    };
    let none = fixture
        .ask::<api::GetFunctionEventInvokeConfig>(get(None))
        .await
        .unwrap_err();
    assert_eq!(none.code, "ResourceNotFoundException");
    let put = api::PutFunctionEventInvokeConfigInput {
        function_name: "f".into(),
        maximum_event_age_in_seconds: Some(60),
        ..Default::default()
    };
    fixture
        .ask::<api::PutFunctionEventInvokeConfig>(put)
        .await
        .unwrap();
    let update = api::UpdateFunctionEventInvokeConfigInput {
        function_name: "f".into(),
        maximum_retry_attempts: Some(0),
        ..Default::default()
    };
    fixture
        .ask::<api::UpdateFunctionEventInvokeConfig>(update)
        .await
        .unwrap();
    let got = fixture
        .ask::<api::GetFunctionEventInvokeConfig>(get(Some("$LATEST")))
        .await
        .unwrap();
    assert_eq!(
        (got.maximum_event_age_in_seconds, got.maximum_retry_attempts),
        (Some(60), Some(0))
    );
}

#[tokio::test]
async fn a_function_has_one_url() {
    let fixture = Fixture::new().await;
    deploy(&fixture, "f").await;
    let create = || api::CreateFunctionUrlConfigInput {
        function_name: "f".into(),
        auth_type: api::FunctionUrlAuthType::None,
        cors: Some(api::Cors {
            allow_origins: Some(vec!["*".into()]),
            ..Default::default()
        }),
        ..Default::default()
    };
    let made = fixture
        .ask::<api::CreateFunctionUrlConfig>(create())
        .await
        .unwrap();
    assert!(made.function_url.starts_with("https://"));
    assert!(made.function_url.ends_with(".lambda-url.us-east-1.on.aws/"));
    let twice = fixture
        .ask::<api::CreateFunctionUrlConfig>(create())
        .await
        .unwrap_err();
    assert_eq!(twice.code, "ResourceConflictException");
    let list = api::ListFunctionUrlConfigsInput {
        function_name: "f".into(),
        ..Default::default()
    };
    let listed = fixture
        .ask::<api::ListFunctionUrlConfigs>(list)
        .await
        .unwrap();
    assert_eq!(
        listed.function_url_configs[0].function_url,
        made.function_url
    );
    let delete = api::DeleteFunctionUrlConfigInput {
        function_name: "f".into(),
        qualifier: None,
    };
    fixture
        .ask::<api::DeleteFunctionUrlConfig>(delete)
        .await
        .unwrap();
    let get = api::GetFunctionUrlConfigInput {
        function_name: "f".into(),
        qualifier: None,
    };
    let gone = fixture
        .ask::<api::GetFunctionUrlConfig>(get)
        .await
        .unwrap_err();
    assert_eq!(
        (gone.code.as_ref(), gone.status),
        ("ResourceNotFoundException", 404)
    );
}

#[tokio::test]
async fn the_account_is_told_as_tools_expect_it() {
    let fixture = Fixture::new().await;
    deploy(&fixture, "f").await;
    let settings = api::GetAccountSettingsInput {};
    let settings = fixture
        .ask::<api::GetAccountSettings>(settings)
        .await
        .unwrap();
    assert_eq!(settings.account_usage.unwrap().function_count, Some(1));
    assert_eq!(
        settings.account_limit.unwrap().concurrent_executions,
        Some(1000)
    );
    let input = api::GetFunctionCodeSigningConfigInput {
        function_name: "f".into(),
    };
    let signing = fixture
        .ask::<api::GetFunctionCodeSigningConfig>(input)
        .await
        .unwrap();
    assert_eq!(
        (
            signing.function_name.as_str(),
            signing.code_signing_config_arn
        ),
        ("f", None)
    );
}
