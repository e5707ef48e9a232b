//! What SAM asks of the events that are routes, and of the authorizers and models that they name.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-api.html>

use serde_json::{Value as Json, json};

use super::super::super::error::TemplateError;
use super::super::super::node::Node;
use super::super::api::{ApiEvent, Kind};
use super::super::refusals::of_event;
use super::{should_be, truth};

/// Refuses the properties of an event that has no path or method, or names its API by more than a reference; they are
/// those that the author wrote.
pub(in super::super) fn shape(kind: Kind, properties: &Json) -> Result<(), String> {
    let Some(given) = properties.as_object() else {
        return Err("Properties should be a map.".to_owned());
    };
    let member = |name: &str| given.get(name).filter(|it| !it.is_null());
    let (path, method) = (member("Path"), member("Method"));
    let is_default = kind == Kind::Http && !truth(path) && !truth(method);
    if !is_default {
        for (name, value) in [("Path", path), ("Method", method)] {
            if value.is_none() {
                return Err(format!("Property '{name}' is required."));
            }
        }
    }
    let reference = member(kind.reference());
    let id = reference.map(|it| it.get("Ref").unwrap_or(it));
    for (name, value) in [(kind.reference(), id), ("Path", path), ("Method", method)] {
        if value.is_some_and(|it| !it.is_string()) {
            return Err(should_be(name, super::Kind::String));
        }
    }
    if kind == Kind::Http
        && let Some(settings) = given.get("RouteSettings")
        && !settings.is_object()
    {
        return Err(should_be("RouteSettings", super::Kind::Map));
    }
    Ok(())
}

/// Refuses what a route asks of an API that does not have it.
pub(in super::super) fn check(
    event: &ApiEvent,
    kind: Kind,
    api: &Node,
) -> Result<(), TemplateError> {
    let auth = api.get("Auth").map_or(Json::Null, Node::to_json);
    let own = event.property("Auth").cloned().unwrap_or_default();
    let checked = match kind {
        Kind::Rest => of_rest(event, &auth, &own)
            .and_then(|()| request_model(event, api.get("Models")))
            .and_then(|()| request_parameters(event)),
        Kind::Http => of_http(event, &auth, &own),
    };
    checked.map_err(|message| {
        let message = of_event(event.name(), &message);
        TemplateError::at(event.line(), message)
    })
}

/// The refusal of a route that another event has taken.
pub(in super::super) fn taken(event: &ApiEvent) -> TemplateError {
    let (path, method) = (event.path(), event.written_method());
    let message = format!("API method \"{method}\" defined multiple times for path \"{path}\".");
    let message = match event.kind() {
        Kind::Rest => message,
        Kind::Http => message.replace('"', "'"),
    };
    TemplateError::at(event.line(), of_event(event.name(), &message))
}

fn of_rest(event: &ApiEvent, auth: &Json, own: &Json) -> Result<(), String> {
    if !own.is_null() && !own.is_object() {
        return Err(should_be("Auth", super::Kind::Map));
    }
    let wanted = own.get("Authorizer").filter(|it| truth(Some(it)));
    if let Some(wanted) = wanted.filter(|it| *it != "AWS_IAM") {
        authorizer(event, auth, wanted)?;
    }
    if let Some(scopes) = own.get("AuthorizationScopes").filter(|it| truth(Some(it))) {
        if !scopes.is_array() {
            return Err(should_be("Auth.AuthorizationScopes", super::Kind::List));
        }
        if wanted.is_none() {
            return Err("AuthorizationScopes works only when Authorizer is set".to_owned());
        }
    }
    if own.get("ApiKeyRequired") == Some(&json!(false)) && !truth(auth.get("ApiKeyRequired")) {
        return Err(format!(
            "Unable to set ApiKeyRequired [False] on API method [{}] for path [{}] because the related API does not specify any ApiKeyRequired.",
            event.written_method(),
            event.path()
        ));
    }
    match own.get("ResourcePolicy") {
        Some(policy) if truth(Some(policy)) && !policy.is_object() => {
            Err(should_be("Auth.ResourcePolicy", super::Kind::Map))
        }
        _ => Ok(()),
    }
}

fn of_http(event: &ApiEvent, auth: &Json, own: &Json) -> Result<(), String> {
    if !truth(Some(own)) {
        return Ok(());
    }
    let by_default = auth.get("DefaultAuthorizer").filter(|it| truth(Some(it)));
    let wanted = own.get("Authorizer").filter(|it| truth(Some(it)));
    let Some(wanted) = wanted.or(by_default) else {
        return Err("'Auth' section requires either an explicit 'Authorizer' set or a 'DefaultAuthorizer' configured on the HttpApi.".to_owned());
    };
    let is_iam = wanted == "AWS_IAM" && auth.get("EnableIamAuthorizer") == Some(&json!(true));
    if !is_iam {
        authorizer(event, auth, wanted)?;
    }
    let scopes = own.get("AuthorizationScopes");
    if truth(scopes) && !scopes.is_some_and(Json::is_array) {
        return Err(format!(
            "Unable to set Authorizer on API method [{}] for path [{}] because 'AuthorizationScopes' must be a list of strings.",
            event.written_method(),
            event.path()
        ));
    }
    Ok(())
}

