//! Schedules and their groups: what the store keeps of them, and how they are found.

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_store::{Collection, Store, StoreError};
use landline_wire::Timestamp;
use parking_lot::RwLock;
use serde::{Deserialize, Serialize};

use crate::expression::{Expression, Utc, Wall};
use crate::zone::Zone;

/// Schedules, by `{group}|{name}`.
pub(crate) const SCHEDULES: Collection<ScheduleRecord> = Collection::new("scheduler.schedule");
/// Groups, by name. The default one has no record.
pub(crate) const GROUPS: Collection<GroupRecord> = Collection::new("scheduler.group");
/// The group that everybody has.
pub(crate) const DEFAULT: &str = "default";

/// A schedule in the store.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct ScheduleRecord {
    pub(crate) name: String,
    pub(crate) group: String,
    pub(crate) expression: String,
    pub(crate) zone: Option<String>,
    pub(crate) is_enabled: bool,
    pub(crate) description: Option<String>,
    pub(crate) kms_key: Option<String>,
    pub(crate) start_millis: Option<i64>,
    pub(crate) end_millis: Option<i64>,
    /// The width of a window in which it may happen. It happens when that opens.
    pub(crate) window_minutes: Option<i32>,
    /// Whether it is deleted when it has happened for the last time.
    pub(crate) goes_when_over: bool,
    /// Whether it has.
    pub(crate) is_over: bool,
    pub(crate) target: TargetRecord,
    pub(crate) created_millis: i64,
    pub(crate) modified_millis: i64,
}

/// What a schedule calls.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct TargetRecord {
    pub(crate) arn: String,
    pub(crate) role_arn: String,
    pub(crate) input: Option<String>,
    pub(crate) group: Option<String>,
    pub(crate) dead_letters: Option<String>,
    pub(crate) max_retries: Option<i32>,
    pub(crate) max_age_seconds: Option<i32>,
    /// Of buses: the detail type and the source of the event.
    pub(crate) bus_event: Option<(String, String)>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct GroupRecord {
    pub(crate) tags: BTreeMap<String, String>,
    pub(crate) created_millis: i64,
}

impl ScheduleRecord {
    pub(crate) fn key(&self) -> String {
        format!("{}|{}", self.group, self.name)
    }
}

/// A schedule in one state of its configuration; a change makes another.
#[derive(Debug)]
pub(crate) struct Schedule {
    pub(crate) record: ScheduleRecord,
    pub(crate) expression: Option<Expression>,
    zone: Option<Zone>,
}

impl Schedule {
    /// Reads what was checked when it was set.
    pub(crate) fn new(record: ScheduleRecord) -> Arc<Self> {
        Arc::new(Self {
            expression: Expression::parse(&record.expression).ok(),
            zone: record.zone.as_deref().and_then(Zone::named),
            record,
        })
    }

    /// The first time after `after` at which it happens.
    pub(crate) fn next(&self, after: Timestamp) -> Option<Timestamp> {
        let record = &self.record;
        let expression = self.expression.as_ref();
        let expression = expression.filter(|_| record.is_enabled && !record.is_over)?;
        let start = record.start_millis.map(Timestamp::from_millis);
        let since = start.unwrap_or(Timestamp::from_millis(record.created_millis));
        let wall: &dyn Wall = match &self.zone {
            Some(zone) => zone,
            None => &Utc,
        };
        let next = match expression {
            Expression::At(_) => expression.next(after, since, wall),
            // A rate begins with its first time, a cron expression may have it.
            Expression::Rate(_) if after < since => Some(since),
            _ if after < since => {
                let before = Timestamp::from_millis(since.as_millis() - 1);
                expression.next(before, since, wall)
            }
            _ => expression.next(after, since, wall),
        };
        next.filter(|time| record.end_millis.is_none_or(|end| time.as_millis() <= end))
    }
}

/// All schedules and groups.
#[derive(Debug)]
pub(crate) struct Schedules {
    all: RwLock<BTreeMap<String, Arc<Schedule>>>,
    groups: RwLock<BTreeMap<String, Arc<GroupRecord>>>,
}

