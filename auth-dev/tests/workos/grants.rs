use std::time::Duration;

use serde_json::{Value, json};

use super::client::*;

/// `code` or `error` of an answer that is none.
fn code((status, body): &Answer) -> (u16, &str) {
    let code = body.get("code").or_else(|| body.get("error"));
    (*status, code.and_then(Value::as_str).unwrap_or_default())
}

#[actix_web::test]
async fn a_code_is_good_once_with_its_verifier_and_for_ten_minutes() {
    let workos = workos();
    let redeem = |code: Option<String>, verifier: &'static str| {
        let fields = json!({
            "grant_type": "authorization_code", "code": code, "code_verifier": verifier,
        });
        authenticate(&workos, fields)
    };
    let fresh = || {
        let callback = workos.approve(&authorization_url(&workos, &[]), "alice@acme.test");
        assert_eq!(param(&callback, "state").as_deref(), Some("the-state"));
        param(&callback, "code")
    };
    let value = fresh();
    let wrong = "a-verifier-of-somebody-else-with-43-letters";
    assert_eq!(
        code(&redeem(value.clone(), wrong).await),
        (400, "invalid_grant")
    );
    assert_eq!(redeem(value.clone(), VERIFIER).await.0, 200);
    assert_eq!(code(&redeem(value, VERIFIER).await), (400, "invalid_grant"));
    let value = fresh();
    workos.advance(Duration::from_secs(600));
    assert_eq!(code(&redeem(value, VERIFIER).await), (400, "invalid_grant"));
}

#[actix_web::test]
async fn a_client_without_a_key_needs_pkce_and_one_with_another_key_gets_nothing() {
    let workos = workos();
    let url = format!("{}/user_management/authenticate", workos.origin());
    let redeem = |changes: Vec<(&'static str, &'static str)>, pkce: &[(&str, &str)]| {
        let callback = workos.approve(&authorization_url(&workos, pkce), "alice@acme.test");
        let mut body = json!({
            "grant_type": "authorization_code",
            "client_id": workos.client_id(),
            "code": param(&callback, "code"),
        });
        for (name, value) in changes {
            body[name] = value.into();
        }
        answer(crate::client::http().post(&url).body(body.to_string()))
    };
    let plain = [("code_challenge", ""), ("code_challenge_method", "")];
    assert_eq!(redeem(vec![("code_verifier", VERIFIER)], &[]).await.0, 200);
    assert_eq!(code(&redeem(vec![], &plain).await), (400, "invalid_client"));
    let wrong = vec![("code_verifier", VERIFIER), ("client_secret", "sk_other")];
    assert_eq!(code(&redeem(wrong, &[]).await), (400, "invalid_client"));
    let other = vec![("code_verifier", VERIFIER), ("client_id", "client_other")];
    assert_eq!(code(&redeem(other, &[]).await), (400, "invalid_client"));
    assert!(workos.grants().iter().all(|grant| !grant.authenticated));
}

#[actix_web::test]
async fn a_second_factor_is_asked_for_and_its_code_is_good_once() {
    let workos = workos();
    let first = password(&workos, "mfa@acme.test").await;
    assert_eq!(code(&first), (403, "mfa_challenge"));
    let factor = first.1["authentication_factors"][0]["id"].as_str().unwrap();
    let (_, challenge) = post(
        &workos,
        &format!("/auth/factors/{factor}/challenge"),
        json!({}),
    )
    .await;
    let finish = |code: String| {
        let fields = json!({
            "grant_type": TOTP,
            "code": code,
            "pending_authentication_token": first.1["pending_authentication_token"],
            "authentication_challenge_id": challenge["id"],
        });
        authenticate(&workos, fields)
    };
    assert_eq!(
        code(&finish("000000".into()).await),
        (400, "invalid_one_time_code")
    );
    let good = workos.totp("mfa@acme.test").unwrap();
    assert_eq!(finish(good.clone()).await.0, 200);
    let again = finish(good).await;
    assert_eq!(code(&again), (400, "invalid_pending_authentication_token"));
}

#[actix_web::test]
async fn an_organisation_that_wants_a_factor_has_one_enrolled() {
    let workos = workos();
    let choice = password(&workos, "multi@acme.test").await;
    assert_eq!(code(&choice), (403, "organization_selection_required"));
    assert_eq!(choice.1["organizations"].as_array().unwrap().len(), 4);
    let enrolment = authenticate(
        &workos,
        json!({
            "grant_type": ORGANIZATION,
            "pending_authentication_token": choice.1["pending_authentication_token"],
            "organization_id": "org_01MFA",
        }),
    );
    let enrolment = enrolment.await;
    assert_eq!(code(&enrolment), (403, "mfa_enrollment"));
    let factors = "/user_management/users/user_01MULTI/auth_factors";
    let (status, enrolled) = post(&workos, factors, json!({ "type": "totp" })).await;
    assert_eq!(status, 201);
    let (status, tokens) = authenticate(
        &workos,
        json!({
            "grant_type": TOTP,
            "code": workos.totp("multi@acme.test"),
            "pending_authentication_token": enrolment.1["pending_authentication_token"],
            "authentication_challenge_id": enrolled["authentication_challenge"]["id"],
        }),
    )
    .await;
    assert_eq!(
        (status, &tokens["organization_id"]),
        (200, &json!("org_01MFA"))
    );
}

