//! Sign-ins that the certified provider grants, whatever the registration says.

use auth_actix::{ClientAuth, ProfileSource, ResponseMode, SigningAlgorithm};
use auth_tests::Browser;
use serde_json::json;

use crate::certified::{site, site_with};
use crate::visit::{ADA, assert_signed_in, come_back, sign_in, visit};

#[actix_web::test]
async fn a_guest_signs_in_at_a_certified_provider_and_out_again() {
    let site = site();
    let mut browser = Browser::new();
    let begun = site.begin(&mut browser, "/page").await;
    let returned = visit(&site, &mut browser, &begun, ADA).await;
    assert_eq!(returned.asked, ["login", "consent"]);
    let back = come_back(&mut browser, &returned).await;
    assert_signed_in(&site, &mut browser, &back).await;
    let page = browser.visit(back.location()).await;
    assert_eq!(page.text, "hello Ada of the peers");
    assert_eq!(
        browser.visit(&site.url("/admin")).await.status,
        200,
        "the address is verified"
    );
    site.sign_out(&mut browser).await;
    assert!(!site.is_signed_in(&mut browser).await);
}

#[actix_web::test]
async fn the_certified_provider_accepts_every_way_to_authenticate_the_client() {
    for (name, how) in [
        ("client_secret_basic", ClientAuth::Basic),
        ("client_secret_post", ClientAuth::Post),
        ("none", ClientAuth::None),
    ] {
        let metadata = json!({ "token_endpoint_auth_method": name });
        let site = site_with(metadata, |client| client.client_auth(how));
        let mut browser = Browser::new();
        let back = sign_in(&site, &mut browser, ADA).await;
        assert_signed_in(&site, &mut browser, &back).await;
        assert_eq!(site.provider.authenticated(), json!([name]));
    }
}

#[actix_web::test]
async fn the_certified_provider_may_answer_with_a_form() {
    let site = site_with(json!({}), |client| {
        client.response_mode(ResponseMode::FormPost)
    });
    let mut browser = Browser::new();
    let begun = site.begin(&mut browser, "/page").await;
    let returned = visit(&site, &mut browser, &begun, ADA).await;
    assert!(returned.form.is_some(), "{returned:?}");
    let back = come_back(&mut browser, &returned).await;
    assert_signed_in(&site, &mut browser, &back).await;
}

#[actix_web::test]
async fn id_tokens_that_the_certified_provider_signs_with_any_algorithm_are_verified() {
    for (name, algorithm) in [
        ("RS256", SigningAlgorithm::Rs256),
        ("PS256", SigningAlgorithm::Ps256),
        ("ES256", SigningAlgorithm::Es256),
        ("EdDSA", SigningAlgorithm::EdDsa),
    ] {
        let metadata = json!({ "id_token_signed_response_alg": name });
        let site = site_with(metadata, |client| {
            client.id_token_signed_response_alg(algorithm)
        });
        let mut browser = Browser::new();
        let back = sign_in(&site, &mut browser, ADA).await;
        assert_signed_in(&site, &mut browser, &back).await;
    }
}

#[actix_web::test]
async fn keys_that_the_certified_provider_rotates_are_picked_up_at_once() {
    let site = site();
    let mut browser = Browser::new();
    let back = sign_in(&site, &mut browser, ADA).await;
    assert_signed_in(&site, &mut browser, &back).await;
    site.provider.rotate_keys();
    let mut browser = Browser::new();
    let back = sign_in(&site, &mut browser, ADA).await;
    assert_signed_in(&site, &mut browser, &back).await;
}

#[actix_web::test]
async fn a_profile_that_the_id_token_does_not_hold_comes_from_userinfo() {
    for (source, expected) in [
        (ProfileSource::Userinfo, "hello Ada of the peers"),
        (ProfileSource::IdToken, "hello you"),
    ] {
        let site = site_with(json!({}), |client| client.profile_from(source));
        site.provider.claims_by_userinfo_alone();
        let mut browser = Browser::new();
        let back = sign_in(&site, &mut browser, ADA).await;
        assert_signed_in(&site, &mut browser, &back).await;
        assert_eq!(browser.visit(back.location()).await.text, expected);
    }
}
