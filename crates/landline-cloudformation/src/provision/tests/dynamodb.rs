//! Tables: how they are made, and the calls that a change of one becomes.

use landline_api::dynamodb as api;
use serde_json::{Value as Json, json};

use super::*;

/// What tables are asked, without answers that matter.
pub(super) fn tables(builder: &mut DispatcherBuilder, calls: &Calls) {
    answer::<api::CreateTable>(builder, calls, |input| {
        let stream = input.stream_specification.as_ref();
        let stream = stream.map(|stream| stream.stream_enabled);
        let billing = input.billing_mode.as_ref().map(api::BillingMode::as_str);
        (
            format!("{} {billing:?} {stream:?}", input.table_name),
            Ok(api::CreateTableOutput::default()),
        )
    });
    answer::<api::DescribeTable>(builder, calls, |input| {
        let arn = format!(
            "arn:aws:dynamodb:us-east-1:123456789012:table/{}",
            input.table_name
        );
        let table = api::TableDescription {
            table_name: Some(input.table_name.clone()),
            latest_stream_arn: Some(format!("{arn}/stream/now")),
            stream_specification: Some(api::StreamSpecification::default()),
            table_arn: Some(arn),
            ..Default::default()
        };
        let output = api::DescribeTableOutput { table: Some(table) };
        (String::new(), Ok(output))
    });
    answer::<api::UpdateTable>(builder, calls, |input| {
        (update_note(input), Ok(api::UpdateTableOutput::default()))
    });
    answer::<api::UpdateTimeToLive>(builder, calls, |input| {
        (
            format!("{:?}", input.time_to_live_specification),
            Ok(api::UpdateTimeToLiveOutput::default()),
        )
    });
    answer::<api::UpdateContinuousBackups>(builder, calls, |input| {
        let specification = &input.point_in_time_recovery_specification;
        (
            specification.point_in_time_recovery_enabled.to_string(),
            Ok(api::UpdateContinuousBackupsOutput::default()),
        )
    });
    policies(builder, calls);
    unit::<api::TagResource>(builder, calls, |input| {
        let tags = input
            .tags
            .iter()
            .flatten()
            .map(|tag| format!("{}={}", tag.key, tag.value));
        tags.collect::<Vec<_>>().join(" ")
    });
    unit::<api::UntagResource>(builder, calls, |input| {
        input.tag_keys.clone().unwrap_or_default().join(" ")
    });
    answer::<api::DeleteTable>(builder, calls, |input| {
        (
            input.table_name.clone(),
            Ok(api::DeleteTableOutput::default()),
        )
    });
}

fn policies(builder: &mut DispatcherBuilder, calls: &Calls) {
    answer::<api::PutResourcePolicy>(builder, calls, |input| {
        (
            input.policy.clone(),
            Ok(api::PutResourcePolicyOutput::default()),
        )
    });
    answer::<api::DeleteResourcePolicy>(builder, calls, |input| {
        let (_, table) = input.resource_arn.split_once('/').unwrap_or_default();
        (
            table.to_owned(),
            Ok(api::DeleteResourcePolicyOutput::default()),
        )
    });
}

/// What of a table a call changes.
fn update_note(input: &api::UpdateTableInput) -> String {
    let mut notes = Vec::new();
    if let Some(mode) = &input.billing_mode {
        notes.push(mode.to_string());
    }
    if let Some(units) = &input.provisioned_throughput {
        notes.push(format!("units {}", units.read_capacity_units));
    }
    for update in input.global_secondary_index_updates.iter().flatten() {
        if let Some(create) = &update.create {
            notes.push(format!("+{}", create.index_name));
        }
        if let Some(delete) = &update.delete {
            notes.push(format!("-{}", delete.index_name));
        }
        if let Some(update) = &update.update {
            notes.push(format!("={}", update.index_name));
        }
    }
    if let Some(stream) = &input.stream_specification {
        let view = stream.stream_view_type.as_ref();
        notes.push(format!(
            "stream {} {:?}",
            stream.stream_enabled,
            view.map(api::StreamViewType::as_str)
        ));
    }
    if let Some(protected) = input.deletion_protection_enabled {
        notes.push(format!("protected {protected}"));
    }
    if let Some(encryption) = &input.sse_specification {
        notes.push(format!("encrypted {:?}", encryption.enabled));
    }
    if let Some(warm) = &input.warm_throughput {
        notes.push(format!("warm {:?}", warm.read_units_per_second));
    }
    if let Some(class) = &input.table_class {
        notes.push(class.to_string());
    }
    notes.join(", ")
}

