//! Develop WebSocket APIs.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop.html>

mod access_control_api_keys;
mod access_control_iam;
mod access_control_lambda_authorizer;
mod create_api;
mod integration_requests;
mod invoke_connections_url;
mod refused_at_creation;
mod request_validation;
