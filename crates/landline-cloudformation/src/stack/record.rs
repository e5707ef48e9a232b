//! A stack as it is kept: what exists, what it was made from, and the operation under way. After a crash this record is
//! all there is, so it is written before and after every step.

use std::collections::{BTreeMap, BTreeSet};

use landline_store::Collection;
use landline_wire::request_id;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::attributes::Declared;
use crate::provider::Existing;
use crate::quotas;
use crate::template::DeletionPolicy;

/// All stacks, by name.
pub(super) const STACKS: Collection<Stack> = Collection::new("cloudformation.stack");

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stack {
    pub name: String,
    /// The stack's ARN.
    pub id: String,
    pub status: StackStatus,
    pub status_reason: Option<String>,
    pub created_millis: i64,
    pub updated_millis: Option<i64>,
    /// When its deletion began, or its creation was turned back.
    #[serde(default)]
    pub deleted_millis: Option<i64>,
    #[serde(default)]
    pub settings: StackSettings,
    #[serde(flatten)]
    pub state: StackState,
    /// The newest operations that were asked for with a token: who asks again means the same one.
    #[serde(default)]
    pub requests: Vec<Request>,
    /// What is being done; or what failed half-way and was left as it was, until somebody rolls it back or goes on.
    pub operation: Option<Operation>,
    /// What was done last, also when it is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_operation: Option<LastOperation>,
    /// The time of the newest event: the next one is later.
    pub last_event_millis: i64,
}

/// What belongs to a stack whatever its template says: no rollback touches it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StackSettings {
    pub termination_protection: bool,
    pub on_failure: OnFailure,
    pub timeout_minutes: Option<i32>,
    /// The change set that was executed last.
    pub change_set_id: Option<String>,
    /// A JSON document: who may update what. Kept, not enforced.
    pub policy: Option<String>,
    /// The stack of whose template this one is a resource.
    pub parent_id: Option<String>,
    /// The outermost of those.
    pub root_id: Option<String>,
}

/// What becomes of a stack when a resource fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum OnFailure {
    /// Everything is turned back.
    #[default]
    Rollback,
    /// All stays as it is, for whoever wants to look at it.
    DoNothing,
    /// A stack that cannot be created is deleted.
    Delete,
}

/// Everything that an update changes, and a rollback brings back.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StackState {
    pub description: Option<String>,
    /// The text as its author wrote it.
    pub template: String,
    /// The parameters that were given.
    pub parameters: BTreeMap<String, String>,
    /// Every parameter as people may see it.
    #[serde(default)]
    pub shown_parameters: BTreeMap<String, ShownParameter>,
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
    #[serde(default)]
    pub capabilities: Vec<String>,
    #[serde(default)]
    pub notification_arns: Vec<String>,
    #[serde(default)]
    pub role_arn: Option<String>,
    /// The exports of other stacks that the template uses.
    #[serde(default)]
    pub imports: BTreeSet<String>,
    pub resources: BTreeMap<String, StackResource>,
    pub outputs: BTreeMap<String, StackOutput>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StackResource {
    pub resource_type: String,
    /// Nothing while its creation has not ended.
    pub physical_id: Option<String>,
    /// The id that a creation under way will give, where it is known before: what to look for after a crash.
    pub intended_id: Option<String>,
    pub status: ResourceStatus,
    pub status_reason: Option<String>,
    pub updated_millis: i64,
    /// Resolved, as the provider took them.
    pub properties: Json,
    pub attributes: BTreeMap<String, Json>,
    pub depends_on: BTreeSet<String>,
    pub deletion_policy: DeletionPolicy,
    pub update_replace_policy: DeletionPolicy,
    /// Nothing in a record that an older version wrote.
    #[serde(default)]
    pub declared: Option<Declared>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StackOutput {
    pub value: String,
    pub description: Option<String>,
    pub export_name: Option<String>,
}

/// The value of a parameter; a secret one is masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownParameter {
    pub value: String,
    /// What a name in the Parameter Store stood for.
    pub resolved: Option<String>,
}

/// What is being done to a stack, with all that is needed to finish or undo it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    pub id: String,
    #[serde(default)]
    pub kind: OperationKind,
    /// By which whoever asked for the operation knows its events.
    #[serde(default)]
    pub client_request_token: Option<String>,
    /// How the stack was before an update; nothing for a creation or a deletion.
    pub previous: Option<StackState>,
    /// What an update that succeeds leaves behind: replaced and removed resources, in the order of their deletion.
    pub cleanup: Vec<(String, StackResource)>,
    /// How the stack stood before a deletion.
    #[serde(default)]
    pub status_before: Option<StackStatus>,
    /// What is taken over and not made: a rollback lets go of it.
    #[serde(default)]
    pub imports: BTreeMap<String, String>,
}

/// An operation as it is remembered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastOperation {
    pub id: String,
    pub kind: OperationKind,
}

/// An operation that was asked for with a token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    pub token: String,
    pub kind: OperationKind,
    pub operation_id: String,
}

