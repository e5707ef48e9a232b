//! Secondary indexes: always true to the table, each with what it projects.

use serde_json::{Value, json};

use super::{Service, definitions, schema};

/// Connections with a global index by room and a local one by age.
fn connections(global: Value, local: Value) -> Service {
    let service = Service::new();
    service.call(
        "CreateTable",
        json!({
            "TableName": "Tab",
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": definitions(&["user:S", "id:S", "room:S", "age:N"]),
            "KeySchema": schema(&["user:S", "id:S"]),
            "GlobalSecondaryIndexes": [
                {"IndexName": "by-room", "KeySchema": schema(&["room:S"]), "Projection": global},
            ],
            "LocalSecondaryIndexes": [
                {"IndexName": "by-age", "KeySchema": schema(&["user:S", "age:N"]), "Projection": local},
            ],
        }),
    );
    service
}

fn all() -> Service {
    connections(
        json!({"ProjectionType": "ALL"}),
        json!({"ProjectionType": "KEYS_ONLY"}),
    )
}

fn in_room(service: &Service, room: &str) -> Value {
    service.call(
        "Query",
        json!({
            "TableName": "Tab", "IndexName": "by-room", "KeyConditionExpression": "room = :r",
            "ExpressionAttributeValues": {":r": {"S": room}},
        }),
    )["Items"]
        .clone()
}

#[test]
fn an_index_follows_every_write() {
    let service = all();
    let item = json!({"user": {"S": "u"}, "id": {"S": "1"}, "room": {"S": "lobby"}});
    service.put(item.clone());
    assert_eq!(in_room(&service, "lobby"), json!([item]));

    let key = json!({"user": {"S": "u"}, "id": {"S": "1"}});
    service.call(
        "UpdateItem",
        json!({
            "TableName": "Tab", "Key": key, "UpdateExpression": "SET room = :r",
            "ExpressionAttributeValues": {":r": {"S": "attic"}},
        }),
    );
    assert_eq!(in_room(&service, "lobby"), json!([]));
    assert_eq!(in_room(&service, "attic").as_array().unwrap().len(), 1);

    service.call(
        "UpdateItem",
        json!({"TableName": "Tab", "Key": key, "UpdateExpression": "REMOVE room"}),
    );
    assert_eq!(
        in_room(&service, "attic"),
        json!([]),
        "an item without the key is not in the index"
    );

    service.put(item);
    service.call("DeleteItem", json!({"TableName": "Tab", "Key": key}));
    assert_eq!(in_room(&service, "lobby"), json!([]));
}

/// The order is the one that DynamoDB was seen to give.
#[test]
fn items_with_equal_index_keys_come_in_the_order_of_their_hash() {
    let service = all();
    for (user, id) in [("a", "a"), ("b", "b"), ("c", "e"), ("e", "a")] {
        service.put(json!({"user": {"S": user}, "id": {"S": id}, "room": {"S": "lobby"}}));
    }
    let items = in_room(&service, "lobby");
    let users: Vec<&str> = items
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["user"]["S"].as_str().unwrap())
        .collect();
    assert_eq!(users, ["b", "a", "c", "e"]);
}

