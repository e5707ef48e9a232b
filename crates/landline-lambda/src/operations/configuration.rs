//! A function's record as the API answers it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use landline_api::lambda as api;
use landline_wire::{Timestamp, hex, request_id};
use sha2::{Digest, Sha256};

use crate::function::record::{FunctionRecord, Vpc};
use crate::functions::{Cause, Function};

/// `FunctionConfiguration`, with the ARN under the qualifier by which a caller knows the function.
pub(super) fn of(function: &Function, qualifier: Option<&str>) -> api::FunctionConfiguration {
    let record = &function.record;
    let optional = |text: &Option<String>| text.clone();
    api::FunctionConfiguration {
        function_name: Some(record.name.clone()),
        function_arn: Some(match qualifier {
            Some(qualifier) => format!("{}:{qualifier}", function.spec.arn),
            None => function.spec.arn.to_string(),
        }),
        runtime: Some(record.runtime.as_str().into()),
        role: Some(record.role.clone()),
        handler: Some(record.handler.clone()),
        code_size: i64::try_from(record.code.bytes).ok(),
        description: Some(record.description.clone()),
        timeout: Some(record.timeout_seconds),
        memory_size: Some(record.memory_mb),
        last_modified: Some(last_modified(record.last_modified)),
        code_sha256: Some(base64_digest(&record.code.digest)),
        version: Some(record.version_text()),
        vpc_config: record.vpc.as_ref().map(vpc),
        dead_letter_config: record
            .dead_letter_arn
            .as_ref()
            .map(|arn| api::DeadLetterConfig {
                target_arn: Some(arn.clone()),
            }),
        // Tools tell "no variables" from "an empty set of variables".
        environment: record
            .tells_environment()
            .then(|| api::EnvironmentResponse {
                variables: Some(record.environment.clone()),
                error: None,
            }),
        tracing_config: Some(api::TracingConfigResponse {
            mode: Some(record.tracing_mode.as_str().into()),
        }),
        revision_id: Some(record.revision_id.clone()),
        layers: (!record.layers.is_empty())
            .then(|| record.layers.iter().map(|arn| layer(record, arn)).collect()),
        package_type: Some(api::PackageType::Zip),
        architectures: Some(
            record
                .architectures
                .iter()
                .map(|text| text.as_str().into())
                .collect(),
        ),
        ephemeral_storage: Some(api::EphemeralStorage {
            size: record.ephemeral_storage_mb,
        }),
        snap_start: Some(snap_start(record)),
        runtime_version_config: Some(api::RuntimeVersionConfig {
            runtime_version_arn: Some(runtime_version_arn(function)),
            error: None,
        }),
        logging_config: Some(api::LoggingConfig {
            log_format: Some(record.logging.format.as_str().into()),
            application_log_level: optional(&record.logging.application_level)
                .map(|level| level.as_str().into()),
            system_log_level: optional(&record.logging.system_level)
                .map(|level| level.as_str().into()),
            log_group: Some(record.log_group()),
        }),
        ..state(function)
    }
}

/// Where a function is on its way to run, and nothing else of it.
fn state(function: &Function) -> api::FunctionConfiguration {
    let cause = function.waits_for();
    let (is_new, is_changing) = (cause == Some(Cause::Creation), cause == Some(Cause::Update));
    api::FunctionConfiguration {
        state: Some(if is_new {
            api::State::Pending
        } else {
            api::State::Active
        }),
        state_reason: is_new.then(|| BEING_CREATED.into()),
        state_reason_code: is_new.then_some(api::StateReasonCode::Creating),
        last_update_status: match cause {
            Some(Cause::Creation) => None,
            Some(_) => Some(api::LastUpdateStatus::InProgress),
            None => Some(api::LastUpdateStatus::Successful),
        },
        // AWS speaks of a creation there too.
        last_update_status_reason: is_changing.then(|| BEING_CREATED.into()),
        last_update_status_reason_code: is_changing.then(|| "Creating".into()),
        ..Default::default()
    }
}

