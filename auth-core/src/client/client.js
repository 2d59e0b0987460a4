// Sign-in for scripts: const { signIn, signOut } = await import("/api/auth/client.js")
// Names and options are those of Auth.js; client.d.ts beside this file says what each does.

/** Where the routes are mounted: this file is one of them. */
const base = new URL(".", import.meta.url);

/** Auth.js's channel and messages, so that its tabs and ours hear each other. */
const channel = new BroadcastChannel("next-auth");

const listeners = new Set();
/** The session that this page last heard of, as text. */
let known;

export async function signIn(provider, options = {}, authorizationParams) {
  const { callbackUrl, redirectTo = callbackUrl ?? location.href, redirect = true, ...fields } = options;
  if (typeof provider !== "string") return toSignIn({ callbackUrl: redirectTo });
  const providers = await getProviders();
  if (!Object.hasOwn(providers, provider)) {
    const error = { error: "Configuration", code: "unknown_provider" };
    if (redirect) return toSignIn({ callbackUrl: redirectTo, ...error });
    return { ...error, status: 400, ok: false, url: null };
  }
  const action = providers[provider].type === "credentials" ? "callback" : "signin";
  const path = `${action}/${provider}?${new URLSearchParams(authorizationParams)}`;
  const [outcome, next] = await post(path, { ...fields, callbackUrl: redirectTo });
  if (redirect) return go(next);
  if (outcome.ok) await getSession();
  return outcome;
}

export async function signOut(options = {}) {
  const { callbackUrl, redirectTo = callbackUrl ?? location.href, redirect = true } = options;
  const [outcome, next] = await post("signout", { callbackUrl: redirectTo });
  if (outcome.ok) {
    known = undefined; // whatever this page knew, the others are to hear
    learn(null, "signout");
  }
  return redirect ? go(next) : outcome;
}

export async function getSession() {
  return learn(await read("session"), "getSession");
}

export function onSession(listener) {
  let wanted = true;
  channel.onmessage = () => read("session").then((session) => learn(session), console.error);
  getSession().then((session) => {
    if (!wanted) return;
    listeners.add(listener);
    listener(session);
  }, console.error);
  return () => {
    wanted = false;
    listeners.delete(listener);
  };
}

export async function update(data) {
  const body = JSON.stringify({ csrfToken: await getCsrfToken(), data });
  const headers = { "Content-Type": "application/json" };
  return learn(await read("session", { method: "POST", headers, body }), "getSession");
}

export function getProviders() {
  return read("providers");
}

export async function getCsrfToken() {
  return (await read("csrf")).csrfToken;
}

/** JSON. What is refused or cannot be told is an error: it must not look like a guest. */
async function read(path, init) {
  const answer = await fetch(new URL(path, base), init);
  if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}`);
  return answer.json();
}

/** Posts a form: what came of it, and where to go. An address of ours with `error` is a failure. */
async function post(path, fields) {
  const init = {
    method: "POST",
    headers: { "X-Auth-Return-Redirect": "1" },
    body: new URLSearchParams({ ...fields, csrfToken: await getCsrfToken() }),
  };
  const { url } = await read(path, init);
  const next = new URL(url, base);
  const said = (name) => (next.origin === base.origin && next.searchParams.get(name)) || undefined;
  const [error, code] = [said("error"), said("code")];
  return [{ error, code, status: 200, ok: !error, url: error ? null : next.href }, next];
}

/** Keeps what is known of the session; `trigger` tells the other tabs, if it is news. */
function learn(session, trigger) {
  const now = JSON.stringify({ ...session, expires: 0 });
  if (now !== known) {
    known = now;
    for (const listener of listeners) listener(session);
    if (trigger) channel.postMessage({ event: "session", data: { trigger } });
  }
  return session;
}

function toSignIn(query) {
  go(new URL(`signin?${new URLSearchParams(query)}`, base));
}

/** Leaves for `url`, which is no script whoever wrote it. */
function go(url) {
  if (!/^https?:$/.test(url.protocol)) throw new TypeError(`refused to go to a ${url.protocol} address`);
  const page = (address) => address.split("#")[0];
  const stays = url.href.includes("#") && page(url.href) === page(location.href);
  location.assign(url);
  if (stays) location.reload(); // a new fragment alone loads nothing
}
