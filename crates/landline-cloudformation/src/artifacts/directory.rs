//! A directory → one zip file: the same bytes for the same content, whatever the order, the times and the owner.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::ArtifactError;

/// A file to be packed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SourceFile {
    /// Its path in the zip file.
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) bytes: u64,
    pub(super) modified_nanos: u128,
    executable: bool,
}

/// Every file under a directory, sorted by name.
pub(super) fn list(root: &Path) -> Result<Vec<SourceFile>, ArtifactError> {
    let canonical = fs::canonicalize(root).map_err(|error| io(root, error))?;
    let mut walk = Walk {
        root,
        canonical,
        files: Vec::new(),
        bytes: 0,
    };
    walk.visit(root, "", 0)?;
    walk.files.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(walk.files)
}

struct Walk<'a> {
    root: &'a Path,
    canonical: PathBuf,
    files: Vec<SourceFile>,
    bytes: u64,
}

impl Walk<'_> {
    fn visit(&mut self, directory: &Path, prefix: &str, depth: usize) -> Result<(), ArtifactError> {
        if depth > MAX_DEPTH {
            return Err(ArtifactError::TooDeep {
                path: directory.to_owned(),
            });
        }
        for entry in fs::read_dir(directory).map_err(|error| io(directory, error))? {
            let entry = entry.map_err(|error| io(directory, error))?;
            let path = entry.path();
            let file_name = entry.file_name().to_string_lossy().into_owned();
            if SKIPPED.contains(&file_name.as_str()) {
                continue;
            }
            if entry
                .file_type()
                .map_err(|error| io(&path, error))?
                .is_symlink()
            {
                self.check_link(&path)?;
            }
            let metadata = fs::metadata(&path).map_err(|error| io(&path, error))?;
            let name = format!("{prefix}{file_name}");
            if metadata.is_dir() {
                self.visit(&path, &format!("{name}/"), depth + 1)?;
            } else if metadata.is_file() {
                self.add(name, path, &metadata)?;
            }
        }
        Ok(())
    }

    /// A link is packed as what it points to, as long as that is code of this function.
    fn check_link(&self, path: &Path) -> Result<(), ArtifactError> {
        let target = fs::canonicalize(path).map_err(|error| io(path, error))?;
        if target.starts_with(&self.canonical) {
            Ok(())
        } else {
            Err(ArtifactError::OutsideLink {
                path: path.to_owned(),
            })
        }
    }

    fn add(
        &mut self,
        name: String,
        path: PathBuf,
        metadata: &fs::Metadata,
    ) -> Result<(), ArtifactError> {
        self.bytes += metadata.len();
        if self.bytes > MAX_BYTES {
            return Err(ArtifactError::TooLarge {
                path: self.root.to_owned(),
            });
        }
        if self.files.len() >= MAX_FILES {
            return Err(ArtifactError::TooMany {
                path: self.root.to_owned(),
                limit: MAX_FILES,
            });
        }
        self.files.push(SourceFile {
            name,
            path,
            bytes: metadata.len(),
            modified_nanos: modified_nanos(metadata),
            executable: is_executable(metadata),
        });
        Ok(())
    }
}

/// Packs the files.
pub(super) fn zip(files: &[SourceFile]) -> Result<Bytes, ArtifactError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut bytes = 0;
    for file in files {
        let content = fs::read(&file.path).map_err(|error| io(&file.path, error))?;
        bytes += content.len() as u64;
        if bytes > MAX_BYTES {
            return Err(ArtifactError::TooLarge {
                path: file.path.clone(),
            });
        }
        write(&mut writer, &file.name, &content, file.executable)?;
    }
    Ok(Bytes::from(writer.finish()?.into_inner()))
}

/// A zip file with one file in it.
pub fn zip_one_file(name: &str, content: &[u8]) -> Result<Bytes, ArtifactError> {
    zip_texts(&[(name, content)])
}

/// A zip file with these files in it, by name and content.
pub fn zip_texts(files: &[(&str, &[u8])]) -> Result<Bytes, ArtifactError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        write(&mut writer, name, content, false)?;
    }
    Ok(Bytes::from(writer.finish()?.into_inner()))
}

fn write(
    writer: &mut ZipWriter<Cursor<Vec<u8>>>,
    name: &str,
    content: &[u8],
    executable: bool,
) -> Result<(), ArtifactError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(if executable { 0o755 } else { 0o644 });
    writer.start_file(name, options)?;
    writer
        .write_all(content)
        .map_err(|error| io(Path::new(name), error))
}

pub(super) fn io(path: &Path, error: std::io::Error) -> ArtifactError {
    if error.kind() == std::io::ErrorKind::NotFound {
        return ArtifactError::Missing {
            path: path.to_owned(),
        };
    }
    ArtifactError::Io {
        path: path.to_owned(),
        error,
    }
}

pub(super) fn modified_nanos(metadata: &fs::Metadata) -> u128 {
    let modified = metadata.modified().ok();
    modified
        .and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok())
        .map_or(0, |since| since.as_nanos())
}

#[cfg(unix)]
fn is_executable(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o111 != 0
}

#[cfg(not(unix))]
fn is_executable(_metadata: &fs::Metadata) -> bool {
    false
}

/// What no function needs, and what changes without a change of the code: version control, caches, our own data.
const SKIPPED: [&str; 4] = [".aws-sam", ".git", ".landline", "__pycache__"];

/// Unzipped, layers included: <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>
pub(super) const MAX_BYTES: u64 = 250 * 1024 * 1024;
const MAX_FILES: usize = 100_000;
/// Deeper than any `node_modules`; a link to its own parent ends here.
const MAX_DEPTH: usize = 64;
