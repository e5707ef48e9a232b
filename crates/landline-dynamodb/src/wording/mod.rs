//! The words of refusals, which AWS is changing region by region since June 2026.
//!
//! The code answers in the words that DynamoDB had for ten years, and that most test suites know. What the
//! new front end says otherwise stands in one table here, and is put in place of them on the way out. A
//! message is known by its opening, which no client can write.

use landline_wire::protocol::Rewording;
use landline_wire::{OperationMeta, ServiceError};

/// Which words the refusals have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Wording {
    /// Those until 2026.
    #[default]
    Classic,
    /// Those of the front end of 2026.
    Of2026,
}

impl Wording {
    /// By the name that settings have for it.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "classic" => Some(Self::Classic),
            "2026" => Some(Self::Of2026),
            _ => None,
        }
    }
}

/// Puts the words of 2026 in the place of the classic ones.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WordsOf2026;

impl Rewording for WordsOf2026 {
    fn reword(&self, operation: &OperationMeta, error: &mut ServiceError) {
        if error.code != "ValidationException" {
            return;
        }
        let change = CHANGES.iter().find(|change| {
            change.operations.contains(&operation.name) && error.message.starts_with(change.opening)
        });
        if let Some(change) = change {
            error.message = change.now.apply(&error.message);
        }
    }
}

/// What became of the messages with one opening.
struct Change {
    operations: &'static [&'static str],
    opening: &'static str,
    now: Now,
}

enum Now {
    /// It is counted like a broken constraint of the model.
    Counted,
    /// As `Counted`, without the placeholder that had the value.
    CountedBare,
    /// It begins otherwise.
    Begins {
        before: &'static str,
        now: &'static str,
    },
    /// Only the first broken constraint is told.
    First,
}

impl Now {
    fn apply(&self, message: &str) -> String {
        match self {
            Self::Counted => format!("{COUNT}{message}"),
            Self::CountedBare => {
                let bare = message.strip_prefix(IN_VALUES).unwrap_or(message);
                let bare = bare.rsplit_once(" for key ").map_or(bare, |(bare, _)| bare);
                format!("{COUNT}{bare}")
            }
            Self::Begins { before, now } => message.replacen(before, now, 1),
            Self::First => {
                let violations = message.split_once(": ").map_or(message, |(_, all)| all);
                let first = violations.split("; Value ").next().unwrap_or(violations);
                format!("{COUNT}{first}")
            }
        }
    }
}

const COUNT: &str = "1 validation error detected: ";
const IN_VALUES: &str = "ExpressionAttributeValues contains invalid value: ";

/// Writes of one item.
const WRITES: &[&str] = &["PutItem", "UpdateItem", "DeleteItem"];
const UPDATE: &[&str] = &["UpdateItem"];
const QUERY: &[&str] = &["Query"];
/// Whoever names a key.
const KEYED: &[&str] = &[
    "PutItem",
    "UpdateItem",
    "DeleteItem",
    "GetItem",
    "BatchGetItem",
    "BatchWriteItem",
    "TransactGetItems",
    "TransactWriteItems",
];

const fn counted(operations: &'static [&'static str], opening: &'static str) -> Change {
    Change {
        operations,
        opening,
        now: Now::Counted,
    }
}

const fn bare(opening: &'static str) -> Change {
    Change {
        operations: WRITES,
        opening,
        now: Now::CountedBare,
    }
}

/// The first that fits counts.
static CHANGES: &[Change] = &[
    counted(WRITES, "Invalid UpdateExpression: "),
    counted(WRITES, "Invalid ConditionExpression: "),
    counted(WRITES, "Value provided in ExpressionAttributeNames unused"),
    counted(WRITES, "Value provided in ExpressionAttributeValues unused"),
    counted(WRITES, "ExpressionAttributeNames must not be empty"),
    counted(WRITES, "ExpressionAttributeValues must not be empty"),
    counted(WRITES, "ExpressionAttributeNames can only be specified"),
    counted(WRITES, "ExpressionAttributeValues can only be specified"),
    counted(WRITES, "ExpressionAttributeNames contains invalid key"),
    counted(WRITES, "ExpressionAttributeValues contains invalid key"),
    counted(WRITES, "Can not use both expression and non-expression"),
    counted(WRITES, "ReturnValues can only be"),
    // Sets and NULL, wherever they stand.
    counted(
        WRITES,
        "One or more parameter values were invalid: An string set ",
    ),
    counted(
        WRITES,
        "One or more parameter values were invalid: An number set ",
    ),
    counted(
        WRITES,
        "One or more parameter values were invalid: Binary sets ",
    ),
    counted(
        WRITES,
        "One or more parameter values were invalid: Input collection ",
    ),
    counted(
        WRITES,
        "One or more parameter values were invalid: Null attribute value types ",
    ),
    bare(
        "ExpressionAttributeValues contains invalid value: One or more parameter values were invalid: An string set ",
    ),
    bare(
        "ExpressionAttributeValues contains invalid value: One or more parameter values were invalid: An number set ",
    ),
    bare(
        "ExpressionAttributeValues contains invalid value: One or more parameter values were invalid: Binary sets ",
    ),
    bare(
        "ExpressionAttributeValues contains invalid value: One or more parameter values were invalid: Input collection ",
    ),
    bare(
        "ExpressionAttributeValues contains invalid value: One or more parameter values were invalid: Null attribute value types ",
    ),
    counted(QUERY, "ALL_PROJECTED_ATTRIBUTES can be used only"),
    counted(
        QUERY,
        "Must specify the AttributesToGet or ProjectionExpression",
    ),
    counted(QUERY, "Cannot specify the AttributesToGet when"),
    counted(QUERY, "Cannot specify the ProjectionExpression when"),
    // Until then, AWS began this sentence in two ways.
    Change {
        operations: KEYED,
        opening: "One or more parameter values were invalid: The AttributeValue for a key attribute cannot contain an empty",
        now: Now::Begins {
            before: "were invalid: ",
            now: "are not valid. ",
        },
    },
    // PutItem goes on naming them all.
    Change {
        operations: UPDATE,
        opening: "2 validation errors detected: ",
        now: Now::First,
    },
    Change {
        operations: UPDATE,
        opening: "3 validation errors detected: ",
        now: Now::First,
    },
];

#[cfg(test)]
mod tests;
