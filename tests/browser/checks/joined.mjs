// Our site and one with Auth.js behind one origin: the pages of both, one session.

import { expect, same } from "../lib/checks.mjs";
import { join, startPeer } from "../lib/peers.mjs";
import { askFor, choose, toProvider } from "../lib/steps.mjs";
import { click, go, open, signedInAs, visits, words } from "../lib/visitor.mjs";

export async function joined(checks, { browser, sites, endings }) {
  const { base, ...settings } = sites.shared;
  const configure = startPeer("site.js", endings);
  const authjs = await configure({ ...settings, secret: [settings.secret], basePath: "/a/auth" });
  const origin = await join("/a/", authjs.origin, base, endings);

  const visit = visits(browser, [origin, settings.issuer]);
  /** Both sides know this person, or nobody. */
  const everybodyKnows = async (page, name) => {
    same(await signedInAs(page, origin), name, "who is signed in with us");
    await open(page, `${origin}/a/page`);
    same(await words(page), `Auth.js says hello ${name ?? "stranger"}`, "the page of Auth.js");
  };
  const signIn = {
    async ours(page) {
      await askFor(page, `${origin}/page`);
      await toProvider(page);
      await choose(page, "Ada", (at) => at.href === `${origin}/page`);
    },
    async theirs(page) {
      await open(page, `${origin}/a/auth/signin?callbackUrl=/page`);
      await toProvider(page, "form button");
      await choose(page, "Ada", (at) => at.href === `${origin}/page`);
      expect((await words(page)).includes("hello Ada"), "our page knows Ada");
    },
  };
  const signOut = (prefix) => async (page) => {
    await open(page, `${origin}${prefix}/signout?callbackUrl=/`);
    await go(page, (at) => at.pathname === "/", () => click(page, "form button"));
  };
  const signOuts = { ours: signOut("/api/auth"), theirs: signOut("/a/auth") };

  for (const [begun, enter] of Object.entries(signIn)) {
    for (const [ended, leave] of Object.entries(signOuts)) {
      await checks.check(`signed_in_by_${begun}_and_out_by_${ended}`, () =>
        visit(async (page) => {
          await enter(page);
          await everybodyKnows(page, "Ada Admin");
          await leave(page);
          await everybodyKnows(page, null);
        }));
    }
  }
}
