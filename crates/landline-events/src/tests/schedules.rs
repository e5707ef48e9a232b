//! What happens by the clock: rules with schedules, and EventBridge Scheduler.

use landline_api::scheduler;

use super::*;

async fn schedule_rule(fixture: &Fixture, name: &str, expression: &str) {
    let input = api::PutRuleInput {
        name: name.to_owned(),
        schedule_expression: Some(expression.to_owned()),
        ..Default::default()
    };
    fixture.call::<api::PutRule>(input).await.unwrap();
    fixture.target(name, None, target(FUNCTION)).await.unwrap();
}

#[tokio::test]
async fn a_rule_with_a_rate_happens_by_the_clock() {
    let fixture = Fixture::new();
    schedule_rule(&fixture, "tick", "rate(5 minutes)").await;
    fixture.pass(299).await;
    assert_eq!(fixture.world.told.lock().len(), 0);
    fixture.pass(1).await;
    let told = &fixture.world.wait_for(1).await[0];
    let event = told.json();
    assert_eq!(event["detail-type"], "Scheduled Event");
    assert_eq!(event["source"], "aws.events");
    assert_eq!(event["time"], "2027-02-03T09:20:42Z");
    assert_eq!(event["detail"], json!({}));
    let rule = "arn:aws:events:eu-west-1:000000000000:rule/tick";
    assert_eq!(event["resources"], json!([rule]));
    // What was missed is not made up for.
    fixture.pass(1200).await;
    fixture.pass(300).await;
    fixture.world.wait_for(3).await;
    fixture.until_nothing_is_kept().await;
    assert_eq!(fixture.world.told.lock().len(), 3);
}

#[tokio::test]
async fn a_rule_with_a_cron_expression_happens_until_it_is_disabled() {
    let fixture = Fixture::new();
    schedule_rule(&fixture, "noon", "cron(0 12 * * ? *)").await;
    fixture.pass(3 * 3600).await;
    fixture.world.wait_for(1).await;
    let off = api::DisableRuleInput {
        name: "noon".to_owned(),
        ..Default::default()
    };
    fixture.call::<api::DisableRule>(off).await.unwrap();
    fixture.pass(24 * 3600).await;
    fixture.until_nothing_is_kept().await;
    assert_eq!(fixture.world.told.lock().len(), 1);
}

#[tokio::test]
async fn a_schedule_goes_on_after_a_restart() {
    let store = open_memory();
    let first = Fixture::on(store.clone());
    schedule_rule(&first, "tick", "rate(1 hour)").await;
    let second = Fixture::on(store);
    second.pass(3600).await;
    second.world.wait_for(1).await;
}

