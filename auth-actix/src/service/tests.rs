use super::*;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, http::Method};
use std::sync::Mutex;

/// Answers 200 with the method, path and size of what came, and keeps count.
#[derive(Default)]
struct Script {
    announced: AtomicBool,
    seen: Mutex<Vec<String>>,
    event: Option<auth_core::SessionEvent>,
    /// In place of the prefix.
    paths: Vec<&'static str>,
}

impl Endpoints for Script {
    fn mounts(&self) -> Mounts<'_> {
        match self.paths.as_slice() {
            [] => Mounts::Prefix("/api/auth"),
            paths => Mounts::Paths(paths.to_vec()),
        }
    }

    fn announced(&self) -> &AtomicBool {
        &self.announced
    }

    fn answer_at_once(&self, _: &dyn RequestView) -> Option<AnswerAtOnce> {
        None
    }

    fn handle<'a>(
        &'a self,
        request: auth_core::Request,
    ) -> LocalBoxFuture<'a, auth_core::Response> {
        let line = format!(
            "{} {} {}",
            request.method(),
            request.uri(),
            request.body().len()
        );
        self.seen.lock().unwrap().push(line.clone());
        let mut response = auth_core::Response::new(line.into_bytes());
        if let Some(event) = self.event {
            response.extensions_mut().insert(event);
        }
        Box::pin(std::future::ready(response))
    }
}

macro_rules! app {
    ($script:expr) => {
        init_service(App::new().service(Routes::new($script))).await
    };
}

#[actix_web::test]
async fn every_path_under_the_prefix_is_core_s_whatever_the_method() {
    let app = app!(Arc::new(Script::default()));
    for method in [
        "GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PROPFIND",
    ] {
        for path in [
            "/api/auth",
            "/api/auth/",
            "/api/auth/callback/github?code=a",
            "/api/auth/a//b",
        ] {
            let method: Method = method.parse().unwrap();
            let request = TestRequest::default().method(method.clone()).uri(path);
            let response = call_service(&app, request.to_request()).await;
            assert_eq!(read_body(response).await, format!("{method} {path} 0"));
        }
    }
}

#[actix_web::test]
async fn a_body_that_does_not_end_is_408_after_the_deadline_and_does_not_reach_core() {
    let script = Arc::new(Script::default());
    let routes = Routes::new(Arc::clone(&script) as Arc<dyn Endpoints>);
    let app =
        init_service(App::new().service(routes.body_deadline(Duration::from_millis(50)))).await;
    let first = futures_util::stream::iter([Ok(web::Bytes::from_static(b"csrfToken="))]);
    let endless = first.chain(futures_util::stream::pending()).boxed_local();
    let (request, _) = TestRequest::post()
        .uri("/api/auth/signin/github")
        .to_request()
        .replace_payload(Payload::from(endless));
    let response = call_service(&app, request).await;
    assert_eq!(response.status(), 408);
    assert!(script.seen.lock().unwrap().is_empty());
}

#[actix_web::test]
async fn paths_beside_the_prefix_are_the_application_s() {
    let app = app!(Arc::new(Script::default()));
    for path in ["/", "/api", "/api/authors", "/api/auth2/x", "/x/api/auth"] {
        let response = call_service(&app, TestRequest::get().uri(path).to_request()).await;
        assert_eq!(response.status(), 404, "{path}");
    }
}

#[actix_web::test]
async fn endpoints_with_paths_of_their_own_get_these_and_no_others() {
    let app = app!(Arc::new(Script {
        paths: vec!["/sign-in", "/auth/callback"],
        ..Script::default()
    }));
    for (path, status) in [
        ("/sign-in?a=b", 200),
        ("/auth/callback", 200),
        ("/sign-in/x", 404),
        ("/auth", 404),
        ("/api/auth", 404),
    ] {
        let response = call_service(&app, TestRequest::post().uri(path).to_request()).await;
        assert_eq!(response.status(), status, "{path}");
    }
}

#[actix_web::test]
async fn a_body_over_the_limit_does_not_reach_core() {
    let script = Arc::new(Script::default());
    let app = app!(Arc::clone(&script) as Arc<dyn Endpoints>);
    for (size, status) in [(LARGEST_BODY, 200), (LARGEST_BODY + 1, 413)] {
        let request = TestRequest::post()
            .uri("/api/auth/signin/github")
            .set_payload(vec![0xff; size]);
        let response = call_service(&app, request.to_request()).await;
        assert_eq!(response.status(), status);
    }
    assert_eq!(script.seen.lock().unwrap().len(), 1);
}

#[cfg(feature = "actix-session")]
mod actix_session {
    use super::*;
    use ::actix_session::config::CookieContentSecurity;
    use ::actix_session::storage::CookieSessionStore;
    use ::actix_session::{Session, SessionMiddleware};
    use actix_web::cookie::{Cookie, Key};
    use auth_core::SessionEvent;

    async fn put(session: Session) -> &'static str {
        session.insert("basket", 1).unwrap();
        "put"
    }

    async fn take(session: Session) -> String {
        format!("{:?}", session.get::<u32>("basket").unwrap())
    }

    /// What the session cookie is after `event`, and what the application finds with it.
    async fn after(event: Option<SessionEvent>) -> (Option<Cookie<'static>>, String) {
        let script = Script {
            event,
            ..Script::default()
        };
        // Unsigned and without encryption: tests need no key derivation.
        let sessions =
            SessionMiddleware::builder(CookieSessionStore::default(), Key::from(&[0; 64]))
                .cookie_content_security(CookieContentSecurity::Signed)
                .build();
        let app = App::new()
            .wrap(sessions)
            .service(Routes::new(Arc::new(script)))
            .route("/put", web::get().to(put))
            .route("/take", web::get().to(take));
        let app = init_service(app).await;
        let cookie_of = |response: &actix_web::dev::ServiceResponse<_>| {
            let cookies = response.response().cookies();
            let mut cookies = cookies.map(Cookie::into_owned).collect::<Vec<_>>();
            cookies.pop()
        };
        let response = call_service(&app, TestRequest::get().uri("/put").to_request()).await;
        let before = cookie_of(&response.map_into_boxed_body()).unwrap();
        let request = TestRequest::post()
            .uri("/api/auth/x")
            .cookie(before.clone());
        let response = call_service(&app, request.to_request()).await;
        let set = cookie_of(&response.map_into_boxed_body());
        let cookie = set.clone().unwrap_or(before);
        let request = TestRequest::get().uri("/take").cookie(cookie);
        let response = call_service(&app, request.to_request()).await;
        let found = String::from_utf8(read_body(response).await.to_vec()).unwrap();
        (set, found)
    }

    #[actix_web::test]
    async fn its_key_is_renewed_at_sign_in_and_its_content_kept() {
        let (set, found) = after(Some(SessionEvent::SignedIn)).await;
        assert!(!set.unwrap().value().is_empty());
        assert_eq!(found, "Some(1)");
    }

    #[actix_web::test]
    async fn it_is_purged_at_sign_out() {
        let (set, found) = after(Some(SessionEvent::SignedOut)).await;
        assert_eq!(set.unwrap().value(), "");
        assert_eq!(found, "None");
    }

    #[actix_web::test]
    async fn it_is_left_alone_otherwise() {
        let (set, found) = after(None).await;
        assert!(set.is_none());
        assert_eq!(found, "Some(1)");
    }
}
