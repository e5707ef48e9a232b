//! Whether code mentions an AWS SDK, so that its runtime pack is worth installing.

use std::fs;
use std::path::Path;

use memchr::memmem;

/// Whether a source file of the function, its packages left out, mentions an AWS SDK.
pub(super) fn mentions_sdk(folder: &Path) -> bool {
    search(folder, MAX_DEPTH)
}

fn search(folder: &Path, depth: usize) -> bool {
    let Ok(entries) = fs::read_dir(folder) else {
        return false;
    };
    entries.flatten().any(|entry| {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => {
                depth > 0 && entry.file_name() != "node_modules" && search(&path, depth - 1)
            }
            Ok(kind) if kind.is_file() => is_source(&path) && file_mentions_sdk(&path),
            _ => false,
        }
    })
}

fn is_source(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| ["py", "js", "mjs", "cjs"].contains(&extension))
}

fn file_mentions_sdk(path: &Path) -> bool {
    let Ok(bytes) = fs::read(path) else {
        return false;
    };
    let finds = |name: &str| memmem::find(&bytes, name.as_bytes()).is_some();
    ["aws-sdk", "@smithy/", "boto3", "botocore"]
        .into_iter()
        .any(finds)
}

const MAX_DEPTH: usize = 16;
