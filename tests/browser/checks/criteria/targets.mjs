// What is pressed is at least 44 CSS pixels high: a finger is wider than a pointer. Links within
// text are as high as their line.

import { inWindow } from "../../lib/emulate.mjs";
import { withEyes } from "../../lib/eyes.mjs";

const LEAST = 44;

export const targets = {
  name: "targets_are_44_pixels_high",

  async inspect(page) {
    const findings = [];
    for (const width of [320, 1280]) {
      const found = await inWindow(page, { width, height: 800 }, () => withEyes(page, low, LEAST));
      findings.push(...found.map((finding) => `at ${width} px: ${finding}`));
    }
    return findings;
  },

  bad: { "\"Go\" is 40 px high": `<button style="height: 40px">Go</button>` },
};

/** Runs in the page. */
function low({ controls, called }, least) {
  return controls()
    .map((control) => [control, control.getBoundingClientRect().height])
    // Half a pixel is how heights of text are rounded.
    .filter(([, height]) => height < least - 0.5)
    .map(([control, height]) => `${called(control)} is ${Math.round(height)} px high`);
}
