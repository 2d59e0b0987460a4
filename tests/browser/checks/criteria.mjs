// What every page must be for everybody: each criterion on each page of the tour, and on a page that
// breaks it, which must be found out.

import { controlEdges } from "./criteria/control_edges.mjs";
import { forcedColours } from "./criteria/forced_colours.mjs";
import { semantics } from "./criteria/semantics.mjs";
import { stillness } from "./criteria/stillness.mjs";
import { targets } from "./criteria/targets.mjs";
import { largeText, zoom } from "./criteria/zoom.mjs";
import { audit } from "../lib/audit.mjs";
import { expect } from "../lib/checks.mjs";
import { tour } from "../lib/tour.mjs";
import { Visitor, open } from "../lib/visitor.mjs";

const CRITERIA = [forcedColours, stillness, zoom, largeText, targets, semantics, controlEdges];

export async function criteria(checks, stage) {
  const { browser, hostile, sites } = stage;
  for (const { name, inspect, bad } of CRITERIA) {
    await checks.check(`${name}_or_is_found_out`, async () => {
      const visitor = await Visitor.arrive(browser, []);
      try {
        const page = await visitor.tab();
        for (const [expected, markup] of Object.entries(bad)) {
          const title = markup.includes("<title>") ? "" : "<title>x</title>";
          hostile.show(`<!doctype html><html lang="en">${title}${markup}`);
          await open(page, hostile.crossSite);
          const findings = (await inspect(page)).join("; ");
          expect(findings.includes(expected), `not "${expected}": ${findings}`);
        }
      } finally {
        await visitor.leave();
      }
    });
  }

  await tour(checks, stage, async (at, page) => {
    for (const { name, inspect } of CRITERIA) {
      await checks.check(`${name}_on_${at}`, async () => none(await inspect(page)));
    }
  });

  for (const [brand, site] of Object.entries(sites.branded)) {
    await checks.check(`all_is_read_and_seen_in_the_brand_${brand.slice(1)}`, async () => {
      const visitor = await Visitor.arrive(browser, sites.origins);
      try {
        const page = await visitor.tab();
        await open(page, `${site}/api/auth/signout`);
        none([...(await audit(page)), ...(await controlEdges.inspect(page))]);
      } finally {
        await visitor.leave();
      }
    });
  }
}

function none(findings) {
  expect(findings.length === 0, [...new Set(findings)].join("\n     "));
}
