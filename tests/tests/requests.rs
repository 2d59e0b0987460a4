//! Requests that say one thing to us and might say another to a proxy, a router or a framework.

use auth_dev::Person;
use auth_tests::{Answer, Browser, Site};
use reqwest::Method;

/// Name and value of each `Cookie` of `browser`, as a header line.
fn cookie_line(browser: &Browser) -> String {
    let pairs: Vec<_> = browser
        .cookies
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    format!("Cookie: {}", pairs.join("; "))
}

fn status(answer: &str) -> u16 {
    let status = answer.split(' ').nth(1).and_then(|it| it.parse().ok());
    status.unwrap_or_else(|| panic!("{answer:?}"))
}

async fn send(
    browser: &mut Browser,
    method: Method,
    url: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let mut request = browser.request(method, url).body(body.to_owned());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    browser.send(request).await
}

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[actix_web::test]
async fn however_a_protected_path_is_written_a_guest_does_not_get_in() {
    let site = Site::start();
    for path in [
        "/page",
        "//page",
        "/./page",
        "/x/../page",
        "/page/",
        "/page//",
        "/page/.",
        "/page;a=b",
        "/PAGE",
        "/%70age",
        "/%70%61ge",
        "/page%00",
        "/page%2f",
        "/page%20",
        "/page?/api/auth/csrf",
        "/page#/api/auth/csrf",
        "/api/auth/../../page",
        "/api/auth/%2e%2e/%2e%2e/page",
        "/api/auth/csrf/../../../page",
        "\\page",
        "http://127.0.0.1/page",
        "/page\t",
    ] {
        let answer = site.raw(&format!("GET {path} HTTP/1.1"), &[]);
        let status = status(&answer);
        assert!(status != 200 && status < 500, "{path}: {answer}");
        assert!(!answer.contains("hello"), "{path}: {answer}");
    }
}

#[actix_web::test]
async fn however_an_endpoint_is_written_it_is_that_endpoint_or_a_4xx() {
    let site = Site::start();
    let browser = site.browser_of(Person::ada()).await;
    for path in [
        "/api/auth/%73ession",
        "/api/auth/%73ignout",
        "/api/auth//signout",
        "//api/auth/signout",
        "/api/auth/./signout",
        "/api/auth/x/../signout",
        "/api/auth/signout/",
        "/api/auth/SIGNOUT",
        "/api/auth/signout;a=b",
        "/api/auth/signout%00",
        "/api/auth/signout%2f",
        "/api/auth/signin/%2e%2e",
        "/api/auth/signin/__proto__",
        "/api/auth/signin/constructor",
        "/api/auth/callback/dev/../x",
        "/api/auth/callback/%64ev",
        "/api/auth/callback/%2e%2e/session",
        "/%61pi/auth/signout",
        "/api/auth/error%0d%0aX-Evil:%201",
    ] {
        for method in ["GET", "POST"] {
            let answer = site.raw(
                &format!("{method} {path} HTTP/1.1"),
                &[cookie_line(&browser)],
            );
            assert!(status(&answer) < 500, "{method} {path}: {answer}");
            assert!(
                !answer.to_lowercase().contains("\nx-evil"),
                "{path}: {answer}"
            );
        }
    }
    assert!(site.is_signed_in(&mut browser.clone()).await);
}

#[actix_web::test]
async fn no_method_but_post_changes_anything() {
    let site = Site::start();
    let browser = site.browser_of(Person::ada()).await;
    let csrf = browser.cookies["authjs.csrf-token"]
        .split("%7C")
        .next()
        .unwrap()
        .to_owned();
    for method in [
        "GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY", "post", "Post",
        "POSTX",
    ] {
        for path in ["/api/auth/signout", "/api/auth/signin/dev"] {
            let target = format!("{path}?csrfToken={csrf}&_method=POST");
            let headers = [
                cookie_line(&browser),
                "X-HTTP-Method-Override: POST".to_owned(),
                "X-HTTP-Method: POST".to_owned(),
                "X-Method-Override: POST".to_owned(),
            ];
            let answer = site.raw(&format!("{method} {target} HTTP/1.1"), &headers);
            assert!(status(&answer) < 500, "{method} {path}: {answer}");
            let cookies = answer.to_lowercase();
            assert!(
                !cookies.contains("set-cookie: authjs.tx"),
                "{method} {path}: {answer}"
            );
            assert!(
                !cookies.contains("set-cookie: authjs.session"),
                "{method} {path}: {answer}"
            );
            assert!(!answer.contains("/authorize?"), "{method} {path}: {answer}");
        }
    }
    assert!(site.is_signed_in(&mut browser.clone()).await);
}

