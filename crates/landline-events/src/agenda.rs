//! What is due when. Pure.

use std::collections::{BTreeSet, HashMap};

/// Things with one time each, the earliest first.
#[derive(Debug, Default)]
pub(crate) struct Agenda {
    by_time: BTreeSet<(i64, String)>,
    times: HashMap<String, i64>,
}

impl Agenda {
    /// Notes when a thing is due next, in milliseconds; `None` takes it off.
    pub(crate) fn note(&mut self, key: &str, due: Option<i64>) {
        if let Some(before) = self.times.remove(key) {
            self.by_time.remove(&(before, key.to_owned()));
        }
        if let Some(due) = due {
            self.by_time.insert((due, key.to_owned()));
            self.times.insert(key.to_owned(), due);
        }
    }

    /// Takes off what is due by now, the earliest first, and no more than `most`.
    pub(crate) fn take_due(&mut self, now: i64, most: usize) -> Vec<(i64, String)> {
        let mut due = Vec::new();
        while due.len() < most
            && self.by_time.first().is_some_and(|(time, _)| *time <= now)
            && let Some((time, key)) = self.by_time.pop_first()
        {
            self.times.remove(&key);
            due.push((time, key));
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_due_is_taken_once_and_in_order() {
        let mut agenda = Agenda::default();
        agenda.note("late", Some(30));
        agenda.note("early", Some(10));
        agenda.note("moved", Some(5));
        agenda.note("moved", Some(20));
        agenda.note("gone", Some(1));
        agenda.note("gone", None);
        let taken = agenda.take_due(20, 10);
        let expected = [(10, "early".to_owned()), (20, "moved".to_owned())];
        assert_eq!(taken, expected);
        assert_eq!(agenda.take_due(20, 10), []);
        assert_eq!(agenda.take_due(30, 0), []);
        assert_eq!(agenda.take_due(30, 1).len(), 1);
    }
}
