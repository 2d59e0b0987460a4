//! Handlers of every form, in an application that lacks the middleware: each must answer 500 and
//! none may run. That shows that the check is there, whatever the form; what it decides is tested
//! beside it, in `auth-actix`.

use actix_web::dev::ServiceResponse;
use actix_web::http::Method;
use actix_web::test::{TestRequest, call_service, init_service};
use actix_web::{
    App, Either, HttpRequest, HttpResponse, Responder, delete, get, post, put, route, routes, web,
};
use auth_actix::{MaybeSession, Session, protected};

#[get("/below")]
#[protected]
async fn below(_session: Session) -> impl Responder {
    "reached"
}

#[protected]
#[get("/above")]
async fn above() -> impl Responder {
    "reached"
}

#[protected(role = "admin", permission = "posts:write")]
#[post("/post")]
async fn create(body: web::Json<Vec<u8>>, mut session: Session) -> HttpResponse {
    let _ = (&mut session, body);
    HttpResponse::Ok().body("reached")
}

#[put("/put/{id}")]
#[protected(
    roles("admin", "staff"),
    max_age = "5m",
    sign_in = "/welcome",
    cross_site
)]
async fn replace(
    _: web::Path<u32>,
    web::Query((_a, _b)): web::Query<(u8, u8)>,
) -> Result<String, actix_web::Error> {
    Ok("reached".to_owned())
}

fn is_admin(session: &Session) -> bool {
    session.has_role("admin")
}

#[delete("/delete")]
#[protected(check = is_admin)]
async fn remove(_: MaybeSession) -> Either<&'static str, HttpResponse> {
    Either::Left("reached")
}

#[protected]
#[route("/route", method = "GET", method = "PATCH")]
async fn several() -> &'static str {
    "reached"
}

#[routes]
#[get("/routes/a")]
#[get("/routes/b")]
#[protected]
async fn both() -> &'static str {
    "reached"
}

/// More arguments than actix-web's own handlers may have.
#[get("/many")]
#[protected]
#[allow(clippy::too_many_arguments)]
async fn many(
    a: HttpRequest,
    b: HttpRequest,
    c: HttpRequest,
    d: HttpRequest,
    e: HttpRequest,
    f: HttpRequest,
    g: HttpRequest,
    h: HttpRequest,
    i: HttpRequest,
    j: HttpRequest,
    k: HttpRequest,
    l: HttpRequest,
    m: HttpRequest,
    n: HttpRequest,
    o: HttpRequest,
    p: HttpRequest,
    q: HttpRequest,
    session: Session,
) -> impl Responder {
    drop((a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, session));
    "reached"
}

#[protected]
async fn generic<T, const N: usize>(_: web::Header<T>) -> impl Responder
where
    T: actix_web::http::header::Header + 'static,
{
    format!("reached {N}")
}

/// Names that the expansion uses itself.
#[protected]
async fn names(request: HttpRequest, payload: web::Bytes, session: Session) -> impl Responder {
    let (answer, arguments) = ("reached", (request, payload, session));
    drop(arguments);
    answer
}

async fn answer(method: Method, path: &str) -> ServiceResponse {
    let app = App::new()
        .service(below)
        .service(above)
        .service(create)
        .service(replace)
        .service(remove)
        .service(several)
        .service(both)
        .service(many)
        .route(
            "/generic",
            web::get().to(generic::<actix_web::http::header::Accept, 3>),
        )
        .route("/names", web::get().to(names));
    let app = init_service(app).await;
    let request = TestRequest::default().method(method).uri(path);
    call_service(&app, request.to_request())
        .await
        .map_into_boxed_body()
}

#[actix_web::test]
async fn handlers_of_every_form_are_guarded() {
    for (method, path) in [
        (Method::GET, "/below"),
        (Method::GET, "/above"),
        // Neither the missing body nor the path that is no number is looked at first.
        (Method::POST, "/post"),
        (Method::PUT, "/put/word"),
        (Method::DELETE, "/delete"),
        (Method::GET, "/route"),
        (Method::PATCH, "/route"),
        (Method::GET, "/routes/a"),
        (Method::GET, "/routes/b"),
        (Method::GET, "/many"),
        (Method::GET, "/generic"),
        (Method::GET, "/names"),
    ] {
        let response = answer(method.clone(), path).await;
        assert_eq!(response.status(), 500, "{method} {path}");
    }
}
