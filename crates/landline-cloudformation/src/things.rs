//! A resource type for tests: things that remember their properties and fail on request.

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_wire::Caller;
use parking_lot::Mutex;
use serde_json::Value as Json;
use tokio::sync::Notify;

use crate::provider::{
    Existing, Import, Observed, Observer, ProvisionError, Provisioned, Provisioning,
    ResourceProvider, ResourceRequest, Schema,
};

/// What exists in the world, by physical id, and every call in order.
#[derive(Default)]
pub(crate) struct World {
    pub(crate) things: BTreeMap<String, Json>,
    pub(crate) calls: Vec<String>,
    /// Logical ids whose creation does not end before somebody rings.
    pub(crate) held: Vec<String>,
    pub(crate) bell: Arc<Notify>,
    /// Logical ids whose next calls fail.
    pub(crate) broken: Vec<String>,
}

#[derive(Clone, Default)]
pub(crate) struct Things(pub(crate) Arc<Mutex<World>>);

static THING: Schema = Schema {
    resource_type: "Test::Thing",
    required: &["Value"],
    properties: &["Value", "Fixed", "Needs"],
    replace_on: &["Fixed"],
    attributes: &["Arn"],
};

impl Things {
    fn call(&self, verb: &str, logical_id: &str) -> Result<(), ProvisionError> {
        let mut world = self.0.lock();
        world.calls.push(format!("{verb} {logical_id}"));
        if world.broken.iter().any(|broken| broken == logical_id) {
            Err(ProvisionError::new("it is broken"))
        } else {
            Ok(())
        }
    }

    pub(crate) fn calls(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().calls)
    }

    pub(crate) fn things(&self) -> Vec<(String, Json)> {
        self.0
            .lock()
            .things
            .iter()
            .map(|(id, properties)| (id.clone(), properties["Value"].clone()))
            .collect()
    }

    pub(crate) fn break_thing(&self, logical_id: &str) {
        self.0.lock().broken.push(logical_id.to_owned());
    }

    fn id(request: &ResourceRequest) -> String {
        match request.properties.get("Fixed").and_then(Json::as_str) {
            Some(fixed) => format!("{}-{fixed}", request.logical_id),
            None => request.logical_id.clone(),
        }
    }

    fn made(id: &str) -> Provisioned {
        Provisioned::new(id).with("Arn", Some(format!("arn:{id}")))
    }
}

impl Observer for Things {
    fn observe<'a>(
        &'a self,
        existing: &'a Existing,
        _caller: &'a Caller,
    ) -> Provisioning<'a, Observed> {
        Box::pin(async move {
            let world = self.0.lock();
            let Some(properties) = world.things.get(&existing.physical_id) else {
                return Ok(Observed::Gone);
            };
            let value = properties.get("Value").cloned().unwrap_or_default();
            Ok(Observed::Has(
                [("Value".to_owned(), value)].into_iter().collect(),
            ))
        })
    }
}

impl ResourceProvider for Things {
    fn schema(&self) -> &'static Schema {
        &THING
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(Self::id(request))
    }

    fn import(&self) -> Option<&'static Import> {
        Some(&Import {
            identifier: "ThingId",
            name: Some("Fixed"),
        })
    }

    fn find<'a>(
        &'a self,
        identifier: &'a str,
        _caller: &'a Caller,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            self.call("find", identifier)?;
            if self.0.lock().things.contains_key(identifier) {
                return Ok(Self::made(identifier));
            }
            Err(ProvisionError::not_found("Test::Thing", identifier))
        })
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            let bell = {
                let world = self.0.lock();
                let is_held = world.held.contains(&request.logical_id);
                is_held.then(|| world.bell.clone())
            };
            if let Some(bell) = bell {
                bell.notified().await;
            }
            self.call("create", &request.logical_id)?;
            let mut world = self.0.lock();
            let id = Self::id(request);
            world.things.insert(id.clone(), request.properties.clone());
            Ok(Self::made(&id))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            self.call("update", &request.logical_id)?;
            self.0
                .lock()
                .things
                .insert(existing.physical_id.clone(), request.properties.clone());
            Ok(Self::made(&existing.physical_id))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, _caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            self.call("delete", &existing.physical_id)?;
            self.0.lock().things.remove(&existing.physical_id);
            Ok(())
        })
    }
}
