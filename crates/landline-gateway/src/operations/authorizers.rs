//! Authorizers: the functions that `$connect` asks whether a client may come in.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html>.

use landline_api::apigatewayv2::{
    Authorizer, AuthorizerType, CreateAuthorizer, CreateAuthorizerInput, DeleteAuthorizer,
    DeleteAuthorizerInput, GetAuthorizer, GetAuthorizerInput, GetAuthorizers, GetAuthorizersInput,
    GetAuthorizersOutput, ProtocolType, Route, UpdateAuthorizer, UpdateAuthorizerInput,
};
use landline_store::Transaction;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::page::page;
use super::patch::{self, non_empty};
use super::{ApiGateway, expect, http_apis};
use crate::state::{self, Failure, Resource, bad_request, conflict, quota_reached};

impl Handler<CreateAuthorizer> for ApiGateway {
    async fn handle(
        &self,
        input: CreateAuthorizerInput,
        caller: &Caller,
    ) -> Result<Authorizer, ServiceError> {
        let limit = self.limits.authorizers_per_api;
        let api_id = input.api_id.clone();
        let is_http = self.is_http(caller, &api_id)?;
        let mut authorizer = if is_http {
            http_apis::new_authorizer(input)?
        } else {
            new_authorizer(input)?
        };
        let mut ids = caller.new_ids();
        self.redefine(caller, api_id, move |transaction, scope| {
            let siblings = state::list::<Authorizer>(transaction, &scope.api_id)?;
            if siblings.len() >= limit {
                return Err(quota_reached("Authorizers", "API").into());
            }
            let id = state::fresh_id::<Authorizer>(transaction, &scope.api_id, &mut ids)?;
            authorizer.authorizer_id = Some(id);
            put_expected(transaction, &scope.api_id, &authorizer)?;
            Ok(authorizer)
        })
        .await
    }
}

impl Handler<GetAuthorizer> for ApiGateway {
    async fn handle(
        &self,
        input: GetAuthorizerInput,
        caller: &Caller,
    ) -> Result<Authorizer, ServiceError> {
        self.read(caller, &input.api_id, |reader, _| {
            state::find(reader, &input.api_id, &input.authorizer_id)
        })
    }
}

impl Handler<GetAuthorizers> for ApiGateway {
    async fn handle(
        &self,
        input: GetAuthorizersInput,
        caller: &Caller,
    ) -> Result<GetAuthorizersOutput, ServiceError> {
        let all = self.read(caller, &input.api_id, |reader, _| {
            Ok(state::list::<Authorizer>(reader, &input.api_id)?)
        })?;
        let max_results = input.max_results.as_deref();
        let page = page(
            all,
            Authorizer::id,
            max_results,
            input.next_token.as_deref(),
        )?;
        Ok(GetAuthorizersOutput {
            items: Some(page.items),
            next_token: page.next_token,
        })
    }
}

impl Handler<UpdateAuthorizer> for ApiGateway {
    async fn handle(
        &self,
        input: UpdateAuthorizerInput,
        caller: &Caller,
    ) -> Result<Authorizer, ServiceError> {
        let is_http = self.is_http(caller, &input.api_id)?;
        if !is_http {
            expect_type(input.authorizer_type.as_ref())?;
            HttpMembers::of_update(&input).refuse()?;
        }
        self.redefine(caller, input.api_id.clone(), move |transaction, scope| {
            let id = &input.authorizer_id;
            let mut authorizer: Authorizer = state::find(transaction, &scope.api_id, id)?;
            if is_http {
                http_apis::update_authorizer(&mut authorizer, input)?;
            } else {
                update(&mut authorizer, input)?;
            }
            put_expected(transaction, &scope.api_id, &authorizer)?;
            Ok(authorizer)
        })
        .await
    }
}

impl Handler<DeleteAuthorizer> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteAuthorizerInput,
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.redefine(caller, input.api_id, move |transaction, scope| {
            let id = input.authorizer_id.as_str();
            let authorizer: Authorizer = state::find(transaction, &scope.api_id, id)?;
            let routes = state::list::<Route>(transaction, &scope.api_id)?;
            let user = routes
                .iter()
                .find(|route| route.authorizer_id.as_deref() == Some(id));
            if let Some(route) = user {
                let (name, key) = (&authorizer.name, &route.route_key);
                return Err(conflict(format!(
                    "Cannot delete authorizer '{name}', is referenced in route: {key}"
                ))
                .into());
            }
            state::remove::<Authorizer>(transaction, &scope.api_id, id);
            Ok(Unit {})
        })
        .await
    }
}

impl ApiGateway {
    /// Whether an API is one of the HTTP kind; an API never changes its kind.
    pub(super) fn is_http(&self, caller: &Caller, api_id: &str) -> Result<bool, ServiceError> {
        self.read(caller, api_id, |_, record| {
            Ok(record.api.0.protocol_type == ProtocolType::Http)
        })
    }
}

fn new_authorizer(input: CreateAuthorizerInput) -> Result<Authorizer, ServiceError> {
    expect_type(Some(&input.authorizer_type))?;
    HttpMembers::of_create(&input).refuse()?;
    Ok(Authorizer {
        authorizer_credentials_arn: non_empty(input.authorizer_credentials_arn),
        authorizer_type: Some(input.authorizer_type),
        authorizer_uri: input.authorizer_uri,
        identity_source: identity_sources(&input.identity_source.unwrap_or_default())?,
        identity_validation_expression: non_empty(input.identity_validation_expression),
        name: input.name,
        ..Authorizer::default()
    })
}

