"""Streams, indexes that come later, and time to live, as boto3 sees them on a real server."""

import time

import pytest
from server import eventually


@pytest.fixture
def dynamodb(node):
    return node.client("dynamodb")


@pytest.fixture
def streams(node):
    return node.client("dynamodbstreams")


@pytest.fixture
def table(dynamodb, names):
    name = names("rooms")
    dynamodb.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )
    dynamodb.get_waiter("table_exists").wait(TableName=name)
    yield name
    dynamodb.delete_table(TableName=name)


def follow(streams, dynamodb, table):
    """A function that gives the records that have come since it was called last."""
    arn = dynamodb.describe_table(TableName=table)["Table"]["LatestStreamArn"]
    (shard,) = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
    iterator = streams.get_shard_iterator(
        StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
    )["ShardIterator"]

    def records():
        nonlocal iterator
        page = streams.get_records(ShardIterator=iterator)
        iterator = page["NextShardIterator"]
        return page["Records"]

    return records


def test_a_stream_tells_what_has_changed(dynamodb, streams, table):
    records = follow(streams, dynamodb, table)
    dynamodb.put_item(TableName=table, Item={"id": {"S": "a"}, "data": {"B": b"\x00\xff"}})
    dynamodb.delete_item(TableName=table, Key={"id": {"S": "a"}})
    inserted, removed = records()
    assert (inserted["eventName"], removed["eventName"]) == ("INSERT", "REMOVE")
    image = {"id": {"S": "a"}, "data": {"B": b"\x00\xff"}}
    assert inserted["dynamodb"]["NewImage"] == removed["dynamodb"]["OldImage"] == image
    assert records() == []


def test_an_expired_item_is_deleted_by_the_service(dynamodb, streams, table):
    records = follow(streams, dynamodb, table)
    dynamodb.put_item(
        TableName=table, Item={"id": {"S": "old"}, "expires": {"N": str(int(time.time()) - 60)}}
    )
    dynamodb.update_time_to_live(
        TableName=table, TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"}
    )
    seen = []

    def deleted():
        seen.extend(records())
        return [record for record in seen if record["eventName"] == "REMOVE"]

    eventually(deleted, seconds=30)
    (removed,) = deleted()
    assert removed["userIdentity"] == {"PrincipalId": "dynamodb.amazonaws.com", "Type": "Service"}


def test_an_index_that_comes_later_holds_what_was_there(dynamodb, table):
    dynamodb.put_item(TableName=table, Item={"id": {"S": "a"}, "room": {"S": "r"}})
    dynamodb.update_table(
        TableName=table,
        AttributeDefinitions=[{"AttributeName": "room", "AttributeType": "S"}],
        GlobalSecondaryIndexUpdates=[
            {
                "Create": {
                    "IndexName": "by-room",
                    "KeySchema": [{"AttributeName": "room", "KeyType": "HASH"}],
                    "Projection": {"ProjectionType": "ALL"},
                }
            }
        ],
    )

    def active():
        (index,) = dynamodb.describe_table(TableName=table)["Table"]["GlobalSecondaryIndexes"]
        return index["IndexStatus"] == "ACTIVE"

    eventually(active, seconds=30)
    found = dynamodb.query(
        TableName=table,
        IndexName="by-room",
        KeyConditionExpression="room = :r",
        ExpressionAttributeValues={":r": {"S": "r"}},
    )
    assert [item["id"]["S"] for item in found["Items"]] == ["a"]
