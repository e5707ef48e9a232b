//! Change sets: what a deployment would do, kept until somebody executes or deletes it.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets.html>

use std::collections::BTreeMap;

use landline_store::{Collection, Store, StoreError, Transaction};
use serde::{Deserialize, Serialize};

use crate::stack::{DeployOptions, Deployment, Imports, Plan, ShownParameter};
use crate::template::Includes;

/// All change sets, by the stack's ARN and their name.
const CHANGE_SETS: Collection<ChangeSet> = Collection::new("cloudformation.change-set");
/// Where they lie, by their ARN.
const KEYS: Collection<String> = Collection::new("cloudformation.change-set-key");

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeSet {
    /// Its ARN.
    pub id: String,
    pub name: String,
    pub stack_id: String,
    pub stack_name: String,
    pub kind: ChangeSetKind,
    /// Why there is nothing to execute; nothing if it can be executed.
    pub failure: Option<String>,
    pub execution: Execution,
    pub created_millis: i64,
    pub description: Option<String>,
    pub template: String,
    /// What the template includes, as it was when the change set was made.
    #[serde(default)]
    pub includes: Includes,
    pub parameters: BTreeMap<String, String>,
    pub shown_parameters: BTreeMap<String, ShownParameter>,
    pub options: DeployOptions,
    pub plan: Plan,
    pub include_nested_stacks: bool,
    pub import_existing_resources: bool,
    /// What exists already and is taken over.
    #[serde(default)]
    pub imports: Imports,
    pub on_stack_failure: Option<String>,
    /// By which a client that repeats its call is known.
    #[serde(default)]
    pub client_token: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChangeSetKind {
    /// For a stack that is not there yet.
    Create,
    Update,
    /// For resources that exist already, in a stack that may not.
    Import,
}

/// How far the execution of a change set is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Execution {
    Unavailable,
    Available,
    Complete,
}

impl ChangeSet {
    /// What an execution deploys.
    pub fn deployment(&self) -> Deployment {
        Deployment {
            stack_name: self.stack_name.clone(),
            template: self.template.clone(),
            includes: self.includes.clone(),
            parameters: self.parameters.clone(),
            imports: self.imports.clone(),
            options: DeployOptions {
                change_set_id: Some(self.id.clone()),
                ..self.options.clone()
            },
            ..Deployment::default()
        }
    }

    fn key(&self) -> String {
        key(&self.stack_id, &self.name)
    }
}

fn key(stack_id: &str, name: &str) -> String {
    format!("{stack_id}/{name}")
}

/// A change set by its ARN.
pub fn get(store: &dyn Store, id: &str) -> Result<Option<ChangeSet>, StoreError> {
    let Some(key) = KEYS.get(store, id)? else {
        return Ok(None);
    };
    let found = CHANGE_SETS.get(store, &key)?;
    // The name may have been given again since.
    Ok(found.filter(|change_set| change_set.id == id))
}

/// A change set of a stack by its name.
pub fn find(
    store: &dyn Store,
    stack_id: &str,
    name: &str,
) -> Result<Option<ChangeSet>, StoreError> {
    CHANGE_SETS.get(store, &key(stack_id, name))
}

/// The change sets of a stack, by name.
pub fn list(store: &dyn Store, stack_id: &str) -> Result<Vec<ChangeSet>, StoreError> {
    let found = store.read(|reader| CHANGE_SETS.list_in(reader, &format!("{stack_id}/")))?;
    Ok(found
        .into_iter()
        .map(|(_, change_set)| change_set)
        .collect())
}

/// Keeps a change set.
pub async fn put(store: &dyn Store, change_set: ChangeSet) -> Result<(), StoreError> {
    let write = store.write(move |transaction| {
        KEYS.put_in(transaction, &change_set.id, &change_set.key())?;
        CHANGE_SETS.put_in(transaction, &change_set.key(), &change_set)
    });
    write.await
}

/// Forgets a change set.
pub async fn delete(store: &dyn Store, change_set: &ChangeSet) -> Result<(), StoreError> {
    let change_set = change_set.clone();
    let write = store.write::<_, StoreError>(move |transaction| {
        remove(transaction, &change_set);
        Ok(())
    });
    write.await
}

/// Forgets the change sets of a stack but for one: the one that was executed, if the stack is not gone.
pub async fn delete_others(
    store: &dyn Store,
    stack_id: &str,
    kept: Option<&str>,
) -> Result<(), StoreError> {
    let mut others = list(store, stack_id)?;
    others.retain(|change_set| Some(change_set.id.as_str()) != kept);
    let write = store.write::<_, StoreError>(move |transaction| {
        for change_set in &others {
            remove(transaction, change_set);
        }
        Ok(())
    });
    write.await
}

fn remove(transaction: &mut Transaction<'_>, change_set: &ChangeSet) {
    KEYS.delete_in(transaction, &change_set.id);
    CHANGE_SETS.delete_in(transaction, &change_set.key());
}