#[actix_web::test]
async fn no_header_of_a_proxy_or_a_framework_opens_a_protected_page() {
    let site = Site::start();
    for (name, value) in [
        ("x-forwarded-uri", "/"),
        ("x-forwarded-path", "/api/auth/csrf"),
        ("x-original-url", "/"),
        ("x-original-uri", "/"),
        ("x-rewrite-url", "/api/auth/csrf"),
        (
            "x-middleware-subrequest",
            "middleware:middleware:middleware",
        ),
        ("x-forwarded-user", "ada"),
        ("remote-user", "ada"),
        ("x-auth-request-email", "ada@example.com"),
        (
            "authorization",
            "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.",
        ),
        ("authorization", "Basic YWRhOmFkYQ=="),
        ("x-forwarded-for", "127.0.0.1"),
        ("purpose", "prefetch"),
        ("upgrade", "websocket"),
    ] {
        let mut browser = Browser::new();
        let answer = send(
            &mut browser,
            Method::GET,
            &site.url("/page"),
            &[(name, value)],
            "",
        )
        .await;
        assert!(
            matches!(answer.status, 302 | 401),
            "{name}: {}",
            answer.status
        );
    }
}

#[actix_web::test]
async fn a_header_that_only_looks_like_one_of_ours_is_not_read() {
    let site = Site::with(|builder| builder.trust_host(true));
    for (name, value) in [
        ("x_forwarded_host", "evil.example"),
        ("x_forwarded_proto", "https"),
        ("x-forwarded-host ", "evil.example"),
        ("x-forwarded-hosts", "evil.example"),
        ("x-forwarded-server", "evil.example"),
        ("x-host", "evil.example"),
        ("forwarded", "host=evil.example;proto=https"),
    ] {
        let line = format!("{name}: {value}");
        let answer = site.raw("GET /api/auth/providers HTTP/1.1", &[line]);
        assert!(
            !answer.contains("evil") && !answer.contains("https:"),
            "{name}: {answer}"
        );
    }
    let browser = site.browser_of(Person::ada()).await;
    for name in ["sec_fetch_site", "hx_request", "x_csrf_token"] {
        let mut browser = browser.clone();
        let headers = [
            FORM,
            (name, "same-origin"),
            ("origin", "https://evil.example"),
        ];
        let answer = send(
            &mut browser,
            Method::POST,
            &site.url("/form"),
            &headers,
            "text=x",
        )
        .await;
        assert_eq!(answer.status, 403, "{name}");
    }
}

#[actix_web::test]
async fn a_proxy_that_strips_or_repeats_headers_makes_no_origin_of_its_own() {
    let site = Site::with(|builder| builder.origins(["https://app.example"]));
    for line in [
        "Connection: close, X-Forwarded-Proto, X-Forwarded-Host",
        "X-Forwarded-Proto: http",
        "X-Forwarded-Port: 80",
        "Front-End-Https: off",
    ] {
        let answer = site.raw("GET /api/auth/csrf HTTP/1.1", &[line.to_owned()]);
        let cookies: Vec<_> = answer
            .lines()
            .filter(|line| line.to_lowercase().starts_with("set-cookie:"))
            .collect();
        assert!(!cookies.is_empty(), "{line}: {answer}");
        assert!(
            cookies.iter().all(|cookie| cookie.contains("; Secure")),
            "{line}: {answer}"
        );
    }
}

#[actix_web::test]
async fn a_host_that_only_looks_like_ours_is_not_ours() {
    let site = Site::with(|builder| {
        builder.origins(["https://app.example", "https://xn--bcher-kva.example"])
    });
    let ask = async |host: &[u8]| {
        let mut browser = Browser::new();
        let host = reqwest::header::HeaderValue::from_bytes(host).unwrap();
        let request = browser.request(Method::GET, &site.url("/api/auth/providers"));
        browser.send(request.header("host", host)).await
    };
    for host in [
        "app.example",
        "APP.EXAMPLE",
        "app.example:443",
        "xn--bcher-kva.example",
    ] {
        assert_eq!(ask(host.as_bytes()).await.status, 200, "{host}");
    }
    for host in [
        "bücher.example",
        "ａpp.example",
        "app。example",
        "аpp.example",
        "app.example\u{200b}",
        "app.example:80",
        "app.example:0",
        "app.example:443:443",
        "app.example@evil.example",
        "evil.example/app.example",
        "app.example, evil.example",
        "app.example#",
        "app.example.evil.example",
        "xapp.example",
        "app.example ",
        "[::1]",
        "127.0.0.1",
        "localhost",
        "2130706433",
        "",
    ] {
        let answer = ask(host.as_bytes()).await;
        let trimmed = host.trim_ascii() == "app.example";
        assert!(
            trimmed || answer.status == 400,
            "{host:?}: {}",
            answer.status
        );
    }
    let two = ["Host: evil.example".to_owned()];
    let answer = site.raw("GET /api/auth/providers HTTP/1.1", &two);
    assert_eq!(status(&answer), 400, "two hosts: {answer}");
}

