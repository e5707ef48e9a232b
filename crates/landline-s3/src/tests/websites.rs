//! Static websites.

use super::{Answered, Bench};
use crate::Sender;

const POLICY: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::a-bucket/*"}]}"#;

async fn site(document: &str) -> Bench {
    let bench = Bench::with_bucket().await;
    bench
        .send("DELETE /a-bucket?publicAccessBlock", &[], "")
        .await;
    bench.send("PUT /a-bucket?policy", &[], POLICY).await;
    let document = format!("<WebsiteConfiguration>{document}</WebsiteConfiguration>");
    let put = bench.send("PUT /a-bucket?website", &[], &document).await;
    assert_eq!(put.status, 200);
    let html = [("content-type", "text/html")];
    bench.send("PUT /a-bucket/index.html", &html, "home").await;
    bench
        .send("PUT /a-bucket/docs/index.html", &html, "docs")
        .await;
    bench.send("PUT /a-bucket/oops.html", &html, "oops").await;
    bench
}

async fn browse(bench: &Bench, path: &str) -> Answered {
    let host = [("host", "a-bucket.s3-website-us-east-1.amazonaws.com")];
    bench
        .send_as(Sender::Anonymous, &format!("GET {path}"), &host, "")
        .await
}

const DOCUMENTS: &str = "<IndexDocument><Suffix>index.html</Suffix></IndexDocument><ErrorDocument><Key>oops.html</Key></ErrorDocument>";

#[tokio::test]
async fn folders_have_index_documents_and_what_is_missing_the_error_document() {
    let bench = site(DOCUMENTS).await;
    let home = browse(&bench, "/").await;
    assert_eq!((home.status, home.body.as_str()), (200, "home"));
    assert_eq!(home.header("content-type"), "text/html");
    assert_eq!(browse(&bench, "/docs/").await.body, "docs");
    let folder = browse(&bench, "/docs").await;
    assert_eq!((folder.status, folder.header("location")), (302, "/docs/"));
    let missing = browse(&bench, "/none").await;
    assert_eq!((missing.status, missing.body.as_str()), (404, "oops"));
}

#[tokio::test]
async fn a_site_has_a_path_for_those_who_cannot_name_a_host() {
    let bench = site(DOCUMENTS).await;
    let ask = async |path: &str| bench.send_as(Sender::Anonymous, path, &[], "").await;
    assert_eq!(ask("GET /_aws/s3-website/a-bucket/").await.body, "home");
    let folder = ask("GET /_aws/s3-website/a-bucket/docs").await;
    assert_eq!(folder.header("location"), "/_aws/s3-website/a-bucket/docs/");
}

#[tokio::test]
async fn without_an_error_document_the_error_is_a_page() {
    let bench = site("<IndexDocument><Suffix>index.html</Suffix></IndexDocument>").await;
    let missing = browse(&bench, "/none").await;
    assert_eq!(missing.status, 404);
    assert_eq!(missing.header("content-type"), "text/html; charset=utf-8");
    assert!(missing.body.contains("<li>Code: NoSuchKey</li>"));
    bench.send("DELETE /a-bucket?policy", &[], "").await;
    assert_eq!(browse(&bench, "/").await.status, 403);
    bench.send("DELETE /a-bucket?website", &[], "").await;
    let none = browse(&bench, "/").await;
    assert!(none.body.contains("NoSuchWebsiteConfiguration"));
}

#[tokio::test]
async fn routing_rules_send_elsewhere() {
    let rules = "<RoutingRules><RoutingRule><Condition><KeyPrefixEquals>old/</KeyPrefixEquals></Condition><Redirect><ReplaceKeyPrefixWith>docs/</ReplaceKeyPrefixWith></Redirect></RoutingRule><RoutingRule><Condition><HttpErrorCodeReturnedEquals>404</HttpErrorCodeReturnedEquals></Condition><Redirect><HostName>example.com</HostName><Protocol>https</Protocol><HttpRedirectCode>302</HttpRedirectCode></Redirect></RoutingRule></RoutingRules>";
    let bench = site(&format!("{DOCUMENTS}{rules}")).await;
    let old = browse(&bench, "/old/page").await;
    assert_eq!((old.status, old.header("location")), (301, "/docs/page"));
    let missing = browse(&bench, "/none").await;
    assert_eq!(
        (missing.status, missing.header("location")),
        (302, "https://example.com/none")
    );
    let all = "<RedirectAllRequestsTo><HostName>example.org</HostName></RedirectAllRequestsTo>";
    let bench = site(all).await;
    assert_eq!(
        browse(&bench, "/a").await.header("location"),
        "http://example.org/a"
    );
}

#[tokio::test]
async fn an_object_may_itself_send_elsewhere() {
    let bench = site(DOCUMENTS).await;
    let header = [("x-amz-website-redirect-location", "/docs/")];
    bench.send("PUT /a-bucket/moved", &header, "").await;
    let moved = browse(&bench, "/moved").await;
    assert_eq!((moved.status, moved.header("location")), (301, "/docs/"));
}
