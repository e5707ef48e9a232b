//! Looks at what stacks made, through the operations that describe it: which one, and where its answer has the
//! properties, is data (`table`).

mod table;

use landline_wire::{Caller, Dispatcher, ServiceError};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value as Json};

use crate::provider::{Existing, Observed, Observer, ProvisionError, Provisioning};
use table::{Given, READINGS, Reading};

/// Reads resources from the services that have them.
pub(super) struct Services(pub(super) Dispatcher);

impl Observer for Services {
    fn observe<'a>(
        &'a self,
        existing: &'a Existing,
        caller: &'a Caller,
    ) -> Provisioning<'a, Observed> {
        Box::pin(async move {
            let mut readings = READINGS.iter();
            let wanted = readings.find(|reading| reading.resource_type == existing.resource_type);
            match wanted {
                Some(reading) => self.read(reading, existing, caller).await,
                None => Ok(Observed::Unreadable),
            }
        })
    }
}

impl Services {
    async fn read(
        &self,
        reading: &Reading,
        existing: &Existing,
        caller: &Caller,
    ) -> Result<Observed, ProvisionError> {
        let document = input(reading, existing).to_string();
        let answer = self
            .0
            .call_by_name(
                reading.service,
                reading.operation,
                document.as_bytes(),
                caller,
            )
            .await;
        let answer = match answer {
            Ok(answer) => serde_json::from_slice::<Json>(&answer).unwrap_or_default(),
            Err(error) if is_gone(&error) => return Ok(Observed::Gone),
            Err(error) => return Err(error.into()),
        };
        let Some(root) = root(reading, &answer, &existing.physical_id) else {
            return Ok(Observed::Gone);
        };
        Ok(Observed::Has(properties(reading, root)))
    }
}

/// What services say of a thing that is not there.
fn is_gone(error: &ServiceError) -> bool {
    error.status == 404
        || ["NotFound", "DoesNotExist", "NonExistent", "NoSuch"]
            .iter()
            .any(|text| error.code.contains(text))
}

fn input(reading: &Reading, existing: &Existing) -> Json {
    let mut members = Map::new();
    for (member, given) in reading.input {
        let value = match given {
            Given::PhysicalId => Some(existing.physical_id.clone().into()),
            Given::LastOfPhysicalId => existing.physical_id.rsplit('|').next().map(Into::into),
            Given::Property(name) => existing.properties.get(*name).cloned(),
            Given::Texts(texts) => Some(texts.to_vec().into()),
        };
        members.extend(value.map(|value| ((*member).to_owned(), value)));
    }
    Json::Object(members)
}

/// The part of an answer that describes the resource; nothing if a list does not have it.
fn root<'a>(reading: &Reading, answer: &'a Json, physical_id: &str) -> Option<&'a Json> {
    let Some((list, name)) = reading.listed else {
        return Some(reading.within.map_or(answer, |within| &answer[within]));
    };
    let mut items = answer.get(list)?.as_array()?.iter();
    items.find(|item| item.get(name).and_then(Json::as_str) == Some(physical_id))
}

fn properties(reading: &Reading, root: &Json) -> Map<String, Json> {
    let same = reading.properties.iter().map(|name| (*name, *name));
    let all = same.chain(reading.renamed.iter().copied());
    let mut properties: Map<String, Json> = all
        .map(|(name, path)| (name.to_owned(), at(root, path)))
        .collect();
    for (name, path) in reading.told {
        let value = at(root, path);
        if !value.is_null() {
            properties.insert((*name).to_owned(), value);
        }
    }
    properties
}

/// A value at names with dots between them; `Layers.*.Arn` are all `Arn` in the list `Layers`.
fn at(value: &Json, path: &str) -> Json {
    let Some((name, rest)) = path.split_once('.') else {
        return plain(&value[path]);
    };
    match rest.strip_prefix("*.") {
        Some(rest) => match value[name].as_array() {
            Some(items) => items.iter().map(|item| at(item, rest)).collect(),
            None => Json::Null,
        },
        None => at(&value[name], rest),
    }
}

/// IAM gives documents as they stand in URLs.
fn plain(value: &Json) -> Json {
    match value.as_str() {
        Some(text) if text.starts_with("%7B") => {
            let text = percent_decode_str(text).decode_utf8_lossy();
            Json::String(text.into_owned())
        }
        _ => value.clone(),
    }
}

#[cfg(test)]
mod tests;
