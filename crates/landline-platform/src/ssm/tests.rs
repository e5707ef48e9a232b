//! Parameter Store through its typed operations.

use std::sync::Arc;

use landline_api::secretsmanager as secrets;
use landline_api::ssm as api;
use landline_store::open_memory;
use landline_wire::{Caller, Dispatcher, DispatcherBuilder, ManualClock, Operation, Timestamp};

use super::Ssm;
use crate::secretsmanager::SecretsManager;

fn ssm() -> Dispatcher {
    let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_801_646_142_107)));
    let store = open_memory();
    let mut builder = DispatcherBuilder::new();
    SecretsManager::new(store.clone(), clock.clone()).register(&mut builder);
    Ssm::new(store, clock).register(&mut builder);
    builder.seal()
}

async fn call<Op: Operation>(ssm: &Dispatcher, input: Op::Input) -> Result<Op::Output, String> {
    let caller = Caller::root("123456789012", "eu-west-1");
    let answered = ssm.call::<Op>(input, &caller).await;
    answered.map_err(|error| error.code.into_owned())
}

fn parameter(name: &str, value: &str, kind: &str) -> api::PutParameterInput {
    api::PutParameterInput {
        name: name.into(),
        value: value.into(),
        r#type: Some(kind.into()),
        ..api::PutParameterInput::default()
    }
}

async fn put(ssm: &Dispatcher, name: &str, value: &str) -> Result<Option<i64>, String> {
    let input = parameter(name, value, "String");
    let put = call::<api::PutParameter>(ssm, input).await;
    put.map(|output| output.version)
}

async fn get(ssm: &Dispatcher, name: &str, decrypt: bool) -> Result<api::Parameter, String> {
    let input = api::GetParameterInput {
        name: name.into(),
        with_decryption: Some(decrypt),
    };
    let got = call::<api::GetParameter>(ssm, input).await?;
    Ok(got.parameter.unwrap())
}

#[tokio::test]
async fn a_parameter_is_found_by_its_name_its_version_and_its_arn() {
    let ssm = ssm();
    assert_eq!(put(&ssm, "/app/url", "one").await, Ok(Some(1)));
    let refused = put(&ssm, "/app/url", "two").await;
    assert_eq!(refused, Err("ParameterAlreadyExists".into()));
    let input = api::PutParameterInput {
        overwrite: Some(true),
        ..parameter("/app/url", "two", "String")
    };
    call::<api::PutParameter>(&ssm, input).await.unwrap();
    let newest = get(&ssm, "/app/url", false).await.unwrap();
    assert_eq!(
        (newest.value.as_deref(), newest.version),
        (Some("two"), Some(2))
    );
    let arn = "arn:aws:ssm:eu-west-1:123456789012:parameter/app/url";
    assert_eq!(newest.arn.as_deref(), Some(arn));
    assert_eq!(get(&ssm, arn, false).await.unwrap().value, newest.value);
    let first = get(&ssm, "/app/url:1", false).await.unwrap();
    assert_eq!(
        (first.value.as_deref(), first.selector.as_deref()),
        (Some("one"), Some(":1"))
    );
    let none = get(&ssm, "/app/url:3", false).await;
    assert_eq!(none.unwrap_err(), "ParameterVersionNotFound");
    assert_eq!(
        get(&ssm, "/none", false).await.unwrap_err(),
        "ParameterNotFound"
    );
}

#[tokio::test]
async fn a_secret_is_shown_only_to_those_who_decrypt() {
    let ssm = ssm();
    let input = parameter("secret", "word", "SecureString");
    call::<api::PutParameter>(&ssm, input).await.unwrap();
    let hidden = get(&ssm, "secret", false).await.unwrap();
    assert_ne!(hidden.value.as_deref(), Some("word"));
    let shown = get(&ssm, "secret", true).await.unwrap();
    assert_eq!(shown.value.as_deref(), Some("word"));
}

#[tokio::test]
async fn a_path_holds_what_is_below_it_page_by_page() {
    let ssm = ssm();
    for name in ["/a/b", "/a/c", "/a/d/e", "/ab"] {
        put(&ssm, name, "x").await.unwrap();
    }
    let list = async |recursive, max_results, next_token| {
        let input = api::GetParametersByPathInput {
            path: "/a".into(),
            recursive: Some(recursive),
            max_results,
            next_token,
            ..api::GetParametersByPathInput::default()
        };
        let page = call::<api::GetParametersByPath>(&ssm, input).await.unwrap();
        let names = page.parameters.unwrap().into_iter();
        let names: Vec<String> = names.filter_map(|it| it.name).collect();
        (names, page.next_token)
    };
    assert_eq!(list(false, None, None).await.0, ["/a/b", "/a/c"]);
    let (first, token) = list(true, Some(2), None).await;
    assert_eq!(first, ["/a/b", "/a/c"]);
    assert_eq!(
        list(true, Some(2), token).await,
        (vec!["/a/d/e".into()], None)
    );
}

