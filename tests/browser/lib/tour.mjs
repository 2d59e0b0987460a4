// The pages that every criterion is checked on, and the way to each.

import { cancel, enter } from "../checks/authkit.mjs";
import { askFor, signIn, stayOnContinuePage, toProvider } from "./steps.mjs";
import { Visitor, go, open } from "./visitor.mjs";

/** Leads one tab after the other through all pages, and calls `look` with the page's name and the tab. */
export async function tour(checks, stage, look) {
  for (const pages of [guest(stage), ada(stage), authkit(stage)]) {
    const visitor = await Visitor.arrive(stage.browser, []);
    try {
      const page = await visitor.tab();
      for (const [name, prepare] of Object.entries(pages)) {
        try {
          await prepare(page);
        } catch (error) {
          await checks.check(`${name}_is_reached`, () => Promise.reject(error));
          continue;
        }
        await look(name, page);
      }
    } finally {
      await visitor.leave();
    }
  }
}

/** Pages of a guest that have an address of their own. */
export function addresses({ demo, sites }) {
  const signInPage = (site) => `${site}/api/auth/signin`;
  return {
    sign_in_with_one: signInPage(sites.one),
    sign_in_with_three: signInPage(sites.three),
    sign_in_with_ten: signInPage(sites.ten),
    sign_in_after_an_error: `${signInPage(sites.three)}?error=MissingCSRF&code=csrf&ref=a1b2c3d4`,
    sign_out: `${demo}/api/auth/signout?callbackUrl=%2F`,
    error: `${demo}/api/auth/error?error=Configuration&code=sign_in_expired&ref=a1b2c3d4`,
    verify_request: `${demo}/api/auth/verify-request`,
    demo_home: `${demo}/`,
  };
}

function guest(stage) {
  const { demo } = stage;
  const opened = Object.entries(addresses(stage)).map(([name, address]) =>
    [name, (page) => open(page, address)]);
  return {
    ...Object.fromEntries(opened),
    continue: async (page) => {
      await askFor(page, `${demo}/dashboard`);
      await stayOnContinuePage(page);
    },
    provider: async (page) => {
      await askFor(page, `${demo}/dashboard`);
      await toProvider(page);
    },
  };
}

function ada({ demo, sites }) {
  return {
    demo_dashboard: (page) => signIn(page, `${demo}/dashboard`),
    sign_in_signed_in: async (page) => {
      await signIn(page, `${sites.three}/page`);
      await open(page, `${sites.three}/api/auth/signin`);
    },
  };
}

function authkit({ authkit }) {
  return {
    authkit_home: (page) => open(page, authkit),
    authkit_error: (page) => cancel(page, authkit),
    authkit_page: (page) =>
      go(page, (at) => at.pathname === "/user_management/authorize", () => page.goto(`${authkit}/sign-in`)),
    authkit_dashboard: (page) => enter(page, authkit, "Ada", "Acme"),
    authkit_sign_out: (page) => open(page, `${authkit}/sign-out`),
  };
}
