//! Rules, event buses and schedules.

use landline_api::{events, scheduler};

use super::*;

fn with_events(builder: &mut DispatcherBuilder, calls: &Calls) {
    builder.register_fn::<events::DescribeRule, _>(|_, _| {
        Err(events::errors::ResourceNotFoundException.with("Rule does not exist"))
    });
    answer::<events::PutRule>(builder, calls, |input| {
        let note = format!(
            "{} {:?} {:?} {:?}",
            input.name, input.event_bus_name, input.event_pattern, input.schedule_expression
        );
        (note, Ok(events::PutRuleOutput::default()))
    });
    answer::<events::PutTargets>(builder, calls, |input| {
        let targets = input.targets.iter();
        let targets: Vec<String> = targets
            .map(|target| format!("{} {} {:?}", target.id, target.arn, target.input))
            .collect();
        (targets.join(", "), Ok(events::PutTargetsOutput::default()))
    });
    answer::<events::RemoveTargets>(builder, calls, |input| {
        let note = format!("{} {:?}", input.rule, input.ids);
        (note, Ok(events::RemoveTargetsOutput::default()))
    });
    unit::<events::DeleteRule>(builder, calls, |input| {
        format!("{} {:?}", input.name, input.event_bus_name)
    });
    answer::<events::CreateEventBus>(builder, calls, |input| {
        (
            input.name.clone(),
            Ok(events::CreateEventBusOutput::default()),
        )
    });
    unit::<events::DeleteEventBus>(builder, calls, |input| input.name.clone());
    answer::<events::CreateArchive>(builder, calls, |input| {
        let note = format!(
            "{} {} {:?} {:?}",
            input.archive_name, input.event_source_arn, input.event_pattern, input.retention_days
        );
        (note, Ok(events::CreateArchiveOutput::default()))
    });
    answer::<events::UpdateArchive>(builder, calls, |input| {
        let note = format!(
            "{} {:?} {:?}",
            input.archive_name, input.event_pattern, input.retention_days
        );
        (note, Ok(events::UpdateArchiveOutput::default()))
    });
    answer::<events::DeleteArchive>(builder, calls, |input| {
        let note = input.archive_name.clone();
        (note, Ok(events::DeleteArchiveOutput {}))
    });
    answer::<scheduler::CreateSchedule>(builder, calls, |input| {
        let note = format!("{} {}", input.name, input.schedule_expression);
        let made = scheduler::CreateScheduleOutput {
            schedule_arn: format!("arn:schedule/{}", input.name),
        };
        (note, Ok(made))
    });
    answer::<scheduler::UpdateSchedule>(builder, calls, |input| {
        let note = format!("{} {}", input.name, input.schedule_expression);
        (note, Ok(scheduler::UpdateScheduleOutput::default()))
    });
    answer::<scheduler::DeleteSchedule>(builder, calls, |input| {
        let note = input.name.clone();
        (note, Ok(scheduler::DeleteScheduleOutput::default()))
    });
}

const EMPTY: &str = "Resources: {X: {Type: 'AWS::CDK::Metadata'}}\n";

