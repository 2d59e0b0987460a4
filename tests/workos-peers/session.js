// The session library of WorkOS's SDKs, as a site would use it that keeps its cookies in a header.

import { configure, CookieSessionStorage, createAuthService } from "@workos/authkit-session";

import { converse } from "../peers/lines.js";

class Headers extends CookieSessionStorage {
  async getCookie(request, name) {
    for (const pair of (request.cookie ?? "").split("; ")) {
      const [key, ...value] = pair.split("=");
      if (key === name) {
        return decodeURIComponent(value.join("="));
      }
    }
    return null;
  }
}

const auth = createAuthService({ sessionStorageFactory: (config) => new Headers(config) });

const commands = {
  configure: (options) => configure(options),

  start: ({ screen, options }) =>
    screen === "sign-up" ? auth.createSignUp(undefined, options) : auth.createSignIn(undefined, options),

  finish: ({ cookie, code, state }) => auth.handleCallback({ cookie }, undefined, { code, state }),

  read: ({ cookie }) => auth.withAuth({ cookie }),

  async switch({ cookie, organization }) {
    const session = await auth.getSession({ cookie });
    return auth.switchOrganization(session, organization);
  },

  leave: ({ session_id, return_to }) => auth.signOut(session_id, { returnTo: return_to }),
};

await converse(async ({ command, ...params }) => (await commands[command](params)) ?? null);
