//! The environment variables of a worker: Lambda's reserved ones, those that lead AWS SDKs to
//! Landline, and the function's own. Nothing is inherited.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html>

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::config::Credentials;
use crate::function::{Family, FunctionSpec};

/// What a worker's variables depend on besides its function.
#[derive(Debug)]
pub(super) struct Surroundings<'a> {
    /// Where the worker finds its code.
    pub(super) task: &'a Path,
    /// Where it finds what its layers make.
    pub(super) opt: Option<&'a Path>,
    pub(super) region: &'a str,
    pub(super) endpoint_port: u16,
    pub(super) divert_aws_hosts: bool,
    pub(super) ca_certificate: Option<&'a Path>,
    pub(super) ca_bundle: Option<&'a Path>,
    pub(super) credentials: Credentials,
    pub(super) runtime_api: &'a str,
    pub(super) log_stream: &'a str,
    pub(super) runtime_dir: &'a Path,
    /// The folder of the interpreter, first in `PATH`.
    pub(super) interpreter_dir: Option<&'a Path>,
    /// The folder of the packages that the runtime bundles.
    pub(super) pack: Option<PathBuf>,
    /// Marks every process of the worker, whatever it starts.
    pub(super) cookie: &'a str,
}

/// All variables of a worker.
pub(super) fn variables(
    function: &FunctionSpec,
    around: &Surroundings<'_>,
) -> BTreeMap<String, String> {
    let mut variables = found_by_sdks(around);
    // The function's own choice wins over what leads SDKs here, and loses to what Lambda reserves.
    for (name, value) in &function.environment {
        if name.ends_with("CA_BUNDLE") && variables.contains_key(name) && !Path::new(value).exists()
        {
            // It names a file of AWS's image; ours is the one that exists here.
            continue;
        }
        variables.insert(name.clone(), value.clone());
    }
    variables.extend(reserved(function, around));
    add_language_variables(&mut variables, function, around);
    variables.insert(COOKIE.into(), around.cookie.into());
    variables
}

fn found_by_sdks(around: &Surroundings<'_>) -> BTreeMap<String, String> {
    let mut variables = BTreeMap::new();
    let mut set = |name: &str, value: String| {
        variables.insert(name.to_owned(), value);
    };
    set(
        "AWS_ENDPOINT_URL",
        format!("http://127.0.0.1:{}", around.endpoint_port),
    );
    if let Some(file) = around.ca_certificate.or(around.ca_bundle) {
        set("NODE_EXTRA_CA_CERTS", file.display().to_string());
    }
    if let Some(file) = around.ca_bundle {
        for name in ["AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"] {
            set(name, file.display().to_string());
        }
    }
    variables
}

fn reserved(function: &FunctionSpec, around: &Surroundings<'_>) -> BTreeMap<String, String> {
    let interpreter_dir = around
        .interpreter_dir
        .map_or(String::new(), |folder| format!("{}:", folder.display()));
    let runtime = &function.runtime_name;
    let mut path = format!("{interpreter_dir}/usr/local/bin:/usr/bin:/bin:/opt/bin");
    let mut libraries = String::new();
    if let Some(opt) = around.opt {
        let of_layers = opt.join("bin").display().to_string();
        if !path.ends_with(&of_layers) {
            path = format!("{path}:{of_layers}");
        }
        libraries = format!("{}:{}", around.task.display(), opt.join("lib").display());
    }
    let pairs: [(&str, String); 21] = [
        ("_HANDLER", function.handler.clone()),
        ("AWS_REGION", around.region.into()),
        ("AWS_DEFAULT_REGION", around.region.into()),
        ("AWS_EXECUTION_ENV", format!("AWS_Lambda_{runtime}")),
        ("AWS_LAMBDA_FUNCTION_NAME", function.name.to_string()),
        (
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            function.memory_mb.to_string(),
        ),
        ("AWS_LAMBDA_FUNCTION_VERSION", function.version.to_string()),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand".into()),
        ("AWS_LAMBDA_LOG_GROUP_NAME", function.log_group.to_string()),
        ("AWS_LAMBDA_LOG_STREAM_NAME", around.log_stream.into()),
        ("AWS_LAMBDA_RUNTIME_API", around.runtime_api.into()),
        (
            "AWS_ACCESS_KEY_ID",
            around.credentials.access_key_id.clone(),
        ),
        (
            "AWS_SECRET_ACCESS_KEY",
            around.credentials.secret_access_key.clone(),
        ),
        (
            "AWS_SESSION_TOKEN",
            around.credentials.session_token.clone(),
        ),
        ("LAMBDA_TASK_ROOT", around.task.display().to_string()),
        (
            "LAMBDA_RUNTIME_DIR",
            around.runtime_dir.display().to_string(),
        ),
        ("LANG", "en_US.UTF-8".into()),
        ("TZ", ":UTC".into()),
        ("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR".into()),
        ("AWS_XRAY_DAEMON_ADDRESS", "169.254.79.129:2000".into()),
        ("PATH", path),
    ];
    let mut variables: BTreeMap<_, _> = pairs.map(|(name, value)| (name.to_owned(), value)).into();
    if !libraries.is_empty() {
        variables.insert("LD_LIBRARY_PATH".into(), libraries);
    }
    // TZ and LANG are only defaults: Lambda lets a function set them.
    for name in ["TZ", "LANG", "PATH", "LD_LIBRARY_PATH"] {
        if let Some(value) = function.environment.get(name) {
            variables.insert(name.into(), value.clone());
        }
    }
    variables
}

