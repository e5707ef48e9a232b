//! REST APIs, as the control plane keeps them: one record holds the whole definition, of
//! which a deployment keeps a copy. Deployments and stages lie beside it.

use std::collections::BTreeMap;

use landline_api::apigateway::{
    Authorizer, Deployment, DocumentationPart, DocumentationVersion, Model,
    PutGatewayResponseOutput, RequestValidator, Resource, RestApi, Stage,
};
use landline_store::{Collection, Reader, StoreError};
use serde::{Deserialize, Serialize};

use super::{Failure, Stored, not_found, path};

/// A REST API, whose it is, and all that it is made of.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct RestRecord {
    /// The account that made it.
    pub(crate) account_id: String,
    /// The region in which it was made.
    pub(crate) region: String,
    /// The API itself.
    pub(crate) api: Stored<RestApi>,
    /// By identifier, each with its methods and their integrations.
    pub(crate) resources: BTreeMap<String, Stored<Resource>>,
    /// By identifier.
    pub(crate) authorizers: BTreeMap<String, Stored<Authorizer>>,
    /// By name.
    pub(crate) models: BTreeMap<String, Stored<Model>>,
    /// By identifier.
    pub(crate) validators: BTreeMap<String, Stored<RequestValidator>>,
    /// By type.
    pub(crate) gateway_responses: BTreeMap<String, Stored<PutGatewayResponseOutput>>,
    /// Parts of its documentation, by identifier.
    #[serde(default)]
    pub(crate) documentation: BTreeMap<String, Stored<DocumentationPart>>,
}

/// A version of the documentation of a REST API.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct DocumentationRecord {
    /// The version itself.
    pub(crate) version: Stored<DocumentationVersion>,
    /// The parts as they were.
    pub(crate) parts: BTreeMap<String, Stored<DocumentationPart>>,
}

/// Versions of documentations, by API and name.
pub(crate) const REST_DOCUMENTATION: Collection<DocumentationRecord> =
    Collection::new("apigateway.restdocumentation");

/// Every REST API, by its identifier.
pub(crate) const REST_APIS: Collection<RestRecord> = Collection::new("apigateway.restapi");

/// What deployments of REST APIs hold on to, by API and deployment.
pub(crate) const REST_FROZEN: Collection<RestRecord> = Collection::new("apigateway.restfrozen");

/// Deployments, by API and identifier.
pub(crate) const REST_DEPLOYMENTS: Collection<Stored<Deployment>> =
    Collection::new("apigateway.restdeployment");

/// Stages, by API and name.
pub(crate) const REST_STAGES: Collection<Stored<Stage>> = Collection::new("apigateway.reststage");

/// The REST API with an identifier.
pub(crate) fn rest_api(reader: &dyn Reader, id: &str) -> Result<RestRecord, Failure> {
    REST_APIS
        .get_in(reader, id)?
        .ok_or_else(|| not_found("Invalid API identifier specified").into())
}

/// A stage of a REST API.
pub(crate) fn rest_stage(reader: &dyn Reader, id: &str, name: &str) -> Result<Stage, Failure> {
    match REST_STAGES.get_in(reader, &path(id, name))? {
        Some(Stored(stage)) => Ok(stage),
        None => Err(not_found("Invalid stage identifier specified").into()),
    }
}

/// All stages of a REST API.
pub(crate) fn rest_stages(reader: &dyn Reader, id: &str) -> Result<Vec<Stage>, StoreError> {
    let records = REST_STAGES.list_in(reader, &path(id, ""))?;
    Ok(records.into_iter().map(|(_, Stored(it))| it).collect())
}
