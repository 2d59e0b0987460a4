// What a stranger calls themselves, as a provider passes it on, and what a provider calls itself: it
// is text on every page, whatever it looks like.

import { expect, same } from "../lib/checks.mjs";
import { askFor, choose, toProvider } from "../lib/steps.mjs";
import { Visitor, click, go, open, words } from "../lib/visitor.mjs";

export async function profiles(checks, { browser, demo, provider, sites }) {
  const visit = async (body) => {
    const visitor = await Visitor.arrive(browser, [demo, provider, ...sites.origins]);
    try {
      const page = await visitor.tab();
      await body(page);
      visitor.expectNoComplaint();
    } finally {
      await visitor.leave();
    }
  };

  for (const [index, { name, picture }] of sites.hostile.people.entries()) {
    await checks.check(`a_hostile_profile_is_text_on_every_page_${index}`, () =>
      visit(async (page) => {
        const site = sites.hostile.base;
        await open(page, `${site}/api/auth/signin?callbackUrl=%2Fcomponents`);
        await expectText(page, sites.hostile.label);
        await toProvider(page, `button[data-provider="dev"]`);
        const buttons = await page.$$('button[name="choice"]');
        await expectText(page, name);
        await go(page, (at) => at.pathname === "/components", () => buttons[index].click());
        await expectText(page, name);
        for (const path of ["/api/auth/signin?callbackUrl=%2Fpage", "/api/auth/session"]) {
          await open(page, site + path);
          await expectText(page, path.includes("session") ? JSON.stringify(name).slice(1, -1) : undirected(name));
        }
        // With scripts: what `onSession` hears is put into the page as text.
        await open(page, `${site}/buttons`);
        await page.waitForFunction((text) => document.querySelector("output").textContent === text, {}, name);
        await expectText(page, name);
        const known = await page.evaluate(() => fetch("/api/auth/session").then((answer) => answer.json()));
        expect(known.user.image === undefined || known.user.image === picture, "the picture is told as it is");
      }));
  }

  await checks.check("a_hostile_name_is_text_in_the_demo", () =>
    visit(async (page) => {
      const name = sites.hostile.people[0].name;
      await askFor(page, `${demo}/dashboard`);
      await toProvider(page);
      await page.type("#name", name);
      await page.type("#email", "mallory@example.com");
      await go(page, (at) => at.href === `${demo}/dashboard`, () => click(page, 'button[value="new"]'));
      for (const path of ["/dashboard", "/", "/api/auth/signin"]) {
        await open(page, demo + path);
        await expectText(page, path.startsWith("/api/") ? undirected(name) : name);
      }
    }));
}

/** Our own pages leave out what turns the direction of writing. */
function undirected(name) {
  return name.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
}

/** `text` is shown, and is nothing but text: it ran no script, and brought neither markup nor request. */
async function expectText(page, text) {
  const spaces = (it) => it.replace(/\s+/g, " ");
  expect(spaces(await words(page)).includes(spaces(text)), `${page.url()} shows "${text}"`);
  const brought = await page.evaluate(() => ({
    ran: "mallory" in globalThis || document.title === "mallory",
    markup: document.querySelectorAll("[onerror], [onload], img[src*='elsewhere'], a[href^='javascript:'], .mallory").length,
  }));
  same(brought, { ran: false, markup: 0 }, page.url());
}
