//! What SAM's translator refuses, in its words; each was asked of the translator itself.

use super::super::super::parse_text;
use super::super::tests::resources;
use super::super::transform;

/// What is said of a template, without its beginning and its lines.
#[track_caller]
fn told(resources: &str) -> String {
    let text = format!("Transform: AWS::Serverless-2016-10-31\n{resources}");
    let refused = transform(parse_text(&text).unwrap()).unwrap_err();
    let (_, reasons) = refused
        .message
        .split_once("Number of errors found: ")
        .unwrap();
    let lines = regex::Regex::new(r" \(line [0-9]+\)").unwrap();
    lines.replace_all(reasons, "").into_owned()
}

/// What is said of one resource.
#[track_caller]
fn check(kind: &str, properties: &str, expected: &str) {
    let told = told(&format!(
        "Resources:\n  R: {{Type: 'AWS::Serverless::{kind}', Properties: {properties}}}\n"
    ));
    let expected = format!("1. Resource with id [R] is invalid. {expected}");
    assert_eq!(told, expected);
}

#[test]
fn a_template_has_resources_that_are_maps() {
    for (text, expected) in [
        (
            "Resources: {}\n",
            "1. Structure of the SAM template is invalid. 'Resources' section is required",
        ),
        (
            "Resources: {A: 1}\n",
            "1. Structure of the SAM template is invalid. All 'Resources' must be Objects. If you're using YAML, this may be an indentation issue.",
        ),
        (
            "Resources: {A: {Type: T, Properties: []}}\n",
            "1. Resource with id [A] is invalid. Attribute 'Properties' should be a map.",
        ),
        (
            "Mappings:\nResources: {A: {Type: T}}\n",
            "1. Structure of the SAM template is invalid. 'Mappings' or 'Parameters' is either null or not a valid dictionary.",
        ),
        (
            "Resources: {A: {Type: 'AWS::Serverless::SimpleTable', Condition: [C]}}\n",
            "1. Structure of the SAM template is invalid. Every Condition member must be a string.",
        ),
        (
            "Resources: {A-b: {Type: 'AWS::Serverless::SimpleTable'}}\n",
            "1. Resource with id [A-b] is invalid. Logical ids must be alphanumeric.",
        ),
    ] {
        assert_eq!(told(text), expected);
    }
}

#[test]
fn a_new_resource_takes_no_logical_id_of_another() {
    let text = "Resources:\n  F: {Type: 'AWS::Serverless::Function', Properties: {Handler: a.h, Runtime: r, InlineCode: x}}\n  FRole: {Type: T}\n";
    let expected = "1. Transforming resource with id [F] attempts to create a new resource with id [FRole] and type \"AWS::IAM::Role\". A resource with that id already exists within this template. Please use a different id for that resource.";
    assert_eq!(told(text), expected);
}

#[test]
fn properties_have_what_they_take() {
    for (kind, properties, expected) in [
        (
            "Function",
            "{Handler: a.h, Runtime: r, InlineCode: x, Layers: one}",
            "Type of property 'Layers' is invalid.",
        ),
        (
            "Function",
            "{Handler: a.h, Runtime: r, InlineCode: x, Role: [a]}",
            "Property 'Role' should be a string.",
        ),
        (
            "Function",
            "{Handler: a.h, Runtime: r, InlineCode: x, Tags: [a]}",
            "Property 'Tags' should be a map.",
        ),
        (
            "WebSocketApi",
            "{RouteSelectionExpression: $request.body.action}",
            "Missing required property 'Routes'.",
        ),
        (
            "HttpApi",
            "{RouteSettings: [a]}",
            "Property 'RouteSettings' should be a map.",
        ),
        (
            "StateMachine",
            "{Definition: text}",
            "Property 'Definition' should be a map.",
        ),
        (
            "SimpleTable",
            "{PrimaryKey: {Type: String}}",
            "Property 'PrimaryKey.Name' is required.",
        ),
    ] {
        check(kind, properties, expected);
    }
}

#[test]
fn a_function_stands_where_its_value_is_only_known_later() {
    let made = resources(
        "Resources:\n  F: {Type: 'AWS::Serverless::Function', Properties: {Handler: a.h, Runtime: r, InlineCode: x, Tags: {k: v}, Layers: !Ref L, Role: !GetAtt R.Arn}}\n",
    );
    assert_eq!(made["F"]["Properties"]["Layers"]["Ref"], "L");
}

