//! Templates that are refused, and in which words.

use super::{RenderError, Template, render};

fn refused(template: &str) -> String {
    Template::parse(template).unwrap_err().to_string()
}

#[test]
fn an_error_says_what_is_wrong_and_where() {
    assert_eq!(
        refused("one\ntwo #if(true) x"),
        "#if without #end (line 2, column 5)"
    );
    assert_eq!(
        refused("é #set(x = 1)"),
        "#set needs a reference to set (line 1, column 8)"
    );
}

#[test]
fn directives_must_be_whole() {
    for (template, error) in [
        ("#end", "#end without a directive that it could end"),
        ("#else", "#else or #elseif without an #if"),
        ("#if(true)a#else b#else c#end", "only #end may follow #else"),
        ("#if you", "expected \"(\" after #if or #elseif"),
        ("#if(true", "expected \")\" at the end of a directive"),
        ("#if()x#end", "expected a value"),
        ("#foreach($x of [1])#end", "expected \"in\" in #foreach"),
        ("#foreach($x in [1])", "#foreach without #end"),
        (
            "#foreach(x in [1])#end",
            "#foreach needs a reference to set",
        ),
        ("#set($x 1)", "expected \"=\" in #set"),
        ("#set($x = 'a)", "a string does not end"),
        ("#set($x = [1, 2)", "expected \",\" or \"]\" in a list"),
        ("#set($x = {'a' 1})", "expected \":\" after a key"),
        ("#set($x = {'a': 1)", "expected \",\" or \"}\" in a map"),
        ("#set($x = [1..2)", "expected \"]\" after a range"),
        ("#macro($a)#end", "#macro needs a name"),
        ("#macro(m a)#end", "a parameter of #macro is a reference"),
        ("#macro(m)", "#macro without #end"),
        ("#define($d)", "#define without #end"),
        ("#[[ open", "\"#[[\" without \"]]#\""),
    ] {
        let text = refused(template);
        assert!(text.starts_with(error), "{template}: {text}");
    }
}

#[test]
fn references_must_be_whole() {
    for (template, error) in [
        ("${x", "expected \"}\" at the end of a reference"),
        ("${x y}", "expected \"}\" at the end of a reference"),
        ("$x.m(1", "expected \",\" or \")\" after an argument"),
        ("$x[1", "expected \"]\" after an index"),
        ("$x[]", "expected a value"),
        ("#set($x = $)", "expected a name after \"$\""),
        ("#set($x = --1)", "expected a number"),
    ] {
        let text = refused(template);
        assert!(text.starts_with(error), "{template}: {text}");
    }
}

#[test]
fn a_string_tells_its_own_errors_where_it_stands() {
    assert_eq!(
        refused("#set($x = \"a ${b\")"),
        "in a string: expected \"}\" at the end of a reference (line 1, column 11)"
    );
    assert_eq!(
        refused("#set($x = \"#end\")"),
        "a string has an #end or #else of its own (line 1, column 11)"
    );
}

#[test]
fn what_only_looks_like_a_directive_is_text() {
    for template in [
        "#general (chat, all!)",
        "# if",
        "#set me",
        "#ffffff",
        "#(x)",
    ] {
        assert_eq!(render(template).as_deref(), Ok(template));
    }
}

#[test]
fn a_text_to_evaluate_must_be_a_template() {
    let Err(RenderError::Evaluate(error)) = render("#evaluate('#if(true)')") else {
        panic!("an open #if is no template");
    };
    assert_eq!(error.message, "#if without #end");
}
