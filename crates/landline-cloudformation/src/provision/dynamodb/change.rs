//! Changes of a table in place. `UpdateTable` takes one concern a call, so a change is a row of calls, each after the
//! table has come to rest from the one before.

use std::collections::BTreeMap;

use landline_api::dynamodb::{
    DeleteResourcePolicy, PutResourcePolicy, UpdateContinuousBackups, UpdateTable,
};
use landline_wire::Caller;
use serde_json::{Map, Value as Json, json};

use super::{Table, encryption};
use crate::provider::ProvisionError;
use crate::provision::input::{call, document};

/// Refuses what CloudFormation refuses.
pub(super) fn check(before: &Json, after: &Json) -> Result<(), ProvisionError> {
    let (old, new) = (indexes(before), indexes(after));
    for (name, index) in &new {
        let Some(was) = old.get(name) else { continue };
        if ["KeySchema", "Projection"]
            .iter()
            .any(|key| was.get(key) != index.get(key))
        {
            return Err(ProvisionError::new(
                "Cannot update GSI's properties other than Provisioned Throughput and Contributor Insights Specification. You can create a new GSI with a different name.",
            ));
        }
    }
    let made = new.keys().filter(|name| !old.contains_key(*name)).count();
    let deleted = old.keys().filter(|name| !new.contains_key(*name)).count();
    if made + deleted > 1 {
        return Err(ProvisionError::new(
            "Cannot perform more than one GSI creation or deletion in a single update",
        ));
    }
    Ok(())
}

impl Table {
    /// Makes of a table with the properties `before` one with those `after`.
    pub(super) async fn change(
        &self,
        table: &str,
        before: &Json,
        after: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        for members in updates(before, after) {
            self.wait_until_at_rest(table, caller).await?;
            let mut members = members;
            members["TableName"] = json!(table);
            call::<UpdateTable>(&self.0, &members, &[], caller).await?;
        }
        let description = self.wait_until_at_rest(table, caller).await?;
        if policy(before) != policy(after) {
            let arn = description.table_arn.unwrap_or_default();
            self.set_policy(&arn, policy(after), caller).await?;
        }
        let recovery = "PointInTimeRecoverySpecification";
        if before.get(recovery) != after.get(recovery) {
            let off = json!({"PointInTimeRecoveryEnabled": false});
            let specification = after.get(recovery).unwrap_or(&off);
            self.set_recovery(table, specification, caller).await?;
        }
        Ok(())
    }

    async fn set_policy(
        &self,
        arn: &str,
        policy: Option<&Json>,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let Some(policy) = policy else {
            let members = json!({"ResourceArn": arn});
            let deleted = call::<DeleteResourcePolicy>(&self.0, &members, &[], caller);
            return deleted.await.map(|_| ());
        };
        let members = json!({"ResourceArn": arn, "Policy": document(policy)});
        call::<PutResourcePolicy>(&self.0, &members, &[], caller)
            .await
            .map(|_| ())
    }

    pub(super) async fn set_recovery(
        &self,
        table: &str,
        specification: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let members = json!({
            "TableName": table, "PointInTimeRecoverySpecification": specification,
        });
        call::<UpdateContinuousBackups>(&self.0, &members, &[], caller)
            .await
            .map(|_| ())
    }
}

/// The inputs of `UpdateTable`, in the order in which they can be done.
fn updates(before: &Json, after: &Json) -> Vec<Json> {
    let mut updates = Vec::new();
    let changed = |key: &str| before.get(key) != after.get(key);
    if changed("DeletionProtectionEnabled") {
        let protected = after.get("DeletionProtectionEnabled");
        let protected = protected.cloned().unwrap_or(json!(false));
        updates.push(json!({"DeletionProtectionEnabled": protected}));
    }
    let (old, new) = (indexes(before), indexes(after));
    for name in old.keys().filter(|name| !new.contains_key(*name)) {
        updates.push(json!({"GlobalSecondaryIndexUpdates": [{"Delete": {"IndexName": name}}]}));
    }
    updates.extend(throughput(before, after, &old, &new));
    for (_, index) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        updates.push(json!({
            "AttributeDefinitions": after.get("AttributeDefinitions"),
            "GlobalSecondaryIndexUpdates": [{"Create": index}],
        }));
    }
    if changed("StreamSpecification") {
        updates.extend(streams(before, after));
    }
    if changed("SSESpecification") {
        let off = json!({"Enabled": false});
        let wanted = after.get("SSESpecification").map_or(off, encryption);
        updates.push(json!({"SSESpecification": wanted}));
    }
    if changed("TableClass") {
        let class = after.get("TableClass").cloned();
        updates.push(json!({"TableClass": class.unwrap_or(json!("STANDARD"))}));
    }
    if changed("WarmThroughput")
        && let Some(warm) = after.get("WarmThroughput")
    {
        updates.push(json!({"WarmThroughput": warm}));
    }
    if changed(ON_DEMAND) {
        updates.push(json!({ON_DEMAND: most(after)}));
    }
    updates.extend(limits_of_indexes(&old, &new));
    updates
}

