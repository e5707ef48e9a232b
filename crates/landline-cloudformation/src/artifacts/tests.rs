//! Directories, files and links, packed.

use std::fs;
use std::io::Read as _;

use super::*;

fn names(zip: &Bytes) -> Vec<String> {
    let archive = zip::ZipArchive::new(std::io::Cursor::new(zip.clone())).unwrap();
    archive
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect()
}

async fn package(directory: &Path, path: &str) -> Result<(String, Bytes), ArtifactError> {
    let artifacts = LocalArtifacts::default();
    let sha256 = artifacts.package(directory, path).await?;
    let zip = artifacts.get(&sha256).unwrap();
    Ok((sha256, zip))
}

fn write(directory: &Path, name: &str, content: &str) {
    let path = directory.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

#[tokio::test]
async fn the_same_content_gives_the_same_zip_file() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for name in ["b.py", "a/c.py", "a.py"] {
        write(one.path(), name, name);
    }
    for name in [
        "a.py",
        "a/c.py",
        "b.py",
        ".git/HEAD",
        "__pycache__/a.pyc",
        ".landline/store",
    ] {
        write(two.path(), name, name);
    }
    let (first, zip) = package(one.path(), ".").await.unwrap();
    assert_eq!(names(&zip), ["a.py", "a/c.py", "b.py"]);
    assert_eq!(package(two.path(), "").await.unwrap().0, first);
    write(two.path(), "b.py", "other");
    assert_ne!(package(two.path(), ".").await.unwrap().0, first);
}

#[tokio::test]
async fn a_change_is_seen_and_the_old_code_stays_at_hand() {
    let directory = tempfile::tempdir().unwrap();
    write(directory.path(), "a.py", "1");
    let artifacts = LocalArtifacts::default();
    let first = artifacts.package(directory.path(), ".").await.unwrap();
    write(directory.path(), "a.py", "22");
    let second = artifacts.package(directory.path(), ".").await.unwrap();
    assert_ne!(first, second);
    assert!(artifacts.get(&first).is_some() && artifacts.get(&second).is_some());
}

#[tokio::test]
async fn a_file_is_packed_alone_and_a_zip_file_is_taken_as_it_is() {
    let directory = tempfile::tempdir().unwrap();
    write(directory.path(), "app.py", "x = 1");
    let (_, zip) = package(directory.path(), "app.py").await.unwrap();
    assert_eq!(names(&zip), ["app.py"]);
    fs::write(directory.path().join("code.zip"), &zip).unwrap();
    assert_eq!(package(directory.path(), "code.zip").await.unwrap().1, zip);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(zip)).unwrap();
    let mut content = String::new();
    archive
        .by_index(0)
        .unwrap()
        .read_to_string(&mut content)
        .unwrap();
    assert_eq!(content, "x = 1");
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_may_not_leave_the_directory() {
    let (directory, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    write(directory.path(), "a.py", "1");
    std::os::unix::fs::symlink("a.py", directory.path().join("b.py")).unwrap();
    let (_, zip) = package(directory.path(), ".").await.unwrap();
    assert_eq!(names(&zip), ["a.py", "b.py"]);
    std::os::unix::fs::symlink(elsewhere.path(), directory.path().join("c")).unwrap();
    let error = package(directory.path(), ".").await.unwrap_err();
    assert!(
        matches!(error, ArtifactError::OutsideLink { .. }),
        "{error}"
    );
    fs::remove_file(directory.path().join("c")).unwrap();
    std::os::unix::fs::symlink(".", directory.path().join("loop")).unwrap();
    let error = package(directory.path(), ".").await.unwrap_err();
    assert!(
        matches!(
            error,
            ArtifactError::TooDeep { .. } | ArtifactError::Io { .. }
        ),
        "{error}"
    );
}

#[tokio::test]
async fn code_that_is_not_there_is_said_in_one_sentence() {
    let directory = tempfile::tempdir().unwrap();
    let error = package(directory.path(), "gone")
        .await
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        "the code of the function is not there: gone; build it first, or correct the path"
    );
}
