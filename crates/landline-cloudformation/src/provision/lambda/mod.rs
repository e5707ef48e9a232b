//! `AWS::Lambda::*`.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Lambda.html>

mod code;
mod event_source_mapping;
mod function;
mod permission;

pub(super) use event_source_mapping::EventSourceMapping;
pub(super) use function::Function;
pub(super) use permission::Permission;
