//! Drift: what stacks made, read through the operations that describe it.

use landline_api::{events, iam, logs};

use super::*;
use crate::stack::{ResourceDriftStatus, StackDrift};

async fn drift_of(cloud: &Cloud) -> StackDrift {
    let stack = cloud.stacks.get("chat").unwrap().unwrap();
    let nothing = std::collections::BTreeSet::new();
    let detection = cloud.stacks.detect_drift(&stack, &nothing).await.unwrap();
    assert_eq!(detection.failure, None);
    cloud.stacks.drift(&stack).unwrap()
}

#[tokio::test]
async fn a_log_group_is_compared_with_the_one_of_its_name() {
    let retention = Arc::new(Mutex::new(Some(7)));
    let now = retention.clone();
    let cloud = cloud_with(move |builder, calls| {
        answer::<logs::DescribeLogGroups>(builder, calls, move |_| {
            let group = |name: &str, days| logs::LogGroup {
                log_group_name: Some(name.to_owned()),
                retention_in_days: days,
                ..Default::default()
            };
            let mut groups = vec![group("/g/other", Some(1))];
            groups.extend(now.lock().map(|days| group("/g", Some(days))));
            let output = logs::DescribeLogGroupsOutput {
                log_groups: Some(groups),
                ..Default::default()
            };
            (String::new(), Ok(output))
        });
    });
    let template = "Resources:\n  G: {Type: 'AWS::Logs::LogGroup', Properties: {LogGroupName: /g, RetentionInDays: '7'}}\n";
    cloud.deploy(template, None).await.unwrap();
    let status = async || drift_of(&cloud).await.resources["G"].clone();
    assert_eq!(status().await.status, ResourceDriftStatus::InSync);
    *retention.lock() = Some(30);
    let modified = status().await;
    assert_eq!(modified.status, ResourceDriftStatus::Modified);
    assert_eq!(modified.differences[0].path, "/RetentionInDays");
    *retention.lock() = None;
    assert_eq!(status().await.status, ResourceDriftStatus::Deleted);
}

#[tokio::test]
async fn a_role_is_compared_with_the_document_that_iam_gives_encoded() {
    let cloud = cloud_with(|builder, calls| {
        answer::<iam::GetRole>(builder, calls, |_| {
            let role = iam::Role {
                assume_role_policy_document: Some(
                    "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%5D%7D".to_owned(),
                ),
                ..Default::default()
            };
            (String::new(), Ok(iam::GetRoleOutput { role }))
        });
    });
    let template = "Resources:\n  R: {Type: 'AWS::IAM::Role', Properties: {AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: []}}}\n  W: {Type: 'AWS::CDK::Metadata'}\n";
    cloud.deploy(template, None).await.unwrap();
    let drift = drift_of(&cloud).await;
    assert_eq!(drift.resources["R"].status, ResourceDriftStatus::InSync);
    assert!(!drift.resources.contains_key("W"));
}

#[tokio::test]
async fn a_rule_on_a_bus_of_its_own_is_asked_for_by_its_name() {
    let made = Arc::new(Mutex::new(false));
    let cloud = cloud_with(move |builder, calls| {
        let is_made = made.clone();
        answer::<events::DescribeRule>(builder, calls, move |input| {
            assert_eq!(input.event_bus_name.as_deref(), Some("bus"));
            assert!(!input.name.contains('|'), "{}", input.name);
            let output = events::DescribeRuleOutput {
                schedule_expression: Some("rate(2 hours)".to_owned()),
                ..Default::default()
            };
            let missing = ServiceError::new("ResourceNotFoundException", 400, "");
            (
                String::new(),
                is_made.lock().then_some(output).ok_or(missing),
            )
        });
        answer::<events::PutRule>(builder, calls, move |_| {
            *made.lock() = true;
            (String::new(), Ok(events::PutRuleOutput::default()))
        });
    });
    let template = "Resources:\n  R: {Type: 'AWS::Events::Rule', Properties: {EventBusName: bus, ScheduleExpression: rate(1 hour)}}\n";
    cloud.deploy(template, None).await.unwrap();
    let drift = drift_of(&cloud).await;
    assert_eq!(
        drift.resources["R"].differences[0].path,
        "/ScheduleExpression"
    );
}
