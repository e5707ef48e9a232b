//! Objects: put, get, head, copy, delete, conditions, checksums.

use super::Bench;
use crate::Sender;

#[tokio::test]
async fn an_object_comes_back_with_all_that_was_said_of_it() {
    let bench = Bench::with_bucket().await;
    let headers = [
        ("content-type", "text/plain"),
        ("cache-control", "no-cache"),
        ("content-encoding", "aws-chunked, gzip"),
        ("x-amz-meta-colour", "red"),
        ("x-amz-tagging", "a=1&b=two%20words"),
        ("x-amz-checksum-crc32", "NhCmhg=="),
    ];
    let put = bench
        .send("PUT /a-bucket/a%20key/", &headers, "hello")
        .await;
    assert_eq!(
        (put.status, put.header("etag")),
        (200, "\"5d41402abc4b2a76b9719d911017c592\"")
    );
    assert_eq!(put.header("x-amz-checksum-crc32"), "NhCmhg==");
    let bench = bench.reopened();
    for method in ["GET", "HEAD"] {
        let mode = [("x-amz-checksum-mode", "ENABLED")];
        let got = bench
            .send(&format!("{method} /a-bucket/a%20key/"), &mode, "")
            .await;
        assert_eq!(got.status, 200);
        for (name, value) in [
            ("content-length", "5"),
            ("content-type", "text/plain"),
            ("cache-control", "no-cache"),
            ("content-encoding", "gzip"),
            ("x-amz-meta-colour", "red"),
            ("x-amz-tagging-count", "2"),
            ("etag", "\"5d41402abc4b2a76b9719d911017c592\""),
            ("last-modified", "Wed, 03 Feb 2027 09:15:42 GMT"),
            ("x-amz-checksum-crc32", "NhCmhg=="),
            ("x-amz-checksum-type", "FULL_OBJECT"),
            ("x-amz-server-side-encryption", "AES256"),
        ] {
            assert_eq!(got.header(name), value, "{method} {name}");
        }
        assert_eq!(got.body, if method == "GET" { "hello" } else { "" });
    }
}

#[tokio::test]
async fn a_key_that_is_not_there_is_said_in_a_body_or_by_the_status_alone() {
    let bench = Bench::with_bucket().await;
    assert_eq!(bench.get("/none").await.refusal(), (404, "NoSuchKey"));
    let head = bench.send("HEAD /a-bucket/none", &[], "").await;
    assert_eq!((head.status, head.body.as_str()), (404, ""));
    let long = "k".repeat(1025);
    let put = bench.send(&format!("PUT /a-bucket/{long}"), &[], "").await;
    assert_eq!(put.refusal(), (400, "KeyTooLongError"));
}

#[tokio::test]
async fn an_empty_object_needs_no_file() {
    let bench = Bench::with_bucket().await;
    bench.put("empty", "").await;
    let got = bench.get("/empty").await;
    assert_eq!((got.status, got.header("content-length")), (200, "0"));
    assert_eq!(bench.files(), 0);
}

#[tokio::test]
async fn a_range_is_a_part_of_the_object() {
    let bench = Bench::with_bucket().await;
    bench.put("key", "0123456789").await;
    let range = |text| [("range", text)];
    let got = bench
        .send("GET /a-bucket/key", &range("bytes=2-4"), "")
        .await;
    assert_eq!((got.status, got.body.as_str()), (206, "234"));
    assert_eq!(got.header("content-range"), "bytes 2-4/10");
    let got = bench
        .send("GET /a-bucket/key", &range("bytes=-3"), "")
        .await;
    assert_eq!((got.status, got.body.as_str()), (206, "789"));
    let got = bench
        .send("GET /a-bucket/key", &range("bytes=10-"), "")
        .await;
    assert_eq!(got.refusal(), (416, "InvalidRange"));
    assert_eq!(got.element("ActualObjectSize"), "10");
}

