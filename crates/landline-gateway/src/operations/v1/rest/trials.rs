//! Methods and authorizers that their owner tries out before any stage serves them.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/api/API_TestInvokeMethod.html>.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request};
use landline_api::apigateway::{
    AuthorizerType, Method, Resource, TestInvokeAuthorizer, TestInvokeAuthorizerInput,
    TestInvokeAuthorizerOutput, TestInvokeMethod, TestInvokeMethodInput, TestInvokeMethodOutput,
};
use landline_store::Store;
use landline_wire::{Caller, DispatcherBuilder, Handler, ServiceError};

use super::super::super::ApiGateway;
use super::methods::method;
use super::missing;
use crate::deployment::frozen::rest;
use crate::deployment::publish::client_identity;
use crate::deployment::snapshot::{ApiId, LiveStage, StageName};
use crate::gateway::Gateway;
use crate::http::trial::{STAGE, Trial};
use crate::state::rest::{RestRecord, rest_api};
use crate::state::{Failure, Stored, bad_request};

/// Runs what is written down now.
#[derive(Debug)]
struct Trials {
    store: Arc<dyn Store>,
    gateway: Gateway,
}

impl ApiGateway {
    /// Lets the gateway run what is tried out.
    pub fn register_trials(&self, gateway: &Gateway, builder: &mut DispatcherBuilder) {
        let trials = Trials {
            store: Arc::clone(&self.store),
            gateway: gateway.clone(),
        };
        let trials = Arc::new(trials);
        builder
            .register::<TestInvokeMethod, _>(Arc::clone(&trials))
            .register::<TestInvokeAuthorizer, _>(trials);
    }
}

impl Handler<TestInvokeMethod> for Trials {
    async fn handle(
        &self,
        input: TestInvokeMethodInput,
        caller: &Caller,
    ) -> Result<TestInvokeMethodOutput, ServiceError> {
        let id = input.rest_api_id.clone();
        let certificate = input.client_certificate_id.clone();
        let read: Result<_, Failure> = self.store.read(|reader| {
            let record = rest_api(reader, &id)?;
            Ok((record, client_identity(reader, certificate.as_deref())?))
        });
        let (mut record, client_identity) = read?;
        method(&mut record, &input.resource_id, &input.http_method)?;
        let resource_path = keep_only(&mut record, &input.resource_id, &input.http_method);
        let stage = LiveStage {
            variables: input.stage_variables.clone().unwrap_or_default(),
            snapshot: Some(Arc::new(rest::snapshot(&record, "test-invoke-deployment"))),
            client_identity,
            ..LiveStage::new(
                ApiId::new(input.rest_api_id.clone()),
                StageName::new(STAGE),
                &record.account_id,
                &record.region,
            )
        };
        let path = input.path_with_query_string.as_deref();
        let asked = Asked {
            method: &input.http_method,
            path: path.unwrap_or_default(),
            headers: input.headers.as_ref(),
            multi_value_headers: input.multi_value_headers.as_ref(),
            body: input.body.as_deref(),
        };
        let trial = Trial {
            stage,
            request: asked.request()?,
            path: asked.own_path(),
            resource_path,
            caller: caller.clone(),
        };
        let tried = self.gateway.try_method(trial).await;
        let Some(tried) = tried else {
            return Err(bad_request("No integration defined for method"));
        };
        let headers = listed(&tried.headers);
        let last =
            |(name, values): (&String, &Vec<String>)| Some((name.clone(), values.last()?.clone()));
        Ok(TestInvokeMethodOutput {
            status: Some(i32::from(tried.status)),
            body: Some(String::from_utf8_lossy(&tried.body).into_owned()),
            headers: Some(headers.iter().filter_map(last).collect()),
            multi_value_headers: Some(headers),
            log: Some(tried.log),
            latency: Some(i64::try_from(tried.latency.as_millis()).unwrap_or(i64::MAX)),
        })
    }
}

