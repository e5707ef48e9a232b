//! The placeholders and items that the tables of cases share.

use std::collections::BTreeMap;

use landline_api::dynamodb;

use super::Placeholders;
use crate::value::{Item, item_from_json};

pub(super) fn item(json: &str) -> Item {
    item_from_json(json.as_bytes()).unwrap_or_else(|error| panic!("{json}: {error}"))
}

/// `#n` and `:v` of every kind, for cases that care about one of them only.
pub(super) fn placeholders() -> Placeholders {
    let names = [("#name", "name"), ("#dot", "a.b"), ("#a", "a"), ("#b", "b")];
    let names = names
        .map(|(key, name)| (key.to_owned(), name.to_owned()))
        .into();
    Placeholders::new(Some(names), Some(values(VALUES))).unwrap()
}

pub(super) fn values(json: &str) -> BTreeMap<String, dynamodb::AttributeValue> {
    item(json).into()
}

const VALUES: &str = r#"{
    ":s":{"S":"text"}, ":te":{"S":"te"}, ":empty":{"S":""}, ":typeS":{"S":"S"}, ":typeX":{"S":"X"},
    ":n0":{"N":"0"}, ":n1":{"N":"1"}, ":n2":{"N":"2"}, ":n5":{"N":"5"}, ":n10":{"N":"10"},
    ":b":{"B":"AAEC"}, ":t":{"BOOL":true}, ":null":{"NULL":true},
    ":ss":{"SS":["b","a"]}, ":ns":{"NS":["1","2"]}, ":bs":{"BS":["AA=="]},
    ":l":{"L":[{"S":"x"}]}, ":m":{"M":{"k":{"S":"v"}}}, ":A":{"S":"a"}, ":Z":{"S":"z"}
}"#;
