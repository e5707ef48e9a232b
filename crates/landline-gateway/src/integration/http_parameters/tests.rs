//! Mappings of HTTP APIs, applied.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{HeaderMap, Request};
use serde_json::{Value, json};

use super::HttpMappings;
use crate::integration::Answer;
use crate::integration::parameters::{Location, Origin};
use crate::mapping::Variables;

struct Pet {
    variables: BTreeMap<String, String>,
}

impl Variables for Pet {
    fn member(&self, name: &str) -> Option<Value> {
        (name == "requestId").then(|| json!("r1"))
    }
}

impl Origin for Pet {
    fn request_values(&self, location: Location, name: &str) -> Option<Vec<String>> {
        let found = match (location, name) {
            (Location::Header, "x-a") => "a",
            (Location::QueryString, "q") => "q 1",
            (Location::Path, "id") => "7",
            _ => return None,
        };
        Some(vec![found.to_owned()])
    }

    fn body(&self) -> &'static str {
        r#"{"pet":{"name":"Rex"}}"#
    }

    fn stage_variables(&self) -> &BTreeMap<String, String> {
        &self.variables
    }
}

fn pet() -> Pet {
    Pet {
        variables: BTreeMap::from([("place".to_owned(), "there".to_owned())]),
    }
}

fn texts(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let pairs = pairs.iter();
    pairs.map(|(k, v)| ((*k).into(), (*v).into())).collect()
}

fn changed(pairs: &[(&str, &str)]) -> Request<Bytes> {
    let parameters = texts(pairs);
    let mappings = HttpMappings::parse(&parameters, []);
    let request = Request::get("http://backend/base?keep=1&q=old&q=older").header("x-gone", "1");
    let mut request = request.header("x-a", "0").body(Bytes::new()).unwrap();
    mappings.change_request(&pet(), "/pets/7", &mut request);
    request
}

#[test]
fn headers_are_appended_overwritten_and_removed() {
    let request = changed(&[
        ("append:header.x-a", "$request.header.x-a"),
        ("overwrite:header.x-id", "$context.requestId"),
        (
            "overwrite:header.x-name",
            "pet-${request.body.pet.name}-${stageVariables.place}",
        ),
        ("overwrite:header.x-none", "$request.header.nothing"),
        ("remove:header.x-gone", "''"),
    ]);
    let all: Vec<_> = request.headers().get_all("x-a").iter().collect();
    assert_eq!(all, ["0", "a"]);
    assert_eq!(request.headers()["x-id"], "r1");
    assert_eq!(request.headers()["x-name"], "pet-Rex-there");
    assert!(!request.headers().contains_key("x-none"));
    assert!(!request.headers().contains_key("x-gone"));
}

#[test]
fn the_query_and_the_path_are_changed() {
    let request = changed(&[
        ("append:querystring.new", "$request.querystring.q"),
        ("overwrite:querystring.q", "fresh"),
        ("overwrite:path", "/v2/${request.path.id}"),
    ]);
    assert_eq!(
        request.uri(),
        "http://backend/v2/7?keep=1&new=q%201&q=fresh"
    );
    let request = changed(&[
        ("remove:querystring.q", ""),
        ("overwrite:path", "$request.path"),
    ]);
    assert_eq!(request.uri(), "http://backend/pets/7?keep=1");
}

#[test]
fn an_answer_is_changed_by_its_status() {
    let of_404 = texts(&[
        ("overwrite:statuscode", "403"),
        ("append:header.x-why", "$response.body.why"),
        ("remove:header.server", ""),
    ]);
    let responses = BTreeMap::from([("404".to_owned(), of_404)]);
    let mappings = HttpMappings::parse([], &responses);
    let answer = |status_code| {
        let mut headers = HeaderMap::new();
        headers.insert("server", "x".parse().unwrap());
        let mut answer = Answer {
            status_code,
            subprotocol: None,
            body: Some(r#"{"why":"hidden"}"#.into()),
            headers,
        };
        mappings.change_answer(&pet(), "/", &mut answer);
        answer
    };
    let hidden = answer(404);
    assert_eq!(hidden.status_code, 403);
    assert_eq!(hidden.headers["x-why"], "hidden");
    assert!(!hidden.headers.contains_key("server"));
    assert_eq!(answer(200).headers["server"], "x");
}
