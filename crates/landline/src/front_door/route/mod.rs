//! Where a request goes, decided by its host and path alone.
//!
//! One port serves everything, so the forms overlap: `/{apiId}/{stage}` could be an
//! object in a bucket. What is served at this moment decides, and a signature for
//! another service always wins.

mod domain;
mod http;

use std::borrow::Cow;

use landline_cloudformation::callbacks::is_callback_host;
use landline_s3::address as s3_address;
use percent_encoding::percent_decode_str;

/// What the router must know of a request.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// The method, in capitals.
    pub method: &'a str,
    /// The `Host` header, with or without a port.
    pub host: &'a str,
    /// The path as it came, still percent-encoded.
    pub path: &'a str,
    /// Whether the client asks for a WebSocket.
    pub upgrade: Upgrade,
    /// The service of the credential scope, when the request is signed.
    pub signing_name: Option<&'a str>,
}

/// Whether a request asks for a WebSocket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Upgrade {
    /// `Connection: upgrade` and `Upgrade: websocket`.
    WebSocket,
    /// Anything else.
    None,
}

/// The stages that are served now.
pub trait Stages {
    /// Whether the API has the stage.
    fn has(&self, api_id: &str, stage: &str) -> bool;
    /// The API with that stage, if exactly one has it.
    fn only_api_with(&self, stage: &str) -> Option<String>;
    /// Whether there is a bucket of that name.
    fn has_bucket(&self, name: &str) -> bool;
    /// The stage of an HTTP or a REST API that a URL means: the one that `first` names, the
    /// first segment behind the API, else `$default`.
    fn http(&self, api_id: &str, first: Option<&str>) -> Option<String>;
    /// What a path leads to under a host that may be a custom domain.
    fn mapped(&self, host: &str, path: &[&str]) -> Mapped;
}

/// What a custom domain says of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mapped {
    /// The host is no custom domain.
    NoDomain,
    /// No mapping's key begins the path.
    Nothing,
    /// A mapping leads to a stage.
    Stage {
        /// The API.
        api_id: String,
        /// The stage.
        stage: String,
        /// How many segments of the path are the mapping's key.
        depth: usize,
    },
}

/// Under which of its names an API was called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Endpoint {
    /// `{apiId}.execute-api`, or a local form of it.
    Default,
    /// A custom domain, by the name that the client used.
    Custom(String),
}

/// The answer of [`route`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// `/_landline/health`.
    Health,
    /// Another endpoint of Landline's own, named by the rest of its path.
    Internal(String),
    /// A WebSocket handshake.
    WebSocket {
        /// The API.
        api_id: String,
        /// The stage.
        stage: String,
        /// How it was called.
        endpoint: Endpoint,
    },
    /// A request for an HTTP or a REST API.
    Http(HttpAddress),
    /// A stage, but no handshake.
    UpgradeRequired,
    /// A health check of a custom domain.
    Healthy,
    /// The URL of a function, which may not exist.
    FunctionUrl {
        /// The URL's id.
        id: String,
        /// What follows, still percent-encoded; begins with a slash.
        path: String,
    },
    /// What a user pool publishes.
    UserPool {
        /// The pool, which may not exist.
        pool: String,
        /// The document's name.
        document: String,
    },
    /// `@connections`, resolved by the connection's id; the API and the stage are
    /// what the URL says of them.
    Connections {
        /// The API, from the host or the path.
        api_id: Option<String>,
        /// The stage.
        stage: Option<String>,
        /// The connection's id, decoded. May be empty or nonsense.
        connection_id: String,
        /// How the API was called.
        endpoint: Endpoint,
    },
    /// `@connections` behind a path that a custom domain's mapping does not end with.
    NoMethod(String),
    /// An address of API Gateway where nothing is.
    Forbidden,
    /// S3: a bucket, an object or a website.
    S3,
    /// An AWS API.
    AwsApi,
}

