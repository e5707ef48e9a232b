//! Token buckets: how many calls per second an account, a stage and a route may make.

/// The buckets of one stage.
#[derive(Debug, Default)]
pub struct StageThrottle {}
