//! Which function a caller means: by name or ARN, with a qualifier or without.

use std::sync::Arc;

use landline_wire::{ServiceError, request_id};

use super::{Function, LATEST};
use crate::Lambda;
use crate::function::name::{FunctionName, not_found};

/// What a caller names: a function, one of its versions, or an alias.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// What runs.
    pub(crate) function: Arc<Function>,
    /// Where policies, aliases and other settings of all versions are.
    pub(crate) latest: Arc<Function>,
    /// As the caller gave it.
    pub(crate) qualifier: Option<String>,
}

impl Target {
    /// The ARN with the caller's qualifier.
    pub(crate) fn arn(&self) -> String {
        match &self.qualifier {
            Some(qualifier) => format!("{}:{qualifier}", self.latest.spec.arn),
            None => self.latest.spec.arn.to_string(),
        }
    }

    /// The qualifier under which settings are kept: none for `$LATEST`.
    pub(crate) fn key(&self) -> Option<&str> {
        self.qualifier.as_deref().filter(|text| *text != LATEST)
    }
}

impl Lambda {
    /// The function that a caller names, whatever the qualifier.
    pub(crate) fn latest(&self, text: &str) -> Result<Arc<Function>, ServiceError> {
        let named = FunctionName::parse(text);
        let is_ours = named
            .account_id
            .is_none_or(|a| a == &*self.config.account_id)
            && named.region.is_none_or(|r| r == &*self.config.region);
        if !is_ours {
            return Err(not_found(text));
        }
        let function = self.functions.get(named.name);
        function.ok_or_else(|| not_found(&self.arn(named.name)))
    }

    /// The function, version or alias that a caller names. An alias with weights gives one of its
    /// versions by chance.
    pub(crate) fn target(
        &self,
        text: &str,
        qualifier: Option<&str>,
    ) -> Result<Target, ServiceError> {
        let latest = self.latest(text)?;
        let qualifier = qualifier.or(FunctionName::parse(text).qualifier);
        let function = match qualifier {
            None => latest.clone(),
            Some(qualifier) => self.qualified(&latest, qualifier)?,
        };
        Ok(Target {
            function,
            latest,
            qualifier: qualifier.map(str::to_owned),
        })
    }

    /// What runs for a name.
    pub(crate) fn find(
        &self,
        text: &str,
        qualifier: Option<&str>,
    ) -> Result<Arc<Function>, ServiceError> {
        self.target(text, qualifier).map(|target| target.function)
    }

    fn qualified(
        &self,
        latest: &Arc<Function>,
        qualifier: &str,
    ) -> Result<Arc<Function>, ServiceError> {
        let version = match latest.record.aliases.get(qualifier) {
            Some(alias) => alias.choose(
                f64::from(u32::from_le_bytes(request_id::random_bytes())) / f64::from(u32::MAX),
            ),
            None => qualifier,
        };
        if version == LATEST {
            return Ok(latest.clone());
        }
        let number = version.parse().ok();
        number
            .and_then(|number| self.functions.version(&latest.record.name, number))
            .ok_or_else(|| not_found(&format!("{}:{qualifier}", latest.spec.arn)))
    }
}
