// Sends connections to AWS's host names, and to the custom domains that are served here, to Landline, in this process and in every Node.js process
// that it starts. The TLS server name and the Host header stay as the code wrote them.
"use strict";

const fs = require("node:fs");
const net = require("node:net");
const path = require("node:path");

const port = Number(process.env.LANDLINE_DIVERT_PORT);
// SDKs put `sync-` before the endpoint for StartSyncExecution, even if that is an address.
const ofAws = /(?:^|\.)amazonaws\.com(?:\.cn)?\.?$|^sync-127\.0\.0\.1$/i;
const connect = net.Socket.prototype.connect;
const domainsFile = path.join(__dirname, "domains");

let domains = [];
let readAt = 0;

// The file has a name a line, a wildcard among them, and changes while functions run.
const isDomain = (host) => {
  try {
    const { mtimeMs } = fs.statSync(domainsFile);
    if (mtimeMs !== readAt) {
      domains = fs.readFileSync(domainsFile, "utf8").split("\n").filter(Boolean);
      readAt = mtimeMs;
    }
  } catch {
    return false;
  }
  const name = host.toLowerCase().replace(/\.$/, "");
  return domains.includes(name) || domains.includes(name.replace(/^[^.]*/, "*"));
};

const isOurs = (host) =>
  typeof host === "string" && (ofAws.test(host) || (host.includes(".") && net.isIP(host) === 0 && isDomain(host)));

const diverted = (options) => ({ ...options, host: "127.0.0.1", port, family: 4, lookup: undefined });

if (port && !connect.landline) {
  net.Socket.prototype.connect = function (...args) {
    const [first, second] = args;
    if (Array.isArray(first)) {
      // The form in which net and tls hand over arguments that they have put in order.
      if (first[0] && isOurs(first[0].host)) first[0] = diverted(first[0]);
    } else if (first !== null && typeof first === "object") {
      if (isOurs(first.host)) args[0] = diverted(first);
    } else if (isOurs(second)) {
      args[0] = port;
      args[1] = "127.0.0.1";
    }
    return connect.apply(this, args);
  };
  net.Socket.prototype.connect.landline = true;
}
