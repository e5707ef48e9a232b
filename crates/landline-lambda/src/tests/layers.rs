//! Layers: published, listed, deleted, and what functions find in them.

use landline_api::lambda as api;
use serde_json::json;

use super::{Fixture, create_input, environment, zip_of};

async fn publish(fixture: &Fixture, name: &str, files: &[(&str, &str)]) -> String {
    let input = api::PublishLayerVersionInput {
        layer_name: name.into(),
        content: api::LayerVersionContentInput {
            zip_file: Some(zip_of(files)),
            ..Default::default()
        },
        compatible_runtimes: Some(vec![api::Runtime::Python312]),
        ..Default::default()
    };
    let published = fixture.ask::<api::PublishLayerVersion>(input).await;
    published.unwrap().layer_version_arn.unwrap()
}

#[tokio::test]
async fn a_python_function_imports_from_its_layers_and_the_last_one_wins() {
    let fixture = Fixture::new().await;
    let first = [
        ("python/one.py", "value = 1"),
        ("python/both.py", "value = 1"),
    ];
    let first = publish(&fixture, "first", &first).await;
    let second = [
        ("python/two.py", "value = 2"),
        ("python/both.py", "value = 2"),
    ];
    let second = publish(&fixture, "second", &second).await;
    let code = "import one, two, both\ndef handler(event, context):\n    return [one.value, two.value, both.value]\n";
    let input = api::CreateFunctionInput {
        layers: Some(vec![first.clone(), second]),
        ..create_input("layered", "python3.12", &[("app.py", code)])
    };
    let made = fixture.create(input).await.unwrap();
    assert_eq!(made.layers.unwrap()[0].arn, Some(first));
    assert_eq!(fixture.invoke("layered", "{}").await.json, json!([1, 2, 2]));
}

#[tokio::test]
async fn a_node_function_requires_from_its_layer() {
    let fixture = Fixture::new().await;
    let files = [("nodejs/node_modules/one/index.js", "module.exports = 1;")];
    let arn = publish(&fixture, "node", &files).await;
    let code = "exports.handler = async () => require('one');";
    let input = api::CreateFunctionInput {
        layers: Some(vec![arn]),
        ..create_input("layered", "nodejs20.x", &[("app.js", code)])
    };
    fixture.create(input).await.unwrap();
    assert_eq!(fixture.invoke("layered", "{}").await.json, json!(1));
}

#[tokio::test]
async fn a_custom_runtime_may_come_in_a_layer() {
    let fixture = Fixture::new().await;
    let bootstrap = concat!(
        "#!/bin/sh\napi=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation\n",
        "while true; do\n",
        "id=$(curl -sD - -o /dev/null $api/next | grep -i request-id | tr -d '\\r' | cut -d' ' -f2)\n",
        "curl -s -d \"\\\"$(basename $0)\\\"\" $api/$id/response >/dev/null\ndone\n",
    );
    let arn = publish(&fixture, "runtime", &[("bootstrap", bootstrap)]).await;
    let input = api::CreateFunctionInput {
        layers: Some(vec![arn]),
        ..create_input("custom", "provided.al2023", &[("data.txt", "")])
    };
    fixture.create(input).await.unwrap();
    assert_eq!(
        fixture.invoke("custom", "{}").await.json,
        json!("bootstrap")
    );
}

#[tokio::test]
async fn versions_are_listed_the_newest_first_and_numbers_never_come_again() {
    let fixture = Fixture::new().await;
    for text in ["1", "2"] {
        publish(&fixture, "l", &[("a", text)]).await;
    }
    let delete = api::DeleteLayerVersionInput {
        layer_name: "l".into(),
        version_number: 2,
    };
    fixture
        .ask::<api::DeleteLayerVersion>(delete)
        .await
        .unwrap();
    let third = publish(&fixture, "l", &[("a", "3")]).await;
    assert_eq!(third, "arn:aws:lambda:us-east-1:000000000000:layer:l:3");
    let input = api::ListLayerVersionsInput {
        layer_name: "l".into(),
        ..Default::default()
    };
    let listed = fixture.ask::<api::ListLayerVersions>(input).await.unwrap();
    let listed = listed.layer_versions.unwrap();
    let numbers: Vec<_> = listed
        .iter()
        .filter_map(|version| version.version)
        .collect();
    assert_eq!(numbers, [3, 1]);
    let input = api::ListLayersInput::default();
    let layers = fixture
        .ask::<api::ListLayers>(input)
        .await
        .unwrap()
        .layers
        .unwrap();
    assert_eq!(layers.len(), 1);
    assert_eq!(
        layers[0].latest_matching_version.as_ref().unwrap().version,
        Some(3)
    );
    let input = api::GetLayerVersionByArnInput { arn: third };
    let got = fixture
        .ask::<api::GetLayerVersionByArn>(input)
        .await
        .unwrap();
    assert_eq!(got.content.unwrap().code_sha256.unwrap().len(), 44);
    let input = api::GetLayerVersionInput {
        layer_name: "l".into(),
        version_number: 2,
    };
    let gone = fixture
        .ask::<api::GetLayerVersion>(input)
        .await
        .unwrap_err();
    assert_eq!(gone.code, "ResourceNotFoundException");
}

