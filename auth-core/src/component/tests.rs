use super::*;
use crate::builder::AuthBuilder;
use crate::http::Request;
use crate::providers::GITHUB;
use crate::session::SessionSource;
use crate::testing::{NoHttp, NoSpawn};

fn auth(name: &'static str) -> Auth {
    AuthBuilder::with_adapters(NoHttp, NoSpawn)
        .environment([("AUTH_SECRET", "0123456789abcdef0123456789abcdef")])
        .provider(GITHUB.client("id", "secret").name(name))
        .build()
        .unwrap()
}

fn components_for(auth: &Auth, cookie: Option<&str>) -> Components {
    let mut request = http::Request::get("/here").header("host", "localhost:3000");
    if let Some(cookie) = cookie {
        request = request.header("cookie", cookie);
    }
    let mut request: Request = request.body(Vec::new()).unwrap();
    let peer = crate::http::Peer("127.0.0.1".parse().unwrap());
    request.extensions_mut().insert(peer);
    auth.components(&request).unwrap().unwrap()
}

fn components() -> Components {
    components_for(&auth("GitHub"), None)
}

/// What strangers have chosen for a name.
const PAYLOADS: [&str; 8] = [
    "</button><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onclick='alert(1)",
    "\" autofocus onfocus=\"alert(1)",
    "javascript:alert(1)",
    "</form><form action=\"https://evil.test\">",
    "{{ 7 * 7 }}<!--",
    "&lt;script&gt;",
];

/// The text without what may stand in it.
fn unexpected_markup(html: &str) -> Option<&str> {
    let mut tags = html.split('<').skip(1);
    let known = ["form ", "input ", "button ", "/button>", "/form>"];
    tags.find(|tag| !known.iter().any(|known| tag.starts_with(known)))
}

/// The values of the attributes are between double quotes, which nothing inside has.
fn attributes_of(html: &str) -> Vec<&str> {
    let outside = html.split('"').step_by(2);
    outside
        .flat_map(str::split_ascii_whitespace)
        .filter_map(|text| text.strip_suffix('='))
        .collect()
}

