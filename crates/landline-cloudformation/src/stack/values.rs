//! Values that a template takes from outside: parameters that name a value of the Parameter Store, and dynamic
//! references in properties.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html>

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value as Json;

use super::{DeployError, Deployment, Stack, Stacks};
use crate::quotas;
use crate::sources::ObjectLocation;
use crate::template::dynamic_references::Named;
use crate::template::{Template, TemplateError, dynamic_references, included, parse_text};

impl Stacks {
    /// Reads what the template of a deployment includes, from its bucket or from beside the template.
    pub async fn read_includes(
        &self,
        mut deployment: Deployment,
    ) -> Result<Deployment, DeployError> {
        if !deployment.template.contains("AWS::Include") {
            return Ok(deployment);
        }
        let root = parse_text(&deployment.template)?;
        for location in included(&root, &deployment.parameters)? {
            if !deployment.includes.contains_key(&location) {
                let text = self.included(&location, deployment.directory.as_deref());
                let failed = |reason| {
                    TemplateError::new(format!("Transform AWS::Include failed with: {reason}"))
                };
                let text = text.await.map_err(failed)?;
                deployment.includes.insert(location, text);
            }
        }
        Ok(deployment)
    }

    async fn included(&self, location: &str, directory: Option<&Path>) -> Result<String, String> {
        let content = match (ObjectLocation::parse(location), directory) {
            (Some(location), _) => {
                let content = self.sources.object(&location, &self.caller).await;
                content.map_err(|reason| match reason.strip_suffix(NO_BUCKET) {
                    Some(_) => format!("S3 bucket [{}] does not exist.", location.bucket),
                    None => reason,
                })?
            }
            (None, Some(directory)) => {
                let file = directory.join(location);
                let content = tokio::fs::read(&file).await;
                content
                    .map_err(|error| format!("{}: {error}", file.display()))?
                    .into()
            }
            (None, None) => {
                return Err("The location parameter is not a valid S3 uri.".to_owned());
            }
        };
        if content.len() > quotas::TEMPLATE_BYTES {
            return Err(format!("{location} is {} bytes long", content.len()));
        }
        String::from_utf8(content.into()).map_err(|_| format!("{location} is not UTF-8 text"))
    }

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

    /// The metadata of a resource as AWS tells them: their functions are evaluated.
    pub async fn metadata(&self, stack: &Stack, logical_id: &str) -> Option<Json> {
        let deployment = Deployment {
            stack_name: stack.name.clone(),
            template: stack.state.template.clone(),
            parameters: stack.state.parameters.clone(),
            ..Deployment::default()
        };
        let deployment = self.read_includes(deployment).await.ok()?;
        let blueprint = self.blueprint(stack, &deployment).await.ok()?;
        blueprint.metadata(logical_id, &stack.state.resources)
    }

    /// Puts the values of dynamic references in their place.
    pub(super) async fn resolve_references(&self, mut properties: Json) -> Result<Json, String> {
        let mut values = BTreeMap::new();
        for reference in dynamic_references::find(&properties) {
            let value = match reference.named()? {
                Named::Parameter(name) => self.sources.parameter(&name, &self.caller).await?,
                Named::Secret(secret) => {
                    let text = self.sources.secret(&secret, &self.caller).await?;
                    secret.value(text)?
                }
            };
            values.insert(reference.text, value);
        }
        if !values.is_empty() {
            dynamic_references::replace(&mut properties, &values);
        }
        Ok(properties)
    }
}

/// How S3 says that a bucket is not there; the macro has other words.
const NO_BUCKET: &str = "The specified bucket does not exist";
