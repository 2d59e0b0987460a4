//! A site of ours and one with Auth.js behind one origin, with one secret: somebody signs in on one
//! and is signed in on the other.

use auth_dev::Person;
use auth_tests::requests::Stage;
use auth_tests::{Browser, Site};
use serde_json::json;

use crate::border::{NAMES, NEW, OLD, session_cookies, site};
use crate::node::{AuthJsSite, Peer};

/// Both, and the proxy in front of them.
struct Joined {
    origin: String,
    ours: Site,
    theirs: AuthJsSite,
    _proxy: Peer,
}

impl Joined {
    /// Auth.js under `/a/`, we everywhere else.
    fn start(our_secrets: &[&str], their_secrets: &[&str]) -> Self {
        let ours = site(NAMES[0], our_secrets);
        let theirs = AuthJsSite::start(&ours.provider, "/a/auth", their_secrets);
        let proxy = Peer::start("join.js");
        let route = json!({ "prefix": "/a/", "there": theirs.origin, "elsewhere": ours.base });
        let answer = proxy.ask(&route).expect("the proxy starts");
        Self {
            origin: answer["origin"].as_str().expect("it listens").to_owned(),
            ours,
            theirs,
            _proxy: proxy,
        }
    }

    /// Ours, then theirs.
    fn sides(&self) -> [Stage<'_>; 2] {
        ["/api/auth", "/a/auth"].map(|prefix| Stage {
            base: &self.origin,
            prefix,
            provider: &self.ours.provider,
        })
    }

    /// What the pages of both greet.
    async fn greetings(&self, browser: &mut Browser) -> [String; 2] {
        let ours = browser.visit(&format!("{}/page", self.origin)).await;
        let theirs = browser.visit(&format!("{}/a/page", self.origin)).await;
        [ours.text, theirs.text]
    }
}

/// Signs `person` in on one side, and asserts that both know them.
async fn signed_in_on(side: usize, joined: &Joined, person: Person, name: &str) -> Browser {
    let mut browser = Browser::new();
    let sides = joined.sides();
    sides[side].sign_in(&mut browser, person).await;
    let session = sides[1 - side].session(&mut browser).await;
    assert_eq!(session["user"]["name"], name, "{side}");
    let session = sides[side].session(&mut browser).await;
    assert_eq!(session["user"]["name"], name, "{side}");
    let [ours, theirs] = joined.greetings(&mut browser).await;
    assert_eq!(ours, format!("hello {name}"));
    assert_eq!(theirs, format!("<p>Auth.js says hello {name}</p>"));
    browser
}

async fn assert_signed_out(joined: &Joined, browser: &mut Browser) {
    for side in joined.sides() {
        assert!(side.session(browser).await.is_null(), "{}", side.prefix);
    }
    let [ours, theirs] = joined.greetings(browser).await;
    assert!(!ours.contains("hello"), "{ours}");
    assert!(theirs.contains("stranger"), "{theirs}");
    assert_eq!(session_cookies(browser, NAMES[0]), 0);
}

#[actix_web::test]
async fn who_signs_in_on_one_side_is_signed_in_on_both_and_signs_out_of_both_on_either() {
    let joined = Joined::start(&[NEW], &[NEW]);
    for signed_in in [0, 1] {
        for signed_out in [0, 1] {
            for (person, name) in [(Person::bob(), "Bob Basic"), (Person::ada(), "Ada Admin")] {
                let mut browser = signed_in_on(signed_in, &joined, person, name).await;
                let side = &joined.sides()[signed_out];
                let token = side.csrf(&mut browser).await;
                side.sign_out(&mut browser, &token).await;
                assert_signed_out(&joined, &mut browser).await;
            }
        }
    }
}

#[actix_web::test]
async fn the_token_of_one_side_is_good_for_the_forms_of_the_other() {
    let joined = Joined::start(&[NEW], &[NEW]);
    for (issuing, accepting) in [(0, 1), (1, 0)] {
        let sides = joined.sides();
        let mut browser = signed_in_on(issuing, &joined, Person::bob(), "Bob Basic").await;
        let token = sides[issuing].csrf(&mut browser).await;
        assert_eq!(sides[accepting].csrf(&mut browser).await, token);
        sides[accepting].sign_out(&mut browser, "forged").await;
        assert!(!sides[issuing].session(&mut browser).await.is_null());
        sides[accepting].sign_out(&mut browser, &token).await;
        assert_signed_out(&joined, &mut browser).await;
    }
}

#[actix_web::test]
async fn a_session_in_parts_is_read_by_both_sides() {
    let joined = Joined::start(&[NEW], &[NEW]);
    for side in [0, 1] {
        let browser = signed_in_on(side, &joined, Person::ada(), "Ada Admin").await;
        assert!(session_cookies(&browser, NAMES[0]) > 1, "{side}");
    }
}

#[actix_web::test]
async fn nobody_is_signed_out_while_the_secret_is_replaced_on_one_side_after_the_other() {
    let joined = Joined::start(&[NEW, OLD], &[OLD]);
    let mut early = signed_in_on_theirs_alone(&joined).await;
    joined.theirs.rotate(&[NEW, OLD]);
    let [ours, theirs] = joined.greetings(&mut early).await;
    assert!(
        ours.contains("Bob") && theirs.contains("Bob"),
        "{ours}, {theirs}"
    );
    for side in [0, 1] {
        signed_in_on(side, &joined, Person::ada(), "Ada Admin").await;
    }
    // The visit of theirs has written the session anew, under the new secret.
    joined.theirs.rotate(&[NEW]);
    let sessions = joined.sides().map(|side| side.url("/session"));
    for url in sessions {
        let session = early.fetch(&url).await.json();
        assert_eq!(session["user"]["name"], "Bob Basic", "{url}");
    }
}

/// Bob, by the old secret, which both know already.
async fn signed_in_on_theirs_alone(joined: &Joined) -> Browser {
    let mut browser = Browser::new();
    joined.sides()[1].sign_in(&mut browser, Person::bob()).await;
    let session = joined.sides()[0].session(&mut browser).await;
    assert_eq!(session["user"]["name"], "Bob Basic");
    browser
}
