//! Session cookies that one side writes and the other reads: `encode`, `decode` and `getToken` of
//! Auth.js against this site.

use auth_dev::Person;
use auth_tests::ManualClock;
use serde_json::json;

use crate::border::{
    DAY, NAMES, NEW, OLD, browser_of, browser_with, read_by_authjs, session_cookies, shown, site,
    site_at, written_by_authjs,
};
use crate::node::Peer;

#[actix_web::test]
async fn authjs_decodes_a_session_that_this_site_wrote_under_its_own_name_only() {
    let authjs = Peer::start("authjs.js");
    for (name, other) in [(NAMES[0], NAMES[1]), (NAMES[1], NAMES[0])] {
        let site = site(name, &[NEW]);
        let browser = browser_of(&site, Person::bob()).await;
        let decode = |salt: &str, secret: &str| {
            authjs.ask(&json!({
                "command": "decode",
                "token": browser.cookies[name],
                "secret": secret,
                "salt": salt,
            }))
        };
        let claims = decode(name, NEW).expect("Auth.js decodes it");
        assert_eq!(claims["name"], "Bob Basic");
        assert_eq!(claims["email"], "bob@example.com");
        assert_eq!(claims["provider"], "dev");
        assert!(
            claims["sub"].as_str().unwrap().starts_with("dev:"),
            "{claims}"
        );
        let lifetime = claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap();
        assert_eq!(lifetime, 30 * DAY);
        decode(other, NEW).expect_err("the salt is the name of the cookie");
        decode(name, OLD).expect_err("the secret is another");
    }
}

#[actix_web::test]
async fn authjs_finds_sessions_of_this_site_whole_and_in_chunks() {
    let authjs = Peer::start("authjs.js");
    for name in NAMES {
        let site = site(name, &[NEW]);
        for (person, email, chunks) in [
            (Person::bob(), "bob@example.com", 1),
            (Person::ada(), "ada@example.com", 4),
        ] {
            let browser = browser_of(&site, person).await;
            assert_eq!(session_cookies(&browser, name), chunks);
            let claims = read_by_authjs(&authjs, &browser, name, &[NEW]);
            assert_eq!(claims["email"], email, "{name}");
            assert!(read_by_authjs(&authjs, &browser, name, &[OLD]).is_null());
        }
    }
}

#[actix_web::test]
async fn authjs_finds_sessions_of_this_site_after_a_rotation_of_the_secret() {
    let authjs = Peer::start("authjs.js");
    for name in NAMES {
        let before = browser_of(&site(name, &[OLD]), Person::ada()).await;
        let after = browser_of(&site(name, &[NEW, OLD]), Person::ada()).await;
        for (browser, secrets, found) in [
            (&before, &[NEW, OLD][..], true),
            (&before, &[NEW], false),
            (&after, &[NEW, OLD], true),
            (&after, &[NEW], true),
            (&after, &[OLD], false),
        ] {
            let claims = read_by_authjs(&authjs, browser, name, secrets);
            assert_eq!(
                claims["email"] == "ada@example.com",
                found,
                "{name}, {secrets:?}"
            );
        }
    }
}

#[actix_web::test]
async fn this_site_accepts_sessions_that_authjs_wrote_whole_and_in_chunks() {
    let authjs = Peer::start("authjs.js");
    let padded = [(
        "token",
        json!({
            "sub": "42", "name": "Grace", "email": "grace@example.com", "padding": "x".repeat(9000),
        }),
    )];
    for name in NAMES {
        let site = site(name, &[NEW, OLD]);
        for secret in [NEW, OLD] {
            for (more, chunks) in [(&[][..], 1), (&padded, 4)] {
                let cookies = written_by_authjs(&authjs, name, &[secret], more);
                assert_eq!(cookies.as_object().unwrap().len(), chunks);
                let session = shown(&site, &cookies).await;
                assert_eq!(session["user"]["name"], "Grace", "{name}, {chunks}");
                assert_eq!(session["user"]["email"], "grace@example.com");

                let mut browser = browser_with(&cookies);
                let page = browser.visit(&site.url("/page")).await;
                assert_eq!((page.status, &*page.text), (200, "hello Grace"));
            }
        }
    }
}

#[actix_web::test]
async fn this_site_refuses_what_authjs_wrote_for_another_name_or_secret_or_time() {
    let authjs = Peer::start("authjs.js");
    for (name, other) in [(NAMES[0], NAMES[1]), (NAMES[1], NAMES[0])] {
        let site = site(name, &[NEW]);
        let good = written_by_authjs(&authjs, name, &[NEW], &[]);
        assert!(!shown(&site, &good).await.is_null());

        let wrong_secret = written_by_authjs(&authjs, name, &[OLD, NEW], &[]);
        let expired = written_by_authjs(&authjs, name, &[NEW], &[("maxAge", json!(-60))]);
        let wrong_name = written_by_authjs(&authjs, other, &[NEW], &[]);
        let renamed = json!({ name: wrong_name[other] });
        for cookies in [wrong_secret, expired, wrong_name, renamed] {
            assert!(shown(&site, &cookies).await.is_null(), "{cookies}");
        }
    }
}

#[actix_web::test]
async fn a_session_of_authjs_that_this_site_renews_is_still_one_of_authjs() {
    let authjs = Peer::start("authjs.js");
    for name in NAMES {
        let clock = ManualClock::now();
        let site = site_at(name, &[NEW], &clock);
        let cookies = written_by_authjs(&authjs, name, &[NEW], &[]);
        let mut browser = browser_with(&cookies);
        clock.advance(2 * DAY);
        browser.visit(&site.url("/page")).await;
        assert_ne!(cookies[name], browser.cookies[name], "it was renewed");
        let claims = read_by_authjs(&authjs, &browser, name, &[NEW]);
        assert_eq!(claims["sub"], "42", "{claims}");
        assert_eq!(claims["name"], "Grace");
    }
}
