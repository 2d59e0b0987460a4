//! AuthKit in an application, as far as WorkOS is not asked.

use super::*;
use crate::{Html, MaybeSession, Ui, protected};
use actix_web::dev::ServiceResponse;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, Responder, web};

fn authkit() -> AuthKit {
    with(|builder| builder)
}

fn with(change: impl FnOnce(AuthKitBuilder<AuthKit>) -> AuthKitBuilder<AuthKit>) -> AuthKit {
    let builder = AuthKit::builder().environment([
        ("WORKOS_API_KEY", "sk_test_x"),
        ("WORKOS_CLIENT_ID", "client_1"),
        ("WORKOS_REDIRECT_URI", "https://app.example/auth/callback"),
        (
            "WORKOS_COOKIE_PASSWORD",
            "a password of more than 32 characters",
        ),
    ]);
    change(builder).build().unwrap()
}

#[protected]
async fn dashboard(_: Session) -> impl Responder {
    "reached"
}

async fn home(session: MaybeSession) -> impl Responder {
    match session.get() {
        Some(_) => "signed in",
        None => "guest",
    }
}

/// The answer of an application to one request.
async fn answer(authkit: &AuthKit, request: TestRequest) -> ServiceResponse {
    let authkit = authkit.clone();
    let app = App::new()
        .wrap(authkit.middleware())
        .service(authkit.routes())
        .route("/", web::get().to(home))
        .route("/dashboard", web::get().to(dashboard))
        .route("/callback", web::get().to(async || "the application's"));
    call_service(&init_service(app).await, request.to_request()).await
}

fn get(path: &str) -> TestRequest {
    let accept = ("accept", "text/html");
    TestRequest::get().uri(path).insert_header(accept)
}

fn location(response: &ServiceResponse) -> String {
    let location = response.headers().get("location").unwrap();
    location.to_str().unwrap().to_owned()
}

#[actix_web::test]
async fn a_guest_is_sent_to_sign_in_with_the_way_back_and_from_there_to_workos() {
    let authkit = authkit();
    let response = answer(&authkit, get("/dashboard?a=b")).await;
    assert_eq!(response.status(), 302);
    let to = location(&response);
    assert_eq!(to, "/sign-in?callbackUrl=/dashboard%3Fa%3Db");
    let response = answer(&authkit, get(&to)).await;
    assert_eq!(response.status(), 302);
    assert!(location(&response).starts_with("https://api.workos.com/user_management/authorize?"));
    let cookie = response.headers().get("set-cookie").unwrap();
    assert!(cookie.to_str().unwrap().starts_with("wos-auth-verifier-"));
}

#[actix_web::test]
async fn a_page_has_the_buttons_of_ui_and_each_does_what_it_says() {
    async fn page(ui: Ui) -> String {
        let guest = format!("{}{}", ui.sign_in("github"), ui.sign_up());
        ui.either("somebody", Html::render(maud::PreEscaped(guest)))
            .to_string()
            + ui.sign_out().as_ref()
    }
    let authkit = authkit();
    let app = App::new()
        .wrap(authkit.middleware())
        .service(authkit.routes());
    let app = init_service(app.default_service(web::to(page))).await;
    let response = call_service(&app, get("/here?a=b").to_request()).await;
    let headers = response.headers();
    assert_eq!(headers.get("cache-control").unwrap(), "private, no-store");
    assert!(!headers.contains_key("set-cookie"));
    let body = read_body(response).await;
    assert_eq!(
        body,
        concat!(
            r#"<a href="/sign-in?callbackUrl=%2Fhere%3Fa%3Db" dir="auto">Sign in</a>"#,
            r#"<a href="/sign-up?callbackUrl=%2Fhere%3Fa%3Db" dir="auto">Sign up</a>"#,
            r#"<form method="post" action="/sign-out">"#,
            r#"<button type="submit" dir="auto">Sign out</button></form>"#,
        )
    );
    for link in [
        "/sign-in?callbackUrl=%2Fhere%3Fa%3Db",
        "/sign-up?callbackUrl=%2Fhere%3Fa%3Db",
    ] {
        let response = answer(&authkit, get(link)).await;
        assert!(
            location(&response).starts_with("https://api.workos.com/"),
            "{link}"
        );
    }
    let post = TestRequest::post().uri("/sign-out");
    let post = post.insert_header(("origin", "https://app.example"));
    let response = answer(&authkit, post).await;
    let removed = response.headers().get("set-cookie").unwrap();
    assert!(removed.to_str().unwrap().starts_with("wos-session=;"));
}

