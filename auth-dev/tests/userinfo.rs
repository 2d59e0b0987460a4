use auth_dev::{DevProvider, Person};

use crate::client::{authorization_url, get, http, json, redeem, tokens};

#[actix_web::test]
async fn an_access_token_opens_the_profile() {
    let provider = DevProvider::start().unwrap();
    let person = Person::bob()
        .unverified_email()
        .role("staff")
        .claim("team", "red");
    let approval = provider.approve(&authorization_url(&provider, &[]), person);
    let answer = json(redeem(&provider, approval.param("code").unwrap()).await).await;
    let url = format!("{}/userinfo", provider.issuer());
    let token = answer["access_token"].as_str().unwrap();
    for request in [http().get(&url), http().post(&url)] {
        let claims = json(request.bearer_auth(token).send().await.unwrap()).await;
        assert_eq!(
            claims,
            serde_json::json!({
                "sub": "bob", "name": "Bob Basic", "given_name": "Bob", "family_name": "Basic",
                "email": "bob@example.com", "email_verified": false,
                "roles": ["staff"], "team": "red",
            })
        );
    }
    assert_eq!(provider.requests().userinfo, 2);
}

#[actix_web::test]
async fn without_a_good_token_nothing_is_told() {
    let provider = DevProvider::start().unwrap();
    let url = format!("{}/userinfo", provider.issuer());
    let bare = get(&url).await;
    assert_eq!(bare.status(), 401);
    assert_eq!(
        bare.headers()["www-authenticate"],
        "Bearer realm=\"userinfo\""
    );
    let wrong = http().get(&url).bearer_auth("wrong").send().await.unwrap();
    assert_eq!(wrong.status(), 401);
    let in_query = get(&format!("{url}?access_token=x")).await;
    assert_eq!(in_query.status(), 401);
}

#[actix_web::test]
async fn signing_out_goes_to_loopback_addresses_only() {
    let provider = DevProvider::start().unwrap();
    let answer = tokens(&provider, &[]).await;
    let hint = answer["id_token"].as_str().unwrap();
    let there = "http://localhost:3000/bye?x=1";
    let ask = async |params: &[(&str, &str)]| {
        let url = format!("{}/end_session", provider.issuer());
        let url = url::Url::parse_with_params(&url, params).unwrap();
        let response = get(url.as_str()).await;
        let location = response.headers().get("location");
        let location = location.map(|location| location.to_str().unwrap().to_owned());
        (response.status().as_u16(), location)
    };
    let to = ("post_logout_redirect_uri", there);
    assert_eq!(ask(&[]).await, (200, None));
    assert_eq!(
        ask(&[("id_token_hint", hint), to, ("state", "s&")]).await,
        (303, Some(format!("{there}&state=s%26")))
    );
    assert_eq!(ask(&[("client_id", "dev-client"), to]).await.0, 303);
    assert_eq!(ask(&[to]).await, (400, None));
    assert_eq!(ask(&[("id_token_hint", "a.b.c"), to]).await, (400, None));
    let evil = ("post_logout_redirect_uri", "https://evil.example/");
    assert_eq!(ask(&[("id_token_hint", hint), evil]).await, (400, None));
    assert_eq!(
        ask(&[to, to, ("client_id", "dev-client")]).await,
        (400, None)
    );
    assert_eq!(provider.requests().end_session, 7);
}
