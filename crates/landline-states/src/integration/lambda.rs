//! Functions: by their own ARN, and by `lambda:invoke`.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html>

use landline_api::lambda::{InvocationType, Invoke, InvokeInput, InvokeOutput};
use landline_wire::{Caller, Dispatcher};
use serde_json::{Map, Value, json};

use super::names;
use crate::failure::{Failure, RUNTIME};

/// Calls a function; what it answers is the result.
pub(crate) async fn invoke(
    dispatcher: &Dispatcher,
    caller: &Caller,
    function: &str,
    payload: &Value,
) -> Result<Value, Failure> {
    let input = InvokeInput {
        function_name: function.to_owned(),
        payload: Some(payload.to_string().into()),
        ..Default::default()
    };
    let output = call(dispatcher, caller, input).await?;
    Ok(answer(&output))
}

async fn call(
    dispatcher: &Dispatcher,
    caller: &Caller,
    input: InvokeInput,
) -> Result<InvokeOutput, Failure> {
    let service = names::optimized("lambda");
    let output = dispatcher.call_judged::<Invoke>(input, caller).await;
    let output = output.map_err(|error| service.failure(dispatcher, &error, caller))?;
    if output.function_error.is_none() {
        return Ok(output);
    }
    let payload = output.payload.unwrap_or_default();
    let text = String::from_utf8_lossy(&payload).into_owned();
    let told: Value = serde_json::from_str(&text).unwrap_or_default();
    let error = told.get("errorType").and_then(Value::as_str);
    Err(match error.filter(|error| !error.is_empty()) {
        Some(error) => Failure::new(error, text),
        None => Failure::new(
            "Lambda.Unknown",
            format!(
                "The cause could not be determined because Lambda did not return an error type. Returned payload: {text}"
            ),
        ),
    })
}

/// What the function gave, or nothing where it was not waited for.
fn answer(output: &InvokeOutput) -> Value {
    let payload = output.payload.as_deref().unwrap_or_default();
    match serde_json::from_slice(payload) {
        Ok(value) => value,
        Err(_) if payload.is_empty() => json!({}),
        Err(_) => String::from_utf8_lossy(payload).into_owned().into(),
    }
}

/// `lambda:invoke`, with all that can be said of a call.
pub(super) async fn invoke_with(
    dispatcher: &Dispatcher,
    caller: &Caller,
    mut parameters: Map<String, Value>,
) -> Result<Value, Failure> {
    let payload = parameters.remove("Payload");
    let text = |name: &str| parameters.get(name).and_then(Value::as_str);
    let Some(function) = text("FunctionName") else {
        let parameters = Value::Object(parameters);
        let cause = format!(
            "The Parameters '{parameters}' could not be used to start the Task: [The field 'FunctionName' is required but was missing]"
        );
        return Err(Failure::new(RUNTIME, cause));
    };
    let input = InvokeInput {
        function_name: function.to_owned(),
        qualifier: text("Qualifier").map(str::to_owned),
        client_context: text("ClientContext").map(str::to_owned),
        invocation_type: text("InvocationType").map(InvocationType::from),
        log_type: text("LogType").map(Into::into),
        payload: payload.map(|payload| payload.to_string().into()),
        ..Default::default()
    };
    let output = call(dispatcher, caller, input).await?;
    let id = &*caller.request_id;
    let version = output.executed_version.clone();
    let length = output.payload.as_ref().map_or(0, bytes::Bytes::len);
    let mut result = json!({
        "ExecutedVersion": version,
        "Payload": answer(&output),
        "SdkHttpMetadata": {
            "AllHttpHeaders": {
                "X-Amz-Executed-Version": [version], "x-amzn-RequestId": [id],
                "Content-Length": [length.to_string()], "Content-Type": ["application/json"],
            },
            "HttpHeaders": {
                "X-Amz-Executed-Version": version, "x-amzn-RequestId": id,
                "Content-Length": length.to_string(), "Content-Type": "application/json",
            },
            "HttpStatusCode": output.status_code,
        },
        "SdkResponseMetadata": { "RequestId": id },
        "StatusCode": output.status_code,
    });
    if version.is_none() {
        // Nobody waited for the function.
        if let Value::Object(members) = &mut result {
            members.remove("ExecutedVersion");
            members.insert("Payload".to_owned(), json!(""));
        }
    }
    if let Some(log) = output.log_result {
        result["LogResult"] = log.into();
    }
    Ok(result)
}
