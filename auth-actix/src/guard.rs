//! Who may pass, and what whoever may not is told.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::{Method, StatusCode, header};
use auth_core::{OriginError, SessionSource};

use crate::caller::{Caller, caller, has, is_get, is_websocket, refusal};
use crate::convert::View;
use crate::error::{Answer, Challenge, Error, Reason};
use crate::extract::Session;
use crate::lookup::{Inquiry, Source};

/// What `#[protected]` asks for, as its arguments say.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub struct Policy {
    /// This role.
    pub role: Option<&'static str>,
    /// Any of these roles; nothing asked if empty.
    pub roles: &'static [&'static str],
    /// This permission.
    pub permission: Option<&'static str>,
    /// A credential shown within this time.
    pub max_age: Option<Duration>,
    /// A function that says yes.
    pub check: Option<fn(&Session) -> bool>,
    /// Where guests are sent, in place of the sign-in page.
    pub sign_in: Option<&'static str>,
    /// What happens to unsafe requests from other sites.
    pub cross_site: CrossSite,
}

/// Whether an unsafe request may come from another site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[doc(hidden)]
pub enum CrossSite {
    /// It is refused.
    Refused,
    /// It is like any other.
    Allowed,
}

impl Policy {
    /// Somebody is signed in.
    pub const SIGNED_IN: Self = Self {
        role: None,
        roles: &[],
        permission: None,
        max_age: None,
        check: None,
        sign_in: None,
        cross_site: CrossSite::Refused,
    };

    /// Whether whoever is signed in may pass.
    fn asks_for_a_session_alone(&self) -> bool {
        let Self {
            role,
            roles,
            permission,
            max_age,
            check,
            sign_in: _,
            cross_site: _,
        } = self;
        role.is_none()
            && roles.is_empty()
            && permission.is_none()
            && max_age.is_none()
            && check.is_none()
    }
}

/// Lets `request` pass, or says why not; `None`, and nothing has begun, if it takes time to tell.
pub(crate) fn admit_at_once(request: &HttpRequest, policy: &Policy) -> Option<Result<(), Error>> {
    let check = || {
        let inquiry = ask(request, policy)?;
        let settled = inquiry.settle_at_once();
        Ok(settled.map(|settled| settled.and_then(|()| decide(request, policy, &inquiry))))
    };
    check().unwrap_or_else(|error| Some(Err(error)))
}

/// Lets `request` pass, or says why not.
pub(crate) async fn admit(request: &HttpRequest, policy: &Policy) -> Result<(), Error> {
    let inquiry = ask(request, policy)?;
    inquiry.settle().await?;
    decide(request, policy, &inquiry)
}

/// What is checked before anybody looks for a session.
fn ask<'r>(request: &'r HttpRequest, policy: &Policy) -> Result<Inquiry<'r>, Error> {
    let inquiry = Inquiry::innermost(request)?;
    if policy.cross_site == CrossSite::Refused {
        refuse_cross_site(request, &***inquiry.source())?;
    }
    Ok(inquiry)
}

/// The answer once `inquiry` is settled.
fn decide(request: &HttpRequest, policy: &Policy, inquiry: &Inquiry<'_>) -> Result<(), Error> {
    if policy.asks_for_a_session_alone() && inquiry.is_signed_in() {
        return Ok(());
    }
    let source = inquiry.source();
    match inquiry.session()? {
        Some(session) => permit(request, policy, source, session),
        None => Err(to_sign_in(request, policy, source, Reason::SignInRequired)),
    }
}

/// The refusal of a guest where nothing more than a session is asked for.
pub(crate) fn sign_in_required(request: &HttpRequest, source: &Source) -> Error {
    let policy = &Policy::SIGNED_IN;
    to_sign_in(request, policy, source, Reason::SignInRequired)
}

fn permit(
    request: &HttpRequest,
    policy: &Policy,
    source: &Source,
    session: auth_core::Session,
) -> Result<(), Error> {
    let has_role = policy.role.is_none_or(|role| session.has_role(role));
    let has_one_of =
        policy.roles.is_empty() || policy.roles.iter().any(|role| session.has_role(role));
    let has_permission = policy
        .permission
        .is_none_or(|permission| session.has_permission(permission));
    if !(has_role && has_one_of && has_permission) {
        return Err(refusal(request, Reason::Forbidden));
    }
    if let Some(check) = policy.check
        && !check(&Session::from_core(session.clone())?)
    {
        return Err(refusal(request, Reason::Forbidden));
    }
    if let Some(max_age) = policy.max_age
        && !session.is_recent(max_age, source.now())
    {
        return Err(to_sign_in(request, policy, source, Reason::SignInTooOld));
    }
    Ok(())
}