/// A template with one table, whose properties are given as JSON beside its keys.
fn template(kind: &str, properties: &Json) -> String {
    let mut all = json!({
        "AttributeDefinitions": [{"AttributeName": "a", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "a", "KeyType": "HASH"}],
        "BillingMode": "PAY_PER_REQUEST",
    });
    for (key, value) in properties.as_object().unwrap() {
        all[key] = value.clone();
    }
    let table = json!({"Type": format!("AWS::DynamoDB::{kind}"), "Properties": all});
    let outputs = json!({"Stream": {"Value": {"Fn::GetAtt": ["T", "StreamArn"]}}});
    json!({"Resources": {"T": table}, "Outputs": outputs}).to_string()
}

fn index(name: &str) -> Json {
    json!({
        "IndexName": name, "KeySchema": [{"AttributeName": "a", "KeyType": "HASH"}],
        "Projection": {"ProjectionType": "ALL"},
    })
}

fn with_units(mut of: Json, units: i64) -> Json {
    of["ProvisionedThroughput"] = json!({"ReadCapacityUnits": units, "WriteCapacityUnits": units});
    of
}

/// The calls that change a table from one to the other, without the questions in between.
async fn changes(before: &Json, after: &Json) -> Vec<String> {
    let cloud = cloud();
    cloud
        .deploy(&template("Table", before), None)
        .await
        .unwrap();
    cloud.calls();
    cloud.deploy(&template("Table", after), None).await.unwrap();
    let calls = cloud.calls().into_iter();
    calls
        .filter(|call| !call.starts_with("DescribeTable"))
        .collect()
}

#[tokio::test]
async fn each_concern_of_a_change_is_a_call_of_its_own() {
    let before = json!({
        "GlobalSecondaryIndexes": [index("one")],
        "StreamSpecification": {"StreamViewType": "KEYS_ONLY"},
        "Tags": [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}],
    });
    let after = json!({
        "GlobalSecondaryIndexes": [index("one"), index("two")],
        "StreamSpecification": {"StreamViewType": "NEW_IMAGE"},
        "DeletionProtectionEnabled": true,
        "SSESpecification": {"SSEEnabled": true},
        "TableClass": "STANDARD_INFREQUENT_ACCESS",
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": true},
        "Tags": [{"Key": "a", "Value": "3"}],
    });
    assert_eq!(
        changes(&before, &after).await,
        [
            "UpdateTable protected true",
            "UpdateTable +two",
            "UpdateTable stream false None",
            r#"UpdateTable stream true Some("NEW_IMAGE")"#,
            "UpdateTable encrypted Some(true)",
            "UpdateTable STANDARD_INFREQUENT_ACCESS",
            "UpdateContinuousBackups true",
            "UntagResource b",
            "TagResource a=3",
        ]
    );
    assert_eq!(
        changes(&after, &before).await,
        [
            "UpdateTable protected false",
            "UpdateTable -two",
            "UpdateTable stream false None",
            r#"UpdateTable stream true Some("KEYS_ONLY")"#,
            "UpdateTable encrypted Some(false)",
            "UpdateTable STANDARD",
            "UpdateContinuousBackups false",
            "TagResource a=1 b=2",
        ]
    );
}

#[tokio::test]
async fn a_policy_is_put_and_deleted_and_warmth_asked_for() {
    let before = json!({"TableName": "chat"});
    let after = json!({
        "TableName": "chat",
        "ResourcePolicy": {"PolicyDocument": {"Statement": []}},
        "WarmThroughput": {"ReadUnitsPerSecond": 15_000},
    });
    assert_eq!(
        changes(&before, &after).await,
        [
            "UpdateTable warm Some(15000)",
            r#"PutResourcePolicy {"Statement":[]}"#,
        ]
    );
    assert_eq!(
        changes(&after, &before).await,
        ["DeleteResourcePolicy chat"]
    );
}

