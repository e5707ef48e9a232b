//! What a deployment costs inside Landline: the stack of the chat example, created, updated and deleted by change sets, as
//! deploy tools do it. The code of its functions lies in the template, so that no upload is part of it.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::time::{Instant, sleep};

use crate::http_client::HttpClient;
use crate::report::Report;
use crate::sample::Sample;
use crate::server::Server;

const TIMES: usize = 20;
const STACK: &str = "chat";
const CHANGE_SET: &str = "change";
const EXAMPLE: &str = "examples/chat";
const HANDLERS: [&str; 3] = ["connect", "disconnect", "send_message"];
/// Tools ask twice a second; the figure is not to depend on it.
const POLL: Duration = Duration::from_millis(1);
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) async fn measure(binary: &Path, report: &mut Report) -> Result<()> {
    let data_dir = tempfile::tempdir()?;
    let (server, _) = Server::serve(binary, data_dir.path()).await?;
    let mut tool = Tool::connect(server.address).await?;
    let first = template()?;
    let second = first.replace("MemorySize: 256", "MemorySize: 512");
    let (mut created, mut updated, mut deleted) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TIMES {
        created.push(tool.deploy("CREATE", &first).await?);
        updated.push(tool.deploy("UPDATE", &second).await?);
        deleted.push(tool.delete().await?);
    }
    for (what, times) in [("created", created), ("updated", updated)] {
        let (planned, executed) = times.into_iter().unzip();
        let of = |step: &str| format!("stack of the chat example, {what}: {step}");
        report.add(&of("its change set"), Sample::of(planned)?.to_string(), "");
        let executed = Sample::of(executed)?.to_string();
        report.add(&of("until it is complete"), executed, "aim ≤ 300 ms");
    }
    let deleted = Sample::of(deleted)?.to_string();
    report.add("stack of the chat example, deleted", deleted, "");
    server.stop().await
}

/// The example's template, with the code of its functions in it.
fn template() -> Result<String> {
    let read = |file: String| {
        std::fs::read_to_string(&file).with_context(|| format!("cannot read {file}"))
    };
    let mut text = read(format!("{EXAMPLE}/template.yaml"))?;
    text = text.replace("    CodeUri: python\n", "");
    for name in HANDLERS {
        let code = read(format!("{EXAMPLE}/python/{name}.py"))?;
        let code: Vec<_> = code
            .lines()
            .map(|line| format!("        {line}\n"))
            .collect();
        let inline = format!(
            "      Handler: index.handler\n      InlineCode: |\n{}",
            code.concat()
        );
        text = text.replace(&format!("      Handler: {name}.handler\n"), &inline);
    }
    ensure!(
        text.matches("InlineCode").count() == HANDLERS.len(),
        "the chat example has changed"
    );
    Ok(text)
}

/// A deploy tool, as far as CloudFormation sees it.
struct Tool {
    client: HttpClient,
}

impl Tool {
    async fn connect(address: SocketAddr) -> Result<Self> {
        let client = HttpClient::connect(address).await?;
        Ok(Self { client })
    }

    /// How long the change set took, and how long its execution until the stack was complete.
    async fn deploy(&mut self, kind: &str, template: &str) -> Result<(Duration, Duration)> {
        let start = Instant::now();
        let of_change_set = [("StackName", STACK), ("ChangeSetName", CHANGE_SET)];
        let mut create = of_change_set.to_vec();
        create.extend([
            ("ChangeSetType", kind),
            ("TemplateBody", template),
            ("Capabilities.member.1", "CAPABILITY_IAM"),
        ]);
        self.ask("CreateChangeSet", &create).await?;
        let ready = "<Status>CREATE_COMPLETE</Status>";
        self.wait("DescribeChangeSet", &of_change_set, ready)
            .await?;
        let planned = start.elapsed();
        let start = Instant::now();
        self.ask("ExecuteChangeSet", &of_change_set).await?;
        let complete = format!("<StackStatus>{kind}_COMPLETE</StackStatus>");
        self.wait("DescribeStacks", &of_change_set[..1], &complete)
            .await?;
        Ok((planned, start.elapsed()))
    }

    async fn delete(&mut self) -> Result<Duration> {
        let start = Instant::now();
        self.ask("DeleteStack", &[("StackName", STACK)]).await?;
        while self
            .ask("DescribeStacks", &[("StackName", STACK)])
            .await
            .is_ok()
        {
            ensure!(start.elapsed() < PATIENCE, "the stack was not deleted");
            sleep(POLL).await;
        }
        Ok(start.elapsed())
    }

    async fn wait(&mut self, action: &str, members: &[(&str, &str)], text: &str) -> Result<()> {
        let start = Instant::now();
        loop {
            let answer = self.ask(action, members).await?;
            if answer.contains(text) {
                return Ok(());
            }
            if answer.contains("FAILED")
                || answer.contains("ROLLBACK")
                || start.elapsed() > PATIENCE
            {
                bail!("{text} did not come: {answer}");
            }
            sleep(POLL).await;
        }
    }

    /// One call of the query protocol.
    async fn ask(&mut self, action: &str, members: &[(&str, &str)]) -> Result<String> {
        let mut form = format!("Action={action}&Version=2010-05-15");
        for (name, value) in members {
            let value = utf8_percent_encode(value, NON_ALPHANUMERIC);
            let _infallible = write!(form, "&{name}={value}");
        }
        let answer = self.client.call_form("cloudformation", form).await;
        answer.with_context(|| format!("{action} was refused"))
    }
}
