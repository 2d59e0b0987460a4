// A newcomer's first minute: from `cargo run -p demo`, built, to a page that greets them, done as
// people do it and timed.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

import { expect, same } from "../lib/checks.mjs";
import { choose, toProvider } from "../lib/steps.mjs";
import { Visitor, click, go, words } from "../lib/visitor.mjs";

/** The README says so. */
const ACTIONS = 5;

/** In milliseconds. A person reads, too: of their minute this is what they wait. */
const LONGEST_WAIT = 20_000;

export async function firstMinute(checks, { browser, program }) {
  await checks.check("five_actions_lead_a_newcomer_to_the_first_signed_in_page", async () => {
    const visitor = await Visitor.arrive(browser, { has: () => true });
    const start = performance.now();
    // Nothing of our environment: whoever has just cloned this has set nothing.
    const demo = spawn(program, { env: { PORT: "0" }, stdio: ["ignore", "pipe", "ignore"] });
    try {
      const page = await visitor.tab();
      let home;
      const actions = [
        async () => (home = await address(demo)),
        () => go(page, (at) => at.href === home, () => page.goto(home)),
        () => go(page, (at) => at.pathname === "/api/auth/signin", () => click(page, "main a.button")),
        () => toProvider(page),
        () => choose(page, "Ada", (at) => at.pathname === "/dashboard"),
      ];
      for (const act of actions) await act();
      const took = performance.now() - start;
      expect((await words(page)).includes("Hello, Ada"), "the page greets Ada");
      same(actions.length, ACTIONS, "actions");
      expect(took < LONGEST_WAIT, `${Math.round(took)} ms`);
      visitor.expectNoComplaint();
      return `${actions.length} actions, ${(took / 1000).toFixed(1)} s of waiting`;
    } finally {
      demo.kill();
      await visitor.leave();
    }
  });
}

/** What the demo says to open. */
async function address(demo) {
  for await (const line of createInterface({ input: demo.stdout })) {
    const [found] = line.match(/http:\/\/localhost:\d+\/\S*/) ?? [];
    if (found) return found;
  }
  throw new Error("the demo told no address");
}
