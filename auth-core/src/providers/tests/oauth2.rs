//! The wire behaviour of OAuth 2.0 providers that are unlike the others: what their documentation
//! says they ask for and answer.

use serde_json::{Value, json};

use super::emulator::{SECRET, Site, Wire, params, tokens};
use super::*;

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
fn reddit_gets_basic_authentication_and_a_user_agent() {
    let wire = Wire::default()
        .on("POST https://www.reddit.com/api/v1/access_token", tokens())
        .on(
            "GET https://oauth.reddit.com/api/v1/me",
            json!({"id": "abc12", "name": "spez"}),
        );
    let profile = Site::begin(REDDIT.client("client", SECRET), &wire)
        .finish()
        .unwrap();
    assert_eq!(profile.id, "abc12");
    for request in wire.asked() {
        let agent = request.headers()["user-agent"].to_str().unwrap();
        assert!(agent.starts_with("auth-core/"), "{agent}");
    }
    let basic = wire.asked()[0].headers()["authorization"].clone();
    assert!(basic.to_str().unwrap().starts_with("Basic "));
}

#[test]
fn tiktok_calls_the_client_id_client_key() {
    let wire = Wire::default()
        .on("POST https://open.tiktokapis.com/v2/oauth/token/", tokens())
        .on(
            "GET https://open.tiktokapis.com/v2/user/info/",
            json!({"data": {"user": {"open_id": "723f24d7", "display_name": "Tik"}},
                "error": {"code": "ok", "message": ""}}),
        );
    let mut site = Site::begin(TIKTOK.client("client", SECRET), &wire);
    params(
        &site,
        &[("client_key", Some("client")), ("client_id", None)],
    );
    assert_eq!(site.finish().unwrap().id, "723f24d7");
    let form = site.token_form();
    assert_eq!(form["client_key"], "client");
    assert_eq!(form["client_secret"], SECRET);
    assert!(!form.contains_key("client_id"));
}

#[test]
fn tiktok_refusing_with_status_200_is_an_error() {
    let refusal = json!({"error": "invalid_grant", "error_description": "expired", "log_id": "1"});
    let wire = Wire::default().on("POST https://open.tiktokapis.com/v2/oauth/token/", refusal);
    let outcome = Site::begin(TIKTOK.client("client", SECRET), &wire).finish();
    assert_eq!(outcome.unwrap_err(), "provider_answer");
}

#[test]
fn notion_is_asked_with_a_version_and_answers_with_a_bot() {
    let wire = Wire::default()
        .on("POST https://api.notion.com/v1/oauth/token", tokens())
        .on(
            "GET https://api.notion.com/v1/users/me",
            json!({"object": "user", "id": "bot-id", "type": "bot", "bot": {"owner": {
                "type": "user", "user": {"id": "person-id", "name": "Ada",
                    "person": {"email": "ada@example.com"}}}}}),
        );
    let mut site = Site::begin(NOTION.client("client", SECRET), &wire);
    params(&site, &[("owner", Some("user")), ("scope", None)]);
    let profile = site.finish().unwrap();
    assert_eq!(profile.id, "person-id");
    assert_eq!(profile.email.as_deref(), Some("ada@example.com"));
    assert_eq!(wire.asked()[1].headers()["notion-version"], "2022-06-28");

    let of_a_workspace = wire.on(
        "GET https://api.notion.com/v1/users/me",
        json!({"object": "user", "id": "bot-id", "type": "bot",
            "bot": {"owner": {"type": "workspace", "workspace": true}}}),
    );
    let outcome = Site::begin(NOTION.client("client", SECRET), &of_a_workspace).finish();
    assert_eq!(outcome.unwrap_err(), "profile", "the bot is nobody");
}

