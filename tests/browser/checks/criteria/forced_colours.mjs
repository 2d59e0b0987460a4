// Where the system paints everything in a few colours of its own, grounds are gone: what could be told
// by one has an edge then, as have alerts and what is current; and the focus is seen.

import { underFeatures } from "../../lib/emulate.mjs";
import { withEyes } from "../../lib/eyes.mjs";

export const forcedColours = {
  name: "everything_is_seen_in_forced_colours",

  async inspect(page) {
    const findings = [];
    await withEyes(page, markEdged);
    for (const scheme of ["light", "dark"]) {
      const features = { "forced-colors": "active", "prefers-color-scheme": scheme };
      const found = await underFeatures(page, features, async () => [
        ...(await withEyes(page, edgeless)),
        ...(await unseenFocus(page)),
      ]);
      findings.push(...found.map((finding) => `${scheme}: ${finding}`));
    }
    return findings;
  },

  bad: {
    "\"Go\" has no edge": `<button style="border: 0; background: navy; color: white">Go</button>`,
    "\"Here\" has no edge": `<p aria-current="page" style="background: yellow">Here</p>`,
    "the focus of \"Go\" is not seen":
      `<style>:focus-visible { outline: none; box-shadow: 0 0 0 3px blue }</style><button>Go</button>`,
  },
};

/** Runs in the page, before colours are forced: remembers what a ground or an edge tells apart. */
function markEdged({ contrast, isSeen, behind, edge, controls }) {
  for (const element of [...controls(), ...document.querySelectorAll("[role=alert], [aria-current]")]) {
    const ground = getComputedStyle(element).backgroundColor;
    const isTold = edge(element) > 1 || isSeen(ground) && contrast(ground, behind(element)) > 1;
    element.toggleAttribute("data-edged", isTold);
  }
}

/** Runs in the page. */
function edgeless({ edge, called }) {
  if (!matchMedia("(forced-colors: active)").matches) return ["the colours are not forced"];
  return [...document.querySelectorAll("[data-edged]")]
    .filter((element) => edge(element) < 3)
    .map((element) => `${called(element)} has no edge`);
}

/** Goes by Tab once through everything. */
async function unseenFocus(page) {
  const findings = [];
  const count = await withEyes(page, ({ controls }) => {
    document.activeElement.blur();
    return controls().length;
  });
  for (let stop = 0; stop < count; stop += 1) {
    await page.keyboard.press("Tab");
    findings.push(...(await withEyes(page, unseen)));
  }
  return findings;
}

/** Runs in the page. */
function unseen({ contrast, behind, called }) {
  const element = document.activeElement;
  if (element === document.body) return [];
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
  const isSeen = outlineStyle !== "none" && parseFloat(outlineWidth) >= 1 &&
    contrast(outlineColor, behind(element)) >= 3;
  return isSeen ? [] : [`the focus of ${called(element)} is not seen`];
}
