//! The authorization endpoint: shows the page, takes the choice, sends the browser back.

use std::time::Duration;

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use auth_core::Timestamp;

use crate::answer::Answer;
use crate::authorize::{AuthorizationRequest, Prompt, Refusal};
use crate::faults::Fault;
use crate::grants::NewGrant;
use crate::page;
use crate::params::Params;
use crate::people::Person;
use crate::random::random_token;
use crate::state::{SignedIn, State, lock};

/// What the person at the page chose.
pub(crate) enum Decision {
    SignIn {
        person: Person,
        auth_time: Timestamp,
    },
    Cancel,
}

/// Answers the client as the person decided, and as the flow's fault has it.
pub(crate) fn decide(state: &State, request: AuthorizationRequest, decision: Decision) -> Answer {
    let destination = request.destination;
    let issuer = &state.issuer;
    let fault = lock(&state.faults).begin(request.fault);
    let denied = "the person cancelled";
    match (fault, decision) {
        (Some(Fault::ErrorWithScript), _) => Answer::script(&destination, issuer),
        (Some(Fault::AccessDenied), _) | (_, Decision::Cancel) => {
            Answer::error(&destination, issuer, "access_denied", denied)
        }
        (fault, Decision::SignIn { person, auth_time }) => {
            let grant = NewGrant {
                client_id: request.client_id,
                redirect_uri: destination.redirect_uri.clone(),
                code_challenge: request.code_challenge,
                nonce: request.nonce,
                scope: request.scope,
                person,
                auth_time,
                fault,
            };
            let code = lock(&state.grants).issue_code(grant, state.now());
            Answer::code(&destination, issuer, code, fault)
        }
    }
}

/// `GET /authorize`
pub(crate) async fn show(state: web::Data<State>, http: HttpRequest) -> HttpResponse {
    begin(
        &state,
        &http,
        &Params::parse(http.query_string().as_bytes()),
    )
}

/// `POST /authorize`: the choice made on the page, whose address holds the request; or a request
/// in the body (OpenID Connect Core §3.1.2.1).
pub(crate) async fn choose(
    state: web::Data<State>,
    http: HttpRequest,
    body: web::Bytes,
) -> HttpResponse {
    let body = Params::parse(&body);
    if http.query_string().is_empty() {
        return begin(&state, &http, &body);
    }
    if !is_same_origin(&state.issuer, &http) {
        return page::refused("the choice was not made on the page of this provider");
    }
    let params = Params::parse(http.query_string().as_bytes());
    let request = match AuthorizationRequest::parse(&params) {
        Ok(request) => request,
        Err(refusal) => return refuse(&state, refusal),
    };
    let Ok(Some(choice)) = body.single("choice") else {
        return page::choose(&state, &request, &params, None);
    };
    let person = match choice {
        "cancel" => return respond(&decide(&state, request, Decision::Cancel)),
        "new" => match new_person(&body) {
            Ok(person) => person,
            Err(problem) => return page::choose(&state, &request, &params, Some(problem)),
        },
        sub => match state.people.iter().find(|person| person.sub == sub) {
            Some(person) => person.clone(),
            None => return page::choose(&state, &request, &params, Some("Nobody has that id.")),
        },
    };
    let signed_in = SignedIn {
        person: person.clone(),
        auth_time: state.now(),
    };
    let decision = Decision::SignIn {
        person,
        auth_time: signed_in.auth_time,
    };
    let mut response = respond(&decide(&state, request, decision));
    remember(&state, signed_in, &mut response);
    response
}

fn begin(state: &State, http: &HttpRequest, params: &Params) -> HttpResponse {
    state.count(|requests| &mut requests.authorize);
    let request = match AuthorizationRequest::parse(params) {
        Ok(request) => request,
        Err(refusal) => return refuse(state, refusal),
    };
    if request.prompt == Prompt::Page {
        return page::choose(state, &request, params, None);
    }
    let answer = match remembered(state, http, request.max_age) {
        Some(SignedIn { person, auth_time }) => {
            decide(state, request, Decision::SignIn { person, auth_time })
        }
        None => login_required(state, &request),
    };
    respond(&answer)
}

/// The answer to `prompt=none` when somebody would have to be asked.
pub(crate) fn login_required(state: &State, request: &AuthorizationRequest) -> Answer {
    Answer::error(
        &request.destination,
        &state.issuer,
        "login_required",
        "nobody is signed in at the provider, or not recently enough",
    )
}

fn refuse(state: &State, refusal: Refusal) -> HttpResponse {
    match refusal {
        Refusal::Page(problem) => page::refused(problem),
        Refusal::Answer {
            destination,
            error,
            description,
        } => respond(&Answer::error(
            &destination,
            &state.issuer,
            error,
            description,
        )),
    }
}

fn respond(answer: &Answer) -> HttpResponse {
    match answer.form() {
        Some(fields) => page::form_post(&answer.url(), fields),
        None => HttpResponse::SeeOther()
            .insert_header((header::LOCATION, answer.url()))
            .finish(),
    }
}

fn new_person(body: &Params) -> Result<Person, &'static str> {
    let problem = "Enter an e-mail address, such as eve@example.com.";
    let Ok(Some(email)) = body.single("email") else {
        return Err(problem);
    };
    let Some((local, domain)) = email.trim().split_once('@') else {
        return Err(problem);
    };
    if local.is_empty() || domain.is_empty() || domain.contains('@') {
        return Err(problem);
    }
    let name = match body.single("name") {
        Ok(Some(name)) if !name.trim().is_empty() => name.trim(),
        _ => local,
    };
    Ok(Person::new(name, email.trim()))
}

/// Whether the form was sent by our own page, at `own`: another site may not sign the browser in.
pub(crate) fn is_same_origin(own: &str, http: &HttpRequest) -> bool {
    let header = |name: &str| http.headers().get(name).map(|value| value.as_bytes());
    match (header("sec-fetch-site"), header("origin")) {
        (Some(site), _) => site == b"same-origin",
        (None, Some(origin)) => origin == own.as_bytes(),
        (None, None) => true,
    }
}

/// Cookies know no ports, so the name has to.
fn cookie_name(state: &State) -> String {
    let port = state.issuer.rsplit(':').next().unwrap_or_default();
    format!("dev-provider-{port}")
}

fn remember(state: &State, signed_in: SignedIn, response: &mut HttpResponse) {
    let value = random_token();
    let cookie = Cookie::build(cookie_name(state), value.clone())
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .finish();
    if response.add_cookie(&cookie).is_ok() {
        lock(&state.browsers).insert(value, signed_in);
    }
}

/// Who the browser is signed in as, if that happened within `max_age`.
fn remembered(state: &State, http: &HttpRequest, max_age: Option<Duration>) -> Option<SignedIn> {
    let cookie = http.cookie(&cookie_name(state))?;
    let signed_in = lock(&state.browsers).get(cookie.value()).cloned()?;
    let age = state.now().since(signed_in.auth_time);
    max_age
        .is_none_or(|max_age| age <= max_age)
        .then_some(signed_in)
}

/// Signs the browser out of the provider.
pub(crate) fn forget(state: &State, http: &HttpRequest, response: &mut HttpResponse) {
    if let Some(cookie) = http.cookie(&cookie_name(state)) {
        lock(&state.browsers).remove(cookie.value());
    }
    let mut cookie = Cookie::build(cookie_name(state), "").path("/").finish();
    cookie.make_removal();
    // A removal cookie is plain ASCII, which is all that this could fail on.
    let _ = response.add_cookie(&cookie);
}
