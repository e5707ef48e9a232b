//! What a template brings with it: its text, its parameters, what it must be trusted with.

use super::*;

#[tokio::test]
async fn a_template_comes_back_byte_for_byte() {
    let bench = bench();
    let template = "# told by its author\n".to_owned() + &thing("A", "1") + "\n\n";
    bench.create(&template).await.unwrap();
    for stage in [None, Some(api::TemplateStage::Original)] {
        let input = api::GetTemplateInput {
            stack_name: Some("s".to_owned()),
            template_stage: stage,
            ..Default::default()
        };
        let output = bench.call::<api::GetTemplate>(input).await.unwrap();
        assert_eq!(output.template_body.as_deref(), Some(template.as_str()));
    }
}

#[tokio::test]
async fn a_template_may_lie_in_a_bucket() {
    let bench = bench();
    let input = |url: &str| api::CreateStackInput {
        stack_name: "s".to_owned(),
        template_url: Some(url.to_owned()),
        ..Default::default()
    };
    let missing = input("https://bucket.s3.us-east-1.amazonaws.com/other");
    refused(
        bench.call::<api::CreateStack>(missing).await,
        "ValidationError",
        "S3 error: The specified key does not exist.",
    );
    let there = input("https://s3.amazonaws.com/bucket/a/template.yaml");
    bench.call::<api::CreateStack>(there).await.unwrap();
    assert_eq!(bench.status().await, StackStatus::CreateComplete);
}

#[tokio::test]
async fn parameters_keep_their_values_and_secrets_are_masked() {
    let bench = bench();
    let template = |value: &str| {
        "Parameters:\n  P: {Type: String}\n  Secret: {Type: String, NoEcho: true}\n  V: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /version}\n".to_owned()
            + &thing("A", value)
    };
    let input = api::CreateStackInput {
        stack_name: "s".to_owned(),
        template_body: Some(template("!Sub '${P}${Secret}${V}'")),
        parameters: Some(vec![parameter("P", "p"), parameter("Secret", "s")]),
        ..Default::default()
    };
    bench.call::<api::CreateStack>(input).await.unwrap();
    assert_eq!(bench.things.things(), [("A".to_owned(), json!("ps21"))]);
    let shown = bench.describe("s").await.unwrap().parameters.unwrap();
    let shown: Vec<_> = shown
        .iter()
        .map(|parameter| {
            let value = parameter.parameter_value.as_deref().unwrap();
            (value, parameter.resolved_value.as_deref())
        })
        .collect();
    assert_eq!(
        shown,
        [("p", None), ("****", None), ("/version", Some("21"))]
    );
    let previous = |key: &str| Parameter {
        parameter_key: Some(key.to_owned()),
        use_previous_value: Some(true),
        ..Parameter::default()
    };
    let input = api::UpdateStackInput {
        stack_name: "s".to_owned(),
        template_body: Some(template("!Sub '${P}-${Secret}'")),
        parameters: Some(vec![previous("P"), previous("Secret"), previous("V")]),
        ..Default::default()
    };
    bench.call::<api::UpdateStack>(input).await.unwrap();
    assert_eq!(bench.things.things(), [("A".to_owned(), json!("p-s"))]);
}

#[tokio::test]
async fn roles_need_a_capability_and_transforms_too() {
    let bench = bench();
    let role = "Resources:\n  R: {Type: AWS::IAM::Role, Properties: {RoleName: x}}\n";
    refused(
        bench.create(role).await,
        "InsufficientCapabilitiesException",
        "Requires capabilities : [CAPABILITY_NAMED_IAM]",
    );
    let expanded = "Transform: AWS::LanguageExtensions\n".to_owned() + &thing("A", "1");
    refused(
        bench.create(&expanded).await,
        "InsufficientCapabilitiesException",
        "Requires capabilities : [CAPABILITY_AUTO_EXPAND]",
    );
    let input = api::CreateStackInput {
        stack_name: "s".to_owned(),
        template_body: Some(expanded),
        capabilities: Some(vec![Capability::CapabilityAutoExpand]),
        ..Default::default()
    };
    bench.call::<api::CreateStack>(input).await.unwrap();
}

#[tokio::test]
async fn whose_template_is_asked_for_has_to_be_said() {
    let bench = bench();
    let input = |change_set: Option<&str>| api::GetTemplateInput {
        change_set_name: change_set.map(str::to_owned),
        ..Default::default()
    };
    refused(
        bench.call::<api::GetTemplate>(input(None)).await,
        "ValidationError",
        "StackName is required if ChangeSetName is not specified.",
    );
    refused(
        bench.call::<api::GetTemplate>(input(Some("c"))).await,
        "ValidationError",
        "StackName is a required parameter.",
    );
    let template = thing("A", "1");
    let making = bench.create_change_set(ChangeSetType::Create, &template);
    making.await.unwrap();
    let input = api::GetTemplateSummaryInput {
        stack_name: Some("s".to_owned()),
        ..Default::default()
    };
    refused(
        bench.call::<api::GetTemplateSummary>(input).await,
        "ValidationError",
        "GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.",
    );
}

#[tokio::test]
async fn an_output_of_a_resource_that_its_condition_leaves_out_is_refused() {
    let bench = bench();
    let template = "Conditions: {Never: !Equals [a, b]}\n".to_owned()
        + &thing("A", "1")
        + "    Condition: Never\n"
        + &resource("B", "1")
        + "Outputs: {O: {Value: !Ref A}}\n";
    refused(
        bench.create(&template).await,
        "ValidationError",
        "Unresolved resource dependencies [A] in the Outputs block of the template",
    );
}

#[tokio::test]
async fn a_processed_template_has_the_snippets_in_it() {
    let bench = bench();
    let snippet = "Fn::Transform: {Name: AWS::Include, Parameters: {Location: 's3://bucket/a/template.yaml'}}";
    let template = thing("A", "1") + &format!("Metadata:\n  {snippet}\n");
    let making = bench.create_change_set(ChangeSetType::Create, &template);
    making.await.unwrap();
    let input = api::GetTemplateInput {
        stack_name: Some("s".to_owned()),
        change_set_name: Some("c".to_owned()),
        ..Default::default()
    };
    let output = bench.call::<api::GetTemplate>(input).await.unwrap();
    let body: serde_json::Value = serde_json::from_str(&output.template_body.unwrap()).unwrap();
    assert_eq!(body["Metadata"]["Resources"]["A"]["Type"], "Test::Thing");
}
