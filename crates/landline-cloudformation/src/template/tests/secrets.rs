//! Dynamic references: parameters and secrets that are kept elsewhere.

use super::*;

#[test]
fn dynamic_references_are_found_and_replaced() {
    let mut value = json!({"A": ["x{{resolve:ssm:/p:1}}y", "{{resolve:ssm-secure:s}}"], "B": 1});
    let found = dynamic_references::find(&value);
    let named: Vec<Named> = found
        .iter()
        .map(|reference| reference.named().unwrap())
        .collect();
    let parameter = |name: &str| Named::Parameter(name.to_owned());
    assert_eq!(named, [parameter("s"), parameter("/p:1")]);
    let values = found
        .iter()
        .map(|reference| (reference.text.clone(), "V".to_owned()));
    dynamic_references::replace(&mut value, &values.collect());
    assert_eq!(value, json!({"A": ["xVy", "V"], "B": 1}));
}

#[test]
fn a_reference_to_a_secret_may_name_a_member_a_stage_and_a_version() {
    let arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-a1b2c3";
    let secret = |id: &str, key: Option<&str>, stage: Option<&str>| SecretReference {
        id: id.to_owned(),
        key: key.map(str::to_owned),
        stage: stage.map(str::to_owned),
        version: None,
    };
    for (text, expect) in [
        ("db".to_owned(), Some(secret("db", None, None))),
        (
            "db:SecretString:password".to_owned(),
            Some(secret("db", Some("password"), None)),
        ),
        (arn.to_owned(), Some(secret(arn, None, None))),
        (
            format!("{arn}:SecretString:user:AWSPREVIOUS"),
            Some(secret(arn, Some("user"), Some("AWSPREVIOUS"))),
        ),
        ("db:SecretBinary".to_owned(), None),
    ] {
        let value = json!(format!("{{{{resolve:secretsmanager:{text}}}}}"));
        let reference = dynamic_references::find(&value).pop_first().unwrap();
        let named = reference.named().ok();
        assert_eq!(named, expect.map(Named::Secret), "{text}");
    }
}

#[test]
fn a_member_of_a_secret_is_its_text() {
    let reference = SecretReference {
        id: "db".to_owned(),
        key: Some("port".to_owned()),
        ..SecretReference::default()
    };
    let value = |secret: &str| reference.value(secret.to_owned());
    assert_eq!(value(r#"{"port": 5432}"#).unwrap(), "5432");
    assert_eq!(
        value("{}").unwrap_err(),
        "Could not find a value associated with JSONKey in SecretString: port"
    );
    assert_eq!(
        value("plain").unwrap_err(),
        "Could not parse SecretString JSON of the secret db"
    );
}
