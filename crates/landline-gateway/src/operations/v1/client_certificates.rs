//! Client certificates: what a stage shows to the web servers behind it, so that they know who calls.
//!
//! AWS signs RSA keys of 2048 bits; these are ECDSA keys of P-256, which every TLS 1.2 server takes.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-client-side-ssl-authentication.html>.

use landline_api::apigateway::{
    ClientCertificate, ClientCertificates, DeleteClientCertificate, DeleteClientCertificateInput,
    GenerateClientCertificate, GenerateClientCertificateInput, GetClientCertificate,
    GetClientCertificateInput, GetClientCertificates, GetClientCertificatesInput,
    UpdateClientCertificate, UpdateClientCertificateInput,
};
use landline_store::Reader;
use landline_wire::request_id::random_bytes;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError, Timestamp};
use rcgen::{
    CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, KeyPair, SerialNumber,
    date_time_ymd,
};

use super::super::patch::non_empty;
use super::super::{ApiGateway, expect};
use super::page::page;
use super::patch;
use crate::state::client_certificates::{
    CLIENT_CERTIFICATES, ClientCertificateRecord, client_certificate,
};
use crate::state::rest::{REST_APIS, rest_stages};
use crate::state::{self, APIS, Failure, Stored, bad_request, quota_reached};

impl Handler<GenerateClientCertificate> for ApiGateway {
    async fn handle(
        &self,
        input: GenerateClientCertificateInput,
        caller: &Caller,
    ) -> Result<ClientCertificate, ServiceError> {
        expect::tags(input.tags.as_ref(), &self.limits)?;
        expect::description(input.description.as_deref())?;
        let limit = self.limits.client_certificates;
        let now = self.clock.now().truncate_to_seconds();
        let id = caller.new_ids().resource_id(6);
        let record = generate(input, id, now).map_err(|error| ServiceError::internal(&error))?;
        self.change_usage(move |transaction, _| {
            if CLIENT_CERTIFICATES.load_in(transaction)?.len() >= limit {
                return Err(quota_reached("ClientCertificates", "account").into());
            }
            let Stored(certificate) = record.certificate.clone();
            CLIENT_CERTIFICATES.put_in(transaction, id_of(&certificate), &record)?;
            Ok(certificate)
        })
        .await
    }
}

impl Handler<GetClientCertificate> for ApiGateway {
    async fn handle(
        &self,
        input: GetClientCertificateInput,
        _caller: &Caller,
    ) -> Result<ClientCertificate, ServiceError> {
        let id = &input.client_certificate_id;
        let record = self.read_usage(|reader| client_certificate(reader, id))?;
        Ok(record.certificate.0)
    }
}

impl Handler<GetClientCertificates> for ApiGateway {
    async fn handle(
        &self,
        input: GetClientCertificatesInput,
        _caller: &Caller,
    ) -> Result<ClientCertificates, ServiceError> {
        let records = CLIENT_CERTIFICATES.load(&*self.store);
        let records = records.map_err(Failure::from)?.into_iter();
        let all: Vec<ClientCertificate> = records.map(|(_, it)| it.certificate.0).collect();
        let page = page(all, id_of, input.limit, input.position.as_deref())?;
        Ok(ClientCertificates {
            items: Some(page.items),
            position: page.position,
        })
    }
}

impl Handler<UpdateClientCertificate> for ApiGateway {
    async fn handle(
        &self,
        input: UpdateClientCertificateInput,
        _caller: &Caller,
    ) -> Result<ClientCertificate, ServiceError> {
        self.change_usage(move |transaction, _| {
            let id = &input.client_certificate_id;
            let mut record = client_certificate(transaction, id)?;
            for step in patch::steps(input.patch_operations.as_ref())? {
                match (step.op, step.path) {
                    ("replace", "/description") => record.certificate.0.description = step.text(),
                    _ => return Err(step.refuse(&["/description"]).into()),
                }
            }
            expect::description(record.certificate.0.description.as_deref())?;
            CLIENT_CERTIFICATES.put_in(transaction, id, &record)?;
            Ok(record.certificate.0)
        })
        .await
    }
}

