use std::time::Duration;

use auth_core::ClientAuth;
use auth_dev::DevProvider;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::client::{
    HandClock, REDIRECT_URI, VERIFIER, approve, form, get, http, json, post_form, redeem, refresh,
    token, tokens, unverified,
};

async fn error(response: reqwest::Response) -> (u16, String) {
    let status = response.status().as_u16();
    let body = json(response).await;
    assert!(body.get("access_token").is_none());
    (status, body["error"].as_str().unwrap().to_owned())
}

fn invalid_grant() -> (u16, String) {
    (400, "invalid_grant".to_owned())
}

#[actix_web::test]
async fn a_code_buys_tokens() {
    let provider = DevProvider::start().unwrap();
    let approval = approve(&provider, &[]);
    let response = redeem(&provider, approval.param("code").unwrap()).await;
    assert_eq!(response.headers()["cache-control"], "no-store");
    let answer = json(response).await;
    assert_eq!(answer["token_type"], "Bearer");
    assert_eq!(answer["expires_in"], 3600);
    assert_eq!(answer["scope"], "openid profile email");
    assert!(answer.get("refresh_token").is_none());
    let claims = unverified(answer["id_token"].as_str().unwrap());
    assert_eq!(claims["iss"], provider.issuer());
    assert_eq!(claims["aud"], provider.client_id());
    assert_eq!(
        claims["exp"].as_i64(),
        claims["iat"].as_i64().map(|iat| iat + 3600)
    );
    // Another way to the at_hash than the provider's: OpenID Connect Core §3.1.3.6.
    let access_token = answer["access_token"].as_str().unwrap();
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, access_token.as_bytes());
    let half = STANDARD.decode(format!(
        "{}==",
        claims["at_hash"]
            .as_str()
            .unwrap()
            .replace('-', "+")
            .replace('_', "/")
    ));
    assert_eq!(half.unwrap(), hash.as_ref()[..16]);
}

#[actix_web::test]
async fn without_the_openid_scope_there_is_no_id_token() {
    let provider = DevProvider::start().unwrap();
    let answer = tokens(&provider, &[("scope", "profile")]).await;
    assert!(answer.get("id_token").is_none());
    let userinfo = http()
        .get(format!("{}/userinfo", provider.issuer()))
        .bearer_auth(answer["access_token"].as_str().unwrap());
    assert_eq!(userinfo.send().await.unwrap().status(), 401);
}

#[actix_web::test]
async fn a_code_is_good_once_and_its_reuse_revokes_the_tokens() {
    let provider = DevProvider::start().unwrap();
    let approval = approve(&provider, &[]);
    let code = approval.param("code").unwrap();
    let answer = json(redeem(&provider, code).await).await;
    let userinfo = async || {
        let request = http()
            .get(format!("{}/userinfo", provider.issuer()))
            .bearer_auth(answer["access_token"].as_str().unwrap());
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(userinfo().await, 200);
    assert_eq!(error(redeem(&provider, code).await).await, invalid_grant());
    assert_eq!(userinfo().await, 401);
}

#[actix_web::test]
async fn a_code_lives_for_a_minute() {
    let clock = HandClock::default();
    let provider = DevProvider::builder().clock(clock.clone()).start().unwrap();
    let approval = approve(&provider, &[]);
    clock.advance(Duration::from_secs(60));
    let response = redeem(&provider, approval.param("code").unwrap()).await;
    assert_eq!(error(response).await, invalid_grant());
}

#[actix_web::test]
async fn a_code_is_bound_to_verifier_address_and_client() {
    let provider = DevProvider::start().unwrap();
    let secret = provider.client_secret().to_owned();
    let good = [
        ("client_id", provider.client_id()),
        ("client_secret", secret.as_str()),
        ("redirect_uri", REDIRECT_URI),
        ("code_verifier", VERIFIER),
    ];
    for (name, value) in [
        ("code_verifier", ""),
        ("code_verifier", "wrong"),
        ("redirect_uri", ""),
        ("redirect_uri", "http://localhost:3000/other"),
        ("client_id", provider.public_client_id()),
    ] {
        let approval = approve(&provider, &[]);
        let mut fields = good.to_vec();
        fields.retain(|(other, _)| *other != name);
        fields.push((name, value));
        if name == "client_id" {
            fields.retain(|(other, _)| *other != "client_secret");
        }
        fields.push(("grant_type", "authorization_code"));
        fields.push(("code", approval.param("code").unwrap()));
        let url = format!("{}/token", provider.issuer());
        let response = post_form(&url, &form(&fields)).await;
        assert_eq!(error(response).await, invalid_grant(), "{name}={value}");
    }
}

#[actix_web::test]
async fn basic_post_and_public_clients_are_told_apart() {
    let builder = DevProvider::builder().client_secret("s:%+ é");
    let provider = builder.start().unwrap();
    let url = format!("{}/token", provider.issuer());
    let body = |code: &str, client: &[(&str, &str)]| {
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", REDIRECT_URI),
            ("code_verifier", VERIFIER),
        ];
        form(&[&fields, client].concat())
    };
    let basic = async |credentials: &str| {
        let approval = approve(&provider, &[]);
        let request = http()
            .post(&url)
            .header(
                "authorization",
                format!("Basic {}", STANDARD.encode(credentials)),
            )
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body(approval.param("code").unwrap(), &[]));
        request.send().await.unwrap()
    };
    assert_eq!(basic("dev-client:s%3A%25%2B+%C3%A9").await.status(), 200);
    let unencoded = basic("dev-client:s:%+ é").await;
    assert_eq!(
        unencoded.headers()["www-authenticate"],
        "Basic realm=\"token\""
    );
    assert_eq!(error(unencoded).await, (401, "invalid_client".into()));

    let public = [("client_id", provider.public_client_id())];
    let approval = approve(&provider, &public);
    let response = post_form(&url, &body(approval.param("code").unwrap(), &public)).await;
    assert_eq!(response.status(), 200);
    let approval = approve(&provider, &[]);
    assert_eq!(
        redeem(&provider, approval.param("code").unwrap())
            .await
            .status(),
        200
    );

    let seen = provider.token_requests();
    let methods: Vec<_> = seen.iter().map(|request| request.client_auth).collect();
    assert_eq!(
        methods,
        [
            Some(ClientAuth::Basic),
            None,
            Some(ClientAuth::None),
            Some(ClientAuth::Post)
        ]
    );
    assert!(seen.iter().all(|request| request.code_verifier));
    assert_eq!(seen[1].error, Some("invalid_client"));
    assert_eq!(seen[0].grant_type.as_deref(), Some("authorization_code"));
    assert_eq!(provider.requests().token, 4);
    let shown = format!("{seen:?} {provider:?}");
    assert!(!shown.contains(VERIFIER) && !shown.contains("s:%+"));
}

