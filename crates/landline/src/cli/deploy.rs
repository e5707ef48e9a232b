//! `landline deploy`: a template to a running Landline.

use std::process::ExitCode;

use anyhow::bail;
use bytes::Bytes;
use hyper::Method;

use super::{Deploy, client};
use crate::dev::{Project, Screen};
use crate::env::Environment;
use crate::upload::{Report, Upload};

/// Packs, sends, and shows what became of it.
pub(super) async fn run(deploy: &Deploy, environment: &Environment) -> anyhow::Result<ExitCode> {
    let project = Project::find(&deploy.template, deploy.stack_name.clone())?;
    let upload = Upload::pack(&project, deploy.parameters.iter().cloned().collect()).await?;
    let endpoint = deploy.target.endpoint(environment);
    let headers = [("content-type", "application/json")];
    let body = Bytes::from(serde_json::to_vec(&upload)?);
    let call = client::Call {
        service: "landline",
        method: Method::POST,
        path: "/_landline/stacks",
        headers: &headers,
        body,
    };
    let response = client::call(&endpoint, environment, call).await?;
    let report: Report = serde_json::from_slice(&client::body(response).await?)?;
    let screen = Screen::new();
    report.events.iter().for_each(|event| screen.step(event));
    if let Some(failure) = report.failure {
        bail!("not deployed: {failure}");
    }
    screen.report(&report.urls, &report.outputs);
    Ok(ExitCode::SUCCESS)
}
