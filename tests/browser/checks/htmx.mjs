// The example `htmx` with htmx itself: what its requests are answered, and what it makes of that.

import { expect, same } from "../lib/checks.mjs";
import { choose } from "../lib/steps.mjs";
import { ON_THIS_MACHINE, click, go, open, visits, words } from "../lib/visitor.mjs";

export async function htmx(checks, { browser, examples }) {
  const room = new URL("/rooms/coffee?from=here", examples.htmx).href;

  const visit = visits(browser, ON_THIS_MACHINE);
  /** Writes the words into the form and sends it. */
  const speak = async (page, said) => {
    await page.type("#words", said);
    await click(page, "#room button");
  };
  /** Says something as a guest, whom htmx leads to the sign-in page, and comes back as `person`. */
  const comeBackAs = async (page, person) => {
    await open(page, room);
    const [sent] = await Promise.all([
      page.waitForRequest((request) => request.method() === "POST"),
      go(page, (at) => at.pathname === "/api/auth/signin", () => speak(page, "Hello")),
    ]);
    same(sent.headers()["hx-request"], "true", "who asked: htmx");
    await go(page, (at) => at.pathname === "/authorize", () => click(page, "form[action*='/signin/'] button"));
    await choose(page, person, (at) => at.href === room);
  };

  await checks.check("htmx_leads_a_guest_to_the_sign_in_page_and_swaps_for_ada", () =>
    visit(async (page) => {
      await comeBackAs(page, "Ada");
      await page.evaluate(() => { globalThis.stayed = true; });
      await speak(page, "<img src=x>");
      await page.waitForSelector("#room li");
      expect((await words(page)).includes("Ada Admin: <img src=x>"), "her words, as text");
      expect(await page.evaluate(() => globalThis.stayed), "the page has stayed");
    }));

  await checks.check("htmx_shows_bob_the_fragment_of_his_refusal", () =>
    visit(async (page) => {
      await comeBackAs(page, "Bob");
      await speak(page, "Hello");
      await page.waitForSelector("#refused [role=alert]");
      same(page.url(), room, "the page has stayed");
    }));
}
