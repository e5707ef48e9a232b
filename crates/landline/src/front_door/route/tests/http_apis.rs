//! HTTP and REST APIs, which take any path.

use super::*;

#[test]
fn an_http_api_is_found_under_every_form_of_its_url() {
    const WEB_HOST: &str = "webapi.execute-api.us-east-1.amazonaws.com";
    for (request, host, api_id, stage, path, shown_path) in [
        (
            "GET /webapi/dev/pets/1",
            LOCAL,
            "webapi",
            "dev",
            "/pets/1",
            "/dev/pets/1",
        ),
        ("GET /webapi/dev", LOCAL, "webapi", "dev", "/", "/dev/"),
        (
            "GET /webapi/pets/",
            LOCAL,
            "webapi",
            "$default",
            "/pets/",
            "/pets/",
        ),
        ("PUT /webapi", LOCAL, "webapi", "$default", "/", "/"),
        (
            "GET /_aws/execute-api/webapi/dev/a%20b",
            LOCAL,
            "webapi",
            "dev",
            "/a%20b",
            "/dev/a%20b",
        ),
        (
            "GET /_aws/execute-api/restapi/prod/",
            LOCAL,
            "restapi",
            "prod",
            "/",
            "/prod/",
        ),
        (
            "DELETE /dev/pets",
            WEB_HOST,
            "webapi",
            "dev",
            "/pets",
            "/dev/pets",
        ),
        ("GET /", WEB_HOST, "webapi", "$default", "/", "/"),
        (
            "GET //dev//pets",
            WEB_HOST,
            "webapi",
            "dev",
            "//pets",
            "/dev//pets",
        ),
    ] {
        let expected = Destination::Http(HttpAddress {
            api_id: api_id.to_owned(),
            stage: stage.to_owned(),
            path: path.to_owned(),
            shown_path: shown_path.to_owned(),
            endpoint: Endpoint::Default,
        });
        assert_eq!(destination(request, host), expected, "{request}");
    }
}

#[test]
fn an_http_api_takes_no_request_that_is_for_somebody_else() {
    assert_eq!(
        destination("GET /restapi/dev/pets", LOCAL),
        Destination::AwsApi
    );
    let head = Head {
        method: "GET",
        host: LOCAL,
        path: "/webapi/dev",
        upgrade: Upgrade::None,
        signing_name: Some("lambda"),
    };
    assert_eq!(route(&head, &Known), Destination::AwsApi);
}

#[test]
fn a_custom_domain_leads_to_an_http_api_too() {
    let expected = Destination::Http(HttpAddress {
        api_id: "restapi".to_owned(),
        stage: "prod".to_owned(),
        path: "/pets".to_owned(),
        shown_path: "/web/pets".to_owned(),
        endpoint: Endpoint::Custom("ws.example.com".to_owned()),
    });
    assert_eq!(destination("GET /web/pets", "ws.example.com"), expected);
}
