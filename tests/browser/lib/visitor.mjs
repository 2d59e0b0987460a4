// Somebody with a browser of their own: cookies of their own, tabs, and an eye on what pages do.

/** A wait that ends nowhere fails after this many milliseconds. */
const PATIENCE = 20_000;

/** What Chromium remarks of every sign-in: cookies that are not sent across sites, and redirects. */
const INHERENT = ["CookieIssue", "BounceTrackingIssue"];

export class Visitor {
  /** What pages did that they must not do: console lines, refusals of a policy, foreign requests. */
  complaints = [];
  #context;
  #allowed;
  #settings;

  /** `allowed` are the origins that pages may ask for anything, or an object that `has` them. */
  static async arrive(browser, allowed, settings = { scripts: true }) {
    const visitor = new Visitor();
    visitor.#context = await browser.createBrowserContext();
    visitor.#allowed = Array.isArray(allowed) ? new Set(allowed) : allowed;
    visitor.#settings = settings;
    return visitor;
  }

  /** A new tab. */
  async tab() {
    const page = await this.#context.newPage();
    page.setDefaultTimeout(PATIENCE);
    await page.setJavaScriptEnabled(this.#settings.scripts);
    await this.#watch(page);
    return page;
  }

  /** The cookies as the browser stores them. */
  cookies() {
    return this.#context.cookies();
  }

  async forget(cookies) {
    await this.#context.deleteCookie(...cookies);
  }

  /** Fails if any page complained, but for complaints that hold one of `forgiven`. */
  expectNoComplaint(...forgiven) {
    const isForgiven = (text) => forgiven.some((part) => part && text.includes(part));
    const serious = this.complaints.filter((text) => !isForgiven(text));
    if (serious.length > 0) throw new Error(serious.join("; "));
  }

  leave() {
    return this.#context.close();
  }

  async #watch(page) {
    const complain = (text) => this.complaints.push(`${page.url()}: ${text}`);
    page.on("console", (message) => {
      const url = message.location().url;
      // An error page is shown under its status, which Chromium logs for every document.
      const isStatus = message.text().startsWith("Failed to load resource: the server responded");
      if (!(isStatus && url === page.url())) complain(`console: ${message.text()} (${url})`);
    });
    page.on("pageerror", (error) => complain(`error: ${error.message}`));
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (/^https?:$/.test(url.protocol) && !this.#allowed.has(url.origin)) {
        complain(`a request to ${url.origin}`);
      }
    });
    const devtools = await page.createCDPSession();
    devtools.on("Audits.issueAdded", ({ issue }) => {
      if (!INHERENT.includes(issue.code)) complain(`${issue.code}: ${JSON.stringify(issue.details)}`);
    });
    await devtools.send("Audits.enable");
  }
}

/**
 * Visits that are over when `body` is, which gets a tab, and the visitor. `allowed` and the settings of
 * a visit are those of {@link Visitor.arrive}.
 */
export function visits(browser, allowed) {
  return async (body, settings) => {
    const visitor = await Visitor.arrive(browser, allowed, settings);
    try {
      await body(await visitor.tab(), visitor);
    } finally {
      await visitor.leave();
    }
  };
}

/** Origins of examples: one may have servers beside it, on ports that nobody knows beforehand. */
export const ON_THIS_MACHINE = {
  has(origin) {
    const { hostname } = new URL(origin);
    return hostname === "127.0.0.1" || hostname === "localhost" || hostname.endsWith(".localhost");
  },
};

/**
 * Does `act` and waits until the tab has loaded a page whose URL satisfies `isThere`, however many
 * pages lie between. The main response of that page.
 */
export async function go(page, isThere, act) {
  let answer;
  const keep = (response) => {
    const request = response.request();
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) answer = response;
  };
  page.on("response", keep);
  let stop;
  const arrived = new Promise((resolve, reject) => {
    const look = () => isThere(new URL(page.url())) && resolve();
    const timer = setTimeout(() => reject(new Error(`stuck at ${page.url()}`)), PATIENCE);
    page.on("load", look);
    stop = () => {
      clearTimeout(timer);
      page.off("load", look);
      page.off("response", keep);
    };
  });
  try {
    await Promise.all([arrived, act()]);
  } finally {
    stop();
  }
  return answer;
}

/** Opens `url` and waits for where it ends. */
export async function open(page, url) {
  const answer = await page.goto(url, { waitUntil: "load" });
  return answer;
}

/** Clicks what `selector` names; it must be there. */
export async function click(page, selector) {
  const element = await page.$(selector);
  if (!element) throw new Error(`${page.url()} has no ${selector}`);
  await element.click();
}

/** Clicks a button once the script of the page, which waits for a module, has made it do something. */
export async function clickAlive(page, selector) {
  await page.waitForFunction((button) => document.querySelector(button).onclick, { polling: 20 }, selector);
  await click(page, selector);
}

/** The words of the page. */
export function words(page) {
  return page.evaluate(() => document.body.innerText);
}

/** The stable code that an error page shows. */
export function errorCode(page) {
  return page.evaluate(
    () => document.querySelector("[data-error-code]")?.getAttribute("data-error-code") ?? null,
  );
}

/** Who the site thinks is signed in, asked as a script would. */
export async function signedInAs(page, site) {
  const tab = await page.browserContext().newPage();
  try {
    await tab.goto(`${site}/api/auth/session`);
    const session = JSON.parse(await words(tab));
    return session?.user?.name ?? null;
  } finally {
    await tab.close();
  }
}
