//! What an application hears.

use super::*;
use crate::callbacks::CallbackError;
use crate::events::{Events, ShownSessionEvent, SignInEvent, SignOutEvent};

/// Writes down what it hears, and fails after that if so told.
#[derive(Clone, Default)]
struct Ear {
    heard: Arc<Mutex<Vec<String>>>,
    fails: bool,
}

impl Ear {
    fn hear(&self, text: String) -> Result<(), CallbackError> {
        self.heard.lock().unwrap().push(text);
        match self.fails {
            true => Err("the queue is full".into()),
            false => Ok(()),
        }
    }
}

impl Events for Ear {
    async fn sign_in(&self, event: &SignInEvent<'_>) -> Result<(), CallbackError> {
        let (user, account, profile) = (event.user.id(), event.account, event.profile);
        let provider = &account.provider;
        let email = profile.verified_email().unwrap_or_default();
        self.hear(format!(
            "in {user} {provider} {email} new={}",
            event.is_new_user
        ))
    }

    async fn sign_out(&self, event: &SignOutEvent<'_>) -> Result<(), CallbackError> {
        self.hear(format!("out {}", event.session.user().id()))
    }

    async fn session(&self, event: &ShownSessionEvent<'_>) -> Result<(), CallbackError> {
        let sub = event
            .token
            .get("sub")
            .and_then(Value::as_str)
            .unwrap_or_default();
        self.hear(format!("shown {} {sub}", event.session["user"]["name"]))
    }
}

const ADA: &str = "github:9007199254740993";

/// Signs in, asks for the session, signs out, and signs out again.
fn a_visit(ear: &Ear) -> Vec<Response> {
    let auth = auth_with(GitHub::default(), |builder| builder.events(ear.clone()));
    let mut jar = Vec::new();
    let guest = get(&auth, &mut jar, "/api/auth/session");
    let back = sign_in(&auth, &mut jar, "/page");
    let shown = get(&auth, &mut jar, "/api/auth/session");
    let body = format!("csrfToken={}", csrf(&auth, &mut jar));
    let mut sign_out = || {
        send(
            &auth,
            &mut jar,
            http::Request::post("/api/auth/signout"),
            &body,
        )
    };
    vec![guest, back, shown, sign_out(), sign_out()]
}

#[test]
fn an_application_hears_of_what_happened_and_of_nothing_else() {
    let ear = Ear::default();
    a_visit(&ear);
    let expected = [
        format!("in {ADA} github Ada@example.com new=false"),
        format!("shown \"Ada\" {ADA}"),
        format!("out {ADA}"),
    ];
    assert_eq!(*ear.heard.lock().unwrap(), expected);
}

#[test]
fn a_sign_in_that_fails_is_no_event() {
    let ear = Ear::default();
    let github = GitHub {
        token_answer: Some(json!({"error": "bad_verification_code"})),
        ..GitHub::default()
    };
    let auth = auth_with(github, |builder| builder.events(ear.clone()));
    sign_in(&auth, &mut Vec::new(), "/page");
    assert!(ear.heard.lock().unwrap().is_empty());
}

#[test]
fn a_listener_that_fails_changes_no_answer() {
    let quiet = a_visit(&Ear::default());
    let ear = Ear {
        fails: true,
        ..Ear::default()
    };
    let failing = a_visit(&ear);
    assert_eq!(ear.heard.lock().unwrap().len(), 3, "each one failed");
    for (quiet, failing) in quiet.iter().zip(&failing) {
        assert_eq!(quiet.status(), failing.status());
        assert_eq!(quiet.body(), failing.body());
        assert_eq!(
            quiet.headers().get("location"),
            failing.headers().get("location")
        );
        let cookies = |of: &Response| of.headers().get_all("set-cookie").iter().count();
        assert_eq!(cookies(quiet), cookies(failing));
    }
}