#[tokio::test]
async fn a_body_that_is_not_what_was_announced_is_not_kept() {
    let bench = Bench::with_bucket().await;
    for (name, value, code) in [
        ("content-md5", "AAAAAAAAAAAAAAAAAAAAAA==", "BadDigest"),
        ("content-md5", "AAAA", "InvalidDigest"),
        ("x-amz-checksum-crc32", "AAAAAA==", "BadDigest"),
        ("x-amz-checksum-sha256", "AAAAAA==", "BadDigest"),
        ("x-amz-sdk-checksum-algorithm", "XXX", "InvalidRequest"),
        ("content-length", "6", "IncompleteBody"),
    ] {
        let put = bench
            .send("PUT /a-bucket/key", &[(name, value)], "hello")
            .await;
        assert_eq!(put.refusal(), (400, code), "{name}");
    }
    let sha = "0".repeat(64);
    let put = bench
        .send(
            "PUT /a-bucket/key",
            &[("x-amz-content-sha256", &sha)],
            "hello",
        )
        .await;
    assert_eq!(put.refusal(), (400, "XAmzContentSHA256Mismatch"));
    assert_eq!(bench.get("/key").await.status, 404);
    assert_eq!(bench.files(), 0);
}

#[tokio::test]
async fn a_chunked_body_loses_its_framing_and_keeps_its_checksum() {
    let bench = Bench::with_bucket().await;
    let headers = [
        ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
        ("x-amz-decoded-content-length", "5"),
        ("x-amz-trailer", "x-amz-checksum-crc32"),
        ("content-encoding", "aws-chunked"),
    ];
    let body = "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n";
    let put = bench.send("PUT /a-bucket/key", &headers, body).await;
    assert_eq!(
        (put.status, put.header("x-amz-checksum-crc32")),
        (200, "NhCmhg==")
    );
    let got = bench.get("/key").await;
    assert_eq!(
        (got.body.as_str(), got.header("content-encoding")),
        ("hello", "")
    );
    let body = "5\r\nhellO\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n";
    let put = bench.send("PUT /a-bucket/key", &headers, body).await;
    assert_eq!(put.refusal(), (400, "BadDigest"));
}

#[tokio::test]
async fn a_write_can_wait_for_what_is_there() {
    let bench = Bench::with_bucket().await;
    let absent = [("if-none-match", "*")];
    let key = "PUT /a-bucket/key";
    assert_eq!(bench.send(key, &absent, "one").await.status, 200);
    let again = bench.send(key, &absent, "two").await;
    assert_eq!(again.refusal(), (412, "PreconditionFailed"));
    let wrong = bench.send(key, &[("if-match", "\"0\"")], "two").await;
    assert_eq!(wrong.refusal(), (412, "PreconditionFailed"));
    let tag = bench.get("/key").await.header("etag").to_owned();
    assert_eq!(
        bench.send(key, &[("if-match", &tag)], "two").await.status,
        200
    );
    let none = bench
        .send("PUT /a-bucket/none", &[("if-match", &tag)], "")
        .await;
    assert_eq!(none.refusal(), (404, "NoSuchKey"));
    assert_eq!(bench.get("/key").await.body, "two");
}

#[tokio::test]
async fn what_is_known_already_is_not_sent_again() {
    let bench = Bench::with_bucket().await;
    bench.put("key", "x").await;
    let tag = bench.get("/key").await.header("etag").to_owned();
    let got = bench
        .send("GET /a-bucket/key", &[("if-none-match", &tag)], "")
        .await;
    assert_eq!((got.status, got.body.as_str()), (304, ""));
}

