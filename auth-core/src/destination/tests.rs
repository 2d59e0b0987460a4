use std::sync::Mutex;

use super::*;
use crate::callbacks::{CallbackError, Callbacks, NoCallbacks};
use crate::testing::block_on;

const OURS: &str = "https://app.example";

/// Lets people go to one other origin, and remembers what it was asked.
#[derive(Default)]
struct Sister(Mutex<Vec<String>>);

impl Callbacks for Sister {
    async fn redirect(
        &self,
        target: &RedirectTarget<'_>,
    ) -> Result<RedirectDecision, CallbackError> {
        self.0.lock().unwrap().push(target.url.to_owned());
        Ok(match target.origin.as_str() {
            "https://sister.example" => RedirectDecision::To(target.url.to_owned()),
            _ => RedirectDecision::OwnOrigin,
        })
    }
}

/// Answers always the same.
struct Always(&'static str);

impl Callbacks for Always {
    async fn redirect(
        &self,
        _target: &RedirectTarget<'_>,
    ) -> Result<RedirectDecision, CallbackError> {
        match self.0 {
            "fail" => Err("the table of tenants is gone".into()),
            answer => Ok(RedirectDecision::To(answer.to_owned())),
        }
    }
}

fn decide(text: Option<&str>, callbacks: &impl Callbacks) -> String {
    let origin = Origin::parse(OURS).unwrap();
    block_on(Destination::decide(text, &origin, callbacks))
        .as_str()
        .to_owned()
}

/// What leads nowhere, whatever an application says of other origins.
const NO_ADDRESS: [&str; 12] = [
    "",
    "notaurl",
    "javascript:alert(1)",
    "data:text/html,x",
    "//sister.example",
    "/\\sister.example",
    "/.//sister.example",
    "https:sister.example",
    "https://user@sister.example/",
    "https://sister.example\\@evil.example/",
    " https://sister.example/",
    "https://sister.example/\n",
];

#[test]
fn by_default_nobody_leaves_the_site() {
    let check = |text, expected: &str| {
        assert_eq!(
            decide(text, &NoCallbacks),
            format!("{OURS}{expected}"),
            "{text:?}"
        );
    };
    check(None, "/");
    check(Some("/a?b#c"), "/a?b#c");
    check(Some("https://app.example/a"), "/a");
    check(Some("https://sister.example/a"), "/");
    check(Some("https://app.example.evil.example/a"), "/");
    for text in NO_ADDRESS {
        check(Some(text), "/");
    }
}

#[test]
fn an_application_may_let_people_go_to_another_origin() {
    let check = |text, expected: &str| {
        assert_eq!(decide(Some(text), &Sister::default()), expected, "{text:?}");
    };
    check(
        "https://sister.example/a?b#c",
        "https://sister.example/a?b#c",
    );
    check("HTTPS://Sister.Example:443/a", "https://sister.example/a");
    check("/a", "https://app.example/a");
    check("https://evil.example/", "https://app.example/");
    check(
        "https://sister.example.evil.example/",
        "https://app.example/",
    );
    check("http://sister.example/", "https://app.example/");
}

#[test]
fn what_is_no_address_never_reaches_the_callback() {
    for text in NO_ADDRESS {
        let sister = Sister::default();
        assert_eq!(
            decide(Some(text), &sister),
            "https://app.example/",
            "{text:?}"
        );
        assert_eq!(
            *sister.0.lock().unwrap(),
            ["https://app.example/"],
            "{text:?}"
        );
    }
    let long = format!("https://sister.example/{}", "a".repeat(MAX_BYTES));
    assert_eq!(
        decide(Some(&long), &Sister::default()),
        "https://app.example/"
    );
}

#[test]
fn an_answer_is_a_path_or_a_web_address_or_leads_home() {
    let check = |answer, expected: &str| {
        assert_eq!(decide(Some("/a"), &Always(answer)), expected, "{answer:?}");
    };
    check("/welcome", "https://app.example/welcome");
    check("https://app.example/welcome", "https://app.example/welcome");
    check("https://sister.example", "https://sister.example/");
    check("fail", "https://app.example/");
    for answer in NO_ADDRESS {
        check(answer, "https://app.example/");
    }
}

#[test]
fn debug_shows_no_query() {
    let origin = Origin::parse(OURS).unwrap();
    let answer = Always("https://sister.example/?token=CANARY");
    let chosen = block_on(Destination::decide(None, &origin, &answer));
    assert!(matches!(chosen, Destination::Chosen(_)));
    let shown = format!("{chosen:?}");
    assert!(
        shown.contains("sister.example") && !shown.contains("CANARY"),
        "{shown}"
    );
}
