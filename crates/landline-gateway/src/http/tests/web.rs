//! Web servers behind HTTP APIs.

use std::collections::BTreeMap;

use crate::deployment::snapshot::{
    HttpEndpoint, HttpKind, Integration, IntegrationTarget, MethodPath, Route, RouteKey,
    StageTemplate,
};
use crate::integration::http_parameters::HttpMappings;
use crate::integration::parameters::ParameterMapping;
use crate::testing::Node;

fn node(key: &str, url: &str, change: impl FnOnce(&mut Integration)) -> Node {
    let node = Node::start(&[]);
    let target = IntegrationTarget::HttpProxy(HttpEndpoint {
        method: "ANY".to_owned(),
        url: StageTemplate::new(url),
    });
    let mut integration = Integration::new("abc1234", target);
    change(&mut integration);
    let mut route = Route::new(RouteKey::parse(key), Some(integration));
    route.at = MethodPath::of_key(key);
    node.serve_api(HttpKind::Http, [route], |_| {});
    node
}

#[tokio::test]
async fn a_request_goes_on_as_it_came() {
    let node = node("ANY /{proxy+}", "https://web.example/{proxy}", |_| {});
    let headers = [
        ("set-cookie", "a=1"),
        ("connection", "close"),
        ("content-type", "text/html"),
    ];
    node.backend.answers(418, &headers, "tea");
    let sent = [("Content-Type", "text/csv"), ("X-A", "1")];
    let answer = node.send("PUT /a/b?q=1", &sent, "x,y").await;
    assert_eq!((answer.status, answer.body.as_str()), (418, "tea"));
    assert_eq!(answer.header("set-cookie"), Some("a=1"));
    assert_eq!(answer.header("connection"), None);
    let request = node.backend.only_request();
    assert_eq!(request.method(), "PUT");
    assert_eq!(request.uri(), "https://web.example/a/b?q=1");
    assert_eq!(request.headers()["content-type"], "text/csv");
    assert_eq!(request.headers()["x-a"], "1");
    assert_eq!(&request.body()[..], b"x,y");
}

#[tokio::test]
async fn parameters_are_mapped_on_the_way() {
    let node = node("GET /pets/{id}", "https://web.example/", |integration| {
        let mapping =
            ParameterMapping::parse("integration.request.header.pet", "route.request.path.id");
        integration.request.parameters.push(mapping.unwrap());
    });
    node.backend.answers(200, &[], "");
    node.get("GET /pets/7").await;
    assert_eq!(node.backend.only_request().headers()["pet"], "7");
}

#[tokio::test]
async fn requests_and_answers_are_changed_as_the_owner_wants() {
    let texts = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
        let pairs = pairs.iter();
        pairs.map(|(k, v)| ((*k).into(), (*v).into())).collect()
    };
    let node = node("GET /pets/{id}", "https://web.example/", |integration| {
        let request = texts(&[
            ("overwrite:path", "/v2/${request.path.id}"),
            ("append:header.x-stage", "$context.stage"),
        ]);
        let answer = texts(&[
            ("overwrite:statuscode", "204"),
            ("overwrite:header.x-a", "b"),
        ]);
        let answers = BTreeMap::from([("200".to_owned(), answer)]);
        integration.mappings = HttpMappings::parse(&request, &answers);
    });
    node.backend.answers(200, &[], "");
    let answer = node.get("GET /pets/7?q=1").await;
    assert_eq!((answer.status, answer.header("x-a")), (204, Some("b")));
    let request = node.backend.only_request();
    assert_eq!(request.uri(), "https://web.example/v2/7?q=1");
    assert!(request.headers().contains_key("x-stage"));
}

#[tokio::test]
async fn a_server_that_is_not_there_makes_the_service_unavailable() {
    let node = node("GET /", "https://web.example/", |_| {});
    let answer = node.get("GET /").await;
    let expected = (503, r#"{"message":"Service Unavailable"}"#);
    assert_eq!((answer.status, answer.body.as_str()), expected);
}
