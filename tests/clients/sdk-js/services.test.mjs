// The services beside the gateway, as the AWS SDK for JavaScript calls them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  ConditionalCheckFailedException,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { GetRoleCommand, IAMClient, paginateListRoles } from "@aws-sdk/client-iam";
import { InvokeCommand, LambdaClient, paginateListFunctions } from "@aws-sdk/client-lambda";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { dev, eventually } from "./server.mjs";

const TableName = "chat-connections";
let server;

before(async () => (server = await dev("examples/chat/template-node.yaml")));
after(() => server?.stop());

test("sts says who calls", async () => {
  const identity = await new STSClient(server.config).send(new GetCallerIdentityCommand({}));
  assert.match(identity.Account, /^\d{12}$/);
});

test("every function of the template has its role", async () => {
  const [lambda, iam] = [new LambdaClient(server.config), new IAMClient(server.config)];
  const functions = [];
  for await (const page of paginateListFunctions({ client: lambda }, {})) functions.push(...page.Functions);
  assert.equal(functions.length, 3);
  for (const { Role } of functions) {
    const { Role: role } = await iam.send(new GetRoleCommand({ RoleName: Role.split("/").pop() }));
    assert.equal(role.Arn, Role);
    assert.match(decodeURIComponent(role.AssumeRolePolicyDocument), /lambda\.amazonaws\.com/);
  }
});

test("roles are listed", async () => {
  const roles = [];
  for await (const page of paginateListRoles({ client: new IAMClient(server.config) }, {})) roles.push(...page.Roles);
  assert.ok(roles.length >= 3);
});

test("an invocation with the tail of its log", async () => {
  const lambda = new LambdaClient(server.config);
  const functions = [];
  for await (const page of paginateListFunctions({ client: lambda }, {})) functions.push(...page.Functions);
  const connectFunction = functions.find(({ Handler }) => Handler === "connect.handler");
  const answer = await lambda.send(
    new InvokeCommand({
      FunctionName: connectFunction.FunctionName,
      LogType: "Tail",
      Payload: JSON.stringify({ requestContext: { connectionId: "by-hand" } }),
    }),
  );
  assert.equal(answer.StatusCode, 200);
  assert.deepEqual(JSON.parse(Buffer.from(answer.Payload)), { statusCode: 200, body: "Connected." });
  assert.match(Buffer.from(answer.LogResult, "base64").toString(), /^START RequestId: /);
});

test("an error of a handler names its type", async () => {
  const lambda = new LambdaClient(server.config);
  const functions = [];
  for await (const page of paginateListFunctions({ client: lambda }, {})) functions.push(...page.Functions);
  const FunctionName = functions.find(({ Handler }) => Handler === "sendmessage.handler").FunctionName;
  const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload: "{}" }));
  assert.equal(answer.FunctionError, "Unhandled");
  assert.equal(JSON.parse(Buffer.from(answer.Payload)).errorType, "TypeError");

  const logs = new CloudWatchLogsClient(server.config);
  await eventually(async () => {
    const found = await logs.send(new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${FunctionName}` }));
    return found.events.some(({ message }) => message.includes("TypeError"));
  });
});

test("a condition that does not hold is an exception of its own", async () => {
  const dynamodb = new DynamoDBClient(server.config);
  const put = new PutItemCommand({
    TableName,
    Item: { connectionId: { S: "once" } },
    ConditionExpression: "attribute_not_exists(connectionId)",
  });
  await dynamodb.send(put);
  await assert.rejects(dynamodb.send(put), ConditionalCheckFailedException);
});

test("an item is updated and queried", async () => {
  const dynamodb = new DynamoDBClient(server.config);
  const updated = await dynamodb.send(
    new UpdateItemCommand({
      TableName,
      Key: { connectionId: { S: "counted" } },
      UpdateExpression: "ADD visits :one",
      ExpressionAttributeValues: { ":one": { N: "1" } },
      ReturnValues: "ALL_NEW",
    }),
  );
  assert.deepEqual(updated.Attributes, { connectionId: { S: "counted" }, visits: { N: "1" } });
  const found = await dynamodb.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: "connectionId = :id",
      ExpressionAttributeValues: { ":id": { S: "counted" } },
    }),
  );
  assert.equal(found.Count, 1);
});

test("a table that does not exist is not found", async () => {
  const dynamodb = new DynamoDBClient(server.config);
  await assert.rejects(dynamodb.send(new DescribeTableCommand({ TableName: "nowhere" })), {
    name: "ResourceNotFoundException",
  });
});
