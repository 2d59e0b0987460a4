use std::time::Duration;

use auth_dev::{DevProvider, Person};
use url::Url;

use crate::client::{
    HandClock, REDIRECT_URI, approve, authorization_url, get, http, json, post_form, redeem,
    unverified,
};

fn query(url: &str) -> Vec<(String, String)> {
    let url = Url::parse(url).unwrap();
    url.query_pairs().into_owned().collect()
}

fn location(response: &reqwest::Response) -> String {
    let location = &response.headers()["location"];
    location.to_str().unwrap().to_owned()
}

#[actix_web::test]
async fn a_choice_on_the_page_sends_the_browser_back_with_a_code() {
    let provider = DevProvider::start().unwrap();
    let url = authorization_url(&provider, &[]);
    assert_eq!(get(&url).await.status(), 200);
    let response = post_form(&url, "choice=ada").await;
    assert_eq!(response.status(), 303);
    let answer = query(&location(&response));
    assert!(location(&response).starts_with(REDIRECT_URI));
    let names: Vec<&str> = answer.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["code", "state", "iss"]);
    assert_eq!(answer[1].1, "the-state");
    assert_eq!(answer[2].1, provider.issuer());
    let tokens = json(redeem(&provider, &answer[0].1).await).await;
    let claims = unverified(tokens["id_token"].as_str().unwrap());
    assert_eq!(claims["nonce"], "the-nonce");
    assert_eq!(claims["email"], "ada@example.com");
}

#[actix_web::test]
async fn approving_in_process_is_the_same_as_choosing_on_the_page() {
    let provider = DevProvider::start().unwrap();
    let approval = approve(&provider, &[]);
    assert!(approval.callback_url().starts_with(REDIRECT_URI));
    assert_eq!(approval.form_fields(), None);
    let answer = query(&approval.callback_url());
    assert_eq!(approval.param("code"), Some(answer[0].1.as_str()));
    assert_eq!(provider.requests().authorize, 1);
}

#[actix_web::test]
async fn somebody_new_signs_in_by_name_and_address() {
    let provider = DevProvider::start().unwrap();
    let url = authorization_url(&provider, &[]);
    let body = "choice=new&name=Eve+Extra&email=eve%40example.com";
    let answer = query(&location(&post_form(&url, body).await));
    let tokens = json(redeem(&provider, &answer[0].1).await).await;
    let claims = unverified(tokens["id_token"].as_str().unwrap());
    assert_eq!(claims["name"], "Eve Extra");
    assert_eq!(claims["email"], "eve@example.com");
}

#[actix_web::test]
async fn a_choice_that_names_nobody_shows_the_page_again() {
    let provider = DevProvider::start().unwrap();
    let url = authorization_url(&provider, &[]);
    for body in [
        "choice=mallory",
        "choice=new",
        "choice=new&email=eve",
        "choice=new&email=%40example.com",
        "choice=new&email=a%40b%40c",
    ] {
        let response = post_form(&url, body).await;
        assert_eq!(response.status(), 400, "{body}");
        assert!(response.text().await.unwrap().contains("role=\"alert\""));
    }
    let response = post_form(&url, "name=x").await;
    assert_eq!(response.status(), 200);
}

#[actix_web::test]
async fn cancelling_denies_access() {
    let provider = DevProvider::start().unwrap();
    let url = authorization_url(&provider, &[]);
    let response = post_form(&url, "choice=cancel").await;
    let answer = query(&location(&response));
    assert_eq!(answer[0], ("error".into(), "access_denied".into()));
    assert_eq!(answer[3], ("iss".into(), provider.issuer().into()));
    let approval = provider.cancel(&url).unwrap();
    assert_eq!(approval.param("error"), Some("access_denied"));
    assert_eq!(approval.param("state"), Some("the-state"));
}

#[actix_web::test]
async fn a_request_in_the_body_shows_the_page() {
    let provider = DevProvider::start().unwrap();
    let url = authorization_url(&provider, &[]);
    let (endpoint, query) = url.split_once('?').unwrap();
    let response = post_form(endpoint, query).await;
    assert_eq!(response.status(), 200);
}

