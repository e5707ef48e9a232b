//! `EventInvokeConfig.DestinationConfig`: where goes what a function has answered to asynchronous events. The queue or
//! topic that the template does not name is made, if need be only where a condition leaves it out.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventinvokedestinationconfiguration.html>

use serde_json::json;

use super::super::error::TemplateError;
use super::super::node::Node;
use super::checks::{Kind, expect};
use super::pull_events::may_send;
use super::{Output, Source, hash};

const SIDES: [&str; 2] = ["OnSuccess", "OnFailure"];

/// One side of the configuration, with all that it needs.
struct Side {
    /// `OnSuccess`
    name: &'static str,
    /// The type and the destination, as a function's role reads them.
    described: Node,
    destination: Option<Node>,
    /// The logical id and the resource that is made for it.
    made: Option<(String, Node)>,
    conditions: Vec<(String, Node)>,
}

/// The destinations as Lambda knows them; adds what is made for them.
pub(super) fn expand(source: &Source<'_>, output: &mut Output) -> Result<Node, TemplateError> {
    let mut config = Node::object(source.line);
    for side in sides(source)? {
        output.conditions.extend(side.conditions);
        if let Some((id, resource)) = side.made {
            output.push(&id, resource);
        }
        let mut target = Node::object(source.line);
        if let Some(destination) = side.destination {
            target = target.with("Destination", destination);
        }
        config = config.with(side.name, target);
    }
    Ok(config)
}

/// What the destinations make of the role.
pub(super) fn grants(source: &Source<'_>) -> Result<Vec<Node>, TemplateError> {
    let grant = |side: &Side| may_send(source, &owner(source, side.name), &side.described);
    Ok(sides(source)?.iter().filter_map(grant).collect())
}

fn owner(source: &Source<'_>, side: &str) -> String {
    format!("{}EventInvokeConfig{side}", source.id)
}

fn sides(source: &Source<'_>) -> Result<Vec<Side>, TemplateError> {
    let config = source.property("EventInvokeConfig");
    let config = config.and_then(|config| config.get("DestinationConfig"));
    let Some(config) = config.filter(|it| !it.is_null()) else {
        return Ok(Vec::new());
    };
    expect(config, "EventInvokeConfig.DestinationConfig", Kind::Map)?;
    let mut sides = Vec::new();
    for name in SIDES {
        let Some(node) = config.get(name).filter(|it| !it.is_null()) else {
            continue;
        };
        let path = format!("EventInvokeConfig.DestinationConfig.{name}");
        expect(node, &path, Kind::Map)?;
        sides.push(read(source, name, node)?);
    }
    Ok(sides)
}

fn read(source: &Source<'_>, name: &'static str, node: &Node) -> Result<Side, TemplateError> {
    let kind = node.get("Type").and_then(Node::as_str).unwrap_or("None");
    if !["SQS", "SNS", "EventBridge", "Lambda", "S3Bucket"].contains(&kind) {
        let message = format!(
            "'Type: {kind}' must be one of ['SQS', 'SNS', 'EventBridge', 'Lambda', 'S3Bucket']"
        );
        return Err(TemplateError::at(node.line, message));
    }
    let given = node.get("Destination").filter(|it| !it.is_null());
    let lack = match given {
        Some(destination) => lack(source, destination)?,
        None => Some(Lack::default()),
    };
    let Some(mut lack) = lack else {
        return Ok(Side {
            name,
            described: node.clone(),
            destination: given.cloned(),
            made: None,
            conditions: Vec::new(),
        });
    };
    let (end, resource_type) = match kind {
        "SQS" => ("Queue", "AWS::SQS::Queue"),
        "SNS" => ("Topic", "AWS::SNS::Topic"),
        _ => {
            let message = "Destination is required if Type is not ['SQS', 'SNS']";
            return Err(TemplateError::at(node.line, message));
        }
    };
    let id = format!("{}{end}", owner(source, name));
    let mut resource = source.secondary(resource_type, Node::object(node.line));
    if let Some(condition) = lack.join(source) {
        resource = resource.with("Condition", source.text(&condition));
    }
    let arn = source.json(&match kind {
        "SQS" => json!({ "Fn::GetAtt": [id, "Arn"] }),
        _ => json!({ "Ref": id }),
    });
    let destination = match (&lack.when, lack.otherwise.take()) {
        (Some(condition), Some(other)) => {
            let branches = vec![source.text(condition), arn, other];
            Node::object(node.line).with("Fn::If", Node::list(node.line, branches))
        }
        _ => arn,
    };
    Ok(Side {
        name,
        described: node.clone().with("Destination", destination.clone()),
        destination: Some(destination),
        made: Some((id, resource)),
        conditions: lack.conditions,
    })
}

