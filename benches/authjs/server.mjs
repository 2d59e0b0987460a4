// Auth.js behind node:http, with the configuration of the benchmark. Prints its port, and serves
// until its standard input ends.
import { createServer } from "node:http";
import { Auth } from "@auth/core";
import GitHub from "@auth/core/providers/github";

const config = {
  secret: process.env.AUTH_SECRET,
  trustHost: true,
  basePath: "/api/auth",
  providers: [GitHub({ clientId: "bench", clientSecret: "bench" })],
};

const server = createServer(async (incoming, outgoing) => {
  const url = new URL(incoming.url, "http://127.0.0.1");
  const request = new Request(url, { method: incoming.method, headers: incoming.headers });
  const response = await Auth(request, config);
  const body = Buffer.from(await response.arrayBuffer());
  const headers = Object.fromEntries(response.headers);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) headers["set-cookie"] = cookies;
  outgoing.writeHead(response.status, { ...headers, "content-length": body.length });
  outgoing.end(body);
});

server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.on("end", () => process.exit(0)).resume();
