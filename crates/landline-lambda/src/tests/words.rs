//! What Lambda tells of functions, and how it refuses what does not fit, in the words that were recorded from AWS.

use landline_api::lambda as api;
use landline_wire::{Operation, ServiceError};

use super::{Fixture, create_input, environment};

const ARN: &str = "arn:aws:lambda:us-east-1:000000000000:function:f";

async fn deployed() -> Fixture {
    let fixture = Fixture::new().await;
    let input = create_input("f", "python3.12", &[("app.py", "")]);
    fixture.create(input).await.unwrap();
    fixture.lambda.prepared().await;
    fixture
}

async fn told(fixture: &Fixture, qualifier: Option<&str>) -> api::FunctionConfiguration {
    let input = get("f", qualifier);
    let told = fixture.ask::<api::GetFunctionConfiguration>(input).await;
    told.unwrap()
}

fn get(name: &str, qualifier: Option<&str>) -> api::GetFunctionConfigurationInput {
    api::GetFunctionConfigurationInput {
        function_name: name.into(),
        qualifier: qualifier.map(Into::into),
    }
}

async fn refused<Op: Operation>(fixture: &Fixture, input: Op::Input) -> ServiceError
where
    Op::Output: std::fmt::Debug,
{
    fixture.ask::<Op>(input).await.unwrap_err()
}

#[tokio::test]
async fn a_function_that_is_not_found_is_told_as_it_was_asked_for() {
    let fixture = deployed().await;
    let none = ARN.replace(":function:f", ":function:none");
    let cases = [
        (get("none", None), format!("Function not found: {none}")),
        (
            get("none", Some("v")),
            format!("Function not found: {none}:v"),
        ),
        (get("none:v", None), format!("Function not found: {none}:v")),
        (get("f", Some("7")), format!("Function not found: {ARN}:7")),
        (
            get(&ARN.replace("us-east-1", "eu-west-1"), None),
            "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')".into(),
        ),
    ];
    for (input, message) in cases {
        let error = refused::<api::GetFunctionConfiguration>(&fixture, input).await;
        assert_eq!(
            (&*error.code, error.status),
            ("ResourceNotFoundException", 404)
        );
        assert_eq!(error.message, message);
    }
}

#[tokio::test]
async fn two_qualifiers_have_to_be_the_same() {
    let fixture = deployed().await;
    let input = get(&format!("{ARN}:$LATEST"), Some("$LATEST"));
    let same = fixture.ask::<api::GetFunctionConfiguration>(input).await;
    assert_eq!(same.unwrap().function_arn, Some(format!("{ARN}:$LATEST")));
    let input = get("f:a", Some("b"));
    let error = refused::<api::GetFunctionConfiguration>(&fixture, input).await;
    assert_eq!(error.code, "InvalidParameterValueException");
    assert_eq!(
        error.message,
        "The derived qualifier from the function name does not match the specified qualifier."
    );
}

#[tokio::test]
async fn a_version_that_is_not_there_is_deleted_and_the_unpublished_one_never() {
    let fixture = deployed().await;
    let input = |qualifier: &str| api::DeleteFunctionInput {
        function_name: "f".into(),
        qualifier: Some(qualifier.into()),
    };
    fixture
        .ask::<api::DeleteFunction>(input("1233"))
        .await
        .unwrap();
    let error = refused::<api::DeleteFunction>(&fixture, input("$LATEST")).await;
    assert_eq!(
        error.message,
        "$LATEST version cannot be deleted without deleting the function."
    );
    assert!(told(&fixture, None).await.function_arn.is_some());
}

