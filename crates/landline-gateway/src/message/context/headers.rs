//! Headers and query of a handshake, as `$connect` sees them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::net::IpAddr;

use http::HeaderMap;
use landline_wire::{Timestamp, request_id};

use super::{push_list, push_map, push_string};
use crate::mapping::Parameters;

/// The header names of a request as its client wrote them, for a front door that
/// knows: put it into the request's extensions. HTTP libraries keep lower case only.
#[derive(Debug, Clone)]
pub struct HeaderNames(pub Vec<Box<str>>);

/// What a client asked for with its handshake.
#[derive(Debug)]
pub(crate) struct Handshake {
    /// Lower case → the name as written, and all values in order. AWS sorts the
    /// names without regard to case.
    headers: BTreeMap<String, (String, Vec<String>)>,
    query: BTreeMap<String, Vec<String>>,
    /// The names of the query in the client's order, each once.
    query_order: Vec<String>,
}

impl Handshake {
    pub(crate) fn new(
        headers: &HeaderMap,
        names: Option<&HeaderNames>,
        query: Option<&str>,
        source_ip: IpAddr,
        time: Timestamp,
    ) -> Self {
        let (query, query_order) = parse_query(query.unwrap_or_default());
        let mut handshake = Self {
            headers: BTreeMap::new(),
            query,
            query_order,
        };
        for name in headers.keys() {
            if HOP_HEADERS.contains(&name.as_str()) {
                continue;
            }
            let values = headers.get_all(name).iter();
            let values = values.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
            let written = written_name(name.as_str(), names);
            handshake
                .headers
                .insert(name.as_str().to_owned(), (written, values.collect()));
        }
        handshake.add_forwarding(source_ip, time);
        handshake
    }

    /// The same with these headers and this query; a name stays as its client wrote it.
    pub(crate) fn changed(&self, headers: &HeaderMap, query: &str) -> Self {
        let (query, query_order) = parse_query(query);
        let entry = |name: &http::HeaderName| {
            let known = self.headers.get(name.as_str());
            let written = known.map_or_else(|| name.as_str().to_owned(), |it| it.0.clone());
            let values = headers.get_all(name).iter();
            let values = values.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
            (name.as_str().to_owned(), (written, values.collect()))
        };
        Self {
            headers: headers.keys().map(entry).collect(),
            query,
            query_order,
        }
    }

    fn add_forwarding(&mut self, source_ip: IpAddr, time: Timestamp) {
        let forwarded = self
            .headers
            .get("x-forwarded-for")
            .and_then(|(_, values)| values.last());
        let forwarded = match forwarded {
            Some(earlier) => format!("{earlier}, {source_ip}"),
            None => source_ip.to_string(),
        };
        self.set("X-Forwarded-For", forwarded);
        self.set("X-Forwarded-Port", "443".to_owned());
        self.set("X-Forwarded-Proto", "https".to_owned());
        if !self.headers.contains_key("x-amzn-trace-id") {
            self.set("X-Amzn-Trace-Id", trace_id(time));
        }
    }

    fn set(&mut self, name: &str, value: String) {
        let entry = (name.to_owned(), vec![value]);
        self.headers.insert(name.to_ascii_lowercase(), entry);
    }

    /// Takes a header away, as if the client had not sent it.
    pub(crate) fn hide(&mut self, name: &str) {
        self.headers.remove(&name.to_ascii_lowercase());
    }

    /// The values of a header, whatever the case of its name.
    pub(crate) fn header_values(&self, name: &str) -> Option<&[String]> {
        let (_, values) = self.headers.get(&name.to_ascii_lowercase())?;
        Some(values)
    }

    /// The values of a query parameter.
    pub(crate) fn query_values(&self, name: &str) -> Option<&[String]> {
        self.query.get(name).map(Vec::as_slice)
    }

    /// All headers, as their client wrote them, each with its values.
    pub(crate) fn headers(&self) -> impl Iterator<Item = (&str, &[String])> {
        let entries = self.headers.values();
        entries.map(|(name, values)| (name.as_str(), values.as_slice()))
    }

    /// All query parameters with their values, decoded.
    pub(crate) fn query(&self) -> impl Iterator<Item = (&str, &[String])> {
        let entries = self.query.iter();
        entries.map(|(name, values)| (name.as_str(), values.as_slice()))
    }

    /// Headers and query as templates see them: the last of several values.
    pub(crate) fn parameters(&self) -> Parameters {
        let last = |(name, values): (&str, &[String])| {
            (name.to_owned(), values.last().cloned().unwrap_or_default())
        };
        Parameters {
            path: BTreeMap::new(),
            querystring: self.query().map(last).collect(),
            header: self.headers().map(last).collect(),
        }
    }

    /// `headers` and `multiValueHeaders`. Of several values the last stands alone.
    pub(super) fn push_headers(&self, event: &mut Vec<u8>) {
        push_both(event, "headers", "multiValueHeaders", || self.headers());
    }

