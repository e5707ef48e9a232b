//! Code that a call names instead of holding it: an object in a bucket.

use bytes::Bytes;
use landline_api::s3::{GetObject, GetObjectInput};
use landline_wire::{Caller, ServiceError};

use super::{Service, validation};

/// An object that holds a zip file.
#[derive(Debug)]
pub(super) struct CodeObject {
    pub(super) bucket: Option<String>,
    pub(super) key: Option<String>,
    pub(super) version: Option<String>,
}

impl Service {
    /// The zip file of a call: what it holds, or what the object holds that it names.
    pub(super) async fn zip_of(
        &self,
        zip_file: Option<Bytes>,
        object: CodeObject,
        image: Option<&str>,
        caller: &Caller,
    ) -> Result<Bytes, ServiceError> {
        let mut origin = validation::Origin::Call;
        let zip_file = match object.bucket {
            Some(bucket) if image.is_none() => {
                let input = GetObjectInput {
                    bucket,
                    key: object.key.unwrap_or_default(),
                    version_id: object.version,
                    ..Default::default()
                };
                let answer = self
                    .config
                    .dispatcher
                    .call::<GetObject>(input, caller)
                    .await;
                let object = answer.map_err(|error| no_object(&error))?;
                origin = validation::Origin::Bucket;
                object.body
            }
            _ => zip_file,
        };
        validation::zip_file(zip_file, image, origin)
    }
}

fn no_object(error: &ServiceError) -> ServiceError {
    validation::invalid(format!(
        "Error occurred while GetObject. S3 Error Code: {}. S3 Error Message: {}",
        error.code, error.message
    ))
}
