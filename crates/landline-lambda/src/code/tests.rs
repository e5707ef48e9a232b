//! Packages of functions: what is unpacked, and what is refused.

use std::io::{Cursor, Write};

use bytes::Bytes;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::scripts::with_interpreter_of_path;
use super::{CodeStore, ExtractError};
use crate::function::Family;
use crate::quotas::MAX_UNZIPPED_BYTES;

fn zip_of(files: &[(&str, &[u8], u32)]) -> Bytes {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content, mode) in files {
        let options = SimpleFileOptions::default().unix_permissions(*mode);
        zip.start_file(*name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner().into()
}

async fn add(
    zip: Bytes,
) -> (
    tempfile::TempDir,
    CodeStore,
    Result<super::Code, ExtractError>,
) {
    let folder = tempfile::tempdir().unwrap();
    let store = CodeStore::open(folder.path()).unwrap();
    let added = store.add(zip, Family::Python).await;
    (folder, store, added)
}

#[tokio::test]
async fn code_is_unpacked_once_under_its_digest() {
    use std::os::unix::fs::PermissionsExt;

    let zip = zip_of(&[
        ("app.py", b"import boto3", 0o644),
        ("bin/run", b"#!/bin/sh", 0o755),
    ]);
    let (_folder, store, added) = add(zip.clone()).await;
    let code = added.unwrap();
    let folder = store.folder(Family::Python, &code.digest);
    assert_eq!(
        std::fs::read(folder.join("app.py")).unwrap(),
        b"import boto3"
    );
    let mode = folder
        .join("bin/run")
        .metadata()
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o755);
    assert!(code.uses_sdk);
    assert_eq!(store.add(zip, Family::Python).await.unwrap(), code);
}

#[tokio::test]
async fn code_without_an_sdk_is_known_as_such() {
    let (_folder, _store, added) = add(zip_of(&[("app.py", b"import json", 0o644)])).await;
    assert!(!added.unwrap().uses_sdk);
}

#[tokio::test]
async fn a_path_that_leaves_the_folder_is_refused() {
    for name in ["../evil.py", "/etc/evil", "a/../../evil", "..\\evil.py"] {
        let (folder, _store, added) = add(zip_of(&[(name, b"x", 0o644)])).await;
        assert!(matches!(added, Err(ExtractError::UnsafePath(_))), "{name}");
        assert!(!folder.path().join("lambda/code/evil.py").exists());
    }
}

#[tokio::test]
async fn a_link_that_leaves_the_folder_is_refused() {
    for target in ["/etc/passwd", "../../x", "a/../../x"] {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.add_symlink("link", target, SimpleFileOptions::default())
            .unwrap();
        let bytes: Bytes = zip.finish().unwrap().into_inner().into();
        let (_folder, _store, added) = add(bytes).await;
        assert!(
            matches!(added, Err(ExtractError::UnsafePath(_))),
            "{target}"
        );
    }
}

#[tokio::test]
async fn a_zip_bomb_is_refused_while_it_is_unpacked() {
    let megabyte = vec![0; 1024 * 1024];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("bomb", SimpleFileOptions::default())
        .unwrap();
    for _ in 0..=MAX_UNZIPPED_BYTES / (1024 * 1024) {
        zip.write_all(&megabyte).unwrap();
    }
    let bytes: Bytes = zip.finish().unwrap().into_inner().into();
    let (_folder, _store, added) = add(bytes).await;
    assert!(matches!(added, Err(ExtractError::TooLarge)));
}

#[tokio::test]
async fn what_is_not_a_zip_file_is_refused() {
    let (_folder, _store, added) = add(Bytes::from_static(b"not a zip file")).await;
    assert!(matches!(added, Err(ExtractError::NotZip(_))));
}

#[track_caller]
fn check_script(script: &str, expected: &str) {
    let named = with_interpreter_of_path(script.as_bytes());
    assert_eq!(String::from_utf8(named).unwrap(), expected);
}

#[test]
fn a_script_of_a_layer_runs_with_the_interpreter_of_the_path() {
    check_script("#!/var/lang/bin/python\nx\n", "#!/usr/bin/env python3\nx\n");
    check_script("#!/var/lang/bin/python3.12 \n", "#!/usr/bin/env python3 \n");
    check_script("#!/var/lang/bin/node\n", "#!/usr/bin/env node\n");
    check_script("#!/var/lang/bin/python", "#!/usr/bin/env python3");
}
