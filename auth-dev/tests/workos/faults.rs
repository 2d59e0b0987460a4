use std::time::Duration;

use auth_dev::DevWorkOs;
use auth_dev::workos::{Endpoint, Fault};

use super::client::*;
use crate::client::http;

#[actix_web::test]
async fn a_fault_is_played_once_or_until_healed_and_counted() {
    let workos = workos();
    workos.fail_next(Endpoint::Authenticate, Fault::Unavailable);
    assert_eq!(password(&workos, "loner@acme.test").await.0, 503);
    assert_eq!(password(&workos, "loner@acme.test").await.0, 200);
    workos.fail_always(Endpoint::Jwks, Fault::NotJson);
    let jwks = format!("/sso/jwks/{}", workos.client_id());
    for _ in 0..2 {
        let (status, body) = get(&workos, &jwks).await;
        assert_eq!((status, body), (200, serde_json::Value::Null));
    }
    workos.heal();
    assert!(get(&workos, &jwks).await.1["keys"].is_array());
    assert_eq!(workos.requests(Endpoint::Authenticate), 2);
    assert_eq!(workos.requests(Endpoint::Jwks), 3);
    assert_eq!(workos.requests(Endpoint::Api), 0);
}

#[actix_web::test]
async fn too_many_requests_say_when_to_come_back() {
    let workos = workos();
    let retry_after = Duration::from_secs(7);
    workos.fail_next(Endpoint::Api, Fault::RateLimited { retry_after });
    let url = format!("{}/user_management/users", workos.origin());
    let response = http().get(url).send().await.unwrap();
    assert_eq!(response.status(), 429);
    assert_eq!(response.headers()["retry-after"], "7");
    assert!(response.headers().contains_key("x-request-id"));
}

#[actix_web::test]
async fn silence_is_no_answer_and_ends_with_the_service() {
    let workos = workos();
    workos.fail_next(Endpoint::Jwks, Fault::Silent);
    let jwks = format!("{}/sso/jwks/{}", workos.origin(), workos.client_id());
    let asked = actix_web::rt::spawn(http().get(jwks).send());
    while workos.requests(Endpoint::Jwks) == 0 {
        actix_web::rt::task::yield_now().await;
    }
    assert!(!asked.is_finished());
    drop(workos);
    assert!(asked.await.unwrap().is_err());
}

#[actix_web::test]
async fn nothing_is_done_when_a_grant_is_refused_on_purpose() {
    let workos = workos();
    let first = tokens(&workos, "alice@acme.test", &[]).await;
    workos.fail_next(Endpoint::Authenticate, Fault::InvalidGrant);
    assert_eq!(
        refresh(&workos, &first, "").await.1["error"],
        "invalid_grant"
    );
    assert_eq!(refresh(&workos, &first, "").await.0, 200);
}

#[test]
fn it_listens_on_loopback_under_its_own_name_and_a_taken_port_is_refused() {
    let workos = DevWorkOs::start().unwrap();
    assert!(workos.origin().starts_with("http://127.0.0.1:"));
    let again = DevWorkOs::builder().port(workos.port()).start();
    assert!(matches!(
        again,
        Err(auth_dev::DevProviderError::Listen { .. })
    ));
    let environment = workos.environment();
    assert!(environment.contains(&("WORKOS_API_PORT", workos.port().to_string())));
}

#[actix_web::test]
async fn another_name_that_points_here_gets_nothing() {
    let workos = workos();
    let request = http().get(authorization_url(&workos, &[]));
    let response = request.header("host", "evil.example").send().await.unwrap();
    assert_eq!(response.status(), 421);
}