fn update(it: &mut Authorizer, input: UpdateAuthorizerInput) -> Result<(), ServiceError> {
    patch::text(
        &mut it.authorizer_credentials_arn,
        input.authorizer_credentials_arn,
    );
    patch::value(&mut it.authorizer_uri, input.authorizer_uri);
    if let Some(sources) = input.identity_source {
        it.identity_source = identity_sources(&sources)?;
    }
    patch::text(
        &mut it.identity_validation_expression,
        input.identity_validation_expression,
    );
    if let Some(name) = input.name {
        it.name = name;
    }
    Ok(())
}

/// Stores an authorizer if it may stand beside its siblings.
fn put_expected(
    transaction: &mut Transaction<'_>,
    api_id: &str,
    authorizer: &Authorizer,
) -> Result<(), Failure> {
    let name = &authorizer.name;
    expect::length("Name", Some(name), 1, 128)?;
    if authorizer.authorizer_type != Some(AuthorizerType::Jwt) {
        expect_uri(authorizer.authorizer_uri.as_deref().unwrap_or_default())?;
    }
    expect::credentials(authorizer.authorizer_credentials_arn.as_deref())?;
    let siblings = state::list::<Authorizer>(transaction, api_id)?;
    let taken = |other: &Authorizer| other.name == *name && other.id() != authorizer.id();
    if siblings.iter().any(taken) {
        // The text is the same for APIs of version 2.
        // See <https://github.com/aws/aws-cdk/issues/20170>.
        return Err(bad_request(format!(
            "Authorizer name must be unique. Authorizer {name} already exists in this RestApi."
        ))
        .into());
    }
    state::put(transaction, api_id, authorizer)?;
    Ok(())
}

fn expect_type(given: Option<&AuthorizerType>) -> Result<(), ServiceError> {
    match given {
        None | Some(AuthorizerType::Request) => Ok(()),
        Some(_) => Err(bad_request(
            "Invalid authorizer type. Only REQUEST authorizer type is supported on WEBSOCKET protocol Apis.",
        )),
    }
}

fn expect_uri(uri: &str) -> Result<(), ServiceError> {
    let is_invocation = uri.starts_with("arn:")
        && uri.contains(":lambda:path/2015-03-31/functions/")
        && uri.ends_with("/invocations");
    if is_invocation {
        return Ok(());
    }
    Err(bad_request(format!(
        "Invalid Authorizer URI: {uri}. Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation."
    )))
}

/// The members that only authorizers of HTTP APIs have, in the order in which AWS looks
/// at them; even a value that says no is refused.
struct HttpMembers([(&'static str, bool); 4]);

impl HttpMembers {
    fn of_create(input: &CreateAuthorizerInput) -> Self {
        Self([
            (PAYLOAD, input.authorizer_payload_format_version.is_some()),
            (TTL, input.authorizer_result_ttl_in_seconds.is_some()),
            (SIMPLE, input.enable_simple_responses.is_some()),
            (JWT, input.jwt_configuration.is_some()),
        ])
    }

    fn of_update(input: &UpdateAuthorizerInput) -> Self {
        Self([
            (PAYLOAD, input.authorizer_payload_format_version.is_some()),
            (TTL, input.authorizer_result_ttl_in_seconds.is_some()),
            (SIMPLE, input.enable_simple_responses.is_some()),
            (JWT, input.jwt_configuration.is_some()),
        ])
    }

    fn refuse(&self) -> Result<(), ServiceError> {
        match self.0.iter().find(|(_, is_given)| *is_given) {
            None => Ok(()),
            Some((member, _)) => Err(bad_request(format!(
                "{member} cannot be set for WEBSOCKET protocol Apis."
            ))),
        }
    }
}

const PAYLOAD: &str = "AuthorizerPayloadFormatVersion";
const TTL: &str = "AuthorizerResultTtlInSeconds";
const SIMPLE: &str = "EnableSimpleResponses";
const JWT: &str = "JwtConfiguration";

/// The identity sources as they are kept, none of them as absent.
///
/// AWS speaks of a list "separated by comma" although the member is a list, so an entry
/// with commas counts as several.
fn identity_sources(given: &[String]) -> Result<Option<Vec<String>>, ServiceError> {
    let joined = given.join(",");
    if joined.is_empty() {
        return Ok(None);
    }
    let sources: Vec<String> = joined.split(',').map(str::to_owned).collect();
    if sources.iter().all(|source| is_identity_source(source)) {
        return Ok(Some(sources));
    }
    Err(bad_request(format!(
        "Invalid request identity source expression: {joined}. The sources must be separated by comma, \
         and each source must be either a request parameter, matching \
         'route.request.querystring|header.[a-zA-Z0-9._-]+', or a stage variable, matching \
         'stageVariables.[a-zA-Z0-9._-]+', or a context parameter, matching 'context.[a-zA-Z0-9._-]+'"
    )))
}

fn is_identity_source(source: &str) -> bool {
    let prefixes = [
        "route.request.querystring.",
        "route.request.header.",
        "stageVariables.",
        "context.",
    ];
    let name = prefixes
        .iter()
        .find_map(|prefix| source.strip_prefix(prefix));
    name.is_some_and(|name| {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
        !name.is_empty() && name.bytes().all(plain)
    })
}