/// What a creation answers. Nothing has to be waited for here, but clients are written for AWS, where one has to, and
/// where the function has another revision once it is active.
pub(super) fn just_created(function: &Function) -> api::FunctionConfiguration {
    api::FunctionConfiguration {
        revision_id: Some(request_id::uuid()),
        ..pending(function, None)
    }
}

/// What an update answers that publishes what it has changed.
pub(super) fn just_published(version: &Function) -> api::FunctionConfiguration {
    pending(version, Some(&version.record.version_text()))
}

fn pending(function: &Function, qualifier: Option<&str>) -> api::FunctionConfiguration {
    api::FunctionConfiguration {
        state: Some(api::State::Pending),
        state_reason: Some(BEING_CREATED.into()),
        state_reason_code: Some(api::StateReasonCode::Creating),
        last_update_status: None,
        last_update_status_reason: None,
        last_update_status_reason_code: None,
        ..of(function, qualifier)
    }
}

/// What an update answers, in the words of AWS, which speaks of a creation there too; the revision changes once more
/// when the update is done.
pub(super) fn just_updated(function: &Function) -> api::FunctionConfiguration {
    api::FunctionConfiguration {
        state: Some(api::State::Active),
        state_reason: None,
        state_reason_code: None,
        last_update_status: Some(api::LastUpdateStatus::InProgress),
        last_update_status_reason: Some(BEING_CREATED.into()),
        last_update_status_reason_code: Some(api::LastUpdateStatusReasonCode::from("Creating")),
        revision_id: Some(request_id::uuid()),
        ..of(function, None)
    }
}

/// What lists tell: without the members that AWS keeps for those who ask for one function.
pub(super) fn listed(function: &Function, qualifier: Option<&str>) -> api::FunctionConfiguration {
    api::FunctionConfiguration {
        state: None,
        state_reason: None,
        state_reason_code: None,
        last_update_status: None,
        last_update_status_reason: None,
        last_update_status_reason_code: None,
        runtime_version_config: None,
        ..of(function, qualifier)
    }
}

const BEING_CREATED: &str = "The function is being created.";

/// AWS takes snapshots of published versions only.
fn snap_start(record: &FunctionRecord) -> api::SnapStartResponse {
    let is_on = record.snap_start.is_some() && record.version.is_some();
    api::SnapStartResponse {
        apply_on: Some(match &record.snap_start {
            Some(apply_on) => apply_on.as_str().into(),
            None => api::SnapStartApplyOn::None,
        }),
        optimization_status: Some(if is_on {
            api::SnapStartOptimizationStatus::On
        } else {
            api::SnapStartOptimizationStatus::Off
        }),
    }
}

/// The one patch of a runtime that is here. AWS names patches by digests.
fn runtime_version_arn(function: &Function) -> String {
    let digest = hex(&Sha256::digest(function.record.runtime.as_bytes()));
    let region = function.spec.arn.split(':').nth(3).unwrap_or_default();
    format!("arn:aws:lambda:{region}::runtime:{digest}")
}

fn vpc(vpc: &Vpc) -> api::VpcConfigResponse {
    api::VpcConfigResponse {
        subnet_ids: Some(vpc.subnet_ids.clone()),
        security_group_ids: Some(vpc.security_group_ids.clone()),
        vpc_id: Some(String::new()),
        ..Default::default()
    }
}

fn layer(record: &FunctionRecord, arn: &str) -> api::Layer {
    let content = record.layer_content.get(arn);
    api::Layer {
        arn: Some(arn.to_owned()),
        code_size: content.map_or(Some(0), |content| i64::try_from(content.bytes).ok()),
        ..Default::default()
    }
}

/// `2027-02-03T09:15:42.000+0000`: Lambda's own form.
pub(super) fn last_modified(millis: i64) -> String {
    let text = Timestamp::from_millis(millis).iso8601_millis();
    format!("{}+0000", text.trim_end_matches('Z'))
}

/// The digest as Lambda tells it: base64 of its bytes.
pub(super) fn base64_digest(hex: &str) -> String {
    let bytes: Vec<u8> = (0..hex.len() / 2)
        .filter_map(|at| u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok())
        .collect();
    STANDARD.encode(bytes)
}
