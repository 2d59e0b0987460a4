use super::*;

const APP: &str = "http://127.0.0.1:4700";

fn parse(text: &str, origin: &str) -> Option<String> {
    let origin = Origin::parse(origin).unwrap();
    ReturnTo::parse(text, &origin).map(|return_to| return_to.0)
}

#[test]
fn our_own_urls_are_accepted() {
    let check = |text: &str, expected: &str| {
        assert_eq!(
            parse(text, "https://app.example").as_deref(),
            Some(expected),
            "{text}"
        );
    };
    check("/", "https://app.example/");
    check("/a?b#c", "https://app.example/a?b#c");
    check("/a/../b", "https://app.example/b");
    check("/a//b", "https://app.example/a//b");
    check(
        "/?next=//evil.example",
        "https://app.example/?next=//evil.example",
    );
    check("/@evil.example", "https://app.example/@evil.example");
    check("/grüße", "https://app.example/gr%C3%BC%C3%9Fe");
    check("https://app.example", "https://app.example/");
    check("https://app.example:443/x", "https://app.example/x");
    check("https://APP.example/x?y#z", "https://app.example/x?y#z");
    check("HTTPS://app.example?y", "https://app.example/?y");
    check("https://app.example/x@y", "https://app.example/x@y");
}

#[test]
fn other_urls_are_refused() {
    let check = |text: &str| {
        assert_eq!(parse(text, "https://app.example"), None, "{text:?}");
    };
    // Everything that Auth.js was seen to let through or to turn away.
    for text in [
        "//evil.example",
        "//../",
        "//evil.example/..",
        "//evil.example/../../",
        "/\\evil.com",
        "https://app.example.evil.com/",
        "https://app.example@evil.com/",
        "https://evil",
        "javascript:alert(1)",
        "notaurl",
        "http://app.example/",
        "https://app.example:8443/",
        "https://user@app.example/",
        "https://user:password@app.example/",
        "https://@app.example/",
        "https:app.example/x",
        "https:/app.example/x",
        "https:///app.example/x",
        "https://",
        "https:///",
        "http://[",
        "https://app.example\\@evil.example",
        "blob:https://app.example/x",
        "about:blank",
        "/%2e//evil.example",
        "/a/..//evil.example",
        "https://app.example//evil.example",
        "https://app.example/.//evil.example",
        " /a",
        "/a\u{85}b",
        "/a\u{7f}b",
        "/a\0b",
    ] {
        check(text);
    }
    check(&format!("/{}", "x".repeat(MAX_BYTES)));
    check(&format!("/{}", "ø".repeat(MAX_BYTES / 4)));
    check(&"x".repeat(1_000_000));
}

/// Ways to leave an origin, each with whether it stays on it harmlessly instead.
fn payloads() -> Vec<(String, bool)> {
    let (leave, stay) = (false, true);
    let fixed = [
        ("https://evil.example", leave),
        ("//evil.example", leave),
        ("///evil.example", leave),
        ("////evil.example", leave),
        ("/\\evil.example", leave),
        ("\\\\evil.example", leave),
        ("\\/evil.example", leave),
        ("/\t/evil.example", leave),
        ("/\n/evil.example", leave),
        ("/\r/evil.example", leave),
        ("\t//evil.example", leave),
        (" //evil.example", leave),
        ("%2f%2fevil.example", leave),
        ("/%2fevil.example", stay),
        ("/%5cevil.example", stay),
        ("/%09/evil.example", stay),
        ("https:evil.example", leave),
        ("https:/evil.example", leave),
        ("https:\\\\evil.example", leave),
        ("HTTPS://EVIL.EXAMPLE", leave),
        ("http://127.0.0.1:4700@evil.example", leave),
        ("https://evil。example", leave),
        ("javascript:alert(1)", leave),
        ("JaVaScRiPt:alert(1)", leave),
        ("java\nscript:alert(1)", leave),
        ("\u{1}javascript:alert(1)", leave),
        ("data:text/html,<script>alert(1)</script>", leave),
        ("vbscript:msgbox(1)", leave),
        ("file:///etc/passwd", leave),
        ("ftp://evil.example", leave),
        ("/ok\r\nLocation: https://evil.example", leave),
        ("/ok\r\nSet-Cookie: a=b", leave),
        ("?next=//evil.example", leave),
        ("/.//evil.example", leave),
        ("/..//evil.example", leave),
        (".//evil.example", leave),
        ("null", leave),
        ("", leave),
    ];
    let made = [
        format!("{APP}@evil.example"),
        format!("{APP}.evil.example"),
        "http://evil.example\\@127.0.0.1:4700".to_owned(),
        "http://127.0.0.1:1".to_owned(),
        format!("{APP}%40evil.example"),
        format!("{APP}\u{2024}evil.example"),
        format!("javascript://{}/%0aalert(1)", &APP[7..]),
        format!("blob:{APP}/x"),
        format!("https://evil.example#{APP}"),
        format!("https://evil.example?{APP}"),
        "x".repeat(9000),
    ];
    fixed
        .into_iter()
        .map(|(text, stays)| (text.to_owned(), stays))
        .chain(made.into_iter().map(|text| (text, leave)))
        .collect()
}

