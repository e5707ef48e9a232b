//! From a path on the command line to a template.

use std::collections::BTreeMap;

use super::{Project, ProjectError};

#[test]
fn a_folder_stands_for_its_template_and_names_the_stack() {
    let folder = tempfile::tempdir().unwrap();
    let chat = folder.path().join("my_chat.v2");
    std::fs::create_dir(&chat).unwrap();
    std::fs::write(chat.join("template.yaml"), "Resources: {}").unwrap();
    let project = Project::find(&chat, None).unwrap();
    assert_eq!(project.stack_name, "my-chat-v2");
    let deployment = project.deployment(BTreeMap::new()).unwrap();
    assert_eq!(deployment.template, "Resources: {}");
    assert_eq!(
        deployment.directory.as_deref(),
        Some(chat.canonicalize().unwrap().as_path())
    );
}

#[test]
fn a_name_that_is_given_outranks_the_folders() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("app.yaml"), "").unwrap();
    let project = Project::find(&folder.path().join("app.yaml"), Some("mine".into())).unwrap();
    assert_eq!(project.stack_name, "mine");
}

#[test]
fn what_is_missing_is_said_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let empty = Project::find(folder.path(), None).unwrap_err();
    assert!(matches!(empty, ProjectError::NoTemplate(_)));
    let missing = Project::find(&folder.path().join("no.yaml"), None).unwrap_err();
    assert!(missing.to_string().contains("no.yaml"), "{missing}");
}
