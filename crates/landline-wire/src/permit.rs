//! The question whether somebody may: asked by whoever answers a call, answered by whoever knows the policies.

use crate::dispatcher::BoxFuture;
use crate::policy::Decision;
use crate::{Arn, Caller};

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The action, such as `execute-api:ManageConnections`.
    pub action: &'a str,
    /// The ARN of the resource, or `*`.
    pub resource: &'a str,
}

/// Knows what callers may.
pub trait Permit: Send + Sync + std::fmt::Debug + 'static {
    /// Whether `caller` may; the decision that stands against it.
    fn permit<'a>(
        &'a self,
        caller: &'a Caller,
        asked: Asked<'a>,
    ) -> BoxFuture<'a, Result<(), Decision>>;
}

/// `assumed-role/{role}/{name}` of STS: a role at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleSession<'a> {
    /// The role's name, without its path.
    pub role: &'a str,
    /// The session's: for a function, the function's.
    pub name: &'a str,
}

impl<'a> RoleSession<'a> {
    /// Takes a principal's ARN apart; `None` for any other principal.
    pub fn of(principal: &'a str) -> Option<Self> {
        let arn = Arn::parse(principal).filter(|arn| arn.service == "sts")?;
        let (role, name) = arn
            .resource
            .strip_prefix("assumed-role/")?
            .split_once('/')?;
        Some(Self { role, name })
    }
}
