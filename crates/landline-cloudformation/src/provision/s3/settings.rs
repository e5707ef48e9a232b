//! The settings of a bucket: what a template calls them, and what S3's operations do.

use landline_api::s3 as api;
use landline_wire::{Caller, Dispatcher, Operation};
use serde_json::{Map, Value as Json, json};

use super::super::input::{call, text};
use crate::provider::ProvisionError;

/// `PublicRead` as `public-read`; none where nothing is said or all is private.
pub(super) fn acl(properties: &Json) -> Json {
    let Some(camel) = text(properties, "AccessControl").filter(|it| it != "Private") else {
        return Json::Null;
    };
    let mut canned = String::new();
    for letter in camel.chars() {
        if letter.is_uppercase() && !canned.is_empty() {
            canned.push('-');
        }
        canned.extend(letter.to_lowercase());
    }
    Json::String(canned)
}

/// Brings a bucket from one set of properties to another. What opens a bucket to the
/// public comes first, because a policy may wait for it.
pub(super) async fn change(
    dispatcher: &Dispatcher,
    bucket: &str,
    before: &Json,
    after: &Json,
    caller: &Caller,
) -> Result<(), ProvisionError> {
    let settings = Settings {
        dispatcher,
        bucket,
        before,
        after,
        caller,
    };
    settings
        .set::<api::PutPublicAccessBlock, api::DeletePublicAccessBlock>(
            "PublicAccessBlockConfiguration",
            "PublicAccessBlockConfiguration",
            Json::clone,
        )
        .await?;
    settings
        .set::<api::PutBucketOwnershipControls, api::DeleteBucketOwnershipControls>(
            "OwnershipControls",
            "OwnershipControls",
            Json::clone,
        )
        .await?;
    settings
        .set::<api::PutBucketEncryption, api::DeleteBucketEncryption>(
            "BucketEncryption",
            "ServerSideEncryptionConfiguration",
            encryption,
        )
        .await?;
    settings
        .set::<api::PutBucketCors, api::DeleteBucketCors>(
            "CorsConfiguration",
            "CORSConfiguration",
            cors,
        )
        .await?;
    settings
        .set::<api::PutBucketLifecycleConfiguration, api::DeleteBucketLifecycle>(
            "LifecycleConfiguration",
            "LifecycleConfiguration",
            lifecycle,
        )
        .await?;
    settings
        .set::<api::PutBucketWebsite, api::DeleteBucketWebsite>(
            "WebsiteConfiguration",
            "WebsiteConfiguration",
            website,
        )
        .await?;
    settings
        .set::<api::PutBucketTagging, api::DeleteBucketTagging>(
            "Tags",
            "Tagging",
            |tags| json!({ "TagSet": tags }),
        )
        .await?;
    settings.set_notification().await?;
    settings.set_versioning().await?;
    // Only what keeps versions can have locks.
    settings.set_locks().await
}

struct Settings<'a> {
    dispatcher: &'a Dispatcher,
    bucket: &'a str,
    before: &'a Json,
    after: &'a Json,
    caller: &'a Caller,
}

