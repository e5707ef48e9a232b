//! The query protocol of the services that now speak JSON: SQS and CloudWatch.
//!
//! Older SDKs still speak it, and so do integrations of API Gateway, whose templates are forms. To
//! CloudWatch a form says what JSON does. SQS had names of its own there: a list `Entries` was
//! `SendMessageBatchRequestEntry.1`, a map `Attributes` was `Attribute.1.Name` with
//! `Attribute.1.Value`, and the queue was the path that a request was sent to.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html>

use std::borrow::Cow;

use super::query;
use super::xml::XmlEncoder;
use super::{Request, Response, json};
use crate::shape::{DecodeError, Decoder, Members, Naming, Node, decode_structure};
use crate::{OperationMeta, ServiceMeta};

/// Of the root elements of a service's answers.
pub(crate) fn namespace(service: &ServiceMeta) -> &'static str {
    match service.signing_name {
        "monitoring" => "http://monitoring.amazonaws.com/doc/2010-08-01/",
        _ => "http://queue.amazonaws.com/doc/2012-11-05/",
    }
}

fn is_sqs(meta: &OperationMeta) -> bool {
    meta.service.signing_name == "sqs"
}

/// Reads a form into a structure.
pub(crate) fn decode(
    request: &Request,
    meta: &OperationMeta,
    decoder: &mut Decoder,
    structure: &mut dyn Members,
) -> Result<(), DecodeError> {
    if !is_sqs(meta) {
        return query::decode(request, decoder, structure);
    }
    let mut members = query::tree(request, decoder)?;
    let has_url = members.iter().any(|(name, _)| name == "QueueUrl");
    if !has_url && request.uri().path().len() > 1 {
        let url = Cow::Owned(request.uri().path().to_owned());
        members.push((Cow::Borrowed("QueueUrl"), Node::Text(url)));
    }
    let node = today(Node::Map(members), meta.name);
    decode_structure(node, decoder, structure)
}

/// Gives lists and maps, however deep they lie, their names and forms of today.
fn today<'a>(node: Node<'a>, operation: &str) -> Node<'a> {
    let Node::Map(members) = node else {
        return node;
    };
    let renamed = members.into_iter().map(|(name, value)| {
        let Some((member, form)) = Form::of_field(&name, operation) else {
            return (name, today(value, operation));
        };
        (Cow::Borrowed(member), form.of_numbered(value, operation))
    });
    Node::Map(renamed.collect())
}

/// How a member that was flattened looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    List,
    /// With the names of what held the key and the value.
    Map(&'static str, &'static str),
}

/// Fields, the members that they are today, and their forms.
const FIELDS: [(&str, &str, Form); 9] = [
    ("Attribute", "Attributes", NAMED),
    ("AttributeName", "AttributeNames", Form::List),
    ("MessageAttribute", "MessageAttributes", NAMED),
    ("MessageSystemAttribute", "MessageSystemAttributes", NAMED),
    ("MessageAttributeName", "MessageAttributeNames", Form::List),
    (
        "MessageSystemAttributeName",
        "MessageSystemAttributeNames",
        Form::List,
    ),
    ("Tag", "Tags", Form::Map("Key", "Value")),
    ("TagKey", "TagKeys", Form::List),
    ("StringListValue", "StringListValues", Form::List),
];
const NAMED: Form = Form::Map("Name", "Value");

impl Form {
    fn of_field(name: &str, operation: &str) -> Option<(&'static str, Self)> {
        if name.ends_with("BatchRequestEntry") {
            return Some(("Entries", Self::List));
        }
        let found = FIELDS.iter().find(|(field, _, _)| *field == name);
        let (_, member, form) = found?;
        match (*member, operation) {
            // The one member that begins with a small letter.
            ("Tags", "CreateQueue") => Some(("tags", *form)),
            (member, _) => Some((member, *form)),
        }
    }

