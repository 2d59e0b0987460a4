use serde_json::{Value, json};

use super::*;
use crate::authkit::claims::session_of;
use crate::authkit::workos::testing::{CLIENT_ID, Emulator};
use crate::oidc::testing::{OTHER_RSA, RSA, SigningKey, b64};
use crate::session::Impersonator;
use crate::testing::block_on;
use crate::user::User;

const NOW: i64 = 1_795_317_500;

fn claims() -> Value {
    json!({
        "iss": format!("https://api.workos.com/user_management/{CLIENT_ID}"),
        "sub": "user_1", "sid": "session_1", "jti": "j", "iat": NOW - 10, "exp": NOW + 290,
        "client_id": CLIENT_ID, "auth_time": NOW - 10, "org_id": "org_1", "role": "admin",
        "roles": ["admin", "staff"], "permissions": ["posts:write"], "entitlements": ["sso"],
        "feature_flags": ["beta"], "act": {"sub": "admin@foocorp.example"},
        "plan": {"seats": 7},
    })
}

fn header() -> Value {
    json!({"alg": "RS256", "kid": "k", "typ": "JWT"})
}

fn jwks(kid: &str) -> Value {
    json!({ "keys": [RSA.jwk(kid)] })
}

fn check(emulator: &Emulator, token: &str) -> Result<AccessToken, AccessTokenError> {
    block_on(AccessTokens::new(&emulator.workos(), Vec::new()).verify(token))
}

/// Verifies a token with these claims, well signed.
fn with(change: impl FnOnce(&mut Value)) -> Result<AccessToken, AccessTokenError> {
    let mut claims = claims();
    change(&mut claims);
    check(
        &Emulator::new().json(200, &jwks("k")),
        &RSA.sign(&header(), &claims),
    )
}

/// The same, and why it is refused; no key was fetched to find that out.
macro_rules! refused {
    ($token:expr, $expected:pat) => {
        let emulator = Emulator::new();
        let error = check(&emulator, &$token).unwrap_err();
        assert!(matches!(error, $expected), "{error:?}");
        assert!(emulator.asked().is_empty(), "nothing had to be fetched");
    };
}

#[test]
fn a_token_says_who_it_is_and_what_they_may_do() {
    let token = with(|_| {}).unwrap();
    assert_eq!(token.sub(), "user_1");
    assert_eq!(token.session_id(), Some("session_1"));
    assert_eq!(token.token_id(), Some("j"));
    assert_eq!(token.organization_id(), Some("org_1"));
    assert_eq!(token.role(), Some("admin"));
    assert_eq!(token.roles(), ["admin", "staff"]);
    assert_eq!(token.permissions(), ["posts:write"]);
    assert_eq!(token.entitlements(), ["sso"]);
    assert_eq!(token.feature_flags(), ["beta"]);
    assert_eq!(token.actor(), Some("admin@foocorp.example"));
    assert_eq!(token.auth_time(), Some(Timestamp::from_unix(NOW - 10)));
    assert_eq!(token.issued_at(), Timestamp::from_unix(NOW - 10));
    assert_eq!(token.expires_at(), Timestamp::from_unix(NOW + 290));
    let all: Value = serde_json::from_slice(token.payload()).unwrap();
    assert_eq!(all, claims());
    assert!(!format!("{token:?}").contains("foocorp"));
}

#[test]
fn claims_of_the_application_are_read_when_they_are_asked_for() {
    #[derive(Deserialize)]
    struct Custom {
        plan: Plan,
    }
    #[derive(Deserialize)]
    struct Plan {
        seats: u32,
    }
    let token = with(|_| {}).unwrap();
    assert_eq!(token.claims_as::<Custom>().unwrap().plan.seats, 7);
    let token = with(|claims| claims["plan"] = json!({})).unwrap();
    assert_eq!(
        token.claims_as::<Custom>().err().unwrap().field(),
        "plan.seats"
    );
}

