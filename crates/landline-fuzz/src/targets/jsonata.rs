//! JSONata: whatever a state computes of whatever it is given.

use landline_states::fuzzing::evaluate;

use super::{Target, two_texts};

pub(super) const TARGET: Target = Target {
    name: "jsonata",
    run,
    seeds: &[
        b"$states.input.orders[total > 10].(id & '-' & $string(total))\xff{\"input\":{\"orders\":[{\"id\":1,\"total\":20}]}}",
        b"$sum($states.input.n) + $v.input.n[-1]\xff{\"input\":{\"n\":[1,2,3]}}",
        b"($f := function($x){ $x < 2 ? 1 : $x * $f($x - 1) }; $f(10))\xff{}",
        b"$map([1..5], function($v, $i, $a){ {'v': $v, 'i': $i, 'n': $count($a)} })\xff{}",
        b"$reduce([1..20], function($a, $b){ [[$a, $b]] })\xff{}",
        b"$states.input.**{$type($): $count($)}\xff{\"input\":[{\"a\":[1,\"b\"]},null]}",
        b"$states.input ~> |a|{'b': 2}, ['c']|\xff{\"input\":{\"a\":{\"c\":1}}}",
        b"$replace('abc', /b(c)/, '$1-') & $now() & $fromMillis(0, '[Y]-[M01]')\xff{}",
        b"$sort($states.input, function($l, $r){ $l > $r })^(>$)\xff{\"input\":[3,1,2]}",
        b"$merge([{'a': 1}, $sift({'b': 2}, function($v, $k){ $k = 'b' })])\xff{}",
        b"($g := $substring(?, 0, 2); $h := $g ~> $uppercase; $h('abc'))\xff{}",
        b"$formatNumber(1234.5, '#,##0.00') & $formatBase(255, 16) & $hash('a', 'SHA-256')\xff{}",
        b"$partition([1..9], 4) ~> $zip($range(0, 10, 2)) ~> $join(',')\xff{}",
        b"$parse('{\"a\":[1]}').a[0] in [1, 2] and not(false) or $exists($x)\xff{}",
    ],
    words: &[
        "$", "$$", "$states", ".input", "$v", ".", "[", "]", "{", "}", "(", ")", ";", ":=", ":",
        ",", "?", "~>", "&", "..", "**", "*", "/", "%", "+", "-", "=", "!=", "<=", " in ", " and ",
        " or ", "^(", ">$", "|", "'", "\"", "`", "/a+/i", "function($a, $b){", "$a", "$b",
        "$f := ", "$map(", "$filter(", "$reduce(", "[1..1000]", "[$a, $a]", "$append(", "$string(",
        "$pad(", "$split(", "$match(", "$toMillis(", "$formatNumber(", "$base64encode(", "$each(",
        "$spread(", "$lookup(", "$random(", "null", "1e308", "9007199254740993", "\\u20ac",
        "\u{20ac}", "{\"a\":", "[[",
    ],
};

fn run(input: &[u8]) {
    let (text, states) = two_texts(input);
    let Ok(states) = serde_json::from_str(&states) else {
        return;
    };
    let found = evaluate(&text, &states, 0);
    if let Ok(Some(value)) = &found {
        // Whoever gets the value writes it down.
        assert!(!value.to_string().is_empty(), "a value can be written");
    }
    let has_chance = ["random", "uuid", "shuffle"];
    if has_chance.iter().any(|name| text.contains(name)) {
        return;
    }
    assert_eq!(found, evaluate(&text, &states, 0), "the same each time");
}
