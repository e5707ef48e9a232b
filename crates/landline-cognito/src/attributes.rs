//! What users may have: the standard attributes, a pool's own, and what values they take (pure).
//! <https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html>

use std::collections::BTreeMap;

use landline_api::cognito_idp as api;
use landline_api::cognito_idp::AttributeDataType as Type;
use landline_wire::ServiceError;

use crate::errors::{invalid, no_schema};
use crate::quotas::{ATTRIBUTE_MAX, CUSTOM_ATTRIBUTES_MAX};

/// What a pool knows of its attributes.
pub(crate) type Schema = [api::SchemaAttributeType];

/// The standard attributes that are text of up to 2,048 characters, with what differs below.
const STANDARD: [&str; 20] = [
    "sub",
    "name",
    "given_name",
    "family_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
    "website",
    "email",
    "email_verified",
    "gender",
    "birthdate",
    "zoneinfo",
    "locale",
    "phone_number",
    "phone_number_verified",
    "address",
    "updated_at",
];

fn standard(name: &str) -> api::SchemaAttributeType {
    let kind = match name {
        "email_verified" | "phone_number_verified" => Type::Boolean,
        "updated_at" => Type::Number,
        _ => Type::String,
    };
    let (least, most) = match name {
        "sub" => ("1", "2048"),
        "birthdate" => ("10", "10"),
        _ => ("0", "2048"),
    };
    api::SchemaAttributeType {
        name: Some(name.to_owned()),
        developer_only_attribute: Some(false),
        mutable: Some(name != "sub"),
        required: Some(name == "sub"),
        string_attribute_constraints: (kind == Type::String).then(|| {
            api::StringAttributeConstraintsType {
                min_length: Some(least.to_owned()),
                max_length: Some(most.to_owned()),
            }
        }),
        number_attribute_constraints: (kind == Type::Number).then(|| {
            api::NumberAttributeConstraintsType {
                min_value: Some("0".to_owned()),
                max_value: None,
            }
        }),
        attribute_data_type: Some(kind),
    }
}

/// The attributes of a new pool: the standard ones, changed by what its owner says, and the owner's.
pub(crate) fn schema_of(
    given: Vec<api::SchemaAttributeType>,
) -> Result<Vec<api::SchemaAttributeType>, ServiceError> {
    let mut schema: Vec<_> = STANDARD.iter().map(|name| standard(name)).collect();
    for attribute in given {
        let Some(name) = attribute.name.as_deref() else {
            return Err(invalid("The schema attribute has no name."));
        };
        let known = schema
            .iter_mut()
            .find(|known| known.name.as_deref() == Some(name));
        match known {
            Some(known) => adapt(known, attribute),
            None => add_custom(&mut schema, attribute)?,
        }
    }
    Ok(schema)
}

/// A standard attribute that the owner wants to be otherwise.
fn adapt(known: &mut api::SchemaAttributeType, given: api::SchemaAttributeType) {
    known.mutable = given.mutable.or(known.mutable);
    known.required = given.required.or(known.required);
    let constraints = given.string_attribute_constraints;
    if let Some(constraints) = constraints.filter(|_| known.string_attribute_constraints.is_some())
    {
        known.string_attribute_constraints = Some(constraints);
    }
}

/// Adds an attribute of the pool's own, whose name gets the prefix that tells it apart.
pub(crate) fn add_custom(
    schema: &mut Vec<api::SchemaAttributeType>,
    mut attribute: api::SchemaAttributeType,
) -> Result<(), ServiceError> {
    let given = attribute.name.unwrap_or_default();
    if attribute.required == Some(true) {
        return Err(invalid(
            "Required custom attributes are not supported currently.",
        ));
    }
    let is_developers = attribute.developer_only_attribute == Some(true);
    let bare = given
        .strip_prefix("custom:")
        .or_else(|| given.strip_prefix("dev:custom:"))
        .unwrap_or(&given);
    let name = if is_developers {
        format!("dev:custom:{bare}")
    } else {
        format!("custom:{bare}")
    };
    if find(schema, &name).is_some() {
        let text = format!("{name}: Existing attribute already has name {name}.");
        return Err(invalid(text));
    }
    if schema.len() >= STANDARD.len() + CUSTOM_ATTRIBUTES_MAX {
        return Err(invalid(format!(
            "Too many custom attributes: there may be {CUSTOM_ATTRIBUTES_MAX}."
        )));
    }
    let kind = attribute.attribute_data_type.get_or_insert(Type::String);
    match kind {
        Type::String => {
            let empty = attribute.string_attribute_constraints;
            attribute.string_attribute_constraints = Some(empty.unwrap_or_default());
        }
        Type::Number => {
            let empty = attribute.number_attribute_constraints;
            attribute.number_attribute_constraints = Some(empty.unwrap_or_default());
        }
        _ => {}
    }
    attribute.name = Some(name);
    attribute.developer_only_attribute = Some(is_developers);
    attribute.mutable = Some(attribute.mutable.unwrap_or(true));
    attribute.required = Some(false);
    schema.push(attribute);
    Ok(())
}

