//! The data directory, and the secret that a node keeps in it.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use landline_store::{Collection, Store};
use landline_wire::request_id;

/// One key per node: connection ids and function credentials derive from it.
const KEYS: Collection<[u8; 32]> = Collection::new("node.key");

/// Makes the directory, for its owner only, and gives its absolute path.
pub(super) fn prepare(path: &Path) -> anyhow::Result<PathBuf> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(path);
    let absolute = made.and_then(|()| path.canonicalize());
    absolute.with_context(|| {
        format!(
            "cannot use the data directory {}; choose another with --data-dir",
            path.display()
        )
    })
}

/// The node's key, made on the first start.
pub(super) async fn node_key(store: &dyn Store) -> anyhow::Result<[u8; 32]> {
    const ID: &str = "node";
    if let Some(key) = KEYS.get(store, ID)? {
        return Ok(key);
    }
    let fresh: [u8; 32] = request_id::random_bytes();
    KEYS.put(store, ID, fresh).await?;
    Ok(fresh)
}
