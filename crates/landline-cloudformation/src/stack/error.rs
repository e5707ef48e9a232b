//! Why an operation on a stack did not do what was asked.

use landline_store::StoreError;

use super::record::StackStatus;
use crate::template::TemplateError;

#[derive(Debug, thiserror::Error)]
pub enum DeployError {
    /// The template was refused, and nothing was touched.
    #[error(transparent)]
    Refused(#[from] TemplateError),

    /// A resource failed, and the stack was rolled back.
    #[error("{resource}{}: {reason} ({status})", line.map(|line| format!(" (line {line})")).unwrap_or_default())]
    Failed {
        resource: String,
        line: Option<u32>,
        reason: String,
        status: StackStatus,
    },

    /// Resources that could not be deleted keep their stack.
    #[error("stack {stack_name} cannot be deleted: {reason}")]
    NotDeleted { stack_name: String, reason: String },

    #[error("Stack [{stack_name}] does not exist")]
    NoSuchStack { stack_name: String },

    #[error("Stack [{stack_name}] already exists")]
    AlreadyExists { stack_name: String },

    #[error("Stack:{stack} is in {status} state and can not be updated.")]
    InProgress { stack: String, status: StackStatus },

    #[error("Stack [{stack}] cannot be deleted while in status {status}")]
    CannotBeDeleted { stack: String, status: StackStatus },

    #[error("Stack [{stack_name}] cannot be deleted while TerminationProtection is enabled")]
    Protected { stack_name: String },

    #[error(
        "Invalid operation on stack. Specify RetainResources only for stacks in the DELETE_FAILED state."
    )]
    CannotRetain,

    #[error("Stack:{stack} is in {status} state and can not be rolled back.")]
    CannotBeRolledBack { stack: String, status: StackStatus },

    #[error("CancelUpdateStack cannot be called from current stack status")]
    NotCancellable,

    #[error(
        "1 validation error detected: Value '{stack_name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*"
    )]
    BadName { stack_name: String },

    #[error(transparent)]
    Store(#[from] StoreError),
}
