"""DynamoDB as boto3 calls it: what connection tables are made of, and the errors that applications catch."""

from decimal import Decimal

import boto3
import pytest
from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError


@pytest.fixture
def dynamodb(node):
    return node.client("dynamodb")


@pytest.fixture
def resource(node):
    return boto3.resource(
        "dynamodb",
        endpoint_url=node.endpoint,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


@pytest.fixture
def table(resource, names):
    """Rooms with their members, and an index by user."""
    table = resource.create_table(
        TableName=names("rooms"),
        KeySchema=[
            {"AttributeName": "room", "KeyType": "HASH"},
            {"AttributeName": "joined", "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[
            {"AttributeName": "room", "AttributeType": "S"},
            {"AttributeName": "joined", "AttributeType": "N"},
            {"AttributeName": "user", "AttributeType": "S"},
        ],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "by-user",
                "KeySchema": [{"AttributeName": "user", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    table.wait_until_exists()
    yield table
    table.delete()


def refusal(call):
    with pytest.raises(ClientError) as refused:
        call()
    error = refused.value.response["Error"]
    return error["Code"], error["Message"]


def test_a_table_lives_from_create_to_delete(dynamodb, names):
    name = names("life")
    created = dynamodb.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        ProvisionedThroughput={"ReadCapacityUnits": 1, "WriteCapacityUnits": 1},
    )["TableDescription"]
    assert created["TableArn"].endswith(f":table/{name}")
    dynamodb.get_waiter("table_exists").wait(TableName=name)
    described = dynamodb.describe_table(TableName=name)["Table"]
    assert (described["TableStatus"], described["ItemCount"]) == ("ACTIVE", 0)
    assert name in dynamodb.list_tables()["TableNames"]
    with pytest.raises(dynamodb.exceptions.ResourceInUseException):
        dynamodb.create_table(
            TableName=name,
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
    dynamodb.delete_table(TableName=name)
    dynamodb.get_waiter("table_not_exists").wait(TableName=name, WaiterConfig={"Delay": 1})
    assert refusal(lambda: dynamodb.describe_table(TableName=name)) == (
        "ResourceNotFoundException",
        f"Requested resource not found: Table: {name} not found",
    )


def test_every_type_of_value_comes_back(table):
    item = {
        "room": "types",
        "joined": Decimal("1"),
        "text": "Grüße",
        "empty": "",
        "number": Decimal("-12345678901234567890.12345678901234567"),
        "flag": True,
        "nothing": None,
        "bytes": b"\x00\xff",
        "list": [1, "two", [None]],
        "map": {"deep": {"deeper": 3}},
        "texts": {"a", "b"},
        "numbers": {Decimal("1"), Decimal("2.5")},
    }
    table.put_item(Item=item)
    found = table.get_item(Key={"room": "types", "joined": 1})["Item"]
    assert found.pop("bytes").value == item.pop("bytes")
    assert found == item


def test_items_of_a_partition_come_in_order_of_the_sort_key(table):
    for joined in [10, 9, -1, Decimal("9.5"), 100]:
        table.put_item(Item={"room": "sorted", "joined": joined})
    answer = table.query(KeyConditionExpression=Key("room").eq("sorted"))
    assert [item["joined"] for item in answer["Items"]] == [-1, 9, Decimal("9.5"), 10, 100]
    last_two = table.query(
        KeyConditionExpression=Key("room").eq("sorted") & Key("joined").between(9, 10), ScanIndexForward=False, Limit=2
    )
    assert [item["joined"] for item in last_two["Items"]] == [10, Decimal("9.5")]


def test_an_index_finds_items_by_another_key(table):
    table.put_item(Item={"room": "a", "joined": 1, "user": "ada"})
    table.put_item(Item={"room": "b", "joined": 2, "user": "ada"})
    table.put_item(Item={"room": "b", "joined": 3})
    found = table.query(IndexName="by-user", KeyConditionExpression=Key("user").eq("ada"))
    assert sorted(item["room"] for item in found["Items"]) == ["a", "b"]
    table.delete_item(Key={"room": "a", "joined": 1})
    assert table.query(IndexName="by-user", KeyConditionExpression=Key("user").eq("ada"))["Count"] == 1


def test_a_scan_filters_projects_and_pages(table):
    for joined in range(25):
        table.put_item(Item={"room": f"r{joined % 5}", "joined": joined, "even": joined % 2 == 0})
    pages, start = [], {}
    while True:
        page = table.scan(Limit=10, FilterExpression=Attr("even").eq(True), ProjectionExpression="joined", **start)
        pages.append(page)
        if "LastEvaluatedKey" not in page:
            break
        start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}
    items = [item for page in pages for item in page["Items"]]
    assert sorted(item["joined"] for item in items) == list(range(0, 25, 2))
    assert {tuple(item) for item in items} == {("joined",)}
    assert sum(page["ScannedCount"] for page in pages) == 25


def test_an_update_changes_what_its_expression_names(table):
    key = {"room": "update", "joined": 1}
    updated = table.update_item(
        Key=key,
        UpdateExpression="SET #n = if_not_exists(#n, :zero) + :one, tags = list_append(if_not_exists(tags, :none), :tag) ADD members :m",
        ExpressionAttributeNames={"#n": "count"},
        ExpressionAttributeValues={":zero": 0, ":one": 1, ":none": [], ":tag": ["x"], ":m": {"ada"}},
        ReturnValues="ALL_NEW",
    )
    assert updated["Attributes"] == {**key, "count": 1, "tags": ["x"], "members": {"ada"}}
    updated = table.update_item(
        Key=key,
        UpdateExpression="REMOVE tags[0] DELETE members :m",
        ExpressionAttributeValues={":m": {"ada"}},
        ReturnValues="ALL_OLD",
    )
    assert updated["Attributes"]["members"] == {"ada"}
    assert table.get_item(Key=key)["Item"] == {**key, "count": 1, "tags": []}


def test_a_condition_that_does_not_hold_changes_nothing(table):
    item = {"room": "once", "joined": 1, "by": "ada"}
    table.put_item(Item=item, ConditionExpression=Attr("room").not_exists())
    again = lambda: table.put_item(Item={**item, "by": "bob"}, ConditionExpression=Attr("room").not_exists())
    assert refusal(again) == ("ConditionalCheckFailedException", "The conditional request failed")
    assert table.get_item(Key={"room": "once", "joined": 1})["Item"] == item


def test_batches_write_and_read(dynamodb, table):
    with table.batch_writer() as batch:
        for joined in range(60):
            batch.put_item(Item={"room": "batch", "joined": joined})
        batch.delete_item(Key={"room": "batch", "joined": 0})
    assert table.query(KeyConditionExpression=Key("room").eq("batch"), Select="COUNT")["Count"] == 59
    keys = [{"room": {"S": "batch"}, "joined": {"N": str(joined)}} for joined in range(3)]
    found = dynamodb.batch_get_item(RequestItems={table.name: {"Keys": keys}})
    assert len(found["Responses"][table.name]) == 2
    assert found["UnprocessedKeys"] == {}


def test_a_missing_key_is_a_validation_error(dynamodb, table):
    call = lambda: dynamodb.put_item(TableName=table.name, Item={"room": {"S": "x"}})
    assert refusal(call) == (
        "ValidationException",
        "One or more parameter values were invalid: Missing the key joined in the item",
    )


def test_an_expression_that_cannot_be_parsed_is_a_validation_error(dynamodb, table):
    code, message = refusal(lambda: dynamodb.scan(TableName=table.name, FilterExpression="a = "))
    assert code == "ValidationException"
    assert message.startswith("Invalid FilterExpression: Syntax error; token: ")


def test_a_deeply_nested_expression_takes_nothing_down(dynamodb, table):
    expression = "(" * 2000 + "a = b" + ")" * 2000
    code, _ = refusal(lambda: dynamodb.scan(TableName=table.name, FilterExpression=expression))
    assert code == "ValidationException"
    assert dynamodb.describe_table(TableName=table.name)["Table"]["TableStatus"] == "ACTIVE"


def test_an_operation_that_is_not_there_is_said(dynamodb):
    code, _ = refusal(lambda: dynamodb.list_global_tables())
    assert code == "UnknownOperationException"
