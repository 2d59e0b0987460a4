// The browser clients of next-auth 4 and auth-astro, unchanged, against our routes.

import { expect, same } from "../lib/checks.mjs";
import { startClients } from "../lib/clients.mjs";
import { join } from "../lib/peers.mjs";
import { choose, toProvider } from "../lib/steps.mjs";
import { clickAlive, go, open, signedInAs, visits, words } from "../lib/visitor.mjs";

/**
 * What next-auth 4 remarks of a guest, on the console and to `/_log`: its own server answered `{}`,
 * Auth.js and we answer `null`. It takes that for nobody all the same.
 */
const REMARKS = ["CLIENT_FETCH_ERROR", "/api/auth/_log"];

export async function clients(checks, { browser, sites, endings }) {
  const pages = await startClients(endings);
  const origin = await join("/clients/", pages, sites.shared.base, endings);
  const react = `${origin}/clients/next-auth`;
  const astro = `${origin}/clients/auth-astro`;
  const atProvider = (at) => at.pathname === "/authorize";

  const visit = visits(browser, [origin, sites.shared.issuer]);
  /** Signs Ada in by next-auth's client. */
  const signIn = async (page, options = {}) => {
    await open(page, react);
    await shows(page, "unauthenticated", "nobody");
    await go(page, atProvider, () => call(page, "signIn", "dev", options));
    await choose(page, "Ada", (at) => at.href === (options.callbackUrl ?? react));
  };

  await checks.check("next_auth_client_reads_providers_and_token_and_nobody", () =>
    visit(async (page) => {
      await open(page, react);
      await shows(page, "unauthenticated", "nobody");
      same(await call(page, "getSession"), null, "the session");
      const { dev } = await call(page, "getProviders");
      same(dev, {
        callbackUrl: `${origin}/api/auth/callback/dev`,
        id: "dev",
        name: "Development login",
        signinUrl: `${origin}/api/auth/signin/dev`,
        type: "oidc",
      }, "the provider");
      const token = await call(page, "getCsrfToken");
      expect(/^[0-9a-f]{64}$/.test(token), `the token is ${token}`);
      same(await call(page, "getCsrfToken"), token, "the token, asked again");
    }));

  await checks.check("next_auth_client_signs_in_and_its_provider_shows_who", () =>
    visit(async (page, visitor) => {
      await signIn(page);
      await shows(page, "authenticated", "Ada Admin");
      const session = await call(page, "getSession");
      same(session.user, { email: "ada@example.com", name: "Ada Admin" }, "the user");
      expect(Date.parse(session.expires) > Date.now(), session.expires);
      visitor.expectNoComplaint(...REMARKS);
    }));

  await checks.check("next_auth_client_is_led_to_its_callback_url_and_never_off_the_site", () =>
    visit(async (page) => {
      await signIn(page, { callbackUrl: `${origin}/page` });
      same(await words(page), "hello Ada Admin", "the protected page");
      await page.deleteCookie(...(await page.cookies()));
      await open(page, react);
      await shows(page, "unauthenticated", "nobody");
      await go(page, atProvider, () =>
        call(page, "signIn", "dev", { callbackUrl: "https://evil.example/" }));
      await choose(page, "Ada", (at) => at.href === `${origin}/`);
    }));

  await checks.check("next_auth_client_goes_to_the_provider_whether_asked_to_redirect_or_not", () =>
    visit(async (page) => {
      await signIn(page, { redirect: false });
      await shows(page, "authenticated", "Ada Admin");
    }));

  await checks.check("next_auth_client_passes_hints_on_to_the_provider", () =>
    visit(async (page) => {
      await open(page, react);
      await shows(page, "unauthenticated", "nobody");
      await go(page, atProvider, () =>
        call(page, "signIn", "dev", {}, { login_hint: "ada@example.com" }));
      same(new URL(page.url()).searchParams.get("login_hint"), "ada@example.com", "the hint");
    }));

  await checks.check("next_auth_client_without_a_provider_shows_our_page", () =>
    visit(async (page) => {
      await open(page, react);
      await shows(page, "unauthenticated", "nobody");
      await go(page, (at) => at.pathname === "/api/auth/signin", () => call(page, "signIn"));
      await toProvider(page);
      await choose(page, "Ada", (at) => at.href === react);
      await shows(page, "authenticated", "Ada Admin");
    }));

  await checks.check("next_auth_client_updates_the_session", () =>
    visit(async (page, visitor) => {
      await signIn(page);
      await shows(page, "authenticated", "Ada Admin");
      await call(page, "update", { name: "Countess", email: "eve@example.com" });
      await shows(page, "authenticated", "Countess");
      const { user } = await call(page, "getSession");
      same(user, { email: "ada@example.com", name: "Countess" }, "the user");
      visitor.expectNoComplaint(...REMARKS);
    }));

  await checks.check("next_auth_client_tells_other_tabs_of_a_sign_out", () =>
    visit(async (left, visitor) => {
      await signIn(left);
      const right = await visitor.tab();
      await open(right, react);
      await shows(right, "authenticated", "Ada Admin");
      const { url } = await call(right, "signOut", { redirect: false, callbackUrl: "/page" });
      same(url, `${origin}/page`, "where to go");
      await shows(right, "unauthenticated", "nobody");
      await shows(left, "unauthenticated", "nobody");
      same(await signedInAs(left, origin), null, "signed in");
    }));

  await checks.check("next_auth_client_signs_out_and_is_led_on", () =>
    visit(async (page) => {
      await signIn(page);
      await go(page, (at) => at.href === `${origin}/`, () =>
        call(page, "signOut", { callbackUrl: `${origin}/` }));
      same(await words(page), "a guest", "the first page");
    }));

  await checks.check("auth_astro_client_signs_in_and_out_with_the_script_of_its_guide", () =>
    visit(async (page, visitor) => {
      await open(page, astro);
      await go(page, atProvider, () => clickAlive(page, "#login"));
      await choose(page, "Ada", (at) => at.href === astro);
      same(await signedInAs(page, origin), "Ada Admin", "signed in");
      await Promise.all([page.waitForNavigation(), clickAlive(page, "#logout")]);
      same(page.url(), astro, "after signing out");
      same(await signedInAs(page, origin), null, "signed in");
      visitor.expectNoComplaint();
    }));

  await checks.check("auth_astro_client_takes_options_and_parameters", () =>
    visit(async (page) => {
      const use = (name, ...given) => page.evaluate(async (name, given) => {
        const client = await import("@auth/astro/client");
        await client[name](...given);
      }, name, given).catch(ignoreNavigation);
      await open(page, astro);
      await go(page, atProvider, () =>
        use("signIn", "dev", { callbackUrl: "/page" }, { prompt: "login" }));
      same(new URL(page.url()).searchParams.get("prompt"), "login", "the parameter");
      await choose(page, "Ada", (at) => at.href === `${origin}/page`);
      await open(page, astro);
      await go(page, (at) => at.href === `${origin}/`, () => use("signOut", { callbackUrl: "/" }));
      await open(page, astro);
      await go(page, (at) => at.pathname === "/api/auth/signin", () => use("signIn"));
    }));
}

/** Calls a function of next-auth's client in the page. `undefined` if it leads the page elsewhere. */
function call(page, name, ...given) {
  const run = (name, given) => globalThis.client[name](...given);
  return page.evaluate(run, name, given).catch(ignoreNavigation);
}

/** The script ended because its page did. */
function ignoreNavigation(error) {
  if (!/context was destroyed|detached|Cannot find context/i.test(error.message)) throw error;
}

/** Waits until the page shows who is signed in. By the clock: a tab behind another draws nothing. */
function shows(page, status, name) {
  const isShown = (status, name) => {
    const who = document.querySelector("#who");
    return who?.dataset.status === status && who.textContent === name;
  };
  return page.waitForFunction(isShown, { polling: 100 }, status, name);
}
