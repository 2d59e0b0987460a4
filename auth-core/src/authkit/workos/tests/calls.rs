//! The calls that were not recorded, as WorkOS documents them.

use http::Request;

use super::*;

/// Makes a call that is answered with `answer`, and returns what was asked.
fn ask<T>(answer: &Value, call: impl AsyncFnOnce(WorkOs) -> T) -> (T, Request<Vec<u8>>) {
    let emulator = Emulator::new().json(200, answer);
    let result = block_on(call(emulator.workos()));
    (result, emulator.asked().remove(0))
}

fn line(request: &Request<Vec<u8>>) -> String {
    format!(
        "{} {}",
        request.method(),
        request.uri().path_and_query().unwrap()
    )
}

fn body(request: &Request<Vec<u8>>) -> Value {
    serde_json::from_slice(request.body()).unwrap()
}

fn user() -> Value {
    json!({"object": "user", "id": "user_1", "email": "a@b.example", "first_name": "A"})
}

#[test]
fn a_user_is_read_by_either_key_and_changed() {
    let (found, asked) = ask(&user(), async |workos: WorkOs| workos.user("user_1").await);
    assert_eq!(line(&asked), "GET /user_management/users/user_1");
    assert_eq!(found.unwrap().first_name.as_deref(), Some("A"));
    let (_, asked) = ask(&user(), async |workos: WorkOs| {
        workos.user_by_external_id("a/../b").await.unwrap()
    });
    assert_eq!(
        line(&asked),
        "GET /user_management/users/external_id/a%2F..%2Fb"
    );
    let update = UserUpdate {
        first_name: Some("B".into()),
        ..UserUpdate::default()
    };
    let (_, asked) = ask(&user(), async |workos: WorkOs| {
        workos.update_user("user_1", &update).await.unwrap()
    });
    assert_eq!(line(&asked), "PUT /user_management/users/user_1");
    assert_eq!(body(&asked), json!({"first_name": "B"}));
    assert!(!asked.headers().contains_key("idempotency-key"));
}

#[test]
fn a_session_is_ended_by_its_id() {
    let (ended, asked) = ask(&json!({}), async |workos: WorkOs| {
        workos.revoke_session("session_1").await
    });
    assert!(ended.is_ok());
    assert_eq!(line(&asked), "POST /user_management/sessions/revoke");
    assert_eq!(body(&asked), json!({"session_id": "session_1"}));
}

#[test]
fn the_memberships_of_a_user_come_a_page_at_a_time() {
    let answer = json!({"object": "list", "list_metadata": {"before": null, "after": "om_1"},
        "data": [{"object": "organization_membership", "id": "om_1", "user_id": "user_1",
            "organization_id": "org_1", "organization_name": "Acme", "status": "active",
            "role": {"slug": "admin"}, "roles": [{"slug": "admin"}], "custom_attributes": {}}]});
    let page = PageRequest::default()
        .limit(1)
        .after("om_0")
        .order(Order::Ascending);
    let (memberships, asked) = ask(&answer, async |workos: WorkOs| {
        let statuses = [MembershipStatus::Active, MembershipStatus::Pending];
        workos
            .organization_memberships("user_1", &statuses, &page)
            .await
    });
    assert_eq!(
        line(&asked),
        "GET /user_management/organization_memberships?user_id=user_1&statuses=active\
         &statuses=pending&limit=1&after=om_0&order=asc"
    );
    let memberships = memberships.unwrap();
    assert_eq!(memberships.after.as_deref(), Some("om_1"));
    let first = &memberships.data[0];
    assert_eq!(first.organization_name.as_deref(), Some("Acme"));
    assert_eq!(first.status, MembershipStatus::Active);
    assert_eq!(first.role.as_ref().unwrap().slug, "admin");
}

#[test]
fn a_page_may_end_before_an_entry() {
    let page = PageRequest::default()
        .before("session_9")
        .order(Order::Descending);
    let (sessions, asked) = ask(&json!({"data": []}), async |workos: WorkOs| {
        workos.list_sessions("user_1", &page).await
    });
    let path = "GET /user_management/users/user_1/sessions";
    assert_eq!(line(&asked), format!("{path}?before=session_9&order=desc"));
    assert!(sessions.unwrap().data.is_empty());
}

