//! Parameters of HTTP APIs: what is appended to, overwritten in or removed from a request to a
//! backend, and from its answer.
//!
//! `append:header.Id` ← `$context.requestId`, `overwrite:path` ← `/v2/${request.path.id}`.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html>.

#[cfg(test)]
mod tests;

use std::cell::LazyCell;
use std::collections::BTreeMap;

use bytes::Bytes;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use http::{Request, Uri};
use landline_wire::protocol::action;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use serde_json::Value;

use super::Answer;
use super::parameters::{self, Origin, Source};
use crate::mapping::JsonPath;

/// What an integration of an HTTP API changes on the way there and back.
#[derive(Debug, Default)]
pub struct HttpMappings {
    request: Vec<HttpMapping>,
    /// By the status of the answer.
    responses: BTreeMap<u16, Vec<HttpMapping>>,
}

/// One change.
#[derive(Debug)]
struct HttpMapping {
    change: Change,
    place: Place,
    value: Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Append,
    Overwrite,
    Remove,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Header(HeaderName),
    QueryString(String),
    Path,
    StatusCode,
}

/// A text with variables in it.
#[derive(Debug)]
pub(crate) struct Text(Vec<Piece>);

#[derive(Debug)]
enum Piece {
    Static(String),
    Variable(Source),
    /// `$request.path`: all of it.
    RequestPath,
    ResponseHeader(String),
    ResponseBody(Option<JsonPath>),
}

/// What a mapping may read: the request, and the answer where there is one.
struct Sources<'a, O> {
    origin: &'a O,
    path: &'a str,
    answer: Option<&'a Answer>,
}

impl HttpMappings {
    /// Reads both kinds of parameters; what AWS would refuse is left out.
    pub(crate) fn parse<'a>(
        request: impl IntoIterator<Item = (&'a String, &'a String)>,
        responses: impl IntoIterator<Item = (&'a String, &'a BTreeMap<String, String>)>,
    ) -> Self {
        let all = |pairs: &mut dyn Iterator<Item = (&'a String, &'a String)>| {
            pairs
                .filter_map(|(target, value)| HttpMapping::parse(target, value))
                .collect()
        };
        let responses = responses.into_iter().filter_map(|(status, mappings)| {
            Some((status.parse().ok()?, all(&mut mappings.iter())))
        });
        Self {
            request: all(&mut request.into_iter()),
            responses: responses.collect(),
        }
    }

    /// Whether requests are changed at all.
    pub(crate) fn change_requests(&self) -> bool {
        !self.request.is_empty()
    }

    /// Whether requests get another path.
    pub(crate) fn change_path(&self) -> bool {
        let mut mappings = self.request.iter();
        mappings.any(|mapping| mapping.place == Place::Path)
    }

    /// Changes a request before it goes to the backend, or before a function is told of it.
    pub(crate) fn change_request(
        &self,
        origin: &impl Origin,
        path: &str,
        request: &mut Request<Bytes>,
    ) {
        let sources = Sources {
            origin,
            path,
            answer: None,
        };
        for mapping in &self.request {
            let value = mapping.value.read(&sources);
            match &mapping.place {
                Place::Header(name) => mapping.change_header(name, value, request.headers_mut()),
                Place::QueryString(name) => {
                    let query = mapping.query(name, value.as_deref(), request.uri().query());
                    set_uri(request, None, &query);
                }
                Place::Path => {
                    let query = request.uri().query().unwrap_or_default().to_owned();
                    set_uri(request, value.as_deref(), &query);
                }
                Place::StatusCode => {}
            }
        }
    }

    /// Changes an answer before it goes to the client.
    pub(crate) fn change_answer(&self, origin: &impl Origin, path: &str, answer: &mut Answer) {
        let Some(mappings) = self.responses.get(&answer.status_code) else {
            return;
        };
        let before = answer.clone();
        let sources = Sources {
            origin,
            path,
            answer: Some(&before),
        };
        for mapping in mappings {
            let value = mapping.value.read(&sources);
            match &mapping.place {
                Place::Header(name) => mapping.change_header(name, value, &mut answer.headers),
                Place::StatusCode => {
                    let status = value.and_then(|text| text.parse().ok());
                    let status = status.filter(|status| (200..600).contains(status));
                    answer.status_code = status.unwrap_or(answer.status_code);
                }
                Place::QueryString(_) | Place::Path => {}
            }
        }
    }
}

impl HttpMapping {
    fn parse(target: &str, value: &str) -> Option<Self> {
        let (change, place) = target.split_once(':')?;
        let change = match change {
            "append" => Change::Append,
            "overwrite" => Change::Overwrite,
            "remove" => Change::Remove,
            _ => return None,
        };
        let place = match place.split_once('.') {
            Some(("header", name)) => Place::Header(name.parse().ok()?),
            Some(("querystring", name)) => Place::QueryString(name.to_owned()),
            None if place == "path" && change == Change::Overwrite => Place::Path,
            None if place == "statuscode" && change == Change::Overwrite => Place::StatusCode,
            _ => return None,
        };
        Some(Self {
            change,
            place,
            value: Text::parse(value)?,
        })
    }

