//! The code of a function: inline text, an object in S3, or a path of the author's machine.

use std::path::Path;

use bytes::Bytes;
use landline_api::lambda::FunctionCode;
use serde_json::{Value as Json, json};

use super::super::input::{input, text};
use crate::artifacts::{Artifacts, zip_texts};
use crate::provider::ProvisionError;

/// Packs code that is a path in `property`, and puts its fingerprint beside the path: so changed code is a changed
/// property.
/// `Code: PATH` is what `aws cloudformation package` reads, and what the SAM transform makes of `CodeUri: PATH`.
pub(super) async fn prepare(
    mut properties: Json,
    property: &str,
    directory: Option<&Path>,
    artifacts: &dyn Artifacts,
) -> Result<Json, ProvisionError> {
    let Some(path) = text(&properties, property) else {
        return Ok(properties);
    };
    let Some(directory) = directory else {
        return Err(ProvisionError::new(format!(
            "The code of the function is the local path {path}: upload it first (sam package, aws cloudformation package)."
        )));
    };
    let sha256 = artifacts
        .package(directory, &path)
        .await
        .map_err(|error| ProvisionError::new(error.to_string()))?;
    properties[property] = json!({"Path": path, "Sha256": sha256});
    Ok(properties)
}

/// The code as Lambda takes it.
pub(super) fn read(
    properties: &Json,
    artifacts: &dyn Artifacts,
) -> Result<FunctionCode, ProvisionError> {
    let code = &properties["Code"];
    if let Some(zip) = packed(code, artifacts)? {
        return Ok(with_zip(zip));
    }
    if let Some(source) = text(code, "ZipFile") {
        return inline(properties, &source);
    }
    input(code, &[])
}

/// The zip file of what was packed by [`prepare`].
pub(super) fn packed(
    code: &Json,
    artifacts: &dyn Artifacts,
) -> Result<Option<Bytes>, ProvisionError> {
    let (Some(path), Some(sha256)) = (text(code, "Path"), text(code, "Sha256")) else {
        return Ok(None);
    };
    let missing = || {
        ProvisionError::new(format!(
            "The code that {path} held is not at hand any more; deploy again."
        ))
    };
    artifacts.get(&sha256).ok_or_else(missing).map(Some)
}

/// Inline code is one file, named after the runtime; its handler is `index.NAME`. Code that names the module by which
/// custom resources answer finds it beside itself, as on AWS.
fn inline(properties: &Json, source: &str) -> Result<FunctionCode, ProvisionError> {
    let runtime = text(properties, "Runtime").unwrap_or_default();
    let (file, module, response) = match runtime.as_str() {
        name if name.starts_with("python") => ("index.py", "cfnresponse", PYTHON_RESPONSE),
        name if name.starts_with("nodejs") => ("index.js", "cfn-response", NODE_RESPONSE),
        _ => {
            return Err(ProvisionError::new(format!(
                "ZipFile can only be used with nodejs and python runtimes, not with {runtime}"
            )));
        }
    };
    if source.len() > INLINE_BYTES {
        return Err(ProvisionError::new(format!(
            "ZipFile is {} bytes long, the limit is {INLINE_BYTES}",
            source.len()
        )));
    }
    let mut files = vec![(file, source.as_bytes())];
    if source.contains(module) {
        files.push(response);
    }
    let zip = zip_texts(&files).map_err(|error| ProvisionError::new(error.to_string()))?;
    Ok(with_zip(zip))
}

fn with_zip(zip: Bytes) -> FunctionCode {
    FunctionCode {
        zip_file: Some(zip),
        ..Default::default()
    }
}

/// The module by which inline code of a custom resource answers, and where its file lies.
const PYTHON_RESPONSE: (&str, &[u8]) = ("cfnresponse.py", include_bytes!("response.py"));
const NODE_RESPONSE: (&str, &[u8]) = (
    "node_modules/cfn-response/index.js",
    include_bytes!("response.js"),
);

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html>
const INLINE_BYTES: usize = 4 * 1024 * 1024;
