//! Where a setting comes from, and how mistakes are told.

use std::path::Path;
use std::time::Duration;

use landline_dynamodb::Wording;

use super::{AcmeChallenge, Config, Credentials, Layer};
use crate::env::Environment;

fn load(flags: Layer, environment: &Environment, file: Option<&Path>) -> Result<Config, String> {
    let data_dir = Path::new("/state");
    Config::load(flags, environment, file, data_dir).map_err(|error| error.to_string())
}

#[test]
fn a_node_that_is_told_nothing_is_a_laptops() {
    let config = load(
        Layer::default(),
        &Environment::of(&[("HOME", "/home/ada")]),
        None,
    )
    .unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:4566");
    assert_eq!(config.data_dir, Path::new("/state"));
    assert_eq!(
        config.packs_dir,
        Path::new("/home/ada/.cache/landline/packs")
    );
    assert_eq!(config.credentials, Credentials::Any);
    assert!(!config.dynamodb_strict);
}

#[test]
fn tables_are_strict_where_any_source_says_so() {
    let variable = Environment::of(&[("LANDLINE_DYNAMODB_STRICT", "true")]);
    let config = load(Layer::default(), &variable, None).unwrap();
    assert!(config.dynamodb_strict);
    let flags = Layer {
        dynamodb_strict: Some(true),
        ..Layer::default()
    };
    assert!(
        load(flags, &Environment::of(&[]), None)
            .unwrap()
            .dynamodb_strict
    );
    let wrong = Environment::of(&[("LANDLINE_DYNAMODB_STRICT", "perhaps")]);
    let mistakes = load(Layer::default(), &wrong, None).unwrap_err();
    assert!(mistakes.contains("LANDLINE_DYNAMODB_STRICT"), "{mistakes}");
}

#[test]
fn functions_stand_still_between_events_where_any_source_says_so() {
    let nothing = Environment::of(&[]);
    let config = load(Layer::default(), &nothing, None).unwrap();
    assert!(!config.freeze_functions);
    let variable = Environment::of(&[("LANDLINE_FREEZE_FUNCTIONS", "true")]);
    let config = load(Layer::default(), &variable, None).unwrap();
    assert!(config.freeze_functions);
    let config = from_file("freeze_functions = true").unwrap();
    assert!(config.freeze_functions);
}

#[test]
fn tables_refuse_in_the_words_that_are_set() {
    let nothing = Environment::of(&[]);
    let config = load(Layer::default(), &nothing, None).unwrap();
    assert_eq!(config.dynamodb_wording, Wording::Classic);
    let variable = Environment::of(&[("LANDLINE_DYNAMODB_WORDING", "2026")]);
    let config = load(Layer::default(), &variable, None).unwrap();
    assert_eq!(config.dynamodb_wording, Wording::Of2026);
    let flags = Layer {
        dynamodb_wording: Some("baroque".into()),
        ..Layer::default()
    };
    let mistakes = load(flags, &nothing, None).unwrap_err();
    assert!(mistakes.contains("baroque"), "{mistakes}");
}

#[test]
fn a_flag_outranks_the_environment_which_outranks_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("landline.toml");
    std::fs::write(
        &file,
        "listen = '127.0.0.1:1'\nregion = 'eu-west-1'\naccount_id = '111111111111'",
    )
    .unwrap();
    let environment = Environment::of(&[
        ("LANDLINE_LISTEN", "127.0.0.1:2"),
        ("LANDLINE_REGION", "eu-west-2"),
    ]);
    let flags = Layer {
        listen: Some("127.0.0.1:3".into()),
        ..Layer::default()
    };
    let config = load(flags, &environment, Some(&file)).unwrap();
    assert_eq!(config.listen.port(), 3);
    assert_eq!(config.region, "eu-west-2");
    assert_eq!(config.account_id, "111111111111");
}

#[test]
fn all_mistakes_are_told_at_once() {
    let flags = Layer {
        listen: Some("everywhere".into()),
        account_id: Some("12".into()),
        access_key_id: Some("only".into()),
        ..Layer::default()
    };
    let environment = Environment::of(&[
        ("LANDLINE_DURABILITY", "maybe"),
        ("LANDLINE_TUNNEL", "perhaps"),
    ]);
    let mistakes = load(flags, &environment, None).unwrap_err();
    for word in ["everywhere", "`12`", "together", "maybe", "perhaps"] {
        assert!(mistakes.contains(word), "{word} is missing in:\n{mistakes}");
    }
}

#[test]
fn a_setting_that_does_not_exist_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("landline.toml");
    std::fs::write(&file, "lisen = ':1'").unwrap();
    let mistakes = load(Layer::default(), &Environment::default(), Some(&file)).unwrap_err();
    assert!(
        mistakes.contains("lisen") && mistakes.contains("listen"),
        "{mistakes}"
    );
}

#[test]
fn short_forms_of_an_address_are_understood() {
    for (text, expected) in [
        (":0", "127.0.0.1:0"),
        ("8080", "127.0.0.1:8080"),
        ("0.0.0.0", "0.0.0.0:4566"),
        ("localhost:9", "127.0.0.1:9"),
    ] {
        let flags = Layer {
            listen: Some(text.into()),
            ..Layer::default()
        };
        let config = load(flags, &Environment::default(), None).unwrap();
        assert_eq!(config.listen.to_string(), expected, "{text}");
    }
}

