//! Paths and where they lead, compared with Jayway's library.

use serde_json::{Value, json};

use super::JsonPath;

const STORE: &str = r#"{
    "store": {
        "book": [
            {"category": "reference", "author": "Rees", "title": "Sayings", "price": 8.95},
            {"category": "fiction", "author": "Waugh", "title": "Sword", "price": 12.99, "isbn": "0-553"},
            {"category": "fiction", "author": "Tolkien", "title": "Ring", "price": 22.99, "isbn": "0-395"}
        ],
        "bicycle": {"color": "red", "price": 19.95}
    },
    "expensive": 10, "a-b": 1, "ü": 2, "it's": 3, "e": [], "m": {"x": 1, "y": 2, "z": 3}, "none": null,
    "nested": [[1, 2], [3]], "words": ["in", "out"], "mixed": [1, "1", true, null]
}"#;

fn find(path: &str) -> Option<Value> {
    let document: Value = serde_json::from_str(STORE).unwrap();
    JsonPath::parse(path).unwrap().evaluate(&document)
}

fn check(cases: &[(&str, Value)]) {
    for (path, expected) in cases {
        assert_eq!(find(path).as_ref(), Some(expected), "{path}");
    }
}

#[test]
fn a_definite_path_gives_its_value() {
    check(&[
        ("$.store.bicycle.color", json!("red")),
        (
            "$['store']['bicycle']",
            json!({"color": "red", "price": 19.95}),
        ),
        ("$[\"store\"].bicycle.price", json!(19.95)),
        ("$.store.book[0].title", json!("Sayings")),
        ("$.store.book[-1].title", json!("Ring")),
        ("$.nested[0][1]", json!(2)),
        ("$.a-b", json!(1)),
        ("$['a-b']", json!(1)),
        ("$.ü", json!(2)),
        ("$['it\\'s']", json!(3)),
        ("$.none", json!(null)),
        ("$.e", json!([])),
        ("$.m['x','z']", json!({"x": 1, "z": 3})),
        ("$[ 'm' ][ 'x' ]", json!(1)),
    ]);
}

#[test]
fn a_path_needs_no_root() {
    check(&[
        ("expensive", json!(10)),
        ("store.bicycle.color", json!("red")),
        ("['m'].x", json!(1)),
        (".m.x", json!(1)),
    ]);
}

#[test]
fn a_definite_path_that_leads_nowhere_gives_nothing() {
    for path in [
        "$.nope",
        "$.nope.deeper",
        "$.store.book[9]",
        "$.store.book[-9]",
        "$.e[0]",
        "$.none.x",
        "$.store.book.title",
        "$.expensive[0]",
        "$.expensive['x','y']",
        "$.words.in.x",
    ] {
        assert_eq!(find(path), None, "{path}");
    }
}

#[test]
fn an_indefinite_path_gives_a_list() {
    check(&[
        (
            "$.store.book[*].author",
            json!(["Rees", "Waugh", "Tolkien"]),
        ),
        ("$.store.book.*.author", json!(["Rees", "Waugh", "Tolkien"])),
        ("$.m.*", json!([1, 2, 3])),
        ("$.m[*]", json!([1, 2, 3])),
        ("$.e[*]", json!([])),
        ("$..nope", json!([])),
        ("$.store.book[0,2].title", json!(["Sayings", "Ring"])),
        ("$.store.book[0, -1, 7].title", json!(["Sayings", "Ring"])),
    ]);
}

#[test]
fn several_names_give_an_object_of_them() {
    check(&[
        ("$.m['x','z']", json!({"x": 1, "z": 3})),
        ("$.m['x','nope']", json!({"x": 1})),
        (
            "$.store.book[:2]['author','price']",
            json!([{"author": "Rees", "price": 8.95}, {"author": "Waugh", "price": 12.99}]),
        ),
    ]);
    assert_eq!(find("$.expensive['x','y']"), None);
}

