//! Tags of keys and plans, by ARN: `arn:aws:apigateway:{region}::/apikeys/{id}` and
//! `…/usageplans/{id}`.

use std::collections::BTreeMap;

use landline_api::apigateway::{
    GetTags, GetTagsInput, TagResource, TagResourceInput, Tags, UntagResource, UntagResourceInput,
};
use landline_store::{Reader, Transaction};
use landline_wire::shape::Unit;
use landline_wire::{Arn, Caller, Handler, ServiceError};

use super::super::{ApiGateway, expect};
use crate::state::client_certificates::{CLIENT_CERTIFICATES, client_certificate};
use crate::state::rest::{REST_APIS, REST_STAGES, rest_api, rest_stage};
use crate::state::usage::{API_KEYS, USAGE_PLANS, api_key, usage_plan};
use crate::state::{Failure, Stored, bad_request, not_found, path};

type TagMap = BTreeMap<String, String>;

/// What an ARN names.
enum Tagged {
    ApiKey(String),
    UsagePlan(String),
    ClientCertificate(String),
    RestApi(String),
    /// An API and its stage.
    Stage(String, String),
}

impl Handler<GetTags> for ApiGateway {
    async fn handle(&self, input: GetTagsInput, _caller: &Caller) -> Result<Tags, ServiceError> {
        let tagged = Tagged::parse(&input.resource_arn)?;
        let tags = self.read_usage(|reader| tagged.tags(reader))?;
        Ok(Tags { tags: Some(tags) })
    }
}

impl Handler<TagResource> for ApiGateway {
    async fn handle(
        &self,
        input: TagResourceInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let tagged = Tagged::parse(&input.resource_arn)?;
        let limits = self.limits.clone();
        self.change_usage(move |transaction, _| {
            let mut tags = tagged.tags(transaction)?;
            tags.extend(input.tags);
            expect::tags(Some(&tags), &limits)?;
            tagged.put_tags(transaction, tags)
        })
        .await
    }
}

impl Handler<UntagResource> for ApiGateway {
    async fn handle(
        &self,
        input: UntagResourceInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let tagged = Tagged::parse(&input.resource_arn)?;
        self.change_usage(move |transaction, _| {
            let mut tags = tagged.tags(transaction)?;
            tags.retain(|key, _| !input.tag_keys.contains(key));
            tagged.put_tags(transaction, tags)
        })
        .await
    }
}

impl Tagged {
    fn parse(arn: &str) -> Result<Self, ServiceError> {
        let resource = Arn::parse(arn)
            .filter(|arn| arn.service == "apigateway")
            .map(|arn| arn.resource)
            .ok_or_else(|| bad_request("Invalid ARN specified in the request"))?;
        let id = |kind| resource.strip_prefix(kind).map(str::to_owned);
        if let Some(rest) = resource.strip_prefix("/restapis/") {
            return match rest.split_once("/stages/") {
                Some((api, stage)) => Ok(Self::Stage(api.to_owned(), stage.to_owned())),
                None => Ok(Self::RestApi(rest.to_owned())),
            };
        }
        let key = id("/apikeys/").map(Self::ApiKey);
        key.or_else(|| id("/usageplans/").map(Self::UsagePlan))
            .or_else(|| id("/clientcertificates/").map(Self::ClientCertificate))
            .ok_or_else(|| not_found("Invalid resource identifier specified"))
    }

    fn tags(&self, reader: &dyn Reader) -> Result<TagMap, Failure> {
        let tags = match self {
            Self::ApiKey(id) => api_key(reader, id)?.tags,
            Self::UsagePlan(id) => usage_plan(reader, id)?.tags,
            Self::ClientCertificate(id) => client_certificate(reader, id)?.certificate.0.tags,
            Self::RestApi(id) => rest_api(reader, id)?.api.0.tags,
            Self::Stage(id, name) => rest_stage(reader, id, name)?.tags,
        };
        Ok(tags.unwrap_or_default())
    }

    fn put_tags(&self, transaction: &mut Transaction<'_>, tags: TagMap) -> Result<Unit, Failure> {
        let tags = Some(tags).filter(|tags| !tags.is_empty());
        match self {
            Self::ApiKey(id) => {
                let mut key = api_key(transaction, id)?;
                key.tags = tags;
                API_KEYS.put_in(transaction, id, &Stored(key))?;
            }
            Self::UsagePlan(id) => {
                let mut plan = usage_plan(transaction, id)?;
                plan.tags = tags;
                USAGE_PLANS.put_in(transaction, id, &Stored(plan))?;
            }
            Self::ClientCertificate(id) => {
                let mut record = client_certificate(transaction, id)?;
                record.certificate.0.tags = tags;
                CLIENT_CERTIFICATES.put_in(transaction, id, &record)?;
            }
            Self::RestApi(id) => {
                let mut record = rest_api(transaction, id)?;
                record.api.0.tags = tags;
                REST_APIS.put_in(transaction, id, &record)?;
            }
            Self::Stage(id, name) => {
                let mut stage = rest_stage(transaction, id, name)?;
                stage.tags = tags;
                REST_STAGES.put_in(transaction, &path(id, name), &Stored(stage))?;
            }
        }
        Ok(Unit {})
    }
}
