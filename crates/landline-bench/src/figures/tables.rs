//! What an operation on a table costs: the rows of 1,000 connections, with one index, on a server that syncs each commit.

use std::net::SocketAddr;
use std::path::Path;

use anyhow::{Result, ensure};
use futures_util::future::try_join_all;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::http_client::HttpClient;
use crate::load::Talk;
use crate::process::{Usage, to_float};
use crate::report::Report;
use crate::server::Server;

const ROWS: usize = 1000;
const CONNECTIONS: [usize; 2] = [1, 16];
const TABLE: &str = "connections";
/// Connects and disconnects that the table has seen when it is scanned again.
const CHURN: usize = 300_000;
/// Of them, those in one batch of writes.
const BATCH: usize = 25;
/// Each operation is measured so many times: on a machine that others use as well, the same request takes half as much
/// again a second later, and the least is what the code can be blamed for.
const ROUNDS: usize = 10;

/// One kind of request, over and over.
struct Operation {
    name: &'static str,
    target: &'static str,
    /// Of all connections together.
    times: usize,
    body: fn(usize) -> Value,
    aim: &'static str,
}

const OPERATIONS: [Operation; 6] = [
    Operation {
        name: "GetItem",
        target: "GetItem",
        times: 48_000,
        body: |at| json!({ "TableName": TABLE, "Key": key(at % ROWS) }),
        aim: "aim ≤ 20 µs",
    },
    Operation {
        name: "PutItem, with an index, durable",
        target: "PutItem",
        times: 16_000,
        body: |at| json!({ "TableName": TABLE, "Item": row(at % ROWS, at) }),
        aim: "aim ≤ 50 µs at 16",
    },
    Operation {
        name: "UpdateItem, with an index, durable",
        target: "UpdateItem",
        times: 16_000,
        body: |at| {
            json!({
                "TableName": TABLE,
                "Key": key(at % ROWS),
                "UpdateExpression": "SET lastSeen = :now",
                "ExpressionAttributeValues": { ":now": { "N": (1_900_000_000 + at).to_string() } },
            })
        },
        aim: "",
    },
    Operation {
        name: "Query of 20 rows by the index",
        target: "Query",
        times: 16_000,
        body: |at| {
            json!({
                "TableName": TABLE,
                "IndexName": "by-room",
                "KeyConditionExpression": "room = :room",
                "ExpressionAttributeValues": { ":room": { "S": format!("room-{:02}", at % 50) } },
            })
        },
        aim: "",
    },
    Operation {
        name: "Scan of 1,000 rows, the id of each",
        target: "Scan",
        times: 3_200,
        body: |_| json!({ "TableName": TABLE, "ProjectionExpression": "connectionId" }),
        aim: "aim ≤ 150 µs",
    },
    Operation {
        name: "Scan of 1,000 rows, whole",
        target: "Scan",
        times: 1_600,
        body: |_| json!({ "TableName": TABLE }),
        aim: "",
    },
];

pub(super) async fn measure(binary: &Path, one_in: u32, report: &mut Report) -> Result<()> {
    let one_in = usize::try_from(one_in)?;
    let data_dir = tempfile::tempdir()?;
    let (server, _) = Server::serve(binary, data_dir.path()).await?;
    create(server.address).await?;
    for connections in CONNECTIONS {
        for operation in &OPERATIONS {
            let times = operation.times / one_in;
            measure_one(&server, operation, connections, times, report).await?;
        }
    }
    let resident = server.resident_bytes()?;
    report.add(
        "RSS with 1,000 rows, after all that",
        format!("{:.1} MB", to_float(usize::try_from(resident)?) / 1e6),
        "aim ≤ 30 MB",
    );
    let scan = &OPERATIONS[4];
    let before = rounds(&server, scan, 1, 200).await?.median;
    churn(server.address, CHURN / one_in).await?;
    let after = rounds(&server, scan, 1, 200).await?.median;
    report.add(
        "Scan of 1,000 rows after 300,000 connects and disconnects",
        format!("{after:.0} µs"),
        &format!("{before:.0} µs before"),
    );
    server.stop().await
}

async fn create(address: SocketAddr) -> Result<()> {
    let mut client = HttpClient::connect(address).await?;
    let definition = json!({
        "TableName": TABLE,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [
            { "AttributeName": "connectionId", "AttributeType": "S" },
            { "AttributeName": "room", "AttributeType": "S" },
        ],
        "KeySchema": [{ "AttributeName": "connectionId", "KeyType": "HASH" }],
        "GlobalSecondaryIndexes": [{
            "IndexName": "by-room",
            "KeySchema": [{ "AttributeName": "room", "KeyType": "HASH" }],
            "Projection": { "ProjectionType": "ALL" },
        }],
    });
    client
        .call_target("DynamoDB_20120810.CreateTable", &definition)
        .await?;
    for start in (0..ROWS).step_by(BATCH) {
        let puts: Vec<Value> = (start..start + BATCH)
            .map(|at| json!({ "PutRequest": { "Item": row(at, at) } }))
            .collect();
        let batch = json!({ "RequestItems": { TABLE: puts } });
        client
            .call_target("DynamoDB_20120810.BatchWriteItem", &batch)
            .await?;
    }
    Ok(())
}

