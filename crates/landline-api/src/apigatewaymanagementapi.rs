//! `apigatewaymanagementapi`, version 2018-11-29: shapes and operations.
//!
//! Written by `cargo xtask codegen` from the service's model; do not edit.

use bytes::Bytes;
use landline_wire::{
    Protocol, Timestamp, service, shape::Location, shape::Unit, structure,
    timestamp::TimestampFormat,
};

service! { apigatewaymanagementapi signed "execute-api" speaks Protocol::RestJson, validates "BadRequestException";
    errors {
        ForbiddenException "ForbiddenException" 403 "message",
        GoneException "GoneException" 410 "message",
        LimitExceededException "LimitExceededException" 429 "message",
        PayloadTooLargeException "PayloadTooLargeException" 413 "message",
    }
    operations {
        POST "/@connections/{connectionId}" => PostToConnection(PostToConnectionInput) -> 200 Unit;
        GET "/@connections/{connectionId}" => GetConnection(GetConnectionInput) -> 200 GetConnectionOutput;
        DELETE "/@connections/{connectionId}" => DeleteConnection(DeleteConnectionInput) -> 204 Unit;
    }
}

structure! { DeleteConnectionInput "DeleteConnectionRequest" {
    connection_id: required String, "ConnectionId" as "connectionId" .at(Location::Uri);
} }

structure! { GetConnectionInput "GetConnectionRequest" {
    connection_id: required String, "ConnectionId" as "connectionId" .at(Location::Uri);
} }

structure! { GetConnectionOutput "GetConnectionResponse" {
    connected_at: optional Timestamp, "ConnectedAt" as "connectedAt" .timestamp(TimestampFormat::Iso8601);
    identity: optional Identity, "Identity" as "identity";
    last_active_at: optional Timestamp, "LastActiveAt" as "lastActiveAt" .timestamp(TimestampFormat::Iso8601);
} }

structure! { Identity "Identity" {
    source_ip: required String, "SourceIp" as "sourceIp";
    user_agent: required String, "UserAgent" as "userAgent";
} }

structure! { PostToConnectionInput "PostToConnectionRequest" {
    data: required Bytes, "Data" as "Data" .at(Location::Payload);
    connection_id: required String, "ConnectionId" as "connectionId" .at(Location::Uri);
} }
