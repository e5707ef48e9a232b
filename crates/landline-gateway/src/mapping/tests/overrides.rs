//! What templates set for the request and the response, and what is left of it.

use super::{BODY, Overrides, Template, render_with};

#[test]
fn a_template_overrides_the_status_and_headers_of_the_response() {
    let mut overrides = Overrides::default();
    let template = "#set($context.responseOverride.status = 444)\
        #set($context.responseOverride.header.one = 'a')\
        #set($context.responseOverride.header['two'] = ['b', 'c'])";
    assert_eq!(
        render_with(template, BODY, &mut overrides),
        Ok(String::new())
    );
    assert_eq!(overrides.response_status(), Some(444));
    let headers = overrides.response_headers();
    let headers: Vec<_> = headers.iter().map(|(n, v)| (&**n, &**v)).collect();
    assert_eq!(headers, [("one", "a"), ("two", "b"), ("two", "c")]);
}

#[test]
fn a_template_overrides_the_parameters_of_the_request() {
    let mut overrides = Overrides::default();
    let template = "#set($context.requestOverride.header.h = 1)\
        $context.requestOverride.querystring.put('q', 'v')\
        #set($p = $context.requestOverride.path)#set($p.proxy = true)";
    assert_eq!(
        render_with(template, BODY, &mut overrides),
        Ok(String::new())
    );
    let pair = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
    assert_eq!(overrides.request_headers(), pair("h", "1"));
    assert_eq!(overrides.request_querystring(), pair("q", "v"));
    assert_eq!(overrides.request_path(), pair("proxy", "true"));
}

#[test]
fn the_template_of_the_response_sees_what_that_of_the_request_has_set() {
    let mut overrides = Overrides::default();
    let request = "#set($context.requestOverride.path.body = $input.json('$.user'))\
        #set($context.responseOverride.custom = 'passed')";
    render_with(request, BODY, &mut overrides).unwrap();
    let response = "$util.parseJson($context.requestOverride.path.body).age \
        $context.responseOverride.custom";
    assert_eq!(
        render_with(response, "", &mut overrides).as_deref(),
        Ok("30 passed")
    );
}

#[test]
fn a_status_that_is_none_overrides_nothing() {
    for status in ["'teapot'", "-1", "70000", "[1]"] {
        let mut overrides = Overrides::default();
        let template = format!("#set($context.responseOverride.status = {status})");
        render_with(&template, BODY, &mut overrides).unwrap();
        assert_eq!(overrides.response_status(), None, "{status}");
    }
}

#[test]
fn what_a_template_sets_elsewhere_in_context_is_forgotten() {
    let mut overrides = Overrides::default();
    let set = "#set($context.stage = 'mine')$context.stage";
    assert_eq!(
        render_with(set, BODY, &mut overrides).as_deref(),
        Ok("mine")
    );
    let read = "$context.stage";
    assert_eq!(
        render_with(read, BODY, &mut overrides).as_deref(),
        Ok("prod")
    );
}

#[test]
fn a_template_of_nothing_but_text_is_its_own_literal() {
    let literal = |text| {
        let template = Template::parse(text).unwrap();
        template
            .literal()
            .map(|it| String::from_utf8(it.to_vec()).unwrap())
    };
    let status = r#"{"statusCode": 200}"#;
    assert_eq!(literal(status).as_deref(), Some(status));
    assert_eq!(literal("").as_deref(), Some(""));
    assert_eq!(literal("price: $5 #1").as_deref(), Some("price: $5 #1"));
    assert_eq!(literal("$x"), None);
    assert_eq!(literal("#set($x = 1)"), None);
}
