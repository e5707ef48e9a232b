//! Buckets that keep what was overwritten.

use super::Bench;

async fn versioned() -> Bench {
    let bench = Bench::with_bucket().await;
    set(&bench, "Enabled").await;
    bench
}

async fn set(bench: &Bench, status: &str) {
    let document =
        format!("<VersioningConfiguration><Status>{status}</Status></VersioningConfiguration>");
    let put = bench.send("PUT /a-bucket?versioning", &[], &document).await;
    assert_eq!(put.status, 200);
    assert_eq!(bench.get("?versioning").await.element("Status"), status);
}

async fn put(bench: &Bench, body: &str) -> String {
    let put = bench.send("PUT /a-bucket/key", &[], body).await;
    put.header("x-amz-version-id").to_owned()
}

#[tokio::test]
async fn every_version_can_be_read() {
    let bench = versioned().await;
    let (one, two) = (put(&bench, "one").await, put(&bench, "two").await);
    assert_ne!(one, two);
    assert_eq!(bench.get("/key").await.body, "two");
    let old = bench.get(&format!("/key?versionId={one}")).await;
    assert_eq!(
        (old.body.as_str(), old.header("x-amz-version-id")),
        ("one", one.as_str())
    );
    let listed = bench.get("?versions").await;
    assert_eq!(listed.elements("VersionId"), [&two, &one]);
    assert_eq!(listed.elements("IsLatest"), ["true", "false"]);
    let unknown = bench.get("/key?versionId=nonsense").await;
    assert_eq!(unknown.refusal(), (404, "NoSuchVersion"));
}

#[tokio::test]
async fn a_deletion_hides_and_can_be_undone() {
    let bench = versioned().await;
    put(&bench, "one").await;
    let deleted = bench.send("DELETE /a-bucket/key", &[], "").await;
    assert_eq!(deleted.header("x-amz-delete-marker"), "true");
    let marker = deleted.header("x-amz-version-id").to_owned();
    let hidden = bench.get("/key").await;
    assert_eq!(hidden.refusal(), (404, "NoSuchKey"));
    assert_eq!(hidden.header("x-amz-delete-marker"), "true");
    let asked = bench.get(&format!("/key?versionId={marker}")).await;
    assert_eq!(asked.refusal(), (405, "MethodNotAllowed"));
    assert!(bench.get("?list-type=2").await.elements("Key").is_empty());
    let refused = bench.send("DELETE /a-bucket", &[], "").await;
    assert_eq!(refused.refusal(), (409, "BucketNotEmpty"));
    let undone = bench
        .send(&format!("DELETE /a-bucket/key?versionId={marker}"), &[], "")
        .await;
    assert_eq!(undone.header("x-amz-delete-marker"), "true");
    assert_eq!(bench.get("/key").await.body, "one");
}

#[tokio::test]
async fn a_version_that_is_deleted_is_gone_with_its_file() {
    let bench = versioned().await;
    let ids = [
        put(&bench, "1").await,
        put(&bench, "2").await,
        put(&bench, "3").await,
    ];
    for (at, left) in [(1, 2), (2, 1), (0, 0)] {
        let line = format!("DELETE /a-bucket/key?versionId={}", ids[at]);
        assert_eq!(bench.send(&line, &[], "").await.status, 204);
        assert_eq!(bench.files(), left);
        if left == 1 {
            assert_eq!(bench.get("/key").await.body, "1");
        }
    }
    assert_eq!(bench.send("DELETE /a-bucket", &[], "").await.status, 204);
}

#[tokio::test]
async fn what_was_there_before_is_the_version_null() {
    let bench = Bench::with_bucket().await;
    assert_eq!(put(&bench, "before").await, "");
    set(&bench, "Enabled").await;
    let one = put(&bench, "one").await;
    assert_eq!(bench.get("/key?versionId=null").await.body, "before");
    set(&bench, "Suspended").await;
    assert_eq!(put(&bench, "after").await, "null");
    assert_eq!(bench.get("/key?versionId=null").await.body, "after");
    assert_eq!(
        bench.get(&format!("/key?versionId={one}")).await.body,
        "one"
    );
    assert_eq!(bench.files(), 2);
    let deleted = bench.send("DELETE /a-bucket/key", &[], "").await;
    assert_eq!(deleted.header("x-amz-version-id"), "null");
    assert_eq!(bench.files(), 1);
    let line = "DELETE /a-bucket/key?versionId=null";
    bench.send(line, &[], "").await;
    assert_eq!(bench.get("/key").await.body, "one");
}

#[tokio::test]
async fn pages_of_versions_together_are_the_whole() {
    let bench = versioned().await;
    for key in ["a", "b", "b", "b", "c/d", "c/e"] {
        bench.put(key, "x").await;
    }
    for (query, expected) in [("", 6), ("&delimiter=/", 5)] {
        for size in 1..5 {
            let (mut from, mut entries) = (String::new(), 0);
            for _ in 0..10 {
                let page = bench
                    .get(&format!("?versions&max-keys={size}{query}{from}"))
                    .await;
                entries += page.elements("IsLatest").len() + page.elements("CommonPrefixes").len();
                let (key, id) = (
                    page.element("NextKeyMarker"),
                    page.element("NextVersionIdMarker"),
                );
                if page.element("IsTruncated") == "false" {
                    break;
                }
                from = format!("&key-marker={key}&version-id-marker={id}");
            }
            assert_eq!(entries, expected, "{query} {size}");
        }
    }
}

#[tokio::test]
async fn many_versions_are_deleted_by_name() {
    let bench = versioned().await;
    let one = put(&bench, "one").await;
    let document = format!(
        "<Delete><Object><Key>key</Key><VersionId>{one}</VersionId></Object><Object><Key>other</Key></Object></Delete>"
    );
    let deleted = bench.send("POST /a-bucket?delete", &[], &document).await;
    assert_eq!(deleted.element("VersionId"), one);
    assert_eq!(deleted.elements("DeleteMarker"), ["true"]);
    assert_eq!(bench.files(), 0);
}
