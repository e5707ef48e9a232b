//! Query and Scan: order, filters, pages, segments.

use landline_store::{Options as StoreOptions, open_disk, open_memory};
use serde_json::{Value, json};

use super::{Service, definitions, schema, table};

/// Ten messages in one room, numbered, and one in another.
fn messages() -> Service {
    let service = Service::with_table(&["room:S", "at:N"]);
    for number in 0..10 {
        service.put(json!({
            "room": {"S": "lobby"}, "at": {"N": number.to_string()}, "even": {"BOOL": number % 2 == 0},
        }));
    }
    service.put(json!({"room": {"S": "attic"}, "at": {"N": "99"}}));
    service
}

/// The sort keys of the items of an answer.
fn numbers(answer: &Value) -> String {
    let items = answer["Items"].as_array().unwrap();
    let numbers: Vec<&str> = items
        .iter()
        .map(|item| item["at"]["N"].as_str().unwrap())
        .collect();
    numbers.join(" ")
}

fn query(condition: &str, values: Value, more: Value) -> Value {
    let mut input = json!({
        "TableName": "Tab", "KeyConditionExpression": condition, "ExpressionAttributeValues": values,
    });
    for (name, value) in more.as_object().unwrap() {
        input[name] = value.clone();
    }
    input
}

#[test]
fn a_query_reads_one_partition_in_numeric_order() {
    let service = messages();
    let lobby = json!({":r": {"S": "lobby"}});
    let all = service.call("Query", query("room = :r", lobby.clone(), json!({})));
    assert_eq!(numbers(&all), "0 1 2 3 4 5 6 7 8 9");
    assert_eq!(
        (&all["Count"], &all["ScannedCount"]),
        (&json!(10), &json!(10))
    );
    assert_eq!(all.get("LastEvaluatedKey"), None);
    let backward = service.call(
        "Query",
        query(
            "room = :r",
            lobby,
            json!({"ScanIndexForward": false, "Limit": 3}),
        ),
    );
    assert_eq!(numbers(&backward), "9 8 7");
}

#[test]
fn a_sort_key_condition_narrows_the_query() {
    let service = messages();
    for (condition, expected) in [
        ("#at = :low", "3"),
        ("#at < :low", "0 1 2"),
        ("#at <= :low", "0 1 2 3"),
        ("#at > :high", "8 9"),
        ("#at >= :high", "7 8 9"),
        ("#at BETWEEN :low AND :high", "3 4 5 6 7"),
    ] {
        let mut values = json!({":r": {"S": "lobby"}});
        for (name, value) in [(":low", "3"), (":high", "7")] {
            if condition.contains(name) {
                values[name] = json!({"N": value});
            }
        }
        let input = query(
            &format!("room = :r AND {condition}"),
            values,
            json!({"ExpressionAttributeNames": {"#at": "at"}}),
        );
        assert_eq!(
            numbers(&service.call("Query", input)),
            expected,
            "{condition}"
        );
    }
}

#[test]
fn pages_follow_one_another_without_gap_in_both_directions() {
    let service = messages();
    for (forward, expected) in [
        (true, "0 1 2 3 4 5 6 7 8 9"),
        (false, "9 8 7 6 5 4 3 2 1 0"),
    ] {
        let mut seen = Vec::new();
        let mut start = Value::Null;
        loop {
            let input = query(
                "room = :r",
                json!({":r": {"S": "lobby"}}),
                json!({"Limit": 3, "ScanIndexForward": forward, "ExclusiveStartKey": start}),
            );
            let page = service.call("Query", input);
            seen.push(numbers(&page));
            match page.get("LastEvaluatedKey") {
                Some(key) => start = key.clone(),
                None => break,
            }
        }
        assert_eq!(seen.join(" "), expected);
    }
}

#[test]
fn a_page_that_ends_at_its_limit_names_a_key_even_if_nothing_follows() {
    let service = messages();
    let page = service.call(
        "Query",
        query(
            "room = :r",
            json!({":r": {"S": "lobby"}}),
            json!({"Limit": 10}),
        ),
    );
    assert_eq!(
        page["LastEvaluatedKey"],
        json!({"room": {"S": "lobby"}, "at": {"N": "9"}})
    );
}

#[test]
fn the_limit_counts_what_the_filter_has_to_look_at() {
    let service = messages();
    let input = query(
        "room = :r",
        json!({":r": {"S": "lobby"}, ":t": {"BOOL": true}}),
        json!({"FilterExpression": "even = :t", "Limit": 5}),
    );
    let page = service.call("Query", input);
    assert_eq!(numbers(&page), "0 2 4");
    assert_eq!(
        (&page["Count"], &page["ScannedCount"]),
        (&json!(3), &json!(5))
    );
}

