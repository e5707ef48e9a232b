//! The local certificate authority: made on the first start, then kept.

use std::fmt;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

use landline_wire::{Clock, Timestamp, request_id};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, SerialNumber, date_time_ymd,
};
use rustls::crypto::ring::sign::any_ecdsa_type;
use rustls::sign::CertifiedKey;
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};

use super::{Files, TlsError};

/// How long the authority's own certificate holds.
const AUTHORITY_DAYS: i64 = 3650;

/// How long a certificate for one name holds. Short, because a new one costs nothing.
const LEAF_DAYS: i64 = 90;

const MILLIS_PER_DAY: i64 = 86_400_000;

/// An authority that signs certificates for any name.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: CertificateDer<'static>,
    certificate_pem: String,
}

impl Authority {
    /// Reads the authority from `files`, or makes it and writes it there.
    pub fn load_or_create(files: &Files, clock: &dyn Clock) -> Result<Self, TlsError> {
        let (certificate_path, key_path) = (files.authority(), files.key());
        if certificate_path.exists() && key_path.exists() {
            let key = KeyPair::from_pem(&read(&key_path)?).map_err(|_| TlsError::Content {
                path: key_path,
                expected: "a private key in PEM",
            })?;
            return Self::assemble(key, read(&certificate_path)?, &certificate_path);
        }
        let key = KeyPair::generate()?;
        let mut params = authority_params(&key);
        let now = clock.now();
        valid_between(
            &mut params,
            days_later(now, -1),
            days_later(now, AUTHORITY_DAYS),
        );
        let certificate_pem = params.self_signed(&key)?.pem();
        // The key first: a certificate without its key would be trusted for nothing.
        write_private(&key_path, key.serialize_pem().as_bytes())?;
        write_public(&certificate_path, certificate_pem.as_bytes())?;
        Self::assemble(key, certificate_pem, &certificate_path)
    }

    fn assemble(key: KeyPair, certificate_pem: String, path: &Path) -> Result<Self, TlsError> {
        let certificate = CertificateDer::from_pem_slice(certificate_pem.as_bytes());
        let certificate = certificate.map_err(|_| TlsError::Content {
            path: path.to_owned(),
            expected: "a certificate in PEM",
        })?;
        // The name and the key are all that a leaf takes from its issuer, and both
        // are known without reading the certificate.
        let issuer = Issuer::new(authority_params(&key), key);
        Ok(Self {
            issuer,
            certificate,
            certificate_pem,
        })
    }

    /// The authority's certificate, for those who shall trust it.
    pub fn certificate_pem(&self) -> &str {
        &self.certificate_pem
    }

    /// A new certificate for `names` (host names or addresses), and when to replace it.
    pub(super) fn mint(
        &self,
        names: &[&str],
        now: Timestamp,
    ) -> Result<(CertifiedKey, Timestamp), TlsError> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::new(names)?;
        // Names longer than 64 characters do not fit the common name, and nobody reads it.
        params.distinguished_name = name("Landline");
        params.serial_number = Some(serial_number());
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        valid_between(&mut params, days_later(now, -1), days_later(now, LEAF_DAYS));
        let certificate = params.signed_by(&key, &self.issuer)?;
        let private = PrivateKeyDer::try_from(key.serialize_der())
            .map_err(|reason| rustls::Error::General(reason.to_owned()))?;
        let chain = vec![certificate.der().clone(), self.certificate.clone()];
        let certified = CertifiedKey::new(chain, any_ecdsa_type(&private)?);
        Ok((certified, days_later(now, LEAF_DAYS / 2)))
    }
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Authority")
    }
}

/// The authority's properties. The name carries part of the key's hash, so that a
/// browser that saw another Landline does not mix the two up.
fn authority_params(key: &KeyPair) -> CertificateParams {
    let mut params = CertificateParams::default();
    let mark = match key.public_key_raw() {
        [_, a, b, c, ..] => format!("{a:02x}{b:02x}{c:02x}"),
        _ => String::new(),
    };
    params.distinguished_name = name(&format!("Landline local authority {mark}"));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

fn name(common_name: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, common_name);
    name
}

fn serial_number() -> SerialNumber {
    let mut bytes = request_id::random_bytes::<16>();
    bytes[0] &= 0x7f; // positive, as RFC 5280 wants it
    SerialNumber::from_slice(&bytes)
}

fn valid_between(params: &mut CertificateParams, from: Timestamp, to: Timestamp) {
    let (from, to) = (from.civil(), to.civil());
    // A clock that stands outside of X.509's years gives a certificate that nobody takes.
    let year = |year: i64| i32::try_from(year.clamp(1970, 4095)).unwrap_or(1970);
    params.not_before = date_time_ymd(year(from.year), from.month, from.day.min(28));
    params.not_after = date_time_ymd(year(to.year), to.month, to.day.min(28));
}

fn days_later(from: Timestamp, days: i64) -> Timestamp {
    Timestamp::from_millis(from.as_millis().saturating_add(days * MILLIS_PER_DAY))
}

fn read(path: &Path) -> Result<String, TlsError> {
    fs::read_to_string(path).map_err(|source| TlsError::File {
        action: "read",
        path: path.to_owned(),
        source,
    })
}

/// Writes a file that only its owner may read, whole or not at all.
pub(super) fn write_private(path: &Path, content: &[u8]) -> Result<(), TlsError> {
    write(path, content, 0o600)
}

/// Writes a file that everybody may read, whole or not at all.
pub(super) fn write_public(path: &Path, content: &[u8]) -> Result<(), TlsError> {
    write(path, content, 0o644)
}

/// Through a second name, so that nobody ever sees half a file.
fn write(path: &Path, content: &[u8], mode: u32) -> Result<(), TlsError> {
    let attempt = || {
        if let Some(folder) = path.parent() {
            fs::DirBuilder::new()
                .recursive(true)
                .mode(0o755)
                .create(folder)?;
        }
        let unfinished = path.with_extension("new");
        let _ = fs::remove_file(&unfinished);
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(mode)
            .open(&unfinished)?;
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(&unfinished, path)
    };
    attempt().map_err(|source| TlsError::File {
        action: "write",
        path: path.to_owned(),
        source,
    })
}
