// Runs a Node.js function: a client of the Lambda Runtime API on one raw socket.
//
// The answer to one event and the request for the next leave in one write, which saves a round
// trip per invocation. The socket holds the event loop only while the function has nothing to do.
"use strict";

const fs = require("node:fs");
const net = require("node:net");
const path = require("node:path");
const { Writable } = require("node:stream");
const util = require("node:util");
const { pathToFileURL } = require("node:url");

const api = "/2018-06-01/runtime/";
const next = `GET ${api}invocation/next HTTP/1.1\r\nHost: landline\r\n\r\n`;
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");

let requestId; // of the event in work, for the log format
let onLoopEmpty; // what an empty event loop means for the event in work
let answered = true;

// --- the log -------------------------------------------------------------------------------

const writeLine = (text) => {
  let rest = Buffer.from(`${text.replace(/\n/g, "\r")}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(fs.writeSync(1, rest));
    } catch (error) {
      if (error.code !== "EAGAIN") return;
    }
  }
};

const logLine = (level, text) => writeLine(`${new Date().toISOString()}\t${requestId}\t${level}\t${text}`);

const levels = { trace: "TRACE", debug: "DEBUG", log: "INFO", info: "INFO", warn: "WARN", error: "ERROR" };
for (const [method, level] of Object.entries(levels)) {
  console[method] = (...parts) => logLine(level, util.format(...parts));
}

// --- errors --------------------------------------------------------------------------------

class RuntimeError extends Error {
  constructor(name, message, cause) {
    super(message);
    this.name = name;
    if (cause?.stack) this.stack = cause.stack;
  }
}

const isError = (value) =>
  value instanceof Error || (value !== null && typeof value === "object" && "stack" in value && "message" in value);

/** The body of an error as Lambda's Node.js runtime shapes it. */
const toResponse = (error) => {
  if (isError(error)) {
    return {
      errorType: error.name?.replace(/\x7F/g, "%7F") ?? "Error",
      errorMessage: String(error.message),
      trace: String(error.stack).split("\n"),
    };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
};

const forLog = (error) => {
  const { errorType, errorMessage, trace } = toResponse(error);
  const members = isError(error) ? { ...error } : {};
  delete members.name;
  return JSON.stringify({ errorType, errorMessage, ...members, stack: trace });
};

const safeJson = (value) => {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
};

// --- the connection to the Runtime API -----------------------------------------------------

const socket = net.connect({ host, port: Number(port), noDelay: true });
let received = Buffer.alloc(0);
let onReceipt;

const post = (target, body, errorType, more = next) => {
  const extra = errorType ? `Lambda-Runtime-Function-Error-Type: ${errorType.replace(/[^\x20-\x7e]/g, "?")}\r\n` : "";
  const head =
    `POST ${api}${target} HTTP/1.1\r\nHost: landline\r\nContent-Type: application/json\r\n` +
    `${extra}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  socket.write(head + body + more);
};

/** Takes one answer off the buffer, or undefined while it is not whole. */
const takeAnswer = () => {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const lines = received.latin1Slice(0, end).split("\r\n");
  const headers = {};
  for (let index = 1; index < lines.length; index += 1) {
    const colon = lines[index].indexOf(":");
    headers[lines[index].slice(0, colon).toLowerCase()] = lines[index].slice(colon + 1).trim();
  }
  const start = end + 4;
  const stop = start + Number(headers["content-length"] ?? 0);
  if (received.length < stop) return undefined;
  const body = received.subarray(start, stop);
  received = received.subarray(stop);
  return { headers, body };
};

let chunks = [];
let missing = 0;
socket.on("data", (chunk) => {
  // A large event arrives in many chunks: join them once, when they are enough.
  if (missing > 0) {
    chunks.push(chunk);
    missing -= chunk.length;
    if (missing > 0) return;
    received = Buffer.concat([received, ...chunks]);
    chunks = [];
  } else {
    received = received.length > 0 ? Buffer.concat([received, chunk]) : chunk;
  }
  for (let answer = takeAnswer(); answer; answer = takeAnswer()) {
    if (answer.headers["lambda-runtime-aws-request-id"]) {
      run(answer.headers, answer.body);
    } else {
      onReceipt?.();
    }
  }
  const end = received.indexOf("\r\n\r\n");
  if (end >= 0) {
    const length = /\r\ncontent-length: *(\d+)/i.exec(received.latin1Slice(0, end));
    missing = end + 4 + Number(length?.[1] ?? 0) - received.length;
  }
});
socket.on("close", () => process.exit(1));
socket.on("error", () => process.exit(1));

// Landline holds the other end of standard input: its end is ours.
const watch = new net.Socket({ fd: 0, readable: true, writable: false });
watch.on("error", () => {});
watch.on("close", () => process.exit(1));
watch.resume();
watch.unref();

// --- answers that are streamed -------------------------------------------------------------

const streams = Symbol.for("aws.lambda.runtime.handler.streaming");

globalThis.awslambda = {
  ...globalThis.awslambda,
  /** Marks a handler that gets a stream to write its answer to. */
  streamifyResponse: (handler, options) => {
    handler[streams] = "response";
    if (typeof options?.highWaterMark === "number") handler.highWaterMark = options.highWaterMark;
    return handler;
  },
  /** An answer that begins with its status and headers. */
  HttpResponseStream: {
    from: (stream, prelude) => {
      stream.setContentType("application/vnd.awslambda.http-integration-response");
      stream.prelude = Buffer.concat([Buffer.from(JSON.stringify(prelude)), Buffer.alloc(8)]);
      return stream;
    },
  },
};

/** What a streaming handler writes to: each write is a chunk of the answer to the event in work. */
class ResponseStream extends Writable {
  constructor(id, highWaterMark) {
    super({ highWaterMark: highWaterMark ?? 65536 });
    this.id = id;
    this.contentType = "application/octet-stream";
    this.begun = false;
  }

  setContentType(type) {
    this.contentType = type;
  }

  _write(chunk, encoding, done) {
    this.send(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk, encoding), done);
  }

  send(data, done) {
    this.begin();
    if (data.length === 0) {
      done();
      return;
    }
    socket.cork();
    socket.write(`${data.length.toString(16)}\r\n`);
    socket.write(data);
    socket.write("\r\n", done);
    socket.uncork();
  }

  /** The head, and what was to come before everything else. */
  begin() {
    if (this.begun) return;
    this.begun = true;
    socket.write(
      `POST ${api}invocation/${this.id}/response HTTP/1.1\r\nHost: landline\r\n` +
        `Content-Type: ${this.contentType.replace(/[\r\n]/g, "")}\r\n` +
        "Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n" +
        "Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n\r\n",
    );
    if (this.prelude) this.send(this.prelude, () => {});
  }

  /** The end of the answer; an error that comes so late goes into the trailers. */
  close(error, more = next) {
    this.begin();
    let trailers = "";
    if (error) {
      const response = toResponse(error);
      const body = Buffer.from(safeJson(response) ?? "{}").toString("base64");
      trailers =
        `Lambda-Runtime-Function-Error-Type: ${response.errorType.replace(/[^\x20-\x7e]/g, "?")}\r\n` +
        `Lambda-Runtime-Function-Error-Body: ${body}\r\n`;
    }
    socket.write(`0\r\n${trailers}\r\n${more}`);
  }
}

