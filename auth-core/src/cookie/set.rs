//! `Set-Cookie` values, byte for byte as Auth.js writes them.

use std::fmt::Write as _;

use http::HeaderValue;
use time::OffsetDateTime;

use super::{CookieAttributes, SameSite};
use crate::time::Timestamp;

/// How long the browser keeps a cookie.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Lifetime {
    /// Until it is closed.
    BrowserSession,
    /// `Expires` alone, as on Auth.js's session cookie.
    Until(Timestamp),
    /// Both `Max-Age` and `Expires`.
    MaxAge { seconds: u32, now: Timestamp },
}

/// A `Set-Cookie` value, always `HttpOnly`.
///
/// `name` is a token (RFC 9110 §5.6.2), and the attributes were checked when they were configured;
/// `value` may be any text.
pub(crate) fn set_cookie(
    name: &str,
    value: &str,
    lifetime: Lifetime,
    attributes: &CookieAttributes,
) -> HeaderValue {
    let mut line = String::with_capacity(name.len() + value.len() + 120);
    line.push_str(name);
    line.push('=');
    push_encoded(&mut line, value.as_bytes());
    if let Lifetime::MaxAge { seconds, .. } = lifetime {
        // Writing to a String cannot fail.
        let _ = write!(line, "; Max-Age={seconds}");
    }
    if let Some(domain) = &attributes.domain {
        line.push_str("; Domain=");
        line.push_str(domain);
    }
    line.push_str("; Path=");
    line.push_str(&attributes.path);
    match lifetime {
        Lifetime::BrowserSession => {}
        Lifetime::Until(end) => push_expires(&mut line, end),
        Lifetime::MaxAge { seconds, now } => {
            let seconds = std::time::Duration::from_secs(seconds.into());
            push_expires(&mut line, now.plus(seconds));
        }
    }
    line.push_str("; HttpOnly");
    // Browsers refuse the two that ask for it without.
    if attributes.secure || attributes.partitioned || attributes.same_site == SameSite::None {
        line.push_str("; Secure");
    }
    if attributes.partitioned {
        line.push_str("; Partitioned");
    }
    line.push_str(attributes.same_site.attribute());
    // Name, domain and path were checked, the value is encoded; the rest stands above.
    let mut line = HeaderValue::try_from(line).expect("visible ASCII only");
    // Kept out of `Debug` output.
    line.set_sensitive(true);
    line
}

/// A `Set-Cookie` value that removes a cookie which was set with these attributes.
pub(crate) fn clear_cookie(name: &str, attributes: &CookieAttributes) -> HeaderValue {
    let long_ago = Lifetime::MaxAge {
        seconds: 0,
        now: Timestamp::from_unix(0),
    };
    set_cookie(name, "", long_ago, attributes)
}

/// JavaScript's `encodeURIComponent`, on the bytes of UTF-8.
fn push_encoded(line: &mut String, value: &[u8]) {
    for byte in value {
        match is_plain(*byte) {
            true => line.push(char::from(*byte)),
            false => {
                let _ = write!(line, "%{byte:02X}");
            }
        }
    }
}

/// How many characters of a cookie `character` takes.
pub(super) fn encoded_len(character: char) -> usize {
    match u8::try_from(character) {
        Ok(byte) if is_plain(byte) => 1,
        _ => ESCAPE * character.len_utf8(),
    }
}

/// Characters of one escape: `%7C`.
const ESCAPE: usize = 3;

/// Whether a byte needs no escape.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'\'' | b'(' | b')'
        )
}

