//! Landline's own endpoints, and who may use them.

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, SocketAddr};

use http::header::{CONTENT_TYPE, HeaderValue, ORIGIN};
use http::{Request, StatusCode};
use landline_gateway::Gateway;
use landline_gateway::observe::prometheus;

use super::answer::{full, host, text};
use super::{Arrival, Response};
use crate::config::{Config, Credentials};
use crate::tls;

/// Answers what a shell needs to reach the node.
pub const ENVIRONMENT_PATH: &str = "/_landline/environment";

/// What everybody may use as credentials where any pass.
const ANY_CREDENTIALS: &str = "test";

/// The variables with which tools and functions find the node.
///
/// The secret of a node that has one is not told: whoever may use it has it.
pub fn environment(config: &Config, port: u16, files: &tls::Files) -> BTreeMap<String, String> {
    let path = |path: std::path::PathBuf| {
        std::path::absolute(&path)
            .unwrap_or(path)
            .display()
            .to_string()
    };
    let bundle = path(files.bundle());
    let mut variables = BTreeMap::from([
        ("AWS_ENDPOINT_URL", config.endpoint_url(port)),
        ("AWS_REGION", config.region.clone()),
        ("AWS_DEFAULT_REGION", config.region.clone()),
        ("AWS_CA_BUNDLE", bundle.clone()),
        ("REQUESTS_CA_BUNDLE", bundle.clone()),
        ("SSL_CERT_FILE", bundle.clone()),
        // The bundle and not our authority alone: a shell behind a proxy that inspects TLS has its
        // roots in this variable, and npm must not lose them.
        ("NODE_EXTRA_CA_CERTS", bundle),
    ]);
    if config.credentials == Credentials::Any {
        variables.insert("AWS_ACCESS_KEY_ID", ANY_CREDENTIALS.to_owned());
        variables.insert("AWS_SECRET_ACCESS_KEY", ANY_CREDENTIALS.to_owned());
    }
    let owned = |(name, value): (&str, String)| (name.to_owned(), value);
    variables.into_iter().map(owned).collect()
}

/// The variables for tools that build AWS's host names themselves. The node itself is
/// reached without a proxy, by the address in `AWS_ENDPOINT_URL`. Tools in Node.js whose SDK
/// knows neither endpoints nor proxies (that of version 2 is one) are led there as functions are.
pub fn proxy(config: &Config, port: u16) -> BTreeMap<String, String> {
    let mut variables = BTreeMap::from([
        ("HTTPS_PROXY".to_owned(), config.endpoint_url(port)),
        ("NO_PROXY".to_owned(), "127.0.0.1,localhost".to_owned()),
    ]);
    let diversion = landline_lambda::node_diversion(&config.data_dir, port);
    variables.extend(diversion.map(|(name, value)| (name.to_owned(), value)));
    variables
}

/// [`ENVIRONMENT_PATH`].
pub fn environment_response(config: &Config, port: u16, files: &tls::Files) -> Response {
    let told = serde_json::json!({
        "variables": environment(config, port, files),
        "proxy": proxy(config, port),
    });
    let mut response = Response::new(full(told.to_string()));
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}

/// `/metrics`: the gateway's counters, and how much memory the node takes.
pub fn metrics_response(gateway: &Gateway) -> Response {
    let mut text = gateway.prometheus();
    if let Some(bytes) = resident_bytes() {
        prometheus::gauge(
            &mut text,
            "landline_process_resident_bytes",
            "Memory that the process has.",
            bytes,
        );
    }
    let mut response = Response::new(full(text));
    let kind = HeaderValue::from_static(prometheus::CONTENT_TYPE);
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

/// As Linux tells; elsewhere nobody does.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

/// Refuses what is not a program of this machine.
///
/// A browser reaches the loopback too, on behalf of any web page: it names the page
/// in `Origin`, or a name that was bent to point here in `Host`.
pub fn refuse_strangers<B>(request: &Request<B>, arrival: Arrival) -> Option<Response> {
    let is_local = arrival.peer.ip().to_canonical().is_loopback();
    let is_page = request.headers().contains_key(ORIGIN);
    if is_local && !is_page && is_own_host(host(request)) {
        return None;
    }
    let why = "landline's own endpoints are for programs of this machine\n";
    Some(text(StatusCode::FORBIDDEN, why))
}

/// An address, or `localhost`: what no foreign DNS can give.
fn is_own_host(host: &str) -> bool {
    let name = match host.parse::<SocketAddr>() {
        Ok(_) => return true,
        Err(_) => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok()
}

/// Why the node cannot listen, and what to do, in the style of every message.
pub fn bind_failure(address: SocketAddr, error: &io::Error) -> String {
    let (ip, port) = (address.ip(), address.port());
    match error.kind() {
        io::ErrorKind::AddrInUse => format!(
            "port {port} of {ip} is in use\n  \
             Another Landline, or another emulator, is running. Stop it, or choose a port: --listen {ip}:0"
        ),
        io::ErrorKind::PermissionDenied => format!(
            "port {port} is reserved for the administrator\n  Choose a port above 1023: --listen {ip}:4566"
        ),
        io::ErrorKind::AddrNotAvailable => format!(
            "{ip} is not an address of this machine\n  Listen on one that is: --listen 127.0.0.1:{port}"
        ),
        _ => format!("cannot listen on {address}: {error}"),
    }
}

#[cfg(test)]
mod tests;
