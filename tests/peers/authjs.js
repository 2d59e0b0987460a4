// Auth.js on the other side of the cookie border: its reader and writer of session cookies, and its
// own routes.

import { Auth } from "@auth/core";
import { decode, encode, getToken } from "@auth/core/jwt";

// Not exported by the package: the part that splits a cookie.
import { SessionStore } from "./node_modules/@auth/core/lib/utils/cookie.js";
import { converse } from "./lines.js";

const logger = { error() {}, warn() {}, debug() {} };

const commands = {
  encode: (params) => encode(params),
  decode: (params) => decode(params),

  // The cookies of a browser to which Auth.js gave this session: one, or as many as it takes.
  async cookies({ name, ...params }) {
    const value = await encode({ ...params, salt: name });
    const parts = new SessionStore({ name, options: {} }, {}, logger).chunk(value, {});
    return Object.fromEntries(parts.map((part) => [part.name, part.value]));
  },

  getToken: ({ cookie, ...params }) => getToken({ ...params, req: { headers: { cookie } }, logger }),

  // A request to its routes.
  async request({ secret, url, method, headers, body }) {
    const config = { secret, basePath: "/api/auth", trustHost: true, providers: [], logger };
    const response = await Auth(new Request(url, { method, headers, body }), config);
    return {
      status: response.status,
      cookies: response.headers.getSetCookie(),
      location: response.headers.get("location"),
      body: await response.text(),
    };
  },
};

await converse(({ command, ...params }) => commands[command](params));
