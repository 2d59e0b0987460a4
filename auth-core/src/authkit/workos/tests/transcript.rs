//! What was recorded: the requests are to be ours, field by field, and the answers understood.

use http::Method;

use super::*;
use crate::secret::Secret;

/// Makes a call, and compares what was sent with the exchange of this name.
fn play<T>(name: &str, call: impl AsyncFnOnce(WorkOs) -> T) -> T {
    let exchange = Emulator::recorded(name);
    let (request, response) = (&exchange["request"], &exchange["response"]);
    let status = u16::try_from(response["status"].as_u64().unwrap()).unwrap();
    let emulator = Emulator::new().json(status, &response["body"]);
    let result = block_on(call(emulator.workos()));

    let asked = emulator.asked();
    let [sent] = asked.as_slice() else {
        panic!("{name}: {} requests", asked.len());
    };
    assert_eq!(sent.method().as_str(), request["method"], "{name}");
    let path = sent.uri().path_and_query().unwrap().as_str();
    assert_eq!(path, request["path"], "{name}");
    assert_eq!(sent.uri().host(), Some("api.workos.com"));
    assert_eq!(sent.headers()["authorization"], format!("Bearer {API_KEY}"));
    assert!(sent.headers()["authorization"].is_sensitive());
    let body: Value = serde_json::from_slice(sent.body()).unwrap_or_default();
    assert_eq!(body, request["body"], "{name}");
    let has_body = sent.headers().contains_key("content-type");
    assert_eq!(has_body, !sent.body().is_empty(), "{name}");
    let is_post = sent.method() == Method::POST;
    assert_eq!(sent.headers().contains_key("idempotency-key"), is_post);
    result
}

/// The text at this place of the recorded request.
fn sent(name: &str, member: &str) -> String {
    let body = &Emulator::recorded(name)["request"]["body"];
    body[member].as_str().unwrap().to_owned()
}

fn secret(name: &str, member: &str) -> Secret<String> {
    sent(name, member).into()
}

fn authenticate(
    name: &str,
    request: impl Into<AuthenticationRequest> + Send,
) -> Result<AuthenticationResponse, WorkOsError> {
    play(name, async |workos: WorkOs| {
        workos.authenticate(request).await
    })
}

fn refused(name: &str, grant: Grant) -> Refusal {
    match authenticate(name, grant) {
        Err(WorkOsError::Refused(refusal)) => *refusal,
        other => panic!("{name}: {other:?}"),
    }
}

fn code(name: &str) -> Grant {
    let body = &Emulator::recorded(name)["request"]["body"];
    Grant::AuthorizationCode {
        code: secret(name, "code"),
        code_verifier: body["code_verifier"].as_str().map(Secret::from),
        invitation_token: None,
    }
}

fn refresh(name: &str) -> Grant {
    let body = &Emulator::recorded(name)["request"]["body"];
    Grant::RefreshToken {
        refresh_token: secret(name, "refresh_token"),
        organization_id: body["organization_id"].as_str().map(str::to_owned),
    }
}

fn password(name: &str) -> Grant {
    Grant::Password {
        email: sent(name, "email"),
        password: secret(name, "password"),
        invitation_token: None,
    }
}

#[test]
fn a_code_is_traded_for_tokens() {
    let name = "code: success";
    let request = AuthenticationRequest::new(code(name))
        .ip_address("203.0.113.42")
        .user_agent("Mozilla/5.0");
    let response = authenticate(name, request).unwrap();
    let body = &Emulator::recorded(name)["response"]["body"];
    assert_eq!(response.user.id, "user_01ALICE");
    assert_eq!(response.user.last_name.as_deref(), Some("Ünïcode"));
    assert!(response.user.email_verified);
    assert_eq!(response.organization_id.as_deref(), Some("org_01ACME"));
    assert_eq!(
        response.access_token.expose(),
        body["access_token"].as_str().unwrap()
    );
    assert_eq!(
        response.refresh_token.expose(),
        body["refresh_token"].as_str().unwrap()
    );
    let method = response.authentication_method.as_ref();
    assert_eq!(method, Some(&AuthenticationMethod::GoogleOAuth));
    assert!(response.impersonator.is_none() && response.oauth_tokens.is_none());
    let shown = format!("{response:?}");
    assert!(
        !shown.contains("eyJ") && !shown.contains("ref_") && !shown.contains('@'),
        "{shown}"
    );
}

#[test]
fn a_code_that_is_not_ours_to_use_is_an_invalid_grant() {
    for name in ["code: wrong PKCE verifier", "code: replay"] {
        let refusal = refused(name, code(name));
        assert_eq!(
            (refusal.status, refusal.code),
            (400, Some(ErrorCode::InvalidGrant))
        );
    }
    let name = "code: missing verifier";
    assert_eq!(
        refused(name, code(name)).code,
        Some(ErrorCode::InvalidRequest)
    );
}

#[test]
fn a_refresh_token_is_traded_once() {
    let response = authenticate("refresh: success", refresh("refresh: success")).unwrap();
    assert_eq!(
        response.refresh_token.expose(),
        "ref_01M80M3XPGPF1AE2KWG3E48Z55"
    );
    let name = "refresh: replay of rotated token";
    let error = authenticate(name, refresh(name)).unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::InvalidGrant));
    assert!(error.ends_session() && !error.is_transient());
}

#[test]
fn a_password_signs_in_or_is_wrong() {
    let response = authenticate("password: success", password("password: success")).unwrap();
    assert_eq!(
        response.authentication_method,
        Some(AuthenticationMethod::Password)
    );
    let refusal = refused("password: wrong", password("password: wrong"));
    assert_eq!(refusal.code, Some(ErrorCode::InvalidCredentials));
    let shown = format!("{refusal} {refusal:?}");
    assert!(!shown.contains('@') && !shown.contains("nope"), "{shown}");
}

