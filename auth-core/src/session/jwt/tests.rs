use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use super::*;
use crate::cookie::{CookieOverride, CookieOverrides, V4Sessions};
use crate::http::Request;
use crate::secret::Secret;
use crate::session::DangerSession;

const SECRET: &str = "0123456789abcdef0123456789abcdef";
const V4: &str = "next-auth.session-token";
const V5: &str = "authjs.session-token";

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../fixtures/nextauth_v4.json")).unwrap()
}

fn made_at() -> Timestamp {
    Timestamp::from_unix(vectors()["made_at"].as_i64().unwrap())
}

fn secrets(texts: &[&str]) -> Secrets {
    let (first, others) = texts.split_first().unwrap();
    let others = others.iter().map(|text| Secret::from(*text)).collect();
    Secrets::new(Secret::from(*first), others)
}

/// Sessions, and the names that they have over http.
struct Fixture {
    sessions: JwtSessions,
    names: CookieNames,
}

impl Fixture {
    fn new(texts: &[&str], v4: V4Sessions) -> Self {
        Self::with(texts, &CookieOverrides::new(), v4, JwtSettings::default())
    }

    fn with(
        texts: &[&str],
        overrides: &CookieOverrides,
        v4: V4Sessions,
        settings: JwtSettings,
    ) -> Self {
        let names = CookiesByScheme::new(overrides, None, v4);
        Self {
            sessions: JwtSessions::new(&secrets(texts), &names, settings),
            names: names.http,
        }
    }

    fn read(&self, line: &str, now: Timestamp) -> Option<Session> {
        let request = request(line);
        self.sessions.read(&self.names, &Cookies::of(&request), now)
    }

    /// What is set and removed for a new cookie of this session, and the names alone.
    fn renew(&self, session: &Session, line: &str, now: Timestamp) -> (String, Vec<String>) {
        let request = request(line);
        let token = Token::of(session).unwrap();
        let present = Cookies::of(&request);
        let cookies = self.sessions.issue(token, &self.names, &present, now);
        let cookies = cookies.unwrap();
        let set = cookies.last().unwrap().to_str().unwrap();
        (set.split(';').next().unwrap().to_owned(), shown(&cookies))
    }
}

fn request(line: &str) -> Request {
    http::Request::get("/")
        .header("cookie", line)
        .body(Vec::new())
        .unwrap()
}

/// `name`, or `-name` where it is removed.
fn shown(cookies: &[HeaderValue]) -> Vec<String> {
    let shown = |cookie: &HeaderValue| {
        let cookie = cookie.to_str().unwrap();
        let name = cookie.split('=').next().unwrap();
        let sign = if cookie.contains("Max-Age=0") {
            "-"
        } else {
            ""
        };
        format!("{sign}{name}")
    };
    cookies.iter().map(shown).collect()
}

fn v4_line(vector: &str) -> String {
    format!("{V4}={}", vectors()[vector].as_str().unwrap())
}

#[test]
fn a_v4_session_is_read_and_written_anew_at_once() {
    let fixture = Fixture::new(&[SECRET], V4Sessions::Read);
    let line = v4_line("session");
    let session = fixture.read(&line, made_at()).unwrap();
    assert_eq!(session.user().id(), "42");
    assert_eq!(session.user().email(), Some("ada@example.com"));
    assert!(fixture.sessions.renewal_is_due(&session, made_at()));
    assert_eq!(fixture.sessions.remembered().len(), 0);

    let (cookie, changes) = fixture.renew(&session, &line, made_at());
    assert_eq!(changes, [format!("-{V4}"), V5.to_owned()]);
    let renewed = fixture.read(&cookie, made_at()).unwrap();
    assert_eq!(renewed.user().id(), "42");
    assert!(!fixture.sessions.renewal_is_due(&renewed, made_at()));
}

/// A clock that knows how often it was looked at.
struct Watched(Timestamp, AtomicUsize);

impl Clock for Watched {
    fn now(&self) -> Timestamp {
        self.1.fetch_add(1, Ordering::Relaxed);
        self.0
    }
}

