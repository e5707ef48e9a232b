// The real binary as the tests start it: a free port, a folder of its own, and credentials that belong to nobody.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import WebSocket from "ws";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const binary = path.join(process.env.LANDLINE_BIN_DIR ?? path.join(root, "target/debug"), "landline");
const START_MS = 120_000; // a first start may install the SDKs that functions find in Lambda

/** Starts `landline dev` on a template; `url` is where its WebSocket API is. */
export async function dev(template, settings = {}) {
  const dataDir = await mkdtemp(path.join(tmpdir(), "landline-"));
  const child = spawn(binary, ["dev", template, "--listen", "127.0.0.1:0", "--data-dir", dataDir], {
    cwd: root,
    env: { ...process.env, LANDLINE_PACKS_DIR: path.join(root, ".dev/packs"), ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  child.stderr.on("data", (chunk) => (log += chunk));
  const ended = once(child, "exit");

  const url = await within(START_MS, firstUrl(child, (line) => (log += `${line}\n`)), () => log);
  const endpoint = `http://${new URL(url).host}`;
  await eventually(async () => (await fetch(`${endpoint}/_landline/health`)).ok);
  return {
    url,
    endpoint,
    managementEndpoint: endpoint + new URL(url).pathname,
    config: { endpoint, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" }, maxAttempts: 1 },
    async stop() {
      child.kill("SIGTERM");
      await within(20_000, ended, () => log);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function firstUrl(child, keep) {
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: child.stdout });
    lines.on("line", (line) => {
      keep(line);
      const match = /wss?:\/\/[^\s]+/.exec(line);
      if (match) resolve(match[0]);
    });
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

/** A client whose messages are awaited one by one; none is lost between two calls. */
export async function connect(url) {
  const socket = new WebSocket(url);
  const messages = [];
  const waiting = [];
  socket.on("message", (data) => {
    const receive = waiting.shift();
    receive ? receive(data.toString()) : messages.push(data.toString());
  });
  await once(socket, "open");
  return {
    send: (message) => socket.send(typeof message === "string" ? message : JSON.stringify(message)),
    receive: () =>
      within(20_000, messages.length ? messages.shift() : new Promise((resolve) => waiting.push(resolve)), () => "no message"),
    closed: () => within(20_000, once(socket, "close"), () => "not closed").then(([code, reason]) => [code, reason.toString()]),
    async close() {
      if (socket.readyState === WebSocket.CLOSED) return;
      socket.close(1000);
      await once(socket, "close");
    },
  };
}

export async function eventually(condition, milliseconds = 15_000) {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const result = await Promise.resolve(condition()).catch(() => undefined);
    if (result) return result;
    if (Date.now() > deadline) throw new Error(`did not come true within ${milliseconds} ms: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function within(milliseconds, promise, explain) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing within ${milliseconds} ms: ${explain()}`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
