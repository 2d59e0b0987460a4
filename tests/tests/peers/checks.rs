//! What the certified provider and the site refuse each other.

use auth_actix::{ClientAuth, SigningAlgorithm};
use auth_tests::Browser;
use serde_json::json;

use crate::certified::{site, site_with};
use crate::visit::{
    ADA, Visitor, assert_refused, assert_signed_in, come_back, edited, sign_in, visit, visit_url,
};

#[actix_web::test]
async fn a_sign_in_whose_pkce_is_taken_out_ends_at_the_certified_provider() {
    let site = site();
    let mut browser = Browser::new();
    let begun = site.begin(&mut browser, "/page").await;
    let changes = [("code_challenge", None), ("code_challenge_method", None)];
    let url = edited(begun.location(), &changes);
    let returned = visit_url(&site, &mut browser, url.as_str(), ADA).await;
    assert_eq!(returned.param("error").as_deref(), Some("invalid_request"));
    let back = come_back(&mut browser, &returned).await;
    assert_refused(&site, &mut browser, &back, "provider_answer").await;
}

#[actix_web::test]
async fn a_code_for_another_challenge_is_not_redeemed_by_the_certified_provider() {
    let site = site();
    let mut browser = Browser::new();
    let begun = site.begin(&mut browser, "/page").await;
    let changes = [(
        "code_challenge",
        Some("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
    )];
    let url = edited(begun.location(), &changes);
    let returned = visit_url(&site, &mut browser, url.as_str(), ADA).await;
    assert!(returned.param("code").is_some(), "{returned:?}");
    let back = come_back(&mut browser, &returned).await;
    assert_refused(&site, &mut browser, &back, "provider_answer").await;
}

#[actix_web::test]
async fn a_client_that_cannot_prove_itself_to_the_certified_provider_is_a_matter_of_configuration()
{
    let without_secret = site_with(json!({}), |client| client.client_auth(ClientAuth::None));
    let other_secret = site_with(json!({ "client_secret": "another than ours" }), |client| {
        client
    });
    for site in [without_secret, other_secret] {
        let mut browser = Browser::new();
        let back = sign_in(&site, &mut browser, ADA).await;
        assert_refused(&site, &mut browser, &back, "configuration").await;
        assert_eq!(site.provider.authenticated(), json!([]));
    }
}

#[actix_web::test]
async fn an_id_token_signed_with_another_algorithm_than_configured_is_refused() {
    for (signed, expected) in [
        ("ES256", SigningAlgorithm::Rs256),
        ("PS256", SigningAlgorithm::Rs256),
        ("RS256", SigningAlgorithm::EdDsa),
    ] {
        let metadata = json!({ "id_token_signed_response_alg": signed });
        let site = site_with(metadata, |client| {
            client.id_token_signed_response_alg(expected)
        });
        let mut browser = Browser::new();
        let back = sign_in(&site, &mut browser, ADA).await;
        assert_refused(&site, &mut browser, &back, "id_token").await;
    }
}

#[actix_web::test]
async fn somebody_who_refuses_at_the_certified_provider_is_not_signed_in() {
    let site = site();
    let mut browser = Browser::new();
    let begun = site.begin(&mut browser, "/page").await;
    let returned = visit(&site, &mut browser, &begun, Visitor::Refuses("ada")).await;
    assert_eq!(returned.param("error").as_deref(), Some("access_denied"));
    let back = come_back(&mut browser, &returned).await;
    assert_refused(&site, &mut browser, &back, "provider_denied").await;
    let page = browser.visit(back.location()).await;
    assert!(!page.text.contains("aborted"), "{}", page.text);

    let back = sign_in(&site, &mut browser, ADA).await;
    assert_signed_in(&site, &mut browser, &back).await;
}

#[actix_web::test]
async fn a_code_that_the_certified_provider_has_forgotten_signs_nobody_in() {
    let site = site();
    let mut browser = Browser::new();
    let begun = site.begin(&mut browser, "/page").await;
    let returned = visit(&site, &mut browser, &begun, ADA).await;
    site.provider.forget();
    let back = come_back(&mut browser, &returned).await;
    assert_refused(&site, &mut browser, &back, "provider_answer").await;
}

#[actix_web::test]
async fn the_issuer_in_the_certified_providers_answer_must_be_there_and_be_its_own() {
    for (iss, code) in [
        (None, "provider_answer"),
        (Some("https://other.example"), "provider_answer"),
        (Some(""), "provider_answer"),
    ] {
        let site = site();
        let mut browser = Browser::new();
        let begun = site.begin(&mut browser, "/page").await;
        let mut returned = visit(&site, &mut browser, &begun, ADA).await;
        assert_eq!(returned.param("iss").as_ref(), Some(&site.provider.issuer));
        returned.url = edited(returned.url.as_str(), &[("iss", iss)]);
        let back = come_back(&mut browser, &returned).await;
        assert_refused(&site, &mut browser, &back, code).await;
    }
}
