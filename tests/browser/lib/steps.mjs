// The steps of a sign-in, as a person takes them.

import { click, go } from "./visitor.mjs";

export const BUTTON = 'button[data-provider="dev"]';

/** Opens a protected page: the guest ends on the sign-in page. */
export function askFor(page, url) {
  return go(page, (at) => at.pathname === "/api/auth/signin", () => page.goto(url));
}

/** Presses the button of the provider, and ends there. */
export function toProvider(page, button = BUTTON) {
  return go(page, (at) => at.pathname === "/authorize", () => click(page, button));
}

/** Chooses a person, and ends where `isThere` says. */
export async function choose(page, person, isThere) {
  const button = await personButton(page, person);
  return go(page, isThere, () => button.click());
}

/** All of it, from a guest's request for `url` to that page. */
export async function signIn(page, url, person = "Ada") {
  await askFor(page, url);
  await toProvider(page);
  return choose(page, person, (at) => at.href === url);
}

/** Follows the link of the demo's pages to the sign-out page, presses its button, and is back. */
export async function signOut(page, demo) {
  await go(page, (at) => at.pathname === "/api/auth/signout", () =>
    click(page, 'a[href^="/api/auth/signout"]'));
  await go(page, (at) => at.href === `${demo}/`, () => click(page, 'form[action$="/signout"] button'));
}

/** Presses the button of a provider that the browser then does not go to. */
export async function stayOnContinuePage(page) {
  await page.setRequestInterception(true);
  let decide;
  const refused = new Promise((resolve) => {
    decide = (request) => {
      if (!new URL(request.url()).pathname.endsWith("/authorize")) return request.continue();
      return request.abort("aborted").then(resolve);
    };
    page.on("request", decide);
  });
  const there = (at) => at.pathname.startsWith("/api/auth/signin/");
  await Promise.all([refused, go(page, there, () => click(page, BUTTON))]);
  page.off("request", decide);
  await page.setRequestInterception(false);
}

/** A sign-in up to its last step: the address that the provider sends the browser back to. */
export async function callbackOf(page, url, person = "Ada") {
  await askFor(page, url);
  await toProvider(page);
  const button = await personButton(page, person);
  const isCallback = (request) => request.url().includes("/api/auth/callback/");
  await page.setRequestInterception(true);
  page.on("request", (request) => isCallback(request) ? request.abort("aborted") : request.continue());
  const [callback] = await Promise.all([page.waitForRequest(isCallback), button.click()]);
  return callback.url();
}

async function personButton(page, person) {
  for (const button of await page.$$('button[name="choice"]')) {
    const text = await button.evaluate((element) => element.innerText);
    if (text.includes(person)) return button;
  }
  throw new Error(`${page.url()} does not offer ${person}`);
}
