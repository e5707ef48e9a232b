//! Formats: which are refused, and what becomes of the others.

use crate::observe::Destination;
use crate::observe::format::{Format, FormatError, Value};

/// The line of a format in which every variable stands for its own path.
fn paths(format: &str) -> String {
    let format = Format::parse(format).unwrap();
    format.render(|path| (path != "unset").then(|| Value::Text(format!("<{path}>"))))
}

#[test]
fn the_four_formats_of_the_developer_guide_are_text_around_variables() {
    let rows = [
        (
            r#"$context.identity.sourceIp - - [$context.requestTime] "$context.routeKey" $context.status $context.requestId"#,
            r#"<identity.sourceIp> - - [<requestTime>] "<routeKey>" <status> <requestId>"#,
        ),
        (
            r#"{ "requestId":"$context.requestId", "status":$context.status }"#,
            r#"{ "requestId":"<requestId>", "status":<status> }"#,
        ),
        (
            r#"<request id="$context.requestId"><ip>$context.identity.sourceIp</ip></request>"#,
            r#"<request id="<requestId>"><ip><identity.sourceIp></ip></request>"#,
        ),
        (
            "$context.identity.sourceIp,$context.stage,$context.extendedRequestId",
            "<identity.sourceIp>,<stage>,<extendedRequestId>",
        ),
    ];
    for (format, line) in rows {
        assert_eq!(paths(format), line);
    }
}

#[test]
fn a_variable_without_value_is_a_hyphen() {
    assert_eq!(paths("$context.unset $context.requestId"), "- <requestId>");
}

#[test]
fn a_path_ends_where_no_word_follows() {
    let rows = [
        ("$context.requestId.", "<requestId>."),
        ("$context.requestId-$context.stage", "<requestId>-<stage>"),
        (
            "$context.requestId $context. $ctx",
            "<requestId> $context. $ctx",
        ),
        (
            "$context.requestId $context.authorizer.a-b_1",
            "<requestId> <authorizer.a-b_1>",
        ),
    ];
    for (format, line) in rows {
        assert_eq!(paths(format), line);
    }
}

#[test]
fn formats_that_aws_refuses_are_refused() {
    let long = format!("$context.requestId{}", "x".repeat(3 * 1024));
    let rows = [
        ("$context.stage", FormatError::NoRequestId),
        ("", FormatError::NoRequestId),
        ("$context.requestIds", FormatError::NoRequestId),
        ("$context.requestId\n$context.stage", FormatError::ManyLines),
        (&long, FormatError::TooLarge),
    ];
    for (format, error) in rows {
        assert_eq!(Format::parse(format), Err(error), "{format}");
    }
    assert!(Format::parse("$context.extendedRequestId\n").is_ok());
}

#[test]
fn what_a_client_says_cannot_break_out_of_its_line() {
    let agent = |_: &str| Some(Value::Text("a\"b\\\n".to_owned()));
    let json = Format::parse(r#"{"r":"$context.requestId"}"#).unwrap();
    let line = json.render(agent);
    assert_eq!(line, r#"{"r":"a\"b\\\u000a"}"#);
    serde_json::from_str::<serde_json::Value>(&line).unwrap();
    let plain = Format::parse("[$context.requestId]").unwrap();
    assert_eq!(plain.render(agent), "[a\"b\\\\u000a]");
}

#[test]
fn destinations_are_groups_streams_files_and_stdout() {
    let group = Destination::LogGroup("/chat/access".into());
    let stream = Destination::Firehose("amazon-apigateway-chat".into());
    let rows = [
        (
            "arn:aws:logs:eu-central-1:123456789012:log-group:/chat/access",
            Some(group),
        ),
        (
            "arn:aws:firehose:eu-central-1:123456789012:deliverystream/amazon-apigateway-chat",
            Some(stream),
        ),
        (
            "file:///var/log/chat.log",
            Some(Destination::File(
                std::path::Path::new("/var/log/chat.log").into(),
            )),
        ),
        ("stdout", Some(Destination::Stdout)),
        (
            "arn:aws:logs:eu-central-1:123456789012:log-group:/chat/access:*",
            None,
        ),
        ("arn:aws:s3:::bucket", None),
        ("file://relative", None),
        ("file:///", None),
        ("chat", None),
    ];
    for (text, destination) in rows {
        assert_eq!(Destination::parse(text), destination, "{text}");
    }
}
