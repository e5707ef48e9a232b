//! AWS Systems Manager's Parameter Store: values under names, with versions and tags.
//!
//! Follows the API reference of each operation. A `SecureString` is kept like the others;
//! whoever asks for it without decryption gets a text that is not the value.

mod filters;
mod get;
mod secrets;
mod tags;
mod versions;

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_api::ssm as api;
use landline_api::ssm::errors;
use landline_store::{Collection, Store, Transaction};
use landline_wire::{Caller, Clock, DispatcherBuilder, Handler, ServiceError, Timestamp};
use serde::{Deserialize, Serialize};

use crate::secretsmanager::SecretsManager;
use crate::{WriteFailure, unavailable};
use filters::Filter;

/// A parameter with its last versions, the newest at the end.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct ParameterRecord {
    kind: String,
    description: Option<String>,
    allowed_pattern: Option<String>,
    key_id: Option<String>,
    tier: String,
    data_type: String,
    tags: BTreeMap<String, String>,
    versions: Vec<VersionRecord>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct VersionRecord {
    number: i64,
    value: String,
    modified_millis: i64,
    modified_by: String,
}

const PARAMETERS: Collection<ParameterRecord> = Collection::new("ssm.parameter");

/// How many parameters there are.
const COUNT: Collection<usize> = Collection::new("ssm.count");
const ALL: &str = "all";

/// AWS keeps a hundred versions of a parameter.
const VERSIONS_MAX: usize = 100;
/// Parameters of an account.
const PARAMETERS_MAX: usize = 10_000;
const STANDARD_BYTES_MAX: usize = 4096;
const ADVANCED_BYTES_MAX: usize = 8192;
const LEVELS_MAX: usize = 15;

/// The service.
#[derive(Debug)]
pub struct Ssm {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    /// What parameters may stand for.
    secrets: Arc<SecretsManager>,
}

impl Ssm {
    /// A service on `store`.
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Arc<Self> {
        let secrets = SecretsManager::new(store.clone(), clock.clone());
        Arc::new(Self {
            store,
            clock,
            secrets,
        })
    }

    /// Lets this service answer its operations.
    pub fn register(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<api::PutParameter, _>(self.clone())
            .register::<api::GetParameter, _>(self.clone())
            .register::<api::GetParameters, _>(self.clone())
            .register::<api::GetParametersByPath, _>(self.clone())
            .register::<api::GetParameterHistory, _>(self.clone())
            .register::<api::DescribeParameters, _>(self.clone())
            .register::<api::DeleteParameter, _>(self.clone())
            .register::<api::DeleteParameters, _>(self.clone())
            .register::<api::AddTagsToResource, _>(self.clone())
            .register::<api::RemoveTagsFromResource, _>(self.clone())
            .register::<api::ListTagsForResource, _>(self.clone());
    }

    fn find(&self, name: &str) -> Result<ParameterRecord, ServiceError> {
        let found = PARAMETERS
            .get(&*self.store, name)
            .map_err(|error| unavailable(&error))?;
        found.ok_or_else(|| not_found(name))
    }

    /// Removes a parameter; `false` when there is none.
    async fn remove(&self, name: &str) -> Result<bool, ServiceError> {
        let name = plain_name(name).to_owned();
        let removing = self.store.write(move |transaction: &mut Transaction<'_>| {
            let is_there = PARAMETERS.get_in(transaction, &name)?.is_some();
            if is_there {
                let all = COUNT.get_in(transaction, ALL)?.unwrap_or(1);
                COUNT.put_in(transaction, ALL, &(all - 1))?;
                PARAMETERS.delete_in(transaction, &name);
            }
            Ok::<_, WriteFailure>(is_there)
        });
        Ok(removing.await?)
    }
}

fn not_found(name: &str) -> ServiceError {
    errors::ParameterNotFound.with(format!("Parameter {name} not found."))
}

