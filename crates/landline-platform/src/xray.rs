//! AWS X-Ray: no trace is kept here, so that there is none to give.
//!
//! `sam traces` asks for them all the same. Where Landline's traces go is the
//! configuration's matter: to an OpenTelemetry collector.

use std::sync::Arc;

use landline_api::xray as api;
use landline_wire::{Caller, DispatcherBuilder, Handler, ServiceError};

/// The service.
#[derive(Debug, Default)]
pub struct XRay;

impl XRay {
    /// Lets this service answer its operations.
    pub fn register(builder: &mut DispatcherBuilder) {
        let service = Arc::new(Self);
        builder
            .register::<api::GetTraceSummaries, _>(service.clone())
            .register::<api::GetServiceGraph, _>(service.clone())
            .register::<api::BatchGetTraces, _>(service);
    }
}

impl Handler<api::GetTraceSummaries> for XRay {
    async fn handle(
        &self,
        input: api::GetTraceSummariesInput,
        _caller: &Caller,
    ) -> Result<api::GetTraceSummariesOutput, ServiceError> {
        Ok(api::GetTraceSummariesOutput {
            trace_summaries: Some(Vec::new()),
            approximate_time: Some(input.end_time),
            traces_processed_count: Some(0),
            next_token: None,
        })
    }
}

impl Handler<api::GetServiceGraph> for XRay {
    async fn handle(
        &self,
        input: api::GetServiceGraphInput,
        _caller: &Caller,
    ) -> Result<api::GetServiceGraphOutput, ServiceError> {
        Ok(api::GetServiceGraphOutput {
            start_time: Some(input.start_time),
            end_time: Some(input.end_time),
            services: Some(Vec::new()),
            contains_old_group_versions: Some(false),
            next_token: None,
        })
    }
}

impl Handler<api::BatchGetTraces> for XRay {
    async fn handle(
        &self,
        input: api::BatchGetTracesInput,
        _caller: &Caller,
    ) -> Result<api::BatchGetTracesOutput, ServiceError> {
        Ok(api::BatchGetTracesOutput {
            traces: Some(Vec::new()),
            unprocessed_trace_ids: Some(input.trace_ids),
            next_token: None,
        })
    }
}
