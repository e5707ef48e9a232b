//! What steps find: the members of a value, all of them, and what is below it.

use super::item::{Item, append};

/// The member of an object, or of each object of a list.
pub(super) fn member(input: &Item, name: &str) -> Option<Item> {
    match input {
        Item::Object(members) => members.get(name).cloned(),
        Item::List(list) => {
            let mut found = Vec::new();
            for item in list.items() {
                match member(item, name) {
                    Some(Item::List(inner)) => found.extend(inner.items().iter().cloned()),
                    Some(other) => found.push(other),
                    None => {}
                }
            }
            Some(Item::sequence(found))
        }
        _ => None,
    }
}

pub(super) fn wildcard(input: &Item) -> Item {
    let mut found = None;
    match input {
        Item::Object(members) => {
            for (_, value) in members.iter() {
                found = append(found, Some(flat(value)));
            }
        }
        Item::List(list) => found = Some(flat(&Item::List(list.clone()))),
        _ => {}
    }
    Item::sequence(found.map_or_else(Vec::new, |it| it.items()))
}

/// Without lists in the list.
fn flat(item: &Item) -> Item {
    fn walk(item: &Item, items: &mut Vec<Item>) {
        match item {
            Item::List(list) => list.items().iter().for_each(|inner| walk(inner, items)),
            other => items.push(other.clone()),
        }
    }
    let mut items = Vec::new();
    walk(item, &mut items);
    Item::sequence(items)
}

pub(super) fn descend(item: &Item, found: &mut Vec<Item>) {
    if !matches!(item, Item::List(_)) {
        found.push(item.clone());
    }
    match item {
        Item::List(list) => list.items().iter().for_each(|inner| descend(inner, found)),
        Item::Object(members) => members.iter().for_each(|(_, inner)| descend(inner, found)),
        _ => {}
    }
}
