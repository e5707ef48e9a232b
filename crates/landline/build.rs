//! Hands the linker the script that lays what a node runs side by side (docs/adr/0017-hot-functions-lie-together.md).
#![expect(
    clippy::disallowed_methods,
    reason = "this is how a build script and cargo talk"
)]

use std::env;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=layout.ld");
    if is_release_for_linux() && links_by_script() {
        let folder = env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
        println!("cargo:rustc-link-arg-bin=landline=-Wl,-T,{folder}/layout.ld");
    }
}

fn is_release_for_linux() -> bool {
    let is = |name: &str, wanted: &str| env::var(name).is_ok_and(|value| value == wanted);
    is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux")
}

/// LLD, which rustc brings along, and GNU's linker know `INSERT`; these do not.
fn links_by_script() -> bool {
    ["RUSTC_LINKER", "CARGO_ENCODED_RUSTFLAGS"]
        .iter()
        .filter_map(|name| env::var(name).ok())
        .all(|setting| !["mold", "wild"].iter().any(|other| setting.contains(other)))
}
