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

/// What is known besides: it counts together with the policies of the caller.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// What the policy of the resource decides.
    pub resource_policy: Decision,
    /// Context keys that are the service's own, with their values.
    pub context: &'a [(&'static str, String)],
}

/// Knows what callers may.
pub trait Permit: Send + Sync + std::fmt::Debug + 'static {
    /// Whether `caller` may; the decision that stands against it.
    fn permit<'a>(
        &'a self,
        caller: &'a Caller,
        asked: Asked<'a>,
    ) -> BoxFuture<'a, Result<(), Decision>>;

    /// The same with what the resource's own policy says: within an account either may allow, and
    /// either may forbid.
    fn permit_around<'a>(
        &'a self,
        caller: &'a Caller,
        asked: Asked<'a>,
        around: Around<'a>,
    ) -> BoxFuture<'a, Result<(), Decision>> {
        match around.resource_policy {
            Decision::ExplicitDeny => Box::pin(std::future::ready(Err(Decision::ExplicitDeny))),
            Decision::Allowed => Box::pin(std::future::ready(Ok(()))),
            Decision::ImplicitDeny => self.permit(caller, asked),
        }
    }
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
