use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::testing::Script;
use crate::{
    Auth, CallbackError, Client, ClientRequest, ResolveClient, SessionMiddleware, providers,
};
use actix_web::http::StatusCode;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, HttpResponse, web};

fn auth() -> Auth {
    Auth::builder()
        .environment([("AUTH_SECRET", "0123456789abcdef0123456789abcdef")])
        .origins(["https://app.example"])
        .provider(providers::GITHUB.client("id", "secret"))
        .build()
        .unwrap()
}

async fn page(ui: Ui, again: Ui) -> String {
    let known = ui.either("<signed in>", ui.sign_in("github"));
    format!("{known}{}", again.sign_out())
}

fn request() -> TestRequest {
    TestRequest::get()
        .uri("/here?a=1")
        .insert_header(("host", "app.example"))
        .insert_header(("accept", "text/html"))
}

/// The answer to `request`, of a page within this middleware.
async fn answer(middleware: SessionMiddleware, request: TestRequest) -> (HttpResponse<()>, String) {
    let app = App::new().wrap(middleware).default_service(web::to(page));
    let app = init_service(app).await;
    let response = call_service(&app, request.to_request()).await;
    let (head, body) = response.into_parts().1.into_parts();
    let body = actix_web::body::to_bytes(body).await.unwrap_or_default();
    (head, String::from_utf8(body.to_vec()).unwrap())
}

fn values(response: &HttpResponse<()>, name: &str) -> Vec<String> {
    let values = response.headers().get_all(name);
    values
        .map(|value| value.to_str().unwrap().to_owned())
        .collect()
}

#[actix_web::test]
async fn a_page_with_buttons_sets_their_cookie_once_and_is_kept_by_no_cache() {
    let auth = auth();
    let (response, text) = answer(auth.middleware(), request()).await;
    let cookies = values(&response, "set-cookie");
    assert_eq!(cookies.len(), 1, "{cookies:?}");
    assert!(cookies[0].starts_with("__Host-authjs.csrf-token="));
    assert_eq!(values(&response, "cache-control"), ["private, no-store"]);
    assert_eq!(values(&response, "vary"), ["Cookie"]);
    let value = cookies[0].split(['=', '%', '|']).nth(1).unwrap();
    let field = format!(r#"name="csrfToken" value="{value}""#);
    assert_eq!(text.matches(&field).count(), 2, "{text}");

    let cookie = cookies[0].split(';').next().unwrap();
    let again = request().insert_header(("cookie", cookie));
    let (response, text) = answer(auth.middleware(), again).await;
    assert!(values(&response, "set-cookie").is_empty());
    assert_eq!(text.matches(&field).count(), 2, "{text}");
    assert_eq!(values(&response, "cache-control"), ["private, no-store"]);
}

#[actix_web::test]
async fn a_button_leads_back_to_the_page_that_shows_it() {
    let (_, text) = answer(auth().middleware(), request()).await;
    let field = r#"name="callbackUrl" value="/here?a=1""#;
    assert_eq!(text.matches(field).count(), 2, "{text}");
    let part = request()
        .insert_header(("hx-request", "true"))
        .insert_header(("hx-current-url", "https://app.example/whole?b=2"));
    let (_, text) = answer(auth().middleware(), part).await;
    let field = r#"name="callbackUrl" value="/whole?b=2""#;
    assert_eq!(text.matches(field).count(), 2, "{text}");
}

#[actix_web::test]
async fn either_shows_one_side_and_escapes_text() {
    let auth = auth();
    let (_, text) = answer(auth.middleware(), request()).await;
    assert!(text.contains("Sign in with GitHub") && !text.contains("signed in"));

    let issued = auth.danger_issue_session(auth_core::DangerSession::new("1"));
    let cookie = issued[0].to_str().unwrap().split(';').next().unwrap();
    let signed_in = request().insert_header(("cookie", cookie));
    let (_, text) = answer(auth.middleware(), signed_in).await;
    assert!(text.starts_with("&lt;signed in&gt;<form"), "{text}");
    assert!(!text.contains("Sign in with GitHub"));
}

#[actix_web::test]
async fn without_a_middleware_or_buttons_it_is_a_500_and_never_a_page() {
    let app = init_service(App::new().default_service(web::to(page))).await;
    let response = call_service(&app, request().to_request()).await;
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let body = read_body(response).await;
    assert!(!String::from_utf8_lossy(&body).contains("csrfToken"));

    let without_buttons = SessionMiddleware::new(Script::guest().source());
    let (response, _) = answer(without_buttons, request()).await;
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
}

#[actix_web::test]
async fn where_it_cannot_be_told_who_is_signed_in_there_is_no_page() {
    let down = SessionMiddleware::new(Script::down().source());
    let (response, text) = answer(down, request()).await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(!text.contains("csrfToken"));
}

#[actix_web::test]
async fn a_host_that_is_not_ours_gets_no_token() {
    let auth = Auth::builder()
        .environment([("AUTH_SECRET", "0123456789abcdef0123456789abcdef")])
        .build()
        .unwrap();
    let request = TestRequest::get().insert_header(("host", "evil.test"));
    let (response, text) = answer(auth.middleware(), request).await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert!(!text.contains("csrfToken"), "{text}");
}

/// The tenants of a database, which may be down, and how often it was asked.
#[derive(Clone)]
struct Tenants {
    listed: Result<&'static [&'static str], &'static str>,
    asked: Arc<AtomicUsize>,
}

