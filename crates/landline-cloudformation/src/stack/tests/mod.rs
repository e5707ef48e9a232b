//! The engine with a provider of its own: things that remember their properties and fail on request.

use std::collections::BTreeMap;

use landline_store::open_memory;
use landline_wire::{ManualClock, Timestamp};
use parking_lot::Mutex;
use serde_json::{Value as Json, json};

use super::*;
use crate::things::Things;

mod policies;

struct Bench {
    stacks: Stacks,
    things: Things,
    store: Arc<dyn Store>,
}

fn bench() -> Bench {
    let store: Arc<dyn Store> = open_memory();
    let things = Things::default();
    Bench {
        stacks: stacks(&store, &things),
        things,
        store,
    }
}

fn stacks(store: &Arc<dyn Store>, things: &Things) -> Stacks {
    let mut providers = Providers::default();
    providers.add(things.clone());
    let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_000)));
    Stacks::new(
        store.clone(),
        providers,
        clock,
        Caller::root("123456789012", "us-east-1"),
    )
}

fn deployment(resources: &str) -> Deployment {
    Deployment {
        stack_name: "s".into(),
        template: format!("Resources:\n{resources}"),
        parameters: BTreeMap::new(),
        ..Deployment::default()
    }
}

fn thing(id: &str, value: &str) -> String {
    format!("  {id}:\n    Type: Test::Thing\n    Properties: {{Value: {value}}}\n")
}

impl Bench {
    async fn deploy(&self, resources: &str) -> Result<Deployed, DeployError> {
        self.stacks
            .deploy(&deployment(resources), &Progress::none())
            .await
    }

    #[track_caller]
    fn holds(&self, expect: &Json) {
        let things: serde_json::Map<String, Json> = self.things.things().into_iter().collect();
        assert_eq!(&Json::Object(things), expect);
    }

    fn status(&self) -> StackStatus {
        self.stacks.get("s").unwrap().unwrap().status
    }
}

#[tokio::test]
async fn resources_are_made_after_what_they_need_and_get_its_values() {
    let bench = bench();
    let template = thing("B", "!GetAtt A.Arn")
        + &thing("A", "1")
        + &thing("C", "!Sub '${A}/${B}'")
        + "Outputs:\n  O: {Value: !Ref C}\n";
    let deployed = bench.deploy(&template).await.unwrap();
    assert_eq!(bench.things.calls(), ["create A", "create B", "create C"]);
    bench.holds(&json!({"A": 1, "B": "arn:A", "C": "A/B"}));
    assert_eq!(deployed.stack.status, StackStatus::CreateComplete);
    assert_eq!(deployed.stack.state.outputs["O"].value, "C");
}

#[tokio::test]
async fn a_template_that_is_refused_touches_nothing() {
    let bench = bench();
    bench.deploy(&thing("A", "1")).await.unwrap();
    bench.things.calls();
    let cases = [
        (
            "  B: {Type: Test::Other}\n",
            "Template format error: Unrecognized resource types: [Test::Other] (B, line 2)",
        ),
        (
            "  B: {Type: Test::Thing}\n",
            "Properties validation failed for resource B with message: #: required key [Value] not found (B, line 2)",
        ),
        (
            "  B:\n    Type: Test::Thing\n    Properties:\n      Value: 1\n      Valeu: 2\n",
            "Properties validation failed for resource B with message: #: extraneous key [Valeu] is not permitted (B, line 6)",
        ),
        (
            &(thing("B", "!Ref C") + &thing("C", "!Ref B")),
            "Circular dependency between resources: [B, C] (B, line 2)",
        ),
        (
            &thing("B", "!Select [3, [a]]"),
            "Template error: Fn::Select cannot select nonexistent value at index 3 (B, line 4)",
        ),
        (
            &thing("B", "!GetAtt B.Name"),
            "Circular dependency between resources: [B] (B, line 2)",
        ),
        (
            &(thing("B", "!GetAtt C.Name") + &thing("C", "1")),
            "Template error: resource C does not support attribute type Name in Fn::GetAtt (B, line 4)",
        ),
    ];
    for (resources, expect) in cases {
        assert_eq!(
            bench.deploy(resources).await.unwrap_err().to_string(),
            expect
        );
    }
    assert_eq!(bench.things.calls(), [""; 0]);
    assert_eq!(bench.status(), StackStatus::CreateComplete);
}

