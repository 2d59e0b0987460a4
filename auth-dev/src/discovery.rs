//! The discovery document (OpenID Connect Discovery §3, RFC 8414) and the key set.

use actix_web::{HttpResponse, web};
use serde_json::{Value, json};

use crate::answer::OTHER_ISSUER;
use crate::faults::Fault;
use crate::state::{State, lock};

/// `GET /.well-known/openid-configuration`
pub(crate) async fn configuration(state: web::Data<State>) -> HttpResponse {
    state.count(|requests| &mut requests.discovery);
    let mut document = document(&state);
    match lock(&state.faults).before_a_flow() {
        Some(Fault::DiscoveryError500) => return HttpResponse::InternalServerError().finish(),
        Some(Fault::DiscoveryIssuerMismatch) => document["issuer"] = OTHER_ISSUER.into(),
        _ => {}
    }
    HttpResponse::Ok().json(document)
}

/// `GET /jwks`
pub(crate) async fn jwks(state: web::Data<State>) -> HttpResponse {
    state.count(|requests| &mut requests.jwks);
    let keys = match lock(&state.faults).during_a_flow() {
        Some(Fault::JwksError500) => return HttpResponse::InternalServerError().finish(),
        Some(Fault::JwksEmpty) => json!({ "keys": [] }),
        _ => lock(&state.keys).jwks(),
    };
    HttpResponse::Ok().json(keys)
}

fn document(state: &State) -> Value {
    let at = |path: &str| format!("{}{path}", state.issuer);
    json!({
        "issuer": state.issuer,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "userinfo_endpoint": at("/userinfo"),
        "jwks_uri": at("/jwks"),
        "end_session_endpoint": at("/end_session"),
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "form_post"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [state.algorithm.name()],
        "token_endpoint_auth_methods_supported":
            ["client_secret_basic", "client_secret_post", "none"],
        "code_challenge_methods_supported": ["S256"],
        "prompt_values_supported": ["none", "login", "consent", "select_account"],
        "claims_supported": [
            "sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "at_hash",
            "name", "given_name", "family_name", "picture", "email", "email_verified",
        ],
        "authorization_response_iss_parameter_supported": true,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "claims_parameter_supported": false,
    })
}
