//! What SAM asks of `AWS::Serverless::Api` and `AWS::Serverless::HttpApi`: definitions that lie elsewhere cannot be added
//! to, authorizers are whole, headers for browsers make sense.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-api.html>

use serde_json::Value as Json;

use super::super::super::error::TemplateError;
use super::super::super::node::Node;
use super::super::Source;
use super::super::api::Kind;
use super::{Kind as Type, expect, expect_map, should_be, truth};

type Checked = Result<(), TemplateError>;

/// Refuses what cannot become an API.
pub(in super::super) fn check(source: &Source<'_>, kind: Kind) -> Checked {
    let refuse = |node: &Node, message: &str| Err(TemplateError::at(node.line, message));
    if let Some(name) = source
        .property("StageName")
        .filter(|it| it.as_str() == Some(""))
    {
        return refuse(name, "StageName cannot be empty.");
    }
    let uri = source.property("DefinitionUri");
    if let (Some(uri), Some(_)) = (uri, source.property("DefinitionBody")) {
        let message = "Specify either 'DefinitionUri' or 'DefinitionBody' property and not both.";
        return refuse(uri, message);
    }
    if let Some(merges) = source
        .property("MergeDefinitions")
        .filter(|_| uri.is_some())
    {
        let message = "Cannot set 'MergeDefinitions' to True when using `DefinitionUri`.";
        return refuse(merges, message);
    }
    if let Some(version) = source.property("OpenApiVersion")
        && version.scalar_text().is_some_and(|it| !is_version(&it))
    {
        let message = "The OpenApiVersion value must be of the format '3.0.0'.";
        return refuse(version, message);
    }
    for (name, of_rest, of_http) in INLINE {
        let ending = match kind {
            Kind::Rest => of_rest,
            Kind::Http => of_http,
        };
        if let Some(node) = source.property(name).filter(|_| uri.is_some())
            && !ending.is_empty()
        {
            return refuse(node, &format!("{name} works only {ending}"));
        }
    }
    match kind {
        Kind::Rest => {
            cors(source)?;
            gateway_responses(source)?;
        }
        Kind::Http => http_cors(source)?,
    }
    match source.property("Auth") {
        Some(auth) => check_auth(auth, kind),
        None => Ok(()),
    }
}

/// Properties that change the definition, which must be here for that: how the refusal of each ends for a REST API and
/// for an HTTP API.
const INLINE: [(&str, &str, &str); 6] = [
    ("Cors", SWAGGER, ""),
    ("Auth", SWAGGER, OPEN_API),
    ("GatewayResponses", SWAGGER, ""),
    ("Models", SWAGGER, ""),
    ("Tags", "", OPEN_API),
    ("DisableExecuteApiEndpoint", BODY, BODY),
];
const SWAGGER: &str = "with inline Swagger specified in 'DefinitionBody' property.";
const OPEN_API: &str = "with inline OpenApi specified in the 'DefinitionBody' property.";
const BODY: &str = "within 'DefinitionBody' property.";

/// `3.0.1`, and `2.0` of old
fn is_version(text: &str) -> bool {
    let mut parts = text.split('.');
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
    let is_known = matches!(parts.next(), Some("2" | "3"));
    is_known && (1..=2).contains(&parts.clone().count()) && parts.all(is_number)
}

fn cors(source: &Source<'_>) -> Checked {
    let Some(node) = source
        .property("Cors")
        .filter(|it| it.as_function().is_none())
    else {
        return Ok(());
    };
    if node.as_str() == Some("") {
        let id = source.id;
        let message = format!(
            "Resource with id [{id}] is invalid. Structure of the SAM template is invalid. Invalid input. Value for AllowedOrigins is required"
        );
        return Err(TemplateError::at(node.line, message));
    }
    let Some(map) = node.as_map() else {
        return Ok(());
    };
    let known = [
        "AllowMethods",
        "AllowHeaders",
        "AllowOrigin",
        "MaxAge",
        "AllowCredentials",
    ];
    if let Some(wrong) = map
        .iter()
        .find(|entry| !known.contains(&entry.key.as_str()))
    {
        let message = format!("Invalid key '{}' for 'Cors' property.", wrong.key);
        return Err(TemplateError::at(wrong.line, message));
    }
    let allows = map.get("AllowCredentials").map(Node::to_json) == Some(Json::Bool(true));
    let origin = map.get("AllowOrigin").map_or(Some("*"), Node::as_str);
    if allows && matches!(origin, Some("*" | "'*'")) {
        let message = "Unable to add Cors configuration because 'AllowCredentials' can not be true when 'AllowOrigin' is \"'*'\" or not set";
        return Err(TemplateError::at(node.line, message));
    }
    Ok(())
}

