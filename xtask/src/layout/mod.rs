//! `cargo xtask layout`: watches which functions a node runs, and writes the linker script that lays them side by side
//! (docs/adr/0017-hot-functions-lie-together.md).
//!
//! A release binary runs under valgrind's callgrind: a node that only starts and stops, one that the benchmarks load, and
//! one that tests with real clients use. What they ran goes into `crates/landline/layout.ld`: first what runs for each
//! message and request, then what a start needs, then the rest.

mod order;
mod profile;

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};

use self::profile::Profile;
use crate::step::{execute, succeeds};
use crate::{checkout, setup};

/// What a node at work is watched at: a deployment, functions, sockets, posts and tables.
const WATCHED: &[&str] = &[
    "tests/clients/boto3/test_chat.py",
    "tests/clients/boto3/test_connections.py",
    "tests/clients/boto3/test_dynamodb.py",
];

/// The benchmarks that load a node, of whose messages, posts and operations one in so many is enough here.
const LOADS: &[&str] = &["--one-in", "50", "message", "management", "tables"];
/// What ran more instructions under the load than this was more than a part of the start. (A load calls each function of
/// its path some hundreds of times.)
const LOADED_INSTRUCTIONS: u64 = 3000;

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
    let [idle, loaded, busy] = ["idle", "loaded", "busy"].map(|phase| folder.join(phase));
    start_and_stop(&stand_in(&binary, &idle)?, &folder)?;
    load(&stand_in(&binary, &loaded)?)?;
    let _at_work = stand_in(&binary, &busy)?;
    let mut tests = Command::new(checkout::python());
    tests
        .current_dir(checkout::root())
        .env("LANDLINE_BIN_DIR", &busy)
        .args(["-m", "pytest", "-q"])
        .args(WATCHED);
    execute(&mut tests)?;

    let sizes = sizes_of(&binary)?;
    let [idle, loaded, busy] = [
        Profile::of(&idle)?,
        Profile::of(&loaded)?,
        Profile::of(&busy)?,
    ];
    let phases = [
        (&loaded, LOADED_INSTRUCTIONS),
        (&idle, 0),
        (&loaded, 0),
        (&busy, 0),
    ];
    let place = checkout::root().join("crates/landline/layout.ld");
    fs::write(&place, script(&phases, &sizes)?)
        .with_context(|| format!("cannot write {}", place.display()))
}

/// What the benchmarks make a node do.
fn load(landline: &Path) -> Result<()> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(checkout::root());
    execute(cargo.args(["build", "--package", "landline-bench"]))?;
    let mut bench = Command::new(checkout::target_dir().join("debug/landline-bench"));
    bench.current_dir(checkout::root());
    execute(bench.arg("--server").arg(landline).args(LOADS))
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

/// The functions of a binary, with their sizes in bytes.
fn sizes_of(binary: &Path) -> Result<HashMap<String, u64>> {
    let listed = Command::new("nm")
        .arg("--print-size")
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
        // 00000000001ab3c0 0000000000000a24 t _RNv…
        let [_, size, kind, name] = line.split(' ').collect::<Vec<_>>().try_into().ok()?;
        let size = u64::from_str_radix(size, 16).ok()?;
        "tTwW".contains(kind).then(|| (name.to_owned(), size))
    };
    Ok(text.lines().filter_map(function).collect())
}

/// The linker script: an output section of its own before all other code, phase by phase; of each phase, what ran at least
/// so many instructions.
fn script(phases: &[(&Profile, u64)], sizes: &HashMap<String, u64>) -> Result<String> {
    let mut text = String::from(
        "/* Written by `cargo xtask layout`: what a node runs, side by side. docs/adr/0017-hot-functions-lie-together.md */\n\
         SECTIONS\n{\n  .text.hot :\n  {\n",
    );
    let mut placed = HashSet::new();
    let mut named = HashSet::new();
    for (profile, instructions) in phases {
        let ran: Vec<&str> = profile
            .costs
            .iter()
            .filter(|(_, cost)| *cost >= instructions)
            .map(|(name, _)| &**name)
            .filter(|name| sizes.contains_key(*name) && !placed.contains(*name))
            .collect();
        for name in order::by_calls(&ran, profile, sizes) {
            placed.insert(name);
            let pattern = pattern(name);
            if !named.contains(&pattern) {
                // `.text.unlikely.` is where the compiler puts `#[cold]` functions, which a start calls too.
                writeln!(text, "    *(.text*.{pattern})")?;
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
