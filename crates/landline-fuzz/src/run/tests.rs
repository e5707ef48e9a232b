//! A fuzzer that finds nothing must be one that can.

use super::*;

static FRAGILE: Target = Target {
    name: "fragile",
    run: |input| {
        assert!(
            !input.windows(2).any(|pair| pair == b"!?"),
            "as the test wants"
        );
    },
    seeds: &[b"hello! there?"],
    words: &["?"],
};

#[test]
fn what_breaks_a_target_is_found_and_kept() {
    let run = Run {
        target: &FRAGILE,
        duration: Duration::from_secs(30),
        seed: 1,
    };
    let error = run.mutate().unwrap_err().to_string();
    let (_, file) = error.split_once("fragile breaks on ").unwrap();
    let input = std::fs::read(file).unwrap();
    std::fs::remove_file(file).unwrap();
    assert!(!survives(&FRAGILE, &input));
}
