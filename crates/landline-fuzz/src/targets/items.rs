//! DynamoDB's items: from JSON, to their stored form, and back; and stored forms that are damaged.

use landline_dynamodb::item::{EncodedItem, encode};
use landline_dynamodb::value::item_from_json;

use super::Target;

pub(super) const TARGET: Target = Target {
    name: "items",
    run,
    seeds: &[
        b"{\"a\":{\"S\":\"text\"},\"b\":{\"N\":\"-1.50e3\"},\"c\":{\"B\":\"AAEC\"},\"d\":{\"BOOL\":true},\"e\":{\"NULL\":true}}",
        b"{\"a\":{\"SS\":[\"x\",\"y\"]},\"b\":{\"NS\":[\"1\",\"2.0\"]},\"c\":{\"BS\":[\"AA==\",\"AQ==\"]}}",
        b"{\"a\":{\"L\":[{\"M\":{\"x\":{\"L\":[]}}},{\"S\":\"\\u0000\\ud83d\\ude00\"}]}}",
        b"\x01\x09\x01\x01a\x01\x04text",
    ],
    words: &[
        "{\"S\":", "{\"N\":", "{\"B\":", "{\"BOOL\":", "{\"NULL\":", "{\"SS\":[", "{\"NS\":[", "{\"BS\":[",
        "{\"L\":[", "{\"M\":{", "}", "]", ",", ":", "\"", "\"\"", "true", "false", "null", "0", "1e-130",
        "9.9999999999999999999999999999999999999E125", "-0", "+5", "AA==", "A", "\\u0000", "\\ud800",
        "\u{1}", "\u{8}", "\u{b}", "\u{c}",
    ],
};

fn run(input: &[u8]) {
    if let Ok(item) = item_from_json(input) {
        let stored = encode(&item);
        let row = EncodedItem::new(&stored).expect("an item was stored just now");
        assert_eq!(
            row.decode().as_ref(),
            Ok(&item),
            "what is stored is read back"
        );
        assert_eq!(row.size(), item.size());
        let mut json = Vec::new();
        row.write_json(&mut json)
            .expect("what was stored can be read");
        assert_eq!(item_from_json(&json).as_ref(), Ok(&item));
    }
    // The same bytes as a row that the disk has damaged: an error at worst.
    if let Ok(row) = EncodedItem::new(input) {
        let mut json = Vec::new();
        let written = row.write_json(&mut json);
        if let (Ok(item), Ok(())) = (row.decode(), written) {
            let again = encode(&item);
            assert!(EncodedItem::new(&again).is_ok());
        }
        let _ = row.get("a");
    }
}