#[tokio::test]
async fn throughput_and_billing_change_together() {
    let on_demand = json!({"GlobalSecondaryIndexes": [index("one")]});
    let provisioned = |table, one| {
        let indexes = json!([with_units(index("one"), one)]);
        with_units(
            json!({"BillingMode": "PROVISIONED", "GlobalSecondaryIndexes": indexes}),
            table,
        )
    };
    assert_eq!(
        changes(&on_demand, &provisioned(5, 1)).await,
        ["UpdateTable PROVISIONED, units 5, =one"]
    );
    assert_eq!(
        changes(&provisioned(5, 1), &on_demand).await,
        ["UpdateTable PAY_PER_REQUEST"]
    );
    assert_eq!(
        changes(&provisioned(5, 1), &provisioned(5, 2)).await,
        ["UpdateTable =one"]
    );
    assert_eq!(
        changes(&provisioned(5, 1), &provisioned(6, 1)).await,
        ["UpdateTable units 6"]
    );
}

#[tokio::test]
async fn a_change_that_cloud_formation_cannot_make_is_refused_before_anything_is_touched() {
    let cloud = cloud();
    let with = |indexes: Json| template("Table", &json!({"GlobalSecondaryIndexes": indexes}));
    cloud
        .deploy(&with(json!([index("one")])), None)
        .await
        .unwrap();
    cloud.calls();
    let mut other = index("one");
    other["Projection"]["ProjectionType"] = json!("KEYS_ONLY");
    for (indexes, refusal) in [
        (
            json!([index("two")]),
            "Cannot perform more than one GSI creation or deletion in a single update",
        ),
        (
            json!([other]),
            "Cannot update GSI's properties other than Provisioned Throughput and Contributor Insights Specification.",
        ),
    ] {
        let error = cloud.deploy(&with(indexes), None).await.unwrap_err();
        assert!(matches!(&error, DeployError::Refused(_)), "{error}");
        assert!(error.to_string().starts_with(refusal), "{error}");
        assert_eq!(cloud.calls(), [""; 0]);
    }
}

#[tokio::test]
async fn a_global_table_of_this_region_is_a_table() {
    let cloud = cloud();
    let global = |view: &str| {
        template(
            "GlobalTable",
            &json!({
                "TableName": "mine",
                "StreamSpecification": {"StreamViewType": view},
                "Replicas": [{
                    "Region": {"Ref": "AWS::Region"},
                    "DeletionProtectionEnabled": true,
                    "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": true},
                }],
            }),
        )
    };
    let deployed = cloud.deploy(&global("KEYS_ONLY"), None).await.unwrap();
    assert_eq!(
        deployed.stack.state.outputs["Stream"].value,
        "arn:aws:dynamodb:us-east-1:123456789012:table/mine/stream/now"
    );
    let calls = cloud.calls();
    assert_eq!(
        the(&calls, "CreateTable"),
        r#"mine Some("PAY_PER_REQUEST") Some(true)"#
    );
    assert_eq!(the(&calls, "UpdateContinuousBackups"), "true");
    cloud.deploy(&global("NEW_IMAGE"), None).await.unwrap();
    assert!(
        cloud
            .calls()
            .contains(&r#"UpdateTable stream true Some("NEW_IMAGE")"#.to_owned())
    );
}

#[tokio::test]
async fn a_replica_elsewhere_is_refused() {
    let cloud = cloud();
    let global = |regions: &[&str]| {
        let replicas: Vec<Json> = regions
            .iter()
            .map(|region| json!({"Region": region}))
            .collect();
        template("GlobalTable", &json!({"Replicas": replicas}))
    };
    let error = cloud
        .deploy(&global(&["us-east-1", "eu-west-1"]), None)
        .await
        .unwrap_err();
    assert!(matches!(&error, DeployError::Refused(_)), "{error}");
    assert!(
        error.to_string().starts_with("Landline is one region"),
        "{error}"
    );
    assert_eq!(cloud.calls(), [""; 0]);
    let error = cloud
        .deploy(&global(&["eu-west-1"]), None)
        .await
        .unwrap_err();
    assert!(error.to_string().contains("none in eu-west-1"), "{error}");
}

#[tokio::test]
async fn a_table_that_is_to_be_imported_is_refused_and_not_made_empty() {
    let cloud = cloud();
    let template = "Resources: {T: {Type: 'AWS::DynamoDB::Table', Properties: {KeySchema: [{AttributeName: k, KeyType: HASH}], AttributeDefinitions: [{AttributeName: k, AttributeType: S}], BillingMode: PAY_PER_REQUEST, ImportSourceSpecification: {InputFormat: CSV}}}}\n";
    let error = cloud.deploy(template, None).await.unwrap_err();
    let text = "Landline does not import tables from S3: leave ImportSourceSpecification out";
    assert!(error.to_string().contains(text), "{error}");
    assert_eq!(cloud.calls(), [""; 0]);
}
