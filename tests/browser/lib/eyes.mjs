// What can be operated on a page, and how well it can be told from what is behind it.

/** Runs `inspect(tools, ...args)` in the page; `tools` are those below. */
export function withEyes(page, inspect, ...args) {
  const values = args.map((value) => JSON.stringify(value)).join(", ");
  return page.evaluate(`(${inspect})((${tools})()${values && `, ${values}`})`);
}

/** Runs in the page. */
function tools() {
  /** Red, green, blue from 0 to 255, and how opaque. */
  const parse = (colour) => {
    const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
    return { channels: [red, green, blue], alpha };
  };

  /** WCAG 2.2: relative luminance. */
  const luminance = (colour) => {
    const [red, green, blue] = parse(colour).channels.map((value) => {
      const channel = value / 255;
      return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };

  const contrast = (...colours) => {
    const [dark, light] = colours.map(luminance).sort((a, b) => a - b);
    return Math.round(((light + 0.05) / (dark + 0.05)) * 100) / 100;
  };

  const isSeen = (colour) => parse(colour).alpha > 0;

  /** The background that `element` stands on. */
  const behind = (element) => {
    for (let outer = element.parentElement; outer; outer = outer.parentElement) {
      const colour = getComputedStyle(outer).backgroundColor;
      if (isSeen(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };

  /** The highest contrast of any of the four edges of `element` with what it stands on. */
  const edge = (element) => {
    const style = getComputedStyle(element);
    const sides = ["Top", "Right", "Bottom", "Left"].filter((side) =>
      parseFloat(style[`border${side}Width`]) >= 1 && style[`border${side}Style`] !== "none" &&
      isSeen(style[`border${side}Color`]));
    const contrasts = sides.map((side) => contrast(style[`border${side}Color`], behind(element)));
    return Math.max(0, ...contrasts);
  };

  /** What can be operated, but for links within text. */
  const controls = () =>
    [...document.querySelectorAll("button, input:not([type=hidden]), select, textarea, a[href]")]
      .filter((element) => element.checkVisibility())
      .filter((element) => !element.matches("a") || getComputedStyle(element).display !== "inline");

  /** What to call `element` in a finding. */
  const called = (element) => `"${(element.innerText || element.name || element.id || element.tagName).trim().slice(0, 40)}"`;

  return { contrast, isSeen, behind, edge, controls, called };
}
