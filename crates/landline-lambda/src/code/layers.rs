//! The content of layers on disk, and what several of them make of `/opt`.
//!
//! `lambda/layer/{digest}` is one layer. A function with several has `lambda/opt/{name}`, where
//! they lie over each other: files of later layers replace those of earlier ones, as on AWS.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use landline_wire::hex;
use sha2::{Digest, Sha256};

use super::scripts::name_interpreters;
use super::{CodeStore, ExtractError, on_blocking_thread, write_whole};
use crate::function::record::LayerContent;

impl CodeStore {
    /// Keeps the zip file of a layer and unpacks it.
    pub(crate) async fn add_layer(&self, zip: Bytes) -> Result<LayerContent, ExtractError> {
        let store = self.clone();
        on_blocking_thread(move || {
            let digest = hex(&Sha256::digest(&zip));
            let folder = store.layer_folder(&digest);
            fs::create_dir_all(store.root.join("layer"))?;
            store.unpack(&zip, &folder, name_interpreters)?;
            write_whole(&store.zip_file(&digest), &zip)?;
            Ok(LayerContent {
                digest,
                bytes: u64::try_from(zip.len()).unwrap_or(u64::MAX),
            })
        })
        .await
    }

    /// What these layers, the first one lowest, make of `/opt`.
    pub(crate) fn layers_folder(&self, digests: &[&str]) -> PathBuf {
        if let [digest] = digests {
            return self.layer_folder(digest);
        }
        let name = hex(&Sha256::digest(digests.join("/")));
        self.root.join("opt").join(name)
    }

    /// Lays layers over each other, for a function that has several.
    pub(crate) async fn lay_over(&self, digests: &[&str]) -> Result<(), ExtractError> {
        let store = self.clone();
        let folder = self.layers_folder(digests);
        let layers: Vec<PathBuf> = digests.iter().map(|d| self.layer_folder(d)).collect();
        if layers.len() < 2 {
            return Ok(());
        }
        on_blocking_thread(move || {
            if folder.is_dir() {
                return Ok(());
            }
            let fresh = store
                .root
                .join(format!("opt/.{}", landline_wire::request_id::uuid()));
            fs::create_dir_all(&fresh)?;
            let laid = layers.iter().try_for_each(|layer| lay(layer, &fresh));
            let moved = laid.and_then(|()| match fs::rename(&fresh, &folder) {
                Err(_) if folder.is_dir() => Ok(()),
                moved => moved,
            });
            if fresh.exists() {
                let _ = fs::remove_dir_all(&fresh);
            }
            Ok(moved?)
        })
        .await
    }

    /// Forgets a layer that neither a version nor a function has any more.
    pub(crate) async fn remove_layer(&self, digest: &str) {
        let (zip, folder) = (self.zip_file(digest), self.layer_folder(digest));
        let removed = on_blocking_thread(move || {
            let _ = fs::remove_file(zip);
            let _ = fs::remove_dir_all(folder);
            Ok(())
        });
        let _ = removed.await;
    }

    /// Forgets the folders of several layers that no function has any more.
    pub(crate) fn sweep_opt(&self, used: &[PathBuf]) {
        let folders = fs::read_dir(self.root.join("opt"));
        for folder in folders.into_iter().flatten().filter_map(Result::ok) {
            if !used.contains(&folder.path()) {
                let _ = fs::remove_dir_all(folder.path());
            }
        }
    }

    /// The same, while functions run.
    pub(crate) async fn remove_opt(&self, used: Vec<PathBuf>) {
        let store = self.clone();
        let removed = on_blocking_thread(move || {
            store.sweep_opt(&used);
            Ok(())
        });
        let _ = removed.await;
    }

    /// Forgets the layers whose digests nobody uses.
    pub(crate) fn sweep_layers(&self, used: &HashSet<String>) {
        let folders = fs::read_dir(self.root.join("layer"));
        for folder in folders.into_iter().flatten().filter_map(Result::ok) {
            let digest = folder.file_name().to_string_lossy().into_owned();
            if !used.contains(&digest) {
                let _ = fs::remove_dir_all(folder.path());
                let _ = fs::remove_file(self.zip_file(&digest));
            }
        }
    }

    fn layer_folder(&self, digest: &str) -> PathBuf {
        self.root.join("layer").join(digest)
    }
}

/// Lays one folder over another: a file is the same file in both, which costs no room.
fn lay(from: &Path, onto: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (source, target) = (entry.path(), onto.join(entry.file_name()));
        let kind = entry.file_type()?;
        if kind.is_dir() {
            if !target.is_dir() {
                let _ = fs::remove_file(&target);
                fs::create_dir(&target)?;
            }
            lay(&source, &target)?;
            continue;
        }
        if target.is_dir() {
            fs::remove_dir_all(&target)?;
        } else {
            let _ = fs::remove_file(&target);
        }
        if kind.is_symlink() {
            std::os::unix::fs::symlink(fs::read_link(&source)?, &target)?;
        } else if fs::hard_link(&source, &target).is_err() {
            fs::copy(&source, &target)?;
        }
    }
    Ok(())
}
