//! VPC links of version 2, which tools make and name. They are kept and answered; there
//! is no network behind them, and WebSocket APIs use links of version 1 anyway.
//!
//! See <https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/vpclinks.html>.

use std::collections::BTreeMap;

use landline_api::apigatewayv2::{
    CreateVpcLink, CreateVpcLinkInput, DeleteVpcLink, DeleteVpcLinkInput, DeleteVpcLinkOutput,
    GetVpcLink, GetVpcLinkInput, GetVpcLinks, GetVpcLinksInput, GetVpcLinksOutput, UpdateVpcLink,
    UpdateVpcLinkInput, VpcLink, VpcLinkStatus, VpcLinkVersion,
};
use landline_store::Reader;
use landline_wire::{Caller, Handler, ServiceError};

use super::page::page;
use super::{ApiGateway, expect};
use crate::state::{Failure, Stored, VPC_LINKS, bad_request, not_found, quota_reached};

impl Handler<CreateVpcLink> for ApiGateway {
    async fn handle(
        &self,
        input: CreateVpcLinkInput,
        caller: &Caller,
    ) -> Result<VpcLink, ServiceError> {
        expect::length("Name", Some(&input.name), 1, 128)?;
        expect::tags(input.tags.as_ref(), &self.limits)?;
        if input.subnet_ids.is_empty() {
            return Err(bad_request("At least one subnet ID is required"));
        }
        let link = VpcLink {
            created_date: Some(self.clock.now().truncate_to_seconds()),
            name: input.name,
            security_group_ids: input.security_group_ids.unwrap_or_default(),
            subnet_ids: input.subnet_ids,
            tags: Some(input.tags.unwrap_or_default()),
            vpc_link_id: caller.new_ids().resource_id(6),
            vpc_link_status: Some(VpcLinkStatus::Available),
            vpc_link_status_message: Some("VPC link is ready to route traffic".to_owned()),
            vpc_link_version: Some(VpcLinkVersion::V2),
        };
        let limit = self.limits.vpc_links;
        let made = link.clone();
        let written: Result<(), Failure> = self
            .store
            .write(move |transaction| {
                if VPC_LINKS.load_in(transaction)?.len() >= limit {
                    return Err(quota_reached("VpcLinks", "account").into());
                }
                VPC_LINKS.put_in(transaction, &link.vpc_link_id, &Stored(link.clone()))?;
                Ok(())
            })
            .await;
        written?;
        Ok(made)
    }
}

impl Handler<GetVpcLink> for ApiGateway {
    async fn handle(
        &self,
        input: GetVpcLinkInput,
        _caller: &Caller,
    ) -> Result<VpcLink, ServiceError> {
        let found: Result<VpcLink, Failure> =
            self.store.read(|reader| find(reader, &input.vpc_link_id));
        Ok(found?)
    }
}

impl Handler<GetVpcLinks> for ApiGateway {
    async fn handle(
        &self,
        input: GetVpcLinksInput,
        _caller: &Caller,
    ) -> Result<GetVpcLinksOutput, ServiceError> {
        let records = VPC_LINKS.load(&*self.store).map_err(Failure::from)?;
        let all: Vec<VpcLink> = records.into_iter().map(|(_, Stored(link))| link).collect();
        let max_results = input.max_results.as_deref();
        let page = page(all, id_of, max_results, input.next_token.as_deref())?;
        Ok(GetVpcLinksOutput {
            items: Some(page.items),
            next_token: page.next_token,
        })
    }
}

impl Handler<UpdateVpcLink> for ApiGateway {
    async fn handle(
        &self,
        input: UpdateVpcLinkInput,
        _caller: &Caller,
    ) -> Result<VpcLink, ServiceError> {
        expect::length("Name", input.name.as_deref(), 1, 128)?;
        let updated: Result<VpcLink, Failure> = self
            .store
            .write(move |transaction| {
                let mut link: VpcLink = find(transaction, &input.vpc_link_id)?;
                if let Some(name) = input.name {
                    link.name = name;
                }
                VPC_LINKS.put_in(transaction, &input.vpc_link_id, &Stored(link.clone()))?;
                Ok(link)
            })
            .await;
        Ok(updated?)
    }
}

impl Handler<DeleteVpcLink> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteVpcLinkInput,
        _caller: &Caller,
    ) -> Result<DeleteVpcLinkOutput, ServiceError> {
        let deleted: Result<(), Failure> = self
            .store
            .write(move |transaction| {
                find(transaction, &input.vpc_link_id)?;
                VPC_LINKS.delete_in(transaction, &input.vpc_link_id);
                Ok(())
            })
            .await;
        deleted?;
        Ok(DeleteVpcLinkOutput {})
    }
}

impl ApiGateway {
    /// The tags of a link.
    pub(super) fn tags_of_link(&self, id: &str) -> Result<Tags, ServiceError> {
        let found: Result<VpcLink, Failure> = self.store.read(|reader| find(reader, id));
        Ok(found?.tags.unwrap_or_default())
    }

    /// Changes the tags of a link.
    pub(super) async fn change_tags_of_link(
        &self,
        id: String,
        change: impl FnOnce(&mut Tags) -> Result<(), ServiceError> + Send + 'static,
    ) -> Result<(), ServiceError> {
        let changed: Result<(), Failure> = self
            .store
            .write(move |transaction| {
                let mut link: VpcLink = find(transaction, &id)?;
                change(link.tags.get_or_insert_default())?;
                VPC_LINKS.put_in(transaction, &id, &Stored(link))?;
                Ok(())
            })
            .await;
        Ok(changed?)
    }
}

type Tags = BTreeMap<String, String>;

fn id_of(link: &VpcLink) -> &str {
    &link.vpc_link_id
}

fn find(reader: &dyn Reader, id: &str) -> Result<VpcLink, Failure> {
    match VPC_LINKS.get_in(reader, id)? {
        Some(Stored(link)) => Ok(link),
        None => Err(not_found("Invalid VpcLink identifier specified").into()),
    }
}