const ON_DEMAND: &str = "OnDemandThroughput";

/// The most that a table or an index may take up; what is not limited any more has to be said.
fn most(of: &Json) -> Json {
    let limit = |member: &str| {
        let limit = of.get(ON_DEMAND).and_then(|most| most.get(member));
        limit.cloned().unwrap_or_else(|| json!(-1))
    };
    json!({
        "MaxReadRequestUnits": limit("MaxReadRequestUnits"),
        "MaxWriteRequestUnits": limit("MaxWriteRequestUnits"),
    })
}

/// The change of what the indexes that stay may take up, and of what they are warmed for, which never goes back.
fn limits_of_indexes(old: &BTreeMap<String, &Json>, new: &BTreeMap<String, &Json>) -> Option<Json> {
    const WARM: &str = "WarmThroughput";
    let mut indexes = Vec::new();
    for (name, index) in new {
        let Some(was) = old.get(name) else { continue };
        let mut update = json!({"IndexName": name});
        if was.get(ON_DEMAND) != index.get(ON_DEMAND) {
            update[ON_DEMAND] = most(index);
        }
        if let Some(warm) = index.get(WARM).filter(|warm| was.get(WARM) != Some(*warm)) {
            update[WARM] = warm.clone();
        }
        if update.as_object().is_some_and(|members| members.len() > 1) {
            indexes.push(json!({"Update": update}));
        }
    }
    (!indexes.is_empty()).then(|| json!({"GlobalSecondaryIndexUpdates": indexes}))
}

/// The change of the billing mode and of all throughput, which AWS takes together.
fn throughput(
    before: &Json,
    after: &Json,
    old: &BTreeMap<String, &Json>,
    new: &BTreeMap<String, &Json>,
) -> Option<Json> {
    const UNITS: &str = "ProvisionedThroughput";
    let mode = |properties: &Json| {
        let mode = properties.get("BillingMode").and_then(Json::as_str);
        mode.unwrap_or("PROVISIONED").to_owned()
    };
    let mut members = Map::new();
    let switched = mode(before) != mode(after);
    if switched {
        members.insert("BillingMode".to_owned(), json!(mode(after)));
    }
    if mode(after) == "PROVISIONED" {
        if let Some(units) = after.get(UNITS)
            && (switched || before.get(UNITS) != Some(units))
        {
            members.insert(UNITS.to_owned(), units.clone());
        }
        let kept = new
            .iter()
            .filter_map(|(name, index)| Some((name, old.get(name)?, index.get(UNITS)?)));
        let indexes: Vec<Json> = kept
            .filter(|(_, was, units)| switched || was.get(UNITS) != Some(*units))
            .map(|(name, _, units)| json!({"Update": {"IndexName": name, UNITS: units}}))
            .collect();
        if !indexes.is_empty() {
            members.insert("GlobalSecondaryIndexUpdates".to_owned(), json!(indexes));
        }
    }
    (!members.is_empty()).then_some(Json::Object(members))
}

/// The policy of the table itself.
fn policy(properties: &Json) -> Option<&Json> {
    properties.get("ResourcePolicy")?.get("PolicyDocument")
}

/// A stream with another view is another stream: the old one goes first.
fn streams(before: &Json, after: &Json) -> Vec<Json> {
    let view = |properties: &Json| {
        let stream = properties.get("StreamSpecification")?;
        stream.get("StreamViewType").cloned()
    };
    let (old, new) = (view(before), view(after));
    if old == new {
        return Vec::new();
    }
    let off = json!({"StreamSpecification": {"StreamEnabled": false}});
    let on = |view| json!({"StreamSpecification": {"StreamEnabled": true, "StreamViewType": view}});
    let off = old.map(|_| off);
    off.into_iter().chain(new.map(on)).collect()
}

/// The global indexes, by name.
fn indexes(properties: &Json) -> BTreeMap<String, &Json> {
    let list = properties.get("GlobalSecondaryIndexes");
    let list = list.and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    list.iter()
        .filter_map(|index| Some((index.get("IndexName")?.as_str()?.to_owned(), index)))
        .collect()
}
