//! `GET /sign-out`: the question. `POST /sign-out`: the end of the session, here and at WorkOS.

use http::{HeaderValue, StatusCode};

use super::claims::session_id_of;
use super::exchange::Exchange;
use super::kit::{AuthKit, Inner};
use super::reply;
use crate::cookie::Cookies;
use crate::http::{RequestView, Response};
use crate::page::{self, AuthKitSignOutView, ContinueView};
use crate::return_to::ReturnTo;
use crate::session::SessionEvent;

/// The end of a session: what to tell the browser.
#[derive(Debug)]
#[non_exhaustive]
pub struct SignedOut {
    /// Where to send the browser: to WorkOS, which ends the session there and leads back; or
    /// straight back, if there was no session.
    pub location: String,
    /// The `Set-Cookie` values that remove the session and every sign-in under way.
    pub cookies: Vec<HeaderValue>,
}

impl AuthKit {
    /// Ends the session of a request, even one whose access token has expired. `return_to` is a
    /// path or a URL of our own origin, which the dashboard lists among the sign-out redirects;
    /// anything else is [`after_sign_out`](super::AuthKitBuilder::after_sign_out).
    ///
    /// # Security
    /// Asks nobody whether they want to: call it for a request that changes things, and that comes
    /// from a page of your own.
    pub fn sign_out(&self, request: &dyn RequestView, return_to: Option<&str>) -> SignedOut {
        let kit = self.inner();
        let return_to = return_to.and_then(|text| ReturnTo::parse(text, &kit.origin));
        kit.sign_out(&Cookies::of(request), return_to)
    }
}

impl Inner {
    fn sign_out(&self, present: &Cookies<'_>, return_to: Option<ReturnTo>) -> SignedOut {
        let return_to = return_to.as_ref().unwrap_or(&self.after_sign_out).as_str();
        let session_id = self
            .sealed_session(present)
            .and_then(|sealed| session_id_of(&sealed.access_token));
        let location = match session_id {
            Some(id) => {
                self.end(&id);
                self.workos.logout_url(&id, Some(return_to)).into()
            }
            None => return_to.to_owned(),
        };
        let mut cookies = self.clear_session(present);
        cookies.extend(self.verifiers.clear_all(present));
        SignedOut { location, cookies }
    }
}

/// A link alone must not sign anybody out: a page asks first.
pub(super) fn page(exchange: &Exchange<'_>, status: StatusCode) -> Response {
    let return_to = exchange.return_to();
    let view = AuthKitSignOutView {
        frame: &exchange.kit.frame,
        action: &exchange.kit.paths.sign_out,
        return_to: return_to.as_ref().map(ReturnTo::as_str),
        cancel: exchange.kit.after_sign_in.as_str(),
    };
    reply::finish(page::respond(status, page::authkit_sign_out(&view)))
}

pub(super) fn end(exchange: &Exchange<'_>) -> Response {
    if !is_same_origin(exchange) {
        // Whoever really wants to can still say so.
        return page(exchange, StatusCode::FORBIDDEN);
    }
    let SignedOut { location, cookies } = exchange
        .kit
        .sign_out(&exchange.cookies, exchange.return_to());
    // Browsers check a redirect after a form, and all that follow it, against the `form-action` of
    // the page with the form: a navigation goes on from a page of ours.
    let response = match exchange.is_navigation() {
        true => page::continue_to(&ContinueView {
            frame: &exchange.kit.frame,
            url: &location,
            provider: "sign-out",
        }),
        false => reply::redirect(StatusCode::SEE_OTHER, &location),
    };
    let mut response = reply::with_cookies(reply::finish(response), cookies);
    response.extensions_mut().insert(SessionEvent::SignedOut);
    response
}

/// Whether a form of ours was posted, or a program speaks that is no browser: every browser sends
/// one of the two headers with a POST.
fn is_same_origin(exchange: &Exchange<'_>) -> bool {
    let headers = exchange.request.headers();
    let all_are = |name: &str, accepted: &dyn Fn(&[u8]) -> bool| {
        let mut values = headers.get_all(name).iter();
        values.all(|value| accepted(value.as_bytes()))
    };
    let ours = exchange.kit.origin.as_str().as_bytes();
    all_are("origin", &|origin| origin == ours)
        && all_are("sec-fetch-site", &|site| {
            matches!(site, b"same-origin" | b"none")
                // A sibling host is not us, unless `Origin` says that it is.
                || (site == b"same-site" && headers.contains_key("origin"))
        })
}
