//! Function URLs: an HTTP request becomes an event, what the function returns becomes the answer.
//!
//! 1. [`event`]: the request as the function gets it (payload format 2.0; pure);
//! 2. [`answer`]: what the function returned as an HTTP answer (pure);
//! 3. [`stream`]: the same for answers that come in parts;
//! 4. [`cors`]: what pages of other origins may do (pure).
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html>

mod answer;
mod cors;
mod event;
mod stream;

use std::sync::Arc;

use bytes::Bytes;
use landline_api::lambda as api;
use landline_wire::policy::{Context, Decision, PolicyRequest, ResourcePolicy};
use landline_wire::{Around, Asked, Caller, ServiceError};

use crate::Lambda;
use crate::function::policy::{document, policy_of, url_is_public};
use crate::function::record::FunctionUrl;

pub use stream::UrlStream;

/// A request for a function's URL.
#[derive(Debug, Clone)]
pub struct UrlRequest {
    /// `GET`
    pub method: String,
    /// `HTTP/1.1`
    pub protocol: String,
    /// Behind the host, still percent-encoded.
    pub path: String,
    /// Behind the question mark, still percent-encoded; may be empty.
    pub query: String,
    /// Names in lower case, as they came.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

/// Who calls a function's URL.
#[derive(Debug, Clone)]
pub enum UrlCaller {
    /// The request is not signed.
    Anonymous(Caller),
    /// The request is signed by this caller.
    Signed(Caller),
}

/// What the client gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrlAnswer {
    /// The HTTP status.
    pub status: u16,
    /// A name may come several times.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

impl UrlCaller {
    fn caller(&self) -> &Caller {
        match self {
            Self::Anonymous(caller) | Self::Signed(caller) => caller,
        }
    }
}

impl Lambda {
    /// Answers a request for the URL with this id; what is streamed follows the answer.
    pub async fn serve_url(
        self: &Arc<Self>,
        id: &str,
        request: UrlRequest,
        caller: &UrlCaller,
    ) -> (UrlAnswer, Option<UrlStream>) {
        let Some((url, function_arn)) = self.url_target(id) else {
            return (answer::forbidden("Forbidden"), None);
        };
        let origin = request.header("origin").map(str::to_owned);
        if let Some(cors) = &url.cors
            && request.method == "OPTIONS"
            && request.header("access-control-request-method").is_some()
        {
            return (cors::preflight(cors, origin.as_deref()), None);
        }
        let (mut answer, rest) = match self.check_url_caller(&url, &function_arn, caller).await {
            Err(message) => (answer::forbidden(message), None),
            Ok(()) => self.invoke_url(&url, &function_arn, &request, caller).await,
        };
        if let Some(cors) = &url.cors {
            cors::mark(cors, origin.as_deref(), &mut answer);
        }
        (answer, rest)
    }

    /// Whether a function here has the URL with this id.
    pub fn has_url(&self, id: &str) -> bool {
        self.functions.behind_url(id).is_some()
    }

    fn url_target(&self, id: &str) -> Option<(FunctionUrl, String)> {
        let (name, alias) = self.functions.behind_url(id)?;
        let latest = self.latest(&name).ok()?;
        let url = latest.record.urls.get(&alias)?.clone();
        let arn = match alias.as_str() {
            "" => latest.spec.arn.to_string(),
            alias => format!("{}:{alias}", latest.spec.arn),
        };
        Some((url, arn))
    }

    /// Everybody needs a statement of the function's policy; a role its own policies or that.
    async fn check_url_caller(
        &self,
        url: &FunctionUrl,
        function_arn: &str,
        caller: &UrlCaller,
    ) -> Result<(), &'static str> {
        let Ok(target) = self.target(function_arn, None) else {
            return Err("Forbidden");
        };
        let statements = policy_of(&target.latest.record.statements, target.key());
        if url.auth_type == "NONE" {
            return url_is_public(statements).then_some(()).ok_or(FORBIDDEN);
        }
        let UrlCaller::Signed(caller) = caller else {
            return Err("Forbidden");
        };
        let Some(permissions) = &self.config.permissions else {
            return Ok(());
        };
        let request = PolicyRequest {
            action: INVOKE_URL,
            resource: function_arn,
            context: Context::default().with("lambda:FunctionUrlAuthType", "AWS_IAM"),
        };
        let policy = ResourcePolicy::parse(&document(statements, function_arn));
        let around = Around {
            resource_policy: policy
                .map_or(Decision::ImplicitDeny, |it| it.decide(caller, &request)),
            context: &[("lambda:FunctionUrlAuthType", "AWS_IAM".to_owned())],
        };
        let asked = Asked {
            action: INVOKE_URL,
            resource: function_arn,
        };
        let permitted = permissions.permit_around(caller, asked, around).await;
        permitted.map_err(|_| FORBIDDEN)
    }

    async fn invoke_url(
        self: &Arc<Self>,
        url: &FunctionUrl,
        function_arn: &str,
        request: &UrlRequest,
        caller: &UrlCaller,
    ) -> (UrlAnswer, Option<UrlStream>) {
        let around = event::Around {
            url_id: &url.id,
            region: &self.config.region,
            now: self.config.clock.now(),
        };
        let event = event::of(request, caller, &around);
        let input = api::InvokeInput {
            function_name: function_arn.to_owned(),
            payload: Some(event.to_string().into()),
            ..Default::default()
        };
        if url.invoke_mode == "RESPONSE_STREAM" {
            return match self.stream(input, caller.caller()).await {
                Ok(streaming) => stream::begin(streaming).await,
                Err(refusal) => (refused(&refusal), None),
            };
        }
        let dispatcher = &self.config.dispatcher;
        let invoked = dispatcher.call::<api::Invoke>(input, caller.caller());
        let answer = match invoked.await {
            Ok(output) if output.function_error.is_some() => answer::broken(502),
            Ok(output) => answer::of(&output.payload.unwrap_or_default()),
            Err(refusal) => refused(&refusal),
        };
        (answer, None)
    }
}

fn refused(refusal: &ServiceError) -> UrlAnswer {
    answer::broken(match refusal.status {
        429 => 429,
        413 => 413,
        _ => 502,
    })
}

impl UrlRequest {
    fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

const INVOKE_URL: &str = "lambda:InvokeFunctionUrl";
const FORBIDDEN: &str = "Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html";

#[cfg(test)]
mod tests;
