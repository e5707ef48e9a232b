//! The table of addresses.

use super::{Endpoint, read, read_host};

fn check(host: &str, path: &str, bucket: &str, key: &str) {
    let address = read(host, path);
    assert_eq!(
        (&*address.bucket, &*address.key),
        (bucket, key),
        "{host}{path}"
    );
}

#[test]
fn the_bucket_is_in_the_path_or_in_the_host() {
    check("127.0.0.1:4566", "/", "", "");
    check("127.0.0.1:4566", "/a-bucket", "a-bucket", "");
    check("127.0.0.1:4566", "/a-bucket/", "a-bucket", "");
    check(
        "localhost:4566",
        "/a-bucket/a%20key//b",
        "a-bucket",
        "a key//b",
    );
    check("s3.eu-west-1.amazonaws.com", "/a-bucket/k", "a-bucket", "k");
    check("a-bucket.s3.amazonaws.com", "/k", "a-bucket", "k");
    check("a.b.s3.eu-west-1.amazonaws.com:443", "/k/l", "a.b", "k/l");
    check(
        "a-bucket.s3.dualstack.us-east-1.amazonaws.com",
        "/",
        "a-bucket",
        "",
    );
    check("a-bucket.s3-eu-west-1.amazonaws.com", "/k", "a-bucket", "k");
    check("a-bucket.localhost:4566", "/k", "a-bucket", "k");
    check("a-bucket.s3.localhost:4566", "/k", "a-bucket", "k");
    check("my.s3.bucket.s3.amazonaws.com", "/k", "my.s3.bucket", "k");
}

#[test]
fn a_website_has_a_host_or_a_path_of_its_own() {
    for (host, path) in [
        ("site.s3-website-us-east-1.amazonaws.com", "/a/b"),
        ("site.s3-website.eu-central-1.amazonaws.com", "/a/b"),
        ("site.s3-website.localhost:4566", "/a/b"),
        ("127.0.0.1:4566", "/_aws/s3-website/site/a/b"),
    ] {
        let address = read(host, path);
        assert_eq!(address.endpoint, Endpoint::Website, "{host}");
        assert_eq!((&*address.bucket, &*address.key), ("site", "a/b"), "{host}");
    }
}

#[test]
fn other_hosts_are_not_s3s() {
    for host in [
        "lambda.us-east-1.amazonaws.com",
        "s3.example.com",
        "a.s3x.amazonaws.com",
        "localhost",
        "",
    ] {
        assert_eq!(read_host(host), None, "{host}");
    }
}
