//! HTTP and REST APIs of SAM templates; the measure is what AWS's own transform makes of `Root`, `P` and `H`.

use serde_json::{Value as Json, json};

use super::super::parse_text;
use super::*;

fn resources(text: &str) -> Json {
    let text = format!("Transform: AWS::Serverless-2016-10-31\n{text}");
    let transformed = transform(parse_text(&text).unwrap()).unwrap().to_json();
    transformed["Resources"].clone()
}

const EVENTS: &str = "
Globals:
  Api: {Cors: \"'*'\"}
  HttpApi: {CorsConfiguration: true}
Resources:
  F1:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.h
      Runtime: python3.12
      CodeUri: src/
      Events:
        Root: {Type: Api, Properties: {Path: /, Method: get}}
        P: {Type: Api, Properties: {Path: '/x/{proxy+}', Method: any}}
        H: {Type: HttpApi, Properties: {Path: /h, Method: post}}
";

#[test]
fn an_http_event_implies_an_api_with_a_default_stage() {
    let made = resources(EVENTS);
    let expected = json!({
        "Type": "AWS::ApiGatewayV2::Api",
        "Properties": { "Body": {
            "info": { "version": "1.0", "title": { "Ref": "AWS::StackName" } },
            "paths": { "/h": { "post": {
                "x-amazon-apigateway-integration": {
                    "httpMethod": "POST", "type": "aws_proxy",
                    "uri": { "Fn::Sub": "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F1.Arn}/invocations" },
                    "payloadFormatVersion": "2.0",
                },
                "responses": {},
            } } },
            "x-amazon-apigateway-cors": { "allowOrigins": ["*"] },
            "openapi": "3.0.1",
            "tags": [{ "name": "httpapi:createdBy", "x-amazon-apigateway-tag-value": "SAM" }],
        } },
    });
    assert_eq!(made["ServerlessHttpApi"], expected);
    let expected = json!({
        "Type": "AWS::ApiGatewayV2::Stage",
        "Properties": {
            "ApiId": { "Ref": "ServerlessHttpApi" }, "StageName": "$default",
            "Tags": { "httpapi:createdBy": "SAM" }, "AutoDeploy": true,
        },
    });
    assert_eq!(made["ServerlessHttpApiApiGatewayDefaultStage"], expected);
    let expected = json!({
        "Type": "AWS::Lambda::Permission",
        "Properties": {
            "Action": "lambda:InvokeFunction", "FunctionName": { "Ref": "F1" },
            "Principal": "apigateway.amazonaws.com",
            "SourceArn": { "Fn::Sub": [
                "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/${__Stage__}/POST/h",
                { "__ApiId__": { "Ref": "ServerlessHttpApi" }, "__Stage__": "*" },
            ] },
        },
    });
    assert_eq!(made["F1HPermission"], expected);
}

#[test]
fn an_api_event_implies_a_rest_api_at_prod() {
    let made = resources(EVENTS);
    let body = &made["ServerlessRestApi"]["Properties"]["Body"];
    assert_eq!(body["swagger"], "2.0");
    let any = &body["paths"]["/x/{proxy+}"]["x-amazon-apigateway-any-method"];
    let uri =
        "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F1.Arn}/invocations";
    assert_eq!(
        any["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"],
        uri
    );
    let cors = |path: &str| {
        let options = &body["paths"][path]["options"]["x-amazon-apigateway-integration"];
        options["responses"]["default"]["responseParameters"].clone()
    };
    let expected = json!({
        "method.response.header.Access-Control-Allow-Origin": "'*'",
        "method.response.header.Access-Control-Allow-Methods": "'GET,OPTIONS'",
    });
    assert_eq!(cors("/"), expected);
    let all = "'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'";
    let methods = "method.response.header.Access-Control-Allow-Methods";
    assert_eq!(cors("/x/{proxy+}")[methods], all);
    let stage = &made["ServerlessRestApiProdStage"]["Properties"];
    assert_eq!(stage["StageName"], "Prod");
    let deployment = stage["DeploymentId"]["Ref"].as_str().unwrap();
    assert!(deployment.starts_with("ServerlessRestApiDeployment"));
    assert_eq!(made[deployment]["Properties"]["StageName"], "Stage");
    let permission = &made["F1PPermissionProd"]["Properties"]["SourceArn"]["Fn::Sub"][0];
    let expected =
        "arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/${__Stage__}/*/x/*";
    assert_eq!(permission, expected);
}

#[test]
fn an_api_of_its_own_has_authorizers_and_a_named_stage() {
    let made = resources(
        "
Resources:
  Web:
    Type: AWS::Serverless::HttpApi
    Properties:
      StageName: live
      Auth:
        DefaultAuthorizer: Users
        Authorizers:
          Users: {JwtConfiguration: {issuer: 'https://i.example', audience: [app]}}
          Guard: {FunctionArn: !GetAtt G.Arn, EnableSimpleResponses: true, Identity: {Headers: [Auth]}}
  F:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.h
      Runtime: python3.12
      CodeUri: src/
      Events:
        A: {Type: HttpApi, Properties: {ApiId: !Ref Web, Path: /a, Method: GET}}
        B: {Type: HttpApi, Properties: {ApiId: !Ref Web, Path: /b, Method: GET, Auth: {Authorizer: NONE}}}
        All: {Type: HttpApi, Properties: {ApiId: !Ref Web}}
",
    );
    let body = &made["Web"]["Properties"]["Body"];
    assert_eq!(
        body["paths"]["/a"]["get"]["security"],
        json!([{ "Users": [] }])
    );
    assert_eq!(body["paths"]["/b"]["get"].get("security"), None);
    assert!(body["paths"]["$default"]["x-amazon-apigateway-any-method"].is_object());
    let schemes = &body["components"]["securitySchemes"];
    let users = &schemes["Users"]["x-amazon-apigateway-authorizer"];
    assert_eq!(users["jwtConfiguration"]["issuer"], "https://i.example");
    let guard = &schemes["Guard"]["x-amazon-apigateway-authorizer"];
    assert_eq!(guard["identitySource"], json!(["$request.header.Auth"]));
    assert!(made["WebGuardAuthorizerPermission"].is_object());
    assert_eq!(made["WebliveStage"]["Properties"]["StageName"], "live");
    assert!(made.get("ServerlessHttpApi").is_none());
}
