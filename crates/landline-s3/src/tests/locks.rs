//! Buckets with Object Lock: versions that cannot be deleted before their time.

use super::{Answered, Bench};

/// A bench whose bucket has locks.
async fn locking() -> Bench {
    let bench = Bench::new();
    let headers = [("x-amz-bucket-object-lock-enabled", "true")];
    let made = bench.send("PUT /a-bucket", &headers, "").await;
    assert_eq!(made.status, 200, "{}", made.body);
    bench
}

async fn put(bench: &Bench, headers: &[(&str, &str)]) -> Answered {
    bench.send("PUT /a-bucket/key", headers, "text").await
}

async fn delete(bench: &Bench, id: &str, headers: &[(&str, &str)]) -> Answered {
    let line = format!("DELETE /a-bucket/key?versionId={id}");
    bench.send(&line, headers, "").await
}

const MODE: &str = "x-amz-object-lock-mode";
const UNTIL: &str = "x-amz-object-lock-retain-until-date";
const HOLD: &str = "x-amz-object-lock-legal-hold";
const BYPASS: (&str, &str) = ("x-amz-bypass-governance-retention", "true");
const LATER: &str = "2030-01-01T00:00:00Z";

fn retention(mode: &str, until: &str) -> String {
    format!("<Retention><Mode>{mode}</Mode><RetainUntilDate>{until}</RetainUntilDate></Retention>")
}

#[tokio::test]
async fn a_bucket_with_locks_keeps_versions_for_good() {
    let bench = locking().await;
    assert_eq!(bench.get("?versioning").await.element("Status"), "Enabled");
    let configuration = bench.get("?object-lock").await;
    assert_eq!(configuration.element("ObjectLockEnabled"), "Enabled");
    let document = "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>";
    let suspended = bench.send("PUT /a-bucket?versioning", &[], document).await;
    assert_eq!(suspended.refusal(), (409, "InvalidBucketState"));
}

#[tokio::test]
async fn a_bucket_without_versions_takes_no_locks() {
    let bench = Bench::with_bucket().await;
    let document = "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>";
    let refused = bench.send("PUT /a-bucket?object-lock", &[], document).await;
    assert_eq!(refused.refusal(), (409, "InvalidBucketState"));
    let refused = put(&bench, &[(HOLD, "ON")]).await;
    assert_eq!(refused.refusal(), (400, "InvalidRequest"));
    assert_eq!(
        refused.element("Message"),
        "Bucket is missing Object Lock Configuration"
    );
    bench.put("key", "text").await;
    let refused = bench.get("/key?retention").await;
    assert_eq!(refused.refusal(), (400, "InvalidRequest"));
}

#[tokio::test]
async fn a_retained_version_stays_until_its_time_has_come() {
    let bench = locking().await;
    let made = put(&bench, &[(MODE, "COMPLIANCE"), (UNTIL, LATER)]).await;
    let id = made.header("x-amz-version-id").to_owned();
    let got = bench.get("/key").await;
    assert_eq!(got.header(MODE), "COMPLIANCE");
    assert_eq!(got.header(UNTIL), "2030-01-01T00:00:00.000Z");
    let kept = bench.get("/key?retention").await;
    assert_eq!(kept.element("Mode"), "COMPLIANCE");
    let refused = delete(&bench, &id, &[BYPASS]).await;
    assert_eq!(refused.refusal(), (403, "AccessDenied"));
    assert_eq!(
        refused.element("Message"),
        "Access Denied because object protected by object lock."
    );
    let marked = bench.send("DELETE /a-bucket/key", &[], "").await;
    assert_eq!(marked.header("x-amz-delete-marker"), "true");
    let millis = 4 * 366 * 24 * 60 * 60 * 1000;
    bench
        .clock
        .advance(std::time::Duration::from_millis(millis));
    assert_eq!(delete(&bench, &id, &[]).await.status, 204);
}

#[tokio::test]
async fn governance_yields_to_those_who_say_so() {
    let bench = locking().await;
    let made = put(&bench, &[(MODE, "GOVERNANCE"), (UNTIL, LATER)]).await;
    let id = made.header("x-amz-version-id").to_owned();
    let shorter = retention("GOVERNANCE", "2029-01-01T00:00:00Z");
    let line = "PUT /a-bucket/key?retention";
    let refused = bench.send(line, &[], &shorter).await;
    assert_eq!(refused.refusal(), (403, "AccessDenied"));
    assert_eq!(bench.send(line, &[BYPASS], &shorter).await.status, 200);
    let longer = retention("GOVERNANCE", LATER);
    assert_eq!(bench.send(line, &[], &longer).await.status, 200);
    assert_eq!(delete(&bench, &id, &[]).await.status, 403);
    assert_eq!(delete(&bench, &id, &[BYPASS]).await.status, 204);
}

#[tokio::test]
async fn a_hold_ends_when_it_is_taken_away() {
    let bench = locking().await;
    let made = put(&bench, &[(HOLD, "ON")]).await;
    let id = made.header("x-amz-version-id").to_owned();
    assert_eq!(bench.get("/key?legal-hold").await.element("Status"), "ON");
    let refused = bench.get("/key?retention").await;
    assert_eq!(refused.refusal(), (404, "NoSuchObjectLockConfiguration"));
    assert_eq!(delete(&bench, &id, &[BYPASS]).await.status, 403);
    let off = "<LegalHold><Status>OFF</Status></LegalHold>";
    let line = "PUT /a-bucket/key?legal-hold";
    assert_eq!(bench.send(line, &[], off).await.status, 200);
    assert_eq!(bench.get("/key").await.header(HOLD), "OFF");
    assert_eq!(delete(&bench, &id, &[]).await.status, 204);
}

#[tokio::test]
async fn new_versions_have_the_retention_of_their_bucket() {
    let bench = locking().await;
    let document = "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Days>1</Days></DefaultRetention></Rule></ObjectLockConfiguration>";
    let line = "PUT /a-bucket?object-lock";
    assert_eq!(bench.send(line, &[], document).await.status, 200);
    put(&bench, &[]).await;
    assert_eq!(bench.get("/key").await.header(MODE), "GOVERNANCE");
    let both = document.replace("<Days>1</Days>", "<Days>1</Days><Years>1</Years>");
    let refused = bench.send(line, &[], &both).await;
    assert_eq!(refused.refusal(), (400, "MalformedXML"));
    let none = document.replace("<Days>1</Days>", "<Days>0</Days>");
    let refused = bench.send(line, &[], &none).await;
    assert_eq!(refused.refusal(), (400, "InvalidArgument"));
}

#[tokio::test]
async fn a_retention_is_whole_and_lies_ahead() {
    let bench = locking().await;
    for (headers, message) in [
        (
            vec![(MODE, "COMPLIANCE")],
            "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
        ),
        (
            vec![(MODE, "FOREVER"), (UNTIL, LATER)],
            "Unknown wormMode directive.",
        ),
        (
            vec![(MODE, "COMPLIANCE"), (UNTIL, "2020-01-01T00:00:00Z")],
            "The retain until date must be in the future!",
        ),
    ] {
        let refused = put(&bench, &headers).await;
        assert_eq!(refused.refusal(), (400, "InvalidArgument"));
        assert_eq!(refused.element("Message"), message);
    }
}
