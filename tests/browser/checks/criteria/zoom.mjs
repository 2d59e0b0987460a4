// Enlarged, all of a page can still be read and used: at 400 %, where a window of 1280 × 1024 has room
// for 320 × 256 CSS pixels, and with text of twice its size.

import { inWindow } from "../../lib/emulate.mjs";
import { withEyes } from "../../lib/eyes.mjs";

export const zoom = {
  name: "nothing_is_lost_at_400_percent",

  inspect(page) {
    return inWindow(page, { width: 320, height: 256, scale: 4 }, () => withEyes(page, lost));
  },

  bad: {
    "scrolls sideways": `<p style="width: 400px">x`,
    "P is cut off": `<p style="height: 1em; overflow: hidden">${"word ".repeat(50)}`,
    "\"Go away\" is cut off": `<button style="height: 1em; padding: 0; width: 3em">Go away</button>`,
    "\"Go\" is covered": `<button>Go</button>
      <p style="position: fixed; inset: 0; margin: 0; background: white">x`,
  },
};

export const largeText = {
  name: "nothing_is_lost_with_text_at_200_percent",

  async inspect(page) {
    const findings = [];
    for (const width of [480, 1280]) {
      const found = await inWindow(page, { width, height: 800 }, async () => {
        await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
        const found = await withEyes(page, lost);
        await page.evaluate(() => document.documentElement.removeAttribute("style"));
        return found;
      });
      findings.push(...found.map((finding) => `at ${width} px: ${finding}`));
    }
    return findings;
  },

  bad: { "P is cut off": `<p style="width: 16px; overflow: hidden">word` },
};

/** Runs in the page. */
function lost({ controls, called }) {
  const findings = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) findings.push(`scrolls sideways, ${scrollWidth} px wide`);
  const cuts = (overflow) => overflow === "hidden" || overflow === "clip";
  for (const element of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    // Words for assistive tools only.
    if (style.clipPath !== "none") continue;
    const isWider = element.scrollWidth > element.clientWidth + 1;
    const isHigher = element.scrollHeight > element.clientHeight + 1;
    if (isWider && cuts(style.overflowX) || isHigher && cuts(style.overflowY)) {
      findings.push(`${element.tagName} is cut off: "${element.textContent.trim().slice(0, 40)}"`);
    }
  }
  for (const control of controls()) {
    const isOver = control.matches("button, a") &&
      (control.scrollHeight > control.clientHeight + 1 || control.scrollWidth > control.clientWidth + 1);
    if (isOver) findings.push(`${called(control)} is cut off`);
    control.scrollIntoView({ block: "center" });
    const { left, top, width, height } = control.getClientRects()[0];
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    if (!hit || !control.contains(hit)) findings.push(`${called(control)} is covered`);
  }
  scrollTo(0, 0);
  return findings;
}
