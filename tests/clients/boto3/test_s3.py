"""S3 as boto3 speaks it: transfers, presigned URLs, listings, versions, websites, code of functions."""

import hashlib
import io
import json
import os
import time
import urllib.error
import urllib.request
import zipfile

import boto3
import boto3.s3.transfer
import botocore.config
import botocore.exceptions
import pytest

import server as landline

MEGABYTE = 1024 * 1024


@pytest.fixture
def s3(node):
    return node.client("s3")


@pytest.fixture
def bucket(s3, names):
    name = names("bucket")
    s3.create_bucket(Bucket=name)
    return name


def code(refused):
    return refused.value.response["Error"]["Code"]


def browse(url, method="GET", data=None, headers=None):
    request = urllib.request.Request(url, data, headers or {}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read(), answer.headers
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read(), refused.headers


def test_a_large_file_goes_up_in_parts_and_comes_down_whole(s3, bucket, tmp_path):
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(os.urandom(6 * MEGABYTE) * 2 + b"end")
    config = boto3.s3.transfer.TransferConfig(multipart_threshold=5 * MEGABYTE, multipart_chunksize=5 * MEGABYTE)
    s3.upload_file(str(source), bucket, "large", Config=config, ExtraArgs={"Metadata": {"colour": "red"}})
    head = s3.head_object(Bucket=bucket, Key="large", ChecksumMode="ENABLED")
    assert head["ContentLength"] == source.stat().st_size and head["ETag"].endswith('-3"')
    assert head["Metadata"] == {"colour": "red"} and head["ChecksumCRC32"]
    s3.download_file(bucket, "large", str(target), Config=config)
    assert hashlib.sha256(target.read_bytes()).digest() == hashlib.sha256(source.read_bytes()).digest()
    second = s3.get_object(Bucket=bucket, Key="large", PartNumber=3)
    assert second["PartsCount"] == 3 and second["Body"].read().endswith(b"end")
    s3.copy({"Bucket": bucket, "Key": "large"}, bucket, "copy", Config=config)
    assert s3.head_object(Bucket=bucket, Key="copy")["ContentLength"] == source.stat().st_size


@pytest.mark.parametrize("algorithm", ["CRC32", "SHA1", "SHA256"])
def test_a_checksum_is_verified_and_comes_back(s3, bucket, algorithm):
    put = s3.put_object(Bucket=bucket, Key="key", Body=b"hello", ChecksumAlgorithm=algorithm)
    got = s3.get_object(Bucket=bucket, Key="key", ChecksumMode="ENABLED")
    member = f"Checksum{algorithm}"
    assert got["Body"].read() == b"hello" and put[member] == got[member]
    with pytest.raises(s3.exceptions.ClientError) as refused:
        s3.put_object(Bucket=bucket, Key="key", Body=b"hello", **{member: put[member][:-4] + "AAA="})
    assert code(refused) == "BadDigest"


@pytest.mark.parametrize("version", ["s3", "s3v4"])
def test_presigned_urls_of_both_signatures_work(node, bucket, version):
    s3 = node.client("s3", config=botocore.config.Config(signature_version=version))
    params = {"Bucket": bucket, "Key": "a key/+&", "ContentType": "text/plain"}
    status, _, _ = browse(
        s3.generate_presigned_url("put_object", Params=params), "PUT", b"hello", {"Content-Type": "text/plain"}
    )
    assert status == 200
    del params["ContentType"]
    params["ResponseContentType"] = "text/css"
    status, body, headers = browse(s3.generate_presigned_url("get_object", Params=params))
    assert (status, body, headers["content-type"]) == (200, b"hello", "text/css")


def test_keys_are_listed_page_by_page_and_by_folder(s3, bucket):
    keys = [f"folder {number % 3}/é&{number}" for number in range(12)] + ["top"]
    for key in keys:
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    for operation in ("list_objects_v2", "list_objects"):
        pages = s3.get_paginator(operation).paginate(Bucket=bucket, PaginationConfig={"PageSize": 5})
        assert [entry["Key"] for page in pages for entry in page["Contents"]] == sorted(keys)
        pages = list(s3.get_paginator(operation).paginate(Bucket=bucket, Delimiter="/", PaginationConfig={"PageSize": 2}))
        prefixes = [entry["Prefix"] for page in pages for entry in page.get("CommonPrefixes", [])]
        assert prefixes == ["folder 0/", "folder 1/", "folder 2/"]
    deleted = s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key} for key in keys]})
    assert sorted(entry["Key"] for entry in deleted["Deleted"]) == sorted(keys)
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0
    s3.delete_bucket(Bucket=bucket)


