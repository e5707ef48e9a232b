//! Cognito's quotas.
//! <https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html>

use std::time::Duration;

/// User pools of the account.
pub(crate) const POOLS_MAX: usize = 1_000;
/// Clients of a pool.
pub(crate) const CLIENTS_MAX: usize = 1_000;
/// Groups of a pool.
pub(crate) const GROUPS_MAX: usize = 10_000;
/// Groups of a user.
pub(crate) const GROUPS_OF_USER_MAX: usize = 100;
/// Resource servers of a pool.
pub(crate) const RESOURCE_SERVERS_MAX: usize = 25;
/// Custom attributes of a pool.
pub(crate) const CUSTOM_ATTRIBUTES_MAX: usize = 50;
/// Tags of a pool.
pub(crate) const TAGS_MAX: usize = 50;
/// What one page of a list holds.
pub(crate) const PAGE: usize = 60;
/// Users that one step of a filtered list looks at.
pub(crate) const SCAN_STEP: usize = 500;
/// Characters of an attribute's value.
pub(crate) const ATTRIBUTE_MAX: usize = 2_048;
/// Characters of a password.
pub(crate) const PASSWORD_MAX: usize = 256;
/// Characters of a password when a pool says nothing.
pub(crate) const PASSWORD_MIN: i32 = 8;
/// How often a code may be guessed.
pub(crate) const CODE_ATTEMPTS: u32 = 5;
/// How long a code that confirms a registration or an attribute holds.
pub(crate) const CODE_MILLIS: i64 = 24 * 60 * 60 * 1_000;
/// How long a code that resets a password holds.
pub(crate) const RESET_CODE_MILLIS: i64 = 60 * 60 * 1_000;
/// Wrong passwords before a user has to wait.
pub(crate) const FREE_ATTEMPTS: u32 = 5;
/// The longest wait, which the first second doubles into.
pub(crate) const LOCK_MILLIS_MAX: i64 = 15 * 60 * 1_000;
/// Rounds of a custom challenge.
pub(crate) const CUSTOM_ROUNDS_MAX: usize = 20;
/// How long a trigger's function may take.
pub(crate) const TRIGGER_TIMEOUT: Duration = Duration::from_secs(5);
/// Revoked tokens of all pools together that are remembered; the oldest of a full list are forgotten.
pub(crate) const REVOKED_MAX: usize = 100_000;
/// Logins, and other work with big numbers, at one time.
pub(crate) const COMPUTATIONS_AT_ONCE: usize = 8;
