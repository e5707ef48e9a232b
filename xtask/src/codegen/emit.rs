//! Writes one service's module: declarations only, in the macros of `landline_wire`.

use std::fmt::Write as _;

use super::dynamodb;
use super::exceptions::{QUERY_CODES, is_optional, is_unchecked, is_union, unmodelled_status};
use super::model::{Shape, ShapeRef};
use super::names;
use super::types::Types;

/// The module's text.
pub(super) fn module(types: &Types<'_>) -> String {
    let mut body = String::new();
    service(types, &mut body);
    for shape in &types.reached {
        declaration(types, shape, &mut body);
    }
    let mut text = format!(
        "//! `{}`, version {}: shapes and operations.\n//!\n//! Written by `cargo xtask codegen` from the service's model; do not edit.\n\n",
        types.service.name, types.model.metadata.api_version
    );
    text.push_str(&imports(&body));
    text.push_str(&body);
    text
}

fn imports(body: &str) -> String {
    let mut out = String::new();
    if body.contains("BTreeMap<") {
        out.push_str("use std::collections::BTreeMap;\n\n");
    }
    if [" Bytes,", "<Bytes>", "(Bytes)"]
        .iter()
        .any(|used| body.contains(used))
    {
        out.push_str("use bytes::Bytes;\n");
    }
    let used = |name: &str, pattern: &str| body.contains(pattern).then(|| name.to_owned());
    let names: Vec<String> = [
        used("Encoded", "Encoded<"),
        Some("Protocol".to_owned()),
        used("Timestamp", " Timestamp,"),
        used("service", "service! {"),
        used("shape::Location", "Location::"),
        used("shape::Unit", "Unit"),
        used("string_enum", "string_enum! {"),
        used("structure", "structure! {"),
        used("timestamp::TimestampFormat", "TimestampFormat::"),
        used("union", "union! {"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let _ = writeln!(out, "use landline_wire::{{{}}};\n", names.join(", "));
    out
}

fn service(types: &Types<'_>, out: &mut String) {
    let metadata = &types.model.metadata;
    let signing = metadata
        .signing_name
        .as_ref()
        .unwrap_or(&metadata.endpoint_prefix);
    // Of several protocols botocore prefers JSON, and so do we.
    let speaks_json = metadata.protocols.iter().any(|name| name == "json");
    let spoken = if speaks_json {
        "json"
    } else {
        &metadata.protocol
    };
    let protocol = match spoken {
        "rest-json" => "Protocol::RestJson".to_owned(),
        "json" => format!(
            "Protocol::Json {{ content_version: {:?}, target_prefix: {:?} }}",
            metadata.json_version.as_deref().unwrap_or("1.0"),
            metadata.target_prefix.as_deref().unwrap_or_default(),
        ),
        "query" => format!(
            "Protocol::Query {{ version: {:?}, xml_namespace: {:?} }}",
            metadata.api_version,
            metadata.xml_namespace.as_deref().unwrap_or_default(),
        ),
        REST_XML => format!(
            "Protocol::RestXml {{ xml_namespace: {:?} }}",
            types.model.metadata.xml_namespace(),
        ),
        other => panic!("the generator does not know the protocol {other}"),
    };
    let name = types.service.module();
    let code = types.service.validation_code;
    let _ = writeln!(
        out,
        "service! {{ {name} signed {signing:?} speaks {protocol}, validates {code:?};"
    );
    out.push_str("    errors {\n");
    for line in errors(types) {
        let _ = writeln!(out, "        {line}");
    }
    out.push_str("    }\n");
    if metadata.aws_query_compatible.is_some() {
        let _ = writeln!(out, "    query_codes {{ {} }}", query_codes(types));
    }
    out.push_str("    operations {\n");
    for name in types.service.operations {
        let _ = writeln!(out, "        {}", operation(types, name));
    }
    out.push_str("    }\n}\n\n");
}

fn operation(types: &Types<'_>, name: &str) -> String {
    let operation = types.operation(name);
    let input = types.top_level(operation.input.as_ref());
    let output = types.top_level(operation.output.as_ref());
    let wrapper = operation
        .output
        .as_ref()
        .and_then(|output| output.result_wrapper.as_ref());
    let wrapper = wrapper
        .map(|wrapper| format!(", wrapped {wrapper:?}"))
        .unwrap_or_default();
    // The model says 200, the service answers 201 (websocket-api.md §14.7).
    let status = match name {
        "UpdateRoute" => 201,
        _ => operation.http.response_code.unwrap_or(200),
    };
    let (method, path) = (&operation.http.method, &operation.http.request_uri);
    format!("{method} {path:?} => {name}({input}) -> {status} {output}{wrapper};")
}

fn errors(types: &Types<'_>) -> Vec<String> {
    let mut names: Vec<&str> = types
        .service
        .operations
        .iter()
        .flat_map(|name| &types.operation(name).errors)
        .map(|error| error.shape.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
        .iter()
        .map(|name| error(types.service.name, name, types.model.shape(name)))
        .collect()
}

/// What the errors of a service were called in the query protocol, where that differs.
fn query_codes(types: &Types<'_>) -> String {
    let of_service = QUERY_CODES
        .iter()
        .filter(|(service, ..)| *service == types.service.name);
    let pairs: Vec<String> = of_service
        .map(|(_, name, old)| format!("{name:?} => {old:?}"))
        .collect();
    pairs.join(", ")
}

fn error(service: &str, name: &str, shape: &Shape) -> String {
    debug_assert!(shape.exception);
    let details = shape.error.as_ref();
    let code = details
        .and_then(|error| error.code.as_deref())
        .unwrap_or(name);
    let default = if shape.fault { 500 } else { 400 };
    let status = details.and_then(|error| error.http_status_code);
    let status = status
        .or_else(|| unmodelled_status(service, name))
        .unwrap_or(default);
    let message = shape
        .members()
        .find(|(name, _)| name.eq_ignore_ascii_case("message"))
        .map_or("message".to_owned(), |(name, member)| {
            member.location_name.unwrap_or_else(|| name.to_owned())
        });
    format!("{name} {code:?} {status} {message:?},")
}

fn declaration(types: &Types<'_>, name: &str, out: &mut String) {
    let shape = types.model.shape(name);
    let rust = types.name(name);
    if !shape.values.is_empty() {
        let _ = writeln!(out, "string_enum! {{ {rust} {{");
        let listed = dynamodb::listed(types.service.name, name).unwrap_or_default();
        let others = shape.values.iter().map(String::as_str);
        let others = others.filter(|value| !listed.contains(value));
        for value in listed.iter().copied().chain(others) {
            let _ = writeln!(out, "    {} = {value:?},", names::variant(value));
        }
        out.push_str("} }\n\n");
    } else if is_union(types.service.name, name) {
        let _ = writeln!(out, "union! {{ {rust} {name:?} {{");
        for (wire, member) in shape.members() {
            let _ = writeln!(
                out,
                "    {}({}) = {wire:?};",
                names::variant(wire),
                types.rust(&member)
            );
        }
        out.push_str("} }\n\n");
    } else {
        let _ = writeln!(out, "structure! {{ {rust} {name:?} {{");
        for (member_name, member) in shape.members() {
            let _ = writeln!(
                out,
                "    {}",
                member_line(types, name, shape, member_name, &member)
            );
        }
        out.push_str("} }\n\n");
    }
}

fn member_line(
    types: &Types<'_>,
    structure: &str,
    shape: &Shape,
    name: &str,
    member: &ShapeRef,
) -> String {
    let service = types.service.name;
    let required = shape.required.iter().any(|required| required == name)
        && !is_optional(service, structure, name);
    let presence = if required { "required" } else { "optional" };
    let rust = types.member(structure, name, member);
    let wire = member.location_name.as_deref().unwrap_or(name);
    let mut line = format!(
        "{}: {presence} {rust}, {name:?} as {wire:?}",
        names::field(name)
    );
    let location = if shape.payload.as_deref() == Some(name) {
        Some("Payload")
    } else {
        member.location.as_deref().map(|location| match location {
            "uri" => "Uri",
            "querystring" if types.model.shapes[&member.shape].kind == "map" => "Queries",
            "querystring" => "Query",
            "header" => "Header",
            "headers" => "Headers",
            "statusCode" => "StatusCode",
            other => panic!("the generator does not know the location {other}"),
        })
    };
    if let Some(location) = location {
        let _ = write!(line, " .at(Location::{location})");
    }
    if types.model.metadata.protocol == REST_XML {
        line.push_str(&xml_list(types, member));
    }
    if let Some(own) = dynamodb::constraints(service, structure, name) {
        line.push_str(&own);
    } else if !is_unchecked(service, structure, name) {
        line.push_str(&constraints(types, member));
    }
    line.push(';');
    line
}

/// How a list stands in XML.
fn xml_list(types: &Types<'_>, member: &ShapeRef) -> String {
    let shape = types.model.shape(&member.shape);
    let item = shape.member.as_ref();
    match item.and_then(|item| item.location_name.as_ref()) {
        _ if shape.flattened => " .flattened()".to_owned(),
        Some(item) => format!(" .items({item:?})"),
        None => String::new(),
    }
}

const REST_XML: &str = "rest-xml";

fn constraints(types: &Types<'_>, member: &ShapeRef) -> String {
    let shape = types.model.shape(&member.shape);
    let mut out = String::new();
    let format = member
        .timestamp_format
        .as_ref()
        .or(shape.timestamp_format.as_ref());
    match format.map(String::as_str) {
        Some("iso8601") => out.push_str(" .timestamp(TimestampFormat::Iso8601)"),
        Some("rfc822") => out.push_str(" .timestamp(TimestampFormat::HttpDate)"),
        Some("unixTimestamp") => out.push_str(" .timestamp(TimestampFormat::EpochSeconds)"),
        _ => {}
    }
    let bounded = shape.min.is_some() || shape.max.is_some();
    match shape.kind.as_str() {
        // An enumeration has its values; a blob's size is the handler's matter
        // (a body over 128 KiB is a 413, not a validation error).
        "string" if !shape.values.is_empty() => {
            let _ = write!(out, " .one_of({}::VALUES)", types.name(&member.shape));
        }
        "string" | "list" | "map" if bounded => {
            let (least, most) = (shape.min.unwrap_or(0.0), shape.max.unwrap_or(f64::INFINITY));
            let _ = write!(out, " .length({}, {})", bound(least), bound(most));
        }
        "integer" | "long" if bounded => {
            let (least, most) = (shape.min, shape.max);
            let least = least.map_or("i64::MIN".to_owned(), bound);
            let most = most.map_or("i64::MAX".to_owned(), bound);
            let _ = write!(out, " .range({least}, {most})");
        }
        _ => {}
    }
    // A pattern that takes anything costs without saying anything.
    if let Some(pattern) = shape
        .pattern
        .as_ref()
        .filter(|p| *p != ".*" && *p != "[\\s\\S]*")
    {
        let _ = write!(out, " .pattern({pattern:?})");
    }
    out
}

fn bound(value: f64) -> String {
    if value.is_finite() {
        format!("{value:.0}")
    } else {
        "u64::MAX".to_owned()
    }
}
