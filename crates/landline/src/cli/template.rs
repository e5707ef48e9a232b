//! `landline template expand`: what the transforms make of a template.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use landline_cloudformation::template::{Includes, included, parse_text, process};

use super::Expand;
use crate::dev::Project;

/// Prints the template as CloudFormation would deploy it, in JSON.
pub(super) fn expand(expand: &Expand) -> anyhow::Result<ExitCode> {
    let parameters = expand.parameters.iter().cloned().collect();
    let text = expanded(&expand.template, &parameters)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}").context("the template cannot be printed")?;
    Ok(ExitCode::SUCCESS)
}

fn expanded(template: &Path, parameters: &BTreeMap<String, String>) -> anyhow::Result<String> {
    let project = Project::find(template, None)?;
    let deployment = project.deployment(BTreeMap::new())?;
    let root = parse_text(&deployment.template)?;
    let mut includes = Includes::new();
    for location in included(&root, parameters)? {
        let file = deployment
            .directory
            .iter()
            .map(|it| it.join(&location))
            .next();
        let text = file.and_then(|file| std::fs::read_to_string(file).ok());
        includes.extend(text.map(|text| (location, text)));
    }
    let root = process(root, parameters, &includes)?;
    Ok(serde_json::to_string_pretty(&root.to_json())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_printed_with_its_transforms_applied() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("template.yaml");
        let text = "Transform: AWS::Serverless-2016-10-31\nResources:\n  T: {Type: AWS::Serverless::SimpleTable}\n";
        std::fs::write(&path, text).unwrap();
        let json = expanded(&path, &BTreeMap::new()).unwrap();
        assert!(json.contains("\"AWS::DynamoDB::Table\""), "{json}");
        assert!(!json.contains("Transform"), "{json}");
    }
}
