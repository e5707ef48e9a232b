//! Buckets, parameters, and what else a bootstrap of the CDK makes.

use landline_api::{s3, ssm};

use super::*;

fn gone() -> ServiceError {
    ServiceError::new("NoSuchBucket", 404, "The specified bucket does not exist")
}

fn storage(builder: &mut DispatcherBuilder, calls: &Calls) {
    answer::<s3::HeadBucket>(builder, calls, |_| (String::new(), Err(gone())));
    answer::<s3::CreateBucket>(builder, calls, |input| {
        let locks = input.object_lock_enabled_for_bucket;
        let locks = if locks == Some(true) {
            " with locks"
        } else {
            ""
        };
        let note = format!("{}{locks}", input.bucket);
        (note, Ok(s3::CreateBucketOutput::default()))
    });
    unit::<s3::PutBucketVersioning>(builder, calls, |input| {
        format!("{:?}", input.versioning_configuration.status)
    });
    answer::<s3::PutObjectLockConfiguration>(builder, calls, |input| {
        let configuration = input.object_lock_configuration.as_ref().unwrap();
        let rule = configuration.rule.as_ref();
        let retention = rule.and_then(|it| it.default_retention.as_ref());
        let days = retention.and_then(|it| it.days);
        let output = s3::PutObjectLockConfigurationOutput::default();
        (format!("{days:?}"), Ok(output))
    });
    unit::<s3::PutBucketEncryption>(builder, calls, |input| {
        let rules = &input.server_side_encryption_configuration.rules;
        let default = rules[0].apply_server_side_encryption_by_default.as_ref();
        format!("{}", default.unwrap().sse_algorithm)
    });
    unit::<s3::PutBucketWebsite>(builder, calls, |input| {
        let index = input.website_configuration.index_document.as_ref();
        index.unwrap().suffix.clone()
    });
    unit::<s3::PutBucketTagging>(builder, calls, |input| input.bucket.clone());
    unit::<s3::DeleteBucketWebsite>(builder, calls, |input| input.bucket.clone());
    answer::<s3::PutBucketLifecycleConfiguration>(builder, calls, |input| {
        let rules = input.lifecycle_configuration.as_ref().unwrap().rules.len();
        let output = s3::PutBucketLifecycleConfigurationOutput::default();
        (rules.to_string(), Ok(output))
    });
    unit::<s3::PutBucketPolicy>(builder, calls, |input| input.policy.clone());
    unit::<s3::DeleteBucketPolicy>(builder, calls, |input| input.bucket.clone());
    answer::<s3::DeleteBucket>(builder, calls, |input| {
        let text = "The bucket you tried to delete is not empty";
        let refused = ServiceError::new("BucketNotEmpty", 409, text);
        (input.bucket.clone(), Err(refused))
    });
    answer::<ssm::AddTagsToResource>(builder, calls, |input| {
        let answer = ssm::AddTagsToResourceOutput::default();
        (input.resource_id.clone(), Ok(answer))
    });
    answer::<ssm::PutParameter>(builder, calls, |input| {
        let note = format!("{} {} {:?}", input.name, input.value, input.overwrite);
        (note, Ok(ssm::PutParameterOutput::default()))
    });
}

const TEMPLATE: &str = "
Resources:
  Site:
    Type: AWS::S3::Bucket
    Properties:
      BucketEncryption: {ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: AES256}}]}
      VersioningConfiguration: {Status: Enabled}
      LifecycleConfiguration: {Rules: [{Id: old, Status: Enabled, NoncurrentVersionExpiration: {NoncurrentDays: 30}}]}
      WebsiteConfiguration: {IndexDocument: index.html}
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties: {Bucket: !Ref Site, PolicyDocument: {Statement: []}}
  Version:
    Type: AWS::SSM::Parameter
    Properties: {Name: /app/url, Type: String, Value: !GetAtt Site.WebsiteURL}
  Nameless:
    Type: AWS::SSM::Parameter
    Properties: {Type: String, Value: v}
