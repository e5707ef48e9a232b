//! `GetTemplate`, `GetTemplateSummary`, `ValidateTemplate`.

use std::collections::{BTreeMap, BTreeSet};

use landline_api::cloudformation::{
    Capability, GetTemplate, GetTemplateInput, GetTemplateOutput, GetTemplateSummary,
    GetTemplateSummaryInput, GetTemplateSummaryOutput, ParameterConstraints, ParameterDeclaration,
    TemplateParameter, TemplateStage, ValidateTemplate, ValidateTemplateInput,
    ValidateTemplateOutput, Warnings,
};
use landline_wire::{Caller, Handler, ServiceError};

use super::capabilities::{self, Needed};
use super::request::{TemplateSource, transforms};
use super::{CloudFormation, invalid, view};
use crate::stack::{Deployment, StackStatus};
use crate::template::{
    Node, Parameter, Template, TemplateError, check_references, parse_text, process,
};

impl Handler<GetTemplate> for CloudFormation {
    async fn handle(
        &self,
        input: GetTemplateInput,
        _caller: &Caller,
    ) -> Result<GetTemplateOutput, ServiceError> {
        let (text, parameters) = match (input.change_set_name, input.stack_name) {
            (Some(name), None) if !name.starts_with("arn:") => {
                return Err(invalid("StackName is a required parameter."));
            }
            (Some(name), stack_name) => {
                let change_set = self.change_set(&name, stack_name.as_deref())?;
                (change_set.template, change_set.parameters)
            }
            (None, Some(name)) => {
                let state = self.described(&name)?.state;
                (state.template, state.parameters)
            }
            (None, None) => {
                let text = "StackName is required if ChangeSetName is not specified.";
                return Err(invalid(text));
            }
        };
        let body = match input.template_stage {
            Some(TemplateStage::Original) => text,
            _ => self.processed(text, parameters).await,
        };
        Ok(GetTemplateOutput {
            template_body: Some(body),
            stages_available: Some(vec![TemplateStage::Original, TemplateStage::Processed]),
        })
    }
}

impl CloudFormation {
    /// What the transforms make of a template; a template without any stays what its author wrote.
    async fn processed(&self, template: String, parameters: BTreeMap<String, String>) -> String {
        let deployment = Deployment {
            template: template.clone(),
            parameters,
            ..Deployment::default()
        };
        let Ok(deployment) = self.stacks.read_includes(deployment).await else {
            return template;
        };
        let Ok(root) = parse_text(&template) else {
            return template;
        };
        if transforms(&root).is_empty() && deployment.includes.is_empty() {
            return template;
        }
        match process(root, &deployment.parameters, &deployment.includes) {
            Ok(root) => root.to_json().to_string(),
            Err(_) => template,
        }
    }
}

impl Handler<GetTemplateSummary> for CloudFormation {
    async fn handle(
        &self,
        input: GetTemplateSummaryInput,
        _caller: &Caller,
    ) -> Result<GetTemplateSummaryOutput, ServiceError> {
        let text = if let Some(name) = input.stack_name {
            let stack = self.described(&name)?;
            if stack.status == StackStatus::ReviewInProgress {
                let text = "GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.";
                return Err(invalid(text));
            }
            stack.state.template
        } else {
            let source = TemplateSource {
                body: input.template_body,
                url: input.template_url,
                use_previous: false,
            };
            self.template_text(source, None).await?
        };
        let outline = Outline::of(&text).map_err(|error| invalid(error.message))?;
        let template = &outline.template;
        let types: BTreeSet<String> = template
            .resources
            .values()
            .map(|resource| resource.resource_type.clone())
            .collect();
        let unrecognized = types
            .iter()
            .filter(|name| !self.stacks.knows_type(name) && !name.starts_with("AWS::Serverless::"));
        let unrecognized: Vec<String> = unrecognized.cloned().collect();
        let parameters = template.parameters.iter();
        Ok(GetTemplateSummaryOutput {
            parameters: Some(parameters.map(declaration).collect()),
            description: template.description.clone(),
            capabilities: view::some(outline.capabilities()),
            capabilities_reason: outline.capabilities_reason(),
            resource_types: Some(types.into_iter().collect()),
            version: outline.version.clone(),
            metadata: template
                .metadata
                .as_ref()
                .map(|metadata| metadata.to_json().to_string()),
            declared_transforms: view::some(outline.transforms),
            resource_identifier_summaries: Some(self.identifier_summaries(template)),
            warnings: view::some(unrecognized).map(|types| Warnings {
                unrecognized_resource_types: Some(types),
            }),
        })
    }
}

