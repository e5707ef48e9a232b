//! Selection expressions: how a message names its route, and an integration its template.
//!
//! A pure engine. The body is parsed by a visitor that keeps nothing but the values
//! the expression asks for; a later duplicate of a key wins, as it would in a map.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html>.

mod evaluate;
mod parse;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use http::HeaderMap;

/// A parsed selection expression, such as `$request.body.action` or
/// `${request.body.service}/${request.body.verb}`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SelectionExpression {
    terms: Vec<Term>,
}

/// A part of an expression; the parts are joined.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Term {
    Literal(String),
    /// A place in the request's body.
    Body(Vec<Segment>),
    /// `integration.response.statuscode`.
    StatusCode,
    /// `integration.response.header.NAME` or `integration.response.multivalueheader.NAME`.
    Header(String),
}

/// What a backend answered, for the expressions of integration responses.
#[derive(Debug, Clone, Copy)]
pub struct BackendAnswer<'a> {
    /// The status code.
    pub status_code: u16,
    /// The headers.
    pub headers: &'a HeaderMap,
}

/// A step into a JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Member(String),
    Element(usize),
}

/// Why an expression cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidExpression {
    /// It names something that cannot be named at its place.
    #[error("unsupported variable in selection expression: {0}")]
    UnsupportedVariable(String),
    /// A brace, a bracket or a quote does not end.
    #[error("unterminated variable in selection expression: {0}")]
    Unterminated(String),
    /// A path with more than names and indices, or none at all.
    #[error("unsupported path in selection expression: {0}")]
    UnsupportedPath(String),
}

/// The body is not JSON, so no expression applies to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotJson;

impl SelectionExpression {
    /// Parses an expression.
    ///
    /// # Errors
    ///
    /// When it holds a variable other than `request.body` or a path beyond names and indices.
    pub fn parse(text: &str) -> Result<Self, InvalidExpression> {
        parse::parse(text, parse::Place::Request)
    }

    /// Parses the template selection expression of an integration response, which may
    /// name the backend's status code and headers too.
    ///
    /// # Errors
    ///
    /// When it holds another variable or a path beyond names and indices.
    pub fn parse_response(text: &str) -> Result<Self, InvalidExpression> {
        parse::parse(text, parse::Place::Response)
    }

    /// What the expression comes to for a message.
    ///
    /// # Errors
    ///
    /// [`NotJson`] when the body cannot be parsed; such a message goes to `$default`.
    pub fn evaluate<'a>(&'a self, body: &'a str) -> Result<Cow<'a, str>, NotJson> {
        evaluate::evaluate(&self.terms, body)
    }

    /// What a template selection expression comes to. A body that is not JSON has no
    /// members; text stays what it is, so that `200` selects even for `$connect`.
    pub fn evaluate_request(&self, body: &str) -> String {
        let nothing = BackendAnswer {
            status_code: 0,
            headers: &HeaderMap::new(),
        };
        evaluate::evaluate_response(&self.terms, body, &nothing)
    }

    /// What the expression of an integration response comes to. A body that is not
    /// JSON has no members.
    pub fn evaluate_response(&self, body: &str, answer: &BackendAnswer<'_>) -> String {
        evaluate::evaluate_response(&self.terms, body, answer)
    }
}
