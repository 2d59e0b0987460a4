// Every page of every example, as a guest and as Ada: what `pages.mjs` asks of our own pages. A new
// example is a line here, and one in `xtask/src/browser.rs`.

import { audit } from "../lib/audit.mjs";
import { expect, same } from "../lib/checks.mjs";
import { choose, toProvider } from "../lib/steps.mjs";
import { ON_THIS_MACHINE, Visitor, open, signedInAs } from "../lib/visitor.mjs";

/**
 * Where guests look, and where Ada does. `door` is where she signs in, under the policy of that
 * page, if not on the usual one. `statuses` are those that are not 200. `settled` holds once a
 * script has filled the page.
 */
const EXAMPLES = {
  components: {
    guest: ["/", "/askama", "/minijinja", "/tera", "/format"],
    ada: ["/", "/askama", "/minijinja", "/tera", "/format"],
    door: "/askama",
  },
  "custom-pages": {
    guest: ["/", "/login", "/api/auth/signout", "/api/auth/error?error=AccessDenied"],
    ada: ["/", "/login", "/api/auth/signout"],
    statuses: { "/api/auth/error?error=AccessDenied": 403 },
    door: "/login?callbackUrl=%2F",
  },
  htmx: {
    guest: ["/rooms/tea"],
    ada: ["/rooms/tea", "/rooms/coffee"],
    door: "/api/auth/signin?callbackUrl=%2Frooms%2Ftea",
  },
  "multi-tenant": { guest: ["/"], ada: ["/"], door: "/" },
  "next-to-authjs": { guest: ["/"], ada: ["/", "/dashboard"] },
  roles: { guest: ["/"], ada: ["/", "/admin", "/staff", "/write", "/work"] },
  spa: {
    guest: ["/"],
    ada: ["/"],
    settled: "document.querySelector('#who').textContent !== 'One moment …'",
  },
  testing: { guest: ["/"], ada: ["/", "/dashboard"], door: "/" },
};

/** Those with checks of their own: `pages.mjs`, `authkit.mjs`. */
const ELSEWHERE = ["demo", "authkit-example"];

const DOOR = "/api/auth/signin?callbackUrl=%2F";

export async function examples(checks, { browser, examples }) {
  await checks.check("every_example_that_runs_is_looked_at", () =>
    same(Object.keys(examples).sort(), [...Object.keys(EXAMPLES), ...ELSEWHERE].sort(), "examples"));
  for (const [name, { guest, ada, statuses = {}, door = DOOR, settled = "true" }] of Object.entries(EXAMPLES)) {
    const at = (path) => new URL(path, examples[name]).href;
    const { origin } = new URL(examples[name]);
    const visitor = await Visitor.arrive(browser, ON_THIS_MACHINE);
    try {
      const page = await visitor.tab();
      const look = async (who, paths, expectAddress) => {
        for (const path of paths) {
          await checks.check(`page_of_example_${name}_for_${who}_${path}`, async () => {
            visitor.complaints.length = 0;
            const answer = await open(page, at(path));
            same(answer.status(), statuses[path] ?? 200, "the status");
            expectAddress(path);
            await page.waitForFunction(settled, { polling: 20 });
            const findings = await audit(page);
            expect(findings.length === 0, findings.join("\n     "));
            visitor.expectNoComplaint();
          });
        }
      };
      await look("guest", guest, () => {}); // who may be led to another page
      await checks.check(`page_of_example_${name}_lets_ada_in`, async () => {
        await open(page, at(door));
        await toProvider(page, "form[action*='/signin/'] button");
        await choose(page, "Ada", (there) =>
          there.origin === origin && !there.pathname.startsWith("/api/auth/"));
        same(await signedInAs(page, origin), "Ada Admin", "who is signed in");
      });
      await look("ada", ada, (path) => same(page.url(), at(path), "the address"));
    } finally {
      await visitor.leave();
    }
  }
}
