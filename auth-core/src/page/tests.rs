//! What holds for every page, in every state it can be in.

mod pseudo;

use std::sync::LazyLock;

use super::*;
use crate::providers::{GITHUB, GOOGLE};

/// Ends an attribute, an element and a string, wherever it lands.
const HOSTILE: &str = "\"><script>alert(1)</script>'&\u{202e}\u{2066}";

static SPEECH: LazyLock<Speech<'static>> = LazyLock::new(|| Speech::of(&ENGLISH));

static FRAME: LazyLock<Frame> = LazyLock::new(|| Frame::new("/api/auth", Look::default()));

fn empty_view() -> SignInPage<'static> {
    SignInPage {
        frame: &FRAME,
        speech: &SPEECH,
        csrf_token: "c0ffee",
        return_to: "/dashboard?tab=1",
        max_age: None,
        providers: Vec::new(),
        last_used: None,
        error: None,
        signed_in_as: None,
    }
}

fn providers(count: usize) -> Vec<Offered<'static>> {
    (0..count)
        .map(|_| Offered {
            id: "kc-acme",
            name: "Acme",
            mark: None,
        })
        .collect()
}

/// The error that a query full of `text` asks for.
fn error_of(text: &str) -> ErrorWords<'_> {
    ErrorWords {
        error: text,
        code: Some(text),
        reference: Some(text),
        used_before: Vec::new(),
    }
}

/// A page for each state. Every field of its view is, or holds, `text`.
fn pages(text: &str) -> Vec<(&'static str, String)> {
    pages_in(text, &SPEECH)
}

/// The same in another language.
fn pages_in(text: &str, speech: &Speech<'_>) -> Vec<(&'static str, String)> {
    let path = format!("/{text}");
    let frame = Frame::new(&path, Look::default());
    let sign_in = |count, error, signed_in_as, max_age| {
        let provider = |_| Offered {
            id: text,
            name: text,
            mark: GITHUB.mark,
        };
        super::sign_in(&SignInPage {
            frame: &frame,
            speech,
            csrf_token: text,
            return_to: &path,
            max_age,
            providers: (0..count).map(provider).collect(),
            last_used: Some(text),
            error,
            signed_in_as,
        })
    };
    let sign_out = super::sign_out(&SignOutPage {
        frame: &frame,
        speech,
        action: &path,
        csrf_token: Some(text),
        return_to_field: "callbackUrl",
        return_to: Some(&path),
        cancel: &path,
    });
    let error = super::error(&ErrorPage {
        frame: &frame,
        speech,
        error: error_of(text),
        sign_in: sign_in_again(&path, Some(text)).into(),
    });
    let going_on = super::continue_to(&ContinueView {
        frame: &frame,
        speech,
        url: &format!("https://idp.example/{text}"),
        to: Next::Named(text),
    });
    let verify_request = super::verify_request(&VerifyRequestPage {
        frame: &frame,
        speech,
        origin: &format!("https://app.example/{text}"),
    });
    let known = ErrorWords {
        error: "OAuthCallbackError",
        code: Some("sign_in_reused"),
        reference: Some("7f3a"),
        used_before: Vec::new(),
    };
    vec![
        ("sign-in", sign_in(2, None, None, None).into()),
        ("error", sign_in(2, Some(error_of(text)), None, None).into()),
        ("known error", sign_in(2, Some(known), None, None).into()),
        ("many providers", sign_in(9, None, None, None).into()),
        ("no provider", sign_in(0, None, None, None).into()),
        ("signed in", sign_in(2, None, Some(text), None).into()),
        ("step-up", sign_in(2, None, Some(text), Some(300)).into()),
        ("sign-out", sign_out.into()),
        ("error page", error.into()),
        ("verify-request", verify_request.into()),
        ("continue", String::from_utf8(going_on.into_body()).unwrap()),
    ]
}

/// The start tags of a page, without brackets. No attribute value holds a bracket: that would be
/// the mistake these tests look for.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<')
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .filter(|tag| !tag.starts_with('/'))
}

/// A start tag as its name and the names of its attributes.
fn shape(tag: &str) -> String {
    tag.split('"').step_by(2).collect()
}

#[test]
fn no_field_of_any_view_escapes_its_place() {
    // Neither is a plain word nor an address, so both make pages of the same shape.
    for ((page, hostile), (_, harmless)) in pages(HOSTILE).iter().zip(pages("x y")) {
        let hostile: Vec<_> = tags(hostile).map(shape).collect();
        let harmless: Vec<_> = tags(&harmless).map(shape).collect();
        assert_eq!(hostile, harmless, "{page}");
    }
}

