//! The parameters of a query, decoded.

use landline_wire::ServiceError;

use crate::error::invalid_argument;

/// All parameters, in their order.
#[derive(Debug, Default)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    pub(crate) fn parse(query: &str) -> Self {
        Self(
            form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
        )
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// A parameter that is not empty.
    pub(crate) fn given(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| !value.is_empty())
    }

    /// A number, at most `most`; `most` where there is none.
    pub(crate) fn at_most(&self, name: &str, most: usize) -> Result<usize, ServiceError> {
        let Some(text) = self.given(name) else {
            return Ok(most);
        };
        match text.parse::<i64>() {
            Ok(number) if number >= 0 => {
                Ok(usize::try_from(number).unwrap_or(usize::MAX).min(most))
            }
            _ => {
                let problem = format!("Provided {name} not an integer or within integer range");
                Err(invalid_argument(&problem, name, text))
            }
        }
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }
}