let stream; // of the event in work, when its handler streams

const runStreaming = (event, context) => {
  const id = requestId;
  const current = () => id === requestId && !answered;
  const own = new ResponseStream(id, handler.highWaterMark);
  stream = own;
  const end = (error) => {
    if (!current()) return;
    if (error && !own.begun) {
      stream = undefined;
      finish(error, undefined, true);
      return;
    }
    if (error) logLine("ERROR", `Invoke Error \t${forLog(error)}`);
    answered = true;
    onLoopEmpty = undefined;
    stream = undefined;
    socket.ref();
    own.close(error);
  };
  let returned = false;
  let written = false;
  const endWhenDone = () => returned && written && end();
  own.on("finish", () => {
    written = true;
    endWhenDone();
  });
  own.on("error", end);
  onLoopEmpty = () => {
    const message = "The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a response stream that was never ended.";
    end(new RuntimeError("Runtime.NodeJsExit", message));
  };
  try {
    const result = handler(event, own, context);
    if (typeof result?.then !== "function") {
      end(new RuntimeError("InvalidStreamingOperation", "Streaming does not support non-async handlers."));
      return;
    }
    result.then(() => {
      returned = true;
      endWhenDone();
    }, end);
  } catch (error) {
    end(error);
  }
};

// --- one event -----------------------------------------------------------------------------

let handler;

