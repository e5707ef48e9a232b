//! Buckets: create, head, delete, list; where they are, their versioning, their ACL.

use std::fmt::Write as _;

use http::StatusCode;
use landline_wire::protocol::xml::XmlEncoder;
use landline_wire::protocol::xml_reader;
use landline_wire::timestamp::TimestampFormat;
use landline_wire::{ServiceError, Timestamp};

use super::about::acl as read_acl;
use super::answer::{document, empty, set, xml_text};
use super::{Answer, Call, Incoming, Sender, locks};
use crate::bucket::{self, Bucket};
use crate::error::{invalid_argument, malformed_xml, not_implemented};
use crate::quotas::BUCKETS_MAX;
use crate::setting::Setting;

pub(super) fn list(call: &Call<'_>) -> Result<Answer, ServiceError> {
    let query = &call.query;
    let most = query.at_most("max-buckets", BUCKETS_MAX)?;
    let prefix = query.get("prefix").unwrap_or_default();
    let after = query.get("continuation-token").unwrap_or_default();
    let region = query.given("bucket-region");
    let all = call.s3.buckets().into_iter();
    let mut asked = all
        .filter(|it| it.name.starts_with(prefix) && it.name.as_str() > after)
        .filter(|it| region.is_none_or(|region| it.region == region));
    let page: Vec<_> = asked.by_ref().take(most).collect();
    let more = asked.next().is_some();
    Ok(document("ListAllMyBucketsResult", |xml| {
        write_owner(call, "Owner", xml);
        xml.element("Buckets", |xml| {
            for bucket in &page {
                xml.element("Bucket", |xml| {
                    xml.text_element("Name", &bucket.name);
                    xml.text_element("CreationDate", &date(bucket.created_millis));
                    xml.text_element("BucketRegion", &bucket.region);
                });
            }
        });
        if let Some(last) = page.last().filter(|_| more) {
            xml.text_element("ContinuationToken", &last.name);
        }
        if !prefix.is_empty() {
            xml.text_element("Prefix", prefix);
        }
    }))
}

/// A point in time as documents have it.
pub(super) fn date(millis: i64) -> String {
    Timestamp::from_millis(millis)
        .truncate_to_seconds()
        .iso8601_millis()
}

/// The account, by an id that is its own.
pub(super) fn write_owner(call: &Call<'_>, element: &str, xml: &mut XmlEncoder) {
    xml.element(element, |xml| {
        xml.text_element("ID", &owner_id(&call.s3.config.account_id));
        xml.text_element("DisplayName", "landline");
    });
}

/// A canonical user's id: 64 hexadecimal digits, the same for the same account.
pub(super) fn owner_id(account_id: &str) -> String {
    format!("{account_id:0>64}")
}

pub(super) async fn create(call: &Call<'_>, incoming: Incoming) -> Result<Answer, ServiceError> {
    let text = call.document(incoming).await?;
    bucket::check_name(call.bucket)?;
    let signed_for = match call.sender {
        Sender::Signed(caller) => caller.region.clone(),
        Sender::Anonymous => call.s3.config.region.clone(),
    };
    let region = match constraint(&text)? {
        Some(region) => region,
        None => signed_for.to_string(),
    };
    let has_locks = locks::of_new_bucket(call)?;
    let ownership = call.header("x-amz-object-ownership");
    let has_acls = ownership.is_some_and(|it| it != "BucketOwnerEnforced");
    let bucket = call.s3.new_bucket(call.bucket, &region, ownership)?;
    let bucket = Bucket {
        acl: read_acl(&call.parts.headers, has_acls)?,
        ..bucket
    };
    let bucket = if has_locks { bucket.locking() } else { bucket };
    call.s3.create_bucket(bucket).await?;
    let mut answer = empty(StatusCode::OK);
    set(
        answer.headers_mut(),
        "location",
        &format!("/{}", call.bucket),
    );
    Ok(answer)
}

