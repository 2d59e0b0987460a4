//! An application tested without a browser, and without an account anywhere.

use std::time::Duration;

use actix_web::App;
use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT, COOKIE, LOCATION};
use actix_web::test::{TestRequest, call_and_read_body, call_service, init_service};
use auth_actix::{Clock, SystemClock, Timestamp};
use auth_dev::{DevProvider, Person, TestAuth};

/// The application within the sign-in of `auth`, ready to be asked.
macro_rules! app {
    ($auth:expr) => {{
        let auth = &$auth;
        init_service(
            App::new()
                .wrap(auth.middleware())
                .service(auth.routes())
                .configure(testing::pages),
        )
        .await
    }};
}

#[actix_web::test]
async fn somebody_who_is_signed_in_is_greeted() {
    let auth = TestAuth::new();
    let app = app!(auth);
    let request = TestRequest::get().uri("/dashboard");
    let request = auth.sign_in(request, Person::bob()).to_request();
    let page = call_and_read_body(&app, request).await;
    assert!(page.windows(16).any(|text| text == b"Hello Bob Basic!"));
}

#[actix_web::test]
async fn the_role_opens_the_page_for_administrators() {
    let auth = TestAuth::new();
    let app = app!(auth);
    for (person, status) in [
        (Person::bob(), StatusCode::FORBIDDEN),
        (Person::bob().role("admin"), StatusCode::OK),
    ] {
        let request = auth.sign_in(TestRequest::get().uri("/admin"), person);
        let response = call_service(&app, request.to_request()).await;
        assert_eq!(response.status(), status);
    }
}

#[actix_web::test]
async fn a_guest_is_sent_to_sign_in_and_a_script_is_told() {
    let app = app!(TestAuth::new());
    let browser = TestRequest::get().uri("/dashboard");
    let browser = browser.insert_header((ACCEPT, "text/html")).to_request();
    let response = call_service(&app, browser).await;
    assert!(response.status().is_redirection());
    let location = response.headers().get(LOCATION).unwrap();
    assert_eq!(location, "/api/auth/signin?callbackUrl=/dashboard");

    let script = TestRequest::get().uri("/dashboard").to_request();
    let response = call_service(&app, script).await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
}

/// The time as it will be in half a year.
struct HalfAYearLater;

impl Clock for HalfAYearLater {
    fn now(&self) -> Timestamp {
        SystemClock.now().plus(Duration::from_secs(183 * 86400))
    }
}

/// Secret and origin of the tests that configure sign-in themselves.
fn sign_in() -> auth_actix::AuthBuilder<auth_actix::Auth> {
    let secret = [("AUTH_SECRET", "a secret of these tests, known to all")];
    testing::sign_in()
        .environment(secret)
        .origins(["http://localhost:8080"])
}

#[actix_web::test]
async fn nobody_is_signed_in_after_half_a_year() {
    let now = TestAuth::from(sign_in().build().unwrap());
    let later = sign_in().clock(HalfAYearLater).build().unwrap();
    let cookie = now.cookie_header(Person::ada());
    for (app, status) in [
        (app!(now), StatusCode::OK),
        (app!(later), StatusCode::UNAUTHORIZED),
    ] {
        let request = TestRequest::get().uri("/dashboard");
        let request = request.insert_header((COOKIE, &*cookie)).to_request();
        assert_eq!(call_service(&app, request).await.status(), status);
    }
}

#[actix_web::test]
async fn ada_signs_in_at_the_provider_and_becomes_an_administrator() {
    let provider = DevProvider::start().unwrap();
    let auth = sign_in().provider(provider.client()).build().unwrap();
    let app = app!(auth);
    let mut cookies = Vec::new();
    // As a browser does: keeps the cookies, and follows nothing.
    let mut send = async |request: TestRequest| {
        let request = cookies.iter().cloned().fold(request, TestRequest::cookie);
        let response = call_service(&app, request.to_request()).await;
        let set = response.response().cookies();
        cookies.extend(set.map(|cookie| cookie.into_owned()));
        let location = response.headers().get(LOCATION).cloned();
        let location = location.map(|it| it.to_str().unwrap().to_owned());
        (response, location)
    };

    let (home, _) = send(TestRequest::get().uri("/")).await;
    let home = actix_web::test::read_body(home).await;
    let home = String::from_utf8(home.to_vec()).unwrap();
    let (_, field) = home.split_once(r#"name="csrfToken" value=""#).unwrap();
    let form = [("csrfToken", field.split('"').next().unwrap())];
    let press = TestRequest::post()
        .uri("/api/auth/signin/dev")
        .set_form(form);
    let (_, to_provider) = send(press).await;

    let approval = provider.approve(&to_provider.unwrap(), Person::ada());
    let back = approval.callback_url();
    send(TestRequest::get().uri(&back)).await;
    let (admin, _) = send(TestRequest::get().uri("/admin")).await;
    assert_eq!(admin.status(), StatusCode::OK);
}