#[test]
fn what_a_token_leaves_out_is_absent() {
    let token = with(|claims| {
        *claims = json!({"iss": "https://api.workos.com", "sub": "u", "iat": NOW, "exp": NOW + 1});
        claims["roles"] = Value::Null;
        claims["org_id"] = Value::Null;
    })
    .unwrap();
    assert!(token.session_id().is_none() && token.organization_id().is_none());
    assert!(token.role().is_none() && token.roles().is_empty() && token.actor().is_none());
    assert!(token.permissions().is_empty() && token.auth_time().is_none());
}

#[test]
fn the_recorded_token_is_verified_with_the_recorded_keys() {
    let recorded = Emulator::recorded("code: success");
    let token = recorded["response"]["body"]["access_token"]
        .as_str()
        .unwrap();
    let keys = &Emulator::recorded("jwks")["response"]["body"];
    let token = check(&Emulator::new().json(200, keys), token).unwrap();
    assert_eq!(token.sub(), "user_01ALICE");
    assert_eq!(token.permissions(), ["posts:read", "posts:write"]);
}

#[test]
fn only_tokens_of_the_accepted_issuers_count() {
    let issued_by = |issuer: &str| with(|claims| claims["iss"] = issuer.into());
    for issuer in ["https://api.workos.com", "https://api.workos.com/"] {
        assert!(issued_by(issuer).is_ok(), "{issuer}");
    }
    let foreign = "https://api.workos.com/user_management/client_other";
    for issuer in [
        "https://evil.example",
        "",
        "https://api.workos.com//",
        foreign,
    ] {
        let error = issued_by(issuer).unwrap_err();
        assert!(
            matches!(error, AccessTokenError::UnexpectedIssuer),
            "{issuer}"
        );
    }
}

#[test]
fn configured_issuers_stand_in_the_place_of_the_usual_ones() {
    let emulator = Emulator::new().json(200, &jwks("k"));
    let issuers = vec!["https://auth.app.example".to_owned()];
    let tokens = AccessTokens::new(&emulator.workos(), issuers);
    let usual = RSA.sign(&header(), &claims());
    let error = block_on(tokens.verify(&usual)).unwrap_err();
    assert!(matches!(error, AccessTokenError::UnexpectedIssuer));
    let mut claims = claims();
    claims["iss"] = "https://auth.app.example".into();
    assert!(block_on(tokens.verify(&RSA.sign(&header(), &claims))).is_ok());
}

#[test]
fn a_token_is_good_until_shortly_after_its_expiration() {
    assert!(with(|claims| claims["exp"] = (NOW - 9).into()).is_ok());
    let mut claims = claims();
    claims["exp"] = (NOW - 10).into();
    refused!(RSA.sign(&header(), &claims), AccessTokenError::Expired);
}

#[test]
fn a_token_from_the_future_is_not_good_yet() {
    assert!(with(|claims| claims["iat"] = (NOW + 60).into()).is_ok());
    for name in ["iat", "nbf"] {
        let mut claims = claims();
        claims[name] = (NOW + 61).into();
        refused!(RSA.sign(&header(), &claims), AccessTokenError::NotYetValid);
    }
}

#[test]
fn a_token_of_another_client_is_refused() {
    let mut claims = claims();
    claims["client_id"] = "client_other".into();
    refused!(
        RSA.sign(&header(), &claims),
        AccessTokenError::UnexpectedClient
    );
}

#[test]
fn claims_of_another_form_are_refused() {
    let odd = |name: &str, value: Value| {
        let mut claims = claims();
        claims[name] = value;
        refused!(RSA.sign(&header(), &claims), AccessTokenError::Malformed);
    };
    odd("sub", "".into());
    odd("sub", "a\nb".into());
    odd("sub", "u".repeat(256).into());
    odd("sub", Value::Null);
    odd("exp", Value::Null);
    odd("exp", "1795317790".into());
    odd("exp", (-1).into());
    odd("exp", json!(1e300));
    odd("iat", Value::Null);
    odd("nbf", "x".into());
    odd("roles", "admin".into());
    odd("permissions", json!([1]));
    odd("act", json!({}));
}

