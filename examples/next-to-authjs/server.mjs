// The site as it was: its pages, and sign-in by Auth.js. It keeps the port that browsers know, and
// passes on what has moved to Rust. `src/main.rs` starts it, and ends it by closing standard input.

import { createServer, request } from "node:http";
import { Readable } from "node:stream";

import { Auth, setEnvDefaults } from "@auth/core";

const { AUTH_ROUTES, PORT = 3000, RUST } = process.env;

/** One route after the other; those of sign-in last, and all of them at once. */
const moved = ["/dashboard", "/style.css"];
if (AUTH_ROUTES === "rust") moved.push("/api/auth/");

const config = {
  basePath: "/api/auth",
  trustHost: true,
  providers: [{ id: "dev", name: "Development login", type: "oidc", checks: ["pkce", "state", "nonce"] }],
};
setEnvDefaults(process.env, config); // AUTH_SECRET, AUTH_DEV_ID, AUTH_DEV_SECRET, AUTH_DEV_ISSUER

const policy =
  "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const server = createServer((incoming, outgoing) => {
  const [path] = incoming.url.split("?");
  const hasMoved = moved.some((it) => (it.endsWith("/") ? path.startsWith(it) : path === it));
  if (hasMoved) return passOn(incoming, outgoing);
  answer(incoming, outgoing, path).catch((error) => {
    console.error(error);
    outgoing.writeHead(500).end();
  });
});

async function answer(incoming, outgoing, path) {
  const asked = toRequest(incoming);
  const response = await (path === "/" ? home(asked) : Auth(asked, config));
  outgoing.setHeaders(response.headers).setHeader("set-cookie", response.headers.getSetCookie());
  outgoing.writeHead(response.status).end(Buffer.from(await response.arrayBuffer()));
}

async function home(asked) {
  const url = new URL("/api/auth/session", asked.url);
  const answer = await Auth(new Request(url, { headers: asked.headers }), config);
  const session = await answer.json();
  const headers = new Headers({
    "cache-control": "private, no-store",
    "content-security-policy": policy,
    "content-type": "text/html; charset=utf-8",
  });
  for (const cookie of answer.headers.getSetCookie()) headers.append("set-cookie", cookie);
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Auth.js</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
<main>
  <h1>Hello ${escaped(session?.user?.name ?? "guest")}</h1>
  <p>This page is Node’s, and Auth.js says who you are.</p>
  <p><a href="/dashboard">To the dashboard, which has moved to Rust</a></p>
</main>
</html>`;
  return new Response(page, { headers });
}

function escaped(text) {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function toRequest(incoming) {
  const { headers, method, url } = incoming;
  const body = method === "POST" ? Readable.toWeb(incoming) : undefined;
  return new Request(`http://${headers.host}${url}`, { method, headers, body, duplex: "half" });
}

/** To Rust and back, as it is; `Host` included, for the origin is the same. */
function passOn(incoming, outgoing) {
  const { method, url: path, rawHeaders: headers } = incoming;
  const onwards = request(RUST, { method, path, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode, answer.rawHeaders);
    answer.pipe(outgoing);
  });
  onwards.on("error", () => outgoing.destroy());
  incoming.pipe(onwards);
}

server.listen(PORT, "127.0.0.1", () => console.log(server.address().port));
process.stdin.on("end", () => process.exit()).resume();
