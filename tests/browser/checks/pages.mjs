// Every page, in every state: nothing on the console, nothing refused by its policy, no request to
// another host, no finding of axe, in all looks.

import { readFile } from "node:fs/promises";

import { audit, LOOKS, wear } from "../lib/audit.mjs";
import { expect, same } from "../lib/checks.mjs";
import { askFor, choose, signIn, stayOnContinuePage, toProvider } from "../lib/steps.mjs";
import { Visitor, click, go, open, words } from "../lib/visitor.mjs";

/** Auth.js's words for errors, which choose a text where no code of ours is known. */
const TYPES = [
  "Configuration", "AccessDenied", "MissingCSRF", "Verification", "OAuthAccountNotLinked",
  "EmailSignin", "CredentialsSignin", "SessionRequired", "OAuthCallbackError", "Default",
];

export async function pages(checks, stage) {
  const { browser, demo, sites, hostile, provider } = stage;
  await checks.check("a_bad_page_is_found_out", () => aBadPageIsFoundOut(stage));

  const allowed = [demo, provider, ...sites.origins, hostile.unknownHost(sites.one)];
  /** A visitor whose one tab is led from page to page, because a new one takes its time. */
  const visit = async (body) => {
    const visitor = await Visitor.arrive(browser, allowed);
    try {
      const tab = await visitor.tab();
      await body((name, prepare, status, forgiven) =>
        checks.check(`page_${name}`, () => look(visitor, tab, prepare, status, forgiven)));
    } finally {
      await visitor.leave();
    }
  };
  await visit((check) => pagesOfAGuest(check, stage));
  await checks.check("every_mark_is_shown", () => everyMarkIsShown(stage));
  await checks.check("ten_providers_weigh_little", () => tenProvidersWeighLittle(stage));
  await visit((check) => pagesOfErrors(check, stage));
  await visit((check) => pagesOfTheProvider(check, stage));
  await visit((check) => pagesOfAda(check, stage));
  await visit((check) =>
    check("demo_admin_for_bob", (page) => signIn(page, `${demo}/admin`, "Bob"), 403));
}

async function pagesOfAGuest(check, { demo, sites, hostile }) {
  for (const count of ["one", "three", "nine", "ten"]) {
    const signInPage = `${sites[count]}/api/auth/signin`;
    await check(`sign_in_with_${count}`, (page) => open(page, signInPage));
    const query = "error=MissingCSRF&code=csrf&ref=a1b2c3d4";
    await check(`sign_in_with_${count}_after_an_error`, (page) => open(page, `${signInPage}?${query}`), 400);
  }
  await check("sign_in_with_all", (page) => open(page, `${sites.all}/api/auth/signin`));
  await check("sign_out", (page) => open(page, `${demo}/api/auth/signout?callbackUrl=%2F`));
  await check("unknown_host", (page) =>
    open(page, `${hostile.unknownHost(sites.one)}/api/auth/signin`), 400,
    // Said of every address without https that is not this machine.
    "Cross-Origin-Opener-Policy header has been ignored");
  await check("demo_home_of_a_guest", (page) => open(page, demo));
  await check("demo_not_found", (page) => open(page, `${demo}/nowhere`), 404);
  await check("continue", async (page) => {
    await askFor(page, `${demo}/dashboard`);
    await stayOnContinuePage(page);
  });
}

async function pagesOfErrors(check, { demo }) {
  const address = (query) => `${demo}/api/auth/error?${query}`;
  for (const code of await codes()) {
    const status = { access_denied: 403 }[code] ?? 400;
    const type = status === 403 ? "AccessDenied" : "Configuration";
    const query = `error=${type}&code=${code}&ref=a1b2c3d4`;
    await check(`error_${code}`, (page) => open(page, address(query)), status);
  }
  for (const type of TYPES) {
    const status = ["AccessDenied", "Verification"].includes(type) ? 403 : 400;
    await check(`error_of_type_${type}`, (page) => open(page, address(`error=${type}`)), status);
  }
}

async function pagesOfTheProvider(check, { demo, provider }) {
  const begin = async (page) => {
    await askFor(page, `${demo}/dashboard`);
    return toProvider(page);
  };
  await check("provider", begin);
  await check("provider_after_a_mistake", async (page) => {
    await begin(page);
    await page.$eval("#email", (field) => field.removeAttribute("required"));
    return go(page, (at) => at.pathname === "/authorize", () => click(page, 'button[value="new"]'));
  }, 400);
  await check("provider_with_a_fault", async (page) => {
    await begin(page);
    return open(page, `${page.url()}&fault=wrong_nonce`);
  });
  await check("provider_refuses", (page) => open(page, `${provider}/authorize`), 400);
  await check("provider_signed_out", (page) => open(page, `${provider}/end_session`));
  // Asked for `query`, we refuse a form; but it is sent on, under the policy of that page.
  await check("provider_sends_a_form_on", async (page) => {
    await begin(page);
    await open(page, `${page.url()}&response_mode=form_post`);
    return choose(page, "Ada", (at) => at.pathname.startsWith("/api/auth/"));
  }, 400);
}

