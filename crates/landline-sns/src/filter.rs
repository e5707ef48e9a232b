//! Which messages a subscription wants: its filter policy, over the message's attributes or its body. Pure.
//!
//! <https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html>

use landline_wire::ServiceError;
use landline_wire::event_pattern::Pattern;
use serde_json::{Map, Value};

use crate::errors::invalid;
use crate::message::{AttributeRecord, AttributeValue, MessageRecord};
use crate::quotas::{FILTER_POLICY_COMBINATIONS, FILTER_POLICY_KEYS, FILTER_POLICY_MAX};

/// A filter policy that has been read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Filter {
    pattern: Pattern,
    scope: Scope,
}

/// What a filter policy looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    MessageAttributes,
    MessageBody,
}

impl Scope {
    /// Reads `FilterPolicyScope`; without one, the attributes are meant.
    pub(crate) fn parse(text: Option<&str>) -> Result<Self, ServiceError> {
        match text {
            None | Some("" | "MessageAttributes") => Ok(Self::MessageAttributes),
            Some("MessageBody") => Ok(Self::MessageBody),
            Some(other) => Err(invalid(format!(
                "FilterPolicyScope: Invalid value [{other}]. Please use either MessageBody or MessageAttributes"
            ))),
        }
    }
}

impl Filter {
    /// Reads a filter policy.
    pub(crate) fn parse(text: &str, scope: Scope) -> Result<Self, ServiceError> {
        if text.len() > FILTER_POLICY_MAX {
            return Err(invalid("FilterPolicy: Filter policy is too long"));
        }
        let policy: Result<Map<String, Value>, _> = serde_json::from_str(text);
        let policy = policy.map_err(|_| invalid("FilterPolicy: failed to parse JSON."))?;
        let is_nested = |(key, value): (&String, &Value)| key != OR && value.is_object();
        if scope == Scope::MessageAttributes && policy.iter().any(is_nested) {
            return Err(invalid(
                "Filter policy scope MessageAttributes does not support nested filter policy",
            ));
        }
        let pattern = Pattern::parse(text);
        let pattern = pattern.map_err(|reason| invalid(format_args!("FilterPolicy: {reason}")))?;
        expect_simple(&policy)?;
        Ok(Self { pattern, scope })
    }

    /// Whether the subscription wants a message whose text for its protocol is `text`. A body that is no JSON object
    /// is wanted by nobody who looks into it.
    pub(crate) fn wants(&self, message: &MessageRecord, text: &str) -> bool {
        match self.scope {
            Scope::MessageAttributes => self.pattern.matches(&attributes(message)),
            Scope::MessageBody => serde_json::from_str::<Value>(text)
                .is_ok_and(|body| body.is_object() && self.pattern.matches(&body)),
        }
    }
}

/// Refuses a policy with too many keys, or with more combinations of values than SNS compares.
fn expect_simple(policy: &Map<String, Value>) -> Result<(), ServiceError> {
    if policy.keys().filter(|key| *key != OR).count() > FILTER_POLICY_KEYS {
        return Err(invalid(format_args!(
            "FilterPolicy: Filter policy can not have more than {FILTER_POLICY_KEYS} keys"
        )));
    }
    if combinations(policy, 1) > FILTER_POLICY_COMBINATIONS {
        return Err(invalid("FilterPolicy: Filter policy is too complex"));
    }
    Ok(())
}

/// Each key multiplies by its values and by how deep it lies; alternatives add up.
fn combinations(policy: &Map<String, Value>, depth: usize) -> usize {
    let of_key = |(key, value): (&String, &Value)| match value {
        Value::Array(alternatives) if key == OR => {
            let all = alternatives.iter().filter_map(Value::as_object);
            let all = all.map(|alternative| combinations(alternative, depth));
            all.fold(0, usize::saturating_add)
        }
        Value::Array(values) => values.len().saturating_mul(depth),
        Value::Object(nested) => combinations(nested, depth + 1),
        _ => 1,
    };
    policy.iter().map(of_key).fold(1, usize::saturating_mul)
}

const OR: &str = "$or";

/// The attributes as a pattern sees them: numbers are numbers, and arrays are any of their elements.
fn attributes(message: &MessageRecord) -> Value {
    let attributes = message.attributes.iter();
    let seen = attributes.filter_map(|(name, attribute)| Some((name.clone(), seen(attribute)?)));
    Value::Object(seen.collect())
}

