//! Functions as child processes that speak the Runtime API.
//!
//! The isolation is tier T0: a process group of its own, a clean environment, limits, and an end
//! together with Landline. That is for code which the machine's owner trusts.

mod child;
mod compiled;
mod entrypoint;
mod memory;
mod places;
mod streamed;
mod sweep;
mod wrapper;

use std::io;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use rustix::process::Pid;
use tokio::net::unix::pipe;
use tokio::process::Command;

use super::environment::{Surroundings, variables};
use super::interpreter::{Interpreter, Interpreters};
use super::packs::Packs;
use super::spawner::Spawner;
use super::{BoxFuture, Environment, FunctionRuntime};
use crate::config::{Credentials, LambdaConfig};
use crate::execution::invocation::Failure;
use crate::execution::logs::WorkerLog;
use crate::execution::runtime_api::RuntimeApi;
use crate::function::{Family, FunctionSpec};
use child::Process;
use compiled::Compiled;
use entrypoint::entrypoint;
use memory::MemoryWatch;
use places::{Placed, Places};
use wrapper::wrapper;

/// Runs functions as child processes.
#[derive(Debug)]
pub(crate) struct ProcessRuntime {
    config: LambdaConfig,
    interpreters: Interpreters,
    packs: Packs,
    /// Where the bootstraps lie.
    runtime_dir: PathBuf,
    spawner: OnceLock<Spawner>,
    /// Marks the processes of all workers.
    run: sweep::Run,
    places: Places,
    compiled: Compiled,
    last_worker: AtomicU64,
}

impl ProcessRuntime {
    /// Writes the bootstraps below the data directory.
    pub(crate) fn new(config: &LambdaConfig) -> io::Result<Self> {
        let runtime_dir = std::path::absolute(config.data_dir.join(RUNTIME_FOLDER))?;
        std::fs::create_dir_all(&runtime_dir)?;
        for (name, text) in BOOTSTRAPS {
            let file = runtime_dir.join(name);
            if std::fs::read_to_string(&file).ok().as_deref() != Some(text) {
                std::fs::write(&file, text)?;
            }
        }
        let run = sweep::Run::new(&runtime_dir)?;
        let files = std::path::absolute(config.data_dir.join("lambda/tmp"))?;
        let places = Places::new(config.helper_exe.clone(), files.clone(), run.id());
        let earlier = run.clone();
        // It reads all of /proc, for which no start should wait.
        std::thread::Builder::new()
            .name("landline-sweep".into())
            .spawn(move || {
                let count = earlier.kill_earlier();
                if count > 0 {
                    tracing::info!(count, "killed processes that an earlier run has left");
                }
                Places::remove_earlier(&files, earlier.id());
            })?;
        let pack_dir = config
            .pack_dir
            .clone()
            .unwrap_or_else(|| config.data_dir.join("lambda/packs"));
        Ok(Self {
            config: config.clone(),
            interpreters: Interpreters::new(config.search_path.clone()),
            packs: Packs::new(std::path::absolute(pack_dir)?),
            runtime_dir,
            spawner: OnceLock::new(),
            run,
            places,
            compiled: Compiled::new(),
            last_worker: AtomicU64::new(0),
        })
    }

    async fn interpreter(
        &self,
        function: &FunctionSpec,
    ) -> Result<Option<Arc<Interpreter>>, Failure> {
        if function.family == Family::Provided {
            return Ok(None);
        }
        let found = self
            .interpreters
            .find(function.family, &function.runtime_name)
            .await?;
        Ok(Some(found))
    }

