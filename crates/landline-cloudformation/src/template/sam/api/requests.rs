//! What a route of a REST API asks of requests (`RequestModel`, `RequestParameters`), and the models of the API.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-requestmodel.html>

use serde_json::{Map as JsonMap, Value as Json, json};

use super::{ApiEvent, object};

/// The models of an API, by their names in lower case.
pub(super) fn add_models(body: &mut JsonMap<String, Json>, models: &Json) {
    let models = models.as_object().into_iter().flatten();
    for (name, schema) in models {
        object(body, "definitions").insert(name.to_lowercase(), schema.clone());
    }
}

/// Adds what an event demands to its operation, and the validator for that to the definition.
pub(super) fn add_demands(
    event: &ApiEvent,
    body: &mut JsonMap<String, Json>,
    operation: &mut Json,
) {
    let mut parameters = Vec::new();
    let model = event.properties.get("RequestModel");
    if let Some(name) = model.and_then(|it| it.get("Model")).and_then(Json::as_str) {
        let name = name.to_lowercase();
        let mut parameter = json!({
            "in": "body", "name": name, "schema": { "$ref": format!("#/definitions/{name}") },
        });
        if let Some(required) = model.and_then(|it| it.get("Required")) {
            parameter["required"] = required.clone();
        }
        parameters.push(parameter);
        validate(model, body, operation);
    }
    let given = event.properties.get("RequestParameters");
    for given in given.and_then(Json::as_array).into_iter().flatten() {
        let (name, settings) = match given {
            Json::Object(map) => match map.iter().next() {
                Some((name, settings)) => (name.as_str(), settings.clone()),
                None => continue,
            },
            other => (other.as_str().unwrap_or_default(), json!({})),
        };
        let place = name.trim_start_matches("method.request.");
        let Some((place, key)) = place.split_once('.') else {
            continue;
        };
        let place = if place == "querystring" {
            "query"
        } else {
            place
        };
        let is_set = |setting: &str| settings.get(setting) == Some(&json!(true));
        parameters.push(json!({
            "in": place, "name": key, "required": is_set("Required"), "type": "string",
        }));
        if is_set("Caching") {
            let keys = &mut operation["x-amazon-apigateway-integration"]["cacheKeyParameters"];
            match keys.as_array_mut() {
                Some(keys) => keys.push(json!(name)),
                None => *keys = json!([name]),
            }
        }
    }
    if !parameters.is_empty() {
        operation["parameters"] = Json::Array(parameters);
    }
}

fn validate(model: Option<&Json>, body: &mut JsonMap<String, Json>, operation: &mut Json) {
    let setting = |name: &str| model.and_then(|it| it.get(name));
    let (of_body, of_parameters) = (setting("ValidateBody"), setting("ValidateParameters"));
    if of_body.is_none() && of_parameters.is_none() {
        return;
    }
    let [of_body, of_parameters] = [of_body, of_parameters].map(|it| it == Some(&json!(true)));
    let name = match (of_body, of_parameters) {
        (true, true) => "body-and-params",
        (true, false) => "body-only",
        (false, true) => "params-only",
        (false, false) => "no-validation",
    };
    let validator =
        json!({ "validateRequestBody": of_body, "validateRequestParameters": of_parameters });
    object(body, "x-amazon-apigateway-request-validators")
        .entry(name)
        .or_insert(validator);
    operation["x-amazon-apigateway-request-validator"] = json!(name);
}
