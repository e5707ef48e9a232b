//! `kill -9` in the middle of writing: what was acknowledged is there afterwards.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{block_on, get, open_in, put};
use crate::{Durability, Options, open_disk};

/// Tasks that write side by side, so that commits hold more than one write.
const WRITERS: u32 = 4;

/// The writer and the number of each write that was said to be kept.
type Acknowledged = Vec<(u32, u32)>;

#[test]
fn nothing_acknowledged_is_lost_when_the_process_is_killed() {
    for durability in ["full", "normal"] {
        let directory = tempfile::tempdir().unwrap();
        let acknowledged = write_and_kill(directory.path(), durability, 0, 200);
        assert!(acknowledged.len() >= 200, "{durability}");
        all_are_there(directory.path(), &acknowledged);
    }
}

/// The same file all the time, killed ever again: it must open each time, whole.
#[test]
#[ignore = "takes a minute: `cargo xtask test kill` runs it"]
fn a_thousand_kills_lose_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let mut acknowledged = Acknowledged::new();
    for round in 0..1000 {
        // Sooner and later: while it opens, at the first commit, in the middle of many.
        let enough = round % 29;
        let first = acknowledged.iter().map(|(_, number)| number + 1).max();
        let first = first.unwrap_or_default();
        let of_round = write_and_kill(directory.path(), "full", first, enough);
        all_are_there(directory.path(), &of_round);
        acknowledged.extend(of_round);
    }
    all_are_there(directory.path(), &acknowledged);
}

/// Lets a child write, from `first` on, until it has acknowledged `enough` writes, and kills it; none
/// means at once.
fn write_and_kill(directory: &Path, durability: &str, first: u32, enough: usize) -> Acknowledged {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "tests::crash::write_until_killed",
            "--ignored",
            "--nocapture",
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    writeln!(stdin, "{durability} {first} {}", directory.display()).unwrap();
    if enough == 0 {
        let _ = child.kill();
    }
    let mut acknowledged = Acknowledged::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        // Other lines are the test harness of the child talking.
        let Some((writer, number)) = line
            .strip_prefix("acknowledged ")
            .and_then(|rest| rest.split_once(' '))
        else {
            continue;
        };
        acknowledged.push((writer.parse().unwrap(), number.parse().unwrap()));
        if acknowledged.len() == enough {
            // Lines that are still in the pipe were acknowledged as well: read on to the end.
            let _ = child.kill();
        }
    }
    child.wait().unwrap();
    acknowledged
}

/// Opens the store and compares what it holds with what was promised.
fn all_are_there(directory: &Path, acknowledged: &Acknowledged) {
    let store = open_in(directory);
    for &(writer, number) in acknowledged {
        let value = get(&*store, &key(writer, number));
        let value = value.unwrap_or_else(|| panic!("{writer} {number} is lost"));
        assert!(value == whole(writer, number), "{writer} {number} is torn");
    }
}

fn key(writer: u32, number: u32) -> String {
    format!("{writer}-{number}")
}

/// Most values are small, as connections are; some take several pages.
fn whole(writer: u32, number: u32) -> String {
    let times = if number.is_multiple_of(7) { 2000 } else { 10 };
    format!("{writer} wrote {number}; ").repeat(times)
}

#[test]
#[ignore = "the child process of the tests above"]
fn write_until_killed() {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    let mut words = line.trim_end().splitn(3, ' ');
    let (Some(durability), Some(first), Some(directory)) =
        (words.next(), words.next(), words.next())
    else {
        return;
    };
    let options = Options {
        durability: if durability == "full" {
            Durability::Full
        } else {
            Durability::Normal
        },
        ..Options::default()
    };
    let first: u32 = first.parse().unwrap();
    let store = open_disk(&PathBuf::from(directory), options).unwrap();
    block_on(async {
        let mut writers = tokio::task::JoinSet::new();
        for writer in 0..WRITERS {
            let store = store.clone();
            writers.spawn(async move {
                for number in first..first + 1_000_000 {
                    put(&*store, &key(writer, number), &whole(writer, number))
                        .await
                        .unwrap();
                    println!("acknowledged {writer} {number}");
                }
            });
        }
        writers.join_all().await;
    });
}
