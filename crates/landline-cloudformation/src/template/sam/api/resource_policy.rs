//! `Auth.ResourcePolicy` of REST APIs: who may call which routes, by account, by address, or as the author writes it.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-resourcepolicystatement.html>

use serde_json::{Map as JsonMap, Value as Json, json};

use super::ApiEvent;

/// The policy of an API with these routes, if its author wants one.
pub(super) fn of(auth: &Json, events: &[&ApiEvent], stage: &Json) -> Option<Json> {
    let of_api = auth.get("ResourcePolicy");
    let mut statements: Vec<Json> = Vec::new();
    let mut add = |statement: Json| {
        if !statements.contains(&statement) {
            statements.push(statement);
        }
    };
    for event in events {
        let resource = resource(event, stage);
        // What a route says of itself counts beside what the API says of all.
        for wanted in of_api.into_iter().chain(event.auth("ResourcePolicy")) {
            add_lists(wanted, &resource, &mut add);
        }
    }
    let of_events = events
        .iter()
        .filter_map(|event| event.auth("ResourcePolicy"));
    for wanted in of_api.into_iter().chain(of_events) {
        match wanted.get("CustomStatements") {
            Some(Json::Array(custom)) => custom.iter().cloned().for_each(&mut add),
            Some(custom @ Json::Object(_)) => add(custom.clone()),
            _ => {}
        }
    }
    (!statements.is_empty()).then(|| json!({ "Version": "2012-10-17", "Statement": statements }))
}

/// What the lists of accounts and addresses say of a route.
fn add_lists(wanted: &Json, resource: &Json, add: &mut impl FnMut(Json)) {
    for (list, effect) in [
        ("AwsAccountWhitelist", "Allow"),
        ("AwsAccountBlacklist", "Deny"),
    ] {
        if let Some(accounts) = listed(wanted, list) {
            add(statement(effect, &json!({ "AWS": accounts }), resource));
        }
    }
    let conditions = [
        ("IpRangeWhitelist", "NotIpAddress", "aws:SourceIp"),
        ("IpRangeBlacklist", "IpAddress", "aws:SourceIp"),
    ];
    for (list, operator, key) in conditions {
        let Some(values) = listed(wanted, list) else {
            continue;
        };
        add(statement("Allow", &json!("*"), resource));
        let mut denied = statement("Deny", &json!("*"), resource);
        denied["Condition"] = json!({ operator: { key: values } });
        add(denied);
    }
}

fn listed(policy: &Json, name: &str) -> Option<Json> {
    match policy.get(name)? {
        Json::Null => None,
        list @ Json::Array(_) => Some(list.clone()),
        one => Some(json!([one])),
    }
}

fn statement(effect: &str, principal: &Json, resource: &Json) -> Json {
    json!({
        "Effect": effect, "Action": "execute-api:Invoke",
        "Resource": [resource], "Principal": principal,
    })
}

/// A route of the stage, relative to the API.
fn resource(event: &ApiEvent, stage: &Json) -> Json {
    let tail = event.arn_tail(event.text("Path").unwrap_or("/"));
    let mut names = JsonMap::new();
    names.insert("__Stage__".to_owned(), stage.clone());
    json!({ "Fn::Sub": [format!("execute-api:/${{__Stage__}}/{tail}"), names] })
}
