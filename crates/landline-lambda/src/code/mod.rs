//! The code of functions on disk: zip files by their digest, and what is in them.
//!
//! `lambda/zip/{digest}.zip` is what was sent; `lambda/code/{family}/{digest}` is what runs. The
//! family's folder is there for Node.js, which looks for packages in the folders above the code.

mod extract;
mod layers;
mod scan;
mod scripts;

use std::io;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use landline_wire::hex;
use sha2::{Digest, Sha256};

pub use extract::{ExtractError, extract};

use crate::function::Family;
use crate::function::record::Code;

/// The code of all functions of a node.
#[derive(Debug, Clone)]
pub(crate) struct CodeStore {
    root: PathBuf,
}

impl CodeStore {
    pub(crate) fn open(data_dir: &Path) -> io::Result<Self> {
        let root = std::path::absolute(data_dir.join("lambda"))?;
        std::fs::create_dir_all(root.join("zip"))?;
        Ok(Self { root })
    }

    /// Where the code of a digest is unpacked for a family of runtimes.
    pub(crate) fn folder(&self, family: Family, digest: &str) -> PathBuf {
        self.root.join("code").join(family.folder()).join(digest)
    }

    pub(crate) fn zip_file(&self, digest: &str) -> PathBuf {
        self.root.join("zip").join(format!("{digest}.zip"))
    }

    /// Keeps a zip file and unpacks it.
    pub(crate) async fn add(&self, zip: Bytes, family: Family) -> Result<Code, ExtractError> {
        let store = self.clone();
        on_blocking_thread(move || {
            let digest = hex(&Sha256::digest(&zip));
            let folder = store.folder(family, &digest);
            store.unpack(&zip, &folder, |_| Ok(()))?;
            write_whole(&store.zip_file(&digest), &zip)?;
            Ok(Code {
                uses_sdk: scan::mentions_sdk(&folder),
                bytes: u64::try_from(zip.len()).unwrap_or(u64::MAX),
                digest,
            })
        })
        .await
    }

    /// Unpacks code that is kept, for a function whose runtime has changed its family.
    pub(crate) async fn unpack_kept(
        &self,
        digest: &str,
        family: Family,
    ) -> Result<(), ExtractError> {
        let (store, digest) = (self.clone(), digest.to_owned());
        on_blocking_thread(move || {
            let folder = store.folder(family, &digest);
            if folder.is_dir() {
                return Ok(());
            }
            let zip = std::fs::read(store.zip_file(&digest))?;
            store.unpack(&zip, &folder, |_| Ok(()))
        })
        .await
    }

    /// Forgets code that no function has any more.
    pub(crate) async fn remove(&self, digest: &str) {
        let (store, digest) = (self.clone(), digest.to_owned());
        let removed = on_blocking_thread(move || {
            let _ = std::fs::remove_file(store.zip_file(&digest));
            for family in ALL_FAMILIES {
                let _ = std::fs::remove_dir_all(store.folder(family, &digest));
            }
            Ok(())
        });
        let _ = removed.await;
    }

    /// All or nothing: a folder that is there is whole, and what `finish` does is done.
    fn unpack(
        &self,
        zip: &[u8],
        folder: &Path,
        finish: impl FnOnce(&Path) -> io::Result<()>,
    ) -> Result<(), ExtractError> {
        if folder.is_dir() {
            return Ok(());
        }
        let all_code = folder.parent().unwrap_or(&self.root);
        let fresh = all_code.join(format!(".{}", landline_wire::request_id::uuid()));
        std::fs::create_dir_all(&fresh)?;
        let extracted = extract(zip, &fresh).and_then(|()| Ok(finish(&fresh)?));
        let moved = extracted.and_then(|()| match std::fs::rename(&fresh, folder) {
            Err(_) if folder.is_dir() => Ok(()),
            moved => moved.map_err(ExtractError::from),
        });
        if fresh.exists() {
            let _ = std::fs::remove_dir_all(&fresh);
        }
        moved
    }
}

async fn on_blocking_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ExtractError> + Send + 'static,
) -> Result<T, ExtractError> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| Err(io::Error::other(error).into()))
}

fn write_whole(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if file.is_file() {
        return Ok(());
    }
    let fresh = file.with_extension(landline_wire::request_id::uuid());
    std::fs::write(&fresh, bytes)?;
    std::fs::rename(&fresh, file)
}

const ALL_FAMILIES: [Family; 4] = [
    Family::Python,
    Family::Nodejs,
    Family::NodejsLegacy,
    Family::Provided,
];

#[cfg(test)]
mod tests;
