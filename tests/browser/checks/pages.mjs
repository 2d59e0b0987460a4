// Every page, in every state: nothing on the console, nothing refused by its policy, no request to
// another host, no finding of axe, in all looks.

import { readFile } from "node:fs/promises";

import { audit, LOOKS } from "../lib/audit.mjs";
import { expect, same } from "../lib/checks.mjs";
import { askFor, choose, signIn, stayOnContinuePage, toProvider } from "../lib/steps.mjs";
import { Visitor, click, go, open } from "../lib/visitor.mjs";

/** Auth.js's words for errors, which choose a text where no code of ours is known. */
const TYPES = [
  "Configuration", "AccessDenied", "MissingCSRF", "Verification", "OAuthAccountNotLinked",
  "EmailSignin", "CredentialsSignin", "SessionRequired", "OAuthCallbackError", "Default",
];

export async function pages(checks, stage) {
  const { browser, demo, sites, hostile, provider } = stage;
  /** Checks the page that `prepare` leads a new visitor to. */
  const check = (name, prepare, status = 200, forgiven = undefined) =>
    checks.check(name, async () => {
      const allowed = [demo, provider, ...sites.origins, hostile.unknownHost(sites.one)];
      const visitor = await Visitor.arrive(browser, allowed);
      try {
        const page = await visitor.tab();
        const answer = await prepare(page);
        if (answer) same(answer.status(), status, "the status");
        const findings = await audit(page);
        expect(findings.length === 0, findings.join("\n     "));
        visitor.expectNoComplaint(forgiven);
      } finally {
        await visitor.leave();
      }
    });

  await checks.check("a_bad_page_is_found_out", () => aBadPageIsFoundOut(stage));

  for (const count of ["one", "three", "nine"]) {
    await check(`page_sign_in_with_${count}`, (page) => open(page, `${sites[count]}/api/auth/signin`));
    await check(
      `page_sign_in_with_${count}_after_an_error`,
      (page) =>
        open(page, `${sites[count]}/api/auth/signin?error=MissingCSRF&code=csrf&ref=a1b2c3d4`),
      400,
    );
    await check(`page_sign_in_with_${count}_signed_in`, async (page) => {
      await signIn(page, `${sites[count]}/page`);
      return open(page, `${sites[count]}/api/auth/signin`);
    });
  }
  await check("page_sign_in_to_confirm", async (page) => {
    await signIn(page, `${sites.one}/page`);
    return open(page, `${sites.one}/api/auth/signin?callbackUrl=%2Fpage&max_age=300`);
  });
  await check("page_continue", async (page) => {
    await askFor(page, `${demo}/dashboard`);
    await stayOnContinuePage(page);
  });
  await check("page_sign_out", (page) => open(page, `${demo}/api/auth/signout?callbackUrl=%2F`));
  await check("page_unknown_host", (page) =>
    open(page, `${hostile.unknownHost(sites.one)}/api/auth/signin`), 400,
    // Said of every address without https that is not this machine.
    "Cross-Origin-Opener-Policy header has been ignored");

  for (const code of await codes()) {
    await check(`page_error_${code}`, async (page) => {
      await open(page, `${demo}/api/auth/error?error=Configuration&code=${code}&ref=a1b2c3d4`);
    });
  }
  for (const type of TYPES) {
    await check(`page_error_of_type_${type}`, async (page) => {
      await open(page, `${demo}/api/auth/error?error=${type}`);
    });
  }

  await check("page_demo_home_of_a_guest", (page) => open(page, demo));
  await check("page_demo_not_found", (page) => open(page, `${demo}/nowhere`), 404);
  await check("page_demo_home", async (page) => {
    await signIn(page, `${demo}/dashboard`);
    return open(page, demo);
  });
  await check("page_demo_dashboard", async (page) => {
    await signIn(page, `${demo}/dashboard`);
    await page.type("#text", "A note.");
    await go(page, (at) => at.pathname === "/dashboard", () => page.keyboard.press("Enter"));
  });
  await check("page_demo_admin", (page) => signIn(page, `${demo}/admin`));
  await check("page_demo_admin_for_bob", (page) => signIn(page, `${demo}/admin`, "Bob"), 403);

  await check("page_provider", async (page) => {
    await askFor(page, `${demo}/dashboard`);
    return toProvider(page);
  });
  await check("page_provider_after_a_mistake", async (page) => {
    await askFor(page, `${demo}/dashboard`);
    await toProvider(page);
    await page.$eval("#email", (field) => field.removeAttribute("required"));
    return go(page, (at) => at.pathname === "/authorize", () => click(page, 'button[value="new"]'));
  }, 400);
  await check("page_provider_with_a_fault", async (page) => {
    await askFor(page, `${demo}/dashboard`);
    await toProvider(page);
    return open(page, `${page.url()}&fault=wrong_nonce`);
  });
  await check("page_provider_refuses", (page) => open(page, `${provider}/authorize`), 400);
  await check("page_provider_signed_out", (page) => open(page, `${provider}/end_session`));
  await check("page_provider_form_post_ends_at_the_site", async (page) => {
    await askFor(page, `${demo}/dashboard`);
    await toProvider(page);
    await open(page, `${page.url()}&response_mode=form_post`);
    await choose(page, "Ada", (at) => at.pathname.startsWith("/api/auth/"));
  });
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
