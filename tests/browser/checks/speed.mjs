// How soon a page is there, how steady it is, and what it asks for.

import { expect, same } from "../lib/checks.mjs";
import { addresses } from "../lib/tour.mjs";
import { Visitor, open } from "../lib/visitor.mjs";

/** Of so many loads, each without a cache, the one in the middle counts: other programs run as well. */
const LOADS = 5;

/** The longest time until the largest part is painted, in milliseconds, also where others are busy. */
const LONGEST = { here: 600, slow: 1000 };

/** Slow 4G as Lighthouse has it: 150 ms for an answer to begin, then bytes a second. */
const SLOW = { latency: 150, download: 1_600_000 / 8, upload: 750_000 / 8 };

export async function speed(checks, stage) {
  for (const [name, address] of Object.entries(addresses(stage))) {
    const painted = (longest, network) =>
      visit(stage, async (page) => {
        if (network) await page.emulateNetworkConditions(network);
        const paints = [];
        for (let load = 0; load < LOADS; load += 1) {
          await open(page, address);
          const { paint, shifts } = await page.evaluate(measured);
          same(shifts, 0, "what was shifted");
          paints.push(paint);
        }
        const median = paints.sort((a, b) => a - b)[LOADS >> 1];
        expect(median > 0 && median < longest, `painted after ${paints.map(Math.round)} ms`);
        return `${Math.round(median)} ms`;
      });
    await checks.check(`painted_soon_and_never_shifted_${name}`, () => painted(LONGEST.here));
    await checks.check(`painted_within_a_second_on_slow_4g_${name}`, () => painted(LONGEST.slow, SLOW));

    await checks.check(`two_requests_and_one_for_each_mark_${name}`, () =>
      visit(stage, async (page) => {
        const asked = [];
        page.on("request", (request) => request.url().startsWith("data:") || asked.push(request.url()));
        await open(page, address);
        const marks = await page.$$eval("img", (images) =>
          new Set(images.map(({ src }) => src).filter((src) => !src.startsWith("data:"))).size);
        same(asked.length, 2 + marks, asked.join(" "));
        same(new Set(asked.map((url) => new URL(url).origin)).size, 1, "origins");
      }));
  }
}

async function visit({ browser }, body) {
  const visitor = await Visitor.arrive(browser, []);
  try {
    const page = await visitor.tab();
    await page.setCacheEnabled(false);
    return await body(page);
  } finally {
    await visitor.leave();
  }
}

/** Runs in the page. */
async function measured() {
  /** The entries that there are, or none after `patience` milliseconds. */
  const entries = (type, patience) =>
    new Promise((resolve) => {
      new PerformanceObserver((list) => resolve(list.getEntries())).observe({ type, buffered: true });
      setTimeout(resolve, patience, []);
    });
  const paints = await entries("largest-contentful-paint", 10_000);
  const shifts = await entries("layout-shift", 250);
  return {
    paint: paints.at(-1)?.startTime ?? 0,
    shifts: shifts.reduce((sum, { value }) => sum + value, 0),
  };
}
