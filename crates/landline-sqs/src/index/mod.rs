//! Which message of a queue may be received when. Pure: the caller tells the time, in milliseconds.
//!
//! A message is ready, delayed, or in flight. In a FIFO queue only the first message of a group
//! is offered, and none behind one of its group that is in flight: what came before that one may
//! be received again. A group that was received from stands in line behind the others.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The messages of one queue, by their numbers: those that came first have the smallest.
#[derive(Debug, Default)]
pub(crate) struct Index {
    entries: BTreeMap<u64, Entry>,
    /// What the next call gets, in order: by turn, then by number. Of a group only its first.
    ready: BTreeSet<(u64, u64)>,
    /// The last turn that a group got.
    last_turn: u64,
    /// When messages that are delayed or in flight become ready.
    timed: BTreeSet<(i64, u64)>,
    groups: HashMap<Arc<str>, Group>,
    in_flight: usize,
    delayed: usize,
}

/// A message.
#[derive(Debug)]
struct Entry {
    sent_millis: i64,
    group: Option<Arc<str>>,
    place: Place,
    receives: u32,
    first_received_millis: i64,
    /// The last receipt given for it.
    receipt: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Ready,
    Delayed(i64),
    InFlight(i64),
}

/// The messages of a group in a FIFO queue.
#[derive(Debug, Default)]
struct Group {
    /// Those that are neither delayed nor in flight.
    waiting: BTreeSet<u64>,
    in_flight: BTreeSet<u64>,
    /// The one that is offered, behind the turn that the group has.
    offered: Option<(u64, u64)>,
}

impl Group {
    /// Those that may be received, in order.
    fn free(&self) -> impl Iterator<Item = u64> {
        let end = self.in_flight.first().copied().unwrap_or(u64::MAX);
        self.waiting.range(..end).copied()
    }
}

/// A message that was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) number: u64,
    pub(crate) receipt: u64,
    /// This time included.
    pub(crate) receives: u32,
    pub(crate) first_received_millis: i64,
}

/// How many messages there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) visible: usize,
    pub(crate) in_flight: usize,
    pub(crate) delayed: usize,
}

/// What a receipt is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Receipt {
    /// The message is in flight and this is its last receipt.
    Current,
    /// The message is there, but was received again since, or its time is over.
    Outdated,
    /// The message is gone.
    Gone,
}

impl Index {
    /// Adds a message. Groups are those of a FIFO queue.
    pub(crate) fn insert(
        &mut self,
        number: u64,
        sent_millis: i64,
        visible_millis: i64,
        group: Option<&str>,
    ) {
        let group = group.map(|name| {
            let known = self.groups.get_key_value(name).map(|(key, _)| key.clone());
            known.unwrap_or_else(|| name.into())
        });
        self.delayed += 1;
        self.timed.insert((visible_millis, number));
        let entry = Entry {
            sent_millis,
            group,
            place: Place::Delayed(visible_millis),
            receives: 0,
            first_received_millis: 0,
            receipt: 0,
        };
        self.entries.insert(number, entry);
    }

    /// Says how often a message was received before it came here.
    pub(crate) fn count_from(&mut self, number: u64, receives: u32) {
        if let Some(entry) = self.entries.get_mut(&number) {
            entry.receives = receives;
        }
    }

    /// Lets messages whose time has come be received.
    pub(crate) fn advance(&mut self, now: i64) {
        while let Some((due, number)) = self.timed.first().copied() {
            if due > now {
                return;
            }
            self.withdraw(number);
            self.offer(number);
        }
    }

    /// Hides up to `max` messages until `until` and tells which.
    pub(crate) fn take(
        &mut self,
        now: i64,
        until: i64,
        max: usize,
        mut receipt: impl FnMut() -> u64,
    ) -> Vec<Taken> {
        let mut taken = Vec::new();
        while taken.len() < max {
            let Some((turn, first)) = self.ready.first().copied() else {
                break;
            };
            let group = self.entries.get(&first).and_then(|it| it.group.clone());
            let numbers: Vec<u64> = match group.as_ref().and_then(|group| self.groups.get(group)) {
                Some(group) => {
                    let rest = max - taken.len();
                    group.free().take(rest).collect()
                }
                None => vec![first],
            };
            self.ready.remove(&(turn, first));
            for number in numbers {
                self.withdraw(number);
                let Some(entry) = self.entries.get_mut(&number) else {
                    continue;
                };
                entry.receives = entry.receives.saturating_add(1);
                if entry.first_received_millis == 0 {
                    entry.first_received_millis = now;
                }
                entry.receipt = receipt();
                taken.push(Taken {
                    number,
                    receipt: entry.receipt,
                    receives: entry.receives,
                    first_received_millis: entry.first_received_millis,
                });
                self.hide(number, until);
            }
        }
        taken
    }

