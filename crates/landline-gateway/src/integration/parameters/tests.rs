//! Mappings and what they come to.

use serde_json::json;

use super::*;

#[derive(Default)]
struct Message {
    body: &'static str,
    variables: BTreeMap<String, String>,
}

impl Variables for Message {
    fn member(&self, name: &str) -> Option<Value> {
        match name {
            "connectionId" => Some(json!("abc=")),
            "connectedAt" => Some(json!(1_801_646_142_107_u64)),
            "identity" => Some(json!({ "sourceIp": "198.51.100.23" })),
            _ => None,
        }
    }
}

impl Origin for Message {
    fn request_values(&self, location: Location, name: &str) -> Option<Vec<String>> {
        match (location, name) {
            (Location::QueryString | Location::MultiValueQueryString, "tag") => {
                Some(vec!["a".into(), "b".into()])
            }
            _ => None,
        }
    }

    fn body(&self) -> &str {
        self.body
    }

    fn stage_variables(&self) -> &BTreeMap<String, String> {
        &self.variables
    }
}

/// What one source comes to as a header.
fn value_of(source: &str, message: &Message) -> Option<String> {
    let mapping = ParameterMapping::parse("integration.request.header.X", source).unwrap();
    let mut mapped = map(&[mapping], message);
    mapped.headers.pop().map(|(_, value)| value)
}

#[test]
fn sources_are_static_text_request_body_stage_variables_and_context() {
    let message = Message {
        body: r#"{"user":{"name":"Ann","age":7},"tags":["a","b"]}"#,
        variables: [("tier".to_owned(), "gold".to_owned())].into(),
    };
    for (source, expected) in [
        ("'0'", Some("0")),
        ("''", Some("")),
        ("route.request.body", Some(message.body)),
        ("route.request.body.user.name", Some("Ann")),
        ("route.request.body.user.age", Some("7")),
        ("route.request.body.user", Some(r#"{"name":"Ann","age":7}"#)),
        ("route.request.body.tags[1]", Some("b")),
        ("route.request.body.nobody", None),
        ("route.request.querystring.tag", Some("b")),
        ("route.request.multivaluequerystring.tag", Some("a,b")),
        ("route.request.header.none", None),
        ("stageVariables.tier", Some("gold")),
        ("stageVariables.none", None),
        ("context.connectionId", Some("abc=")),
        ("context.connectedAt", Some("1801646142107")),
        ("context.identity.sourceIp", Some("198.51.100.23")),
        ("context.identity.none", None),
        ("context.none", None),
    ] {
        assert_eq!(value_of(source, &message).as_deref(), expected, "{source}");
    }
}

#[test]
fn a_body_that_is_not_json_has_no_members() {
    let message = Message {
        body: "hello",
        ..Message::default()
    };
    assert_eq!(value_of("route.request.body.user", &message), None);
    assert_eq!(value_of("route.request.body", &message).unwrap(), "hello");
}

#[test]
fn targets_are_headers_query_parameters_and_path_parameters() {
    let entries = [
        ("integration.request.header.Id", "context.connectionId"),
        ("integration.request.querystring.q", "'1'"),
        ("integration.request.path.room", "'7'"),
    ];
    let mappings: Vec<_> = entries
        .iter()
        .map(|(target, source)| ParameterMapping::parse(target, source).unwrap())
        .collect();
    let mapped = map(&mappings, &Message::default());
    assert_eq!(mapped.headers, [("Id".to_owned(), "abc=".to_owned())]);
    assert_eq!(mapped.query, [("q".to_owned(), "1".to_owned())]);
    assert_eq!(mapped.path["room"], "7");
}

#[test]
fn what_aws_refuses_is_no_mapping() {
    for (target, source) in [
        ("integration.request.cookie.a", "'1'"),
        ("integration.request.header.", "'1'"),
        ("integration.request.header.a b", "'1'"),
        ("request.header.a", "'1'"),
        ("integration.request.header.a", "'1"),
        ("integration.request.header.a", "1"),
        ("integration.request.header.a", "$context.connectionId"),
        ("integration.request.header.a", "method.request.header.a"),
        ("integration.request.header.a", "route.request.cookie.a"),
        ("integration.request.header.a", "context."),
    ] {
        assert!(
            ParameterMapping::parse(target, source).is_none(),
            "{target} {source}"
        );
    }
}
