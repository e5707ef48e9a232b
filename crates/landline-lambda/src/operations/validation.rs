//! What Lambda refuses beyond the model's constraints, in its words.

use std::collections::BTreeMap;

use landline_api::lambda as api;
use landline_api::lambda::errors::InvalidParameterValueException;
use landline_wire::{Arn, ServiceError};

use crate::code::ExtractError;
use crate::function::Family;
use crate::functions::LATEST;
use crate::quotas::{
    MAX_ENVIRONMENT_BYTES, MAX_LAYERS, MAX_MEMORY_MB, MAX_NAME_LENGTH, MAX_TAGS,
    MAX_TIMEOUT_SECONDS, MAX_UNZIPPED_BYTES, MAX_ZIPPED_BYTES,
};

pub(crate) fn invalid(message: impl Into<String>) -> ServiceError {
    InvalidParameterValueException
        .with(message)
        .with_field("Type", "User")
}

/// What exceeds the account: AWS does not call that the user's fault.
pub(super) fn exceeds_account(message: impl Into<String>) -> ServiceError {
    InvalidParameterValueException.with(message)
}

/// A constraint that the model leaves to the service, refused as the front end refuses others.
fn violated(value: &str, member: &str, constraint: &str) -> ServiceError {
    let message = format!(
        "1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: {constraint}"
    );
    ServiceError::new("ValidationException", 400, message)
}

/// The share of a version: named by its number, between nothing and all.
pub(super) fn weight(version: &str, weight: f64) -> Result<(), ServiceError> {
    let refuse = |constraint: &str| {
        let value = format!("{{{version}={weight:?}}}");
        violated(&value, "routingConfig.additionalVersionWeights", constraint)
    };
    if !version.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(refuse(
            "Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+]",
        ));
    }
    if !(0.0..=1.0).contains(&weight) {
        return Err(refuse(
            "Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]",
        ));
    }
    Ok(())
}

/// Whom a policy can name: everybody, an account, somebody in one, or a service.
pub(super) fn principal(text: &str) -> Result<(), ServiceError> {
    let is_account = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    let ends = [".amazonaws.com", ".amazonaws.com.cn", ".amazon.com"];
    let is_service = ends.iter().any(|end| text.ends_with(end));
    if text == "*" || is_account || is_service || text.starts_with("arn:") {
        return Ok(());
    }
    Err(invalid(
        "The provided principal was invalid. Please check the principal and try again.",
    ))
}

pub(super) fn timeout(seconds: i32) -> Result<(), ServiceError> {
    if seconds <= MAX_TIMEOUT_SECONDS {
        return Ok(());
    }
    let constraint = format!("Member must have value less than or equal to {MAX_TIMEOUT_SECONDS}");
    Err(violated(&seconds.to_string(), "timeout", &constraint))
}

pub(super) fn memory(megabytes: i32) -> Result<(), ServiceError> {
    if megabytes <= MAX_MEMORY_MB {
        return Ok(());
    }
    Err(invalid(format!(
        "'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to {MAX_MEMORY_MB}"
    )))
}

/// A runtime that Landline runs.
pub(super) fn runtime(runtime: &api::Runtime) -> Result<Family, ServiceError> {
    let name = runtime.as_str();
    if !api::Runtime::VALUES.contains(&name) {
        return Err(invalid(format!(
            "Value {name} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: {RUNTIMES} or be a valid ARN"
        )));
    }
    Family::of(name).ok_or_else(|| {
        invalid(format!(
            "Landline does not run the runtime {name} yet; it runs python3.*, nodejs* and provided*, which takes any program that speaks the Lambda Runtime API. {}",
            remedy(name)
        ))
    })
}

/// How code of another language is run all the same.
fn remedy(runtime: &str) -> &'static str {
    let of_language: &[(&str, &str)] = &[
        (
            "java",
            "For Java, add aws-lambda-java-runtime-interface-client to the code and a `bootstrap` that starts it with `java -cp \"./*:lib/*\" com.amazonaws.services.lambda.runtime.api.client.AWSLambda \"$_HANDLER\"` (Java must be installed), and deploy it as provided.al2023.",
        ),
        (
            "ruby",
            "For Ruby, add the gem aws_lambda_ric to the code and a `bootstrap` that runs `aws_lambda_ric \"$_HANDLER\"` (Ruby must be installed), and deploy it as provided.al2023.",
        ),
        (
            "dotnet",
            "For .NET, publish a self-contained executable with Amazon.Lambda.RuntimeSupport, call it `bootstrap`, and deploy it as provided.al2023.",
        ),
        (
            "go",
            "For Go, build the function as `bootstrap` with a current aws-lambda-go, and deploy it as provided.al2023.",
        ),
    ];
    let mut of_language = of_language.iter();
    let found = of_language.find(|(prefix, _)| runtime.starts_with(prefix));
    found.map_or(
        "Deploy it as provided.al2023 with a `bootstrap`.",
        |(_, text)| text,
    )
}

pub(super) fn environment(variables: &BTreeMap<String, String>) -> Result<(), ServiceError> {
    let reserved: Vec<&str> = variables
        .keys()
        .map(String::as_str)
        .filter(|name| RESERVED.contains(name))
        .collect();
    if !reserved.is_empty() {
        return Err(invalid(format!(
            "Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: {}",
            reserved.join(", ")
        )));
    }
    if let Some(name) = variables.keys().find(|name| !is_variable_name(name)) {
        return Err(violated(
            name,
            "environment.variables",
            "Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]",
        ));
    }
    // Names and values count as the JSON that they are.
    let measured = serde_json::Value::from_iter(variables.clone()).to_string();
    if measured.len() > MAX_ENVIRONMENT_BYTES {
        return Err(invalid(format!(
            "Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: {measured}"
        )));
    }
    Ok(())
}

