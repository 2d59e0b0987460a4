//! WeChat. <https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/Wechat_webpage_authorization.html>

use super::prelude::*;

/// Sign in with WeChat. Register at <https://mp.weixin.qq.com>, with the redirect URI
/// `<origin>/api/auth/callback/wechat`.
///
/// For people inside the WeChat app. For a code to scan on a website, register at
/// <https://open.weixin.qq.com> and use
/// `.authorization_endpoint("https://open.weixin.qq.com/connect/qrconnect").scopes(["snsapi_login"])`.
/// The id is the `unionid`, the same in all apps of a publisher; without one (the app is in no Open
/// Platform account) it is the `openid` of this app, so bind the app before people sign in. There
/// are no addresses.
pub const WECHAT: Provider = Provider::oauth2::<User>(
    "wechat",
    "WeChat",
    Endpoints {
        authorization: "https://open.weixin.qq.com/connect/oauth2/authorize",
        token: "https://api.weixin.qq.com/sns/oauth2/access_token",
        userinfo: "https://api.weixin.qq.com/sns/userinfo",
    },
)
.scopes(&["snsapi_userinfo"])
.scope_separator(",")
.client_auth(ClientAuth::Post)
.client_id_param("appid")
.pkce(Pkce::Unsupported)
.bearer_unless_stated()
.conform_authorization_url(in_order)
.conform_token_request(by_get)
.token_in_query("access_token")
.fetch_userinfo(with_openid)
.mark(Mark::coloured(include_str!("marks/wechat.svg")));

#[derive(Deserialize)]
struct User {
    unionid: Id,
    openid: Id,
    nickname: Text,
    headimgurl: Text,
}

impl From<User> for Profile {
    fn from(user: User) -> Self {
        Self::new(user.unionid.or(user.openid))
            .name(user.nickname)
            .image(user.headimgurl)
    }
}

/// The app compares the URL with a pattern: these parameters, in this order, and the fragment.
fn in_order(mut url: Url) -> Url {
    const ORDER: [&str; 5] = ["appid", "redirect_uri", "response_type", "scope", "state"];
    let mut pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    pairs.sort_by_key(|(name, _)| {
        ORDER
            .iter()
            .position(|it| it == name)
            .unwrap_or(ORDER.len())
    });
    url.query_pairs_mut().clear().extend_pairs(pairs);
    url.set_fragment(Some("wechat_redirect"));
    url
}

/// The token endpoint wants a GET, and the secret under another name.
fn by_get(request: Request) -> Request {
    let mut request = with_form(request, |form| {
        form.into_iter()
            .filter(|(name, _)| name != "redirect_uri")
            .map(|(name, value)| match name.as_str() {
                "client_secret" => ("secret".to_owned(), value),
                _ => (name, value),
            })
            .collect()
    });
    let query = String::from_utf8(std::mem::take(request.body_mut())).unwrap_or_default();
    // A form is a query; an endpoint with one more is an endpoint still.
    if let Ok(uri) = format!("{}?{query}", request.uri()).parse() {
        *request.uri_mut() = uri;
        *request.method_mut() = Method::GET;
    }
    request
}

fn with_openid(request: UserinfoRequest<'_>) -> FetchedUserinfo<'_> {
    Box::pin(async move {
        let openid = request.token_extra.get("openid").and_then(Value::as_str);
        let mut url = request.endpoint.clone();
        url.query_pairs_mut()
            .append_pair("openid", openid.unwrap_or_default())
            .append_pair("lang", "zh_CN");
        request.get_from(&url).await
    })
}
