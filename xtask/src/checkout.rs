//! Where things lie in this checkout.

use std::path::{Path, PathBuf};

/// The root of the repository: the parent of this package.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies inside the repository")
}

/// Everything that the tasks download; removing the folder is always safe.
pub(crate) fn dev_dir() -> PathBuf {
    root().join(".dev")
}

/// The interpreter of the Python environment that `setup` makes.
pub(crate) fn python() -> PathBuf {
    dev_dir().join("venv/bin/python")
}

/// The folder that cargo builds into, which people move with `CARGO_TARGET_DIR`.
#[expect(
    clippy::disallowed_methods,
    reason = "the ban is for the product; cargo tells its folder by environment"
)]
pub(crate) fn target_dir() -> PathBuf {
    std::env::var("CARGO_TARGET_DIR").map_or_else(|_| root().join("target"), |dir| root().join(dir))
}