async function pagesOfAda(check, { demo, sites }) {
  // The sites differ in their ports only, which cookies do not know: one sign-in serves for all.
  await check("sign_in_to_confirm", async (page) => {
    await signIn(page, `${sites.one}/page`);
    return open(page, `${sites.one}/api/auth/signin?callbackUrl=%2Fpage&max_age=300`);
  });
  for (const count of ["one", "three", "nine"]) {
    await check(`sign_in_with_${count}_signed_in`, async (page) => {
      const answer = await open(page, `${sites[count]}/api/auth/signin`);
      expect((await words(page)).includes("signed in as Ada"), "the page knows Ada");
      return answer;
    });
  }
  await check("demo_admin", (page) => signIn(page, `${demo}/admin`));
  await check("demo_home", (page) => open(page, demo));
  await check("demo_dashboard", async (page) => {
    await open(page, `${demo}/dashboard`);
    await page.type("#text", "A note.");
    return go(page, (at) => at.pathname === "/dashboard", () => page.keyboard.press("Enter"));
  });
}

/** Every mark is a picture to the browser, and black ones are white on dark. */
async function everyMarkIsShown({ browser, sites }) {
  const visitor = await Visitor.arrive(browser, sites.origins);
  try {
    const page = await visitor.tab();
    await open(page, `${sites.all}/api/auth/signin`);
    const marks = await page.$$eval("img.mark", (images) =>
      images.map(({ src, complete, naturalWidth }) => ({ src, shown: complete && naturalWidth > 0 })));
    expect(marks.length >= 60, `only ${marks.length} marks`);
    const broken = marks.filter(({ shown }) => !shown).map(({ src }) => src);
    expect(broken.length === 0, `no pictures: ${broken.join(" ")}`);
    for (const [scheme, filter] of [["light", "none"], ["dark", "invert(1)"]]) {
      await wear(page, { scheme, width: 1280 });
      const filters = await page.$$eval("img.mark.black", (images) =>
        images.map((image) => getComputedStyle(image).filter));
      same(new Set(filters).size === 1 && filters[0], filter, `black marks on ${scheme}`);
    }
    visitor.expectNoComplaint();
  } finally {
    await visitor.leave();
  }
}

/** The page itself, what it carries in its head, and its style: less than 15 kB. */
async function tenProvidersWeighLittle({ sites }) {
  const page = await fetch(`${sites.ten}/api/auth/signin`).then((answer) => answer.text());
  same(page.split("data-provider=").length - 1, 10, "the number of providers");
  const [, style] = page.match(/rel="stylesheet" href="([^"]+)"/);
  const css = await fetch(new URL(style, sites.ten)).then((answer) => answer.text());
  const bytes = Buffer.byteLength(page) + Buffer.byteLength(css);
  expect(bytes < 15_000, `${bytes} bytes`);
}

/** Checks the page that `prepare` leads to, and what it did on the way. */
async function look(visitor, page, prepare, status = 200, forgiven = undefined) {
  visitor.complaints.length = 0;
  const answer = await prepare(page);
  if (answer) same(answer.status(), status, "the status");
  const findings = await audit(page);
  expect(findings.length === 0, findings.join("\n     "));
  visitor.expectNoComplaint(forgiven);
}

/** The codes that error pages explain, from the file that explains them. */
async function codes() {
  const file = new URL("../../../auth-core/src/page/explanation.rs", import.meta.url);
  const [, list] = (await readFile(file, "utf8")).match(/const CODES[^=]*= \[([^\]]*)\]/) ?? [];
  const found = [...(list ?? "").matchAll(/"([a-z_]+)"/g)].map(([, code]) => code);
  if (found.length < 16) throw new Error(`only ${found.length} codes in explanation.rs`);
  return found;
}

/** The audit itself: a page with every mistake that it looks for. */
async function aBadPageIsFoundOut({ browser, hostile }) {
  const visitor = await Visitor.arrive(browser, [hostile.crossSite]);
  try {
    const page = await visitor.tab();
    hostile.show(
      `<!doctype html><html lang="en"><title>x</title><body style="margin: 0">
         <main><h1>x</h1><img src="//elsewhere.test/x.png"><p>${"wide".repeat(200)}</p></main>`,
      "default-src 'none'; img-src *",
    );
    await open(page, hostile.crossSite);
    const findings = (await audit(page)).join("; ");
    for (const look of LOOKS.filter(({ width }) => width === 320)) {
      const where = `${look.scheme} at ${look.width} px`;
      expect(findings.includes(`${where}: image-alt`), `axe is silent, ${where}`);
      expect(findings.includes(`${where}: scrolls sideways`), `wide pages pass, ${where}`);
    }
    expect(findings.includes("the background is"), "light pages pass for dark ones");
    const complaints = visitor.complaints.join("; ");
    expect(complaints.includes("Content Security Policy"), "the console is not heard");
    expect(complaints.includes("ContentSecurityPolicyIssue"), "the policy is not heard");
    expect(complaints.includes("a request to http://elsewhere.test"), "requests are not seen");
  } finally {
    await visitor.leave();
  }
}
