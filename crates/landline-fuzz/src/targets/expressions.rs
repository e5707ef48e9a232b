//! DynamoDB's expressions of every kind, and the items that they are put to.

use std::collections::BTreeMap;

use landline_api::dynamodb;
use landline_dynamodb::expression::{
    Condition, ExpressionKind, KeyCondition, Placeholders, Projection, Update,
};
use landline_dynamodb::item::{EncodedItem, encode};
use landline_dynamodb::value::{Item, item_from_json};

use super::{Target, two_texts};

pub(super) const TARGET: Target = Target {
    name: "expressions",
    run,
    seeds: &[
        b"attribute_exists(a.b[0]) AND (#n = :s OR NOT size(c) > :n)\xff{\"a\":{\"M\":{\"b\":{\"L\":[{\"S\":\"x\"}]}}}}",
        b"c BETWEEN :n AND :n OR a IN (:s, :n, :l) AND contains(s, :s)\xff{\"c\":{\"N\":\"1\"},\"s\":{\"SS\":[\"x\"]}}",
        b"SET a = if_not_exists(a, :n) + :n, l = list_append(l, :l) REMOVE #n[2] ADD c :n DELETE s :ss\xff{\"l\":{\"L\":[]}}",
        b"hash = :s AND begins_with(sort, :s)\xff{}",
        b"hash = :s AND sort BETWEEN :n AND :n\xff{}",
        b"a.b[0].c, #n, d[1][2]\xff{\"d\":{\"L\":[{\"NULL\":true},{\"L\":[]}]}}",
        b"((((((((a = :s))))))))\xff{\"a\":{\"S\":\"text\"}}",
    ],
    words: &[
        "attribute_exists(", "attribute_not_exists(", "attribute_type(", "begins_with(", "contains(",
        "size(", "if_not_exists(", "list_append(", " AND ", " OR ", "NOT ", " BETWEEN ", " IN (", "SET ",
        "REMOVE ", "ADD ", "DELETE ", "(", ")", "[", "]", "[99999999999]", ".", ",", "=", "<>", "<", "<=", "+",
        "-", "#n", "#", ":s", ":n", ":l", ":ss", ":", "a", "hash", "sort", "{\"a\":{\"N\":\"1e125\"}}", "{\"S\":\"",
        "{\"L\":[", "{\"M\":{", "}}", "\u{20ac}", "\n",
    ],
};

fn run(input: &[u8]) {
    let (text, item) = two_texts(input);
    let item = item_from_json(item.as_bytes()).unwrap_or_default();
    for kind in [ExpressionKind::Condition, ExpressionKind::Filter] {
        if let Ok(condition) = Condition::parse(kind, &text, &mut placeholders()) {
            let holds = condition.matches(&item);
            assert_eq!(holds, condition.matches(&item), "the same each time");
        }
    }
    if let Ok(keys) = KeyCondition::parse(&text, &mut placeholders()) {
        // Whatever was parsed can be looked at.
        let _ = keys.check(1);
    }
    if let Ok(projection) = Projection::parse(&text, &mut placeholders()) {
        project(&projection, &item);
    }
    if let Ok(update) = Update::parse(&text, &mut placeholders()) {
        let mut after = item.clone();
        if update.apply(&mut after).is_ok() {
            stored_and_read(&after);
        }
    }
}

/// The projection of the stored form is that of the item.
fn project(projection: &Projection, item: &Item) {
    let stored = encode(item);
    let stored = EncodedItem::new(&stored).expect("an item was stored just now");
    let mut json = Vec::new();
    stored
        .write_projected_json(projection, &mut json)
        .expect("what was stored can be read");
    let streamed = item_from_json(&json).expect("what is answered is an item");
    assert_eq!(streamed, projection.project(item));
}

fn stored_and_read(item: &Item) {
    let stored = encode(item);
    let stored = EncodedItem::new(&stored).expect("an item was stored just now");
    assert_eq!(stored.decode().as_ref(), Ok(item));
    assert_eq!(stored.size(), item.size());
}

fn placeholders() -> Placeholders {
    let values = [
        (":s", dynamodb::AttributeValue::S("text".to_owned())),
        (":n", dynamodb::AttributeValue::N("1.5".to_owned())),
        (":l", dynamodb::AttributeValue::L(Vec::new())),
        (":ss", dynamodb::AttributeValue::Ss(vec!["x".to_owned()])),
    ];
    let values = values.map(|(key, value)| (key.to_owned(), value));
    let names = BTreeMap::from([("#n".to_owned(), "name".to_owned())]);
    Placeholders::new(Some(names), Some(BTreeMap::from(values)))
        .expect("these placeholders are well formed")
}
