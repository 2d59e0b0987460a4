//! The ID Token (OpenID Connect Core §2), right or wrong in the way that was asked for.

use std::time::Duration;

use auth_core::Timestamp;
use aws_lc_rs::digest::{SHA256, SHA512, digest};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use crate::answer::OTHER_ISSUER;
use crate::faults::Fault;
use crate::grants::Grant;
use crate::keys::{Algorithm, KeySet, signing_input};
use crate::random::random_token;
use crate::state::{State, lock};

const LIFETIME: Duration = Duration::from_secs(3600);
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// Which answer the token is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// The code was redeemed.
    SignIn,
    /// A refresh token was: no `nonce`, and `auth_time` stays (OpenID Connect Core §12.2).
    Refresh,
}

/// Signs an ID Token for `grant`.
pub(crate) fn issue(
    state: &State,
    grant: &Grant,
    access_token: &str,
    occasion: Occasion,
    fault: Option<Fault>,
) -> Result<String, Unspecified> {
    let nonce = grant.nonce.clone();
    let mut claims = grant.person.claims_for(&grant.scope);
    let now = state.now();
    let mut set = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    set("iss", state.issuer.clone().into());
    set("aud", grant.client_id.clone().into());
    set("iat", now.as_unix().into());
    set("exp", now.plus(LIFETIME).as_unix().into());
    set("auth_time", grant.auth_time.as_unix().into());
    set("at_hash", at_hash(access_token, state.algorithm).into());
    if let (Some(nonce), Occasion::SignIn) = (nonce, occasion) {
        set("nonce", nonce.into());
    }
    if let Some(fault) = fault {
        spoil_claims(&mut claims, fault, grant, now);
    }
    sign(state, Value::Object(claims), fault)
}

/// OpenID Connect Core §3.1.3.6; for EdDSA the hash is Ed25519's own.
fn at_hash(access_token: &str, algorithm: Algorithm) -> String {
    let hash = match algorithm {
        Algorithm::EdDsa => digest(&SHA512, access_token.as_bytes()),
        _ => digest(&SHA256, access_token.as_bytes()),
    };
    let half = hash.as_ref().len() / 2;
    URL_SAFE_NO_PAD.encode(&hash.as_ref()[..half])
}

fn spoil_claims(claims: &mut Map<String, Value>, fault: Fault, grant: &Grant, now: Timestamp) {
    let mut set = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    let seconds = |time: Timestamp| Value::from(time.as_unix());
    match fault {
        Fault::WrongIssuer => set("iss", OTHER_ISSUER.into()),
        Fault::WrongAudience => set("aud", "another-client".into()),
        Fault::ExtraAudience => {
            set("aud", json!([grant.client_id, "another-client"]));
            set("azp", grant.client_id.clone().into())
        }
        Fault::WrongAzp => set("azp", "another-client".into()),
        Fault::WrongNonce => set("nonce", "a-nonce-of-somebody-else".into()),
        Fault::MissingNonce => claims.remove("nonce"),
        Fault::Expired => {
            set("iat", seconds(now.minus(HOUR + LIFETIME)));
            set("exp", seconds(now.minus(HOUR)))
        }
        Fault::FutureIat => {
            set("iat", seconds(now.plus(DAY)));
            set("exp", seconds(now.plus(DAY + LIFETIME)))
        }
        Fault::MissingSub => claims.remove("sub"),
        Fault::EmptySub => set("sub", "".into()),
        Fault::WrongAtHash => set("at_hash", at_hash(&random_token(), Algorithm::Rs256).into()),
        Fault::StaleAuthTime => set("auth_time", seconds(now.minus(DAY))),
        Fault::MissingAuthTime => claims.remove("auth_time"),
        _ => None,
    };
}

fn sign(state: &State, claims: Value, fault: Option<Fault>) -> Result<String, Unspecified> {
    let keys = lock(&state.keys);
    let mut header = keys.header();
    match fault {
        Some(Fault::WrongKey) => KeySet::generate(state.algorithm)?.sign(&header, &claims),
        Some(Fault::UnknownKid) => {
            header["kid"] = "unpublished".into();
            KeySet::generate(state.algorithm)?.sign(&header, &claims)
        }
        Some(Fault::AlgNone) => {
            let header = json!({ "alg": "none", "typ": "JWT" });
            Ok(format!("{}.", signing_input(&header, &claims)))
        }
        Some(Fault::Hs256WithPublicKey) => {
            header["alg"] = "HS256".into();
            let input = signing_input(&header, &claims);
            let key = hmac::Key::new(hmac::HMAC_SHA256, keys.public_pem()?.as_bytes());
            let tag = hmac::sign(&key, input.as_bytes());
            Ok(format!("{input}.{}", URL_SAFE_NO_PAD.encode(tag)))
        }
        Some(Fault::WrongTyp) => {
            header["typ"] = "logout+jwt".into();
            keys.sign(&header, &claims)
        }
        Some(Fault::TamperedPayload) => {
            let signed = keys.sign(&header, &claims)?;
            let signature = signed.rsplit('.').next().unwrap_or_default();
            let mut tampered = claims;
            tampered["sub"] = "somebody-else".into();
            let input = signing_input(&header, &tampered);
            Ok(format!("{input}.{signature}"))
        }
        _ => keys.sign(&header, &claims),
    }
}
