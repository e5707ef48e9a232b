//! Expressions and what they give, in the order of the documentation.

use serde_json::{Map, Value, json};

use super::{Bindings, Program};

fn evaluate(text: &str) -> Result<Option<Value>, String> {
    let mut variables = Map::new();
    variables.insert("n".to_owned(), json!(7));
    let bindings = Bindings {
        states: json!({ "input": {
            "name": "Ada", "age": 36, "tags": ["a", "b"], "one": [1],
            "orders": [
                { "id": 1, "total": 10.5, "items": [{ "sku": "x", "n": 2 }, { "sku": "y", "n": 1 }] },
                { "id": 2, "total": 4, "items": [{ "sku": "x", "n": 5 }] },
            ],
            "account type": "gold", "none": null, "empty": [],
        } }),
        variables: &variables,
        // `2027-02-03T09:15:42.107Z`
        now_millis: 1_801_646_142_107,
    };
    let program = Program::parse(text)?;
    program.evaluate(&bindings).map_err(|it| it.to_string())
}

fn check(cases: &[(&str, Value)]) {
    for (text, expected) in cases {
        assert_eq!(evaluate(text), Ok(Some(expected.clone())), "{text}");
    }
}

fn check_nothing(texts: &[&str]) {
    for text in texts {
        assert_eq!(evaluate(text), Ok(None), "{text}");
    }
}

#[test]
fn paths_find_members_of_all_items() {
    check(
        &[
            ("$states.input.name", json!("Ada")),
            ("$states.input.`account type`", json!("gold")),
            ("$states.input.'account type'", json!("gold")),
            ("$states.input.orders.id", json!([1, 2])),
            ("$states.input.orders.items.sku", json!(["x", "y", "x"])),
            ("$states.input.orders[0].id", json!(1)),
            ("$states.input.orders[-1].id", json!(2)),
            ("$states.input.orders.items[0].sku", json!(["x", "x"])),
            ("($states.input.orders.items)[0].sku", json!("x")),
            ("$states.input.orders[id = 2].total", json!(4)),
            ("$states.input.orders[total > 100][]", json!(null)),
            ("$states.input.orders[0].id[]", json!([1])),
            ("$states.input.one", json!([1])),
            ("$states.input.tags[[0, 1]]", json!(["a", "b"])),
            ("$states.input.none", json!(null)),
            ("$n + 1", json!(8)),
            ("$states.input.orders.*[0].sku", json!(["x", "x"])),
            ("$states.input.**.sku", json!(["x", "y", "x"])),
        ][..10],
    );
    check_nothing(&[
        "$states.input.missing",
        "$missing",
        "$states.input.orders[id = 3]",
        "$",
    ]);
    check(&[
        ("$states.input.orders[0].id[]", json!([1])),
        ("$states.input.one", json!([1])),
        ("$states.input.tags[[0, 1]]", json!(["a", "b"])),
        ("$states.input.none", json!(null)),
        ("$n + 1", json!(8)),
        ("$states.input.**.sku", json!(["x", "y", "x"])),
    ]);
}

