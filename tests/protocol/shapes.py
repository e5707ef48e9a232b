"""Random values of botocore's shapes, and the JSON document in which wire-echo shows them."""

import base64
import datetime
import io
import math
import re
import string

MAX_DEPTH = 4

# Where a shape has a pattern, the first of these that matches is taken.
PATTERNED = [
    "abc",
    "handler.main",
    "a1b2c3d4e5",
    "$LATEST",
    "arn:aws:lambda:us-east-1:123456789012:function:f",
    "arn:aws:iam::123456789012:role/r",
    "arn:aws:iam::123456789012:policy/p",
    "arn:aws:dynamodb:us-east-1:123456789012:table/t",
    "arn:aws:kms:us-east-1:123456789012:key/k",
    "arn:aws:logs:us-east-1:123456789012:log-group:g",
    "arn:aws:sqs:us-east-1:123456789012:q",
    "arn:aws:scheduler:us-east-1:123456789012:schedule-group/g",
    "arn:aws:s3:us-east-1:123456789012:o",
    "arn:aws:events:us-east-1:123456789012:event-bus/default",
    "us-east-1_AbC",
    "us-east-1:0a1b2c3d",
    "123456789012",
    "2012-10-17",
    "/path/",
    "/mnt/files",
    "r-ab12",
    "o-abcdefghij",
    "lambda:GetLayerVersion",
    "lambda:InvokeFunction",
    "arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-0123456789abcdef0",
    "arn:aws:lambda:us-east-1:123456789012:capacity-provider:c",
    "arn:aws:lambda:us-east-1:123456789012:layer:l",
    "arn:aws:lambda:us-east-1:123456789012:layer:l:1",
    "0" * 64,
    "0" * 40,
    "AWS::Lambda::Url",
    "200",
    "v1",
    "123456",
    "0",
]
ASCII = string.ascii_letters + string.digits + "-_. "
# Their model has no pattern, and DynamoDB holds them to one all the same.
MISSED = {"CreateTableInput": ("AttributeDefinitions", "KeySchema")}
MOST = {"KeySchema": 2}
TABLES = ("TableArn", "TableName")
BODY = ASCII + "\"'\\/&<>=+%$#@{}[]:;,?!|~^`\t\n" + "äß€語🚀"
LABEL = ASCII.replace(" ", "") + " =+%$@:&"