/// The name in an ARN, or the name itself. A name with slashes begins with one.
fn plain_name(name: &str) -> &str {
    let in_arn = name
        .strip_prefix("arn:")
        .and_then(|arn| Some(arn.split_once(":parameter")?.1));
    match in_arn {
        Some(path) if path.matches('/').count() == 1 => path.trim_start_matches('/'),
        Some(path) => path,
        None => name,
    }
}

fn arn(name: &str, caller: &Caller) -> String {
    let slash = if name.starts_with('/') { "" } else { "/" };
    format!(
        "arn:aws:ssm:{}:{}:parameter{slash}{name}",
        caller.region, caller.account_id
    )
}

/// Refuses what no parameter may be called.
fn check_name(name: &str) -> Result<(), ServiceError> {
    check_shape(name)?;
    if name.contains('/') && !name.starts_with('/') {
        let text = "Parameter name must be a fully qualified name.";
        return Err(ServiceError::new("ValidationException", 400, text));
    }
    let first = name.trim_start_matches('/').to_ascii_lowercase();
    if first.starts_with("aws") && !first.starts_with("aws-") && first.contains('/')
        || first.starts_with("ssm")
    {
        let text = format!("No access to reserved parameter name: {name}.");
        return Err(ServiceError::new("AccessDeniedException", 400, text));
    }
    if name.matches('/').count() > LEVELS_MAX {
        let text = format!("A parameter hierarchy has at most {LEVELS_MAX} levels.");
        return Err(errors::HierarchyLevelLimitExceededException.with(text));
    }
    Ok(())
}

const NOT_A_NAME: &str = "Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_";

/// Refuses what is no name.
fn check_shape(name: &str) -> Result<(), ServiceError> {
    let is_allowed = |it: char| it.is_ascii_alphanumeric() || "._-/".contains(it);
    if !name.chars().all(is_allowed) || name.contains("//") || name.ends_with('/') {
        let text = NOT_A_NAME;
        return Err(ServiceError::new("ValidationException", 400, text));
    }
    Ok(())
}

impl Handler<api::PutParameter> for Ssm {
    async fn handle(
        &self,
        input: api::PutParameterInput,
        caller: &Caller,
    ) -> Result<api::PutParameterOutput, ServiceError> {
        let name = plain_name(&input.name).to_owned();
        check_name(&name)?;
        check_value(&input)?;
        let version = VersionRecord {
            number: 1,
            value: input.value.clone(),
            modified_millis: self.clock.now().as_millis(),
            modified_by: caller.principal.to_string(),
        };
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            let record = match PARAMETERS.get_in(transaction, &name)? {
                Some(_) if input.overwrite != Some(true) => {
                    let text = "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.";
                    return Err(WriteFailure::from(errors::ParameterAlreadyExists.with(text)));
                }
                Some(existing) => overwritten(existing, input, version)?,
                None => {
                    let all = COUNT.get_in(transaction, ALL)?.unwrap_or(0);
                    if all >= PARAMETERS_MAX {
                        let text = "You have exceeded the number of parameters for this AWS account.";
                        return Err(errors::ParameterLimitExceeded.with(text).into());
                    }
                    COUNT.put_in(transaction, ALL, &(all + 1))?;
                    made(input, version)?
                }
            };
            PARAMETERS.put_in(transaction, &name, &record)?;
            let number = record.versions.last().map(|version| version.number);
            Ok((number, record.tier))
        });
        let (version, tier) = written.await?;
        Ok(api::PutParameterOutput {
            version,
            tier: Some(tier.as_str().into()),
        })
    }
}

fn check_value(input: &api::PutParameterInput) -> Result<(), ServiceError> {
    let most = match input.tier.as_ref().map(api::ParameterTier::as_str) {
        None | Some("Standard") => STANDARD_BYTES_MAX,
        Some(_) => ADVANCED_BYTES_MAX,
    };
    if input.value.len() > most {
        let text = format!(
            "Standard tier parameters support a maximum parameter value of {most} characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html"
        );
        return Err(ServiceError::new("ValidationException", 400, text));
    }
    if input.overwrite == Some(true) && input.tags.as_ref().is_some_and(|tags| !tags.is_empty()) {
        let text = "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.";
        return Err(ServiceError::new("ValidationException", 400, text));
    }
    Ok(())
}