/// The region in a `CreateBucketConfiguration`.
fn constraint(text: &str) -> Result<Option<String>, ServiceError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let document = xml_reader::parse(text).map_err(|_| malformed_xml())?;
    if document.name != "CreateBucketConfiguration" {
        return Err(malformed_xml());
    }
    match document.text_of("LocationConstraint") {
        None | Some("") => Ok(None),
        Some("EU") => Ok(Some("eu-west-1".to_owned())),
        // The region without a name here must not be named.
        Some("us-east-1") => {
            let text = "The specified location-constraint is not valid";
            Err(ServiceError::new("InvalidLocationConstraint", 400, text)
                .with_field("LocationConstraint", "us-east-1"))
        }
        Some(region) => Ok(Some(region.to_owned())),
    }
}

pub(super) fn head(call: &Call<'_>) -> Result<Answer, ServiceError> {
    let bucket = call.s3.bucket(call.bucket)?;
    let mut answer = empty(StatusCode::OK);
    let headers = answer.headers_mut();
    set(headers, "x-amz-bucket-region", &bucket.region);
    set(headers, "x-amz-access-point-alias", "false");
    Ok(answer)
}

pub(super) async fn delete(call: &Call<'_>) -> Result<Answer, ServiceError> {
    call.s3.delete_bucket(call.bucket).await?;
    Ok(empty(StatusCode::NO_CONTENT))
}

pub(super) fn location(call: &Call<'_>) -> Result<Answer, ServiceError> {
    let bucket = call.s3.bucket(call.bucket)?;
    Ok(document("LocationConstraint", |xml| {
        if bucket.region != "us-east-1" {
            xml.text(&bucket.region);
        }
    }))
}

pub(super) fn versioning(call: &Call<'_>) -> Result<Answer, ServiceError> {
    let bucket = call.s3.bucket(call.bucket)?;
    Ok(document("VersioningConfiguration", |xml| {
        if let Some(status) = &bucket.versioning {
            xml.text_element("Status", status);
        }
    }))
}

pub(super) async fn put_versioning(
    call: &Call<'_>,
    incoming: Incoming,
) -> Result<Answer, ServiceError> {
    let text = call.document(incoming).await?;
    let document = xml_reader::parse(&text).map_err(|_| malformed_xml())?;
    let status = document.text_of("Status");
    let Some(status @ ("Enabled" | "Suspended")) = status else {
        let text = "The Versioning element must be specified";
        let code = "IllegalVersioningConfigurationException";
        return Err(ServiceError::new(code, 400, text));
    };
    if document.text_of("MfaDelete") == Some("Enabled") {
        return Err(not_implemented("MfaDelete"));
    }
    call.s3.set_versioning(call.bucket, status).await?;
    Ok(empty(StatusCode::OK))
}

pub(super) fn acl(call: &Call<'_>) -> Result<Answer, ServiceError> {
    let bucket = call.s3.bucket(call.bucket)?;
    Ok(write_acl(call, bucket.acl.as_deref()))
}

/// A canned ACL as the grants that it stands for.
pub(super) fn write_acl(call: &Call<'_>, canned: Option<&str>) -> Answer {
    const ALL_USERS: &str = "http://acs.amazonaws.com/groups/global/AllUsers";
    const AUTHENTICATED: &str = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
    let groups: &[(&str, &str)] = match canned {
        Some("public-read") => &[(ALL_USERS, "READ")],
        Some("public-read-write") => &[(ALL_USERS, "READ"), (ALL_USERS, "WRITE")],
        Some("authenticated-read") => &[(AUTHENTICATED, "READ")],
        _ => &[],
    };
    let id = owner_id(&call.s3.config.account_id);
    let mut grants = format!(
        "<Grant><Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"CanonicalUser\"><ID>{id}</ID><DisplayName>landline</DisplayName></Grantee><Permission>FULL_CONTROL</Permission></Grant>"
    );
    for (group, permission) in groups {
        let _ = write!(
            grants,
            "<Grant><Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"Group\"><URI>{group}</URI></Grantee><Permission>{permission}</Permission></Grant>"
        );
    }
    xml_text(&format!(
        "<AccessControlPolicy xmlns=\"{}\"><Owner><ID>{id}</ID><DisplayName>landline</DisplayName></Owner><AccessControlList>{grants}</AccessControlList></AccessControlPolicy>",
        super::answer::NAMESPACE
    ))
}