#[test]
fn a_visit_tells_what_is_due_and_takes_one_look_at_the_clock() {
    let fixture = Fixture::new(&[SECRET], V4Sessions::Read);
    let v4 = v4_line("session");
    let (ours, _) = fixture.renew(&fixture.read(&v4, made_at()).unwrap(), "", made_at());
    let check = |line: &str, now: Timestamp, due: Option<bool>| {
        let (request, clock) = (request(line), Watched(now, AtomicUsize::new(0)));
        let cookies = Cookies::of(&request);
        let visit = fixture.sessions.visit(&fixture.names, &cookies, &clock);
        let session = fixture.read(line, now);
        assert_eq!(session.is_some(), due.is_some(), "{line}");
        assert_eq!(visit.map(|visit| visit.renewal_is_due), due, "{line}");
        assert_eq!(clock.1.into_inner(), 1, "{line}");
    };
    let update_age = SessionLifetime::default().update_age;
    check(&ours, made_at(), Some(false));
    check(&ours, made_at().plus(update_age), Some(true));
    check(&v4, made_at(), Some(true));
    check("authjs.session-token=forged", made_at(), None);
}

#[test]
fn a_guest_takes_no_look_at_the_clock() {
    let fixture = Fixture::new(&[SECRET], V4Sessions::Ignored);
    for line in ["", "theme=dark", &v4_line("session")] {
        let (request, clock) = (request(line), Watched(made_at(), AtomicUsize::new(0)));
        let cookies = Cookies::of(&request);
        let visit = fixture.sessions.visit(&fixture.names, &cookies, &clock);
        assert!(visit.is_none(), "{line}");
        assert_eq!(clock.1.into_inner(), 0, "{line}");
    }
}

#[test]
fn a_v4_session_in_chunks_is_read_and_every_part_is_removed() {
    let fixture = Fixture::new(&[SECRET], V4Sessions::Read);
    let session = vectors()["session"].as_str().unwrap().to_owned();
    let (one, two) = session.split_at(100);
    let line = format!("{V4}.0={one}; {V4}.1={two}");
    let session = fixture.read(&line, made_at()).unwrap();
    let (_, changes) = fixture.renew(&session, &line, made_at());
    assert_eq!(
        changes,
        [format!("-{V4}.0"), format!("-{V4}.1"), V5.to_owned()]
    );
}

#[test]
fn a_v4_session_survives_a_rotation() {
    let fixture = Fixture::new(&["a newer secret", SECRET], V4Sessions::Read);
    assert!(fixture.read(&v4_line("session"), made_at()).is_some());
    let fixture = Fixture::new(&["a newer secret"], V4Sessions::Read);
    assert!(fixture.read(&v4_line("session"), made_at()).is_none());
}

#[test]
fn a_v4_session_is_nobody_unless_v4_is_read() {
    let fixture = Fixture::new(&[SECRET], V4Sessions::Ignored);
    assert!(fixture.read(&v4_line("session"), made_at()).is_none());
}

#[test]
fn a_v4_session_that_has_expired_is_nobody() {
    let fixture = Fixture::new(&[SECRET], V4Sessions::Read);
    let late = made_at().plus(Duration::from_secs(30 * 24 * 60 * 60 + 16));
    assert!(fixture.read(&v4_line("session"), late).is_none());
}

#[test]
fn a_check_cookie_of_v4_is_no_session() {
    let fixture = Fixture::new(&[SECRET], V4Sessions::Read);
    for vector in ["check_cookie_with_salt", "check_cookie_without_salt"] {
        assert!(fixture.read(&v4_line(vector), made_at()).is_none());
    }
}

#[test]
fn a_v4_value_under_our_own_name_is_no_session() {
    let fixture = Fixture::new(&[SECRET], V4Sessions::Read);
    let line = v4_line("session").replace(V4, V5);
    assert!(fixture.read(&line, made_at()).is_none());
}

#[test]
fn a_v4_session_does_not_stand_in_for_a_bad_one_of_ours() {
    let fixture = Fixture::new(&[SECRET], V4Sessions::Read);
    let line = format!("{}; {V5}=forged", v4_line("session"));
    assert!(fixture.read(&line, made_at()).is_none());
    let line = format!("{}; {V5}=a; {V5}=b", v4_line("session"));
    assert!(fixture.read(&line, made_at()).is_none());
}

#[test]
fn signing_out_ends_a_v4_session_and_removes_both_cookies() {
    let fixture = Fixture::new(&[SECRET], V4Sessions::Read);
    let line = v4_line("session");
    let session = fixture.read(&line, made_at()).unwrap();
    let (renewed, _) = fixture.renew(&session, &line, made_at());
    let both = request(&format!("{line}; {renewed}"));
    let present = Cookies::of(&both);
    let cleared = fixture
        .sessions
        .end(Some(&session), &fixture.names, &present, made_at());
    assert_eq!(shown(&cleared), [format!("-{V5}"), format!("-{V4}")]);
    assert!(fixture.read(&line, made_at()).is_none());
    assert!(fixture.read(&renewed, made_at()).is_none());
}

