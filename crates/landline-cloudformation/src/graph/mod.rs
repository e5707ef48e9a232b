//! Which resource waits for which. Built from names alone, so it serves creation, update, deletion and rollback alike.

use std::collections::{BTreeMap, BTreeSet};

/// A directed graph without circles; the same input always gives the same order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    dependencies: BTreeMap<String, BTreeSet<String>>,
    levels: Vec<Vec<String>>,
}

/// The resources that wait for each other.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Circular dependency between resources: [{}]", .0.join(", "))]
pub struct Circle(pub Vec<String>);

impl Graph {
    /// From each resource's dependencies. Names that are no resource of the graph are left out.
    pub fn new(mut dependencies: BTreeMap<String, BTreeSet<String>>) -> Result<Self, Circle> {
        let known: BTreeSet<String> = dependencies.keys().cloned().collect();
        for needed in dependencies.values_mut() {
            needed.retain(|name| known.contains(name));
        }
        let levels = peel(&dependencies);
        let placed: usize = levels.iter().map(Vec::len).sum();
        if placed < dependencies.len() {
            return Err(Circle(circle(&dependencies, &levels)));
        }
        Ok(Self {
            dependencies,
            levels,
        })
    }

    /// Sets of resources that need nothing but the sets before them.
    pub fn levels(&self) -> &[Vec<String>] {
        &self.levels
    }

    /// Every resource after all that it needs.
    pub fn order(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.levels.iter().flatten().map(String::as_str)
    }

    pub fn dependencies(&self, name: &str) -> impl Iterator<Item = &str> {
        self.dependencies
            .get(name)
            .into_iter()
            .flatten()
            .map(String::as_str)
    }

    /// The same resources with every edge turned round: the order to delete in.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let dependencies = reverse(&self.dependencies);
        let levels = peel(&dependencies);
        Self {
            dependencies,
            levels,
        }
    }
}

fn reverse(
    dependencies: &BTreeMap<String, BTreeSet<String>>,
) -> BTreeMap<String, BTreeSet<String>> {
    let mut reversed: BTreeMap<String, BTreeSet<String>> = dependencies
        .keys()
        .map(|name| (name.clone(), BTreeSet::new()))
        .collect();
    for (name, needed) in dependencies {
        for other in needed {
            reversed
                .entry(other.clone())
                .or_default()
                .insert(name.clone());
        }
    }
    reversed
}

/// Takes away, level by level, what needs nothing any more; what is in or behind a circle stays.
fn peel(dependencies: &BTreeMap<String, BTreeSet<String>>) -> Vec<Vec<String>> {
    let mut waiting: BTreeMap<&str, usize> = dependencies
        .iter()
        .map(|(name, needed)| (name.as_str(), needed.len()))
        .collect();
    let dependents = reverse(dependencies);
    let mut levels = Vec::new();
    let mut ready: Vec<&str> = waiting
        .iter()
        .filter(|(_, count)| **count == 0)
        .map(|(name, _)| *name)
        .collect();
    while !ready.is_empty() {
        let mut next = BTreeSet::new();
        for name in &ready {
            for dependent in dependents.get(*name).into_iter().flatten() {
                let Some(count) = waiting.get_mut(dependent.as_str()) else {
                    continue;
                };
                *count -= 1;
                if *count == 0 {
                    next.insert(dependent.as_str());
                }
            }
        }
        levels.push(ready.iter().map(|name| (*name).to_owned()).collect());
        ready = next.into_iter().collect();
    }
    levels
}

/// What stays when both ends of the graph are peeled: circles, and what lies between two of them.
fn circle(
    dependencies: &BTreeMap<String, BTreeSet<String>>,
    levels: &[Vec<String>],
) -> Vec<String> {
    let free: BTreeSet<&String> = levels.iter().flatten().collect();
    let mut stuck = dependencies.clone();
    stuck.retain(|name, _| !free.contains(name));
    let mut turned = reverse(&stuck);
    turned.retain(|name, _| stuck.contains_key(name));
    let ends: BTreeSet<String> = peel(&turned).into_iter().flatten().collect();
    stuck
        .into_keys()
        .filter(|name| !ends.contains(name))
        .collect()
}

#[cfg(test)]
mod tests;
