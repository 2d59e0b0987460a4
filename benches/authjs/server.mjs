// Auth.js behind node:http, with the configuration of the benchmark. Prints its port, and serves
// until its standard input ends.
import { createServer } from "node:http";
import { Auth } from "@auth/core";

// Where nobody signs in, the provider need not be there.
const { AUTH_SECRET, AUTH_DEV_ISSUER = "http://127.0.0.1:9" } = process.env;
const { AUTH_DEV_ID = "bench", AUTH_DEV_SECRET = "bench" } = process.env;

const config = {
  secret: AUTH_SECRET,
  trustHost: true,
  basePath: "/api/auth",
  providers: [
    {
      id: "dev",
      name: "Development login",
      type: "oidc",
      issuer: AUTH_DEV_ISSUER,
      clientId: AUTH_DEV_ID,
      clientSecret: AUTH_DEV_SECRET,
    },
  ],
};

async function read(incoming) {
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const server = createServer(async (incoming, outgoing) => {
  const { method, headers } = incoming;
  const body = method === "POST" ? await read(incoming) : undefined;
  const request = new Request(new URL(incoming.url, "http://127.0.0.1"), { method, headers, body });
  const response = await Auth(request, config);
  const answer = Buffer.from(await response.arrayBuffer());
  const answered = Object.fromEntries(response.headers);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) answered["set-cookie"] = cookies;
  outgoing.writeHead(response.status, { ...answered, "content-length": answer.length });
  outgoing.end(answer);
});

server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.on("end", () => process.exit(0)).resume();
