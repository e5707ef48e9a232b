//! REST APIs of templates, and HTTP APIs that come as documents.

use landline_api::apigateway as rest;
use serde_json::json;

use super::*;

fn with_rest(builder: &mut DispatcherBuilder, calls: &Calls) {
    answer::<rest::CreateRestApi>(builder, calls, |input| {
        let api = rest::RestApi {
            id: Some("r1".into()),
            root_resource_id: Some("root".into()),
            ..Default::default()
        };
        (input.name.clone(), Ok(api))
    });
    answer::<rest::PutRestApi>(builder, calls, |input| {
        let body = String::from_utf8_lossy(&input.body).into_owned();
        (body, Ok(rest::RestApi::default()))
    });
    answer::<rest::CreateResource>(builder, calls, |input| {
        let resource = rest::Resource {
            id: Some("res".into()),
            ..Default::default()
        };
        (
            format!("{} {}", input.parent_id, input.path_part),
            Ok(resource),
        )
    });
    answer::<rest::PutMethod>(builder, calls, |input| {
        let note = format!(
            "{} {} {}",
            input.resource_id, input.http_method, input.authorization_type
        );
        (note, Ok(rest::Method::default()))
    });
    answer::<rest::PutMethodResponse>(builder, calls, |input| {
        (
            input.status_code.clone(),
            Ok(rest::PutMethodResponseOutput::default()),
        )
    });
    answer::<rest::PutIntegration>(builder, calls, |input| {
        let note = format!("{} {:?}", input.r#type.as_str(), input.request_templates);
        (note, Ok(rest::Integration::default()))
    });
    answer::<rest::PutIntegrationResponse>(builder, calls, |input| {
        let note = format!("{} {:?}", input.status_code, input.response_parameters);
        (note, Ok(rest::PutIntegrationResponseOutput::default()))
    });
    answer::<rest::CreateDeployment>(builder, calls, |input| {
        let deployment = rest::Deployment {
            id: Some("d1".into()),
            ..Default::default()
        };
        (input.rest_api_id.clone(), Ok(deployment))
    });
    answer::<rest::CreateStage>(builder, calls, |input| {
        let stage = rest::Stage {
            stage_name: Some(input.stage_name.clone()),
            ..Default::default()
        };
        (
            format!("{} {}", input.stage_name, input.deployment_id),
            Ok(stage),
        )
    });
    answer::<rest::UpdateStage>(builder, calls, |input| {
        let steps = input.patch_operations.iter().flatten();
        let paths: Vec<String> = steps.filter_map(|step| step.path.clone()).collect();
        (paths.join(" "), Ok(rest::Stage::default()))
    });
}

const REST: &str = "
Resources:
  Api: {Type: 'AWS::ApiGateway::RestApi', Properties: {Name: pets}}
  Pets: {Type: 'AWS::ApiGateway::Resource', Properties: {RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: pets}}
  Options:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Pets
      HttpMethod: OPTIONS
      AuthorizationType: NONE
      Integration:
        Type: MOCK
        RequestTemplates: {application/json: '{ statusCode: 200 }'}
        IntegrationResponses: [{StatusCode: '204', ResponseParameters: {method.response.header.Access-Control-Allow-Origin: \"'*'\"}}]
      MethodResponses: [{StatusCode: '204', ResponseParameters: {method.response.header.Access-Control-Allow-Origin: true}}]
  Deployment: {Type: 'AWS::ApiGateway::Deployment', DependsOn: Options, Properties: {RestApiId: !Ref Api}}
  Stage:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref Api
      DeploymentId: !Ref Deployment
      StageName: prod
      MethodSettings: [{ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 5}, {ResourcePath: /pets, HttpMethod: GET, LoggingLevel: INFO}]
Outputs:
  Ids: {Value: !Join ['-', [!Ref Api, !Ref Pets, !Ref Deployment, !Ref Stage]]}
";

#[tokio::test]
async fn a_rest_api_is_made_piece_by_piece() {
    let cloud = cloud_with(with_rest);
    let deployed = cloud.deploy(REST, None).await.unwrap();
    assert_eq!(deployed.stack.state.outputs["Ids"].value, "r1-res-d1-prod");
    let calls = cloud.calls();
    assert_eq!(the(&calls, "CreateRestApi"), "pets");
    assert_eq!(the(&calls, "CreateResource"), "root pets");
    assert_eq!(the(&calls, "PutMethod "), "res OPTIONS NONE");
    assert_eq!(the(&calls, "PutMethodResponse"), "204");
    let integration = r#"MOCK Some({"application/json": "{ statusCode: 200 }"})"#;
    assert_eq!(the(&calls, "PutIntegration "), integration);
    let response = r#"204 Some({"method.response.header.Access-Control-Allow-Origin": "'*'"})"#;
    assert_eq!(the(&calls, "PutIntegrationResponse"), response);
    assert_eq!(the(&calls, "CreateStage"), "prod d1");
    let settings = "/*/*/throttling/rateLimit /~1pets/GET/logging/loglevel";
    assert_eq!(the(&calls, "UpdateStage"), settings);
}

#[tokio::test]
async fn a_definition_is_put_into_its_rest_api() {
    let cloud = cloud_with(with_rest);
    let template = "
Resources:
  Api: {Type: 'AWS::ApiGateway::RestApi', Properties: {Name: pets, Body: {swagger: '2.0', paths: {}}}}
";
    cloud.deploy(template, None).await.unwrap();
    let body: serde_json::Value = serde_json::from_str(the(&cloud.calls(), "PutRestApi")).unwrap();
    assert_eq!(body, json!({ "swagger": "2.0", "paths": {} }));
}

#[tokio::test]
async fn an_http_api_may_come_as_a_document() {
    let cloud = cloud_with(|builder, calls| {
        answer::<gateway::ImportApi>(builder, calls, |input| {
            let api = gateway::Api {
                api_id: Some("h1".into()),
                ..Default::default()
            };
            (input.body.clone(), Ok(api))
        });
        answer::<gateway::UpdateApi>(builder, calls, |input| {
            let api = gateway::Api {
                api_id: Some("h1".into()),
                ..Default::default()
            };
            (format!("{} {:?}", input.api_id, input.description), Ok(api))
        });
    });
    let template = "
Resources:
  Api: {Type: 'AWS::ApiGatewayV2::Api', Properties: {Description: pets, Body: {openapi: 3.0.1, paths: {}}}}
Outputs:
  Id: {Value: !Ref Api}
";
    let deployed = cloud.deploy(template, None).await.unwrap();
    assert_eq!(deployed.stack.state.outputs["Id"].value, "h1");
    let calls = cloud.calls();
    assert!(the(&calls, "ImportApi").contains("3.0.1"));
    assert_eq!(the(&calls, "UpdateApi"), r#"h1 Some("pets")"#);
}