#[actix_web::test]
async fn lies_in_fetch_metadata_let_no_other_site_post() {
    let site = Site::start();
    let browser = site.browser_of(Person::ada()).await;
    let own = site.base.clone();
    let sibling = own.replace("127.0.0.1", "localhost");
    let cases: &[(&[(&str, &str)], u16)] = &[
        (&[("origin", &own), ("sec-fetch-site", "same-origin")], 200),
        (&[], 200), // a program
        (&[("origin", "https://evil.example")], 403),
        (
            &[
                ("origin", "https://evil.example"),
                ("sec-fetch-site", "same-origin"),
            ],
            403,
        ),
        (
            &[
                ("origin", "https://evil.example"),
                ("sec-fetch-site", "none"),
            ],
            403,
        ),
        (&[("origin", &own), ("sec-fetch-site", "cross-site")], 403),
        (&[("sec-fetch-site", "cross-site")], 403),
        (&[("sec-fetch-site", "Cross-Site")], 403),
        (&[("sec-fetch-site", "same-origin, cross-site")], 403),
        (
            &[
                ("sec-fetch-site", "same-origin"),
                ("sec-fetch-site", "cross-site"),
            ],
            403,
        ),
        (&[("origin", "null")], 403),
        (
            &[("origin", &sibling), ("sec-fetch-site", "same-site")],
            403,
        ),
        (&[("origin", &own), ("origin", "https://evil.example")], 403),
        (&[("origin", "")], 403),
        (
            &[
                ("sec-fetch-mode", "navigate"),
                ("origin", "null"),
                ("sec-fetch-site", "cross-site"),
            ],
            403,
        ),
    ];
    for (headers, expected) in cases {
        let headers = [&[FORM], *headers].concat();
        let mut browser = browser.clone();
        let answer = send(
            &mut browser,
            Method::POST,
            &site.url("/form"),
            &headers,
            "text=x",
        )
        .await;
        assert_eq!(answer.status, *expected, "{headers:?}");
    }
}

#[actix_web::test]
async fn a_sibling_domain_that_plants_a_token_begins_no_sign_in_and_ends_no_session() {
    let site = Site::with(|builder| builder.origins(["https://app.example"]));
    // The attacker has a pair of token and cookie of their own. A sibling can plant the plain
    // name, but not the `__Host-` one.
    let mut attacker = Browser::new();
    let csrf = site.csrf(&mut attacker).await;
    let pair = attacker.cookies["__Host-authjs.csrf-token"].clone();
    for name in [
        "authjs.csrf-token",
        "__Secure-authjs.csrf-token",
        "__host-authjs.csrf-token",
        "__HOST-authjs.csrf-token",
        "=__Host-authjs.csrf-token",
        "__Host-authjs.csrf-token.0",
    ] {
        let mut victim = Browser::new();
        victim.cookies.insert(name.to_owned(), pair.clone());
        for path in ["/api/auth/signin/dev", "/api/auth/signout"] {
            let answer = victim.post(&site.url(path), &[("csrfToken", &csrf)]).await;
            assert!(
                !answer.location().starts_with(site.provider.issuer()),
                "{name} {path}"
            );
            let code = answer.location_param("code");
            assert!(
                answer.status == 400 || code.is_some(),
                "{name} {path}: {answer:?}"
            );
            victim.cookies.retain(|known, _| known == name);
        }
    }
    let mut own = attacker.clone();
    let begun = own
        .post(&site.url("/api/auth/signin/dev"), &[("csrfToken", &csrf)])
        .await;
    assert!(
        begun.location().starts_with(site.provider.issuer()),
        "the pair itself is good"
    );
}

#[actix_web::test]
async fn line_breaks_of_a_provider_or_a_stranger_never_reach_a_header() {
    let site = Site::start();
    let injected = "x%0d%0aSet-Cookie:%20evil=1%0d%0a%0d%0a<script>evil()</script>";
    let mut browser = Browser::new();
    let begun = site.begin(&mut browser, "/page").await;
    let state = begun.location_param("state").unwrap();
    let targets = [
        format!(
            "/api/auth/callback/dev?state={state}&error={injected}&error_description={injected}&error_uri={injected}"
        ),
        format!("/api/auth/callback/dev?state={state}&code={injected}"),
        format!("/api/auth/callback/dev?state={injected}&code=c"),
        format!("/api/auth/callback/dev?state={state}&code=c&iss={injected}"),
        format!("/api/auth/callback/{injected}"),
        format!("/api/auth/signin/{injected}"),
        format!("/api/auth/signin?callbackUrl={injected}&error={injected}"),
        format!("/api/auth/error?error={injected}&code={injected}&ref={injected}"),
        format!("/page?{injected}"),
    ];
    for target in targets {
        let request = format!("GET {target} HTTP/1.1");
        let headers = [cookie_line(&browser), "Accept: text/html".to_owned()];
        let answer = site.raw(&request, &headers);
        assert!(status(&answer) < 500, "{target}: {answer}");
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let own_lines = head
            .lines()
            .all(|line| !line.to_lowercase().starts_with("set-cookie: evil"));
        assert!(own_lines, "{target}: {head}");
        assert!(
            !head.contains('\r') || head.lines().count() == head.matches("\r\n").count() + 1,
            "{head}"
        );
        assert!(!body.contains("<script>evil"), "{target}: {body}");
    }
}
