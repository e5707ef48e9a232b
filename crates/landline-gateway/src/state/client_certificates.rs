//! Client certificates, which stages show to their backends.

use landline_api::apigateway::ClientCertificate;
use landline_store::{Collection, Reader};
use serde::{Deserialize, Serialize};

use super::{Failure, Stored, not_found};

/// A certificate, and the key that nobody is ever shown.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct ClientCertificateRecord {
    /// What is shown.
    pub(crate) certificate: Stored<ClientCertificate>,
    /// The private key, in PEM.
    pub(crate) key: String,
}

impl std::fmt::Debug for ClientCertificateRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut record = f.debug_struct("ClientCertificateRecord");
        record.field("certificate", &self.certificate);
        record.finish_non_exhaustive()
    }
}

/// Every client certificate, by its identifier.
pub(crate) const CLIENT_CERTIFICATES: Collection<ClientCertificateRecord> =
    Collection::new("apigateway.clientcertificate");

/// The client certificate with an identifier.
pub(crate) fn client_certificate(
    reader: &dyn Reader,
    id: &str,
) -> Result<ClientCertificateRecord, Failure> {
    match CLIENT_CERTIFICATES.get_in(reader, id)? {
        Some(record) => Ok(record),
        None => Err(not_found("Invalid Client Certificate identifier specified").into()),
    }
}