#[test]
fn a_count_answers_no_items() {
    let service = messages();
    let answer = service.call("Scan", json!({"TableName": "Tab", "Select": "COUNT"}));
    assert_eq!(answer, json!({"Count": 11, "ScannedCount": 11}));
}

#[test]
fn an_empty_answer_is_an_empty_list() {
    let service = Service::with_table(&["id:S"]);
    let answer = service.call("Scan", json!({"TableName": "Tab"}));
    assert_eq!(answer, json!({"Items": [], "Count": 0, "ScannedCount": 0}));
}

#[test]
fn a_scan_comes_in_the_order_of_the_hash() {
    let service = Service::with_table(&["id:S"]);
    for id in [
        "2", "8", "9", "1", "6", "hello", "0", "5", "4", "aardman", "7", "3", "zapf",
    ] {
        service.put(json!({"id": {"S": id}}));
    }
    let answer = service.call(
        "Scan",
        json!({"TableName": "Tab", "ProjectionExpression": "id"}),
    );
    let ids: Vec<&str> = answer["Items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"]["S"].as_str().unwrap())
        .collect();
    assert_eq!(ids.join(" "), "2 8 9 1 6 hello 0 5 4 aardman 7 3 zapf");
}

#[test]
fn segments_share_the_table_without_overlap() {
    let service = Service::with_table(&["id:N"]);
    for number in 0..100 {
        service.put(json!({"id": {"N": number.to_string()}}));
    }
    let mut seen: Vec<i32> = Vec::new();
    for segment in 0..7 {
        let answer = service.call(
            "Scan",
            json!({"TableName": "Tab", "Segment": segment, "TotalSegments": 7}),
        );
        for item in answer["Items"].as_array().unwrap() {
            seen.push(item["id"]["N"].as_str().unwrap().parse().unwrap());
        }
    }
    seen.sort_unstable();
    assert_eq!(seen, (0..100).collect::<Vec<_>>());
}

#[test]
fn a_page_ends_after_a_megabyte() {
    let service = Service::with_table(&["id:N"]);
    for number in 0..12 {
        service.put(json!({"id": {"N": number.to_string()}, "x": {"S": "x".repeat(200_000)}}));
    }
    let (mut pages, mut items) = (0, 0);
    let mut start = Value::Null;
    loop {
        let page = service.call(
            "Scan",
            json!({"TableName": "Tab", "ExclusiveStartKey": start}),
        );
        pages += 1;
        items += page["Items"].as_array().unwrap().len();
        match page.get("LastEvaluatedKey") {
            Some(key) => start = key.clone(),
            None => break,
        }
    }
    assert_eq!((pages, items), (3, 12));
}

/// A table with an index by room, and people who are all in the lobby.
fn add_room(service: &Service, table_name: &str, people: usize) {
    let mut definition = table(table_name, &["id:S"]);
    definition["AttributeDefinitions"] = definitions(&["id:S", "room:S"]);
    definition["GlobalSecondaryIndexes"] = json!([{
        "IndexName": "by-room",
        "KeySchema": schema(&["room:S"]),
        "Projection": {"ProjectionType": "KEYS_ONLY"},
    }]);
    service.call("CreateTable", definition);
    let rows: Vec<Value> = (0..people)
        .map(|id| json!({"id": {"S": id.to_string()}, "room": {"S": "lobby"}}))
        .collect();
    for rows in rows.chunks(25) {
        let puts: Vec<Value> = rows
            .iter()
            .map(|row| json!({"PutRequest": {"Item": row}}))
            .collect();
        service.call(
            "BatchWriteItem",
            json!({"RequestItems": {table_name: puts}}),
        );
    }
}

/// What is read again and again lies in memory until somebody writes.
#[test]
fn each_write_shows_in_the_next_scan_and_the_next_query() {
    let directory = tempfile::tempdir().unwrap();
    let on_disk = open_disk(directory.path(), StoreOptions::default()).unwrap();
    for store in [open_memory(), on_disk] {
        let service = Service::on(store);
        add_room(&service, "Tab", 60);
        let in_lobby = query(
            "room = :r",
            json!({":r": {"S": "lobby"}}),
            json!({"IndexName": "by-room"}),
        );
        let check = |scanned: usize, queried: usize| {
            for _ in 0..3 {
                let scan = service.call("Scan", json!({"TableName": "Tab"}));
                assert_eq!(scan["Items"].as_array().unwrap().len(), scanned);
                let query = service.call("Query", in_lobby.clone());
                assert_eq!(query["Items"].as_array().unwrap().len(), queried);
            }
        };
        check(60, 60);
        let in_room = |room: &str| json!({"id": {"S": "new"}, "room": {"S": room}});
        let key = json!({"id": {"S": "new"}});
        service.put(in_room("lobby"));
        check(61, 61);
        service.put(in_room("cellar"));
        check(61, 60);
        let back = json!({
            "TableName": "Tab", "Key": key, "UpdateExpression": "SET room = :r",
            "ExpressionAttributeValues": {":r": {"S": "lobby"}},
        });
        service.call("UpdateItem", back);
        check(61, 61);
        let delete = json!({"Delete": {"TableName": "Tab", "Key": key}});
        service.call("TransactWriteItems", json!({"TransactItems": [delete]}));
        check(60, 60);
    }
}

