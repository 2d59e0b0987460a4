//! What Auth.js's guide for Astro promises its readers, in its order. Its inline script runs in
//! `tests/browser/checks/client.mjs`.

use actix_web::test::{TestRequest, call_and_read_body, init_service};
use actix_web::{App, HttpRequest, web};
use auth_actix::{Auth, BuildProblem, providers};
use auth_dev::{DangerSession, Person};
use auth_tests::{Answer, Browser, Site};

const SECRET: (&str, &str) = (
    "AUTH_SECRET",
    "4f0c1d6e9b8a7f3e2d1c0b9a8f7e6d5c4b3a29180f7e6d5c4b3a291807f6e5d4",
);

async fn providers_of(site: &Site, prefix: &str) -> serde_json::Value {
    let url = site.url(&format!("{prefix}/providers"));
    Browser::new().fetch(&url).await.json()
}

#[actix_web::test]
async fn one_endpoint_handles_requests_whatever_the_provider() {
    let site = Site::with(|builder| builder.provider(providers::GITHUB.client("id", "secret")));
    let listed = providers_of(&site, "/api/auth").await;
    let ids: Vec<_> = listed.as_object().unwrap().keys().cloned().collect();
    assert_eq!(ids, ["dev", "github"]);
}

#[actix_web::test]
async fn credentials_are_given_or_come_from_the_environment() {
    let given =
        Site::with(|builder| builder.provider(providers::GITHUB.client("given-id", "secret")));
    let from_environment = Site::with(|builder| {
        let variables = [
            SECRET,
            ("AUTH_GITHUB_ID", "variable-id"),
            ("AUTH_GITHUB_SECRET", "secret"),
        ];
        builder.environment(variables).provider(providers::GITHUB)
    });
    for (site, id) in [(&given, "given-id"), (&from_environment, "variable-id")] {
        let mut browser = Browser::new();
        let csrf = site.csrf(&mut browser).await;
        let url = site.url("/api/auth/signin/github");
        let answer = browser.post(&url, &[("csrfToken", &csrf)]).await;
        assert!(answer.location().starts_with("https://github.com/"));
        assert_eq!(answer.location_param("client_id").as_deref(), Some(id));
    }
}

#[actix_web::test]
async fn the_callback_address_is_the_origin_the_prefix_and_the_provider() {
    let site = Site::start();
    let begun = site.begin(&mut Browser::new(), "/page").await;
    let expected = site.url("/api/auth/callback/dev");
    assert_eq!(begun.location_param("redirect_uri"), Some(expected));

    let site = Site::with(|builder| builder.prefix("/auth"));
    let listed = providers_of(&site, "/auth").await;
    let expected = site.url("/auth/callback/dev");
    assert_eq!(listed["dev"]["callbackUrl"].as_str(), Some(&*expected));
}

#[actix_web::test]
async fn behind_a_proxy_the_host_is_trusted_when_the_variable_says_so() {
    let callback = async |trust: &'static str| {
        let site = Site::with(|builder| builder.environment([SECRET, ("AUTH_TRUST_HOST", trust)]));
        let mut browser = Browser::new();
        let request = browser
            .request(reqwest::Method::GET, &site.url("/api/auth/providers"))
            .header("x-forwarded-host", "app.example")
            .header("x-forwarded-proto", "https");
        let listed = browser.send(request).await.json();
        let url = listed["dev"]["callbackUrl"].as_str().unwrap().to_owned();
        (url, site.url("/api/auth/callback/dev"))
    };
    let (trusted, _) = callback("true").await;
    assert_eq!(trusted, "https://app.example/api/auth/callback/dev");
    let (untrusted, own) = callback("false").await;
    assert_eq!(untrusted, own);
}

#[test]
fn a_secret_of_32_random_bytes_is_accepted_and_a_short_one_is_named() {
    let build = |secret| {
        Auth::builder()
            .environment([("AUTH_SECRET", secret)])
            .provider(providers::GITHUB.client("id", "secret"))
            .build()
    };
    assert!(build(SECRET.1).is_ok());
    let error = build("hunter2").unwrap_err();
    let problems: Vec<&BuildProblem> = error.problems().iter().collect();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(error.to_string().contains("AUTH_SECRET"), "{error}");
    assert!(!error.to_string().contains("hunter2"), "{error}");
}

