//! The language of the pages, as a visitor meets it.

use super::*;
use crate::page::Language;

const COOKIE: &str = "authjs.language";

fn accepting(language: &str, path: &str) -> http::request::Builder {
    http::Request::get(path).header("accept-language", language)
}

fn shown(auth: &Auth, jar: &mut Vec<(String, String)>, request: http::request::Builder) -> String {
    let response = send(auth, jar, request, "");
    let tag = response.headers()["content-language"].to_str().unwrap();
    assert_eq!(varies_by(&response), ["Cookie, Accept-Language"]);
    let html = String::from_utf8(response.body().clone()).unwrap();
    assert!(html.contains(&format!(r#"<html lang="{tag}""#)), "{tag}");
    html
}

fn varies_by(response: &Response) -> Vec<&str> {
    let lines = response.headers().get_all("vary").iter();
    lines.map(|line| line.to_str().unwrap()).collect()
}

fn chosen(jar: &[(String, String)]) -> Option<&str> {
    let cookie = jar.iter().find(|(name, _)| name == COOKIE);
    cookie.map(|(_, value)| value.as_str())
}

#[test]
fn every_page_speaks_the_language_of_the_browser() {
    let auth = auth(GitHub::default());
    for (path, words) in [
        ("signin", "Weiter mit"),
        ("signin/github", "Weiter mit"),
        (
            "signin?error=MissingCSRF&code=csrf",
            "Das Formular war veraltet",
        ),
        ("signout", "Möchten Sie sich wirklich abmelden?"),
        ("error?error=AccessDenied", "Zugriff verweigert"),
        ("verify-request", "Sehen Sie in Ihr Postfach"),
    ] {
        let mut jar = Vec::new();
        let request = accepting("de-AT, en;q=0.5", &format!("/api/auth/{path}"));
        assert!(shown(&auth, &mut jar, request).contains(words), "{path}");
        assert_eq!(chosen(&jar), None, "nobody chose it: {path}");
    }
}

#[test]
fn the_page_between_our_form_and_the_provider_speaks_the_language_of_the_browser() {
    let (auth, mut jar) = (auth(GitHub::default()), Vec::new());
    let body = format!("csrfToken={}", csrf(&auth, &mut jar));
    let form = http::Request::post("/api/auth/signin/github")
        .header("sec-fetch-mode", "navigate")
        .header("accept-language", "de");
    let answer = send(&auth, &mut jar, form, &body);
    assert_eq!(answer.headers()["content-language"], "de");
    assert_eq!(varies_by(&answer), ["Cookie, Accept-Language"]);
}

#[test]
fn answers_without_a_language_do_not_vary_by_it() {
    let (auth, mut jar) = (auth(GitHub::default()), Vec::new());
    for (path, status) in [
        ("session", 200),
        ("csrf", 200),
        ("providers", 200),
        ("callback/github", 302),
        ("nothing", 400),
    ] {
        let request = accepting("de", &format!("/api/auth/{path}"));
        let answer = send(&auth, &mut jar, request, "");
        assert_eq!(answer.status(), status, "{path}");
        assert_eq!(varies_by(&answer), ["Cookie"], "{path}");
    }
    let back = sign_in(&auth, &mut jar, "/page");
    assert_eq!(
        (back.status(), varies_by(&back)),
        (StatusCode::FOUND, vec!["Cookie"])
    );
}

#[test]
fn a_host_that_is_not_ours_is_refused_in_the_language_of_the_browser() {
    let auth = auth(GitHub::default());
    let request = accepting("fr", "/api/auth/signin").header("host", "evil.example");
    let html = shown(&auth, &mut Vec::new(), request);
    assert!(
        html.contains("Cette adresse ne permet pas de se connecter"),
        "{html}"
    );
    assert!(
        !html.contains("ui_locales"),
        "no cookie is set for such a host"
    );
}

#[test]
fn a_language_that_was_chosen_is_remembered_and_told_to_the_provider() {
    let (auth, mut jar) = (auth(GitHub::default()), Vec::new());
    let page = "/api/auth/signin?ui_locales=xx%20ja&callbackUrl=/a&error=Default&code=csrf&ref=7f";
    let html = shown(&auth, &mut jar, accepting("de", page));
    assert_eq!(chosen(&jar), Some("ja"));
    for kept in [
        r#"name="callbackUrl" value="http://localhost:3000/a""#,
        r#"name="error" value="Default""#,
        r#"name="code" value="csrf""#,
        r#"name="ref" value="7f""#,
    ] {
        assert!(html.contains(kept), "{kept} is not in {html}");
    }
    assert!(html.contains(r#"action="/api/auth/signin/github?ui_locales=ja""#));

    // The pages that come back from a provider have no such parameter.
    let html = shown(
        &auth,
        &mut jar,
        accepting("de", "/api/auth/error?error=AccessDenied"),
    );
    assert!(html.contains("アクセスが拒否されました"), "{html}");
    let html = shown(&auth, &mut jar, accepting("de", "/api/auth/signin"));
    assert!(html.contains(r#"action="/api/auth/signin/github?ui_locales=ja""#));

    let body = format!("csrfToken={}", csrf(&auth, &mut jar));
    let post = http::Request::post("/api/auth/signin/github?ui_locales=ja");
    let answer = send(&auth, &mut jar, post, &body);
    let url = location(answer.headers());
    assert_eq!(param(&url, "ui_locales").as_deref(), Some("ja"));
}

#[test]
fn what_was_chosen_already_is_not_set_again() {
    let (auth, mut jar) = (auth(GitHub::default()), Vec::new());
    let page = "/api/auth/signin?ui_locales=ko";
    get(&auth, &mut jar, page);
    let again = get(&auth, &mut jar, page);
    let mut set = again.headers().get_all("set-cookie").into_iter();
    assert!(!set.any(|it| it.to_str().unwrap().starts_with(COOKIE)));
}

#[test]
fn an_unknown_language_sets_no_cookie() {
    let auth = auth(GitHub::default());
    for ui_locales in ["xx", "", "%3Cscript%3E", "*", "zh-TW"] {
        let mut jar = Vec::new();
        let page = format!("/api/auth/signin?ui_locales={ui_locales}");
        let html = shown(&auth, &mut jar, http::Request::get(page));
        assert!(
            html.contains(r#"<html lang="en" dir="ltr">"#),
            "{ui_locales}"
        );
        assert_eq!(chosen(&jar), None, "{ui_locales}");
    }
}

#[test]
fn a_site_says_what_it_speaks() {
    let auth = auth_with(GitHub::default(), |builder| {
        let german = Language::GERMAN.with(|text| text.sign_in = "Einloggen");
        builder.languages([german])
    });
    for wanted in ["de", "fr", "*;q=0"] {
        let html = shown(
            &auth,
            &mut Vec::new(),
            accepting(wanted, "/api/auth/signin"),
        );
        assert!(html.contains("<h1>Einloggen</h1>"), "{wanted}");
        assert!(!html.contains("<select"), "{wanted}");
    }
}

#[test]
fn the_page_on_the_way_to_a_provider_speaks_the_language_too() {
    let (auth, mut jar) = (auth(GitHub::default()), Vec::new());
    let body = format!("csrfToken={}", csrf(&auth, &mut jar));
    let post = http::Request::post("/api/auth/signin/github")
        .header("sec-fetch-mode", "navigate")
        .header("accept-language", "ar");
    let answer = send(&auth, &mut jar, post, &body);
    assert_eq!(answer.headers()["content-language"], "ar");
    let html = String::from_utf8(answer.into_body()).unwrap();
    assert!(html.contains(r#"<html lang="ar" dir="rtl">"#), "{html}");
    assert!(
        !html.contains("<select"),
        "an answer to a form cannot be asked for again"
    );
}

#[test]
fn the_choice_of_a_language_repeats_nothing_that_a_stranger_wrote() {
    let auth = auth(GitHub::default());
    let query = "error=-alert(1)-&code=%3Cb%3E&ref=a.b&provider=evil&max_age=x&callbackUrl=//evil";
    for page in ["signin", "signout", "error", "verify-request"] {
        let path = format!("/api/auth/{page}?{query}");
        let html = shown(&auth, &mut Vec::new(), http::Request::get(path));
        assert!(html.contains("<select"), "{page}");
        for written in ["alert(1)", "&lt;b", "a.b", "evil", "\"x\""] {
            assert!(!html.contains(written), "{page}: {written}");
        }
    }
}
