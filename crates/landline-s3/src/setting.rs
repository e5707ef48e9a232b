//! The settings of buckets that are documents: kept as they were sent, answered as they
//! were kept. What they do is where it is done: the website, CORS, public access.

use landline_wire::ServiceError;
use landline_wire::policy::PolicyDocument;
use landline_wire::protocol::xml_reader::{self, Element};

use crate::error::{invalid_request, malformed_xml};
use crate::lock;
use crate::quotas::{BUCKET_TAGS_MAX, POLICY_BYTES_MAX};

/// One kind of setting.
#[derive(Debug)]
pub(crate) struct Setting {
    /// The parameter of the query that names it.
    pub(crate) parameter: &'static str,
    /// The document's root; empty for the policy, which is JSON.
    pub(crate) root: &'static str,
    /// What a bucket without it answers.
    pub(crate) absent: Absent,
    /// Whether `DELETE` takes it away.
    pub(crate) can_be_deleted: bool,
}

/// What a bucket answers for a setting that nobody made.
#[derive(Debug)]
pub(crate) enum Absent {
    /// That there is none: an error's code and message.
    Error(&'static str, &'static str),
    /// What is in the document's root.
    Document(&'static str),
}

/// All kinds. What is not for what Landline does is kept all the same, for Terraform and
/// its like, which read every setting of a bucket.
pub(crate) const SETTINGS: &[Setting] = &[
    Setting {
        parameter: "policy",
        root: "",
        absent: Absent::Error("NoSuchBucketPolicy", "The bucket policy does not exist"),
        can_be_deleted: true,
    },
    Setting {
        parameter: "website",
        root: "WebsiteConfiguration",
        absent: Absent::Error(
            "NoSuchWebsiteConfiguration",
            "The specified bucket does not have a website configuration",
        ),
        can_be_deleted: true,
    },
    Setting {
        parameter: "tagging",
        root: "Tagging",
        absent: Absent::Error("NoSuchTagSet", "The TagSet does not exist"),
        can_be_deleted: true,
    },
    Setting {
        parameter: "cors",
        root: "CORSConfiguration",
        absent: Absent::Error(
            "NoSuchCORSConfiguration",
            "The CORS configuration does not exist",
        ),
        can_be_deleted: true,
    },
    Setting {
        parameter: "lifecycle",
        root: "LifecycleConfiguration",
        absent: Absent::Error(
            "NoSuchLifecycleConfiguration",
            "The lifecycle configuration does not exist",
        ),
        can_be_deleted: true,
    },
    Setting {
        parameter: "publicAccessBlock",
        root: "PublicAccessBlockConfiguration",
        absent: Absent::Error(
            "NoSuchPublicAccessBlockConfiguration",
            "The public access block configuration was not found",
        ),
        can_be_deleted: true,
    },
    Setting {
        parameter: "ownershipControls",
        root: "OwnershipControls",
        absent: Absent::Error(
            "OwnershipControlsNotFoundError",
            "The bucket ownership controls were not found",
        ),
        can_be_deleted: true,
    },
    Setting {
        parameter: "encryption",
        root: "ServerSideEncryptionConfiguration",
        absent: Absent::Document(
            "<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>false</BucketKeyEnabled></Rule>",
        ),
        can_be_deleted: true,
    },
    Setting {
        parameter: "notification",
        root: "NotificationConfiguration",
        absent: Absent::Document(""),
        can_be_deleted: false,
    },
    Setting {
        parameter: "logging",
        root: "BucketLoggingStatus",
        absent: Absent::Document(""),
        can_be_deleted: false,
    },
    Setting {
        parameter: "accelerate",
        root: "AccelerateConfiguration",
        absent: Absent::Document(""),
        can_be_deleted: false,
    },
    Setting {
        parameter: "requestPayment",
        root: "RequestPaymentConfiguration",
        absent: Absent::Document("<Payer>BucketOwner</Payer>"),
        can_be_deleted: false,
    },
    Setting {
        parameter: "replication",
        root: "ReplicationConfiguration",
        absent: Absent::Error(
            "ReplicationConfigurationNotFoundError",
            "The replication configuration was not found",
        ),
        can_be_deleted: true,
    },
    Setting {
        parameter: "object-lock",
        root: "ObjectLockConfiguration",
        absent: Absent::Error(
            "ObjectLockConfigurationNotFoundError",
            "Object Lock configuration does not exist for this bucket",
        ),
        can_be_deleted: false,
    },
];

impl Setting {
    pub(crate) fn named(parameter: &str) -> Option<&'static Self> {
        SETTINGS.iter().find(|it| it.parameter == parameter)
    }

