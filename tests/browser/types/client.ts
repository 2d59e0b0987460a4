// Every function of the module, used as it is meant to be and as it is not. The compiler refuses an
// expected error that is none, so each line here is a check.

import {
  getCsrfToken, getProviders, getSession, onSession, signIn, signOut, update,
  type AuthorizationParams, type Outcome, type Provider, type Session,
} from "/api/auth/client.js";

// The module as an inline script imports it.
const module = await import("/api/auth/client.js");
await module.signIn("github");

// signIn: it goes away, unless told to stay.
const gone: Outcome | undefined = await signIn("github");
const stayed: Outcome = await signIn("github", { redirect: false });
await signIn();
await signIn(null, { redirectTo: "/dashboard" });
await signIn(undefined, { callbackUrl: "/dashboard" });
await signIn("github", { max_age: "300" }, { login_hint: "ada", prompt: "login" });
for (const params of ["prompt=login", [["prompt", "login"]], { prompt: "login" }, new URLSearchParams()]) {
  await signIn("github", {}, params satisfies AuthorizationParams);
}
// @ts-expect-error: an id is text
await signIn(7);
// @ts-expect-error: whether it stays is true or false
await signIn("github", { redirect: "no" });
// @ts-expect-error: an address is text
await signIn("github", { redirectTo: new URL("https://example.com") });
// @ts-expect-error: parameters are text
await signIn("github", {}, { max_age: 300 });
// @ts-expect-error: there is no fourth
await signIn("github", {}, {}, {});
// @ts-expect-error: where it may go away, there may be no outcome
const certain: Outcome = await signIn("github");

// The outcome.
const { ok, status }: { ok: boolean; status: number } = stayed;
const next: string | null = stayed.url;
const [error, code]: (string | undefined)[] = [stayed.error, stayed.code];
// @ts-expect-error: it may have no address
const always: string = stayed.url;

// signOut.
const left: Outcome = await signOut({ redirect: false });
const away: Outcome | undefined = await signOut({ redirectTo: "/" });
await signOut();
// @ts-expect-error: it takes no provider
await signOut("github");
// @ts-expect-error: nor other fields
await signOut({ max_age: "300" });

// getSession: a guest has none.
const session: Session | null = await getSession();
const name: string | null | undefined = session?.user.name;
const expires: string | undefined = session?.expires;
const plan: unknown = session?.user["plan"];
// @ts-expect-error: there may be none
session.user;
// @ts-expect-error: what an application adds is not known here
const known: string = session?.user["plan"];
// @ts-expect-error: it takes nothing
await getSession("ada");

// onSession.
const stop: () => void = onSession((heard) => void (heard?.user.email satisfies string | null | undefined));
stop();
// @ts-expect-error: what listens is a function
onSession("ada");
// @ts-expect-error: it needs one
onSession();

// update: whatever JSON can hold.
const updated: Session | null = await update({ name: "Countess" });
await update();
// @ts-expect-error: one value
await update("name", "Countess");

// getProviders.
const providers: Record<string, Provider> = await getProviders();
for (const { id, name, type, signinUrl, callbackUrl } of Object.values(providers)) {
  const all: string[] = [id, name, type, signinUrl, callbackUrl];
  void all;
}
// @ts-expect-error: an object, not a list
const list: Provider[] = await getProviders();

// getCsrfToken.
const token: string = await getCsrfToken();
// @ts-expect-error: a promise
const early: string = getCsrfToken();

void [gone, certain, ok, status, next, error, code, always, left, away, name, expires, plan, known];
void [updated, list, token, early];