    /// The same with what integrations do not see: an authorizer gets the headers of
    /// this hop as well, as AWS's front end writes them.
    pub(super) fn push_headers_of_hop(&self, event: &mut Vec<u8>) {
        let hop = [
            ("connection", "Connection", ["upgrade".to_owned()]),
            ("content-length", "content-length", ["0".to_owned()]),
            ("upgrade", "Upgrade", ["websocket".to_owned()]),
        ];
        let mut entries: BTreeMap<&str, (&str, &[String])> = BTreeMap::new();
        for (lower, (name, values)) in &self.headers {
            entries.insert(lower, (name, values));
        }
        for (lower, name, values) in &hop {
            entries.insert(lower, (name, values));
        }
        push_both(event, "headers", "multiValueHeaders", || {
            entries.values().copied()
        });
    }

    /// Both query members, or neither: functions test for the key.
    pub(super) fn push_query(&self, event: &mut Vec<u8>) {
        if self.query.is_empty() {
            return;
        }
        push_both(event, QUERY, MULTI_VALUE_QUERY, || self.query());
        event.push(b',');
    }

    /// Both query members, empty or not, in the client's order.
    pub(super) fn push_query_in_order(&self, event: &mut Vec<u8>) {
        let ordered = || {
            let names = self.query_order.iter();
            names.filter_map(|name| Some((name.as_str(), self.query_values(name)?)))
        };
        push_both(event, QUERY, MULTI_VALUE_QUERY, ordered);
    }
}

/// A map of last values, then the map of all of them.
fn push_both<'a, I>(event: &mut Vec<u8>, single: &str, multi: &str, entries: impl Fn() -> I)
where
    I: Iterator<Item = (&'a str, &'a [String])>,
{
    push_string(event, single);
    event.push(b':');
    let last = |values: &[String]| values.last().cloned().unwrap_or_default();
    let singles = entries().map(|(name, values)| (name, last(values)));
    push_map(event, singles, push_string);
    event.push(b',');
    push_string(event, multi);
    event.push(b':');
    push_map(event, entries(), push_list);
}

/// The four headers of every DISCONNECT event, three of them always empty.
pub(super) fn push_disconnect_headers(event: &mut Vec<u8>, domain_name: &str) {
    let headers = [
        ("Host", domain_name),
        ("x-api-key", ""),
        ("X-Forwarded-For", ""),
        ("x-restapi", ""),
    ];
    event.extend_from_slice(b"\"headers\":");
    push_map(event, headers.into_iter(), push_string);
    event.extend_from_slice(b",\"multiValueHeaders\":");
    push_map(event, headers.into_iter(), |event, value| {
        push_list(event, &[value.to_owned()]);
    });
}

/// `Root=1-xxxxxxxx-…`: the time in hexadecimal seconds, then twelve random bytes.
pub(crate) fn trace_id(time: Timestamp) -> String {
    let mut random = [0; 16];
    random[4..].copy_from_slice(&request_id::random_bytes::<12>());
    let random = u128::from_be_bytes(random);
    format!("Root=1-{:08x}-{random:024x}", time.as_seconds())
}

/// The name as the client wrote it, else the spelling that clients use.
fn written_name(lower: &str, names: Option<&HeaderNames>) -> String {
    let known =
        names.and_then(|names| names.0.iter().find(|name| name.eq_ignore_ascii_case(lower)));
    if let Some(name) = known {
        return name.to_string();
    }
    if let Some(rest) = lower.strip_prefix("sec-websocket-") {
        return format!("Sec-WebSocket-{}", capitalised(rest));
    }
    lower
        .split('-')
        .map(capitalised)
        .collect::<Vec<_>>()
        .join("-")
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

/// Name → values in order, decoded, and the names in order. The parameters of a
/// presigned URL are the gateway's own and do not show.
fn parse_query(query: &str) -> (BTreeMap<String, Vec<String>>, Vec<String>) {
    let mut parameters = BTreeMap::<String, Vec<String>>::new();
    let mut order = Vec::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()).into_owned() {
        if SIGNATURE_PARAMETERS.contains(&name.as_str()) {
            continue;
        }
        match parameters.entry(name) {
            Entry::Vacant(entry) => {
                order.push(entry.key().clone());
                entry.insert(vec![value]);
            }
            Entry::Occupied(mut entry) => entry.get_mut().push(value),
        }
    }
    (parameters, order)
}

const QUERY: &str = "queryStringParameters";
const MULTI_VALUE_QUERY: &str = "multiValueQueryStringParameters";
/// What belongs to one hop and not to the request.
const HOP_HEADERS: [&str; 3] = ["connection", "upgrade", "content-length"];
const SIGNATURE_PARAMETERS: [&str; 7] = [
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-Security-Token",
    "X-Amz-Signature",
    "X-Amz-SignedHeaders",
];
