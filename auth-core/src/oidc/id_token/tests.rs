use serde_json::json;

use super::*;
use crate::oidc::testing::{OTHER_RSA, RSA, SigningKey, b64};

const ISSUER: &str = "https://op.example";
const NOW: i64 = 1_800_000_000;

fn expected() -> ExpectedIdToken<'static> {
    ExpectedIdToken {
        client_id: "client-1",
        nonce: "n1",
        algorithm: SigningAlgorithm::Rs256,
        client_secret: None,
        max_age: None,
        now: Timestamp::from_unix(NOW),
    }
}

fn header() -> Value {
    json!({"alg": "RS256", "kid": "k1"})
}

fn claims() -> Value {
    json!({"iss": ISSUER, "aud": "client-1", "sub": "alice", "nonce": "n1", "iat": NOW,
        "exp": NOW + 300})
}

/// The claims with one replaced; null removes it.
fn with(name: &str, value: Value) -> Value {
    let mut claims = claims();
    match value {
        Value::Null => {
            claims.as_object_mut().unwrap().remove(name);
        }
        value => claims[name] = value,
    }
    claims
}

fn jwks(keys: &[Value]) -> Jwks {
    Jwks::parse(json!({ "keys": keys }).to_string().as_bytes()).unwrap()
}

fn verify_as(
    token: &str,
    keys: &Jwks,
    expected: &ExpectedIdToken<'_>,
) -> Result<VerifiedClaims, IdTokenError> {
    UnverifiedIdToken::parse(token)?.verify(ISSUER, keys, expected, "at")
}

fn verify(token: &str) -> Result<VerifiedClaims, IdTokenError> {
    verify_as(token, &jwks(&[RSA.jwk("k1")]), &expected())
}

fn verify_claims(claims: &Value) -> Result<VerifiedClaims, IdTokenError> {
    verify(&RSA.sign(&header(), claims))
}

fn verify_header(header: &Value) -> Result<VerifiedClaims, IdTokenError> {
    verify(&RSA.sign(header, &claims()))
}

/// Asserts that a verification ended with a given variant.
macro_rules! refused {
    ($outcome:expr, $error:pat) => {
        refused!($outcome, $error, "")
    };
    ($outcome:expr, $error:pat, $($context:tt)+) => {
        let outcome = $outcome.map(|_| ());
        assert!(matches!(outcome, Err($error)), "{outcome:?} {}", format!($($context)+));
    };
}

#[test]
fn a_token_that_says_everything_right_is_verified() {
    let verified = verify_claims(&with("name", json!("Alice \u{1f980}\u{202e}"))).unwrap();
    assert_eq!(verified.sub, "alice");
    assert_eq!(verified.auth_time, None);
    assert_eq!(verified.claims["name"], "Alice \u{1f980}\u{202e}");
}

#[test]
fn every_algorithm_verifies_its_own_signatures_and_no_others() {
    use SigningAlgorithm::*;
    let all = [
        Rs256, Rs384, Rs512, Ps256, Ps384, Ps512, Es256, Es384, EdDsa,
    ];
    for algorithm in all {
        let generated;
        let key = match algorithm {
            Es256 | Es384 | EdDsa => {
                generated = SigningKey::generate(algorithm);
                &generated
            }
            _ => &*RSA,
        };
        let keys = jwks(&[key.jwk("k1")]);
        let mut claims = claims();
        claims["at_hash"] = hash_of("at", algorithm).into();
        let token = key.sign(&json!({"alg": algorithm.name(), "kid": "k1"}), &claims);
        for pinned in all {
            let expected = ExpectedIdToken {
                algorithm: pinned,
                ..expected()
            };
            let outcome = verify_as(&token, &keys, &expected).map(|_| ());
            if pinned == algorithm {
                assert!(outcome.is_ok(), "{algorithm:?} {outcome:?}");
            } else {
                refused!(outcome, IdTokenError::UnexpectedAlgorithm);
            }
        }
    }
}

