//! The URLs of objects, in every form that tools write.

use super::ObjectLocation;

#[track_caller]
fn check(url: &str, expect: Option<(&str, &str, Option<&str>)>) {
    let expect = expect.map(|(bucket, key, version)| ObjectLocation {
        bucket: bucket.to_owned(),
        key: key.to_owned(),
        version: version.map(str::to_owned),
    });
    assert_eq!(ObjectLocation::parse(url), expect, "{url}");
}

#[test]
fn the_bucket_is_in_the_path_or_in_the_host() {
    let object = Some(("b", "k/l.yaml", None));
    for url in [
        "s3://b/k/l.yaml",
        "http://127.0.0.1:4566/b/k/l.yaml",
        "http://localhost:4566/b/k/l.yaml",
        "http://b.localhost:4566/k/l.yaml",
        "https://s3.amazonaws.com/b/k/l.yaml",
        "https://s3.us-east-1.amazonaws.com/b/k/l.yaml",
        "https://s3-us-west-2.amazonaws.com/b/k/l.yaml",
        "https://s3.cn-north-1.amazonaws.com.cn/b/k/l.yaml",
        "https://b.s3.amazonaws.com/k/l.yaml",
        "https://b.s3.us-east-1.amazonaws.com/k/l.yaml",
        "https://b.s3-us-west-2.amazonaws.com/k/l.yaml",
        "https://landline.example.com/b/k/l.yaml",
    ] {
        check(url, object);
    }
}

#[test]
fn a_bucket_may_have_dots_and_a_key_may_be_encoded() {
    check(
        "https://my.own.s3.eu-west-1.amazonaws.com/a%20b?versionId=v1",
        Some(("my.own", "a b", Some("v1"))),
    );
}

#[test]
fn what_names_no_object_is_nothing() {
    for url in [
        "",
        "template.yaml",
        "ftp://b/k",
        "s3://b",
        "s3://b/",
        "https://s3.amazonaws.com/b",
        "https:///k",
    ] {
        check(url, None);
    }
}
