use std::time::Duration;

use auth_dev::workos::{Endpoint, Fault};
use serde_json::{Value, json};

use super::client::*;

fn error((status, body): &Answer) -> (u16, &str) {
    (*status, body["error"].as_str().unwrap_or_default())
}

#[actix_web::test]
async fn a_token_is_rotated_and_its_replay_gets_the_same_pair_for_30_seconds() {
    let workos = workos();
    let first = tokens(&workos, "alice@acme.test", &[]).await;
    let (_, second) = refresh(&workos, &first, "").await;
    assert_ne!(first["refresh_token"], second["refresh_token"]);
    workos.advance(Duration::from_secs(30));
    assert_eq!(refresh(&workos, &first, "").await, (200, second.clone()));
    workos.advance(Duration::from_secs(1));
    assert_eq!(
        error(&refresh(&workos, &first, "").await),
        (400, "invalid_grant")
    );
    // A late replay is refused, and the session lives on.
    assert_eq!(refresh(&workos, &second, "").await.0, 200);
}

#[actix_web::test]
async fn a_rotation_whose_answer_was_lost_is_given_again() {
    let workos = workos();
    let first = tokens(&workos, "alice@acme.test", &[]).await;
    workos.fail_next(Endpoint::Authenticate, Fault::AnswerLost);
    assert_eq!(refresh(&workos, &first, "").await.0, 502);
    let (status, second) = refresh(&workos, &first, "").await;
    assert_eq!(status, 200);
    assert_eq!(refresh(&workos, &second, "").await.0, 200);
}

#[actix_web::test]
async fn a_session_keeps_its_sign_in_time_and_its_id() {
    let workos = workos();
    let first = tokens(&workos, "alice@acme.test", &[]).await;
    workos.advance(Duration::from_secs(400));
    let (_, second) = refresh(&workos, &first, "").await;
    let (old, new) = (claims(&first), claims(&second));
    assert_eq!(
        (&old["sid"], &old["auth_time"]),
        (&new["sid"], &new["auth_time"])
    );
    assert_ne!(old["jti"], new["jti"]);
    // The clock goes on meanwhile.
    let later = new["iat"].as_i64().unwrap() - old["iat"].as_i64().unwrap();
    assert!((400..410).contains(&later), "{later}");
}

#[actix_web::test]
async fn another_organisation_is_entered_with_its_rights() {
    let workos = workos();
    let first = tokens(&workos, "multi@acme.test", &[]).await;
    assert_eq!(claims(&first)["org_id"], "org_01ACME");
    let (status, second) = refresh(&workos, &first, "org_01BETA").await;
    assert_eq!(
        (status, &second["organization_id"]),
        (200, &json!("org_01BETA"))
    );
    let claims = claims(&second);
    assert_eq!(claims["feature_flags"], json!(["new-editor"]));
    assert_eq!(claims.get("entitlements"), None::<&Value>);
    // And stays entered.
    let (_, third) = refresh(&workos, &second, "").await;
    assert_eq!(third["organization_id"], "org_01BETA");
}

#[actix_web::test]
async fn a_closed_door_leaves_the_session_as_it_was() {
    let workos = workos();
    let first = tokens(&workos, "multi@acme.test", &[]).await;
    for (organization, status, code) in [
        ("org_01SSO", 400, "sso_required"),
        ("org_01MFA", 403, "mfa_enrollment"),
        ("org_01OTHER", 400, "invalid_organization_id"),
    ] {
        let (got, body) = refresh(&workos, &first, organization).await;
        let named = body.get("code").or(body.get("error")).unwrap();
        assert_eq!((got, named), (status, &json!(code)));
    }
    let (status, second) = refresh(&workos, &first, "").await;
    assert_eq!(
        (status, &second["organization_id"]),
        (200, &json!("org_01ACME"))
    );
}

#[actix_web::test]
async fn a_session_that_has_ended_is_not_refreshed() {
    let workos = workos();
    for end in ["logout", "revoke", "dashboard", "reset"] {
        let tokens = tokens(&workos, "alice@acme.test", &[]).await;
        let sid = claims(&tokens)["sid"].clone();
        match end {
            "logout" => {
                let path = "/user_management/sessions/logout?session_id=";
                let url = format!("{}{path}{}", workos.origin(), sid.as_str().unwrap());
                assert_eq!(answer(crate::client::http().get(url)).await.0, 200);
            }
            "revoke" => {
                let fields = json!({ "session_id": sid });
                let (_, session) = post(&workos, "/user_management/sessions/revoke", fields).await;
                assert_eq!(session["status"], "revoked");
            }
            "dashboard" => workos.end_sessions("alice@acme.test"),
            _ => {
                let email = json!({ "email": "alice@acme.test" });
                post(&workos, "/user_management/password_reset", email).await;
                let fields = json!({
                    "token": workos.last_mail("alice@acme.test"), "new_password": "another",
                });
                let path = "/user_management/password_reset/confirm";
                assert_eq!(post(&workos, path, fields.clone()).await.0, 200);
                assert_eq!(
                    post(&workos, path, fields).await.0,
                    400,
                    "a token is good once"
                );
            }
        }
        assert_eq!(
            error(&refresh(&workos, &tokens, "").await),
            (400, "invalid_grant"),
            "{end}"
        );
    }
    assert_eq!(
        password(&workos, "alice@acme.test").await.1["code"],
        "invalid_credentials"
    );
}
