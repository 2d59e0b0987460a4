//! What a provider wants to be asked with, or trades for a token.

use serde_json::{Value, json};

use crate::providers::tests::emulator::{SECRET, Site, Wire, params, tokens};
use crate::providers::tests::*;

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
