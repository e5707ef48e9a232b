//! What callgrind saw: the instructions that each function ran itself, and who called whom how often.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};

/// What ran while a node was watched.
#[derive(Debug, Default)]
pub(super) struct Profile {
    /// Instructions of a function itself, without those of what it called.
    pub(super) costs: HashMap<String, u64>,
    /// How often the first called the second.
    pub(super) calls: HashMap<(String, String), u64>,
}

impl Profile {
    /// Adds up all files that callgrind left in a folder.
    pub(super) fn of(folder: &Path) -> Result<Self> {
        let mut profile = Self::default();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "out") {
                profile
                    .add(&fs::read_to_string(&path)?)
                    .with_context(|| format!("{} is not as callgrind writes", path.display()))?;
            }
        }
        ensure!(!profile.costs.is_empty(), "no function was seen to run");
        Ok(profile)
    }

    /// Reads one file. A name is spelt out once, `fn=(7) name`, and is `fn=(7)` from then on; the line after `calls=` tells
    /// what the called function cost.
    ///
    /// <https://valgrind.org/docs/manual/cl-format.html>
    pub(super) fn add(&mut self, text: &str) -> Result<()> {
        let mut names = HashMap::new();
        let (mut current, mut called) = ("", "");
        let mut times: Option<u64> = None;
        for line in text.lines() {
            let own = line.strip_prefix("fn=");
            if let Some(named) = own.or_else(|| line.strip_prefix("cfn=")) {
                let (id, name) = named.split_once(' ').unwrap_or((named, ""));
                if !name.is_empty() {
                    // A recursive call is counted apart, as `name'2`.
                    names.insert(id, name.split('\'').next().unwrap_or(name));
                }
                let name = names.get(id).context("a name was not spelt out")?;
                *(if own.is_some() {
                    &mut current
                } else {
                    &mut called
                }) = name;
            } else if let Some(count) = line.strip_prefix("calls=") {
                times = count.split(' ').next().and_then(|count| count.parse().ok());
            } else if line
                .starts_with(|first: char| first.is_ascii_digit() || "+-*".contains(first))
            {
                if let Some(times) = times.take() {
                    let call = (current.to_owned(), called.to_owned());
                    *self.calls.entry(call).or_default() += times;
                } else {
                    let cost = line.split(' ').nth(1).and_then(|cost| cost.parse().ok());
                    *self.costs.entry(current.to_owned()).or_default() += cost.unwrap_or(0);
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Profile;

    #[test]
    fn a_call_counts_for_the_pair_and_its_cost_for_the_called_function_alone() {
        let text =
            "fn=(1) main\n3 10\ncfn=(2) helper\ncalls=4 7\n3 400\nfn=(2)\n7 400\nfn=(1)\n+1 5\n";
        let mut profile = Profile::default();
        profile.add(text).expect("callgrind writes so");
        assert_eq!(profile.costs["main"], 15);
        assert_eq!(profile.costs["helper"], 400);
        assert_eq!(profile.calls[&("main".to_owned(), "helper".to_owned())], 4);
    }
}
