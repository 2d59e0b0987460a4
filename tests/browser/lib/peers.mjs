// The scripts of tests/peers, in processes of their own: one JSON value a line, in both directions.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const FOLDER = new URL("../../peers/", import.meta.url);

/** Starts `script`; what it is asked it answers. It ends with its input. */
export function startPeer(script, endings) {
  const child = spawn("node", [script], { cwd: FOLDER, stdio: ["pipe", "pipe", "inherit"] });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  endings.push(() => (child.stdin.end(), gone));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return async (question) => {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error(`${script} has stopped`);
    const { ok, error } = JSON.parse(value);
    if (error) throw new Error(`${script}: ${error}`);
    return ok;
  };
}

/** One origin: paths under `prefix` lead to the site `there`, all others to `elsewhere`. */
export async function join(prefix, there, elsewhere, endings) {
  const ask = startPeer("join.js", endings);
  return (await ask({ prefix, there, elsewhere })).origin;
}