#[test]
fn properties_of_a_function_may_need_or_exclude_others() {
    for (more, expected) in [
        ("PackageType: Image", "'ImageUri' must be set."),
        (
            "InlineCode: x, VersionDeletionPolicy: Delete",
            "'VersionDeletionPolicy' requires 'AutoPublishAlias'.",
        ),
        (
            "InlineCode: x, DeploymentPreference: {Type: AllAtOnce}",
            "'DeploymentPreference' requires AutoPublishAlias property to be specified.",
        ),
        (
            "InlineCode: x, AutoPublishAlias: 'a*b'",
            "AutoPublishAlias name ('a*b') must contain only alphanumeric characters, hyphens, or underscores matching (?!^[0-9]+$)([a-zA-Z0-9-_]+) pattern.",
        ),
        (
            "InlineCode: x, DeadLetterQueue: {Type: Bus, TargetArn: a}",
            "'DeadLetterQueue' requires Type of ['SQS', 'SNS']",
        ),
        (
            "InlineCode: x, FunctionUrlConfig: {AuthType: NONE, Cors: {AllowOrigin: a}}",
            "AllowOrigin is not a valid property for configuring Cors.",
        ),
        (
            "InlineCode: x, TenancyConfig: {TenantIsolationMode: PER_TENANT}, Events: {Q: {Type: SQS, Properties: {Queue: q}}}",
            "Event source 'SQS' is not supported for functions enabled with tenancy configuration. Only Api and HttpApi event sources are supported.",
        ),
        (
            "InlineCode: x, EventInvokeConfig: {DestinationConfig: {OnSuccess: {Type: Lambda}}}",
            "Destination is required if Type is not ['SQS', 'SNS']",
        ),
        (
            "InlineCode: x, Role: !If [C, a]",
            "Malformed 'Role' property: Fn::If requires 3 arguments.",
        ),
    ] {
        check(
            "Function",
            &format!("{{Handler: a.h, Runtime: r, {more}}}"),
            expected,
        );
    }
}

#[test]
fn events_are_told_by_their_ids() {
    for (event, expected) in [
        (
            "{Type: Schedule, Properties: {Schedule: rate(1 day), DeadLetterConfig: {}}}",
            "Event with id [RE] is invalid. No 'Arn' or 'Type' property provided for DeadLetterConfig.",
        ),
        (
            "{Type: Schedule, Properties: {Schedule: rate(1 day), State: ENABLED, Enabled: true}}",
            "Event with id [E] is invalid. State and Enabled Properties cannot both be specified.",
        ),
        (
            "{Type: Api, Properties: {Path: /}}",
            "Event with id [E] is invalid. Property 'Method' is required.",
        ),
        (
            "{Type: HttpApi, Properties: {Path: [a], Method: get}}",
            "Event with id [E] is invalid. Property 'Path' should be a string.",
        ),
        (
            "{Type: Api, Properties: {Path: /, Method: get, RestApiId: !Ref Elsewhere}}",
            "Event with id [E] is invalid. RestApiId must be a valid reference to an 'AWS::Serverless::Api' resource in same template.",
        ),
        (
            "{Type: Api, Properties: {Path: /, Method: get, Auth: {Authorizer: Own}}}",
            "Event with id [E] is invalid. Unable to set Authorizer [Own] on API method [get] for path [/] because the related API does not define any Authorizers.",
        ),
        (
            "{Type: HttpApi, Properties: {Path: /, Method: get, Auth: {Authorizer: NONE}}}",
            "Event with id [E] is invalid. Unable to set Authorizer on API method [get] for path [/] because 'NONE' is only a valid value when a DefaultAuthorizer on the API is specified.",
        ),
        (
            "{Type: Api, Properties: {Path: /, Method: get, RequestParameters: [path.id]}}",
            "Event with id [E] is invalid. Invalid value for 'RequestParameters' property. Keys must be in the format 'method.request.[querystring|path|header].{value}', e.g 'method.request.header.Authorization'.",
        ),
    ] {
        let properties =
            format!("{{Handler: a.h, Runtime: r, InlineCode: x, Events: {{E: {event}}}}}");
        check("Function", &properties, expected);
    }
    let nameless = "{Handler: a.h, Runtime: r, InlineCode: x, Events: {E: {Type: SQS, Properties: {BatchSize: 1}}}}";
    let told = told(&format!(
        "Resources:\n  R: {{Type: 'AWS::Serverless::Function', Properties: {nameless}}}\n"
    ));
    let expected = "1. Resource with id [RE] is invalid. Missing required property 'Queue'.";
    assert_eq!(told, expected);
}

