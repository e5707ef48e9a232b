//! What the control plane keeps: APIs and all that belongs to them, in the store.
//!
//! There is no copy in memory: operations read the store, and decide their changes
//! inside one write, where nobody else changes anything. A child's record lies under
//! its parent's path: `{apiId}/{routeId}`, `{apiId}/{routeId}/{routeResponseId}`.

pub(crate) mod client_certificates;
mod domains;
mod failure;
pub(crate) mod rest;
mod stored;
pub(crate) mod usage;

use landline_api::apigatewayv2::{
    Api, Authorizer, Deployment, Integration, IntegrationResponse, Model, Route, RouteResponse,
    Stage, VpcLink,
};
use landline_store::{Collection, Reader, StoreError, Transaction};
use landline_wire::shape::Structure;
use landline_wire::{NewIds, ServiceError};
use serde::{Deserialize, Serialize};

pub(crate) use domains::{DOMAINS, DomainRecord, domain};
pub(crate) use failure::{Failure, bad_request, conflict, not_found, quota_reached};
pub(crate) use stored::Stored;

/// An API, and whose it is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ApiRecord {
    /// The account that made it.
    pub(crate) account_id: String,
    /// The region in which it was made; its ARNs and its endpoint hold it.
    pub(crate) region: String,
    /// The API itself.
    pub(crate) api: Stored<Api>,
}

/// Every API, by its identifier.
pub(crate) const APIS: Collection<ApiRecord> = Collection::new("apigateway.api");

/// Every VPC link, by its identifier.
pub(crate) const VPC_LINKS: Collection<Stored<VpcLink>> = Collection::new("apigateway.vpclink");

/// Something that belongs to an API, or to a resource of one.
pub(crate) trait Resource: Structure {
    /// Where its records are.
    const RECORDS: Collection<Stored<Self>>;
    /// What AWS says when there is none with an identifier.
    const NOT_FOUND: &'static str;
    /// How many characters an identifier has.
    const ID_LENGTH: usize;
    /// Its identifier.
    fn id(&self) -> &str;
}

impl Resource for Route {
    const RECORDS: Collection<Stored<Self>> = Collection::new("apigateway.route");
    const NOT_FOUND: &'static str = "Invalid Route identifier specified";
    const ID_LENGTH: usize = 7;

    fn id(&self) -> &str {
        self.route_id.as_deref().unwrap_or_default()
    }
}

impl Resource for RouteResponse {
    const RECORDS: Collection<Stored<Self>> = Collection::new("apigateway.routeresponse");
    const NOT_FOUND: &'static str = "Invalid RouteResponse identifier specified";
    const ID_LENGTH: usize = 6;

    fn id(&self) -> &str {
        self.route_response_id.as_deref().unwrap_or_default()
    }
}

impl Resource for Integration {
    const RECORDS: Collection<Stored<Self>> = Collection::new("apigateway.integration");
    const NOT_FOUND: &'static str = "Invalid Integration identifier specified";
    const ID_LENGTH: usize = 7;

    fn id(&self) -> &str {
        self.integration_id.as_deref().unwrap_or_default()
    }
}

impl Resource for IntegrationResponse {
    const RECORDS: Collection<Stored<Self>> = Collection::new("apigateway.integrationresponse");
    const NOT_FOUND: &'static str = "Invalid IntegrationResponse identifier specified";
    const ID_LENGTH: usize = 6;

    fn id(&self) -> &str {
        self.integration_response_id.as_deref().unwrap_or_default()
    }
}

impl Resource for Authorizer {
    const RECORDS: Collection<Stored<Self>> = Collection::new("apigateway.authorizer");
    const NOT_FOUND: &'static str = "Invalid Authorizer identifier specified";
    const ID_LENGTH: usize = 6;

    fn id(&self) -> &str {
        self.authorizer_id.as_deref().unwrap_or_default()
    }
}