#[actix_web::test]
async fn a_form_post_answer_is_a_form() {
    let provider = DevProvider::start().unwrap();
    let changes = [("response_mode", "form_post"), ("state", "a\"><b")];
    let approval = approve(&provider, &changes);
    assert_eq!(approval.callback_url(), REDIRECT_URI);
    let fields = approval.form_fields().unwrap();
    assert!(fields.contains(&("state", "a\"><b".to_owned())));
    let url = authorization_url(&provider, &changes);
    let response = post_form(&url, "choice=bob").await;
    assert_eq!(response.status(), 200);
    let page = response.text().await.unwrap();
    assert!(page.contains(&format!("action=\"{REDIRECT_URI}\"")));
    assert!(page.contains("value=\"a&quot;&gt;&lt;b\""));
}

#[actix_web::test]
async fn a_bad_client_or_address_is_a_page_and_no_redirect() {
    let provider = DevProvider::start().unwrap();
    for change in [
        ("client_id", "other"),
        ("redirect_uri", "https://evil.example/"),
        ("redirect_uri", ""),
    ] {
        let url = authorization_url(&provider, &[change]);
        for response in [get(&url).await, post_form(&url, "choice=ada").await] {
            assert_eq!(response.status(), 400, "{change:?}");
            assert!(!response.headers().contains_key("location"));
        }
        let refused = provider.try_approve(&url, Person::ada()).unwrap_err();
        assert!(!refused.reason().is_empty());
    }
}

#[actix_web::test]
async fn only_this_providers_address_is_approved() {
    let provider = DevProvider::start().unwrap();
    let url = authorization_url(&provider, &[]);
    let others = [
        url.replace("/authorize", "/token"),
        url.replace(provider.issuer(), "http://127.0.0.1:1"),
        url.replace(provider.issuer(), &format!("{}0", provider.issuer())),
        "nonsense".to_owned(),
    ];
    for other in others {
        let refused = provider.try_approve(&other, Person::ada());
        assert!(refused.is_err(), "{other}");
    }
}

#[actix_web::test]
async fn a_mistake_of_the_client_goes_back_to_it() {
    let provider = DevProvider::start().unwrap();
    let url = authorization_url(&provider, &[("code_challenge_method", "plain")]);
    let answer = query(&location(&get(&url).await));
    assert_eq!(answer[0], ("error".into(), "invalid_request".into()));
    assert_eq!(answer[2], ("state".into(), "the-state".into()));
}

#[actix_web::test]
async fn a_choice_posted_by_another_site_is_refused() {
    let provider = DevProvider::start().unwrap();
    let url = authorization_url(&provider, &[]);
    let post = async |name: &str, value: &str| {
        let request = http().post(&url).header(name, value).body("choice=ada");
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(post("origin", "https://evil.example").await, 400);
    assert_eq!(post("origin", "null").await, 400);
    assert_eq!(post("sec-fetch-site", "cross-site").await, 400);
    assert_eq!(post("sec-fetch-site", "same-site").await, 400);
    assert_eq!(post("origin", provider.issuer()).await, 303);
    assert_eq!(post("sec-fetch-site", "same-origin").await, 303);
}

#[actix_web::test]
async fn without_a_question_only_a_recent_sign_in_is_good_enough() {
    let clock = HandClock::default();
    let provider = DevProvider::builder().clock(clock.clone()).start().unwrap();
    let silent = authorization_url(&provider, &[("prompt", "none")]);
    let recent = authorization_url(&provider, &[("prompt", "none"), ("max_age", "60")]);
    let error = query(&location(&get(&silent).await));
    assert_eq!(error[0], ("error".into(), "login_required".into()));

    let url = authorization_url(&provider, &[]);
    let response = post_form(&url, "choice=bob").await;
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let ask = async |url: &str| {
        let request = http().get(url).header("cookie", &cookie);
        query(&location(&request.send().await.unwrap()))
    };

    clock.advance(Duration::from_secs(60));
    let answer = ask(&recent).await;
    let tokens = json(redeem(&provider, &answer[0].1).await).await;
    let claims = unverified(tokens["id_token"].as_str().unwrap());
    assert_eq!(claims["sub"], "bob");
    assert_eq!(
        claims["iat"].as_i64().unwrap() - claims["auth_time"].as_i64().unwrap(),
        60
    );

    clock.advance(Duration::from_secs(1));
    assert_eq!(ask(&recent).await[0].1, "login_required");
    assert_eq!(ask(&silent).await[0].0, "code");

    let end = format!("{}/end_session", provider.issuer());
    let request = http().get(end).header("cookie", &cookie);
    assert_eq!(request.send().await.unwrap().status(), 200);
    assert_eq!(ask(&silent).await[0].1, "login_required");
}
