// What can be operated is told from what is around it: by an edge, or by its ground.

import { wear } from "../../lib/audit.mjs";
import { withEyes } from "../../lib/eyes.mjs";

export const controlEdges = {
  name: "the_edges_of_controls_are_seen",

  async inspect(page) {
    const findings = [];
    for (const scheme of ["light", "dark"]) {
      await wear(page, { scheme, width: 1280 });
      findings.push(...(await withEyes(page, faint)).map((finding) => `${scheme}: ${finding}`));
    }
    return findings;
  },

  bad: {
    "\"Go\" has an edge of 1.": `<button style="border: 1px solid #ddd; background: white">Go</button>`,
    "dark: \"Go\" has an edge of 1.": `<body style="background: #000">
      <button style="border: 0; background: #222; color: white">Go</button>`,
  },
};

/** Runs in the page. */
function faint({ contrast, isSeen, behind, edge, controls, called }) {
  return controls().flatMap((control) => {
    const ground = getComputedStyle(control).backgroundColor;
    const [edged, around] = [edge(control), behind(control)];
    const filled = isSeen(ground) ? contrast(ground, around) : 1;
    // Neither edge nor ground: it looks like a link, and its text says what it is.
    if (edged === 0 && filled === 1) return [];
    const best = Math.max(edged, filled);
    return best < 3 ? [`${called(control)} has an edge of ${best}`] : [];
  });
}