#[test]
fn an_organization_is_chosen_and_signed_in_to() {
    let name = "password: organization_selection_required";
    let refusal = refused(name, password(name));
    let Some(NextStep::OrganizationSelection { organizations }) = refusal.next else {
        panic!("{refusal:?}");
    };
    assert_eq!(organizations[1].name, "Beta");
    assert_eq!(refusal.user.unwrap().id, "user_01MULTI");
    let grant = Grant::OrganizationSelection {
        organization_id: organizations[1].id.clone(),
        pending_authentication_token: refusal.pending_authentication_token.unwrap(),
    };
    let response = authenticate("organization-selection: success", grant).unwrap();
    assert_eq!(response.organization_id.as_deref(), Some("org_02BETA"));
}

#[test]
fn an_address_is_verified_and_the_sign_in_finished() {
    let name = "password: email_verification_required";
    let refusal = refused(name, password(name));
    let Some(NextStep::EmailVerification {
        email,
        email_verification_id,
    }) = &refusal.next
    else {
        panic!("{refusal:?}");
    };
    assert_eq!(email.as_deref(), Some("unverified@acme.com"));
    let id = email_verification_id.clone().unwrap();
    let verification = play("GET email_verification", async |workos: WorkOs| {
        workos.email_verification(&id).await.unwrap()
    });
    assert_eq!(verification.user_id.as_deref(), Some("user_01UNVER"));
    let code = verification.code.clone().unwrap();
    assert!(!format!("{verification:?}").contains(code.expose()));

    let pending = refusal.pending_authentication_token.unwrap();
    let with = |code: Secret<String>| Grant::EmailVerification {
        code,
        pending_authentication_token: pending.clone(),
    };
    let bad = refused("email-verification: bad code", with("000000".into()));
    assert_eq!(bad.code, Some(ErrorCode::Other("invalid_code".into())));
    let response = authenticate("email-verification: success", with(code)).unwrap();
    assert!(response.user.email_verified);
}

#[test]
fn a_second_factor_is_asked_for() {
    let name = "password: mfa_challenge";
    let refusal = refused(name, password(name));
    let Some(NextStep::MfaChallenge {
        authentication_challenge_id,
        ..
    }) = refusal.next
    else {
        panic!("{refusal:?}");
    };
    let grant = Grant::Totp {
        code: "000000".into(),
        pending_authentication_token: refusal.pending_authentication_token.unwrap(),
        authentication_challenge_id: authentication_challenge_id.unwrap(),
    };
    let refusal = refused("mfa-totp: bad code", grant);
    assert_eq!(refusal.code, Some(ErrorCode::InvalidOneTimeCode));
}

#[test]
fn a_code_by_e_mail_signs_in_once() {
    let code = play("magic_auth: create", async |workos: WorkOs| {
        workos.create_magic_auth("alice@acme.com").await.unwrap()
    });
    let grant = Grant::MagicAuth {
        email: code.email.clone(),
        code: code.code.clone().unwrap(),
        invitation_token: None,
        link_authorization_code: None,
    };
    let response = authenticate("magic-auth: success", grant.clone()).unwrap();
    assert_eq!(
        response.authentication_method,
        Some(AuthenticationMethod::MagicAuth)
    );
    let refusal = refused("magic-auth: replay", grant);
    assert_eq!(refusal.code, Some(ErrorCode::InvalidOneTimeCode));
}

#[test]
fn whoever_impersonates_is_named() {
    let name = "impersonation: success";
    let response = authenticate(name, password(name)).unwrap();
    let impersonator = response.impersonator.unwrap();
    assert_eq!(impersonator.email, "admin@foocorp.com");
    assert_eq!(impersonator.reason.as_deref(), Some("debugging"));
    assert_eq!(format!("{impersonator:?}"), "Impersonator { .. }");
}

#[test]
fn a_factor_is_enrolled_and_listed() {
    let enrolled = play("enroll TOTP", async |workos: WorkOs| {
        let enrolled = workos.enroll_auth_factor("user_01ALICE", "App", "alice@acme.com");
        enrolled.await.unwrap()
    });
    let totp = enrolled.authentication_factor.totp.unwrap();
    assert_eq!((&*totp.issuer, &*totp.user), ("App", "alice@acme.com"));
    assert!(
        totp.uri
            .as_ref()
            .unwrap()
            .expose()
            .starts_with("otpauth://totp/App:alice")
    );
    assert!(!format!("{totp:?}").contains("F82CD639"));
    let factors = play("list auth factors", async |workos: WorkOs| {
        let page = PageRequest::default();
        workos.list_auth_factors("user_01MFA", &page).await.unwrap()
    });
    assert_eq!(factors.data[0].id, "auth_factor_01M80M3XKQE7DT4VDRYQ74A6D5");
}

#[test]
fn a_key_that_is_none_stands_for_nothing() {
    let key = play("api key validation: invalid", async |workos: WorkOs| {
        workos.validate_api_key(&"sk_nope".into()).await.unwrap()
    });
    assert!(key.is_none());
}

#[test]
fn the_sessions_of_a_user_are_listed() {
    let sessions = play("list sessions", async |workos: WorkOs| {
        let page = PageRequest::default();
        workos.list_sessions("user_01ALICE", &page).await.unwrap()
    });
    assert_eq!(sessions.data.len(), 3);
    assert_eq!((&sessions.before, &sessions.after), (&None, &None));
    let first = &sessions.data[0];
    assert_eq!(first.status, SessionStatus::Active);
    assert_eq!(first.auth_method.as_deref(), Some("oauth"));
    assert_eq!(first.user_agent.as_deref(), Some("node"));
}