    async fn start_process(
        &self,
        function: &FunctionSpec,
        log: &mut WorkerLog,
    ) -> Result<Process, Failure> {
        let interpreter = self.interpreter(function).await?;
        let api = RuntimeApi::bind().await.map_err(|e| not_started(&e))?;
        let address = api.address().map_err(|e| not_started(&e))?;
        let number = self.last_worker.fetch_add(1, Ordering::Relaxed);
        let cookie = self.run.cookie(number);
        let bundles_sdk = interpreter.as_ref().is_some_and(|found| found.has_sdk);
        let pack = (function.uses_sdk && !bundles_sdk)
            .then(|| self.packs.folder(function.family))
            .flatten();
        let placed = self
            .placed(function, number, interpreter.as_deref(), pack.as_deref())
            .await
            .map_err(|e| not_started(&e))?;
        let surroundings = Surroundings {
            task: &placed.task,
            opt: placed.opt.as_deref(),
            region: &self.config.region,
            endpoint_port: self.config.endpoint_port,
            divert_aws_hosts: self.config.divert_aws_hosts,
            ca_certificate: self.config.ca_certificate.as_deref(),
            ca_bundle: self.config.ca_bundle.as_deref(),
            credentials: self.credentials(function),
            runtime_api: &address,
            log_stream: log.log_stream(),
            runtime_dir: &self.runtime_dir,
            interpreter_dir: interpreter.as_ref().and_then(|found| found.path.parent()),
            pack,
            cookie: &cookie,
        };
        let (output, input) = io::pipe().map_err(|e| not_started(&e))?;
        let errors = input.try_clone().map_err(|e| not_started(&e))?;
        let mut command = self.command(function, interpreter.as_deref(), &placed)?;
        command
            .env_clear()
            .envs(variables(function, &surroundings))
            .current_dir(&function.code_dir)
            .stdin(Stdio::piped())
            .stdout(input)
            .stderr(errors)
            .process_group(0);
        let mut child = self.spawner()?.spawn(command).await.map_err(|error| {
            tracing::warn!(%error, function = %function.name, "cannot start a worker");
            not_started(&error)
        })?;
        let output =
            pipe::Receiver::from_owned_fd(OwnedFd::from(output)).map_err(|e| not_started(&e))?;
        let group = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
        Ok(Process {
            api,
            output: Some(output),
            // Its end is how the bootstraps learn that Landline has died.
            _input: child.stdin.take(),
            child,
            group,
            ended: None,
            slow_down: false,
            memory: MemoryWatch::new(group, function.memory_mb),
            enforce_memory: self.config.limits.enforce_memory,
            cookie,
            files: placed.folders.and_then(|folders| folders.tmp),
        })
    }

    async fn placed(
        &self,
        function: &FunctionSpec,
        number: u64,
        interpreter: Option<&Interpreter>,
        pack: Option<&Path>,
    ) -> io::Result<Placed> {
        let config = &self.config;
        let files = [
            Some(&*self.runtime_dir),
            interpreter.map(|found| &*found.path),
            pack,
            config.ca_certificate.as_deref(),
            config.ca_bundle.as_deref(),
        ];
        let needed: Vec<&Path> = files.into_iter().flatten().collect();
        let mut placed = self.places.of(function, number, &needed).await?;
        if let (Some(folders), Family::Nodejs | Family::NodejsLegacy) =
            (&mut placed.folders, function.family)
        {
            folders.packages = pack.map(Path::to_owned);
        }
        Ok(placed)
    }

    /// The program and its arguments, behind the helper that limits it where there is one.
    fn command(
        &self,
        function: &FunctionSpec,
        interpreter: Option<&Interpreter>,
        placed: &Placed,
    ) -> Result<Command, Failure> {
        let mut line: Vec<PathBuf> = Vec::new();
        if let Some(helper) = &self.config.helper_exe {
            line.extend([helper.clone(), WORKER_COMMAND.into()]);
            if let Some(folders) = &placed.folders {
                line.extend(folders.arguments());
            }
        }
        if interpreter.is_some() {
            line.extend(wrapper(function, placed)?);
        }
        match (function.family, interpreter) {
            (Family::Python, Some(found)) => {
                line.extend([found.path.clone(), "-s".into()]);
                line.push(self.runtime_dir.join(PYTHON_FILE));
            }
            (_, Some(found)) => {
                line.push(found.path.clone());
                line.push(self.runtime_dir.join(NODE_FILE));
            }
            (_, None) => line.push(entrypoint(function, placed)?),
        }
        let mut words = line.into_iter();
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words);
        Ok(command)
    }

    fn credentials(&self, function: &FunctionSpec) -> Credentials {
        match &self.config.credentials {
            Some(source) => source.issue(&function.role, &function.arn),
            None => Credentials {
                access_key_id: "ASIALANDLINEFUNCTION".into(),
                secret_access_key: "landline".into(),
                session_token: "landline".into(),
            },
        }
    }

    fn spawner(&self) -> Result<&Spawner, Failure> {
        if let Some(spawner) = self.spawner.get() {
            return Ok(spawner);
        }
        let spawner = Spawner::start().map_err(|e| not_started(&e))?;
        Ok(self.spawner.get_or_init(|| spawner))
    }
}

