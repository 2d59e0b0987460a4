// Nothing moves for those who do not want it to.

import { underFeatures } from "../../lib/emulate.mjs";

export const stillness = {
  name: "nothing_moves_where_that_is_unwanted",

  inspect(page) {
    return underFeatures(page, { "prefers-reduced-motion": "reduce" }, () => page.evaluate(moving));
  },

  bad: {
    "P has a transition": `<style>p { transition: color 1s }</style><p>x`,
    "P::before is animated":
      `<style>@keyframes spin { to { rotate: 1turn } } p::before { content: "x"; animation: spin 1s infinite }</style><p>x`,
    "scrolls smoothly": `<style>html { scroll-behavior: smooth }</style>`,
  },
};

/** Runs in the page. */
function moving() {
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) return ["motion is not reduced"];
  const findings = [];
  const takesTime = (durations) => durations.split(",").some((text) => parseFloat(text) > 0);
  for (const element of document.querySelectorAll("*")) {
    for (const part of ["", "::before", "::after"]) {
      const style = getComputedStyle(element, part || null);
      const what = element.tagName + part;
      if (takesTime(style.transitionDuration)) findings.push(`${what} has a transition`);
      if (style.animationName !== "none") findings.push(`${what} is animated`);
      if (!part && style.scrollBehavior === "smooth") findings.push(`${what} scrolls smoothly`);
    }
  }
  return findings;
}
