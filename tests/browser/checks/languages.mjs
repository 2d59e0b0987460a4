// Pages in other languages: mirrored where they are read from right to left, accessible, and chosen
// by a form that forgets nothing.

import { audit, wear } from "../lib/audit.mjs";
import { expect, same } from "../lib/checks.mjs";
import { BUTTON, askFor, choose } from "../lib/steps.mjs";
import { Visitor, click, go, open, signedInAs, words } from "../lib/visitor.mjs";

export async function languages(checks, { browser, demo, sites, provider }) {
  /** A visitor whose browser asks for nothing in particular. */
  const visit = async (body, settings) => {
    const visitor = await Visitor.arrive(browser, [demo, provider, ...sites.origins], settings);
    try {
      await body(await visitor.tab());
      visitor.expectNoComplaint();
    } finally {
      await visitor.leave();
    }
  };

  for (const language of ["de", "ja", "ar"]) {
    const pages = {
      sign_in: [`${sites.ten}/api/auth/signin?`, 200],
      sign_in_after_an_error: [`${sites.three}/api/auth/signin?error=MissingCSRF&code=csrf&ref=a1b2c3d4&`, 400],
      error: [`${demo}/api/auth/error?error=Configuration&code=sign_in_expired&ref=a1b2c3d4&`, 400],
      sign_out: [`${demo}/api/auth/signout?callbackUrl=%2F&`, 200],
    };
    for (const [name, [address, status]] of Object.entries(pages)) {
      await checks.check(`${name}_in_${language}`, () =>
        visit(async (page) => {
          const answer = await open(page, `${address}ui_locales=${language}`);
          same(answer.status(), status, "the status");
          same(answer.headers()["content-language"], language, "the language");
          same((await audit(page)).join("; "), "", "what is wrong with the page");
        }));
    }
  }

  await checks.check("a_page_in_arabic_is_mirrored", () =>
    visit(async (page) => {
      for (const [language, mirrored] of [["en", false], ["ar", true]]) {
        await open(page, `${sites.three}/api/auth/signin?ui_locales=${language}&error=MissingCSRF&code=csrf`);
        await wear(page, { scheme: "light", width: 1280 });
        same(await page.evaluate(() => document.documentElement.dir), mirrored ? "rtl" : "ltr", "dir");
        const onTheRight = await page.evaluate(() => {
          const middle = (element) => {
            const { left, right } = element.getBoundingClientRect();
            return (left + right) / 2;
          };
          const of = (inner, outer) =>
            middle(document.querySelector(inner)) > middle(document.querySelector(outer));
          return [of("button .mark", "button .mark + span"), of(".alert .sign", ".alert strong")];
        });
        same(onTheRight.join(), `${mirrored},${mirrored}`, `marks on the right in ${language}`);
      }
    }));

  // Without scripts, as all pages work.
  await checks.check("a_language_is_chosen_and_nothing_is_forgotten", () =>
    visit(async (page) => {
      await askFor(page, `${demo}/dashboard`);
      const asked = new URL(page.url());
      asked.searchParams.set("error", "MissingCSRF");
      asked.searchParams.set("code", "csrf");
      asked.searchParams.set("ref", "a1b2c3d4");
      await open(page, asked.href);
      await page.select("select[name=ui_locales]", "de");
      const inGerman = (at) => at.searchParams.get("ui_locales") === "de";
      await go(page, inGerman, () => click(page, ".languages button"));

      const text = await words(page);
      expect(text.includes("Das Formular war veraltet"), "the error is told in German");
      expect(text.includes("a1b2c3d4"), "its reference is there");
      await go(page, (at) => at.pathname === "/authorize", () => click(page, BUTTON));
      same(new URL(page.url()).searchParams.get("ui_locales"), "de", "what the provider is told");
      await choose(page, "Ada", (at) => at.href === `${demo}/dashboard`);
      same(await signedInAs(page, demo), "Ada Admin", "who is signed in");

      await open(page, `${demo}/api/auth/error?error=AccessDenied`);
      expect((await words(page)).includes("Zugriff verweigert"), "the choice is remembered");
    }, { scripts: false }));
}
