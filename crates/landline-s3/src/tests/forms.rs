//! Uploads by the forms of browsers.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::Request;
use http_body_util::{BodyExt as _, Full};
use landline_wire::Caller;
use landline_wire::sigv4::SignedPolicy;

use super::{Answered, Bench};
use crate::body::BodyError;
use crate::{Sender, is_form};

/// A form whose file has no more than a name and a text.
struct Form {
    fields: Vec<(String, String)>,
    file: Option<(&'static str, String)>,
}

impl Form {
    /// A form that is signed as Signature Version 2 has it, for these conditions.
    fn signed(conditions: &str) -> Self {
        Self::expiring("2099-01-01T00:00:00Z", conditions)
    }

    fn expiring(date: &str, conditions: &str) -> Self {
        let policy = format!(
            r#"{{"expiration":"{date}","conditions":[{{"bucket":"a-bucket"}},{conditions}]}}"#
        );
        let form = Self {
            fields: Vec::new(),
            file: Some(("a.txt", "hello".to_owned())),
        };
        form.with("AWSAccessKeyId", "AKIDEXAMPLE")
            .with("signature", "c2lnbmF0dXJl")
            .with("policy", &STANDARD.encode(policy))
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    fn text(&self) -> String {
        let mut text = String::new();
        let begin = "--boundary\r\nContent-Disposition: form-data; name=";
        for (name, value) in &self.fields {
            let _ = write!(text, "{begin}\"{name}\"\r\n\r\n{value}\r\n");
        }
        if let Some((name, content)) = &self.file {
            let _ = write!(
                text,
                "{begin}\"file\"; filename=\"{name}\"\r\n\r\n{content}\r\n"
            );
        }
        text + begin + "\"key\"\r\n\r\nlate\r\n--boundary--\r\n"
    }
}

async fn post(bench: &Bench, form: &Form) -> Answered {
    post_text(bench, form.text()).await
}

async fn post_text(bench: &Bench, text: String) -> Answered {
    let body = Full::new(Bytes::from(text)).map_err(|_| BodyError::Broken);
    let request = Request::post("/a-bucket")
        .header("host", "127.0.0.1:4566")
        .header("origin", "https://example.com")
        .header("content-type", "multipart/form-data; boundary=boundary")
        .body(body.boxed_unsync())
        .unwrap();
    assert!(is_form(&request));
    let identify = |_: &SignedPolicy<'_>| {
        let caller = Caller::root("000000000000", "us-east-1");
        Ok(Sender::Signed(caller))
    };
    let answer = bench.s3.serve_form(request, identify).await;
    let (parts, body) = answer.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Answered {
        status: parts.status.as_u16(),
        headers: parts.headers,
        body: String::from_utf8(body.to_vec()).unwrap(),
    }
}

const ANY_KEY: &str = r#"["starts-with","$key",""]"#;

#[tokio::test]
async fn a_form_makes_an_object_with_all_that_it_says() {
    let bench = Bench::with_bucket().await;
    let form = Form::signed(
        r#"["starts-with","$key","in/"],{"x-amz-meta-colour":"red"},
        ["starts-with","$Content-Type","text/"],["eq","$tagging","<Tagging><TagSet><Tag><Key>a</Key><Value>b c</Value></Tag></TagSet></Tagging>"]"#,
    )
    .with("Key", "in/${filename}")
    .with("Content-Type", "text/plain")
    .with("X-Amz-Meta-Colour", "red")
    .with(
        "tagging",
        "<Tagging><TagSet><Tag><Key>a</Key><Value>b c</Value></Tag></TagSet></Tagging>",
    )
    .with("x-ignore-this", "or that");
    let posted = post(&bench, &form).await;
    assert_eq!((posted.status, posted.body.as_str()), (204, ""));
    let location = "http://127.0.0.1:4566/a-bucket/in%2Fa.txt";
    assert_eq!(posted.header("location"), location);
    let got = bench.get("/in/a.txt").await;
    assert_eq!(got.body, "hello");
    assert_eq!(got.header("content-type"), "text/plain");
    assert_eq!(got.header("x-amz-meta-colour"), "red");
    assert_eq!(got.header("x-amz-tagging-count"), "1");
    assert_eq!(got.header("etag"), posted.header("etag"));
}

#[tokio::test]
async fn only_the_name_of_a_file_is_its_filename() {
    let bench = Bench::with_bucket().await;
    let mut form = Form::signed(ANY_KEY).with("key", "up/${filename}");
    form.file = Some(("C:\\folder/b.txt", "b".to_owned()));
    assert_eq!(post(&bench, &form).await.status, 204);
    assert_eq!(bench.get("/up/b.txt").await.body, "b");
}

#[tokio::test]
async fn a_form_says_how_it_is_answered() {
    let bench = Bench::with_bucket().await;
    let with_status = |status: &str| {
        let conditions = format!(r#"{ANY_KEY},["starts-with","$success_action_status",""]"#);
        Form::signed(&conditions)
            .with("key", "a b")
            .with("success_action_status", status)
    };
    let ok = post(&bench, &with_status("200")).await;
    assert_eq!((ok.status, ok.body.as_str()), (200, ""));
    let created = post(&bench, &with_status("201")).await;
    assert_eq!(created.status, 201);
    assert!(created.body.contains("<PostResponse"), "{}", created.body);
    assert_eq!(created.element("Bucket"), "a-bucket");
    assert_eq!(created.element("Key"), "a b");
    let location = "http://127.0.0.1:4566/a-bucket/a%20b";
    assert_eq!(created.element("Location"), location);
    assert_eq!(post(&bench, &with_status("302")).await.status, 204);
}

#[tokio::test]
async fn a_form_may_lead_to_another_page() {
    let bench = Bench::with_bucket().await;
    let to = |url: &str| {
        let conditions = format!(r#"{ANY_KEY},["starts-with","$success_action_redirect",""]"#);
        Form::signed(&conditions)
            .with("key", "a b")
            .with("success_action_redirect", url)
    };
    let redirected = post(&bench, &to("https://example.com/done?x=1")).await;
    assert_eq!(redirected.status, 303);
    assert_eq!(
        redirected.header("location"),
        "https://example.com/done?x=1&bucket=a-bucket&key=a+b&etag=%225d41402abc4b2a76b9719d911017c592%22"
    );
    assert_eq!(post(&bench, &to("no url")).await.status, 204);
}

#[tokio::test]
async fn what_the_policy_does_not_allow_is_refused() {
    let bench = Bench::with_bucket().await;
    let key = |form: Form| form.with("key", "other/a");
    for (form, told) in [
        (
            key(Form::signed(r#"["starts-with", "$key", "in/"]"#)),
            "Policy Condition failed: [&quot;starts-with&quot;, &quot;$key&quot;, &quot;in/&quot;]",
        ),
        (
            key(Form::signed(r#"{"key": "in/a"}"#)),
            "Policy Condition failed: [&quot;eq&quot;, &quot;$key&quot;, &quot;in/a&quot;]",
        ),
        (
            key(Form::signed(&format!(
                r#"{ANY_KEY},["starts-with","$acl",""]"#
            ))),
            "Policy Condition failed: [&quot;starts-with&quot;, &quot;$acl&quot;, &quot;&quot;]",
        ),
        (
            key(Form::signed(&format!(r#"{ANY_KEY},{{"bucket":"b"}}"#))),
            "Policy Condition failed: [&quot;eq&quot;, &quot;$bucket&quot;, &quot;b&quot;]",
        ),
        (
            key(Form::signed(ANY_KEY)).with("X-Amz-Meta-A", "b"),
            "Extra input fields: x-amz-meta-a",
        ),
        (
            key(Form::expiring("2020-01-01T00:00:00.000Z", ANY_KEY)),
            "Policy expired.",
        ),
    ] {
        let refused = post(&bench, &form).await;
        assert_eq!(refused.refusal(), (403, "AccessDenied"));
        let message = refused.element("Message").replace('"', "&quot;");
        assert_eq!(message, format!("Invalid according to Policy: {told}"));
    }
    assert_eq!(bench.get("/other/a").await.status, 404);
}

#[tokio::test]
async fn a_file_has_a_size_that_the_policy_allows() {
    let bench = Bench::with_bucket().await;
    let of = |bytes: usize| {
        let conditions = format!(r#"{ANY_KEY},["content-length-range",2,4]"#);
        let mut form = Form::signed(&conditions).with("key", "a");
        form.file = Some(("a", "x".repeat(bytes)));
        form
    };
    let small = post(&bench, &of(1)).await;
    assert_eq!(small.refusal(), (400, "EntityTooSmall"));
    assert_eq!(small.element("MinSizeAllowed"), "2");
    let large = post(&bench, &of(5)).await;
    assert_eq!(large.refusal(), (400, "EntityTooLarge"));
    assert_eq!(large.element("MaxSizeAllowed"), "4");
    assert_eq!(bench.files(), 0);
    assert_eq!(post(&bench, &of(4)).await.status, 204);
}

#[tokio::test]
async fn a_form_without_a_field_that_it_needs_is_refused() {
    let bench = Bench::with_bucket().await;
    let refused = post_text(&bench, Form::signed(ANY_KEY).text()).await;
    assert_eq!(refused.refusal(), (400, "InvalidArgument"));
    assert_eq!(
        refused.element("Message").replace("&apos;", "'"),
        "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields."
    );
    let mut form = Form::signed(ANY_KEY).with("key", "a");
    form.file = None;
    let refused = post(&bench, &form).await;
    assert_eq!(
        refused.element("Message"),
        "POST requires exactly one file upload per request."
    );
    let mut form = Form::signed(ANY_KEY).with("key", "a");
    form.fields.retain(|(name, _)| name != "policy");
    let refused = post(&bench, &form).await;
    assert_eq!(refused.element("ArgumentName"), "policy");
}

#[tokio::test]
async fn what_is_no_form_or_no_policy_is_refused() {
    let bench = Bench::with_bucket().await;
    let whole = Form::signed(ANY_KEY).with("key", "a").text();
    let cut = whole[..whole.find("hello").unwrap() + 3].to_owned();
    for text in ["hello".to_owned(), cut] {
        let refused = post_text(&bench, text).await;
        assert_eq!(refused.refusal(), (400, "MalformedPOSTRequest"));
    }
    let form = Form::signed("5").with("key", "a");
    let refused = post(&bench, &form).await;
    assert_eq!(refused.refusal(), (400, "InvalidPolicyDocument"));
    assert_eq!(bench.files(), 0);
}

#[tokio::test]
async fn a_form_without_a_policy_is_for_buckets_that_everybody_may_write() {
    let bench = Bench::with_bucket().await;
    let form = Form {
        fields: vec![("key".to_owned(), "a".to_owned())],
        file: Some(("a", "x".to_owned())),
    };
    assert_eq!(post(&bench, &form).await.refusal(), (403, "AccessDenied"));
    bench
        .send("DELETE /a-bucket?publicAccessBlock", &[], "")
        .await;
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::a-bucket/*"}]}"#;
    bench.send("PUT /a-bucket?policy", &[], policy).await;
    assert_eq!(post(&bench, &form).await.status, 204);
}

#[tokio::test]
async fn a_page_of_an_allowed_origin_may_read_the_answer() {
    let bench = Bench::with_bucket().await;
    let cors = "<CORSConfiguration><CORSRule><AllowedOrigin>https://example.com</AllowedOrigin><AllowedMethod>POST</AllowedMethod></CORSRule></CORSConfiguration>";
    assert_eq!(
        bench.send("PUT /a-bucket?cors", &[], cors).await.status,
        200
    );
    let posted = post(&bench, &Form::signed(ANY_KEY).with("key", "a")).await;
    let allowed = posted.header("access-control-allow-origin");
    assert_eq!(allowed, "https://example.com");
}