impl Resource for Model {
    const RECORDS: Collection<Stored<Self>> = Collection::new("apigateway.model");
    const NOT_FOUND: &'static str = "Invalid Model identifier specified";
    const ID_LENGTH: usize = 6;

    fn id(&self) -> &str {
        self.model_id.as_deref().unwrap_or_default()
    }
}

impl Resource for Deployment {
    const RECORDS: Collection<Stored<Self>> = Collection::new("apigateway.deployment");
    const NOT_FOUND: &'static str = "Invalid Deployment identifier specified";
    const ID_LENGTH: usize = 6;

    fn id(&self) -> &str {
        self.deployment_id.as_deref().unwrap_or_default()
    }
}

impl Resource for Stage {
    const RECORDS: Collection<Stored<Self>> = Collection::new("apigateway.stage");
    const NOT_FOUND: &'static str = "Invalid stage identifier specified";
    // Stages are named by their owner.
    const ID_LENGTH: usize = 0;

    fn id(&self) -> &str {
        &self.stage_name
    }
}

/// The API with an identifier, which AWS repeats after the caller's account.
pub(crate) fn api(
    reader: &dyn Reader,
    account_id: &str,
    api_id: &str,
) -> Result<ApiRecord, Failure> {
    APIS.get_in(reader, api_id)?
        .ok_or_else(|| invalid_api(account_id, api_id).into())
}

/// 404 for an API that does not exist.
pub(crate) fn invalid_api(account_id: &str, api_id: &str) -> ServiceError {
    not_found(format!(
        "Invalid API identifier specified {account_id}:{api_id}"
    ))
}

/// The resource with an identifier.
pub(crate) fn find<R: Resource>(reader: &dyn Reader, parent: &str, id: &str) -> Result<R, Failure> {
    find_optional(reader, parent, id)?.ok_or_else(|| not_found(R::NOT_FOUND).into())
}

/// The resource with an identifier, if there is one.
pub(crate) fn find_optional<R: Resource>(
    reader: &dyn Reader,
    parent: &str,
    id: &str,
) -> Result<Option<R>, StoreError> {
    let record = R::RECORDS.get_in(reader, &path(parent, id))?;
    Ok(record.map(|Stored(resource)| resource))
}

/// All resources of a parent, by their identifiers.
pub(crate) fn list<R: Resource>(reader: &dyn Reader, parent: &str) -> Result<Vec<R>, StoreError> {
    let records = R::RECORDS.list_in(reader, &path(parent, ""))?;
    Ok(records.into_iter().map(|(_, Stored(it))| it).collect())
}

/// Inserts or replaces a resource.
pub(crate) fn put<R: Resource>(
    transaction: &mut Transaction<'_>,
    parent: &str,
    resource: &R,
) -> Result<(), StoreError> {
    let id = path(parent, resource.id());
    R::RECORDS.put_in(transaction, &id, &Stored(resource.clone()))
}

/// Removes a resource.
pub(crate) fn remove<R: Resource>(transaction: &mut Transaction<'_>, parent: &str, id: &str) {
    R::RECORDS.delete_in(transaction, &path(parent, id));
}

/// Removes all resources of a parent.
pub(crate) fn remove_all<R: Resource>(
    transaction: &mut Transaction<'_>,
    parent: &str,
) -> Result<(), StoreError> {
    R::RECORDS.delete_under_in(transaction, &path(parent, ""))
}

/// An identifier that no resource of the parent has.
pub(crate) fn fresh_id<R: Resource>(
    reader: &dyn Reader,
    parent: &str,
    ids: &mut NewIds,
) -> Result<String, StoreError> {
    loop {
        let id = ids.resource_id(R::ID_LENGTH);
        if find_optional::<R>(reader, parent, &id)?.is_none() {
            return Ok(id);
        }
    }
}

/// Where a child's record lies.
pub(crate) fn path(parent: &str, id: &str) -> String {
    format!("{parent}/{id}")
}