#[actix_web::test]
async fn an_organisation_of_others_cannot_be_chosen_and_the_choice_stays_open() {
    let workos = workos();
    let (_, choice) = password(&workos, "multi@acme.test").await;
    let choose = |organization: &'static str| {
        authenticate(
            &workos,
            json!({
                "grant_type": ORGANIZATION,
                "pending_authentication_token": choice["pending_authentication_token"],
                "organization_id": organization,
            }),
        )
    };
    assert_eq!(
        code(&choose("org_other").await),
        (400, "invalid_organization_id")
    );
    let sso = choose("org_01SSO").await;
    assert_eq!(code(&sso), (400, "sso_required"));
    assert_eq!(sso.1["connection_ids"], json!(["conn_01SSO"]));
}

#[actix_web::test]
async fn an_address_is_verified_by_the_code_that_was_mailed() {
    let workos = workos();
    let first = password(&workos, "unverified@acme.test").await;
    assert_eq!(code(&first), (403, "email_verification_required"));
    let finish = |code: String| {
        authenticate(
            &workos,
            json!({
                "grant_type": EMAIL,
                "code": code,
                "pending_authentication_token": first.1["pending_authentication_token"],
            }),
        )
    };
    assert_eq!(
        code(&finish("nonsense".into()).await),
        (400, "invalid_one_time_code")
    );
    let (status, tokens) = finish(workos.last_mail("unverified@acme.test").unwrap()).await;
    assert_eq!(
        (status, &tokens["user"]["email_verified"]),
        (200, &json!(true))
    );
    assert_eq!(password(&workos, "unverified@acme.test").await.0, 200);
}

#[actix_web::test]
async fn a_code_by_mail_signs_in_once_also_somebody_new() {
    let workos = workos();
    for email in ["loner@acme.test", "new@acme.test"] {
        let (status, magic) = post(
            &workos,
            "/user_management/magic_auth",
            json!({ "email": email }),
        )
        .await;
        assert_eq!(status, 201);
        assert_eq!(magic["code"].as_str(), workos.last_mail(email).as_deref());
        let fields = json!({ "grant_type": MAGIC_AUTH, "code": magic["code"], "email": email });
        let (status, tokens) = authenticate(&workos, fields.clone()).await;
        assert_eq!(
            (status, &tokens["authentication_method"]),
            (200, &json!("MagicAuth"))
        );
        let again = authenticate(&workos, fields).await;
        assert_eq!(code(&again), (400, "invalid_one_time_code"));
    }
    let email = "loner@acme.test";
    let (_, magic) = post(
        &workos,
        "/user_management/magic_auth",
        json!({ "email": email }),
    )
    .await;
    workos.advance(Duration::from_secs(600));
    let late = json!({ "grant_type": MAGIC_AUTH, "code": magic["code"], "email": email });
    let late = authenticate(&workos, late).await;
    assert_eq!(code(&late), (400, "invalid_one_time_code"));
}

#[actix_web::test]
async fn a_half_finished_sign_in_may_be_finished_for_ten_minutes() {
    let workos = workos();
    let (_, choice) = password(&workos, "multi@acme.test").await;
    workos.advance(Duration::from_secs(600));
    let late = authenticate(
        &workos,
        json!({
            "grant_type": ORGANIZATION,
            "pending_authentication_token": choice["pending_authentication_token"],
            "organization_id": "org_01ACME",
        }),
    );
    assert_eq!(
        code(&late.await),
        (400, "invalid_pending_authentication_token")
    );
}

#[actix_web::test]
async fn a_device_waits_until_somebody_decides() {
    let workos = workos();
    let (status, device) = {
        let url = format!("{}/user_management/authorize/device", workos.origin());
        let body = json!({ "client_id": workos.client_id() });
        answer(crate::client::http().post(url).body(body.to_string())).await
    };
    assert_eq!((status, &device["interval"]), (200, &json!(5)));
    let poll = || {
        let fields = json!({ "grant_type": DEVICE, "device_code": device["device_code"] });
        authenticate(&workos, fields)
    };
    assert_eq!(code(&poll().await), (400, "authorization_pending"));
    assert_eq!(code(&poll().await), (400, "slow_down"));
    workos.advance(Duration::from_secs(5));
    assert_eq!(code(&poll().await), (400, "authorization_pending"));
    assert!(!workos.approve_device("another", "alice@acme.test"));
    let user_code = device["user_code"].as_str().unwrap();
    assert!(workos.approve_device(user_code, "alice@acme.test"));
    let (status, tokens) = poll().await;
    assert_eq!(
        (status, &tokens["user"]["id"]),
        (200, &json!("user_01ALICE"))
    );
    assert_eq!(code(&poll().await), (400, "invalid_grant"));
}

#[actix_web::test]
async fn what_was_asked_is_recorded_without_secrets() {
    let workos = workos();
    let tokens = tokens(&workos, "alice@acme.test", &[]).await;
    refresh(&workos, &tokens, "org_01OTHER").await;
    let grants = workos.grants();
    assert_eq!(grants[0].grant_type, "authorization_code");
    assert_eq!((grants[0].code_verifier, &grants[0].error), (true, &None));
    assert_eq!(grants[1].organization_id.as_deref(), Some("org_01OTHER"));
    assert_eq!(grants[1].error.as_deref(), Some("invalid_organization_id"));
    let shown = format!("{grants:?} {workos:?}");
    let refresh_token = tokens["refresh_token"].as_str().unwrap();
    assert!(!shown.contains(refresh_token) && !shown.contains(workos.api_key()));
}