#[tokio::test]
async fn a_function_has_another_revision_once_its_change_is_done() {
    let fixture = Fixture::new().await;
    let input = create_input("f", "python3.12", &[("app.py", "")]);
    let created = fixture.create(input).await.unwrap();
    fixture.lambda.prepared().await;
    let active = told(&fixture, None).await;
    assert_ne!(created.revision_id, active.revision_id);
    let update = |revision: Option<String>| api::UpdateFunctionConfigurationInput {
        function_name: "f".into(),
        description: Some("changed".into()),
        revision_id: revision,
        ..Default::default()
    };
    let early = update(created.revision_id);
    let error = refused::<api::UpdateFunctionConfiguration>(&fixture, early).await;
    assert_eq!(error.code, "PreconditionFailedException");
    let change = update(active.revision_id.clone());
    let change = fixture
        .ask::<api::UpdateFunctionConfiguration>(change)
        .await;
    let changed = change.unwrap().revision_id;
    let done = told(&fixture, None).await.revision_id;
    assert!(changed != active.revision_id && changed != done && done != active.revision_id);
    // A version is there at once, and its publishing changes what it was made of.
    let publish = api::PublishVersionInput {
        function_name: "f".into(),
        revision_id: done.clone(),
        ..Default::default()
    };
    let version = fixture.ask::<api::PublishVersion>(publish).await.unwrap();
    assert_eq!(
        version.revision_id,
        told(&fixture, Some("1")).await.revision_id
    );
    assert_ne!(told(&fixture, None).await.revision_id, done);
}

#[tokio::test]
async fn a_function_that_is_described_anew_is_published_anew() {
    let fixture = deployed().await;
    let publish = |description: Option<&str>| api::PublishVersionInput {
        function_name: "f".into(),
        description: description.map(Into::into),
        ..Default::default()
    };
    let number = async |description: Option<&str>| {
        let input = publish(description);
        let version = fixture.ask::<api::PublishVersion>(input).await;
        version.unwrap().version.unwrap()
    };
    assert_eq!(number(Some("the first")).await, "1");
    assert_eq!(number(Some("not another one")).await, "1");
    let change = api::UpdateFunctionConfigurationInput {
        function_name: "f".into(),
        description: Some("new words".into()),
        ..Default::default()
    };
    let changed = fixture
        .ask::<api::UpdateFunctionConfiguration>(change)
        .await;
    changed.unwrap();
    assert_eq!(number(None).await, "2");
    assert_eq!(number(None).await, "2");
}

#[tokio::test]
async fn lists_leave_out_what_only_one_function_tells() {
    let fixture = deployed().await;
    let list = fixture.ask::<api::ListFunctions>(api::ListFunctionsInput::default());
    let listed = list.await.unwrap().functions.unwrap().remove(0);
    assert_eq!(listed.function_arn.as_deref(), Some(ARN));
    assert_eq!((listed.state, listed.last_update_status), (None, None));
    assert!(listed.runtime_version_config.is_none());
    let one = told(&fixture, None).await;
    assert_eq!(one.state, Some(api::State::Active));
    assert!(one.runtime_version_config.is_some());
}

#[tokio::test]
async fn an_environment_that_was_given_is_told_although_it_is_empty() {
    let fixture = deployed().await;
    assert!(told(&fixture, None).await.environment.is_none());
    let mut input = create_input("g", "python3.12", &[("app.py", "")]);
    input.environment = Some(environment(&[]));
    let created = fixture.create(input).await.unwrap();
    let variables = created.environment.unwrap().variables.unwrap();
    assert!(variables.is_empty());
}

#[tokio::test]
async fn logs_in_json_have_levels_by_default() {
    let fixture = Fixture::new().await;
    let mut input = create_input("f", "python3.12", &[("app.py", "")]);
    input.logging_config = Some(api::LoggingConfig {
        log_format: Some(api::LogFormat::Json),
        system_log_level: Some(api::SystemLogLevel::Warn),
        ..Default::default()
    });
    let logging = fixture.create(input).await.unwrap().logging_config.unwrap();
    assert_eq!(
        logging.application_log_level,
        Some(api::ApplicationLogLevel::Info)
    );
    assert_eq!(logging.system_log_level, Some(api::SystemLogLevel::Warn));
}