/// What lies in memory answers filters, projections and counts as the store does.
#[test]
fn what_is_scanned_again_answers_the_same() {
    let service = Service::new();
    add_room(&service, "Tab", 60);
    let inputs = [
        json!({}),
        json!({"Limit": 7}),
        json!({"Select": "COUNT"}),
        json!({"IndexName": "by-room"}),
        json!({"ProjectionExpression": "id"}),
        json!({"Segment": 0, "TotalSegments": 2}),
        json!({"ExclusiveStartKey": {"id": {"S": "7"}}}),
        json!({
            "FilterExpression": "id < :id", "ExpressionAttributeValues": {":id": {"S": "3"}},
            "ReturnConsumedCapacity": "TOTAL",
        }),
    ];
    // A long one is walked partly on another thread.
    for length in [1, 10_000] {
        for mut input in inputs.clone() {
            input["TableName"] = json!("Tab");
            for id in 0..60 {
                let about = "x".repeat(length);
                service.put(json!({
                    "id": {"S": id.to_string()}, "room": {"S": "lobby"}, "about": {"S": about},
                }));
            }
            let first = service.call("Scan", input.clone());
            for _ in 0..3 {
                assert_eq!(service.call("Scan", input.clone()), first, "{input}");
            }
        }
    }
}

#[test]
fn a_long_scan_ends_where_its_table_or_its_index_ends() {
    let directory = tempfile::tempdir().unwrap();
    let on_disk = open_disk(directory.path(), StoreOptions::default()).unwrap();
    for store in [open_memory(), on_disk] {
        let service = Service::on(store);
        for name in ["Tab", "Next"] {
            add_room(&service, name, 300);
        }
        let count = |more: Value| {
            let mut input = json!({"TableName": "Tab", "Select": "COUNT"});
            for (name, value) in more.as_object().unwrap() {
                input[name] = value.clone();
            }
            let answer = service.call("Scan", input);
            assert_eq!(answer.get("LastEvaluatedKey"), None);
            answer["Count"].as_u64().unwrap()
        };
        // The second time it is known to be long.
        for _ in 0..2 {
            assert_eq!(count(json!({})), 300);
            assert_eq!(count(json!({"IndexName": "by-room"})), 300);
        }
        let segment = |number: u32| count(json!({"Segment": number, "TotalSegments": 2}));
        assert_eq!(segment(0) + segment(1), 300);
        let page = service.call("Scan", json!({"TableName": "Tab", "Limit": 299}));
        assert_eq!(
            count(json!({"ExclusiveStartKey": page["LastEvaluatedKey"]})),
            1
        );
        assert_eq!(count(json!({})), 300);
        for id in 0..300 {
            let key = json!({"id": {"S": id.to_string()}});
            service.call("DeleteItem", json!({"TableName": "Tab", "Key": key}));
        }
        assert_eq!(count(json!({})), 0);
    }
}

#[test]
fn what_is_no_query_is_refused() {
    let service = messages();
    let refused = |condition: &str, values: Value, more: Value| {
        service.refusal("Query", query(condition, values, more))
    };
    let lobby = json!({":r": {"S": "lobby"}});
    assert_eq!(
        refused("even = :r", lobby.clone(), json!({})),
        "ValidationException: Query condition missed key schema element: room"
    );
    assert_eq!(
        refused("room = :r", json!({":r": {"N": "1"}}), json!({})),
        "ValidationException: One or more parameter values were invalid: Condition parameter type does not match schema type"
    );
    assert_eq!(
        refused(
            "room = :r",
            lobby.clone(),
            json!({"FilterExpression": "room = :r"})
        ),
        "ValidationException: Filter Expression can only contain non-primary key attributes: Primary key attribute: room"
    );
    assert_eq!(
        refused("room = :r", lobby.clone(), json!({"IndexName": "nowhere"})),
        "ValidationException: The table does not have the specified index: nowhere"
    );
    assert_eq!(
        refused(
            "room = :r",
            lobby,
            json!({"ExclusiveStartKey": {"room": {"S": "attic"}, "at": {"N": "1"}}})
        ),
        "ValidationException: The provided starting key is outside query boundaries based on provided conditions"
    );
    assert_eq!(
        service.refusal(
            "Scan",
            json!({"TableName": "Tab", "Segment": 1, "TotalSegments": 1})
        ),
        "ValidationException: The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 1 is not less than TotalSegments: 1"
    );
}
