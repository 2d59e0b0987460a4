//! The `#[protected]` attribute of `auth-actix`, which re-exports it: depend on that crate.

mod args;
mod expand;
mod validate;

use proc_macro::TokenStream;

/// Lets a handler run only for somebody who is signed in.
///
/// ```
/// use actix_web::{Responder, get};
/// use auth_actix::{Session, protected};
///
/// #[get("/dashboard")]
/// #[protected]
/// async fn dashboard(session: Session) -> impl Responder {
///     format!("Hello {}!", session.user().name().unwrap_or("you"))
/// }
/// ```
///
/// The check comes before everything else: for a guest, no argument is extracted, no body is read,
/// and the handler does not run. It works above and below the routing attribute (`#[get]` and its
/// kin), with any number of arguments, with or without a `Session` among them.
///
/// # Arguments
/// All of them may be combined, and then all must hold.
///
/// | argument | who may pass |
/// |---|---|
/// | none | anybody who is signed in |
/// | `role = "admin"` | who has this role |
/// | `roles("admin", "staff")` | who has one of these roles |
/// | `permission = "posts:write"` | who has this permission |
/// | `max_age = "5m"` | who showed a credential within that time (`s`, `m`, `h`, `d`); others sign in again |
/// | `check = path::to::function` | who this `fn(&Session) -> bool` accepts |
///
/// | argument | what else it changes |
/// |---|---|
/// | `sign_in = "/sign-in"` | guests are sent to this page of yours |
/// | `cross_site` | unsafe requests from other sites are not refused |
///
/// Roles and permissions are what the application's `jwt` callback gave, never what a provider says
/// on its own.
///
/// # What others are told
/// A browser that navigates is sent to the sign-in page, with the way back. Scripts and programs
/// get a 401 with `application/problem+json` and `WWW-Authenticate`; htmx gets a 401 with
/// `HX-Redirect`. Whoever is signed in and lacks the right gets a 403.
///
/// # Security
/// An unsafe request (such as POST) that a browser sends on behalf of another site is refused with
/// a 403 before anything else; so is a WebSocket. `cross_site` opts out: then another site can act
/// in the name of whoever visits it, as far as the browser sends the cookie along.
#[proc_macro_attribute]
pub fn protected(arguments: TokenStream, item: TokenStream) -> TokenStream {
    expand::protected(arguments.into(), item.into()).into()
}