/// What a URL says of a request for an HTTP or a REST API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpAddress {
    /// The API.
    pub api_id: String,
    /// The stage.
    pub stage: String,
    /// The path behind the stage, as it came.
    pub path: String,
    /// The path that events show.
    pub shown_path: String,
    /// How the API was called.
    pub endpoint: Endpoint,
}

/// Decides where a request goes.
pub fn route(head: &Head<'_>, stages: &dyn Stages) -> Destination {
    if let Some((id, path)) = function_url(head.host, head.path) {
        return Destination::FunctionUrl {
            id: id.to_owned(),
            path: path.to_owned(),
        };
    }
    let host_api = api_of_host(head.host);
    let segments: Vec<Cow<'_, str>> = head
        .path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .map(|segment| percent_decode_str(segment).decode_utf8_lossy())
        .collect();
    let segments: Vec<&str> = segments.iter().map(AsRef::as_ref).collect();

    if let Some(destination) = domain::route(head, &segments, stages) {
        return destination;
    }
    if let (None, ["_landline", rest @ ..]) = (host_api, segments.as_slice()) {
        return match rest {
            ["health"] => Destination::Health,
            rest => Destination::Internal(rest.join("/")),
        };
    }
    if let (None, Some((pool, document))) = (host_api, well_known(head, &segments)) {
        return Destination::UserPool {
            pool: pool.to_owned(),
            document: document.to_owned(),
        };
    }
    if is_callback_host(head.host) {
        return Destination::Internal(format!("callbacks/{}", segments.join("/")));
    }
    if head.upgrade == Upgrade::WebSocket {
        return match address(host_api, &segments) {
            Address::Stage { api_id, stage } => Destination::WebSocket {
                api_id: api_id.to_owned(),
                stage: stage.to_owned(),
                endpoint: Endpoint::Default,
            },
            Address::StageOnly(stage) => match stages.only_api_with(stage) {
                Some(api_id) => Destination::WebSocket {
                    api_id,
                    stage: stage.to_owned(),
                    endpoint: Endpoint::Default,
                },
                None => Destination::Forbidden,
            },
            Address::Api(_) | Address::Elsewhere => Destination::Forbidden,
        };
    }
    if let Some(destination) = http::route(head, host_api, &segments, stages) {
        return destination;
    }
    if is_metrics(head, host_api, &segments, stages) {
        return Destination::Internal("metrics".to_owned());
    }
    if host_api.is_none() && is_s3(head, &segments, stages) {
        return Destination::S3;
    }
    if head.signing_name.is_some_and(|name| name != "execute-api") {
        return Destination::AwsApi;
    }
    if let Some(at) = segments.iter().position(|s| *s == "@connections") {
        return connections(host_api, &segments[..at], &segments[at + 1..]);
    }
    without_upgrade(head, host_api, &segments, stages)
}

/// A signature, a host or a path that can only mean S3.
fn is_s3(head: &Head<'_>, segments: &[&str], stages: &dyn Stages) -> bool {
    let in_host = || s3_address::bucket_of_localhost(head.host);
    match head.signing_name {
        Some(name) => name == "s3",
        None => {
            segments.starts_with(&["_aws", "s3-website"])
                || s3_address::read_host(head.host).is_some()
                || in_host().is_some_and(|bucket| stages.has_bucket(bucket))
        }
    }
}

/// `/metrics`, where Prometheus looks unless told otherwise. A stage of that name, a
/// host of API Gateway's and a signed request mean something else.
fn is_metrics(
    head: &Head<'_>,
    host_api: Option<&str>,
    segments: &[&str],
    stages: &dyn Stages,
) -> bool {
    host_api.is_none()
        && segments == ["metrics"]
        && head.method == "GET"
        && head.signing_name.is_none()
        && stages.only_api_with("metrics").is_none()
}

