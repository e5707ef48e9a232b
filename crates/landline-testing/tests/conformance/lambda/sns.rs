//! Invoking Lambda functions with Amazon SNS notifications.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html>

use http::Method;
use landline_api::apigatewayv2::{CreateIntegrationInput, IntegrationType};
use landline_api::sns as api;
use landline_testing::{Node, Ways, WebServer};
use serde_json::{Value, json};

/// Makes a topic whose messages a function gets, and gives its ARN.
async fn create_topic(node: &Node, protocol: &str, endpoint: String) -> String {
    let input = api::CreateTopicInput {
        name: "news".to_owned(),
        ..Default::default()
    };
    let made = node.call::<api::CreateTopic>(input).await;
    let topic_arn = made.topic_arn.unwrap();
    node.call::<api::Subscribe>(api::SubscribeInput {
        topic_arn: topic_arn.clone(),
        protocol: protocol.to_owned(),
        endpoint: Some(endpoint),
        ..Default::default()
    })
    .await;
    topic_arn
}

async fn publish(node: &Node, topic: &str, text: &str) {
    let input = api::PublishInput {
        topic_arn: Some(topic.to_owned()),
        message: text.to_owned(),
        ..Default::default()
    };
    node.call::<api::Publish>(input).await;
}

#[tokio::test]
async fn a_notification_calls_the_function_and_the_function_the_socket() {
    let node = Node::start().await;
    let topic = create_topic(&node, "lambda", node.function_arn("tell")).await;
    let api = node.api().two_way_route("$default", "who").deploy().await;
    node.functions.script("who", |event| {
        let id = &event["requestContext"]["connectionId"];
        landline_testing::Answer::Returns(json!({ "statusCode": 200, "body": id }))
    });
    let mut client = api.connect().await;
    client.send("who am I").await;
    let id = client.text().await;
    publish(&node, &topic, &id).await;
    let calls = node.functions.wait_for("tell", 1).await;
    assert_eq!(calls[0].source_arn.as_deref(), Some(topic.as_str()));
    let sns = &calls[0].event["Records"][0]["Sns"];
    let told = sns["Message"].as_str().unwrap();
    node.post(told, "from the topic").await.unwrap();
    assert_eq!(client.text().await, "from the topic");
}

#[tokio::test]
async fn a_message_is_published_without_a_function() {
    let node = Node::start().await;
    let topic = create_topic(&node, "lambda", node.function_arn("tell")).await;
    let topic_arn = (
        "integration.request.querystring.TopicArn",
        format!("'{topic}'"),
    );
    let text = "Message=$util.urlEncode($input.path('$.text'))";
    let region = topic.split(':').nth(3).unwrap();
    let integration = |place: &str| CreateIntegrationInput {
        integration_type: IntegrationType::Aws,
        integration_method: Some("POST".to_owned()),
        integration_uri: Some(format!("arn:aws:apigateway:{region}:sns:{place}")),
        credentials_arn: Some("arn:aws:iam::123456789012:role/r".to_owned()),
        ..Default::default()
    };
    let by_action = CreateIntegrationInput {
        request_parameters: Some([(topic_arn.0.to_owned(), topic_arn.1)].into()),
        request_templates: Some([("$default".to_owned(), text.to_owned())].into()),
        ..integration("action/Publish")
    };
    // The whole request in a template, as authors write it for services with forms.
    let form = format!("Action=Publish&TopicArn=$util.urlEncode('{topic}')&{text}");
    let content_type = (
        "integration.request.header.Content-Type",
        "'application/x-www-form-urlencoded'",
    );
    let by_path = CreateIntegrationInput {
        request_parameters: Some([(content_type.0.to_owned(), content_type.1.to_owned())].into()),
        request_templates: Some([("$default".to_owned(), form)].into()),
        ..integration("path//")
    };
    let api = node
        .api()
        .integration("action", Ways::One, by_action, &[])
        .integration("path", Ways::One, by_path, &[]);
    let mut client = api.deploy().await.connect().await;
    for (number, action) in ["action", "path"].into_iter().enumerate() {
        client
            .send_json(&json!({ "action": action, "text": action }))
            .await;
        let calls = node.functions.wait_for("tell", number + 1).await;
        assert_eq!(calls[number].event["Records"][0]["Sns"]["Message"], action);
    }
}

#[tokio::test]
async fn a_web_server_confirms_by_the_url_alone() {
    let node = Node::owned_by("AKIAOWNER", "secret").await;
    let server = WebServer::start().await;
    let topic = create_topic(&node, "http", format!("{}/hook", server.url)).await;
    let requests = async || {
        loop {
            let requests = server.take_requests();
            if !requests.is_empty() {
                return requests;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    let asked: Value = serde_json::from_slice(requests().await[0].body()).unwrap();
    let url = asked["SubscribeURL"].as_str().unwrap();
    let path = url
        .strip_prefix(&format!("http://{}", node.address))
        .unwrap();
    let answer = node
        .unsigned_http(Method::GET, path, http::HeaderMap::new(), "")
        .await;
    assert_eq!(answer.status(), 200, "{:?}", answer.body());
    publish(&node, &topic, "hello").await;
    let told: Value = serde_json::from_slice(requests().await[0].body()).unwrap();
    assert_eq!(told["Message"], "hello");
    // Nobody does anything else without a signature.
    let path = format!("/?Action=DeleteTopic&Version=2010-03-31&TopicArn={topic}");
    let refused = node
        .unsigned_http(Method::GET, &path, http::HeaderMap::new(), "")
        .await;
    assert_eq!(refused.status(), 403);
}

#[tokio::test]
async fn a_message_that_was_accepted_goes_out_after_a_restart() {
    let node = Node::start().await;
    // Lambda says that it has too much to do, until the next start.
    let busy = landline_wire::ServiceError::new("TooManyRequestsException", 429, "Rate Exceeded.");
    node.functions
        .answers("tell", landline_testing::Answer::Refused(busy));
    let topic = create_topic(&node, "lambda", node.function_arn("tell")).await;
    publish(&node, &topic, "kept").await;
    let node = node.restart().await;
    let calls = node.functions.wait_for("tell", 1).await;
    assert_eq!(calls[0].event["Records"][0]["Sns"]["Message"], "kept");
}
