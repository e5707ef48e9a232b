//! What Lambda refuses beyond the model's constraints, in its words.

use std::collections::BTreeMap;

use landline_api::lambda as api;
use landline_api::lambda::errors::{InvalidParameterValueException, RequestTooLargeException};
use landline_wire::ServiceError;

use crate::code::ExtractError;
use crate::function::Family;
use crate::quotas::{
    MAX_ENVIRONMENT_BYTES, MAX_LAYERS, MAX_MEMORY_MB, MAX_TIMEOUT_SECONDS, MAX_UNZIPPED_BYTES,
    MAX_ZIPPED_BYTES,
};

pub(crate) fn invalid(message: impl Into<String>) -> ServiceError {
    InvalidParameterValueException
        .with(message)
        .with_field("Type", "User")
}

/// A constraint that the model leaves to the service, refused as the front end refuses others.
fn violated(value: &str, member: &str, constraint: &str) -> ServiceError {
    let message = format!(
        "1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: {constraint}"
    );
    ServiceError::new("ValidationException", 400, message)
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
    let bytes: usize = variables
        .iter()
        .map(|(name, value)| name.len() + value.len())
        .sum();
    if bytes > MAX_ENVIRONMENT_BYTES {
        return Err(invalid(
            "Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit.",
        ));
    }
    Ok(())
}

pub(super) fn layers(layers: &[String]) -> Result<(), ServiceError> {
    if layers.len() > MAX_LAYERS {
        return Err(invalid(format!(
            "Cannot reference more than {MAX_LAYERS} layers."
        )));
    }
    Ok(())
}

/// The zip file of a call, wherever it came from.
pub(super) fn zip_file(
    zip_file: Option<bytes::Bytes>,
    image: Option<&str>,
    operation: &str,
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
    if zip.len() > MAX_ZIPPED_BYTES {
        return Err(RequestTooLargeException.with(format!(
            "Request must be smaller than 70167211 bytes for the {operation} operation"
        )));
    }
    Ok(zip)
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
