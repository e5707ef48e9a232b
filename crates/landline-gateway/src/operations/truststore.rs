//! The certificates that mutual TLS trusts: read and checked when a domain is created or
//! updated, so that no client finds out later.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html>.

use std::path::Path;

use landline_api::apigatewayv2::MutualTlsAuthenticationInput;
use landline_wire::ServiceError;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;

use crate::quotas::{TRUSTSTORE_BYTES, TRUSTSTORE_CERTIFICATES};
use crate::state::bad_request;

/// A truststore that was read, or none.
#[derive(Debug)]
pub(super) struct Truststore(Option<String>);

impl Truststore {
    /// Reads what the input names; an empty URI and no input name nothing.
    pub(super) async fn read(
        input: Option<&MutualTlsAuthenticationInput>,
    ) -> Result<Self, ServiceError> {
        let uri = input.and_then(|input| input.truststore_uri.as_deref());
        let Some(uri) = uri.filter(|uri| !uri.is_empty()) else {
            return Ok(Self(None));
        };
        let Some(path) = uri.strip_prefix("file://") else {
            return Err(refusal(
                uri,
                "this node reads truststores from file:// URIs, because it has no S3",
            ));
        };
        let path = Path::new(path);
        if !path.is_absolute() {
            return Err(refusal(uri, "the path of a file:// URI must be absolute"));
        }
        let unreadable = |error: std::io::Error| refusal(uri, &error.to_string());
        let found = tokio::fs::metadata(path).await.map_err(unreadable)?;
        if !found.is_file() || found.len() > TRUSTSTORE_BYTES {
            let why = format!("it must be a file of at most {TRUSTSTORE_BYTES} bytes");
            return Err(refusal(uri, &why));
        }
        let pem = tokio::fs::read_to_string(path).await.map_err(unreadable)?;
        check(&pem).map_err(|why| refusal(uri, &why))?;
        Ok(Self(Some(pem)))
    }

    /// The certificates, in PEM.
    pub(super) fn pem(self) -> Option<String> {
        self.0
    }
}

/// Every certificate must be one that a chain can end at.
fn check(pem: &str) -> Result<(), String> {
    let certificates: Vec<CertificateDer<'_>> = CertificateDer::pem_slice_iter(pem.as_bytes())
        .take(TRUSTSTORE_CERTIFICATES + 1)
        .collect::<Result<_, _>>()
        .map_err(|error| format!("it is not PEM: {error}"))?;
    if certificates.is_empty() {
        return Err("it holds no certificate".to_owned());
    }
    if certificates.len() > TRUSTSTORE_CERTIFICATES {
        return Err(format!(
            "it holds more than {TRUSTSTORE_CERTIFICATES} certificates"
        ));
    }
    for (index, certificate) in certificates.iter().enumerate() {
        webpki::anchor_from_trusted_cert(certificate)
            .map_err(|error| format!("its certificate {} is not valid: {error}", index + 1))?;
    }
    Ok(())
}

fn refusal(uri: &str, why: &str) -> ServiceError {
    bad_request(format!("Invalid truststore {uri}: {why}"))
}
