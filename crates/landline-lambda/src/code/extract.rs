//! Unpacks a zip file that a stranger may have made.
//!
//! Every name is checked before anything is written, every byte is counted while it is unpacked,
//! and links are made last, so that no file is written through one.

use std::fs::{self, File, Permissions};
use std::io::{self, Cursor, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Component, Path, PathBuf};

use zip::ZipArchive;

use crate::quotas::{MAX_UNZIPPED_BYTES, MAX_ZIP_ENTRIES, MAX_ZIP_PATH_BYTES};

/// Why code was not unpacked.
#[derive(Debug, thiserror::Error)]
pub enum ExtractError {
    /// The bytes are damaged, or something else.
    #[error("the file is not a zip file: {0}")]
    NotZip(String),
    /// More than Lambda allows.
    #[error("the unpacked code is too large")]
    TooLarge,
    /// More than Landline unpacks.
    #[error("the zip file holds too many files")]
    TooManyEntries,
    /// A name or a link that leads out of the folder.
    #[error("the zip file holds the unsafe path {0}")]
    UnsafePath(String),
    /// The disk does not take it.
    #[error("cannot write the code: {0}")]
    Write(#[from] io::Error),
}

impl From<zip::result::ZipError> for ExtractError {
    fn from(error: zip::result::ZipError) -> Self {
        Self::NotZip(error.to_string())
    }
}

/// A symbolic link to be made when all files are there.
struct Link {
    path: PathBuf,
    target: String,
}

/// Unpacks `zip` into the existing, empty `folder`.
///
/// # Errors
///
/// When the file is damaged, unsafe or too large, or the folder cannot be written.
pub fn extract(zip: &[u8], folder: &Path) -> Result<(), ExtractError> {
    let mut archive = ZipArchive::new(Cursor::new(zip))?;
    if archive.len() > MAX_ZIP_ENTRIES {
        return Err(ExtractError::TooManyEntries);
    }
    let mut left = MAX_UNZIPPED_BYTES;
    let mut links = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index)?;
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        let path = folder.join(safe_path(&name)?);
        let mode = entry.unix_mode();
        if name.ends_with('/') || entry.is_dir() {
            fs::create_dir_all(&path)?;
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        if mode.is_some_and(|mode| mode & FILE_TYPE == SYMBOLIC_LINK) {
            links.push(read_link(&mut entry, path, &name)?);
            continue;
        }
        let file = File::create(&path)?;
        left = copy(&mut entry, &file, left)?;
        file.set_permissions(Permissions::from_mode(permissions(mode, &name)))?;
    }
    for Link { path, target } in links {
        std::os::unix::fs::symlink(target, path)?;
    }
    Ok(())
}

/// The path below the folder that a name means.
fn safe_path(name: &str) -> Result<PathBuf, ExtractError> {
    let refuse = || ExtractError::UnsafePath(name.chars().take(MAX_ZIP_PATH_BYTES).collect());
    if name.len() > MAX_ZIP_PATH_BYTES || name.contains('\0') {
        return Err(refuse());
    }
    // Windows tools write the other slash.
    let name = name.replace('\\', "/");
    let mut path = PathBuf::new();
    for component in Path::new(&name).components() {
        match component {
            Component::Normal(part) => path.push(part),
            Component::CurDir => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => {
                return Err(refuse());
            }
        }
    }
    if path.as_os_str().is_empty() && !name.ends_with('/') {
        return Err(refuse());
    }
    Ok(path)
}

/// Copies a file and counts what is really there, whatever its header promised.
fn copy(from: &mut impl Read, mut to: &File, left: u64) -> Result<u64, ExtractError> {
    let mut left = left;
    let mut buffer = vec![0; COPY_BYTES];
    loop {
        let length = from
            .read(&mut buffer)
            .map_err(|error| ExtractError::NotZip(error.to_string()))?;
        if length == 0 {
            return Ok(left);
        }
        left = left
            .checked_sub(u64::try_from(length).unwrap_or(u64::MAX))
            .ok_or(ExtractError::TooLarge)?;
        to.write_all(&buffer[..length])?;
    }
}

/// A link that stays in the folder: `..` may only lead its target, and not above the top.
fn read_link(entry: &mut impl Read, path: PathBuf, name: &str) -> Result<Link, ExtractError> {
    let mut target = String::new();
    let refuse = || ExtractError::UnsafePath(name.to_owned());
    let limit = u64::try_from(MAX_ZIP_PATH_BYTES).unwrap_or(u64::MAX);
    entry
        .take(limit)
        .read_to_string(&mut target)
        .map_err(|_| refuse())?;
    let mut depth = safe_path(name)?.components().count().saturating_sub(1);
    let mut may_go_up = true;
    for component in Path::new(&target).components() {
        match component {
            Component::ParentDir if may_go_up && depth > 0 => depth -= 1,
            Component::Normal(_) => may_go_up = false,
            Component::CurDir => {}
            _ => return Err(refuse()),
        }
    }
    Ok(Link { path, target })
}

fn permissions(mode: Option<u32>, name: &str) -> u32 {
    match mode.map(|mode| mode & 0o777).filter(|mode| *mode != 0) {
        // Landline itself must be able to read and to remove it.
        Some(mode) => mode | 0o600,
        // A tool without file modes made the zip file.
        None if name == "bootstrap" => 0o755,
        None => 0o644,
    }
}

const FILE_TYPE: u32 = 0o170_000;
const SYMBOLIC_LINK: u32 = 0o120_000;
const COPY_BYTES: usize = 64 * 1024;