#[tokio::test]
async fn what_no_function_can_have_is_refused_at_its_creation() {
    let fixture = Fixture::new().await;
    let base = || create_input("f", "python3.12", &[("app.py", "")]);
    let layer = |number: u32| format!("arn:aws:lambda:us-east-1:111111111111:layer:l:{number}");
    let many = (0..51).map(|at| (at.to_string(), String::new())).collect();
    let cases = [
        (
            api::CreateFunctionInput {
                runtime: Some("python9".into()),
                ..base()
            },
            "Value python9 at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [",
        ),
        (
            api::CreateFunctionInput {
                function_name: "n".repeat(65),
                ..base()
            },
            "at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64",
        ),
        (
            api::CreateFunctionInput {
                tags: Some(many),
                ..base()
            },
            "Number of tags exceeds resource tag limit.",
        ),
        (
            api::CreateFunctionInput {
                layers: Some(vec![layer(1), layer(2)]),
                ..base()
            },
            "Two different versions of the same layer are not allowed to be referenced in the same function. arn:aws:lambda:us-east-1:111111111111:layer:l:1 and arn:aws:lambda:us-east-1:111111111111:layer:l:2 are versions of the same layer.",
        ),
        (
            api::CreateFunctionInput {
                layers: Some(vec![layer(1).replace("us-east-1", "eu-west-1")]),
                ..base()
            },
            "Layers are expected to be in region us-east-1.",
        ),
        // In JSON, name and value have eleven characters more.
        (
            api::CreateFunctionInput {
                environment: Some(environment(&[("LONG", &"x".repeat(4096 - 10))])),
                ..base()
            },
            "exceeded the 4KB limit. String measured: {\"LONG\":\"xxx",
        ),
    ];
    for (input, message) in cases {
        let error = fixture.create(input).await.unwrap_err();
        assert_eq!(error.code, "InvalidParameterValueException", "{message}");
        assert!(error.message.contains(message), "{}", error.message);
    }
}

#[tokio::test]
async fn events_go_on_only_to_what_is_there() {
    let fixture = deployed().await;
    let put = |name: &str, destination: Option<&str>| api::PutFunctionEventInvokeConfigInput {
        function_name: name.into(),
        destination_config: destination.map(|arn| api::DestinationConfig {
            on_success: Some(api::OnSuccess {
                destination: Some(arn.into()),
            }),
            on_failure: None,
        }),
        ..Default::default()
    };
    let role = "arn:aws:iam::000000000000:role/r";
    let shown = format!(
        "The provided destination config DestinationConfig(onSuccess=OnSuccess(destination={role}), onFailure=null) is invalid."
    );
    let gone = ARN.replace(":function:f", ":function:none");
    let cases = [
        (
            put("f", None),
            "You must specify at least one of error handling or destination setting.",
        ),
        (put("none", Some(role)), "The function doesn't exist."),
        (put("f", Some(role)), &shown),
        (
            put("f", Some(ARN)),
            "You can't specify the function as a destination for itself.",
        ),
        (
            put("f", Some(&gone)),
            &format!("The destination ARN {gone} is invalid."),
        ),
    ];
    for (input, message) in cases {
        let error = refused::<api::PutFunctionEventInvokeConfig>(&fixture, input).await;
        assert_eq!(error.message, message);
    }
    let queue = put("f", Some("arn:aws:sqs:us-east-1:000000000000:q"));
    let kept = fixture
        .ask::<api::PutFunctionEventInvokeConfig>(queue)
        .await;
    kept.unwrap();
}

