//! The access token: a JWT that says who, in which session, in which organisation, with which
//! rights. It has no `aud`; what does not apply is left out rather than empty.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::web;
use serde_json::{Map, Value, json};

use super::faults::Fault;
use super::id::new_id;
use super::problem::{Answer, Problem, ok};
use super::records::Records;
use super::sessions::Session;
use super::state::State;
use super::users::UserRecord;
use crate::keys::{Algorithm, KeySet};
use crate::state::lock;

/// What a token is to get wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spoilt {
    Key,
    Expiry,
    Issuer,
    Subject,
}

impl Spoilt {
    pub(crate) const fn by(fault: Fault) -> Option<Self> {
        match fault {
            Fault::WrongKey => Some(Self::Key),
            Fault::ExpiredToken => Some(Self::Expiry),
            Fault::WrongIssuer => Some(Self::Issuer),
            Fault::OtherSubject => Some(Self::Subject),
            _ => None,
        }
    }
}

/// Signs an access token for the session.
pub(crate) fn issue(
    state: &State,
    records: &Records,
    record: &UserRecord,
    session: &Session,
    spoilt: Option<Spoilt>,
) -> Result<String, Problem> {
    let mut claims = record.user.claims.clone();
    claims.extend(rights(records, record, session));
    let now = state.now();
    let mut set = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    set("iss", state.issuer.clone().into());
    set("sub", record.user.id.clone().into());
    set("sid", session.id.clone().into());
    set("jti", new_id("jti").replace("jti_", "").into());
    set("client_id", state.client_id.clone().into());
    set("auth_time", session.auth_time.as_unix().into());
    set("iat", now.as_unix().into());
    set(
        "exp",
        now.plus(state.access_token_lifetime).as_unix().into(),
    );
    if let Some(impersonator) = &session.impersonator {
        set("act", json!({ "sub": impersonator.email }));
    }
    match spoilt {
        Some(Spoilt::Expiry) => {
            let hour = Duration::from_secs(3600);
            set("exp", now.minus(hour).as_unix().into());
        }
        Some(Spoilt::Issuer) => {
            set("iss", "https://other.example".into());
        }
        Some(Spoilt::Subject) => {
            set("sub", "user_01SOMEBODYELSE".into());
        }
        _ => {}
    }
    let keys = lock(&state.keys);
    let header = keys.header();
    let signed = match spoilt {
        Some(Spoilt::Key) => KeySet::generate(Algorithm::Rs256)
            .and_then(|other| other.sign(&header, &Value::Object(claims))),
        _ => keys.sign(&header, &Value::Object(claims)),
    };
    signed.map_err(|_| Problem::server(StatusCode::INTERNAL_SERVER_ERROR))
}

/// What the session may do in its organisation.
fn rights(records: &Records, record: &UserRecord, session: &Session) -> Map<String, Value> {
    let mut claims = Map::new();
    let Some(id) = &session.organization_id else {
        return claims;
    };
    claims.insert("org_id".into(), id.clone().into());
    let Ok(organization) = records.organization(id) else {
        return claims;
    };
    let mut lists = vec![
        ("entitlements", organization.entitlements.clone()),
        ("feature_flags", organization.feature_flags.clone()),
    ];
    if let Some(membership) = record.user.membership_in(id) {
        let role = membership.role.clone();
        let permissions = organization.roles.get(&role).cloned().unwrap_or_default();
        claims.insert("role".into(), role.clone().into());
        lists.push(("roles", vec![role]));
        lists.push(("permissions", permissions));
    }
    for (name, values) in lists {
        if !values.is_empty() {
            claims.insert(name.into(), values.into());
        }
    }
    claims
}

/// `GET /sso/jwks/{client_id}`
pub(crate) async fn jwks(state: web::Data<State>, client_id: web::Path<String>) -> Answer {
    if *client_id != state.client_id {
        return Err(Problem::not_found("Client", &client_id));
    }
    let mut jwks = lock(&state.keys).jwks();
    if let Some(keys) = jwks["keys"].as_array_mut() {
        keys.retain(|key| key["kty"] == "RSA");
    }
    ok(&jwks)
}
