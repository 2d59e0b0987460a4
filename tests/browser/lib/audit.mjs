// Looks at a page as everybody might see it: light and dark, on a narrow and a wide screen.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** All looks. */
export const LOOKS = ["light", "dark"].flatMap((scheme) =>
  [320, 1280].map((width) => ({ scheme, width })));

/** What is wrong with the page, in words; nothing if all is well. */
export async function audit(page, looks = LOOKS) {
  const findings = [];
  await page.evaluate(AXE);
  for (const look of looks) {
    await wear(page, look);
    const found = await page.evaluate(inspect, RULES);
    findings.push(...found.map((finding) => `${look.scheme} at ${look.width} px: ${finding}`));
  }
  return [...new Set(findings)];
}

/** Shows the page in this look. Without transitions: a colour is looked at once it is reached. */
export async function wear(page, { scheme, width, height = 800 }) {
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: scheme },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  await page.setViewport({ width, height });
}

/** Runs in the page. */
async function inspect(rules) {
  const findings = [];
  const { violations } = await globalThis.axe.run(document, {
    runOnly: rules,
    resultTypes: ["violations"],
    // It would fetch the stylesheets again, which the policy of our pages forbids.
    preload: false,
  });
  for (const { id, nodes } of violations) {
    findings.push(`${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
  }
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) findings.push(`scrolls sideways, ${scrollWidth} px wide`);

  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const [colour] = [document.body, document.documentElement]
    .map((element) => getComputedStyle(element).backgroundColor)
    .filter((value) => value !== "rgba(0, 0, 0, 0)");
  const channels = colour?.match(/\d+/g)?.map(Number) ?? (dark && supportsDark() ? [0] : [255]);
  if (dark !== channels[0] < 128) findings.push(`the background is ${colour ?? "the default"}`);
  return findings;

  /** Whether the page asked for the browser's dark defaults. */
  function supportsDark() {
    return getComputedStyle(document.documentElement).colorScheme.includes("dark") ||
      document.querySelector('meta[name="color-scheme"]')?.content.includes("dark");
  }
}
