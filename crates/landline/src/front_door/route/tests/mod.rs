//! The table of addresses.

mod custom_domains;
mod http_apis;

use super::{Destination, Endpoint, Head, HttpAddress, Mapped, Stages, Upgrade, route};

/// `chatapi` with `prod` and `$default`, `newsapi` with `prod` and `live`.
struct Known;

impl Stages for Known {
    fn has(&self, api_id: &str, stage: &str) -> bool {
        matches!(
            (api_id, stage),
            ("chatapi", "prod" | "$default") | ("newsapi", "prod" | "live")
        )
    }

    fn only_api_with(&self, stage: &str) -> Option<String> {
        match stage {
            "live" => Some("newsapi".to_owned()),
            "$default" => Some("chatapi".to_owned()),
            _ => None,
        }
    }

    fn has_bucket(&self, name: &str) -> bool {
        name == "a-bucket"
    }

    /// `webapi` serves HTTP at `dev` and `$default`, `restapi` at `prod` alone.
    fn http(&self, api_id: &str, first: Option<&str>) -> Option<String> {
        match (api_id, first) {
            ("webapi", Some("dev")) => Some("dev".to_owned()),
            ("webapi", _) => Some("$default".to_owned()),
            ("restapi", Some("prod")) => Some("prod".to_owned()),
            _ => None,
        }
    }

    /// `ws.example.com` maps its root and `a/b`, `keys.example.com` only `chat`.
    fn mapped(&self, host: &str, path: &[&str]) -> Mapped {
        let (api_id, depth) = match (host.split(':').next().unwrap(), path) {
            ("ws.example.com", ["a", "b", ..]) => ("newsapi", 2),
            ("ws.example.com", ["web", ..]) => ("restapi", 1),
            ("ws.example.com", _) => ("chatapi", 0),
            ("keys.example.com", ["chat", ..]) => ("chatapi", 1),
            ("keys.example.com", _) => return Mapped::Nothing,
            _ => return Mapped::NoDomain,
        };
        Mapped::Stage {
            api_id: api_id.to_owned(),
            stage: "prod".to_owned(),
            depth,
        }
    }
}

const AWS_HOST: &str = "chatapi.execute-api.us-east-1.amazonaws.com";
const LOCAL: &str = "127.0.0.1:4566";

fn destination(request: &str, host: &str) -> Destination {
    let (method, path) = request.split_once(' ').unwrap();
    let (method, upgrade) = match method {
        "UPGRADE" => ("GET", Upgrade::WebSocket),
        method => (method, Upgrade::None),
    };
    let head = Head {
        method,
        host,
        path,
        upgrade,
        signing_name: None,
    };
    route(&head, &Known)
}

fn socket(api_id: &str, stage: &str) -> Destination {
    Destination::WebSocket {
        api_id: api_id.to_owned(),
        stage: stage.to_owned(),
        endpoint: Endpoint::Default,
    }
}

fn connection(api_id: Option<&str>, stage: Option<&str>, id: &str) -> Destination {
    Destination::Connections {
        api_id: api_id.map(str::to_owned),
        stage: stage.map(str::to_owned),
        connection_id: id.to_owned(),
        endpoint: Endpoint::Default,
    }
}

fn custom(host: &str) -> Endpoint {
    Endpoint::Custom(host.to_owned())
}

#[test]
fn a_function_url_is_found_by_its_host_or_by_a_path() {
    let url = |path: &str| Destination::FunctionUrl {
        id: "abc".to_owned(),
        path: path.to_owned(),
    };
    let host = "abc.lambda-url.us-east-1.on.aws";
    assert_eq!(
        destination("GET /a%20b/@connections", host),
        url("/a%20b/@connections")
    );
    assert_eq!(
        destination("POST /_aws/lambda-url/abc/x/", LOCAL),
        url("/x/")
    );
    assert_eq!(destination("GET /_aws/lambda-url/abc", LOCAL), url("/"));
}

#[test]
fn what_a_user_pool_publishes_is_found_below_its_id() {
    let keys = Destination::UserPool {
        pool: "eu-west-1_AbC".to_owned(),
        document: "jwks.json".to_owned(),
    };
    let request = "GET /eu-west-1_AbC/.well-known/jwks.json";
    let host = "cognito-idp.eu-west-1.amazonaws.com";
    assert_eq!(destination(request, host), keys);
    assert_eq!(destination(request, LOCAL), keys);
    assert_eq!(destination(request, AWS_HOST), Destination::Forbidden);
    assert_eq!(destination("POST /", host), Destination::AwsApi);
}