#[test]
fn a_public_address_needs_credentials() {
    let flags = Layer {
        listen: Some("0.0.0.0:4566".into()),
        ..Layer::default()
    };
    let open = load(flags.clone(), &Environment::default(), None).unwrap();
    assert!(open.refuse_public_without_credentials().is_err());
    let keys = Layer {
        access_key_id: Some("AKIA".into()),
        secret_access_key: Some("s".into()),
        ..flags
    };
    let guarded = load(keys, &Environment::default(), None).unwrap();
    assert!(guarded.refuse_public_without_credentials().is_ok());
    assert!(
        !format!("{guarded:?}").contains("\"s\""),
        "a secret never shows"
    );
}

fn from_file(text: &str) -> Result<Config, String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("landline.toml");
    std::fs::write(&file, text).unwrap();
    load(Layer::default(), &Environment::of(&[]), Some(&file))
}

#[test]
fn a_file_raises_the_limits_that_it_names_and_no_other() {
    let config = from_file("[limits]\nidle_timeout_seconds = 3600\nroutes_per_api = 1000").unwrap();
    let limits = config.limits.gateway();
    assert_eq!(limits.idle_timeout, Duration::from_hours(1));
    assert_eq!(limits.connection_duration, Duration::from_hours(2));
    assert_eq!(limits.account_calls, None);
    assert_eq!(config.limits.resources().routes_per_api, 1000);
    assert_eq!(config.limits.resources().stages_per_api, 10);
}

#[test]
fn either_number_brings_the_throttle_of_the_account_into_force() {
    let config = from_file("[limits]\naccount_calls_per_second = 50").unwrap();
    let rate = config.limits.gateway().account_calls.unwrap();
    assert_eq!((rate.per_second, rate.burst), (50.0, 5000.0));
}

#[test]
fn limits_that_let_nothing_through_are_mistakes() {
    let mistakes = from_file("[limits]\nidle_timeout_seconds = 0\nqueued_bytes = 1").unwrap_err();
    assert!(
        mistakes.contains("limits.idle_timeout_seconds is 0"),
        "{mistakes}"
    );
    assert!(
        mistakes.contains("limits.queued_bytes is less than 131072"),
        "{mistakes}"
    );
}

#[test]
fn messages_cannot_be_larger_than_what_is_read_of_a_post() {
    let mistakes = from_file("[limits]\nmessage_bytes = 2_000_000").unwrap_err();
    assert!(
        mistakes.contains("limits.message_bytes is more than"),
        "{mistakes}"
    );
}

#[test]
fn certificates_are_named_in_the_file_one_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("landline.toml");
    let text = "certificates = '/certificates'\n\
        [[domain]]\nname = 'WS.example.com'\ncertificate = '/a.crt'\nkey = '/a.key'\n\
        [acme]\ndirectory = 'https://acme.test/directory'\ncontact = 'ops@example.com'\nterms_accepted = true\nchallenge = 'tls-alpn-01'";
    std::fs::write(&file, text).unwrap();
    let config = load(Layer::default(), &Environment::default(), Some(&file)).unwrap();
    let certificates = config.certificates;
    assert_eq!(
        certificates.directory.as_deref(),
        Some(Path::new("/certificates"))
    );
    assert_eq!(certificates.pairs[0].name, "ws.example.com");
    let acme = certificates.acme.unwrap();
    assert_eq!(acme.contact, ["mailto:ops@example.com"]);
    assert_eq!(acme.challenge, AcmeChallenge::TlsAlpn01);
}

#[test]
fn an_acme_authority_needs_its_terms_accepted_and_a_secure_url() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("landline.toml");
    let twice = "[[domain]]\nname = 'a.test'\ncertificate = 'a'\nkey = 'a'\n".repeat(2);
    let text = format!("{twice}[acme]\ndirectory = 'http://acme.test'\ncontact = ['nobody']");
    std::fs::write(&file, text).unwrap();
    let mistakes = load(Layer::default(), &Environment::default(), Some(&file)).unwrap_err();
    for word in [
        "terms_accepted",
        "https://",
        "`nobody`",
        "more than one certificate",
    ] {
        assert!(mistakes.contains(word), "{word} is missing in:\n{mistakes}");
    }
}

#[test]
fn every_setting_of_the_file_is_documented() {
    let page = include_str!("../../../../docs/configuration.md");
    let domain = "[[domain]]\nname = 'a.test'\ncertificate = 'a'\nkey = 'a'\n";
    let acme = "[acme]\ndirectory = 'https://acme.test'\n";
    for table in ["", "[limits]\n", domain, acme] {
        let mistake = from_file(&format!("{table}nonsense = 1")).unwrap_err();
        let (_, names) = mistake.split_once("expected").unwrap();
        let mut quoted = names.split('`').skip(1).step_by(2).peekable();
        assert!(quoted.peek().is_some(), "{mistake}");
        for name in quoted {
            assert!(page.contains(name), "{name} is missing in the page");
        }
    }
}
