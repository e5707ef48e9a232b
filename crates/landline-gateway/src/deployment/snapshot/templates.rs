//! Mapping templates by their keys, parsed once for each deployment.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-data-mapping.html>.

use std::collections::BTreeMap;

use crate::mapping::{ParseError, Template};

/// The templates of an integration or an integration response, by template key.
///
/// A key is what a template selection expression comes to, not a content type.
#[derive(Debug, Default)]
pub struct Templates(BTreeMap<String, FrozenTemplate>);

/// A template, or why it cannot be used: a deployment may hold one that does not
/// parse, and then only the calls that select it fail.
pub type FrozenTemplate = Result<Template, ParseError>;

impl Templates {
    /// Parses every template of a map.
    pub fn parse(templates: Option<&BTreeMap<String, String>>) -> Self {
        let parsed = templates.into_iter().flatten();
        Self(
            parsed
                .map(|(key, text)| (key.clone(), Template::parse(text)))
                .collect(),
        )
    }

    /// Whether there is no template at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The template for what a selection expression came to; without an expression
    /// `selected` is `None`.
    ///
    /// `$default` is the fallback. Applications also write `default`, and content
    /// types as REST APIs have them, and those work on AWS where nothing selects.
    pub fn select(&self, selected: Option<&str>) -> Option<&FrozenTemplate> {
        let fallbacks: &[&str] = match selected {
            Some(_) => &["$default"],
            None => &["$default", "default", "application/json", "200"],
        };
        selected
            .into_iter()
            .chain(fallbacks.iter().copied())
            .find_map(|key| self.0.get(key))
    }
}
