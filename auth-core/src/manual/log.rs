//! What is in the log, and where.
//!
//! Everything is said through `tracing`, under two targets. Nothing of it holds a token, a cookie, a
//! secret, an e-mail address or where somebody was going.
//!
//! | target | level | what it says |
//! |---|---|---|
//! | `auth` | error | Our own configuration or the application's code: a callback, a listener or a store failed, the provider does not know our id and secret. Somebody must act. |
//! | `auth` | warn | A provider's answer did not hold, or it could not be reached; a request came by an unknown host; at the start, a setting that looks mistaken. |
//! | `auth` | info | A sign-in that ended on the visitor's side: cancelled, expired, used twice, not allowed. |
//! | `auth_actix` | error | A mistake in how the routes are put together: a middleware is missing, the sign-in page is protected, claims do not fit the type that a handler asks for. |
//! | `auth_actix` | warn | A session was not renewed and stays as it was. |
//! | `auth_actix` | info | Where the routes are mounted. |
//! | `auth_actix` | debug | Requests whose origin cannot be told. |
//!
//! Targets of `auth_actix` are followed by the module: filter with the prefix, as in
//! `RUST_LOG=auth=info,auth_actix=warn`.
//!
//! # From an error page to its line
//!
//! A failed sign-in shows a `code` and a `ref`. The same two are fields of its line, which has the
//! whole chain of causes besides: search the log for the reference. The code is stable; count it to
//! see what goes wrong most often.
