//! What calls a function beside its API.

use super::*;

const UUID: &str = "11111111-2222-3333-4444-555555555555";

fn with_mappings(builder: &mut DispatcherBuilder, calls: &Calls) {
    let mapping = |state: &str| {
        Ok(lambda::EventSourceMappingConfiguration {
            uuid: Some(UUID.into()),
            state: Some(state.into()),
            ..Default::default()
        })
    };
    answer::<lambda::CreateEventSourceMapping>(builder, calls, move |input| {
        let arn = input.event_source_arn.clone().unwrap_or_default();
        let note = format!("{arn} {} {:?}", input.function_name, input.batch_size);
        (note, mapping("Creating"))
    });
    answer::<lambda::GetEventSourceMapping>(builder, calls, move |_| {
        (String::new(), mapping("Enabled"))
    });
    answer::<lambda::UpdateEventSourceMapping>(builder, calls, move |input| {
        let note = format!("{} {:?} {:?}", input.uuid, input.batch_size, input.enabled);
        (note, mapping("Updating"))
    });
    answer::<lambda::DeleteEventSourceMapping>(builder, calls, move |input| {
        (input.uuid.clone(), mapping("Deleting"))
    });
}

fn template(properties: &str) -> String {
    format!(
        "Resources:\n  M:\n    Type: AWS::Lambda::EventSourceMapping\n    Properties: {{FunctionName: f, EventSourceArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/1', StartingPosition: LATEST{properties}}}\n"
    )
}

#[tokio::test]
async fn a_mapping_is_made_changed_and_deleted() {
    let cloud = cloud_with(with_mappings);
    let made = cloud.deploy(&template(", BatchSize: '7'"), None).await;
    let id = &made.unwrap().stack.state.resources["M"].physical_id;
    assert_eq!(id.as_deref(), Some(UUID));
    let arn = "arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/1";
    assert_eq!(
        cloud.calls(),
        [
            format!("CreateEventSourceMapping {arn} f Some(7)"),
            "GetEventSourceMapping".to_owned(),
        ]
    );
    cloud
        .deploy(&template(", Enabled: false"), None)
        .await
        .unwrap();
    assert_eq!(
        cloud.calls()[0],
        format!("UpdateEventSourceMapping {UUID} Some(100) Some(false)")
    );
    cloud
        .deploy("Resources: {X: {Type: 'AWS::CDK::Metadata'}}\n", None)
        .await
        .unwrap();
    assert_eq!(cloud.calls(), [format!("DeleteEventSourceMapping {UUID}")]);
}

const ARN: &str = "arn:aws:lambda:us-east-1:123456789012:function:f";

fn with_versions(builder: &mut DispatcherBuilder, calls: &Calls) {
    let number = Arc::new(Mutex::new(0));
    answer::<lambda::PublishVersion>(builder, calls, move |input| {
        *number.lock() += 1;
        let published = lambda::FunctionConfiguration {
            function_arn: Some(format!("{ARN}:{}", number.lock())),
            ..Default::default()
        };
        (input.function_name.clone(), Ok(published))
    });
    let alias = || {
        Ok(lambda::AliasConfiguration {
            alias_arn: Some(format!("{ARN}:live")),
            ..Default::default()
        })
    };
    answer::<lambda::CreateAlias>(builder, calls, move |input| {
        let note = format!(
            "{} {} {:?}",
            input.name, input.function_version, input.routing_config
        );
        (note, alias())
    });
    answer::<lambda::UpdateAlias>(builder, calls, move |input| {
        (
            format!("{} {:?}", input.name, input.function_version),
            alias(),
        )
    });
    unit::<lambda::DeleteAlias>(builder, calls, |input| input.name.clone());
}

