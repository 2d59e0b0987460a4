//! Every published hole of Auth.js that this library could share, as a test named after it.
//!
//! Those in e-mail sign-in are not here: that does not exist yet. SECURITY.md has the list.

use auth_actix::{CallbackError, Callbacks, Token, Trigger};
use auth_dev::{Fault, Person};
use auth_tests::{Answer, Browser, ManualClock, Site};
use reqwest::Method;

const SESSION: &str = "authjs.session-token";
const CALLBACK_URL: &str = "authjs.callback-url";

/// Where a sign-in ends that began with this way back in the body, the query and the cookie.
async fn ends_at(site: &Site, text: &str) -> [String; 3] {
    let mut ends = Vec::new();
    for source in ["body", "query", "cookie"] {
        let mut browser = Browser::new();
        let csrf = site.csrf(&mut browser).await;
        let encoded: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let mut fields = vec![("csrfToken", csrf.as_str())];
        let mut url = site.url("/api/auth/signin/dev");
        match source {
            "body" => fields.push(("callbackUrl", text)),
            "query" => url = format!("{url}?callbackUrl={encoded}"),
            _ => drop(browser.cookies.insert(CALLBACK_URL.to_owned(), encoded)),
        }
        let begun = browser.post(&url, &fields).await;
        let approval = site.approve(&begun, Person::ada());
        let back = site.come_back(&mut browser, &approval).await;
        assert!(site.is_signed_in(&mut browser).await, "{text:?}");
        ends.push(back.location().to_owned());
    }
    ends.try_into().expect("three sources")
}

fn is_ours(site: &Site, location: &str) -> bool {
    location == site.base || location.starts_with(&format!("{}/", site.base))
}

#[actix_web::test]
async fn ghsa_f9wg_5f46_cjmw_an_origin_is_compared_whole_and_not_by_its_beginning() {
    let site = Site::start();
    let host = site.base.trim_start_matches("http://");
    for text in [
        format!("{}.evil.example/", site.base),
        format!("{}@evil.example/", site.base),
        format!("{}0/", site.base),
        format!("https://{host}/"),
        "https://evil.example".to_owned(),
    ] {
        for end in ends_at(&site, &text).await {
            assert_eq!(end, site.url("/"), "{text}");
        }
    }
    for end in ends_at(&site, &site.url("/page?a=b")).await {
        assert_eq!(end, site.url("/page?a=b"), "our own is kept");
    }
}

#[actix_web::test]
async fn ghsa_q2mx_j4x2_2h74_every_source_of_a_redirect_is_checked() {
    let site = Site::start();
    for text in [
        "//evil.example",
        "/\\evil.example",
        "\t//evil.example",
        "/\t/evil.example",
    ] {
        for end in ends_at(&site, text).await {
            assert!(is_ours(&site, &end), "{text:?} leads to {end}");
            assert!(
                !end.starts_with(&format!("{}//", site.base)),
                "{text:?}: {end}"
            );
        }
    }
}

#[actix_web::test]
async fn ghsa_g5fm_jp9v_2432_a_malformed_callback_url_holds_up_nothing() {
    let site = Site::start();
    let long = "x".repeat(20_000);
    let crafted = [
        "notaurl",
        "%00",
        "%",
        "%ZZ",
        "http://[",
        "https://",
        "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "javascript:alert(1)",
        &long,
    ];
    for text in crafted {
        for page in ["signin", "signout", "error", "csrf", "providers", "session"] {
            let mut browser = Browser::new();
            let url = site.url(&format!("/api/auth/{page}?callbackUrl={text}"));
            let by_query = browser.visit(&url).await;
            browser
                .cookies
                .insert(CALLBACK_URL.to_owned(), text.chars().take(4000).collect());
            let by_cookie = browser.visit(&site.url(&format!("/api/auth/{page}"))).await;
            for answer in [by_query, by_cookie] {
                assert!(answer.status < 500, "{page} {text:.20}: {}", answer.status);
                assert!(!answer.text.contains("<script"), "{page} {text:.20}");
            }
        }
        // A crafted one breaks no page: the form on it still works.
        let mut browser = Browser::new();
        let page = browser
            .visit(&site.url(&format!("/api/auth/signin?callbackUrl={text}")))
            .await;
        if page.status == 200 {
            assert!(page.text.contains("name=\"csrfToken\""), "{text:.20}");
        }
        site.sign_in(&mut browser, Person::ada()).await;
        assert!(site.is_signed_in(&mut browser).await, "{text:.20}");
    }
}

