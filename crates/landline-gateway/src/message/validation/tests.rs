//! Schemas and messages.

use proptest::prelude::*;

use super::*;

const CHAT: &str = r#"{
    "$schema": "http://json-schema.org/draft-04/schema",
    "title": "Chat",
    "type": "object",
    "properties": {
        "action": {"type": "string", "enum": ["send"]},
        "text": {"type": "string", "maxLength": 5},
        "room": {"type": "integer", "minimum": 1}
    },
    "required": ["action", "text"]
}"#;

#[track_caller]
fn check(schema: &str, body: &str, expected: Result<(), &[&str]>) {
    let outcome = Validator::compile(schema).unwrap().validate(body);
    let expected = expected.map_err(|texts| texts.iter().map(|it| (*it).to_owned()).collect());
    assert_eq!(outcome, expected, "{body}");
}

#[test]
fn a_message_that_fits_is_accepted() {
    check(CHAT, r#"{"action":"send","text":"hello","room":1}"#, Ok(()));
}

#[test]
fn all_missing_members_of_an_object_are_named_together() {
    let text = r#"object has missing required properties (["action","text"])"#;
    check(CHAT, "{}", Err(&[text]));
}

#[test]
fn an_error_says_what_was_found_and_what_was_allowed() {
    for (body, text) in [
        (
            r#"{"action":"send","text":7}"#,
            r#"instance type (integer) does not match any allowed primitive type (allowed: ["string"])"#,
        ),
        (
            r#"{"action":"go","text":""}"#,
            r#"instance value ("go") not found in enum (possible values: ["send"])"#,
        ),
        (
            r#"{"action":"send","text":"häääää"}"#,
            r#"string "häääää" is too long (length: 6, maximum allowed: 5)"#,
        ),
        (
            r#"{"action":"send","text":"","room":0}"#,
            "numeric instance is lower than the required minimum (minimum: 1, found: 0)",
        ),
    ] {
        check(CHAT, body, Err(&[text]));
    }
}

#[test]
fn a_body_that_is_not_json_is_wrong() {
    check(CHAT, "hello", Err(&["the body is not JSON"]));
    check(CHAT, "", Err(&["the body is not JSON"]));
}

#[test]
fn a_body_nested_without_end_is_wrong_and_no_more() {
    let body = "[".repeat(100_000);
    check(CHAT, &body, Err(&["the body is not JSON"]));
}

#[test]
fn errors_are_few_and_short() {
    let schema = r#"{"items": {"enum": [1]}}"#;
    let long = format!("\"{}\"", "x".repeat(10_000));
    let body = format!("[{}]", vec![long; 100].join(","));
    let errors = Validator::compile(schema).unwrap().validate(&body);
    let errors = errors.unwrap_err();
    assert_eq!(errors.len(), VALIDATION_ERRORS);
    assert!(errors.iter().all(|text| text.len() <= 512), "{errors:?}");
}

#[test]
fn draft_4_decides_whatever_the_schema_names() {
    // In draft 4 this is a boolean beside `minimum`; later drafts made it a number.
    let schema = r#"{"$schema":"http://json-schema.org/draft-07/schema#","minimum":1,"exclusiveMinimum":true}"#;
    let validator = Validator::compile(schema).unwrap();
    assert!(validator.validate("1").is_err());
    assert!(validator.validate("2").is_ok());
}

#[test]
fn definitions_and_recursion_are_followed() {
    let schema = r##"{"definitions":{"n":{"type":"object","properties":{"next":{"$ref":"#/definitions/n"}},"additionalProperties":false}},"$ref":"#/definitions/n"}"##;
    let validator = Validator::compile(schema).unwrap();
    assert!(validator.validate(r#"{"next":{"next":{}}}"#).is_ok());
    assert!(validator.validate(r#"{"next":{"next":{"x":1}}}"#).is_err());
}

#[test]
fn the_ids_of_old_generators_do_not_matter() {
    let schema = r##"{"id":"http://jsonschema.net","type":"object","properties":{"id":{"id":"/id","$ref":"#/definitions/t"}},"definitions":{"t":{"type":"string"}}}"##;
    let validator = Validator::compile(schema).unwrap();
    assert!(validator.validate(r#"{"id":"a"}"#).is_ok());
    assert!(validator.validate(r#"{"id":1}"#).is_err());
}

#[test]
fn what_is_no_schema_is_refused() {
    assert_eq!(Validator::compile("{").unwrap_err(), InvalidSchema::NotJson);
    assert_eq!(
        Validator::compile("[]").unwrap_err(),
        InvalidSchema::NotJson
    );
    for schema in [
        r#"{"type":"strin"}"#,
        r#"{"required":[]}"#,
        r#"{"properties":{"a":{"minLength":-1}}}"#,
        r#"{"pattern":"("}"#,
    ] {
        let error = Validator::compile(schema).unwrap_err();
        assert!(matches!(error, InvalidSchema::NotDraft4(_)), "{schema}");
    }
}

#[test]
fn references_beyond_the_schema_are_refused() {
    for reference in [
        "https://apigateway.amazonaws.com/restapis/a/models/b",
        "file:///etc/passwd",
        "#/definitions/none",
        "other",
    ] {
        let schema = format!(r#"{{"properties":{{"a":{{"$ref":"{reference}"}}}}}}"#);
        let error = Validator::compile(&schema).unwrap_err();
        assert_eq!(error, InvalidSchema::Reference(reference.into()));
    }
}

#[test]
fn a_schema_that_would_never_end_is_refused() {
    let doubled: Vec<String> = (0..60)
        .map(|n| {
            let next = n + 1;
            format!(r##""d{n}":{{"allOf":[{{"$ref":"#/definitions/d{next}"}},{{"$ref":"#/definitions/d{next}"}}]}}"##)
        })
        .collect();
    let doubled = format!(
        r##"{{"definitions":{{{},"d60":{{}}}},"$ref":"#/definitions/d0"}}"##,
        doubled.join(",")
    );
    for schema in [
        r##"{"$ref":"#"}"##,
        r##"{"allOf":[{"$ref":"#"}]}"##,
        r##"{"definitions":{"a":{"not":{"$ref":"#/definitions/b"}},"b":{"anyOf":[{"$ref":"#/definitions/a"}]}},"$ref":"#/definitions/a"}"##,
        &doubled,
    ] {
        let error = Validator::compile(schema).unwrap_err();
        assert_eq!(error, InvalidSchema::Endless, "{schema}");
    }
}

#[test]
fn as_many_references_as_are_allowed_fit_on_the_stack() {
    let links: Vec<String> = (0..crate::quotas::SCHEMA_REFERENCES - 1)
        .map(|n| {
            let next = n + 1;
            format!(r##""d{n}":{{"properties":{{"a":{{"$ref":"#/definitions/d{next}"}}}}}}"##)
        })
        .collect();
    let last = links.len();
    let schema = format!(
        r##"{{"definitions":{{{},"d{last}":{{}}}},"$ref":"#/definitions/d0"}}"##,
        links.join(",")
    );
    let validator = Validator::compile(&schema).unwrap();
    let body = format!("{}1{}", r#"{"a":"#.repeat(120), "}".repeat(120));
    assert!(validator.validate(&body).is_ok());
}

#[test]
fn a_pattern_that_goes_back_without_end_gives_up() {
    let validator = Validator::compile(r#"{"pattern":"^(?=(a+)+$)(a|aa)+$(?<!b)"}"#).unwrap();
    let body = format!("\"{}b\"", "a".repeat(5_000));
    assert!(validator.validate(&body).is_err());
}

/// JSON that looks like a schema more often than chance would have it.
fn schema_like() -> impl Strategy<Value = Value> {
    let keyword = prop::sample::select(vec![
        "$ref",
        "id",
        "type",
        "properties",
        "items",
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "enum",
        "required",
        "definitions",
        "dependencies",
        "pattern",
        "minimum",
        "additionalProperties",
        "patternProperties",
        "a",
        "b",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i32>().prop_map(Into::into),
        prop::sample::select(vec![
            "#",
            "#/definitions/a",
            "#/properties/a",
            "#/allOf/0",
            "object",
            "string",
            "^(a+)+$",
            "a",
        ])
        .prop_map(Into::into),
    ];
    leaf.prop_recursive(5, 48, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::vec((keyword.clone(), inner), 0..5).prop_map(|fields| {
                let fields = fields
                    .into_iter()
                    .map(|(key, value)| (key.to_owned(), value));
                Value::Object(fields.collect())
            }),
        ]
    })
}

proptest! {
    #[test]
    fn nothing_panics_and_everything_ends(schema in schema_like(), body in schema_like()) {
        if let Ok(validator) = Validator::compile(&schema.to_string())
            && let Err(errors) = validator.validate(&body.to_string())
        {
            prop_assert!(!errors.is_empty() && errors.len() <= VALIDATION_ERRORS);
        }
    }
}