#[test]
fn what_is_no_signed_token_is_refused() {
    let token = RSA.sign(&header(), &claims());
    let (signed, _) = token.rsplit_once('.').unwrap();
    let twice = RSA.sign_text(&header().to_string(), r#"{"sub":"a","sub":"b"}"#);
    for token in ["", "a.b", "a.b.c", "a.b.c.d.e", signed, &*twice] {
        refused!(token, AccessTokenError::Malformed);
    }
    let critical = json!({"alg": "RS256", "kid": "k", "crit": ["exp"]});
    refused!(RSA.sign(&critical, &claims()), AccessTokenError::Malformed);
    let another = json!({"alg": "RS256", "kid": "k", "typ": "logout+jwt"});
    refused!(RSA.sign(&another, &claims()), AccessTokenError::Malformed);
}

#[test]
fn nothing_but_rs256_counts() {
    let check_with =
        |token: &str| check(&Emulator::new().json(200, &jwks("k")), token).unwrap_err();
    let is_refused = |error| matches!(error, AccessTokenError::UnexpectedAlgorithm);
    for alg in ["none", "HS256", "RS384", "PS256", "ES256"] {
        let header = json!({"alg": alg, "kid": "k"});
        assert!(
            is_refused(check_with(&RSA.sign(&header, &claims()))),
            "{alg}"
        );
    }
    let unsigned = format!(
        "{}.{}.",
        b64(r#"{"alg":"none"}"#),
        b64(claims().to_string())
    );
    assert!(is_refused(check_with(&unsigned)));
}

#[test]
fn a_signature_of_somebody_else_is_refused() {
    let keys = Emulator::new().json(200, &jwks("k"));
    let error = check(&keys, &OTHER_RSA.sign(&header(), &claims())).unwrap_err();
    assert!(matches!(error, AccessTokenError::BadSignature));
    let token = RSA.sign(&header(), &claims());
    let (header, rest) = token.split_once('.').unwrap();
    let (_, signature) = rest.split_once('.').unwrap();
    let mut better = claims();
    better["role"] = "owner".into();
    let forged = format!("{header}.{}.{signature}", b64(better.to_string()));
    let keys = Emulator::new().json(200, &jwks("k"));
    let error = check(&keys, &forged).unwrap_err();
    assert!(matches!(error, AccessTokenError::BadSignature));
}

#[test]
fn keys_are_fetched_once_and_again_for_one_that_is_new() {
    let emulator = Emulator::new()
        .json(200, &jwks("old"))
        .json(200, &jwks("new"));
    let tokens = AccessTokens::new(&emulator.workos(), Vec::new());
    let signed_with = |kid: &str| {
        let token = RSA.sign(&json!({"alg": "RS256", "kid": kid}), &claims());
        block_on(tokens.verify(&token))
    };
    for _ in 0..100 {
        assert!(signed_with("old").is_ok());
    }
    assert_eq!(emulator.asked().len(), 1);
    assert_eq!(
        emulator.asked()[0].uri().path(),
        format!("/sso/jwks/{CLIENT_ID}")
    );
    assert!(signed_with("new").is_ok());
    assert_eq!(emulator.asked().len(), 2);
}

#[test]
fn a_remembered_token_is_verified_once_and_expires_all_the_same() {
    let emulator = Emulator::new().json(200, &jwks("k"));
    let tokens = AccessTokens::new(&emulator.workos(), Vec::new()).remembering(64 * 1024);
    let token = RSA.sign(&header(), &claims());
    block_on(tokens.verify(&token)).unwrap();
    let known = block_on(tokens.verify(&token)).unwrap();
    let again = block_on(tokens.verify(&token)).unwrap();
    assert!(Arc::ptr_eq(&known.0, &again.0), "it was not verified anew");

    // Another signature under the same claims is another token.
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let other = OTHER_RSA.sign(&header(), &claims());
    let (_, other_signature) = other.rsplit_once('.').unwrap();
    assert_ne!(signature, other_signature);
    let forged = format!("{signed}.{other_signature}");
    assert!(block_on(tokens.verify(&forged)).is_err());
    assert!(
        block_on(tokens.verify(&forged)).is_err(),
        "a refusal is not remembered as proof"
    );

    emulator.clock.advance(290 + 9);
    assert!(block_on(tokens.verify(&token)).is_ok());
    emulator.clock.advance(1);
    let error = block_on(tokens.verify(&token)).unwrap_err();
    assert!(matches!(error, AccessTokenError::Expired), "{error:?}");
    assert_eq!(tokens.verified.len(), 0, "it was forgotten");
    let error = block_on(tokens.verify(&token)).unwrap_err();
    assert!(matches!(error, AccessTokenError::Expired), "{error:?}");
}

#[test]
fn a_flood_of_unknown_keys_is_no_flood_of_fetches() {
    let emulator = (0..20).fold(Emulator::new(), |it, _| it.json(200, &jwks("k")));
    let tokens = AccessTokens::new(&emulator.workos(), Vec::new());
    for number in 0..20 {
        let header = json!({"alg": "RS256", "kid": number.to_string()});
        let error = block_on(tokens.verify(&RSA.sign(&header, &claims()))).unwrap_err();
        assert!(matches!(error, AccessTokenError::UnknownKey));
    }
    assert!(emulator.asked().len() <= 5, "{}", emulator.asked().len());
}

#[test]
fn without_keys_nothing_is_known_of_a_token() {
    let token = RSA.sign(&header(), &claims());
    for emulator in [
        Emulator::new().breaks(),
        Emulator::new().json(503, &json!({})),
    ] {
        let error = check(&emulator, &token).unwrap_err();
        assert!(matches!(error, AccessTokenError::Keys(_)), "{error:?}");
    }
    // Keys of another kind are no keys for this.
    let ec = SigningKey::generate(SigningAlgorithm::Es256).jwk("k");
    let keys = json!({ "keys": [ec] });
    let emulator = Emulator::new().json(200, &keys).json(200, &keys);
    let error = check(&emulator, &token).unwrap_err();
    assert!(matches!(error, AccessTokenError::UnknownKey));
}

mod properties {
    use std::sync::LazyLock;

    use super::*;
    use crate::hostile::{property, text};

    static TOKENS: LazyLock<Vec<String>> = LazyLock::new(|| {
        let signed = |key: &SigningKey| key.sign(&header(), &claims());
        vec![signed(&RSA), signed(&OTHER_RSA)]
    });

    static VERIFIER: LazyLock<AccessTokens> = LazyLock::new(|| {
        let emulator = (0..4).fold(Emulator::new(), |it, _| it.json(200, &jwks("k")));
        AccessTokens::new(&emulator.workos(), Vec::new())
    });

    property!(
        no_token_holds_but_what_workos_signed,
        text(TOKENS.iter().map(String::as_str)),
        |token| {
            let verified = block_on(VERIFIER.verify(&token));
            assert_eq!(verified.is_ok(), token == TOKENS[0]);
        }
    );
}

#[test]
fn a_known_token_weighs_what_it_keeps_of_a_seal() {
    let token = with(|_| {}).unwrap();
    let session = session_of(&token, User::default(), None);
    let impersonator: Impersonator =
        serde_json::from_value(json!({"email": "e".repeat(200), "reason": "r".repeat(300)}))
            .unwrap();
    let known = KnownToken::new(token);
    let without = known.bytes();
    let with = known.with_session(&"u".repeat(1000), Some(impersonator), session.clone());
    assert!(with.bytes() >= without + session.bytes() + 1500);
}