fn find<'a>(schema: &'a Schema, name: &str) -> Option<&'a api::SchemaAttributeType> {
    schema.iter().find(|it| it.name.as_deref() == Some(name))
}

/// Which values an attribute may be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// To somebody new.
    First,
    /// To somebody who is there: what cannot be changed stays.
    Later,
}

/// Attributes as the API gives them, checked, by their names.
pub(crate) fn check(
    schema: &Schema,
    given: Vec<api::AttributeType>,
    change: Change,
) -> Result<BTreeMap<String, String>, ServiceError> {
    let mut values = BTreeMap::new();
    for api::AttributeType { name, value } in given {
        let value = value.unwrap_or_default();
        let Some(known) = find(schema, &name) else {
            return Err(no_schema(format_args!(
                "Type for attribute {{{name}}} could not be determined"
            )));
        };
        let is_fixed = known.mutable == Some(false) && change == Change::Later;
        if is_fixed || name == "sub" {
            return Err(no_schema(format_args!(
                "user.{name}: Attribute cannot be updated.\n"
            )));
        }
        check_value(known, &name, &value)?;
        values.insert(name, value);
    }
    Ok(values)
}

fn check_value(
    known: &api::SchemaAttributeType,
    name: &str,
    value: &str,
) -> Result<(), ServiceError> {
    if value.is_empty() {
        return Ok(());
    }
    match name {
        "email" if !is_email(value) => return Err(invalid("Invalid email address format.")),
        "phone_number" if !is_phone_number(value) => {
            return Err(invalid("Invalid phone number format."));
        }
        _ => {}
    }
    let length = value.chars().count();
    if length > ATTRIBUTE_MAX {
        return Err(no_schema(format_args!(
            "{name}: String must be no longer than {ATTRIBUTE_MAX} characters\n"
        )));
    }
    match known.attribute_data_type {
        Some(Type::Boolean) if !matches!(value, "true" | "false" | "True" | "False") => Err(
            no_schema(format_args!("{name}: The value must be true or false\n")),
        ),
        Some(Type::Number) => check_number(known, name, value),
        Some(Type::String) => {
            let limits = known.string_attribute_constraints.as_ref();
            let limit = |text: Option<&String>| text.and_then(|text| text.parse::<usize>().ok());
            let least = limit(limits.and_then(|it| it.min_length.as_ref())).unwrap_or_default();
            let most = limit(limits.and_then(|it| it.max_length.as_ref())).unwrap_or(ATTRIBUTE_MAX);
            if length < least {
                return Err(no_schema(format_args!(
                    "{name}: String must be at least {least} characters\n"
                )));
            }
            if length > most {
                return Err(no_schema(format_args!(
                    "{name}: String must be no longer than {most} characters\n"
                )));
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn check_number(
    known: &api::SchemaAttributeType,
    name: &str,
    value: &str,
) -> Result<(), ServiceError> {
    let Ok(number) = value.parse::<i64>() else {
        return Err(no_schema(format_args!(
            "{name}: The value must be a number\n"
        )));
    };
    let limits = known.number_attribute_constraints.as_ref();
    let limit = |text: Option<&String>| text.and_then(|text| text.parse::<i64>().ok());
    let least = limit(limits.and_then(|it| it.min_value.as_ref()));
    let most = limit(limits.and_then(|it| it.max_value.as_ref()));
    if least.is_some_and(|least| number < least) || most.is_some_and(|most| number > most) {
        return Err(no_schema(format_args!(
            "{name}: The value is out of its range\n"
        )));
    }
    Ok(())
}

/// Refuses somebody who lacks an attribute that the pool requires.
pub(crate) fn check_required(
    schema: &Schema,
    values: &BTreeMap<String, String>,
) -> Result<(), ServiceError> {
    let missing: Vec<String> = missing(schema, values)
        .map(|name| format!("{name}: The attribute is required\n"))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(no_schema(missing.concat()))
}

/// The required attributes that somebody lacks.
pub(crate) fn missing<'a>(
    schema: &'a Schema,
    values: &'a BTreeMap<String, String>,
) -> impl Iterator<Item = &'a str> {
    let required = schema.iter().filter(|it| it.required == Some(true));
    let names = required.filter_map(|it| it.name.as_deref());
    names.filter(|name| *name != "sub" && values.get(*name).is_none_or(String::is_empty))
}

/// Whether a client may write an attribute that it was not given expressly: what tells that something is verified is
/// the pool's alone.
pub(crate) fn is_writable(client: Option<&Vec<String>>, name: &str) -> bool {
    match client {
        Some(names) => names.iter().any(|it| it == name),
        None => !matches!(name, "email_verified" | "phone_number_verified") && !is_hidden(name),
    }
}

/// Whether a client may read an attribute.
pub(crate) fn is_readable(client: Option<&Vec<String>>, name: &str) -> bool {
    match client {
        Some(names) => name == "sub" || names.iter().any(|it| it == name),
        None => !is_hidden(name),
    }
}

fn is_hidden(name: &str) -> bool {
    name.starts_with("dev:")
}

pub(crate) fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(who, domain)| {
        let is_word = |part: &str| !part.is_empty() && !part.contains(['@', ' ']);
        is_word(who) && is_word(domain) && !domain.starts_with('.') && !domain.ends_with('.')
    })
}