#[tokio::test]
async fn an_update_changes_what_differs_and_cleans_up_at_the_end() {
    let bench = bench();
    let first = thing("Same", "1")
        + &thing("Changed", "1")
        + &thing("Gone", "1")
        + "  Moved: {Type: Test::Thing, Properties: {Value: 1, Fixed: a}}\n"
        + &thing("User", "!Ref Moved");
    bench.deploy(&first).await.unwrap();
    bench.things.calls();
    let second = thing("Same", "1")
        + &thing("Changed", "2")
        + &thing("New", "1")
        + "  Moved: {Type: Test::Thing, Properties: {Value: 1, Fixed: b}}\n"
        + &thing("User", "!Ref Moved");
    let plan = bench.stacks.plan(&deployment(&second)).await.unwrap();
    let planned: Vec<String> = plan
        .changes
        .iter()
        .map(|change| {
            format!(
                "{:?} {} {}",
                change.action,
                change.logical_id,
                change
                    .properties
                    .iter()
                    .map(|property| property.name.as_str())
                    .collect::<Vec<_>>()
                    .join(",")
            )
        })
        .collect();
    assert_eq!(
        planned,
        [
            "Modify Changed Value",
            "Replace Moved Fixed",
            "Add New ",
            "Modify User Value",
            "Remove Gone "
        ]
    );
    let deployed = bench.deploy(&second).await.unwrap();
    let mut calls = bench.things.calls();
    calls[..3].sort();
    calls[4..].sort();
    assert_eq!(
        calls,
        [
            "create Moved",
            "create New",
            "update Changed",
            "update User",
            "delete Gone",
            "delete Moved-a"
        ]
    );
    assert_eq!(deployed.stack.status, StackStatus::UpdateComplete);
    bench.holds(&json!({"Same": 1, "Changed": 2, "New": 1, "Moved-b": 1, "User": "Moved-b"}));
}

#[tokio::test]
async fn the_same_template_again_does_nothing() {
    let bench = bench();
    bench.deploy(&thing("A", "1")).await.unwrap();
    bench.things.calls();
    let again = bench
        .deploy(&(thing("A", "1") + "Outputs:\n  O: {Value: !Ref A}\n"))
        .await
        .unwrap();
    assert_eq!(again.plan, Plan::default());
    assert_eq!(again.stack.state.outputs["O"].value, "A");
    assert_eq!(bench.things.calls(), [""; 0]);
}

#[tokio::test]
async fn a_creation_that_fails_leaves_nothing_behind() {
    let bench = bench();
    bench.things.break_thing("B");
    let template = thing("A", "1") + &thing("B", "!Ref A") + &thing("C", "!Ref B");
    let error = bench.deploy(&template).await.unwrap_err().to_string();
    assert_eq!(error, "B (line 5): it is broken (ROLLBACK_COMPLETE)");
    assert_eq!(bench.things.calls(), ["create A", "create B", "delete A"]);
    bench.holds(&json!({}));
    bench.things.0.lock().broken.clear();
    let deployed = bench.deploy(&template).await.unwrap();
    assert_eq!(deployed.stack.status, StackStatus::CreateComplete);
}

#[tokio::test]
async fn an_update_that_fails_brings_everything_back() {
    let bench = bench();
    let moved = |fixed: &str| {
        format!("  M: {{Type: Test::Thing, Properties: {{Value: 1, Fixed: {fixed}}}}}\n")
    };
    bench
        .deploy(&(thing("A", "1") + &moved("a") + &thing("Z", "!Sub '${A}${M}'")))
        .await
        .unwrap();
    bench.things.break_thing("Z");
    let error = bench
        .deploy(
            &(thing("A", "2")
                + &moved("b")
                + &thing("New", "1")
                + &thing("Z", "!Sub '${A}${M}${New}'")),
        )
        .await
        .unwrap_err();
    let DeployError::Failed {
        resource, status, ..
    } = error
    else {
        panic!("{error}")
    };
    // Z itself cannot be updated back either.
    assert_eq!(
        (resource.as_str(), status),
        ("Z", StackStatus::UpdateRollbackFailed)
    );
    bench.holds(&json!({"A": 1, "M-a": 1, "Z": "AM-a"}));
    bench.things.0.lock().broken.clear();
    bench
        .deploy(&(thing("A", "1") + &moved("a") + &thing("Z", "!Sub '${A}${M}'")))
        .await
        .unwrap();
    bench.holds(&json!({"A": 1, "M-a": 1, "Z": "AM-a"}));
    assert_eq!(bench.status(), StackStatus::UpdateComplete);
}

