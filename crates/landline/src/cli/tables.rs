//! `landline tables export|import`: a table's items as lines of DynamoDB's JSON, out of one endpoint and into another.
//!
//! A line is `{"Item":{…}}`, as DynamoDB's own export to S3 writes it and as a `PutRequest` wants it.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, bail};
use bytes::Bytes;
use hyper::Method;
use serde_json::{Map, Value, json};

use super::{Export, Import, client};
use crate::env::Environment;

/// What one call of `BatchWriteItem` takes.
const BATCH_ITEMS: usize = 25;
/// Of the 16 MB that one call takes; the JSON is larger than what is counted.
const BATCH_BYTES: usize = 4 << 20;
/// How often items that were not taken are sent again, and the first pause before that.
const ATTEMPTS: u32 = 8;
const PAUSE: Duration = Duration::from_millis(50);

/// Writes every item of the table.
pub(super) async fn export(export: &Export, environment: &Environment) -> anyhow::Result<ExitCode> {
    let endpoint = export.target.endpoint(environment);
    let mut out: Box<dyn Write> = match &export.output {
        Some(path) => Box::new(BufWriter::new(create(path)?)),
        None => Box::new(BufWriter::new(io::stdout())),
    };
    let mut request = json!({ "TableName": export.table });
    let mut count = 0_usize;
    loop {
        let page = call(&endpoint, environment, "Scan", &request).await?;
        for item in page["Items"].as_array().into_iter().flatten() {
            writeln!(out, "{}", json!({ "Item": item })).context("the items cannot be written")?;
            count += 1;
        }
        let Some(last) = page.get("LastEvaluatedKey") else {
            break;
        };
        request["ExclusiveStartKey"] = last.clone();
    }
    out.flush().context("the items cannot be written")?;
    say(&format!("{count} items of {}", export.table));
    Ok(ExitCode::SUCCESS)
}

/// Puts the item of every line into the table.
pub(super) async fn import(import: &Import, environment: &Environment) -> anyhow::Result<ExitCode> {
    let endpoint = import.target.endpoint(environment);
    let lines: Box<dyn BufRead> = match &import.file {
        Some(path) => {
            let file = File::open(path);
            Box::new(BufReader::new(
                file.with_context(|| format!("{} cannot be read", path.display()))?,
            ))
        }
        None => Box::new(BufReader::new(io::stdin())),
    };
    let (mut batch, mut bytes, mut count) = (Vec::new(), 0, 0_usize);
    for (index, line) in lines.lines().enumerate() {
        let line = line.context("the items cannot be read")?;
        if line.trim().is_empty() {
            continue;
        }
        let item = item_of(&line).with_context(|| format!("line {} is no item", index + 1))?;
        if batch.len() == BATCH_ITEMS || bytes + line.len() > BATCH_BYTES {
            count += write(
                &endpoint,
                environment,
                &import.table,
                std::mem::take(&mut batch),
            )
            .await?;
            bytes = 0;
        }
        bytes += line.len();
        batch.push(json!({ "PutRequest": { "Item": item } }));
    }
    count += write(&endpoint, environment, &import.table, batch).await?;
    say(&format!("{count} items into {}", import.table));
    Ok(ExitCode::SUCCESS)
}

/// The item of a line: `{"Item":…}`, or a whole `{"PutRequest":{"Item":…}}`.
fn item_of(line: &str) -> anyhow::Result<Map<String, Value>> {
    let mut parsed: Value = serde_json::from_str(line)?;
    if let Some(put) = parsed.get_mut("PutRequest") {
        parsed = put.take();
    }
    match parsed.get_mut("Item").map(Value::take) {
        Some(Value::Object(item)) => Ok(item),
        _ => bail!("it has no member Item"),
    }
}

/// Writes a batch whole, with patience for an endpoint that takes only a part at a time.
async fn write(
    endpoint: &str,
    environment: &Environment,
    table: &str,
    batch: Vec<Value>,
) -> anyhow::Result<usize> {
    let count = batch.len();
    let mut rest = batch;
    for attempt in 0..ATTEMPTS {
        if rest.is_empty() {
            return Ok(count);
        }
        if attempt > 0 {
            tokio::time::sleep(PAUSE * 2_u32.pow(attempt)).await;
        }
        let request = json!({ "RequestItems": { table: rest } });
        let mut answer = call(endpoint, environment, "BatchWriteItem", &request).await?;
        rest = match answer["UnprocessedItems"][table].take() {
            Value::Array(rest) => rest,
            _ => Vec::new(),
        };
    }
    if rest.is_empty() {
        return Ok(count);
    }
    bail!(
        "{endpoint} does not take all items: {} are left",
        rest.len()
    )
}

async fn call(
    endpoint: &str,
    environment: &Environment,
    operation: &str,
    request: &Value,
) -> anyhow::Result<Value> {
    let target = format!("DynamoDB_20120810.{operation}");
    let call = client::Call {
        service: "dynamodb",
        method: Method::POST,
        path: "/",
        headers: &[
            ("x-amz-target", &target),
            ("content-type", "application/x-amz-json-1.0"),
        ],
        body: Bytes::from(request.to_string()),
    };
    let answer = client::call(endpoint, environment, call).await?;
    Ok(serde_json::from_slice(&client::body(answer).await?)?)
}

fn create(path: &Path) -> anyhow::Result<File> {
    File::create(path).with_context(|| format!("{} cannot be written", path.display()))
}

/// To stderr, because stdout may be the items.
#[expect(clippy::print_stderr, reason = "the command line talks to a person")]
fn say(line: &str) {
    eprintln!("{line}");
}