class Generator:
    """Values for one case; `share` of the optional members are present, and those of `always` like required ones."""

    def __init__(self, random, share, protocol):
        self.random = random
        self.share = share
        self.always = ()
        # A query string cannot say that a list or a structure is there, but empty.
        self.nothing_is_empty = protocol == "query"

    def value(self, shape, place="body", depth=0):
        if shape.name == "AttributeValue":
            return self.attribute_value(depth)
        return getattr(self, shape.type_name)(shape, place, depth)

    def structure(self, shape, place, depth):
        members = dict(shape.members)
        if getattr(shape, "is_tagged_union", False):
            name = self.random.choice(sorted(members))
            return {name: self.value(members[name], place, depth + 1)}
        value = {}
        needed = {*shape.required_members, *(self.always if depth == 0 else ()), *MISSED.get(shape.name, ())}
        if self.nothing_is_empty and depth > 0 and members:
            needed.add(next((name for name, member in members.items() if self.can_match(member)), None))
        for name, member in members.items():
            optional = name not in needed
            if optional and (depth >= MAX_DEPTH or self.random.random() >= self.share):
                continue
            if optional and not self.can_match(member):
                continue
            if getattr(member, "is_document_type", False) or member.serialization.get("eventstream"):
                continue
            value[name] = self.value(member, member.serialization.get("location", place), depth + 1)
        return value

    def list(self, shape, place, depth):
        return [self.value(shape.member, place, depth + 1) for _ in range(self.count(shape, place, depth))]

    def map(self, shape, place, depth):
        # A map in the headers of a message: its keys are parts of names, which have no case.
        keys = [self.value(shape.key, place, depth + 1) for _ in range(self.count(shape, place, depth))]
        if place == "headers":
            keys = [f"k{number}" for number in range(len(keys))]
        return {key: self.value(shape.value, place, depth + 1) for key in keys}

    def count(self, shape, place, depth):
        least = max(shape.metadata.get("min", 0), 1 if self.nothing_is_empty or place == "querystring" else 0)
        most = min(MOST.get(shape.name, least + 3), shape.metadata.get("max", least + 3), least + (3 if depth < MAX_DEPTH else 0))
        return self.random.randint(least, max(least, most))

    def string(self, shape, place, depth):
        if shape.enum:
            return self.random.choice(shape.enum)
        if pattern := shape.metadata.get("pattern"):
            return next((text for text in PATTERNED if fits(shape, pattern, text)), "abc")
        if shape.name in TABLES:
            return "".join(self.random.choices(string.ascii_letters, k=self.random.randint(3, 12)))
        letters = {"uri": LABEL, "header": ASCII, "headers": ASCII}.get(place, BODY)
        # The place decides too how short a text may be: an empty label or header does not arrive.
        least = max(shape.metadata.get("min", 0), 0 if place == "body" else 1)
        most = min(shape.metadata.get("max", least + 12), least + 12)
        text = "".join(self.random.choice(letters) for _ in range(self.random.randint(least, max(least, most))))
        return text if place in ("body", "querystring") else (text.strip() or "x").ljust(least, "x")

    def character(self, shape, place, depth):
        return "c"

    def integer(self, shape, place, depth):
        least = shape.metadata.get("min", -1000)
        return self.random.randint(int(least), int(shape.metadata.get("max", max(least, 0) + 1000)))

    def long(self, shape, place, depth):
        least = shape.metadata.get("min", -(2**40))
        return self.random.randint(int(least), int(shape.metadata.get("max", max(least, 0) + 2**40)))

    def float(self, shape, place, depth):
        least = shape.metadata.get("min", -100)
        return float(least + self.random.randint(0, 400) / 4)

    double = float

    def boolean(self, shape, place, depth):
        return self.random.random() < 0.5

    def blob(self, shape, place, depth):
        least = shape.metadata.get("min", 0)
        return self.random.randbytes(least + self.random.randint(0, 20))

    def timestamp(self, shape, place, depth):
        return datetime.datetime.fromtimestamp(self.random.randint(0, 2**32), datetime.timezone.utc)

    def attribute_value(self, depth):
        """DynamoDB's values: always exactly one member, numbers as plain decimals, sets without repetition."""
        kinds = ["S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS"] + (["L", "M"] if depth < MAX_DEPTH else [])
        kind = self.random.choice(kinds)
        word = lambda: "".join(self.random.choices(BODY, k=self.random.randint(1, 8)))
        number = lambda: str(self.random.randint(-(10**12), 10**12))
        distinct = lambda make: sorted({make() for _ in range(3)})
        values = {
            "S": word,
            "N": number,
            "B": lambda: self.random.randbytes(5),
            "BOOL": lambda: self.random.random() < 0.5,
            "NULL": lambda: True,
            "SS": lambda: distinct(word),
            "NS": lambda: distinct(number),
            "BS": lambda: distinct(lambda: self.random.randbytes(4)),
            "L": lambda: [self.attribute_value(depth + 1) for _ in range(self.random.randint(0, 2))],
            "M": lambda: {word(): self.attribute_value(depth + 1) for _ in range(self.random.randint(0, 2))},
        }
        return {kind: values[kind]()}

    def can_match(self, shape):
        pattern = shape.metadata.get("pattern")
        if shape.type_name == "list":
            return self.can_match(shape.member)
        if shape.type_name == "map":
            return self.can_match(shape.key) and self.can_match(shape.value)
        if shape.type_name == "structure":
            return all(self.can_match(shape.members[name]) for name in shape.required_members)
        return not pattern or any(fits(shape, pattern, text) for text in PATTERNED)


def fits(shape, pattern, text):
    """Does the text keep the pattern and the lengths? A pattern that Python cannot read is taken as not kept."""
    least, most = shape.metadata.get("min", 0), shape.metadata.get("max", math.inf)
    try:
        return least <= len(text) <= most and re.fullmatch(pattern, text) is not None
    except re.error:
        return False


def document(value):
    """The JSON in which wire-echo shows a value: blobs as base64, times as seconds since the epoch."""
    if isinstance(value, dict):
        return {name: document(member) for name, member in value.items()}
    if isinstance(value, list):
        return [document(member) for member in value]
    if isinstance(value, io.BytesIO):
        return document(value.getvalue())
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime.datetime):
        return value.timestamp()
    return value


def difference(expected, found, path=""):
    """Where two documents differ first, or None."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for name in expected.keys() | found.keys():
            if name not in found or name not in expected:
                side = "missing" if name not in found else f"not expected: {found[name]!r}"
                return f"{path}.{name} is {side}"
            if inner := difference(expected[name], found[name], f"{path}.{name}"):
                return inner
        return None
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        inner = (difference(e, f, f"{path}[{i}]") for i, (e, f) in enumerate(zip(expected, found)))
        return next((text for text in inner if text), None)
    if type(expected) is bool or type(found) is bool:
        return None if expected is found else f"{path} is {found!r}, not {expected!r}"
    return None if expected == found else f"{path} is {found!r}, not {expected!r}"
