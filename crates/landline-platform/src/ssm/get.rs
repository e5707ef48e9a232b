//! `GetParameter`, `GetParameters`.
//!
//! <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html>

use landline_api::ssm as api;
use landline_wire::{Caller, Handler, ServiceError};

use super::{NOT_A_NAME, Secrets, Selected, Ssm, check_shape};

impl Ssm {
    /// A parameter by its name, its ARN, or either with a version; or the secret that the name stands for.
    fn get(
        &self,
        name: &str,
        secrets: Secrets,
        caller: &Caller,
    ) -> Result<api::Parameter, ServiceError> {
        let selected = Selected::parse(name);
        if let Some(secret) = self.secret(selected.name, secrets, caller) {
            return secret;
        }
        check_shape(selected.name)?;
        if selected.name.contains('/') && !selected.name.starts_with('/') {
            return Err(ServiceError::new("ValidationException", 400, NOT_A_NAME));
        }
        let found = match self.find(selected.name) {
            // A slash before a name of one part is no part of it.
            Err(error) => match selected.name.strip_prefix('/').map(|name| self.find(name)) {
                Some(Ok(record)) => Ok(record),
                _ => Err(error),
            },
            found => found,
        };
        found?.describe(&selected, secrets, caller)
    }
}

impl Handler<api::GetParameter> for Ssm {
    async fn handle(
        &self,
        input: api::GetParameterInput,
        caller: &Caller,
    ) -> Result<api::GetParameterOutput, ServiceError> {
        let secrets = Secrets::of(input.with_decryption);
        Ok(api::GetParameterOutput {
            parameter: Some(self.get(&input.name, secrets, caller)?),
        })
    }
}

impl Handler<api::GetParameters> for Ssm {
    async fn handle(
        &self,
        input: api::GetParametersInput,
        caller: &Caller,
    ) -> Result<api::GetParametersOutput, ServiceError> {
        let secrets = Secrets::of(input.with_decryption);
        let (mut parameters, mut invalid) = (Vec::new(), Vec::new());
        for name in input.names {
            match self.get(&name, secrets, caller) {
                Ok(parameter) => parameters.push(parameter),
                Err(error) if error.is_client_fault() => invalid.push(name),
                Err(error) => return Err(error),
            }
        }
        Ok(api::GetParametersOutput {
            parameters: Some(parameters),
            invalid_parameters: Some(invalid),
        })
    }
}
