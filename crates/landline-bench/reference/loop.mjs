// The JavaScript chat handler in a bare interpreter: prints the median of its own time in milliseconds.
//
// The handler is the example's, but for the scheme of its endpoint: the server it talks to here has no certificate.
import { readFile, rm, writeFile } from "node:fs/promises";

const [address, warmUp, times] = process.argv.slice(2);
Object.assign(process.env, {
  AWS_ENDPOINT_URL: `http://${address}`,
  AWS_ACCESS_KEY_ID: "bench",
  AWS_SECRET_ACCESS_KEY: "bench",
  AWS_REGION: "us-east-1",
  TABLE_NAME: "chat-connections",
});
const root = new URL("../../../", import.meta.url);
const source = await readFile(new URL("examples/chat/node/sendmessage.mjs", root), "utf8");

// Beside the packages of the tests, which are the SDK that it imports.
const copy = new URL(`tests/clients/sdk-js/node_modules/.bench-${process.pid}.mjs`, root);
await writeFile(copy, source.replace("https://", "http://"));
const { handler } = await import(copy).finally(() => rm(copy));

const event = {
  requestContext: { domainName: address, stage: "prod" },
  body: '{"action":"sendmessage","data":"message"}',
};
const taken = [];
for (let turn = 0; turn < Number(warmUp) + Number(times); turn++) {
  const start = performance.now();
  await handler(event);
  taken.push(performance.now() - start);
}
taken.splice(0, Number(warmUp));
taken.sort((a, b) => a - b);
console.log(taken[Math.floor(taken.length / 2)]);