const finish = (error, result, isFailure) => {
  if (answered) return;
  let body;
  if (!isFailure) {
    try {
      body = JSON.stringify(result === undefined ? null : result) ?? "null";
    } catch (cause) {
      isFailure = true;
      error = new RuntimeError("Runtime.MarshalError", `Unable to stringify response body: ${cause.message}`);
    }
  }
  answered = true;
  onLoopEmpty = undefined;
  const id = requestId;
  if (isFailure) {
    const response = toResponse(error);
    logLine("ERROR", `Invoke Error \t${forLog(error)}`);
    socket.ref();
    post(`invocation/${id}/error`, safeJson(response) ?? "{}", response.errorType);
  } else {
    socket.ref();
    post(`invocation/${id}/response`, body);
  }
};

const makeContext = (headers) => {
  const deadline = Number(headers["lambda-runtime-deadline-ms"]);
  const json = (name) => (headers[name] ? JSON.parse(headers[name]) : undefined);
  let waits = true;
  const context = {
    get callbackWaitsForEmptyEventLoop() {
      return waits;
    },
    set callbackWaitsForEmptyEventLoop(value) {
      waits = value;
    },
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: json("lambda-runtime-client-context"),
    identity: json("lambda-runtime-cognito-identity"),
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    awsRequestId: headers["lambda-runtime-aws-request-id"],
    getRemainingTimeInMillis: () => Math.max(deadline - Date.now(), 0),
  };
  return context;
};

/**
 * The ways to answer an event: `callback`, the members of `context` that older handlers use, and
 * `settle` for a promise. Only the first that is used counts, as in an `async` handler that calls
 * `callback` and then returns nothing.
 */
const addCallbacks = (context) => {
  const id = requestId;
  let claimed = false;
  const current = () => id === requestId && !answered;
  const first = (answer) => (...args) => {
    if (claimed || !current()) return;
    claimed = true;
    answer(...args);
  };
  const callback = first((error, result) => {
    const failed = error !== undefined && error !== null;
    if (failed) {
      finish(error, undefined, true);
    } else if (context.callbackWaitsForEmptyEventLoop) {
      onLoopEmpty = () => finish(undefined, result, false);
    } else {
      setImmediate(() => current() && finish(undefined, result, false));
    }
  });
  const done = (error, result) => finish(error, result, error !== undefined && error !== null);
  const fail = (error) => done(error === undefined || error === null ? "handled" : error);
  const settle = [first((result) => done(null, result)), first(fail)];
  Object.assign(context, { done: first(done), succeed: settle[0], fail: settle[1] });
  return { callback, settle };
};

const run = (headers, body) => {
  requestId = headers["lambda-runtime-aws-request-id"];
  if (headers["lambda-runtime-trace-id"]) process.env._X_AMZN_TRACE_ID = headers["lambda-runtime-trace-id"];
  answered = false;
  socket.unref();
  onLoopEmpty = () => finish(undefined, null, false);
  let event;
  try {
    event = JSON.parse(body.toString());
  } catch (error) {
    finish(error, undefined, true);
    return;
  }
  const context = makeContext(headers);
  if (handler[streams]) {
    runStreaming(event, context);
    return;
  }
  const { callback, settle } = addCallbacks(context);
  // What an `async` function never settles is an error; other handlers may have nothing to say.
  if (handler.constructor?.name === "AsyncFunction") onLoopEmpty = neverSettled;
  try {
    const result = handler(event, context, callback);
    if (typeof result?.then === "function") result.then(...settle);
  } catch (error) {
    callback(error);
  }
};

const neverSettled = () => {
  const message =
    "The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes";
  finish(new RuntimeError("Runtime.NodeJsExit", message), undefined, true);
};

process.on("beforeExit", () => {
  const then = onLoopEmpty;
  onLoopEmpty = undefined;
  then?.();
});

/** An error that nobody caught ends the event in work, and the process. */
const dieOf = (error, label, code) => {
  logLine("ERROR", `${label}\t${forLog(error)}`);
  const response = toResponse(error);
  const target = answered ? "init/error" : `invocation/${requestId}/error`;
  onReceipt = () => process.exit(code);
  socket.ref();
  if (!answered && stream?.begun) {
    answered = true;
    stream.close(error, "");
    return;
  }
  answered = true;
  post(target, safeJson(response) ?? "{}", response.errorType, "");
};
process.on("uncaughtException", (error) => dieOf(error, "Uncaught Exception ", 129));
process.on("unhandledRejection", (reason) => {
  const error = new RuntimeError(
    "Runtime.UnhandledPromiseRejection",
    String(isError(reason) ? `${reason.name}: ${reason.message}` : reason),
    isError(reason) ? reason : undefined,
  );
  error.reason = isError(reason) ? toResponse(reason) : reason;
  dieOf(error, "Unhandled Promise Rejection ", 128);
});