    /// Removes a message; `false` when it is not there.
    pub(crate) fn remove(&mut self, number: u64) -> bool {
        self.withdraw(number);
        self.entries.remove(&number).is_some()
    }

    /// Hides a message that was received until another time; `false` when it is not there.
    pub(crate) fn hide_until(&mut self, number: u64, until: i64) -> bool {
        let entry = self.entries.get(&number);
        if entry.is_none_or(|entry| matches!(entry.place, Place::Delayed(_))) {
            return false;
        }
        self.withdraw(number);
        self.hide(number, until);
        true
    }

    /// What a receipt is worth.
    pub(crate) fn receipt(&self, number: u64, receipt: u64) -> Receipt {
        match self.entries.get(&number) {
            None => Receipt::Gone,
            Some(entry)
                if entry.receipt == receipt && matches!(entry.place, Place::InFlight(_)) =>
            {
                Receipt::Current
            }
            Some(_) => Receipt::Outdated,
        }
    }

    /// Removes the oldest messages that were sent before a time, at most `max`.
    pub(crate) fn expire(&mut self, sent_before: i64, max: usize) -> Vec<u64> {
        let entries = self.entries.iter();
        let expired = entries.take_while(|(_, entry)| entry.sent_millis < sent_before);
        let expired: Vec<u64> = expired.map(|(number, _)| *number).take(max).collect();
        for number in &expired {
            self.remove(*number);
        }
        expired
    }

    /// When the next message that is hidden becomes ready.
    pub(crate) fn next_due(&self) -> Option<i64> {
        self.timed.first().map(|(due, _)| *due)
    }

    pub(crate) fn counts(&self) -> Counts {
        Counts {
            visible: self.entries.len() - self.in_flight - self.delayed,
            in_flight: self.in_flight,
            delayed: self.delayed,
        }
    }

    pub(crate) fn last_number(&self) -> u64 {
        self.entries
            .last_key_value()
            .map_or(0, |(number, _)| *number)
    }

    /// Puts a message that is nowhere into flight.
    fn hide(&mut self, number: u64, until: i64) {
        let Some(entry) = self.entries.get_mut(&number) else {
            return;
        };
        entry.place = Place::InFlight(until);
        self.timed.insert((until, number));
        self.in_flight += 1;
        if let Some(group) = entry.group.clone() {
            let flying = &mut self.groups.entry(group.clone()).or_default().in_flight;
            flying.insert(number);
            self.offer_first(&group);
        }
    }

    /// Makes a message that is nowhere ready.
    fn offer(&mut self, number: u64) {
        let Some(entry) = self.entries.get_mut(&number) else {
            return;
        };
        entry.place = Place::Ready;
        if let Some(group) = entry.group.clone() {
            let waiting = &mut self.groups.entry(group.clone()).or_default().waiting;
            waiting.insert(number);
            self.offer_first(&group);
        } else {
            self.ready.insert((0, number));
        }
    }

    /// Takes a message from where it is; its place is to be set next, or it is to be removed.
    fn withdraw(&mut self, number: u64) {
        let Some(entry) = self.entries.get_mut(&number) else {
            return;
        };
        let group = entry.group.clone();
        match std::mem::replace(&mut entry.place, Place::Ready) {
            Place::Ready => {
                self.ready.remove(&(0, number));
                if let Some(group) = group.as_ref().and_then(|it| self.groups.get_mut(it)) {
                    group.waiting.remove(&number);
                }
            }
            Place::Delayed(until) => {
                self.timed.remove(&(until, number));
                self.delayed -= 1;
            }
            Place::InFlight(until) => {
                self.timed.remove(&(until, number));
                self.in_flight -= 1;
                if let Some(group) = group.as_ref().and_then(|it| self.groups.get_mut(it)) {
                    group.in_flight.remove(&number);
                }
            }
        }
        if let Some(group) = group {
            self.offer_first(&group);
        }
    }

    /// Offers the first of a group, if none before it is in flight. A group that is offered
    /// keeps its turn.
    fn offer_first(&mut self, name: &Arc<str>) {
        let Some(group) = self.groups.get_mut(name) else {
            return;
        };
        let first = group.free().next();
        if group.offered.map(|(_, number)| number) != first {
            let former = group.offered.take();
            if let Some(former) = &former {
                self.ready.remove(former);
            }
            group.offered = first.map(|number| {
                let turn = former.map_or_else(
                    || {
                        self.last_turn += 1;
                        self.last_turn
                    },
                    |(turn, _)| turn,
                );
                (turn, number)
            });
            self.ready.extend(group.offered);
        }
        if group.waiting.is_empty() && group.in_flight.is_empty() {
            self.groups.remove(name);
        }
    }
}

#[cfg(test)]
mod tests;
