//! Mapping templates: whatever is written, they come to an end, the same each time.

use std::collections::BTreeMap;

use landline_gateway::mapping::{Overrides, Parameters, Scope, Template, Variables};
use serde_json::{Value, json};

use super::{Target, two_texts};

pub(super) const TARGET: Target = Target {
    name: "templates",
    run,
    seeds: &[
        b"{\"body\": $input.json('$'), \"id\": \"$context.connectionId\"}\xff{\"a\":[1,2,{\"b\":null}]}",
        b"#set($all = $input.path('$.items'))#foreach($one in $all)$foreach.count: $one.name\
          #if($foreach.hasNext),#end#end\xff{\"items\":[{\"name\":\"a\"},{\"name\":\"b\"}]}",
        b"#macro(say $what)<$what>#end#say(\"x\")#define($block)$input.body#end$block\xffhello",
        b"#set($i = 1 + 2 * 3 % 4)#if($i >= 5 && !($i == 6))$i#elseif($i)no#else#stop#end\xff",
        b"$util.escapeJavaScript($input.body)$util.base64Encode('x')$util.urlDecode('%20')\xff'\"",
        b"#foreach($k in $input.params().header.keySet())$k=$input.params($k) #end\xff{}",
        b"#set($m = {\"a\": [1..5], 'b': $null})$m.get('a').size() $m.entrySet() $!m.c ${m.b}\xff",
        b"#set($context.requestOverride.header.x = \"${stageVariables.stage}\")\\$x ## no\n#* no *#\xff",
        b"$input.body.replaceAll('[a-z]+', '$0').split(',')[0].substring(0, 2).toLowerCase()\xffa,b",
        b"#evaluate('#set($a = [])$a.add($a)$a')\xff",
    ],
    words: &[
        "$", "${", "}", "$!", "#", "#set(", "#if(", "#elseif(", "#else", "#end", "#foreach(", " in ",
        "#macro(", "#define(", "#evaluate(", "#stop", "#break", "#@", "#*", "*#", "##", "\\", "(", ")",
        "[", "]", "{", "..", "1", "-", "*", "/", "%", "==", "&&", "!", "'", "\"", ",", ".size()",
        ".get(", ".put(", ".add(", ".replaceAll(", ".split(", ".substring(", "$input.path('$')",
        "$input.json('$..*')", "$input.params()", "$util.parseJson(", "$context", "$stageVariables",
        "2147483647", "1e308", "\u{20ac}", "\u{10ffff}", "\n",
    ],
};

struct Context;

impl Variables for Context {
    fn member(&self, name: &str) -> Option<Value> {
        match name {
            "connectionId" => Some(json!("abc=")),
            "identity" => Some(json!({ "sourceIp": "127.0.0.1" })),
            _ => None,
        }
    }
}

fn run(input: &[u8]) {
    let (template, body) = two_texts(input);
    let Ok(template) = Template::parse(&template) else {
        return;
    };
    let stage = ("stage".to_owned(), "test".to_owned());
    let host = ("Host".to_owned(), "localhost".to_owned());
    let parameters = Parameters {
        header: BTreeMap::from([host]),
        ..Parameters::default()
    };
    let scope = Scope {
        body: &body,
        parameters: &parameters,
        context: &Context,
        stage_variables: &BTreeMap::from([stage]),
    };
    let rendered = template.render(&scope, &mut Overrides::default());
    if let Some(text) = template.literal() {
        let rendered = rendered.as_ref().map(String::as_bytes);
        assert_eq!(rendered, Ok(&text[..]), "text is itself");
    }
}