#[test]
fn a_slice_counts_from_either_end() {
    check(&[
        ("$.store.book[:2].title", json!(["Sayings", "Sword"])),
        ("$.store.book[1:].title", json!(["Sword", "Ring"])),
        ("$.store.book[1:2].title", json!(["Sword"])),
        ("$.store.book[-2:].title", json!(["Sword", "Ring"])),
        ("$.store.book[:-1].title", json!(["Sayings", "Sword"])),
        ("$.store.book[2:1].title", json!([])),
        (
            "$.store.book[0:99].title",
            json!(["Sayings", "Sword", "Ring"]),
        ),
        ("$.store.book[-99:1].title", json!(["Sayings"])),
        ("$.m[0:1]", json!([])),
    ]);
}

#[test]
fn two_dots_look_everywhere_outer_values_first() {
    check(&[
        ("$..author", json!(["Rees", "Waugh", "Tolkien"])),
        ("$..book[2].title", json!(["Ring"])),
        ("$..price", json!([8.95, 12.99, 22.99, 19.95])),
        ("$.store..price", json!([8.95, 12.99, 22.99, 19.95])),
        ("$..['color']", json!(["red"])),
        ("$..book[?(@.isbn)].title", json!(["Sword", "Ring"])),
        ("$..[?(@.isbn)].title", json!(["Sword", "Ring"])),
        ("$.nested..*", json!([[1, 2], [3], 1, 2, 3])),
        ("$.m..*", json!([1, 2, 3])),
    ]);
}

#[test]
fn a_filter_compares() {
    check(&[
        ("$.store.book[?(@.isbn)].title", json!(["Sword", "Ring"])),
        ("$.store.book[?(!@.isbn)].title", json!(["Sayings"])),
        ("$.store.book[?(@.price < 10)].title", json!(["Sayings"])),
        ("$.store.book[?(@.price<=8.95)].title", json!(["Sayings"])),
        ("$.store.book[?(@.price > 20)].title", json!(["Ring"])),
        ("$.store.book[?(@.price >= 22.99)].title", json!(["Ring"])),
        ("$.store.book[?(@.price == 8.95)].title", json!(["Sayings"])),
        (
            "$.store.book[?(@.price != 8.95)].title",
            json!(["Sword", "Ring"]),
        ),
        (
            "$.store.book[?(@.author == 'Tolkien')].title",
            json!(["Ring"]),
        ),
        (
            "$.store.book[?('Tolkien' == @.author)].title",
            json!(["Ring"]),
        ),
        (
            "$.store.book[?(@['price'] == 8.95)].title",
            json!(["Sayings"]),
        ),
        (
            "$.store.book[?(@.price > $.expensive)].title",
            json!(["Sword", "Ring"]),
        ),
        (
            "$.store.book[?(@.author > 'S')].title",
            json!(["Sword", "Ring"]),
        ),
        ("$.words[?(@ == 'in')]", json!(["in"])),
        ("$.mixed[?(@ == 1)]", json!([1, "1"])),
        ("$.mixed[?(@ == '1')]", json!([1, "1"])),
        ("$.mixed[?(@ == true)]", json!([true])),
        ("$.mixed[?(@ == null)]", json!([null])),
        ("$.m[?(@.x == 1)]", json!([{"x": 1, "y": 2, "z": 3}])),
        ("$.expensive[?(@ == 10)]", json!([])),
        ("$.nested[?(@ == [3])]", json!([[3]])),
        ("$.nested[?(@.length() == 2)]", json!([[1, 2]])),
    ]);
}

#[test]
fn filters_combine() {
    check(&[
        (
            "$.store.book[?(@.price > 10 && @.category == 'fiction')].title",
            json!(["Sword", "Ring"]),
        ),
        (
            "$.store.book[?(@.price > 20 || @.author == 'Rees')].title",
            json!(["Sayings", "Ring"]),
        ),
        (
            "$.store.book[?(@.price > 20 || @.price > 10 && @.isbn == '0-553')].title",
            json!(["Sword", "Ring"]),
        ),
        (
            "$.store.book[?((@.price > 20 || @.price < 10) && @.isbn)].title",
            json!(["Ring"]),
        ),
        ("$.store.book[?(!(@.price > 10))].title", json!(["Sayings"])),
    ]);
}