fn wechat(user: Value) -> (Site, Wire) {
    let wire = Wire::default()
        .on(
            "GET https://api.weixin.qq.com/sns/oauth2/access_token",
            json!({"access_token": "at", "expires_in": 7200, "openid": "OPENID"}),
        )
        .on("GET https://api.weixin.qq.com/sns/userinfo", user);
    (Site::begin(WECHAT.client("client", "s"), &wire), wire)
}

#[test]
fn wechat_wants_its_own_parameters_in_its_own_order() {
    let (mut site, wire) = wechat(json!({"openid": "OPENID", "unionid": "UNION", "nickname": "N"}));
    let url = site.authorization_url.clone();
    let names: Vec<_> = url
        .query_pairs()
        .map(|(name, _)| name.into_owned())
        .collect();
    assert_eq!(
        names,
        ["appid", "redirect_uri", "response_type", "scope", "state"]
    );
    assert_eq!(url.fragment(), Some("wechat_redirect"));
    assert_eq!(site.finish().unwrap().id, "UNION");
    let asked = wire.asked();
    let query = |index: usize| asked[index].uri().query().unwrap().to_owned();
    assert_eq!(
        query(0),
        "grant_type=authorization_code&code=c&appid=client&secret=s"
    );
    assert_eq!(query(1), "openid=OPENID&lang=zh_CN&access_token=at");
    assert!(!asked[1].headers().contains_key("authorization"));
}

#[test]
fn wechat_without_a_unionid_has_the_same_id_at_each_sign_in() {
    let (mut site, _) = wechat(json!({"openid": "OPENID", "nickname": "N"}));
    assert_eq!(site.finish().unwrap().id, "OPENID");
}

