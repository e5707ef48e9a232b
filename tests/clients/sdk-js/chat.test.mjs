// The chat application with functions in JavaScript, seen by the AWS SDK for JavaScript and the `ws` library.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";
import { ApiGatewayV2Client, GetApisCommand, GetRoutesCommand } from "@aws-sdk/client-apigatewayv2";
import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import { connect, dev, eventually } from "./server.mjs";

let server;
let management;

before(async () => {
  server = await dev("examples/chat/template-node.yaml");
  management = new ApiGatewayManagementApiClient({ ...server.config, endpoint: server.managementEndpoint });
});
after(() => server?.stop());

const ownId = async (socket) => {
  socket.send("{}");
  return JSON.parse(await socket.receive()).connectionId;
};

test("a message reaches everybody", async () => {
  const [ada, bob] = [await connect(server.url), await connect(server.url)];
  ada.send({ action: "sendmessage", data: "hello" });
  assert.equal(await ada.receive(), "hello");
  assert.equal(await bob.receive(), "hello");
  await Promise.all([ada.close(), bob.close()]);
});

test("an unknown action gets the error frame", async () => {
  const socket = await connect(server.url);
  socket.send({ action: "dance" });
  assert.match(
    await socket.receive(),
    /^\{"message": "Forbidden", "connectionId":"[\w=-]+", "requestId":"[\w=-]+"\}$/,
  );
  await socket.close();
});

test("a client that leaves is removed from the table", async () => {
  const dynamodb = new DynamoDBClient(server.config);
  const rows = async () => (await dynamodb.send(new ScanCommand({ TableName: "chat-connections" }))).Items;
  const socket = await connect(server.url);
  const id = await ownId(socket);
  assert.ok((await rows()).some((row) => row.connectionId.S === id));
  await socket.close();
  await eventually(async () => !(await rows()).some((row) => row.connectionId.S === id));
});

test("a post to a connection arrives", async () => {
  const socket = await connect(server.url);
  const ConnectionId = await ownId(socket);
  const answer = await management.send(new PostToConnectionCommand({ ConnectionId, Data: "psst" }));
  assert.equal(answer.$metadata.httpStatusCode, 200);
  assert.equal(await socket.receive(), "psst");
  await socket.close();
});

test("an endpoint with a trailing slash makes a doubled one, which is accepted", async () => {
  const endpoint = `${server.managementEndpoint}/`;
  const slashed = new ApiGatewayManagementApiClient({ ...server.config, endpoint });
  const socket = await connect(server.url);
  const ConnectionId = await ownId(socket);
  await slashed.send(new PostToConnectionCommand({ ConnectionId, Data: "slash" }));
  assert.equal(await socket.receive(), "slash");
  await socket.close();
});

test("a connection is described with dates", async () => {
  const socket = await connect(server.url);
  const ConnectionId = await ownId(socket);
  const described = await management.send(new GetConnectionCommand({ ConnectionId }));
  assert.ok(described.ConnectedAt instanceof Date);
  assert.ok(described.LastActiveAt >= described.ConnectedAt);
  assert.equal(described.Identity.SourceIp, "127.0.0.1");
  await socket.close();
});

test("a deleted connection is closed normally and is gone", async () => {
  const socket = await connect(server.url);
  const ConnectionId = await ownId(socket);
  const closed = socket.closed();
  await management.send(new DeleteConnectionCommand({ ConnectionId }));
  assert.deepEqual(await closed, [1000, "Connection Closed Normally"]);
  await assert.rejects(management.send(new PostToConnectionCommand({ ConnectionId, Data: "late" })), (error) => {
    assert.equal(error.name, "GoneException");
    assert.equal(error.$metadata.httpStatusCode, 410);
    return true;
  });
});

test("an id that was never issued is a bad request", async () => {
  await assert.rejects(management.send(new PostToConnectionCommand({ ConnectionId: "garbage", Data: "?" })), {
    name: "BadRequestException",
    message: "Invalid connectionId: garbage",
  });
});

test("more than 128 KB are refused", async () => {
  const socket = await connect(server.url);
  const ConnectionId = await ownId(socket);
  const Data = new Uint8Array(131_073).fill(0x78);
  await assert.rejects(management.send(new PostToConnectionCommand({ ConnectionId, Data })), (error) => {
    assert.equal(error.$metadata.httpStatusCode, 413);
    return true;
  });
  await socket.close();
});

test("the control plane shows what the template made", async () => {
  const gateway = new ApiGatewayV2Client(server.config);
  const { Items: apis } = await gateway.send(new GetApisCommand({}));
  assert.deepEqual(apis.map(({ Name }) => Name), ["chat"]);
  assert.ok(apis[0].CreatedDate instanceof Date);
  const { Items: routes } = await gateway.send(new GetRoutesCommand({ ApiId: apis[0].ApiId }));
  assert.deepEqual(routes.map(({ RouteKey }) => RouteKey).sort(), ["$connect", "$disconnect", "sendmessage"]);
});