/// `; Expires=` and the date (RFC 9110 §5.6.7), kept between the years 1970 and 9999.
fn push_expires(line: &mut String, end: Timestamp) {
    const LAST: i64 = 253_402_300_799;
    let end = OffsetDateTime::from_unix_timestamp(end.as_unix().clamp(0, LAST))
        .unwrap_or(OffsetDateTime::UNIX_EPOCH);
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let day_of_week = DAYS[usize::from(end.weekday().number_days_from_monday())];
    let month = MONTHS[usize::from(u8::from(end.month())) - 1];
    let (day, year) = (end.day(), end.year());
    let (hour, minute, second) = end.to_hms();
    let _ = write!(
        line,
        "; Expires={day_of_week}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: &HeaderValue) -> &str {
        value.to_str().unwrap()
    }

    fn lax() -> CookieAttributes {
        CookieAttributes::new(false)
    }

    #[test]
    fn attributes_stand_in_the_order_of_auth_js() {
        let now = Timestamp::from_unix(1_700_000_000);
        let check = |lifetime, attributes: &CookieAttributes, expected: &str| {
            let value = set_cookie("a", "t|h", lifetime, attributes);
            assert_eq!(shown(&value), expected);
        };
        check(
            Lifetime::BrowserSession,
            &lax(),
            "a=t%7Ch; Path=/; HttpOnly; SameSite=Lax",
        );
        check(
            Lifetime::Until(now),
            &CookieAttributes::new(true),
            "a=t%7Ch; Path=/; Expires=Tue, 14 Nov 2023 22:13:20 GMT; HttpOnly; Secure; SameSite=Lax",
        );
        check(
            Lifetime::MaxAge { seconds: 900, now },
            &CookieAttributes {
                same_site: SameSite::None,
                ..lax()
            },
            "a=t%7Ch; Max-Age=900; Path=/; Expires=Tue, 14 Nov 2023 22:28:20 GMT; HttpOnly; Secure; SameSite=None",
        );
        check(
            Lifetime::MaxAge { seconds: 900, now },
            &everything(),
            "a=t%7Ch; Max-Age=900; Domain=app.example; Path=/app; Expires=Tue, 14 Nov 2023 22:28:20 GMT; HttpOnly; Secure; Partitioned; SameSite=Strict",
        );
    }

    #[test]
    fn a_removal_repeats_what_tells_the_cookie_apart() {
        assert_eq!(
            shown(&clear_cookie("a", &CookieAttributes::new(true))),
            "a=; Max-Age=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax"
        );
        assert_eq!(
            shown(&clear_cookie("a", &everything())),
            "a=; Max-Age=0; Domain=app.example; Path=/app; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; Partitioned; SameSite=Strict"
        );
    }

    fn everything() -> CookieAttributes {
        CookieAttributes {
            domain: Some("app.example".to_owned()),
            path: "/app".to_owned(),
            same_site: SameSite::Strict,
            secure: false,
            partitioned: true,
        }
    }

    #[test]
    fn values_are_encoded_as_encode_uri_component_does() {
        let value = set_cookie(
            "a",
            "aZ09-_.!~*'() ;,\"\\%\r\n\0ø/:?#",
            Lifetime::BrowserSession,
            &lax(),
        );
        assert_eq!(
            shown(&value),
            "a=aZ09-_.!~*'()%20%3B%2C%22%5C%25%0D%0A%00%C3%B8%2F%3A%3F%23; Path=/; HttpOnly; SameSite=Lax"
        );
    }

    #[test]
    fn dates_outside_the_calendar_saturate() {
        let check = |seconds, expected: &str| {
            let mut line = String::new();
            push_expires(&mut line, Timestamp::from_unix(seconds));
            assert_eq!(line, format!("; Expires={expected} GMT"));
        };
        check(i64::MAX, "Fri, 31 Dec 9999 23:59:59");
        check(i64::MIN, "Thu, 01 Jan 1970 00:00:00");
        check(951_782_400, "Tue, 29 Feb 2000 00:00:00");
    }

    #[test]
    fn debug_shows_no_value() {
        let value = set_cookie("a", "hunter2", Lifetime::BrowserSession, &lax());
        assert!(!format!("{value:?}").contains("hunter2"));
    }
}
