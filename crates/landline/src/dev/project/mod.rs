//! What `landline dev` and `landline deploy` are given: a template, or the folder of one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use landline_cloudformation::stack::Deployment;

/// The names that a template has in its folder, the first one found counts.
const TEMPLATE_NAMES: [&str; 3] = ["template.yaml", "template.yml", "template.json"];

/// A template on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// The template's file.
    pub template: PathBuf,
    /// The folder that the template's paths are relative to.
    pub directory: PathBuf,
    /// The stack's name.
    pub stack_name: String,
}

/// Why there is no project.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// Nothing is at the path.
    #[error("there is no {}; give the template's file or its folder", .0.display())]
    Missing(PathBuf),
    /// A folder without a template.
    #[error("{} holds no template.yaml, template.yml or template.json", .0.display())]
    NoTemplate(PathBuf),
    /// The template cannot be read.
    #[error("cannot read {}: {reason}", path.display())]
    Unreadable {
        /// The template's file.
        path: PathBuf,
        /// The system's reason.
        reason: std::io::Error,
    },
}

impl Project {
    /// Finds the template at `path`: the file itself, or in the folder.
    pub fn find(path: &Path, stack_name: Option<String>) -> Result<Self, ProjectError> {
        let path = path
            .canonicalize()
            .map_err(|_| ProjectError::Missing(path.to_owned()))?;
        let template = if path.is_dir() {
            let mut names = TEMPLATE_NAMES.iter().map(|name| path.join(name));
            names
                .find(|file| file.is_file())
                .ok_or_else(|| ProjectError::NoTemplate(path.clone()))?
        } else {
            path
        };
        let directory = template.parent().map_or_else(PathBuf::new, Path::to_owned);
        let stack_name = stack_name.unwrap_or_else(|| stack_name_of(&directory));
        Ok(Self {
            template,
            directory,
            stack_name,
        })
    }

    /// The deployment of the template as it is now.
    pub fn deployment(
        &self,
        parameters: BTreeMap<String, String>,
    ) -> Result<Deployment, ProjectError> {
        let template =
            std::fs::read_to_string(&self.template).map_err(|reason| ProjectError::Unreadable {
                path: self.template.clone(),
                reason,
            })?;
        Ok(Deployment {
            stack_name: self.stack_name.clone(),
            template,
            parameters,
            directory: Some(self.directory.clone()),
            renew_snapshots: true,
            ..Deployment::default()
        })
    }
}

/// The folder's name as a stack may be called: letters, digits and hyphens, a letter first.
fn stack_name_of(directory: &Path) -> String {
    let name = directory
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let fit = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let name: String = name.unwrap_or_default().chars().map(fit).collect();
    let name = name.trim_matches('-');
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name.to_owned()
    } else {
        format!("app-{name}").trim_end_matches('-').to_owned()
    }
}

#[cfg(test)]
mod tests;