    /// The element that a member of an answer was, and its form.
    fn of_member(name: &str, operation: &str) -> Option<(Cow<'static, str>, Self)> {
        match name {
            "Messages" => Some(("Message".into(), Self::List)),
            "QueueUrls" | "queueUrls" => Some(("QueueUrl".into(), Self::List)),
            "Successful" => Some((format!("{operation}ResultEntry").into(), Self::List)),
            "Failed" => Some(("BatchResultErrorEntry".into(), Self::List)),
            _ => {
                let found = FIELDS.iter().find(|(_, member, _)| *member == name);
                found.map(|(field, _, form)| (Cow::Borrowed(*field), *form))
            }
        }
    }

    /// What `{"1": …, "2": …}` is today. One entry of a map may come without a number.
    fn of_numbered<'a>(self, node: Node<'a>, operation: &str) -> Node<'a> {
        let Node::Map(mut numbered) = node else {
            return node;
        };
        let is_single = |key| numbered.iter().any(|(name, _)| name == key);
        if let Self::Map(key, _) = self
            && is_single(key)
        {
            numbered = vec![(Cow::Borrowed("1"), Node::Map(numbered))];
        }
        let mut items: Vec<_> = numbered
            .into_iter()
            .map(|(number, item)| (number.parse::<u32>().unwrap_or(u32::MAX), item))
            .collect();
        items.sort_by_key(|(number, _)| *number);
        let items = items.into_iter().map(|(_, item)| today(item, operation));
        match self {
            Self::List => Node::List(items.collect()),
            Self::Map(key, value) => Node::Map(
                items
                    .filter_map(|mut item| match item.take(key)? {
                        Node::Text(name) => Some((name, item.take(value).unwrap_or(Node::Null))),
                        _ => None,
                    })
                    .collect(),
            ),
        }
    }
}

/// Answers `<SendMessageResponse><SendMessageResult>…</SendMessageResult><ResponseMetadata>…`.
pub(crate) fn respond(output: &dyn Members, meta: &OperationMeta, request_id: &str) -> Response {
    let namespace = namespace(meta.service);
    if !is_sqs(meta) {
        return query::respond(output, meta, namespace, request_id);
    }
    let document = json::to_vec(output, Naming::Wire);
    let document = Node::from_json(&document).unwrap_or(Node::Null);
    let root = format!("{}Response", meta.name);
    let mut xml = XmlEncoder::default();
    xml.open(&format!("{root} xmlns=\"{namespace}\""));
    if output.schema().name != "Unit" {
        xml.element(&format!("{}Result", meta.name), |xml| {
            write(xml, &document, meta.name);
        });
    }
    xml.element("ResponseMetadata", |xml| {
        xml.text_element("RequestId", request_id);
    });
    xml.close(&root);
    query::respond_xml(meta.status, xml)
}

fn write(xml: &mut XmlEncoder, value: &Node<'_>, operation: &str) {
    match value {
        Node::Map(members) => {
            for (name, value) in members {
                write_member(xml, name, value, operation);
            }
        }
        Node::String(text) => xml.text(text),
        Node::Bool(value) => xml.text(if *value { "true" } else { "false" }),
        Node::Integer(number) => xml.text(&number.to_string()),
        Node::Float(number) => xml.text(&number.to_string()),
        Node::List(_) | Node::Text(_) | Node::Bytes(_) | Node::Null => {}
    }
}

fn write_member(xml: &mut XmlEncoder, name: &str, value: &Node<'_>, operation: &str) {
    match (Form::of_member(name, operation), value) {
        (Some((element, Form::List)), Node::List(items)) => {
            for item in items {
                xml.element(&element, |xml| write(xml, item, operation));
            }
        }
        (Some((element, Form::Map(key_name, value_name))), Node::Map(entries)) => {
            for (key, value) in entries {
                xml.element(&element, |xml| {
                    xml.text_element(key_name, key);
                    xml.element(value_name, |xml| write(xml, value, operation));
                });
            }
        }
        _ => xml.element(name, |xml| write(xml, value, operation)),
    }
}
