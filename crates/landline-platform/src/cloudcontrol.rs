//! AWS Cloud Control: what `sam list` asks of function URLs.
//!
//! Landline's functions have no URLs yet, which Cloud Control says of every one.

use std::sync::Arc;

use landline_api::cloudcontrol::{GetResource, GetResourceInput, GetResourceOutput, errors};
use landline_wire::{Caller, DispatcherBuilder, Handler, ServiceError};

/// The service.
#[derive(Debug, Default)]
pub struct CloudControl;

impl CloudControl {
    /// Lets this service answer its operations.
    pub fn register(builder: &mut DispatcherBuilder) {
        builder.register::<GetResource, _>(Arc::new(Self));
    }
}

impl Handler<GetResource> for CloudControl {
    async fn handle(
        &self,
        input: GetResourceInput,
        _caller: &Caller,
    ) -> Result<GetResourceOutput, ServiceError> {
        let (kind, id) = (input.type_name, input.identifier);
        if kind != "AWS::Lambda::Url" {
            let text = format!("Resource type {kind} does not support READ action");
            return Err(errors::UnsupportedActionException.with(text));
        }
        let text = format!("Resource of type '{kind}' with identifier '{id}' was not found.");
        Err(errors::ResourceNotFoundException.with(text))
    }
}
