//! Buckets and their settings.

use super::Bench;

#[tokio::test]
async fn a_bucket_is_made_listed_and_deleted() {
    let bench = Bench::with_bucket().await;
    let listed = bench.send("GET /", &[], "").await;
    assert_eq!(listed.elements("Name"), ["a-bucket"]);
    assert_eq!(listed.element("CreationDate"), "2027-02-03T09:15:42.000Z");
    let head = bench.send("HEAD /a-bucket", &[], "").await;
    assert_eq!(
        (head.status, head.header("x-amz-bucket-region")),
        (200, "us-east-1")
    );
    assert_eq!(bench.send("DELETE /a-bucket", &[], "").await.status, 204);
    let head = bench.send("HEAD /a-bucket", &[], "").await;
    assert_eq!((head.status, head.body.as_str()), (404, ""));
    assert_eq!(bench.get("").await.refusal(), (404, "NoSuchBucket"));
}

#[tokio::test]
async fn a_bucket_is_where_its_creator_says() {
    let bench = Bench::new();
    let document = "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>";
    let made = bench.send("PUT /a-bucket", &[], document).await;
    assert_eq!((made.status, made.header("location")), (200, "/a-bucket"));
    let location = bench.get("?location").await;
    assert!(location.body.contains(">eu-west-1</LocationConstraint>"));
    let again = bench.send("PUT /a-bucket", &[], document).await;
    assert_eq!(again.refusal(), (409, "BucketAlreadyOwnedByYou"));
}

#[tokio::test]
async fn in_us_east_1_a_bucket_may_be_made_again() {
    let bench = Bench::with_bucket().await;
    assert_eq!(bench.send("PUT /a-bucket", &[], "").await.status, 200);
    let location = bench.get("?location").await;
    assert!(location.body.ends_with("\"></LocationConstraint>"));
}

#[tokio::test]
async fn names_that_no_bucket_may_have_are_refused() {
    let bench = Bench::new();
    for name in [
        "ab",
        "A-bucket",
        "a_bucket",
        "-bucket",
        "a..b",
        "192.168.5.4",
    ] {
        let made = bench.send(&format!("PUT /{name}"), &[], "").await;
        assert_eq!(made.refusal(), (400, "InvalidBucketName"), "{name}");
    }
}

#[tokio::test]
async fn a_bucket_that_holds_something_is_not_deleted() {
    let bench = Bench::with_bucket().await;
    bench.put("key", "x").await;
    let refused = bench.send("DELETE /a-bucket", &[], "").await;
    assert_eq!(refused.refusal(), (409, "BucketNotEmpty"));
}

#[tokio::test]
async fn a_setting_comes_back_as_it_was_sent() {
    let bench = Bench::with_bucket().await;
    let absent = bench.get("?website").await;
    assert_eq!(absent.refusal(), (404, "NoSuchWebsiteConfiguration"));
    let document = "<WebsiteConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><IndexDocument><Suffix>index.html</Suffix></IndexDocument></WebsiteConfiguration>";
    let put = bench.send("PUT /a-bucket?website", &[], document).await;
    assert_eq!(put.status, 200);
    let bench = bench.reopened();
    assert!(bench.get("?website").await.body.ends_with(document));
    let deleted = bench.send("DELETE /a-bucket?website", &[], "").await;
    assert_eq!(deleted.status, 204);
    assert_eq!(bench.get("?website").await.status, 404);
    let wrong = bench.send("PUT /a-bucket?website", &[], "<Tagging/>").await;
    assert_eq!(wrong.refusal(), (400, "MalformedXML"));
}

#[tokio::test]
async fn a_new_bucket_is_encrypted_and_closed_to_everybody() {
    let bench = Bench::with_bucket().await;
    let encryption = bench.get("?encryption").await;
    assert_eq!(encryption.element("SSEAlgorithm"), "AES256");
    let block = bench.get("?publicAccessBlock").await;
    assert_eq!(block.element("BlockPublicPolicy"), "true");
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::a-bucket/*"}]}"#;
    let refused = bench.send("PUT /a-bucket?policy", &[], policy).await;
    assert_eq!(refused.refusal(), (403, "AccessDenied"));
    let acl = bench
        .send("PUT /a-bucket/key", &[("x-amz-acl", "public-read")], "x")
        .await;
    assert_eq!(acl.refusal(), (400, "AccessControlListNotSupported"));
}

#[tokio::test]
async fn what_landline_does_not_know_is_not_taken_for_something_else() {
    let bench = Bench::with_bucket().await;
    assert_eq!(
        bench.get("?inventory").await.refusal(),
        (501, "NotImplemented")
    );
    let posted = bench.send("POST /a-bucket", &[], "").await;
    assert_eq!(posted.refusal(), (405, "MethodNotAllowed"));
}