/// What was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum OperationKind {
    #[default]
    Create,
    Update,
    /// Nothing but the taking over of what exists.
    Import,
    Delete,
    Rollback,
    ContinueRollback,
}

impl Operation {
    pub(super) fn new(kind: OperationKind, client_request_token: Option<String>) -> Self {
        Self {
            id: request_id::uuid(),
            kind,
            client_request_token,
            previous: None,
            cleanup: Vec::new(),
            status_before: None,
            imports: BTreeMap::new(),
        }
    }
}

impl Stack {
    /// Remembers who asked for the operation that begins.
    pub(super) fn remember_request(&mut self) {
        let Some(operation) = &self.operation else {
            return;
        };
        let Some(token) = operation.client_request_token.clone() else {
            return;
        };
        let surplus = (self.requests.len() + 1).saturating_sub(quotas::REQUESTS_KEPT);
        self.requests.drain(..surplus);
        self.requests.push(Request {
            token,
            kind: operation.kind,
            operation_id: operation.id.clone(),
        });
    }

    /// The operation that was asked for with a token, if it still is remembered.
    pub fn request(&self, token: &str) -> Option<&Request> {
        self.requests.iter().find(|request| request.token == token)
    }
}

impl StackResource {
    /// The resource as its provider knows it, if it was created or may have been.
    pub fn existing(&self, logical_id: &str) -> Option<Existing> {
        let physical_id = self
            .physical_id
            .clone()
            .or_else(|| self.intended_id.clone())?;
        Some(Existing {
            logical_id: logical_id.to_owned(),
            resource_type: self.resource_type.clone(),
            physical_id,
            properties: self.properties.clone(),
        })
    }
}

macro_rules! statuses {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name {
            $(#[serde(rename = $text)] $variant,)*
        }

        impl $name {
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

statuses! {
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html>
StackStatus {
    ReviewInProgress = "REVIEW_IN_PROGRESS",
    CreateInProgress = "CREATE_IN_PROGRESS",
    CreateFailed = "CREATE_FAILED",
    CreateComplete = "CREATE_COMPLETE",
    RollbackInProgress = "ROLLBACK_IN_PROGRESS",
    RollbackComplete = "ROLLBACK_COMPLETE",
    RollbackFailed = "ROLLBACK_FAILED",
    UpdateInProgress = "UPDATE_IN_PROGRESS",
    UpdateCompleteCleanupInProgress = "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
    UpdateComplete = "UPDATE_COMPLETE",
    UpdateFailed = "UPDATE_FAILED",
    UpdateRollbackInProgress = "UPDATE_ROLLBACK_IN_PROGRESS",
    UpdateRollbackCompleteCleanupInProgress = "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
    UpdateRollbackComplete = "UPDATE_ROLLBACK_COMPLETE",
    UpdateRollbackFailed = "UPDATE_ROLLBACK_FAILED",
    DeleteInProgress = "DELETE_IN_PROGRESS",
    DeleteComplete = "DELETE_COMPLETE",
    DeleteFailed = "DELETE_FAILED",
    ImportInProgress = "IMPORT_IN_PROGRESS",
    ImportComplete = "IMPORT_COMPLETE",
    ImportRollbackInProgress = "IMPORT_ROLLBACK_IN_PROGRESS",
    ImportRollbackFailed = "IMPORT_ROLLBACK_FAILED",
    ImportRollbackComplete = "IMPORT_ROLLBACK_COMPLETE",
} }

statuses! {
/// The state of one resource.
ResourceStatus {
    CreateInProgress = "CREATE_IN_PROGRESS",
    CreateComplete = "CREATE_COMPLETE",
    CreateFailed = "CREATE_FAILED",
    UpdateInProgress = "UPDATE_IN_PROGRESS",
    UpdateComplete = "UPDATE_COMPLETE",
    UpdateFailed = "UPDATE_FAILED",
    DeleteInProgress = "DELETE_IN_PROGRESS",
    DeleteComplete = "DELETE_COMPLETE",
    DeleteFailed = "DELETE_FAILED",
    DeleteSkipped = "DELETE_SKIPPED",
    ImportInProgress = "IMPORT_IN_PROGRESS",
    ImportComplete = "IMPORT_COMPLETE",
    ImportFailed = "IMPORT_FAILED",
    ImportRollbackInProgress = "IMPORT_ROLLBACK_IN_PROGRESS",
    ImportRollbackComplete = "IMPORT_ROLLBACK_COMPLETE",
} }

impl StackStatus {
    /// Whether something is being done to the stack, or was when the process ended.
    pub fn is_in_progress(self) -> bool {
        self != Self::ReviewInProgress && self.as_str().ends_with("_IN_PROGRESS")
    }

    /// Whether an update can start from here; everything else has to be deleted first.
    pub fn can_be_updated(self) -> bool {
        matches!(
            self,
            Self::CreateComplete
                | Self::CreateFailed
                | Self::UpdateComplete
                | Self::UpdateFailed
                | Self::UpdateRollbackComplete
                | Self::UpdateRollbackFailed
                | Self::ImportComplete
                | Self::ImportRollbackComplete
        )
    }
}