    /// Refuses a document that is no such setting.
    pub(crate) fn check(&self, text: &str) -> Result<(), ServiceError> {
        if self.root.is_empty() {
            return check_policy(text);
        }
        let document = xml_reader::parse(text).map_err(|_| malformed_xml())?;
        if document.name != self.root {
            return Err(malformed_xml());
        }
        match self.parameter {
            "website" => check_website(&document),
            "tagging" => tags(&document, BUCKET_TAGS_MAX).map(|_| ()),
            "ownershipControls" => check_ownership(&document),
            lock::PARAMETER => lock::check_configuration(&document),
            "cors" if document.child("CORSRule").is_none() => Err(malformed_xml()),
            "lifecycle" if document.child("Rule").is_none() => Err(malformed_xml()),
            _ => Ok(()),
        }
    }
}

fn check_policy(text: &str) -> Result<(), ServiceError> {
    let malformed = |text: &str| ServiceError::new("MalformedPolicy", 400, text);
    if text.len() > POLICY_BYTES_MAX {
        return Err(malformed("Policies must be no larger than 20480 bytes."));
    }
    let document: serde_json::Value = serde_json::from_str(text)
        .map_err(|_| malformed("Policies must be valid JSON and the first byte must be '{'"))?;
    let statements = match document.get("Statement") {
        Some(serde_json::Value::Array(all)) => all.iter().collect(),
        Some(one) => vec![one],
        None => return Err(malformed("Missing required field Statement")),
    };
    let names_somebody = |statement: &&serde_json::Value| {
        statement.get("Principal").is_some() || statement.get("NotPrincipal").is_some()
    };
    if !statements.iter().all(names_somebody) {
        return Err(malformed("Missing required field Principal"));
    }
    PolicyDocument::from_json(&document)
        .map(|_| ())
        .map_err(|error| malformed(&error.to_string()))
}

fn check_website(document: &Element) -> Result<(), ServiceError> {
    if document.child("RedirectAllRequestsTo").is_some() {
        return Ok(());
    }
    let index = document.child("IndexDocument");
    let Some(suffix) = index.and_then(|index| index.text_of("Suffix")) else {
        return Err(crate::error::invalid_argument(
            "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty",
            "IndexDocument",
            "null",
        ));
    };
    if suffix.is_empty() || suffix.contains('/') {
        return Err(crate::error::invalid_argument(
            "The IndexDocument Suffix is not well formed",
            "IndexDocument",
            suffix,
        ));
    }
    Ok(())
}

fn check_ownership(document: &Element) -> Result<(), ServiceError> {
    let rule = document.child("Rule");
    match rule.and_then(|rule| rule.text_of("ObjectOwnership")) {
        Some("BucketOwnerEnforced" | "BucketOwnerPreferred" | "ObjectWriter") => Ok(()),
        _ => Err(malformed_xml()),
    }
}

/// The tags of a `Tagging` document.
pub(crate) fn tags(
    document: &Element,
    tags_max: usize,
) -> Result<std::collections::BTreeMap<String, String>, ServiceError> {
    let set = document.child("TagSet").ok_or_else(malformed_xml)?;
    let mut tags = std::collections::BTreeMap::new();
    for tag in set.all("Tag") {
        let (Some(key), Some(value)) = (tag.text_of("Key"), tag.text_of("Value")) else {
            return Err(malformed_xml());
        };
        check_tag(key, value)?;
        if tags.insert(key.to_owned(), value.to_owned()).is_some() {
            let text = "Cannot provide multiple Tags with the same key";
            return Err(ServiceError::new("InvalidTag", 400, text).with_field("TagKey", key));
        }
    }
    if tags.len() > tags_max {
        return Err(too_many_tags(tags_max));
    }
    Ok(tags)
}

pub(crate) fn too_many_tags(tags_max: usize) -> ServiceError {
    match tags_max {
        BUCKET_TAGS_MAX => invalid_request("Bucket tag count cannot be greater than 50"),
        _ => ServiceError::new("BadRequest", 400, "Object tags cannot be greater than 10"),
    }
}

pub(crate) fn check_tag(key: &str, value: &str) -> Result<(), ServiceError> {
    let length = key.chars().count();
    if length == 0 || length > 128 {
        let text = "The TagKey you have provided is invalid";
        return Err(ServiceError::new("InvalidTag", 400, text).with_field("TagKey", key));
    }
    if value.chars().count() > 256 {
        let text = "The TagValue you have provided is invalid";
        return Err(ServiceError::new("InvalidTag", 400, text).with_field("TagKey", key));
    }
    Ok(())
}
