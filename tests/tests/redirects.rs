//! `callbackUrl`, in any spelling, never leaves the site.

use auth_dev::Person;
use auth_tests::{Browser, Site};

/// Addresses that a browser would resolve to another origin, or that are no address at all.
const ELSEWHERE: [&str; 36] = [
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "\t//evil.example",
    " //evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:\\\\evil.example",
    "HTTPS://EVIL.EXAMPLE",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "\u{1}javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "ftp://evil.example",
    "/ok\r\nLocation: https://evil.example",
    "/ok\r\nSet-Cookie: a=b",
    "/.//evil.example",
    "/..//evil.example",
    "/%09/evil.example",
    "%2f%2fevil.example",
    "/%2fevil.example",
    "/%5cevil.example",
    "https://evil\u{3002}example",
    "null",
    "http://[",
    "",
];

/// Those that are made of the site's own address.
fn made_of(base: &str) -> Vec<String> {
    let host = base.trim_start_matches("http://");
    vec![
        format!("{base}@evil.example"),
        format!("{base}.evil.example"),
        format!("http://{host}@evil.example"),
        format!("http://evil.example\\@{host}"),
        format!("{base}%40evil.example"),
        format!("{base}\u{2024}evil.example"),
        format!("{base}0"),
        format!("blob:{base}/x"),
        format!("javascript://{host}/%0aalert(1)"),
        format!("https://evil.example#{base}"),
        format!("https://evil.example?{base}"),
        format!("https://{host}/"),
        "x".repeat(9000),
    ]
}

fn stays(site: &Site, location: &str) -> bool {
    let base = reqwest::Url::parse(&site.url("/api/auth/x")).expect("a URL");
    base.join(location)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.origin() == base.origin())
}

#[actix_web::test]
async fn a_sign_in_ends_on_the_site_whatever_the_callback_url() {
    let site = Site::start();
    for text in ELSEWHERE
        .iter()
        .map(|it| (*it).to_owned())
        .chain(made_of(&site.base))
    {
        let mut browser = Browser::new();
        let begun = site.begin(&mut browser, &text).await;
        let back = site
            .come_back(&mut browser, &site.approve(&begun, Person::ada()))
            .await;
        assert_eq!(back.status, 302, "{text:?}");
        assert!(
            stays(&site, back.location()),
            "{text:?} leads to {}",
            back.location()
        );
        assert!(
            !back
                .headers
                .get_all("set-cookie")
                .iter()
                .any(|it| it == "a=b")
        );
        assert!(site.is_signed_in(&mut browser).await, "{text:?}");
    }
}

#[actix_web::test]
async fn a_sign_out_ends_on_the_site_whatever_the_callback_url() {
    let site = Site::start();
    for text in ELSEWHERE
        .iter()
        .map(|it| (*it).to_owned())
        .chain(made_of(&site.base))
    {
        let mut browser = Browser::new();
        let csrf = site.csrf(&mut browser).await;
        let fields = [("csrfToken", &*csrf), ("callbackUrl", &*text)];
        let answer = browser.post(&site.url("/api/auth/signout"), &fields).await;
        assert!(
            stays(&site, answer.location()),
            "{text:?} leads to {}",
            answer.location()
        );
    }
}

#[actix_web::test]
async fn a_tossed_callback_cookie_is_looked_at_again_when_it_is_used() {
    let site = Site::start();
    for text in ELSEWHERE
        .iter()
        .map(|it| (*it).to_owned())
        .chain(made_of(&site.base))
    {
        let mut browser = Browser::new();
        let csrf = site.csrf(&mut browser).await;
        let encoded: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
        browser
            .cookies
            .insert("authjs.callback-url".to_owned(), encoded);
        let begun = browser
            .post(&site.url("/api/auth/signin/dev"), &[("csrfToken", &csrf)])
            .await;
        let back = site
            .come_back(&mut browser, &site.approve(&begun, Person::ada()))
            .await;
        assert!(
            stays(&site, back.location()),
            "{text:?} leads to {}",
            back.location()
        );
    }
}

#[actix_web::test]
async fn an_address_of_the_site_is_kept() {
    let site = Site::start();
    for (text, expected) in [
        ("/page?a=1#b".to_owned(), site.url("/page?a=1#b")),
        (site.url("/page"), site.url("/page")),
        ("/".to_owned(), site.url("/")),
        (
            "/caf%C3%A9?q=%2F%2F".to_owned(),
            site.url("/caf%C3%A9?q=%2F%2F"),
        ),
    ] {
        let mut browser = Browser::new();
        let begun = site.begin(&mut browser, &text).await;
        let back = site
            .come_back(&mut browser, &site.approve(&begun, Person::ada()))
            .await;
        assert_eq!(back.location(), expected);
    }
}
