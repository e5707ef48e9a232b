//! Custom domain names and their API mappings, as the control plane keeps them.
//!
//! A mapping lies under its domain: `{domainName}/{apiMappingId}`. A domain's name is its
//! identifier, so there is no second record to find it by.

use landline_api::apigatewayv2::{ApiMapping, DomainName};
use landline_store::{Collection, Reader};
use serde::{Deserialize, Serialize};

use super::{Failure, Resource, Stored, not_found};

/// A custom domain name, and whom it lets in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct DomainRecord {
    /// The account that made it.
    pub(crate) account_id: String,
    /// The region in which it was made.
    pub(crate) region: String,
    /// The domain itself.
    pub(crate) domain: Stored<DomainName>,
    /// The certificates of mutual TLS, in PEM, as they were when the domain was created or
    /// updated: API Gateway too takes a copy, and a file that changes later changes nothing.
    #[serde(default)]
    pub(crate) truststore: Option<String>,
}

/// Every custom domain, by its name.
pub(crate) const DOMAINS: Collection<DomainRecord> = Collection::new("apigateway.domainname");

impl Resource for ApiMapping {
    const RECORDS: Collection<Stored<Self>> = Collection::new("apigateway.apimapping");
    const NOT_FOUND: &'static str = "Invalid API mapping identifier specified";
    const ID_LENGTH: usize = 6;

    fn id(&self) -> &str {
        self.api_mapping_id.as_deref().unwrap_or_default()
    }
}

/// The custom domain of that name.
pub(crate) fn domain(reader: &dyn Reader, name: &str) -> Result<DomainRecord, Failure> {
    DOMAINS
        .get_in(reader, name)?
        .ok_or_else(|| not_found("Invalid domain name identifier specified").into())
}
