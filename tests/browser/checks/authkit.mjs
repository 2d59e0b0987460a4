// The example of AuthKit as people use it: signing in and up, changing organisations, signing out;
// and the looks of its pages and of the page that stands in for WorkOS's.

import { audit } from "../lib/audit.mjs";
import { expect, same } from "../lib/checks.mjs";
import { click, go, open, visits, words } from "../lib/visitor.mjs";

const isPage = (at) => at.pathname === "/user_management/authorize";

/** Presses the button with these words. */
async function press(page, text) {
  for (const button of await page.$$("button")) {
    const shown = await button.evaluate((element) => element.innerText);
    if (shown.includes(text)) return button.click();
  }
  throw new Error(`${page.url()} has no button ${text}`);
}

/** From a guest's request for the dashboard to its greeting. */
export async function enter(page, authkit, person, organization) {
  const dashboard = (at) => at.href === `${authkit}/dashboard`;
  await go(page, isPage, () => page.goto(`${authkit}/dashboard`));
  await go(page, organization ? isPage : dashboard, () => press(page, person));
  if (organization) await go(page, dashboard, () => press(page, organization));
}

/** A sign-in that is cancelled: the page that says so. */
export async function cancel(page, authkit) {
  await go(page, isPage, () => page.goto(`${authkit}/sign-in`));
  return go(page, (at) => at.origin === authkit, () => press(page, "Cancel"));
}

export async function authkit(checks, { browser, authkit, workos }) {
  const visit = visits(browser, [authkit, workos]);
  const home = (at) => at.href === `${authkit}/`;
  const dashboard = (at) => at.href === `${authkit}/dashboard`;

  for (const [scripts, how] of [[true, "with"], [false, "without"]]) {
    await checks.check(`authkit_greets_by_both_names_and_signs_out_${how}_scripts`, () =>
      visit(async (page, visitor) => {
        await enter(page, authkit, "Ada Admin", "Acme");
        expect((await words(page)).includes("Hello Ada Admin!"), "both names");
        expect((await words(page)).includes("posts:read, posts:write"), "the rights of Acme");
        const cookies = await visitor.cookies();
        const session = cookies.find(({ name }) => name === "wos-session");
        expect(session.httpOnly && session.sameSite === "Lax", "the cookie of the session");
        await go(page, home, () => press(page, "Sign out"));
        expect((await words(page)).includes("You are not signed in."), "signed out here");
        await go(page, isPage, () => page.goto(`${authkit}/dashboard`));
        visitor.expectNoComplaint();
      }, { scripts }));
  }

  await checks.check("authkit_changes_organizations_and_back", () =>
    visit(async (page, visitor) => {
      await enter(page, authkit, "Ada Admin", "Acme");
      for (const [name, rights] of [["Beta", "new-editor"], ["Acme", "audit-logs"]]) {
        await go(page, dashboard, () => press(page, name));
        expect((await words(page)).includes(rights), `${name} has ${rights}`);
        const current = await page.$eval("[aria-current]", (button) => button.innerText);
        same(current, name, "the organization that is marked");
      }
      visitor.expectNoComplaint();
    }));

  await checks.check("authkit_signs_somebody_up_who_has_no_organization", () =>
    visit(async (page, visitor) => {
      await open(page, authkit);
      await go(page, isPage, () => click(page, 'a[href="/sign-up"]'));
      await page.type("#first_name", "Eve");
      await page.type("#last_name", "New");
      await page.type("#email", `eve-${Date.now()}@example.com`);
      await go(page, dashboard, () => press(page, "Sign up"));
      expect((await words(page)).includes("Hello Eve New!"), "both names");
      same(await page.$(".switcher"), null, "a switcher with nothing to switch");
      visitor.expectNoComplaint();
    }));

  await checks.check("authkit_two_tabs_sign_in_at_a_time", () =>
    visit(async (one, visitor) => {
      const two = await visitor.tab();
      for (const page of [one, two]) {
        await go(page, isPage, () => page.goto(`${authkit}/dashboard`));
      }
      for (const page of [two, one]) {
        await page.bringToFront();
        await go(page, dashboard, () => press(page, "Bob Basic"));
        expect((await words(page)).includes("Hello Bob Basic!"), "signed in");
      }
    }));

  await checks.check("authkit_cancelling_is_a_friendly_page", () =>
    visit(async (page) => {
      const answer = await cancel(page, authkit);
      expect(answer.status() >= 400 && answer.status() < 500, "the status");
      expect(await page.$("main a, main button"), "a way on");
    }));

  const looks = {
    home: (page) => open(page, authkit),
    page: (page) => go(page, isPage, () => page.goto(`${authkit}/sign-in`)),
    error: (page) => cancel(page, authkit),
    sign_up: (page) => go(page, isPage, () => page.goto(`${authkit}/sign-up`)),
    organizations: (page) => go(page, isPage, () => press(page, "Ada Admin")),
    dashboard: (page) => go(page, dashboard, () => press(page, "Acme")),
    sign_out: (page) => open(page, `${authkit}/sign-out`),
  };
  await visit(async (page, visitor) => {
    for (const [name, prepare] of Object.entries(looks)) {
      await checks.check(`page_authkit_${name}`, async () => {
        await prepare(page);
        const findings = await audit(page);
        expect(findings.length === 0, findings.join("\n     "));
        visitor.expectNoComplaint();
      });
    }
  });
}