#[test]
fn an_organization_is_read() {
    let answer = json!({"object": "organization", "id": "org_1", "name": "Acme", "domains": []});
    let (organization, asked) = ask(&answer, async |workos: WorkOs| {
        workos.organization("org_1").await.unwrap()
    });
    assert_eq!(line(&asked), "GET /organizations/org_1");
    assert_eq!(organization.name, "Acme");
}

#[test]
fn a_key_stands_for_its_owner_and_what_it_permits() {
    let answer = json!({"api_key": {"object": "api_key", "id": "api_key_1", "name": "ci",
        "owner": {"type": "organization", "id": "org_1"}, "obfuscated_value": "sk_...x",
        "permissions": ["posts:read"]}});
    let (key, asked) = ask(&answer, async |workos: WorkOs| {
        workos
            .validate_api_key(&"sk_customer".into())
            .await
            .unwrap()
            .unwrap()
    });
    assert_eq!(line(&asked), "POST /api_keys/validations");
    assert_eq!(body(&asked), json!({"value": "sk_customer"}));
    assert_eq!(
        (&*key.owner.kind, &*key.owner.id),
        ("organization", "org_1")
    );
    assert_eq!(key.permissions, ["posts:read"]);
}

#[test]
fn whether_a_key_is_good_may_be_unknown() {
    let emulator = Emulator::new().json(403, &json!({}));
    let answer = block_on(emulator.workos().validate_api_key(&"sk_customer".into()));
    assert!(answer.is_err());
    let (answer, _) = ask(&json!([]), async |workos: WorkOs| {
        workos.validate_api_key(&"sk_customer".into()).await
    });
    assert!(matches!(answer, Err(WorkOsError::Malformed { .. })));
}

#[test]
fn a_password_is_reset_with_a_token() {
    let answer = json!({"object": "password_reset", "id": "password_reset_1", "user_id": "user_1",
        "email": "a@b.example", "password_reset_token": "s3cret", "expires_at": "x"});
    let (reset, asked) = ask(&answer, async |workos: WorkOs| {
        workos.create_password_reset("a@b.example").await.unwrap()
    });
    assert_eq!(line(&asked), "POST /user_management/password_reset");
    assert_eq!(body(&asked), json!({"email": "a@b.example"}));
    assert!(!format!("{reset:?}").contains("s3cret"));
    let (_, asked) = ask(&json!({"user": user()}), async |workos: WorkOs| {
        let token = reset.token.clone().unwrap();
        workos.reset_password(&token, &"n3w".into()).await.unwrap()
    });
    assert_eq!(line(&asked), "POST /user_management/password_reset/confirm");
    assert_eq!(
        body(&asked),
        json!({"token": "s3cret", "new_password": "n3w"})
    );
}

#[test]
fn an_address_is_asked_to_prove_itself() {
    let (sent, asked) = ask(&json!({"user": user()}), async |workos: WorkOs| {
        workos.send_email_verification("user_1").await
    });
    assert!(sent.is_ok());
    let path = "/user_management/users/user_1/email_verification/send";
    assert_eq!(line(&asked), format!("POST {path}"));
}

#[test]
fn a_factor_is_enrolled_with_its_challenge_and_challenged_again() {
    let challenge = json!({"object": "authentication_challenge", "id": "auth_challenge_1",
        "expires_at": "x", "authentication_factor_id": "auth_factor_1"});
    let answer = json!({"authentication_factor": {"id": "auth_factor_1", "type": "totp", "totp":
        {"issuer": "App", "user": "a", "secret": "s3cret", "qr_code": "data:", "uri": "otpauth:"}},
        "authentication_challenge": challenge});
    let (enrolled, _) = ask(&answer, async |workos: WorkOs| {
        workos
            .enroll_auth_factor("user_1", "App", "a")
            .await
            .unwrap()
    });
    assert_eq!(
        enrolled.authentication_challenge.as_ref().unwrap().id,
        "auth_challenge_1"
    );
    assert!(!format!("{enrolled:?}").contains("s3cret"));
    let (again, asked) = ask(&challenge, async |workos: WorkOs| {
        workos.challenge_factor("auth_factor_1").await.unwrap()
    });
    assert_eq!(line(&asked), "POST /auth/factors/auth_factor_1/challenge");
    assert_eq!(again.id, "auth_challenge_1");
}

