//! The tags of a stack, for the resources that take tags.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

/// Adds tags to resolved properties, unless the template gives the resource others of the same key. Most types have a
/// list of keys and values, some a map.
pub fn add_tags(properties: &mut Json, tags: &BTreeMap<String, String>, resource_type: &str) {
    let Some(fields) = properties.as_object_mut().filter(|_| !tags.is_empty()) else {
        return;
    };
    let nothing = if has_tag_map(resource_type) {
        Json::Object(Map::new())
    } else {
        Json::Array(Vec::new())
    };
    match fields.entry("Tags").or_insert(nothing) {
        Json::Object(own) => {
            for (key, value) in tags {
                own.entry(key).or_insert_with(|| Json::from(value.as_str()));
            }
        }
        Json::Array(own) => {
            let known: Vec<Json> = own.iter().map(|tag| tag["Key"].clone()).collect();
            let new = tags
                .iter()
                .filter(|(key, _)| !known.contains(&Json::from(key.as_str())));
            own.extend(new.map(|(key, value)| json!({"Key": key, "Value": value})));
        }
        // What is only known later may hold anything.
        _ => {}
    }
}

fn has_tag_map(resource_type: &str) -> bool {
    resource_type.starts_with("AWS::ApiGatewayV2::") || resource_type == "AWS::SSM::Parameter"
}