impl Handler<TestInvokeAuthorizer> for Trials {
    async fn handle(
        &self,
        input: TestInvokeAuthorizerInput,
        caller: &Caller,
    ) -> Result<TestInvokeAuthorizerOutput, ServiceError> {
        let id = input.rest_api_id.clone();
        let read: Result<_, Failure> = self.store.read(|reader| rest_api(reader, &id));
        let mut record = read?;
        guard_with(&mut record, &input.authorizer_id)?;
        let stage = LiveStage {
            variables: input.stage_variables.clone().unwrap_or_default(),
            snapshot: Some(Arc::new(rest::snapshot(&record, "test-invoke-deployment"))),
            ..LiveStage::new(
                ApiId::new(id),
                StageName::new(STAGE),
                &record.account_id,
                &record.region,
            )
        };
        let asked = Asked {
            method: "GET",
            path: input.path_with_query_string.as_deref().unwrap_or("/"),
            headers: input.headers.as_ref(),
            multi_value_headers: input.multi_value_headers.as_ref(),
            body: input.body.as_deref(),
        };
        let trial = Trial {
            stage,
            request: asked.request()?,
            resource_path: "/".to_owned(),
            path: asked.own_path(),
            caller: caller.clone(),
        };
        let tried = self.gateway.try_authorizer(trial, &input.authorizer_id);
        let Some(tried) = tried.await else {
            return Err(missing("authorizer"));
        };
        Ok(TestInvokeAuthorizerOutput {
            client_status: Some(i32::from(tried.judged.status)),
            log: Some(tried.log),
            latency: Some(i64::try_from(tried.latency.as_millis()).unwrap_or(i64::MAX)),
            principal_id: tried.judged.principal_id,
            policy: tried.judged.policy,
            claims: tried.judged.claims,
            authorization: None,
        })
    }
}

/// Leaves nothing of an API but one method, before which the authorizer stands.
fn guard_with(record: &mut RestRecord, authorizer_id: &str) -> Result<(), ServiceError> {
    let authorizer = record.authorizers.get(authorizer_id);
    let Stored(authorizer) = authorizer.ok_or_else(|| missing("authorizer"))?;
    let kind = match authorizer.r#type {
        Some(AuthorizerType::CognitoUserPools) => "COGNITO_USER_POOLS",
        _ => "CUSTOM",
    };
    let method = Method {
        http_method: Some("GET".to_owned()),
        authorization_type: Some(kind.to_owned()),
        authorizer_id: Some(authorizer_id.to_owned()),
        ..Method::default()
    };
    let id = "test-invoke-resource-id".to_owned();
    let resource = Resource {
        id: Some(id.clone()),
        path: Some("/".to_owned()),
        resource_methods: Some([("GET".to_owned(), method)].into()),
        ..Resource::default()
    };
    record.resources = [(id, Stored(resource))].into();
    Ok(())
}

/// Takes away all but one method of one resource, and gives the path of that.
fn keep_only(record: &mut RestRecord, resource_id: &str, http_method: &str) -> String {
    record.resources.retain(|id, _| id == resource_id);
    let mut path = String::new();
    for Stored(resource) in record.resources.values_mut() {
        if let Some(methods) = &mut resource.resource_methods {
            methods.retain(|name, _| name == http_method);
        }
        path = resource.path.clone().unwrap_or_default();
    }
    path
}

/// The request that a trial describes.
struct Asked<'a> {
    method: &'a str,
    /// With its query.
    path: &'a str,
    headers: Option<&'a BTreeMap<String, String>>,
    multi_value_headers: Option<&'a BTreeMap<String, Vec<String>>>,
    body: Option<&'a str>,
}

impl Asked<'_> {
    /// The path without its query, where there is one.
    fn own_path(&self) -> Option<String> {
        let path = self.path.split('?').next().unwrap_or_default();
        path.starts_with('/').then(|| path.to_owned())
    }

    fn request(&self) -> Result<Request<Bytes>, ServiceError> {
        let uri = match self.path.split_once('?') {
            Some((_, query)) => format!("/?{query}"),
            None => "/".to_owned(),
        };
        let body = self.body.unwrap_or_default().to_owned();
        let mut request = Request::builder()
            .method(self.method)
            .uri(uri)
            .body(Bytes::from(body))
            .map_err(|_| bad_request("Invalid path with query string specified"))?;
        let single = self.headers.into_iter().flatten();
        let single = single.map(|(name, value)| (name, std::slice::from_ref(value)));
        let several = self.multi_value_headers.into_iter().flatten();
        let several = several.map(|(name, values)| (name, values.as_slice()));
        for (name, values) in single.chain(several) {
            for value in values {
                let (Ok(name), Ok(value)) =
                    (name.parse::<HeaderName>(), HeaderValue::from_str(value))
                else {
                    return Err(bad_request(format!("Invalid header specified: {name}")));
                };
                request.headers_mut().append(name, value);
            }
        }
        Ok(request)
    }
}

fn listed(headers: &HeaderMap) -> BTreeMap<String, Vec<String>> {
    let mut listed: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in headers {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        listed.entry(written(name)).or_default().push(value);
    }
    listed
}

/// `Content-Type`, as the answers of API Gateway write names.
fn written(name: &HeaderName) -> String {
    // The one whose name begins small: observed on AWS.
    if name == "x-amzn-errortype" {
        return "x-amzn-ErrorType".to_owned();
    }
    let words = name.as_str().split('-').map(|word| {
        let (first, rest) = word.split_at(word.len().min(1));
        format!("{}{rest}", first.to_ascii_uppercase())
    });
    words.collect::<Vec<_>>().join("-")
}
