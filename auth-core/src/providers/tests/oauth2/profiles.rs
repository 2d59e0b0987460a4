//! Where a provider says who somebody is.

use serde_json::{Value, json};

use crate::providers::tests::emulator::{SECRET, Site, Wire, params, tokens};
use crate::providers::tests::*;

#[test]
fn linkedin_is_asked_for_the_profile_because_its_id_token_has_no_nonce() {
    let wire = Wire::default()
        .on(
            "POST https://www.linkedin.com/oauth/v2/accessToken",
            json!({"access_token": "at", "expires_in": 5_183_999, "scope": "email,openid,profile",
                "id_token": "not.looked.at"}),
        )
        .on(
            "GET https://api.linkedin.com/v2/userinfo",
            json!({"sub": "782bbtaQ", "name": "John Doe", "given_name": "John",
                "family_name": "Doe", "picture": "https://media.licdn-ei.com/x/", "locale": "en-US",
                "email": "doe@email.com", "email_verified": "true"}),
        );
    let mut site = Site::begin(LINKEDIN.client("client", SECRET), &wire);
    params(
        &site,
        &[
            ("scope", Some("openid profile email")),
            ("code_challenge", None),
            ("nonce", None),
        ],
    );
    let profile = site.finish().unwrap();
    assert_eq!(profile.id, "782bbtaQ");
    assert_eq!(profile.verified_email(), Some("doe@email.com"));
    let form = site.token_form();
    assert_eq!(form["client_secret"], SECRET);
    assert!(!form.contains_key("code_verifier"), "LinkedIn refuses one");
}

#[test]
fn twitter_wraps_the_profile_and_has_a_confirmed_address_of_some() {
    let user = |more: Value| {
        let mut data = json!({"id": "2244994945", "name": "X Dev", "username": "XDevelopers"});
        for (name, value) in more.as_object().unwrap() {
            data[name] = value.clone();
        }
        let wire = Wire::default()
            .on("POST https://api.x.com/2/oauth2/token", tokens())
            .on("GET https://api.x.com/2/users/me", json!({"data": data}));
        let mut site = Site::begin(TWITTER.client("client", SECRET), &wire);
        params(
            &site,
            &[("scope", Some("users.read tweet.read offline.access"))],
        );
        assert!(site.param("code_challenge").is_some());
        let profile = site.finish().unwrap();
        let query = wire.asked()[1].uri().query().unwrap().to_owned();
        assert_eq!(query, "user.fields=profile_image_url");
        profile
    };
    assert_eq!(user(json!({})).email, None);
    let profile = user(json!({"confirmed_email": "x@example.com"}));
    assert_eq!(profile.verified_email(), Some("x@example.com"));
}

#[test]
fn bitbucket_lists_the_addresses_apart_from_the_profile() {
    let outcome = |emails: Value| {
        let wire = Wire::default()
            .on(
                "POST https://bitbucket.org/site/oauth2/access_token",
                tokens(),
            )
            .on(
                "GET https://api.bitbucket.org/2.0/user",
                json!({"account_id": "557058:x", "display_name": "Ada", "username": "ada"}),
            )
            .on("GET https://api.bitbucket.org/2.0/user/emails", emails);
        Site::begin(BITBUCKET.client("client", SECRET), &wire).finish()
    };
    let email = |address, is_primary: bool, is_confirmed: bool| {
        json!({"email": address, "is_primary": is_primary, "is_confirmed": is_confirmed,
            "type": "email"})
    };
    let page = |emails: &[Value]| json!({"pagelen": 10, "page": 1, "size": 2, "values": emails});
    for is_confirmed in [true, false] {
        let emails = [
            email("old@example.com", false, true),
            email("ada@example.com", true, is_confirmed),
        ];
        let profile = outcome(page(&emails)).unwrap();
        assert_eq!(profile.email.as_deref(), Some("ada@example.com"));
        assert_eq!(profile.email_verified, is_confirmed);
    }
    let profile = outcome(page(&[email("old@example.com", false, true)])).unwrap();
    assert_eq!(profile.email, None, "only the primary one counts");
    for malformed in [
        json!({}),
        json!({"values": {}}),
        json!({"values": [{"email": 1}]}),
    ] {
        assert_eq!(outcome(malformed).unwrap_err(), "provider_answer");
    }
}

#[test]
fn strava_says_in_the_token_answer_who_it_is() {
    let athlete = json!({"id": 9_007_199_254_740_993_u64, "firstname": "Ada", "lastname": null});
    let mut answer = tokens();
    answer["athlete"] = athlete.clone();
    let wire = Wire::default().on("POST https://www.strava.com/api/v3/oauth/token", answer);
    let mut site = Site::begin(STRAVA.client("client", SECRET), &wire);
    params(
        &site,
        &[("scope", Some("read")), ("approval_prompt", Some("auto"))],
    );
    let profile = site.finish().unwrap();
    assert_eq!(profile.id, "9007199254740993");
    assert_eq!(profile.name.as_deref(), Some("Ada"));
    assert_eq!(wire.asked().len(), 1);

    let wire = wire
        .on("POST https://www.strava.com/api/v3/oauth/token", tokens())
        .on("GET https://www.strava.com/api/v3/athlete", athlete);
    let mut site = Site::begin(STRAVA.client("client", SECRET), &wire);
    assert_eq!(site.finish().unwrap().id, "9007199254740993");
}