impl Settings<'_> {
    /// Makes a setting that is new or another, and takes away one that is gone.
    async fn set<Put: Operation, Delete: Operation>(
        &self,
        property: &str,
        member: &str,
        translate: impl Fn(&Json) -> Json,
    ) -> Result<(), ProvisionError> {
        let (had, wants) = (self.before.get(property), self.after.get(property));
        if had == wants {
            return Ok(());
        }
        let more = [("Bucket", self.bucket)];
        match wants {
            Some(value) => {
                let mut members = Map::new();
                members.insert(member.to_owned(), translate(value));
                let members = Json::Object(members);
                call::<Put>(self.dispatcher, &members, &more, self.caller).await?;
            }
            None => {
                call::<Delete>(self.dispatcher, &json!({}), &more, self.caller).await?;
            }
        }
        Ok(())
    }

    /// Notifications are taken away by telling nobody.
    async fn set_notification(&self) -> Result<(), ProvisionError> {
        let property = "NotificationConfiguration";
        let (had, wants) = (self.before.get(property), self.after.get(property));
        if had == wants {
            return Ok(());
        }
        let configuration = wants.map_or_else(|| json!({}), notification);
        let members = json!({ "NotificationConfiguration": configuration });
        let more = [("Bucket", self.bucket)];
        call::<api::PutBucketNotificationConfiguration>(
            self.dispatcher,
            &members,
            &more,
            self.caller,
        )
        .await?;
        Ok(())
    }

    /// Versioning that was once on is only ever suspended.
    async fn set_versioning(&self) -> Result<(), ProvisionError> {
        let status = |properties: &Json| {
            let configuration = properties.get("VersioningConfiguration")?;
            text(configuration, "Status")
        };
        let wanted = match (status(self.before), status(self.after)) {
            (had, wants) if had == wants => return Ok(()),
            (_, Some(status)) => status,
            (_, None) => "Suspended".to_owned(),
        };
        let members = json!({ "VersioningConfiguration": { "Status": wanted } });
        let more = [("Bucket", self.bucket)];
        call::<api::PutBucketVersioning>(self.dispatcher, &members, &more, self.caller).await?;
        Ok(())
    }

    /// Locks that a bucket once has, it has for good: only the rule for new versions goes.
    async fn set_locks(&self) -> Result<(), ProvisionError> {
        let (had, wants) = (locks(self.before), locks(self.after));
        if had == wants {
            return Ok(());
        }
        let Some(configuration) = wants else {
            return Err(ProvisionError::new(
                "Object Lock cannot be disabled once it is enabled for a bucket",
            ));
        };
        let members = json!({ "ObjectLockConfiguration": configuration });
        let more = [("Bucket", self.bucket)];
        call::<api::PutObjectLockConfiguration>(self.dispatcher, &members, &more, self.caller)
            .await?;
        Ok(())
    }
}

/// Whether a template wants locks in a bucket.
pub(super) fn wants_locks(properties: &Json) -> bool {
    let enabled = properties.get("ObjectLockEnabled");
    enabled.is_some_and(|it| ["true", "\"true\""].contains(&it.to_string().as_str()))
}

/// The configuration of a bucket's locks, where it has some.
fn locks(properties: &Json) -> Option<Json> {
    let configuration = properties.get("ObjectLockConfiguration");
    if configuration.is_none() && !wants_locks(properties) {
        return None;
    }
    let rule = configuration.and_then(|it| it.get("Rule"));
    Some(json!({ "ObjectLockEnabled": "Enabled", "Rule": rule }))
}

fn list<'a>(value: &'a Json, key: &str) -> impl Iterator<Item = &'a Json> {
    let items = value.get(key).and_then(Json::as_array);
    items.into_iter().flatten()
}

/// A template has one event where the API has a list, and shorter names.
fn notification(value: &Json) -> Json {
    let told = |list_name: &str, target: &str, member: &str| -> Json {
        let all = list(value, list_name).map(|configured| {
            let filter = configured.get("Filter").and_then(|it| it.get("S3Key"));
            let filter = filter.map(|key| json!({ "Key": { "FilterRules": rules(key) } }));
            let mut told = Map::new();
            told.insert("Events".to_owned(), json!([configured.get("Event")]));
            told.insert("Filter".to_owned(), filter.unwrap_or_default());
            let arn = configured.get(target).cloned().unwrap_or_default();
            told.insert(member.to_owned(), arn);
            told.retain(|_, value| !value.is_null());
            Json::Object(told)
        });
        all.collect()
    };
    let mut all = json!({
        "LambdaFunctionConfigurations": told("LambdaConfigurations", "Function", "LambdaFunctionArn"),
        "QueueConfigurations": told("QueueConfigurations", "Queue", "QueueArn"),
        "TopicConfigurations": told("TopicConfigurations", "Topic", "TopicArn"),
    });
    let event_bridge = value.get("EventBridgeConfiguration");
    let enabled = event_bridge.map(|it| it.get("EventBridgeEnabled").unwrap_or(&Json::Null));
    // To name the configuration is to want it.
    if enabled
        .is_some_and(|enabled| !["false", "\"false\""].contains(&enabled.to_string().as_str()))
    {
        all["EventBridgeConfiguration"] = json!({});
    }
    all
}

fn rules(key: &Json) -> Json {
    let all = list(key, "Rules").map(|rule| {
        // The API knows the names in lower case alone.
        let name = text(rule, "Name").unwrap_or_default().to_lowercase();
        json!({ "Name": name, "Value": rule.get("Value") })
    });
    all.collect()
}

