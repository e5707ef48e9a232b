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
          Users: {JwtConfiguration: {issuer: 'https://i.example', audience: [app]}, IdentitySource: $request.header.Authorization}
          Guard: {FunctionArn: !GetAtt G.Arn, AuthorizerPayloadFormatVersion: '2.0', EnableSimpleResponses: true, Identity: {Headers: [Auth]}}
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

const COUNTED: &str = "
Resources:
  Web:
    Type: AWS::Serverless::Api
    Properties:
      StageName: live
      ApiKeySourceType: AUTHORIZER
      CanarySetting: {PercentTraffic: 20}
      Models: {User: {type: object, required: [name]}}
      Tags: {a: b}
      Auth:
        ApiKeyRequired: true
        UsagePlan: {CreateUsagePlan: PER_API, Quota: {Limit: 10, Period: DAY}}
        ResourcePolicy: {IpRangeWhitelist: [10.0.0.0/8]}
      Domain: {DomainName: api.example.com, CertificateArn: c, BasePath: [/v1], Route53: {HostedZoneId: Z1}}
  One: {Type: 'AWS::Serverless::Api', Properties: {StageName: s, Auth: {UsagePlan: {CreateUsagePlan: SHARED}}, Domain: {DomainName: edge.example.com, CertificateArn: c, EndpointConfiguration: EDGE, Route53: {HostedZoneId: Z1}}}}
  Two: {Type: 'AWS::Serverless::Api', Properties: {StageName: s, Auth: {UsagePlan: {CreateUsagePlan: SHARED}}}}
  F:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.h
      Runtime: python3.12
      CodeUri: src/
      Events:
        A: {Type: Api, Properties: {RestApiId: !Ref Web, Path: /a, Method: post, RequestModel: {Model: User, Required: true, ValidateBody: true}, RequestParameters: [method.request.header.X, method.request.querystring.Q: {Required: true, Caching: true}]}}
";

#[test]
fn a_rest_api_may_ask_for_keys_that_a_plan_of_its_own_counts() {
    let made = resources(COUNTED);
    assert_eq!(made["Web"]["Properties"]["ApiKeySourceType"], "AUTHORIZER");
    let plan = &made["WebUsagePlan"];
    assert_eq!(plan["DependsOn"], json!(["Web"]));
    assert_eq!(
        plan["Properties"],
        json!({
            "ApiStages": [{"ApiId": {"Ref": "Web"}, "Stage": {"Ref": "WebliveStage"}}],
            "Quota": {"Limit": 10, "Period": "DAY"},
        })
    );
    assert_eq!(
        made["WebUsagePlanKey"]["Properties"],
        json!({"KeyId": {"Ref": "WebApiKey"}, "KeyType": "API_KEY", "UsagePlanId": {"Ref": "WebUsagePlan"}})
    );
}

#[test]
fn rest_apis_may_share_a_plan() {
    let made = resources(COUNTED);
    let stages = &made["ServerlessUsagePlan"]["Properties"]["ApiStages"];
    assert_eq!(
        *stages,
        json!([
            {"ApiId": {"Ref": "One"}, "Stage": {"Ref": "OnesStage"}},
            {"ApiId": {"Ref": "Two"}, "Stage": {"Ref": "TwosStage"}},
        ])
    );
    let keys = &made["ServerlessApiKey"]["Properties"]["StageKeys"];
    assert_eq!(keys.as_array().unwrap().len(), 2);
}

#[test]
fn a_rest_api_has_a_domain_of_the_older_kind() {
    let made = resources(COUNTED);
    let domain = &made["ApiGatewayDomainName1bc412bb08"]["Properties"];
    assert_eq!(domain["RegionalCertificateArn"], "c");
    assert_eq!(
        made["Webv1BasePathMapping"]["Properties"],
        json!({
            "BasePath": "v1", "DomainName": {"Ref": "ApiGatewayDomainName1bc412bb08"},
            "RestApiId": {"Ref": "Web"}, "Stage": {"Ref": "WebliveStage"},
        })
    );
    let edge = &made["ApiGatewayDomainName21e04b45aa"]["Properties"];
    assert_eq!(edge["CertificateArn"], "c");
    let records = &made["RecordSetGroup0cf6d58763"]["Properties"]["RecordSets"];
    assert_eq!(records[1]["AliasTarget"]["HostedZoneId"], "Z2FDTNDATAQYW2");
    assert_eq!(
        records[0]["AliasTarget"]["DNSName"],
        json!({"Fn::GetAtt": ["ApiGatewayDomainName1bc412bb08", "RegionalDomainName"]})
    );
}

#[test]
fn routes_of_a_rest_api_demand_models_and_parameters() {
    let body = resources(COUNTED)["Web"]["Properties"]["Body"].clone();
    assert_eq!(body["definitions"]["user"]["required"], json!(["name"]));
    let operation = &body["paths"]["/a"]["post"];
    assert_eq!(
        operation["parameters"],
        json!([
            {"in": "body", "name": "user", "schema": {"$ref": "#/definitions/user"}, "required": true},
            {"in": "header", "name": "X", "required": false, "type": "string"},
            {"in": "query", "name": "Q", "required": true, "type": "string"},
        ])
    );
    let keys = &operation["x-amazon-apigateway-integration"]["cacheKeyParameters"];
    assert_eq!(*keys, json!(["method.request.querystring.Q"]));
    assert_eq!(
        operation["x-amazon-apigateway-request-validator"],
        "body-only"
    );
    let validators = &body["x-amazon-apigateway-request-validators"];
    assert_eq!(validators["body-only"]["validateRequestBody"], true);
    let policy = &body["x-amazon-apigateway-policy"]["Statement"];
    assert_eq!(policy[1]["Effect"], "Deny");
    assert_eq!(
        policy[1]["Resource"],
        json!([{"Fn::Sub": ["execute-api:/${__Stage__}/POST/a", {"__Stage__": "live"}]}])
    );
}
