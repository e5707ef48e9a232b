//! One order: an account, the authority's challenge, the certificate.

use instant_acme::{
    Account, AccountCredentials, AuthorizationStatus, ChallengeType, Error, Identifier, NewAccount,
    NewOrder, Order, OrderStatus, RetryPolicy,
};
use rcgen::{CertificateParams, DistinguishedName, KeyPair};

use super::challenges::{Answered, Challenges};
use super::kept::Kept;
use super::{AcmeError, ORDER_TIMEOUT, https};
use crate::config::{Acme, AcmeChallenge};
use crate::tls::TlsError;

/// The authority, and what an order with it needs.
#[derive(Debug)]
pub(super) struct Authority<'a> {
    pub(super) settings: &'a Acme,
    pub(super) kept: &'a Kept,
    pub(super) challenges: &'a Challenges,
    pub(super) http: https::Client,
}

/// A certificate with its key, both in PEM.
pub(super) struct Issued {
    pub(super) chain: String,
    pub(super) key: String,
}

const ACCOUNT_UNKNOWN: &str = "urn:ietf:params:acme:error:accountDoesNotExist";

impl Authority<'_> {
    /// Gets a certificate for one name.
    pub(super) async fn order(&self, name: &str) -> Result<Issued, AcmeError> {
        let account = self.account().await?;
        let identifiers = [Identifier::Dns(name.to_owned())];
        let order = account.new_order(&NewOrder::new(&identifiers)).await;
        if let Err(Error::Api(problem)) = &order
            && problem.r#type.as_deref() == Some(ACCOUNT_UNKNOWN)
        {
            self.kept.forget_account();
        }
        let mut order = order?;
        let _answered = self.answer(name, &mut order).await?;
        let retries = RetryPolicy::new().timeout(ORDER_TIMEOUT);
        if order.poll_ready(&retries).await? != OrderStatus::Ready {
            return Err(AcmeError::NotValidated);
        }
        let key = KeyPair::generate().map_err(TlsError::from)?;
        order.finalize_csr(&request(name, &key)?).await?;
        Ok(Issued {
            chain: order.poll_certificate(&retries).await?,
            key: key.serialize_pem(),
        })
    }

    /// The account of an earlier order, else a new one.
    async fn account(&self) -> Result<Account, AcmeError> {
        let directory = &self.settings.directory;
        let builder = Account::builder_with_http(Box::new(self.http.clone()));
        if let Some(credentials) = self.kept.account(directory) {
            return Ok(builder.from_credentials(credentials).await?);
        }
        let contact: Vec<&str> = self.settings.contact.iter().map(String::as_str).collect();
        let wanted = NewAccount {
            contact: &contact,
            // The configuration is refused without it.
            terms_of_service_agreed: true,
            only_return_existing: false,
        };
        let created = builder.create(&wanted, directory.clone(), None).await?;
        let (account, credentials): (Account, AccountCredentials) = created;
        self.kept.keep_account(directory, credentials)?;
        Ok(account)
    }

    /// Tells the authority where to look, and lets the front door answer it.
    async fn answer(&self, name: &str, order: &mut Order) -> Result<Vec<Answered<'_>>, AcmeError> {
        let mut answered = Vec::new();
        let mut authorizations = order.authorizations();
        while let Some(authorization) = authorizations.next().await {
            let mut authorization = authorization?;
            if authorization.status == AuthorizationStatus::Valid {
                continue; // from an earlier order
            }
            let kind = match self.settings.challenge {
                AcmeChallenge::Http01 => ChallengeType::Http01,
                AcmeChallenge::TlsAlpn01 => ChallengeType::TlsAlpn01,
            };
            let challenge = authorization.challenge(kind);
            let mut challenge = challenge.ok_or(AcmeError::NoChallenge)?;
            let proof = challenge.key_authorization();
            let answer = match self.settings.challenge {
                AcmeChallenge::Http01 => self.challenges.answer(&challenge.token, proof.as_str()),
                AcmeChallenge::TlsAlpn01 => {
                    let digest = proof.digest();
                    self.challenges.answer_tls(name, digest.as_ref())?
                }
            };
            answered.push(answer);
            challenge.set_ready().await?;
        }
        Ok(answered)
    }
}

/// The signing request for a name, in DER.
fn request(name: &str, key: &KeyPair) -> Result<Vec<u8>, TlsError> {
    let mut params = CertificateParams::new(vec![name.to_owned()])?;
    params.distinguished_name = DistinguishedName::new();
    Ok(params.serialize_request(key)?.der().to_vec())
}