// --- the handler ---------------------------------------------------------------------------

const isFile = (file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;

const isModulePackage = (folder, root) => {
  for (let at = folder; ; at = path.dirname(at)) {
    const manifest = path.join(at, "package.json");
    if (isFile(manifest)) {
      try {
        return JSON.parse(fs.readFileSync(manifest, "utf8")).type === "module";
      } catch {
        return false;
      }
    }
    if (at === root || at === path.dirname(at)) return false;
  }
};

const loadModule = async (root, folder, name) => {
  const base = path.resolve(root, folder, name);
  if (isFile(base)) return require(base);
  if (isFile(`${base}.js`)) {
    const file = `${base}.js`;
    return isModulePackage(path.dirname(file), root) ? import(pathToFileURL(file).href) : require(file);
  }
  if (isFile(`${base}.mjs`)) return import(pathToFileURL(`${base}.mjs`).href);
  if (isFile(`${base}.cjs`)) return require(`${base}.cjs`);
  return require(require.resolve(name, { paths: [root, path.join(root, folder)] }));
};

// AWS has every client of the SDK at hand, the runtime pack only those that most applications use. Version 2 of the SDK is
// gone from nodejs18.x on, there as here: code that misses it would not run there either.
const adviseOnSdk = (error) => {
  if (/'aws-sdk(\/[^']*)?'/.test(error.message)) {
    process.stderr.write('Runtimes from nodejs18.x on do not bundle aws-sdk, on AWS neither: run "npm install aws-sdk" in the folder of the function\'s code, or use the clients of @aws-sdk\n');
  }
  const [, name] = /'(@aws-sdk\/[^'/]+)/.exec(error.message) ?? [];
  if (name) {
    process.stderr.write(`Landline does not bundle ${name}: run "npm install ${name}" in the folder of the function's code\n`);
  }
};

const isAskedFor = (root, name) => {
  try {
    return name in (JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")).dependencies ?? {});
  } catch {
    return false;
  }
};

// Sources run on AWS once a tool has built them, which nobody has done with these.
const adviseOnBuild = (error, root, folder, name) => {
  const isHandler = error.message.startsWith(`Cannot find module '${name}'`);
  const source = [".ts", ".mts", ".tsx"].map((end) => path.resolve(root, folder, name + end)).find(isFile);
  if (isHandler && source) {
    process.stderr.write(`${path.basename(source)} is TypeScript, which Lambda does not run: build it, as "sam build" does, and deploy what was built\n`);
  }
  const [, missing] = /Cannot find (?:module|package) '((?:@[^'/]+\/)?[^'./][^'/]*)/.exec(error.message) ?? [];
  if (missing && !missing.startsWith("@aws-sdk/") && isAskedFor(root, missing)) {
    process.stderr.write(`package.json asks for ${missing}, and it is not installed: run "npm install" in the folder of the function's code, or "sam build", and deploy what was built\n`);
  }
};

const loadHandler = async (root, text) => {
  const [, folder, name, members] = /^(.*?)([^/.][^/]*?)\.([^/]+)$/.exec(text.replace(/^\.\//, "")) ?? [];
  if (!name || text.includes("..")) {
    throw new RuntimeError("Runtime.MalformedHandlerName", text.includes("..") ? `'${text}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.` : "Bad handler");
  }
  let loaded;
  try {
    loaded = await loadModule(root, folder, name);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new RuntimeError("Runtime.UserCodeSyntaxError", String(error), error);
    }
    if (error?.code === "MODULE_NOT_FOUND" || error?.code === "ERR_MODULE_NOT_FOUND") {
      adviseOnSdk(error);
      adviseOnBuild(error, root, folder, name);
      throw new RuntimeError("Runtime.ImportModuleError", String(error), error);
    }
    throw error;
  }
  const find = (from) => members.split(".").reduce((value, member) => value?.[member], from);
  const found = find(loaded) ?? find(loaded?.default);
  if (found === undefined) {
    throw new RuntimeError("Runtime.HandlerNotFound", `${text} is undefined or not exported`);
  }
  if (typeof found !== "function") {
    throw new RuntimeError("Runtime.HandlerNotFound", `${text} is not a function`);
  }
  return found;
};

const start = async () => {
  try {
    handler = await loadHandler(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER);
  } catch (error) {
    dieOf(error, "Uncaught Exception ", 1);
    return;
  }
  socket.write(next);
};

start();