Outputs:
  Nameless: {Value: !Ref Nameless}
  Arn: {Value: !GetAtt Site.Arn}
  Domain: {Value: !GetAtt Site.RegionalDomainName}
";

#[tokio::test]
async fn a_bucket_gets_a_name_in_small_letters_and_its_settings() {
    let cloud = cloud_with(storage);
    let deployed = cloud.deploy(TEMPLATE, None).await.unwrap();
    let calls = cloud.calls();
    let created = calls.iter().find_map(|it| it.strip_prefix("CreateBucket "));
    let name = created.unwrap().to_owned();
    assert!(name.starts_with("chat-site-"), "{name}");
    assert_eq!(name, name.to_lowercase());
    for call in [
        "PutBucketVersioning Some(Enabled)",
        "PutBucketEncryption AES256",
        "PutBucketWebsite index.html",
        "PutBucketLifecycleConfiguration 1",
    ] {
        assert!(calls.iter().any(|it| it == call), "{call} in {calls:?}");
    }
    let url = format!("http://{name}.s3-website-us-east-1.amazonaws.com");
    let put = format!("PutParameter /app/url {url} Some(false)");
    assert!(calls.contains(&put), "{calls:?}");
    let outputs = &deployed.stack.state.outputs;
    assert!(outputs["Nameless"].value.starts_with("CFN-Nameless-"));
    assert_eq!(outputs["Arn"].value, format!("arn:aws:s3:::{name}"));
    let domain = format!("{name}.s3.us-east-1.amazonaws.com");
    assert_eq!(outputs["Domain"].value, domain);
}

#[tokio::test]
async fn a_setting_that_a_template_no_longer_has_is_taken_away() {
    let cloud = cloud_with(storage);
    cloud.deploy(TEMPLATE, None).await.unwrap();
    cloud.calls();
    let without = TEMPLATE.replace(
        "      WebsiteConfiguration: {IndexDocument: index.html}\n",
        "",
    );
    let without = without.replace(
        "Status: Enabled}\n      Life",
        "Status: Suspended}\n      Life",
    );
    cloud.deploy(&without, None).await.unwrap();
    let calls = cloud.calls();
    let is_there = |start: &str| calls.iter().any(|it| it.starts_with(start));
    assert!(is_there("DeleteBucketWebsite "), "{calls:?}");
    assert!(is_there("PutBucketVersioning Some(Suspended)"), "{calls:?}");
    assert!(!is_there("PutBucketEncryption"), "{calls:?}");
}

const LOCKED: &str = "
Resources:
  Records:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: records
      ObjectLockEnabled: true
      ObjectLockConfiguration:
        ObjectLockEnabled: Enabled
        Rule: {DefaultRetention: {Mode: GOVERNANCE, Days: 7}}
";

#[tokio::test]
async fn a_bucket_is_made_with_its_locks() {
    let cloud = cloud_with(storage);
    cloud.deploy(LOCKED, None).await.unwrap();
    let calls = cloud.calls();
    assert!(
        calls
            .iter()
            .any(|it| it == "CreateBucket records with locks"),
        "{calls:?}"
    );
    assert!(
        calls
            .iter()
            .any(|it| it == "PutObjectLockConfiguration Some(7)"),
        "{calls:?}"
    );
    let longer = LOCKED.replace("Days: 7", "Days: 8");
    cloud.deploy(&longer, None).await.unwrap();
    assert_eq!(cloud.calls(), ["PutObjectLockConfiguration Some(8)"]);
}

#[tokio::test]
async fn a_bucket_cannot_lose_its_locks() {
    let cloud = cloud_with(storage);
    cloud.deploy(LOCKED, None).await.unwrap();
    let without =
        "Resources: {Records: {Type: AWS::S3::Bucket, Properties: {BucketName: records}}}";
    assert!(cloud.deploy(without, None).await.is_err());
}
