// One origin in front of two sites: paths under `prefix` go to one, all others to the other. Like
// any proxy that is not told otherwise it passes the `Host` on that the browser asked for.
//
//   {"prefix": "/a/", "there": origin, "elsewhere": origin}

import { createServer, request } from "node:http";

import { converse } from "./lines.js";

let route;

const server = createServer((incoming, outgoing) => {
  const target = incoming.url.startsWith(route.prefix) ? route.there : route.elsewhere;
  const { hostname, port } = new URL(target);
  const { method, url: path, rawHeaders: headers } = incoming;
  const onwards = request({ hostname, port, method, path, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode, answer.rawHeaders);
    answer.pipe(outgoing);
  });
  onwards.on("error", () => outgoing.destroy());
  incoming.pipe(onwards);
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));

await converse((wanted) => {
  route = wanted;
  return { origin: `http://127.0.0.1:${server.address().port}` };
});
