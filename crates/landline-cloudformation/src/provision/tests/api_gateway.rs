//! What belongs to an API beside its routes, and keys and plans.

use landline_api::apigateway as v1;
use serde_json::json;

use super::*;

fn with_children(builder: &mut DispatcherBuilder, calls: &Calls) {
    answer::<gateway::CreateAuthorizer>(builder, calls, |input| {
        let note = format!("{} {:?}", input.name, input.identity_source);
        let authorizer_id = Some("au1".into());
        (
            note,
            Ok(gateway::Authorizer {
                authorizer_id,
                ..Default::default()
            }),
        )
    });
    answer::<gateway::UpdateAuthorizer>(builder, calls, |input| {
        let note = format!(
            "{} {:?} {:?}",
            input.authorizer_id, input.identity_source, input.identity_validation_expression
        );
        let authorizer_id = Some(input.authorizer_id.clone());
        (
            note,
            Ok(gateway::Authorizer {
                authorizer_id,
                ..Default::default()
            }),
        )
    });
    answer::<gateway::CreateModel>(builder, calls, |input| {
        let model_id = Some("m1".into());
        (
            input.schema.clone(),
            Ok(gateway::Model {
                model_id,
                ..Default::default()
            }),
        )
    });
    answer::<gateway::CreateIntegrationResponse>(builder, calls, |input| {
        let note = format!(
            "{} {}",
            input.integration_id, input.integration_response_key
        );
        let integration_response_id = Some("ir1".into());
        (
            note,
            Ok(gateway::IntegrationResponse {
                integration_response_id,
                ..Default::default()
            }),
        )
    });
    unit::<gateway::DeleteAuthorizer>(builder, calls, |input| input.authorizer_id.clone());
    unit::<gateway::DeleteModel>(builder, calls, |input| input.model_id.clone());
    unit::<gateway::DeleteIntegrationResponse>(builder, calls, |input| {
        format!("{} {}", input.integration_id, input.integration_response_id)
    });
}

const CHILDREN: &str = "
Resources:
  Api: {Type: 'AWS::ApiGatewayV2::Api', Properties: {Name: chat, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}}
  Authorizer:
    Type: AWS::ApiGatewayV2::Authorizer
    Properties: {ApiId: !Ref Api, Name: door, AuthorizerType: REQUEST, AuthorizerUri: uri, IdentityValidationExpression: x, IdentitySource: [route.request.header.Auth]}
  Model:
    Type: AWS::ApiGatewayV2::Model
    Properties: {ApiId: !Ref Api, Name: Chat, Schema: {type: object, required: [action]}}
  Integration: {Type: 'AWS::ApiGatewayV2::Integration', Properties: {ApiId: !Ref Api, IntegrationType: MOCK}}
  Response: {Type: 'AWS::ApiGatewayV2::IntegrationResponse', Properties: {ApiId: !Ref Api, IntegrationId: !Ref Integration, IntegrationResponseKey: /200/}}
Outputs:
  Ids: {Value: !Join ['-', [!Ref Authorizer, !GetAtt Authorizer.AuthorizerId, !Ref Model, !GetAtt Response.IntegrationResponseId]]}
";

#[tokio::test]
async fn authorizers_models_and_responses_are_made_and_referred_to() {
    let cloud = cloud_with(with_children);
    let deployed = cloud.deploy(CHILDREN, None).await.unwrap();
    let outputs = &deployed.stack.state.outputs;
    assert_eq!(outputs["Ids"].value, "au1-au1-m1-ir1");
    let calls = cloud.calls();
    let authorizer = r#"door Some(["route.request.header.Auth"])"#;
    assert_eq!(the(&calls, "CreateAuthorizer"), authorizer);
    let schema = r#"{"type":"object","required":["action"]}"#;
    assert_eq!(the(&calls, "CreateModel"), schema);
    assert_eq!(the(&calls, "CreateIntegrationResponse"), "i1 /200/");
}

