//! Templates and what they come to.

use std::collections::BTreeMap;

use super::{Overrides, Parameters, Scope, Template, Variables};

struct NoContext;

impl Variables for NoContext {
    fn member(&self, _: &str) -> Option<serde_json::Value> {
        None
    }
}

#[test]
fn a_template_takes_the_body_apart() {
    let template = Template::parse(r#"{"to": $input.json('$.to')}"#).unwrap();
    let scope = Scope {
        body: r#"{"to":["a"]}"#,
        parameters: &Parameters::default(),
        context: &NoContext,
        stage_variables: &BTreeMap::new(),
    };
    let rendered = template.render(&scope, &mut Overrides::default());
    assert_eq!(rendered.unwrap(), r#"{"to": ["a"]}"#);
}
