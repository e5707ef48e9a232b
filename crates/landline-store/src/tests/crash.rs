//! `kill -9` in the middle of writing: what was acknowledged is there afterwards.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::{block_on, get, open_in, put};
use crate::{Durability, Options, open_disk};

#[test]
fn nothing_acknowledged_is_lost_when_the_process_is_killed() {
    for durability in ["full", "normal"] {
        let directory = tempfile::tempdir().unwrap();
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
        writeln!(stdin, "{durability} {}", directory.path().display()).unwrap();

        let mut acknowledged = None;
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        for line in lines {
            let line = line.unwrap();
            // Other lines are the test harness of the child talking.
            let Some(number) = line.strip_prefix("acknowledged ") else {
                continue;
            };
            acknowledged = Some(number.parse::<u32>().unwrap());
            if acknowledged >= Some(200) {
                // Lines that are still in the pipe were acknowledged as well: read on to the end.
                let _ = child.kill();
            }
        }
        child.wait().unwrap();

        let last = acknowledged.expect("the child has written");
        assert!(last >= 200);
        let store = open_in(directory.path());
        for number in 0..=last {
            let value = get(&*store, &number.to_string());
            assert_eq!(value, Some(format!("value {number}")), "{durability}");
        }
    }
}

#[test]
#[ignore = "the child process of the test above"]
fn write_until_killed() {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    let Some((durability, directory)) = line.trim_end().split_once(' ') else {
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
    let store = open_disk(&PathBuf::from(directory), options).unwrap();
    block_on(async {
        for number in 0..1_000_000_u32 {
            put(&*store, &number.to_string(), &format!("value {number}"))
                .await
                .unwrap();
            println!("acknowledged {number}");
        }
    });
}