fn http_cors(source: &Source<'_>) -> Checked {
    let given = source.property("CorsConfiguration");
    let Some(node) = given.filter(|it| it.as_function().is_none()) else {
        return Ok(());
    };
    if source.property("DefinitionUri").is_some() {
        let message = "Cors works only with inline OpenApi specified in 'DefinitionBody' property.";
        return Err(TemplateError::at(node.line, message));
    }
    let known = [
        "AllowMethods",
        "AllowHeaders",
        "AllowOrigins",
        "MaxAge",
        "ExposeHeaders",
        "AllowCredentials",
    ];
    let mut entries = node.as_map().into_iter().flatten();
    match entries.find(|entry| !known.contains(&entry.key.as_str())) {
        Some(wrong) => {
            let message = format!("Invalid key '{}' for 'Cors' property.", wrong.key);
            Err(TemplateError::at(wrong.line, message))
        }
        None => Ok(()),
    }
}

fn gateway_responses(source: &Source<'_>) -> Checked {
    let responses = source.property("GatewayResponses").and_then(Node::as_map);
    for response in responses.into_iter().flatten() {
        let refuse = |message: String| Err(TemplateError::at(response.line, message));
        if response.node.as_function().is_some() {
            return refuse("Unable to set GatewayResponses attribute because intrinsic functions are not supported for this field.".to_owned());
        }
        let path = format!("GatewayResponses.{}", response.key);
        let given = expect_map(&response.node, &path)?;
        for entry in given {
            if !["ResponseParameters", "ResponseTemplates", "StatusCode"].contains(&&*entry.key) {
                return refuse(format!(
                    "Invalid property '{}' in 'GatewayResponses' property '{}'.",
                    entry.key, response.key
                ));
            }
        }
        if let Some(parameters) = given.get("ResponseParameters").filter(|it| !it.is_null()) {
            let map = expect_map(parameters, &format!("{path}.ResponseParameters"))?;
            for entry in map {
                if !["Headers", "Paths", "QueryStrings"].contains(&&*entry.key) {
                    return refuse(format!(
                        "Invalid gateway response parameter '{}'",
                        entry.key
                    ));
                }
                expect(
                    &entry.node,
                    &format!("ResponseParameters.{}", entry.key),
                    Type::Map,
                )?;
            }
        }
        let status = given.get("StatusCode").and_then(Node::scalar_text);
        let is_status =
            |it: &str| (1..=3).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit());
        if status.is_some_and(|it| !is_status(&it)) {
            return refuse("Property 'StatusCode' must be numeric".to_owned());
        }
    }
    Ok(())
}

fn check_auth(auth: &Node, kind: Kind) -> Checked {
    let known: &[&str] = match kind {
        Kind::Rest => &REST_AUTH,
        Kind::Http => &["Authorizers", "DefaultAuthorizer", "EnableIamAuthorizer"],
    };
    for entry in expect_map(auth, "Auth")? {
        if !known.contains(&entry.key.as_str()) {
            let message = "Invalid value for 'Auth' property";
            return Err(TemplateError::at(entry.line, message));
        }
    }
    let authorizers = auth.get("Authorizers").filter(|it| !it.is_null());
    if let Some(authorizers) = authorizers {
        for entry in expect_map(authorizers, "Auth.Authorizers")? {
            expect(
                &entry.node,
                &format!("Auth.Authorizers.{}", entry.key),
                Type::Map,
            )?;
            let authorizer = entry.node.to_json();
            let checked = match kind {
                Kind::Rest => of_rest(&entry.key, &authorizer),
                Kind::Http => of_http(&entry.key, &authorizer),
            };
            checked.map_err(|message| TemplateError::at(entry.line, message))?;
        }
    }
    let Some(default) = auth.get("DefaultAuthorizer").filter(|it| !it.is_null()) else {
        return Ok(());
    };
    let Some(name) = default.as_str() else {
        let message = match kind {
            _ if default.as_function().is_some_and(|(name, _)| name == "Ref") => return Ok(()),
            Kind::Rest => "DefaultAuthorizer is not a string.".to_owned(),
            Kind::Http => should_be("Auth.DefaultAuthorizer", Type::String),
        };
        return Err(TemplateError::at(default.line, message));
    };
    let is_known = authorizers.is_some_and(|it| it.get(name).is_some());
    if is_known || name == "AWS_IAM" || name.is_empty() {
        return Ok(());
    }
    let message = format!(
        "Unable to set DefaultAuthorizer because '{name}' was not defined in 'Authorizers'."
    );
    Err(TemplateError::at(default.line, message))
}

const REST_AUTH: [&str; 8] = [
    "Authorizers",
    "DefaultAuthorizer",
    "InvokeRole",
    "AddDefaultAuthorizerToCorsPreflight",
    "AddApiKeyRequiredToCorsPreflight",
    "ApiKeyRequired",
    "ResourcePolicy",
    "UsagePlan",
];

