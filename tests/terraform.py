"""Terraform's AWS provider, replayed: what it calls to create, to wait, to read at every plan, and to destroy.

The provider itself does not run here. What it compares with its own state is asserted member by member, because anything
that does not come back as it was sent is a difference that no `apply` ever ends.
"""

import botocore.exceptions
import pytest

TAGS = {"Project": "chat", "Empty": ""}


def plan(*reads):
    """What two plans in a row read; nothing happened between them, so that they must be the same."""

    def read():
        answers = [call() for call in reads]
        for answer in answers:
            answer.pop("ResponseMetadata", None)
        return answers

    first = read()
    assert read() == first
    return first if len(first) > 1 else first[0]


def gone(call, code):
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        call()
    assert refused.value.response["Error"]["Code"] == code


def shows(answer, **expected):
    assert {key: answer.get(key) for key in expected} == expected
