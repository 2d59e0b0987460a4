// The types of client.js. Keep a copy beside your sources, or point `paths` at it:
//   "paths": { "/api/auth/client.js": ["./client.d.ts"] }

/** Who is signed in. The application's `session` callback may add more. */
export interface Session {
  user: { name?: string | null; email?: string | null; image?: string | null; [claim: string]: unknown };
  /** When the session ends unless it is renewed: `2026-11-22T12:00:00.000Z`. */
  expires: string;
  [claim: string]: unknown;
}

/** One way to sign in. */
export interface Provider {
  id: string;
  name: string;
  type: string;
  signinUrl: string;
  callbackUrl: string;
}

export interface SignInOptions {
  /** Where to go afterwards: an address of this site. Default: this page. */
  redirectTo?: string;
  /** The same, by its other name. */
  callbackUrl?: string;
  /** `false` goes nowhere and returns the outcome. Default: `true`. */
  redirect?: boolean;
  /** More fields for the form, such as `max_age`. */
  [field: string]: string | boolean | undefined;
}

export interface SignOutOptions {
  /** Where to go afterwards: an address of this site. Default: this page. */
  redirectTo?: string;
  /** The same, by its other name. */
  callbackUrl?: string;
  /** `false` goes nowhere and returns the outcome. Default: `true`. */
  redirect?: boolean;
}

/** What came of it, where `redirect` is `false`. */
export interface Outcome {
  /** What went wrong: `AccessDenied`. */
  error: string | undefined;
  /** The same, more precisely: `unknown_provider`. */
  code: string | undefined;
  status: number;
  /** Whether nothing went wrong. */
  ok: boolean;
  /** Where the browser would have gone: for a sign-in, to the provider. */
  url: string | null;
}

/** Parameters for the provider: `prompt`, `login_hint`, `ui_locales`, `display`, `acr_values`, `hd`,
 * `domain_hint`, `screen_hint`. Others are not passed on. */
export type AuthorizationParams = string | string[][] | Record<string, string> | URLSearchParams;

/**
 * Signs in with `provider`, by its id: `github`. Without one, or with one that this site does not
 * have, goes to the sign-in page.
 */
export function signIn(
  provider: string,
  options: SignInOptions & { redirect: false },
  authorizationParams?: AuthorizationParams,
): Promise<Outcome>;
export function signIn(
  provider?: string | null,
  options?: SignInOptions,
  authorizationParams?: AuthorizationParams,
): Promise<Outcome | undefined>;

/** Signs out, here and in the other tabs. */
export function signOut(options: SignOutOptions & { redirect: false }): Promise<Outcome>;
export function signOut(options?: SignOutOptions): Promise<Outcome | undefined>;

/** Who is signed in; `null` for a guest. Fails when that cannot be told. */
export function getSession(): Promise<Session | null>;

/**
 * Calls `listener` with the session, and again each time somebody signs in or out or updates it, here
 * or in another tab. A sign-in is heard once the page after it uses this module. The answer stops it.
 */
export function onSession(listener: (session: Session | null) => void): () => void;

/** Sends `data` to the application's `jwt` callback, which decides what of it enters the session. */
export function update(data?: unknown): Promise<Session | null>;

/** The ways to sign in, by their ids. */
export function getProviders(): Promise<Record<string, Provider>>;

/** The token that forms and scripts must send back as `csrfToken`. */
export function getCsrfToken(): Promise<string>;