/// At most one version of each of a few layers, in the region of the function.
pub(super) fn layers(layers: &[String], region: &str) -> Result<(), ServiceError> {
    if layers.len() > MAX_LAYERS {
        return Err(invalid(format!(
            "Cannot reference more than {MAX_LAYERS} layers."
        )));
    }
    for (at, arn) in layers.iter().enumerate() {
        if Arn::parse(arn).is_some_and(|parsed| parsed.region != region) {
            return Err(invalid(format!(
                "Layers are not in the same region as the function. Layers are expected to be in region {region}."
            )));
        }
        let layer = |arn: &str| arn.rsplit_once(':').map(|(layer, _)| layer.to_owned());
        let mut before = layers.iter().take(at);
        if let Some(other) = before.find(|other| layer(other) == layer(arn)) {
            return Err(invalid(format!(
                "Two different versions of the same layer are not allowed to be referenced in the same function. {other} and {arn} are versions of the same layer."
            )));
        }
    }
    Ok(())
}

pub(super) fn layer_version(number: i64) -> Result<(), ServiceError> {
    if number >= 1 {
        return Ok(());
    }
    Err(invalid("Layer Version Cannot be less than 1"))
}

pub(super) fn tags(tags: &BTreeMap<String, String>) -> Result<(), ServiceError> {
    if tags.len() <= MAX_TAGS {
        return Ok(());
    }
    Err(invalid("Number of tags exceeds resource tag limit."))
}

/// A URL belongs to a function or to an alias of it, which the call names beside the function.
pub(super) fn url_qualifier(qualifier: &str) -> Result<(), ServiceError> {
    let is_version = qualifier == LATEST || qualifier.bytes().all(|byte| byte.is_ascii_digit());
    if !is_version {
        return Ok(());
    }
    Err(violated(
        qualifier,
        "qualifier",
        r"Member must satisfy regular expression pattern: ((?!^\d+$)^[0-9a-zA-Z-_]+$)",
    ))
}

pub(super) fn architectures(names: &[api::Architecture]) -> Result<(), ServiceError> {
    let is_known = |name: &api::Architecture| api::Architecture::VALUES.contains(&name.as_str());
    if names.iter().all(is_known) {
        return Ok(());
    }
    let names: Vec<&str> = names.iter().map(api::Architecture::as_str).collect();
    Err(violated(
        &format!("[{}]", names.join(", ")),
        "architectures",
        "Member must satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64], Member must not be null]",
    ))
}

pub(super) fn function_name(name: &str) -> Result<(), ServiceError> {
    if name.len() <= MAX_NAME_LENGTH {
        return Ok(());
    }
    let constraint = format!("Member must have length less than or equal to {MAX_NAME_LENGTH}");
    // The code is not that of other broken constraints.
    Err(invalid(violated(name, "functionName", &constraint).message))
}

/// The zip file of a call.
pub(super) fn zip_file(
    zip_file: Option<bytes::Bytes>,
    image: Option<&str>,
    origin: Origin,
) -> Result<bytes::Bytes, ServiceError> {
    if image.is_some() {
        return Err(invalid(
            "Landline does not run container images; give the code as a zip file.",
        ));
    }
    let Some(zip) = zip_file else {
        return Err(invalid("Please provide a source for function code."));
    };
    if zip.is_empty() {
        return Err(invalid("Uploaded file must be a non-empty zip"));
    }
    match origin {
        Origin::Call if zip.len() > MAX_ZIPPED_BYTES => Err(ServiceError::new(
            "RequestEntityTooLargeException",
            413,
            format!("Zipped size must be smaller than {MAX_ZIPPED_BYTES} bytes"),
        )),
        Origin::Bucket if u64::try_from(zip.len()).unwrap_or(u64::MAX) > MAX_UNZIPPED_BYTES => {
            Err(code_error(&ExtractError::TooLarge))
        }
        _ => Ok(zip),
    }
}

/// Where a zip file has come from. Only a call is limited in itself; an object counts by what is in it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Origin {
    Call,
    Bucket,
}

/// Why code was not taken.
pub(super) fn code_error(error: &ExtractError) -> ServiceError {
    match error {
        ExtractError::NotZip(_) => invalid(
            "Could not unzip uploaded file. Please check your file, then try to upload again.",
        ),
        ExtractError::TooLarge => invalid(format!(
            "Unzipped size must be smaller than {MAX_UNZIPPED_BYTES} bytes"
        )),
        ExtractError::TooManyEntries | ExtractError::UnsafePath(_) => invalid(format!(
            "Could not unzip uploaded file: {error}. Please check your file, then try to upload again."
        )),
        ExtractError::Write(_) => ServiceError::internal(error),
    }
}

fn is_variable_name(name: &str) -> bool {
    name.len() > 1
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The runtimes that AWS names to those who have asked for one that it does not know.
const RUNTIMES: &str = "[nodejs20.x, python3.14, provided.al2023, python3.12, python3.13, nodejs24.x, nodejs22.x, java25, python3.10, python3.11, java21, ruby3.3, ruby3.4, ruby3.2, python3.8, python3.9, java17, nodejs16.x, dotnet10, dotnet8, java11, dotnet6, nodejs18.x, provided.al2, java8.al2]";

/// <https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime>
const RESERVED: [&str; 17] = [
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_LAMBDA_RUNTIME_API",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "LAMBDA_RUNTIME_DIR",
    "LAMBDA_TASK_ROOT",
];
