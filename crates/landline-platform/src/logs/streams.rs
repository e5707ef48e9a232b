//! Log streams: create, list, delete.

use landline_api::logs::{
    CreateLogStream, CreateLogStreamInput, DeleteLogStream, DeleteLogStreamInput,
    DescribeLogStreams, DescribeLogStreamsInput, DescribeLogStreamsOutput, LogStream, OrderBy,
    errors,
};
use landline_store::Transaction;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::{
    Logs, STREAMS, StreamRecord, existing_group, group_arn, group_name, no_such_stream, stream_id,
};
use crate::WriteFailure;

impl Handler<CreateLogStream> for Logs {
    async fn handle(
        &self,
        input: CreateLogStreamInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let record = StreamRecord {
            created_millis: self.clock.now().as_millis(),
            first_event_millis: None,
            last_event_millis: None,
            last_ingestion_millis: None,
        };
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            existing_group(transaction, &input.log_group_name)?;
            let id = stream_id(&input.log_group_name, &input.log_stream_name);
            if STREAMS.get_in(transaction, &id)?.is_some() {
                let exists = errors::ResourceAlreadyExistsException;
                return Err(WriteFailure::from(
                    exists.with("The specified log stream already exists"),
                ));
            }
            STREAMS.put_in(transaction, &id, &record)?;
            Ok(())
        });
        written.await?;
        Ok(Unit {})
    }
}

impl Handler<DeleteLogStream> for Logs {
    async fn handle(
        &self,
        input: DeleteLogStreamInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            existing_group(transaction, &input.log_group_name)?;
            let id = stream_id(&input.log_group_name, &input.log_stream_name);
            if STREAMS.get_in(transaction, &id)?.is_none() {
                return Err(WriteFailure::from(no_such_stream()));
            }
            STREAMS.delete_in(transaction, &id);
            Ok(())
        });
        written.await?;
        Ok(Unit {})
    }
}

impl Handler<DescribeLogStreams> for Logs {
    async fn handle(
        &self,
        input: DescribeLogStreamsInput,
        caller: &Caller,
    ) -> Result<DescribeLogStreamsOutput, ServiceError> {
        let group = group_name(input.log_group_name, input.log_group_identifier)?;
        let prefix = format!(
            "{group}:{}",
            input.log_stream_name_prefix.unwrap_or_default()
        );
        let mut streams = self.store.read(|reader| {
            existing_group(reader, &group)?;
            Ok::<_, WriteFailure>(STREAMS.list_in(reader, &prefix)?)
        })?;
        if input.order_by == Some(OrderBy::LastEventTime) {
            streams.sort_by_key(|(_, record)| record.last_event_millis);
        }
        if input.descending == Some(true) {
            streams.reverse();
        }
        let start = input
            .next_token
            .and_then(|token| token.parse().ok())
            .unwrap_or(0usize);
        let most = usize::try_from(input.limit.unwrap_or(50)).unwrap_or(50);
        let total = streams.len();
        let page = streams.into_iter().skip(start).take(most);
        let arn = group_arn(caller, &group);
        let describe = |(id, record): (String, StreamRecord)| {
            describe(id.get(group.len() + 1..).unwrap_or_default(), &record, &arn)
        };
        let more = start.saturating_add(most) < total;
        Ok(DescribeLogStreamsOutput {
            log_streams: Some(page.map(describe).collect()),
            next_token: more.then(|| (start + most).to_string()),
        })
    }
}

fn describe(name: &str, record: &StreamRecord, group_arn: &str) -> LogStream {
    LogStream {
        log_stream_name: Some(name.to_owned()),
        creation_time: Some(record.created_millis),
        first_event_timestamp: record.first_event_millis,
        last_event_timestamp: record.last_event_millis,
        last_ingestion_time: record.last_ingestion_millis,
        upload_sequence_token: None,
        arn: Some(format!("{group_arn}:log-stream:{name}")),
        stored_bytes: Some(0),
    }
}
