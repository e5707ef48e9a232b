//! Deleted stacks: gone by name, but whoever knows the ARN still learns how it ended. AWS keeps them for 90 days; here
//! it is the newest ones that are kept.

use landline_store::{Collection, StoreError, Transaction};

use super::event::EVENTS;
use super::record::Stack;
use crate::quotas;

/// Deleted stacks, by ARN.
pub(super) const DELETED: Collection<Stack> = Collection::new("cloudformation.deleted-stack");

/// Keeps a stack that was deleted, and forgets the oldest of too many, with its events.
pub(super) fn archive(transaction: &mut Transaction<'_>, stack: &Stack) -> Result<(), StoreError> {
    let mut kept = DELETED.load_in(transaction)?;
    kept.sort_by_key(|(_, stack)| stack.deleted_millis);
    let surplus = (kept.len() + 1).saturating_sub(quotas::DELETED_STACKS_KEPT);
    for (id, _) in kept.into_iter().take(surplus) {
        DELETED.delete_in(transaction, &id);
        EVENTS.delete_under_in(transaction, &format!("{id}/"))?;
    }
    DELETED.put_in(transaction, &stack.id, stack)
}
