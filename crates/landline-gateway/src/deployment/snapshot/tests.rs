//! What a snapshot selects.

use std::collections::BTreeMap;

use super::*;

fn responses(keys: &[&str]) -> IntegrationResponses {
    let mut responses = IntegrationResponses::default();
    for key in keys {
        responses.insert(key, IntegrationResponse::default());
    }
    responses
}

#[test]
fn an_integration_response_key_matches_the_whole_text() {
    let responses = responses(&["/4\\d{2}/"]);
    assert!(responses.select("404").is_some());
    assert!(responses.select("4040").is_none());
    assert!(responses.select("200").is_none());
}

#[test]
fn a_key_without_slashes_is_an_expression_too() {
    assert!(responses(&["200"]).select("200").is_some());
}

#[test]
fn the_default_integration_response_takes_the_rest() {
    assert!(responses(&["/4\\d{2}/", "$default"]).select("").is_some());
}

#[test]
fn a_key_that_is_no_expression_answers_nothing() {
    assert!(responses(&["/(/"]).select("(").is_none());
}

#[test]
fn a_template_is_found_by_what_was_selected_or_by_default() {
    let map: BTreeMap<String, String> = [("$default", "d"), ("special", "s")]
        .map(|(key, text)| (key.to_owned(), text.to_owned()))
        .into();
    let templates = Templates::parse(Some(&map));
    let text = |selected| {
        let template = templates.select(selected).unwrap().as_ref().unwrap();
        template.literal().unwrap().to_owned()
    };
    assert_eq!(text(Some("special")), "s");
    assert_eq!(text(Some("other")), "d");
    assert_eq!(text(None), "d");
}

#[test]
fn a_content_type_is_a_key_only_where_nothing_selects() {
    let map = [("application/json".to_owned(), "{}".to_owned())].into();
    let templates = Templates::parse(Some(&map));
    assert!(templates.select(None).is_some());
    assert!(templates.select(Some("join")).is_none());
}

#[test]
fn identity_sources_are_headers_query_parameters_variables_and_context() {
    let parse = IdentitySource::parse;
    assert_eq!(
        parse("route.request.header.Auth"),
        Some(IdentitySource::Header("Auth".into()))
    );
    assert_eq!(
        parse("route.request.querystring.token"),
        Some(IdentitySource::QueryString("token".into()))
    );
    assert_eq!(
        parse("stageVariables.v"),
        Some(IdentitySource::StageVariable("v".into()))
    );
    assert_eq!(
        parse("context.connectionId"),
        Some(IdentitySource::Context("connectionId".into()))
    );
    assert_eq!(parse("$request.header.Auth"), None);
}
