// What assistive tools are told, by the browser's own accessibility tree: one main part, one heading
// of the first rank, controls by the names they show, pictures that are decoration.

export const semantics = {
  name: "assistive_tools_are_told_what_is_shown",

  async inspect(page) {
    const devtools = await page.createCDPSession();
    try {
      return [...(await inTree(devtools)), ...(await page.evaluate(inDocument))];
    } finally {
      await devtools.detach();
    }
  },

  bad: {
    "2 main parts": `<main><h1>x</h1></main><main>y</main>`,
    "0 headings of the first rank": `<main><h2>x</h2></main>`,
    "\"Go\" is called \"Buy\"": `<main><h1>x</h1><button aria-label="Buy">Go</button></main>`,
    "a picture is called": `<main><h1>x</h1><img alt="logo" src="data:,"></main>`,
    "the page has no title": `<title> </title><main><h1>x</h1></main>`,
    "tabindex 3": `<main><h1>x</h1><a tabindex="3" href="/">x</a></main>`,
    "an alert without a role": `<main><h1>x</h1><p class="alert">No.</p></main>`,
    "nothing leads to the alert": `<main><h1>x</h1><p role="alert">No.</p></main>`,
    "\"q\" has no visible label": `<main><h1>x</h1><input name="q" aria-label="q"></main>`,
    "\"email\" does not say what to fill in": `<main><h1>x</h1><label>E-mail <input type="email" name="email"></label></main>`,
    "user-scalable": `<meta name="viewport" content="width=device-width, user-scalable=no"><main><h1>x</h1></main>`,
  },
};

async function inTree(devtools) {
  const findings = [];
  const { nodes } = await devtools.send("Accessibility.getFullAXTree");
  const told = nodes.filter((node) => !node.ignored);
  const withRole = (...roles) => told.filter((node) => roles.includes(node.role?.value));
  const rank = (node) => node.properties?.find(({ name }) => name === "level")?.value.value;

  const mains = withRole("main").length;
  if (mains !== 1) findings.push(`${mains} main parts`);
  const first = withRole("heading").filter((node) => rank(node) === 1).length;
  if (first !== 1) findings.push(`${first} headings of the first rank`);
  for (const node of withRole("image", "img")) {
    findings.push(`a picture is called "${node.name?.value}"`);
  }
  for (const node of withRole("button", "link")) {
    const shown = await shownBy(devtools, node.backendDOMNodeId);
    const name = plain(node.name?.value);
    if (!shown || name !== shown) findings.push(`"${shown}" is called "${name}"`);
  }
  return findings;
}

/** What a node shows, without decoration. */
async function shownBy(devtools, backendNodeId) {
  const { object } = await devtools.send("DOM.resolveNode", { backendNodeId });
  const { result } = await devtools.send("Runtime.callFunctionOn", {
    objectId: object.objectId,
    functionDeclaration: `function () {
      const shown = (node) => [...node.childNodes].map((child) => {
        if (child.nodeType === Node.TEXT_NODE) return child.data;
        if (child.ariaHidden === "true") return "";
        const isApart = child.nodeType === Node.ELEMENT_NODE && getComputedStyle(child).display !== "inline";
        return isApart ? " " + shown(child) + " " : shown(child);
      }).join("");
      return shown(this);
    }`,
    returnByValue: true,
  });
  return plain(result.value);
}

const plain = (text) => (text ?? "").replace(/\s+/g, " ").trim();

/** Runs in the page. */
function inDocument() {
  const findings = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  if (!document.title.trim()) findings.push("the page has no title");
  const scaling = document.querySelector("meta[name=viewport]")?.content ?? "";
  if (/user-scalable|maximum-scale/.test(scaling)) findings.push(`the page says ${scaling}`);
  for (const { tabIndex } of all("[tabindex]")) {
    if (tabIndex > 0) findings.push(`tabindex ${tabIndex}`);
  }

  const described = new Set(all("[aria-describedby]").flatMap((it) => it.getAttribute("aria-describedby").split(" ")));
  for (const alert of all(".alert, [role=alert]")) {
    if (alert.getAttribute("role") !== "alert") findings.push("an alert without a role");
    else if (!alert.autofocus && !described.has(alert.id)) findings.push("nothing leads to the alert");
  }
  for (const id of described) {
    if (!document.getElementById(id)) findings.push(`nothing is called ${id}`);
  }
  for (const field of all("[aria-invalid=true]")) {
    if (!field.hasAttribute("aria-describedby")) findings.push(`"${field.name}" does not say what is wrong`);
  }
  for (const field of all("input:not([type=hidden]), select, textarea")) {
    const isLabelled = [...(field.labels ?? [])].some((label) => label.checkVisibility() && label.innerText.trim());
    if (!isLabelled) findings.push(`"${field.name}" has no visible label`);
    // A person's own data: browsers and password managers know it.
    const isPersonal = /e-?mail|name|password/.test(`${field.type} ${field.name}`);
    if (isPersonal && !field.autocomplete) findings.push(`"${field.name}" does not say what to fill in`);
  }
  return findings;
}