#[test]
fn a_token_that_is_not_three_parts_of_strict_base64url_json_is_refused() {
    let good = RSA.sign(&header(), &claims());
    let parts: Vec<&str> = good.split('.').collect();
    let deep = format!("{{\"x\":{}{}}}", "[".repeat(20_000), "]".repeat(20_000));
    for token in [
        String::new(),
        "not a jwt".to_owned(),
        format!("{}.{}", parts[0], parts[1]),
        format!("{}.{}", b64(r#"{"alg":"none"}"#), parts[1]),
        format!("{good}.AAAA"),
        format!("{good}="),
        format!("{good}\n"),
        format!(" {good}"),
        format!("{}.{}.{}", b64("[]"), parts[1], parts[2]),
        format!("{}.{}.{}", b64("{}"), parts[1], parts[2]),
        format!("{}.{}.{}", parts[0], b64("[]"), parts[2]),
        format!("{}.{}.{}", parts[0], b64("null"), parts[2]),
        format!("{}.{}.{}", parts[0], b64(deep), parts[2]),
        format!("{}.{}.+/+/", parts[0], parts[1]),
    ] {
        refused!(verify(&token), IdTokenError::Malformed, "{token:.60}");
    }
    refused!(
        verify("eyJhbGciOiJkaXIifQ..AAAA.AAAA.AAAA"),
        IdTokenError::Encrypted
    );
    refused!(
        verify_claims(&with("pad", json!("x".repeat(70_000)))),
        IdTokenError::TooLong
    );
    assert!(verify_claims(&with("pad", json!("x".repeat(40_000)))).is_ok());
}

#[test]
fn only_the_pinned_algorithm_counts() {
    let claims = claims();
    let forged = |header: Value, signature: &str| {
        format!(
            "{}.{}.{signature}",
            b64(header.to_string()),
            b64(claims.to_string())
        )
    };
    for header in [
        json!({"alg": "none"}),
        json!({"alg": "nOnE"}),
        json!({"alg": "HS256", "kid": "k1"}),
        json!({"alg": "PS256", "kid": "k1"}),
        json!({"alg": "rs256", "kid": "k1"}),
        json!({"alg": "", "kid": "k1"}),
    ] {
        refused!(
            verify(&forged(header.clone(), "")),
            IdTokenError::UnexpectedAlgorithm,
            "{header}"
        );
    }
    refused!(
        verify_header(&json!({"alg": "PS256", "kid": "k1"})),
        IdTokenError::UnexpectedAlgorithm
    );
    for header in [
        json!({"kid": "k1"}),
        json!({"alg": ["RS256", "none"], "kid": "k1"}),
        json!({"alg": null, "kid": "k1"}),
    ] {
        refused!(verify(&forged(header, "AAAA")), IdTokenError::Malformed);
    }
}

#[test]
fn a_symmetric_signature_with_a_published_value_is_refused() {
    use aws_lc_rs::hmac;
    let n = RSA.jwk("k1")["n"].as_str().unwrap().to_owned();
    let oct = json!({"kty": "oct", "kid": "k1", "k": b64("secret")});
    let keys = jwks(&[RSA.jwk("k1"), oct]);
    for secret in [
        URL_SAFE_NO_PAD.decode(n).unwrap(),
        b"secret".to_vec(),
        vec![],
    ] {
        let input = format!(
            "{}.{}",
            b64(json!({"alg": "HS256", "kid": "k1"}).to_string()),
            b64(claims().to_string())
        );
        let key = hmac::Key::new(hmac::HMAC_SHA256, &secret);
        let token = format!("{input}.{}", b64(hmac::sign(&key, input.as_bytes())));
        refused!(
            verify_as(&token, &keys, &expected()),
            IdTokenError::UnexpectedAlgorithm
        );
    }
}

#[test]
fn a_wrong_signature_is_refused() {
    let good = RSA.sign(&header(), &claims());
    let (input, signature) = good.rsplit_once('.').unwrap();
    let mut flipped = URL_SAFE_NO_PAD.decode(signature).unwrap();
    flipped[10] ^= 1;
    let tampered = b64(with("sub", json!("victim")).to_string());
    let head = input.split('.').next().unwrap();
    for token in [
        format!("{input}."),
        format!("{input}.AAAA"),
        format!("{input}.{}", b64(flipped)),
        format!("{head}.{tampered}.{signature}"),
        OTHER_RSA.sign(&header(), &claims()),
    ] {
        refused!(verify(&token), IdTokenError::BadSignature);
    }
}

#[test]
fn an_ecdsa_signature_of_zeros_is_refused() {
    let key = SigningKey::generate(SigningAlgorithm::Es256);
    let expected = ExpectedIdToken {
        algorithm: SigningAlgorithm::Es256,
        ..expected()
    };
    let input = format!(
        "{}.{}",
        b64(r#"{"alg":"ES256","kid":"k1"}"#),
        b64(claims().to_string())
    );
    for signature in [vec![0; 64], vec![0; 63], vec![0xff; 64]] {
        refused!(
            verify_as(
                &format!("{input}.{}", b64(signature)),
                &jwks(&[key.jwk("k1")]),
                &expected
            ),
            IdTokenError::BadSignature
        );
    }
    let off_curve =
        json!({"kty": "EC", "kid": "k1", "crv": "P-256", "x": b64([1; 32]), "y": b64([1; 32])});
    let token = key.sign(&json!({"alg": "ES256", "kid": "k1"}), &claims());
    refused!(
        verify_as(&token, &jwks(&[off_curve]), &expected),
        IdTokenError::BadSignature
    );
}

#[test]
fn a_key_that_is_not_published_for_this_is_refused() {
    for kid in ["ghost", "../../../../dev/null", "x' UNION SELECT 'a", ""] {
        refused!(
            verify_header(&json!({"alg": "RS256", "kid": kid})),
            IdTokenError::UnknownKey,
            "{kid}"
        );
    }
    let mut enc = RSA.jwk("k1");
    enc["use"] = "enc".into();
    let ec = SigningKey::generate(SigningAlgorithm::Es256).jwk("k1");
    for keys in [jwks(&[]), jwks(&[enc]), jwks(&[ec])] {
        let token = RSA.sign(&header(), &claims());
        refused!(
            verify_as(&token, &keys, &expected()),
            IdTokenError::UnknownKey
        );
    }
    refused!(
        verify_header(&json!({"alg": "RS256", "kid": 1})),
        IdTokenError::Malformed
    );
}

#[test]
fn keys_in_the_header_are_never_used() {
    let jwk = OTHER_RSA.jwk("evil");
    for header in [
        json!({"alg": "RS256", "kid": "evil", "jwk": jwk}),
        json!({"alg": "RS256", "kid": "evil", "jku": "https://evil.example/jwks"}),
        json!({"alg": "RS256", "jwk": jwk}),
        json!({"alg": "RS256", "x5u": "https://evil.example/x5u"}),
        json!({"alg": "RS256", "x5c": ["MIIB"]}),
    ] {
        refused!(
            verify(&OTHER_RSA.sign(&header, &claims())),
            IdTokenError::UnknownKey,
            "{header}"
        );
    }
}

#[test]
fn without_a_kid_each_suitable_key_is_tried() {
    let token = RSA.sign(&json!({"alg": "RS256"}), &claims());
    let ec = SigningKey::generate(SigningAlgorithm::Es256);
    let keys = jwks(&[ec.jwk("e"), OTHER_RSA.jwk("o"), RSA.jwk("r")]);
    assert!(verify_as(&token, &keys, &expected()).is_ok());
    refused!(
        verify_as(&token, &jwks(&[OTHER_RSA.jwk("o")]), &expected()),
        IdTokenError::UnknownKey
    );
}

#[test]
fn critical_extensions_are_refused() {
    for header in [
        json!({"alg": "RS256", "kid": "k1", "crit": ["exp2"]}),
        json!({"alg": "RS256", "kid": "k1", "crit": []}),
        json!({"alg": "RS256", "kid": "k1", "crit": null}),
        json!({"alg": "RS256", "kid": "k1", "b64": false, "crit": ["b64"]}),
        json!({"alg": "RS256", "kid": "k1", "b64": false}),
    ] {
        refused!(verify_header(&header), IdTokenError::CriticalHeader);
    }
}

#[test]
fn tokens_of_another_kind_are_refused() {
    for typ in ["at+jwt", "logout+jwt", "application/at+jwt", "dpop+jwt", ""] {
        refused!(
            verify_header(&json!({"alg": "RS256", "kid": "k1", "typ": typ})),
            IdTokenError::UnexpectedType,
            "{typ}"
        );
    }
    for typ in ["JWT", "jwt"] {
        assert!(verify_header(&json!({"alg": "RS256", "kid": "k1", "typ": typ})).is_ok());
    }
}

#[test]
fn another_issuer_is_refused() {
    for iss in [
        "https://evil.example",
        "https://op.example/",
        "HTTPS://op.example",
        "https://op.example.evil",
        "",
    ] {
        refused!(
            verify_claims(&with("iss", json!(iss))),
            IdTokenError::UnexpectedIssuer,
            "{iss}"
        );
    }
    refused!(
        verify_claims(&with("iss", Value::Null)),
        IdTokenError::UnexpectedIssuer
    );
    refused!(
        verify_claims(&with("iss", json!([ISSUER]))),
        IdTokenError::Claim("iss")
    );
}

#[test]
fn another_audience_is_refused_even_beside_ours() {
    for aud in [
        json!("other"),
        json!("client-1-evil"),
        json!("xclient-1"),
        json!(""),
        json!([]),
        json!(["client-1", "other"]),
        json!(["other", "client-1"]),
        json!(["client-1", 1]),
        json!({"client-1": true}),
        Value::Null,
    ] {
        let mut claims = with("aud", aud.clone());
        claims["azp"] = "client-1".into();
        refused!(
            verify_claims(&claims),
            IdTokenError::UnexpectedAudience,
            "{aud}"
        );
    }
    assert!(verify_claims(&with("aud", json!(["client-1"]))).is_ok());
}

#[test]
fn another_authorized_party_is_refused() {
    refused!(
        verify_claims(&with("azp", json!("other"))),
        IdTokenError::UnexpectedAuthorizedParty
    );
    refused!(
        verify_claims(&with("azp", json!(["client-1"]))),
        IdTokenError::Claim("azp")
    );
    assert!(verify_claims(&with("azp", json!("client-1"))).is_ok());
}

#[test]
fn an_expired_token_is_refused_after_a_minute_of_leeway() {
    assert!(verify_claims(&with("exp", json!(NOW - 59))).is_ok());
    assert!(verify_claims(&with("exp", json!(NOW as f64 + 0.5))).is_ok());
    for exp in [NOW - 60, NOW - 3600, 0] {
        refused!(
            verify_claims(&with("exp", json!(exp))),
            IdTokenError::Expired
        );
    }
    for exp in [
        Value::Null,
        json!((NOW + 300).to_string()),
        json!(1e300),
        json!(u64::MAX),
        json!(-1),
        json!([NOW + 300]),
        json!(true),
    ] {
        refused!(
            verify_claims(&with("exp", exp.clone())),
            IdTokenError::Claim("exp"),
            "{exp}"
        );
    }
}

#[test]
fn a_token_from_the_future_is_refused() {
    assert!(verify_claims(&with("iat", json!(NOW + 60))).is_ok());
    assert!(verify_claims(&with("nbf", json!(NOW + 60))).is_ok());
    for name in ["iat", "nbf"] {
        for date in [NOW + 61, NOW + 86_400] {
            refused!(
                verify_claims(&with(name, json!(date))),
                IdTokenError::NotYetValid,
                "{name}"
            );
        }
        refused!(
            verify_claims(&with(name, json!("1"))),
            IdTokenError::Claim(_),
            "{name}"
        );
    }
    refused!(
        verify_claims(&with("iat", Value::Null)),
        IdTokenError::Claim("iat")
    );
}

#[test]
fn another_nonce_is_refused() {
    for nonce in [
        Value::Null,
        json!("n2"),
        json!("N1"),
        json!("n11"),
        json!(""),
    ] {
        refused!(
            verify_claims(&with("nonce", nonce.clone())),
            IdTokenError::UnexpectedNonce,
            "{nonce}"
        );
    }
    refused!(
        verify_claims(&with("nonce", json!(["n1"]))),
        IdTokenError::Claim("nonce")
    );
}

#[test]
fn the_hash_of_another_access_token_is_refused() {
    // The left half of SHA-256("at").
    let right = hash_of("at", SigningAlgorithm::Rs256);
    assert_eq!(right.len(), 22);
    assert!(verify_claims(&with("at_hash", json!(right))).is_ok());
    for wrong in [
        hash_of("other", SigningAlgorithm::Rs256),
        String::new(),
        right + "A",
    ] {
        refused!(
            verify_claims(&with("at_hash", json!(wrong))),
            IdTokenError::UnexpectedAccessTokenHash
        );
    }
    refused!(
        verify_claims(&with("at_hash", json!(1))),
        IdTokenError::Claim("at_hash")
    );
}

#[test]
fn the_access_token_hash_is_that_of_the_specification() {
    // OpenID Connect Core, appendix A.3: the ID Token of response_type=id_token token.
    assert_eq!(
        hash_of(
            "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y",
            SigningAlgorithm::Rs256
        ),
        "77QmUPtjPfzWtF2AnpK9RQ"
    );
}

#[test]
fn a_max_age_needs_a_recent_auth_time() {
    let verify_aged = |auth_time: Value, max_age: u64| {
        let token = RSA.sign(&header(), &with("auth_time", auth_time));
        let expected = ExpectedIdToken {
            max_age: Some(max_age),
            ..expected()
        };
        verify_as(&token, &jwks(&[RSA.jwk("k1")]), &expected)
    };
    for (auth_time, max_age) in [
        (NOW, 0),
        (NOW - 60, 0),
        (NOW - 360, 300),
        (NOW + 60, 300),
        (0, u64::MAX),
    ] {
        let verified = verify_aged(json!(auth_time), max_age).unwrap();
        assert_eq!(verified.auth_time, Some(Timestamp::from_unix(auth_time)));
    }
    for (auth_time, max_age) in [(NOW - 61, 0), (NOW - 361, 300), (NOW - 7200, 60)] {
        refused!(
            verify_aged(json!(auth_time), max_age),
            IdTokenError::AuthenticatedTooLongAgo
        );
    }
    for auth_time in [Value::Null, json!("now"), json!(NOW + 61), json!(1e300)] {
        refused!(
            verify_aged(auth_time, 300),
            IdTokenError::Claim("auth_time")
        );
    }
}

#[test]
fn an_auth_time_that_was_not_asked_for_counts_only_if_it_can_be_used() {
    let check = |auth_time: Value, expected: Option<i64>| {
        let verified = verify_claims(&with("auth_time", auth_time)).unwrap();
        assert_eq!(verified.auth_time.map(Timestamp::as_unix), expected);
    };
    check(json!(NOW - 5), Some(NOW - 5));
    check(json!(NOW + 86_400), None);
    check(json!("yesterday"), None);
}

#[test]
fn a_sub_that_is_no_short_text_is_refused() {
    for sub in [
        Value::Null,
        json!(""),
        json!(12345),
        json!({"$ne": null}),
        json!("x".repeat(256)),
        json!("a\u{0}b"),
        json!("a\nb"),
    ] {
        refused!(
            verify_claims(&with("sub", sub.clone())),
            IdTokenError::Claim("sub"),
            "{sub}"
        );
    }
    assert!(verify_claims(&with("sub", json!("x".repeat(255)))).is_ok());
}

#[test]
fn of_a_repeated_claim_the_last_counts_everywhere() {
    let payload = claims()
        .to_string()
        .replacen('{', r#"{"sub":"victim","nonce":"n2","#, 1);
    let verified = verify(&RSA.sign_text(&header().to_string(), &payload)).unwrap();
    assert_eq!(verified.sub, "alice");
    assert_eq!(verified.claims["sub"], "alice");

    let header = r#"{"alg":"none","alg":"RS256","kid":"ghost","kid":"k1"}"#;
    assert!(verify(&RSA.sign_text(header, &payload)).is_ok());
}

#[test]
fn errors_hold_nothing_of_the_token() {
    let error = verify_claims(&with("nonce", json!("canary")))
        .map(|_| ())
        .unwrap_err();
    assert!(!format!("{error:?} {error}").contains("canary"));
}
