// Without a mouse: an order that follows the eye, a focus that is seen, Enter that submits.

import { expect, same } from "../lib/checks.mjs";
import { wear } from "../lib/audit.mjs";
import { withEyes } from "../lib/eyes.mjs";
import { askFor } from "../lib/steps.mjs";
import { go, open, visits } from "../lib/visitor.mjs";

export async function keyboard(checks, { browser, demo, sites, provider }) {
  const visit = visits(browser, []);

  await checks.check("ada_signs_in_and_out_by_keyboard", () =>
    visit(async (page) => {
      const enter = () => page.keyboard.press("Enter");
      await askFor(page, `${demo}/dashboard`);
      await tabTo(page, "Continue with");
      await go(page, (at) => at.origin === provider, enter);
      await tabTo(page, "Ada");
      await go(page, (at) => at.pathname === "/dashboard", enter);
      await page.focus("#text");
      await page.keyboard.type("By keyboard.");
      await go(page, (at) => at.pathname === "/dashboard", enter);
      const text = await page.evaluate(() => document.body.innerText);
      expect(text.includes("By keyboard."), "Enter leaves the note");
      await tabTo(page, "Sign out");
      await go(page, (at) => at.pathname === "/api/auth/signout", enter);
      await tabTo(page, "Sign out");
      await go(page, (at) => at.href === `${demo}/`, enter);
    }));

  await checks.check("an_error_is_read_first_and_the_next_step_follows", () =>
    visit(async (page) => {
      await open(page, `${sites.three}/api/auth/signin?error=MissingCSRF&code=csrf`);
      const role = await page.evaluate(() => document.activeElement.getAttribute("role"));
      same(role, "alert", "what has the focus");
      expect(await tab(page).then(({ text }) => text.includes("Continue with")), "a button follows");
    }));

  const pages = {
    sign_in_with_three: `${sites.three}/api/auth/signin`,
    sign_in_with_nine: `${sites.nine}/api/auth/signin`,
    sign_out: `${demo}/api/auth/signout?callbackUrl=%2F`,
    error: `${demo}/api/auth/error?error=AccessDenied`,
    demo_home: demo,
    provider: async (page) => {
      await askFor(page, `${demo}/dashboard`);
      const arrived = (at) => at.origin === provider;
      await go(page, arrived, () => page.click("button[data-provider]"));
    },
  };
  for (const [name, address] of Object.entries(pages)) {
    await checks.check(`keyboard_on_${name}`, () =>
      visit(async (page) => {
        await wear(page, { scheme: "light", width: 1280 });
        if (typeof address === "string") await open(page, address);
        else await address(page);
        for (const scheme of ["light", "dark"]) {
          await wear(page, { scheme, width: 1280 });
          await walk(page);
        }
      }));
  }
}

/** Tabs through the page once: everything, in reading order, each with a focus that is seen. */
async function walk(page) {
  const all = await page.evaluate(() => {
    document.activeElement.blur();
    const selector = "a[href], button, input:not([type=hidden]), select, textarea, [tabindex='0']";
    document.querySelectorAll(selector).forEach((element, index) => (element.dataset.stop = index));
    return document.querySelectorAll(selector).length;
  });
  expect(all > 0, "there is something to reach");
  let before;
  for (let stop = 0; stop < all; stop += 1) {
    const now = await tab(page);
    same(now.stop, String(stop), "the stop, in the order of the document");
    expect(!before || now.top >= before.top || now.left > before.left, `"${now.text}" is before "${before?.text}"`);
    expect(now.width >= 24 && now.height >= 24, `"${now.text}" is ${now.width} × ${now.height} px`);
    expect(now.outline >= 2, `the focus of "${now.text}" is ${now.outline} px wide`);
    expect(now.contrast >= 3, `the focus of "${now.text}" has a contrast of ${now.contrast}`);
    before = now;
  }
  same((await tab(page)).stop, undefined, "the stop after the last: there is no trap");
}

/** Tabs until what has the focus says `text`. */
async function tabTo(page, text) {
  for (let tries = 0; tries < 30; tries += 1) {
    if ((await tab(page)).text.includes(text)) return;
  }
  throw new Error(`${page.url()}: no way to "${text}"`);
}

/** Presses Tab, and describes what has the focus. */
async function tab(page) {
  await page.keyboard.press("Tab");
  return withEyes(page, ({ contrast, behind }) => {
    const element = document.activeElement;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const seen = style.outlineStyle !== "none" ? parseFloat(style.outlineWidth) : 0;
    return {
      text: element === document.body ? "" : element.innerText,
      stop: element.dataset.stop,
      top: Math.round(box.top + scrollY),
      left: Math.round(box.left),
      width: Math.round(box.width),
      height: Math.round(box.height),
      outline: seen,
      contrast: contrast(style.outlineColor, behind(element)),
    };
  });
}
