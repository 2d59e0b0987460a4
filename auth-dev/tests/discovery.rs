use auth_core::SigningAlgorithm;
use auth_dev::DevProvider;
use jsonwebtoken::Algorithm;

use crate::client::{get, json, tokens, verified};

#[actix_web::test]
async fn the_document_names_its_issuer_and_what_is_supported() {
    let provider = DevProvider::start().unwrap();
    let issuer = provider.issuer();
    let response = get(&format!("{issuer}/.well-known/openid-configuration")).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
    let document = json(response).await;
    assert_eq!(document["issuer"], issuer);
    assert_eq!(document["token_endpoint"], format!("{issuer}/token"));
    assert_eq!(
        document["authorization_response_iss_parameter_supported"],
        true
    );
    assert_eq!(
        document["code_challenge_methods_supported"],
        serde_json::json!(["S256"])
    );
    assert_eq!(provider.requests().discovery, 1);
}

#[actix_web::test]
async fn every_algorithm_signs_tokens_that_verify() {
    for (ours, theirs) in [
        (SigningAlgorithm::Rs256, Algorithm::RS256),
        (SigningAlgorithm::Ps256, Algorithm::PS256),
        (SigningAlgorithm::Es256, Algorithm::ES256),
        (SigningAlgorithm::EdDsa, Algorithm::EdDSA),
    ] {
        let provider = DevProvider::builder().signing_algorithm(ours);
        let provider = provider.start().unwrap();
        let answer = tokens(&provider, &[]).await;
        let id_token = answer["id_token"].as_str().unwrap();
        let claims = verified(&provider, id_token, theirs).await;
        assert_eq!(claims.unwrap()["sub"], "ada", "{ours:?}");
    }
}

#[actix_web::test]
async fn rotation_replaces_every_key() {
    let provider = DevProvider::start().unwrap();
    let kids = async || -> Vec<String> {
        let jwks = json(get(&format!("{}/jwks", provider.issuer())).await).await;
        let keys = jwks["keys"].as_array().unwrap().clone();
        let kid = |key: &serde_json::Value| key["kid"].as_str().unwrap().to_owned();
        keys.iter().map(kid).collect()
    };
    let before = kids().await;
    let old = tokens(&provider, &[]).await;
    provider.rotate_keys().unwrap();
    let after = kids().await;
    assert_eq!((before.len(), after.len()), (3, 3));
    assert!(after.iter().all(|kid| !before.contains(kid)));
    let new = tokens(&provider, &[]).await;
    let old = old["id_token"].as_str().unwrap();
    let new = new["id_token"].as_str().unwrap();
    assert!(verified(&provider, old, Algorithm::RS256).await.is_err());
    assert!(verified(&provider, new, Algorithm::RS256).await.is_ok());
}
