//! `Auth` of APIs: authorizers become security schemes, and routes name them.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-httpapi-httpapiauth.html>

use serde_json::{Value as Json, json};

use super::{ApiEvent, Kind};

/// The security schemes of an API, by name.
pub(super) fn schemes(kind: Kind, auth: &Json) -> Vec<(String, Json)> {
    let authorizers = auth.get("Authorizers").and_then(Json::as_object);
    let mut schemes: Vec<(String, Json)> = authorizers
        .into_iter()
        .flatten()
        .map(|(name, it)| {
            let scheme = match kind {
                Kind::Http => of_http(it),
                Kind::Rest => of_rest(it),
            };
            (name.clone(), scheme)
        })
        .collect();
    let uses_iam = auth.get("EnableIamAuthorizer") == Some(&json!(true))
        || auth.get("DefaultAuthorizer") == Some(&json!("AWS_IAM"));
    if uses_iam {
        schemes.push(("AWS_IAM".to_owned(), iam()));
    }
    schemes
}

fn iam() -> Json {
    json!({
        "type": "apiKey", "name": "Authorization", "in": "header",
        "x-amazon-apigateway-authtype": "awsSigv4",
    })
}

fn of_http(it: &Json) -> Json {
    if let Some(jwt) = it.get("JwtConfiguration") {
        let source = it.get("IdentitySource").cloned();
        return json!({
            "type": "oauth2",
            "x-amazon-apigateway-authorizer": {
                "type": "jwt",
                "jwtConfiguration": super::lowered(jwt),
                "identitySource": source.unwrap_or_else(|| json!("$request.header.Authorization")),
            },
        });
    }
    let identity = it.get("Identity").cloned().unwrap_or_default();
    let mut authorizer = json!({
        "type": "request",
        "authorizerUri": uri(it),
        "identitySource": sources(&identity, "$request", "$context", "$stageVariables"),
    });
    let version = it.get("AuthorizerPayloadFormatVersion").cloned();
    authorizer["authorizerPayloadFormatVersion"] = version.unwrap_or_else(|| json!("2.0"));
    for (from, to) in [
        ("EnableSimpleResponses", "enableSimpleResponses"),
        ("FunctionInvokeRole", "authorizerCredentials"),
    ] {
        if let Some(value) = it.get(from) {
            authorizer[to] = value.clone();
        }
    }
    if let Some(ttl) = identity.get("ReauthorizeEvery") {
        authorizer["authorizerResultTtlInSeconds"] = ttl.clone();
    }
    json!({
        "type": "apiKey", "name": "Unused", "in": "header",
        "x-amazon-apigateway-authorizer": authorizer,
    })
}

fn of_rest(it: &Json) -> Json {
    let identity = it.get("Identity").cloned().unwrap_or_default();
    let header = identity
        .get("Header")
        .and_then(Json::as_str)
        .unwrap_or("Authorization");
    if let Some(pool) = it.get("UserPoolArn") {
        let arns = if pool.is_array() {
            pool.clone()
        } else {
            json!([pool])
        };
        return json!({
            "type": "apiKey", "name": header, "in": "header",
            "x-amazon-apigateway-authtype": "cognito_user_pools",
            "x-amazon-apigateway-authorizer": { "type": "cognito_user_pools", "providerARNs": arns },
        });
    }
    let is_request = it.get("FunctionPayloadType").and_then(Json::as_str) == Some("REQUEST");
    let mut authorizer = json!({
        "type": if is_request { "request" } else { "token" },
        "authorizerUri": uri(it),
    });
    if is_request {
        let sources = sources(&identity, "method.request", "context", "stageVariables");
        authorizer["identitySource"] = json!(sources.as_array().map_or(String::new(), |list| {
            let texts: Vec<&str> = list.iter().filter_map(Json::as_str).collect();
            texts.join(", ")
        }));
    }
    if let Some(expression) = identity.get("ValidationExpression") {
        authorizer["identityValidationExpression"] = expression.clone();
    }
    if let Some(ttl) = identity.get("ReauthorizeEvery") {
        authorizer["authorizerResultTtlInSeconds"] = ttl.clone();
    }
    if let Some(role) = it.get("FunctionInvokeRole") {
        authorizer["authorizerCredentials"] = role.clone();
    }
    json!({
        "type": "apiKey", "in": "header", "name": if is_request { "Unused" } else { header },
        "x-amazon-apigateway-authtype": "custom",
        "x-amazon-apigateway-authorizer": authorizer,
    })
}

fn uri(it: &Json) -> Json {
    let arn = it.get("FunctionArn").cloned().unwrap_or_default();
    json!({ "Fn::Sub": [
        "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${__FunctionArn__}/invocations",
        { "__FunctionArn__": arn },
    ] })
}

fn sources(identity: &Json, request: &str, context: &str, variables: &str) -> Json {
    let mut sources = Vec::new();
    for (member, prefix) in [
        ("Headers", format!("{request}.header")),
        ("QueryStrings", format!("{request}.querystring")),
        ("Context", context.to_owned()),
        ("StageVariables", variables.to_owned()),
    ] {
        let names = identity
            .get(member)
            .and_then(Json::as_array)
            .into_iter()
            .flatten();
        let names = names.filter_map(Json::as_str);
        sources.extend(names.map(|name| json!(format!("{prefix}.{name}"))));
    }
    Json::Array(sources)
}

/// What a route demands: its own authorizer, else the API's.
pub(super) fn security(event: &ApiEvent, auth: &Json) -> Option<Json> {
    let own = event.auth("Authorizer").and_then(Json::as_str);
    let name = own.or_else(|| auth.get("DefaultAuthorizer").and_then(Json::as_str))?;
    if name == "NONE" {
        return None;
    }
    let of_api = || {
        auth.get("Authorizers")?
            .get(name)?
            .get("AuthorizationScopes")
    };
    let scopes = event.auth("AuthorizationScopes").or_else(of_api).cloned();
    Some(json!([{ name: scopes.unwrap_or_else(|| json!([])) }]))
}

/// Lets an API ask the functions of its authorizers, where no role does: logical id and resource.
pub(super) fn permissions(api: &str, auth: &Json) -> Vec<(String, Json)> {
    let authorizers = auth.get("Authorizers").and_then(Json::as_object);
    let mut permissions = Vec::new();
    for (name, it) in authorizers.into_iter().flatten() {
        let (Some(arn), None) = (it.get("FunctionArn"), it.get("FunctionInvokeRole")) else {
            continue;
        };
        let resource = json!({
            "Type": "AWS::Lambda::Permission",
            "Properties": {
                "Action": "lambda:InvokeFunction",
                "FunctionName": arn,
                "Principal": "apigateway.amazonaws.com",
                "SourceArn": { "Fn::Sub": [
                    "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/authorizers/*",
                    { "__ApiId__": { "Ref": api } },
                ] },
            },
        });
        permissions.push((format!("{api}{name}AuthorizerPermission"), resource));
    }
    permissions
}