#[tokio::test]
async fn a_rule_is_put_with_its_targets_and_deleted_after_them() {
    let cloud = cloud_with(with_events);
    let template = |properties: &str| {
        format!(
            "Resources:\n  R: {{Type: 'AWS::Events::Rule', Properties: {{Name: joined, {properties}}}}}\nOutputs: {{A: {{Value: !GetAtt R.Arn}}, R: {{Value: !Ref R}}}}\n"
        )
    };
    let first = template(
        "EventPattern: {source: [app]}, Targets: [{Id: a, Arn: 'arn:f', Input: '{}'}, {Id: b, Arn: 'arn:q'}]",
    );
    let made = cloud.deploy(&first, None).await.unwrap();
    let outputs = &made.stack.state.outputs;
    assert_eq!(
        outputs["A"].value,
        "arn:aws:events:us-east-1:123456789012:rule/joined"
    );
    assert_eq!(outputs["R"].value, "joined");
    assert_eq!(
        cloud.calls(),
        [
            r#"PutRule joined None Some("{\"source\":[\"app\"]}") None"#,
            r#"PutTargets a arn:f Some("{}"), b arn:q None"#
        ]
    );
    let second = template("ScheduleExpression: rate(1 hour), Targets: [{Id: b, Arn: 'arn:q'}]");
    cloud.deploy(&second, None).await.unwrap();
    assert_eq!(
        cloud.calls(),
        [
            r#"PutRule joined None None Some("rate(1 hour)")"#,
            r#"RemoveTargets joined ["a"]"#,
            "PutTargets b arn:q None"
        ]
    );
    cloud.deploy(EMPTY, None).await.unwrap();
    assert_eq!(
        cloud.calls(),
        [r#"RemoveTargets joined ["b"]"#, "DeleteRule joined None"]
    );
}

#[tokio::test]
async fn a_rule_of_another_bus_is_referred_to_with_it() {
    let cloud = cloud_with(with_events);
    let template = "
Resources:
  B: {Type: 'AWS::Events::EventBus', Properties: {Name: chat}}
  R: {Type: 'AWS::Events::Rule', Properties: {Name: joined, EventBusName: !Ref B, EventPattern: {source: [app]}}}
Outputs: {A: {Value: !GetAtt R.Arn}, R: {Value: !Ref R}, B: {Value: !GetAtt B.Arn}}
";
    let made = cloud.deploy(template, None).await.unwrap();
    let outputs = &made.stack.state.outputs;
    assert_eq!(outputs["R"].value, "chat|joined");
    let beginning = "arn:aws:events:us-east-1:123456789012";
    assert_eq!(outputs["A"].value, format!("{beginning}:rule/chat/joined"));
    assert_eq!(outputs["B"].value, format!("{beginning}:event-bus/chat"));
    cloud.calls();
    cloud.deploy(EMPTY, None).await.unwrap();
    assert_eq!(
        cloud.calls(),
        [r#"DeleteRule joined Some("chat")"#, "DeleteEventBus chat"]
    );
}

#[tokio::test]
async fn an_archive_is_made_changed_and_deleted() {
    let cloud = cloud_with(with_events);
    let bus = "arn:aws:events:us-east-1:123456789012:event-bus/default";
    let template = |properties: &str| {
        format!(
            "Resources:\n  A: {{Type: 'AWS::Events::Archive', Properties: {{ArchiveName: all, SourceArn: '{bus}', {properties}}}}}\nOutputs: {{A: {{Value: !GetAtt A.Arn}}, R: {{Value: !Ref A}}}}\n"
        )
    };
    let first = template("EventPattern: {source: [app]}, RetentionDays: '7'");
    let made = cloud.deploy(&first, None).await.unwrap();
    let outputs = &made.stack.state.outputs;
    assert_eq!(
        outputs["A"].value,
        "arn:aws:events:us-east-1:123456789012:archive/all"
    );
    assert_eq!(outputs["R"].value, "all");
    assert_eq!(
        cloud.calls(),
        [format!(
            r#"CreateArchive all {bus} Some("{{\"source\":[\"app\"]}}") Some(7)"#
        )]
    );
    let second = template("EventPattern: {source: [other]}");
    cloud.deploy(&second, None).await.unwrap();
    assert_eq!(
        cloud.calls(),
        [r#"UpdateArchive all Some("{\"source\":[\"other\"]}") Some(0)"#]
    );
    cloud.deploy(EMPTY, None).await.unwrap();
    assert_eq!(cloud.calls(), ["DeleteArchive all"]);
}

#[tokio::test]
async fn a_schedule_is_made_changed_and_deleted() {
    let cloud = cloud_with(with_events);
    let template = |expression: &str| {
        format!(
            "Resources:\n  S: {{Type: 'AWS::Scheduler::Schedule', Properties: {{Name: remind, FlexibleTimeWindow: {{Mode: 'OFF'}}, ScheduleExpression: {expression}, Target: {{Arn: 'arn:aws:lambda:us-east-1:123456789012:function:f', RoleArn: 'arn:aws:iam::123456789012:role/r'}}}}}}\nOutputs: {{A: {{Value: !GetAtt S.Arn}}, R: {{Value: !Ref S}}}}\n"
        )
    };
    let made = cloud.deploy(&template("rate(1 hour)"), None).await.unwrap();
    let outputs = &made.stack.state.outputs;
    assert_eq!(outputs["A"].value, "arn:schedule/remind");
    assert_eq!(outputs["R"].value, "remind");
    assert_eq!(cloud.calls(), ["CreateSchedule remind rate(1 hour)"]);
    cloud
        .deploy(&template("rate(2 hours)"), None)
        .await
        .unwrap();
    assert_eq!(cloud.calls(), ["UpdateSchedule remind rate(2 hours)"]);
    cloud.deploy(EMPTY, None).await.unwrap();
    assert_eq!(cloud.calls(), ["DeleteSchedule remind"]);
}
