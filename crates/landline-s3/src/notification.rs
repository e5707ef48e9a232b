//! Notifications: who is told that an object came or went, by a bucket's configuration.
//!
//! Queues, topics, functions and the event bus are told before the caller has its answer, so that what was answered is told; S3
//! itself takes a moment longer. See
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html>.

use landline_api::{events, lambda, sns, sqs};
use landline_wire::protocol::xml_reader::{self, Element};
use landline_wire::{Arn, Caller, ServiceError, request_id};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::bucket::Bucket;
use crate::index::record::Version;
use crate::index::versions::Written;
use crate::service::S3;

/// What became of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    Put,
    Post,
    Copy,
    CompleteMultipartUpload,
    Delete,
    DeleteMarkerCreated,
}

impl Event {
    /// Without `s3:`.
    fn name(self) -> &'static str {
        match self {
            Self::Put => "ObjectCreated:Put",
            Self::Post => "ObjectCreated:Post",
            Self::Copy => "ObjectCreated:Copy",
            Self::CompleteMultipartUpload => "ObjectCreated:CompleteMultipartUpload",
            Self::Delete => "ObjectRemoved:Delete",
            Self::DeleteMarkerCreated => "ObjectRemoved:DeleteMarkerCreated",
        }
    }

    /// The operation that EventBridge is told.
    fn reason(self) -> &'static str {
        match self {
            Self::Put => "PutObject",
            Self::Post => "POST Object",
            Self::Copy => "CopyObject",
            Self::CompleteMultipartUpload => "CompleteMultipartUpload",
            Self::Delete | Self::DeleteMarkerCreated => "DeleteObject",
        }
    }

    /// How an object went, if it went.
    fn deletion_type(self) -> Option<&'static str> {
        match self {
            Self::Delete => Some("Permanently Deleted"),
            Self::DeleteMarkerCreated => Some("Delete Marker Created"),
            _ => None,
        }
    }

    /// Whether `s3:ObjectCreated:*` or a name of its own means it.
    fn is_meant(self, wanted: &str) -> bool {
        let wanted = wanted.strip_prefix("s3:").unwrap_or(wanted);
        match wanted.strip_suffix('*') {
            Some(beginning) => self.name().starts_with(beginning),
            None => self.name() == wanted,
        }
    }
}

/// One who is told, and of what.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Target {
    id: String,
    arn: String,
    events: Vec<String>,
    prefix: String,
    suffix: String,
}

impl Target {
    fn wants(&self, event: Event, key: &str) -> bool {
        let is_meant = self.events.iter().any(|wanted| event.is_meant(wanted));
        is_meant && key.starts_with(&self.prefix) && key.ends_with(&self.suffix)
    }
}

/// The targets of a `NotificationConfiguration`.
fn targets(document: &str) -> Vec<Target> {
    let Ok(document) = xml_reader::parse(document) else {
        return Vec::new();
    };
    let kinds = [
        ("QueueConfiguration", "Queue"),
        ("TopicConfiguration", "Topic"),
        ("CloudFunctionConfiguration", "CloudFunction"),
    ];
    let mut all = Vec::new();
    for (element, arn) in kinds {
        for configured in document.all(element) {
            if let Some(arn) = configured.text_of(arn) {
                all.push(target(configured, arn));
            }
        }
    }
    all
}

/// Whether the default event bus is told of everything.
fn is_for_event_bus(document: &str) -> bool {
    xml_reader::parse(document).is_ok_and(|it| it.child("EventBridgeConfiguration").is_some())
}

fn target(configured: &Element, arn: &str) -> Target {
    let key = configured.child("Filter").and_then(|it| it.child("S3Key"));
    let rules: Vec<&Element> = key
        .into_iter()
        .flat_map(|key| key.all("FilterRule"))
        .collect();
    let rule = |wanted: &str| {
        let mut rules = rules.iter().copied();
        let is_wanted = |rule: &&Element| {
            let name = rule.text_of("Name");
            name.is_some_and(|name| name.eq_ignore_ascii_case(wanted))
        };
        let found = rules.find(is_wanted).and_then(|rule| rule.text_of("Value"));
        found.unwrap_or_default().to_owned()
    };
    let id = configured.text_of("Id").map(str::to_owned);
    Target {
        id: id.unwrap_or_else(|| arn.rsplit(':').next().unwrap_or_default().to_owned()),
        arn: arn.to_owned(),
        events: configured.all("Event").map(|it| it.text.clone()).collect(),
        prefix: rule("prefix"),
        suffix: rule("suffix"),
    }
}