#[test]
fn filters_have_words_for_lists_and_patterns() {
    check(&[
        (
            "$.store.book[?(@.title =~ /S.*/)].title",
            json!(["Sayings", "Sword"]),
        ),
        (
            "$.store.book[?(@.title =~ /s.*/i)].title",
            json!(["Sayings", "Sword"]),
        ),
        ("$.store.book[?(@.title =~ /S/)].title", json!([])),
        (
            "$.store.book[?(@.category in ['reference', 'x'])].title",
            json!(["Sayings"]),
        ),
        (
            "$.store.book[?(@.category nin ['reference'])].title",
            json!(["Sword", "Ring"]),
        ),
        ("$.store.book[?(@.title size 4)].title", json!(["Ring"])),
        ("$.nested[?(@ size 1)]", json!([[3]])),
        ("$.nested[?(@ empty false)]", json!([[1, 2], [3]])),
        ("$.nested[?(@ contains 3)]", json!([[3]])),
        ("$.words[?(@ contains 'u')]", json!(["out"])),
        ("$.words[?(@ in $.words)]", json!(["in", "out"])),
    ]);
}

#[test]
fn a_path_may_end_in_a_function() {
    check(&[
        ("$.store.book.length()", json!(3)),
        ("$.e.length()", json!(0)),
        ("$.m.size()", json!(3)),
        ("$.store.bicycle.color.length()", json!(3)),
        ("$.store.book[*].length()", json!(3)),
        ("$..price.min()", json!(8.95)),
        ("$..price.max()", json!(22.99)),
        ("$.nested[0].sum()", json!(3.0)),
        ("$.nested[0].avg()", json!(1.5)),
        ("$.m.keys()", json!(["x", "y", "z"])),
    ]);
    assert_eq!(find("$.words.sum()"), None);
    assert_eq!(find("$.expensive.keys()"), None);
}

#[test]
fn a_path_that_is_none_is_refused() {
    for path in [
        "",
        "$.",
        "$..",
        "$[",
        "$[]",
        "$['a",
        "$['a'",
        "$.a[",
        "$.a[b]",
        "$.a[?]",
        "$.a[?(@.x]",
        "$.a[?(@.x ==)]",
        "$.a[?(1)]",
        "$.a[?(@.x =~ /(/)]",
        "$.a b",
        "$.nope()",
        "$.length(1)",
        "$.a[1:2:3]",
        "$.a]",
        "$a",
    ] {
        assert!(JsonPath::parse(path).is_err(), "{path}");
    }
}

#[test]
fn an_error_says_where_it_is() {
    let error = JsonPath::parse("$.ü[x]").unwrap_err().to_string();
    assert_eq!(
        error,
        "invalid JSONPath at character 5: expected an index, a quoted name, \"*\" or a filter"
    );
}

#[test]
fn long_and_deep_paths_are_refused() {
    assert!(JsonPath::parse(&format!("${}", ".a".repeat(3000))).is_err());
    let deep = format!("$[?({}@.a{})]", "(".repeat(500), ")".repeat(500));
    assert!(JsonPath::parse(&deep).is_err());
    let negated = format!("$[?({}@.a)]", "!".repeat(500));
    assert!(JsonPath::parse(&negated).is_err());
}

#[test]
fn a_search_has_an_end() {
    let mut document = json!([1, 2, 3]);
    for _ in 0..60 {
        document = json!([document, 1]);
    }
    let path = JsonPath::parse("$..*..*..*..*..*..*").unwrap();
    assert_eq!(path.evaluate(&document), None);
}
