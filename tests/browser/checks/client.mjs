// The client module, as scripts of a site's own pages use it: under a strict policy, in two tabs.

import { gzipSync } from "node:zlib";

import { expect, same } from "../lib/checks.mjs";
import { choose } from "../lib/steps.mjs";
import { click, clickAlive, errorCode, go, open, signedInAs, visits, words } from "../lib/visitor.mjs";

/** The largest size of the module as a server compresses it, in bytes. */
const LARGEST = 3 * 1024;

export async function client(checks, { browser, sites }) {
  const site = sites.one;
  const [buttons, inline] = [`${site}/buttons`, `${site}/buttons-inline`];
  const visit = visits(browser, sites.origins);
  /** From the button of a page to the provider and back to that page. */
  const signIn = async (page) => {
    const back = page.url();
    await go(page, (at) => at.pathname === "/authorize", () => clickAlive(page, "#login"));
    await choose(page, "Ada", (at) => at.href === back);
  };
  /** What `use` answers, given the functions of the module. */
  const call = (page, use) =>
    page.evaluate(`import("/api/auth/client.js").then(${use})`);

  await checks.check("the_module_is_small_and_not_sent_twice", async () => {
    const answered = await fetch(`${site}/api/auth/client.js`);
    const size = gzipSync(Buffer.from(await answered.arrayBuffer())).length;
    expect(size <= LARGEST, `the module has ${size} bytes`);
    const headers = { "if-none-match": answered.headers.get("etag") };
    const again = await fetch(`${site}/api/auth/client.js`, { headers });
    same([again.status, (await again.text()).length], [304, 0], "the second time");
  });

  await checks.check("the_inline_script_of_the_guide_signs_in_and_out_under_a_strict_policy", () =>
    visit(async (page, visitor) => {
      await open(page, inline);
      await signIn(page);
      same(await signedInAs(page, site), "Ada Admin", "signed in");
      await go(page, (at) => at.href === inline, () => clickAlive(page, "#logout"));
      same(await signedInAs(page, site), null, "signed in");
      visitor.expectNoComplaint();
    }));

  await checks.check("another_tab_hears_of_sign_in_and_of_sign_out", () =>
    visit(async (page, visitor) => {
      const other = await visitor.tab();
      for (const tab of [other, page]) {
        await open(tab, buttons);
        await shows(tab, "a guest");
      }
      await page.bringToFront();
      await signIn(page);
      await shows(page, "Ada Admin");
      await shows(other, "Ada Admin");
      await go(page, (at) => at.href === buttons, () => clickAlive(page, "#logout"));
      await shows(page, "a guest");
      await shows(other, "a guest");
      visitor.expectNoComplaint();
    }));

  await checks.check("a_provider_that_is_not_there_leads_to_the_sign_in_page_with_a_plain_word", () =>
    visit(async (page, visitor) => {
      await open(page, buttons);
      await shows(page, "a guest");
      const isThere = (at) => at.pathname === "/api/auth/signin";
      await go(page, isThere, () => click(page, "#nobody"));
      same(await errorCode(page), "unknown_provider", "the code");
      expect((await words(page)).includes("No such way to sign in"), "the page says what is wrong");
      await throughTheSignInPage(page, buttons);
      visitor.expectNoComplaint();
    }));

  await checks.check("sign_in_without_a_provider_leads_to_the_sign_in_page_and_back", () =>
    visit(async (page, visitor) => {
      await open(page, buttons);
      await shows(page, "a guest");
      await go(page, (at) => at.pathname === "/api/auth/signin", () => click(page, "#choose"));
      same(await errorCode(page), null, "the code");
      await throughTheSignInPage(page, buttons);
      visitor.expectNoComplaint();
    }));

  await checks.check("without_a_redirect_the_outcome_is_told_in_the_words_of_auth_js", () =>
    visit(async (page, visitor) => {
      await open(page, buttons);
      const begun = await call(page, `({ signIn }) => signIn("dev", { redirect: false },
        { login_hint: "ada", redirect_uri: "https://evil.test/", scope: "openid everything" })`);
      same([begun.error, begun.code, begun.status, begun.ok], [undefined, undefined, 200, true], "begun");
      const url = new URL(begun.url);
      same(url.pathname, "/authorize", "where it would go");
      same(url.searchParams.get("login_hint"), "ada", "a parameter of the list");
      expect(!begun.url.includes("evil.test") && !begun.url.includes("everything"), begun.url);

      const unknown = `({ signIn }) => Promise.all(
        ["nobody", "__proto__", "constructor"].map((id) => signIn(id, { redirect: false })))`;
      for (const outcome of await call(page, unknown)) {
        const expected = {
          error: "Configuration", code: "unknown_provider", status: 400, ok: false, url: null,
        };
        same(outcome, expected, "a provider that is not there");
      }
      const left = await call(page, `({ signOut }) => signOut({ redirect: false, redirectTo: "/page" })`);
      same([left.ok, left.url], [true, `${site}/page`], "signed out");
      same(page.url(), buttons, "the page has stayed");
      visitor.expectNoComplaint();
    }));

  await checks.check("a_form_that_is_refused_is_no_success", () =>
    visit(async (page) => {
      await open(page, buttons);
      await shows(page, "a guest");
      // The token of another browser.
      await answer(page, "/api/auth/csrf", { csrfToken: "0".repeat(64) });
      const outcome = await call(page, `({ signOut }) => signOut({ redirect: false })`);
      same([outcome.error, outcome.ok, outcome.url], ["MissingCSRF", false, null], "the outcome");
      const refused = await call(page, `({ update }) => update().catch((error) => error.message)`);
      expect(refused.includes("400"), refused);
    }));

  await checks.check("a_script_for_an_address_is_never_run", () =>
    visit(async (page) => {
      await open(page, buttons);
      await shows(page, "a guest");
      await answer(page, "/api/auth/signout", { url: "javascript:document.title='run'" });
      const refused = await call(page, `({ signOut }) => signOut().catch((error) => error.message)`);
      expect(refused.includes("javascript:"), refused);
      same([await page.title(), page.url()], ["Buttons", buttons], "the page");
    }));

  await checks.check("a_way_back_that_is_a_script_or_another_site_leads_home", () =>
    visit(async (page, visitor) => {
      for (const back of ["javascript:alert(1)", "https://evil.test/", "//evil.test"]) {
        await open(page, buttons);
        await shows(page, "a guest");
        const leave = () => call(page, `({ signIn }) => { signIn("dev", { redirectTo: "${back}" }) }`);
        await go(page, (at) => at.pathname === "/authorize", leave);
        await choose(page, "Ada", (at) => at.href === `${site}/`);
        await open(page, buttons);
        await shows(page, "Ada Admin");
        await go(page, (at) => at.href === buttons, () => clickAlive(page, "#logout"));
      }
      visitor.expectNoComplaint();
    }));

  await checks.check("an_update_reaches_the_application_and_the_other_tab", () =>
    visit(async (page, visitor) => {
      await open(page, buttons);
      await signIn(page);
      const other = await visitor.tab();
      await open(other, buttons);
      await shows(other, "Ada Admin");
      const session = await call(page, `({ update }) => update({ nickname: "Countess" })`);
      same(session.user.name, "Countess", "the answer");
      await shows(page, "Countess");
      await shows(other, "Countess");
      const known = await call(page, `async ({ getSession, getProviders, getCsrfToken }) =>
        [(await getSession()).user.name, Object.keys(await getProviders()), (await getCsrfToken()).length]`);
      same(known, ["Countess", ["dev"], 64], "session, providers and token");
      visitor.expectNoComplaint();
    }));
}

/** Waits until the page shows `text`. */
function shows(page, text) {
  const shown = `document.querySelector("output").textContent === ${JSON.stringify(text)}`;
  return page.waitForFunction(shown, { polling: 20 });
}

/** Through the sign-in page and the provider to `back`. */
async function throughTheSignInPage(page, back) {
  await go(page, (at) => at.pathname === "/authorize", () => click(page, 'button[data-provider="dev"]'));
  await choose(page, "Ada", (at) => at.href === back);
}

/** From now on, `path` answers this JSON. */
async function answer(page, path, json) {
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    if (new URL(request.url()).pathname !== path) return request.continue();
    return request.respond({ contentType: "application/json", body: JSON.stringify(json) });
  });
}
