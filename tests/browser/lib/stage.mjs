// What the checks run against: Chromium, the examples, the sites with a clock, and a hostile site.

import { spawn } from "node:child_process";
import { access, constants, mkdtemp, rm } from "node:fs/promises";
import { createServer, get } from "node:http";
import { tmpdir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import { createInterface } from "node:readline";

import puppeteer from "puppeteer-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Names for this machine, so that there are other sites without leaving it.
  "--host-resolver-rules=MAP *.test 127.0.0.1",
];

/** Starts everything, runs `body`, and stops everything. */
export async function onStage(body) {
  const { CHROMIUM = "chromium", DEMO, EXAMPLES, SITES } = process.env;
  if (!DEMO || !EXAMPLES || !SITES) {
    throw new Error(
      "set EXAMPLES (JSON: the addresses of the running ones), DEMO and SITES (the programs `demo` and `browser_site`)",
    );
  }
  const profile = await mkdtemp(join(tmpdir(), "auth-browser-"));
  const endings = [() => rm(profile, { recursive: true, force: true, maxRetries: 3 })];
  try {
    const sites = await startSites(SITES, endings);
    const hostile = await startHostile(endings);
    const browser = await puppeteer.launch({
      executablePath: await pathOf(CHROMIUM),
      args: FLAGS,
      headless: true,
      pipe: true,
      userDataDir: profile,
    });
    endings.push(() => browser.close());
    const examples = JSON.parse(EXAMPLES);
    const demo = new URL(examples.demo).origin;
    const authkit = new URL(examples["authkit-example"]).origin;
    const [provider, workos] = [await providerOf(demo), await workosOf(authkit)];
    return await body({
      browser, demo, authkit, examples, program: DEMO, sites, hostile, endings, provider, workos,
    });
  } finally {
    for (const end of endings.reverse()) await end();
  }
}

/** Where a program is: puppeteer does not look for it. */
async function pathOf(program) {
  if (isAbsolute(program)) return program;
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(folder, program);
    if (await access(path, constants.X_OK).then(() => true, () => false)) return path;
  }
  throw new Error(`there is no ${program}`);
}

/** The origin of the demo's development provider, which takes a free port. */
async function providerOf(demo) {
  const { csrfToken, cookie } = await fetch(`${demo}/api/auth/csrf`).then(async (answer) => ({
    ...(await answer.json()),
    cookie: answer.headers.getSetCookie().map((text) => text.split(";")[0]).join("; "),
  }));
  const answer = await fetch(`${demo}/api/auth/signin/dev`, {
    method: "POST",
    headers: { cookie, "x-auth-return-redirect": "1" },
    body: new URLSearchParams({ csrfToken }),
  });
  return new URL((await answer.json()).url).origin;
}

/** The origin of the stand-in for WorkOS, which takes a free port too. `fetch` is no navigation. */
async function workosOf(authkit) {
  const headers = { accept: "text/html" };
  const answer = await new Promise((resolve, reject) => {
    get(`${authkit}/sign-in`, { headers }, resolve).once("error", reject);
  });
  answer.resume();
  return new URL(answer.headers.location).origin;
}

async function startSites(program, endings) {
  const child = spawn(program, { stdio: ["pipe", "pipe", "inherit"] });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  endings.push(() => (child.stdin.end(), gone));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error("the sites have stopped");
    return value;
  };
  return {
    ...JSON.parse(await next()),
    /** Moves the clock of the sites and of their providers. */
    async advance(seconds) {
      child.stdin.write(`advance ${seconds}\n`);
      const answer = await next();
      if (answer !== "ok") throw new Error(`the clock says ${answer}`);
    },
  };
}

/** A server that shows whatever page it is given, under names of other sites. */
async function startHostile(endings) {
  let shown = "";
  let policy;
  const server = createServer((request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    if (policy) response.setHeader("content-security-policy", policy);
    response.end(shown);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  endings.push(() => (server.closeAllConnections(), new Promise((done) => server.close(done))));
  const { port } = server.address();
  return {
    /** Another site. */
    crossSite: `http://attacker.test:${port}`,
    /** Another origin of the same site: it gets `SameSite` cookies sent. */
    sameSite: `http://localhost:${port}`,
    /** `origin` under a name that it does not know. */
    unknownHost(origin) {
      return `http://unknown.test:${new URL(origin).port}`;
    },
    show(html, underPolicy) {
      shown = html;
      policy = underPolicy;
    },
  };
}
