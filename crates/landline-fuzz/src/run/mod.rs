//! One run: input after input, until the time is over or the target breaks.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use parking_lot::Mutex;

use crate::chance::Chance;
use crate::mutate::mutate;
use crate::targets::Target;

/// How long a target may think about one input; a hang is a bug like a panic.
const PATIENCE: Duration = Duration::from_secs(20);
/// Inputs that are kept to mutate further.
const POOL_MAX: usize = 512;

#[cfg(test)]
mod tests;

#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) target: &'static Target,
    pub(crate) duration: Duration,
    pub(crate) seed: u64,
}

/// Whether the target comes back from `input`.
pub(crate) fn survives(target: &Target, input: &[u8]) -> bool {
    catch_unwind(AssertUnwindSafe(|| (target.run)(input))).is_ok()
}

impl Run {
    /// Mutates until the time is over.
    pub(crate) fn mutate(self) -> Result<()> {
        let current = Arc::new(Mutex::new(Vec::new()));
        let (beat, beats) = channel();
        let (name, shared) = (self.target.name, Arc::clone(&current));
        let patience = PATIENCE + BEAT;
        let worker = std::thread::spawn(move || self.work(&shared, |tried| beat.send(tried)));
        let mut tried = 0;
        loop {
            match beats.recv_timeout(patience) {
                Ok(count) => tried = count,
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    bail!(
                        "{name} does not come back from {}",
                        keep(name, &current.lock())?
                    );
                }
            }
        }
        if !matches!(worker.join(), Ok(Outcome::Fine)) {
            bail!("{name} breaks on {}", keep(name, &current.lock())?);
        }
        println!("{name}: {tried} inputs, none of them broke it");
        Ok(())
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "a run of so many seconds is measured by the machine's clock"
    )]
    fn work<E>(self, current: &Mutex<Vec<u8>>, beat: impl Fn(u64) -> Result<(), E>) -> Outcome {
        let mut chance = Chance::of(self.seed);
        let mut pool: Vec<Vec<u8>> = self.target.seeds.iter().map(|seed| seed.to_vec()).collect();
        let (start, mut last_beat, mut tried) = (Instant::now(), Instant::now(), 0);
        for seed in &pool {
            current.lock().clone_from(seed);
            if !survives(self.target, seed) {
                return Outcome::Broken;
            }
        }
        while start.elapsed() < self.duration {
            let mut input = pool[chance.below(pool.len())].clone();
            let other = &pool[chance.below(pool.len())];
            mutate(&mut input, other, self.target.words, &mut chance);
            current.lock().clone_from(&input);
            if !survives(self.target, &input) {
                return Outcome::Broken;
            }
            tried += 1;
            // Without knowing what is new, chance keeps some, and forgets some.
            if chance.below(200) == 0 && input.len() < 8 * 1024 {
                if pool.len() < POOL_MAX {
                    pool.push(input);
                } else {
                    let at = self.target.seeds.len() + chance.below(POOL_MAX / 2);
                    pool[at] = input;
                }
            }
            if last_beat.elapsed() > BEAT {
                last_beat = Instant::now();
                // Nobody listens any more when the run was given up.
                let _ = beat(tried);
            }
        }
        let _ = beat(tried);
        Outcome::Fine
    }
}

enum Outcome {
    Fine,
    Broken,
}

/// How often the worker tells that it is alive.
const BEAT: Duration = Duration::from_secs(1);

/// Writes an input where it can be tried again.
fn keep(target: &str, input: &[u8]) -> Result<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/fuzz");
    std::fs::create_dir_all(&folder)?;
    let file = folder.join(format!("{target}-{}.input", input.len()));
    std::fs::write(&file, input)?;
    Ok(file.display().to_string())
}