#[tokio::test]
async fn a_replacement_that_fails_leaves_the_old_resource() {
    let bench = bench();
    let moved = |fixed: &str| {
        format!(
            "  M: {{Type: Test::Thing, DeletionPolicy: Retain, Properties: {{Value: 1, Fixed: {fixed}}}}}\n"
        )
    };
    bench.deploy(&moved("a")).await.unwrap();
    bench.things.break_thing("M");
    let error = bench.deploy(&moved("b")).await.unwrap_err().to_string();
    assert_eq!(error, "M (line 2): it is broken (UPDATE_ROLLBACK_COMPLETE)");
    let stack = bench.stacks.get("s").unwrap().unwrap();
    assert_eq!(
        stack.state.resources["M"].physical_id.as_deref(),
        Some("M-a")
    );
    bench.holds(&json!({"M-a": 1}));
}

#[tokio::test]
async fn a_deletion_goes_backwards_and_keeps_what_shall_be_kept() {
    let bench = bench();
    let kept = "  K: {Type: Test::Thing, DeletionPolicy: Retain, Properties: {Value: 1}}\n";
    bench
        .deploy(&(thing("A", "1") + &thing("B", "!Ref A") + kept))
        .await
        .unwrap();
    bench.things.calls();
    bench.stacks.delete("s", &Progress::none()).await.unwrap();
    assert_eq!(bench.things.calls(), ["delete B", "delete A"]);
    bench.holds(&json!({"K": 1}));
    assert_eq!(bench.stacks.get("s").unwrap(), None);
    assert!(matches!(
        bench.stacks.delete("s", &Progress::none()).await,
        Err(DeployError::NoSuchStack { .. })
    ));
}

#[tokio::test]
async fn what_cannot_be_deleted_keeps_its_stack_and_all_that_it_needs() {
    let bench = bench();
    bench
        .deploy(&(thing("A", "1") + &thing("B", "!Ref A")))
        .await
        .unwrap();
    bench.things.break_thing("B");
    let error = bench
        .stacks
        .delete("s", &Progress::none())
        .await
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        "stack s cannot be deleted: The following resource(s) failed to delete: [B]. "
    );
    assert_eq!(bench.status(), StackStatus::DeleteFailed);
    bench.holds(&json!({"A": 1, "B": "A"}));
}

#[tokio::test]
async fn events_are_told_in_order_with_increasing_times() {
    let bench = bench();
    let told = Arc::new(Mutex::new(Vec::new()));
    let sink = told.clone();
    let progress = Progress::new(move |event| {
        sink.lock()
            .push(format!("{} {}", event.logical_id, event.status));
    });
    let deployed = bench
        .stacks
        .deploy(&deployment(&thing("A", "1")), &progress)
        .await
        .unwrap();
    assert_eq!(
        *told.lock(),
        [
            "s CREATE_IN_PROGRESS",
            "A CREATE_IN_PROGRESS",
            "A CREATE_IN_PROGRESS",
            "A CREATE_COMPLETE",
            "s CREATE_COMPLETE"
        ]
    );
    let events = bench.stacks.events(&deployed.stack).unwrap();
    assert_eq!(events.len(), 5);
    assert_eq!(events[2].physical_id.as_deref(), Some("A"));
    assert!(events.is_sorted_by(|left, right| left.timestamp_millis < right.timestamp_millis));
}

/// Ends an operation in the middle, as a crash does: the future is dropped at the first event that matches.
async fn crash(bench: &Bench, resources: &str, at: &'static str) {
    let (sender, mut receiver) = tokio::sync::mpsc::channel::<()>(64);
    let progress = Progress::new(move |event| {
        if format!("{} {}", event.logical_id, event.status) == at {
            let _ = sender.try_send(());
        }
    });
    let deployment = deployment(resources);
    tokio::select! {
        biased;
        _ = receiver.recv() => {}
        outcome = bench.stacks.deploy(&deployment, &progress) => panic!("no crash: {outcome:?}"),
    }
}

