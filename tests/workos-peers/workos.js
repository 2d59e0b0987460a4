// WorkOS's own client: any of its methods, and the seal that it puts on sessions.

import { WorkOS } from "@workos-inc/node";
import { sealData, unsealData } from "iron-session";

import { converse } from "../peers/lines.js";

let workos;

const commands = {
  // `options` are those of the constructor.
  open({ api_key, options }) {
    workos = new WorkOS(api_key, options);
  },

  // `method` is a path such as `userManagement.getUser`. A list is fetched to its end.
  async call({ method, args }) {
    const path = method.split(".");
    const name = path.pop();
    const resource = path.reduce((object, key) => object[key], workos);
    const result = await resource[name](...args);
    return result?.autoPagination ? result.autoPagination() : result;
  },

  // A cookie in the hands of `loadSealedSession`.
  session({ cookie, password, method, options }) {
    const session = workos.userManagement.loadSealedSession({
      sessionData: cookie,
      cookiePassword: password,
    });
    return session[method](options);
  },

  seal: ({ data, password, ttl }) => sealData(data, { password, ttl }),
  unseal: ({ cookie, password }) => unsealData(cookie, { password, ttl: 0 }),
};

await converse(async ({ command, ...params }) => {
  try {
    return { returned: (await commands[command](params)) ?? null };
  } catch (error) {
    const { name, code, error: oauth, status, pendingAuthenticationToken, retryAfter } = error;
    return { threw: { name, code, error: oauth, status, pendingAuthenticationToken, retryAfter } };
  }
});
