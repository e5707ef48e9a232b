//! The certificates that mutual TLS trusts: read and checked when a domain is created or
//! updated, so that no client finds out later.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html>.

use std::path::Path;

use landline_api::apigatewayv2::MutualTlsAuthenticationInput;
use landline_api::s3::{GetObject, GetObjectInput};
use landline_wire::{Caller, Dispatcher, ServiceError};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;

use crate::quotas::{TRUSTSTORE_BYTES, TRUSTSTORE_CERTIFICATES};
use crate::state::bad_request;

/// A truststore that was read, or none.
#[derive(Debug)]
pub(super) struct Truststore(Option<String>);

impl Truststore {
    /// Reads what the input names; an empty URI and no input name nothing.
    ///
    /// An object is read by S3 for the caller, as on AWS; a file has no such owner, and is what
    /// somebody without buckets has.
    pub(super) async fn read(
        input: Option<&MutualTlsAuthenticationInput>,
        dispatcher: &Dispatcher,
        caller: &Caller,
    ) -> Result<Self, ServiceError> {
        let uri = input.and_then(|input| input.truststore_uri.as_deref());
        let Some(uri) = uri.filter(|uri| !uri.is_empty()) else {
            return Ok(Self(None));
        };
        let version = input.and_then(|input| input.truststore_version.as_deref());
        let pem = if let Some(path) = uri.strip_prefix("file://") {
            read_file(uri, Path::new(path)).await?
        } else if let Some(place) = uri.strip_prefix("s3://") {
            let input = object(place, version);
            let input = input.ok_or_else(|| refusal(uri, "it must be s3://{bucket}/{key}"))?;
            let answer = dispatcher.call::<GetObject>(input, caller).await;
            let answer = answer.map_err(|error| refusal(uri, &error.message))?;
            let bytes = answer.body.unwrap_or_default();
            if bytes.len() as u64 > TRUSTSTORE_BYTES {
                return Err(too_large(uri));
            }
            let text = String::from_utf8(bytes.into());
            text.map_err(|_| refusal(uri, "it is not PEM"))?
        } else {
            return Err(refusal(uri, "it must be an s3:// URI or a file:// URI"));
        };
        check(&pem).map_err(|why| refusal(uri, &why))?;
        Ok(Self(Some(pem)))
    }

    /// The certificates, in PEM.
    pub(super) fn pem(self) -> Option<String> {
        self.0
    }
}

async fn read_file(uri: &str, path: &Path) -> Result<String, ServiceError> {
    if !path.is_absolute() {
        return Err(refusal(uri, "the path of a file:// URI must be absolute"));
    }
    let unreadable = |error: std::io::Error| refusal(uri, &error.to_string());
    let found = tokio::fs::metadata(path).await.map_err(unreadable)?;
    if !found.is_file() || found.len() > TRUSTSTORE_BYTES {
        return Err(too_large(uri));
    }
    tokio::fs::read_to_string(path).await.map_err(unreadable)
}

fn object(place: &str, version: Option<&str>) -> Option<GetObjectInput> {
    let (bucket, key) = place.split_once('/')?;
    let version = version.filter(|version| !version.is_empty());
    let input = GetObjectInput {
        bucket: bucket.to_owned(),
        key: key.to_owned(),
        version_id: version.map(str::to_owned),
        ..GetObjectInput::default()
    };
    (!bucket.is_empty() && !key.is_empty()).then_some(input)
}

fn too_large(uri: &str) -> ServiceError {
    refusal(
        uri,
        &format!("it must be a file of at most {TRUSTSTORE_BYTES} bytes"),
    )
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
