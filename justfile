# A menu; the logic is in `cargo xtask`.

# list the recipes
default:
    @just --list

# run the chat application
chat:
    cargo run --release -- dev examples/chat

# everything that must hold before a change lands
test *steps:
    cargo xtask test {{steps}}

# the checks that take seconds
check:
    cargo fmt --all --check
    cargo xtask tidy
    cargo clippy --workspace --all-targets --quiet -- --deny warnings

# format everything
fmt:
    cargo fmt --all

# renew crates/landline-api after a change of the list of operations
codegen:
    cargo xtask codegen

# measure the figures of docs/benchmarks.md
bench *figures:
    cargo xtask bench {{figures}}
