//! `cargo xtask layout`: watches which functions a node runs, and writes the linker script that lays them side by side
//! (docs/adr/0017-hot-functions-lie-together.md).
//!
//! A release binary runs under valgrind's callgrind: first a node that only starts and stops, then one that tests with
//! real clients use. What they ran goes into `crates/landline/layout.ld`, of each phase the most expensive first.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};

use crate::step::{execute, succeeds};
use crate::{checkout, setup};

/// What a node at work is watched at: a deployment, functions, sockets, posts and tables.
const WATCHED: &[&str] = &[
    "tests/clients/boto3/test_chat.py",
    "tests/clients/boto3/test_connections.py",
    "tests/clients/boto3/test_dynamodb.py",
];

/// Watches the binary that is named, or the one that it builds.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    if !succeeds(Command::new("valgrind").arg("--version")) {
        bail!("valgrind is not installed (`apt-get install valgrind`)");
    }
    setup::run()?;
    let binary = match arguments.first() {
        Some(binary) => PathBuf::from(binary),
        None => build()?,
    };
    let folder = checkout::target_dir().join("layout");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let (idle, busy) = (folder.join("idle"), folder.join("busy"));
    start_and_stop(&stand_in(&binary, &idle)?, &folder)?;
    let _at_work = stand_in(&binary, &busy)?;
    let mut tests = Command::new(checkout::python());
    tests
        .current_dir(checkout::root())
        .env("LANDLINE_BIN_DIR", &busy)
        .args(["-m", "pytest", "-q"])
        .args(WATCHED);
    execute(&mut tests)?;

    let functions = functions_of(&binary)?;
    let phases = [cost_by_function(&idle)?, cost_by_function(&busy)?];
    let place = checkout::root().join("crates/landline/layout.ld");
    fs::write(&place, script(&phases, &functions)?)
        .with_context(|| format!("cannot write {}", place.display()))
}

fn build() -> Result<PathBuf> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(checkout::root());
    execute(cargo.args(["build", "--release", "--package", "landline"]))?;
    Ok(checkout::target_dir().join("release/landline"))
}

/// A `landline` that is callgrind: each of its processes leaves a file in `folder`.
fn stand_in(binary: &Path, folder: &Path) -> Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let stand_in = folder.join("landline");
    let line = format!(
        "#!/bin/sh\nexec valgrind --quiet --tool=callgrind --demangle=no --callgrind-out-file='{}/%p.out' '{}' \"$@\"\n",
        folder.display(),
        binary.display()
    );
    fs::write(&stand_in, line)?;
    fs::set_permissions(&stand_in, fs::Permissions::from_mode(0o755))?;
    Ok(stand_in)
}

/// A node that nobody calls.
fn start_and_stop(landline: &Path, folder: &Path) -> Result<()> {
    let mut node = Command::new(landline)
        .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
        .arg(folder.join("data"))
        .stdout(Stdio::piped())
        .spawn()?;
    let output = node.stdout.take().context("the output is piped")?;
    let ready = BufReader::new(output).lines().next().transpose()?;
    execute(Command::new("kill").arg(node.id().to_string()))?;
    ensure!(
        node.wait()?.success() && ready.is_some(),
        "the node did not start and stop"
    );
    Ok(())
}

/// The instructions that each function ran itself, over all files of callgrind in a folder.
fn cost_by_function(folder: &Path) -> Result<HashMap<String, u64>> {
    let mut costs = HashMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "out") {
            add_costs(&fs::read_to_string(&path)?, &mut costs)
                .with_context(|| format!("{} is not as callgrind writes", path.display()))?;
        }
    }
    ensure!(!costs.is_empty(), "no function was seen to run");
    Ok(costs)
}

