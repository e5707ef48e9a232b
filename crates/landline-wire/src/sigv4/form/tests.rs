//! Forms that botocore 1.43 presigned at 2026-11-29T06:42:37Z for ten minutes.

use std::sync::Arc;

use super::{PolicySignature, SignedPolicy};
use crate::sigv4::{Credential, Verifier};
use crate::{ManualClock, ServiceError, Timestamp};

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const POLICY_V4: &str = "eyJleHBpcmF0aW9uIjogIjIwMjYtMTEtMjlUMDY6NTI6MzdaIiwgImNvbmRpdGlvbnMiOiBbeyJidWNrZXQiOiAiYS1idWNrZXQifSwgeyJrZXkiOiAia2V5In0sIHsieC1hbXotYWxnb3JpdGhtIjogIkFXUzQtSE1BQy1TSEEyNTYifSwgeyJ4LWFtei1jcmVkZW50aWFsIjogIkFLSURFWEFNUExFLzIwMjYxMTI5L2V1LXdlc3QtMS9zMy9hd3M0X3JlcXVlc3QifSwgeyJ4LWFtei1kYXRlIjogIjIwMjYxMTI5VDA2NDIzN1oifV19";
const POLICY_V2: &str = "eyJleHBpcmF0aW9uIjogIjIwMjYtMTEtMjlUMDY6NTI6MzdaIiwgImNvbmRpdGlvbnMiOiBbeyJidWNrZXQiOiAiYS1idWNrZXQifSwgeyJrZXkiOiAia2V5In1dfQ==";
const V4: SignedPolicy<'_> = SignedPolicy {
    policy: POLICY_V4,
    signature: PolicySignature::V4 {
        algorithm: "AWS4-HMAC-SHA256",
        credential: "AKIDEXAMPLE/20261129/eu-west-1/s3/aws4_request",
        date: "20261129T064237Z",
        signature: "4902aa5f38e5a62ec84a2007dc91e7280af67a5f362c1c3aead5848ebac29020",
    },
    session_token: None,
};
const V2: SignedPolicy<'_> = SignedPolicy {
    policy: POLICY_V2,
    signature: PolicySignature::V2 {
        access_key_id: "AKIDEXAMPLE",
        signature: "c16amH6Qs0iGHevWxhziWagxUFo=",
    },
    session_token: None,
};

fn verify(signed: &SignedPolicy<'_>) -> Result<Option<String>, ServiceError> {
    let clock = ManualClock::at(Timestamp::from_millis(1_795_934_600_000));
    let find = |id: &str| (id == "AKIDEXAMPLE").then(|| Credential::lasting(SECRET));
    let signer = Verifier::new(Arc::new(clock)).verify_policy(signed, find)?;
    assert_eq!(signer.access_key_id, "AKIDEXAMPLE");
    Ok(signer.region)
}

#[test]
fn what_botocore_signed_verifies() {
    assert_eq!(verify(&V4).unwrap().as_deref(), Some("eu-west-1"));
    assert_eq!(verify(&V2).unwrap(), None);
}

#[test]
fn another_policy_does_not_verify() {
    for signed in [V4, V2] {
        let changed = SignedPolicy {
            policy: "e30=",
            ..signed
        };
        let refused = verify(&changed).unwrap_err();
        assert_eq!(refused.code, "SignatureDoesNotMatch");
    }
}

#[test]
fn a_token_that_does_not_belong_to_the_key_is_refused() {
    let with_token = SignedPolicy {
        session_token: Some("token"),
        ..V4
    };
    let refused = verify(&with_token).unwrap_err();
    assert_eq!(refused.code, "InvalidAccessKeyId");
}