#[tokio::test]
async fn an_interrupted_creation_is_undone_at_start() {
    let bench = bench();
    crash(
        &bench,
        &(thing("A", "1") + &thing("B", "!Ref A")),
        "B CREATE_IN_PROGRESS",
    )
    .await;
    assert_eq!(bench.status(), StackStatus::CreateInProgress);
    let restarted = stacks(&bench.store, &bench.things);
    restarted.recover(&Progress::none()).await.unwrap();
    assert_eq!(
        restarted.get("s").unwrap().unwrap().status,
        StackStatus::RollbackComplete
    );
    assert!(!bench.things.things().iter().any(|(id, _)| id == "A"));
}

#[tokio::test]
async fn an_interrupted_update_is_turned_back_at_start() {
    let bench = bench();
    bench
        .deploy(&(thing("A", "1") + &thing("B", "!Ref A")))
        .await
        .unwrap();
    crash(
        &bench,
        &(thing("A", "2") + &thing("B", "!Sub '${A}!'") + &thing("New", "1")),
        "B UPDATE_IN_PROGRESS",
    )
    .await;
    let restarted = stacks(&bench.store, &bench.things);
    restarted.recover(&Progress::none()).await.unwrap();
    assert_eq!(
        restarted.get("s").unwrap().unwrap().status,
        StackStatus::UpdateRollbackComplete
    );
    bench.holds(&json!({"A": 1, "B": "A"}));
}

#[tokio::test]
async fn an_interrupted_deletion_goes_on_at_start() {
    let bench = bench();
    bench
        .deploy(&(thing("A", "1") + &thing("B", "!Ref A")))
        .await
        .unwrap();
    let mut stack = bench.stacks.get("s").unwrap().unwrap();
    stack.status = StackStatus::DeleteInProgress;
    STACKS.put(&*bench.store, "s", stack).await.unwrap();
    let restarted = stacks(&bench.store, &bench.things);
    restarted.recover(&Progress::none()).await.unwrap();
    assert_eq!(restarted.get("s").unwrap(), None);
    bench.holds(&json!({}));
}

#[tokio::test]
async fn an_interrupted_cleanup_goes_on_at_start() {
    let bench = bench();
    let moved = |fixed: &str| {
        format!("  M: {{Type: Test::Thing, Properties: {{Value: 1, Fixed: {fixed}}}}}\n")
    };
    bench.deploy(&moved("a")).await.unwrap();
    crash(&bench, &moved("b"), "s UPDATE_COMPLETE_CLEANUP_IN_PROGRESS").await;
    let status = StackStatus::UpdateCompleteCleanupInProgress;
    assert_eq!(bench.status(), status);
    let restarted = stacks(&bench.store, &bench.things);
    restarted.recover(&Progress::none()).await.unwrap();
    let stack = restarted.get("s").unwrap().unwrap();
    assert_eq!(stack.status, StackStatus::UpdateComplete);
    assert_eq!(stack.operation, None);
    bench.holds(&json!({"M-b": 1}));
}

#[tokio::test]
async fn two_operations_on_one_stack_exclude_each_other() {
    let bench = bench();
    let occupied = bench.stacks.occupy("s").unwrap();
    let error = bench.deploy(&thing("A", "1")).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Stack:s is in CREATE_IN_PROGRESS state and can not be updated."
    );
    drop(occupied);
    bench.deploy(&thing("A", "1")).await.unwrap();
}

#[tokio::test]
async fn exports_of_one_stack_are_values_of_another() {
    let bench = bench();
    bench
        .deploy(&(thing("A", "1") + "Outputs:\n  O: {Value: !Ref A, Export: {Name: shared}}\n"))
        .await
        .unwrap();
    let mut other = deployment(&thing("B", "!ImportValue shared"));
    other.stack_name = "other".into();
    bench
        .stacks
        .deploy(&other, &Progress::none())
        .await
        .unwrap();
    bench.holds(&json!({"A": 1, "B": "A"}));
    let mut clash =
        deployment(&(thing("C", "1") + "Outputs:\n  O: {Value: !Ref C, Export: {Name: shared}}\n"));
    clash.stack_name = "clash".into();
    let error = bench
        .stacks
        .deploy(&clash, &Progress::none())
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("Export with name shared is already exported by stack s."),
        "{error}"
    );
}
