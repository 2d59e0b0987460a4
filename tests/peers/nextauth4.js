// next-auth 4 on the other side of the cookie border: how it wrote sessions, for sites that move.

import { createRequire } from "node:module";

import { converse } from "./lines.js";

const require = createRequire(import.meta.url);
const { encode, getToken } = require("next-auth/jwt");
// Not exported by the package: the part that splits a cookie.
const { SessionStore } = require("./node_modules/next-auth/core/lib/cookie.js");

const silent = { error() {}, warn() {}, debug() {} };

const commands = {
  // The cookies of a browser to which next-auth 4 gave this session: one, or as many as it takes.
  async cookies({ name, ...params }) {
    const value = await encode(params);
    const parts = new SessionStore({ name, options: {} }, { cookies: {} }, silent).chunk(value, {});
    return Object.fromEntries(parts.map((part) => [part.name, part.value]));
  },

  getToken: ({ cookies, ...params }) => getToken({ ...params, req: { cookies, headers: {} }, logger: silent }),
};

await converse(({ command, ...params }) => commands[command](params));
