//! Where an access log goes: a log group, a file, or the node's standard output.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use landline_wire::Arn;

/// Where an access log goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A log group, by its name.
    LogGroup(Arc<str>),
    /// A file, for those who run their own node: lines are appended.
    File(Arc<Path>),
    /// The node's standard output, for those who run their own node.
    Stdout,
    /// A Firehose stream, which Landline does not have.
    Firehose(Arc<str>),
}

impl Destination {
    /// Reads `destinationArn`. `None` for what is none of the above.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "stdout" {
            return Some(Self::Stdout);
        }
        if let Some(path) = text.strip_prefix("file://") {
            let path = PathBuf::from(path);
            let is_file = path.is_absolute() && path.file_name().is_some();
            return is_file.then(|| Self::File(path.into()));
        }
        let arn = Arn::parse(text)?;
        match arn.service {
            "logs" => {
                let group = arn.resource.strip_prefix("log-group:")?;
                is_group(group).then(|| Self::LogGroup(group.into()))
            }
            "firehose" => {
                let stream = arn.resource.strip_prefix("deliverystream/")?;
                Some(Self::Firehose(stream.into()))
            }
            _ => None,
        }
    }
}

/// A log group's name, by the API reference of `CreateLogGroup`.
fn is_group(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"_-/.#".contains(&b);
    (1..=512).contains(&name.len()) && name.bytes().all(plain)
}
