//! What the composition root tells the Lambda service.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use landline_store::Store;
use landline_wire::{Clock, Dispatcher, Permit};
use tokio::sync::watch;

use crate::execution::FunctionRuntime;
use crate::quotas::INIT_TIMEOUT;

/// Everything that [`Lambda::open`](crate::Lambda::open) needs to know.
#[derive(Debug, Clone)]
pub struct LambdaConfig {
    /// Code and runtime packs live in `lambda/` below it.
    pub data_dir: PathBuf,
    /// Where runtime packs live when several data directories share them, such as the user's cache.
    pub pack_dir: Option<PathBuf>,
    /// The port of Landline's front door on 127.0.0.1: functions find AWS's APIs there.
    pub endpoint_port: u16,
    /// The certificate of Landline's own authority, which Node.js adds to those it knows.
    pub ca_certificate: Option<PathBuf>,
    /// The system's authorities and Landline's in one file, for SDKs that replace theirs.
    pub ca_bundle: Option<PathBuf>,
    /// Whether connections of functions to `*.amazonaws.com` come to Landline.
    pub divert_aws_hosts: bool,
    /// The twelve-digit account.
    pub account_id: Arc<str>,
    /// The region of all functions.
    pub region: Arc<str>,
    /// The program that starts workers safely (`landline`, whose `__worker` command calls
    /// [`worker_main`](crate::worker_main)); without it workers start directly.
    pub helper_exe: Option<PathBuf>,
    /// The `PATH` in which interpreters are looked for.
    pub search_path: String,
    /// What a node allows its functions.
    pub limits: Limits,
    /// Who gives functions the credentials of their role.
    pub credentials: Option<Arc<dyn IssueCredentials>>,
    /// Who knows what roles may; without it who signs may call every function's URL.
    pub permissions: Option<Arc<dyn Permit>>,
    /// Who tells when a stream has something new; without it, streams are asked again and again.
    pub streams: Option<Arc<dyn WatchStreams>>,
    /// Runs functions; child processes when it is not set.
    pub runtime: Option<Arc<dyn FunctionRuntime>>,
    /// The time of day in logs and answers.
    pub clock: Arc<dyn Clock>,
    /// Where functions are remembered.
    pub store: Arc<dyn Store>,
    /// The way to the logs.
    pub dispatcher: Dispatcher,
}

/// What a node allows its functions.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Execution environments at one time, all functions together.
    pub max_environments: usize,
    /// Execution environments of one function at one time, unless it reserves another number.
    pub max_environments_per_function: usize,
    /// Environments that start at one time: interpreters need the processor when they start.
    pub max_concurrent_inits: usize,
    /// How long an environment may take to start before it gets its second and last chance.
    pub init_timeout: Duration,
    /// How long a call waits for a free environment before it is throttled. AWS does not wait;
    /// a small machine has no fleet behind it.
    pub admission_wait: Duration,
    /// An environment that had nothing to do for this long ends.
    pub idle_timeout: Duration,
    /// Whether idle environments are stopped, as AWS freezes them, so that work which the handler
    /// did not wait for does not go on.
    pub freeze: bool,
    /// Whether an environment that exceeds its function's memory is killed.
    pub enforce_memory: bool,
    /// The pauses before the retries of an asynchronous event that failed.
    pub async_retry_delays: Vec<Duration>,
    /// The pause after a look at a stream that had nothing new, where nobody tells when it has.
    pub poll_interval: Duration,
    /// The pause before a batch of a stream is tried again; it doubles with every failure.
    pub poll_retry_delay: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self {
            max_environments: 64 * cores,
            max_environments_per_function: 32 * cores,
            max_concurrent_inits: 2 * cores,
            init_timeout: INIT_TIMEOUT,
            admission_wait: Duration::from_secs(1),
            idle_timeout: Duration::from_mins(5),
            freeze: false,
            enforce_memory: true,
            async_retry_delays: vec![Duration::from_mins(1), Duration::from_mins(2)],
            poll_interval: Duration::from_millis(200),
            poll_retry_delay: Duration::from_secs(1),
        }
    }
}

/// The credentials that a function finds in its environment.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// `AWS_ACCESS_KEY_ID`
    pub access_key_id: String,
    /// `AWS_SECRET_ACCESS_KEY`
    pub secret_access_key: String,
    /// `AWS_SESSION_TOKEN`
    pub session_token: String,
}

/// Gives functions the credentials of their role.
pub trait IssueCredentials: Send + Sync + std::fmt::Debug {
    /// Credentials for one new execution environment.
    fn issue(&self, role_arn: &str, function_arn: &str) -> Credentials;
}

/// Tells when the streams of tables have something new.
pub trait WatchStreams: Send + Sync + std::fmt::Debug {
    /// A number that changes with every record of a stream, and when the stream ends; `None` where
    /// nobody can tell.
    fn watch(&self, stream_arn: &str) -> Option<watch::Receiver<u64>>;
}
