//! Every refusal that WorkOS documents, and what it says of a session.

use std::time::Duration;

use http::Response;

use super::*;
use crate::http::HttpError;

fn refresh() -> Grant {
    Grant::RefreshToken {
        refresh_token: "ref_s3cret".into(),
        organization_id: None,
    }
}

fn refusal(status: u16, body: &Value) -> Refusal {
    Refusal::parse(status, body.to_string().as_bytes()).unwrap()
}

/// In the envelope of the API, and in that of OAuth 2.0.
fn in_both(code: &str) -> [Refusal; 2] {
    let message = "Invalid credentials for 'alice@acme.com'.";
    [
        refusal(400, &json!({"code": code, "message": message})),
        refusal(400, &json!({"error": code, "error_description": message})),
    ]
}

#[test]
fn every_documented_code_is_known_in_both_envelopes() {
    #[rustfmt::skip]
    let documented = [
        "email_verification_required", "mfa_enrollment", "mfa_challenge", "mfa_verification",
        "organization_selection_required", "sso_required",
        "organization_authentication_methods_required", "authentication_method_not_allowed",
        "email_password_auth_disabled", "passkey_progressive_enrollment", "radar_challenge",
        "radar_sign_up_challenge", "radar_sms_sign_in_challenge", "application_consent_required",
        "radar_email_challenge", "radar_sms_challenge", "invalid_grant", "invalid_request",
        "invalid_client", "unauthorized_client", "invalid_profile", "invitation_invalid",
        "invitation_cannot_be_used_for_email", "invalid_connection", "sign_up_not_allowed",
        "invalid_link_authorization_code", "extra_attributes_required", "pkce_not_supported",
        "authorization_pending", "slow_down", "expired_token", "access_denied",
        "invalid_credentials", "invalid_one_time_code", "one_time_code_expired",
        "one_time_code_previously_used", "one_time_code_too_many_attempts",
        "invalid_pending_authentication_token", "invalid_organization_id",
        "code_challenge_not_found", "user_mismatch", "phone_number_required",
        "verification_id_required", "invalid_request_parameters", "unauthorized",
        "daily_quota_exceeded", "too_many_requests", "rate_limit_exceeded",
    ];
    assert_eq!(documented.len(), ErrorCode::KNOWN.len());
    for code in documented {
        for refusal in in_both(code) {
            let read = refusal.code.as_ref().unwrap();
            assert!(ErrorCode::KNOWN.contains(read), "{code}");
            let shown = format!("{refusal} {refusal:?}");
            assert!(shown.contains(code) && !shown.contains("alice"), "{shown}");
        }
    }
}

#[test]
fn the_code_of_the_api_goes_before_that_of_oauth() {
    let both = json!({"code": "mfa_enrollment", "error": "invalid_grant"});
    assert_eq!(refusal(403, &both).code, Some(ErrorCode::MfaEnrollment));
}

#[test]
fn each_next_step_carries_what_it_needs() {
    let step = |body: &Value| refusal(403, body).next;
    let pending = json!({"code": "mfa_enrollment", "pending_authentication_token": "p",
        "user": {"id": "user_1", "email": "a@b.example"}});
    let enrollment = refusal(403, &pending);
    assert!(matches!(enrollment.next, Some(NextStep::MfaEnrollment)));
    assert_eq!(
        enrollment.pending_authentication_token.unwrap().expose(),
        "p"
    );
    assert_eq!(enrollment.user.unwrap().id, "user_1");

    let body = json!({"code": "mfa_challenge", "authentication_factors":
        [{"id": "auth_factor_1", "type": "totp"}]});
    let Some(NextStep::MfaChallenge {
        authentication_factors,
        ..
    }) = step(&body)
    else {
        panic!("{body}");
    };
    assert_eq!(authentication_factors[0].id, "auth_factor_1");
    assert_eq!(authentication_factors[0].kind, "totp");

    let body = json!({"error": "sso_required", "email": "a@b.example",
        "connection_ids": ["conn_1"]});
    let Some(NextStep::Sso {
        email,
        connection_ids,
    }) = step(&body)
    else {
        panic!("{body}");
    };
    assert_eq!(
        (email.as_deref(), &*connection_ids[0]),
        (Some("a@b.example"), "conn_1")
    );

    let body = json!({"error": "organization_authentication_methods_required",
        "email": "a@b.example", "sso_connection_ids": ["conn_2"],
        "auth_methods": {"google_oauth": true, "password": false}});
    let Some(NextStep::OrganizationAuthenticationMethods {
        sso_connection_ids,
        auth_methods,
        ..
    }) = step(&body)
    else {
        panic!("{body}");
    };
    assert_eq!(sso_connection_ids, ["conn_2"]);
    assert!(auth_methods["google_oauth"] && !auth_methods["password"]);

    let radar = [
        "challenge",
        "sign_up_challenge",
        "sms_sign_in_challenge",
        "email_challenge",
        "sms_challenge",
    ];
    for challenge in radar {
        let body = json!({"code": format!("radar_{challenge}"), "radar_challenge_id": "r"});
        let Some(NextStep::RadarChallenge { radar_challenge_id }) = step(&body) else {
            panic!("{body}");
        };
        assert_eq!(radar_challenge_id.as_deref(), Some("r"));
    }
    assert!(step(&json!({"code": "invalid_grant"})).is_none());
}

#[test]
fn a_redirect_is_to_a_web_page() {
    let url =
        |text: &str| refusal(400, &json!({"authkit_redirect_url": text})).authkit_redirect_url;
    assert_eq!(
        url("https://auth.example/x").unwrap().as_str(),
        "https://auth.example/x"
    );
    assert_eq!(url("javascript:alert(1)"), None);
    assert_eq!(url("/relative"), None);
}

