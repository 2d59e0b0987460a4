use std::time::Duration;

use auth_dev::DevWorkOs;
use auth_dev::workos::{Endpoint, Fault, User};
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::{Value, json};

use super::client::*;

/// The claims of a token that holds under the published keys.
async fn verified(workos: &DevWorkOs, tokens: &Value) -> Result<Value, String> {
    let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
    let token = tokens["access_token"].as_str().unwrap();
    let (_, jwks) = get(workos, &format!("/sso/jwks/{}", workos.client_id())).await;
    let jwks: JwkSet = serde_json::from_value(jwks).unwrap();
    assert_eq!(jwks.keys.len(), 1);
    let kid = decode_header(token).unwrap().kid.unwrap();
    let jwk = jwks.find(&kid).ok_or("the key is not published")?;
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_issuer(&[workos.issuer()]);
    validation.validate_aud = false;
    let key = DecodingKey::from_jwk(jwk).unwrap();
    let token = decode::<Value>(token, &key, &validation).map_err(|error| error.to_string())?;
    Ok(token.claims)
}

#[actix_web::test]
async fn a_token_says_who_where_and_with_which_rights() {
    let workos = workos();
    let tokens = tokens(&workos, "alice@acme.test", &[]).await;
    let claims = verified(&workos, &tokens).await.unwrap();
    for (name, value) in [
        ("sub", json!("user_01ALICE")),
        ("org_id", json!("org_01ACME")),
        ("role", json!("admin")),
        ("roles", json!(["admin"])),
        ("permissions", json!(["posts:read", "posts:write"])),
        ("entitlements", json!(["audit-logs"])),
        ("client_id", json!(workos.client_id())),
    ] {
        assert_eq!(claims[name], value, "{name}");
    }
    for absent in ["aud", "act", "feature_flags"] {
        assert_eq!(claims.get(absent), None::<&Value>, "{absent}");
    }
    let life = claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap();
    assert_eq!(life, 300);
}

#[actix_web::test]
async fn settings_and_claims_of_the_user_are_in_the_token() {
    let user = User::new("Imp", "", "imp@acme.test")
        .impersonated_by("support@acme.test", Some("a ticket"))
        .claim("plan", "gold");
    let workos = DevWorkOs::builder()
        .users([user])
        .issuer("https://auth.example.com")
        .access_token_lifetime(Duration::from_secs(42))
        .start()
        .unwrap();
    let tokens = tokens(&workos, "imp@acme.test", &[]).await;
    let claims = verified(&workos, &tokens).await.unwrap();
    assert_eq!(claims["act"], json!({ "sub": "support@acme.test" }));
    assert_eq!(claims["plan"], "gold");
    assert_eq!(claims["iss"], "https://auth.example.com");
    assert_eq!(
        claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
        42
    );
    assert_eq!(claims.get("org_id"), None::<&Value>);
    let impersonator = json!({ "email": "support@acme.test", "reason": "a ticket" });
    assert_eq!(tokens["impersonator"], impersonator);
}

#[actix_web::test]
async fn keys_that_were_replaced_are_gone() {
    let workos = workos();
    let before = tokens(&workos, "alice@acme.test", &[]).await;
    workos.rotate_keys().unwrap();
    let after = tokens(&workos, "alice@acme.test", &[]).await;
    assert_eq!(
        verified(&workos, &before).await.unwrap_err(),
        "the key is not published"
    );
    assert!(verified(&workos, &after).await.is_ok());
}

#[actix_web::test]
async fn a_token_is_wrong_in_the_one_way_that_was_asked_for() {
    let workos = workos();
    for (fault, error) in [
        (Fault::WrongKey, "InvalidSignature"),
        (Fault::ExpiredToken, "ExpiredSignature"),
        (Fault::WrongIssuer, "InvalidIssuer"),
    ] {
        workos.fail_next(Endpoint::Authenticate, fault);
        let tokens = tokens(&workos, "alice@acme.test", &[]).await;
        assert_eq!(verified(&workos, &tokens).await.unwrap_err(), error);
    }
    workos.fail_next(Endpoint::Authenticate, Fault::OtherSubject);
    let tokens = tokens(&workos, "alice@acme.test", &[]).await;
    let claims = verified(&workos, &tokens).await.unwrap();
    assert_ne!(claims["sub"], tokens["user"]["id"]);
}

#[actix_web::test]
async fn the_keys_of_another_client_are_not_here() {
    let workos = workos();
    assert_eq!(get(&workos, "/sso/jwks/client_other").await.0, 404);
}
