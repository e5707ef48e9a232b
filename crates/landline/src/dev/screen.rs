//! What `landline dev` and `landline deploy` show: steps on stderr, results on stdout.

use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::net::SocketAddr;

use landline_cloudformation::stack::{DeployError, Deployed, Stack, StackEvent};

const STAGE_TYPE: &str = "AWS::ApiGatewayV2::Stage";

/// The terminal, or the pipe in its place.
#[derive(Debug, Clone)]
pub struct Screen {
    colours: bool,
}

#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is what the person sees"
)]
impl Screen {
    /// A screen with colours where somebody looks.
    #[expect(clippy::new_without_default, reason = "a screen is made on purpose")]
    pub fn new() -> Self {
        Self {
            colours: std::io::stderr().is_terminal(),
        }
    }

    /// One step of a deployment.
    pub fn step(&self, event: &StackEvent) {
        let reason = event
            .reason
            .as_deref()
            .map(|reason| format!("  {reason}"))
            .unwrap_or_default();
        let status = self.status(&event.status);
        eprintln!(
            "  {status} {} {}{reason}",
            event.resource_type, event.logical_id
        );
    }

    fn status(&self, status: &str) -> String {
        let padded = format!("{status:<20}");
        let colour = if status.contains("FAILED") || status.contains("ROLLBACK") {
            31
        } else if status.ends_with("COMPLETE") {
            32
        } else {
            36
        };
        if self.colours {
            format!("\x1b[{colour}m{padded}\x1b[0m")
        } else {
            padded
        }
    }

    /// The first deployment is there: where the application is reached, and its outputs.
    pub fn ready(&self, deployed: &Deployed, address: SocketAddr) {
        for url in stage_urls(&deployed.stack, address) {
            println!("{url}");
        }
        self.outputs(&deployed.stack);
        eprintln!("Ready. Press Ctrl+C to stop.");
    }

    /// What `landline deploy` shows in the end.
    pub fn report(&self, urls: &[String], outputs: &BTreeMap<String, String>) {
        for url in urls {
            println!("{url}");
        }
        for (name, value) in outputs {
            eprintln!("  {name} = {value}");
        }
    }

    /// The outputs of a stack, as `aws` would show them.
    pub fn outputs(&self, stack: &Stack) {
        for (name, output) in &stack.state.outputs {
            eprintln!("  {name} = {}", output.value);
        }
    }

    /// A file changed.
    pub fn changed(&self) {
        eprintln!("A file changed; deploying.");
    }

    /// A later deployment succeeded.
    pub fn updated(&self, deployed: &Deployed) {
        if deployed.plan.changes.is_empty() {
            eprintln!("Nothing to deploy.");
        } else {
            eprintln!("Deployed. Connections stayed open.");
        }
    }

    /// A later deployment failed.
    pub fn failed(&self, error: &DeployError) {
        eprintln!("Not deployed, what ran before runs on: {error}");
    }
}

/// Where each WebSocket stage of the stack is reached on this machine.
pub fn stage_urls(stack: &Stack, address: SocketAddr) -> Vec<String> {
    let stages = stack
        .state
        .resources
        .values()
        .filter(|r| r.resource_type == STAGE_TYPE);
    let url = |resource: &landline_cloudformation::stack::StackResource| {
        let api_id = resource.properties.get("ApiId")?.as_str()?;
        let stage = resource.physical_id.as_deref()?;
        Some(format!("ws://{address}/{api_id}/{stage}"))
    };
    stages.filter_map(url).collect()
}