def test_versions_are_kept_listed_and_deleted(s3, bucket):
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    one = s3.put_object(Bucket=bucket, Key="key", Body=b"one")["VersionId"]
    s3.put_object(Bucket=bucket, Key="key", Body=b"two")
    marker = s3.delete_object(Bucket=bucket, Key="key")
    assert marker["DeleteMarker"]
    with pytest.raises(s3.exceptions.NoSuchKey):
        s3.get_object(Bucket=bucket, Key="key")
    assert s3.get_object(Bucket=bucket, Key="key", VersionId=one)["Body"].read() == b"one"
    listed = s3.list_object_versions(Bucket=bucket)
    assert [entry["IsLatest"] for entry in listed["Versions"]] == [False, False]
    assert listed["DeleteMarkers"][0]["VersionId"] == marker["VersionId"]
    with pytest.raises(s3.exceptions.ClientError) as refused:
        s3.delete_bucket(Bucket=bucket)
    assert code(refused) == "BucketNotEmpty"


def test_a_write_can_be_conditional(s3, bucket):
    tag = s3.put_object(Bucket=bucket, Key="key", Body=b"one", IfNoneMatch="*")["ETag"]
    with pytest.raises(s3.exceptions.ClientError) as refused:
        s3.put_object(Bucket=bucket, Key="key", Body=b"two", IfNoneMatch="*")
    assert code(refused) == "PreconditionFailed"
    s3.put_object(Bucket=bucket, Key="key", Body=b"two", IfMatch=tag)
    with pytest.raises(s3.exceptions.ClientError) as refused:
        s3.get_object(Bucket=bucket, Key="key", IfMatch=tag)
    assert code(refused) == "PreconditionFailed"


def test_settings_of_a_bucket_come_back(s3, bucket):
    rules = [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"], "MaxAgeSeconds": 5}]
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": rules})
    assert s3.get_bucket_cors(Bucket=bucket)["CORSRules"] == rules
    s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": [{"Key": "a", "Value": "b"}]})
    assert s3.get_bucket_tagging(Bucket=bucket)["TagSet"] == [{"Key": "a", "Value": "b"}]
    rule = {"ID": "old", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 3}}
    s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={"Rules": [rule]})
    assert s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"] == [rule]
    assert s3.get_bucket_location(Bucket=bucket)["LocationConstraint"] is None
    encryption = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"][0]
    assert encryption["ApplyServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}
    assert s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]["BlockPublicPolicy"]
    with pytest.raises(s3.exceptions.ClientError) as refused:
        s3.get_bucket_policy(Bucket=bucket)
    assert code(refused) == "NoSuchBucketPolicy"


def test_what_is_not_there_is_told_in_s3s_words(s3, names, bucket):
    with pytest.raises(s3.exceptions.NoSuchBucket):
        s3.list_objects_v2(Bucket=names("none"))
    with pytest.raises(s3.exceptions.ClientError) as refused:
        s3.head_object(Bucket=bucket, Key="none")
    assert code(refused) == "404"
    with pytest.raises(s3.exceptions.NoSuchUpload):
        s3.abort_multipart_upload(Bucket=bucket, Key="key", UploadId="none")


def test_a_website_is_there_for_everybody(node, s3, bucket):
    s3.delete_public_access_block(Bucket=bucket)
    statement = {
        "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket}/*",
    }  # fmt: skip
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    website = {"IndexDocument": {"Suffix": "index.html"}, "ErrorDocument": {"Key": "oops.html"}}
    s3.put_bucket_website(Bucket=bucket, WebsiteConfiguration=website)
    s3.put_object(Bucket=bucket, Key="index.html", Body=b"<h1>home</h1>", ContentType="text/html")
    s3.put_object(Bucket=bucket, Key="oops.html", Body=b"oops", ContentType="text/html")
    host = {"Host": f"{bucket}.s3-website-us-east-1.amazonaws.com"}
    endpoint = s3.meta.endpoint_url
    status, body, headers = browse(f"{endpoint}/", headers=host)
    assert (status, body, headers["content-type"]) == (200, b"<h1>home</h1>", "text/html")
    assert browse(f"{endpoint}/none", headers=host)[:2] == (404, b"oops")
    assert browse(f"{endpoint}/_aws/s3-website/{bucket}/")[1] == b"<h1>home</h1>"
    assert browse(f"{endpoint}/{bucket}/index.html")[1] == b"<h1>home</h1>"
    assert browse(f"{endpoint}/{bucket}?list-type=2")[0] == 403


