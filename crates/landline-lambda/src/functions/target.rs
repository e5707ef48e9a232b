//! Which function a caller means: by name or ARN, with a qualifier or without.

use std::sync::Arc;

use landline_api::lambda::errors::ResourceNotFoundException;
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
        self.named(&FunctionName::parse(text), None)
    }

    fn named(
        &self,
        named: &FunctionName<'_>,
        qualifier: Option<&str>,
    ) -> Result<Arc<Function>, ServiceError> {
        self.check_reach(named)?;
        let ours = &*self.config.account_id;
        let account = named.account_id.unwrap_or(ours);
        let function = (account == ours).then(|| self.functions.get(named.name));
        function.flatten().ok_or_else(|| {
            let (region, name) = (&self.config.region, named.name);
            let arn = format!("arn:aws:lambda:{region}:{account}:function:{name}");
            // What a caller did not find is told as it asked for it.
            not_found(&qualifier.map_or_else(|| arn.clone(), |text| format!("{arn}:{text}")))
        })
    }

    /// A name may be an ARN, and that of another region.
    pub(crate) fn check_reach(&self, named: &FunctionName<'_>) -> Result<(), ServiceError> {
        let ours = &*self.config.region;
        match named.region {
            Some(region) if region != ours => Err(ResourceNotFoundException
                .with(format!(
                    "Functions from '{region}' are not reachable in this region ('{ours}')"
                ))
                .with_field("Type", "User")),
            _ => Ok(()),
        }
    }

    /// The function, version or alias that a caller names. An alias with weights gives one of its
    /// versions by chance.
    pub(crate) fn target(
        &self,
        text: &str,
        qualifier: Option<&str>,
    ) -> Result<Target, ServiceError> {
        let named = FunctionName::parse(text);
        let qualifier = named.qualified_by(qualifier)?;
        let latest = self.named(&named, qualifier)?;
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
