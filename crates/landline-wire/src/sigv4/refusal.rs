//! Why a signature is refused, and how each kind of service says so.

use crate::ServiceError;

/// One reason to refuse a request's signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The request is not signed.
    Missing,
    /// The header or the query lacks something; the text says what.
    Incomplete(String),
    /// Another algorithm than `AWS4-HMAC-SHA256`.
    UnsupportedAlgorithm,
    /// The key, or the session token with it, is not known.
    UnknownToken,
    /// The session's time is over.
    ExpiredToken,
    /// The signature is wrong, too old or too new; the text says which.
    Signature(String),
    /// The clocks are too far apart; the text says how far.
    Skewed(String),
    /// A presigned URL is too old; the text says how old.
    UrlExpired(String),
    /// The body is not the one that was signed.
    BodyHash,
    /// A body that is signed chunk by chunk.
    SignedChunks,
}

/// What every service says of a signature that does not match.
pub(super) const MISMATCH: &str = "The request signature we calculated does not match the signature you provided. \
     Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

impl Refusal {
    /// A header without any parameter, as other schemes (`Bearer`) have it.
    pub(super) fn no_parameters(header: &str) -> Self {
        let missing = [
            ("Credential", true),
            ("Signature", true),
            ("SignedHeaders", true),
        ];
        Self::missing_parameters(&missing, header)
    }

    pub(super) fn missing_parameters(parameters: &[(&str, bool)], header: &str) -> Self {
        let mut text = String::new();
        for (name, _) in parameters.iter().filter(|(_, missing)| *missing) {
            text.push_str("Authorization header requires '");
            text.push_str(name);
            text.push_str("' parameter. ");
        }
        Self::Incomplete(format!("{text}Authorization={header}"))
    }

    /// The error as the service of `signing_name` words it.
    ///
    /// The same fault has one code in the JSON services, another in the query
    /// services, and S3 has its own.
    pub(super) fn into_error(self, signing_name: &str) -> ServiceError {
        let dialect = Dialect::of(signing_name);
        let bad_request = if dialect == Dialect::Json { 400 } else { 403 };
        let signature_code = match dialect {
            Dialect::Json | Dialect::Rest => "InvalidSignatureException",
            Dialect::Query | Dialect::S3 => "SignatureDoesNotMatch",
        };
        match self {
            Self::Missing => missing(dialect),
            Self::Incomplete(text) => match dialect {
                Dialect::Query => ServiceError::new("IncompleteSignature", 400, text),
                Dialect::S3 => ServiceError::new("AuthorizationHeaderMalformed", 400, text),
                _ => ServiceError::new("IncompleteSignatureException", bad_request, text),
            },
            Self::UnsupportedAlgorithm => {
                let text = "Unsupported AWS 'algorithm': only AWS4-HMAC-SHA256 is supported.";
                Self::Incomplete(text.to_owned()).into_error(signing_name)
            }
            Self::UnknownToken => match dialect {
                Dialect::Query => ServiceError::new("InvalidClientTokenId", 403, TOKEN_INVALID),
                Dialect::S3 => ServiceError::new(
                    "InvalidAccessKeyId",
                    403,
                    "The AWS Access Key Id you provided does not exist in our records.",
                ),
                _ => ServiceError::new("UnrecognizedClientException", bad_request, TOKEN_INVALID),
            },
            Self::ExpiredToken => {
                let code = match dialect {
                    Dialect::Query | Dialect::S3 => "ExpiredToken",
                    _ => "ExpiredTokenException",
                };
                let text = "The security token included in the request is expired";
                ServiceError::new(code, bad_request, text)
            }
            Self::Skewed(_) if dialect == Dialect::S3 => ServiceError::new(
                "RequestTimeTooSkewed",
                403,
                "The difference between the request time and the current time is too large.",
            ),
            Self::UrlExpired(_) if dialect == Dialect::S3 => {
                ServiceError::new("AccessDenied", 403, "Request has expired")
            }
            Self::Signature(text) | Self::Skewed(text) | Self::UrlExpired(text) => {
                ServiceError::new(signature_code, bad_request, text)
            }
            Self::BodyHash if dialect == Dialect::S3 => ServiceError::new(
                "XAmzContentSHA256Mismatch",
                400,
                "The provided 'x-amz-content-sha256' header does not match what was computed.",
            ),
            Self::BodyHash => Self::Signature(MISMATCH.to_owned()).into_error(signing_name),
            Self::SignedChunks => ServiceError::new(
                "NotImplemented",
                501,
                "A body that is signed chunk by chunk is for objects in S3: send UNSIGNED-PAYLOAD or the body's SHA-256.",
            ),
        }
    }
}

/// Of a request that is not signed.
fn missing(dialect: Dialect) -> ServiceError {
    match dialect {
        Dialect::Query => ServiceError::new(
            "MissingAuthenticationToken",
            403,
            "Request is missing Authentication Token",
        ),
        Dialect::S3 => ServiceError::new("AccessDenied", 403, "Access Denied"),
        Dialect::Json => ServiceError::new(
            "MissingAuthenticationTokenException",
            400,
            "Request is missing Authentication Token",
        ),
        Dialect::Rest => ServiceError::new(
            "MissingAuthenticationTokenException",
            403,
            "Missing Authentication Token",
        ),
    }
}

const TOKEN_INVALID: &str = "The security token included in the request is invalid.";

/// The families of services that word these errors alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    Json,
    Rest,
    Query,
    S3,
}

impl Dialect {
    fn of(signing_name: &str) -> Self {
        match signing_name {
            "dynamodb" | "logs" | "ssm" | "ecr" | "events" | "secretsmanager" | "kms"
            | "cognito-idp" | "sqs" | "states" | "monitoring" | "cloudcontrolapi" => Self::Json,
            "sts" | "iam" | "cloudformation" | "sns" => Self::Query,
            "s3" => Self::S3,
            _ => Self::Rest,
        }
    }
}