/// When a destination is not there, and what it is otherwise.
#[derive(Default)]
struct Lack {
    when: Option<String>,
    otherwise: Option<Node>,
    conditions: Vec<(String, Node)>,
}

impl Lack {
    /// The condition of what is made: that of the function counts too.
    fn join(&mut self, source: &Source<'_>) -> Option<String> {
        let of_function = source.attributes.get("Condition").and_then(Node::as_str);
        match (of_function, self.when.as_deref()) {
            (Some(all), Some(own)) => {
                let name = format!("{all}AND{own}{}", hash::suffix_of(&json!(source.id)));
                let both = json!({ "Fn::And": [{ "Condition": all }, { "Condition": own }] });
                self.conditions.push((name.clone(), source.json(&both)));
                Some(name)
            }
            (all, own) => all.or(own).map(str::to_owned),
        }
    }
}

/// The lack of a destination that a condition takes away on one of its sides.
fn lack(source: &Source<'_>, destination: &Node) -> Result<Option<Lack>, TemplateError> {
    let id = format!("{}EventInvokeConfig", source.id);
    let refuse = |error: TemplateError| error.in_resource(&id);
    let Some(choice) = Choice::of(destination, "Destination").map_err(refuse)? else {
        return Ok(None);
    };
    let lack = match (is_nothing(choice.then), is_nothing(choice.otherwise)) {
        (true, false) => Lack {
            when: Some(choice.condition.to_owned()),
            otherwise: Some(choice.otherwise.clone()),
            conditions: Vec::new(),
        },
        (false, true) => {
            let not = format!("NOT{}{}", choice.condition, hash::suffix_of(&json!(id)));
            Lack {
                when: Some(not.clone()),
                otherwise: Some(choice.then.clone()),
                conditions: vec![(not, negated(source, choice.condition))],
            }
        }
        _ => return Ok(None),
    };
    Ok(Some(lack))
}

/// `Fn::If` in a property that may be left out.
pub(super) struct Choice<'a> {
    pub(super) condition: &'a str,
    pub(super) then: &'a Node,
    pub(super) otherwise: &'a Node,
}

impl<'a> Choice<'a> {
    pub(super) fn of(node: &'a Node, property: &str) -> Result<Option<Self>, TemplateError> {
        let Some(("Fn::If", argument)) = node.as_function() else {
            return Ok(None);
        };
        if let Some([condition, then, otherwise]) = argument.as_list()
            && let Some(condition) = condition.as_str()
        {
            return Ok(Some(Self {
                condition,
                then,
                otherwise,
            }));
        }
        let message = format!("Malformed '{property}' property: Fn::If requires 3 arguments.");
        Err(TemplateError::at(node.line, message))
    }
}

/// `{"Ref": "AWS::NoValue"}`
pub(super) fn is_nothing(node: &Node) -> bool {
    let function = node.as_function();
    function.is_some_and(|(name, it)| name == "Ref" && it.as_str() == Some("AWS::NoValue"))
}

/// The condition that another is not met.
pub(super) fn negated(source: &Source<'_>, condition: &str) -> Node {
    source.json(&json!({ "Fn::Not": [{ "Condition": condition }] }))
}
