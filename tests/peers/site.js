// A site whose sign-in is Auth.js, on a free loopback port. The first line of standard input says
// how it is configured, and the answer where it listens:
//
//   {"secret": […], "basePath": "/api/auth", "issuer": …, "client_id": …, "client_secret": …}
//
// Another line configures it anew, on the same port. Beside the routes there is `<basePath>/../page`,
// which greets whoever is signed in.

import { createServer } from "node:http";
import { dirname } from "node:path/posix";

import { Auth } from "@auth/core";

import { converse } from "./lines.js";

const silent = { error() {}, warn() {}, debug() {} };

let config;

const server = createServer(async (incoming, outgoing) => {
  const answer = await answerTo(await requestOf(incoming));
  for (const [name, value] of answer.headers) {
    if (name !== "set-cookie") outgoing.setHeader(name, value);
  }
  outgoing.setHeader("set-cookie", answer.headers.getSetCookie());
  outgoing.writeHead(answer.status);
  outgoing.end(Buffer.from(await answer.arrayBuffer()));
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));

await converse(({ secret, basePath, issuer, client_id, client_secret }) => {
  config = {
    secret,
    basePath,
    trustHost: true,
    logger: silent,
    providers: [
      {
        id: "dev",
        name: "Development login",
        type: "oidc",
        issuer,
        clientId: client_id,
        clientSecret: client_secret,
        checks: ["pkce", "state", "nonce"],
      },
    ],
    callbacks: { jwt: remember },
  };
  return { origin: `http://127.0.0.1:${server.address().port}` };
});

/** Makes Ada's session larger than a cookie, and takes a new name from `update()`. */
function remember({ token, trigger, session }) {
  if (token.email === "ada@example.com") token.padding = "x".repeat(9000);
  if (trigger === "update" && session?.name) token.name = session.name;
  return token;
}

async function requestOf(incoming) {
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const headers = new Headers();
  for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
    headers.append(incoming.rawHeaders[i], incoming.rawHeaders[i + 1]);
  }
  return new Request(new URL(incoming.url, `http://${incoming.headers.host}`), {
    method: incoming.method,
    headers,
    body: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
  });
}

async function answerTo(request) {
  const { origin, pathname } = new URL(request.url);
  if (pathname !== `${dirname(config.basePath)}/page`.replace("//", "/")) {
    return Auth(request, { ...config });
  }
  const asked = new Request(`${origin}${config.basePath}/session`, { headers: request.headers });
  const answer = await Auth(asked, { ...config });
  const session = await answer.json();
  const headers = new Headers({ "content-type": "text/html; charset=utf-8" });
  for (const cookie of answer.headers.getSetCookie()) headers.append("set-cookie", cookie);
  return new Response(`<p>Auth.js says hello ${session?.user?.name ?? "stranger"}</p>`, { headers });
}
