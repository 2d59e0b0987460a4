// Sign-in and sign-out as people do it: with and without scripts, backwards, in two tabs, late.

import { expect, same } from "../lib/checks.mjs";
import {
  askFor, callbackOf, choose, signIn, signOut, stayOnContinuePage, toProvider,
} from "../lib/steps.mjs";
import { Visitor, click, errorCode, go, open, signedInAs, visits, words } from "../lib/visitor.mjs";

export async function flows(checks, { browser, demo, sites, provider }) {
  /** A visitor of the demo with one tab, gone afterwards. */
  const visit = visits(browser, [demo, provider]);
  /** A visitor of the site whose clock we move. */
  const visitClocked = async (body) => {
    const visitor = await Visitor.arrive(browser, sites.origins);
    try {
      await body(await visitor.tab(), visitor);
    } finally {
      await visitor.leave();
    }
  };
  const dashboard = `${demo}/dashboard`;

  for (const [scripts, how] of [[true, "with"], [false, "without"]]) {
    await checks.check(`a_person_signs_in_and_out_${how}_scripts`, () =>
      visit(
        async (page, visitor) => {
          await askFor(page, dashboard);
          const back = new URL(page.url()).searchParams.get("callbackUrl");
          same(back, "/dashboard", "the sign-in page knows the way back");
          await toProvider(page);
          const answer = await choose(page, "Ada", (at) => at.href === dashboard);
          same(answer.status(), 200, "the protected page");
          expect((await words(page)).includes("Hello, Ada"), "the protected page knows Ada");
          await signOut(page, demo);
          expect((await words(page)).includes("You are not signed in"), "the first page knows");
          await askFor(page, dashboard);
          same(await signedInAs(page, demo), null, "signed in");
          visitor.expectNoComplaint();
        },
        { scripts },
      ));
  }

  await checks.check("the_visible_link_leads_on_where_the_refresh_does_not", () =>
    visit(async (page) => {
      await askFor(page, dashboard);
      await stayOnContinuePage(page);
      await go(page, (at) => at.pathname === "/authorize", () => click(page, "main a"));
      await choose(page, "Ada", (at) => at.href === dashboard);
    }));

  await checks.check("back_from_the_provider_is_the_sign_in_page_which_works_again", () =>
    visit(async (page, visitor) => {
      await askFor(page, dashboard);
      await toProvider(page);
      await page.goBack();
      same(new URL(page.url()).pathname, "/api/auth/signin", "Back from the provider");
      await toProvider(page);
      await choose(page, "Ada", (at) => at.href === dashboard);
      visitor.expectNoComplaint();
    }));

  await checks.check("back_after_sign_in_and_choosing_again_is_a_friendly_page", () =>
    visit(async (page, visitor) => {
      await signIn(page, dashboard);
      await page.goBack();
      same(new URL(page.url()).pathname, "/authorize", "Back from the protected page");
      const answer = await choose(page, "Ada", (at) => at.pathname === "/api/auth/error");
      await expectFriendly(page, answer, "sign_in_reused");
      same(await signedInAs(page, demo), "Ada Admin", "signed in");
      visitor.expectNoComplaint();
    }));

  await checks.check("a_reloaded_callback_is_a_friendly_page_and_ends_no_session", () =>
    visit(async (page) => {
      const callback = await callbackOf(page, dashboard);
      page.removeAllListeners("request");
      await page.setRequestInterception(false);
      await open(page, callback);
      same(page.url(), dashboard, "the first time");
      const answer = await open(page, callback);
      await expectFriendly(page, answer, "sign_in_reused");
      same(await signedInAs(page, demo), "Ada Admin", "signed in");
    }));

  for (const order of ["first_first", "last_first"]) {
    await checks.check(`two_tabs_sign_in_at_once_${order}`, () =>
      visit(async (left, visitor) => {
        const right = await visitor.tab();
        const pages = [[left, dashboard], [right, `${demo}/admin`]];
        for (const [page, url] of pages) {
          await page.bringToFront();
          await askFor(page, url);
          await toProvider(page);
        }
        if (order === "last_first") pages.reverse();
        for (const [page, url] of pages) {
          await page.bringToFront();
          const answer = await choose(page, "Ada", (at) => at.href === url);
          same(answer.status(), 200, url);
        }
        same(await transactions(visitor), [], "transactions left");
        visitor.expectNoComplaint();
      }));
  }

  await checks.check("a_cancelled_sign_in_leads_back_to_the_sign_in_page", () =>
    visit(async (page, visitor) => {
      await askFor(page, dashboard);
      await toProvider(page);
      const answer = await choose(page, "Cancel", (at) => at.pathname === "/api/auth/signin");
      await expectFriendly(page, answer, "provider_denied", "button[data-provider]");
      visitor.expectNoComplaint();
    }));

  await checks.check("a_sign_in_left_for_16_minutes_has_expired_and_says_so", () =>
    visitClocked(async (page, visitor) => {
      await askFor(page, `${sites.one}/page`);
      await toProvider(page);
      // The browser's clock cannot be moved: this is what it does by itself.
      const minutes = 16;
      const then = Date.now() / 1000 + minutes * 60;
      await visitor.forget((await visitor.cookies()).filter((c) => c.expires > 0 && c.expires < then));
      await sites.advance(minutes * 60);
      const answer = await choose(page, "Ada", (at) => at.pathname === "/api/auth/error");
      await expectFriendly(page, answer, "sign_in_expired");
      same(await transactions(visitor), [], "transactions left");
      same(await signedInAs(page, sites.one), null, "signed in");

      await go(page, (at) => at.pathname === "/api/auth/signin", () => click(page, "main a"));
      await toProvider(page);
      await choose(page, "Ada", (at) => at.origin === sites.one);
      same(await signedInAs(page, sites.one), "Ada Admin", "signed in");
      visitor.expectNoComplaint();
    }));

  await checks.check("a_page_for_recent_sign_ins_asks_again_after_six_minutes", () =>
    visitClocked(async (page, visitor) => {
      const recent = `${sites.one}/recent`;
      await signIn(page, recent);
      await sites.advance(6 * 60);
      await askFor(page, recent);
      expect((await words(page)).includes("sign in again"), "the page says why");
      await toProvider(page);
      await choose(page, "Ada", (at) => at.href === recent);
      visitor.expectNoComplaint();
    }));
}

/** A 4xx page with a code and somewhere to go. */
async function expectFriendly(page, answer, code, next = "main a") {
  expect(answer.status() >= 400 && answer.status() < 500, `the status is ${answer.status()}`);
  same(await errorCode(page), code, "the code");
  expect(await page.$(next), "there is no next step");
}

/** The names of the cookies of sign-ins that have begun. */
async function transactions(visitor) {
  const names = (await visitor.cookies()).map((cookie) => cookie.name);
  return names.filter((name) => name.includes("authjs.tx."));
}