impl S3 {
    /// Tells everybody whom the bucket's configuration names. A failure is logged: the object is written by now.
    pub(crate) async fn notify(
        &self,
        bucket: &Bucket,
        key: &str,
        event: Event,
        written: &Written,
        version: Option<&Version>,
    ) {
        let Some(document) = bucket.settings.get("notification") else {
            return;
        };
        if is_for_event_bus(document) {
            let detail = self.detail(bucket, key, event, written, version);
            if let Err(error) = self.tell_event_bus(bucket, event, &detail).await {
                tracing::warn!(bucket = bucket.name, target = "EventBridge", %error, "a notification is lost");
            }
        }
        for target in targets(document) {
            if !target.wants(event, key) {
                continue;
            }
            let record = self.record(bucket, key, event, written, version, &target.id);
            let told = json!({ "Records": [record] });
            if let Err(error) = self.tell(bucket, &target.arn, &told).await {
                tracing::warn!(bucket = bucket.name, target = target.arn, %error, "a notification is lost");
            }
        }
    }

    fn record(
        &self,
        bucket: &Bucket,
        key: &str,
        event: Event,
        written: &Written,
        version: Option<&Version>,
        configuration_id: &str,
    ) -> Value {
        let now = self.config.clock.now();
        let owner = &self.config.account_id;
        let mut object = json!({
            "key": encoded(key),
            "sequencer": format!("{:018X}", now.as_millis()),
        });
        if let Some(stored) = version.and_then(|version| version.object.as_ref()) {
            object["size"] = stored.size.into();
            object["eTag"] = stored.etag.clone().into();
        }
        if let Some(id) = &written.version_id {
            object["versionId"] = id.clone().into();
        }
        json!({
            "eventVersion": "2.1",
            "eventSource": "aws:s3",
            "awsRegion": bucket.region,
            "eventTime": now.iso8601_millis(),
            "eventName": event.name(),
            "userIdentity": { "principalId": format!("AWS:{owner}") },
            "requestParameters": { "sourceIPAddress": "127.0.0.1" },
            "responseElements": {
                "x-amz-request-id": request_id::random_text(b"0123456789ABCDEF", 16),
                "x-amz-id-2": request_id::uuid(),
            },
            "s3": {
                "s3SchemaVersion": "1.0",
                "configurationId": configuration_id,
                "bucket": {
                    "name": bucket.name,
                    "ownerIdentity": { "principalId": owner },
                    "arn": format!("arn:aws:s3:::{}", bucket.name),
                },
                "object": object,
            },
        })
    }

    /// The detail of an event for EventBridge, which has its own words for the same.
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html>
    fn detail(
        &self,
        bucket: &Bucket,
        key: &str,
        event: Event,
        written: &Written,
        version: Option<&Version>,
    ) -> Value {
        let now = self.config.clock.now();
        let mut object = json!({
            "key": key,
            "sequencer": format!("{:018X}", now.as_millis()),
        });
        if let Some(stored) = version.and_then(|version| version.object.as_ref()) {
            object["size"] = stored.size.into();
            object["etag"] = stored.etag.clone().into();
        }
        if let Some(id) = &written.version_id {
            object["version-id"] = id.clone().into();
        }
        let mut detail = json!({
            "version": "0",
            "bucket": { "name": bucket.name },
            "object": object,
            "request-id": request_id::random_text(b"0123456789ABCDEF", 16),
            "requester": &*self.config.account_id,
            "source-ip-address": "127.0.0.1",
            "reason": event.reason(),
        });
        if let Some(kind) = event.deletion_type() {
            detail["deletion-type"] = kind.into();
        }
        detail
    }

