use auth_dev::{DevProvider, Fault};
use jsonwebtoken::Algorithm;
use serde_json::{Value, json};

use crate::client::{
    approve, get, http, json, part, redeem, refresh, tokens, unverified, verified,
};

/// What a client saw of one flow.
#[derive(Debug, Default, PartialEq)]
struct Seen {
    /// The parameters of the authorization answer, the code's value apart.
    answer: Vec<(String, String)>,
    discovery: Value,
    jwks: Value,
    /// Status and body of the token answer, the tokens' values apart.
    token: (u16, Value),
    header: Value,
    claims: Value,
    signature: &'static str,
    userinfo: Value,
}

/// One flow, with `max_age`, and every endpoint asked.
async fn flow(provider: &DevProvider, fault: Option<Fault>) -> Seen {
    let at = |path: &str| format!("{}{path}", provider.issuer());
    let body = async |url: String| {
        let response = get(&url).await;
        match response.status().as_u16() {
            200 => json(response).await,
            status => status.into(),
        }
    };
    if let Some(fault) = fault {
        provider.fail_next(fault);
    }
    let mut seen = Seen {
        discovery: body(at("/.well-known/openid-configuration")).await,
        ..Seen::default()
    };
    let approval = approve(provider, &[("max_age", "60")]);
    let url = url::Url::parse(&approval.callback_url()).unwrap();
    seen.answer = url.query_pairs().into_owned().collect();
    seen.jwks = body(at("/jwks")).await;
    if let Some(code) = approval.param("code") {
        seen.answer[0].1 = "the-code".to_owned();
        let mut response = redeem(provider, code).await;
        seen.token.0 = response.status().as_u16();
        let mut text = Vec::new();
        // Enough to see what is coming.
        while text.len() < 4096 && !(fault == Some(Fault::TokenSlow) && text.len() == 1) {
            match response.chunk().await.unwrap() {
                Some(chunk) => text.extend_from_slice(&chunk),
                None => break,
            }
        }
        seen.token.1 = serde_json::from_slice(&text).unwrap_or(text.len().into());
    }
    if let Some(id_token) = seen.token.1["id_token"].as_str().map(str::to_owned) {
        seen.token.1["id_token"] = "…".into();
        seen.header = part(&id_token, 0);
        seen.claims = unverified(&id_token);
        let good = verified(provider, &id_token, Algorithm::RS256).await;
        seen.signature = if good.is_ok() { "good" } else { "bad" };
    }
    if let Some(access_token) = seen.token.1["access_token"].as_str().map(str::to_owned) {
        seen.token.1["access_token"] = "…".into();
        let request = http().get(at("/userinfo")).bearer_auth(access_token);
        let response = request.send().await.unwrap();
        seen.userinfo = match response.status().as_u16() {
            200 => json(response).await,
            status => status.into(),
        };
    }
    // Different every time.
    for claim in ["iat", "exp", "auth_time", "at_hash"] {
        if let Some(value) = seen.claims.get_mut(claim).filter(|_| fault.is_none()) {
            *value = "…".into();
        }
    }
    seen
}