fn made(
    input: api::PutParameterInput,
    version: VersionRecord,
) -> Result<ParameterRecord, ServiceError> {
    let Some(kind) = input.r#type else {
        let text = "A parameter type is required when you create a parameter.";
        return Err(ServiceError::new("ValidationException", 400, text));
    };
    let tier = input.tier.filter(|tier| tier.as_str() == "Advanced");
    let tags = input.tags.unwrap_or_default().into_iter();
    Ok(ParameterRecord {
        key_id: match kind {
            api::ParameterType::SecureString => {
                Some(input.key_id.unwrap_or_else(|| "alias/aws/ssm".to_owned()))
            }
            _ => None,
        },
        kind: kind.to_string(),
        description: input.description,
        allowed_pattern: input.allowed_pattern,
        tier: tier.map_or("Standard", |_| "Advanced").to_owned(),
        data_type: input.data_type.unwrap_or_else(|| "text".to_owned()),
        tags: tags.map(|tag| (tag.key, tag.value)).collect(),
        versions: vec![version],
    })
}

fn overwritten(
    existing: ParameterRecord,
    input: api::PutParameterInput,
    version: VersionRecord,
) -> Result<ParameterRecord, ServiceError> {
    let mut record = existing;
    let kind = input.r#type.as_ref().map(api::ParameterType::as_str);
    if kind.is_some_and(|kind| kind != record.kind) {
        let text = format!(
            "The parameter is of the type {}, which cannot be changed.",
            record.kind
        );
        return Err(errors::HierarchyTypeMismatchException.with(text));
    }
    let number = record.versions.last().map_or(0, |last| last.number) + 1;
    record.versions.push(VersionRecord { number, ..version });
    if record.versions.len() > VERSIONS_MAX {
        record.versions.remove(0);
    }
    let given =
        |text: Option<String>, kept: Option<String>| text.or(kept).filter(|text| !text.is_empty());
    record.description = given(input.description, record.description);
    record.allowed_pattern = given(input.allowed_pattern, record.allowed_pattern);
    record.key_id = input.key_id.or(record.key_id);
    if input.tier.is_some_and(|tier| tier.as_str() == "Advanced") {
        "Advanced".clone_into(&mut record.tier);
    }
    Ok(record)
}

/// A parameter as it is asked for: by name, or by name and version.
struct Selected<'a> {
    name: &'a str,
    selector: Option<&'a str>,
}

impl<'a> Selected<'a> {
    fn parse(text: &'a str) -> Self {
        let name = plain_name(text);
        match name.split_once(':') {
            Some((name, _)) => Self {
                name,
                selector: Some(&text[text.rfind(':').unwrap_or_default()..]),
            },
            None => Self {
                name,
                selector: None,
            },
        }
    }
}

/// Whether the value of a `SecureString` is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Secrets {
    Shown,
    Hidden,
}

impl Secrets {
    fn of(with_decryption: Option<bool>) -> Self {
        if with_decryption == Some(true) {
            Self::Shown
        } else {
            Self::Hidden
        }
    }
}

impl ParameterRecord {
    fn value(&self, version: &VersionRecord, secrets: Secrets) -> String {
        match (self.kind.as_str(), secrets) {
            ("SecureString", Secrets::Hidden) => {
                format!(
                    "kms:{}:{}",
                    self.key_id.as_deref().unwrap_or_default(),
                    version.number
                )
            }
            _ => version.value.clone(),
        }
    }

