//! What stacks give each other: exports by name, and who imports them. An index beside the stacks' records, written with
//! them, so that nobody has to read all stacks to find one value.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html>

use std::collections::{BTreeMap, BTreeSet};

use landline_store::{Collection, StoreError, Transaction};
use serde::{Deserialize, Serialize};

use super::Stacks;
use super::record::{STACKS, Stack, StackOutput};

/// Exports, by name.
const EXPORTS: Collection<Export> = Collection::new("cloudformation.export");
/// The names of stacks, by the export that they use and themselves.
const IMPORTS: Collection<String> = Collection::new("cloudformation.import");

/// A value that other stacks may use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    pub stack_id: String,
    pub stack_name: String,
    pub value: String,
}

/// Why an export cannot go.
pub(super) fn still_used(name: &str, users: &str) -> String {
    format!("Delete canceled. Cannot delete export {name} as it is in use by {users}.")
}

/// What the index has of one stack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shares {
    exports: BTreeMap<String, String>,
    imports: BTreeSet<String>,
}

impl Shares {
    pub(super) fn of(stack: &Stack) -> Self {
        let exports = exports_of(&stack.state.outputs);
        Self {
            exports: exports
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
            imports: stack.state.imports.clone(),
        }
    }

    /// Brings the index from one state of a stack to another.
    pub(super) fn write(
        transaction: &mut Transaction<'_>,
        stack: &Stack,
        before: &Self,
        after: &Self,
    ) -> Result<(), StoreError> {
        for name in before.exports.keys() {
            // A name that another stack has taken since is not ours to give up.
            let known = EXPORTS.get_in(transaction, name)?;
            if !after.exports.contains_key(name)
                && known.is_some_and(|export| export.stack_id == stack.id)
            {
                EXPORTS.delete_in(transaction, name);
            }
        }
        for (name, value) in &after.exports {
            let export = Export {
                stack_id: stack.id.clone(),
                stack_name: stack.name.clone(),
                value: value.clone(),
            };
            EXPORTS.put_in(transaction, name, &export)?;
        }
        for name in before.imports.difference(&after.imports) {
            IMPORTS.delete_in(transaction, &import_key(name, &stack.name));
        }
        for name in &after.imports {
            IMPORTS.put_in(transaction, &import_key(name, &stack.name), &stack.name)?;
        }
        Ok(())
    }
}

impl Stacks {
    /// All exports, by name.
    pub fn all_exports(&self) -> Result<BTreeMap<String, Export>, StoreError> {
        Ok(EXPORTS.load(&*self.store)?.into_iter().collect())
    }

    /// The stacks that use an export.
    pub fn users_of(&self, export: &str) -> Result<Vec<String>, StoreError> {
        let users = self
            .store
            .read(|reader| IMPORTS.list_in(reader, &import_key(export, "")))?;
        Ok(users.into_iter().map(|(_, name)| name).collect())
    }

    /// The values that a stack may import: the exports of all others.
    pub(super) fn exports(&self, stack_name: &str) -> Result<BTreeMap<String, String>, StoreError> {
        let all = self.all_exports()?.into_iter();
        let others = all.filter(|(_, export)| export.stack_name != stack_name);
        Ok(others.map(|(name, export)| (name, export.value)).collect())
    }

    /// Makes the index anew, for data of a time when there was none.
    pub(super) async fn index_exports(&self) -> Result<(), StoreError> {
        let write = self.store.write::<_, StoreError>(|transaction| {
            EXPORTS.delete_under_in(transaction, "")?;
            IMPORTS.delete_under_in(transaction, "")?;
            for (_, stack) in STACKS.load_in(transaction)? {
                let nothing = Shares::default();
                Shares::write(transaction, &stack, &nothing, &Shares::of(&stack))?;
            }
            Ok(())
        });
        write.await
    }
}

/// Name and value of every export.
pub(super) fn exports_of(
    outputs: &BTreeMap<String, StackOutput>,
) -> impl Iterator<Item = (&String, &String)> {
    let outputs = outputs.values();
    outputs.filter_map(|output| Some((output.export_name.as_ref()?, &output.value)))
}

/// No name of an export has a line break.
fn import_key(export: &str, stack_name: &str) -> String {
    format!("{export}\n{stack_name}")
}
