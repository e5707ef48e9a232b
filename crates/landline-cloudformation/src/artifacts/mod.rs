//! The code that a template names by path, as zip files by their SHA-256.

mod directory;
mod local;

use std::path::{Path, PathBuf};

use bytes::Bytes;
use landline_wire::dispatcher::BoxFuture;

pub use directory::{zip_one_file, zip_texts};
pub use local::LocalArtifacts;

/// Where the code of functions comes from.
pub trait Artifacts: Send + Sync + 'static {
    /// Packs what `path` names, relative to the directory of the template, and gives the SHA-256 of the zip file. The
    /// same content gives the same bytes.
    fn package<'a>(
        &'a self,
        directory: &'a Path,
        path: &'a str,
    ) -> BoxFuture<'a, Result<String, ArtifactError>>;

    /// A zip file that was packed before.
    fn get(&self, sha256: &str) -> Option<Bytes>;
}

#[derive(Debug, thiserror::Error)]
pub enum ArtifactError {
    #[error("the code of the function is not there: {}; build it first, or correct the path", path.display())]
    Missing { path: PathBuf },
    #[error("{}: {error}", path.display())]
    Io {
        path: PathBuf,
        error: std::io::Error,
    },
    #[error("{} points outside of the code directory; copy what it points to, or use a layer", path.display())]
    OutsideLink { path: PathBuf },
    #[error("the code under {} is larger than 250 MB (262144000 bytes) unzipped, the most that Lambda takes", path.display())]
    TooLarge { path: PathBuf },
    #[error("there are more than {limit} files under {}", path.display())]
    TooMany { path: PathBuf, limit: usize },
    #[error("{} is nested too deep", path.display())]
    TooDeep { path: PathBuf },
    #[error("cannot write the zip file: {0}")]
    Zip(#[from] zip::result::ZipError),
}

impl ArtifactError {
    /// With the path as the template has it, below the template's directory.
    fn named_as_in_template(mut self, directory: &Path) -> Self {
        let path = match &mut self {
            Self::Missing { path }
            | Self::Io { path, .. }
            | Self::OutsideLink { path }
            | Self::TooLarge { path }
            | Self::TooMany { path, .. }
            | Self::TooDeep { path } => path,
            Self::Zip(_) => return self,
        };
        if let Ok(below) = path.strip_prefix(directory)
            && below != Path::new("")
        {
            *path = below.to_owned();
        }
        self
    }
}

#[cfg(test)]
mod tests;