#[test]
fn no_payload_leaves_the_origin() {
    let payloads = payloads();
    assert_eq!(payloads.len(), 49);
    for (text, stays) in payloads {
        let parsed = parse(&text, APP);
        assert_eq!(parsed.is_some(), stays, "{text:?}");
        assert!(parsed.is_none_or(|url| url.starts_with(&format!("{APP}/%"))));
    }
}

#[test]
fn whatever_parses_is_of_our_origin_and_has_one_slash() {
    let pieces = [
        "",
        "/",
        "//",
        "\\",
        ".",
        "..",
        "/.",
        "/..",
        "%2e",
        "%2f",
        "%5c",
        "@",
        ":",
        "?",
        "#",
        "http:",
        "https://",
        "HTTP://",
        "127.0.0.1:4700",
        "127.0.0.1",
        "evil.example",
        "[::1]",
        "\t",
        " ",
        "ø",
        "。",
        "blob:",
        "a",
        "0x7f.1:4700",
        "443",
    ];
    let origin = Origin::parse(APP).unwrap();
    let mut accepted = 0;
    for a in pieces {
        for b in pieces {
            for c in pieces {
                for d in ["", "/", "//x", "\\x", "@x", "/..//x"] {
                    let text = format!("{a}{b}{c}{d}");
                    let Some(return_to) = ReturnTo::parse(&text, &origin) else {
                        continue;
                    };
                    accepted += 1;
                    let url = Url::parse(return_to.as_str()).unwrap();
                    assert_eq!(url.origin().ascii_serialization(), APP, "{text:?}");
                    let path = return_to.as_str().strip_prefix(APP).unwrap();
                    assert!(path.starts_with('/'), "{text:?}");
                    assert!(!path.starts_with("//"), "{text:?}");
                    assert!(!path.starts_with("/\\"), "{text:?}");
                    // A browser that is given the path alone arrives at the same place.
                    let base = Url::parse(APP).unwrap();
                    assert_eq!(base.join(path).unwrap().as_str(), return_to.as_str());
                    assert_eq!(ReturnTo::parse(path, &origin).as_ref(), Some(&return_to));
                    assert_eq!(
                        ReturnTo::parse(return_to.as_str(), &origin),
                        Some(return_to)
                    );
                }
            }
        }
    }
    assert!(accepted > 1000, "{accepted}");
}

#[test]
fn home_is_the_root() {
    let origin = Origin::parse("https://app.example").unwrap();
    let home = ReturnTo::home(&origin);
    assert_eq!(home.as_str(), "https://app.example/");
    assert_eq!(ReturnTo::parse("/", &origin), Some(home));
}

#[test]
fn debug_shows_no_query() {
    let origin = Origin::parse("https://app.example").unwrap();
    let return_to = ReturnTo::parse("/a?token=hunter2#x", &origin).unwrap();
    assert_eq!(
        format!("{return_to:?}"),
        r#"ReturnTo("https://app.example/a")"#
    );
}