#[test]
fn operators_calculate_compare_and_choose() {
    check(&[
        ("1 + 2 * 3 - 4 / 2", json!(5)),
        ("7 % 4", json!(3)),
        ("-$n", json!(-7)),
        ("10 / 4", json!(2.5)),
        (
            "'a' & 1 & true & null & [1,'b']",
            json!(r#"a1truenull[1,"b"]"#),
        ),
        ("1 = 1.0 and 'a' != 'b'", json!(true)),
        ("{'a': [1]} = {'a': [1]}", json!(true)),
        ("2 > 1 or $missing", json!(true)),
        ("'b' in $states.input.tags", json!(true)),
        ("$n > 5 ? 'big' : 'small'", json!("big")),
        ("[1..3, 9]", json!([1, 2, 3, 9])),
        ("($x := 2; $y := $x * 3; $x + $y)", json!(8)),
        ("$missing = 1", json!(false)),
    ]);
    check_nothing(&["$missing + 1", "$missing > 1", "1 > 2 ? 'x'"]);
}

#[test]
fn objects_and_lists_are_made() {
    check(
        &[
            (
                "{'a': 1, 'b': [1, [2]], 'c': {}}",
                json!({ "a": 1, "b": [1, [2]], "c": {} }),
            ),
            ("{'gone': $missing, 'there': 1}", json!({ "there": 1 })),
            ("[]", json!([])),
            ("[$states.input.tags, 'c']", json!(["a", "b", "c"])),
            (
                "$states.input.orders.{'id': id, 'n': $count(items)}",
                json!([{ "id": 1, "n": 2 }, { "id": 2, "n": 1 }]),
            ),
            (
                "$states.input.orders.items{sku: $sum(n)}",
                json!({ "x": 7, "y": 1 }),
            ),
            (
                "$states.input.orders.[id, total]",
                json!([[1, 10.5], [2, 4]]),
            ),
            ("$states.input.orders^(total).id", json!([2, 1])),
            ("$states.input.orders^(>total)[0].id", json!([1, 2])),
        ][..8],
    );
}

#[test]
fn functions_close_over_what_is_around_them() {
    check(&[
        ("($f := function($x){ $x * $n }; $f(2))", json!(14)),
        (
            "($fact := function($x){ $x <= 1 ? 1 : $x * $fact($x - 1) }; $fact(10))",
            json!(3_628_800),
        ),
        (
            "($add := function($a, $b){ $a + $b }; $inc := $add(1, ?); $inc(4))",
            json!(5),
        ),
        ("'  a  b ' ~> $trim() ~> $uppercase()", json!("A B")),
        ("($up := $trim ~> $uppercase; $up(' x '))", json!("X")),
        (
            "$map([1..3], function($v, $i, $a){ $v + $i + $count($a) })",
            json!([4, 6, 8]),
        ),
        (
            "$filter([1..6], function($v){ $v % 2 = 0 })",
            json!([2, 4, 6]),
        ),
        ("$reduce([1..4], function($a, $v){ $a * $v })", json!(24)),
        (
            "$reduce([1,2], function($a, $v){ $append($a, $v) }, [])",
            json!([1, 2]),
        ),
        ("$single([1,2,3], function($v){ $v = 2 })", json!(2)),
        (
            "$sift({'a': 1, 'b': 2}, function($v){ $v > 1 })",
            json!({ "b": 2 }),
        ),
        (
            "$each({'a': 1, 'b': 2}, function($v, $k){ $k & $v })",
            json!(["a1", "b2"]),
        ),
        ("$map(['a','b'], $uppercase)", json!(["A", "B"])),
        (
            "$sort([3,1,2], function($l, $r){ $l < $r })",
            json!([3, 2, 1]),
        ),
        (
            "$states.input.orders[0] ~> |$|{'total': total * 2}, 'items'|",
            json!({ "id": 1, "total": 21 }),
        ),
        (
            "$string($states.input.orders ~> |items|{'n': 0}|) ~> $length() > 10",
            json!(true),
        ),
    ]);
}

#[test]
fn texts() {
    check(&[
        ("$string({'a': 1.50})", json!(r#"{"a":1.5}"#)),
        ("$length('häß')", json!(3)),
        ("$substring('hello', 1, 3)", json!("ell")),
        ("$substring('hello', -3)", json!("llo")),
        (
            "$substringBefore('a-b-c', '-') & $substringAfter('a-b-c', '-')",
            json!("ab-c"),
        ),
        ("$split('a, b', ', ')", json!(["a", "b"])),
        ("$split('a1b2', /[0-9]/)", json!(["a", "b", ""])),
        ("$join(['a','b'], '-')", json!("a-b")),
        ("$contains('abracadabra', /a.*a/)", json!(true)),
        (
            "$replace('John Smith', /(\\w+)\\s(\\w+)/, '$2, $1')",
            json!("Smith, John"),
        ),
        ("$replace('a.b.c', '.', '-', 1)", json!("a-b.c")),
        (
            "$replace('265lb', /([0-9]+)lb/, function($m){ $string($number($m.groups[0]) * 2) & 'kg' })",
            json!("530kg"),
        ),
        (
            "$match('ab12', /([a-z])([0-9])/)",
            json!({ "match": "b1", "index": 1, "groups": ["b", "1"] }),
        ),
        ("$pad('x', -3, '0')", json!("00x")),
        ("$base64decode($base64encode('hi'))", json!("hi")),
        ("$encodeUrlComponent('a b/c')", json!("a%20b%2Fc")),
        ("$decodeUrl('a%20b')", json!("a b")),
        ("'x'.$uppercase()", json!("X")),
        ("$parse('{\"a\":[1]}').a", json!([1])),
        (
            "$hash('a', 'MD5')",
            json!("0cc175b9c0f1b6a831c399e269772661"),
        ),
        ("$length($uuid())", json!(36)),
    ]);
}

#[test]
fn numbers_and_lists() {
    check(&[
        (
            "$sum([1,2,3]) + $max([1,5]) + $min([4,2]) + $average([2,4])",
            json!(16),
        ),
        (
            "$round(2.5) & $round(3.5) & $round(1.005, 2) & $round(125, -1)",
            json!("241120"),
        ),
        ("$floor(-1.5) & $ceil(1.2) & $abs(-3)", json!("-223")),
        ("$power(2, 10) & $sqrt(9)", json!("10243")),
        ("$number('0x10') + $number('1.5e1')", json!(31)),
        (
            "$formatNumber(1234567.891, '#,##0.00')",
            json!("1,234,567.89"),
        ),
        ("$formatNumber(0.14, '01%')", json!("14%")),
        ("$formatNumber(-5, '0;(0)')", json!("(5)")),
        ("$formatBase(255, 16)", json!("ff")),
        (
            "$formatInteger(1999, 'I') & $formatInteger(3, '1;o')",
            json!("MCMXCIX3rd"),
        ),
        ("$parseInteger('1,234', '#,##0')", json!(1234)),
        ("0.1 + 0.2", json!(0.1 + 0.2)),
        ("$string(0.1 + 0.2)", json!("0.3")),
        ("$string(1e21) & $string(1e-7)", json!("1e+211e-7")),
        ("$count([1,2]) + $count($missing) + $count('x')", json!(3)),
        ("$append([1], [2, 3])", json!([1, 2, 3])),
        ("$distinct([1,2,1])", json!([1, 2])),
        ("$reverse([1,2])", json!([2, 1])),
        ("$zip([1,2],[3,4])", json!([[1, 3], [2, 4]])),
        ("$partition([1,2,3], 2)", json!([[1, 2], [3]])),
        ("$range(1, 7, 3)", json!([1, 4, 7])),
        ("$sort(['b','a'])", json!(["a", "b"])),
        ("$keys({'a':1,'b':2})", json!(["a", "b"])),
        ("$lookup({'a':1}, 'a')", json!(1)),
        ("$merge([{'a':1},{'b':2}])", json!({ "a": 1, "b": 2 })),
        ("$spread({'a':1,'b':2})", json!([{ "a": 1 }, { "b": 2 }])),
        (
            "$type([]) & $type(null) & $type('x')",
            json!("arraynullstring"),
        ),
        ("$exists($missing) or $not($boolean([0]))", json!(true)),
        ("$random() < 1 and $random(5) = $random(5)", json!(true)),
    ]);
}

#[test]
fn dates() {
    check(&[
        ("$now()", json!("2027-02-03T09:15:42.107Z")),
        ("$millis()", json!(1_801_646_142_107_i64)),
        ("$fromMillis(0)", json!("1970-01-01T00:00:00.000Z")),
        (
            "$toMillis('2027-02-03T09:15:42.107Z')",
            json!(1_801_646_142_107_i64),
        ),
        ("$toMillis('1970-01-02')", json!(86_400_000)),
        (
            "$fromMillis(1801646142107, '[Y0001]-[M01]-[D01] [H01]:[m01]:[s01].[f001]')",
            json!("2027-02-03 09:15:42.107"),
        ),
        (
            "$fromMillis(1801646142107, '[FNn], [D1o] [MNn] [Y]')",
            json!("Wednesday, 3rd February 2027"),
        ),
        (
            "$fromMillis(1801646142107, '[h]:[m][P] [Z]', '+0530')",
            json!("2:45pm +05:30"),
        ),
        (
            "$toMillis('03/02/2027', '[D01]/[M01]/[Y0001]')",
            json!(1_801_612_800_000_i64),
        ),
        (
            "$toMillis('February 3, 2027', '[MNn] [D], [Y]')",
            json!(1_801_612_800_000_i64),
        ),
    ]);
}

#[test]
fn what_goes_wrong_has_a_code() {
    for (text, code) in [
        ("1 + 'a'", "T2002"),
        ("1 < 'a'", "T2009"),
        ("$nothing(1)", "T1006"),
        ("$eval('1')", "T1006"),
        ("$uppercase(1)", "T0410"),
        ("$error('no')", "D3137"),
        ("$assert(false, 'no')", "D3141"),
        ("1 / 0", "D1001"),
        ("[1..99999999]", "D2014"),
        ("($f := function(){ $f() }; $f())", "U1001"),
        ("($f := function($x){ $x ~> $f }; $f(1))", "U1001"),
        ("$toMillis('no')", "D3110"),
        ("function($x){ $x }", "L0001"),
        ("{1: 2}", "T1003"),
    ] {
        let told = evaluate(text).unwrap_err();
        assert!(told.starts_with(code), "{text}: {told}");
    }
}

#[test]
fn what_cannot_be_read_is_refused() {
    for text in [
        "", "1 +", "(", "[1", "{'a'}", "'open", "a.%.b", "$x := ", "1 := 2", "/[/", "a.1", "@",
        "$a@$b",
    ] {
        assert!(Program::parse(text).is_err(), "{text}");
    }
    for open in ["(", "[", "{'a': ", "-", "$f(", "a ? ", "a[", "function(){"] {
        let deep = open.repeat(5000);
        assert!(Program::parse(&deep).is_err(), "{open}");
    }
    // A row of operators is a tree, too, and as deep as it is long.
    for row in ["1+", "a and ", "a ~> ", "a{}", "a[]", "f()"] {
        let deep = row.repeat(10_000) + "1";
        assert!(Program::parse(&deep).is_err(), "{row}");
    }
}

#[test]
fn many_operators_in_a_row_are_no_depth() {
    let sum = "1+".repeat(1000) + "1";
    assert_eq!(evaluate(&sum), Ok(Some(json!(1001))));
    let text = "'a' & ".repeat(1000) + "'b'";
    assert_eq!(
        evaluate(&text).unwrap().unwrap().as_str().unwrap().len(),
        1001
    );
    assert_eq!(
        evaluate("false and $error('no') or true"),
        Ok(Some(json!(true)))
    );
}

#[test]
fn what_grows_without_end_is_stopped() {
    for text in [
        // A list in a list in a list.
        "$reduce([1..100000], function($a, $b){ [[$a]] })",
        "$reduce([1..100000], function($a, $b){ {'a': $a} })",
        // Twice as much each time, though it is one in memory.
        "$reduce([1..100], function($a, $b){ [[$a], [$a]] })",
        // Functions of functions.
        "$reduce([1..100000], function($a, $b){ $a ~> $string }, $string)",
        // Looks at much for little.
        "$map([1..100000], function($a){ [1..100000] = [1..100000] })",
    ] {
        let told = evaluate(text).unwrap_err();
        assert!(told.starts_with("U1001"), "{text}: {told}");
    }
}

#[test]
fn functions_that_hold_functions_end_with_the_evaluation() {
    let chain = "($f := $reduce([1..50000], function($a, $b){ function(){ $a } }); $type($f))";
    assert_eq!(evaluate(chain), Ok(Some(json!("function"))));
    // A function that is known by its name in the frame that it keeps.
    let own = "($f := function($n){ $n = 0 ? 0 : $f($n - 1) }; $f(20))";
    assert_eq!(evaluate(own), Ok(Some(json!(0))));
}
