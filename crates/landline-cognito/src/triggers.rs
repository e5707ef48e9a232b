//! The functions that a pool asks: whether somebody may come in, and what tokens say.
//! <https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html>

use std::collections::BTreeMap;

use landline_api::cognito_idp::errors;
use landline_api::lambda;
use landline_wire::ServiceError;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::Cognito;
use crate::pool::Pool;
use crate::quotas::TRIGGER_TIMEOUT;
use crate::user::{Status, UserRecord};

/// What a function is asked.
#[derive(Debug)]
pub(crate) struct Question<'a> {
    /// `PreSignUp`, as refusals name it.
    pub(crate) trigger: &'static str,
    /// `PreSignUp_SignUp`, as the function is told it.
    pub(crate) source: &'a str,
    pub(crate) version: &'static str,
    pub(crate) user_name: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) request: Value,
    pub(crate) response: Value,
}

impl<'a> Question<'a> {
    /// A question in its first version.
    pub(crate) fn new(
        trigger: &'static str,
        source: &'a str,
        (user_name, client_id): (&'a str, &'a str),
        request: Value,
        response: Value,
    ) -> Self {
        Self {
            trigger,
            source,
            version: "1",
            user_name,
            client_id,
            request,
            response,
        }
    }
}

impl Cognito {
    /// Asks the function of a trigger, and gives its `response`; where the pool has none, what was proposed.
    pub(crate) async fn ask(
        &self,
        pool: &Pool,
        function: Option<&String>,
        question: Question<'_>,
    ) -> Result<Value, ServiceError> {
        let Some(function) = function else {
            return Ok(question.response);
        };
        let trigger = question.trigger;
        let event = json!({
            "version": question.version,
            "region": pool.region(),
            "userPoolId": pool.id,
            "userName": question.user_name,
            "callerContext": {
                "awsSdkVersion": "aws-sdk-unknown-unknown",
                "clientId": question.client_id,
            },
            "triggerSource": question.source,
            "request": question.request,
            "response": question.response,
        });
        let input = lambda::InvokeInput {
            function_name: function.clone(),
            payload: Some(event.to_string().into()),
            ..Default::default()
        };
        let caller = pool.caller();
        let call = self.dispatcher.call::<lambda::Invoke>(input, &caller);
        let answered = timeout(TRIGGER_TIMEOUT, call).await;
        let unexpected = |why: &str| {
            let text = format!("{trigger} invocation failed due to error {why}.");
            errors::UnexpectedLambdaException.with(text)
        };
        let output = match answered {
            Ok(Ok(output)) => output,
            Ok(Err(refusal)) => return Err(unexpected(&refusal.code)),
            Err(_) => return Err(unexpected("TimeoutException")),
        };
        let payload = output.payload.unwrap_or_default();
        let answer = serde_json::from_slice::<Value>(&payload).unwrap_or_default();
        if output.function_error.is_some() {
            let why = answer["errorMessage"].as_str().unwrap_or("Unhandled");
            let text = format!("{trigger} failed with error {}.", why.trim_end_matches('.'));
            return Err(errors::UserLambdaValidationException.with(text));
        }
        match answer.get("response") {
            Some(response @ Value::Object(_)) => Ok(response.clone()),
            _ => Err(unrecognized()),
        }
    }
}

/// The function answered something else than its event.
pub(crate) fn unrecognized() -> ServiceError {
    errors::InvalidLambdaResponseException.with("Unrecognizable lambda output")
}

/// What functions are told of a user.
pub(crate) fn attributes_of(user: &UserRecord) -> Value {
    let mut attributes: BTreeMap<&str, &str> = user
        .attributes
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    attributes.insert("sub", &user.sub);
    let status = user.status.shown();
    // Whoever is not there yet has no status.
    if user.status != Status::Unconfirmed || user.password.is_some() {
        attributes.insert("cognito:user_status", status.as_str());
    }
    json!(attributes)
}