fn of_rest(name: &str, authorizer: &Json) -> Result<(), String> {
    let member = |key: &str| authorizer.get(key).filter(|it| !it.is_null());
    let payload = member("FunctionPayloadType");
    if payload.is_some_and(|it| it != "REQUEST" && it != "TOKEN" && !it.is_object()) {
        let payload = payload.and_then(Json::as_str).unwrap_or_default();
        return Err(format!(
            "{name} Authorizer has invalid 'FunctionPayloadType': {payload}."
        ));
    }
    let identity = member("Identity").filter(|it| truth(Some(it)));
    if payload.is_some_and(|it| it == "REQUEST") {
        request_identity(name, identity)?;
    }
    if member("AuthorizationScopes").is_some_and(|it| !it.is_array()) {
        let path = format!("Authorizers.{name}.AuthorizationScopes");
        return Err(should_be(&path, Type::List));
    }
    if member("DisableFunctionDefaultPermissions").is_some_and(|it| !it.is_boolean()) {
        let path = format!("Authorizers.{name}.DisableFunctionDefaultPermissions");
        return Err(should_be(&path, Type::Boolean));
    }
    if identity.is_some_and(|it| !it.is_object()) {
        return Err("Auth.Authorizers.<Authorizer>.Identity must be a dict (LambdaTokenAuthorizationIdentity, LambdaRequestAuthorizationIdentity or CognitoAuthorizationIdentity).".to_owned());
    }
    Ok(())
}

/// What a function is asked with has to be named, unless nothing is remembered.
fn request_identity(name: &str, identity: Option<&Json>) -> Result<(), String> {
    if identity.is_some_and(|it| !it.is_object()) {
        let path = format!("Authorizer.{name}.Identity");
        return Err(should_be(&path, Type::Map));
    }
    let member = |key: &str| identity.and_then(|it| it.get(key));
    let sources = ["Headers", "QueryStrings", "StageVariables", "Context"];
    let ttl = member("ReauthorizeEvery");
    let is_forgotten = ttl.is_some_and(|it| it == 0 || it == "0" || it.is_object());
    if !is_forgotten && sources.iter().all(|it| !truth(member(it))) {
        return Err(format!(
            "{name} Authorizer must specify Identity with at least one of Headers, QueryStrings, StageVariables, or Context."
        ));
    }
    for source in sources {
        let path = format!("Auth.Authorizers.{name}.Identity.{source}");
        let Some(given) = member(source).filter(|it| truth(Some(it))) else {
            continue;
        };
        let Some(items) = given.as_array() else {
            return Err(should_be(&path, Type::List));
        };
        if let Some(index) = items.iter().position(|it| !it.is_string()) {
            return Err(should_be(&format!("{path}[{index}]"), Type::String));
        }
    }
    Ok(())
}

fn of_http(name: &str, authorizer: &Json) -> Result<(), String> {
    let member = |key: &str| authorizer.get(key).filter(|it| !it.is_null());
    if member("OpenIdConnectUrl").is_some() {
        return Err(format!(
            "'OpenIdConnectUrl' is no longer a supported property for authorizer '{name}'. Please refer to the AWS SAM documentation."
        ));
    }
    let jwt = member("JwtConfiguration").filter(|it| truth(Some(it)));
    if jwt.is_some_and(|it| !it.is_object()) {
        return Err(should_be("JwtConfiguration", Type::Map));
    }
    if member("AuthorizationScopes").is_some_and(|it| !it.is_array()) {
        return Err("AuthorizationScopes must be a list.".to_owned());
    }
    let (foreign, owner): (&[&str], &str) = match jwt {
        Some(_) => (&LAMBDA_ONLY, "Lambda Authorizer"),
        None => (&["AuthorizationScopes"], "OAuth2 Authorizer"),
    };
    if let Some(wrong) = foreign.iter().find(|it| member(it).is_some()) {
        return Err(format!("{wrong} is only supported for {owner}."));
    }
    if jwt.is_some() {
        return match member("IdentitySource") {
            Some(source) if truth(Some(source)) => Ok(()),
            _ => Err(format!(
                "{name} OAuth2 Authorizer must define 'IdentitySource'."
            )),
        };
    }
    if member("IdentitySource").is_some() {
        return Err("IdentitySource is only supported for OAuth2 Authorizer. For Lambda Authorizer, use the 'Identity' property instead.".to_owned());
    }
    for needed in ["FunctionArn", "AuthorizerPayloadFormatVersion"] {
        if !truth(member(needed)) {
            return Err(format!("{name} Lambda Authorizer must define '{needed}'."));
        }
    }
    if member("EnableFunctionDefaultPermissions").is_some_and(|it| !it.is_boolean()) {
        let path = format!("Authorizers.{name}.EnableFunctionDefaultPermissions");
        return Err(should_be(&path, Type::Boolean));
    }
    Ok(())
}

const LAMBDA_ONLY: [&str; 6] = [
    "FunctionArn",
    "FunctionInvokeRole",
    "Identity",
    "AuthorizerPayloadFormatVersion",
    "EnableSimpleResponses",
    "EnableFunctionDefaultPermissions",
];
