//! Signatures of forms that upload to S3: what is signed is the policy, as the form has it
//! in base64.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html>

use std::borrow::Cow;

use super::Scope;
use super::authorization::ALGORITHM;
use super::date::SigningDate;
use super::key::{constant_time_eq, hmac};
use super::refusal::{MISMATCH, Refusal};
use super::verify::{Credential, Verifier, check_session};
use crate::{ServiceError, hex};

/// What a form says of its signature.
#[derive(Debug, Clone, Copy)]
pub struct SignedPolicy<'a> {
    /// The policy as the form has it, in base64.
    pub policy: &'a str,
    /// Whose signature it is.
    pub signature: PolicySignature<'a>,
    /// The token of a session.
    pub session_token: Option<&'a str>,
}

/// The fields of either version.
#[derive(Debug, Clone, Copy)]
pub enum PolicySignature<'a> {
    /// Signature Version 4.
    V4 {
        /// `x-amz-algorithm`.
        algorithm: &'a str,
        /// `x-amz-credential`.
        credential: &'a str,
        /// `x-amz-date`.
        date: &'a str,
        /// `x-amz-signature`.
        signature: &'a str,
    },
    /// Signature Version 2.
    V2 {
        /// `AWSAccessKeyId`.
        access_key_id: &'a str,
        /// `signature`.
        signature: &'a str,
    },
}

/// Whom a form names, verified or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicySigner {
    /// The access key's id.
    pub access_key_id: String,
    /// The region, where the signature has one.
    pub region: Option<String>,
}

impl SignedPolicy<'_> {
    /// Whom the form names. Nothing is verified.
    ///
    /// # Errors
    ///
    /// The refusal in the words of S3, when the fields cannot be read.
    pub fn signer(&self) -> Result<PolicySigner, ServiceError> {
        self.read().map(|(signer, _)| signer).map_err(in_s3s_words)
    }

    fn read(&self) -> Result<(PolicySigner, Option<Scope<'_>>), Refusal> {
        let (algorithm, credential, date) = match self.signature {
            PolicySignature::V2 { access_key_id, .. } => {
                let signer = PolicySigner {
                    access_key_id: access_key_id.to_owned(),
                    region: None,
                };
                return Ok((signer, None));
            }
            PolicySignature::V4 {
                algorithm,
                credential,
                date,
                ..
            } => (algorithm, credential, date),
        };
        if algorithm != ALGORITHM {
            return Err(Refusal::UnsupportedAlgorithm);
        }
        let scope = Scope::parse(Cow::Borrowed(credential)).ok_or_else(|| {
            Refusal::Incomplete(format!(
                "Credential must have five parts: <access key>/<date>/<region>/<service>/aws4_request. Got '{credential}'."
            ))
        })?;
        if SigningDate::parse(date).is_none_or(|date| date.day() != scope.date) {
            return Err(Refusal::Incomplete(format!(
                "X-Amz-Date must be of the credential's day. Got '{date}'."
            )));
        }
        let signer = PolicySigner {
            access_key_id: scope.access_key_id.to_string(),
            region: Some(scope.region.to_string()),
        };
        Ok((signer, Some(scope)))
    }
}

impl Verifier {
    /// Verifies the signature of a form. How long it holds is up to its policy.
    ///
    /// # Errors
    ///
    /// The refusal in the words of S3.
    pub fn verify_policy(
        &self,
        signed: &SignedPolicy<'_>,
        find: impl Fn(&str) -> Option<Credential>,
    ) -> Result<PolicySigner, ServiceError> {
        self.judge_policy(signed, find).map_err(in_s3s_words)
    }

    fn judge_policy(
        &self,
        signed: &SignedPolicy<'_>,
        find: impl Fn(&str) -> Option<Credential>,
    ) -> Result<PolicySigner, Refusal> {
        let (signer, scope) = signed.read()?;
        let credential = find(&signer.access_key_id).ok_or(Refusal::UnknownToken)?;
        check_session(signed.session_token, &credential, self.clock.now())?;
        let secret = &credential.secret_access_key;
        let policy = signed.policy.as_bytes();
        let (right, given) = match (signed.signature, &scope) {
            (PolicySignature::V4 { signature, .. }, Some(scope)) => {
                let key = self.keys.derive(secret, scope);
                (hex(&hmac(&key, policy)), signature)
            }
            (PolicySignature::V4 { signature, .. } | PolicySignature::V2 { signature, .. }, _) => {
                (super::v2::signature(secret, policy), signature)
            }
        };
        if constant_time_eq(right.as_bytes(), given.as_bytes()) {
            return Ok(signer);
        }
        Err(Refusal::Signature(MISMATCH.to_owned()))
    }
}

fn in_s3s_words(refusal: Refusal) -> ServiceError {
    refusal.into_error("s3")
}

#[cfg(test)]
mod tests;
