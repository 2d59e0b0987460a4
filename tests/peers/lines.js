// The conversation with the test: one JSON value a line, in both directions. The process ends when
// the test does, for then its standard input is closed.

import { createInterface } from "node:readline";

// Advice for those who run a peer in production. Standard output is for the test alone.
console.info = console.warn = console.log = () => {};

export async function converse(answer) {
  for await (const line of createInterface({ input: process.stdin })) {
    let reply;
    try {
      reply = { ok: await answer(JSON.parse(line)) };
    } catch (error) {
      reply = { error: String(error) };
    }
    process.stdout.write(`${JSON.stringify(reply)}\n`);
  }
  process.exit(0);
}
