//! `landline dev` and `landline serve`: a node until somebody stops it.

use std::path::Path;
use std::process::ExitCode;

use anyhow::anyhow;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{Dev, Serve};
use crate::config::{Config, DEFAULT_DATA_DIR};
use crate::dev::{self, Project, Watching};
use crate::drain;
use crate::env::Environment;
use crate::front_door::internal::bind_failure;
use crate::node::{Node, Replacements};

/// `landline dev`.
pub(super) async fn dev(dev: Dev, environment: &Environment) -> anyhow::Result<ExitCode> {
    let project = Project::find(&dev.template, dev.stack_name)?;
    let default_data_dir = project.directory.join(DEFAULT_DATA_DIR);
    let node = &dev.node;
    let config = Config::load(
        node.layer(),
        environment,
        node.config.as_deref(),
        &default_data_dir,
    )?;
    config.refuse_public_without_credentials()?;
    let stop = stop_signal();
    let node = start(&config).await?;
    let follow = tokio::spawn(dev::follow_functions(node.lambda().clone()));
    let watching = if dev.no_watch {
        Watching::Off
    } else {
        Watching::On {
            except: config.data_dir.clone(),
        }
    };
    let parameters = dev.parameters.into_iter().collect();
    let ran = dev::run(&project, &parameters, &node, watching, &stop).await;
    node.stop().await;
    follow.abort();
    ran.map_err(|error| anyhow!("{} was not deployed: {error}", project.template.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// `landline serve`.
pub(super) async fn serve(serve: &Serve, environment: &Environment) -> anyhow::Result<ExitCode> {
    let node = &serve.node;
    let default_data_dir = Path::new(DEFAULT_DATA_DIR);
    let config = Config::load(
        node.layer(),
        environment,
        node.config.as_deref(),
        default_data_dir,
    )?;
    config.refuse_public_without_credentials()?;
    let stop = stop_signal();
    let node = start(&config).await?;
    tell_ready(&config, &node);
    stop.cancelled().await;
    node.stop().await;
    Ok(ExitCode::SUCCESS)
}

async fn start(config: &Config) -> anyhow::Result<Node> {
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(|error| anyhow!(bind_failure(config.listen, &error)))?;
    let replacements = Replacements {
        // This very program, which knows how to become a worker.
        worker_helper: std::env::current_exe().ok(),
        ..Replacements::default()
    };
    let node = Node::start_with(config, listener, replacements).await?;
    tracing::info!(address = %node.address, data_dir = %config.data_dir.display(), "listening");
    Ok(node)
}

/// Cancelled when somebody asks the process to stop.
fn stop_signal() -> CancellationToken {
    let stop = CancellationToken::new();
    let cancel = stop.clone();
    let requested = drain::requested();
    tokio::spawn(async move {
        requested.await;
        cancel.cancel();
    });
    stop
}

#[expect(clippy::print_stdout, reason = "a script reads the address")]
fn tell_ready(config: &Config, node: &Node) {
    println!("{}", config.endpoint_url(node.address.port()));
    for stack in node.stacks.list().unwrap_or_default() {
        for url in dev::screen::stage_urls(&stack, node.address) {
            println!("{url}");
        }
    }
}
