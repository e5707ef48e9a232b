//! Documents as SDKs write them, and what is none.

use super::{Element, parse};

#[test]
fn elements_have_names_texts_and_children() {
    let document = r#"<?xml version="1.0" encoding="UTF-8"?>
<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><!-- two -->
  <Object><Key>a&amp;b&#x41; </Key></Object><s3:Object x='>'/>
  <Quiet>true</Quiet>
</Delete>
"#;
    let root = parse(document).unwrap();
    assert_eq!(root.name, "Delete");
    assert_eq!(root.text_of("Quiet"), Some("true"));
    let keys: Vec<_> = root
        .all("Object")
        .map(|object| object.text_of("Key"))
        .collect();
    assert_eq!(keys, [Some("a&bA "), None]);
}

#[test]
fn an_empty_root_and_literal_text_are_documents() {
    assert_eq!(parse("<a/>").unwrap().name, "a");
    assert_eq!(parse("<a><![CDATA[<b>]]></a>").unwrap().text, "<b>");
}

#[test]
fn what_is_not_well_formed_is_refused() {
    for document in [
        "",
        "text",
        "<a>",
        "<a></b>",
        "</a>",
        "<a/><b/>",
        "< a/>",
        "<>",
        "<a>&bomb;</a>",
        "<a>& </a>",
        "<a x='",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        "<a>&#xD800;</a>",
    ] {
        assert!(parse(document).is_err(), "{document}");
    }
    let deep = "<a>".repeat(40) + &"</a>".repeat(40);
    assert!(parse(&deep).is_err());
    let _: Element = parse(&("<a>".repeat(30) + &"</a>".repeat(30))).unwrap();
}
