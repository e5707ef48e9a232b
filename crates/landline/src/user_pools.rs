//! The user pools of this node, as others see them: the gateway's authorizers ask for their keys, and clients for what they
//! publish.

use std::sync::Arc;

use http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, CACHE_CONTROL, CONTENT_TYPE,
    HeaderValue, ORIGIN,
};
use http::{Request, StatusCode};
use landline_api::cognito_idp;
use landline_cognito::{Cognito, Document};
use landline_gateway::PublishKeys;
use landline_wire::OperationMeta;
use landline_wire::protocol::dynamodb::Cors;

use crate::front_door::Response;
use crate::front_door::answer::{full, text};

/// The pools, as issuers of tokens.
#[derive(Debug)]
pub(crate) struct OwnPools(pub(crate) Arc<Cognito>);

impl PublishKeys for OwnPools {
    fn keys_of(&self, issuer: &str) -> Option<String> {
        let rest = issuer.strip_prefix("https://cognito-idp.")?;
        let (_, pool) = rest.split_once(".amazonaws.com/")?;
        let keys = self.0.published(pool, Document::Keys)?;
        Some(keys.to_string())
    }
}

/// What a pool publishes, to whoever asks.
pub(crate) fn well_known(cognito: &Cognito, pool: &str, name: &str) -> Response {
    let document = Document::named(name).and_then(|document| cognito.published(pool, document));
    let Some(document) = document else {
        let why = format!("{{\"message\":\"User pool {pool} does not exist.\"}}");
        return text(StatusCode::NOT_FOUND, why);
    };
    let mut response = Response::new(full(document.to_string()));
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_TYPE, "application/json;charset=UTF-8"),
        (CACHE_CONTROL, "public, max-age=86400"),
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether everybody may call an operation: what users do themselves needs no signature, but a password or a token.
pub(crate) fn is_for_everybody(operation: &OperationMeta) -> bool {
    operation.service.name == cognito_idp::SERVICE.name && FOR_EVERYBODY.contains(&operation.name)
}

/// Whether a web page asks a user pool, and may. It shows no signature, so where any credentials pass only pages of this
/// machine do.
pub(crate) fn asks_from_page<B>(request: &Request<B>, cors: Cors) -> bool {
    let target = request.headers().get("x-amz-target");
    let target = target.and_then(|target| target.to_str().ok());
    let origin = request.headers().get(ORIGIN);
    target.is_some_and(|target| target.starts_with(TARGET))
        && origin.is_some_and(|origin| cors.admits(origin))
}

/// Lets the page read the answer.
pub(crate) fn show_to_page(response: &mut Response) {
    let headers = response.headers_mut();
    for (name, value) in [
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (
            ACCESS_CONTROL_EXPOSE_HEADERS,
            "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

const TARGET: &str = "AWSCognitoIdentityProviderService.";

/// The operations whose model asks for no signature.
const FOR_EVERYBODY: [&str; 17] = [
    "ChangePassword",
    "ConfirmForgotPassword",
    "ConfirmSignUp",
    "DeleteUser",
    "DeleteUserAttributes",
    "ForgotPassword",
    "GetTokensFromRefreshToken",
    "GetUser",
    "GetUserAttributeVerificationCode",
    "GlobalSignOut",
    "InitiateAuth",
    "ResendConfirmationCode",
    "RespondToAuthChallenge",
    "RevokeToken",
    "SignUp",
    "UpdateUserAttributes",
    "VerifyUserAttribute",
];