impl Handler<DeleteClientCertificate> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteClientCertificateInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.change_usage(move |transaction, _| {
            let id = &input.client_certificate_id;
            client_certificate(transaction, id)?;
            let users = users(transaction, id)?;
            if !users.is_empty() {
                return Err(bad_request(format!(
                    "Client certificate {id} is in use by the following stages: [{}]",
                    users.join(", ")
                ))
                .into());
            }
            CLIENT_CERTIFICATES.delete_in(transaction, id);
            Ok(Unit {})
        })
        .await
    }
}

fn id_of(certificate: &ClientCertificate) -> &str {
    certificate
        .client_certificate_id
        .as_deref()
        .unwrap_or_default()
}

/// The stages that show a certificate, as `{apiId}/{stage}`.
fn users(reader: &dyn Reader, id: &str) -> Result<Vec<String>, Failure> {
    let mut users = Vec::new();
    for (api_id, _) in APIS.load_in(reader)? {
        let stages = state::list::<landline_api::apigatewayv2::Stage>(reader, &api_id)?;
        let using = stages
            .iter()
            .filter(|stage| stage.client_certificate_id.as_deref() == Some(id));
        users.extend(using.map(|stage| format!("{api_id}/{}", stage.stage_name)));
    }
    for (api_id, _) in REST_APIS.load_in(reader)? {
        let stages = rest_stages(reader, &api_id)?;
        let using = stages
            .iter()
            .filter(|stage| stage.client_certificate_id.as_deref() == Some(id));
        let name = |stage: &landline_api::apigateway::Stage| {
            format!(
                "{api_id}/{}",
                stage.stage_name.as_deref().unwrap_or_default()
            )
        };
        users.extend(using.map(name));
    }
    Ok(users)
}

/// A certificate that signs itself, as on AWS: backends trust it alone.
fn generate(
    input: GenerateClientCertificateInput,
    id: String,
    now: Timestamp,
) -> Result<ClientCertificateRecord, rcgen::Error> {
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::default();
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, "ApiGateway");
    params.distinguished_name = name;
    let mut serial = random_bytes::<16>();
    serial[0] &= 0x7f; // positive, as RFC 5280 wants it
    params.serial_number = Some(SerialNumber::from_slice(&serial));
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    let expires = later(now, LIFETIME_DAYS);
    // Days beyond the 28th are cut off below.
    valid_between(&mut params, later(now, -4), later(expires, 4));
    let certificate = params.self_signed(&key)?;
    Ok(ClientCertificateRecord {
        certificate: Stored(ClientCertificate {
            client_certificate_id: Some(id),
            description: non_empty(input.description),
            pem_encoded_certificate: Some(certificate.pem()),
            created_date: Some(now),
            expiration_date: Some(expires),
            tags: input.tags.filter(|tags| !tags.is_empty()),
        }),
        key: key.serialize_pem(),
    })
}

/// A certificate of API Gateway holds for a year.
const LIFETIME_DAYS: i64 = 365;

fn later(from: Timestamp, days: i64) -> Timestamp {
    Timestamp::from_millis(from.as_millis().saturating_add(days * 24 * 3_600_000))
}

fn valid_between(params: &mut CertificateParams, from: Timestamp, to: Timestamp) {
    let (from, to) = (from.civil(), to.civil());
    // A clock that stands outside of X.509's years gives a certificate that nobody takes.
    let year = |year: i64| i32::try_from(year.clamp(1970, 4095)).unwrap_or(1970);
    params.not_before = date_time_ymd(year(from.year), from.month, from.day.min(28));
    params.not_after = date_time_ymd(year(to.year), to.month, to.day.min(28));
}
