use actix_web::http::StatusCode;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, get};
use auth_actix::{Auth, Session, protected};
use auth_dev::{DEV, DangerSession, Person, TestAuth};

#[get("/me")]
#[protected]
async fn me(session: Session) -> String {
    let user = session.user();
    let name = user.name().unwrap_or_default();
    format!("{} {name} {}", user.id(), user.email().unwrap_or_default())
}

#[get("/staff")]
#[protected(role = "staff", permission = "posts:write")]
async fn staff() -> &'static str {
    "staff"
}

/// Status and body of the answer to `request`.
async fn answer(auth: &TestAuth, request: TestRequest) -> (StatusCode, String) {
    let app = App::new()
        .wrap(auth.middleware())
        .service(me)
        .service(staff);
    let app = init_service(app).await;
    let response = call_service(&app, request.to_request()).await;
    let status = response.status();
    let body = read_body(response).await;
    (status, String::from_utf8_lossy(&body).into_owned())
}

#[actix_web::test]
async fn a_person_is_signed_in() {
    let auth = TestAuth::new();
    let request = auth.sign_in(TestRequest::get().uri("/me"), Person::ada());
    let expected = "dev:ada Ada Admin ada@example.com".to_owned();
    assert_eq!(answer(&auth, request).await, (StatusCode::OK, expected));
}

#[actix_web::test]
async fn nobody_is_signed_in_who_was_not_told_to() {
    let auth = TestAuth::new();
    let (status, _) = answer(&auth, TestRequest::get().uri("/me")).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

#[actix_web::test]
async fn roles_and_permissions_are_those_of_the_person() {
    let auth = TestAuth::new();
    let bob = Person::bob().role("staff").permission("posts:write");
    let request = auth.sign_in(TestRequest::get().uri("/staff"), bob);
    assert_eq!(answer(&auth, request).await.0, StatusCode::OK);
    for lesser in [
        Person::bob(),
        Person::bob().role("staff"),
        Person::bob().permission("posts:write"),
    ] {
        let request = auth.sign_in(TestRequest::get().uri("/staff"), lesser);
        assert_eq!(answer(&auth, request).await.0, StatusCode::FORBIDDEN);
    }
}

#[actix_web::test]
async fn another_client_takes_the_header() {
    let auth = TestAuth::new();
    let session = DangerSession::new("42").name("Eve");
    let header = ("cookie", auth.cookie_header(session));
    let request = TestRequest::get().uri("/me").insert_header(header);
    let expected = "42 Eve ".to_owned();
    assert_eq!(answer(&auth, request).await, (StatusCode::OK, expected));
}

#[actix_web::test]
async fn an_applications_own_auth_is_not_opened_by_another_secret() {
    let none: [(&str, &str); 0] = [];
    let own = Auth::builder()
        .environment(none)
        .secret("another secret, of thirty-two bytes or more")
        .origins(["http://localhost:8080"])
        .provider(DEV.client("id", "secret").issuer("http://127.0.0.1:9"))
        .build()
        .unwrap();
    let own = TestAuth::from(own);
    let request = own.sign_in(TestRequest::get().uri("/me"), Person::bob());
    assert_eq!(answer(&own, request).await.0, StatusCode::OK);
    let request = TestAuth::new().sign_in(TestRequest::get().uri("/me"), Person::bob());
    let refused = answer(&own, request).await.0;
    assert_eq!(refused, StatusCode::UNAUTHORIZED);
}