def test_a_function_takes_its_code_from_a_bucket(node, s3, bucket, names):
    def upload(answer):
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as file:
            file.writestr("app.py", f"def handler(event, context):\n    return {answer!r}\n")
        s3.put_object(Bucket=bucket, Key="code.zip", Body=archive.getvalue())

    functions, name = node.client("lambda"), names("function")
    upload("one")
    source = {"S3Bucket": bucket, "S3Key": "code.zip"}
    role = "arn:aws:iam::000000000000:role/function"
    functions.create_function(FunctionName=name, Runtime="python3.11", Role=role, Handler="app.handler", Code=source)
    assert json.load(functions.invoke(FunctionName=name)["Payload"]) == "one"
    upload("two")
    functions.update_function_code(FunctionName=name, **source)
    assert json.load(functions.invoke(FunctionName=name)["Payload"]) == "two"
    with pytest.raises(functions.exceptions.InvalidParameterValueException, match="S3 Error Code: NoSuchKey"):
        functions.update_function_code(FunctionName=name, S3Bucket=bucket, S3Key="none")
    functions.delete_function(FunctionName=name)


def test_a_layer_takes_its_content_from_a_bucket(node, s3, bucket, names):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("python/greeting.py", "WORD = 'hello'\n")
    s3.put_object(Bucket=bucket, Key="layer.zip", Body=archive.getvalue())
    functions, name = node.client("lambda"), names("layer")
    layer = functions.publish_layer_version(LayerName=name, Content={"S3Bucket": bucket, "S3Key": "layer.zip"})
    assert layer["Content"]["CodeSize"] == len(archive.getvalue())
    with pytest.raises(functions.exceptions.InvalidParameterValueException, match="S3 Error Code: NoSuchKey"):
        functions.publish_layer_version(LayerName=name, Content={"S3Bucket": bucket, "S3Key": "none"})


def test_a_parameter_is_kept(node, names):
    ssm, name = node.client("ssm"), f"/{names('app')}/version"
    assert ssm.put_parameter(Name=name, Value="6", Type="String")["Version"] == 1
    assert ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"] == "6"
    ssm.put_parameter(Name=name, Value="7", Type="String", Overwrite=True)
    found = ssm.get_parameters_by_path(Path=name.rsplit("/", 1)[0])["Parameters"]
    assert [(entry["Name"], entry["Value"], entry["Version"]) for entry in found] == [(name, "7", 2)]
    ssm.delete_parameter(Name=name)
    with pytest.raises(ssm.exceptions.ParameterNotFound):
        ssm.get_parameter(Name=name)


@pytest.fixture(scope="module")
def owned(tmp_path_factory):
    """A server that only its owner's signature opens: what was signed is verified."""
    folder = tmp_path_factory.mktemp("owned")
    settings = folder / "landline.toml"
    settings.write_text('access_key_id = "AKIDOWNER"\nsecret_access_key = "a secret of the owner"\n')

    def serve(data_dir):
        server = landline.Server(data_dir, "serve", "--config", str(settings))
        server.endpoint = "http://" + server.wait_for_line(r"127\.0\.0\.1:[1-9]\d*")
        server.wait_until_ready()
        return server

    with landline.running(serve, folder / "data") as server:
        yield server


def owners_client(owned, secret="a secret of the owner", **options):
    config = botocore.config.Config(retries={"total_max_attempts": 1}, **options.pop("config", {}))
    options.setdefault("endpoint_url", owned.endpoint)
    return boto3.client(
        "s3",
        region_name=landline.REGION,
        aws_access_key_id="AKIDOWNER",
        aws_secret_access_key=secret,
        config=config,
        **options,
    )


def test_the_owner_is_let_in_and_others_are_not(owned):
    s3 = owners_client(owned)
    s3.create_bucket(Bucket="owned")
    s3.put_object(Bucket="owned", Key="a key/+&=é", Body=b"x" * 100_000, Metadata={"a": "b"})
    assert s3.get_object(Bucket="owned", Key="a key/+&=é")["ContentLength"] == 100_000
    with pytest.raises(s3.exceptions.ClientError) as refused:
        owners_client(owned, "another secret").list_buckets()
    assert code(refused) == "SignatureDoesNotMatch"
    status, body, _ = browse(f"{owned.endpoint}/owned/none")
    assert status == 403 and b"<Code>AccessDenied</Code>" in body


@pytest.mark.parametrize("version", ["s3", "s3v4"])
def test_a_presigned_url_of_the_owner_holds_for_what_was_signed(owned, version):
    owners_client(owned).create_bucket(Bucket="presigned")
    s3 = owners_client(owned, config={"signature_version": version})
    params = {"Bucket": "presigned", "Key": "a key/é+"}
    put = s3.generate_presigned_url("put_object", Params={**params, "ContentType": "text/plain"})
    assert browse(put, "PUT", b"hello", {"Content-Type": "text/plain"})[0] == 200
    get = s3.generate_presigned_url("get_object", Params=params)
    assert browse(get)[:2] == (200, b"hello")
    status, body, _ = browse(get.replace("a%20key", "another"))
    assert status == 403 and b"<Code>SignatureDoesNotMatch</Code>" in body


