//! References to what only exists in SAM (`Ref: Chat.Stage`, `${Chat.Stage}`) and to what has another logical id once the
//! transform is done.

use std::collections::BTreeMap;

use super::super::node::{Node, Value};

/// Replaces them in a whole template.
pub(super) fn rewrite(node: &mut Node, references: &BTreeMap<String, String>) {
    let function = node.as_function().map(|(name, _)| name.to_owned());
    let replace = |node: &mut Node| {
        if let Value::String(text) = &mut node.value
            && let Some(id) = references.get(text)
        {
            *text = id.clone();
        }
    };
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| rewrite(item, references)),
        Value::Map(map) => {
            for entry in map.iter_mut() {
                let argument = &mut entry.node;
                match function.as_deref() {
                    Some("Ref") => replace(argument),
                    Some("Fn::GetAtt") => rewrite_get_att(argument, references),
                    Some("Fn::Sub") => rewrite_sub_argument(argument, references),
                    _ if entry.key == "DependsOn" => match &mut argument.value {
                        Value::List(items) => items.iter_mut().for_each(replace),
                        _ => replace(argument),
                    },
                    _ => rewrite(argument, references),
                }
            }
        }
        _ => {}
    }
}

/// `[Dep, LayerVersionArn]`, or `[F, Version.Version]` of a version that was made for a function.
fn rewrite_get_att(argument: &mut Node, references: &BTreeMap<String, String>) {
    let Value::List(items) = &mut argument.value else {
        return;
    };
    let [id, attribute] = items.as_mut_slice() else {
        return;
    };
    let (Some(name), Some(path)) = (id.as_str(), attribute.as_str()) else {
        return;
    };
    if let Some((property, rest)) = path.split_once('.')
        && let Some(made) = references.get(&format!("{name}.{property}"))
    {
        *attribute = Node::string(attribute.line, rest);
        *id = Node::string(id.line, made);
    } else if let Some(made) = references.get(name) {
        *id = Node::string(id.line, made);
    }
}

fn rewrite_sub_argument(argument: &mut Node, references: &BTreeMap<String, String>) {
    match &mut argument.value {
        Value::String(text) => *text = rewrite_sub(text, references),
        Value::List(items) => {
            if let Some(Node {
                value: Value::String(text),
                ..
            }) = items.first_mut()
            {
                *text = rewrite_sub(text, references);
            }
            for item in items {
                rewrite(item, references);
            }
        }
        _ => rewrite(argument, references),
    }
}

fn rewrite_sub(text: &str, references: &BTreeMap<String, String>) -> String {
    references.iter().fold(text.to_owned(), |text, (from, to)| {
        text.replace(&format!("${{{from}}}"), &format!("${{{to}}}"))
            .replace(&format!("${{{from}."), &format!("${{{to}."))
    })
}
