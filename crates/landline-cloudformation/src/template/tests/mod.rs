//! Each case is a template (or a piece of one) and what it evaluates to, or the words with which it is refused.

mod functions;
mod loops;
mod parameters;
mod rules;
mod secrets;
mod syntax;

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::dynamic_references::{Named, SecretReference};
use super::*;

/// Resources whose `Ref` is `ref-ID` and whose attributes are `ID.Attribute`.
struct Made;

impl Resources for Made {
    fn reference(&self, logical_id: &str) -> Option<Json> {
        logical_id
            .starts_with(char::is_uppercase)
            .then(|| Json::from(format!("ref-{logical_id}")))
    }

    fn attribute(&self, logical_id: &str, attribute: &str) -> Option<Result<Json, String>> {
        match attribute {
            "Later" => Some(Ok(Json::from(KNOWN_AFTER_APPLY))),
            "Missing" => Some(Err(format!(
                "Template error: resource {logical_id} does not support attribute type Missing in Fn::GetAtt"
            ))),
            _ => Some(Ok(Json::from(format!("{logical_id}.{attribute}")))),
        }
    }
}

const HEAD: &str = "
Parameters:
  Stage: { Type: String, Default: dev }
  Names: { Type: CommaDelimitedList, Default: 'a, b' }
  Count: { Type: Number, Default: 3 }
  Left: { Type: String, Default: 'AWS::NoValue' }
Mappings:
  Sizes: { us-east-1: { small: t1, list: [x, y] } }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsDev: !Not [!Condition IsProd]
  Both: !And [!Condition IsDev, !Equals [!Ref Count, 3]]
  Either: !Or [!Condition IsProd, !Condition Both]
Resources:
  R:
    Type: T
    Properties:
      X: ";

fn evaluate_property(value: &str) -> Result<Option<Json>, TemplateError> {
    let template = Template::parse(&format!("{HEAD}{value}\n"))?;
    let pseudo = Pseudo {
        account_id: "123456789012".into(),
        region: "us-east-1".into(),
        stack_name: "chat".into(),
        stack_id: "arn:stack".into(),
        notification_arns: Vec::new(),
    };
    let parameters = resolve_parameters(&template.parameters, &BTreeMap::new(), &BTreeMap::new())?;
    let conditions = evaluate_conditions(&template, &parameters, &pseudo)?;
    let exports = BTreeMap::from([("shared".to_owned(), "from elsewhere".to_owned())]);
    let scope = Scope {
        pseudo: &pseudo,
        parameters: &parameters,
        mappings: &template.mappings,
        conditions: &conditions,
        resources: &Made,
        exports: &exports,
        budget: &Budget::default(),
    };
    let properties = evaluate(&template.resources["R"].properties, &scope)?;
    Ok(properties.and_then(|properties| properties.get("X").cloned()))
}

#[track_caller]
fn check(value: &str, expect: impl Into<Json>) {
    assert_eq!(evaluate_property(value), Ok(Some(expect.into())), "{value}");
}

#[track_caller]
fn refused(value: &str, expect: &str) {
    assert_eq!(
        evaluate_property(value).unwrap_err().to_string(),
        expect,
        "{value}"
    );
}

#[track_caller]
fn template_refused(text: &str, expect: &str) {
    let error = Template::parse(text)
        .and_then(|template| check_references(&template))
        .unwrap_err();
    assert_eq!(error.to_string(), expect);
}

const LOOP: &str = "\
Transform: AWS::LanguageExtensions
Parameters:
  Names: {Type: CommaDelimitedList, Default: 'a,b'}
Resources:
  Fn::ForEach::Topics:
    - Name
    - !Ref Names
    - 'Topic${Name}':
        Type: T
        Properties: {Name: !Ref Name, Text: !Sub '${Name}.x'}
";
