//! Models of REST APIs refer to each other by addresses
//! (`https://apigateway.amazonaws.com/restapis/{id}/models/{name}`): each is compiled with all that it refers to among its
//! definitions.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html>

use std::collections::BTreeMap;

use landline_api::apigateway::Model;
use serde_json::{Map, Value, json};

use crate::state::Stored;

/// The schema of a model, in which nothing leads to another one.
pub(super) fn linked(name: &str, models: &BTreeMap<String, Stored<Model>>) -> String {
    let text = |name: &str| models.get(name).and_then(|Stored(it)| it.schema.clone());
    let own = text(name).unwrap_or_default();
    if !own.contains("/models/") {
        return own;
    }
    let Ok(mut schema) = serde_json::from_str::<Value>(&own) else {
        return own;
    };
    let mut wanted = Vec::new();
    relink(&mut schema, "#", &mut wanted);
    let mut found = Map::new();
    while let Some(name) = wanted.pop() {
        if found.contains_key(&name) {
            continue;
        }
        let parsed = text(&name).and_then(|it| serde_json::from_str::<Value>(&it).ok());
        // One that is not there is a reference that leads nowhere, which the compiler refuses.
        let Some(mut other) = parsed else { continue };
        relink(
            &mut other,
            &format!("#/{LINKED}/{}", escaped(&name)),
            &mut wanted,
        );
        found.insert(name, other);
    }
    if let Some(schema) = schema.as_object_mut() {
        let definitions = schema.entry(LINKED).or_insert_with(|| json!({}));
        if let Some(definitions) = definitions.as_object_mut() {
            definitions.extend(found);
        }
    }
    schema.to_string()
}

const LINKED: &str = "definitions";

/// Lets references to models lead into the definitions, and those to `#` to the place where the schema will lie.
fn relink(value: &mut Value, place: &str, wanted: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get_mut("$ref") {
                if let Some(name) = model_of(reference) {
                    let name = name.to_owned();
                    *reference = format!("#/{LINKED}/{}", escaped(&name));
                    wanted.push(name);
                } else if let Some(own) = reference.strip_prefix('#') {
                    *reference = format!("{place}{own}");
                }
            }
            fields.values_mut().for_each(|it| relink(it, place, wanted));
        }
        Value::Array(items) => items.iter_mut().for_each(|it| relink(it, place, wanted)),
        _ => {}
    }
}

/// The model that an address names.
fn model_of(reference: &str) -> Option<&str> {
    let rest = reference.strip_prefix("https://apigateway.")?;
    let (_, path) = rest.split_once("/restapis/")?;
    let (_, name) = path.split_once("/models/")?;
    (!name.is_empty() && !name.contains('/')).then_some(name)
}

/// A name as a step of a JSON pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::validation::Validator;

    fn models(schemas: &[(&str, Value)]) -> BTreeMap<String, Stored<Model>> {
        let models = schemas.iter().map(|(name, schema)| {
            let model = Model {
                name: Some((*name).to_owned()),
                schema: Some(schema.to_string()),
                ..Model::default()
            };
            ((*name).to_owned(), Stored(model))
        });
        models.collect()
    }

    fn address(name: &str) -> Value {
        json!({ "$ref": format!("https://apigateway.amazonaws.com/restapis/a1/models/{name}") })
    }

    #[test]
    fn a_model_is_checked_with_the_models_that_it_refers_to() {
        let models = models(&[
            (
                "Order",
                json!({ "properties": { "items": { "type": "array", "items": address("Item") } } }),
            ),
            (
                "Item",
                json!({
                    "required": ["price"],
                    "properties": { "price": { "$ref": "#/definitions/money" } },
                    "definitions": { "money": { "properties": { "of": address("Currency") } } },
                }),
            ),
            ("Currency", json!({ "enum": ["EUR"] })),
        ]);
        let validator = Validator::compile(&linked("Order", &models)).unwrap();
        let is_valid = |text: &str| validator.validate(text).is_ok();
        assert!(is_valid(r#"{"items": [{"price": {"of": "EUR"}}]}"#));
        assert!(!is_valid(r#"{"items": [{}]}"#));
        assert!(!is_valid(r#"{"items": [{"price": {"of": "XXX"}}]}"#));
    }

    #[test]
    fn models_that_refer_to_each_other_come_to_an_end() {
        let models = models(&[
            ("Node", json!({ "properties": { "next": address("Next") } })),
            (
                "Next",
                json!({ "properties": { "node": address("Node"), "n": { "type": "integer" } } }),
            ),
        ]);
        let validator = Validator::compile(&linked("Node", &models)).unwrap();
        assert!(
            validator
                .validate(r#"{"next": {"node": {"next": {"n": 1}}}}"#)
                .is_ok()
        );
        assert!(
            validator
                .validate(r#"{"next": {"node": {"next": {"n": "x"}}}}"#)
                .is_err()
        );
    }

    #[test]
    fn a_model_that_is_not_there_makes_no_validator() {
        let models = models(&[("Order", address("Nothing"))]);
        assert!(Validator::compile(&linked("Order", &models)).is_err());
    }
}
