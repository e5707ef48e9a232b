//! Routing under a custom domain: its mappings say what a path leads to, the stage is
//! implied, and nothing else of the node can be reached.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-mappings.html>.

use landline_gateway::deployment::domains::host_name;

use super::{Destination, Endpoint, Head, Mapped, Stages, Upgrade, http};

/// Decides where a request goes, if its host is a custom domain.
pub(super) fn route(
    head: &Head<'_>,
    segments: &[&str],
    stages: &dyn Stages,
) -> Option<Destination> {
    let at = segments.iter().position(|it| *it == "@connections");
    let path = &segments[..at.unwrap_or(segments.len())];
    let mapped = stages.mapped(head.host, path);
    if mapped == Mapped::NoDomain {
        return None;
    }
    let is_handshake = head.upgrade == Upgrade::WebSocket;
    if let (["ping" | "sping"], false) = (segments, is_handshake) {
        return Some(Destination::Healthy);
    }
    let Mapped::Stage {
        api_id,
        stage,
        depth,
    } = mapped
    else {
        return Some(Destination::Forbidden);
    };
    let endpoint = Endpoint::Custom(host_name(head.host));
    let serves_http = stages.http(&api_id, Some(&stage)).as_ref() == Some(&stage);
    if serves_http && !is_handshake {
        return Some(http::mapped(head, api_id, stage, depth, endpoint));
    }
    let is_whole = depth == path.len();
    Some(match (at, is_handshake) {
        (Some(at), false) if is_whole => Destination::Connections {
            api_id: Some(api_id),
            stage: Some(stage),
            connection_id: segments[at + 1..].join("/"),
            endpoint,
        },
        // Most often the stage, which belongs into URLs of the default endpoint alone.
        (Some(_), false) => Destination::NoMethod(rest_of(head.path, depth)),
        (None, true) if is_whole => Destination::WebSocket {
            api_id,
            stage,
            endpoint,
        },
        (None, false) if is_whole && head.method == "GET" => Destination::UpgradeRequired,
        _ => Destination::Forbidden,
    })
}

/// The path behind a mapping's key, as it came.
fn rest_of(path: &str, depth: usize) -> String {
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    segments.skip(depth).collect::<Vec<_>>().join("/")
}
