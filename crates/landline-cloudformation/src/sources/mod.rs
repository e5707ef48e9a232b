//! What a template names but does not hold: objects in S3, values of the Parameter Store.

use std::fmt;

use bytes::Bytes;
use landline_api::s3::{GetObject, GetObjectInput};
use landline_api::secretsmanager::{GetSecretValue, GetSecretValueInput};
use landline_api::ssm::{GetParameter, GetParameterInput};
use landline_wire::dispatcher::BoxFuture;
use landline_wire::{Caller, Dispatcher};
use percent_encoding::percent_decode_str;

use crate::template::dynamic_references::SecretReference;

/// An object in S3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectLocation {
    pub bucket: String,
    pub key: String,
    pub version: Option<String>,
}

impl ObjectLocation {
    /// Reads the URL of an object, in every form that tools write: the bucket in the host or in the path, the host that
    /// of S3 or of this node. Nothing if it names no object.
    pub fn parse(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (host, path) = rest.split_once('/')?;
        let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let (bucket, key) = match scheme {
            "s3" => (host, path),
            "http" | "https" => {
                let host = host.split_once(':').map_or(host, |(name, _)| name);
                match bucket_in(host) {
                    Some(bucket) => (bucket, path),
                    None => path.split_once('/')?,
                }
            }
            _ => return None,
        };
        let version = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("versionId="));
        (!bucket.is_empty() && !key.is_empty()).then(|| Self {
            bucket: decode(bucket),
            key: decode(key),
            version: version.map(decode),
        })
    }
}

/// The bucket that is the first part of a host: `BUCKET.s3.REGION.amazonaws.com`, `BUCKET.localhost`. A bucket's name
/// may have dots itself.
fn bucket_in(host: &str) -> Option<&str> {
    if let Some(bucket) = host.strip_suffix(".localhost") {
        return Some(bucket).filter(|bucket| *bucket != "s3");
    }
    let (name, _) = host.split_once(".amazonaws.com")?;
    if let Some(bucket) = name.strip_suffix(".s3") {
        return Some(bucket);
    }
    let place = name.rfind(".s3.").or_else(|| name.rfind(".s3-"))?;
    Some(&name[..place])
}

/// Where what a template names comes from.
pub trait Sources: Send + Sync + 'static {
    /// The content of an object, or why it cannot be had.
    fn object<'a>(
        &'a self,
        location: &'a ObjectLocation,
        caller: &'a Caller,
    ) -> BoxFuture<'a, Result<Bytes, String>>;

    /// The value of a parameter of the Parameter Store, given by `NAME` or `NAME:VERSION`, or why it cannot be had.
    fn parameter<'a>(
        &'a self,
        name: &'a str,
        caller: &'a Caller,
    ) -> BoxFuture<'a, Result<String, String>>;

    /// The text of a secret, or why it cannot be had.
    fn secret<'a>(
        &'a self,
        secret: &'a SecretReference,
        _caller: &'a Caller,
    ) -> BoxFuture<'a, Result<String, String>> {
        Box::pin(async move { Err(format!("There is no secret {}", secret.id)) })
    }
}

/// Nothing can be had: for a node without those services, and for tests.
#[derive(Clone, Copy, Debug)]
pub struct NoSources;

impl Sources for NoSources {
    fn object<'a>(
        &'a self,
        location: &'a ObjectLocation,
        _caller: &'a Caller,
    ) -> BoxFuture<'a, Result<Bytes, String>> {
        Box::pin(async move {
            Err(format!(
                "S3 error: The specified bucket does not exist: {}",
                location.bucket
            ))
        })
    }

    fn parameter<'a>(
        &'a self,
        name: &'a str,
        _caller: &'a Caller,
    ) -> BoxFuture<'a, Result<String, String>> {
        Box::pin(async move { Err(unknown_parameter(name)) })
    }
}

/// What the services of the node have, asked through the dispatcher.
#[derive(Clone, Debug)]
pub struct DispatchedSources(pub Dispatcher);

impl Sources for DispatchedSources {
    fn object<'a>(
        &'a self,
        location: &'a ObjectLocation,
        caller: &'a Caller,
    ) -> BoxFuture<'a, Result<Bytes, String>> {
        Box::pin(async move {
            let input = GetObjectInput {
                bucket: location.bucket.clone(),
                key: location.key.clone(),
                version_id: location.version.clone(),
                ..Default::default()
            };
            let output = self.0.call::<GetObject>(input, caller).await;
            let output = output.map_err(|error| format!("S3 error: {}", error.message))?;
            Ok(output.body.unwrap_or_default())
        })
    }

    fn parameter<'a>(
        &'a self,
        name: &'a str,
        caller: &'a Caller,
    ) -> BoxFuture<'a, Result<String, String>> {
        Box::pin(async move {
            let input = GetParameterInput {
                name: name.to_owned(),
                with_decryption: Some(true),
            };
            let found = self.0.call::<GetParameter>(input, caller).await.ok();
            let value = found.and_then(|output| output.parameter?.value);
            value.ok_or_else(|| unknown_parameter(name))
        })
    }

    fn secret<'a>(
        &'a self,
        secret: &'a SecretReference,
        caller: &'a Caller,
    ) -> BoxFuture<'a, Result<String, String>> {
        Box::pin(async move {
            let input = GetSecretValueInput {
                secret_id: secret.id.clone(),
                version_id: secret.version.clone(),
                version_stage: secret.stage.clone(),
            };
            let found = self.0.call::<GetSecretValue>(input, caller).await;
            let found = found.map_err(|error| error.message)?;
            found
                .secret_string
                .ok_or_else(|| format!("The secret {} is binary and has no text", secret.id))
        })
    }
}

fn unknown_parameter(name: &str) -> String {
    format!("Unable to fetch parameters [{name}] from parameter store for this account.")
}

impl fmt::Debug for dyn Sources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sources")
    }
}

#[cfg(test)]
mod tests;
