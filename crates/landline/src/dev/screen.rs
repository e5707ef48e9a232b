//! What `landline dev` and `landline deploy` show: steps on stderr, results on stdout.

use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::net::SocketAddr;

use landline_cloudformation::stack::{DeployError, Deployed, Stack, StackEvent, StackResource};

const STAGE_TYPE: &str = "AWS::ApiGatewayV2::Stage";
const REST_STAGE_TYPE: &str = "AWS::ApiGateway::Stage";
const API_TYPE: &str = "AWS::ApiGatewayV2::Api";

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

/// Where each stage of the stack is reached on this machine.
pub fn stage_urls(stack: &Stack, address: SocketAddr) -> Vec<String> {
    let resources = || stack.state.resources.values();
    let property = |resource: &StackResource, name: &str| {
        let value = resource.properties.get(name)?.as_str()?;
        Some(value.to_owned())
    };
    // What is no WebSocket API of this stack's is one over HTTP or one of another stack's.
    let serves_sockets = |api_id: &str| {
        let api = resources()
            .find(|it| it.resource_type == API_TYPE && it.physical_id.as_deref() == Some(api_id));
        let protocol = api.map(|it| property(it, "ProtocolType"));
        protocol.is_none_or(|protocol| protocol.as_deref() == Some("WEBSOCKET"))
    };
    let url = |resource: &StackResource| {
        let (member, scheme) = match resource.resource_type.as_str() {
            STAGE_TYPE => ("ApiId", None),
            REST_STAGE_TYPE => ("RestApiId", Some("http")),
            _ => return None,
        };
        let api_id = property(resource, member)?;
        let stage = resource.physical_id.as_deref()?;
        let is_socket = scheme.is_none() && serves_sockets(&api_id);
        let scheme = if is_socket { "ws" } else { "http" };
        // The default stage does not show in paths.
        let stage = if stage == "$default" { "" } else { stage };
        Some(format!("{scheme}://{address}/{api_id}/{stage}"))
    };
    resources().filter_map(url).collect()
}
