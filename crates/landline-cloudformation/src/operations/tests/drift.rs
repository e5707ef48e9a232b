//! Drift: things that somebody else changed.

use api::{StackDriftStatus, StackResourceDriftStatus};
use serde_json::json;

use super::*;

impl Bench {
    async fn detect(&self) -> api::DescribeStackDriftDetectionStatusOutput {
        let input = api::DetectStackDriftInput {
            stack_name: "s".to_owned(),
            logical_resource_ids: None,
        };
        let detected = self.call::<api::DetectStackDrift>(input).await.unwrap();
        let input = api::DescribeStackDriftDetectionStatusInput {
            stack_drift_detection_id: detected.stack_drift_detection_id,
        };
        let status = self.call::<api::DescribeStackDriftDetectionStatus>(input);
        status.await.unwrap()
    }

    async fn drifts(
        &self,
        filter: Option<StackResourceDriftStatus>,
    ) -> Vec<api::StackResourceDrift> {
        let input = api::DescribeStackResourceDriftsInput {
            stack_name: "s".to_owned(),
            stack_resource_drift_status_filters: filter.map(|status| vec![status]),
            ..Default::default()
        };
        let drifts = self.call::<api::DescribeStackResourceDrifts>(input).await;
        drifts.unwrap().stack_resource_drifts
    }

    async fn drift_status(&self) -> StackDriftStatus {
        let stack = self.describe("s").await.unwrap();
        stack.drift_information.unwrap().stack_drift_status
    }
}

#[tokio::test]
async fn a_detection_tells_what_others_changed_and_deleted() {
    let bench = bench();
    let template = thing("A", "1") + &resource("B", "2") + &resource("C", "3");
    bench.create(&template).await.unwrap();
    assert_eq!(bench.drift_status().await, StackDriftStatus::NotChecked);
    assert_eq!(bench.drifts(None).await.len(), 0);
    let found = bench.detect().await;
    assert_eq!(found.stack_drift_status, Some(StackDriftStatus::InSync));
    assert_eq!(found.drifted_stack_resource_count, Some(0));
    {
        let mut world = bench.things.0.lock();
        world.things.insert("A".to_owned(), json!({"Value": 7}));
        world.things.remove("B");
    }
    let found = bench.detect().await;
    assert_eq!(
        found.detection_status,
        api::StackDriftDetectionStatus::DetectionComplete
    );
    assert_eq!(found.drifted_stack_resource_count, Some(2));
    assert_eq!(bench.drift_status().await, StackDriftStatus::Drifted);
    let modified = bench.drifts(Some(StackResourceDriftStatus::Modified)).await;
    assert_eq!(modified.len(), 1);
    assert_eq!(
        modified[0].actual_properties.as_deref(),
        Some("{\"Value\":7}")
    );
    let differences = modified[0].property_differences.as_ref().unwrap();
    assert_eq!(differences[0].property_path, "/Value");
    assert_eq!(differences[0].expected_value, "1");
    assert_eq!(differences[0].actual_value, "7");
    let deleted = bench.drifts(Some(StackResourceDriftStatus::Deleted)).await;
    assert_eq!(deleted[0].logical_resource_id, "B");
    assert_eq!(deleted[0].expected_properties, None);
}

#[tokio::test]
async fn what_its_stack_changed_since_is_not_checked() {
    let bench = bench();
    bench.create(&thing("A", "1")).await.unwrap();
    bench.detect().await;
    bench.update(&thing("A", "2")).await.unwrap();
    assert_eq!(bench.detect().await.drifted_stack_resource_count, Some(0));
    let input = api::DetectStackResourceDriftInput {
        stack_name: "s".to_owned(),
        logical_resource_id: "A".to_owned(),
    };
    let one = bench.call::<api::DetectStackResourceDrift>(input).await;
    assert_eq!(
        one.unwrap()
            .stack_resource_drift
            .stack_resource_drift_status,
        StackResourceDriftStatus::InSync
    );
    let unknown = api::DetectStackResourceDriftInput {
        stack_name: "s".to_owned(),
        logical_resource_id: "X".to_owned(),
    };
    refused(
        bench.call::<api::DetectStackResourceDrift>(unknown).await,
        "ValidationError",
        "Resource X does not exist for stack s",
    );
}
