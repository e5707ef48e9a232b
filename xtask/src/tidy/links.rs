//! Links between the pages of the repository: a page that moved must not leave a dead end.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

/// The folders whose pages people read; what packages bring along is not ours.
const FOLDERS: [&str; 4] = [".", "docs", "docs/adr", "examples/chat"];

/// One complaint per relative link that leads nowhere.
pub(super) fn complaints(root: &Path) -> Result<Vec<String>> {
    let mut complaints = Vec::new();
    for folder in FOLDERS {
        let mut entries: Vec<_> = fs::read_dir(root.join(folder))
            .with_context(|| format!("cannot list {folder}"))?
            .collect::<std::io::Result<_>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let page = entry.path();
            if page.extension().is_some_and(|extension| extension == "md") {
                let text = fs::read_to_string(&page)?;
                let dead = relative_links(&text)
                    .into_iter()
                    .filter(|link| !leads_somewhere(&page, link));
                let shown = page
                    .strip_prefix(root)
                    .unwrap_or(&page)
                    .display()
                    .to_string();
                complaints.extend(dead.map(|link| format!("{shown}: nothing is at `{link}`")));
            }
        }
    }
    Ok(complaints)
}

/// The targets of `[text](target)` that are files here, without their anchors.
pub(super) fn relative_links(text: &str) -> Vec<&str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .map(|(target, _)| target.split('#').next().unwrap_or(target))
        .filter(|target| {
            !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:")
        })
        .collect()
}

fn leads_somewhere(page: &Path, link: &str) -> bool {
    page.parent()
        .is_some_and(|folder| folder.join(link).exists())
}
