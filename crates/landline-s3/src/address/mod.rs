//! Which bucket and which key a request means: in the path, or the bucket in the host.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html>

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// Whether the API is meant or a bucket's website.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    /// The API, in XML.
    Api,
    /// The website, for browsers.
    Website,
}

/// What a host says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Host<'a> {
    /// The bucket, if the host names one.
    pub bucket: Option<&'a str>,
    /// What is asked there.
    pub endpoint: Endpoint,
}

/// The bucket and the key of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address<'a> {
    /// The bucket; empty when the account is meant.
    pub bucket: Cow<'a, str>,
    /// The key, decoded; empty when the bucket is meant.
    pub key: Cow<'a, str>,
    /// What is asked there.
    pub endpoint: Endpoint,
}

/// Below this path, bucket by bucket, are websites without a host of their own.
pub const WEBSITES: &str = "/_aws/s3-website/";

/// Reads a host that is S3's: `s3.eu-west-1.amazonaws.com`, `a-bucket.s3.localhost:4566`,
/// `a-bucket.s3-website-us-east-1.amazonaws.com`. `None` for all others.
pub fn read_host(host: &str) -> Option<Host<'_>> {
    let host = host.rsplit_once(':').map_or(host, |(name, port)| {
        if port.bytes().all(|it| it.is_ascii_digit()) {
            name
        } else {
            host
        }
    });
    let starts_s3 = |rest: &str| {
        let label = rest.split('.').next().unwrap_or_default();
        let is_ours = is_suffix(rest);
        match label {
            "s3" => is_ours.then_some(Endpoint::Api),
            "s3-website" => is_ours.then_some(Endpoint::Website),
            label if label.starts_with("s3-website-") => is_ours.then_some(Endpoint::Website),
            label if label.starts_with("s3-") => is_ours.then_some(Endpoint::Api),
            _ => None,
        }
    };
    if let Some(endpoint) = starts_s3(host) {
        return Some(Host {
            bucket: None,
            endpoint,
        });
    }
    // A name may itself hold dots, and `.s3`.
    for (at, _) in host.rmatch_indices(".s3") {
        if let Some(endpoint) = starts_s3(&host[at + 1..]) {
            return Some(Host {
                bucket: Some(&host[..at]),
                endpoint,
            });
        }
    }
    None
}

/// `a-bucket` of `a-bucket.localhost:4566`, as SDKs write it for an endpoint of one's own.
pub fn bucket_of_localhost(host: &str) -> Option<&str> {
    let name = host.split(':').next().unwrap_or_default();
    let bucket = name.strip_suffix(".localhost")?;
    (!bucket.is_empty()).then_some(bucket)
}

fn is_suffix(host: &str) -> bool {
    let rest = host.split_once('.').map_or("", |(_, rest)| rest);
    rest.ends_with("amazonaws.com")
        || rest.ends_with("amazonaws.com.cn")
        || rest == "localhost"
        || rest.ends_with(".localhost")
}

/// Reads a request's host and its path, which is still percent-encoded.
pub fn read<'a>(host: &'a str, path: &'a str) -> Address<'a> {
    if let Some(rest) = path.strip_prefix(WEBSITES) {
        let (bucket, key) = rest.split_once('/').unwrap_or((rest, ""));
        return Address {
            bucket: decode(bucket),
            key: decode(key),
            endpoint: Endpoint::Website,
        };
    }
    let known = read_host(host);
    let endpoint = known.map_or(Endpoint::Api, |host| host.endpoint);
    let in_host = match known {
        Some(host) => host.bucket,
        None => bucket_of_localhost(host),
    };
    let path = path.strip_prefix('/').unwrap_or(path);
    if let Some(bucket) = in_host {
        return Address {
            bucket: bucket.into(),
            key: decode(path),
            endpoint,
        };
    }
    let (bucket, key) = path.split_once('/').unwrap_or((path, ""));
    Address {
        bucket: decode(bucket),
        key: decode(key),
        endpoint,
    }
}

/// `/bucket/key` as the client wrote it, also where the bucket stands in the host: what an
/// old signature covers.
pub fn resource(host: &str, path: &str) -> String {
    let in_host = match read_host(host) {
        Some(host) => host.bucket,
        None => bucket_of_localhost(host),
    };
    match in_host {
        Some(bucket) => format!("/{bucket}{path}"),
        None => path.to_owned(),
    }
}

fn decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

#[cfg(test)]
mod tests;
