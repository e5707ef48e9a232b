//! Event buses and rules: what the store keeps of them, and how they are found.

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_store::{Collection, Store, StoreError};
use landline_wire::event_pattern::Pattern;
use parking_lot::RwLock;
use serde::{Deserialize, Serialize};

use crate::expression::Expression;
use crate::input::Input;

/// Event buses, by name. The default one has a record once it was told something.
pub(crate) const BUSES: Collection<BusRecord> = Collection::new("events.bus");
/// Rules, by `{bus}|{name}`.
pub(crate) const RULES: Collection<RuleRecord> = Collection::new("events.rule");
/// The bus that everybody has.
pub(crate) const DEFAULT: &str = "default";

/// An event bus in the store.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct BusRecord {
    pub(crate) description: Option<String>,
    /// Kept, and not judged by.
    pub(crate) policy: Option<String>,
    pub(crate) dead_letters: Option<String>,
    pub(crate) kms_key: Option<String>,
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) created_millis: i64,
    pub(crate) modified_millis: i64,
}

/// A rule in the store, with its targets.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct RuleRecord {
    pub(crate) name: String,
    pub(crate) bus: String,
    pub(crate) arn: String,
    pub(crate) pattern: Option<String>,
    pub(crate) schedule: Option<String>,
    pub(crate) is_enabled: bool,
    pub(crate) description: Option<String>,
    pub(crate) role_arn: Option<String>,
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) targets: Vec<TargetRecord>,
    /// What rates are counted from.
    pub(crate) created_millis: i64,
}

/// Where events go.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct TargetRecord {
    pub(crate) id: String,
    pub(crate) arn: String,
    pub(crate) role_arn: Option<String>,
    pub(crate) input: Input,
    /// Of FIFO queues.
    pub(crate) group: Option<String>,
    /// The ARN of the queue of what the target did not take.
    pub(crate) dead_letters: Option<String>,
    pub(crate) max_retries: Option<i32>,
    pub(crate) max_age_seconds: Option<i32>,
}

/// A rule in one state of its configuration; a change makes another.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) record: RuleRecord,
    pub(crate) pattern: Option<Pattern>,
    pub(crate) expression: Option<Expression>,
}

impl Rule {
    /// Reads what was checked when it was set.
    pub(crate) fn new(record: RuleRecord) -> Arc<Self> {
        let pattern = record.pattern.as_deref();
        let schedule = record.schedule.as_deref();
        Arc::new(Self {
            pattern: pattern.and_then(|text| Pattern::parse(text).ok()),
            expression: schedule.and_then(|text| Expression::parse(text).ok()),
            record,
        })
    }

    /// Whether the rule sees such an event.
    pub(crate) fn is_about(&self, event: &serde_json::Value) -> bool {
        let pattern = self.pattern.as_ref().filter(|_| self.record.is_enabled);
        pattern.is_some_and(|pattern| pattern.matches(event))
    }

    pub(crate) fn key(&self) -> String {
        key(&self.record.bus, &self.record.name)
    }
}

/// The id of a rule in the store.
pub(crate) fn key(bus: &str, rule: &str) -> String {
    format!("{bus}|{rule}")
}

/// All event buses with their rules.
#[derive(Debug, Default)]
pub(crate) struct Buses(RwLock<BTreeMap<String, Bus>>);

#[derive(Debug, Default, Clone)]
pub(crate) struct Bus {
    pub(crate) record: Arc<BusRecord>,
    rules: BTreeMap<String, Arc<Rule>>,
}

impl Buses {
    /// All buses and rules as they were left.
    pub(crate) fn load(store: &dyn Store) -> Result<Self, StoreError> {
        let mut buses = BTreeMap::from([(DEFAULT.to_owned(), Bus::default())]);
        for (name, record) in BUSES.load(store)? {
            buses.entry(name).or_default().record = Arc::new(record);
        }
        for (_, record) in RULES.load(store)? {
            if let Some(bus) = buses.get_mut(&record.bus) {
                bus.rules.insert(record.name.clone(), Rule::new(record));
            }
        }
        Ok(Self(RwLock::new(buses)))
    }

    pub(crate) fn get(&self, name: &str) -> Option<Arc<BusRecord>> {
        self.0.read().get(name).map(|bus| bus.record.clone())
    }

    /// All buses, by name.
    pub(crate) fn all(&self) -> Vec<(String, Arc<BusRecord>)> {
        let buses = self.0.read();
        let all = buses.iter();
        all.map(|(name, bus)| (name.clone(), bus.record.clone()))
            .collect()
    }

    pub(crate) fn put(&self, name: &str, record: BusRecord) {
        let mut buses = self.0.write();
        buses.entry(name.to_owned()).or_default().record = Arc::new(record);
    }

    pub(crate) fn remove(&self, name: &str) {
        self.0.write().remove(name);
    }

    pub(crate) fn rule(&self, bus: &str, name: &str) -> Option<Arc<Rule>> {
        self.0.read().get(bus)?.rules.get(name).cloned()
    }

    /// The rules of a bus, by name; `None` when there is no such bus.
    pub(crate) fn rules(&self, bus: &str) -> Option<Vec<Arc<Rule>>> {
        let buses = self.0.read();
        Some(buses.get(bus)?.rules.values().cloned().collect())
    }

    pub(crate) fn put_rule(&self, rule: Arc<Rule>) {
        let (bus, name) = (rule.record.bus.clone(), rule.record.name.clone());
        let mut buses = self.0.write();
        buses.entry(bus).or_default().rules.insert(name, rule);
    }

    pub(crate) fn remove_rule(&self, bus: &str, name: &str) {
        if let Some(bus) = self.0.write().get_mut(bus) {
            bus.rules.remove(name);
        }
    }
}
