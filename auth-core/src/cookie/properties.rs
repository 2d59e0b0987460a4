//! Whatever a `Cookie` header holds.

use proptest::collection::vec;
use proptest::prelude::any;

use super::*;
use crate::hostile::{header, property, text};
use crate::http::Request;
use crate::time::Timestamp;

const LINES: [&str; 5] = [
    "authjs.session-token=eyJ.a.b.c.d; authjs.csrf-token=t%7Ch; x=y",
    "authjs.session-token.0=a; authjs.session-token.1=b; authjs.session-token.2=c",
    "__Host-authjs.tx.0123456789abcdef=v; __Secure-authjs.callback-url=https%3A%2F%2Fapp.example",
    "authjs.session-token=a; authjs.session-token.01=b; authjs.session-token.999=%",
    "a=1; b=\"2\"; =; ;; c",
];

fn request(lines: Vec<http::HeaderValue>) -> Request {
    let mut request = Request::default();
    for line in lines {
        request.headers_mut().append("cookie", line);
    }
    request
}

/// More cookies than any session has, as a sibling domain can set them.
fn many_chunks() -> String {
    let chunks = (100..160).map(|number| format!("authjs.session-token.{number}=x"));
    chunks.collect::<Vec<_>>().join("; ")
}

fn lines() -> Vec<String> {
    let lines = LINES.iter().map(|line| (*line).to_owned());
    lines.chain([many_chunks()]).collect()
}

property!(
    no_cookie_header_breaks_reading_or_removal,
    vec(header(lines()), 0..4),
    |lines| {
        let size: usize = lines.iter().map(http::HeaderValue::len).sum();
        let request = request(lines);
        let cookies = Cookies::of(&request);
        for secure in [false, true] {
            let names = CookieNames::new(secure);
            for name in [
                &names.session.name,
                &names.csrf.name,
                &names.callback_url.name,
            ] {
                assert!(cookies.get(name).is_none_or(|value| value.len() <= size));
                assert!(
                    cookies
                        .chunked(name)
                        .is_none_or(|value| value.len() <= size)
                );
            }
            for (name, _) in cookies.starting_with(&names.transaction.name) {
                assert!(name.starts_with(&names.transaction.name));
            }
            let removed = clear_session_cookies(&names, &cookies);
            assert!(removed.len() <= 1 + MAX_REMOVALS);
            for line in removed {
                let line = line.to_str().unwrap();
                assert!(line.starts_with(&names.session.name), "{line}");
                assert_eq!(
                    line.matches(';').count(),
                    if secure { 6 } else { 5 },
                    "{line}"
                );
            }
        }
    }
);

/// Ends the test unless a browser that sent `line` sends `value` back after it was written.
fn check_round_trip(line: http::HeaderValue, value: &str) {
    let names = CookieNames::new(false);
    let before = request(vec![line]);
    let before = Cookies::of(&before);
    let expires = Timestamp::from_unix(1_800_000_000);
    let cookies = session_cookies(&names, value, expires, &before).unwrap();
    assert!(cookies.iter().all(|cookie| cookie.len() <= 4096));
    let kept: Vec<&str> = cookies
        .iter()
        .map(|cookie| cookie.to_str().unwrap())
        .filter(|cookie| !cookie.contains("Max-Age=0"))
        .map(|cookie| cookie.split(';').next().unwrap())
        .collect();
    let after = request(vec![kept.join("; ").parse().unwrap()]);
    assert_eq!(
        &*Cookies::of(&after).chunked(&names.session.name).unwrap(),
        value.as_bytes()
    );
}

property!(
    a_session_of_any_size_is_read_back_whatever_was_there_before,
    (header(lines()), 0..=39_360_usize, 0..26_u8),
    |(line, length, shift)| {
        let alphabet = "abcdefghijklmnopqrstuvwxyz".repeat(1_600);
        check_round_trip(line, &alphabet[usize::from(shift)..][..length]);
    }
);

property!(
    a_session_of_any_text_is_read_back_whatever_was_there_before,
    (header(lines()), vec(any::<char>(), 1..8), 0..1_000_usize),
    |(line, characters, length)| {
        let value = characters.iter().cycle().take(length);
        check_round_trip(line, &String::from_iter(value));
    }
);

property!(
    no_value_leaves_its_place_in_a_set_cookie,
    text(["t|hash", "https://app.example/?a=b;c"]),
    |value| {
        let line = set_cookie(
            "a",
            &value,
            Lifetime::BrowserSession,
            &CookieAttributes::new(true),
        );
        let line = line.to_str().unwrap();
        assert_eq!(line.matches(';').count(), 4);
        let pair = line.split(';').next().unwrap().parse().unwrap();
        let read = request(vec![pair]);
        assert_eq!(Cookies::of(&read).get("a").unwrap(), value);
    }
);