#[tokio::test]
async fn an_alias_moves_to_the_version_that_changed_code_makes() {
    let source = tempfile::tempdir().unwrap();
    let file = source.path().join("app.py");
    std::fs::write(&file, "1").unwrap();
    let template = "Resources:\n  V: {Type: 'AWS::Lambda::Version', Properties: {FunctionName: f, CodePath: .}}\n  A: {Type: 'AWS::Lambda::Alias', Properties: {FunctionName: f, Name: live, FunctionVersion: !GetAtt V.Version}}\n";
    let cloud = cloud_with(with_versions);
    cloud.deploy(template, Some(source.path())).await.unwrap();
    assert_eq!(
        cloud.calls(),
        ["PublishVersion f", "CreateAlias live 1 None"]
    );
    cloud.deploy(template, Some(source.path())).await.unwrap();
    assert_eq!(cloud.calls(), [""; 0]);
    std::fs::write(&file, "2").unwrap();
    cloud.deploy(template, Some(source.path())).await.unwrap();
    assert_eq!(
        cloud.calls(),
        [
            "PublishVersion f",
            "UpdateAlias live Some(\"2\")",
            "DeleteFunction"
        ]
    );
}

fn with_settings(builder: &mut DispatcherBuilder, calls: &Calls) {
    answer::<lambda::PublishLayerVersion>(builder, calls, |input| {
        let zip = input.content.zip_file.as_ref().map(|zip| !zip.is_empty());
        let arn = format!(
            "arn:aws:lambda:us-east-1:123456789012:layer:{}:1",
            input.layer_name
        );
        let published = lambda::PublishLayerVersionOutput {
            layer_version_arn: Some(arn),
            ..Default::default()
        };
        (format!("{} {zip:?}", input.layer_name), Ok(published))
    });
    unit::<lambda::DeleteLayerVersion>(builder, calls, |input| {
        format!("{} {}", input.layer_name, input.version_number)
    });
    answer::<lambda::CreateFunctionUrlConfig>(builder, calls, |input| {
        let url = lambda::CreateFunctionUrlConfigOutput {
            function_url: "https://u.lambda-url.us-east-1.on.aws/".into(),
            function_arn: ARN.into(),
            ..Default::default()
        };
        (
            format!("{} {}", input.function_name, input.auth_type),
            Ok(url),
        )
    });
    unit::<lambda::DeleteFunctionUrlConfig>(builder, calls, |input| input.function_name.clone());
    answer::<lambda::PutFunctionEventInvokeConfig>(builder, calls, |input| {
        let note = format!("{:?} {:?}", input.qualifier, input.maximum_retry_attempts);
        (note, Ok(lambda::FunctionEventInvokeConfig::default()))
    });
    unit::<lambda::DeleteFunctionEventInvokeConfig>(builder, calls, |input| {
        format!("{:?}", input.qualifier)
    });
    answer::<lambda::PutFunctionConcurrency>(builder, calls, |input| {
        (
            input.reserved_concurrent_executions.to_string(),
            Ok(lambda::Concurrency::default()),
        )
    });
    unit::<lambda::DeleteFunctionConcurrency>(builder, calls, |_| String::new());
}

#[tokio::test]
async fn layers_urls_and_settings_are_made_and_deleted() {
    let source = tempfile::tempdir().unwrap();
    std::fs::write(source.path().join("one.py"), "1").unwrap();
    let template = "Resources:\n  L: {Type: 'AWS::Lambda::LayerVersion', Properties: {LayerName: l, Content: .}}\n  U: {Type: 'AWS::Lambda::Url', Properties: {TargetFunctionArn: f, AuthType: NONE}}\n  E: {Type: 'AWS::Lambda::EventInvokeConfig', Properties: {FunctionName: f, Qualifier: $LATEST, MaximumRetryAttempts: '0'}}\nOutputs:\n  Url: {Value: !GetAtt U.FunctionUrl}\n";
    let cloud = cloud_with(with_settings);
    let made = cloud.deploy(template, Some(source.path())).await.unwrap();
    assert_eq!(
        made.stack.state.outputs["Url"].value,
        "https://u.lambda-url.us-east-1.on.aws/"
    );
    let mut calls = cloud.calls();
    calls.sort();
    assert_eq!(
        calls,
        [
            "CreateFunctionUrlConfig f NONE",
            "PublishLayerVersion l Some(true)",
            "PutFunctionEventInvokeConfig Some(\"$LATEST\") Some(0)",
        ]
    );
    cloud
        .deploy("Resources: {X: {Type: 'AWS::CDK::Metadata'}}\n", None)
        .await
        .unwrap();
    let mut calls = cloud.calls();
    calls.sort();
    assert_eq!(
        calls,
        [
            "DeleteFunctionEventInvokeConfig Some(\"$LATEST\")",
            "DeleteFunctionUrlConfig f",
            "DeleteLayerVersion arn:aws:lambda:us-east-1:123456789012:layer:l 1",
        ]
    );
}

