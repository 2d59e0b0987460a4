// Runs the checks: `node run.mjs [part of a name]`. `cargo xtask test browser` builds and starts
// what they need.

import { authkit } from "./checks/authkit.mjs";
import { client } from "./checks/client.mjs";
import { clients } from "./checks/clients.mjs";
import { cookies } from "./checks/cookies.mjs";
import { criteria } from "./checks/criteria.mjs";
import { examples } from "./checks/examples.mjs";
import { firstMinute } from "./checks/first_minute.mjs";
import { flows } from "./checks/flows.mjs";
import { htmx } from "./checks/htmx.mjs";
import { joined } from "./checks/joined.mjs";
import { keyboard } from "./checks/keyboard.mjs";
import { languages } from "./checks/languages.mjs";
import { pages } from "./checks/pages.mjs";
import { profiles } from "./checks/profiles.mjs";
import { spa } from "./checks/spa.mjs";
import { speed } from "./checks/speed.mjs";
import { types } from "./checks/types.mjs";
import { Checks } from "./lib/checks.mjs";
import { onStage } from "./lib/stage.mjs";

const checks = new Checks(process.argv[2]);
await onStage(async (stage) => {
  await firstMinute(checks, stage);
  await flows(checks, stage);
  await client(checks, stage);
  await cookies(checks, stage);
  await clients(checks, stage);
  await joined(checks, stage);
  await keyboard(checks, stage);
  await languages(checks, stage);
  await pages(checks, stage);
  await authkit(checks, stage);
  await profiles(checks, stage);
  await criteria(checks, stage);
  await speed(checks, stage);
  await types(checks, stage);
  await examples(checks, stage);
  await htmx(checks, stage);
  await spa(checks, stage);
});
process.exitCode = checks.finish() ? 0 : 1;
