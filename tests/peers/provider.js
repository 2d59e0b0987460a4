// oidc-provider on a free loopback port, with the login and consent forms that it has for
// development. Each line of standard input configures it anew, on the same port:
//
//   {"clients": [metadata…], "generation": 1, "claims_in_id_token": true, "forget": false}
//
// Another generation has other keys; `forget` drops what it remembers of people, grants and codes.
// The answer names the issuer, and how clients authenticated for the tokens that it has granted.

import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";

import { converse } from "./lines.js"; // first: it silences advice that is given while loading

import Provider from "oidc-provider";

const ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"];

let handle;
const authenticated = [];
let records = new Map();
const keys = new Map();

const server = createServer((request, response) => handle(request, response));
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const issuer = `http://127.0.0.1:${server.address().port}`;

await converse(({ clients, generation, claims_in_id_token, forget }) => {
  if (forget) {
    records = new Map();
  }
  if (!keys.has(generation)) {
    keys.set(generation, newKeys(generation));
  }
  const provider = new Provider(issuer, {
    adapter: adapterFor(records),
    clients,
    jwks: { keys: keys.get(generation) },
    enabledJWA: { idTokenSigningAlgValues: ALGORITHMS },
    claims: { openid: ["sub"], profile: ["name"], email: ["email", "email_verified"] },
    // As in the specification (OIDC Core §5.4) claims are asked for at the userinfo endpoint.
    conformIdTokenClaims: !claims_in_id_token,
    cookies: { keys: ["a key of the tests"] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    findAccount: (_context, id) => ({ accountId: id, claims: () => person(id) }),
    // The default shows the details.
    renderError: (context, { error, error_description }) => {
      context.type = "text/plain";
      context.body = `${error}: ${error_description}`;
    },
  });
  // It takes a secret in the header and in the body alike, whatever is registered.
  provider.on("grant.success", ({ headers, oidc }) => {
    const body = oidc.params.client_secret ? "client_secret_post" : "none";
    authenticated.push(headers.authorization ? "client_secret_basic" : body);
  });
  handle = provider.callback();
  return { issuer, authenticated };
});

function person(id) {
  return {
    sub: id,
    name: `${id[0].toUpperCase()}${id.slice(1)} of the peers`,
    email: `${id}@example.com`,
    email_verified: true,
  };
}

function newKeys(generation) {
  const kinds = [
    ["rsa", { modulusLength: 2048 }],
    ["ec", { namedCurve: "P-256" }],
    ["ed25519", {}],
  ];
  return kinds.map(([kind, options]) => {
    const { privateKey } = generateKeyPairSync(kind, options);
    return { ...privateKey.export({ format: "jwk" }), kid: `${kind}-${generation}`, use: "sig" };
  });
}

// What an adapter has to keep: models by id, sessions by uid too, and all of a grant to revoke it.
function adapterFor(records) {
  return class {
    constructor(model) {
      this.model = model;
    }

    async upsert(id, payload) {
      records.set(`${this.model}:${id}`, payload);
    }

    async find(id) {
      return records.get(`${this.model}:${id}`);
    }

    async findByUid(uid) {
      return [...records.values()].find((record) => record.uid === uid && record.kind === "Session");
    }

    async consume(id) {
      records.get(`${this.model}:${id}`).consumed = Math.floor(Date.now() / 1000);
    }

    async destroy(id) {
      records.delete(`${this.model}:${id}`);
    }

    async revokeByGrantId(grantId) {
      for (const [key, record] of records) {
        if (record.grantId === grantId) {
          records.delete(key);
        }
      }
    }
  };
}