#[test]
fn metrics_are_at_their_usual_path_and_shadow_no_application() {
    let metrics = Destination::Internal("metrics".to_owned());
    assert_eq!(destination("GET /metrics", LOCAL), metrics);
    assert_eq!(destination("GET /_landline/metrics", LOCAL), metrics);
    assert_eq!(
        destination("GET /metrics", AWS_HOST),
        Destination::Forbidden
    );
    assert_eq!(destination("POST /metrics", LOCAL), Destination::AwsApi);
    assert_eq!(
        destination("UPGRADE /chatapi/metrics", LOCAL),
        socket("chatapi", "metrics")
    );
}

#[test]
fn a_stage_named_metrics_is_not_shadowed() {
    struct Named;
    impl Stages for Named {
        fn has_bucket(&self, _: &str) -> bool {
            false
        }

        fn has(&self, _: &str, stage: &str) -> bool {
            stage == "metrics"
        }
        fn only_api_with(&self, stage: &str) -> Option<String> {
            (stage == "metrics").then(|| "chatapi".to_owned())
        }
        fn http(&self, _: &str, _: Option<&str>) -> Option<String> {
            None
        }
        fn mapped(&self, _: &str, _: &[&str]) -> Mapped {
            Mapped::NoDomain
        }
    }
    let head = Head {
        method: "GET",
        host: LOCAL,
        path: "/metrics",
        upgrade: Upgrade::None,
        signing_name: None,
    };
    assert_eq!(route(&head, &Named), Destination::UpgradeRequired);
}

#[test]
fn a_handshake_is_found_under_every_form_of_its_url() {
    for (path, host, api_id, stage) in [
        ("/chatapi/prod", LOCAL, "chatapi", "prod"),
        ("/chatapi/prod/", LOCAL, "chatapi", "prod"),
        ("//chatapi//prod", LOCAL, "chatapi", "prod"),
        ("/_aws/execute-api/chatapi/prod", LOCAL, "chatapi", "prod"),
        ("/_aws/execute-api/chatapi/prod/", LOCAL, "chatapi", "prod"),
        ("/prod", AWS_HOST, "chatapi", "prod"),
        ("/prod/", AWS_HOST, "chatapi", "prod"),
        (
            "/prod",
            "chatapi.execute-api.localhost:4566",
            "chatapi",
            "prod",
        ),
        ("/$default", AWS_HOST, "chatapi", "$default"),
        ("/%24default", AWS_HOST, "chatapi", "$default"),
        ("/live", LOCAL, "newsapi", "live"),
        // Whether it exists is the gateway's question.
        ("/nobody/nowhere", LOCAL, "nobody", "nowhere"),
    ] {
        assert_eq!(
            destination(&format!("UPGRADE {path}"), host),
            socket(api_id, stage),
            "{path}"
        );
    }
}

#[test]
fn a_handshake_elsewhere_is_forbidden() {
    for (path, host) in [
        ("/", LOCAL),
        ("/", AWS_HOST),
        ("/prod", LOCAL), // two APIs have it
        ("/prod/more", AWS_HOST),
        ("/chatapi/prod/more", LOCAL),
        ("/_aws/execute-api/chatapi", LOCAL),
    ] {
        assert_eq!(
            destination(&format!("UPGRADE {path}"), host),
            Destination::Forbidden,
            "{path}"
        );
    }
}

#[test]
fn a_connection_is_found_under_every_form_of_its_url() {
    let both = (Some("chatapi"), Some("prod"));
    for (path, host, (api_id, stage)) in [
        ("/prod/@connections/Yq%3D", AWS_HOST, both),
        ("/prod/@connections/Yq=", AWS_HOST, both),
        ("/prod/%40connections/Yq%3D", AWS_HOST, both),
        ("//prod//@connections/Yq=", AWS_HOST, both),
        ("/chatapi/prod/@connections/Yq=", LOCAL, both),
        ("/chatapi/prod//@connections/Yq=", LOCAL, both),
        (
            "/_aws/execute-api/chatapi/prod/@connections/Yq=",
            LOCAL,
            both,
        ),
        ("/prod/@connections/Yq=", LOCAL, (None, Some("prod"))),
        ("/@connections/Yq=", LOCAL, (None, None)),
        ("/@connections/Yq=", AWS_HOST, (Some("chatapi"), None)),
    ] {
        for method in ["POST", "GET", "DELETE"] {
            let found = destination(&format!("{method} {path}"), host);
            assert_eq!(found, connection(api_id, stage, "Yq="), "{path}");
        }
    }
}

