//! Uploads in parts.

use super::{Answered, Bench};

/// More than the least that a part may have.
fn large() -> String {
    "0123456789abcdef".repeat(5 * 65536 + 1)
}

async fn begin(bench: &Bench, headers: &[(&str, &str)]) -> String {
    let created = bench.send("POST /a-bucket/key?uploads", headers, "").await;
    created.element("UploadId").to_owned()
}

async fn part(bench: &Bench, id: &str, number: u16, body: &str) -> String {
    let line = format!("PUT /a-bucket/key?partNumber={number}&uploadId={id}");
    let put = bench.send(&line, &[], body).await;
    assert_eq!(put.status, 200, "{}", put.body);
    put.header("etag").to_owned()
}

async fn complete(bench: &Bench, id: &str, parts: &[(u16, &str)]) -> Answered {
    let mut document = "<CompleteMultipartUpload>".to_owned();
    for (number, tag) in parts {
        let part = format!("<PartNumber>{number}</PartNumber><ETag>{tag}</ETag>");
        document.push_str(&["<Part>", &part, "</Part>"].concat());
    }
    document += "</CompleteMultipartUpload>";
    let line = format!("POST /a-bucket/key?uploadId={id}");
    bench.send(&line, &[], &document).await
}

#[tokio::test]
async fn parts_become_one_object() {
    let bench = Bench::with_bucket().await;
    let id = begin(&bench, &[("content-type", "text/plain")]).await;
    let first = large();
    let one = part(&bench, &id, 1, &first).await;
    part(&bench, &id, 3, "replaced").await;
    part(&bench, &id, 4, "not wanted").await;
    let three = part(&bench, &id, 3, "end").await;
    assert_eq!(bench.get("/key").await.status, 404);
    let bench = bench.reopened();
    let listed = bench.get(&format!("/key?uploadId={id}")).await;
    assert_eq!(listed.elements("PartNumber"), ["1", "3", "4"]);
    assert_eq!(bench.get("?uploads").await.elements("UploadId"), [&id]);
    let done = complete(&bench, &id, &[(1, &one), (3, &three)]).await;
    assert_eq!(done.status, 200, "{}", done.body);
    assert!(done.element("ETag").ends_with("-2&quot;"));
    let got = bench.get("/key").await;
    assert_eq!(got.body, format!("{first}end"));
    assert_eq!(got.header("content-type"), "text/plain");
    assert_eq!(bench.files(), 2);
    assert!(bench.get("?uploads").await.elements("UploadId").is_empty());
    let again = complete(&bench, &id, &[(1, &one)]).await;
    assert_eq!(again.refusal(), (404, "NoSuchUpload"));
    bench.send("DELETE /a-bucket/key", &[], "").await;
    assert_eq!(bench.files(), 0);
}

#[tokio::test]
async fn a_range_may_cross_parts_and_a_part_may_be_asked_for() {
    let bench = Bench::with_bucket().await;
    let id = begin(&bench, &[]).await;
    let first = large();
    let tags = [
        part(&bench, &id, 1, &first).await,
        part(&bench, &id, 2, "tail").await,
    ];
    complete(&bench, &id, &[(1, &tags[0]), (2, &tags[1])]).await;
    let range = format!("bytes={}-{}", first.len() - 2, first.len() + 1);
    let got = bench
        .send("GET /a-bucket/key", &[("range", &range)], "")
        .await;
    assert_eq!((got.status, got.body.as_str()), (206, "efta"));
    let second = bench.get("/key?partNumber=2").await;
    assert_eq!((second.status, second.body.as_str()), (206, "tail"));
    assert_eq!(second.header("x-amz-mp-parts-count"), "2");
    let none = bench.get("/key?partNumber=3").await;
    assert_eq!(none.refusal(), (416, "InvalidPartNumber"));
}

#[tokio::test]
async fn checksums_of_parts_are_joined() {
    let bench = Bench::with_bucket().await;
    let first = large();
    bench
        .send("PUT /a-bucket/whole", &[], &format!("{first}end"))
        .await;
    let mode = [("x-amz-checksum-mode", "ENABLED")];
    let whole = bench.send("HEAD /a-bucket/whole", &mode, "").await;
    let id = begin(&bench, &[]).await;
    let tags = [
        part(&bench, &id, 1, &first).await,
        part(&bench, &id, 2, "end").await,
    ];
    let done = complete(&bench, &id, &[(1, &tags[0]), (2, &tags[1])]).await;
    assert_eq!(
        done.element("ChecksumCRC64NVME"),
        whole.header("x-amz-checksum-crc64nvme")
    );
    assert_eq!(done.element("ChecksumType"), "FULL_OBJECT");
    let id = begin(&bench, &[("x-amz-checksum-algorithm", "SHA256")]).await;
    let one = part(&bench, &id, 1, "one").await;
    let done = complete(&bench, &id, &[(1, &one)]).await;
    assert!(done.element("ChecksumSHA256").ends_with("-1"));
    assert_eq!(done.element("ChecksumType"), "COMPOSITE");
    let impossible = [
        ("x-amz-checksum-algorithm", "SHA256"),
        ("x-amz-checksum-type", "FULL_OBJECT"),
    ];
    let refused = bench
        .send("POST /a-bucket/key?uploads", &impossible, "")
        .await;
    assert_eq!(refused.refusal(), (400, "InvalidRequest"));
}