#[test]
fn an_id_of_dots_is_no_other_path() {
    let emulator = Emulator::new();
    for id in ["", ".", ".."] {
        let error = block_on(emulator.workos().user(id)).unwrap_err();
        assert!(matches!(error, WorkOsError::PathParameter));
    }
    assert!(emulator.asked().is_empty());
}

#[test]
fn grants_of_radar_and_links_are_written_as_documented() {
    let sent = |grant: Grant| {
        let (_, asked) = ask(&json!({}), async |workos: WorkOs| {
            workos.authenticate(grant).await
        });
        let mut body = body(&asked);
        let members = body.as_object_mut().unwrap();
        assert_eq!(members.remove("client_id").unwrap(), CLIENT_ID);
        assert_eq!(members.remove("client_secret").unwrap(), API_KEY);
        body
    };
    let grant = Grant::RadarEmailChallenge {
        code: "c".into(),
        radar_challenge_id: "r".into(),
        pending_authentication_token: "p".into(),
    };
    assert_eq!(
        sent(grant),
        json!({"grant_type": "urn:workos:oauth:grant-type:radar-email-challenge:code",
            "code": "c", "radar_challenge_id": "r", "pending_authentication_token": "p"})
    );
    let grant = Grant::RadarSmsChallenge {
        code: "c".into(),
        pending_authentication_token: "p".into(),
        verification_id: Some("v".into()),
        phone_number: Some("+1".into()),
    };
    assert_eq!(
        sent(grant),
        json!({"grant_type": "urn:workos:oauth:grant-type:radar-sms-challenge:code", "code": "c",
            "pending_authentication_token": "p", "verification_id": "v", "phone_number": "+1"})
    );
    let grant = Grant::MagicAuth {
        email: "a@b.example".into(),
        code: "c".into(),
        invitation_token: Some("i".into()),
        link_authorization_code: Some("l".into()),
    };
    assert_eq!(
        sent(grant),
        json!({"grant_type": "urn:workos:oauth:grant-type:magic-auth:code", "code": "c",
            "email": "a@b.example", "invitation_token": "i", "link_authorization_code": "l"})
    );
}

#[test]
fn what_is_known_of_the_visitor_goes_along() {
    let grant = Grant::RefreshToken {
        refresh_token: "r".into(),
        organization_id: None,
    };
    let request = AuthenticationRequest::new(grant)
        .ip_address("203.0.113.1")
        .user_agent("UA")
        .device_id("d")
        .signals_id("s")
        .radar_auth_attempt_id("a");
    let (_, asked) = ask(&json!({}), async |workos: WorkOs| {
        workos.authenticate(request).await
    });
    assert_eq!(
        body(&asked),
        json!({"grant_type": "refresh_token", "client_id": CLIENT_ID, "client_secret": API_KEY,
            "refresh_token": "r", "ip_address": "203.0.113.1", "user_agent": "UA",
            "device_id": "d", "signals_id": "s", "radar_auth_attempt_id": "a"})
    );
}

#[test]
fn the_tokens_of_a_provider_are_passed_on() {
    let answer = json!({"user": user(), "access_token": "a", "refresh_token": "r",
        "authkit_authorization_code": "c0de", "authentication_method": "NewOAuth",
        "oauth_tokens": {"provider": "GoogleOAuth", "access_token": "ya29", "refresh_token": "1//",
            "expires_at": 1_735_141_800, "scopes": ["email"]}});
    let grant = Grant::RefreshToken {
        refresh_token: "r".into(),
        organization_id: None,
    };
    let (response, _) = ask(&answer, async |workos: WorkOs| {
        workos.authenticate(grant).await
    });
    let response = response.unwrap();
    let method = AuthenticationMethod::Other("NewOAuth".into());
    assert_eq!(response.authentication_method, Some(method));
    assert_eq!(
        response.authkit_authorization_code.unwrap().expose(),
        "c0de"
    );
    let tokens = response.oauth_tokens.unwrap();
    assert_eq!(
        (tokens.scopes, tokens.expires_at),
        (vec!["email".to_owned()], Some(1_735_141_800))
    );
    assert_eq!(tokens.access_token.expose(), "ya29");
}
