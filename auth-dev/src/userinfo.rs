//! The userinfo endpoint (OpenID Connect Core §5.3).

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

use crate::faults::Fault;
use crate::state::{State, lock};

/// `GET` or `POST /userinfo`, with the access token in the `Authorization` header (RFC 6750 §2.1).
pub(crate) async fn userinfo(state: web::Data<State>, http: HttpRequest) -> HttpResponse {
    state.count(|requests| &mut requests.userinfo);
    let Some(token) = bearer(&http) else {
        // RFC 6750 §3.1: without a token, no error code.
        return challenge("Bearer realm=\"userinfo\"");
    };
    let now = state.now();
    let grant = lock(&state.grants).accessible(token, now);
    let Some(grant) = grant.filter(|grant| grant.has_scope("openid")) else {
        return challenge("Bearer realm=\"userinfo\", error=\"invalid_token\"");
    };
    let mut claims = grant.person.claims_for(&grant.scope);
    match grant.fault {
        Some(Fault::UserinfoError500) => return HttpResponse::InternalServerError().finish(),
        Some(Fault::UserinfoOtherSub) => {
            claims.insert("sub".to_owned(), "somebody-else".into());
        }
        _ => {}
    }
    HttpResponse::Ok().json(claims)
}

fn bearer(http: &HttpRequest) -> Option<&str> {
    let value = http.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}

fn challenge(value: &'static str) -> HttpResponse {
    HttpResponse::Unauthorized()
        .insert_header((header::WWW_AUTHENTICATE, value))
        .finish()
}