#[test]
fn a_page_of_an_index_names_the_keys_of_both() {
    let service = all();
    for id in ["1", "2", "3"] {
        service.put(json!({"user": {"S": "u"}, "id": {"S": id}, "room": {"S": "lobby"}}));
    }
    let mut seen = Vec::new();
    let mut start = Value::Null;
    loop {
        let page = service.call(
            "Query",
            json!({
                "TableName": "Tab", "IndexName": "by-room", "KeyConditionExpression": "room = :r",
                "ExpressionAttributeValues": {":r": {"S": "lobby"}}, "Limit": 1, "ExclusiveStartKey": start,
            }),
        );
        seen.extend(
            page["Items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|item| item["id"]["S"].clone()),
        );
        let Some(key) = page.get("LastEvaluatedKey") else {
            break;
        };
        assert_eq!(key.as_object().unwrap().len(), 3, "{key}");
        start = key.clone();
    }
    seen.sort_by_key(ToString::to_string);
    assert_eq!(json!(seen), json!(["1", "2", "3"]));
}

#[test]
fn an_index_answers_what_it_projects() {
    let service = connections(
        json!({"ProjectionType": "INCLUDE", "NonKeyAttributes": ["name"]}),
        json!({"ProjectionType": "KEYS_ONLY"}),
    );
    service.put(json!({
        "user": {"S": "u"}, "id": {"S": "1"}, "room": {"S": "lobby"}, "age": {"N": "5"},
        "name": {"S": "n"}, "note": {"S": "o"},
    }));
    assert_eq!(
        in_room(&service, "lobby"),
        json!([{"user": {"S": "u"}, "id": {"S": "1"}, "room": {"S": "lobby"}, "name": {"S": "n"}}])
    );
    let by_age = |more: Value| {
        let mut input = json!({
            "TableName": "Tab", "IndexName": "by-age", "KeyConditionExpression": "#u = :u AND age > :a",
            "ExpressionAttributeNames": {"#u": "user"},
            "ExpressionAttributeValues": {":u": {"S": "u"}, ":a": {"N": "1"}},
        });
        for (name, value) in more.as_object().unwrap() {
            input[name] = value.clone();
        }
        service.call("Query", input)["Items"].clone()
    };
    assert_eq!(
        by_age(json!({})),
        json!([{"user": {"S": "u"}, "id": {"S": "1"}, "age": {"N": "5"}}])
    );
    // A local index looks up in the table what it does not hold itself.
    assert_eq!(
        by_age(json!({"ProjectionExpression": "note"})),
        json!([{"note": {"S": "o"}}])
    );
    assert_eq!(
        by_age(json!({"Select": "ALL_ATTRIBUTES"}))[0]["name"],
        json!({"S": "n"})
    );
}

#[test]
fn a_global_index_is_asked_for_no_more_than_it_has() {
    let service = connections(
        json!({"ProjectionType": "KEYS_ONLY"}),
        json!({"ProjectionType": "ALL"}),
    );
    let refused = |more: Value| {
        let mut input = json!({"TableName": "Tab", "IndexName": "by-room"});
        for (name, value) in more.as_object().unwrap() {
            input[name] = value.clone();
        }
        service.refusal("Scan", input)
    };
    assert_eq!(
        refused(json!({"ConsistentRead": true})),
        "ValidationException: Consistent reads are not supported on global secondary indexes"
    );
    assert_eq!(
        refused(json!({"Select": "ALL_ATTRIBUTES"})),
        "ValidationException: One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index by-room because its projection type is not ALL"
    );
}

#[test]
fn an_index_key_of_the_wrong_type_is_refused() {
    let service = all();
    let put = |room: Value| {
        let item = json!({"user": {"S": "u"}, "id": {"S": "1"}, "room": room});
        service.refusal("PutItem", json!({"TableName": "Tab", "Item": item}))
    };
    assert_eq!(
        put(json!({"N": "1"})),
        "ValidationException: One or more parameter values were invalid: Type mismatch for Index Key room Expected: S Actual: N IndexName: by-room"
    );
    assert!(put(json!({"S": ""})).contains("IndexName: by-room, IndexKey: room"));
    assert_eq!(
        service.refusal(
            "UpdateItem",
            json!({
                "TableName": "Tab", "Key": {"user": {"S": "u"}, "id": {"S": "1"}},
                "UpdateExpression": "SET room = :r", "ExpressionAttributeValues": {":r": {"N": "1"}},
            })
        ),
        "ValidationException: One or more parameter values were invalid: Type mismatch for Index Key room Expected: S Actual: N IndexName: by-room"
    );
    // What the request alone does not show is found when the update is made.
    service.put(json!({"user": {"S": "u"}, "id": {"S": "1"}, "n": {"N": "1"}}));
    assert_eq!(
        service.refusal(
            "UpdateItem",
            json!({
                "TableName": "Tab", "Key": {"user": {"S": "u"}, "id": {"S": "1"}},
                "UpdateExpression": "SET room = n",
            })
        ),
        "ValidationException: The update expression attempted to update the secondary index key to unsupported type"
    );
}

#[test]
fn the_description_shows_the_indexes() {
    let service = all();
    service.put(json!({"user": {"S": "u"}, "id": {"S": "1"}, "room": {"S": "lobby"}}));
    let described = service.call("DescribeTable", json!({"TableName": "Tab"}));
    let global = &described["Table"]["GlobalSecondaryIndexes"][0];
    assert_eq!(global["IndexStatus"], "ACTIVE");
    assert_eq!(global["ItemCount"], 1);
    assert_eq!(
        global["IndexArn"],
        "arn:aws:dynamodb:us-east-1:000000000000:table/Tab/index/by-room"
    );
    let local = &described["Table"]["LocalSecondaryIndexes"][0];
    assert_eq!(
        (&local["ItemCount"], &local["Projection"]),
        (&json!(0), &json!({"ProjectionType": "KEYS_ONLY"}))
    );
}