#[actix_web::test]
async fn ghsa_7r7x_4c4q_c4qf_no_check_of_a_callback_can_be_skipped() {
    let site = Site::start();
    let mut browser = Browser::new();
    let begun = site.begin(&mut browser, "/page").await;
    let approval = site.approve(&begun, Person::ada());
    let url = approval.callback_url();
    let refused = async |browser: &mut Browser, url: &str, why: &str| {
        let answer = browser.visit(url).await;
        assert!(
            answer.location_param("error").is_some(),
            "{why}: {}",
            answer.location()
        );
        assert!(!site.is_signed_in(browser).await, "{why}");
    };
    let mut without = browser.clone();
    without.cookies.clear();
    refused(&mut without, &url, "no cookie").await;

    let mut other = Browser::new();
    site.begin(&mut other, "/page").await;
    refused(&mut other, &url, "the cookie of another browser").await;

    let mut renamed = browser.clone();
    let (name, value) = transaction_of(&renamed);
    renamed.cookies.clear();
    let end = if name.ends_with('0') { "1" } else { "0" };
    renamed
        .cookies
        .insert(format!("{}{end}", &name[..name.len() - 1]), value);
    refused(&mut renamed, &url, "the cookie under another name").await;

    for parameter in ["state", "code"] {
        let mut url = reqwest::Url::parse(&url).expect("a URL");
        let kept: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(name, _)| name != parameter)
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        url.query_pairs_mut().clear().extend_pairs(kept);
        let mut browser = browser.clone();
        refused(&mut browser, url.as_str(), parameter).await;
    }

    // `code` was missing once: that attempt is over. Another, and its replay.
    let mut browser = Browser::new();
    let approval = site.approve(&site.begin(&mut browser, "/page").await, Person::ada());
    let mut replayed = browser.clone();
    site.come_back(&mut browser, &approval).await;
    assert!(site.is_signed_in(&mut browser).await);
    refused(&mut replayed, &approval.callback_url(), "a replay").await;
}

#[actix_web::test]
async fn ghsa_7r7x_4c4q_c4qf_a_token_without_our_nonce_is_refused() {
    for fault in [Fault::MissingNonce, Fault::WrongNonce] {
        let site = Site::start();
        site.provider.fail_next(fault);
        let mut browser = Browser::new();
        site.sign_in(&mut browser, Person::ada()).await;
        assert!(!site.is_signed_in(&mut browser).await, "{fault:?}");
    }
}

#[actix_web::test]
async fn ghsa_v64w_49xw_qq89_a_check_cookie_is_no_session() {
    let site = Site::start();
    let mut browser = Browser::new();
    site.begin(&mut browser, "/page").await;
    assert!(
        browser.cookies.len() >= 3,
        "csrf, callback-url, transaction"
    );
    for value in browser.cookies.values() {
        let mut pasted = Browser::new();
        pasted.cookies.insert(SESSION.to_owned(), value.clone());
        assert!(!site.is_signed_in(&mut pasted).await);
        pasted.cookies.insert(SESSION.to_owned(), value.clone());
        let page = pasted.visit(&site.url("/page")).await;
        assert_eq!(page.status, 302, "the guard sends a guest to sign in");
        assert!(page.location().contains("/api/auth/signin"));
    }
}

#[actix_web::test]
async fn ghsa_xmf8_cvqr_rfgj_a_malformed_bearer_header_is_a_guest() {
    let site = Site::start();
    for value in [
        "Bearer %",
        "Bearer %A",
        "Bearer %ZZ",
        "Bearer ",
        "Bearer",
        "%",
        "Bearer a b",
    ] {
        let ask = async |path: &str| {
            let mut browser = Browser::new();
            let request = browser.request(Method::GET, &site.url(path));
            browser.send(request.header("authorization", value)).await
        };
        assert_eq!(ask("/page").await.status, 401, "{value}");
        assert_eq!(ask("/").await.text, "a guest", "{value}");
        assert_eq!(ask("/api/auth/session").await.text, "null", "{value}");
    }
}

#[actix_web::test]
async fn ghsa_x445_f3h2_j279_the_check_cookie_of_one_provider_is_none_at_another() {
    let site = Site::with_client(
        |provider| provider.client(),
        |builder| {
            let other = auth_dev::DEV.client("other", "secret").id("other");
            builder.provider(other.issuer("http://127.0.0.1:9"))
        },
    );
    let mut browser = Browser::new();
    let begun = site.begin(&mut browser, "/page").await;
    let url = site.approve(&begun, Person::ada()).callback_url();
    let mixed_up = url.replace("/callback/dev", "/callback/other");
    assert_ne!(mixed_up, url);
    let answer = browser.visit(&mixed_up).await;
    assert_eq!(
        answer.location_param("code").as_deref(),
        Some("sign_in_not_started_here")
    );
    assert!(!site.is_signed_in(&mut browser).await);
    assert_eq!(
        site.provider.token_requests().len(),
        0,
        "the code went nowhere"
    );
}

