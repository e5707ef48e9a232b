//! An authorizer of a REST API that its owner tries out: what it says, and the log of how it came to say it.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/api/API_TestInvokeAuthorizer.html>. The lines were observed on AWS.

use std::collections::BTreeMap;

use landline_wire::Timestamp;
use serde_json::{Map, Value};

use super::lambda::{self, Failure, Verdict};
use super::{Entrance, jwt};
use crate::authorizer::lambda::caller_of;
use crate::deployment::snapshot::{
    Authorization, Authorizer, AuthorizerKind, IdentitySource, UserPoolAuthorizer,
};
use crate::observe::{listed, masked};

/// What an authorizer said.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    /// What a client would get; nothing where it would be let on.
    pub(crate) status: u16,
    pub(crate) principal_id: Option<String>,
    /// The policy as the function wrote it.
    pub(crate) policy: Option<String>,
    /// What a token of a user pool says.
    pub(crate) claims: Option<BTreeMap<String, String>>,
    pub(crate) lines: Vec<(Timestamp, String)>,
}

/// Asks the authorizer of the only route that there is.
pub(crate) async fn try_out(entrance: &Entrance<'_>, authorizer_id: &str) -> Judged {
    let mut trial = Trial {
        entrance,
        judged: Judged::default(),
    };
    let id = entrance.request_id;
    trial.tell(format!(
        "Starting authorizer: {authorizer_id} for request: {id}"
    ));
    match &entrance.route.authorization {
        Authorization::Custom(Some(authorizer)) => trial.ask_function(authorizer).await,
        Authorization::UserPools(pools) => trial.ask_pools(pools).await,
        _ => trial.fail("Authorizer error"),
    }
    trial.judged
}

struct Trial<'a> {
    entrance: &'a Entrance<'a>,
    judged: Judged,
}

impl Trial<'_> {
    fn tell(&mut self, line: String) {
        let now = self.entrance.plane.clock.now();
        self.judged.lines.push((now, line));
    }

    fn refuse(&mut self) {
        let id = self.entrance.request_id;
        self.tell(format!("Unauthorized request: {id}"));
        self.tell("Unauthorized".to_owned());
        self.judged.status = 401;
    }

    fn fail(&mut self, why: &str) {
        self.tell(format!(
            "Execution failed due to configuration error: {why}"
        ));
        self.tell("AuthorizerConfigurationException".to_owned());
        self.judged.status = 500;
    }

    fn succeed(&mut self) {
        self.tell("Successfully completed authorizer execution".to_owned());
    }

    async fn ask_function(&mut self, authorizer: &Authorizer) {
        let entrance = self.entrance;
        let Ok(identity) = lambda::identity(entrance, authorizer) else {
            return self.refuse();
        };
        self.tell(format!(
            "Incoming identity: {}",
            shown(authorizer, &identity)
        ));
        let mut event = lambda::event(entrance, authorizer, &identity);
        let arn = entrance.call.method_arn(entrance.stage);
        let stage = format!("/{}/", entrance.stage.stage_name);
        // Of all that names the stage, AWS calls it this here alone.
        let arn = arn.replacen(&stage, "/ESTestInvoke-stage/", 1);
        event.insert("methodArn".to_owned(), arn.into());
        let payload = Value::Object(event).to_string();
        self.tell_request(authorizer, &payload);
        let output = match lambda::invoke(entrance, authorizer, payload).await {
            Ok(output) => output,
            Err(why) => return self.fail(&why),
        };
        let body = output.payload.clone().unwrap_or_default();
        let verdict = lambda::read(authorizer, &output);
        if matches!(verdict, Err(Failure::Unauthorized)) {
            return self.refuse();
        }
        let text = String::from_utf8_lossy(&body);
        self.tell(format!("Authorizer result body before parsing: {text}"));
        match verdict {
            Ok(Verdict::Policy(_)) => self.accept(&body),
            Err(Failure::Failed(why) | Failure::Malformed(why)) => {
                self.fail(&format!("Invalid JSON in response: {why}"));
            }
            Ok(Verdict::Simple { .. }) | Err(Failure::Unauthorized) => {
                self.fail("Authorizer error");
            }
        }
    }

    /// The request that API Gateway would send to Lambda over the network.
    fn tell_request(&mut self, authorizer: &Authorizer, payload: &str) {
        let (entrance, stage) = (self.entrance, self.entrance.stage);
        let function = authorizer.function.arn(&stage.variables);
        let uri = format!(
            "https://lambda.{}.amazonaws.com/2015-03-31/functions/{}/invocations",
            stage.region,
            function.unwrap_or_default()
        );
        let caller = caller_of(stage, authorizer, entrance.request_id);
        let agent = format!("AmazonAPIGateway_{}", stage.api_id);
        let date = entrance.time.iso8601_basic();
        let headers = [
            ("x-amzn-lambda-integration-tag", entrance.request_id),
            ("X-Amz-Date", &date),
            ("x-amzn-apigateway-api-id", stage.api_id.as_str()),
            (
                "X-Amz-Source-Arn",
                caller.source_arn.as_deref().unwrap_or_default(),
            ),
            ("Accept", "application/json"),
            ("User-Agent", &agent),
        ];
        self.tell(format!("Endpoint request URI: {uri}"));
        let headers = listed(headers.into_iter());
        self.tell(format!("Endpoint request headers: {headers}"));
        self.tell(format!(
            "Endpoint request body after transformations: {payload}"
        ));
        self.tell(format!("Sending request to {uri}"));
    }

    fn accept(&mut self, body: &[u8]) {
        let result: Map<String, Value> = serde_json::from_slice(body).unwrap_or_default();
        let principal = result.get("principalId").and_then(Value::as_str);
        let principal = principal.unwrap_or_default().to_owned();
        self.tell(format!(
            "Using valid authorizer policy for principal: {}",
            masked(&principal)
        ));
        self.succeed();
        self.judged.principal_id = Some(principal);
        self.judged.policy = result.get("policyDocument").map(Value::to_string);
    }

    async fn ask_pools(&mut self, pools: &UserPoolAuthorizer) {
        let Ok(who) = jwt::authorize_user(self.entrance, pools).await else {
            return self.refuse();
        };
        let claims = who.authorizer.as_ref().and_then(|it| it.get("claims"));
        let claims = claims.and_then(Value::as_object).into_iter().flatten();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let claims = claims.map(|(name, value)| (name.clone(), text(value)));
        self.judged.claims = Some(claims.collect());
        self.succeed();
    }
}

/// An identity as logs show it: a token by its end, other sources by name.
fn shown(authorizer: &Authorizer, identity: &[String]) -> String {
    if matches!(authorizer.kind, AuthorizerKind::Token { .. }) {
        return masked(identity.first().map(String::as_str).unwrap_or_default());
    }
    let sources = authorizer.identity_sources.iter().zip(identity);
    let sources = sources.map(|(source, value)| {
        let name = match source {
            IdentitySource::Header(name) => format!("method.request.header.{name}"),
            IdentitySource::QueryString(name) => format!("method.request.querystring.{name}"),
            IdentitySource::StageVariable(name) => format!("stageVariables.{name}"),
            IdentitySource::Context(path) => format!("context.{path}"),
        };
        (name, masked(value))
    });
    let sources: Vec<(String, String)> = sources.collect();
    listed(
        sources
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str())),
    )
}
