//! `GET /sign-out`: the question. `POST /sign-out`: the end of the session, here and at WorkOS.

use http::{HeaderValue, Method, StatusCode};

use super::claims::{issued_at_of, session_id_of};
use super::exchange::Exchange;
use super::kit::{AuthKit, Inner};
use super::reply;
use crate::cookie::Cookies;
use crate::http::{RequestView, Response};
use crate::page::{self, ContinueView, Next, SignOutPage};
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
    /// Ends the session of a request, even one whose access token has expired; of several, all
    /// here, and the newest at WorkOS. `return_to` is a path or a URL of our own origin, which the
    /// dashboard lists among the sign-out redirects; anything else is
    /// [`after_sign_out`](super::AuthKitBuilder::after_sign_out).
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
        let mut ours = self.opened(present);
        ours.sort_by_key(|(_, session)| issued_at_of(&session.access_token));
        let ids = ours.iter();
        let ids: Vec<_> = ids
            .filter_map(|(_, session)| session_id_of(&session.access_token))
            .collect();
        for id in &ids {
            self.end(id);
        }
        let location = match ids.last() {
            Some(newest) => self.workos.logout_url(newest, Some(return_to)).into(),
            None => return_to.to_owned(),
        };
        let mut cookies = self.clear_opened(present, &ours);
        cookies.extend(self.verifiers.clear_all(present));
        SignedOut { location, cookies }
    }
}

/// A link alone must not sign anybody out: a page asks first.
pub(super) fn page(exchange: &Exchange<'_>, status: StatusCode) -> Response {
    let return_to = exchange.return_to();
    let speech = match *exchange.request.method() {
        Method::POST => exchange.speech(),
        _ => {
            let kept = return_to.iter();
            let kept = kept
                .map(|it| ("returnTo", it.as_str().to_owned()))
                .collect();
            exchange.speech().offering_others(kept)
        }
    };
    let view = SignOutPage {
        frame: &exchange.kit.frame,
        speech: &speech,
        action: &exchange.kit.paths.sign_out,
        // Where it comes from is looked at instead.
        csrf_token: None,
        return_to_field: "returnTo",
        return_to: return_to.as_ref().map(ReturnTo::as_str),
        cancel: exchange.kit.after_sign_in.as_str(),
    };
    let page = page::respond(status, speech.language, page::sign_out(&view));
    reply::with_cookies(reply::finish(page), exchange.language_cookie(&speech))
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
            speech: &exchange.speech(),
            url: &location,
            to: Next::SignOut,
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
