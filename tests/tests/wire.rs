//! Updates, pages and looks, through a real server.

use auth_actix::{CallbackError, Callbacks, ColorScheme, Pages, Theme, Token, Trigger};
use auth_dev::Person;
use auth_tests::{Answer, Browser, Site};
use reqwest::Method;
use serde_json::{Value, json};

/// Lets people change the name that the site calls them by.
struct Nickname;

impl Callbacks for Nickname {
    async fn jwt(
        &self,
        mut token: Token,
        trigger: &Trigger<'_>,
    ) -> Result<Option<Token>, CallbackError> {
        if let Trigger::Update { data } = trigger
            && let Some(name) = data["nickname"].as_str()
        {
            token.set("name", name);
        }
        Ok(Some(token))
    }
}

async fn update(site: &Site, browser: &mut Browser, body: &Value) -> Answer {
    let request = browser
        .request(Method::POST, &site.url("/api/auth/session"))
        .header("content-type", "application/json")
        .body(body.to_string());
    browser.send(request).await
}

#[actix_web::test]
async fn an_update_changes_the_session_that_handlers_read() {
    let site = Site::with(|builder| builder.callbacks(Nickname));
    let mut browser = site.browser_of(Person::ada()).await;
    let refused = update(&site, &mut browser, &json!({"data": {"nickname": "Eve"}})).await;
    assert_eq!((refused.status, refused.text.as_str()), (400, "null"));

    let csrf = site.csrf(&mut browser).await;
    let body = json!({"csrfToken": csrf, "data": {"nickname": "Countess", "roles": ["admin"]}});
    let answer = update(&site, &mut browser, &body).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["user"]["name"], "Countess");
    let page = browser.visit(&site.url("/page")).await;
    assert!(page.text.contains("Countess"), "{}", page.text);
    assert_eq!(browser.visit(&site.url("/admin")).await.status, 403);
}

#[actix_web::test]
async fn a_guest_is_sent_to_the_sign_in_page_of_the_application() {
    let site = Site::with(|builder| builder.pages(Pages::new().sign_in("/login?tab=1")));
    let answer = Browser::new().visit(&site.url("/page?a=1")).await;
    assert_eq!(answer.status, 302);
    assert_eq!(answer.location(), "/login?tab=1&callbackUrl=/page%3Fa%3D1");
}

#[actix_web::test]
async fn a_theme_is_in_the_stylesheet_that_pages_link_to() {
    let theme = Theme::new()
        .brand_color("#7c3aed")
        .color_scheme(ColorScheme::Light)
        .logo("/logo.svg");
    let site = Site::with(|builder| builder.theme(theme));
    let mut browser = Browser::new();
    let page = browser.visit(&site.url("/api/auth/signin")).await;
    assert!(page.text.contains(r#"src="/logo.svg""#), "{}", page.text);
    let (_, rest) = page.text.split_once(r#"rel="stylesheet" href=""#).unwrap();
    let (path, _) = rest.split_once('"').unwrap();
    let style = browser.visit(&site.url(path)).await;
    assert!(style.text.contains("--brand: #7c3aed;"), "{}", style.text);
    assert!(style.text.contains("color-scheme: light;"));
    assert!(!style.text.contains("prefers-color-scheme"));
}