#[tokio::test]
async fn a_permission_for_a_layer_is_given_and_taken_back() {
    let cloud = cloud_with(|builder, calls| {
        answer::<lambda::AddLayerVersionPermission>(builder, calls, |input| {
            let note = format!("{} {}", input.layer_name, input.version_number);
            (note, Ok(lambda::AddLayerVersionPermissionOutput::default()))
        });
        unit::<lambda::RemoveLayerVersionPermission>(builder, calls, |input| {
            format!("{} {}", input.layer_name, input.version_number)
        });
    });
    let layer = "arn:aws:lambda:us-east-1:123456789012:layer:l";
    let template = format!(
        "Resources:\n  P: {{Type: 'AWS::Lambda::LayerVersionPermission', Properties: {{LayerVersionArn: '{layer}:1', Action: 'lambda:GetLayerVersion', Principal: '*'}}}}\n"
    );
    cloud.deploy(&template, None).await.unwrap();
    let other = "Resources: {X: {Type: 'AWS::CDK::Metadata'}}\n";
    cloud.deploy(other, None).await.unwrap();
    assert_eq!(
        cloud.calls(),
        [
            format!("AddLayerVersionPermission {layer} 1"),
            format!("RemoveLayerVersionPermission {layer} 1"),
        ]
    );
}

#[tokio::test]
async fn what_a_function_reserves_is_changed_with_it() {
    let template = |reserved: &str| {
        format!(
            "Resources:\n  F: {{Type: 'AWS::Lambda::Function', Properties: {{Runtime: python3.12, Handler: index.h, Role: 'arn:aws:iam::123456789012:role/r', Code: {{ZipFile: x}}{reserved}}}}}\n"
        )
    };
    let cloud = cloud_with(with_settings);
    cloud
        .deploy(&template(", ReservedConcurrentExecutions: 2"), None)
        .await
        .unwrap();
    assert_eq!(cloud.calls()[1], "PutFunctionConcurrency 2");
    cloud.deploy(&template(""), None).await.unwrap();
    assert!(
        cloud
            .calls()
            .contains(&"DeleteFunctionConcurrency".to_owned())
    );
}

#[tokio::test]
async fn inline_code_finds_the_module_by_which_custom_resources_answer() {
    for (runtime, source, expected) in [
        (
            "python3.12",
            "import cfnresponse",
            "[\"index.py\", \"cfnresponse.py\"]",
        ),
        (
            "nodejs22.x",
            "require(`cfn-response`)",
            "[\"index.js\", \"node_modules/cfn-response/index.js\"]",
        ),
        ("nodejs22.x", "exports.h = 1", "[\"index.js\"]"),
    ] {
        let cloud = cloud();
        let template = format!(
            "Resources:\n  F: {{Type: 'AWS::Lambda::Function', Properties: {{Runtime: {runtime}, Handler: index.h, Role: 'arn:aws:iam::123456789012:role/r', Code: {{ZipFile: '{source}'}}}}}}\n"
        );
        cloud.deploy(&template, None).await.unwrap();
        let made = cloud.calls().remove(0);
        assert!(made.contains(expected), "{made}");
    }
}