/// RFC 9110 §9.2.1: what these ask for changes nothing. A WebSocket is opened by GET, but is not
/// bound by the same-origin policy and changes what it likes.
fn is_safe(request: &HttpRequest) -> bool {
    let safe = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE
    ) || request.method().as_str() == "QUERY";
    safe && !is_websocket(request)
}

/// Refuses an unsafe request that a browser sends on behalf of another site. Programs that are no
/// browser send neither header and pass.
fn refuse_cross_site(request: &HttpRequest, source: &dyn SessionSource) -> Result<(), Error> {
    if is_safe(request) {
        return Ok(());
    }
    let foreign = |request| Err(refusal(request, Reason::CrossSite));
    if has(request, "sec-fetch-site", "cross-site") {
        return foreign(request);
    }
    let mut origins = request.headers().get_all(header::ORIGIN);
    let Some(sent) = origins.next() else {
        return Ok(());
    };
    if origins.next().is_some() {
        return foreign(request);
    }
    let ours = source
        .origin(&View(request))
        .map_err(|error| unknown_host(request, error))?;
    if sent.as_bytes() != ours.as_str().as_bytes() {
        return foreign(request);
    }
    Ok(())
}

pub(crate) fn unknown_host(request: &HttpRequest, error: OriginError) -> Error {
    tracing::debug!(%error, "the origin of a request cannot be told");
    refusal(request, Reason::UnknownHost)
}

/// A refusal that signing in lifts.
fn to_sign_in(request: &HttpRequest, policy: &Policy, source: &Source, reason: Reason) -> Error {
    let page = policy.sign_in.unwrap_or_else(|| source.sign_in_path());
    if is_same_path(request.uri().path(), page) {
        tracing::error!(
            path = page,
            "the sign-in page itself is protected, so nobody can reach it: \
             take `#[protected]` and `Session` off its handler"
        );
        return refusal(request, Reason::Misconfigured);
    }
    let caller = caller(request);
    let challenge = match source.accepts_bearer() {
        true => Challenge::Bearer,
        false => Challenge::Cookie,
    };
    if caller == Caller::Program {
        return Error::problem(reason).asking_for(challenge);
    }
    let max_age = match reason {
        Reason::SignInTooOld => policy.max_age,
        _ => None,
    };
    let to = sign_in_url(page, way_back(request, caller, &**source), max_age);
    let answer = match caller {
        Caller::Htmx => Answer::Htmx { to: Some(to) },
        Caller::Navigation | Caller::Program => Answer::Redirect {
            // A 302 after a POST may be followed with the POST's body; a 303 never is.
            status: match is_get(request) {
                true => StatusCode::FOUND,
                false => StatusCode::SEE_OTHER,
            },
            to,
        },
    };
    Error::new(reason, answer).asking_for(challenge)
}

fn is_same_path(requested: &str, page: &str) -> bool {
    let page = page.split(['?', '#']).next().unwrap_or_default();
    requested.trim_end_matches('/') == page.trim_end_matches('/')
}

/// The longest way back that is carried, in bytes; a longer one leads home.
const LONGEST_WAY_BACK: usize = 2048;

/// The path, with query, to which the person returns after signing in. Never leaves our origin.
pub(crate) fn way_back(
    request: &HttpRequest,
    caller: Caller,
    source: &dyn SessionSource,
) -> String {
    let ours = |name: &str| {
        let url = request.headers().get(name)?.to_str().ok()?;
        let origin = source.origin(&View(request)).ok()?;
        let rest = url.strip_prefix(origin.as_str())?;
        Some(if rest.is_empty() { "/" } else { rest }.to_owned())
    };
    let back = if caller == Caller::Htmx {
        ours("hx-current-url")
    } else if is_get(request) {
        let target = request.uri().path_and_query();
        target.map(|target| target.as_str().to_owned())
    } else {
        ours("referer")
    };
    back.filter(|back| back.len() <= LONGEST_WAY_BACK && is_local(back))
        .unwrap_or_else(|| "/".to_owned())
}

/// Whether a browser takes `path` for a path: `//host` and `/\host` are other origins.
fn is_local(path: &str) -> bool {
    let mut bytes = path.bytes();
    bytes.next() == Some(b'/')
        && !matches!(bytes.next(), Some(b'/' | b'\\'))
        && !path.bytes().any(|byte| byte.is_ascii_control())
}

fn sign_in_url(page: &str, back: String, max_age: Option<Duration>) -> String {
    let separator = if page.contains('?') { '&' } else { '?' };
    let mut url = format!("{page}{separator}callbackUrl=");
    percent_encode(&back, &mut url);
    if let Some(max_age) = max_age {
        url.push_str(&format!("&max_age={}", max_age.as_secs()));
    }
    url
}

/// Everything but RFC 3986's unreserved characters and the slash, which a query may hold.
fn percent_encode(text: &str, into: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                into.push(char::from(byte));
            }
            _ => into.push_str(&format!("%{byte:02X}")),
        }
    }
}

#[cfg(test)]
mod tests;