#[test]
fn the_name_of_the_cookie_is_part_of_the_key() {
    let named = CookieOverrides::new().session(CookieOverride::new().name("sid"));
    let custom = || {
        let settings = JwtSettings::default();
        Fixture::with(&[SECRET], &named, V4Sessions::Ignored, settings)
    };
    let now = made_at();
    let session = Fixture::new(&[SECRET], V4Sessions::Read)
        .read(&v4_line("session"), now)
        .unwrap();
    let (cookie, _) = custom().renew(&session, "", now);
    assert!(custom().read(&cookie, now).is_some());
    let renamed = cookie.replace("sid=", &format!("{V5}="));
    let standard = Fixture::new(&[SECRET], V4Sessions::Ignored);
    assert!(standard.read(&renamed, now).is_none());
}

/// Four secrets, as after three rotations; the first is the newest.
const ROTATED: [&str; 4] = ["the newest", "the newer", "the older", "the oldest"];

#[test]
fn a_session_survives_every_rotation_until_its_secret_is_removed() {
    let now = Timestamp::from_unix(0);
    for (index, secret) in ROTATED.iter().enumerate() {
        let written = Fixture::new(&[secret], V4Sessions::Ignored);
        let token = DangerSession::new("ada").into_token(now);
        let empty = Request::default();
        let cookies = written
            .sessions
            .issue(token, &written.names, &Cookies::of(&empty), now)
            .unwrap();
        let line = cookies[0].to_str().unwrap().split(';').next().unwrap();
        for kept in 1..=ROTATED.len() {
            let read = Fixture::new(&ROTATED[..kept], V4Sessions::Ignored);
            assert_eq!(read.read(line, now).is_some(), index < kept);
        }
    }
}

/// Writes claims in the clear, behind a key: for tests only.
struct Prefixed(&'static str);

impl SessionCodec for Prefixed {
    fn encode(
        &self,
        claims: &[u8],
        cookie_name: &str,
    ) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
        if self.0.is_empty() {
            return Err("no key".into());
        }
        let claims = std::str::from_utf8(claims)?;
        Ok(format!("{}/{cookie_name}/{claims}", self.0))
    }

    fn decode(&self, value: &str, cookie_name: &str) -> Option<Vec<u8>> {
        let claims = value.strip_prefix(&format!("{}/{cookie_name}/", self.0))?;
        Some(claims.as_bytes().to_vec())
    }
}

fn with_codec(key: &'static str) -> Fixture {
    let settings = JwtSettings {
        codec: Some(Arc::new(Prefixed(key))),
        ..JwtSettings::default()
    };
    let overrides = CookieOverrides::new();
    Fixture::with(&[SECRET], &overrides, V4Sessions::Ignored, settings)
}

fn any_session() -> Session {
    let fixture = Fixture::new(&[SECRET], V4Sessions::Read);
    fixture.read(&v4_line("session"), made_at()).unwrap()
}

#[test]
fn a_codec_writes_and_reads_the_session() {
    let fixture = with_codec("key");
    let (cookie, _) = fixture.renew(&any_session(), "", made_at());
    assert!(cookie.starts_with("authjs.session-token=key%2Fauthjs.session-token%2F%7B"));
    // Once decoded and once remembered.
    for _ in 0..2 {
        assert_eq!(fixture.read(&cookie, made_at()).unwrap().user().id(), "42");
    }
    assert_eq!(fixture.sessions.remembered().len(), 1);
}

#[test]
fn what_a_codec_does_not_decode_is_nobody() {
    let (cookie, _) = with_codec("key").renew(&any_session(), "", made_at());
    assert!(with_codec("other").read(&cookie, made_at()).is_none());
    let sealed = Fixture::new(&[SECRET], V4Sessions::Ignored);
    assert!(sealed.read(&cookie, made_at()).is_none());
    let (jwe, _) = sealed.renew(&any_session(), "", made_at());
    assert!(with_codec("key").read(&jwe, made_at()).is_none());
}

#[test]
fn an_expired_session_is_nobody_in_any_format() {
    let fixture = with_codec("key");
    let (cookie, _) = fixture.renew(&any_session(), "", made_at());
    let late = made_at().plus(Duration::from_secs(30 * 24 * 60 * 60 + 16));
    assert!(fixture.read(&cookie, late).is_none());
}

#[test]
fn a_codec_that_fails_writes_no_session() {
    let fixture = with_codec("");
    let empty = Request::default();
    let token = Token::of(&any_session()).unwrap();
    let issued = fixture
        .sessions
        .issue(token, &fixture.names, &Cookies::of(&empty), made_at());
    assert!(matches!(issued, Err(SealError::Codec(_))));
}
