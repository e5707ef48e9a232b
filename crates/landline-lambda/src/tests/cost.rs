//! What a warm invocation costs. Run by hand:
//! `cargo nextest run -p landline-lambda --run-ignored only --no-capture warm`.

use tokio::time::Instant;

use super::Fixture;

const COUNT: u32 = 3000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement, not a test"]
async fn a_warm_invocation_is_measured() {
    // On a thread of the runtime, as the front door calls: a call from outside costs a wake-up more.
    tokio::spawn(measure()).await.unwrap();
}

async fn measure() {
    let python = (
        "python3.12",
        "app.py",
        "def handler(event, context):\n    return 1\n",
    );
    let node = (
        "nodejs20.x",
        "app.mjs",
        "export const handler = async () => 1;",
    );
    let event = format!("{{\"body\":\"{}\"}}", "x".repeat(1100));
    for freeze in [false, true] {
        for (runtime, file, code) in [python, node] {
            let fixture = Fixture::with(|config| config.limits.freeze = freeze).await;
            fixture.deploy("f", runtime, file, code).await;
            let began = Instant::now();
            fixture.invoke("f", &event).await;
            let cold = began.elapsed();
            for _ in 0..200 {
                fixture.invoke("f", &event).await;
            }
            let cpu = cpu_micros();
            let mut times = Vec::new();
            for _ in 0..COUNT {
                let began = Instant::now();
                fixture.invoke("f", &event).await;
                times.push(began.elapsed());
            }
            let cpu = (cpu_micros() - cpu) / u64::from(COUNT);
            times.sort();
            let (median, p90) = (times[times.len() / 2], times[times.len() * 9 / 10]);
            println!(
                "{runtime} freeze={freeze}: cold {cold:?}, warm {median:?}, p90 {p90:?}, Landline's CPU {cpu} µs"
            );
            fixture.lambda.shutdown().await;
        }
    }
}

/// The processor time of this process so far.
fn cpu_micros() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap()
        .split_whitespace()
        .collect();
    let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
    ticks * 10_000
}
