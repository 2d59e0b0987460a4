//! Browsers that go back and forth between this site and the routes of Auth.js.

use auth_dev::Person;
use auth_tests::{Answer, Browser};
use serde_json::{Value, json};

use crate::border::{NAMES, NEW, OLD, SECURE_ORIGIN, browser_of, cookie_header, is_secure, site};
use crate::node::Peer;

/// Asks the routes of Auth.js, under the origin where cookies are called like `name`.
fn ask_authjs(
    authjs: &Peer,
    browser: &Browser,
    name: &str,
    method: &str,
    action: &str,
    body: &str,
) -> Value {
    let origin = if is_secure(name) {
        SECURE_ORIGIN
    } else {
        "http://localhost:3000"
    };
    let mut question = json!({
        "command": "request",
        "secret": [NEW, OLD],
        "url": format!("{origin}/api/auth/{action}"),
        "method": method,
        "headers": { "cookie": cookie_header(browser) },
    });
    if method == "POST" {
        question["body"] = json!(body);
        question["headers"]["content-type"] = json!("application/x-www-form-urlencoded");
    }
    authjs.ask(&question).expect("Auth.js answers")
}

/// Name and value of the `Set-Cookie` lines of Auth.js that keep something.
fn kept(answer: &Value) -> Vec<(String, String)> {
    let lines = answer["cookies"].as_array().into_iter().flatten();
    lines
        .filter_map(Value::as_str)
        .filter(|line| !line.contains("Max-Age=0"))
        .filter_map(|line| line.split(';').next()?.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

#[actix_web::test]
async fn a_session_goes_from_this_site_through_the_routes_of_authjs_and_back() {
    let authjs = Peer::start("authjs.js");
    for name in NAMES {
        let site = site(name, &[NEW, OLD]);
        for (person, email) in [
            (Person::bob(), "bob@example.com"),
            (Person::ada(), "ada@example.com"),
        ] {
            let mut browser = browser_of(&site, person).await;
            let before = browser.cookies.clone();
            let ours = browser.fetch(&site.url("/api/auth/session")).await.json();
            let answer = ask_authjs(&authjs, &browser, name, "GET", "session", "");
            let theirs: Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
            assert_eq!(theirs["user"]["email"], email, "{answer}");
            assert_eq!(theirs["user"], ours["user"]);

            // It writes the session anew at each visit.
            browser.cookies.extend(kept(&answer));
            assert_ne!(browser.cookies, before);
            let again = browser.fetch(&site.url("/api/auth/session")).await.json();
            assert_eq!(again["user"], ours["user"]);
        }
    }
}

#[actix_web::test]
async fn csrf_tokens_cross_the_border_in_both_directions() {
    let authjs = Peer::start("authjs.js");
    for name in NAMES {
        let site = site(name, &[NEW, OLD]);

        let mut browser = browser_of(&site, Person::bob()).await;
        let token = site.csrf(&mut browser).await;
        let refused = ask_authjs(
            &authjs,
            &browser,
            name,
            "POST",
            "signout",
            "csrfToken=forged",
        );
        assert!(
            refused["location"]
                .as_str()
                .unwrap()
                .contains("MissingCSRF"),
            "{refused}"
        );
        let body = format!("csrfToken={token}");
        let accepted = ask_authjs(&authjs, &browser, name, "POST", "signout", &body);
        assert!(
            !accepted["location"].as_str().unwrap().contains("error"),
            "{accepted}"
        );
        assert!(
            accepted["cookies"]
                .to_string()
                .contains(&format!("{name}=;")),
            "{accepted}"
        );

        let mut guest = Browser::new();
        let answer = ask_authjs(&authjs, &guest, name, "GET", "csrf", "");
        let theirs: Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
        guest.cookies.extend(kept(&answer));
        let token = theirs["csrfToken"].as_str().unwrap();
        for (token, accepted) in [("forged", false), (token, true)] {
            let begun: Answer = guest
                .post(&site.url("/api/auth/signin/dev"), &[("csrfToken", token)])
                .await;
            let to_provider = begun.location().starts_with(site.provider.issuer());
            assert_eq!(to_provider, accepted, "{}", begun.location());
        }
    }
}