#[test]
fn what_cannot_be_read_of_a_refusal_is_absent() {
    let odd = json!({"code": 7, "error": "invalid_grant", "user": "x",
        "pending_authentication_token": ["p"]});
    let odd = refusal(400, &odd);
    assert_eq!(odd.code, Some(ErrorCode::InvalidGrant));
    assert!(odd.user.is_none() && odd.pending_authentication_token.is_none());
    for code in ["", "a b", "a\nb", "<b>", &"x".repeat(101)] {
        assert_eq!(
            refusal(400, &json!({ "code": code })).code,
            None,
            "{code:?}"
        );
    }
}

#[test]
fn a_page_that_stands_between_us_and_workos_judges_nothing() {
    for body in [&b""[..], b"<html>", b"[]", b"null", b"\xff", b"{\"code\":"] {
        assert!(Refusal::parse(403, body).is_none());
        for status in [408, 429, 502] {
            let refusal = Refusal::parse(status, body).unwrap();
            assert!(refusal.code.is_none() && refusal.next.is_none());
        }
    }
    let answer = Response::builder().status(403).body(b"<html>".to_vec());
    let emulator = Emulator::new().answer(Ok(answer.unwrap()));
    let error = block_on(emulator.workos().authenticate(refresh())).unwrap_err();
    assert!(matches!(error, WorkOsError::Malformed { status: 403, .. }));
    assert!(error.is_transient() && !error.ends_session());
}

/// What a refresh that was answered so comes to, after all retries.
fn refresh_answered(status: u16, body: &Value) -> WorkOsError {
    let emulator = (0..4).fold(Emulator::new(), |it, _| it.json(status, body));
    block_on(emulator.workos().authenticate(refresh())).unwrap_err()
}

#[test]
fn a_session_ends_by_a_judgement_on_it_and_by_nothing_else() {
    let none = json!({});
    for (status, body) in [
        (400, json!({"error": "invalid_grant"})),
        (403, json!({"code": "mfa_enrollment"})),
        (403, json!({"error": "sso_required"})),
        (404, json!({"message": "not found"})),
    ] {
        let error = refresh_answered(status, &body);
        assert!(
            error.ends_session() && !error.is_transient(),
            "{status} {body}"
        );
    }
    for status in [408, 429, 500, 502, 503, 504, 599] {
        let error = refresh_answered(status, &none);
        assert!(error.is_transient() && !error.ends_session(), "{status}");
    }
    for (status, body) in [
        (401, json!({"code": "unauthorized"})),
        (400, json!({"error": "invalid_client"})),
        (400, json!({"error": "unauthorized_client"})),
    ] {
        let error = refresh_answered(status, &body);
        assert!(error.is_configuration() && !error.ends_session() && !error.is_transient());
    }
    let error = refresh_answered(200, &none);
    assert!(matches!(error, WorkOsError::Malformed { status: 200, .. }));
    assert!(error.is_transient() && !error.ends_session());
}

#[test]
fn what_kept_the_request_from_being_sent_is_told_from_what_kept_the_answer() {
    let error = |error: HttpError| {
        let emulator = Emulator::new().answer(Err(error));
        block_on(emulator.workos().authenticate(refresh())).unwrap_err()
    };
    let forbidden = error(HttpError::ForbiddenScheme);
    assert!(forbidden.is_configuration() && !forbidden.is_transient());
    for answer in [HttpError::TooLarge, HttpError::Redirected(302)] {
        let error = error(answer);
        assert!(error.is_transient() && !error.is_configuration() && !error.ends_session());
    }
}

#[test]
fn a_refusal_names_its_request_and_how_long_to_wait() {
    let answer = |id: &'static str, wait: &'static str| {
        let answer = Response::builder()
            .status(422)
            .header("x-request-id", id)
            .header("retry-after", wait)
            .body(br#"{"code":"invalid_request_parameters","errors":[]}"#.to_vec())
            .unwrap();
        let emulator = Emulator::new().answer(Ok(answer));
        let error = block_on(emulator.workos().authenticate(refresh())).unwrap_err();
        let refusal = error.refusal().unwrap();
        (refusal.request_id.clone(), refusal.retry_after)
    };
    let second = Some(Duration::from_secs(7));
    assert_eq!(answer("req_1", "7"), (Some("req_1".into()), second));
    assert_eq!(answer("a b", "soon"), (None, None));
    assert_eq!(answer("", "3600"), (None, Some(Duration::from_secs(60))));
}

#[test]
fn errors_hold_no_secret() {
    let bodies = [
        json!({"error": "invalid_grant", "error_description": "ref_s3cret"}),
        json!({"code": "email_verification_required", "email": "alice@acme.com",
            "pending_authentication_token": "pending_s3cret",
            "user": {"id": "user_1", "email": "alice@acme.com"}}),
        json!({"access_token": "s3cret", "refresh_token": 7}),
    ];
    for body in bodies {
        for status in [200, 400] {
            let error = refresh_answered(status, &body);
            let mut texts = format!("{error} {error:?}");
            let mut source = std::error::Error::source(&error);
            while let Some(error) = source {
                texts.push_str(&format!("{error} {error:?}"));
                source = error.source();
            }
            assert!(
                !texts.contains("s3cret") && !texts.contains("alice"),
                "{texts}"
            );
            assert!(!texts.contains(API_KEY), "{texts}");
        }
    }
}
