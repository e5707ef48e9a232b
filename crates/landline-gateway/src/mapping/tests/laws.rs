//! What holds for every template and every body.

use proptest::prelude::*;

use super::{BODY, Facts, Overrides, Scope, Template, parameters, render_with, strings};
use crate::mapping::JsonPath;
use crate::quotas::MAPPING_OUTPUT_BYTES;

const PIECES: &[&str] = &[
    "$x",
    "$!x",
    "${x}",
    "$x.y",
    "$x.y(",
    "$x[0]",
    "$l",
    "$m.k",
    "$input.body",
    "$input.json('$')",
    "$input.path(\"$.tags\")",
    "$context.stage",
    "$util.urlEncode($x)",
    "#set($x = ",
    "#set($l = [1, 2])",
    "#set($m = {'k': $l})",
    "#set($x = \"$x#if(true)\")",
    "#if(",
    "#if(true)",
    "#elseif($x)",
    "#else",
    "#{else}",
    "#end",
    "#foreach($i in [1..3])",
    "#foreach($i in $l)",
    "#break",
    "#stop",
    "#macro(m $a)",
    "#m(1)",
    "#@m($x)",
    "#define($d)",
    "$d",
    "#evaluate($x)",
    "#evaluate('$x')",
    "#[[",
    "]]#",
    "#*",
    "*#",
    "##",
    "\\",
    "$",
    "#",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "'",
    "\"",
    ",",
    ":",
    "..",
    " ",
    "\n",
    "\r\n",
    "==",
    "&&",
    " + ",
    " - ",
    "!",
    "1",
    "2.5",
    "true",
    "é",
    "😀",
    ".replaceAll('.', '$0')",
    ".substring(1)",
    ".size()",
    ".get(0)",
    ".put('k', $m)",
    ".add($l)",
    ".split(',')",
    ".keySet()",
];

/// Pieces of templates, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(PIECES.to_vec());
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn harmless(template: &str, body: &str) {
    let Ok(parsed) = Template::parse(template) else {
        return;
    };
    let scope = Scope {
        body,
        parameters: &parameters(),
        context: &Facts(serde_json::json!({"stage": "s", "o": {"a": [1]}})),
        stage_variables: &strings(&[("v", "w")]),
    };
    let mut overrides = Overrides::default();
    if let Ok(rendered) = parsed.render(&scope, &mut overrides) {
        assert!(rendered.len() <= MAPPING_OUTPUT_BYTES);
        if let Some(literal) = parsed.literal() {
            assert_eq!(rendered.as_bytes(), literal);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_engine_panic(template in "\\PC{0,80}", body in "\\PC{0,40}") {
        harmless(&template, &body);
    }

    #[test]
    fn no_order_of_directives_makes_the_engine_panic(template in pieces()) {
        harmless(&template, BODY);
    }

    #[test]
    fn text_without_special_characters_is_printed_as_it_is(text in "[^$#\\\\]{0,80}") {
        prop_assert_eq!(
            render_with(&text, BODY, &mut Overrides::default()),
            Ok(text)
        );
    }

    #[test]
    fn every_method_takes_every_argument(
        text in "\\PC{0,12}",
        name in prop::sample::select(vec![
            "substring", "indexOf", "lastIndexOf", "charAt", "split", "replaceAll", "replaceFirst",
            "replace", "matches", "startsWith", "repeat", "concat", "compareTo", "valueOf",
        ]),
        first in "\\PC{0,8}",
        number in any::<i64>(),
        small in -3..20_i64,
    ) {
        let body = serde_json::json!({"t": text, "a": first, "n": number, "s": small}).to_string();
        for arguments in ["$b.a", "$b.n", "$b.s", "$b.a, $b.s", "$b.a, $b.a", "$b.s, $b.s", "$b.s, $b.n"] {
            let template = format!("#set($b = $input.path('$'))$b.t.{name}({arguments})");
            harmless(&template, &body);
        }
    }

    #[test]
    fn what_is_encoded_can_be_decoded(text in "\\PC{0,60}") {
        let body = serde_json::json!({ "t": text }).to_string();
        let template = "#set($t = $input.path('$.t'))$util.urlDecode($util.urlEncode($t))\
            |$util.base64Decode($util.base64Encode($t))|$util.parseJson($input.json('$.t'))";
        prop_assert_eq!(
            render_with(template, &body, &mut Overrides::default()),
            Ok(format!("{text}|{text}|{text}"))
        );
    }

    #[test]
    fn the_json_of_a_document_is_the_same_document(
        text in "\\PC{0,20}",
        number in any::<i64>(),
        double in -1e300..1e300_f64,
    ) {
        let document = serde_json::json!({"t": [text, null, true], "n": {"i": number, "d": double}});
        let rendered = render_with("$input.json('$')", &document.to_string(), &mut Overrides::default());
        let back: serde_json::Value = serde_json::from_str(&rendered.unwrap()).unwrap();
        prop_assert_eq!(back, document);
    }

    #[test]
    fn no_path_makes_the_engine_panic(
        path in prop_oneof![
            "\\PC{0,40}",
            "(\\$|@)?(\\.\\.?|\\[|\\]|\\?|\\(|\\)|@|a|b|'|\\*|-?[0-3]|:|,|==|<|=~|/|&&|!| in |length\\(\\)| ){0,20}",
        ],
    ) {
        let document = serde_json::json!({"a": [1, {"b": "x"}, [2, 3]], "b": {"a": null}});
        if let Ok(path) = JsonPath::parse(&path) {
            let _ = path.evaluate(&document);
        }
    }
}