/// What a path and a host say about API and stage.
enum Address<'a> {
    Stage { api_id: &'a str, stage: &'a str },
    StageOnly(&'a str),
    Api(&'a str),
    Elsewhere,
}

fn address<'a>(host_api: Option<&'a str>, segments: &[&'a str]) -> Address<'a> {
    match (host_api, segments) {
        (Some(api_id), &[stage])
        | (_, &["_aws", "execute-api", api_id, stage])
        | (None, &[api_id, stage]) => Address::Stage { api_id, stage },
        (Some(api_id), &[]) | (None, &["_aws", "execute-api", api_id]) => Address::Api(api_id),
        (None, &[stage]) => Address::StageOnly(stage),
        _ => Address::Elsewhere,
    }
}

fn connections(host_api: Option<&str>, before: &[&str], id: &[&str]) -> Destination {
    let (api_id, stage) = match address(host_api, before) {
        Address::Stage { api_id, stage } => (Some(api_id), Some(stage)),
        Address::StageOnly(stage) => (None, Some(stage)),
        // The SDKs leave the stage out when they only know an endpoint.
        Address::Api(api_id) => (Some(api_id), None),
        Address::Elsewhere if before.is_empty() => (None, None),
        Address::Elsewhere => return Destination::Forbidden,
    };
    Destination::Connections {
        api_id: api_id.map(str::to_owned),
        stage: stage.map(str::to_owned),
        connection_id: id.join("/"),
        endpoint: Endpoint::Default,
    }
}

fn without_upgrade(
    head: &Head<'_>,
    host_api: Option<&str>,
    segments: &[&str],
    stages: &dyn Stages,
) -> Destination {
    let is_ours = host_api.is_some() || segments.starts_with(&["_aws", "execute-api"]);
    let known = match address(host_api, segments) {
        Address::Stage { api_id, stage } => stages.has(api_id, stage),
        Address::StageOnly(stage) => {
            head.signing_name.is_none() && stages.only_api_with(stage).is_some()
        }
        // A suite that is written to run on AWS expects it behind a stage, too:
        // https://github.com/dherault/serverless-offline/tree/master/tests/manual/websocket
        Address::Elsewhere => match (host_api, segments) {
            (Some(api_id), [stage, ..]) => stages.has(api_id, stage),
            _ => false,
        },
        Address::Api(_) => false,
    };
    match (known, is_ours) {
        (true, _) if head.method == "GET" => Destination::UpgradeRequired,
        (_, true) => Destination::Forbidden,
        // Somebody without credentials asks for what everybody may read.
        (_, false) => match (head.signing_name, segments.first()) {
            (None, Some(bucket)) if stages.has_bucket(bucket) => Destination::S3,
            _ => Destination::AwsApi,
        },
    }
}

/// The pool and the document of `/{pool}/.well-known/{document}`, whatever the host: no API and no bucket has an
/// underscore in its name.
fn well_known<'a>(head: &Head<'_>, segments: &[&'a str]) -> Option<(&'a str, &'a str)> {
    match segments {
        [pool, ".well-known", document] if pool.contains('_') && head.method == "GET" => {
            Some((pool, document))
        }
        _ => None,
    }
}

/// The id and the path of `{id}.lambda-url.{region}.on.aws/…`, or of `/_aws/lambda-url/{id}/…` for clients that
/// cannot find that host.
fn function_url<'a>(host: &'a str, path: &'a str) -> Option<(&'a str, &'a str)> {
    if let Some((id, rest)) = host.split_once('.')
        && rest.starts_with("lambda-url.")
    {
        return Some((id, path));
    }
    let rest = path.strip_prefix("/_aws/lambda-url/")?;
    let end = rest.find('/').unwrap_or(rest.len());
    let (id, path) = rest.split_at(end);
    Some((id, if path.is_empty() { "/" } else { path }))
}

/// `a1b2c3d4e5` of `a1b2c3d4e5.execute-api.us-east-1.amazonaws.com:443`; the rest
/// of the name may be anything.
fn api_of_host(host: &str) -> Option<&str> {
    let (api_id, rest) = host.split_once('.')?;
    (rest.starts_with("execute-api.") && !api_id.is_empty()).then_some(api_id)
}

#[cfg(test)]
mod tests;