#[tokio::test]
async fn a_copy_shares_the_bytes_and_outlives_its_source() {
    let bench = Bench::with_bucket().await;
    let headers = [("x-amz-meta-a", "1"), ("content-type", "text/css")];
    bench.send("PUT /a-bucket/from", &headers, "hello").await;
    let source = [("x-amz-copy-source", "/a-bucket/from")];
    let copied = bench.send("PUT /a-bucket/to", &source, "").await;
    assert_eq!(copied.status, 200);
    assert_eq!(
        copied.element("ETag"),
        "&quot;5d41402abc4b2a76b9719d911017c592&quot;"
    );
    assert_eq!(bench.files(), 1);
    bench.send("DELETE /a-bucket/from", &[], "").await;
    let got = bench.get("/to").await;
    assert_eq!(
        (got.body.as_str(), got.header("x-amz-meta-a")),
        ("hello", "1")
    );
    bench.send("DELETE /a-bucket/to", &[], "").await;
    assert_eq!(bench.files(), 0);
}

#[tokio::test]
async fn a_copy_can_be_said_other_things_of() {
    let bench = Bench::with_bucket().await;
    bench
        .send("PUT /a-bucket/key", &[("x-amz-meta-a", "1")], "x")
        .await;
    let source = ("x-amz-copy-source", "a-bucket/key");
    let same = bench.send("PUT /a-bucket/key", &[source], "").await;
    assert_eq!(same.refusal(), (400, "InvalidRequest"));
    let replace = [
        source,
        ("x-amz-metadata-directive", "REPLACE"),
        ("x-amz-meta-b", "2"),
    ];
    assert_eq!(
        bench.send("PUT /a-bucket/key", &replace, "").await.status,
        200
    );
    let got = bench.get("/key").await;
    assert_eq!(
        (got.header("x-amz-meta-a"), got.header("x-amz-meta-b")),
        ("", "2")
    );
    assert_eq!(got.body, "x");
    let missing = bench
        .send(
            "PUT /a-bucket/key",
            &[("x-amz-copy-source", "/a-bucket/none")],
            "",
        )
        .await;
    assert_eq!(missing.refusal(), (404, "NoSuchKey"));
}

#[tokio::test]
async fn many_keys_go_at_once_and_what_is_gone_is_no_error() {
    let bench = Bench::with_bucket().await;
    bench.put("a", "1").await;
    bench.put("b%26", "2").await;
    let document = "<Delete><Object><Key>a</Key></Object><Object><Key>b&amp;</Key></Object><Object><Key>none</Key></Object></Delete>";
    let deleted = bench.send("POST /a-bucket?delete", &[], document).await;
    assert_eq!(deleted.elements("Key"), ["a", "b&amp;", "none"]);
    assert_eq!(bench.files(), 0);
    let quiet = document.replace("<Delete>", "<Delete><Quiet>true</Quiet>");
    let deleted = bench.send("POST /a-bucket?delete", &[], &quiet).await;
    assert!(deleted.elements("Key").is_empty());
}

#[tokio::test]
async fn tags_are_put_read_and_deleted() {
    let bench = Bench::with_bucket().await;
    bench.put("key", "x").await;
    let tagging = "<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet></Tagging>";
    let put = bench.send("PUT /a-bucket/key?tagging", &[], tagging).await;
    assert_eq!(put.status, 200);
    assert_eq!(bench.get("/key?tagging").await.element("Value"), "1");
    let deleted = bench.send("DELETE /a-bucket/key?tagging", &[], "").await;
    assert_eq!(deleted.status, 204);
    assert!(bench.get("/key?tagging").await.elements("Tag").is_empty());
    let many = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"];
    let many = many.map(|key| format!("<Tag><Key>{key}</Key><Value/></Tag>"));
    let many = many.concat();
    let many = format!("<Tagging><TagSet>{many}</TagSet></Tagging>");
    let put = bench.send("PUT /a-bucket/key?tagging", &[], &many).await;
    assert_eq!(put.refusal(), (400, "BadRequest"));
}

#[tokio::test]
async fn metadata_has_its_limit() {
    let bench = Bench::with_bucket().await;
    let value = "v".repeat(2048);
    let put = bench
        .send("PUT /a-bucket/key", &[("x-amz-meta-a", &value)], "")
        .await;
    assert_eq!(put.refusal(), (400, "MetadataTooLarge"));
}