    fn change_header(&self, name: &HeaderName, value: Option<String>, headers: &mut HeaderMap) {
        let value = value.and_then(|value| HeaderValue::from_str(&value).ok());
        match (self.change, value) {
            (Change::Append, Some(value)) => {
                headers.append(name.clone(), value);
            }
            (Change::Overwrite, Some(value)) => {
                headers.insert(name.clone(), value);
            }
            (Change::Remove, _) => {
                headers.remove(name);
            }
            (_, None) => {}
        }
    }

    /// The query with the change made.
    fn query(&self, name: &str, value: Option<&str>, query: Option<&str>) -> String {
        let is_other = |pair: &&str| {
            let known = pair.split('=').next().unwrap_or_default();
            let known = known.replace('+', " ");
            percent_decode_str(&known).decode_utf8_lossy() != name
        };
        let pairs = query.unwrap_or_default().split('&');
        let mut pairs: Vec<&str> = pairs.filter(|pair| !pair.is_empty()).collect();
        if self.change == Change::Remove || (self.change == Change::Overwrite && value.is_some()) {
            pairs.retain(is_other);
        }
        let added = match (self.change, value) {
            (Change::Remove, _) | (_, None) => String::new(),
            (_, Some(value)) => action::form([(name, value)].into_iter()),
        };
        if !added.is_empty() {
            pairs.push(&added);
        }
        pairs.join("&")
    }
}

impl Text {
    /// Reads a text: a variable alone, or with `${…}` wherever one stands in it.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if let Some(variable) = text.strip_prefix('$').filter(|rest| !rest.starts_with('{')) {
            return Some(Self(vec![Piece::parse(variable)?]));
        }
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let (variable, after) = after.split_once('}')?;
            if !before.is_empty() {
                pieces.push(Piece::Static(before.to_owned()));
            }
            pieces.push(Piece::parse(variable)?);
            rest = after;
        }
        if !rest.is_empty() || pieces.is_empty() {
            pieces.push(Piece::Static(rest.to_owned()));
        }
        Some(Self(pieces))
    }

    /// The text for a request; `None` where all of it is a variable that has no value.
    pub(crate) fn of_request(&self, origin: &impl Origin, path: &str) -> Option<String> {
        self.read(&Sources {
            origin,
            path,
            answer: None,
        })
    }

    fn read<O: Origin>(&self, sources: &Sources<'_, O>) -> Option<String> {
        if let [only] = self.0.as_slice() {
            return only.read(sources);
        }
        let pieces = self.0.iter();
        Some(pieces.filter_map(|piece| piece.read(sources)).collect())
    }
}

impl Piece {
    fn parse(variable: &str) -> Option<Self> {
        if variable == "request.path" {
            return Some(Self::RequestPath);
        }
        if variable == "response.body" {
            return Some(Self::ResponseBody(None));
        }
        if let Some(path) = variable.strip_prefix("response.body.") {
            let path = JsonPath::parse(&format!("$.{path}")).ok()?;
            return Some(Self::ResponseBody(Some(path)));
        }
        if let Some(name) = variable.strip_prefix("response.header.") {
            return Some(Self::ResponseHeader(name.to_owned()));
        }
        let source = match variable.strip_prefix("request.") {
            Some(request) => Source::parse(&format!("route.request.{request}")),
            None => Source::parse(variable),
        };
        source.map(Self::Variable)
    }

    fn read<O: Origin>(&self, sources: &Sources<'_, O>) -> Option<String> {
        match self {
            Self::Static(text) => Some(text.clone()),
            Self::RequestPath => Some(sources.path.to_owned()),
            Self::Variable(source) => {
                let origin = sources.origin;
                let body =
                    LazyCell::new(|| serde_json::from_str(origin.body()).unwrap_or_default());
                source.read(origin, &body)
            }
            Self::ResponseHeader(name) => {
                let value = sources.answer?.headers.get(name.as_str())?;
                Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
            }
            Self::ResponseBody(path) => {
                let body = sources.answer?.body.as_ref()?;
                let Some(path) = path else {
                    return Some(String::from_utf8_lossy(body).into_owned());
                };
                let body: Value = serde_json::from_slice(body).ok()?;
                path.evaluate(&body).and_then(parameters::into_text)
            }
        }
    }
}

/// Gives a request another path or query; what would be no URL changes nothing.
fn set_uri(request: &mut Request<Bytes>, path: Option<&str>, query: &str) {
    let uri = request.uri();
    let path = match path {
        None => uri.path().to_owned(),
        Some(path) => {
            let slash = if path.starts_with('/') { "" } else { "/" };
            format!("{slash}{}", utf8_percent_encode(path, IN_PATH))
        }
    };
    let mark = if query.is_empty() { "" } else { "?" };
    let mut parts = uri.clone().into_parts();
    let Ok(path_and_query) = format!("{path}{mark}{query}").parse() else {
        return;
    };
    parts.path_and_query = Some(path_and_query);
    if let Ok(uri) = Uri::from_parts(parts) {
        *request.uri_mut() = uri;
    }
}

/// What a path may not hold as it is.
const IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?');
