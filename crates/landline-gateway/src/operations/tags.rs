//! Tags of APIs, stages, custom domains and VPC links, by ARN.
//!
//! See <https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/tags-resource-arn.html>.

use std::collections::BTreeMap;

use landline_api::apigatewayv2::{
    GetTags, GetTagsInput, GetTagsOutput, Stage, TagResource, TagResourceInput, TagResourceOutput,
    UntagResource, UntagResourceInput,
};
use landline_store::{Reader, Transaction};
use landline_wire::shape::Unit;
use landline_wire::{Arn, Caller, Handler, ServiceError};

use super::{ApiGateway, Scope, expect};
use crate::state::{
    self, APIS, ApiRecord, DOMAINS, DomainRecord, Failure, Stored, bad_request, not_found,
};

type Tags = BTreeMap<String, String>;

/// What an ARN of API Gateway names: `arn:aws:apigateway:{region}::/apis/{apiId}`, that and
/// `/stages/{stageName}`, `…::/domainnames/{domainName}`, or `…::/vpclinks/{vpcLinkId}`.
#[derive(Debug)]
enum Tagged {
    Api(TaggedApi),
    Domain(String),
    VpcLink(String),
}

/// An API, or a stage of one.
#[derive(Debug)]
struct TaggedApi {
    api_id: String,
    stage_name: Option<String>,
}

impl Handler<GetTags> for ApiGateway {
    async fn handle(
        &self,
        input: GetTagsInput,
        caller: &Caller,
    ) -> Result<GetTagsOutput, ServiceError> {
        let tags = match Tagged::parse(&input.resource_arn)? {
            Tagged::Domain(name) => self.read_domain(&name, |_, record| Ok(tags_of(&record)))?,
            Tagged::VpcLink(id) => self.tags_of_link(&id)?,
            Tagged::Api(tagged) => self.read(caller, &tagged.api_id, |reader, record| {
                tagged.tags(reader, record)
            })?,
        };
        Ok(GetTagsOutput { tags: Some(tags) })
    }
}

impl Handler<TagResource> for ApiGateway {
    async fn handle(
        &self,
        input: TagResourceInput,
        caller: &Caller,
    ) -> Result<TagResourceOutput, ServiceError> {
        let limits = self.limits.clone();
        self.change_tags(caller, &input.resource_arn, move |tags| {
            tags.extend(input.tags.unwrap_or_default());
            expect::tags(Some(tags), &limits)
        })
        .await?;
        Ok(TagResourceOutput {})
    }
}

impl Handler<UntagResource> for ApiGateway {
    async fn handle(
        &self,
        input: UntagResourceInput,
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.change_tags(caller, &input.resource_arn, move |tags| {
            tags.retain(|key, _| !input.tag_keys.contains(key));
            Ok(())
        })
        .await?;
        Ok(Unit {})
    }
}

impl ApiGateway {
    async fn change_tags(
        &self,
        caller: &Caller,
        arn: &str,
        change: impl FnOnce(&mut Tags) -> Result<(), ServiceError> + Send + 'static,
    ) -> Result<(), ServiceError> {
        match Tagged::parse(arn)? {
            Tagged::Domain(name) => {
                self.change_domains(move |transaction| {
                    let mut record = state::domain(transaction, &name)?;
                    let mut tags = tags_of(&record);
                    change(&mut tags)?;
                    record.domain.0.tags = Some(tags).filter(|tags| !tags.is_empty());
                    DOMAINS.put_in(transaction, &name, &record)?;
                    Ok(())
                })
                .await
            }
            Tagged::VpcLink(id) => self.change_tags_of_link(id, change).await,
            Tagged::Api(tagged) => {
                self.change(caller, tagged.api_id.clone(), move |transaction, scope| {
                    let mut tags = tagged.tags(transaction, &scope.record)?;
                    change(&mut tags)?;
                    tagged.put_tags(transaction, scope, tags)
                })
                .await
            }
        }
    }
}

fn tags_of(record: &DomainRecord) -> Tags {
    record.domain.0.tags.clone().unwrap_or_default()
}

impl Tagged {
    fn parse(arn: &str) -> Result<Self, ServiceError> {
        let resource = Arn::parse(arn)
            .filter(|arn| arn.service == "apigateway")
            .map(|arn| arn.resource)
            .ok_or_else(|| bad_request("Invalid ARN specified in the request"))?;
        let mut segments = resource.split('/').skip(1);
        let mut next = || segments.next().filter(|segment| !segment.is_empty());
        match (next(), next(), next(), next(), next()) {
            (Some("apis"), Some(api_id), None, None, None) => Ok(Self::Api(TaggedApi {
                api_id: api_id.to_owned(),
                stage_name: None,
            })),
            (Some("apis"), Some(api_id), Some("stages"), Some(stage_name), None) => {
                Ok(Self::Api(TaggedApi {
                    api_id: api_id.to_owned(),
                    stage_name: Some(stage_name.to_owned()),
                }))
            }
            (Some("domainnames"), Some(name), None, None, None) => {
                Ok(Self::Domain(name.to_owned()))
            }
            (Some("vpclinks"), Some(id), None, None, None) => Ok(Self::VpcLink(id.to_owned())),
            _ => Err(not_found("Invalid resource identifier specified")),
        }
    }
}

impl TaggedApi {
    fn tags(&self, reader: &dyn Reader, record: &ApiRecord) -> Result<Tags, Failure> {
        let tags = match &self.stage_name {
            None => record.api.0.tags.clone(),
            Some(name) => state::find::<Stage>(reader, &self.api_id, name)?.tags,
        };
        Ok(tags.unwrap_or_default())
    }

    /// An API without tags does not show any; a stage shows that it has none.
    fn put_tags(
        &self,
        transaction: &mut Transaction<'_>,
        scope: &Scope,
        tags: Tags,
    ) -> Result<(), Failure> {
        let Some(name) = &self.stage_name else {
            let mut record = scope.record.clone();
            let Stored(api) = &mut record.api;
            api.tags = Some(tags).filter(|tags| !tags.is_empty());
            APIS.put_in(transaction, &self.api_id, &record)?;
            return Ok(());
        };
        let mut stage: Stage = state::find(transaction, &self.api_id, name)?;
        stage.tags = Some(tags);
        state::put(transaction, &self.api_id, &stage)?;
        Ok(())
    }
}