/// Changes what an honest flow looks like into what a fault makes of it.
fn spoil(honest: &mut Seen, seen: &Seen, fault: Fault) {
    let iat = seen.claims["iat"].as_i64().unwrap_or_default();
    let claim = |name: &str| seen.claims[name].as_i64().unwrap_or_default();
    let now = time::now();
    let near = |a: i64, b: i64| (a - b).abs() <= 5;
    match fault {
        Fault::WrongIssuer => honest.claims["iss"] = "https://other.example".into(),
        Fault::WrongAudience => honest.claims["aud"] = "another-client".into(),
        Fault::ExtraAudience => {
            honest.claims["azp"] = "dev-client".into();
            honest.claims["aud"] = json!(["dev-client", "another-client"]);
        }
        Fault::WrongAzp => honest.claims["azp"] = "another-client".into(),
        Fault::WrongNonce => honest.claims["nonce"] = "a-nonce-of-somebody-else".into(),
        Fault::MissingNonce => remove(&mut honest.claims, "nonce"),
        Fault::Expired => assert!(near(claim("exp"), now - 3600)),
        Fault::FutureIat => assert!(near(iat, now + 24 * 3600) && claim("exp") > iat),
        Fault::MissingSub => remove(&mut honest.claims, "sub"),
        Fault::EmptySub => honest.claims["sub"] = "".into(),
        Fault::WrongKey => honest.signature = "bad",
        Fault::UnknownKid => {
            honest.header["kid"] = "unpublished".into();
            honest.signature = "bad";
        }
        Fault::AlgNone => {
            honest.header = json!({ "alg": "none", "typ": "JWT" });
            honest.signature = "bad";
        }
        Fault::Hs256WithPublicKey => {
            honest.header["alg"] = "HS256".into();
            honest.signature = "bad";
        }
        Fault::WrongTyp => honest.header["typ"] = "logout+jwt".into(),
        Fault::TamperedPayload => {
            honest.claims["sub"] = "somebody-else".into();
            honest.signature = "bad";
        }
        Fault::WrongAtHash => assert_eq!(seen.claims["at_hash"].as_str().unwrap().len(), 22),
        Fault::StaleAuthTime => assert!(near(claim("auth_time"), now - 24 * 3600)),
        Fault::MissingAuthTime => remove(&mut honest.claims, "auth_time"),
        Fault::MissingIdToken => {
            remove(&mut honest.token.1, "id_token");
            (honest.header, honest.claims, honest.signature) = Default::default();
        }
        Fault::AccessDenied | Fault::ErrorWithScript => {
            let texts = match fault {
                Fault::AccessDenied => vec!["access_denied", "the person cancelled"],
                _ => vec![
                    "\"><script>alert(1)</script>",
                    "<img src=x onerror=alert(1)>",
                    "javascript:alert(1)",
                ],
            };
            let names = ["error", "error_description", "error_uri"].map(str::to_owned);
            let texts = texts.into_iter().map(str::to_owned);
            let error: Vec<_> = names.into_iter().zip(texts).collect();
            honest.answer.splice(..1, error);
            no_tokens(honest, (0, Value::Null));
        }
        Fault::StateAltered => honest.answer[1].1 = "a-state-of-somebody-else".into(),
        Fault::StateMissing => drop(honest.answer.remove(1)),
        Fault::IssAltered => honest.answer[2].1 = "https://other.example".into(),
        Fault::IssMissing => drop(honest.answer.remove(2)),
        Fault::CodeTwice => honest
            .answer
            .insert(1, ("code".into(), "another-code".into())),
        Fault::TokenError500 => no_tokens(honest, (500, 30.into())),
        Fault::TokenInvalidGrant => {
            let description = "this flow was told to fail";
            let body = json!({ "error": "invalid_grant", "error_description": description });
            no_tokens(honest, (400, body));
        }
        Fault::TokenGarbage => no_tokens(honest, (200, 2.into())),
        Fault::TokenHuge => {
            assert!(seen.token.1.as_u64().unwrap() >= 4096);
            no_tokens(honest, (200, seen.token.1.clone()));
        }
        Fault::TokenSlow => no_tokens(honest, (200, 1.into())),
        Fault::TokenRedirect => no_tokens(honest, (307, 0.into())),
        Fault::TokenTypeMac => honest.token.1["token_type"] = "mac".into(),
        Fault::UserinfoOtherSub => honest.userinfo["sub"] = "somebody-else".into(),
        Fault::UserinfoError500 => honest.userinfo = 500.into(),
        Fault::DiscoveryError500 => honest.discovery = 500.into(),
        Fault::DiscoveryIssuerMismatch => {
            honest.discovery["issuer"] = "https://other.example".into();
        }
        Fault::JwksError500 | Fault::JwksEmpty => {
            honest.jwks = match fault {
                Fault::JwksEmpty => json!({ "keys": [] }),
                _ => 500.into(),
            };
            honest.signature = "bad";
        }
        other => panic!("{other} has no row in this table"),
    }
}

fn remove(object: &mut Value, name: &str) {
    object.as_object_mut().unwrap().remove(name);
}

fn no_tokens(seen: &mut Seen, token: (u16, Value)) {
    seen.token = token;
    (seen.header, seen.claims, seen.signature) = Default::default();
    seen.userinfo = Value::Null;
}

mod time {
    pub(super) fn now() -> i64 {
        use auth_core::Clock as _;
        auth_core::SystemClock.now().as_unix()
    }
}

/// What differs every time and is asserted apart.
fn blank_times(claims: &mut Value) {
    for name in ["iat", "exp", "auth_time", "at_hash"] {
        if let Some(value) = claims.get_mut(name) {
            *value = "…".into();
        }
    }
}

#[actix_web::test]
async fn every_fault_does_what_its_name_says_and_nothing_else() {
    let provider = DevProvider::start().unwrap();
    for fault in Fault::ALL {
        let mut expected = flow(&provider, None).await;
        let mut seen = flow(&provider, Some(*fault)).await;
        spoil(&mut expected, &seen, *fault);
        blank_times(&mut seen.claims);
        assert_eq!(seen, expected, "{fault}");
    }
    assert_eq!(flow(&provider, None).await.signature, "good");
}