/// Cannot tell what a session should hold.
struct Broken;

impl Callbacks for Broken {
    async fn jwt(
        &self,
        token: Token,
        trigger: &Trigger<'_>,
    ) -> Result<Option<Token>, CallbackError> {
        match trigger {
            Trigger::Renewal => Err("the database is away".into()),
            _ => Ok(Some(token)),
        }
    }
}

#[actix_web::test]
async fn ghsa_8fpg_xm3f_6cx3_what_is_broken_lets_nobody_in() {
    // No middleware: an error of ours, never a pass.
    let site = Site::start();
    let mut ada = site.browser_of(Person::ada()).await;
    for path in ["/unwrapped/page", "/unwrapped/session"] {
        for browser in [&mut ada.clone(), &mut Browser::new()] {
            let answer = browser.visit(&site.url(path)).await;
            assert_eq!(answer.status, 500, "{path}");
            assert!(!answer.text.contains("never"), "{path}");
        }
    }
    // An origin that cannot be told.
    let request = ada.request(Method::GET, &site.url("/page"));
    let answer = ada.send(request.header("host", "evil.example")).await;
    assert!((400..500).contains(&answer.status), "{}", answer.status);
    assert!(!answer.text.contains("hello"));

    // A cookie that does not open.
    for value in ["", "x", "a.b.c.d.e", "null", "{\"message\":\"error\"}"] {
        let mut browser = Browser::new();
        browser.cookies.insert(SESSION.to_owned(), value.to_owned());
        assert_eq!(
            browser.visit(&site.url("/page")).await.status,
            302,
            "{value}"
        );
        assert_eq!(
            browser.fetch(&site.url("/page")).await.status,
            401,
            "{value}"
        );
    }

    // A callback that fails: not a session, and not an object that looks like one.
    let clock = ManualClock::now();
    let site = Site::with(|builder| builder.clock(clock.clone()).callbacks(Broken));
    let mut browser = site.browser_of(Person::ada()).await;
    clock.advance(25 * 60 * 60);
    let answer = browser.fetch(&site.url("/api/auth/session")).await;
    assert_eq!(answer.status, 503);
    assert!(!answer.text.contains("user"), "{}", answer.text);
}

#[actix_web::test]
async fn a_forwarded_host_never_beats_a_configured_origin() {
    let site = Site::with(|builder| builder.origins(["https://app.example"]));
    let ask = async |method: Method, path: &str, body: String, browser: &mut Browser| -> Answer {
        let mut request = browser.request(method, &site.url(path));
        for (name, value) in [
            ("x-forwarded-host", "evil.example"),
            ("x-forwarded-proto", "http"),
            ("forwarded", "host=evil.example"),
            ("x-original-host", "evil.example"),
        ] {
            request = request.header(name, value);
        }
        let form = ("content-type", "application/x-www-form-urlencoded");
        browser
            .send(request.header(form.0, form.1).body(body))
            .await
    };
    let mut browser = Browser::new();
    let csrf = ask(Method::GET, "/api/auth/csrf", String::new(), &mut browser).await;
    let csrf = format!("csrfToken={}", csrf.json()["csrfToken"].as_str().unwrap());
    for (method, path, body) in [
        (Method::GET, "/api/auth/providers", String::new()),
        (Method::GET, "/api/auth/signin", String::new()),
        (
            Method::GET,
            "/api/auth/error?error=AccessDenied",
            String::new(),
        ),
        (Method::POST, "/api/auth/signin/dev", csrf.clone()),
        (Method::POST, "/api/auth/signout", csrf),
        (Method::GET, "/page", String::new()),
    ] {
        let answer = ask(method, path, body, &mut browser).await;
        assert!(answer.status < 500, "{path}");
        assert!(!answer.text.contains("evil"), "{path}: {}", answer.text);
        for (name, value) in &answer.headers {
            assert!(
                !value.to_str().unwrap().contains("evil"),
                "{path}: {name}: {value:?}"
            );
        }
    }
}

/// The cookie of the sign-in that is under way.
fn transaction_of(browser: &Browser) -> (String, String) {
    let found = browser
        .cookies
        .iter()
        .find(|(name, _)| name.contains("authjs.tx."));
    let (name, value) = found.expect("a sign-in is under way");
    (name.clone(), value.clone())
}
