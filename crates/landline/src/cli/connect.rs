//! `landline connect`: a WebSocket client for people and for pipes.
//!
//! Each line of stdin is one message. When stdin ends, the client waits for what is
//! still on its way until the line has been quiet for a second.
//!
//! A URL with AWS's host name, as the outputs of stacks have it, leads to the running Landline,
//! which tells APIs apart by that name.

use std::io::IsTerminal as _;
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, bail};
use futures_util::{SinkExt as _, StreamExt as _};
use http::{HeaderName, HeaderValue, Uri};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{self, Message};

use super::{Connect, client};
use crate::env::Environment;

/// How long the line must be quiet after the last input.
const QUIET: Duration = Duration::from_secs(1);

/// Connects, and talks until either side ends.
pub(super) async fn run(connect: &Connect, environment: &Environment) -> anyhow::Result<ExitCode> {
    let (request, address) = handshake(connect, &connect.target.endpoint(environment))?;
    let nobody = |error: &std::io::Error| {
        format!("nobody answers at {address} ({error}); start the application with `landline dev`")
    };
    let stream = match TcpStream::connect(&address).await {
        Ok(stream) => stream,
        Err(error) => bail!(nobody(&error)),
    };
    let (mut socket, response) = match tokio_tungstenite::client_async(request, stream).await {
        Ok(connected) => connected,
        Err(tungstenite::Error::Http(refused)) => bail!(refusal(&refused)),
        Err(tungstenite::Error::Io(error)) => bail!(nobody(&error)),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot connect to {}", connect.url));
        }
    };
    let chosen = response.headers().get("sec-websocket-protocol");
    let screen = Screen {
        prompt: std::io::stdin().is_terminal(),
    };
    screen.connected(chosen.and_then(|value| value.to_str().ok()));
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let mut input_ended = false;
    loop {
        tokio::select! {
            line = lines.next_line(), if !input_ended => match line? {
                Some(line) => socket.send(Message::text(line)).await?,
                None => input_ended = true,
            },
            message = socket.next() => match message {
                Some(Ok(Message::Text(text))) => screen.received(&text),
                Some(Ok(Message::Close(frame))) => {
                    screen.closed(frame.as_ref().map(|frame| (u16::from(frame.code), frame.reason.as_str())));
                    return Ok(ExitCode::SUCCESS);
                }
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(error).context("the connection broke"),
                None => return Ok(ExitCode::SUCCESS),
            },
            () = tokio::time::sleep(QUIET), if input_ended => {
                socket.close(None).await?;
                return Ok(ExitCode::SUCCESS);
            }
        }
        screen.prompt();
    }
}

/// The request, and where it goes.
fn handshake(
    connect: &Connect,
    endpoint: &str,
) -> anyhow::Result<(tungstenite::handshake::client::Request, String)> {
    let url = &connect.url;
    let named = url.strip_prefix("wss://").filter(|rest| is_elsewhere(rest));
    let here = named.map_or_else(|| url.clone(), |rest| format!("ws://{rest}"));
    let mut request = here
        .into_client_request()
        .with_context(|| format!("{url} is not a WebSocket URL; it begins with ws://"))?;
    match request.uri().scheme_str() {
        Some("ws") => {}
        Some("wss") => {
            bail!("`landline connect` speaks ws://; the same port takes plain connections")
        }
        _ => bail!("{url} is not a WebSocket URL; it begins with ws://"),
    }
    let headers = request.headers_mut();
    for (name, value) in &connect.headers {
        headers.append(HeaderName::try_from(name)?, HeaderValue::try_from(value)?);
    }
    if !connect.subprotocols.is_empty() {
        let offered = HeaderValue::try_from(connect.subprotocols.join(", "))?;
        headers.insert("sec-websocket-protocol", offered);
    }
    let address = match named {
        Some(_) => client::address(&endpoint.parse()?)?,
        None => client::address(request.uri())?,
    };
    Ok((request, address))
}

/// Whether what follows the scheme begins with a name of AWS's or a custom domain, which the running Landline serves,
/// and not with an address of this machine.
fn is_elsewhere(rest: &str) -> bool {
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    authority.parse::<Uri>().is_ok_and(|uri| {
        let host = uri.host().unwrap_or_default();
        host.contains('.') && host.parse::<Ipv4Addr>().is_err()
    })
}

fn refusal(response: &http::Response<Option<Vec<u8>>>) -> String {
    let body = response.body().as_deref().unwrap_or_default();
    let body = String::from_utf8_lossy(body);
    format!(
        "the handshake was refused with {} {}",
        response.status(),
        body.trim()
    )
}

/// What a person sees; a pipe sees the messages alone.
struct Screen {
    prompt: bool,
}

#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is what the command is for"
)]
impl Screen {
    fn connected(&self, subprotocol: Option<&str>) {
        if self.prompt {
            let with = subprotocol
                .map(|name| format!(" with subprotocol {name}"))
                .unwrap_or_default();
            eprintln!("Connected{with} (press Ctrl+C to quit)");
        }
        self.prompt();
    }

    fn prompt(&self) {
        if self.prompt {
            eprint!("> ");
        }
    }

    fn received(&self, text: &str) {
        if self.prompt {
            println!("\r< {text}");
        } else {
            println!("{text}");
        }
    }

    fn closed(&self, with: Option<(u16, &str)>) {
        let (code, reason) = with.unwrap_or((1005, ""));
        let lead = if self.prompt { "\r" } else { "" };
        eprintln!("{lead}Disconnected (code: {code}, reason: \"{reason}\")");
    }
}
