//! CloudFormation in process: a template is parsed, transformed and resolved by a pure engine, and deployed as a graph
//! of resources whose providers speak to the services through typed calls. Nothing here knows who asked for it: the
//! command line and the CloudFormation API are callers alike.
//!
//! # Layout, in reading order
//!
//! * [`template`]: text → [`template::Template`], with lines; parameters, conditions, functions, the SAM transform; pure.
//! * [`graph`]: which resource waits for which.
//! * [`provider`]: what the engine asks of a resource family.
//! * [`artifacts`]: the code that a template names by path.
//! * [`provision`]: the providers, a file per resource family.
//! * [`change_set`]: what a deployment would do, kept for review.
//! * [`callbacks`], [`sources`]: what comes from outside while a stack changes.
//! * [`operations`]: the CloudFormation API.
//! * [`stack`]: create, update, roll back, delete, recover: [`stack::Stacks`].

pub mod artifacts;
pub mod callbacks;
pub mod change_set;
pub mod graph;
pub mod operations;
pub mod provider;
pub mod provision;
pub mod quotas;
pub mod sources;
pub mod stack;
pub mod template;
#[cfg(test)]
mod things;
