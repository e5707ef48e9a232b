//! `landline dev`: deploy, show, watch, deploy again.

mod follow;
pub mod project;
pub mod screen;
mod watch;

use std::collections::BTreeMap;
use std::path::PathBuf;

use landline_cloudformation::stack::{DeployError, Deployed, Progress, Stacks};
use tokio_util::sync::CancellationToken;

use crate::node::Node;

pub use follow::follow_functions;
pub use project::{Project, ProjectError};
pub use screen::Screen;
use watch::Watch;

/// Deploys the project, and again whenever it changes, until `stop`.
///
/// # Errors
///
/// Why the first deployment failed. Later failures are shown, and what ran goes on running.
pub async fn run(
    project: &Project,
    parameters: &BTreeMap<String, String>,
    node: &Node,
    watch: Watching,
    stop: &CancellationToken,
) -> Result<(), DeployError> {
    let screen = Screen::new();
    let files = match watch {
        Watching::On { except } => Some(Watch::of(project, except)),
        Watching::Off => None,
    };
    let deployed = deploy(project, parameters, &node.stacks, &screen).await?;
    // Or the first client would wait for npm and pip.
    node.lambda().prepared().await;
    screen.ready(&deployed, node.address);
    let Some(mut files) = files else {
        stop.cancelled().await;
        return Ok(());
    };
    loop {
        tokio::select! {
            () = files.changed() => {}
            () = stop.cancelled() => return Ok(()),
        }
        screen.changed();
        match deploy(project, parameters, &node.stacks, &screen).await {
            Ok(deployed) => screen.updated(&deployed),
            Err(error) => screen.failed(&error),
        }
    }
}

/// Whether changes are deployed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Watching {
    /// Each change of a file is deployed.
    On {
        /// The node's own folder, which may lie in the project and changes all the time.
        except: PathBuf,
    },
    /// One deployment is all.
    Off,
}

async fn deploy(
    project: &Project,
    parameters: &BTreeMap<String, String>,
    stacks: &Stacks,
    screen: &Screen,
) -> Result<Deployed, DeployError> {
    let deployment = project.deployment(parameters.clone()).map_err(|error| {
        // A template that cannot be read any more is refused like one that makes no sense.
        DeployError::Refused(landline_cloudformation::template::TemplateError::new(
            error.to_string(),
        ))
    })?;
    let steps = screen.clone();
    stacks
        .deploy(&deployment, &Progress::new(move |event| steps.step(event)))
        .await
}
