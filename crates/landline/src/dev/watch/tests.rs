//! Which changes of a project's files count.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::Watch;
use crate::dev::Project;

fn project(directory: &Path) -> Project {
    fs::write(directory.join("template.yaml"), "Resources: {}").unwrap();
    Project::find(directory, None).unwrap()
}

async fn notices(watch: &mut Watch) -> bool {
    let changed = tokio::time::timeout(Duration::from_secs(5), watch.changed());
    changed.await.is_ok()
}

#[tokio::test(start_paused = true)]
async fn an_edit_a_new_file_and_a_removal_are_noticed_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut watch = Watch::of(&project(folder.path()), folder.path().join("state"));
    assert!(!notices(&mut watch).await);
    let handler = folder.path().join("handler.py");
    fs::write(&handler, "one").unwrap();
    assert!(notices(&mut watch).await);
    fs::write(&handler, "other").unwrap();
    assert!(notices(&mut watch).await);
    fs::remove_file(&handler).unwrap();
    assert!(notices(&mut watch).await);
    assert!(!notices(&mut watch).await);
}

#[tokio::test(start_paused = true)]
async fn the_nodes_own_state_is_no_change() {
    let folder = tempfile::tempdir().unwrap();
    for own in ["state", ".landline", "node_modules", "__pycache__"] {
        fs::create_dir(folder.path().join(own)).unwrap();
    }
    let mut watch = Watch::of(&project(folder.path()), folder.path().join("state"));
    for own in ["state", ".landline", "node_modules", "__pycache__"] {
        fs::write(folder.path().join(own).join("file"), "written").unwrap();
    }
    assert!(!notices(&mut watch).await);
}

#[tokio::test(start_paused = true)]
async fn a_log_that_is_written_there_is_no_change() {
    let folder = tempfile::tempdir().unwrap();
    let mut watch = Watch::of(&project(folder.path()), folder.path().join("state"));
    fs::write(folder.path().join("dev.log"), "A file changed").unwrap();
    assert!(!notices(&mut watch).await);
}
