//! REST APIs of templates, and HTTP APIs that come as documents.

use landline_api::{apigateway as rest, s3};
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
        answer::<gateway::TagResource>(builder, calls, |input| {
            let answer = gateway::TagResourceOutput::default();
            (input.resource_arn.clone(), Ok(answer))
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

/// A bucket with one definition, in YAML.
fn with_definition(builder: &mut DispatcherBuilder, calls: &Calls) {
    with_rest(builder, calls);
    answer::<s3::GetObject>(builder, calls, |input| {
        let object = s3::GetObjectOutput {
            body: Some("openapi: '3.0.1'\npaths:\n  /pets: {get: {responses: {200: {}}}}\n".into()),
            ..Default::default()
        };
        (format!("{} {}", input.bucket, input.key), Ok(object))
    });
}

const PETS: &str = r#"{"openapi":"3.0.1","paths":{"/pets":{"get":{"responses":{"200":{}}}}}}"#;

#[tokio::test]
async fn a_definition_may_lie_in_a_bucket_and_be_yaml() {
    let cloud = cloud_with(with_definition);
    let template = "Resources:\n  Api: {Type: 'AWS::ApiGateway::RestApi', Properties: {Name: n, BodyS3Location: {Bucket: b, Key: api.yaml}}}\n";
    cloud.deploy(template, None).await.unwrap();
    let calls = cloud.calls();
    assert_eq!(the(&calls, "GetObject"), "b api.yaml");
    assert_eq!(the(&calls, "PutRestApi"), PETS);
}

#[tokio::test]
async fn a_definition_may_be_a_file_beside_the_template() {
    let cloud = cloud_with(with_definition);
    let folder = tempfile::tempdir().unwrap();
    let text = "openapi: '3.0.1'\npaths:\n  /pets: {get: {responses: {200: {}}}}\n";
    std::fs::write(folder.path().join("api.yaml"), text).unwrap();
    let template = "Transform: AWS::Serverless-2016-10-31\nResources:\n  Api: {Type: 'AWS::Serverless::Api', Properties: {StageName: prod, DefinitionUri: api.yaml}}\n";
    cloud.deploy(template, Some(folder.path())).await.unwrap();
    assert_eq!(the(&cloud.calls(), "PutRestApi"), PETS);
    let error = cloud.deploy(template, None).await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("The definition of the API is the local path api.yaml: upload it first"),
        "{error}"
    );
}

#[tokio::test]
async fn domains_of_rest_apis_are_made_through_the_newer_api() {
    let cloud = cloud_with(|builder, calls| {
        answer::<gateway::CreateDomainName>(builder, calls, |input| {
            let configurations = input.domain_name_configurations.clone().unwrap_or_default();
            let note = format!(
                "{} {:?} {:?}",
                input.domain_name,
                configurations[0].certificate_arn,
                configurations[0].endpoint_type
            );
            let domain = gateway::DomainName {
                domain_name: input.domain_name.clone(),
                domain_name_configurations: Some(vec![gateway::DomainNameConfiguration {
                    api_gateway_domain_name: Some("d-1.execute-api.us-east-1.amazonaws.com".into()),
                    ..Default::default()
                }]),
                ..Default::default()
            };
            (note, Ok(domain))
        });
        answer::<gateway::CreateApiMapping>(builder, calls, |input| {
            let note = format!(
                "{} {} {} {:?}",
                input.domain_name, input.api_id, input.stage, input.api_mapping_key
            );
            let mapping = gateway::ApiMapping {
                api_mapping_id: Some("m1".into()),
                ..Default::default()
            };
            (note, Ok(mapping))
        });
    });
    let template = "
Resources:
  Domain: {Type: 'AWS::ApiGateway::DomainName', Properties: {DomainName: shop.example.com, RegionalCertificateArn: 'arn:c', EndpointConfiguration: {Types: [REGIONAL]}}}
  Mapping: {Type: 'AWS::ApiGateway::BasePathMapping', Properties: {DomainName: !Ref Domain, BasePath: v1, RestApiId: r1, Stage: prod}}
Outputs:
  Host: {Value: !GetAtt Domain.RegionalDomainName}
";
    let deployed = cloud.deploy(template, None).await.unwrap();
    let host = &deployed.stack.state.outputs["Host"].value;
    assert_eq!(host, "d-1.execute-api.us-east-1.amazonaws.com");
    let calls = cloud.calls();
    assert_eq!(
        the(&calls, "CreateDomainName"),
        r#"shop.example.com Some("arn:c") Some(Regional)"#
    );
    assert_eq!(
        the(&calls, "CreateApiMapping"),
        r#"shop.example.com r1 prod Some("v1")"#
    );
}