def upload(posted, content, filename="a.txt", **fields):
    """Sends a form as a browser does."""
    boundary = "----landline"
    parts = [f'form-data; name="{name}"\r\n\r\n{value}' for name, value in {**posted["fields"], **fields}.items()]
    parts.append(f'form-data; name="file"; filename="{filename}"\r\nContent-Type: text/plain\r\n\r\n')
    begun = "\r\n".join(f"--{boundary}\r\nContent-Disposition: {part}" for part in parts)
    body = begun.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    return browse(posted["url"], "POST", body, headers)


@pytest.mark.parametrize("version", ["s3", "s3v4"])
def test_a_form_of_the_owner_holds_for_what_was_signed(owned, version):
    owner = owners_client(owned)
    owner.create_bucket(Bucket="posted")
    s3 = owners_client(owned, config={"signature_version": version})
    conditions = [["content-length-range", 1, 8 * MEGABYTE], {"success_action_status": "201"}]
    posted = s3.generate_presigned_post("posted", "in/${filename}", None, conditions)
    content = os.urandom(6 * MEGABYTE)
    status, body, _ = upload(posted, content, success_action_status="201")
    assert status == 201 and b"<Key>in/a.txt</Key>" in body
    assert owner.get_object(Bucket="posted", Key="in/a.txt")["Body"].read() == content
    status, body, _ = upload(posted, b"x", success_action_status="201", key="out")
    assert status == 403 and b"Invalid according to Policy: Policy Condition failed: " in body
    status, body, _ = upload(posted, b"", success_action_status="201")
    assert status == 400 and b"<Code>EntityTooSmall</Code>" in body
    forged = owners_client(owned, "another secret", config={"signature_version": version})
    status, body, _ = upload(forged.generate_presigned_post("posted", "in/b"), b"x")
    assert status == 403 and b"<Code>SignatureDoesNotMatch</Code>" in body


def test_a_form_works_with_any_credentials_until_its_time_is_over(node, s3, bucket):
    status, _, headers = upload(s3.generate_presigned_post(bucket, "key"), b"hello")
    assert status == 204 and headers["etag"]
    assert s3.get_object(Bucket=bucket, Key="key")["Body"].read() == b"hello"
    status, body, _ = upload(s3.generate_presigned_post(bucket, "key", ExpiresIn=-1), b"hello")
    assert status == 403 and b"Invalid according to Policy: Policy expired." in body


@pytest.mark.parametrize("version", ["s3", "s3v4"])
def test_a_presigned_url_ends_whoever_signed_it(node, bucket, version):
    s3 = node.client("s3", config=botocore.config.Config(signature_version=version))
    url = s3.generate_presigned_url("list_objects_v2", Params={"Bucket": bucket}, ExpiresIn=1)
    deadline = time.monotonic() + 10
    while (answer := browse(url))[0] == 200 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert answer[0] == 403 and b"<Message>Request has expired</Message>" in answer[1]


def test_over_tls_a_checksum_follows_the_body(owned):
    bundle = str(owned.data_dir / "tls" / "ca-bundle.pem")
    s3 = owners_client(owned, endpoint_url=owned.endpoint.replace("http:", "https:"), verify=bundle)
    s3.create_bucket(Bucket="chunked")
    body = os.urandom(MEGABYTE)
    put = s3.put_object(Bucket="chunked", Key="key", Body=io.BytesIO(body), ChecksumAlgorithm="CRC32")
    got = s3.get_object(Bucket="chunked", Key="key", ChecksumMode="ENABLED")
    assert got["Body"].read() == body and got["ChecksumCRC32"] == put["ChecksumCRC32"]


def test_an_object_that_was_acknowledged_outlives_a_crash(tmp_path):
    server = landline.Server.serve(tmp_path / "data")
    s3 = server.client("s3")
    s3.create_bucket(Bucket="durable")
    for number in range(20):
        s3.put_object(Bucket="durable", Key=f"{number:02}", Body=str(number).encode())
    server.kill()
    with landline.running(landline.Server.serve, tmp_path / "data") as server:
        s3 = server.client("s3")
        keys = [entry["Key"] for entry in s3.list_objects_v2(Bucket="durable")["Contents"]]
        bodies = [s3.get_object(Bucket="durable", Key=key)["Body"].read() for key in keys]
        assert bodies == [str(number).encode() for number in range(20)]