#[test]
fn no_page_holds_a_script_an_inline_style_or_a_handler() {
    for (page, html) in pages(HOSTILE) {
        for tag in tags(&html) {
            let shape = shape(tag).to_ascii_lowercase();
            let name = shape.split(' ').next().unwrap();
            let allowed = [
                "!doctype", "html", "head", "meta", "title", "link", "body", "main", "h1", "p",
                "div", "span", "strong", "ul", "li", "form", "input", "button", "a", "dl", "dt",
                "dd", "code", "img", "footer", "bdi", "label", "select", "option", "picture",
                "source",
            ];
            assert!(allowed.contains(&name), "{page}: {tag}");
            assert!(!shape.contains(" style="), "{page}: {tag}");
            assert!(!shape.contains(" on"), "{page}: {tag}");
            assert!(!shape.contains("http-equiv"), "{page}: {tag}");
        }
    }
}

#[test]
fn every_page_is_a_document_with_one_main_and_one_heading() {
    let stylesheet = Frame::new("/x", Look::default()).stylesheet_path;
    for (page, html) in pages("x") {
        assert!(
            html.starts_with("<!DOCTYPE html><html lang=\"en\" dir=\"ltr\">"),
            "{page}"
        );
        let once = |part: &str| assert_eq!(html.matches(part).count(), 1, "{page}: {part}");
        once("<main>");
        once("<h1>");
        once("<title>");
        once(r#"<link rel="stylesheet""#);
        once(r#"<link rel="icon" href="data:,">"#);
        once(r#"<meta charset="utf-8">"#);
        once(r#"<meta name="viewport" content="width=device-width, initial-scale=1">"#);
        once(r#"<meta name="color-scheme" content="light dark">"#);
        assert!(!html.contains("<title></title>"), "{page}");
        assert!(html.contains(&format!(r#"href="{stylesheet}""#)), "{page}");
    }
}

#[test]
fn every_button_and_link_has_words_and_every_field_a_name() {
    for (page, html) in pages("x") {
        for (opening, closing) in [("<a ", "</a>"), ("<button ", "</button>")] {
            for element in html.split(opening).skip(1) {
                let (_, content) = element.split_once('>').unwrap();
                let (content, _) = content.split_once(closing).unwrap();
                let letters = format!("<i>{content}")
                    .split('<')
                    .filter_map(|part| part.split_once('>'))
                    .map(|(_, text)| text.len())
                    .sum::<usize>();
                assert!(letters > 1, "{page}: {element}");
            }
        }
        for tag in tags(&html).filter(|tag| tag.starts_with("input")) {
            assert!(tag.contains(r#"type="hidden" name=""#), "{page}: {tag}");
        }
    }
}

#[test]
fn each_provider_is_a_form_that_proves_its_origin_and_knows_the_way_back() {
    let html = sign_in(&SignInPage {
        providers: providers(1),
        ..empty_view()
    })
    .to_string();
    for part in [
        r#"<form method="post" action="/api/auth/signin/kc-acme">"#,
        r#"<input type="hidden" name="csrfToken" value="c0ffee">"#,
        r#"<input type="hidden" name="callbackUrl" value="/dashboard?tab=1">"#,
        r#"<button class="button" type="submit" data-provider="kc-acme">"#,
        r#"<span class="mark monogram" aria-hidden="true">A</span><span>Continue with <bdi>Acme</bdi></span>"#,
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    assert!(!html.contains("max_age"));
    assert!(!html.contains(r#"role="alert""#));
}

#[test]
fn a_mark_is_decoration_of_our_own_origin_and_black_ones_follow_the_scheme() {
    for (provider, class) in [(GOOGLE, "mark"), (GITHUB, "mark black")] {
        let mark = provider.mark.unwrap();
        let views = providers(1).into_iter();
        let html = sign_in(&SignInPage {
            providers: views
                .map(|it| Offered {
                    mark: Some(mark),
                    ..it
                })
                .collect(),
            ..empty_view()
        })
        .to_string();
        let path = mark_path("/api/auth", "kc-acme", mark);
        let part = format!(
            r#"<img class="{class}" alt="" width="20" height="20" src="{path}"><span>Continue with <bdi>Acme"#
        );
        assert!(html.contains(&part), "{part} is not in {html}");
        assert!(!html.contains("monogram"));
    }
    for (palette, filter) in [(LIGHT, "none"), (DARK, "invert(1)")] {
        let properties = palette.properties();
        assert!(properties.contains(&format!("--black-mark: {filter};")));
    }
}

#[test]
fn signing_out_takes_a_form() {
    let html = sign_out(&SignOutPage {
        frame: &FRAME,
        speech: &SPEECH,
        action: "/api/auth/signout",
        csrf_token: Some("c0ffee"),
        return_to_field: "callbackUrl",
        return_to: Some("/bye"),
        cancel: "/bye",
    })
    .to_string();
    for part in [
        r#"<form method="post" action="/api/auth/signout">"#,
        r#"<input type="hidden" name="csrfToken" value="c0ffee">"#,
        r#"<input type="hidden" name="callbackUrl" value="/bye">"#,
        r#"<a class="button quiet" href="/bye">Cancel</a>"#,
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
}

#[test]
fn buttons_in_a_grid_keep_their_full_name() {
    let html = sign_in(&SignInPage {
        providers: providers(5),
        ..empty_view()
    })
    .to_string();
    let name = r#"<span class="hidden-label">Continue with </span><bdi>Acme</bdi>"#;
    assert_eq!(html.matches(name).count(), 5);
}

#[test]
fn who_is_signed_in_may_go_on() {
    let view = SignInPage {
        providers: providers(1),
        signed_in_as: Some("Ada"),
        ..empty_view()
    };
    let html = sign_in(&view).to_string();
    assert!(html.contains(r#"href="/dashboard?tab=1">Continue as Ada</a>"#));

    let stranded = SignInPage {
        return_to: "javascript:alert(1)",
        ..view
    };
    assert!(!sign_in(&stranded).to_string().contains("href=\"javascript"));
}

#[test]
fn a_fresh_sign_in_cannot_be_skipped() {
    let html = sign_in(&SignInPage {
        max_age: Some(300),
        providers: providers(1),
        signed_in_as: Some("Ada"),
        ..empty_view()
    })
    .to_string();
    assert!(html.contains(r#"<input type="hidden" name="max_age" value="300">"#));
    assert!(!html.contains("<a "), "{html}");
}

#[test]
fn a_site_without_providers_says_what_to_do() {
    let html = sign_in(&empty_view()).to_string();
    assert!(html.contains("Auth::builder().provider("));
    assert!(!html.contains("<form method=\"post\""));
}

#[test]
fn an_error_on_the_sign_in_page_is_announced_first() {
    let html = sign_in(&SignInPage {
        providers: providers(1),
        error: Some(error_of("csrf")),
        ..empty_view()
    })
    .to_string();
    assert!(html.contains("<title>Error – Sign in</title>"));
    assert!(html.contains(r#"<div class="alert" role="alert" tabindex="-1" autofocus>"#));
    assert!(html.contains("The form was out of date"));
    assert!(html.contains(r#"data-error-code="csrf""#));
    assert!(html.contains("/signin/kc-acme"), "the next action is there");
}

#[test]
fn the_error_page_leads_back_to_sign_in() {
    let page = |return_to| {
        error(&ErrorPage {
            frame: &FRAME,
            speech: &SPEECH,
            error: error_of("access_denied"),
            sign_in: sign_in_again("/api/auth", return_to).into(),
        })
        .to_string()
    };
    let html = page(Some("/a?b=c"));
    assert!(html.contains("<title>Error: Access denied – Sign in</title>"));
    assert!(html.contains("<h1>Access denied</h1>"));
    assert!(html.contains(r#"href="/api/auth/signin?callbackUrl=%2Fa%3Fb%3Dc">Sign in again</a>"#));
    assert!(page(None).contains(r#"href="/api/auth/signin">"#));
}

#[test]
fn the_type_of_an_error_is_never_shown() {
    let view = ErrorPage {
        frame: &FRAME,
        speech: &SPEECH,
        error: ErrorWords {
            error: "call-this-number",
            code: None,
            reference: None,
            used_before: Vec::new(),
        },
        sign_in: "/".into(),
    };
    assert!(!error(&view).to_string().contains("call-this-number"));
}

fn named(count: usize) -> Vec<Offered<'static>> {
    let ids = ["p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9"];
    ids[..count]
        .iter()
        .map(|id| Offered {
            id,
            name: id,
            mark: None,
        })
        .collect()
}

/// The ids of the buttons, in order.
fn offered(html: &str) -> Vec<&str> {
    html.split("data-provider=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[test]
fn what_was_used_last_is_said_in_words() {
    let page = |count, last_used| {
        sign_in(&SignInPage {
            providers: named(count),
            last_used,
            ..empty_view()
        })
        .to_string()
    };
    let html = page(3, Some("p2"));
    let described = r#"data-provider="p2" aria-describedby="last-used">"#;
    assert!(html.contains(described), "{html}");
    let words = r#"<p class="last-used" id="last-used">Last used</p>"#;
    assert_eq!(html.matches(words).count(), 1, "{html}");
    for (count, last_used) in [(3, None), (3, Some("p7")), (1, Some("p0"))] {
        assert!(
            !page(count, last_used).contains("last-used"),
            "{last_used:?}"
        );
    }
}

#[test]
fn what_was_used_last_comes_first_where_there_are_many() {
    let order = |count, last_used| {
        let html = sign_in(&SignInPage {
            providers: named(count),
            last_used,
            ..empty_view()
        });
        offered(html.as_ref()).join(" ")
    };
    assert_eq!(order(5, Some("p3")), "p3 p0 p1 p2 p4");
    assert_eq!(order(5, None), "p0 p1 p2 p3 p4");
    assert_eq!(order(4, Some("p3")), "p0 p1 p2 p3", "few are seen at once");
}

#[test]
fn the_sign_in_page_and_its_style_are_light() {
    let marked = |it| Offered {
        mark: GITHUB.mark,
        ..it
    };
    let frame = Frame::new(
        "/api/auth",
        Look {
            name: Some("Acme".to_owned()),
            logo: Logo::parse("/logo.svg"),
            logo_dark: Logo::parse("/logo-dark.svg"),
            stylesheet: Href::parse("/acme.css"),
            privacy_policy: Href::parse("/privacy"),
            terms: Href::parse("https://acme.example/terms"),
            ..Look::default()
        },
    );
    let html = sign_in(&SignInPage {
        frame: &frame,
        providers: providers(10).into_iter().map(marked).collect(),
        last_used: Some("kc-acme"),
        error: Some(error_of("sign_in_not_started_here")),
        signed_in_as: Some("Ada"),
        ..empty_view()
    })
    .to_string();
    let bytes = html.len() + frame.stylesheet.respond().body().len();
    assert!(bytes <= 14 * 1024, "{bytes} bytes");
}

#[test]
fn a_theme_names_the_site_and_links_to_its_policies_on_every_page() {
    let frame = Frame::new(
        "/api/auth",
        Look {
            name: Some("A&B".to_owned()),
            stylesheet: Href::parse("/acme.css"),
            privacy_policy: Href::parse("/privacy"),
            terms: Href::parse("https://acme.example/terms"),
            ..Look::default()
        },
    );
    let html = sign_in(&SignInPage {
        frame: &frame,
        ..empty_view()
    })
    .to_string();
    for part in [
        "<title>Sign in – A&amp;B</title>",
        "<h1>Sign in to A&amp;B</h1>",
        r#"<link rel="stylesheet" href="/acme.css"></head>"#,
        r#"<footer><a href="/privacy">Privacy</a> <a href="https://acme.example/terms">Terms</a> <form class="languages">"#,
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    let html = error(&ErrorPage {
        frame: &frame,
        speech: &SPEECH,
        error: error_of("access_denied"),
        sign_in: "/".into(),
    })
    .to_string();
    assert!(html.contains("<title>Error: Access denied – Sign in – A&amp;B</title>"));
    assert!(html.contains("<footer>"));
}

#[test]
fn a_logo_for_dark_pages_is_shown_where_they_are_dark() {
    let page = |scheme| {
        let look = Look {
            logo: Logo::parse("/light.svg"),
            logo_dark: Logo::parse("/dark.svg"),
            scheme,
            ..Look::default()
        };
        let frame = Frame::new("/api/auth", look);
        let html = sign_in(&SignInPage {
            frame: &frame,
            ..empty_view()
        });
        let (_, rest) = html.as_ref().split_once("<main>").unwrap();
        rest.split_once("<h1>").unwrap().0.to_owned()
    };
    let img = |src| format!(r#"<img class="logo" src="{src}" alt="">"#);
    let source = r#"<source media="(prefers-color-scheme: dark)" srcset="/dark.svg">"#;
    let both = format!("<picture>{source}{}</picture>", img("/light.svg"));
    assert_eq!(page(ColorScheme::Auto), both);
    assert_eq!(page(ColorScheme::Light), img("/light.svg"));
    assert_eq!(page(ColorScheme::Dark), img("/dark.svg"));
}

#[test]
fn a_theme_puts_its_logo_on_every_page_and_settles_the_scheme() {
    let frame = Frame::new(
        "/api/auth",
        Look {
            logo: Logo::parse("/logo.svg?a=\"b"),
            scheme: ColorScheme::Dark,
            ..Look::default()
        },
    );
    let view = SignOutPage {
        frame: &frame,
        speech: &SPEECH,
        action: "/",
        csrf_token: None,
        return_to_field: "returnTo",
        return_to: None,
        cancel: "/",
    };
    let html = super::sign_out(&view).to_string();
    let logo = r#"<main><img class="logo" src="/logo.svg?a=%22b" alt=""><h1>"#;
    assert!(html.contains(logo), "{html}");
    assert!(
        html.contains(r#"<meta name="color-scheme" content="dark">"#),
        "{html}"
    );
    let plain = super::sign_in(&empty_view()).to_string();
    assert!(!plain.contains("<img"), "{plain}");
}