fn add_language_variables(
    variables: &mut BTreeMap<String, String>,
    function: &FunctionSpec,
    around: &Surroundings<'_>,
) {
    if let Some(opt) = around.opt {
        add_layers(variables, function, opt);
    }
    if around.divert_aws_hosts {
        variables.insert(DIVERT_PORT.into(), around.endpoint_port.to_string());
    }
    match function.family {
        Family::Python => {
            if let Some(pack) = &around.pack {
                append(variables, "PYTHONPATH", &pack.display().to_string(), ":");
            }
        }
        Family::Nodejs | Family::NodejsLegacy if around.divert_aws_hosts => {
            let option = required(around.runtime_dir);
            append(variables, "NODE_OPTIONS", &option, " ");
        }
        Family::Nodejs | Family::NodejsLegacy | Family::Provided => {}
    }
}

/// Where the languages look for packages in what is `/opt` on AWS. Node.js does so only for
/// `require`, there as here.
fn add_layers(variables: &mut BTreeMap<String, String>, function: &FunctionSpec, opt: &Path) {
    let (name, folders) = match function.family {
        Family::Python => {
            let packages = format!("python/lib/{}/site-packages", function.runtime_name);
            ("PYTHONPATH", vec!["python".to_owned(), packages])
        }
        Family::Nodejs | Family::NodejsLegacy => {
            let version = function.runtime_name.trim_start_matches("nodejs");
            let major = version.split('.').next().unwrap_or_default();
            let of_version = format!("nodejs/node{major}/node_modules");
            (
                "NODE_PATH",
                vec![of_version, "nodejs/node_modules".to_owned()],
            )
        }
        Family::Provided => return,
    };
    for folder in folders {
        append(
            variables,
            name,
            &opt.join(folder).display().to_string(),
            ":",
        );
    }
}

/// The option of Node.js that diverts a program's connections to AWS's host names.
fn required(runtime_dir: &Path) -> String {
    let file = runtime_dir.join(super::process::DIVERT_FILE);
    format!("--require \"{}\"", file.display())
}

/// The variables with which any Node.js program finds AWS's host names at this port, as functions do. The data directory
/// is that of the node which listens there.
#[must_use]
pub fn node_diversion(data_dir: &Path, port: u16) -> [(&'static str, String); 2] {
    let folder = data_dir.join(super::process::RUNTIME_FOLDER);
    let folder = std::path::absolute(&folder).unwrap_or(folder);
    [
        ("NODE_OPTIONS", required(&folder)),
        (DIVERT_PORT, port.to_string()),
    ]
}

/// Adds to what the function set, rather than replace it.
fn append(variables: &mut BTreeMap<String, String>, name: &str, value: &str, separator: &str) {
    let before = variables.entry(name.to_owned()).or_default();
    if !before.is_empty() {
        before.push_str(separator);
    }
    before.push_str(value);
}

/// Marks the processes of a worker in `/proc/*/environ`.
pub(super) const COOKIE: &str = "LANDLINE_WORKER";
const DIVERT_PORT: &str = "LANDLINE_DIVERT_PORT";
