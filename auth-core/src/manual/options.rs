//! The options of Auth.js, and what stands for each of them here.
//!
//! All setters are those of [`AuthBuilder`](crate::AuthBuilder); what they take is checked when the
//! [`Auth`](crate::Auth) is built, and every problem is reported at once.
//!
//! # `AuthConfig`
//!
//! | Auth.js | here | default |
//! |---|---|---|
//! | `providers` | [`provider`], [`providers_from_env`]; found at run time: [`resolve_clients`] | none |
//! | `secret` | [`secret`], [`secrets`] | `AUTH_SECRET` and numbered ones; made up in a debug build on loopback |
//! | `adapter` | `users(..)` | none: the provider's account is the user |
//! | `session.strategy` | – | encrypted cookies; sessions in a store are yet to come |
//! | `session.maxAge` | [`session_max_age`] | 30 days |
//! | `session.updateAge` | [`session_update_age`] | 24 hours, and it counts for encrypted cookies too |
//! | `session.generateSessionToken` | [`generate_session_id`] | 128 random bits, base64url |
//! | `jwt.secret` | – | the secret: a second one would have to be rotated beside it |
//! | `jwt.maxAge` | – | [`session_max_age`]: a token and its cookie expire together |
//! | `jwt.encode`, `jwt.decode` | [`session_codec`] | JWE, `dir` and `A256CBC-HS512` |
//! | `pages` | `pages(..)` | built-in pages |
//! | `callbacks` | [`callbacks`] | everybody may sign in, nobody has a role |
//! | `events` | `events(..)` | none |
//! | `debug`, `logger` | – | `tracing`, with target `auth`: the application's subscriber decides what is shown |
//! | `theme` | `theme(..)` | by the colour scheme of the visitor |
//! | `useSecureCookies` | [`secure_cookies`], [`danger_insecure_cookies`] | where the browser sees https |
//! | `cookies` | [`cookies`] | the names and attributes of Auth.js |
//! | `trustHost` | [`trust_host`]; better [`origins`] | `AUTH_TRUST_HOST`, else no |
//! | `skipCSRFCheck` | – | nothing switches the check off; an application renders its forms with the token |
//! | `raw` | – | [`Auth::handle`](crate::Auth::handle) returns the response, [`SessionSource`](crate::SessionSource) the session |
//! | `redirectProxyUrl` | [`redirect_proxy_url`], and [`redirect_proxy_origins`] on the proxy | none |
//! | `experimental` | – | there is nothing experimental to turn on |
//! | `basePath` | [`prefix`] | the path of `AUTH_URL`, else `/api/auth` |
//!
//! Beyond Auth.js: [`session_absolute_lifetime`] (no limit), [`session_cache`] (16 MiB),
//! [`last_provider`] (remembered for 180 days), [`languages`] (fifteen), and [`read_v4_sessions`] (no), for a move from
//! next-auth v4.
//!
//! # Cookies
//!
//! Auth.js has seven; its three for `state`, `nonce` and the PKCE verifier are one here, the
//! *transaction*, of which each sign-in has its own. The seventh, for WebAuthn, is not needed. Two
//! are added: *last_provider*, a hint for the sign-in page, and *language*, what was chosen there.
//! [`CookieOverrides`](crate::CookieOverrides) names them all. `httpOnly` and `maxAge` cannot be
//! set: no script needs one of the cookies, and how long they live follows from what they are for.
//!
//! # Environment
//!
//! | variable | effect |
//! |---|---|
//! | `AUTH_SECRET`, `AUTH_SECRET_1` to `_3` | the secrets: the highest number encrypts, then down to `AUTH_SECRET`; all decrypt |
//! | `AUTH_URL` | the origin, and with a path the prefix; forwarded headers are then never read |
//! | `AUTH_TRUST_HOST` | `true` or `false`, and `false` means false |
//! | `AUTH_REDIRECT_PROXY_URL` | [`redirect_proxy_url`] |
//! | `AUTH_<ID>_ID`, `_SECRET`, `_ISSUER` | the credentials and the tenant of a provider; `-` in an id is `_` |
//! | `AUTH_<ID>_API_KEY` | Auth.js has `_KEY`, for e-mail; here for the providers that want one beside the secret |
//! | `VERCEL`, `CF_PAGES`, `NODE_ENV` | not read: where a program runs says nothing about who is in front of it |
//! | `NEXTAUTH_URL`, `NEXTAUTH_SECRET` | not read: rename them |
//!
//! # Providers
//!
//! Setters of [`Client`](crate::Client), on top of what the [`Provider`](crate::Provider) says.
//!
//! | Auth.js | here | default |
//! |---|---|---|
//! | `id`, `name` | [`id`](crate::Client::id), [`name`](crate::Client::name) | the provider's |
//! | `clientId`, `clientSecret` | `GITHUB.client(id, secret)` | `AUTH_<ID>_ID`, `AUTH_<ID>_SECRET` |
//! | `issuer` | [`issuer`](crate::Client::issuer) | `AUTH_<ID>_ISSUER`, else the provider's |
//! | `wellKnown` | – | follows from the issuer (Auth.js does not read it either) |
//! | `authorization.url`, `userinfo.url` | [`authorization_endpoint`](crate::Client::authorization_endpoint), [`userinfo_endpoint`](crate::Client::userinfo_endpoint), [`base_url`](crate::Client::base_url) for all at once | discovered, or the provider's |
//! | `authorization.params` | [`scopes`](crate::Client::scopes), [`authorization_param`](crate::Client::authorization_param) | the provider's |
//! | `token`, `userinfo.request`, `conform` | [`Provider`](crate::Provider) hooks, for whoever writes a provider | – |
//! | `profile()` | [`Callbacks::jwt`](crate::Callbacks::jwt), or an own [`Provider`](crate::Provider) | the provider's mapping |
//! | `account()` | – | [`Account`](crate::Account) has the tokens; what is kept of them is the application's choice |
//! | `checks` | – | `state` always, `nonce` for OpenID Connect, PKCE unless the server rejects it |
//! | `client.token_endpoint_auth_method` | [`client_auth`](crate::Client::client_auth) | the provider's |
//! | `client.id_token_signed_response_alg` | [`id_token_signed_response_alg`](crate::Client::id_token_signed_response_alg) | RS256 |
//! | `idToken: false` | [`profile_from`](crate::Client::profile_from) | the ID Token, which is verified either way |
//! | `style` | – | the button says the provider's name |
//! | `redirectProxyUrl` | – | one proxy for all: [`redirect_proxy_url`] |
//! | `[customFetch]` | `HttpClient`, for all | the adapter's |
//!
//! [`languages`]: crate::AuthBuilder::languages
//! [`provider`]: crate::AuthBuilder::provider
//! [`providers_from_env`]: crate::AuthBuilder::providers_from_env
//! [`resolve_clients`]: crate::AuthBuilder::resolve_clients
//! [`secret`]: crate::AuthBuilder::secret
//! [`secrets`]: crate::AuthBuilder::secrets
//! [`session_max_age`]: crate::AuthBuilder::session_max_age
//! [`session_update_age`]: crate::AuthBuilder::session_update_age
//! [`session_absolute_lifetime`]: crate::AuthBuilder::session_absolute_lifetime
//! [`session_cache`]: crate::AuthBuilder::session_cache
//! [`session_codec`]: crate::AuthBuilder::session_codec
//! [`generate_session_id`]: crate::AuthBuilder::generate_session_id
//! [`read_v4_sessions`]: crate::AuthBuilder::read_v4_sessions
//! [`last_provider`]: crate::AuthBuilder::last_provider
//! [`callbacks`]: crate::AuthBuilder::callbacks
//! [`cookies`]: crate::AuthBuilder::cookies
//! [`secure_cookies`]: crate::AuthBuilder::secure_cookies
//! [`danger_insecure_cookies`]: crate::AuthBuilder::danger_insecure_cookies
//! [`trust_host`]: crate::AuthBuilder::trust_host
//! [`origins`]: crate::AuthBuilder::origins
//! [`prefix`]: crate::AuthBuilder::prefix
//! [`redirect_proxy_url`]: crate::AuthBuilder::redirect_proxy_url
//! [`redirect_proxy_origins`]: crate::AuthBuilder::redirect_proxy_origins
