// The example `spa`: a static page whose script signs in and out, and fetches what guests do not get.

import { expect, same } from "../lib/checks.mjs";
import { choose } from "../lib/steps.mjs";
import { ON_THIS_MACHINE, click, go, open, visits } from "../lib/visitor.mjs";

const GUEST = "You are not signed in.";
const ADA = "Hello Ada Admin!";

export async function spa(checks, { browser, examples }) {
  const home = new URL("/", examples.spa).href;

  const visit = visits(browser, ON_THIS_MACHINE);
  /** From a button of the page over the sign-in page and the provider, and back. */
  const signInBy = async (page, button) => {
    await go(page, (at) => at.pathname === "/api/auth/signin", () => click(page, button));
    await go(page, (at) => at.pathname === "/authorize", () => click(page, 'button[data-provider="dev"]'));
    await choose(page, "Ada", (at) => at.href === home);
    await shows(page, ADA);
    await page.waitForSelector("#notes li");
  };
  /** The page as a guest finds it. Its buttons do something by then: the script says who it is last. */
  const arrive = async (page) => {
    await open(page, home);
    await shows(page, GUEST);
  };

  await checks.check("spa_signs_in_by_its_own_button_and_shows_the_notes", () =>
    visit(async (page, visitor) => {
      await arrive(page);
      await signInBy(page, "#sign-in");
      same(await notes(page), ["Water Ada Admin’s plants", "Call the plumber"], "her notes");
      same(await visible(page), ["load", "sign-out"], "the buttons");
      visitor.expectNoComplaint();
    }));

  await checks.check("spa_agrees_with_its_other_tab_at_sign_in_and_at_sign_out", () =>
    visit(async (page, visitor) => {
      const other = await visitor.tab();
      for (const tab of [other, page]) await arrive(tab);
      await page.bringToFront();
      await signInBy(page, "#sign-in");
      await shows(other, ADA);
      await other.waitForSelector("#notes li");
      await click(page, "#sign-out");
      for (const tab of [page, other]) {
        await shows(tab, GUEST);
        same(await notes(tab), [], "notes of whoever has left");
        same(await visible(tab), ["sign-in"], "the buttons");
      }
      visitor.expectNoComplaint();
    }));

  await checks.check("spa_that_meets_a_401_signs_in_again", () =>
    visit(async (page, visitor) => {
      await arrive(page);
      await signInBy(page, "#sign-in");
      await visitor.forget(await visitor.cookies());
      const [answer] = await Promise.all([
        page.waitForResponse(`${home}api/notes`),
        signInBy(page, "#load"),
      ]);
      same(answer.status(), 401, "the first answer");
      expect((await notes(page)).length === 2, "her notes are there again");
    }));

  await checks.check("spa_says_when_the_notes_cannot_be_fetched_and_recovers", () =>
    visit(async (page, visitor) => {
      await arrive(page);
      await signInBy(page, "#sign-in");
      let status = 503;
      await page.setRequestInterception(true);
      page.on("request", (request) => request.url() === `${home}api/notes`
        ? request.respond({ status, contentType: "application/json", body: '["Sweep"]' })
        : request.continue());
      await click(page, "#load");
      await page.waitForFunction("document.querySelector('#trouble').textContent", { polling: 20 });
      same((await notes(page)).length, 2, "notes that were there");
      status = 200;
      await click(page, "#load");
      await page.waitForFunction("!document.querySelector('#trouble').textContent", { polling: 20 });
      await page.waitForFunction("document.querySelector('#notes').textContent === 'Sweep'", { polling: 20 });
      visitor.expectNoComplaint("503");
    }));
}

/** Waits until the page says `text` of who is there. */
function shows(page, text) {
  const shown = `document.querySelector("#who").textContent === ${JSON.stringify(text)}`;
  return page.waitForFunction(shown, { polling: 20 });
}

function notes(page) {
  return page.$$eval("#notes li", (items) => items.map((item) => item.textContent));
}

/** The buttons that can be seen. */
function visible(page) {
  return page.$$eval("button", (buttons) =>
    buttons.filter((button) => button.checkVisibility()).map((button) => button.id));
}
