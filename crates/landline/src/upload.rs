//! A project on its way from `landline deploy` to a running Landline: the template
//! and the folder around it, in one document.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use landline_cloudformation::artifacts::{Artifacts as _, LocalArtifacts};
use landline_cloudformation::stack::{Deployment, Progress, StackEvent, Stacks};
use landline_lambda::code::extract;

use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

use crate::dev::{Project, screen};

/// What `landline deploy` sends.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Upload {
    /// The stack to create or update.
    pub stack_name: String,
    /// The template's text.
    pub template: String,
    /// The template's parameters.
    pub parameters: BTreeMap<String, String>,
    /// The folder that the template's paths are relative to: a zip archive, in base64.
    pub archive: String,
}

/// What the node answers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Report {
    /// The steps, in order.
    pub events: Vec<StackEvent>,
    /// Where the stack's WebSocket stages are reached.
    pub urls: Vec<String>,
    /// The stack's outputs.
    pub outputs: BTreeMap<String, String>,
    /// Why the deployment failed, if it did.
    pub failure: Option<String>,
}

impl Upload {
    /// Packs a project.
    pub async fn pack(
        project: &Project,
        parameters: BTreeMap<String, String>,
    ) -> anyhow::Result<Self> {
        let deployment = project.deployment(parameters)?;
        let artifacts = LocalArtifacts::default();
        let packed = artifacts.package(&project.directory, ".").await;
        let packed =
            packed.with_context(|| format!("cannot pack {}", project.directory.display()))?;
        let zip = artifacts.get(&packed).context("what was packed is gone")?;
        Ok(Self {
            stack_name: deployment.stack_name,
            template: deployment.template,
            parameters: deployment.parameters,
            archive: STANDARD.encode(zip),
        })
    }

    /// Unpacks below the data directory and deploys from there.
    pub async fn deploy(
        self,
        stacks: &Stacks,
        data_dir: &Path,
        address: SocketAddr,
    ) -> anyhow::Result<Report> {
        let zip = STANDARD
            .decode(&self.archive)
            .context("the archive is not valid base64")?;
        let directory = Unpacked::below(&data_dir.join("uploads"), zip).await?;
        let deployment = Deployment {
            stack_name: self.stack_name,
            template: self.template,
            parameters: self.parameters,
            directory: Some(directory.0.clone()),
            // As on AWS: a deployment stays what it was until its logical id changes.
            renew_snapshots: false,
            ..Deployment::default()
        };
        let events = Arc::new(Mutex::new(Vec::new()));
        let noted = events.clone();
        let progress = Progress::new(move |event| noted.lock().push(event.clone()));
        let deployed = stacks.deploy(&deployment, &progress).await;
        let events = std::mem::take(&mut *events.lock());
        Ok(match deployed {
            Ok(deployed) => {
                let outputs = deployed.stack.state.outputs.iter();
                Report {
                    events,
                    urls: screen::stage_urls(&deployed.stack, address),
                    outputs: outputs
                        .map(|(name, output)| (name.clone(), output.value.clone()))
                        .collect(),
                    failure: None,
                }
            }
            Err(error) => Report {
                events,
                urls: Vec::new(),
                outputs: BTreeMap::new(),
                failure: Some(error.to_string()),
            },
        })
    }
}

/// A folder that goes when the deployment is done.
struct Unpacked(PathBuf);

impl Unpacked {
    async fn below(parent: &Path, zip: Vec<u8>) -> anyhow::Result<Self> {
        let folder = parent.join(landline_wire::request_id::uuid());
        let unpacked = Self(folder.clone());
        tokio::task::spawn_blocking(move || {
            if let Some(parent) = folder.parent() {
                std::fs::create_dir_all(parent)?;
            }
            anyhow::Ok(extract(&zip, &folder)?)
        })
        .await?
        .context("the archive cannot be unpacked")?;
        Ok(unpacked)
    }
}

impl Drop for Unpacked {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            tracing::debug!(%error, folder = %self.0.display(), "an upload stays behind");
        }
    }
}
