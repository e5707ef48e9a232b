//! Routing to HTTP and REST APIs: under the API's host, or behind its identifier on the
//! node's own.
//!
//! A stage's name begins the path, unless it is `$default`. See
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html>.

use super::{Destination, Endpoint, Head, HttpAddress, Stages, Upgrade};

/// Decides where a request goes, if it names an HTTP or a REST API.
pub(super) fn route(
    head: &Head<'_>,
    host_api: Option<&str>,
    segments: &[&str],
    stages: &dyn Stages,
) -> Option<Destination> {
    let is_for_another = head.signing_name.is_some_and(|name| name != "execute-api");
    if head.upgrade == Upgrade::WebSocket || is_for_another {
        return None;
    }
    let (api_id, depth) = match (host_api, segments) {
        (_, ["_aws", "execute-api", api_id, ..]) => (*api_id, 3),
        (Some(api_id), _) => (api_id, 0),
        (None, [api_id, ..]) => (*api_id, 1),
        (None, []) => return None,
    };
    let first = segments.get(depth).copied();
    let stage = stages.http(api_id, first)?;
    let is_named = first == Some(stage.as_str());
    let path = behind(head.path, depth + usize::from(is_named));
    Some(Destination::Http(HttpAddress {
        api_id: api_id.to_owned(),
        shown_path: match stage.as_str() {
            "$default" => path.clone(),
            stage => format!("/{stage}{}", if path == "/" { "/" } else { &path }),
        },
        stage,
        path,
        endpoint: Endpoint::Default,
    }))
}

/// The destination behind the mapping of a custom domain, whose key is `depth` segments long.
pub(super) fn mapped(
    head: &Head<'_>,
    api_id: String,
    stage: String,
    depth: usize,
    endpoint: Endpoint,
) -> Destination {
    Destination::Http(HttpAddress {
        api_id,
        stage,
        path: behind(head.path, depth),
        shown_path: head.path.to_owned(),
        endpoint,
    })
}

/// The path behind so many segments, as it came; it always begins with a slash.
fn behind(path: &str, segments: usize) -> String {
    let mut rest = path;
    for _ in 0..segments {
        let begun = rest.trim_start_matches('/');
        rest = begun.find('/').map_or("", |at| &begun[at..]);
    }
    if rest.starts_with('/') {
        rest.to_owned()
    } else {
        format!("/{rest}")
    }
}
