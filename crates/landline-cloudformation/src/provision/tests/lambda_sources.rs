//! What calls a function beside its API.

use super::*;

const UUID: &str = "11111111-2222-3333-4444-555555555555";

fn with_mappings(builder: &mut DispatcherBuilder, calls: &Calls) {
    let mapping = |state: &str| {
        Ok(lambda::EventSourceMappingConfiguration {
            uuid: Some(UUID.into()),
            state: Some(state.into()),
            ..Default::default()
        })
    };
    answer::<lambda::CreateEventSourceMapping>(builder, calls, move |input| {
        let arn = input.event_source_arn.clone().unwrap_or_default();
        let note = format!("{arn} {} {:?}", input.function_name, input.batch_size);
        (note, mapping("Creating"))
    });
    answer::<lambda::GetEventSourceMapping>(builder, calls, move |_| {
        (String::new(), mapping("Enabled"))
    });
    answer::<lambda::UpdateEventSourceMapping>(builder, calls, move |input| {
        let note = format!("{} {:?} {:?}", input.uuid, input.batch_size, input.enabled);
        (note, mapping("Updating"))
    });
    answer::<lambda::DeleteEventSourceMapping>(builder, calls, move |input| {
        (input.uuid.clone(), mapping("Deleting"))
    });
}

fn template(properties: &str) -> String {
    format!(
        "Resources:\n  M:\n    Type: AWS::Lambda::EventSourceMapping\n    Properties: {{FunctionName: f, EventSourceArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/1', StartingPosition: LATEST{properties}}}\n"
    )
}

#[tokio::test]
async fn a_mapping_is_made_changed_and_deleted() {
    let cloud = cloud_with(with_mappings);
    let made = cloud.deploy(&template(", BatchSize: '7'"), None).await;
    let id = &made.unwrap().stack.state.resources["M"].physical_id;
    assert_eq!(id.as_deref(), Some(UUID));
    let arn = "arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/1";
    assert_eq!(
        cloud.calls(),
        [
            format!("CreateEventSourceMapping {arn} f Some(7)"),
            "GetEventSourceMapping".to_owned(),
        ]
    );
    cloud
        .deploy(&template(", Enabled: false"), None)
        .await
        .unwrap();
    assert_eq!(
        cloud.calls()[0],
        format!("UpdateEventSourceMapping {UUID} Some(100) Some(false)")
    );
    cloud
        .deploy("Resources: {X: {Type: 'AWS::CDK::Metadata'}}\n", None)
        .await
        .unwrap();
    assert_eq!(cloud.calls(), [format!("DeleteEventSourceMapping {UUID}")]);
}