#[tokio::test]
async fn names_that_no_parameter_may_have_are_refused() {
    let ssm = ssm();
    for name in ["a b", "a/b", "/a//b", "/a/", "ssm-key"] {
        assert!(put(&ssm, name, "x").await.is_err(), "{name}");
    }
    let long = "x".repeat(4097);
    assert_eq!(
        put(&ssm, "long", &long).await,
        Err("ValidationException".into())
    );
}

#[tokio::test]
async fn parameters_are_deleted_together_and_the_unknown_named() {
    let ssm = ssm();
    put(&ssm, "a", "x").await.unwrap();
    let input = api::DeleteParametersInput {
        names: vec!["a".into(), "b".into()],
    };
    let deleted = call::<api::DeleteParameters>(&ssm, input).await.unwrap();
    assert_eq!(deleted.deleted_parameters.unwrap(), ["a"]);
    assert_eq!(deleted.invalid_parameters.unwrap(), ["b"]);
}

#[tokio::test]
async fn tags_are_added_listed_and_filtered_by() {
    let ssm = ssm();
    put(&ssm, "a", "x").await.unwrap();
    put(&ssm, "b", "x").await.unwrap();
    let input = api::AddTagsToResourceInput {
        resource_type: api::ResourceTypeForTagging::Parameter,
        resource_id: "a".into(),
        tags: vec![api::Tag {
            key: "stage".into(),
            value: "prod".into(),
        }],
    };
    call::<api::AddTagsToResource>(&ssm, input).await.unwrap();
    let filter = api::ParameterStringFilter {
        key: "tag:stage".into(),
        option: None,
        values: Some(vec!["prod".into()]),
    };
    let input = api::DescribeParametersInput {
        parameter_filters: Some(vec![filter]),
        ..api::DescribeParametersInput::default()
    };
    let found = call::<api::DescribeParameters>(&ssm, input).await.unwrap();
    let names = found.parameters.unwrap().into_iter();
    assert_eq!(names.filter_map(|it| it.name).collect::<Vec<_>>(), ["a"]);
}

#[tokio::test]
async fn a_secret_is_found_under_the_name_of_a_parameter() {
    let ssm = ssm();
    let made = secrets::CreateSecretInput {
        name: "prod/db".into(),
        secret_string: Some("hush".into()),
        ..Default::default()
    };
    call::<secrets::CreateSecret>(&ssm, made).await.unwrap();
    let get = |name: &str, shown: bool| api::GetParameterInput {
        name: name.into(),
        with_decryption: Some(shown),
    };
    let name = "/aws/reference/secretsmanager/prod/db";
    let got = call::<api::GetParameter>(&ssm, get(name, true)).await;
    let got = got.unwrap().parameter.unwrap();
    assert_eq!(
        (got.name.as_deref(), got.value.as_deref()),
        (Some(name), Some("hush"))
    );
    assert!(got.source_result.unwrap().contains("\"name\":\"prod/db\""));
    let hidden = call::<api::GetParameter>(&ssm, get(name, false)).await;
    assert_eq!(hidden.unwrap_err(), "ValidationException");
    let none = call::<api::GetParameter>(&ssm, get(&format!("{name}2"), true)).await;
    assert_eq!(none.unwrap_err(), "ParameterNotFound");
}

#[tokio::test]
async fn a_slash_before_a_name_of_one_part_changes_nothing() {
    let ssm = ssm();
    put(&ssm, "a", "x").await.unwrap();
    let get = |name: &str| api::GetParameterInput {
        name: name.into(),
        with_decryption: None,
    };
    let got = call::<api::GetParameter>(&ssm, get("/a")).await.unwrap();
    assert_eq!(got.parameter.unwrap().name.as_deref(), Some("/a"));
    for name in ["a/b", "/a//b"] {
        let refused = call::<api::GetParameter>(&ssm, get(name)).await;
        assert_eq!(refused.unwrap_err(), "ValidationException", "{name}");
    }
}