impl FunctionRuntime for ProcessRuntime {
    fn prepare<'a>(&'a self, function: &'a FunctionSpec) -> BoxFuture<'a, Result<(), Failure>> {
        Box::pin(async {
            // Asked before the first event waits for it.
            self.places.are_allowed().await;
            let Some(interpreter) = self.interpreter(function).await? else {
                return Ok(());
            };
            if !function.uses_sdk || interpreter.has_sdk {
                return Ok(());
            }
            self.packs
                .ensure(function.family, &interpreter.path, &self.interpreters)
                .await?;
            link_pack(&self.packs, function).map_err(|e| not_started(&e))
        })
    }

    fn start<'a>(
        &'a self,
        function: &'a Arc<FunctionSpec>,
        log: &'a mut WorkerLog,
    ) -> BoxFuture<'a, Result<Box<dyn Environment>, Failure>> {
        Box::pin(async move {
            let mut process = self.start_process(function, log).await?;
            process.wait_ready(log).await?;
            if function.family == Family::Python
                && self.places.are_allowed().await
                && let Some(interpreter) = self.interpreter(function).await?
            {
                self.compiled.begin(function, &interpreter.path);
            }
            Ok(Box::new(process) as Box<dyn Environment>)
        })
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        let (run, files) = (self.run.clone(), self.places.files_of_run());
        Box::pin(async move {
            let swept = tokio::task::spawn_blocking(move || {
                let count = run.kill_own();
                let _ = std::fs::remove_dir_all(files);
                count
            });
            let swept = swept.await;
            if let Ok(count @ 1..) = swept {
                tracing::debug!(count, "killed processes that functions had left");
            }
        })
    }
}

/// Node.js finds packages in a `node_modules` of any folder above the code, ES modules only so:
/// the folder of all code of the family gets one, which is the pack's.
fn link_pack(packs: &Packs, function: &FunctionSpec) -> io::Result<()> {
    let (Family::Nodejs | Family::NodejsLegacy) = function.family else {
        return Ok(());
    };
    let (Some(pack), Some(all_code)) = (packs.folder(function.family), function.code_dir.parent())
    else {
        return Ok(());
    };
    let link = all_code.join("node_modules");
    if std::fs::read_link(&link).ok().as_deref() == Some(&pack) {
        return Ok(());
    }
    let fresh = all_code.join(format!(
        ".node_modules-{}",
        landline_wire::request_id::uuid()
    ));
    std::os::unix::fs::symlink(&pack, &fresh)?;
    std::fs::rename(&fresh, &link)
}

fn not_started(error: &io::Error) -> Failure {
    Failure::NotStarted {
        error_type: "Runtime.InvalidEntrypoint",
        message: format!("Landline cannot start the function: {error}"),
    }
}

/// The command of `landline` that calls [`worker_main`](super::worker_main()).
const WORKER_COMMAND: &str = "__worker";
const PYTHON_FILE: &str = "bootstrap.py";
const NODE_FILE: &str = "bootstrap.cjs";
/// Below the data directory.
pub(super) const RUNTIME_FOLDER: &str = "lambda/runtime";
pub(super) const DIVERT_FILE: &str = "divert.cjs";
const BOOTSTRAPS: [(&str, &str); 3] = [
    (PYTHON_FILE, include_str!("../bootstrap/bootstrap.py")),
    (NODE_FILE, include_str!("../bootstrap/bootstrap.cjs")),
    (DIVERT_FILE, include_str!("../bootstrap/divert.cjs")),
];