    fn describe(
        &self,
        selected: &Selected<'_>,
        secrets: Secrets,
        caller: &Caller,
    ) -> Result<api::Parameter, ServiceError> {
        let wanted = selected.selector.map(|text| text.trim_start_matches(':'));
        let version = match wanted {
            None => self.versions.last(),
            Some(number) => {
                let mut versions = self.versions.iter();
                versions.find(|version| version.number.to_string() == number)
            }
        };
        let version = version.ok_or_else(|| {
            errors::ParameterVersionNotFound.with(format!(
                "Systems Manager could not find version {} of {}. Verify the version and try again.",
                wanted.unwrap_or_default(),
                selected.name
            ))
        })?;
        Ok(api::Parameter {
            name: Some(selected.name.to_owned()),
            r#type: Some(self.kind.as_str().into()),
            value: Some(self.value(version, secrets)),
            version: Some(version.number),
            selector: selected.selector.map(str::to_owned),
            source_result: None,
            last_modified_date: Some(Timestamp::from_millis(version.modified_millis)),
            arn: Some(arn(selected.name, caller)),
            data_type: Some(self.data_type.clone()),
        })
    }
}

impl Handler<api::GetParametersByPath> for Ssm {
    async fn handle(
        &self,
        input: api::GetParametersByPathInput,
        caller: &Caller,
    ) -> Result<api::GetParametersByPathOutput, ServiceError> {
        if !input.path.starts_with('/') {
            let text = "The parameter doesn't meet the parameter name requirements. The parameter name must begin with a forward slash \"/\".";
            return Err(ServiceError::new("ValidationException", 400, text));
        }
        let path = format!("{}/", input.path.trim_end_matches('/'));
        let filters = Filter::read(input.parameter_filters.unwrap_or_default())?;
        let listed = self
            .store
            .read(|reader| PARAMETERS.list_in(reader, &path))
            .map_err(|error| unavailable(&error))?;
        let is_below = |name: &str| {
            let rest = name.strip_prefix(&path).unwrap_or_default();
            input.recursive == Some(true) || !rest.contains('/')
        };
        let asked = listed.into_iter().filter(|(name, record)| {
            is_below(name) && filters.iter().all(|filter| filter.holds(name, record))
        });
        let page = Page::of(asked, input.next_token, input.max_results.unwrap_or(10));
        let secrets = Secrets::of(input.with_decryption);
        let described = page.items.iter().map(|(name, record)| {
            let selected = Selected {
                name,
                selector: None,
            };
            record.describe(&selected, secrets, caller)
        });
        Ok(api::GetParametersByPathOutput {
            parameters: Some(described.collect::<Result<_, _>>()?),
            next_token: page.next_token,
        })
    }
}

/// The part of a listing that comes after the name in a token.
struct Page {
    items: Vec<(String, ParameterRecord)>,
    next_token: Option<String>,
}

impl Page {
    fn of(
        all: impl Iterator<Item = (String, ParameterRecord)>,
        token: Option<String>,
        most: i32,
    ) -> Self {
        let after = token.unwrap_or_default();
        let most = usize::try_from(most).unwrap_or(50);
        let mut rest = all.filter(|(name, _)| *name > after);
        let items: Vec<_> = rest.by_ref().take(most).collect();
        let last = items.last().map(|(name, _)| name.clone());
        Self {
            next_token: last.filter(|_| rest.next().is_some()),
            items,
        }
    }
}

impl Handler<api::DeleteParameter> for Ssm {
    async fn handle(
        &self,
        input: api::DeleteParameterInput,
        _caller: &Caller,
    ) -> Result<api::DeleteParameterOutput, ServiceError> {
        if self.remove(&input.name).await? {
            return Ok(api::DeleteParameterOutput {});
        }
        Err(not_found(&input.name))
    }
}

impl Handler<api::DeleteParameters> for Ssm {
    async fn handle(
        &self,
        input: api::DeleteParametersInput,
        _caller: &Caller,
    ) -> Result<api::DeleteParametersOutput, ServiceError> {
        let (mut deleted, mut invalid) = (Vec::new(), Vec::new());
        for name in input.names {
            if self.remove(&name).await? {
                deleted.push(name);
            } else {
                invalid.push(name);
            }
        }
        Ok(api::DeleteParametersOutput {
            deleted_parameters: Some(deleted),
            invalid_parameters: Some(invalid),
        })
    }
}

#[cfg(test)]
mod tests;
