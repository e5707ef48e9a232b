//! `AWS::Lambda::*`.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Lambda.html>

mod code;
mod function;
mod permission;

pub(super) use function::Function;
pub(super) use permission::Permission;
