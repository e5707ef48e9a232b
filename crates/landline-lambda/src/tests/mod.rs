//! Functions from end to end: deployed and invoked through the API, run by real interpreters.

mod control_plane;
mod cost;
mod failures;
mod isolation;
mod layers;
mod logs;
mod mappings;
mod node;
mod operations;
mod packs;
mod pool;
mod provided;
mod python;
mod queues;
mod settings;
mod streams;
mod versions;
mod words;

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use landline_api::lambda as api;
use landline_api::logs as logs_api;
use landline_store::open_memory;
use landline_wire::{Caller, Dispatcher, DispatcherBuilder, Operation, ServiceError, SystemClock};
use parking_lot::Mutex;
use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::{Lambda, LambdaConfig, Limits};

/// A Lambda service of its own, and the lines that it stored.
pub(super) struct Fixture {
    pub(super) lambda: Arc<Lambda>,
    pub(super) dispatcher: Dispatcher,
    pub(super) caller: Caller,
    pub(super) stored: Arc<Mutex<Vec<String>>>,
    pub(super) folder: tempfile::TempDir,
}

/// The configuration of most tests.
pub(super) fn config(folder: &std::path::Path, dispatcher: Dispatcher) -> LambdaConfig {
    LambdaConfig {
        data_dir: folder.to_owned(),
        pack_dir: None,
        endpoint_port: 4566,
        ca_certificate: None,
        ca_bundle: None,
        divert_aws_hosts: true,
        account_id: "000000000000".into(),
        region: "us-east-1".into(),
        helper_exe: None,
        search_path: std::env::var_os("PATH")
            .unwrap_or_default()
            .into_string()
            .unwrap(),
        limits: Limits::default(),
        credentials: None,
        permissions: None,
        streams: None,
        runtime: None,
        clock: Arc::new(SystemClock),
        store: open_memory(),
        dispatcher,
    }
}

impl Fixture {
    pub(super) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub(super) async fn with(change: impl FnOnce(&mut LambdaConfig)) -> Self {
        Self::beside(|_| {}, change).await
    }

    /// A Lambda service beside others.
    pub(super) async fn beside(
        register: impl FnOnce(&mut DispatcherBuilder),
        change: impl FnOnce(&mut LambdaConfig),
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut builder = DispatcherBuilder::new();
        let mut config = config(folder.path(), builder.dispatcher());
        change(&mut config);
        let lambda = Lambda::open(config).await.unwrap();
        lambda.register(&mut builder);
        let stored = Arc::new(Mutex::new(Vec::new()));
        let lines = stored.clone();
        builder.register_fn::<logs_api::PutLogEvents, _>(move |input, _| {
            let events = input.log_events.into_iter().map(|event| event.message);
            lines.lock().extend(events);
            Ok(logs_api::PutLogEventsOutput::default())
        });
        register(&mut builder);
        Self {
            lambda,
            dispatcher: builder.seal(),
            caller: Caller::root("000000000000", "us-east-1"),
            stored,
            folder,
        }
    }

    /// Calls any operation as the account's owner.
    pub(super) async fn ask<Op: Operation>(
        &self,
        input: Op::Input,
    ) -> Result<Op::Output, ServiceError> {
        self.dispatcher.call::<Op>(input, &self.caller).await
    }

    /// Deploys a function from the text of one file.
    pub(super) async fn deploy(&self, name: &str, runtime: &str, file: &str, text: &str) {
        let input = create_input(name, runtime, &[(file, text)]);
        self.create(input).await.unwrap();
    }

    pub(super) async fn create(
        &self,
        input: api::CreateFunctionInput,
    ) -> Result<api::FunctionConfiguration, ServiceError> {
        self.dispatcher
            .call::<api::CreateFunction>(input, &self.caller)
            .await
    }

    pub(super) async fn invoke(&self, name: &str, event: &str) -> Answer {
        self.call(api::InvokeInput {
            function_name: name.into(),
            payload: Some(Bytes::copy_from_slice(event.as_bytes())),
            ..Default::default()
        })
        .await
        .unwrap()
    }

    pub(super) async fn invoke_with_tail(&self, name: &str, event: &str) -> Answer {
        self.call(api::InvokeInput {
            function_name: name.into(),
            payload: Some(Bytes::copy_from_slice(event.as_bytes())),
            log_type: Some(api::LogType::Tail),
            ..Default::default()
        })
        .await
        .unwrap()
    }

    pub(super) async fn call(&self, input: api::InvokeInput) -> Result<Answer, ServiceError> {
        let output = self
            .dispatcher
            .call::<api::Invoke>(input, &self.caller)
            .await?;
        let tail = output.log_result.map(|tail| STANDARD.decode(tail).unwrap());
        let payload = output.payload.unwrap_or_default();
        Ok(Answer {
            status: output.status_code.unwrap(),
            failed: output.function_error.is_some(),
            json: serde_json::from_slice(&payload).unwrap_or(Value::Null),
            tail: String::from_utf8(tail.unwrap_or_default()).unwrap(),
        })
    }
}

/// What `Invoke` answered.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: i32,
    pub(super) failed: bool,
    pub(super) json: Value,
    pub(super) tail: String,
}

impl Answer {
    pub(super) fn error_type(&self) -> &str {
        self.json["errorType"].as_str().unwrap_or_default()
    }

    pub(super) fn error_message(&self) -> &str {
        self.json["errorMessage"].as_str().unwrap_or_default()
    }
}

pub(super) fn zip_of(files: &[(&str, &str)]) -> Bytes {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        let options = SimpleFileOptions::default().unix_permissions(0o755);
        zip.start_file(*name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner().into()
}

/// A function whose handler is `{file}.handler`.
pub(super) fn create_input(
    name: &str,
    runtime: &str,
    files: &[(&str, &str)],
) -> api::CreateFunctionInput {
    let module = files[0].0.rsplit_once('.').map_or(files[0].0, |(m, _)| m);
    api::CreateFunctionInput {
        function_name: name.into(),
        runtime: Some(runtime.into()),
        role: "arn:aws:iam::000000000000:role/test".into(),
        handler: Some(format!("{module}.handler")),
        code: api::FunctionCode {
            zip_file: Some(zip_of(files)),
            ..Default::default()
        },
        ..Default::default()
    }
}

pub(super) fn environment(pairs: &[(&str, &str)]) -> api::Environment {
    let pairs = pairs
        .iter()
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
    api::Environment {
        variables: Some(pairs.collect::<BTreeMap<_, _>>()),
    }
}

/// Waits until something that happens elsewhere has happened.
pub(super) async fn eventually(what: &str, mut happened: impl FnMut() -> bool) {
    for _ in 0..400 {
        if happened() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("never happened: {what}");
}
