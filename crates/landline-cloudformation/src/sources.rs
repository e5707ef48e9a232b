//! What a template names but does not hold: objects in S3, values of the Parameter Store.

use std::fmt;

use bytes::Bytes;
use landline_wire::Caller;
use landline_wire::dispatcher::BoxFuture;

/// An object in S3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectLocation {
    pub bucket: String,
    pub key: String,
    pub version: Option<String>,
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
        Box::pin(async move {
            Err(format!(
                "Unable to fetch parameters [{name}] from parameter store for this account."
            ))
        })
    }
}

impl fmt::Debug for dyn Sources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sources")
    }
}
