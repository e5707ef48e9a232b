//! Values that a template takes from outside: parameters that name a value of the Parameter Store, and dynamic
//! references in properties.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html>

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{DeployError, Stacks};
use crate::template::{Template, TemplateError, dynamic_references};

impl Stacks {
    /// The values that parameters of the type `AWS::SSM::Parameter::Value<…>` stand for.
    pub(super) async fn resolve_parameters(
        &self,
        template: &Template,
        given: &BTreeMap<String, String>,
    ) -> Result<BTreeMap<String, String>, DeployError> {
        let mut resolved = BTreeMap::new();
        for (name, parameter) in &template.parameters {
            if !parameter.names_another_value() {
                continue;
            }
            let Some(key) = given.get(name).or(parameter.default.as_ref()) else {
                continue;
            };
            let value = self.sources.parameter(key, &self.caller).await;
            let value = value
                .map_err(|reason| TemplateError::at(parameter.line, reason).in_resource(name))?;
            resolved.insert(name.clone(), value);
        }
        Ok(resolved)
    }

    /// Puts the values of dynamic references in their place.
    pub(super) async fn resolve_references(&self, mut properties: Json) -> Result<Json, String> {
        let mut values = BTreeMap::new();
        for reference in dynamic_references::find(&properties) {
            let name = reference.parameter_name()?;
            let value = self.sources.parameter(&name, &self.caller).await?;
            values.insert(reference.text, value);
        }
        if !values.is_empty() {
            dynamic_references::replace(&mut properties, &values);
        }
        Ok(properties)
    }
}