fn seen(attribute: &AttributeRecord) -> Option<Value> {
    // Policies do not see what is binary.
    let AttributeValue::Text(text) = &attribute.value else {
        return None;
    };
    match attribute.data_type.as_str() {
        "String.Array" => serde_json::from_str(text).ok(),
        kind if kind.split('.').next() == Some("Number") => {
            text.parse::<f64>().ok().map(Value::from)
        }
        _ => Some(Value::from(text.clone())),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(policy: &Value, scope: Scope, message: &MessageRecord, expected: bool) {
        let filter = Filter::parse(&policy.to_string(), scope).unwrap();
        assert_eq!(filter.wants(message, &message.text), expected, "{policy}");
    }

    fn message(text: &str, attributes: &[(&str, &str, &str)]) -> MessageRecord {
        let attributes = attributes.iter().map(|(name, kind, value)| {
            let record = AttributeRecord {
                data_type: (*kind).to_owned(),
                value: AttributeValue::Text((*value).to_owned()),
            };
            ((*name).to_owned(), record)
        });
        MessageRecord {
            text: text.to_owned(),
            attributes: attributes.collect::<BTreeMap<_, _>>(),
            ..MessageRecord::default()
        }
    }

    #[test]
    fn attributes_are_seen_by_their_types() {
        let scope = Scope::MessageAttributes;
        let sent = message(
            "x",
            &[
                ("room", "String", "lobby"),
                ("size", "Number", "12"),
                ("tags", "String.Array", r#"["a", "b"]"#),
            ],
        );
        check(&json!({ "room": ["lobby"] }), scope, &sent, true);
        check(
            &json!({ "size": [{ "numeric": [">", 10] }] }),
            scope,
            &sent,
            true,
        );
        check(&json!({ "size": ["12"] }), scope, &sent, false);
        check(&json!({ "tags": ["b"] }), scope, &sent, true);
        check(
            &json!({ "room": ["lobby"], "tags": ["c"] }),
            scope,
            &sent,
            false,
        );
        check(
            &json!({ "absent": [{ "exists": false }] }),
            scope,
            &sent,
            true,
        );
    }

    #[test]
    fn a_body_is_looked_into_when_it_is_an_object() {
        let scope = Scope::MessageBody;
        let policy = json!({ "user": { "room": [{ "prefix": "lob" }] } });
        let sent = message(r#"{"user": {"room": "lobby"}}"#, &[]);
        check(&policy, scope, &sent, true);
        check(&policy, scope, &message("lobby", &[]), false);
        let anything = json!({ "a": [{ "exists": false }] });
        check(&anything, scope, &message("[]", &[]), false);
    }

    #[test]
    fn a_policy_has_few_keys_and_at_most_150_combinations() {
        let parse = |policy: Value| Filter::parse(&policy.to_string(), Scope::MessageBody);
        let values = |count: usize| (0..count).collect::<Vec<_>>();
        let refused = |policy: Value| parse(policy).unwrap_err().message;
        let complex = "Invalid parameter: FilterPolicy: Filter policy is too complex";
        parse(json!({ "a": values(150) })).unwrap();
        assert_eq!(refused(json!({ "a": values(151) })), complex);
        // (2 deep · 4) · (3 deep · 3) · 2 = 144, and one value more.
        let nested = |count: usize| json!({ "a": { "b": values(4) }, "c": { "d": { "e": values(3) } }, "f": values(count) });
        parse(nested(2)).unwrap();
        assert_eq!(refused(nested(3)), complex);
        // Alternatives add up: 10 · (7 + 8).
        let either = |count: usize| json!({ "a": values(10), "$or": [{ "b": values(7) }, { "c": values(count) }] });
        parse(either(8)).unwrap();
        assert_eq!(refused(either(9)), complex);
        let many = json!({ "a": [1], "b": [1], "c": [1], "d": [1], "e": [1], "f": [1] });
        assert_eq!(
            refused(many),
            "Invalid parameter: FilterPolicy: Filter policy can not have more than 5 keys"
        );
    }

    #[test]
    fn what_is_no_policy_is_refused() {
        let refused = |text: &str, scope| Filter::parse(text, scope).unwrap_err().message;
        assert_eq!(
            refused("{", Scope::MessageBody),
            "Invalid parameter: FilterPolicy: failed to parse JSON."
        );
        let nested = refused(r#"{"a": {"b": [1]}}"#, Scope::MessageAttributes);
        assert!(nested.contains("does not support nested"), "{nested}");
        assert!(Filter::parse(r#"{"a": 5}"#, Scope::MessageBody).is_err());
    }
}