impl Schedules {
    /// All of them as they were left.
    pub(crate) fn load(store: &dyn Store) -> Result<Self, StoreError> {
        let all = SCHEDULES.load(store)?.into_iter();
        let groups = GROUPS.load(store)?.into_iter();
        let groups = groups.map(|(name, record)| (name, Arc::new(record)));
        let mut groups: BTreeMap<_, _> = groups.collect();
        groups.entry(DEFAULT.to_owned()).or_default();
        Ok(Self {
            all: RwLock::new(all.map(|(key, it)| (key, Schedule::new(it))).collect()),
            groups: RwLock::new(groups),
        })
    }

    pub(crate) fn get(&self, key: &str) -> Option<Arc<Schedule>> {
        self.all.read().get(key).cloned()
    }

    /// In the order of their groups and names.
    pub(crate) fn all(&self) -> Vec<Arc<Schedule>> {
        self.all.read().values().cloned().collect()
    }

    pub(crate) fn len(&self) -> usize {
        self.all.read().len()
    }

    pub(crate) fn put(&self, schedule: Arc<Schedule>) {
        self.all.write().insert(schedule.record.key(), schedule);
    }

    pub(crate) fn remove(&self, key: &str) {
        self.all.write().remove(key);
    }

    pub(crate) fn group(&self, name: &str) -> Option<Arc<GroupRecord>> {
        self.groups.read().get(name).cloned()
    }

    /// By name.
    pub(crate) fn groups(&self) -> Vec<(String, Arc<GroupRecord>)> {
        let groups = self.groups.read();
        let all = groups.iter();
        all.map(|(name, record)| (name.clone(), record.clone()))
            .collect()
    }

    pub(crate) fn put_group(&self, name: &str, record: GroupRecord) {
        let mut groups = self.groups.write();
        groups.insert(name.to_owned(), Arc::new(record));
    }

    pub(crate) fn remove_group(&self, name: &str) {
        self.groups.write().remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[track_caller]
    fn check(record: ScheduleRecord, after: &str, expected: Option<&str>) {
        let record = ScheduleRecord {
            is_enabled: true,
            created_millis: time("2027-02-03T09:15:42Z").as_millis(),
            ..record
        };
        assert_eq!(Schedule::new(record).next(time(after)), expected.map(time));
    }

    fn of(expression: &str) -> ScheduleRecord {
        ScheduleRecord {
            expression: expression.to_owned(),
            ..ScheduleRecord::default()
        }
    }

    #[test]
    fn a_rate_begins_at_once_or_at_its_start() {
        let before = "2027-02-03T09:15:41Z";
        check(of("rate(1 hour)"), before, Some("2027-02-03T09:15:42Z"));
        let starting = ScheduleRecord {
            start_millis: Some(time("2027-03-01T00:00:00Z").as_millis()),
            ..of("rate(1 hour)")
        };
        check(starting.clone(), before, Some("2027-03-01T00:00:00Z"));
        check(
            starting,
            "2027-03-01T00:00:00Z",
            Some("2027-03-01T01:00:00Z"),
        );
    }

    #[test]
    fn a_zone_says_what_the_expression_means() {
        let berlin = |expression: &str| ScheduleRecord {
            zone: Some("Europe/Berlin".to_owned()),
            ..of(expression)
        };
        let after = "2027-07-01T00:00:00Z";
        check(
            berlin("cron(0 9 * * ? *)"),
            after,
            Some("2027-07-01T07:00:00Z"),
        );
        check(
            berlin("at(2027-12-24T18:00:00)"),
            after,
            Some("2027-12-24T17:00:00Z"),
        );
    }

    #[test]
    fn nothing_happens_after_the_end() {
        let ending = ScheduleRecord {
            end_millis: Some(time("2027-02-04T00:00:00Z").as_millis()),
            ..of("cron(0 0 * * ? *)")
        };
        check(
            ending.clone(),
            "2027-02-03T10:00:00Z",
            Some("2027-02-04T00:00:00Z"),
        );
        check(ending, "2027-02-04T00:00:00Z", None);
    }
}
