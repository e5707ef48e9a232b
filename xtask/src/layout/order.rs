//! In which order functions lie: what is called often lies behind its most frequent caller, and what runs most for its
//! size comes first.
//!
//! This is call-chain clustering (C3) of Ottoni and Maher, "Optimizing Function Placement for Large-Scale Data-Center
//! Applications", CGO 2017: a request that goes through a hundred functions touches few pages and few lines of the cache.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::profile::Profile;

/// Clusters are not joined beyond this.
const CLUSTER_BYTES_MAX: u64 = 1 << 20;
/// A cluster takes in another one only if it does not become so many times thinner.
const THINNED_AT_MOST: u64 = 8;

/// Functions that lie one behind the other.
#[derive(Debug)]
struct Cluster<'a> {
    functions: Vec<&'a str>,
    bytes: u64,
    cost: u64,
}

impl Cluster<'_> {
    /// Whether `cost` for `bytes` is less than the allowed part of what this one has for its bytes.
    fn is_thinned_by(&self, other: &Cluster<'_>) -> bool {
        let joined = u128::from(self.cost + other.cost) * u128::from(self.bytes);
        let own = u128::from(self.cost) * u128::from(self.bytes + other.bytes);
        joined * u128::from(THINNED_AT_MOST) < own
    }
}

/// Orders `functions`, whose sizes in bytes `sizes` tells.
pub(super) fn by_calls<'a>(
    functions: &[&'a str],
    profile: &'a Profile,
    sizes: &HashMap<String, u64>,
) -> Vec<&'a str> {
    let cost_of = |name: &str| profile.costs.get(name).copied().unwrap_or_default();
    let mut by_cost = functions.to_vec();
    by_cost.sort_by_key(|name| (Reverse(cost_of(name)), *name));
    let mut cluster_of: HashMap<&str, usize> = by_cost
        .iter()
        .enumerate()
        .map(|(at, name)| (*name, at))
        .collect();
    let mut clusters: Vec<Option<Cluster<'a>>> = by_cost
        .iter()
        .map(|name| {
            Some(Cluster {
                functions: vec![*name],
                bytes: sizes.get(*name).copied().unwrap_or_default().max(1),
                cost: cost_of(name),
            })
        })
        .collect();
    let callers = callers(profile, &cluster_of);
    for name in &by_cost {
        let Some(caller) = callers.get(name) else {
            continue;
        };
        let (from, to) = (cluster_of[name], cluster_of[caller]);
        let (Some(callee), Some(into)) = (&clusters[from], &clusters[to]) else {
            continue;
        };
        let fits = into.bytes + callee.bytes <= CLUSTER_BYTES_MAX;
        if from == to || !fits || into.is_thinned_by(callee) {
            continue;
        }
        let Some(moved) = clusters[from].take() else {
            continue;
        };
        cluster_of.extend(moved.functions.iter().map(|name| (*name, to)));
        if let Some(into) = &mut clusters[to] {
            into.functions.extend(moved.functions);
            into.bytes += moved.bytes;
            into.cost += moved.cost;
        }
    }
    let mut clusters: Vec<Cluster<'a>> = clusters.into_iter().flatten().collect();
    // Stable: of two that are as dense, the one whose first function costs more.
    clusters.sort_by_key(|cluster| Reverse(cluster.cost * 1000 / cluster.bytes));
    clusters
        .into_iter()
        .flat_map(|cluster| cluster.functions)
        .collect()
}

/// The most frequent caller of each function, of those that are ordered.
fn callers<'a>(profile: &'a Profile, ordered: &HashMap<&str, usize>) -> HashMap<&'a str, &'a str> {
    let mut most: HashMap<&str, (u64, Reverse<&str>)> = HashMap::new();
    for ((caller, callee), times) in &profile.calls {
        let both = ordered.contains_key(&**caller) && ordered.contains_key(&**callee);
        if both && caller != callee {
            let candidate = (*times, Reverse(&**caller));
            let best = most.entry(callee).or_insert(candidate);
            *best = candidate.max(*best);
        }
    }
    let name = |(callee, (_, Reverse(caller)))| (callee, caller);
    most.into_iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::by_calls;
    use crate::layout::profile::Profile;

    #[test]
    fn a_function_lies_behind_its_most_frequent_caller_and_dense_chains_come_first() {
        let mut profile = Profile::default();
        let text = "fn=(1) rare\n1 10\ncfn=(3) shared\ncalls=1 1\n1 9\nfn=(2) route\n1 5000\ncfn=(3)\ncalls=90 1\n1 900\n\
                    fn=(3)\n1 909\nfn=(4) hot\n1 9000\n";
        profile.add(text).expect("callgrind writes so");
        let sizes: HashMap<String, u64> = ["rare", "route", "shared", "hot"]
            .map(|name| (name.to_owned(), 100))
            .into();
        let order = by_calls(&["rare", "shared", "route", "hot"], &profile, &sizes);
        assert_eq!(order, ["hot", "route", "shared", "rare"]);
    }
}
