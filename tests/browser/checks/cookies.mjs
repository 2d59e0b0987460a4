// What the browser keeps, and what other sites can make it do.

import { expect, same } from "../lib/checks.mjs";
import { askFor, callbackOf, signIn, toProvider } from "../lib/steps.mjs";
import { go, open, signedInAs, visits } from "../lib/visitor.mjs";

const DAY = 24 * 60 * 60;

export async function cookies(checks, { browser, demo, hostile, provider }) {
  const dashboard = `${demo}/dashboard`;
  const visit = visits(browser, []);

  await checks.check("the_session_cookie_is_out_of_reach_of_scripts_and_other_hosts", () =>
    visit(async (page, visitor) => {
      await signIn(page, dashboard);
      const kept = (await visitor.cookies()).filter(({ domain }) => domain === "localhost");
      const names = kept.map(({ name }) => name).sort();
      const expected = ["callback-url", "csrf-token", "last-provider", "session-token"].map((name) => `authjs.${name}`);
      same(names, expected, "the cookies after sign-in");
      for (const { name, httpOnly, sameSite, path } of kept) {
        same([httpOnly, sameSite, path], [true, "Lax", "/"], name);
      }
      const session = kept.find(({ name }) => name === "authjs.session-token");
      const days = (session.expires - Date.now() / 1000) / DAY;
      expect(days > 29.9 && days < 30.1, `the session cookie is kept for ${days} days`);
      same(await page.evaluate("document.cookie"), "", "cookies that scripts see");
    }));

  await checks.check("the_cookie_of_a_begun_sign_in_is_guarded_alike", () =>
    visit(async (page, visitor) => {
      await askFor(page, dashboard);
      await toProvider(page);
      const begun = (await visitor.cookies()).filter(({ name }) => name.startsWith("authjs.tx."));
      same(begun.length, 1, "sign-ins begun");
      const [{ httpOnly, sameSite, path, domain }] = begun;
      same([httpOnly, sameSite, path, domain], [true, "Lax", "/", "localhost"], "its cookie");
    }));

  for (const from of ["crossSite", "sameSite"]) {
    const where = from === "crossSite" ? "another_site" : "another_port";
    /** Has a page of the other origin post `fields` to `action`. The answer. */
    const attack = (page, action, fields = {}) => {
      hostile.show(formTo(`${demo}${action}`, fields));
      return go(page, (at) => at.origin !== hostile[from], () => page.goto(hostile[from]));
    };

    await checks.check(`a_form_of_${where}_signs_nobody_out`, () =>
      visit(async (page) => {
        await signIn(page, dashboard);
        await attack(page, "/api/auth/signout", { csrfToken: "made-up" });
        same(await signedInAs(page, demo), "Ada Admin", "signed in");
        await attack(page, "/api/auth/signout");
        same(await signedInAs(page, demo), "Ada Admin", "signed in");
      }));

    await checks.check(`a_form_of_${where}_begins_no_sign_in`, () =>
      visit(async (page, visitor) => {
        await open(page, demo);
        await open(page, `${demo}/api/auth/signin`);
        const before = (await visitor.cookies()).length;
        expect(before > 0, "the visitor has been here");
        await attack(page, "/api/auth/signin/dev", { csrfToken: "made-up" });
        same(new URL(page.url()).origin, demo, "where it leads");
        expect(new URL(page.url()).origin !== provider, "the provider is not asked");
        const names = (await visitor.cookies()).map(({ name }) => name);
        same(names.filter((name) => name.startsWith("authjs.tx.")), [], "sign-ins begun");
      }));

    await checks.check(`a_form_of_${where}_leaves_no_note`, () =>
      visit(async (page) => {
        await signIn(page, dashboard);
        const answer = await attack(page, "/notes", { text: `from ${where}` });
        // A Lax cookie does not travel across sites: then the visitor is a guest.
        expect([403, 200].includes(answer.status()), `the status is ${answer.status()}`);
        await open(page, dashboard);
        const text = await page.evaluate(() => document.body.innerText);
        expect(text.includes("Guest book") && !text.includes(`from ${where}`), "a note is there");
      }));
  }

  await checks.check("a_link_with_somebody_elses_answer_signs_nobody_in", () =>
    visit(async (attacker) => {
      const callback = await callbackOf(attacker, dashboard, "Bob");
      await visit(async (victim) => {
        hostile.show(`<!doctype html><title>x</title><a href="${callback.replaceAll("&", "&amp;")}">x</a>`);
        await open(victim, hostile.crossSite);
        const answer = await go(victim, (at) => at.origin === demo, () => victim.click("a"));
        same(answer.status(), 400, "the answer");
        same(await signedInAs(victim, demo), null, "signed in");
      });
    }));

  await checks.check("no_other_site_frames_the_pages", () =>
    visit(async (page) => {
      for (const path of ["/api/auth/signin", "/api/auth/signout", "/"]) {
        hostile.show(`<!doctype html><title>x</title><iframe src="${demo}${path}"></iframe>`);
        await open(page, hostile.crossSite);
        const [frame] = page.mainFrame().childFrames();
        const text = await frame.evaluate(() => document.body?.innerText ?? "");
        expect(!text.toLowerCase().includes("sign"), `${path} is shown in a frame`);
      }
    }));
}

function formTo(action, fields) {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${value}">`,
  );
  return `<!doctype html><title>x</title><form method="post" action="${action}">${inputs.join("")}
    </form><script>document.forms[0].submit()</script>`;
}