pub(super) async fn put_acl(call: &Call<'_>) -> Result<Answer, ServiceError> {
    if call.header("x-amz-acl").is_none() {
        return Err(not_implemented("AccessControlPolicy"));
    }
    let headers = &call.parts.headers;
    let change = |bucket: &mut Bucket| {
        bucket.acl = read_acl(headers, bucket.has_acls())?;
        if bucket.acl.is_some() && bucket.blocks("BlockPublicAcls") {
            return Err(crate::error::access_denied());
        }
        Ok(())
    };
    call.s3.change_bucket(call.bucket, change).await?;
    Ok(empty(StatusCode::OK))
}

pub(super) fn policy_status(call: &Call<'_>) -> Result<Answer, ServiceError> {
    let bucket = call.s3.bucket(call.bucket)?;
    let Some(policy) = bucket.settings.get("policy") else {
        let text = "The bucket policy does not exist";
        return Err(ServiceError::new("NoSuchBucketPolicy", 404, text)
            .with_field("BucketName", call.bucket));
    };
    let is_public = bucket::is_public(policy);
    Ok(document("PolicyStatus", |xml| {
        xml.text_element("IsPublic", if is_public { "true" } else { "false" });
    }))
}

impl crate::S3 {
    /// A bucket as AWS makes them since 2023: closed to everybody, without ACLs.
    pub(crate) fn new_bucket(
        &self,
        name: &str,
        region: &str,
        ownership: Option<&str>,
    ) -> Result<Bucket, ServiceError> {
        let ownership = ownership.unwrap_or("BucketOwnerEnforced");
        let controls = format!(
            "<OwnershipControls xmlns=\"{}\"><Rule><ObjectOwnership>{ownership}</ObjectOwnership></Rule></OwnershipControls>",
            super::answer::NAMESPACE
        );
        let setting = Setting::named("ownershipControls");
        if setting.is_some_and(|setting| setting.check(&controls).is_err()) {
            let text = "Invalid x-amz-object-ownership header";
            return Err(invalid_argument(text, "x-amz-object-ownership", ownership));
        }
        let switches = [
            "BlockPublicAcls",
            "IgnorePublicAcls",
            "BlockPublicPolicy",
            "RestrictPublicBuckets",
        ];
        let switches = switches.map(|switch| format!("<{switch}>true</{switch}>"));
        let block = format!(
            "<PublicAccessBlockConfiguration xmlns=\"{}\">{}</PublicAccessBlockConfiguration>",
            super::answer::NAMESPACE,
            switches.concat()
        );
        Ok(Bucket {
            name: name.to_owned(),
            region: region.to_owned(),
            created_millis: self.config.clock.now().as_millis(),
            versioning: None,
            acl: None,
            settings: [
                ("ownershipControls".to_owned(), controls),
                ("publicAccessBlock".to_owned(), block),
            ]
            .into(),
        })
    }

    /// `Enabled` or `Suspended`.
    pub(crate) async fn set_versioning(
        &self,
        bucket: &str,
        status: &str,
    ) -> Result<(), ServiceError> {
        let change = |bucket: &mut Bucket| {
            if bucket.has_locks() && status != "Enabled" {
                let text = "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.";
                return Err(ServiceError::new("InvalidBucketState", 409, text));
            }
            bucket.versioning = Some(status.to_owned());
            Ok(())
        };
        self.change_bucket(bucket, change).await
    }
}

/// A date in a header field.
pub(super) fn http_date(date: Timestamp) -> String {
    date.format(TimestampFormat::HttpDate)
}