#[tokio::test]
async fn a_function_keeps_a_layer_that_was_deleted() {
    let fixture = Fixture::new().await;
    let arn = publish(&fixture, "l", &[("python/one.py", "value = 1")]).await;
    let code = "import one\ndef handler(event, context):\n    return one.value\n";
    let input = api::CreateFunctionInput {
        layers: Some(vec![arn.clone()]),
        ..create_input("keeps", "python3.12", &[("app.py", code)])
    };
    fixture.create(input).await.unwrap();
    let delete = api::DeleteLayerVersionInput {
        layer_name: "l".into(),
        version_number: 1,
    };
    fixture
        .ask::<api::DeleteLayerVersion>(delete)
        .await
        .unwrap();
    assert_eq!(fixture.invoke("keeps", "{}").await.json, json!(1));
    let input = api::CreateFunctionInput {
        layers: Some(vec![arn.clone()]),
        ..create_input("late", "python3.12", &[("app.py", code)])
    };
    let refused = fixture.create(input).await.unwrap_err();
    assert_eq!(
        refused.message,
        format!("Layer version {arn} does not exist.")
    );
}

#[tokio::test]
async fn a_deleted_layer_goes_with_the_last_function_that_had_it() {
    let fixture = Fixture::new().await;
    let arns = [
        publish(&fixture, "one", &[("python/one.py", "value = 1")]).await,
        publish(&fixture, "two", &[("python/two.py", "value = 2")]).await,
    ];
    let input = api::CreateFunctionInput {
        layers: Some(arns.to_vec()),
        ..create_input("keeps", "python3.12", &[("app.py", "import one, two")])
    };
    fixture.create(input).await.unwrap();
    for layer in ["one", "two"] {
        let delete = api::DeleteLayerVersionInput {
            layer_name: layer.into(),
            version_number: 1,
        };
        let deleted = fixture.ask::<api::DeleteLayerVersion>(delete).await;
        deleted.unwrap();
    }
    let count = |folder: &str| {
        let folder = fixture.folder.path().join("lambda").join(folder);
        std::fs::read_dir(folder).map_or(0, Iterator::count)
    };
    assert_eq!((count("layer"), count("opt"), count("zip")), (2, 1, 3));
    let delete = api::DeleteFunctionInput {
        function_name: "keeps".into(),
        ..Default::default()
    };
    fixture.ask::<api::DeleteFunction>(delete).await.unwrap();
    assert_eq!((count("layer"), count("opt"), count("zip")), (0, 0, 0));
}

#[tokio::test]
async fn whoever_publishes_a_layer_with_a_token_knows_its_archive_before() {
    let fixture = Fixture::new().await;
    let caller = fixture.caller.clone().creating("a token");
    let input = api::PublishLayerVersionInput {
        layer_name: "l".into(),
        content: api::LayerVersionContentInput {
            zip_file: Some(zip_of(&[("a.txt", "")])),
            ..Default::default()
        },
        ..Default::default()
    };
    let published = fixture
        .dispatcher
        .call::<api::PublishLayerVersion>(input, &caller);
    let location = published.await.unwrap().content.unwrap().location.unwrap();
    let id = caller.new_ids().uuid();
    assert!(
        location.ends_with(&format!("?versionId={id}")),
        "{location}"
    );
}

#[tokio::test]
async fn a_wrapper_of_a_layer_starts_the_runtime() {
    let fixture = Fixture::new().await;
    let script = "#!/bin/sh\nexport WRAPPED=\"yes $(basename $1)\"\nexec \"$@\"\n";
    let arn = publish(&fixture, "wrapping", &[("wrap/run", script)]).await;
    let code = "import os\ndef handler(event, context):\n    return os.environ['WRAPPED']\n";
    let variables = [("AWS_LAMBDA_EXEC_WRAPPER", "/opt/wrap/run")];
    let input = api::CreateFunctionInput {
        layers: Some(vec![arn]),
        environment: Some(environment(&variables)),
        ..create_input("wrapped", "python3.12", &[("app.py", code)])
    };
    fixture.create(input).await.unwrap();
    let answer = fixture.invoke("wrapped", "{}").await.json;
    assert!(
        answer.as_str().unwrap().starts_with("yes python"),
        "{answer}"
    );
}

#[tokio::test]
async fn a_wrapper_that_is_not_there_is_named() {
    let fixture = Fixture::new().await;
    let variables = [("AWS_LAMBDA_EXEC_WRAPPER", "/var/task/none")];
    let input = api::CreateFunctionInput {
        environment: Some(environment(&variables)),
        ..create_input(
            "unwrapped",
            "python3.12",
            &[("app.py", "def handler(e, c): pass")],
        )
    };
    fixture.create(input).await.unwrap();
    let answer = fixture.invoke("unwrapped", "{}").await;
    assert!(answer.failed);
    assert!(
        answer.json["errorMessage"]
            .as_str()
            .unwrap()
            .contains("/var/task/none")
    );
}
