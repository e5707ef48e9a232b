//! The AWS APIs that Landline offers, one module a service: shapes and operations,
//! nothing else.
//!
//! Written by `cargo xtask codegen` from the services' models; do not edit.
#![allow(
    clippy::doc_markdown,
    clippy::struct_excessive_bools,
    clippy::large_enum_variant,
    clippy::enum_variant_names,
    clippy::unreadable_literal,
    missing_debug_implementations,
    reason = "the models decide"
)]

pub mod apigateway;
pub mod apigatewaymanagementapi;
pub mod apigatewayv2;
pub mod cloudcontrol;
pub mod cloudformation;
pub mod cloudwatch;
pub mod cognito_identity;
pub mod cognito_idp;
pub mod dynamodb;
pub mod dynamodbstreams;
pub mod ecr;
pub mod events;
pub mod iam;
pub mod kms;
pub mod lambda;
pub mod logs;
pub mod s3;
pub mod scheduler;
pub mod secretsmanager;
pub mod sns;
pub mod sqs;
pub mod ssm;
pub mod stepfunctions;
pub mod sts;
pub mod xray;

/// Every service.
pub static SERVICES: &[&landline_wire::ServiceMeta] = &[
    &apigatewayv2::SERVICE,
    &apigateway::SERVICE,
    &apigatewaymanagementapi::SERVICE,
    &lambda::SERVICE,
    &dynamodb::SERVICE,
    &dynamodbstreams::SERVICE,
    &stepfunctions::SERVICE,
    &cognito_idp::SERVICE,
    &cognito_identity::SERVICE,
    &sts::SERVICE,
    &logs::SERVICE,
    &cloudwatch::SERVICE,
    &iam::SERVICE,
    &cloudformation::SERVICE,
    &s3::SERVICE,
    &ssm::SERVICE,
    &ecr::SERVICE,
    &secretsmanager::SERVICE,
    &kms::SERVICE,
    &sqs::SERVICE,
    &sns::SERVICE,
    &events::SERVICE,
    &scheduler::SERVICE,
    &cloudcontrol::SERVICE,
    &xray::SERVICE,
];
