//! Code on this machine. Packing is done again only when a file of the directory is new, gone, or of another size or
//! time; what was packed stays in memory for a while, so that a rollback finds the code that was there before.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use landline_wire::dispatcher::BoxFuture;
use landline_wire::hex;
use parking_lot::Mutex;
use sha2::{Digest, Sha256};

use super::directory::{self, MAX_BYTES, io, modified_nanos};
use super::{ArtifactError, Artifacts, zip_one_file};

#[derive(Clone, Default)]
pub struct LocalArtifacts {
    packed: Arc<Mutex<Packed>>,
}

#[derive(Default)]
struct Packed {
    /// Path → what its files looked like when they were packed, and the SHA-256 of the zip file.
    by_path: HashMap<PathBuf, (String, String)>,
    /// Zip files by SHA-256, the newest last.
    zips: VecDeque<(String, Bytes)>,
}

impl Packed {
    fn get(&self, sha256: &str) -> Option<Bytes> {
        self.zips
            .iter()
            .find(|(known, _)| known == sha256)
            .map(|(_, zip)| zip.clone())
    }

    fn put(&mut self, path: PathBuf, listing: String, sha256: &str, zip: Bytes) {
        if self.by_path.len() >= MAX_PATHS {
            self.by_path.clear();
        }
        self.by_path.insert(path, (listing, sha256.to_owned()));
        self.zips.retain(|(known, _)| known != sha256);
        self.zips.push_back((sha256.to_owned(), zip));
        let held =
            |zips: &VecDeque<(String, Bytes)>| zips.iter().map(|(_, zip)| zip.len()).sum::<usize>();
        while self.zips.len() > 1 && held(&self.zips) > MAX_HELD_BYTES {
            self.zips.pop_front();
        }
    }
}

impl Artifacts for LocalArtifacts {
    fn package<'a>(
        &'a self,
        directory: &'a Path,
        path: &'a str,
    ) -> BoxFuture<'a, Result<String, ArtifactError>> {
        let (packed, path) = (self.packed.clone(), directory.join(path));
        Box::pin(async move {
            let packing = tokio::task::spawn_blocking({
                let path = path.clone();
                move || package(&packed, &path)
            });
            packing
                .await
                .unwrap_or_else(|error| Err(io(&path, std::io::Error::other(error))))
                .map_err(|error| error.named_as_in_template(directory))
        })
    }

    fn get(&self, sha256: &str) -> Option<Bytes> {
        self.packed.lock().get(sha256)
    }
}

fn package(packed: &Mutex<Packed>, path: &Path) -> Result<String, ArtifactError> {
    let metadata = fs::metadata(path).map_err(|error| io(path, error))?;
    let files = if metadata.is_dir() {
        Some(directory::list(path)?)
    } else {
        None
    };
    let mut listing = Sha256::new();
    match &files {
        Some(files) => files.iter().for_each(|file| {
            listing.update(format!(
                "{}\0{}\0{}\n",
                file.name, file.bytes, file.modified_nanos
            ));
        }),
        None => listing.update(format!("{}\0{}", metadata.len(), modified_nanos(&metadata))),
    }
    let listing = hex(&listing.finalize());
    {
        let packed = packed.lock();
        if let Some((known, sha256)) = packed.by_path.get(path)
            && *known == listing
            && packed.get(sha256).is_some()
        {
            return Ok(sha256.clone());
        }
    }
    let zip = match &files {
        Some(files) => directory::zip(files)?,
        None => one_file(path, metadata.len())?,
    };
    let sha256 = hex(&Sha256::digest(&zip));
    packed.lock().put(path.to_owned(), listing, &sha256, zip);
    Ok(sha256)
}

/// A zip file is taken as it is, any other file is packed alone.
fn one_file(path: &Path, bytes: u64) -> Result<Bytes, ArtifactError> {
    if bytes > MAX_BYTES {
        return Err(ArtifactError::TooLarge {
            path: path.to_owned(),
        });
    }
    let content = fs::read(path).map_err(|error| io(path, error))?;
    if path
        .extension()
        .is_some_and(|extension| extension == "zip" || extension == "jar")
    {
        return Ok(Bytes::from(content));
    }
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    zip_one_file(&name, &content)
}

impl fmt::Debug for LocalArtifacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalArtifacts")
            .field("paths", &self.packed.lock().by_path.len())
            .finish()
    }
}

const MAX_PATHS: usize = 1_000;
const MAX_HELD_BYTES: usize = 512 * 1024 * 1024;