#[tokio::test]
async fn parts_that_cannot_be_joined_are_refused() {
    let bench = Bench::with_bucket().await;
    let id = begin(&bench, &[]).await;
    let (one, two) = (
        part(&bench, &id, 1, "1").await,
        part(&bench, &id, 2, "2").await,
    );
    let small = complete(&bench, &id, &[(1, &one), (2, &two)]).await;
    assert_eq!(small.refusal(), (400, "EntityTooSmall"));
    let order = complete(&bench, &id, &[(2, &two), (1, &one)]).await;
    assert_eq!(order.refusal(), (400, "InvalidPartOrder"));
    let wrong = complete(&bench, &id, &[(1, &two)]).await;
    assert_eq!(wrong.refusal(), (400, "InvalidPart"));
    let none = complete(&bench, &id, &[]).await;
    assert_eq!(none.refusal(), (400, "MalformedXML"));
    let number = format!("PUT /a-bucket/key?partNumber=10001&uploadId={id}");
    let refused = bench.send(&number, &[], "x").await;
    assert_eq!(refused.refusal(), (400, "InvalidArgument"));
}

#[tokio::test]
async fn an_upload_that_is_aborted_leaves_nothing() {
    let bench = Bench::with_bucket().await;
    let id = begin(&bench, &[]).await;
    part(&bench, &id, 1, "1").await;
    let line = format!("DELETE /a-bucket/key?uploadId={id}");
    assert_eq!(bench.send(&line, &[], "").await.status, 204);
    assert_eq!(bench.files(), 0);
    assert_eq!(
        bench.send(&line, &[], "").await.refusal(),
        (404, "NoSuchUpload")
    );
    let id = begin(&bench, &[]).await;
    part(&bench, &id, 1, "1").await;
    assert_eq!(bench.send("DELETE /a-bucket", &[], "").await.status, 204);
    assert_eq!(bench.files(), 0);
}

#[tokio::test]
async fn a_part_may_be_copied_from_a_piece_of_an_object() {
    let bench = Bench::with_bucket().await;
    bench.put("source", "0123456789").await;
    let id = begin(&bench, &[]).await;
    let line = format!("PUT /a-bucket/key?partNumber=1&uploadId={id}");
    let headers = [
        ("x-amz-copy-source", "a-bucket/source"),
        ("x-amz-copy-source-range", "bytes=3-5"),
    ];
    let copied = bench.send(&line, &headers, "").await;
    let tag = copied.element("ETag").replace("&quot;", "\"");
    assert_eq!(complete(&bench, &id, &[(1, &tag)]).await.status, 200);
    bench.send("DELETE /a-bucket/source", &[], "").await;
    assert_eq!(bench.get("/key").await.body, "345");
}

#[tokio::test]
async fn attributes_list_the_parts_page_by_page() {
    let bench = Bench::with_bucket().await;
    let id = begin(&bench, &[("x-amz-checksum-algorithm", "CRC32")]).await;
    let one = part(&bench, &id, 1, &large()).await;
    let two = part(&bench, &id, 2, "end").await;
    assert_eq!(
        complete(&bench, &id, &[(1, &one), (2, &two)]).await.status,
        200
    );
    let ask = async |more: &[(&str, &str)]| {
        let mut headers = vec![("x-amz-object-attributes", "ObjectParts")];
        headers.extend(more);
        bench
            .send("GET /a-bucket/key?attributes", &headers, "")
            .await
    };
    let all = ask(&[]).await;
    assert_eq!(all.element("PartsCount"), "2");
    assert_eq!(all.elements("PartNumber"), ["1", "2"]);
    assert_eq!(all.elements("Size")[1], "3");
    assert_eq!(all.elements("ChecksumCRC32").len(), 2);
    assert_eq!(all.element("IsTruncated"), "false");
    let first = ask(&[("x-amz-max-parts", "1")]).await;
    assert_eq!(first.element("IsTruncated"), "true");
    assert_eq!(first.element("NextPartNumberMarker"), "1");
    let next = ask(&[("x-amz-part-number-marker", "1")]).await;
    assert_eq!(next.elements("PartNumber"), ["2"]);
}
