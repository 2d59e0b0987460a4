//! Sign-out started by the client (OpenID Connect RP-Initiated Logout 1.0 §2).

use actix_web::http::{Method, header};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use url::Url;

use crate::authorize::is_loopback_uri;
use crate::page;
use crate::params::{Params, Repeated};
use crate::sign_in;
use crate::state::{CLIENT_ID, PUBLIC_CLIENT_ID, State};

/// `GET` or `POST /end_session`. Signs the browser out of the provider at once; a real provider
/// would ask.
pub(crate) async fn end_session(
    state: web::Data<State>,
    http: HttpRequest,
    body: Bytes,
) -> HttpResponse {
    state.count(|requests| &mut requests.end_session);
    let params = match *http.method() {
        Method::POST => Params::parse(&body),
        _ => Params::parse(http.query_string().as_bytes()),
    };
    let destination = match destination(&state, &params) {
        Ok(destination) => destination,
        Err(problem) => return page::refused(problem),
    };
    let mut response = match destination {
        Some(url) => HttpResponse::SeeOther()
            .insert_header((header::LOCATION, url))
            .finish(),
        None => page::signed_out(),
    };
    sign_in::forget(&state, &http, &mut response);
    response
}

impl From<Repeated> for &'static str {
    fn from(Repeated: Repeated) -> Self {
        "a parameter is repeated"
    }
}

/// Where the browser goes afterwards; `None`: nowhere.
fn destination(state: &State, params: &Params) -> Result<Option<String>, &'static str> {
    let hint = params.single("id_token_hint")?;
    if hint.is_some_and(|hint| !is_ours(state, hint)) {
        return Err("id_token_hint is not an ID Token of this provider");
    }
    let Some(uri) = params.single("post_logout_redirect_uri")? else {
        return Ok(None);
    };
    // §3: without either, nobody says for whom the address is registered.
    let client_id = params.single("client_id")?;
    let known = client_id.is_some_and(|id| id == CLIENT_ID || id == PUBLIC_CLIENT_ID);
    if hint.is_none() && !known {
        return Err("post_logout_redirect_uri needs an id_token_hint or a client_id");
    }
    let url = is_loopback_uri(uri).then(|| Url::parse(uri).ok()).flatten();
    let mut url = url.ok_or("post_logout_redirect_uri must be an http(s) address on loopback")?;
    if let Some(state) = params.single("state")? {
        url.query_pairs_mut().append_pair("state", state);
    }
    Ok(Some(url.into()))
}

/// Whether the hint names this issuer. It gives no right that the caller lacks, so an old or
/// unsigned one does no harm.
fn is_ours(state: &State, id_token: &str) -> bool {
    let payload = id_token.split('.').nth(1);
    let payload = payload.and_then(|payload| URL_SAFE_NO_PAD.decode(payload).ok());
    let claims = payload.and_then(|payload| serde_json::from_slice::<Value>(&payload).ok());
    claims.is_some_and(|claims| claims["iss"] == state.issuer.as_str())
}