#[actix_web::test]
async fn a_broken_cookie_is_a_guest_s_and_one_redirect_from_signing_in() {
    let authkit = authkit();
    for cookie in [
        "wos-session=garbage",
        "wos-session=Fe26.1*1*a*b*c**d*e~2",
        "wos-session=Fe26.2*1*a*b*c**d*e~2",
        "wos-session=%ff; wos-session.0=x",
        "wos-session.0=Fe26.2",
        "wos-session=a; wos-session=b",
        "wos-session=",
    ] {
        let request = |path| get(path).insert_header(("cookie", cookie));
        let response = answer(&authkit, request("/dashboard")).await;
        assert_eq!(response.status(), 302, "{cookie}");
        assert!(location(&response).starts_with("/sign-in?"));
        let response = answer(&authkit, request("/sign-in")).await;
        assert_eq!(response.status(), 302, "{cookie}");
        assert!(location(&response).starts_with("https://api.workos.com/"));
        let response = answer(&authkit, request("/")).await;
        assert_eq!(read_body(response).await, "guest");
    }
}

#[actix_web::test]
async fn scripts_get_a_401_and_are_told_what_is_missing() {
    let check = async |authkit: AuthKit, expected: &str| {
        let request = TestRequest::get().uri("/dashboard");
        let request = request.insert_header(("accept", "application/json"));
        let response = answer(&authkit, request).await;
        assert_eq!(response.status(), 401);
        let headers = response.headers();
        assert_eq!(headers.get("www-authenticate").unwrap(), expected);
        assert_eq!(
            headers.get("content-type").unwrap(),
            "application/problem+json"
        );
    };
    check(authkit(), "Cookie realm=\"sign-in\"").await;
    check(
        with(|it| it.bearer_tokens(true)),
        "Bearer realm=\"sign-in\"",
    )
    .await;
}

#[actix_web::test]
async fn the_routes_are_those_paths_and_no_others() {
    let authkit = authkit();
    for (path, status) in [
        ("/sign-up", 302),
        ("/sign-out", 200),
        ("/_authkit/me", 200),
        ("/_authkit/style.css?v=1", 200),
        ("/auth/callback", 400),
        ("/callback", 200),
        ("/sign-in/", 404),
        ("/sign-in/x", 404),
        ("/_authkit", 404),
        ("/auth/callback/x", 404),
    ] {
        let response = answer(&authkit, get(path)).await;
        assert_eq!(response.status(), status, "{path}");
    }
}

#[actix_web::test]
async fn paths_can_be_chosen() {
    let authkit = with(|it| it.sign_in_path("/login").sign_out_path("/logout"));
    let response = answer(&authkit, get("/dashboard")).await;
    assert_eq!(location(&response), "/login?callbackUrl=/dashboard");
    assert_eq!(answer(&authkit, get("/login")).await.status(), 302);
    assert_eq!(answer(&authkit, get("/logout")).await.status(), 200);
    assert_eq!(answer(&authkit, get("/sign-in")).await.status(), 404);
}

#[actix_web::test]
async fn a_form_of_another_site_signs_nobody_out_and_one_of_ours_does() {
    let authkit = authkit();
    let post = |origin| {
        let request = TestRequest::post().uri("/sign-out");
        request.insert_header(("origin", origin))
    };
    let response = answer(&authkit, post("https://evil.example")).await;
    assert_eq!(response.status(), 403);
    assert!(response.headers().get("set-cookie").is_none());
    let request = post("https://app.example").set_form([("returnTo", "/bye")]);
    let response = answer(&authkit, request).await;
    assert_eq!(response.status(), 303);
    assert_eq!(location(&response), "https://app.example/bye");
    let cookie = response.headers().get("set-cookie").unwrap();
    let removal = "wos-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure";
    assert_eq!(cookie, removal);
}

#[actix_web::test]
async fn a_handler_signs_out_by_a_response() {
    let authkit = authkit();
    let request = TestRequest::get().to_http_request();
    let response = authkit.sign_out(&request, Some("/bye"));
    assert_eq!(response.status(), 303);
    let to = response.headers().get("location").unwrap();
    assert_eq!(to, "https://app.example/bye");
    assert!(response.headers().get("set-cookie").is_some());
    let caching = response.headers().get("cache-control").unwrap();
    assert_eq!(caching, "private, no-store");
    assert_eq!(response.headers().get("vary").unwrap(), "Cookie");
}

#[actix_web::test]
async fn a_guest_has_no_session_to_switch_or_refresh() {
    let authkit = authkit();
    let request = TestRequest::get().to_http_request();
    let switched = authkit.switch_organization(&request, "org_1", "/").await;
    assert_eq!(switched.unwrap_err().reason(), Reason::SignInRequired);
    let refreshed = authkit.refresh(&request).await;
    assert_eq!(refreshed.unwrap_err().reason(), Reason::Misconfigured);
    assert!(authkit.session(&request).await.unwrap().is_none());
}

#[test]
fn debug_shows_no_key_and_no_password() {
    let shown = format!("{:?}", authkit());
    assert!(
        !shown.contains("sk_test") && !shown.contains("password"),
        "{shown}"
    );
}