pub(crate) fn is_phone_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (1..=18).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attribute(name: &str, value: &str) -> api::AttributeType {
        api::AttributeType {
            name: name.to_owned(),
            value: Some(value.to_owned()),
        }
    }

    fn schema() -> Vec<api::SchemaAttributeType> {
        let custom = |name: &str, kind: Type, mutable: bool| api::SchemaAttributeType {
            name: Some(name.to_owned()),
            attribute_data_type: Some(kind),
            mutable: Some(mutable),
            ..Default::default()
        };
        let required = api::SchemaAttributeType {
            name: Some("email".to_owned()),
            required: Some(true),
            ..Default::default()
        };
        let mut tenant = custom("tenant", Type::String, false);
        tenant.string_attribute_constraints = Some(api::StringAttributeConstraintsType {
            min_length: Some("2".to_owned()),
            max_length: Some("4".to_owned()),
        });
        schema_of(vec![required, tenant, custom("age", Type::Number, true)]).unwrap()
    }

    fn refusal(name: &str, value: &str, change: Change) -> Option<String> {
        let checked = check(&schema(), vec![attribute(name, value)], change);
        checked.err().map(|error| error.message)
    }

    #[test]
    fn a_value_that_its_attribute_does_not_take_is_refused() {
        for (name, value) in [
            ("custom:tenant", "abcde"),
            ("custom:tenant", "a"),
            ("custom:age", "old"),
            ("updated_at", "-1"),
            ("email", "nobody"),
            ("email", "a@.b"),
            ("phone_number", "0123"),
            ("email_verified", "perhaps"),
            ("sub", "me"),
            ("tenant", "ab"),
            ("custom:other", "ab"),
            ("nickname", &"n".repeat(2_049)),
        ] {
            let refused = refusal(name, value, Change::First);
            assert!(refused.is_some(), "{name} took {value}");
        }
        for (name, value) in [
            ("custom:tenant", "abc"),
            ("custom:age", "42"),
            ("email", "ada@example.com"),
            ("phone_number", "+4912345"),
            ("nickname", ""),
        ] {
            assert_eq!(refusal(name, value, Change::First), None, "{name}");
        }
    }

    #[test]
    fn what_cannot_be_changed_is_given_once() {
        assert_eq!(refusal("custom:tenant", "abc", Change::First), None);
        assert_eq!(
            refusal("custom:tenant", "abc", Change::Later).unwrap(),
            "Attributes did not conform to the schema: user.custom:tenant: Attribute cannot be updated.\n"
        );
    }

    #[test]
    fn a_required_attribute_that_is_missing_is_named() {
        let error = check_required(&schema(), &BTreeMap::new()).unwrap_err();
        assert_eq!(
            error.message,
            "Attributes did not conform to the schema: email: The attribute is required\n"
        );
        let values = [("email".to_owned(), "ada@example.com".to_owned())].into();
        assert!(check_required(&schema(), &values).is_ok());
    }

    #[test]
    fn an_attribute_of_the_pools_own_is_there_once() {
        let mut schema = schema();
        let again = schema.last().unwrap().clone();
        assert!(add_custom(&mut schema, again).is_err());
    }
}
