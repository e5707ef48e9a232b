//! The index by itself.

use super::{Counts, Index, Receipt};

fn take(index: &mut Index, now: i64, until: i64, max: usize) -> Vec<u64> {
    index.advance(now);
    let taken = index.take(now, until, max, || 7);
    taken.iter().map(|it| it.number).collect()
}

fn index(groups: &[Option<&str>]) -> Index {
    let mut index = Index::default();
    for (number, group) in (1..).zip(groups) {
        index.insert(number, 0, 0, *group);
    }
    index
}

#[test]
fn a_message_that_was_received_comes_again_when_its_time_is_over() {
    let mut index = index(&[None, None]);
    assert_eq!(take(&mut index, 0, 30, 1), [1]);
    assert_eq!(take(&mut index, 0, 30, 10), [2]);
    assert_eq!(take(&mut index, 29, 60, 10), [0; 0]);
    assert_eq!(index.receipt(1, 7), Receipt::Current);
    assert_eq!(take(&mut index, 30, 60, 10), [1, 2]);
    assert!(index.remove(1));
    assert_eq!(index.receipt(1, 7), Receipt::Gone);
}

#[test]
fn a_delayed_message_is_counted_until_its_time_comes() {
    let mut index = Index::default();
    index.insert(1, 0, 100, None);
    index.advance(99);
    let counts = |visible, delayed| Counts {
        visible,
        in_flight: 0,
        delayed,
    };
    assert_eq!(index.counts(), counts(0, 1));
    assert_eq!(index.next_due(), Some(100));
    index.advance(100);
    assert_eq!(index.counts(), counts(1, 0));
}

#[test]
fn a_group_with_a_message_in_flight_gives_no_other() {
    let mut index = index(&[Some("a"), Some("a"), Some("b")]);
    assert_eq!(take(&mut index, 0, 30, 1), [1]);
    assert_eq!(take(&mut index, 0, 30, 10), [3]);
    assert_eq!(take(&mut index, 0, 30, 10), [0; 0]);
    index.remove(1);
    assert_eq!(take(&mut index, 0, 30, 10), [2]);
}

#[test]
fn a_group_comes_in_order_after_its_first_was_not_taken() {
    let mut index = index(&[Some("a"), Some("a"), Some("a")]);
    assert_eq!(take(&mut index, 0, 30, 2), [1, 2]);
    assert!(index.hide_until(1, 5));
    assert_eq!(take(&mut index, 5, 30, 10), [1]);
    assert_eq!(take(&mut index, 30, 60, 10), [1, 2, 3]);
    let none = Counts {
        visible: 0,
        in_flight: 3,
        delayed: 0,
    };
    assert_eq!(index.counts(), none);
}

#[test]
fn old_messages_are_removed_wherever_they_are() {
    let mut index = index(&[Some("a"), Some("a"), None]);
    take(&mut index, 0, 30, 1);
    assert_eq!(index.expire(1, 10), [1, 2, 3]);
    assert!(!index.hide_until(1, 30));
    assert_eq!(take(&mut index, 100, 130, 10), [0; 0]);
}

#[test]
fn a_message_in_flight_holds_back_those_behind_it_alone() {
    let mut index = index(&[Some("a"), Some("a"), Some("a")]);
    assert_eq!(take(&mut index, 0, 10, 3), [1, 2, 3]);
    assert!(index.hide_until(2, 40));
    assert_eq!(take(&mut index, 10, 20, 3), [1]);
    assert!(index.hide_until(3, 15));
    assert_eq!(take(&mut index, 20, 30, 3), [1]);
    index.remove(2);
    assert_eq!(take(&mut index, 30, 60, 3), [1, 3]);
}

#[test]
fn a_group_that_was_received_from_stands_behind_the_others() {
    let mut index = index(&[Some("a"), Some("b"), Some("b"), Some("c"), Some("a")]);
    assert_eq!(take(&mut index, 0, 0, 3), [1, 5, 2]);
    assert_eq!(take(&mut index, 0, 0, 9), [4, 1, 5, 2, 3]);
}
