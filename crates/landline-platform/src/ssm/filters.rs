//! What a listing of parameters is narrowed by.

use landline_api::ssm::{ParameterStringFilter, errors};
use landline_wire::ServiceError;

use super::ParameterRecord;

/// One filter; all of a request's must hold.
#[derive(Debug)]
pub(super) struct Filter {
    key: String,
    option: String,
    values: Vec<String>,
}

impl Filter {
    pub(super) fn read(filters: Vec<ParameterStringFilter>) -> Result<Vec<Self>, ServiceError> {
        filters.into_iter().map(Self::of).collect()
    }

    fn of(filter: ParameterStringFilter) -> Result<Self, ServiceError> {
        let is_known = filter.key.starts_with("tag:")
            || ["Name", "Path", "Type", "KeyId", "Tier", "DataType"].contains(&&*filter.key);
        if !is_known {
            let text = format!("The filter key {} is not valid.", filter.key);
            return Err(errors::InvalidFilterKey.with(text));
        }
        let default = if filter.key == "Path" {
            "OneLevel"
        } else {
            "Equals"
        };
        let option = filter.option.unwrap_or_else(|| default.to_owned());
        let options: &[&str] = match filter.key.as_str() {
            "Path" => &["OneLevel", "Recursive"],
            "Name" => &["Equals", "BeginsWith", "Contains"],
            _ => &["Equals", "BeginsWith"],
        };
        if !options.contains(&&*option) {
            let text = format!(
                "The filter option {option} is not valid for {}.",
                filter.key
            );
            return Err(errors::InvalidFilterOption.with(text));
        }
        Ok(Self {
            key: filter.key,
            option,
            values: filter.values.unwrap_or_default(),
        })
    }

    pub(super) fn holds(&self, name: &str, record: &ParameterRecord) -> bool {
        let text = match self.key.as_str() {
            "Path" => return self.values.iter().any(|path| self.is_below(path, name)),
            "Name" => Some(name),
            "Type" => Some(record.kind.as_str()),
            "KeyId" => record.key_id.as_deref(),
            "Tier" => Some(record.tier.as_str()),
            "DataType" => Some(record.data_type.as_str()),
            key => {
                let tag = key.strip_prefix("tag:").unwrap_or_default();
                record.tags.get(tag).map(String::as_str)
            }
        };
        let Some(text) = text else {
            return false;
        };
        let fits = |value: &String| match self.option.as_str() {
            "BeginsWith" => text.starts_with(value.as_str()),
            "Contains" => text.contains(value.as_str()),
            _ => text == value,
        };
        self.values.is_empty() || self.values.iter().any(fits)
    }

    fn is_below(&self, path: &str, name: &str) -> bool {
        let path = format!("{}/", path.trim_end_matches('/'));
        let rest = name.strip_prefix(&path);
        rest.is_some_and(|rest| self.option == "Recursive" || !rest.contains('/'))
    }
}
