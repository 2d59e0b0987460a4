//! What is said to nobody, not even to the log.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::site::{LIFE, ORIGIN, PASSWORD, Site, answer, param, way_back};

/// Everything that is logged on this thread, at every level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut lines = self.0.lock().unwrap();
        event.record(&mut Line(&mut lines));
        lines.push('\n');
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[test]
fn no_log_line_holds_a_secret() {
    let log = Log::default();
    let mut secrets = vec![PASSWORD.to_owned(), "sk_test".to_owned()];
    tracing::subscriber::with_default(log.clone(), || live(&mut secrets));
    let log = log.0.lock().unwrap();
    for told in [
        "a session is over",
        "does not open",
        "code=",
        "somebody else",
    ] {
        assert!(log.contains(told), "nothing was logged of {told}: {log}");
    }
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret}: {log}");
    }
}

/// A browser to which everything happens; what nobody may be told goes to `secrets`.
fn live(secrets: &mut Vec<String>) {
    let mut site = Site::with(|it| it.bearer_tokens(true));
    let url = site.begin("/sign-in");
    secrets.push(param(&url, "state").unwrap());
    secrets.extend(["code_1", "ada@example.com", "refresh_"].map(str::to_owned));
    site.get(&way_back(&url));
    site.get(&way_back(&url));
    secrets.push(
        site.workos.asked()[0]["code_verifier"]
            .as_str()
            .unwrap()
            .to_owned(),
    );
    secrets.push(site.cookie("wos-session").unwrap().to_owned());
    secrets.push(site.unsealed()["accessToken"].as_str().unwrap().to_owned());

    site.clock.advance(LIFE + 60);
    site.workos.keep_failing(Some(503));
    assert!(site.read().is_err());
    site.workos.recover();
    site.read().unwrap().unwrap();
    secrets.push(site.cookie("wos-session").unwrap().to_owned());
    site.clock.advance(LIFE + 60);
    site.workos.next(
        400,
        json!({"error": "invalid_grant", "error_description": "refresh_2"}),
    );
    assert!(site.read().unwrap().is_none());

    site.jar.only("wos-session", "garbage");
    secrets.push("garbage".to_owned());
    assert!(site.read().unwrap().is_none());
    site.seal(&json!({"sub": "user_2"}), "refresh_9");
    assert!(site.read().unwrap().is_none());
    site.seal(&json!({"iss": "https://evil.example"}), "refresh_9");
    assert!(site.read().unwrap().is_none());
    site.send(http::Request::get("/_authkit/me").header("authorization", "Bearer garbage"));

    let url = site.begin("/sign-in");
    site.workos.next(200, answer("garbage", "refresh_9"));
    site.get(&way_back(&url));
    let url = site.begin("/sign-in");
    site.workos.next(
        400,
        json!({"error": "invalid_grant", "error_description": "code_1"}),
    );
    site.get(&way_back(&url));
    site.send(http::Request::post("/sign-out").header("origin", ORIGIN));
}
