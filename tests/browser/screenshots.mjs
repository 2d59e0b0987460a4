// Pictures of the pages: `SHOTS=<folder> node screenshots.mjs`, to look at; `cargo xtask screenshots`, for the book.
// `WIDTHS=800` takes them in that width only. Whole pages, but for those that would be large files: as
// much of them as a window shows.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { enter } from "./checks/authkit.mjs";
import { wear } from "./lib/audit.mjs";
import { onStage } from "./lib/stage.mjs";
import { askFor, signIn, toProvider } from "./lib/steps.mjs";
import { Visitor, open } from "./lib/visitor.mjs";

/** The names of large pictures. */
const LARGE = /^demo-home/;

const folder = process.env.SHOTS ?? "shots";
const widths = (process.env.WIDTHS ?? "1280,375,320").split(",").map(Number);
await mkdir(folder, { recursive: true });

await onStage(async ({ browser, demo, authkit, sites }) => {
  const failed = "error=MissingCSRF&code=csrf&ref=a1b2c3d4";
  const guest = {
    "sign-in": (page) => open(page, `${demo}/api/auth/signin`),
    "sign-in-3": (page) => open(page, `${sites.three}/api/auth/signin`),
    "sign-in-9": (page) => open(page, `${sites.nine}/api/auth/signin`),
    "sign-in-10": (page) => open(page, `${sites.ten}/api/auth/signin`),
    // Every provider: to look at, too large for the book.
    ...(widths.length > 1 && { "sign-in-all": (page) => open(page, `${sites.all}/api/auth/signin`) }),
    "sign-in-error": (page) => open(page, `${sites.three}/api/auth/signin?${failed}`),
    error: (page) => open(page, `${demo}/api/auth/error?error=Configuration&code=sign_in_expired&ref=a1b2c3d4`),
    "verify-request": (page) => open(page, `${demo}/api/auth/verify-request`),
    "sign-out": (page) => open(page, `${demo}/api/auth/signout?callbackUrl=%2F`),
    "demo-home-guest": (page) => open(page, demo),
    provider: async (page) => {
      await askFor(page, `${demo}/dashboard`);
      await toProvider(page);
    },
  };
  const ada = {
    "demo-dashboard": async (page) => {
      await signIn(page, `${demo}/dashboard`);
      await page.type("#text", "The engine weaves algebraic patterns.");
      await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    },
    "demo-home": (page) => open(page, demo),
    "demo-admin": (page) => open(page, `${demo}/admin`),
    "sign-in-signed-in": (page) => open(page, `${demo}/api/auth/signin`),
  };
  const bob = { "demo-forbidden": (page) => signIn(page, `${demo}/admin`, "Bob") };
  const workos = {
    "authkit-home-guest": (page) => open(page, authkit),
    "authkit-page": (page) => open(page, `${authkit}/sign-in`),
    "authkit-sign-up": (page) => open(page, `${authkit}/sign-up`),
    "authkit-dashboard": (page) => enter(page, authkit, "Ada", "Acme"),
    "authkit-home": (page) => open(page, authkit),
    "authkit-sign-out": (page) => open(page, `${authkit}/sign-out`),
  };
  for (const shots of [guest, ada, bob, workos]) {
    const visitor = await Visitor.arrive(browser, []);
    const page = await visitor.tab();
    for (const [name, prepare] of Object.entries(shots)) {
      await prepare(page);
      for (const scheme of ["light", "dark"]) {
        for (const width of widths) {
          const isLarge = LARGE.test(name);
          await wear(page, { scheme, width, height: isLarge ? 640 : 800 });
          await page.screenshot({
            path: join(folder, `${name}-${scheme}${widths.length > 1 ? `-${width}` : ""}.png`),
            fullPage: !isLarge,
          });
        }
      }
    }
    await visitor.leave();
  }
});
