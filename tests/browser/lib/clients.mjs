// Pages that use the browser clients of next-auth and auth-astro, as their packages have them.

import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const FOLDER = fileURLToPath(new URL("../clients/", import.meta.url));

/** What their bundlers put in place of variables of the environment: nothing is set. */
const ENVIRONMENT = {
  "process.env.NODE_ENV": '"production"',
  "process.env.NEXTAUTH_URL": "undefined",
  "process.env.NEXTAUTH_URL_INTERNAL": "undefined",
  "process.env.VERCEL_URL": "undefined",
};

const html = (body) => ["text/html; charset=utf-8", `<!DOCTYPE html><html lang="en">${body}</html>`];
const script = (text) => ["text/javascript; charset=utf-8", text];

/** A server of the pages under `/clients/`. Its origin. */
export async function startClients(endings) {
  const files = new Map([
    ["/clients/next-auth.js", script(await bundle({ entryPoints: [`${FOLDER}next-auth.jsx`] }))],
    ["/clients/auth-astro.js", script(await bundle({ entryPoints: ["auth-astro/client"] }))],
    ["/clients/next-auth", html('<div id="root"></div><script type="module" src="/clients/next-auth.js"></script>')],
    ["/clients/auth-astro", html(ASTRO)],
  ]);
  const server = createServer((request, response) => {
    const [type, body] = files.get(new URL(request.url, "http://clients").pathname) ?? [];
    response.writeHead(body ? 200 : 404, type && { "content-type": type });
    response.end(body);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  endings.push(() => (server.closeAllConnections(), new Promise((done) => server.close(done))));
  return `http://127.0.0.1:${server.address().port}`;
}

async function bundle(entry) {
  const { outputFiles } = await build({
    ...entry,
    absWorkingDir: FOLDER,
    bundle: true,
    define: ENVIRONMENT,
    format: "esm",
    jsx: "automatic",
    logLevel: "silent",
    write: false,
  });
  return outputFiles[0].text;
}

/** The buttons and the inline script of the guide to Astro Auth, word for word. */
const ASTRO = `
<script type="importmap">{"imports": {"@auth/astro/client": "/clients/auth-astro.js"}}</script>
<button id="login">Login</button>
<button id="logout">Logout</button>

<script type="module">
  let { signIn, signOut } = await import("@auth/astro/client")
  document.querySelector("#login").onclick = () => signIn("github")
  document.querySelector("#logout").onclick = () => signOut()
</script>`;
