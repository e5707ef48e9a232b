"""Object Lock as boto3 speaks it: versions stay until their retention ends or their hold is lifted."""

import datetime

import pytest

LATER = datetime.datetime(2040, 1, 1, tzinfo=datetime.timezone.utc)
LATER_STILL = LATER + datetime.timedelta(days=1)


@pytest.fixture
def s3(node):
    return node.client("s3")


@pytest.fixture
def bucket(s3, names):
    name = names("locked")
    s3.create_bucket(Bucket=name, ObjectLockEnabledForBucket=True)
    return name


def put(s3, bucket, **lock):
    """A version of `key`, as other calls name it."""
    made = s3.put_object(Bucket=bucket, Key="key", Body=b"text", **lock)
    return {"Bucket": bucket, "Key": "key", "VersionId": made["VersionId"]}


def refusal(s3, call, **params):
    with pytest.raises(s3.exceptions.ClientError) as refused:
        call(**params)
    return refused.value.response["Error"]["Code"]


def test_a_held_version_is_deleted_when_the_hold_is_lifted(s3, bucket):
    version = put(s3, bucket, ObjectLockLegalHoldStatus="ON")
    assert s3.get_object_legal_hold(**version)["LegalHold"] == {"Status": "ON"}
    assert refusal(s3, s3.delete_object, **version, BypassGovernanceRetention=True) == "AccessDenied"
    # A key is hidden by a marker all the same.
    assert s3.delete_object(Bucket=bucket, Key="key")["DeleteMarker"]
    s3.put_object_legal_hold(**version, LegalHold={"Status": "OFF"})
    s3.delete_object(**version)
    assert refusal(s3, s3.get_object, **version) == "NoSuchVersion"


def test_governance_is_bypassed_by_those_who_say_so(s3, bucket):
    version = put(s3, bucket, ObjectLockMode="GOVERNANCE", ObjectLockRetainUntilDate=LATER)
    head = s3.head_object(**version)
    assert (head["ObjectLockMode"], head["ObjectLockRetainUntilDate"]) == ("GOVERNANCE", LATER)
    assert refusal(s3, s3.delete_object, **version) == "AccessDenied"
    named = {"Objects": [{"Key": "key", "VersionId": version["VersionId"]}]}
    (error,) = s3.delete_objects(Bucket=bucket, Delete=named)["Errors"]
    assert (error["Code"], error["VersionId"]) == ("AccessDenied", version["VersionId"])
    deleted = s3.delete_objects(Bucket=bucket, Delete=named, BypassGovernanceRetention=True)
    assert [it["Key"] for it in deleted["Deleted"]] == ["key"] and "Errors" not in deleted


def test_compliance_is_made_longer_and_never_shorter(s3, bucket):
    version = put(s3, bucket, ObjectLockMode="COMPLIANCE", ObjectLockRetainUntilDate=LATER_STILL)
    shorter = {"Mode": "COMPLIANCE", "RetainUntilDate": LATER}
    refused = refusal(s3, s3.put_object_retention, **version, Retention=shorter, BypassGovernanceRetention=True)
    assert refused == "AccessDenied"
    longer = {"Mode": "COMPLIANCE", "RetainUntilDate": LATER_STILL + datetime.timedelta(days=1)}
    s3.put_object_retention(**version, Retention=longer)
    assert s3.get_object_retention(**version)["Retention"] == longer
    assert refusal(s3, s3.delete_object, **version, BypassGovernanceRetention=True) == "AccessDenied"


def test_a_bucket_says_how_long_new_versions_stay(s3, bucket):
    configuration = {
        "ObjectLockEnabled": "Enabled",
        "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Years": 1}},
    }
    s3.put_object_lock_configuration(Bucket=bucket, ObjectLockConfiguration=configuration)
    shown = s3.get_object_lock_configuration(Bucket=bucket)["ObjectLockConfiguration"]
    assert shown == configuration
    before = datetime.datetime.now(datetime.timezone.utc)
    until = s3.head_object(**put(s3, bucket))["ObjectLockRetainUntilDate"]
    assert abs(until - before - datetime.timedelta(days=365)) < datetime.timedelta(minutes=5)


def test_parts_are_among_the_attributes_of_an_object(s3, bucket):
    key = {"Bucket": bucket, "Key": "parts"}
    upload = s3.create_multipart_upload(**key, ChecksumAlgorithm="CRC32")["UploadId"]
    parts = []
    for number, body in enumerate([b"x" * 5 * 1024 * 1024, b"end"], 1):
        part = s3.upload_part(**key, UploadId=upload, PartNumber=number, Body=body, ChecksumAlgorithm="CRC32")
        parts.append({"PartNumber": number, "ETag": part["ETag"], "ChecksumCRC32": part["ChecksumCRC32"]})
    s3.complete_multipart_upload(**key, UploadId=upload, MultipartUpload={"Parts": parts})
    attributes = s3.get_object_attributes(**key, ObjectAttributes=["ObjectParts", "ObjectSize"], MaxParts=1)
    listed = attributes["ObjectParts"]
    assert (listed["TotalPartsCount"], listed["IsTruncated"], listed["NextPartNumberMarker"]) == (2, True, 1)
    assert listed["Parts"][0]["Size"] == 5 * 1024 * 1024
    assert listed["Parts"][0]["ChecksumCRC32"] == parts[0]["ChecksumCRC32"]


LOCKED = """
Resources:
  Records:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    Properties:
      ObjectLockEnabled: true
      ObjectLockConfiguration: {ObjectLockEnabled: Enabled, Rule: {DefaultRetention: {Mode: GOVERNANCE, Days: DAYS}}}
Outputs: {Bucket: {Value: !Ref Records}}
"""


def test_a_template_makes_a_bucket_with_locks(node, s3, names):
    cloudformation, stack = node.client("cloudformation"), names("stack")

    def retention():
        (output,) = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["Outputs"]
        configuration = s3.get_object_lock_configuration(Bucket=output["OutputValue"])["ObjectLockConfiguration"]
        return configuration["Rule"]["DefaultRetention"]

    cloudformation.create_stack(StackName=stack, TemplateBody=LOCKED.replace("DAYS", "7"))
    cloudformation.get_waiter("stack_create_complete").wait(StackName=stack, WaiterConfig={"Delay": 1})
    assert retention() == {"Mode": "GOVERNANCE", "Days": 7}
    cloudformation.update_stack(StackName=stack, TemplateBody=LOCKED.replace("DAYS", "8"))
    cloudformation.get_waiter("stack_update_complete").wait(StackName=stack, WaiterConfig={"Delay": 1})
    assert retention() == {"Mode": "GOVERNANCE", "Days": 8}
