"""Custom domain names as boto3 makes and uses them, over TLS with the bundle that `landline env` names."""

import json
import socket
import ssl

import boto3
import botocore.config
import pytest
from botocore.exceptions import ClientError
from websockets.sync.client import connect

from server import REGION

SECONDS = 20


@pytest.fixture
def gateway(node):
    return node.client("apigatewayv2")


@pytest.fixture
def domain(gateway, names):
    name = f"{names('ws')}.example.com"
    arn = f"arn:aws:acm:{REGION}:000000000000:certificate/one"
    gateway.create_domain_name(DomainName=name, DomainNameConfigurations=[{"CertificateArn": arn}])
    yield name
    gateway.delete_domain_name(DomainName=name)


@pytest.fixture
def api_id(gateway):
    """An API with one route: any other message gets the `Forbidden` frame, which tells a client its id."""
    api_id = gateway.create_api(
        Name="mapped", ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action"
    )["ApiId"]
    gateway.create_route(ApiId=api_id, RouteKey="used")
    deployment = gateway.create_deployment(ApiId=api_id)["DeploymentId"]
    gateway.create_stage(ApiId=api_id, StageName="prod", DeploymentId=deployment)
    return api_id


@pytest.fixture
def bundle(node):
    return str(node.data_dir / "tls" / "ca-bundle.pem")


def management(node, url, bundle):
    """A client that reaches the domain as one behind a proxy does, so that nothing needs to resolve."""
    return boto3.client(
        "apigatewaymanagementapi",
        endpoint_url=url,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        verify=bundle,
        config=botocore.config.Config(retries={"total_max_attempts": 1}, proxies={"https": node.endpoint}),
    )


def test_a_domain_and_its_mappings_are_made_shown_and_listed(gateway, domain, api_id):
    made = gateway.create_api_mapping(DomainName=domain, ApiId=api_id, Stage="prod", ApiMappingKey="team/chat")
    shown = gateway.get_api_mapping(DomainName=domain, ApiMappingId=made["ApiMappingId"])
    assert (shown["ApiMappingKey"], shown["Stage"], shown["ApiId"]) == ("team/chat", "prod", api_id)
    assert [it["ApiMappingId"] for it in gateway.get_api_mappings(DomainName=domain)["Items"]] == [
        made["ApiMappingId"]
    ]
    configuration = gateway.get_domain_name(DomainName=domain)["DomainNameConfigurations"][0]
    assert configuration["DomainNameStatus"] == "AVAILABLE"
    assert configuration["SecurityPolicy"] == "TLS_1_2"
    assert domain in [it["DomainName"] for it in gateway.get_domain_names()["Items"]]


def test_a_mapped_api_is_not_deleted(gateway, domain, api_id):
    gateway.create_api_mapping(DomainName=domain, ApiId=api_id, Stage="prod")
    with pytest.raises(ClientError) as refused:
        gateway.delete_api(ApiId=api_id)
    assert refused.value.response["Error"]["Code"] == "BadRequestException"
    assert "remove all API mappings" in refused.value.response["Error"]["Message"]


def test_a_post_through_the_domain_arrives(node, gateway, domain, api_id, bundle):
    gateway.create_api_mapping(DomainName=domain, ApiId=api_id, Stage="prod", ApiMappingKey="chat")
    host, port = node.endpoint.removeprefix("http://").split(":")
    context = ssl.create_default_context(cafile=bundle)
    wire = socket.create_connection((host, int(port)), timeout=SECONDS)
    with connect(f"wss://{domain}/chat", sock=wire, ssl=context, proxy=None) as client:
        client.send("{}")
        connection_id = json.loads(client.recv(timeout=SECONDS))["connectionId"]
        management(node, f"https://{domain}/chat", bundle).post_to_connection(
            ConnectionId=connection_id, Data=b"through the domain"
        )
        assert client.recv(timeout=SECONDS) == "through the domain"


def test_the_stage_does_not_belong_into_the_url(node, gateway, domain, api_id, bundle):
    gateway.create_api_mapping(DomainName=domain, ApiId=api_id, Stage="prod")
    client = management(node, f"https://{domain}/prod", bundle)
    with pytest.raises(ClientError) as refused:
        client.post_to_connection(ConnectionId="Xy1aB_cdoAMCJ2w=", Data=b"x")
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 404
    assert refused.value.response["Error"]["Code"] == "NotFoundException"
