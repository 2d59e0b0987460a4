//! `/user_management/authorize`: shows the page, takes the choice, sends the browser back.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use auth_core::Timestamp;

use super::authorize::{AuthorizationRequest, Prompt, Refusal, Screen};
use super::directory::User;
use super::page;
use super::state::State;
use super::users::UserRecord;
use crate::page::refused;
use crate::params::Params;
use crate::random::random_token;
use crate::sign_in::is_same_origin;
use crate::state::lock;

/// Who a browser is signed in as.
#[derive(Clone, Debug)]
pub(crate) struct SignedIn {
    pub(crate) user_id: String,
    pub(crate) organization_id: Option<String>,
    pub(crate) auth_time: Timestamp,
}

/// `GET /user_management/authorize`
pub(crate) async fn show(state: web::Data<State>, http: HttpRequest) -> HttpResponse {
    let params = Params::parse(http.query_string().as_bytes());
    let request = match AuthorizationRequest::parse(&params, &state.client_id) {
        Ok(request) => request,
        Err(Refusal::Page(problem)) => return refused(problem),
        Err(Refusal::Answer(url)) => return redirect(url),
    };
    if let Some(signed_in) = at_once(&state, &http, &request) {
        return match signed_in {
            Ok(signed_in) => let_in(&state, &request, signed_in),
            Err(url) => redirect(url),
        };
    }
    page::choose(&state, &request, &params, None)
}

/// `POST /user_management/authorize`: the choice made on the page, whose address holds the request.
pub(crate) async fn choose(
    state: web::Data<State>,
    http: HttpRequest,
    body: web::Bytes,
) -> HttpResponse {
    if !is_same_origin(&state.origin, &http) {
        return refused("the choice was not made on the page of this service");
    }
    let params = Params::parse(http.query_string().as_bytes());
    let request = match AuthorizationRequest::parse(&params, &state.client_id) {
        Ok(request) => request,
        Err(Refusal::Page(problem)) => return refused(problem),
        Err(Refusal::Answer(url)) => return redirect(url),
    };
    let body = Params::parse(&body);
    let again = |problem| page::choose(&state, &request, &params, Some(problem));
    let user = match body.single("choice") {
        Ok(Some("cancel")) => {
            return redirect(request.deny("access_denied", "The user cancelled."));
        }
        Ok(Some("new")) => match sign_up(&state, &body) {
            Ok(user) => user,
            Err(problem) => return again(problem),
        },
        Ok(Some(id)) => match lock(&state.records).user(id) {
            Ok(record) => record.user.clone(),
            Err(_) => return again("Nobody has that id."),
        },
        _ => return again("Choose somebody."),
    };
    let chosen = body.single("organization").ok().flatten();
    let organizations: Vec<&str> = user
        .active_memberships()
        .map(|membership| membership.organization_id.as_str())
        .collect();
    let organization_id = match (&request.organization_id, chosen, organizations.as_slice()) {
        (Some(_), _, _) | (None, None, []) => None,
        (None, None, [only]) => Some((*only).to_owned()),
        (None, Some(chosen), all) if all.contains(&chosen) => Some(chosen.to_owned()),
        (None, _, _) => return page::choose_organization(&state, &request, &params, &user),
    };
    let signed_in = SignedIn {
        user_id: user.id,
        organization_id,
        auth_time: state.now(),
    };
    let_in(&state, &request, signed_in)
}

/// Who needs no page: somebody named by `login_hint`, or signed in here already. `Err` is where the
/// browser goes when nobody does and nobody may be asked.
fn at_once(
    state: &State,
    http: &HttpRequest,
    request: &AuthorizationRequest,
) -> Option<Result<SignedIn, String>> {
    if request.prompt == Prompt::Always || request.screen == Screen::SignUp {
        return None;
    }
    let records = lock(&state.records);
    if let Some(hint) = &request.login_hint {
        let Some(record) = records.user_by_email(hint) else {
            return Some(Err(
                request.deny("user_not_found", "Nobody has that address.")
            ));
        };
        let mut memberships = record.user.active_memberships();
        return match (
            memberships.next(),
            memberships.next(),
            &request.organization_id,
        ) {
            // The page asks which one.
            (Some(_), Some(_), None) => None,
            (first, _, _) => Some(Ok(SignedIn {
                user_id: record.user.id.clone(),
                organization_id: first.map(|membership| membership.organization_id.clone()),
                auth_time: state.now(),
            })),
        };
    }
    let cookie = http.cookie(&cookie_name(state));
    let remembered = cookie.and_then(|cookie| records.browsers.get(cookie.value()).cloned());
    let recent = remembered.filter(|browser| request.is_recent(browser.auth_time, state.now()));
    match (recent, request.prompt) {
        (Some(signed_in), _) => Some(Ok(signed_in)),
        (None, Prompt::Never) => Some(Err(
            request.deny("login_required", "Nobody is signed in, or not recently.")
        )),
        (None, _) => None,
    }
}

/// Remembers the browser and sends it back with a code.
fn let_in(state: &State, request: &AuthorizationRequest, signed_in: SignedIn) -> HttpResponse {
    let url = request.allow(state, &signed_in);
    let value = random_token();
    let cookie = Cookie::build(cookie_name(state), value.clone())
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .finish();
    lock(&state.records).browsers.insert(value, signed_in);
    let mut response = redirect(url);
    // The cookie is plain ASCII, which is all that this could fail on.
    let _ = response.add_cookie(&cookie);
    response
}

/// Makes a user of what was typed in.
fn sign_up(state: &State, body: &Params) -> Result<User, &'static str> {
    let text = |name| body.single(name).ok().flatten().unwrap_or_default().trim();
    let email = text("email");
    let well_formed = email
        .split_once('@')
        .is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty());
    if !well_formed {
        return Err("Enter an e-mail address, such as eve@example.com.");
    }
    let mut records = lock(&state.records);
    if records.user_by_email(email).is_some() {
        return Err("Somebody has that address already.");
    }
    let user = User::new(text("first_name"), text("last_name"), email);
    records
        .users
        .push(UserRecord::new(user.clone(), state.now()));
    Ok(user)
}

fn redirect(url: String) -> HttpResponse {
    HttpResponse::Found()
        .insert_header((header::LOCATION, url))
        .finish()
}

/// Cookies know no ports, so the name has to.
fn cookie_name(state: &State) -> String {
    let port = state.origin.rsplit(':').next().unwrap_or_default();
    format!("dev-workos-{port}")
}