#[test]
fn yandex_has_the_address_in_one_of_two_places() {
    for user in [
        json!({"id": "1", "default_email": "a@ya.ru", "emails": ["b@ya.ru"]}),
        json!({"id": "1", "emails": ["a@ya.ru"], "default_email": null}),
    ] {
        let wire = Wire::default()
            .on("POST https://oauth.yandex.ru/token", tokens())
            .on("GET https://login.yandex.ru/info", user);
        let mut site = Site::begin(YANDEX.client("client", SECRET), &wire);
        params(
            &site,
            &[("scope", Some("login:info login:email login:avatar"))],
        );
        assert_eq!(site.finish().unwrap().email.as_deref(), Some("a@ya.ru"));
        assert_eq!(wire.asked()[1].uri().query(), Some("format=json"));
    }
}

#[test]
fn vk_says_the_address_in_the_token_answer() {
    let user = json!({"response": [{"id": 210_700_286, "first_name": "Ada", "last_name": "A"}]});
    let answer = json!({"access_token": "at", "expires_in": 43_200, "user_id": 210_700_286,
        "email": "ada@example.com"});
    let wire = Wire::default()
        .on("POST https://oauth.vk.com/access_token", answer)
        .on("GET https://api.vk.com/method/users.get", user);
    let mut site = Site::begin(VK.client("client", SECRET), &wire);
    params(&site, &[("v", Some("5.131")), ("scope", Some("email"))]);
    let profile = site.finish().unwrap();
    assert_eq!(profile.id, "210700286");
    assert_eq!(profile.email.as_deref(), Some("ada@example.com"));
    assert_eq!(profile.verified_email(), None);

    let refusal = json!({"error": {"error_code": 5, "error_msg": "authorization failed"}});
    let refusing = wire.on("GET https://api.vk.com/method/users.get", refusal);
    let mut site = Site::begin(VK.client("client", SECRET), &refusing);
    assert_eq!(site.finish().unwrap_err(), "profile");
}

#[test]
fn kakao_says_of_an_address_whether_it_is_verified_and_still_valid() {
    for (valid, verified) in [(true, true), (true, false), (false, true)] {
        let user = json!({"id": 123_456_789, "kakao_account": {"email": "a@kakao.com",
            "is_email_valid": valid, "is_email_verified": verified}});
        let wire = Wire::default()
            .on("POST https://kauth.kakao.com/oauth/token", tokens())
            .on("GET https://kapi.kakao.com/v2/user/me", user);
        let mut site = Site::begin(KAKAO.client("client", SECRET), &wire);
        params(&site, &[("scope", None)]);
        let profile = site.finish().unwrap();
        assert_eq!(profile.email_verified, valid && verified);
    }
}

#[test]
fn naver_wraps_the_profile_and_writes_lifetimes_as_text() {
    let mut answer = tokens();
    answer["expires_in"] = "3600".into();
    let wire = Wire::default()
        .on("POST https://nid.naver.com/oauth2.0/token", answer)
        .on(
            "GET https://openapi.naver.com/v1/nid/me",
            json!({"resultcode": "00", "response": {"id": "32742776", "nickname": "N"}}),
        );
    let profile = Site::begin(NAVER.client("client", SECRET), &wire)
        .finish()
        .unwrap();
    assert_eq!(profile.id, "32742776");
}

#[test]
fn zoom_and_figma_answer_flatly() {
    let wire = Wire::default()
        .on("POST https://zoom.us/oauth/token", tokens())
        .on(
            "GET https://api.zoom.us/v2/users/me",
            json!({"id": "KdYK", "first_name": "Ada", "email": "a@b.c", "verified": 1}),
        )
        .on(
            "POST https://api.figma.com/v1/oauth/token",
            json!({"access_token": "at", "expires_in": 7_776_000, "user_id": 7}),
        )
        .on(
            "GET https://api.figma.com/v1/me",
            json!({"id": "7", "handle": "Ada", "email": "a@b.c"}),
        );
    let mut site = Site::begin(ZOOM.client("client", SECRET), &wire);
    params(&site, &[("scope", None)]);
    assert_eq!(site.finish().unwrap().verified_email(), Some("a@b.c"));
    let profile = Site::begin(FIGMA.client("client", SECRET), &wire)
        .finish()
        .unwrap();
    assert_eq!((profile.id.as_str(), profile.verified_email()), ("7", None));
}
