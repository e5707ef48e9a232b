// Sends connections to AWS's host names to Landline, in this process and in every Node.js process
// that it starts. The TLS server name and the Host header stay as the code wrote them.
"use strict";

const net = require("node:net");

const port = Number(process.env.LANDLINE_DIVERT_PORT);
const ofAws = /(?:^|\.)amazonaws\.com(?:\.cn)?\.?$/i;
const connect = net.Socket.prototype.connect;

const diverted = (options) => ({ ...options, host: "127.0.0.1", port, family: 4, lookup: undefined });

if (port && !connect.landline) {
  net.Socket.prototype.connect = function (...args) {
    const [first, second] = args;
    if (Array.isArray(first)) {
      // The form in which net and tls hand over arguments that they have put in order.
      if (first[0] && ofAws.test(first[0].host ?? "")) first[0] = diverted(first[0]);
    } else if (first !== null && typeof first === "object") {
      if (ofAws.test(first.host ?? "")) args[0] = diverted(first);
    } else if (typeof second === "string" && ofAws.test(second)) {
      args[0] = port;
      args[1] = "127.0.0.1";
    }
    return connect.apply(this, args);
  };
  net.Socket.prototype.connect.landline = true;
}