impl Handler<ValidateTemplate> for CloudFormation {
    async fn handle(
        &self,
        input: ValidateTemplateInput,
        _caller: &Caller,
    ) -> Result<ValidateTemplateOutput, ServiceError> {
        let source = TemplateSource {
            body: input.template_body,
            url: input.template_url,
            use_previous: false,
        };
        let text = self.template_text(source, None).await?;
        let outline = Outline::of(&text).map_err(|error| invalid(error.message))?;
        if outline.transforms.is_empty() {
            check_references(&outline.template).map_err(|error| invalid(error.message))?;
        }
        let parameters = outline.template.parameters.iter();
        Ok(ValidateTemplateOutput {
            parameters: Some(parameters.map(template_parameter).collect()),
            description: outline.template.description.clone(),
            capabilities: view::some(outline.capabilities()),
            capabilities_reason: outline.capabilities_reason(),
            declared_transforms: view::some(outline.transforms),
        })
    }
}

/// A template as far as it can be told without parameters: the resources are those that its author wrote.
struct Outline {
    template: Template,
    transforms: Vec<String>,
    version: Option<String>,
    needed: Needed,
}

impl Outline {
    fn of(text: &str) -> Result<Self, TemplateError> {
        let root = parse_text(text)?;
        let transforms = transforms(&root);
        let version = root
            .get("AWSTemplateFormatVersion")
            .and_then(Node::scalar_text);
        let has_loops = transforms
            .iter()
            .any(|name| name == "AWS::LanguageExtensions");
        let template = if has_loops {
            Template::parse(text)?
        } else {
            Template::from_node(&root, text)?
        };
        let needed = capabilities::needed(&template);
        Ok(Self {
            template,
            transforms,
            version,
            needed,
        })
    }

    fn capabilities(&self) -> Vec<Capability> {
        let mut all: Vec<Capability> = self.needed.capability.iter().cloned().collect();
        if !self.transforms.is_empty() {
            all.push(Capability::CapabilityAutoExpand);
        }
        all
    }

    fn capabilities_reason(&self) -> Option<String> {
        if !self.transforms.is_empty() {
            return Some(format!(
                "The following transform(s) require capabilities: [{}]",
                self.transforms.join(", ")
            ));
        }
        let types: Vec<&str> = self
            .needed
            .resource_types
            .iter()
            .map(String::as_str)
            .collect();
        (!types.is_empty()).then(|| {
            format!(
                "The following resource(s) require capabilities: [{}]",
                types.join(", ")
            )
        })
    }
}

fn declaration((name, parameter): (&String, &Parameter)) -> ParameterDeclaration {
    let allowed = parameter.allowed_values();
    ParameterDeclaration {
        parameter_key: Some(name.clone()),
        default_value: parameter.default.clone(),
        parameter_type: Some(parameter.parameter_type.clone()),
        no_echo: Some(parameter.no_echo),
        description: parameter.description.clone(),
        parameter_constraints: Some(ParameterConstraints {
            allowed_values: (!allowed.is_empty()).then(|| allowed.to_vec()),
        }),
    }
}

fn template_parameter((name, parameter): (&String, &Parameter)) -> TemplateParameter {
    TemplateParameter {
        parameter_key: Some(name.clone()),
        default_value: parameter.default.clone(),
        no_echo: Some(parameter.no_echo),
        description: parameter.description.clone(),
    }
}
