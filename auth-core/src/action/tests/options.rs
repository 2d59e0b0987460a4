//! What settings change of a whole sign-in.

use super::*;
use crate::callbacks::{CallbackError, Callbacks, Trigger};
use crate::cookie::{CookieOverride, CookieOverrides};
use crate::session::{SessionCodec, SessionSource as _, Token};

const NEWER: &str = "a newer secret, as long as it must be";
const OLDER: &str = "0123456789abcdef0123456789abcdef";

fn with_secrets(secrets: &[(&str, &str)]) -> Auth {
    AuthBuilder::with_adapters(GitHub::default(), NoSpawn)
        .environment(secrets.iter().copied())
        .clock(ManualClock::at(1_800_000_000))
        .read_v4_sessions(true)
        .provider(GITHUB.client("id", "secret"))
        .build()
        .unwrap()
}

fn callback_of(authorization: &Url) -> String {
    let state = param(authorization, "state").unwrap();
    format!("/api/auth/callback/github?code=c&state={state}")
}

fn shown(auth: &Auth, jar: &mut Vec<(String, String)>) -> Value {
    let session = send(auth, jar, http::Request::get("/api/auth/session"), "");
    serde_json::from_slice(session.body()).unwrap()
}

#[test]
fn everything_under_way_survives_a_newer_secret_and_the_removal_of_the_older() {
    let before = with_secrets(&[("AUTH_SECRET", OLDER)]);
    let during = with_secrets(&[("AUTH_SECRET", OLDER), ("AUTH_SECRET_1", NEWER)]);
    let after = with_secrets(&[("AUTH_SECRET", NEWER)]);
    let csrf_of = |auth: &Auth, jar: &mut Vec<(String, String)>| {
        let csrf = send(auth, jar, http::Request::get("/api/auth/csrf"), "");
        let csrf: Value = serde_json::from_slice(csrf.body()).unwrap();
        csrf["csrfToken"].as_str().unwrap().to_owned()
    };
    for (old, new) in [(&before, &during), (&during, &after)] {
        let mut jar = Vec::new();
        let authorization = begin(old, &mut jar);
        let csrf = csrf_of(old, &mut jar);
        let home = send(
            new,
            &mut jar,
            http::Request::get(callback_of(&authorization)),
            "",
        );
        assert_eq!(location(home.headers()).path(), "/page");
        assert_eq!(csrf_of(new, &mut jar), csrf);

        let mut jar = Vec::new();
        let callback = http::Request::get(callback_of(&begin(old, &mut jar)));
        send(old, &mut jar, callback, "");
        assert_eq!(shown(new, &mut jar)["user"]["name"], "Ada");
    }
}

#[test]
fn a_v4_session_is_shown_and_becomes_one_of_ours() {
    let vectors: Value =
        serde_json::from_str(include_str!("../../../fixtures/nextauth_v4.json")).unwrap();
    let auth = with_secrets(&[("AUTH_SECRET", OLDER)]);
    let session = vectors["session"].as_str().unwrap().to_owned();
    let mut jar = vec![("next-auth.session-token".to_owned(), session)];
    assert_eq!(shown(&auth, &mut jar)["user"]["email"], "ada@example.com");
    let [(name, _)] = &jar[..] else {
        panic!("{jar:?}");
    };
    assert_eq!(name, "authjs.session-token");
    assert_eq!(shown(&auth, &mut jar)["user"]["email"], "ada@example.com");
}

#[test]
fn a_v4_session_that_does_not_open_is_removed() {
    let auth = with_secrets(&[("AUTH_SECRET", OLDER)]);
    let mut jar = vec![("next-auth.session-token".to_owned(), "forged".to_owned())];
    assert_eq!(shown(&auth, &mut jar), Value::Null);
    assert_eq!(jar, []);
}

#[test]
fn the_application_names_the_cookies_and_the_sessions() {
    let named = |name: &str| CookieOverride::new().name(name);
    let auth = AuthBuilder::with_adapters(GitHub::default(), NoSpawn)
        .environment([("AUTH_SECRET", OLDER)])
        .clock(ManualClock::at(1_800_000_000))
        .cookies(
            CookieOverrides::new()
                .session(named("s"))
                .csrf(named("c"))
                .callback_url(named("u").path("/api"))
                .transaction(named("t-"))
                .last_provider(named("l")),
        )
        .generate_session_id(|| "session-17".to_owned())
        .provider(GITHUB.client("id", "secret"))
        .build()
        .unwrap();
    let mut jar = Vec::new();
    let authorization = begin(&auth, &mut jar);
    let names = |jar: &[(String, String)]| {
        let mut names: Vec<_> = jar.iter().map(|(name, _)| name.clone()).collect();
        names.sort();
        names
    };
    assert!(
        names(&jar)[1].starts_with("t-") && jar.len() == 3,
        "{jar:?}"
    );
    send(
        &auth,
        &mut jar,
        http::Request::get(callback_of(&authorization)),
        "",
    );
    assert_eq!(names(&jar), ["c", "l", "s", "u"]);
    assert_eq!(shown(&auth, &mut jar)["user"]["name"], "Ada");

    let mut request = http::Request::get("/")
        .header("host", "localhost:3000")
        .header(
            "cookie",
            format!("s={}", jar.iter().find(|it| it.0 == "s").unwrap().1),
        )
        .body(Vec::new())
        .unwrap();
    request.extensions_mut().insert(Peer([127, 0, 0, 1].into()));
    let session = block_on(auth.read(&request)).unwrap().unwrap();
    assert_eq!(session.data().sid.as_deref(), Some("session-17"));
}

/// Writes claims in the clear, for tests only.
struct Clear;

impl SessionCodec for Clear {
    fn encode(
        &self,
        claims: &[u8],
        _: &str,
    ) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
        Ok(String::from_utf8(claims.to_vec())?)
    }

    fn decode(&self, value: &str, _: &str) -> Option<Vec<u8>> {
        Some(value.as_bytes().to_vec())
    }
}

/// Gives everybody a note of so many characters beyond ASCII.
struct Note(usize);

impl Callbacks for Note {
    async fn jwt(&self, mut token: Token, _: &Trigger<'_>) -> Result<Option<Token>, CallbackError> {
        token.set("note", "€".repeat(self.0));
        Ok(Some(token))
    }
}

#[test]
fn a_session_in_a_format_that_needs_escapes_is_kept_whatever_its_size() {
    for length in (0..2_000).step_by(123) {
        let auth = auth_with(GitHub::default(), |builder| {
            builder
                .session_codec(Clear)
                .session_cache(0)
                .callbacks(Note(length))
        });
        let mut jar = Vec::new();
        let back = sign_in(&auth, &mut jar, "/page");
        for cookie in back.headers().get_all("set-cookie") {
            assert!(cookie.len() <= 4096, "{length}");
        }
        assert_eq!(shown(&auth, &mut jar)["user"]["name"], "Ada", "{length}");
    }
}