#[tokio::test]
async fn the_query_of_a_signed_request_overrides_header_fields() {
    let bench = Bench::with_bucket().await;
    bench.put("key", "x").await;
    let got = bench
        .get("/key?response-content-type=text%2Fhtml&x-id=GetObject")
        .await;
    assert_eq!(got.header("content-type"), "text/html");
}

#[tokio::test]
async fn the_bucket_may_stand_in_the_host() {
    let bench = Bench::with_bucket().await;
    for host in [
        "a-bucket.localhost:4566",
        "a-bucket.s3.us-east-1.amazonaws.com",
    ] {
        let put = bench.send("PUT /key", &[("host", host)], host).await;
        assert_eq!(put.status, 200);
        assert_eq!(bench.get("/key").await.body, host);
    }
}

#[tokio::test]
async fn strangers_get_what_the_policy_gives_them() {
    let bench = Bench::with_bucket().await;
    bench.put("open/a", "x").await;
    bench.put("closed", "y").await;
    let ask = async |path: &str| bench.send_as(Sender::Anonymous, path, &[], "").await;
    let refused = ask("GET /a-bucket/open/a").await;
    assert_eq!(refused.refusal(), (403, "AccessDenied"));
    bench
        .send("DELETE /a-bucket?publicAccessBlock", &[], "")
        .await;
    let policy = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::a-bucket/open/*"}}"#;
    assert_eq!(
        bench.send("PUT /a-bucket?policy", &[], policy).await.status,
        204
    );
    assert_eq!(ask("GET /a-bucket/open/a").await.body, "x");
    assert_eq!(ask("GET /a-bucket/closed").await.status, 403);
    assert_eq!(ask("GET /a-bucket?list-type=2").await.status, 403);
    assert_eq!(ask("DELETE /a-bucket/open/a").await.status, 403);
    let overridden = ask("GET /a-bucket/open/a?response-content-type=a").await;
    assert_eq!(overridden.refusal(), (400, "InvalidRequest"));
}

#[tokio::test]
async fn what_a_crash_left_is_removed_at_the_next_start() {
    let bench = Bench::with_bucket().await;
    bench.put("key", "x").await;
    let folder = bench.folder.path().join("s3/objects/aa");
    std::fs::create_dir_all(&folder).unwrap();
    let orphan = folder.join("a".repeat(32));
    std::fs::write(&orphan, "left").unwrap();
    let bench = bench.reopened();
    while orphan.exists() {
        tokio::task::yield_now().await;
    }
    assert_eq!(bench.get("/key").await.body, "x");
}

#[tokio::test]
async fn pages_of_other_origins_are_let_in_by_rules() {
    let bench = Bench::with_bucket().await;
    bench.put("key", "x").await;
    let preflight = [
        ("origin", "https://app.example.com"),
        ("access-control-request-method", "PUT"),
        ("access-control-request-headers", "Content-Type"),
    ];
    let closed = bench.send("OPTIONS /a-bucket/key", &preflight, "").await;
    assert_eq!(closed.refusal(), (403, "AccessForbidden"));
    let rules = "<CORSConfiguration><CORSRule><AllowedOrigin>https://*.example.com</AllowedOrigin><AllowedMethod>PUT</AllowedMethod><AllowedMethod>GET</AllowedMethod><AllowedHeader>*</AllowedHeader><ExposeHeader>ETag</ExposeHeader></CORSRule></CORSConfiguration>";
    bench.send("PUT /a-bucket?cors", &[], rules).await;
    let open = bench.send("OPTIONS /a-bucket/key", &preflight, "").await;
    assert_eq!(open.status, 200);
    assert_eq!(
        open.header("access-control-allow-origin"),
        "https://app.example.com"
    );
    assert_eq!(open.header("access-control-allow-methods"), "PUT, GET");
    let got = bench.send("GET /a-bucket/key", &preflight[..1], "").await;
    assert_eq!(got.header("access-control-expose-headers"), "ETag");
}
