//! The last step of a message: a function, a queue or a web server is told.
//!
//! <https://docs.aws.amazon.com/sns/latest/dg/sns-event-destinations.html>

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue, USER_AGENT};
use http::{Method, Request, StatusCode};
use landline_api::{lambda, sqs};
use landline_wire::dispatcher::BoxFuture;
use landline_wire::{Arn, Caller, Dispatcher, ServiceError};
use tokio::time::timeout;

use crate::attributes::Protocol;
use crate::message::{AttributeRecord, Links, MessageRecord};
use crate::quotas::{RAW_ATTRIBUTES_MAX, WEB_TIMEOUT};
use crate::topic::Subscription;

/// Sends requests to web servers.
pub trait Web: Send + Sync + std::fmt::Debug + 'static {
    /// Sends one request, and gives the status of its answer or why there is none. The caller bounds the time.
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<StatusCode, String>>;
}

/// Why an attempt failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Another attempt may succeed.
    Passing(String),
    /// None will: the endpoint is gone, or its policy lets nobody in.
    Lasting(String),
}

impl Failure {
    pub(crate) fn reason(&self) -> &str {
        let (Self::Passing(reason) | Self::Lasting(reason)) = self;
        reason
    }
}

impl From<ServiceError> for Failure {
    fn from(error: ServiceError) -> Self {
        let is_lasting = error.is_client_fault() && error.status != 429;
        if is_lasting {
            Self::Lasting(error.to_string())
        } else {
            Self::Passing(error.to_string())
        }
    }
}

/// A topic as who calls: the service, on behalf of the topic.
pub(crate) fn caller_of(topic_arn: &str) -> Caller {
    let arn = Arn::parse(topic_arn);
    let (account, region) = arn.map_or(("", ""), |arn| (arn.account_id, arn.region));
    Caller::root(account, region).service("sns.amazonaws.com", topic_arn)
}

pub(crate) async fn to_function(
    dispatcher: &Dispatcher,
    subscription: &Subscription,
    message: &MessageRecord,
    links: Links<'_>,
) -> Result<(), Failure> {
    let input = lambda::InvokeInput {
        function_name: subscription.record.endpoint.clone(),
        invocation_type: Some(lambda::InvocationType::Event),
        payload: Some(message.event(links).to_string().into()),
        ..Default::default()
    };
    let caller = caller_of(&message.topic_arn);
    dispatcher.call::<lambda::Invoke>(input, &caller).await?;
    Ok(())
}

/// To a subscriber, and to the queue of what a subscriber did not take.
pub(crate) async fn to_queue(
    dispatcher: &Dispatcher,
    queue_arn: &str,
    subscription: &Subscription,
    message: &MessageRecord,
    links: Links<'_>,
) -> Result<(), Failure> {
    let protocol = subscription.record.protocol.as_str();
    let (body, attributes) = if subscription.is_raw {
        if message.attributes.len() > RAW_ATTRIBUTES_MAX {
            let reason = "a queue takes no more than ten attributes with a raw message";
            return Err(Failure::Lasting(reason.to_owned()));
        }
        let attributes = message.attributes.iter();
        let attributes = attributes.map(|(name, value)| (name.clone(), of_queue(value)));
        let text = message.text_for(protocol).to_owned();
        (text, Some(attributes.collect()))
    } else {
        (message.envelope(protocol, links), None)
    };
    let is_fifo = queue_arn
        .rsplit_once('.')
        .is_some_and(|(_, end)| end == "fifo");
    let input = sqs::SendMessageInput {
        queue_url: queue_url(queue_arn),
        message_body: body,
        message_attributes: attributes,
        message_group_id: message.group.clone(),
        message_deduplication_id: message.deduplication_id.clone().filter(|_| is_fifo),
        ..Default::default()
    };
    let caller = caller_of(&message.topic_arn);
    dispatcher.call::<sqs::SendMessage>(input, &caller).await?;
    Ok(())
}

fn of_queue(attribute: &AttributeRecord) -> sqs::MessageAttributeValue {
    sqs::MessageAttributeValue {
        // A queue knows no arrays.
        data_type: match attribute.data_type.as_str() {
            "String.Array" => "String".to_owned(),
            other => other.to_owned(),
        },
        string_value: attribute.text().map(str::to_owned),
        binary_value: attribute.binary(),
        ..Default::default()
    }
}

/// The URL of the queue with this ARN, at AWS's address: only the name at its end counts.
fn queue_url(arn: &str) -> String {
    let Some(arn) = Arn::parse(arn) else {
        return arn.to_owned();
    };
    let (region, account, name) = (arn.region, arn.account_id, arn.resource);
    format!("https://sqs.{region}.amazonaws.com/{account}/{name}")
}

pub(crate) async fn to_web(
    web: &dyn Web,
    subscription: &Subscription,
    message: &MessageRecord,
    links: Links<'_>,
) -> Result<(), Failure> {
    let protocol = subscription.record.protocol.as_str();
    let body = if subscription.is_raw {
        message.text_for(protocol).to_owned()
    } else {
        message.envelope(protocol, links)
    };
    let about = About {
        kind: "Notification",
        message_id: &message.id,
        topic_arn: &message.topic_arn,
    };
    send(web, subscription, &about, body).await
}

/// What the headers say of a request.
pub(crate) struct About<'a> {
    pub(crate) kind: &'static str,
    pub(crate) message_id: &'a str,
    pub(crate) topic_arn: &'a str,
}

/// <https://docs.aws.amazon.com/sns/latest/dg/http-header.html>
pub(crate) async fn send(
    web: &dyn Web,
    subscription: &Subscription,
    about: &About<'_>,
    body: String,
) -> Result<(), Failure> {
    debug_assert!(matches!(
        subscription.record.protocol,
        Protocol::Http | Protocol::Https
    ));
    let Ok(mut request) = Request::builder()
        .method(Method::POST)
        .uri(&subscription.record.endpoint)
        .header(CONTENT_TYPE, "text/plain; charset=UTF-8")
        .header(USER_AGENT, "Amazon Simple Notification Service Agent")
        .body(Bytes::from(body))
    else {
        return Err(Failure::Lasting("the endpoint is no URL".to_owned()));
    };
    let is_notification = about.kind == "Notification";
    let headers = [
        ("x-amz-sns-message-type", Some(about.kind)),
        ("x-amz-sns-message-id", Some(about.message_id)),
        ("x-amz-sns-topic-arn", Some(about.topic_arn)),
        (
            "x-amz-sns-subscription-arn",
            is_notification.then_some(subscription.arn.as_str()),
        ),
        (
            "x-amz-sns-rawdelivery",
            (is_notification && subscription.is_raw).then_some("true"),
        ),
    ];
    for (name, value) in headers {
        if let Some(Ok(value)) = value.map(HeaderValue::from_str) {
            let name = HeaderName::from_static(name);
            request.headers_mut().insert(name, value);
        }
    }
    match timeout(WEB_TIMEOUT, web.send(request)).await {
        Ok(Ok(status)) if status.is_success() => Ok(()),
        // A web server that is being set up refuses as well: only the retries say when to give up.
        Ok(Ok(status)) => Err(Failure::Passing(format!("answered {status}"))),
        Ok(Err(reason)) => Err(Failure::Passing(reason)),
        Err(_) => Err(Failure::Passing("gave no answer in time".to_owned())),
    }
}
