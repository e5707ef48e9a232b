//! Which route a request gets; the first table is the example of AWS's guide.

use crate::deployment::snapshot::{HttpApi, HttpKind, MethodPath, Route, RouteKey};

fn api(kind: HttpKind, keys: &[&str]) -> HttpApi {
    let routes = keys.iter().map(|key| {
        let mut route = Route::new(RouteKey::parse(key), None);
        route.at = MethodPath::of_key(key);
        route
    });
    HttpApi::new(kind, routes)
}

fn check(kind: HttpKind, keys: &[&str], requests: &[(&str, Option<&str>, &str)]) {
    let api = api(kind, keys);
    for (request, expected, variables) in requests {
        let (method, path) = request.split_once(' ').unwrap();
        let segments: Vec<&str> = path.split('/').filter(|it| !it.is_empty()).collect();
        let found = api.route(method, &segments);
        let key = found.as_ref().map(|found| found.route.key.as_str());
        assert_eq!(key, *expected, "{request}");
        let found = found.map(|found| found.variables).unwrap_or_default();
        let found: Vec<String> = found.iter().map(|(k, v)| format!("{k}={v}")).collect();
        assert_eq!(found.join(","), *variables, "{request}");
    }
}

#[test]
fn the_most_specific_route_takes_a_request() {
    check(
        HttpKind::Http,
        &[
            "GET /pets/dog/1",
            "GET /pets/dog/{id}",
            "GET /pets/{proxy+}",
            "ANY /{proxy+}",
            "$default",
        ],
        &[
            ("GET /pets/dog/1", Some("GET /pets/dog/1"), ""),
            ("GET /pets/dog/2", Some("GET /pets/dog/{id}"), "id=2"),
            ("GET /pets/cat/1", Some("GET /pets/{proxy+}"), "proxy=cat/1"),
            ("POST /test/5", Some("ANY /{proxy+}"), "proxy=test/5"),
            ("GET /", Some("$default"), ""),
        ],
    );
}

#[test]
fn a_method_of_its_own_goes_before_any() {
    check(
        HttpKind::Http,
        &["ANY /pets/{id}", "POST /pets/{name}"],
        &[
            ("POST /pets/1", Some("POST /pets/{name}"), "name=1"),
            ("GET /pets/1", Some("ANY /pets/{id}"), "id=1"),
            ("GET /cats/1", None, ""),
        ],
    );
}

#[test]
fn a_path_without_the_method_leaves_the_request_to_a_wider_one() {
    check(
        HttpKind::Http,
        &["GET /pets/mine", "POST /pets/{id}", "PUT /{proxy+}"],
        &[
            ("POST /pets/mine", Some("POST /pets/{id}"), "id=mine"),
            ("PUT /pets/mine", Some("PUT /{proxy+}"), "proxy=pets/mine"),
        ],
    );
}

#[test]
fn a_resource_of_a_rest_api_leaves_a_method_that_it_lacks_to_a_greedy_one() {
    check(
        HttpKind::Rest,
        &["GET /pets/mine", "ANY /{proxy+}", "POST /"],
        &[
            ("POST /pets/mine", Some("ANY /{proxy+}"), "proxy=pets/mine"),
            ("GET /pets", Some("ANY /{proxy+}"), "proxy=pets"),
            ("POST /", Some("POST /"), ""),
        ],
    );
}

#[test]
fn many_variables_do_not_make_a_request_look_at_everything() {
    let keys: Vec<String> = (0..12)
        .map(|n| format!("GET /{}end{n}", "a/".repeat(n) + &"{v}/".repeat(12 - n)))
        .collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let api = api(HttpKind::Http, &keys);
    assert!(api.route("GET", &["a"; 13]).is_none());
}