/// The authorizer that a route names is one of its API.
fn authorizer(event: &ApiEvent, auth: &Json, wanted: &Json) -> Result<(), String> {
    let route = format!(
        "on API method [{}] for path [{}]",
        event.written_method(),
        event.path()
    );
    if wanted == "NONE" {
        if truth(auth.get("DefaultAuthorizer")) {
            return Ok(());
        }
        return Err(format!(
            "Unable to set Authorizer {route} because 'NONE' is only a valid value when a DefaultAuthorizer on the API is specified."
        ));
    }
    let unable = format!("Unable to set Authorizer [{}] {route}", python(wanted));
    let known = auth.get("Authorizers").filter(|it| truth(Some(it)));
    let Some(known) = known else {
        return Err(format!(
            "{unable} because the related API does not define any Authorizers."
        ));
    };
    let (Some(name), Some(known)) = (wanted.as_str(), known.as_object()) else {
        return Err(format!(
            "{unable}. The method authorizer must be a string with a corresponding dict entry in the api authorizer."
        ));
    };
    if truth(known.get(name)) {
        return Ok(());
    }
    Err(format!(
        "{unable} because it wasn't defined in the API's Authorizers."
    ))
}

fn request_model(event: &ApiEvent, models: Option<&Node>) -> Result<(), String> {
    let Some(wanted) = event.property("RequestModel").filter(|it| truth(Some(it))) else {
        return Ok(());
    };
    if !wanted.is_object() {
        return Err(should_be("RequestModel", super::Kind::Map));
    }
    let Some(model) = wanted.get("Model").filter(|it| truth(Some(it))) else {
        return Ok(());
    };
    let route = format!(
        "RequestModel [{}] on API method [{}] for path [{}]",
        python(model),
        event.written_method(),
        event.path()
    );
    let models = models.map_or(Json::Null, Node::to_json);
    let lack = match (&models, model.as_str()) {
        (models, _) if !truth(Some(models)) => {
            "because the related API does not define any Models."
        }
        (Json::Object(models), Some(name)) if truth(models.get(name)) => "",
        (Json::Object(_), Some(_)) => "because it wasn't defined in the API's Models.",
        (Json::Object(_), None) => "because the related API does not contain valid Models.",
        _ => "because the related API Models defined is of invalid type.",
    };
    if !lack.is_empty() {
        return Err(format!("Unable to set {route} {lack}"));
    }
    let is_flag = |name: &str| {
        wanted
            .get(name)
            .is_none_or(|it| it.is_boolean() || it.is_null())
    };
    if ["ValidateBody", "ValidateParameters"]
        .into_iter()
        .all(is_flag)
    {
        return Ok(());
    }
    Err(format!(
        "Unable to set Validator to {route} ValidateBody and ValidateParameters must be a boolean type, strings or intrinsics are not supported."
    ))
}

fn request_parameters(event: &ApiEvent) -> Result<(), String> {
    let given = event.property("RequestParameters").and_then(Json::as_array);
    for parameter in given.into_iter().flatten() {
        let (name, settings) = match parameter {
            Json::String(name) => (name, None),
            Json::Object(map) => match map.iter().next() {
                Some((name, settings)) => (name, Some(settings)),
                None => continue,
            },
            _ => {
                return Err("Invalid value for 'RequestParameters' property. Property must be either a string or an object".to_owned());
            }
        };
        let place = name.strip_prefix("method.request.");
        let place = place.and_then(|rest| rest.split_once('.'));
        if !place.is_some_and(|(place, _)| ["querystring", "path", "header"].contains(&place)) {
            return Err("Invalid value for 'RequestParameters' property. Keys must be in the format 'method.request.[querystring|path|header].{value}', e.g 'method.request.header.Authorization'.".to_owned());
        }
        let is_known = |key: &String| key == "Required" || key == "Caching";
        let is_fine = |it: &Json| it.as_object().is_some_and(|it| it.keys().all(is_known));
        if settings.is_some_and(|it| !is_fine(it)) {
            return Err("Invalid value for 'RequestParameters' property. Values must be an object, e.g { Required: true, Caching: false }".to_owned());
        }
    }
    Ok(())
}

/// A value in the notation of the language that the translator is written in.
fn python(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        nested => inner(nested),
    }
}

fn inner(value: &Json) -> String {
    match value {
        Json::Null => "None".to_owned(),
        Json::Bool(true) => "True".to_owned(),
        Json::Bool(false) => "False".to_owned(),
        Json::Number(number) => number.to_string(),
        Json::String(text) => format!("'{text}'"),
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(inner).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(map) => {
            let entries = map
                .iter()
                .map(|(key, it)| format!("'{key}': {}", inner(it)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}
