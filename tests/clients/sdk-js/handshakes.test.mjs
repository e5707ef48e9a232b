// AWS_IAM handshakes as JavaScript signs them: the SDK's own signer, and `aws4`, which many applications use instead.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Sha256 } from "@aws-crypto/sha256-js";
import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateDeploymentCommand,
  CreateRouteCommand,
  CreateStageCommand,
} from "@aws-sdk/client-apigatewayv2";
import { SignatureV4 } from "@smithy/signature-v4";
import aws4 from "aws4";
import WebSocket from "ws";
import { dev } from "./server.mjs";

const credentials = { accessKeyId: "AKIDOWNER", secretAccessKey: "a secret of the owner" };
const signer = (secretAccessKey = credentials.secretAccessKey) =>
  new SignatureV4({ credentials: { ...credentials, secretAccessKey }, region: "us-east-1", service: "execute-api", sha256: Sha256 });

let server;
let url;

before(async () => {
  server = await dev("examples/chat/template-node.yaml", {
    LANDLINE_ACCESS_KEY_ID: credentials.accessKeyId,
    LANDLINE_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  });
  const gateway = new ApiGatewayV2Client({ ...server.config, credentials });
  const { ApiId } = await gateway.send(
    new CreateApiCommand({ Name: "owned", ProtocolType: "WEBSOCKET", RouteSelectionExpression: "$request.body.action" }),
  );
  await gateway.send(new CreateRouteCommand({ ApiId, RouteKey: "$connect", AuthorizationType: "AWS_IAM" }));
  const { DeploymentId } = await gateway.send(new CreateDeploymentCommand({ ApiId }));
  await gateway.send(new CreateStageCommand({ ApiId, StageName: "prod", DeploymentId }));
  url = new URL(`${server.endpoint}/${ApiId}/prod`);
});
after(() => server?.stop());

const request = (query = {}) => ({
  method: "GET",
  protocol: url.protocol,
  hostname: url.hostname,
  port: Number(url.port),
  path: url.pathname,
  query,
  headers: { host: url.host },
});
const address = ({ query }) =>
  `ws://${url.host}${url.pathname}?${Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}`;

/** The status of a handshake, and the message of a refusal. */
const handshake = (address, headers = {}) =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(address, { headers });
    socket.on("open", () => {
      socket.close();
      resolve({ status: 101 });
    });
    socket.on("unexpected-response", async (_, response) => {
      const body = (await response.toArray()).join("");
      resolve({ status: response.statusCode, message: JSON.parse(body).message });
    });
    socket.on("error", reject);
  });

test("a URL that the SDK presigned passes", async () => {
  const signed = await signer().presign(request({ room: "7", name: "a b" }), { expiresIn: 60 });
  assert.deepEqual(await handshake(address(signed)), { status: 101 });
});

test("headers that the SDK signed pass", async () => {
  const { headers } = await signer().sign(request());
  delete headers.host;
  assert.deepEqual(await handshake(`ws://${url.host}${url.pathname}`, headers), { status: 101 });
});

test("a URL that aws4 signed passes, although it does not say how long it holds", async () => {
  const options = { host: url.host, path: `${url.pathname}?room=7`, service: "execute-api", region: "us-east-1", signQuery: true };
  const { path } = aws4.sign(options, credentials);
  assert.ok(!path.includes("X-Amz-Expires"));
  assert.deepEqual(await handshake(`ws://${url.host}${path}`), { status: 101 });
});

test("headers that aws4 signed pass", async () => {
  const options = { host: url.host, path: url.pathname, service: "execute-api", region: "us-east-1" };
  const { "X-Amz-Date": date, Authorization: authorization } = aws4.sign(options, credentials).headers;
  const headers = { "X-Amz-Date": date, Authorization: authorization };
  assert.deepEqual(await handshake(`ws://${url.host}${url.pathname}`, headers), { status: 101 });
});

test("what was changed after it was signed is refused", async () => {
  const signed = address(await signer().presign(request({ room: "7" }), { expiresIn: 60 }));
  for (const changed of [
    signed.replace("room=7", "room=8"),
    `${signed}&more=1`,
    signed.replace("X-Amz-Expires=60", "X-Amz-Expires=61"),
    signed.replace("/prod?", "/prod/?"),
    address(await signer("a guess").presign(request({ room: "7" }), { expiresIn: 60 })),
  ]) {
    const { status, message } = await handshake(changed);
    assert.equal(status, 403, changed);
    assert.match(message, /^The request signature we calculated does not match/);
  }
});

test("a handshake without a signature is refused", async () => {
  const refused = await handshake(`ws://${url.host}${url.pathname}`);
  assert.deepEqual(refused, { status: 403, message: "Missing Authentication Token" });
});
