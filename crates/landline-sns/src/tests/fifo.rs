//! FIFO topics: order, groups, repetitions.

use super::*;

const FIFO_QUEUE: &str = "arn:aws:sqs:eu-west-1:000000000000:jobs.fifo";
const FIFO: [(&str, &str); 1] = [("FifoTopic", "true")];

fn in_group(topic: &str, text: &str, group: &str, id: &str) -> api::PublishInput {
    api::PublishInput {
        message_group_id: Some(group.to_owned()),
        message_deduplication_id: Some(id.to_owned()),
        ..message(topic, text)
    }
}

#[tokio::test]
async fn messages_of_a_group_go_out_in_order_even_if_one_is_refused_for_a_while() {
    let fixture = Fixture::new();
    let topic = fixture.create("news.fifo", &FIFO).await;
    let raw = [("RawMessageDelivery", "true")];
    fixture.subscribe(&topic, ("sqs", FIFO_QUEUE), &raw).await;
    let later = ServiceError::new("Throttled", 429, "Rate exceeded");
    fixture.world.refusals.lock().push_back(later);
    for text in ["1", "2", "3"] {
        let input = in_group(&topic, text, "g", text);
        fixture.call::<api::Publish>(input).await.unwrap();
    }
    assert_eq!(fixture.world.bodies(3).await, ["1", "2", "3"]);
    let told = fixture.world.wait_for(3).await;
    let Told::Queue(sent) = &told[0] else {
        panic!("{told:?}");
    };
    assert_eq!(sent.message_group_id.as_deref(), Some("g"));
    assert_eq!(sent.message_deduplication_id.as_deref(), Some("1"));
}

#[tokio::test]
async fn a_repetition_within_five_minutes_is_answered_and_not_sent() {
    let fixture = Fixture::new();
    let topic = fixture.create("news.fifo", &FIFO).await;
    let raw = [("RawMessageDelivery", "true")];
    fixture.subscribe(&topic, ("sqs", FIFO_QUEUE), &raw).await;
    let publish = async |text: &str| {
        let input = in_group(&topic, text, "g", "same");
        fixture.call::<api::Publish>(input).await.unwrap()
    };
    let first = publish("one").await;
    assert_eq!(publish("two").await, first);
    fixture.clock.advance(Duration::from_secs(301));
    assert_ne!(publish("three").await, first);
    assert_eq!(fixture.world.bodies(2).await, ["one", "three"]);
}

#[tokio::test]
async fn a_fifo_topic_asks_for_a_group_and_a_way_to_tell_repetitions() {
    let fixture = Fixture::new();
    let topic = fixture.create("news.fifo", &FIFO).await;
    let refused = fixture.call::<api::Publish>(message(&topic, "x")).await;
    assert!(refused.unwrap_err().message.contains("MessageGroupId"));
    let mut input = in_group(&topic, "x", "g", "");
    input.message_deduplication_id = None;
    let refused = fixture.call::<api::Publish>(input).await.unwrap_err();
    assert!(refused.message.contains("ContentBasedDeduplication"));
    let refused = fixture.try_subscribe(&topic, ("lambda", FUNCTION), &[]);
    assert!(refused.await.is_err());
}