fn wanted(name: &str, expression: &str) -> scheduler::CreateScheduleInput {
    scheduler::CreateScheduleInput {
        name: name.to_owned(),
        schedule_expression: expression.to_owned(),
        flexible_time_window: scheduler::FlexibleTimeWindow {
            mode: scheduler::FlexibleTimeWindowMode::Off,
            ..Default::default()
        },
        target: scheduler::Target {
            arn: FUNCTION.to_owned(),
            role_arn: "arn:aws:iam::000000000000:role/caller".to_owned(),
            input: Some(r#"{"remind": "<aws.scheduler.schedule-arn>"}"#.to_owned()),
            ..Default::default()
        },
        ..Default::default()
    }
}

async fn exists(fixture: &Fixture, name: &str) -> bool {
    let input = scheduler::GetScheduleInput {
        name: name.to_owned(),
        ..Default::default()
    };
    fixture.call::<scheduler::GetSchedule>(input).await.is_ok()
}

#[tokio::test]
async fn what_is_scheduled_once_happens_once_and_goes_if_it_shall() {
    let fixture = Fixture::new();
    let stays = wanted("stays", "at(2027-02-03T10:00:00)");
    let goes = scheduler::CreateScheduleInput {
        action_after_completion: Some(scheduler::ActionAfterCompletion::Delete),
        ..wanted("goes", "at(2027-02-03T11:00:00)")
    };
    let goes = scheduler::CreateScheduleInput {
        schedule_expression_timezone: Some("Europe/Berlin".to_owned()),
        ..goes
    };
    for input in [stays, goes] {
        fixture
            .call::<scheduler::CreateSchedule>(input)
            .await
            .unwrap();
    }
    fixture.pass(3600).await;
    let told = fixture.world.wait_for(2).await;
    let arn = "arn:aws:scheduler:eu-west-1:000000000000:schedule/default";
    assert!(
        told.iter()
            .any(|told| told.json() == json!({ "remind": format!("{arn}/stays") }))
    );
    assert!(
        told[0]
            .by
            .starts_with("arn:aws:iam::000000000000:role/caller")
    );
    assert!(exists(&fixture, "stays").await);
    assert!(!exists(&fixture, "goes").await);
    fixture.until_nothing_is_kept().await;
    // Not even a restart makes it happen again.
    let second = Fixture::on(fixture.store.clone());
    second.pass(3600).await;
    assert_eq!(second.kept(), 0);
    assert_eq!(second.world.told.lock().len(), 0);
}

#[tokio::test]
async fn what_should_have_happened_once_happens_after_a_restart() {
    let store = open_memory();
    let first = Fixture::on(store.clone());
    let input = wanted("late", "at(2027-02-03T09:20:00)");
    first
        .call::<scheduler::CreateSchedule>(input)
        .await
        .unwrap();
    let second = Fixture::on(store);
    second.clock.advance(Duration::from_hours(1));
    second.events.start_due().await;
    second.world.wait_for(1).await;
}

#[tokio::test]
async fn a_schedule_is_told_changed_listed_and_deleted() {
    let fixture = Fixture::new();
    let input = wanted("s", "rate(1 hour)");
    fixture
        .call::<scheduler::CreateSchedule>(input.clone())
        .await
        .unwrap();
    let again = fixture
        .call::<scheduler::CreateSchedule>(input)
        .await
        .unwrap_err();
    assert_eq!(again.code, "ConflictException");
    let other = wanted("s", "cron(0 9 * * ? *)");
    let update = scheduler::UpdateScheduleInput {
        name: other.name,
        schedule_expression: other.schedule_expression,
        flexible_time_window: other.flexible_time_window,
        target: other.target,
        ..Default::default()
    };
    fixture
        .call::<scheduler::UpdateSchedule>(update)
        .await
        .unwrap();
    let get = scheduler::GetScheduleInput {
        name: "s".to_owned(),
        ..Default::default()
    };
    let told = fixture.call::<scheduler::GetSchedule>(get).await.unwrap();
    assert_eq!(
        told.schedule_expression.as_deref(),
        Some("cron(0 9 * * ? *)")
    );
    assert_eq!(told.schedule_expression_timezone.as_deref(), Some("UTC"));
    let listed = fixture.call::<scheduler::ListSchedules>(scheduler::ListSchedulesInput::default());
    assert_eq!(listed.await.unwrap().schedules.len(), 1);
    let delete = || scheduler::DeleteScheduleInput {
        name: "s".to_owned(),
        ..Default::default()
    };
    fixture
        .call::<scheduler::DeleteSchedule>(delete())
        .await
        .unwrap();
    let gone = fixture.call::<scheduler::DeleteSchedule>(delete()).await;
    assert_eq!(gone.unwrap_err().message, "Schedule s does not exist.");
}

#[tokio::test]
async fn a_group_takes_its_schedules_along() {
    let fixture = Fixture::new();
    let make = scheduler::CreateScheduleGroupInput {
        name: "reminders".to_owned(),
        ..Default::default()
    };
    fixture
        .call::<scheduler::CreateScheduleGroup>(make)
        .await
        .unwrap();
    let input = scheduler::CreateScheduleInput {
        group_name: Some("reminders".to_owned()),
        ..wanted("s", "rate(1 hour)")
    };
    fixture
        .call::<scheduler::CreateSchedule>(input)
        .await
        .unwrap();
    let elsewhere = scheduler::CreateScheduleInput {
        group_name: Some("nowhere".to_owned()),
        ..wanted("s", "rate(1 hour)")
    };
    let refused = fixture.call::<scheduler::CreateSchedule>(elsewhere).await;
    assert_eq!(refused.unwrap_err().code, "ResourceNotFoundException");
    let delete = scheduler::DeleteScheduleGroupInput {
        name: "reminders".to_owned(),
        ..Default::default()
    };
    fixture
        .call::<scheduler::DeleteScheduleGroup>(delete)
        .await
        .unwrap();
    let listed = fixture.call::<scheduler::ListSchedules>(scheduler::ListSchedulesInput::default());
    assert_eq!(listed.await.unwrap().schedules, []);
    fixture.pass(7200).await;
    assert_eq!(fixture.world.told.lock().len(), 0);
}

#[tokio::test]
async fn what_is_no_schedule_is_refused() {
    let fixture = Fixture::new();
    let zone = scheduler::CreateScheduleInput {
        schedule_expression_timezone: Some("Atlantis/Capital".to_owned()),
        ..wanted("s", "rate(1 hour)")
    };
    // No clock shows this: summer begins.
    let skipped = scheduler::CreateScheduleInput {
        schedule_expression_timezone: Some("Europe/Berlin".to_owned()),
        ..wanted("s", "at(2027-03-28T02:30:00)")
    };
    let mut window = wanted("s", "rate(1 hour)");
    window.flexible_time_window.mode = scheduler::FlexibleTimeWindowMode::Flexible;
    for input in [zone, skipped, window, wanted("s", "sometimes")] {
        let refused = fixture.call::<scheduler::CreateSchedule>(input).await;
        assert_eq!(refused.unwrap_err().code, "ValidationException");
    }
}