#[actix_web::test]
async fn malformed_requests_have_their_errors() {
    let provider = DevProvider::start().unwrap();
    for (fields, expected) in [
        (vec![], "invalid_request"),
        (vec![("grant_type", "password")], "unsupported_grant_type"),
        (
            vec![("grant_type", "authorization_code")],
            "invalid_request",
        ),
        (vec![("grant_type", "refresh_token")], "invalid_request"),
        (
            vec![("grant_type", "authorization_code"), ("code", "unknown")],
            "invalid_grant",
        ),
        (
            vec![("grant_type", "refresh_token"), ("refresh_token", "x")],
            "invalid_grant",
        ),
        (
            vec![("grant_type", "a"), ("grant_type", "b")],
            "invalid_request",
        ),
    ] {
        let response = token(&provider, &fields).await;
        let expected = (400, expected.to_owned());
        assert_eq!(error(response).await, expected, "{fields:?}");
    }
    let client = [
        ("client_id", provider.client_id()),
        ("client_secret", provider.client_secret()),
    ];
    let request = http().post(format!("{}/token", provider.issuer()));
    let json_typed = request
        .header("content-type", "application/json")
        .body(form(&client));
    let response = json_typed.send().await.unwrap();
    assert_eq!(error(response).await, (400, "invalid_request".into()));
    assert_eq!(
        get(&format!("{}/token", provider.issuer())).await.status(),
        405
    );
}

#[actix_web::test]
async fn refreshing_rotates_and_reuse_ends_the_grant() {
    let clock = HandClock::default();
    let provider = DevProvider::builder().clock(clock.clone()).start().unwrap();
    let first = tokens(&provider, &[("scope", "openid offline_access")]).await;
    clock.advance(Duration::from_secs(10));
    let text = |answer: &Value, name: &str| answer[name].as_str().unwrap().to_owned();
    let second = json(refresh(&provider, &text(&first, "refresh_token")).await).await;
    assert_ne!(
        text(&first, "refresh_token"),
        text(&second, "refresh_token")
    );
    assert_ne!(text(&first, "access_token"), text(&second, "access_token"));
    let before = unverified(&text(&first, "id_token"));
    let after = unverified(&text(&second, "id_token"));
    for claim in ["iss", "sub", "aud", "auth_time"] {
        assert_eq!(before[claim], after[claim], "{claim}");
    }
    assert!(after.get("nonce").is_none());
    assert_ne!(before["iat"], after["iat"]);

    let reused = refresh(&provider, &text(&first, "refresh_token")).await;
    assert_eq!(error(reused).await, invalid_grant());
    let successor = refresh(&provider, &text(&second, "refresh_token")).await;
    assert_eq!(error(successor).await, invalid_grant());
}
