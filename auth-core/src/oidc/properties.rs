//! Whatever an OpenID provider publishes and signs.

use std::sync::LazyLock;

use proptest::sample::select;
use serde_json::{Value, json};

use super::SigningAlgorithm;
use super::discovery::{Issuer, ProviderMetadata};
use super::id_token::{ExpectedIdToken, UnverifiedIdToken};
use super::jwks::Jwks;
use super::testing::{RSA, SigningKey, b64};
use super::userinfo::verify_subject;
use crate::hostile::{self, property, text};
use crate::http::PlainHttp;
use crate::oauth::testing::Script;
use crate::testing::block_on;
use crate::time::Timestamp;

const ISSUER: &str = "https://op.example";
const NOW: i64 = 1_800_000_000;

const ALGORITHMS: [SigningAlgorithm; 9] = [
    SigningAlgorithm::Rs256,
    SigningAlgorithm::Rs384,
    SigningAlgorithm::Rs512,
    SigningAlgorithm::Ps256,
    SigningAlgorithm::Ps384,
    SigningAlgorithm::Ps512,
    SigningAlgorithm::Es256,
    SigningAlgorithm::Es384,
    SigningAlgorithm::EdDsa,
];

static ED: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::generate(SigningAlgorithm::EdDsa));
static EC: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::generate(SigningAlgorithm::Es256));
static KEYS: LazyLock<Jwks> = LazyLock::new(|| jwks(&[RSA.jwk("rsa"), ED.jwk("ed")]));

fn jwks(keys: &[Value]) -> Jwks {
    Jwks::parse(json!({ "keys": keys }).to_string().as_bytes()).unwrap()
}

fn claims() -> Value {
    json!({"iss": ISSUER, "aud": "client-1", "azp": "client-1", "sub": "alice", "nonce": "n1",
        "iat": NOW, "exp": NOW + 300, "auth_time": NOW - 10, "name": "Alice"})
}

fn expected(algorithm: SigningAlgorithm, max_age: Option<u64>) -> ExpectedIdToken<'static> {
    ExpectedIdToken {
        client_id: "client-1",
        nonce: "n1",
        algorithm,
        client_secret: None,
        max_age,
        now: Timestamp::from_unix(NOW),
    }
}

fn document() -> Value {
    json!({"issuer": ISSUER, "authorization_endpoint": "https://op.example/authorize?a=b",
        "token_endpoint": "https://op.example/token", "jwks_uri": "https://op.example/jwks",
        "userinfo_endpoint": "https://op.example/userinfo",
        "authorization_response_iss_parameter_supported": true})
}

fn check_document(body: Vec<u8>) {
    let issuer = Issuer::parse(ISSUER, PlainHttp::LoopbackOnly).unwrap();
    let script = Script::new().raw(200, body);
    let Ok(metadata) = block_on(ProviderMetadata::fetch(&issuer, &script.outbound())) else {
        return;
    };
    assert_eq!(metadata.issuer, ISSUER);
    let required = [
        &metadata.authorization_endpoint,
        &metadata.token_endpoint,
        &metadata.jwks_uri,
    ];
    let optional = &metadata.userinfo_endpoint;
    for url in required.into_iter().chain(optional) {
        assert_eq!(url.scheme(), "https");
        assert!(url.username().is_empty() && url.password().is_none());
        assert!(url.has_host() && url.as_str().len() <= 8 * 1024);
    }
}

property!(
    metadata_of_any_json_name_the_issuer_and_https_addresses,
    hostile::json([document()]),
    |document: Value| check_document(document.to_string().into_bytes())
);

property!(
    metadata_of_any_bytes_name_the_issuer_and_https_addresses,
    hostile::bytes([document().to_string()]),
    |document| check_document(document.0)
);

property!(
    an_issuer_that_is_accepted_is_fetched_from_where_it_reads,
    text([
        "https://op.example",
        "https://op.example/realms/a/",
        "http://127.0.0.1:4600/op"
    ]),
    |text| {
        let Ok(issuer) = Issuer::parse(&text, PlainHttp::LoopbackOnly) else {
            return;
        };
        assert_eq!(issuer.to_string(), text);
        let url = url::Url::parse(&text).unwrap();
        assert_eq!(url.as_str().trim_end_matches('/'), normal(&text));
        assert!(url.query().is_none() && url.fragment().is_none());
        assert!(url.username().is_empty() && url.password().is_none());
    }
);

/// Scheme and host in lower case, without default port: as a URL parser writes them.
fn normal(issuer: &str) -> String {
    let url = url::Url::parse(issuer).unwrap();
    let path = issuer.splitn(4, '/').nth(3).unwrap_or_default();
    let origin = url.origin().ascii_serialization();
    format!("{origin}/{path}").trim_end_matches('/').to_owned()
}

fn key_set() -> Value {
    json!({"keys": [RSA.jwk("rsa"), EC.jwk("ec"), ED.jwk("ed"),
        {"kty": "EC", "crv": "P-384", "x": b64([1; 48]), "y": b64([1; 48])},
        {"kty": "oct", "k": "c2VjcmV0", "kid": "rsa"},
        {"kty": "RSA", "n": b64([0xff; 256]), "e": "AQAB", "use": "enc"}]})
}