    async fn tell_event_bus(
        &self,
        bucket: &Bucket,
        event: Event,
        detail: &Value,
    ) -> Result<(), ServiceError> {
        let Some(dispatcher) = &self.config.dispatcher else {
            return Ok(());
        };
        let arn = format!("arn:aws:s3:::{}", bucket.name);
        let root = Caller::root(&self.config.account_id, &bucket.region);
        let detail_type = match event.deletion_type() {
            Some(_) => "Object Deleted",
            None => "Object Created",
        };
        let entry = events::PutEventsRequestEntry {
            source: Some("aws.s3".to_owned()),
            detail_type: Some(detail_type.to_owned()),
            detail: Some(detail.to_string()),
            resources: Some(vec![arn.clone()]),
            time: Some(self.config.clock.now()),
            ..Default::default()
        };
        let input = events::PutEventsInput {
            entries: vec![entry],
            ..Default::default()
        };
        let caller = root.service("s3.amazonaws.com", &arn);
        dispatcher.call::<events::PutEvents>(input, &caller).await?;
        Ok(())
    }

    async fn tell(&self, bucket: &Bucket, arn: &str, told: &Value) -> Result<(), ServiceError> {
        let Some(dispatcher) = &self.config.dispatcher else {
            return Ok(());
        };
        let parsed = Arn::parse(arn);
        let root = Caller::root(&self.config.account_id, &bucket.region);
        let source = format!("arn:aws:s3:::{}", bucket.name);
        let caller = root.service("s3.amazonaws.com", &source);
        match parsed.as_ref().map(|arn| arn.service) {
            Some("lambda") => {
                let input = lambda::InvokeInput {
                    function_name: arn.to_owned(),
                    invocation_type: Some(lambda::InvocationType::Event),
                    payload: Some(told.to_string().into()),
                    ..Default::default()
                };
                dispatcher.call::<lambda::Invoke>(input, &caller).await?;
            }
            Some("sqs") => {
                let name = parsed.map_or("", |arn| arn.resource);
                let input = sqs::SendMessageInput {
                    queue_url: format!("/{}/{name}", self.config.account_id),
                    message_body: told.to_string(),
                    ..Default::default()
                };
                dispatcher.call::<sqs::SendMessage>(input, &caller).await?;
            }
            Some("sns") => {
                let input = sns::PublishInput {
                    topic_arn: Some(arn.to_owned()),
                    subject: Some("Amazon S3 Notification".to_owned()),
                    message: told.to_string(),
                    ..Default::default()
                };
                dispatcher.call::<sns::Publish>(input, &caller).await?;
            }
            _ => {}
        }
        Ok(())
    }
}

/// A key as events have it: like a form's value, but for its slashes.
fn encoded(key: &str) -> String {
    utf8_percent_encode(key, ENCODED)
        .to_string()
        .replace("%20", "+")
}

const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'*');

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_wants_what_its_events_and_its_filter_say() {
        let document = "<NotificationConfiguration><QueueConfiguration><Queue>arn:aws:sqs:us-east-1:1:q</Queue>\
            <Event>s3:ObjectCreated:*</Event><Filter><S3Key>\
            <FilterRule><Name>Prefix</Name><Value>in/</Value></FilterRule>\
            <FilterRule><Name>suffix</Name><Value>.png</Value></FilterRule>\
            </S3Key></Filter></QueueConfiguration></NotificationConfiguration>";
        let targets = targets(document);
        let [target] = targets.as_slice() else {
            panic!("{targets:?}");
        };
        assert!(target.wants(Event::Put, "in/a.png"));
        assert!(target.wants(Event::Copy, "in/a.png"));
        assert!(!target.wants(Event::Delete, "in/a.png"));
        assert!(!target.wants(Event::Put, "in/a.jpg"));
        assert!(!target.wants(Event::Put, "out/a.png"));
    }

    #[test]
    fn a_key_is_told_as_forms_have_it() {
        assert_eq!(encoded("a/b c+d.png"), "a/b+c%2Bd.png");
    }
}
