//! `POST /session`.

use super::*;
use crate::callbacks::{CallbackError, Callbacks, Trigger};
use crate::session::Token;

/// Takes over one member of what a script sends, and does what others say.
struct Profile;

impl Callbacks for Profile {
    async fn jwt(
        &self,
        mut token: Token,
        trigger: &Trigger<'_>,
    ) -> Result<Option<Token>, CallbackError> {
        let Trigger::Update { data } = trigger else {
            return Ok(Some(token));
        };
        match data["do"].as_str() {
            Some("end") => return Ok(None),
            Some("fail") => return Err("the profile is locked".into()),
            Some("swell") => token.set("notes", "n".repeat(100_000)),
            _ => {}
        }
        if let Some(name) = data["name"].as_str() {
            token.set("name", name);
        }
        Ok(Some(token))
    }
}

/// Has no opinion on updates.
struct Silent;

impl Callbacks for Silent {}

fn post(auth: &Auth, jar: &mut Vec<(String, String)>, body: &Value) -> Response {
    let request = http::Request::post("/api/auth/session")
        .header("content-type", "application/json")
        .header("x-auth-return-redirect", "1");
    send(auth, jar, request, &body.to_string())
}

fn update(auth: &Auth, jar: &mut Vec<(String, String)>, data: Value) -> Response {
    let csrf_token = csrf(auth, jar);
    post(auth, jar, &json!({"csrfToken": csrf_token, "data": data}))
}

fn signed_in(callbacks: impl Callbacks) -> (Auth, Vec<(String, String)>) {
    let auth = auth_with(GitHub::default(), |builder| builder.callbacks(callbacks));
    let mut jar = Vec::new();
    sign_in(&auth, &mut jar, "/page");
    (auth, jar)
}

fn session(auth: &Auth, jar: &mut Vec<(String, String)>) -> Value {
    json_of(&get(auth, jar, "/api/auth/session"))
}

fn session_cookie(jar: &[(String, String)]) -> Option<&str> {
    let cookie = jar.iter().find(|(name, _)| name == "authjs.session-token");
    cookie.map(|(_, value)| value.as_str())
}

/// `400 null`, no redirect, no cookie.
fn assert_refused(response: &Response) {
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert_eq!(response.body(), b"null");
    assert!(!response.headers().contains_key("location"));
    assert!(!response.headers().contains_key("set-cookie"));
}

#[test]
fn an_update_goes_through_the_jwt_callback_into_the_cookie_and_the_answer() {
    let (auth, mut jar) = signed_in(Profile);
    let before = session_cookie(&jar).unwrap().to_owned();
    let answer = update(&auth, &mut jar, json!({"name": "Countess"}));
    assert_eq!(answer.status(), StatusCode::OK);
    let shown = json_of(&answer);
    assert_eq!(shown["user"]["name"], "Countess");
    assert_eq!(shown["expires"], "2027-02-14T08:00:00.000Z");
    assert_ne!(session_cookie(&jar).unwrap(), before);
    assert_eq!(session(&auth, &mut jar), shown);
}

#[test]
fn nothing_that_a_script_sends_enters_the_session_by_itself() {
    let all = json!({"name": "Root", "email": "root@example.com", "sub": "root",
        "user": {"name": "Root"}, "roles": ["admin"], "permissions": ["all"],
        "exp": 9_999_999_999_i64, "provider": "x"});
    let (auth, mut jar) = signed_in(Silent);
    let before = session(&auth, &mut jar);
    let answer = update(&auth, &mut jar, all.clone());
    assert_eq!(json_of(&answer), before);
    assert_eq!(session(&auth, &mut jar), before);

    // And of what a callback takes over, nothing but that.
    let (auth, mut jar) = signed_in(Profile);
    update(&auth, &mut jar, all);
    let cookie = format!("authjs.session-token={}", session_cookie(&jar).unwrap());
    let mut request: Request = http::Request::get("/")
        .header("host", "localhost:3000")
        .header("cookie", cookie)
        .body(Vec::new())
        .unwrap();
    request.extensions_mut().insert(Peer([127, 0, 0, 1].into()));
    let read = block_on(crate::SessionSource::read(&auth, &request))
        .unwrap()
        .unwrap();
    assert_eq!(read.user().name(), Some("Root"));
    assert_eq!(read.user().id(), "github:9007199254740993");
    assert_eq!(read.provider(), Some("github"));
    assert!(read.roles().is_empty() && read.permissions().is_empty());
}

#[test]
fn an_update_without_the_token_of_this_browser_is_refused_without_a_redirect() {
    let (auth, mut jar) = signed_in(Profile);
    let before = session(&auth, &mut jar);
    for body in [
        json!({"data": {"name": "Eve"}}),
        json!({"csrfToken": "", "data": {"name": "Eve"}}),
        json!({"csrfToken": "0".repeat(64), "data": {"name": "Eve"}}),
        json!({"csrfToken": 1, "data": {"name": "Eve"}}),
    ] {
        assert_refused(&post(&auth, &mut jar, &body));
    }
    assert_eq!(session(&auth, &mut jar), before);
}

#[test]
fn a_guest_updates_nothing() {
    let auth = auth_with(GitHub::default(), |builder| builder.callbacks(Profile));
    let answer = update(&auth, &mut Vec::new(), json!({"name": "Eve"}));
    assert_eq!(
        (answer.status(), json_of(&answer)),
        (StatusCode::OK, Value::Null)
    );
    assert!(!answer.headers().contains_key("set-cookie"));
}

#[test]
fn a_callback_may_end_the_session_at_an_update() {
    let (auth, mut jar) = signed_in(Profile);
    let mut saved = jar.clone();
    let answer = update(&auth, &mut jar, json!({"do": "end"}));
    assert_eq!(json_of(&answer), Value::Null);
    assert_eq!(session_cookie(&jar), None);
    assert_eq!(
        session(&auth, &mut saved),
        Value::Null,
        "a copy of the cookie ended, too"
    );
}

#[test]
fn an_update_that_fails_leaves_the_session_as_it_was() {
    let (auth, mut jar) = signed_in(Profile);
    let before = session(&auth, &mut jar);
    for what in ["fail", "swell"] {
        assert_refused(&update(&auth, &mut jar, json!({"do": what, "name": "Eve"})));
        assert_eq!(session(&auth, &mut jar), before, "{what}");
    }
}

#[test]
fn an_update_without_data_or_from_a_form_shows_the_session() {
    let (auth, mut jar) = signed_in(Profile);
    let csrf_token = csrf(&auth, &mut jar);
    let answer = post(&auth, &mut jar, &json!({"csrfToken": csrf_token}));
    assert_eq!(json_of(&answer)["user"]["name"], "Ada");
    let form = format!("csrfToken={csrf_token}&data=x");
    let answer = send(
        &auth,
        &mut jar,
        http::Request::post("/api/auth/session"),
        &form,
    );
    assert_eq!(json_of(&answer)["user"]["name"], "Ada");
}
