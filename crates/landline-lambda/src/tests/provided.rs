//! Custom runtimes: an executable that speaks the Runtime API.

use serde_json::json;

use super::{Fixture, create_input};

/// A runtime in shell and Python's standard library, as an author of one would write it.
const BOOTSTRAP: &str = r#"#!/usr/bin/env python3
import http.client, json, os
api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
base = "/2018-06-01/runtime/invocation/"
while True:
    api.request("GET", base + "next")
    event = api.getresponse()
    id = event.getheader("Lambda-Runtime-Aws-Request-Id")
    body = json.loads(event.read())
    answer = iter([json.dumps({"handler": os.environ["_HANDLER"], "got": body}).encode()])
    api.request("POST", base + id + "/response", answer, {"Transfer-Encoding": "chunked"}, encode_chunked=True)
    api.getresponse().read()
"#;

#[tokio::test]
async fn a_custom_runtime_speaks_the_runtime_api() {
    let fixture = Fixture::new().await;
    let mut input = create_input("custom", "provided.al2023", &[("bootstrap", BOOTSTRAP)]);
    input.handler = Some("my.handler".into());
    // The interpreter of this test's bootstrap is found as the test itself was.
    let path = std::env::var_os("PATH").unwrap().into_string().unwrap();
    input.environment = Some(super::environment(&[("PATH", &path)]));
    fixture.create(input).await.unwrap();
    for n in 1..=3 {
        let answer = fixture.invoke("custom", &n.to_string()).await;
        assert_eq!(answer.json, json!({ "handler": "my.handler", "got": n }));
    }
    assert_eq!(fixture.lambda.environments(), 1);
}

#[tokio::test]
async fn code_without_a_bootstrap_is_told() {
    let fixture = Fixture::new().await;
    let input = create_input("empty", "provided.al2023", &[("readme.txt", "nothing")]);
    fixture.create(input).await.unwrap();
    let answer = fixture.invoke("empty", "{}").await;
    assert_eq!(answer.error_type(), "Runtime.InvalidEntrypoint");
    assert!(
        answer
            .error_message()
            .contains("an executable file `bootstrap`")
    );
}

#[tokio::test]
async fn a_bootstrap_that_cannot_run_here_says_what_is_missing() {
    let fixture = Fixture::new().await;
    let script = "#!/opt/nobody/has/this -x\n";
    let cases = [(
        "script",
        script,
        "names /opt/nobody/has/this, which is not on this machine",
    )];
    for (name, bootstrap, why) in cases {
        let input = create_input(name, "provided.al2023", &[("bootstrap", bootstrap)]);
        fixture.create(input).await.unwrap();
        let answer = fixture.invoke(name, "{}").await;
        assert_eq!(answer.error_type(), "Runtime.InvalidEntrypoint");
        assert!(
            answer.error_message().contains(why),
            "{}",
            answer.error_message()
        );
    }
}
