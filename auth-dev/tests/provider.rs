use std::net::TcpListener;

use auth_core::SigningAlgorithm;
use auth_dev::{DEV, DevProvider, DevProviderError};

use crate::client::{get, http};

#[test]
fn it_runs_beside_a_program_without_a_runtime_and_stops_when_dropped() {
    let provider = DevProvider::start().unwrap();
    let address = provider
        .issuer()
        .strip_prefix("http://")
        .unwrap()
        .to_owned();
    assert!(std::net::TcpStream::connect(&address).is_ok());
    drop(provider);
    assert!(std::net::TcpStream::connect(&address).is_err());
}

#[actix_web::test]
async fn two_providers_know_nothing_of_each_other() {
    let one = DevProvider::start().unwrap();
    let two = DevProvider::start().unwrap();
    assert_ne!(one.issuer(), two.issuer());
    assert_ne!(one.client_secret(), two.client_secret());
    assert!(
        get(&format!("{}/jwks", two.issuer()))
            .await
            .status()
            .is_success()
    );
    assert_eq!((one.requests().jwks, two.requests().jwks), (0, 1));
}

#[actix_web::test]
async fn it_stops_while_an_answer_is_held_back() {
    let provider = DevProvider::start().unwrap();
    provider.fail_next(auth_dev::Fault::TokenSlow);
    let approval = crate::client::approve(&provider, &[]);
    let response = crate::client::redeem(&provider, approval.param("code").unwrap()).await;
    assert_eq!(response.status(), 200);
    drop(provider);
    assert!(response.bytes().await.is_err());
}

#[test]
fn a_taken_port_is_refused() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = listener.local_addr().unwrap().port();
    match DevProvider::builder().port(taken).start() {
        Err(DevProviderError::Listen { port, .. }) => assert_eq!(port, taken),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_algorithm_without_keys_is_refused() {
    let algorithm = SigningAlgorithm::Es384;
    let result = DevProvider::builder().signing_algorithm(algorithm).start();
    assert!(matches!(
        result,
        Err(DevProviderError::UnsupportedAlgorithm { .. })
    ));
}

#[test]
fn the_client_is_made_for_this_provider_and_shows_no_secret() {
    let provider = DevProvider::builder()
        .client_secret("hunter2")
        .start()
        .unwrap();
    let client = format!("{:?} {provider:?}", provider.client());
    assert!(client.contains(provider.issuer()));
    assert!(!client.contains("hunter2"));
    assert_eq!((DEV.id(), DEV.name()), ("dev", "Development login"));
}

#[test]
fn it_listens_on_loopback_only() {
    let provider = DevProvider::start().unwrap();
    assert!(provider.issuer().starts_with("http://127.0.0.1:"));
}

#[actix_web::test]
async fn unknown_paths_and_methods_are_refused() {
    let provider = DevProvider::start().unwrap();
    assert_eq!(get(&format!("{}/", provider.issuer())).await.status(), 404);
    let request = http().delete(format!("{}/authorize", provider.issuer()));
    assert_eq!(request.send().await.unwrap().status(), 405);
}
