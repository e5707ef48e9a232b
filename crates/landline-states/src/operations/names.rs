//! Names and ARNs, and what they lead to.

use std::sync::Arc;

use landline_wire::{Arn, ServiceError, request_id};

use super::Service;
use crate::definition::{self, Machine};
use crate::errors::{invalid_arn, invalid_name, no_machine, unavailable};
use crate::machine::{ALIASES, Known, Revision, VERSIONS, key, version_key};

/// Refuses names that nothing can have.
pub(super) fn check_name(name: &str) -> Result<(), ServiceError> {
    let is_bad = |letter: char| {
        letter.is_whitespace() || letter.is_control() || "<>{}[]?*\"#%\\^|~`$&,;:/".contains(letter)
    };
    let length = name.chars().count();
    if length == 0 || length > 80 || name.contains(is_bad) {
        return Err(invalid_name(name));
    }
    Ok(())
}

/// What an ARN of this service is about: the kind, and what comes after it.
pub(super) fn parts(arn: &str) -> Result<(&str, &str), ServiceError> {
    let prefix = || invalid_arn(&format!("Invalid ARN prefix: {arn}"));
    let parsed = Arn::parse(arn).filter(|arn| arn.service == "states");
    let parsed = parsed.ok_or_else(prefix)?;
    parsed.resource.split_once(':').ok_or_else(prefix)
}

/// The part of an ARN after its kind, which has to be this one.
pub(super) fn of_kind<'a>(arn: &'a str, wanted: &str) -> Result<&'a str, ServiceError> {
    match parts(arn)? {
        (kind, rest) if kind == wanted => Ok(rest),
        (kind, _) => Err(invalid_arn(&format!(
            "Resource type not valid in this context: {kind}"
        ))),
    }
}

/// Which state of a machine somebody means.
#[derive(Debug)]
pub(super) struct Meant {
    pub(super) known: Arc<Known>,
    pub(super) revision_id: String,
    pub(super) revision: Revision,
    pub(super) machine: Arc<Machine>,
    pub(super) version_arn: Option<String>,
    pub(super) alias_arn: Option<String>,
    pub(super) description: Option<String>,
}

impl Service {
    /// A machine by its own ARN.
    pub(super) fn machine(&self, arn: &str) -> Result<Arc<Known>, ServiceError> {
        let name = of_kind(arn, "stateMachine")?;
        self.machines.get(name).ok_or_else(|| no_machine(arn))
    }

    /// A machine by its ARN, or that of a version or an alias.
    pub(super) fn meant(&self, arn: &str) -> Result<Meant, ServiceError> {
        let resource = of_kind(arn, "stateMachine")?;
        let (name, qualifier) = match resource.split_once(':') {
            Some((name, qualifier)) => (name, Some(qualifier)),
            None => (resource, None),
        };
        let known = self.machines.get(name).ok_or_else(|| no_machine(arn))?;
        let Some(qualifier) = qualifier else {
            return Ok(Meant {
                revision_id: known.record.revision_id.clone(),
                revision: known.record.revision.clone(),
                machine: known.machine.clone(),
                known,
                version_arn: None,
                alias_arn: None,
                description: None,
            });
        };
        if let Ok(number) = qualifier.parse::<u64>() {
            return self.version(known, number, arn);
        }
        let number = self.routed(name, qualifier, arn)?;
        let mut meant = self.version(known, number, arn)?;
        meant.alias_arn = Some(arn.to_owned());
        Ok(meant)
    }

    /// The version that an alias leads to this time.
    fn routed(&self, machine: &str, alias: &str, arn: &str) -> Result<u64, ServiceError> {
        let record = ALIASES.get(&*self.config.store, &key(machine, alias));
        let record = record.map_err(unavailable)?;
        let record = record.ok_or_else(|| no_machine(arn))?;
        let drawn = i32::from(u16::from_le_bytes(request_id::random_bytes()) % 100);
        let mut passed = 0;
        let chosen = record.routes.iter().find(|(_, weight)| {
            passed += weight;
            drawn < passed
        });
        let number = chosen.and_then(|(arn, _)| arn.rsplit(':').next()?.parse().ok());
        number.ok_or_else(|| no_machine(arn))
    }

    fn version(&self, known: Arc<Known>, number: u64, arn: &str) -> Result<Meant, ServiceError> {
        let name = &known.record.name;
        let version = VERSIONS.get(&*self.config.store, &version_key(name, number));
        let version = version.map_err(unavailable)?;
        let version = version.ok_or_else(|| no_machine(arn))?;
        let kind = known.record.kind.for_definition();
        let machine = if version.revision_id == known.record.revision_id {
            known.machine.clone()
        } else {
            let machine = definition::parse(&version.revision.definition, kind);
            Arc::new(machine.map_err(|_| no_machine(arn))?)
        };
        Ok(Meant {
            version_arn: Some(format!("{}:{number}", known.record.arn)),
            known,
            revision_id: version.revision_id,
            revision: version.revision,
            machine,
            alias_arn: None,
            description: version.description,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_no_spaces_brackets_and_signs() {
        assert!(check_name("Order-Flow_1.2=ü").is_ok());
        for name in [
            "",
            "a b",
            "a<b",
            "a:b",
            "a/b",
            "a|b",
            "a\u{7f}",
            &"a".repeat(81),
        ] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }

    #[test]
    fn arns_are_told_apart() {
        let told = parts("not_a_valid_arn").unwrap_err().message;
        assert_eq!(told, "Invalid Arn: 'Invalid ARN prefix: not_a_valid_arn'");
        let express = "arn:aws:states:eu-west-1:000000000000:express:m:e:1";
        let told = of_kind(express, "execution").unwrap_err().message;
        assert_eq!(
            told,
            "Invalid Arn: 'Resource type not valid in this context: express'"
        );
    }
}