#[actix_web::test]
async fn only_the_faults_about_hashes_have_a_wrong_hash() {
    let provider = DevProvider::start().unwrap();
    let hash = |answer: &Value| {
        use base64::Engine as _;
        let token = answer["access_token"].as_str().unwrap();
        let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, token.as_bytes());
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&hash.as_ref()[..16])
    };
    let claimed =
        |answer: &Value| unverified(answer["id_token"].as_str().unwrap())["at_hash"].clone();
    let good = tokens(&provider, &[]).await;
    assert_eq!(claimed(&good), hash(&good));
    let bad = tokens(&provider, &[("fault", "wrong_at_hash")]).await;
    assert_ne!(claimed(&bad), hash(&bad));
}

#[actix_web::test]
async fn the_hmac_is_keyed_with_the_public_key() {
    let provider = DevProvider::start().unwrap();
    let answer = tokens(&provider, &[("fault", "hs256_with_public_key")]).await;
    let id_token = answer["id_token"].as_str().unwrap();
    // Rebuilt from the key set alone, as an attacker has to: SubjectPublicKeyInfo of a 2048-bit
    // key with exponent 65537 (RFC 8017, RFC 5280).
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    let jwks = json(get(&format!("{}/jwks", provider.issuer())).await).await;
    let n = URL_SAFE_NO_PAD
        .decode(jwks["keys"][0]["n"].as_str().unwrap())
        .unwrap();
    let head = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA";
    let mut der = STANDARD.decode(head).unwrap();
    der.extend_from_slice(&n);
    der.extend_from_slice(&[2, 3, 1, 0, 1]);
    let text = STANDARD.encode(der);
    let lines: Vec<&str> = (0..text.len())
        .step_by(64)
        .map(|at| &text[at..text.len().min(at + 64)])
        .collect();
    let pem = format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        lines.join("\n")
    );
    let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
    let mut validation = jsonwebtoken::Validation::new(Algorithm::HS256);
    validation.validate_aud = false;
    let key = jsonwebtoken::DecodingKey::from_secret(pem.as_bytes());
    assert!(jsonwebtoken::decode::<Value>(id_token, &key, &validation).is_ok());
}

#[actix_web::test]
async fn a_redirect_from_the_token_endpoint_leads_to_the_trap() {
    let provider = DevProvider::start().unwrap();
    provider.fail_next(Fault::TokenRedirect);
    let approval = approve(&provider, &[]);
    let response = redeem(&provider, approval.param("code").unwrap()).await;
    let trap = response.headers()["location"].to_str().unwrap();
    assert_eq!(provider.requests().trap, 0);
    assert_eq!(get(trap).await.status(), 200);
    assert_eq!(provider.requests().trap, 1);
}

#[actix_web::test]
async fn a_flow_names_its_own_fault() {
    let provider = DevProvider::start().unwrap();
    let answer = tokens(&provider, &[("fault", "wrong_nonce")]).await;
    let claims = unverified(answer["id_token"].as_str().unwrap());
    assert_eq!(claims["nonce"], "a-nonce-of-somebody-else");
    let answer = tokens(&provider, &[]).await;
    let claims = unverified(answer["id_token"].as_str().unwrap());
    assert_eq!(claims["nonce"], "the-nonce");
}

#[actix_web::test]
async fn a_lasting_fault_holds_until_healed() {
    let provider = DevProvider::start().unwrap();
    provider.fail_always(Fault::AccessDenied);
    for _ in 0..2 {
        let approval = approve(&provider, &[]);
        assert_eq!(approval.param("error"), Some("access_denied"));
    }
    provider.heal();
    assert!(approve(&provider, &[]).param("code").is_some());
}

#[actix_web::test]
async fn a_refresh_takes_the_next_fault() {
    let provider = DevProvider::start().unwrap();
    let scope = [("scope", "openid offline_access")];
    let answer = tokens(&provider, &scope).await;
    provider.fail_next(Fault::WrongIssuer);
    let answer = refresh(&provider, answer["refresh_token"].as_str().unwrap()).await;
    let answer = json(answer).await;
    let claims = unverified(answer["id_token"].as_str().unwrap());
    assert_eq!(claims["iss"], "https://other.example");
    provider.fail_next(Fault::TokenInvalidGrant);
    let refused = refresh(&provider, answer["refresh_token"].as_str().unwrap()).await;
    assert_eq!(json(refused).await["error"], "invalid_grant");
}