fn encryption(value: &Json) -> Json {
    let rules = list(value, "ServerSideEncryptionConfiguration").map(|rule| {
        json!({
            "ApplyServerSideEncryptionByDefault": rule.get("ServerSideEncryptionByDefault"),
            "BucketKeyEnabled": rule.get("BucketKeyEnabled"),
        })
    });
    json!({ "Rules": rules.collect::<Vec<_>>() })
}

fn cors(value: &Json) -> Json {
    let rules = list(value, "CorsRules").map(|rule| {
        json!({
            "ID": rule.get("Id"),
            "AllowedHeaders": rule.get("AllowedHeaders"),
            "AllowedMethods": rule.get("AllowedMethods"),
            "AllowedOrigins": rule.get("AllowedOrigins"),
            "ExposeHeaders": rule.get("ExposedHeaders"),
            "MaxAgeSeconds": rule.get("MaxAge"),
        })
    });
    json!({ "CORSRules": rules.collect::<Vec<_>>() })
}

fn lifecycle(value: &Json) -> Json {
    let rules = list(value, "Rules").map(|rule| {
        let of_marker = rule.get("ExpiredObjectDeleteMarker");
        let expiration = match (rule.get("ExpirationInDays"), rule.get("ExpirationDate")) {
            (None, None) if of_marker.is_none() => Json::Null,
            (days, date) => json!({
                "Days": days, "Date": date, "ExpiredObjectDeleteMarker": of_marker,
            }),
        };
        let old = rule.get("NoncurrentVersionExpiration").cloned();
        let old = old.or_else(|| {
            let days = rule.get("NoncurrentVersionExpirationInDays")?;
            Some(json!({ "NoncurrentDays": days }))
        });
        json!({
            "ID": rule.get("Id"),
            "Status": rule.get("Status"),
            "Filter": filter(rule),
            "Expiration": expiration,
            "NoncurrentVersionExpiration": old,
            "Transitions": transitions(rule, "Transition", "Days"),
            "NoncurrentVersionTransitions":
                transitions(rule, "NoncurrentVersionTransition", "NoncurrentDays"),
            "AbortIncompleteMultipartUpload": rule.get("AbortIncompleteMultipartUpload"),
        })
    });
    json!({ "Rules": rules.collect::<Vec<_>>() })
}

/// What a rule is for: one condition by itself, several together.
fn filter(rule: &Json) -> Json {
    let mut conditions = Map::new();
    for member in ["ObjectSizeGreaterThan", "ObjectSizeLessThan", "Prefix"] {
        let given = rule.get(member);
        conditions.extend(given.map(|given| (member.to_owned(), given.clone())));
    }
    let tags: Vec<Json> = list(rule, "TagFilters").cloned().collect();
    match (conditions.len(), tags.as_slice()) {
        (0, []) => json!({ "Prefix": "" }),
        (1, []) => Json::Object(conditions),
        (0, [tag]) => json!({ "Tag": tag }),
        _ => {
            conditions.insert("Tags".to_owned(), json!(tags));
            json!({ "And": conditions })
        }
    }
}

/// Transitions, of which a template may have one or a list.
fn transitions(rule: &Json, property: &str, days: &str) -> Json {
    let several = format!("{property}s");
    let one = rule.get(property).into_iter();
    let all = one.chain(list(rule, &several)).map(|given| {
        json!({
            days: given.get("TransitionInDays"),
            "Date": given.get("TransitionDate"),
            "NewerNoncurrentVersions": given.get("NewerNoncurrentVersions"),
            "StorageClass": given.get("StorageClass"),
        })
    });
    let all: Vec<Json> = all.collect();
    if all.is_empty() {
        return Json::Null;
    }
    json!(all)
}

fn website(value: &Json) -> Json {
    let rules = list(value, "RoutingRules").map(|rule| {
        json!({
            "Condition": rule.get("RoutingRuleCondition"),
            "Redirect": rule.get("RedirectRule"),
        })
    });
    let rules: Vec<Json> = rules.collect();
    let document = |key: &str, member: &str| match value.get(key) {
        Some(name) => json!({ member: name }),
        None => Json::Null,
    };
    json!({
        "IndexDocument": document("IndexDocument", "Suffix"),
        "ErrorDocument": document("ErrorDocument", "Key"),
        "RedirectAllRequestsTo": value.get("RedirectAllRequestsTo"),
        "RoutingRules": if rules.is_empty() { Json::Null } else { json!(rules) },
    })
}