/// Reads one file. A name is spelt out once, `fn=(7) name`, and is `fn=(7)` from then on; the line after `calls=` tells
/// what the called function cost.
///
/// <https://valgrind.org/docs/manual/cl-format.html>
fn add_costs(text: &str, costs: &mut HashMap<String, u64>) -> Result<()> {
    let mut names = HashMap::new();
    let (mut current, mut called) = ("", false);
    for line in text.lines() {
        let own = line.strip_prefix("fn=");
        if let Some(named) = own.or_else(|| line.strip_prefix("cfn=")) {
            let (id, name) = named.split_once(' ').unwrap_or((named, ""));
            if !name.is_empty() {
                // A recursive call is counted apart, as `name'2`.
                names.insert(id, name.split('\'').next().unwrap_or(name));
            }
            if own.is_some() {
                current = names.get(id).context("a name was not spelt out")?;
            }
        } else if line.starts_with("calls=") {
            called = true;
        } else if line.starts_with(|first: char| first.is_ascii_digit() || "+-*".contains(first)) {
            let cost = line.split(' ').nth(1).and_then(|cost| cost.parse().ok());
            if !std::mem::take(&mut called) {
                *costs.entry(current.to_owned()).or_default() += cost.unwrap_or(0);
            }
        }
    }
    Ok(())
}

/// The names of all functions in a binary.
fn functions_of(binary: &Path) -> Result<HashSet<String>> {
    let listed = Command::new("nm")
        .arg(binary)
        .output()
        .context("cannot start nm")?;
    ensure!(
        listed.status.success(),
        "nm cannot read {}",
        binary.display()
    );
    let text = String::from_utf8(listed.stdout)?;
    let function = |line: &str| {
        let mut words = line.split(' ').skip(1);
        let is_code = words.next().is_some_and(|kind| "tTwW".contains(kind));
        words.next().filter(|_| is_code).map(str::to_owned)
    };
    Ok(text.lines().filter_map(function).collect())
}

/// The linker script: an output section of its own before all other code, phase by phase.
fn script(phases: &[HashMap<String, u64>], functions: &HashSet<String>) -> Result<String> {
    let mut text = String::from(
        "/* Written by `cargo xtask layout`: what a node runs, side by side. docs/adr/0017-hot-functions-lie-together.md */\n\
         SECTIONS\n{\n  .text.hot :\n  {\n",
    );
    let mut named = HashSet::new();
    for phase in phases {
        let mut ran: Vec<_> = phase
            .iter()
            .filter(|(name, _)| functions.contains(*name))
            .collect();
        ran.sort_by_key(|(name, cost)| (Reverse(**cost), *name));
        for (name, _) in ran {
            let pattern = pattern(name);
            if !named.contains(&pattern) {
                writeln!(text, "    *(.text.{pattern})")?;
                named.insert(pattern);
            }
        }
    }
    text.push_str("  }\n}\nINSERT BEFORE .text;\n");
    Ok(text)
}

/// A mangled name as it is in other compilations too: `Cs…_` begins with a crate's hash, and `B…_` counts characters
/// from the beginning, hashes included.
///
/// <https://doc.rust-lang.org/rustc/symbol-mangling/v0.html>
fn pattern(name: &str) -> String {
    if name.starts_with("_R") {
        without_numbers(&without_numbers(name, "Cs"), "B")
    } else {
        name.to_owned()
    }
}

/// Puts `*` for the digits in base 62 between `begin` and the next `_`.
fn without_numbers(name: &str, begin: &str) -> String {
    let mut parts = name.split(begin);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(begin);
        let end = part.find(|digit: char| !digit.is_ascii_alphanumeric());
        match end.filter(|end| part[*end..].starts_with('_')) {
            Some(end) => {
                text.push('*');
                text.push_str(&part[end..]);
            }
            None => text.push_str(part),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn hashes_and_what_counts_them_are_left_out_of_a_pattern() {
        let name = "_RINvNtCsgEmfK2I1SDS_4core3ptr13drop_in_placeNtCs8Xn_8landline4NodeEB4_";
        let wanted = "_RINvNtCs*_4core3ptr13drop_in_placeNtCs*_8landline4NodeEB*_";
        assert_eq!(pattern(name), wanted);
        assert_eq!(pattern("sqlite3Pragma"), "sqlite3Pragma");
    }
}