#[test]
fn a_route_has_one_function() {
    let function = |id: &str| {
        format!(
            "  {id}: {{Type: 'AWS::Serverless::Function', Properties: {{Handler: a.h, Runtime: r, InlineCode: x, Events: {{E: {{Type: Api, Properties: {{Path: /a, Method: POST}}}}}}}}}}\n"
        )
    };
    let text = format!("Resources:\n{}{}", function("F"), function("G"));
    let expected = "1. Resource with id [G] is invalid. Event with id [E] is invalid. API method \"post\" defined multiple times for path \"/a\".";
    assert_eq!(told(&text), expected);
}

#[test]
fn an_api_is_whole() {
    for (kind, properties, expected) in [
        ("Api", "{StageName: ''}", "StageName cannot be empty."),
        (
            "Api",
            "{StageName: s, DefinitionUri: 's3://b/k', Cors: \"'*'\"}",
            "Cors works only with inline Swagger specified in 'DefinitionBody' property.",
        ),
        (
            "Api",
            "{StageName: s, Cors: {AllowCredentials: true}}",
            "Unable to add Cors configuration because 'AllowCredentials' can not be true when 'AllowOrigin' is \"'*'\" or not set",
        ),
        (
            "Api",
            "{StageName: s, Auth: {DefaultAuthorizer: Own}}",
            "Unable to set DefaultAuthorizer because 'Own' was not defined in 'Authorizers'.",
        ),
        (
            "Api",
            "{StageName: s, Auth: {Authorizers: {A: {FunctionArn: a, FunctionPayloadType: REQUEST}}}}",
            "A Authorizer must specify Identity with at least one of Headers, QueryStrings, StageVariables, or Context.",
        ),
        (
            "Api",
            "{StageName: s, GatewayResponses: {UNAUTHORIZED: {StatusCode: x}}}",
            "Property 'StatusCode' must be numeric",
        ),
        (
            "HttpApi",
            "{Auth: {Authorizers: {A: {FunctionArn: a}}}}",
            "A Lambda Authorizer must define 'AuthorizerPayloadFormatVersion'.",
        ),
        (
            "HttpApi",
            "{CorsConfiguration: {AllowOrigin: a}}",
            "Invalid key 'AllowOrigin' for 'Cors' property.",
        ),
    ] {
        check(kind, properties, expected);
    }
}

#[test]
fn a_web_socket_api_is_whole() {
    for (more, expected) in [
        ("Routes: {}", "WebSocket API must have at least one route."),
        (
            "Routes: {$default: {}}",
            "Route must have associated function.",
        ),
        (
            "StageName: $default, Routes: {$default: {FunctionArn: a}}",
            "Stages cannot be named $default for WebSocket APIs.",
        ),
        (
            "IpAddressType: ipv6, Routes: {$default: {FunctionArn: a}}",
            "IpAddressType must be 'ipv4' or 'dualstack'.",
        ),
        (
            "Auth: {AuthArn: a}, Routes: {$connect: {FunctionArn: a}}",
            "AuthType must be specified for additional auth configurations.",
        ),
        (
            "Auth: {AuthType: NONE, AuthArn: a}, Routes: {$connect: {FunctionArn: a}}",
            "No additional configurations supported for AuthType NONE.",
        ),
        (
            "Auth: {AuthType: X}, Routes: {$connect: {FunctionArn: a}}",
            "AuthType 'X' is not one of AWS_IAM, CUSTOM or NONE.",
        ),
        (
            "Routes: {$default: {FunctionArn: a, RequestParameters: {a: b}}}",
            "Request parameters are only supported for the $connect route in WebSocket APIs.",
        ),
    ] {
        check(
            "WebSocketApi",
            &format!("{{RouteSelectionExpression: $request.body.action, {more}}}"),
            expected,
        );
    }
}

#[test]
fn globals_and_what_ignores_them_name_what_there_is() {
    let told_of = |text: &str| told(&format!("Globals: {{Function: {{Timeout: 3}}}}\n{text}"));
    let ignored = told_of(
        "Resources:\n  F: {Type: 'AWS::Serverless::Function', IgnoreGlobals: [Other], Properties: {Handler: a.h, Runtime: r, InlineCode: x}}\n",
    );
    let expected = "1. Resource with id [F] is invalid. Resource F has invalid resource attribute 'IgnoreGlobals' on item 'Other'.";
    assert_eq!(ignored, expected);
    let unknown = told("Globals: {StateMachine: {Name: x}}\nResources: {T: {Type: T}}\n");
    let expected = "1. 'Globals' section is invalid. 'Name' is not a supported property of 'StateMachine'. Must be one of the following values - ['PropagateTags']";
    assert_eq!(unknown, expected);
}