/// Reads a set and tries all that is in it, with every algorithm.
fn check_keys(body: &[u8]) {
    let Ok(keys) = Jwks::parse(body) else { return };
    for algorithm in ALGORITHMS {
        assert!(keys.suitable(None, algorithm).count() <= 100);
        let header = b64(json!({"alg": algorithm.name()}).to_string());
        let token = format!("{header}.{}.{}", b64(claims().to_string()), b64([1; 64]));
        let token = UnverifiedIdToken::parse(&token).unwrap();
        assert!(
            token
                .verify(ISSUER, &keys, &expected(algorithm, None), "at")
                .is_err()
        );
    }
}

property!(
    no_key_set_of_any_json_accepts_a_signature_that_is_none,
    hostile::json([key_set()]),
    |set: Value| check_keys(set.to_string().as_bytes())
);

property!(
    no_key_set_of_any_bytes_accepts_a_signature_that_is_none,
    hostile::bytes([key_set().to_string()]),
    |set| check_keys(&set.0)
);

/// Signed by the provider, by an unknown key, and not at all.
static TOKENS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let header = |alg: &str, kid: &str| json!({"alg": alg, "kid": kid, "typ": "JWT"});
    let unsigned = b64(header("none", "rsa").to_string());
    vec![
        RSA.sign(&header("RS256", "rsa"), &claims()),
        ED.sign(&header("EdDSA", "ed"), &claims()),
        EC.sign(&header("ES256", "rsa"), &claims()),
        format!("{unsigned}.{}.", b64(claims().to_string())),
    ]
});

property!(
    no_id_token_is_accepted_but_the_one_that_was_signed,
    text(TOKENS.iter().map(String::as_str)),
    |token| {
        let Ok(parsed) = UnverifiedIdToken::parse(&token) else {
            return;
        };
        let algorithms = [SigningAlgorithm::Rs256, SigningAlgorithm::EdDsa];
        for (algorithm, signed) in algorithms.into_iter().zip(&*TOKENS) {
            let verified = parsed.verify(ISSUER, &KEYS, &expected(algorithm, None), "at");
            assert_eq!(verified.is_ok(), token == *signed);
        }
    }
);

property!(
    a_header_of_any_json_gets_nothing_past_the_signature,
    hostile::json([
        json!({"alg": "RS256", "kid": "rsa", "typ": "JWT"}),
        json!({"alg": "HS256", "kid": "rsa", "jwk": {"kty": "oct", "k": "AA"}}),
        json!({"alg": "none", "crit": ["b64"], "b64": false, "zip": "DEF"}),
    ]),
    |header: Value| {
        let (_, rest) = TOKENS[0].split_once('.').unwrap();
        let token = format!("{}.{rest}", b64(header.to_string()));
        let unchanged = TOKENS[0] == token;
        let verified = UnverifiedIdToken::parse(&token)
            .and_then(|it| it.verify(ISSUER, &KEYS, &expected(Default::default(), None), "at"));
        assert_eq!(verified.is_ok(), unchanged);
    }
);

property!(
    claims_of_any_json_are_believed_only_if_they_say_everything_right,
    (
        hostile::json([claims()]),
        select(vec![None, Some(0), Some(300), Some(u64::MAX)]),
    ),
    |(claims, max_age): (Value, Option<u64>)| {
        let token = ED.sign(&json!({"alg": "EdDSA", "kid": "ed"}), &claims);
        let expected = expected(SigningAlgorithm::EdDsa, max_age);
        let verified = UnverifiedIdToken::parse(&token)
            .and_then(|it| it.verify(ISSUER, &KEYS, &expected, "at"));
        let Ok(_) = verified else { return };
        assert_eq!(claims["iss"], ISSUER);
        assert!(claims["aud"] == "client-1" || claims["aud"] == json!(["client-1"]));
        assert!(matches!(&claims["azp"], Value::Null) || claims["azp"] == "client-1");
        assert_eq!(claims["nonce"], "n1");
        assert!(
            claims["sub"]
                .as_str()
                .is_some_and(|sub| (1..=255).contains(&sub.len()))
        );
        assert!(claims["exp"].as_f64().unwrap() > NOW as f64 - 61.0);
        assert!(claims["iat"].as_f64().unwrap() < NOW as f64 + 61.0);
        if let Some(max_age) = max_age {
            let auth_time = claims["auth_time"].as_f64().unwrap();
            assert!(auth_time >= NOW as f64 - 61.0 - max_age as f64);
            assert!(auth_time <= NOW as f64 + 61.0);
        }
    }
);

property!(
    userinfo_of_any_json_is_about_the_person_of_the_id_token,
    hostile::json([
        json!({"sub": "alice", "name": "Alice"}),
        json!([{"sub": "alice"}])
    ]),
    |answer: Value| {
        let sub = answer.get("sub").cloned();
        let accepted = verify_subject(answer, "alice").is_ok();
        assert_eq!(accepted, sub == Some(json!("alice")));
    }
);