#[tokio::test]
async fn a_url_belongs_to_no_version() {
    let fixture = deployed().await;
    let create = |name: &str, qualifier: Option<&str>| api::CreateFunctionUrlConfigInput {
        function_name: name.into(),
        qualifier: qualifier.map(Into::into),
        auth_type: api::FunctionUrlAuthType::None,
        cors: None,
        invoke_mode: None,
    };
    for qualifier in ["1", "$LATEST"] {
        let input = create("f", Some(qualifier));
        let error = refused::<api::CreateFunctionUrlConfig>(&fixture, input).await;
        assert_eq!(error.code, "ValidationException");
        assert_eq!(
            error.message,
            format!(
                r"1 validation error detected: Value '{qualifier}' at 'qualifier' failed to satisfy constraint: Member must satisfy regular expression pattern: ((?!^\d+$)^[0-9a-zA-Z-_]+$)"
            )
        );
    }
    let input = create("none", None);
    let error = refused::<api::CreateFunctionUrlConfig>(&fixture, input).await;
    assert_eq!(error.message, "Function does not exist");
}

#[tokio::test]
async fn the_policy_of_an_alias_has_the_revisions_of_the_alias() {
    let fixture = deployed().await;
    let publish = api::PublishVersionInput {
        function_name: "f".into(),
        ..Default::default()
    };
    fixture.ask::<api::PublishVersion>(publish).await.unwrap();
    let input = api::CreateAliasInput {
        function_name: "f".into(),
        name: "live".into(),
        function_version: "1".into(),
        ..Default::default()
    };
    let alias = fixture.ask::<api::CreateAlias>(input).await.unwrap();
    let permit =
        |qualifier: &str, principal: &str, revision: Option<String>| api::AddPermissionInput {
            function_name: "f".into(),
            qualifier: Some(qualifier.into()),
            statement_id: "s".into(),
            action: "lambda:InvokeFunction".into(),
            principal: principal.into(),
            revision_id: revision,
            ..Default::default()
        };
    let s3 = "s3.amazonaws.com";
    let cases = [
        (
            permit("$LATEST", s3, None),
            "We currently do not support adding policies for $LATEST.".to_owned(),
        ),
        (
            permit("live", "somebody", None),
            "The provided principal was invalid. Please check the principal and try again.".into(),
        ),
        (
            permit("gone", s3, None),
            format!("Cannot find alias arn: {ARN}:gone"),
        ),
        (
            permit("42", s3, None),
            format!("Function not found: {ARN}:42"),
        ),
    ];
    for (input, message) in cases {
        let error = refused::<api::AddPermission>(&fixture, input).await;
        assert_eq!(error.message, message);
    }
    let input = permit("live", s3, alias.revision_id.clone());
    fixture.ask::<api::AddPermission>(input).await.unwrap();
    let policy = api::GetPolicyInput {
        function_name: "f".into(),
        qualifier: Some("live".into()),
    };
    let policy = fixture.ask::<api::GetPolicy>(policy).await.unwrap();
    assert_ne!(policy.revision_id, alias.revision_id);
}

#[tokio::test]
async fn an_alias_is_no_number_and_shares_only_between_versions() {
    let fixture = deployed().await;
    let weigh = |version: &str, weight: f64| api::CreateAliasInput {
        function_name: "f".into(),
        name: "live".into(),
        function_version: "1".into(),
        description: None,
        routing_config: Some(api::AliasRoutingConfiguration {
            additional_version_weights: Some([(version.to_owned(), weight)].into()),
        }),
    };
    let publish = api::PublishVersionInput {
        function_name: "f".into(),
        ..Default::default()
    };
    fixture.ask::<api::PublishVersion>(publish).await.unwrap();
    let error = refused::<api::CreateAlias>(&fixture, weigh("2", -1.0)).await;
    assert!(error.message.starts_with("1 validation error detected: Value '{2=-1.0}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map value must satisfy constraint: ["));
    let error = refused::<api::CreateAlias>(&fixture, weigh("$LATEST", 0.5)).await;
    assert!(
        error.message.contains("Value '{$LATEST=0.5}'"),
        "{}",
        error.message
    );
    let update = api::UpdateAliasInput {
        function_name: "f".into(),
        name: "none".into(),
        ..Default::default()
    };
    let error = refused::<api::UpdateAlias>(&fixture, update).await;
    assert_eq!(error.message, format!("Alias not found: {ARN}:none"));
}
