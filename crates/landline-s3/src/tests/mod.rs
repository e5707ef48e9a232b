//! S3 through its protocol, in process: what clients send, and what they get.

mod buckets;
mod forms;
mod listing;
mod locks;
mod multipart;
mod objects;
mod versions;
mod websites;

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Request};
use http_body_util::{BodyExt as _, Full};
use landline_store::{Options, Store, open_disk};
use landline_wire::{Caller, ManualClock, Timestamp};
use tempfile::TempDir;

use crate::body::{BodyError, Payload};
use crate::{Durability, S3, S3Config, Sender};

/// A service on a folder of its own.
struct Bench {
    s3: Arc<S3>,
    store: Arc<dyn Store>,
    clock: Arc<ManualClock>,
    folder: TempDir,
}

/// An answer, read to its end.
#[derive(Debug)]
struct Answered {
    status: u16,
    headers: HeaderMap,
    body: String,
}

impl Answered {
    fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.and_then(|it| it.to_str().ok()).unwrap_or_default()
    }

    /// The text of the first element of that name.
    fn element(&self, name: &str) -> &str {
        self.elements(name).first().copied().unwrap_or_default()
    }

    /// The texts of all elements of that name.
    fn elements(&self, name: &str) -> Vec<&str> {
        let (open, close) = (format!("<{name}>"), format!("</{name}>"));
        let pieces = self.body.split(&open).skip(1);
        pieces
            .map(|piece| piece.split(&close).next().unwrap())
            .collect()
    }

    /// The status and the error's code.
    fn refusal(&self) -> (u16, &str) {
        (self.status, self.element("Code"))
    }
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let millis = 1_801_646_142_107;
        let clock = Arc::new(ManualClock::at(Timestamp::from_millis(millis)));
        Self::on(folder, clock)
    }

    fn on(folder: TempDir, clock: Arc<ManualClock>) -> Self {
        let store = open_disk(&folder.path().join("store"), Options::default()).unwrap();
        let s3 = S3::open(S3Config {
            dispatcher: None,
            data_dir: folder.path().to_owned(),
            store: store.clone(),
            durability: Durability::Process,
            clock: clock.clone(),
            account_id: "000000000000".into(),
            region: "us-east-1".into(),
            permissions: None,
        });
        Self {
            s3: s3.unwrap(),
            store,
            clock,
            folder,
        }
    }

    /// The same folder after the process has ended.
    fn reopened(self) -> Self {
        self.store.close();
        drop(self.s3);
        drop(self.store);
        Self::on(self.folder, self.clock)
    }

    /// A bench with an empty bucket.
    async fn with_bucket() -> Self {
        let bench = Self::new();
        assert_eq!(bench.send("PUT /a-bucket", &[], "").await.status, 200);
        bench
    }

    /// Sends a signed request: `METHOD /path`.
    async fn send(&self, line: &str, headers: &[(&str, &str)], body: &str) -> Answered {
        let caller = Caller::root("000000000000", "us-east-1");
        self.send_as(Sender::Signed(caller), line, headers, body)
            .await
    }

    async fn send_as(
        &self,
        sender: Sender,
        line: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answered {
        let (method, path) = line.split_once(' ').unwrap();
        let mut request = Request::builder().method(method).uri(path);
        if !headers.iter().any(|(name, _)| *name == "host") {
            request = request.header("host", "127.0.0.1:4566");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let payload = Payload::stated(request.headers_ref().unwrap(), None);
        let body = Full::new(Bytes::copy_from_slice(body.as_bytes()));
        let body = body.map_err(|_| BodyError::Broken).boxed_unsync();
        let request = request.body(body).unwrap();
        let (parts, body) = self.s3.serve(request, sender, payload).await.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answered {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    async fn put(&self, key: &str, body: &str) {
        let line = format!("PUT /a-bucket/{key}");
        assert_eq!(self.send(&line, &[], body).await.status, 200);
    }

    async fn get(&self, path: &str) -> Answered {
        self.send(&format!("GET /a-bucket{path}"), &[], "").await
    }

    /// The files that objects have.
    fn files(&self) -> usize {
        let objects = self.folder.path().join("s3/objects");
        let folders = std::fs::read_dir(objects).unwrap();
        folders
            .map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap().count())
            .sum()
    }
}
