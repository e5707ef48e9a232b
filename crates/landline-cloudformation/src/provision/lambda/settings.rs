//! What belongs to a function, a version or an alias, and has operations of its own: provisioned concurrency, and when
//! AWS would move it to another patch of its runtime.

use landline_api::lambda::{
    DeleteProvisionedConcurrencyConfig, PutFunctionRecursionConfig,
    PutProvisionedConcurrencyConfig, PutRuntimeManagementConfig,
};
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, delete};
use crate::provider::ProvisionError;

/// Brings what an alias or a version is provisioned with from one set of properties to another.
pub(super) async fn change_provisioned(
    dispatcher: &Dispatcher,
    (function, qualifier): (&str, &str),
    (before, after): (&Json, &Json),
    caller: &Caller,
) -> Result<(), ProvisionError> {
    const KEY: &str = "ProvisionedConcurrencyConfig";
    let (had, wants) = (before.get(KEY), after.get(KEY));
    if had == wants {
        return Ok(());
    }
    let ids = [("FunctionName", function), ("Qualifier", qualifier)];
    let Some(wanted) = wants else {
        let nothing = json!({});
        return delete::<DeleteProvisionedConcurrencyConfig>(dispatcher, &nothing, &ids, caller)
            .await;
    };
    call::<PutProvisionedConcurrencyConfig>(dispatcher, wanted, &ids, caller).await?;
    Ok(())
}

/// Brings the runtime updates of a function, or of a version, from one set of properties to another.
pub(super) async fn change_runtime_updates(
    dispatcher: &Dispatcher,
    (function, qualifier): (&str, &str),
    (before, after): (Option<&Json>, Option<&Json>),
    caller: &Caller,
) -> Result<(), ProvisionError> {
    if before == after {
        return Ok(());
    }
    let automatic = json!({"UpdateRuntimeOn": "Auto"});
    let ids = [("FunctionName", function), ("Qualifier", qualifier)];
    let wanted = after.unwrap_or(&automatic);
    call::<PutRuntimeManagementConfig>(dispatcher, wanted, &ids, caller).await?;
    Ok(())
}

/// Brings what becomes of a function's loops from one set of properties to another.
pub(super) async fn change_recursion(
    dispatcher: &Dispatcher,
    function: &str,
    (before, after): (&Json, &Json),
    caller: &Caller,
) -> Result<(), ProvisionError> {
    const KEY: &str = "RecursiveLoop";
    if before.get(KEY) == after.get(KEY) {
        return Ok(());
    }
    let wanted = after.get(KEY).cloned();
    let wanted = json!({KEY: wanted.unwrap_or_else(|| json!("Terminate"))});
    let ids = [("FunctionName", function)];
    call::<PutFunctionRecursionConfig>(dispatcher, &wanted, &ids, caller).await?;
    Ok(())
}
