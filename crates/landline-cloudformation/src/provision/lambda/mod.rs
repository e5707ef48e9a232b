//! `AWS::Lambda::*`.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Lambda.html>

mod alias;
mod code;
mod event_invoke_config;
mod event_source_mapping;
mod function;
mod layer_version;
mod layer_version_permission;
mod permission;
mod settings;
mod url;
mod version;

pub(super) use alias::Alias;
pub(super) use event_invoke_config::EventInvokeConfig;
pub(super) use event_source_mapping::EventSourceMapping;
pub(super) use function::Function;
pub(super) use layer_version::LayerVersion;
pub(super) use layer_version_permission::LayerVersionPermission;
pub(super) use permission::Permission;
pub(super) use url::Url;
pub(super) use version::Version;