#[test]
fn a_button_is_a_form_that_needs_no_script() {
    let html = components().sign_in("github").return_to("/here?a=1&b=2");
    let html = html.as_ref();
    for part in [
        r#"<form method="post" action="/api/auth/signin/github">"#,
        r#"<input type="hidden" name="csrfToken" value=""#,
        r#"<input type="hidden" name="callbackUrl" value="/here?a=1&amp;b=2">"#,
        r#"<button type="submit" dir="auto">Sign in with GitHub</button>"#,
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    let out = components().sign_out();
    assert!(out.as_ref().contains(r#"action="/api/auth/signout""#));
    assert!(out.as_ref().contains(">Sign out</button>"));
}

#[test]
fn a_button_has_always_a_name() {
    for empty in ["", " ", "\n\t"] {
        let html = components().sign_in("github").label(empty);
        assert!(html.as_ref().contains(">Sign in with GitHub</button>"));
    }
    let html = components().sign_in("github").label("Continue");
    assert!(html.as_ref().contains(">Continue</button>"));
}

#[test]
fn nothing_that_is_given_becomes_markup_or_an_attribute() {
    let expected = attributes_of(
        components()
            .sign_in("github")
            .class("x")
            .return_to("/")
            .as_ref(),
    )
    .into_iter()
    .map(str::to_owned)
    .collect::<Vec<_>>();
    for payload in PAYLOADS {
        let components = components_for(&auth(payload), None);
        let given = components
            .sign_in("github")
            .label(payload)
            .class(payload)
            .return_to(payload);
        let named = components.sign_in("github").class("x").return_to("/");
        for html in [given, named] {
            let html = html.as_ref();
            assert_eq!(unexpected_markup(html), None, "{html}");
            assert_eq!(attributes_of(html), expected, "{html}");
        }
    }
}

#[test]
fn text_is_escaped_and_markup_is_not() {
    let text = Html::render("<b>");
    assert_eq!(text.as_ref(), "&lt;b&gt;");
    let markup = Html::render(maud::html! { b { (text) } });
    assert_eq!(markup.to_string(), "<b>&lt;b&gt;</b>");
    assert_eq!(maud::html! { (markup) }.into_string(), markup.as_ref());
    // Setters are about buttons.
    assert_eq!(markup.label("x").class("y").as_ref(), "<b>&lt;b&gt;</b>");
}

fn hosted() -> Components {
    Components::hosted(HostedPaths {
        sign_in: "/sign-in".to_owned(),
        sign_up: "/sign-up".to_owned(),
        sign_out: "/sign-out".to_owned(),
    })
}

#[test]
fn under_authkit_signing_in_is_a_link_and_signing_out_a_form_without_a_token() {
    let check = |html: Html, expected: &str| assert_eq!(html.as_ref(), expected);
    check(
        hosted().sign_in("github").return_to("/here?a=1&b=2"),
        r#"<a href="/sign-in?callbackUrl=%2Fhere%3Fa%3D1%26b%3D2" dir="auto">Sign in</a>"#,
    );
    check(
        hosted().sign_up().class("quiet").label("Join"),
        r#"<a href="/sign-up" class="quiet" dir="auto">Join</a>"#,
    );
    check(
        hosted().sign_out().return_to("/bye"),
        concat!(
            r#"<form method="post" action="/sign-out">"#,
            r#"<input type="hidden" name="callbackUrl" value="/bye">"#,
            r#"<button type="submit" dir="auto">Sign out</button></form>"#,
        ),
    );
    assert_eq!(hosted().set_cookie(), None);
}

#[test]
fn nothing_that_is_given_gets_out_of_a_link() {
    for payload in PAYLOADS {
        let html = hosted().sign_in(payload).label(payload).class(payload);
        let html = html.return_to(payload);
        let mut tags = html.as_ref().split('<').skip(1);
        assert!(
            tags.all(|tag| tag.starts_with("a href=\"/sign-in?") || tag == "/a>"),
            "{html}"
        );
        assert_eq!(
            attributes_of(html.as_ref()),
            ["href", "class", "dir"],
            "{html}"
        );
    }
}

#[test]
fn who_has_no_account_is_led_to_the_sign_in_page() {
    let html = components().sign_up().return_to("/here");
    let expected = r#"<a href="/api/auth/signin?callbackUrl=%2Fhere" dir="auto">Sign up</a>"#;
    assert_eq!(html.as_ref(), expected);
}

#[test]
fn a_setter_counts_after_the_button_was_looked_at() {
    let html = components().sign_out();
    assert!(html.as_ref().contains("Sign out"));
    let html = html.label("Leave").class("quiet");
    assert!(html.as_ref().contains(r#"class="quiet" dir="auto">Leave<"#));
}

#[test]
fn a_provider_that_is_not_registered_leads_to_the_sign_in_page_without_the_token() {
    for id in ["nobody", "", "../signout", "\"><script>"] {
        let html = components().sign_in(id).return_to("/here");
        let html = html.as_ref();
        assert!(html.starts_with(r#"<form method="get" action="/api/auth/signin">"#));
        assert!(html.contains(r#"name="code" value="unknown_provider""#));
        assert!(html.contains(">Sign in</button>"));
        assert!(!html.contains("csrfToken"), "{html}");
        assert_eq!(unexpected_markup(html), None, "{html}");
    }
}

#[test]
fn the_cookie_is_made_once_and_then_known() {
    let auth = auth("GitHub");
    let first = components_for(&auth, None);
    let set = first.set_cookie().unwrap().to_str().unwrap().to_owned();
    assert!(set.starts_with("authjs.csrf-token="), "{set}");
    assert!(
        set.contains("HttpOnly") && set.contains("SameSite=Lax"),
        "{set}"
    );
    let cookie = set.split(';').next().unwrap();
    let second = components_for(&auth, Some(cookie));
    assert_eq!(second.set_cookie(), None);
    assert_eq!(second.sign_out().as_ref(), first.sign_out().as_ref());
    let forged = components_for(&auth, Some("authjs.csrf-token=attacker%7Cattacker"));
    assert!(forged.set_cookie().is_some());
    assert!(!forged.sign_out().as_ref().contains("attacker"));
}

#[test]
fn a_host_that_is_not_ours_gets_no_token() {
    let request = http::Request::get("/").header("host", "evil.test");
    let request: Request = request.body(Vec::new()).unwrap();
    assert!(auth("GitHub").components(&request).is_err());
}

#[test]
fn debug_shows_no_token() {
    let components = components();
    let debug = format!("{components:?} {:?}", components.sign_out());
    let html = components.sign_out();
    let token = html.as_ref().split(r#"value=""#).nth(1).unwrap();
    let token = token.split('"').next().unwrap();
    assert!(token.len() == 64 && !debug.contains(token), "{debug}");
}