#[tokio::test]
async fn what_an_authorizer_no_longer_has_is_cleared() {
    let cloud = cloud_with(with_children);
    cloud.deploy(CHILDREN, None).await.unwrap();
    cloud.calls();
    let less = CHILDREN.replace(
        ", IdentityValidationExpression: x, IdentitySource: [route.request.header.Auth]",
        "",
    );
    cloud.deploy(&less, None).await.unwrap();
    assert_eq!(cloud.calls(), [r#"UpdateAuthorizer au1 Some([]) Some("")"#]);
}

#[tokio::test]
async fn children_go_with_their_stack() {
    let cloud = cloud_with(with_children);
    cloud.deploy(CHILDREN, None).await.unwrap();
    cloud.calls();
    let deleted = cloud.stacks.delete("chat", &Progress::none()).await;
    deleted.unwrap();
    let calls = cloud.calls();
    assert_eq!(the(&calls, "DeleteAuthorizer"), "au1");
    assert_eq!(the(&calls, "DeleteModel"), "m1");
    assert_eq!(the(&calls, "DeleteIntegrationResponse"), "i1 ir1");
}

#[tokio::test]
async fn the_authorizer_of_a_sam_template_is_made_before_its_route() {
    let cloud = cloud_with(with_children);
    let template = "
Transform: AWS::Serverless-2016-10-31
Resources:
  Chat:
    Type: AWS::Serverless::WebSocketApi
    Properties:
      RouteSelectionExpression: $request.body.action
      Auth: {AuthType: CUSTOM, AuthArn: 'arn:aws:lambda:us-east-1:123456789012:function:door', IdentitySource: [route.request.querystring.token]}
      Routes:
        $connect: {FunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:chat'}
";
    cloud.deploy(template, None).await.unwrap();
    let calls = cloud.calls();
    let place = |operation: &str| calls.iter().position(|it| it.starts_with(operation));
    assert!(place("CreateAuthorizer").unwrap() < place("CreateRoute").unwrap());
    let authorizer = r#"ChatConnectAuthorizer Some(["route.request.querystring.token"])"#;
    assert_eq!(the(&calls, "CreateAuthorizer"), authorizer);
}

fn with_domains(builder: &mut DispatcherBuilder, calls: &Calls) {
    answer::<gateway::CreateDomainName>(builder, calls, |input| {
        let configuration = gateway::DomainNameConfiguration {
            api_gateway_domain_name: Some("d-1.execute-api".into()),
            hosted_zone_id: Some("Z1".into()),
            ..Default::default()
        };
        let domain = gateway::DomainName {
            domain_name: input.domain_name.clone(),
            domain_name_configurations: Some(vec![configuration]),
            ..Default::default()
        };
        (input.domain_name.clone(), Ok(domain))
    });
    answer::<gateway::CreateApiMapping>(builder, calls, |input| {
        let mapping = gateway::ApiMapping {
            api_mapping_id: Some("am1".into()),
            ..Default::default()
        };
        let note = format!("{} {:?}", input.domain_name, input.api_mapping_key);
        (note, Ok(mapping))
    });
    answer::<gateway::CreateVpcLink>(builder, calls, |input| {
        let link = gateway::VpcLink {
            vpc_link_id: "vl1".into(),
            ..Default::default()
        };
        (format!("{:?}", input.subnet_ids), Ok(link))
    });
}

#[tokio::test]
async fn a_domain_its_mapping_and_a_link_are_made_and_referred_to() {
    let cloud = cloud_with(with_domains);
    let template = "
Resources:
  Domain: {Type: 'AWS::ApiGatewayV2::DomainName', Properties: {DomainName: ws.example.com, DomainNameConfigurations: [{CertificateArn: arn, EndpointType: REGIONAL}]}}
  Mapping: {Type: 'AWS::ApiGatewayV2::ApiMapping', Properties: {ApiId: a1, Stage: prod, DomainName: !Ref Domain, ApiMappingKey: chat}}
  Link: {Type: 'AWS::ApiGatewayV2::VpcLink', Properties: {Name: link, SubnetIds: [subnet-1], Tags: {a: b}}}
Outputs:
  Ids: {Value: !Join ['|', [!Ref Domain, !GetAtt Domain.RegionalDomainName, !GetAtt Domain.RegionalHostedZoneId, !Ref Mapping, !Ref Link]]}
";
    let deployed = cloud.deploy(template, None).await.unwrap();
    let outputs = &deployed.stack.state.outputs;
    assert_eq!(
        outputs["Ids"].value,
        "ws.example.com|d-1.execute-api|Z1|am1|vl1"
    );
    let mapping = r#"ws.example.com Some("chat")"#;
    assert_eq!(the(&cloud.calls(), "CreateApiMapping"), mapping);
}

fn steps(operations: Option<&Vec<v1::PatchOperation>>) -> String {
    let operations = operations.into_iter().flatten();
    let step = |it: &v1::PatchOperation| {
        let op = it.op.as_ref().map(v1::Op::as_str).unwrap_or_default();
        let value = it.value.as_deref().unwrap_or_default();
        format!("{op} {} {value}", it.path.as_deref().unwrap_or_default())
    };
    let steps: Vec<String> = operations.map(step).collect();
    steps.join("; ")
}

fn with_keys(builder: &mut DispatcherBuilder, calls: &Calls) {
    answer::<v1::CreateApiKey>(builder, calls, |input| {
        let key = v1::ApiKey {
            id: Some("k1".into()),
            ..Default::default()
        };
        (
            format!("{:?} {:?}", input.enabled, own_tags(input.tags.as_ref())),
            Ok(key),
        )
    });
    answer::<v1::CreateUsagePlan>(builder, calls, |input| {
        let plan = v1::UsagePlan {
            id: Some("p1".into()),
            ..Default::default()
        };
        let stage = &input.api_stages.as_ref().unwrap()[0];
        let limit = input.quota.as_ref().and_then(|quota| quota.limit);
        let rate = stage.throttle.as_ref().unwrap()["$connect"].rate_limit;
        let note = format!("{:?} {limit:?} {rate:?}", stage.stage);
        (note, Ok(plan))
    });
    answer::<v1::CreateUsagePlanKey>(builder, calls, |input| {
        let note = format!("{} {}", input.usage_plan_id, input.key_id);
        (note, Ok(v1::UsagePlanKey::default()))
    });
    answer::<v1::UpdateUsagePlan>(builder, calls, |input| {
        let note = steps(input.patch_operations.as_ref());
        (note, Ok(v1::UsagePlan::default()))
    });
    answer::<v1::UpdateApiKey>(builder, calls, |input| {
        let note = steps(input.patch_operations.as_ref());
        (note, Ok(v1::ApiKey::default()))
    });
    answer::<v1::UpdateAccount>(builder, calls, |input| {
        let note = steps(input.patch_operations.as_ref());
        (note, Ok(v1::Account::default()))
    });
    answer::<v1::GetUsagePlan>(builder, calls, |_| {
        let stage = v1::ApiStage {
            api_id: Some("a1".into()),
            stage: Some("prod".into()),
            throttle: None,
        };
        let plan = v1::UsagePlan {
            api_stages: Some(vec![stage]),
            ..Default::default()
        };
        (String::new(), Ok(plan))
    });
    unit::<v1::DeleteUsagePlan>(builder, calls, |input| input.usage_plan_id.clone());
    unit::<v1::DeleteUsagePlanKey>(builder, calls, |input| input.key_id.clone());
    unit::<v1::DeleteApiKey>(builder, calls, |input| input.api_key.clone());
}

const KEYS: &str = "
Resources:
  Key: {Type: 'AWS::ApiGateway::ApiKey', Properties: {Enabled: 'true', Tags: [{Key: a, Value: b}]}}
  Plan:
    Type: AWS::ApiGateway::UsagePlan
    Properties:
      UsagePlanName: gold
      ApiStages: [{ApiId: a1, Stage: prod, Throttle: {$connect: {RateLimit: 2}}}]
      Quota: {Limit: 100, Period: MONTH}
  Member: {Type: 'AWS::ApiGateway::UsagePlanKey', Properties: {KeyId: !Ref Key, KeyType: API_KEY, UsagePlanId: !Ref Plan}}
  Account: {Type: 'AWS::ApiGateway::Account', Properties: {CloudWatchRoleArn: 'arn:aws:iam::123456789012:role/logs'}}
Outputs:
  Ids: {Value: !Join ['|', [!GetAtt Key.APIKeyId, !GetAtt Plan.Id, !Ref Member]]}
";

#[tokio::test]
async fn keys_and_plans_are_made_and_referred_to() {
    let cloud = cloud_with(with_keys);
    let deployed = cloud.deploy(KEYS, None).await.unwrap();
    assert_eq!(deployed.stack.state.outputs["Ids"].value, "k1|p1|k1:p1");
    let calls = cloud.calls();
    let key = r#"Some(true) Some({"a": "b"})"#;
    assert_eq!(the(&calls, "CreateApiKey"), key);
    let plan = r#"Some("prod") Some(100) Some(2.0)"#;
    assert_eq!(the(&calls, "CreateUsagePlan "), plan);
    assert_eq!(the(&calls, "CreateUsagePlanKey"), "p1 k1");
    let role = "replace /cloudwatchRoleArn arn:aws:iam::123456789012:role/logs";
    assert_eq!(the(&calls, "UpdateAccount"), role);
}

#[tokio::test]
async fn a_changed_plan_is_patched_from_what_it_was() {
    let cloud = cloud_with(with_keys);
    cloud.deploy(KEYS, None).await.unwrap();
    cloud.calls();
    let changed = KEYS
        .replace(
            "Quota: {Limit: 100, Period: MONTH}",
            "Throttle: {RateLimit: 5}",
        )
        .replace(
            "[{ApiId: a1, Stage: prod, Throttle: {$connect: {RateLimit: 2}}}]",
            "[{ApiId: a1, Stage: test, Throttle: {/a/GET: {BurstLimit: 1}}}]",
        );
    cloud.deploy(&changed, None).await.unwrap();
    let expected = [
        "replace /name gold",
        "replace /throttle/rateLimit 5",
        "remove /quota ",
        "remove /apiStages a1:prod",
        "add /apiStages a1:test",
        "replace /apiStages/a1:test/throttle/~1a~1GET/burstLimit 1",
    ];
    assert_eq!(the(&cloud.calls(), "UpdateUsagePlan"), expected.join("; "));
}

#[tokio::test]
async fn a_changed_key_is_patched() {
    let cloud = cloud_with(with_keys);
    cloud.deploy(KEYS, None).await.unwrap();
    cloud.calls();
    let changed = KEYS.replace("Enabled: 'true'", "Description: mine");
    cloud.deploy(&changed, None).await.unwrap();
    let expected = "replace /description mine; replace /enabled false";
    assert_eq!(the(&cloud.calls(), "UpdateApiKey"), expected);
}

#[tokio::test]
async fn the_stages_of_a_plan_leave_before_it_is_deleted() {
    let cloud = cloud_with(with_keys);
    cloud.deploy(KEYS, None).await.unwrap();
    cloud.calls();
    let deleted = cloud.stacks.delete("chat", &Progress::none()).await;
    deleted.unwrap();
    let calls = cloud.calls();
    let place = |operation: &str| calls.iter().position(|it| it.starts_with(operation));
    assert!(place("UpdateUsagePlan remove /apiStages a1:prod") < place("DeleteUsagePlan p1"));
    assert_eq!(the(&calls, "DeleteUsagePlanKey"), "k1");
    assert_eq!(the(&calls, "DeleteApiKey"), "k1");
}

#[tokio::test]
async fn a_schema_may_be_text() {
    let cloud = cloud_with(with_children);
    let text = json!({"type": "string"}).to_string();
    let template = CHILDREN.replace(
        "Schema: {type: object, required: [action]}",
        &format!("Schema: '{text}'"),
    );
    cloud.deploy(&template, None).await.unwrap();
    assert_eq!(the(&cloud.calls(), "CreateModel"), text);
}