impl ResolveClient for Tenants {
    async fn resolve(
        &self,
        _: &str,
        _: &ClientRequest<'_>,
    ) -> Result<Option<Client>, CallbackError> {
        Ok(None)
    }

    async fn list(&self, request: &ClientRequest<'_>) -> Result<Vec<Client>, CallbackError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        assert_eq!(request.header("accept"), Some("text/html"));
        let tenant = |id: &&'static str| {
            let client = providers::GITHUB.client("id", "secret");
            client.id(*id).name(format!("Tenant <{id}>"))
        };
        Ok(self.listed?.iter().map(tenant).collect())
    }
}

/// A page with a button for `acme`, and how often the database was asked for it.
async fn tenants_page(
    listed: Result<&'static [&'static str], &'static str>,
    signed_in: bool,
) -> (HttpResponse<()>, String, usize) {
    async fn page(ui: Ui) -> String {
        ui.sign_in("acme").to_string()
    }
    let asked = Arc::new(AtomicUsize::new(0));
    let auth = Auth::builder()
        .environment([("AUTH_SECRET", "0123456789abcdef0123456789abcdef")])
        .origins(["https://app.example"])
        .resolve_clients(Tenants {
            listed,
            asked: Arc::clone(&asked),
        })
        .build()
        .unwrap();
    let mut request = request();
    if signed_in {
        let issued = auth.danger_issue_session(auth_core::DangerSession::new("1"));
        let cookie = issued[0].to_str().unwrap().split(';').next().unwrap();
        request = request.insert_header(("cookie", cookie));
    }
    let app = App::new()
        .wrap(auth.middleware())
        .default_service(web::to(page));
    let response = call_service(&init_service(app).await, request.to_request()).await;
    let (head, body) = response.into_parts().1.into_parts();
    let body = actix_web::body::to_bytes(body).await.unwrap_or_default();
    let text = String::from_utf8(body.to_vec()).unwrap();
    (head, text, asked.load(Ordering::Relaxed))
}

const FORM: &str = r#"<form method="post" action="/api/auth/signin/acme">"#;

#[actix_web::test]
async fn a_client_found_at_run_time_has_a_button_with_its_name() {
    let (response, text, asked) = tenants_page(Ok(&["globex", "acme"]), false).await;
    assert!(text.starts_with(FORM), "{text}");
    assert!(
        text.contains(">Sign in with Tenant &lt;acme&gt;<"),
        "{text}"
    );
    assert_eq!(asked, 1);
    assert_eq!(values(&response, "set-cookie").len(), 1);
}

#[actix_web::test]
async fn a_client_that_is_not_listed_has_a_button_all_the_same() {
    let (_, text, _) = tenants_page(Ok(&["globex"]), false).await;
    assert!(
        text.starts_with(FORM) && text.contains(">Sign in<"),
        "{text}"
    );
}

#[actix_web::test]
async fn nobody_who_is_signed_in_waits_for_the_names_of_clients() {
    let (_, text, asked) = tenants_page(Ok(&["acme"]), true).await;
    assert!(
        text.starts_with(FORM) && text.contains(">Sign in<"),
        "{text}"
    );
    assert_eq!(asked, 0);
}

#[actix_web::test]
async fn a_database_that_is_down_leaves_a_button_without_a_name() {
    let (response, text, asked) = tenants_page(Err("SENTINEL"), false).await;
    assert_eq!((response.status(), asked), (StatusCode::OK, 1));
    assert!(
        text.starts_with(FORM) && text.contains(">Sign in<"),
        "{text}"
    );
    let headers = format!("{:?}", response.headers());
    assert!(!text.contains("SENTINEL") && !headers.contains("SENTINEL"));
}