#[actix_web::test]
async fn the_functions_for_a_script_are_at_one_address() {
    let site = Site::start();
    let mut browser = Browser::new();
    for path in ["/api/auth/client.js", site.auth.client_script()] {
        let answer = browser.fetch(&site.url(path)).await;
        assert_eq!(answer.status, 200);
        assert_eq!(
            answer.header("content-type"),
            "text/javascript; charset=utf-8"
        );
        assert!(answer.text.contains("export async function signIn("));
        assert!(answer.text.contains("export async function signOut("));
        assert_eq!(answer.header("set-cookie"), "");
    }
}

/// The hidden fields of the only form of a page, and where it posts to.
fn form(page: &Answer) -> (String, Vec<(String, String)>) {
    let attribute = |text: &str, name: &str| {
        let (_, rest) = text
            .split_once(&format!(" {name}=\""))
            .expect("the tag has the attribute");
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    let (_, form) = page.text.split_once("<form").expect("there is a form");
    assert!(!form.contains("<form"), "{}", page.text);
    let fields = form
        .split("<input")
        .skip(1)
        .map(|input| (attribute(input, "name"), attribute(input, "value")))
        .collect();
    (attribute(form, "action"), fields)
}

async fn press(site: &Site, browser: &mut Browser, page: &Answer) -> Answer {
    let (action, fields) = form(page);
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    browser.submit(&site.url(&action), &fields).await
}

#[actix_web::test]
async fn the_two_buttons_sign_in_and_out_without_a_script() {
    let site = Site::start();
    let mut browser = Browser::new();
    let here = site.url("/components");

    let page = browser.visit(&here).await;
    assert!(page.text.contains("<p>a guest</p>"), "{}", page.text);
    assert!(page.text.contains(">Login</button>"), "{}", page.text);
    let begun = press(&site, &mut browser, &page).await;
    let approval = site.approve(&begun, Person::ada());
    let answer = site.come_back(&mut browser, &approval).await;
    assert_eq!(answer.location(), here);

    let page = browser.visit(&here).await;
    assert!(page.text.contains("<p>Ada Admin</p>"), "{}", page.text);
    assert!(page.text.contains(">Logout</button>"), "{}", page.text);
    assert_eq!(page.header("set-cookie"), "");
    assert_eq!(page.header("cache-control"), "private, no-store");
    let answer = press(&site, &mut browser, &page).await;
    assert_eq!(answer.location(), here);
    assert!(!site.is_signed_in(&mut browser).await);
}

#[actix_web::test]
async fn a_button_of_another_browser_does_nothing() {
    let site = Site::start();
    let page = Browser::new().visit(&site.url("/components")).await;
    let mut victim = site.browser_of(Person::ada()).await;
    let (_, fields) = form(&page);
    let token = ("csrfToken", fields[0].1.as_str());
    let answer = victim
        .submit(&site.url("/api/auth/signout"), &[token])
        .await;
    assert_eq!(
        answer.location_param("error").as_deref(),
        Some("MissingCSRF")
    );
    assert!(site.is_signed_in(&mut victim).await);
}

#[actix_web::test]
async fn a_handler_fetches_the_session_of_a_request() {
    async fn welcome(request: HttpRequest, auth: web::Data<Auth>) -> actix_web::Result<String> {
        let session = auth.session(&request).await?;
        Ok(match session {
            Some(session) => format!("Welcome {}", session.user().name().unwrap_or_default()),
            None => "Not logged in".to_owned(),
        })
    }
    let auth = Auth::builder()
        .environment([SECRET, ("AUTH_URL", "http://localhost:3000")])
        .build()
        .unwrap();
    let issued = auth.danger_issue_session(DangerSession::new("1").name("Ada"));
    let cookie = issued[0].to_str().unwrap().split(';').next().unwrap();
    let app = App::new()
        .app_data(web::Data::new(auth.clone()))
        .default_service(web::to(welcome));
    let app = init_service(app).await;
    let guest = TestRequest::get().to_request();
    assert_eq!(call_and_read_body(&app, guest).await, "Not logged in");
    let ada = TestRequest::get().insert_header(("cookie", cookie));
    let body = call_and_read_body(&app, ada.to_request()).await;
    assert_eq!(body, "Welcome Ada");
}