async fn measure_one(
    server: &Server,
    operation: &Operation,
    connections: usize,
    times: usize,
    report: &mut Report,
) -> Result<()> {
    let times = (times / ROUNDS).max(connections);
    let Rounds {
        median,
        least,
        rate,
    } = rounds(server, operation, connections, times).await?;
    report.add(
        &format!("{}, {connections} connections", operation.name),
        format!("{median:.1} µs of CPU (least {least:.1}), {rate:.0}/s"),
        operation.aim,
    );
    Ok(())
}

/// What a request costs in ten rounds, in microseconds of processor time.
struct Rounds {
    median: f64,
    least: f64,
    /// Requests a second, in the round of the median.
    rate: f64,
}

async fn rounds(
    server: &Server,
    operation: &Operation,
    connections: usize,
    times: usize,
) -> Result<Rounds> {
    cost(server, operation, connections, times).await?;
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        rounds.push(cost(server, operation, connections, times).await?);
    }
    rounds.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    let (least, _) = rounds[0];
    let (median, rate) = rounds[ROUNDS / 2];
    Ok(Rounds {
        median,
        least,
        rate,
    })
}

/// Processor time of one request, and how many a second there were.
async fn cost(
    server: &Server,
    operation: &Operation,
    connections: usize,
    times: usize,
) -> Result<(f64, f64)> {
    let each = times / connections;
    let mut talks = Vec::new();
    for connection in 0..connections {
        let requests: Vec<Vec<u8>> = (0..each)
            .map(|at| request(operation, server.address, connection + at * connections))
            .collect();
        talks.push((Talk::connect(server.address).await?, requests));
    }
    let before = Usage::of(server.pid()?)?;
    let start = Instant::now();
    try_join_all(talks.iter_mut().map(|(talk, requests)| async move {
        for request in requests {
            let (head, body) = talk.http_whole(request).await?;
            let text = || String::from_utf8_lossy(body);
            ensure!(head.starts_with("HTTP/1.1 200"), "{head}{}", text());
        }
        anyhow::Ok(())
    }))
    .await?;
    let rate = to_float(each * connections) / start.elapsed().as_secs_f64();
    let used = Usage::of(server.pid()?)?.since(before);
    Ok((used.cpu_micros_per(each * connections), rate))
}

fn request(operation: &Operation, address: SocketAddr, at: usize) -> Vec<u8> {
    let body = (operation.body)(at).to_string();
    let (target, length) = (operation.target, body.len());
    format!(
        "POST / HTTP/1.1\r\nHost: {address}\r\nX-Amz-Target: DynamoDB_20120810.{target}\r\n\
         Content-Type: application/x-amz-json-1.0\r\nX-Amz-Date: 20261128T000000Z\r\n\
         Authorization: AWS4-HMAC-SHA256 Credential=AKIATEST/20261128/us-east-1/dynamodb/aws4_request, \
         SignedHeaders=host;x-amz-date, Signature={:064}\r\nContent-Length: {length}\r\n\r\n{body}",
        0
    )
    .into_bytes()
}

/// Connections that come and go beside those that stay.
async fn churn(address: SocketAddr, rows: usize) -> Result<()> {
    let mut client = HttpClient::connect(address).await?;
    for start in (0..rows).step_by(BATCH) {
        let ids = ROWS + start..ROWS + start + BATCH;
        let puts: Vec<Value> = ids
            .clone()
            .map(|at| json!({ "PutRequest": { "Item": row(at, at) } }))
            .collect();
        let deletes: Vec<Value> = ids
            .map(|at| json!({ "DeleteRequest": { "Key": key(at) } }))
            .collect();
        for requests in [puts, deletes] {
            let batch = json!({ "RequestItems": { TABLE: requests } });
            client
                .call_target("DynamoDB_20120810.BatchWriteItem", &batch)
                .await?;
        }
    }
    Ok(())
}

fn key(at: usize) -> Value {
    json!({ "connectionId": { "S": format!("L0SM9{at:07}wHc_A=") } })
}

/// About 216 bytes, as tutorials for chat rooms keep them.
fn row(at: usize, version: usize) -> Value {
    let mut row = key(at);
    row["room"] = json!({ "S": format!("room-{:02}", at % 50) });
    row["userName"] = json!({ "S": format!("user number {at:06} of the room") });
    row["connectedAt"] = json!({ "N": (1_800_000_000 + version).to_string() });
    row["ttl"] = json!({ "N": (1_900_000_000 + version).to_string() });
    row["userAgent"] = json!({ "S": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36" });
    row["sourceIp"] = json!({ "S": "198.51.100.23" });
    row["isTyping"] = json!({ "BOOL": false });
    row
}