#[test]
fn what_follows_connections_is_the_id_even_when_it_is_nonsense() {
    assert_eq!(
        destination("POST /prod/@connections/", AWS_HOST),
        connection(Some("chatapi"), Some("prod"), "")
    );
    assert_eq!(
        destination("POST /prod/@connections/a/b", AWS_HOST),
        connection(Some("chatapi"), Some("prod"), "a/b")
    );
    assert_eq!(
        destination("POST /a/b/c/@connections/d", LOCAL),
        Destination::Forbidden
    );
}

#[test]
fn a_stage_without_an_upgrade_asks_for_one() {
    for (path, host) in [
        ("/chatapi/prod", LOCAL),
        ("/prod", AWS_HOST),
        ("/prod/behind/it", AWS_HOST),
        ("/_aws/execute-api/chatapi/prod", LOCAL),
        ("/live", LOCAL),
    ] {
        assert_eq!(
            destination(&format!("GET {path}"), host),
            Destination::UpgradeRequired,
            "{path}"
        );
    }
    assert_eq!(destination("POST /prod", AWS_HOST), Destination::Forbidden);
    assert_eq!(
        destination("GET /nowhere", AWS_HOST),
        Destination::Forbidden
    );
}

#[test]
fn what_is_no_stage_is_an_aws_api() {
    for (request, host) in [
        ("POST /", LOCAL),
        ("GET /v2/apis", LOCAL),
        ("GET /bucket", LOCAL),
        ("GET /bucket/key", LOCAL),
        ("PUT /chatapi/prod", LOCAL),
        ("POST /2015-03-31/functions/f/invocations", LOCAL),
        ("POST /", "dynamodb.us-east-1.amazonaws.com"),
    ] {
        assert_eq!(destination(request, host), Destination::AwsApi, "{request}");
    }
}

#[test]
fn a_signature_for_another_service_wins() {
    for path in ["/chatapi/prod", "/bucket/@connections/key"] {
        let head = Head {
            method: "GET",
            host: LOCAL,
            path,
            upgrade: Upgrade::None,
            signing_name: Some("lambda"),
        };
        assert_eq!(route(&head, &Known), Destination::AwsApi, "{path}");
    }
}

#[test]
fn landlines_own_endpoints_are_not_those_of_an_api() {
    assert_eq!(
        destination("GET /_landline/health", LOCAL),
        Destination::Health
    );
    assert_eq!(
        destination("POST /_landline/stacks/chat", LOCAL),
        Destination::Internal("stacks/chat".to_owned())
    );
    assert_eq!(
        destination("GET /_landline/health", AWS_HOST),
        Destination::Forbidden
    );
}

#[test]
fn answers_to_cloudformation_have_a_host_of_their_own() {
    let host = "cloudformation-custom-resource-response-useast1.s3.us-east-1.amazonaws.com";
    assert_eq!(
        destination("PUT /token", host),
        Destination::Internal("callbacks/token".to_owned())
    );
}

#[test]
fn s3_is_known_by_its_signature_its_hosts_and_its_buckets() {
    let signed = |host: &str, path: &str| {
        let head = Head {
            method: "PUT",
            host,
            path,
            upgrade: Upgrade::None,
            signing_name: Some("s3"),
        };
        route(&head, &Known)
    };
    assert_eq!(signed(LOCAL, "/new-bucket"), Destination::S3);
    assert_eq!(signed(LOCAL, "/chatapi/prod"), Destination::S3);
    for (request, host) in [
        ("GET /key", "other.s3.us-east-1.amazonaws.com"),
        ("GET /", "site.s3-website-us-east-1.amazonaws.com"),
        ("GET /key", "a-bucket.localhost:4566"),
        ("GET /a-bucket/key", LOCAL),
        ("OPTIONS /a-bucket/a/longer/key", LOCAL),
        ("GET /_aws/s3-website/site/", LOCAL),
    ] {
        assert_eq!(destination(request, host), Destination::S3, "{request}");
    }
    for (request, host) in [
        ("GET /other/key/x", LOCAL),
        ("GET /key", "other.localhost:4566"),
        ("GET /", LOCAL),
    ] {
        assert_eq!(destination(request, host), Destination::AwsApi, "{request}");
    }
}