#[test]
fn wechat_answering_with_an_error_is_an_error() {
    let (mut site, _) = wechat(json!({"errcode": 40003, "errmsg": "invalid openid"}));
    assert_eq!(site.finish().unwrap_err(), "profile");
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

#[test]
fn mastodon_is_any_server() {
    let wire = Wire::default()
        .on("POST https://social.example/oauth/token", tokens())
        .on(
            "GET https://social.example/api/v1/accounts/verify_credentials",
            json!({"id": "14715", "username": "ada"}),
        );
    let client = MASTODON
        .client("client", SECRET)
        .issuer("https://social.example");
    let mut site = Site::begin(client, &wire);
    let url = site.authorization_url.as_str();
    assert!(
        url.starts_with("https://social.example/oauth/authorize?"),
        "{url}"
    );
    assert_eq!(site.finish().unwrap().id, "14715");
}

#[test]
fn github_enterprise_has_its_api_below_the_host() {
    let wire = Wire::default()
        .on(
            "POST https://ghe.example/login/oauth/access_token",
            tokens(),
        )
        .on(
            "GET https://ghe.example/api/v3/user",
            json!({"id": 1, "login": "ada"}),
        )
        .on(
            "GET https://ghe.example/api/v3/user/emails",
            json!([{"email": "a@b.c", "primary": true, "verified": true}]),
        );
    let client = GITHUB
        .client("client", SECRET)
        .base_url("https://ghe.example/");
    let mut site = Site::begin(client, &wire);
    let url = site.authorization_url.as_str();
    assert!(
        url.starts_with("https://ghe.example/login/oauth/authorize?"),
        "{url}"
    );
    assert_eq!(site.finish().unwrap().verified_email(), Some("a@b.c"));
}

#[test]
fn azure_devops_trades_assertions() {
    let mut answer = tokens();
    answer["token_type"] = "jwt-bearer".into();
    let wire = Wire::default()
        .on(
            "POST https://app.vssps.visualstudio.com/oauth2/token",
            answer,
        )
        .on(
            "GET https://app.vssps.visualstudio.com/_apis/profile/profiles/me",
            json!({"id": "d6245f20", "displayName": "Ada"}),
        );
    let mut site = Site::begin(AZURE_DEVOPS.client("client", SECRET), &wire);
    params(&site, &[("response_type", Some("Assertion"))]);
    assert_eq!(site.finish().unwrap().image, None);
    let form = site.token_form();
    assert_eq!(form["assertion"], "c");
    assert_eq!(form["client_assertion"], SECRET);
    assert!(!form.contains_key("code") && !form.contains_key("client_secret"));
}

#[test]
fn those_that_want_something_of_their_own_get_it() {
    let id = json!({"id": "1", "user_id": 1, "account_id": "1", "ids": {"slug": "1"},
        "response": {"user": {"id": "1"}}, "ocs": {"data": {"id": "1"}},
        "Response": {"bungieNetUser": {"membershipId": "1"}}});
    let mut nextcloud_tokens = tokens();
    nextcloud_tokens["user_id"] = "a/b".into();
    let wire = Wire::default()
        .on("POST https://api.dropboxapi.com/oauth2/token", tokens())
        .on(
            "POST https://api.dropboxapi.com/2/users/get_current_account",
            id.clone(),
        )
        .on("POST https://api.hubapi.com/oauth/v1/token", tokens())
        .on(
            "GET https://api.hubapi.com/oauth/v1/access-tokens/at",
            id.clone(),
        )
        .on("POST https://api.trakt.tv/oauth/token", tokens())
        .on("GET https://api.trakt.tv/users/me", id.clone())
        .on(
            "POST https://foursquare.com/oauth2/access_token",
            json!({"access_token": "at"}),
        )
        .on("GET https://api.foursquare.com/v2/users/self", id.clone())
        .on(
            "POST https://cloud.example/apps/oauth2/api/v1/token",
            nextcloud_tokens,
        )
        .on(
            "GET https://cloud.example/ocs/v1.php/cloud/users/a%2Fb",
            id.clone(),
        )
        .on(
            "POST https://www.bungie.net/platform/app/oauth/token/",
            tokens(),
        )
        .on(
            "GET https://www.bungie.net/Platform/User/GetMembershipsForCurrentUser/",
            id,
        );
    let last = |client: crate::provider::Client| {
        Site::begin(client, &wire).finish().unwrap();
        wire.asked().pop().unwrap()
    };
    last(DROPBOX.client("client", SECRET));
    last(HUBSPOT.client("client", SECRET));
    let trakt = last(TRAKT.client("client", SECRET));
    assert_eq!(trakt.headers()["trakt-api-key"], "client");
    assert_eq!(trakt.headers()["trakt-api-version"], "2");
    let foursquare = last(FOURSQUARE.client("client", SECRET));
    assert_eq!(foursquare.uri().query(), Some("v=20230131&oauth_token=at"));
    let nextcloud = NEXTCLOUD
        .client("client", SECRET)
        .issuer("https://cloud.example");
    assert_eq!(last(nextcloud).headers()["ocs-apirequest"], "true");
    let bungie = last(BUNGIE.client("client", SECRET).api_key("key"));
    assert_eq!(bungie.headers()["x-api-key"], "key");
}

#[test]
fn netsuite_has_a_host_for_each_service_and_a_script_for_the_profile() {
    let script = "https://1234.restlets.api.netsuite.com/app/site/hosting/restlet.nl";
    let wire = Wire::default()
        .on(
            "POST https://1234.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token",
            tokens(),
        )
        .on(&format!("GET {script}"), json!({"id": -5, "name": "Ada"}));
    let client = NETSUITE
        .client("client", SECRET)
        .issuer("https://1234.app.netsuite.com")
        .userinfo_endpoint(format!("{script}?script=42&deploy=1"));
    let mut site = Site::begin(client, &wire);
    let url = site.authorization_url.as_str();
    assert!(
        url.starts_with("https://1234.app.netsuite.com/app/login/oauth2/"),
        "{url}"
    );
    assert_eq!(site.finish().unwrap().id, "-5");
    assert_eq!(wire.asked()[1].uri().query(), Some("script=42&deploy=1"));
}
