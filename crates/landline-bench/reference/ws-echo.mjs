// The npm package `ws`, sending every message back: the peer `node-ws`.
import { createRequire } from "node:module";

// It lies with the packages of the JavaScript tests.
const require = createRequire(new URL("../../../tests/clients/sdk-js/package.json", import.meta.url));
const { WebSocketServer } = require("ws");

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
server.on("listening", () => console.log(server.address().port));
server.on("connection", (socket) => {
  socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary }));
});
