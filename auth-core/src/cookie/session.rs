//! The session cookie, in as many chunks as it takes.

use http::HeaderValue;

use super::request::{chunk_index, is_chunk_suffix};
use super::set::encoded_len;
use super::value::MAX_CHUNKS;
use super::{CookieNames, Cookies, Lifetime, MAX_REMOVALS, clear_cookie, set_cookie};
use crate::session::SessionTooLarge;
use crate::time::Timestamp;

/// Characters of the value in one cookie, with those of its escapes. Browsers keep 4096 bytes of
/// name, value and attributes; Auth.js sets 160 of them aside.
const CHUNK: usize = 3936;

/// The cookies that hold a sealed session, and the removal of what is left of an earlier one.
///
/// # Errors
/// [`SessionTooLarge`] when the value needs more than ten cookies.
pub(crate) fn session_cookies(
    names: &CookieNames,
    value: &str,
    expires: Timestamp,
    present: &Cookies<'_>,
) -> Result<Vec<HeaderValue>, SessionTooLarge> {
    let parts = parts(value)?;
    let set = |name: &str, value: &str| {
        let lifetime = Lifetime::Until(expires);
        set_cookie(name, value, lifetime, &names.session.attributes)
    };
    let written = match parts.len() {
        1 => 0,
        chunks => chunks,
    };
    // Removals first: a browser that has no room for all keeps what comes last.
    let mut cookies: Vec<HeaderValue> = removals(names, present, written).collect();
    match *parts {
        [whole] => cookies.push(set(&names.session.name, whole)),
        _ => cookies.extend(parts.iter().enumerate().map(|(index, part)| {
            let name = format!("{}.{index}", names.session.name);
            set(&name, part)
        })),
    }
    Ok(cookies)
}

/// `value` in as many parts as it takes; at least one. No character is cut in two: each part is
/// decoded by itself, and half of a character is no text.
fn parts(value: &str) -> Result<Vec<&str>, SessionTooLarge> {
    let (mut parts, mut start, mut length) = (Vec::new(), 0, 0);
    for (index, character) in value.char_indices() {
        let more = encoded_len(character);
        if length + more > CHUNK {
            parts.push(&value[start..index]);
            (start, length) = (index, 0);
        }
        length += more;
    }
    // A part that ends early, so that no character is cut, counts as a full one.
    let bytes = parts.len() * CHUNK + length;
    parts.push(&value[start..]);
    let limit = CHUNK * MAX_CHUNKS;
    match bytes <= limit {
        true => Ok(parts),
        false => Err(SessionTooLarge { bytes, limit }),
    }
}

/// The removal of a session: the plain cookie always, and the chunks that are present, up to a
/// bound.
pub(crate) fn clear_session_cookies(
    names: &CookieNames,
    present: &Cookies<'_>,
) -> Vec<HeaderValue> {
    std::iter::once(clear_cookie(&names.session.name, &names.session.attributes))
        .chain(removals(names, present, 0))
        .collect()
}

/// The removal of what `written` chunks (0: a plain cookie) leave over of an earlier session, and
/// of every part of one that next-auth v4 wrote.
fn removals(
    names: &CookieNames,
    present: &Cookies<'_>,
    written: usize,
) -> impl Iterator<Item = HeaderValue> {
    let clear = |name: &str| clear_cookie(name, &names.session.attributes);
    let v4 = names
        .v4_session
        .iter()
        .flat_map(|cookie| stale(&cookie.name, present, Written::Nothing));
    let written = match written {
        0 => Written::Plain,
        chunks => Written::Chunks(chunks),
    };
    let ours = stale(&names.session.name, present, written);
    let removals: Vec<HeaderValue> = v4.chain(ours).take(MAX_REMOVALS).map(clear).collect();
    removals.into_iter()
}

/// The parts of a session cookie that the answer sets, or removes by name.
#[derive(Clone, Copy)]
enum Written {
    Nothing,
    Plain,
    Chunks(usize),
}

/// The present parts of a session cookie beside those that are written.
fn stale<'a>(name: &str, present: &Cookies<'a>, written: Written) -> impl Iterator<Item = &'a str> {
    let mut stale: Vec<&str> = present
        .starting_with(name)
        .map(|(name, _)| name)
        .filter(|found| {
            let suffix = &found.as_bytes()[name.len()..];
            if suffix.is_empty() {
                return !matches!(written, Written::Plain);
            }
            let overwritten = matches!(
                (written, chunk_index(suffix)),
                (Written::Chunks(chunks), Some(index)) if index < chunks
            );
            is_chunk_suffix(suffix) && !overwritten
        })
        .collect();
    // What we may have written comes first.
    stale.sort_unstable_by_key(|name| (name.len(), *name));
    stale.dedup();
    stale.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Request;

    const EXPIRES: Timestamp = Timestamp::from_unix(1_700_000_000);

    fn request(line: &str) -> Request {
        http::Request::get("/")
            .header("cookie", line)
            .body(Vec::new())
            .unwrap()
    }

    /// `name` or `-name` for each cookie that is set or cleared, sorted.
    fn changes(cookies: &[HeaderValue]) -> Vec<String> {
        let mut changes: Vec<String> = cookies
            .iter()
            .map(|cookie| {
                let cookie = cookie.to_str().unwrap();
                let name = cookie.split('=').next().unwrap();
                let name = name.trim_start_matches("authjs.session-token");
                if cookie.contains("Max-Age=0") {
                    format!("-{name}")
                } else {
                    name.to_owned()
                }
            })
            .collect();
        changes.sort();
        changes
    }

    /// What a browser holds after `cookies`, as a `Cookie` line.
    fn browser(cookies: &[HeaderValue]) -> String {
        let pairs: Vec<&str> = cookies
            .iter()
            .map(|cookie| cookie.to_str().unwrap())
            .filter(|cookie| !cookie.contains("Max-Age=0"))
            .map(|cookie| cookie.split(';').next().unwrap())
            .collect();
        pairs.join("; ")
    }

    #[test]
    fn a_session_is_written_in_chunks_and_read_back() {
        let names = CookieNames::new(false);
        let nobody = request("");
        for (length, count) in [
            (1, 1),
            (CHUNK, 1),
            (CHUNK + 1, 2),
            (2 * CHUNK, 2),
            (10 * CHUNK, 10),
        ] {
            let value: String = ('a'..='z').cycle().take(length).collect();
            let cookies = session_cookies(&names, &value, EXPIRES, &Cookies::of(&nobody)).unwrap();
            assert_eq!(cookies.len(), count, "{length}");
            assert!(cookies.iter().all(|cookie| cookie.len() <= 4096));
            let request = request(&browser(&cookies));
            let read = Cookies::of(&request).chunked(&names.session.name).unwrap();
            assert_eq!(*read, *value.as_bytes());
        }
    }

    #[test]
    fn a_session_expires_as_the_one_of_auth_js() {
        let names = CookieNames::new(true);
        let nobody = request("");
        let cookies = session_cookies(&names, "v", EXPIRES, &Cookies::of(&nobody)).unwrap();
        assert_eq!(
            cookies[0],
            "__Secure-authjs.session-token=v; Path=/; Expires=Tue, 14 Nov 2023 22:13:20 GMT; HttpOnly; Secure; SameSite=Lax"
        );
    }

    #[test]
    fn a_session_too_large_is_refused() {
        let names = CookieNames::new(false);
        let value = "x".repeat(10 * CHUNK + 1);
        let nobody = request("");
        let refused = session_cookies(&names, &value, EXPIRES, &Cookies::of(&nobody));
        assert_eq!(
            refused,
            Err(SessionTooLarge {
                bytes: 39_361,
                limit: 39_360
            })
        );
    }

    #[test]
    fn a_value_with_escapes_is_read_back_wherever_it_is_cut() {
        let names = CookieNames::new(true);
        let nobody = request("");
        for character in ['"', '%', ' ', 'é', '€', '😀'] {
            let escapes = character.to_string().repeat(1_400);
            for before in 0..=16 {
                let value = format!("{}{escapes}", "x".repeat(CHUNK - before));
                let cookies = session_cookies(&names, &value, EXPIRES, &Cookies::of(&nobody));
                let cookies = cookies.unwrap();
                assert!(cookies.iter().all(|cookie| cookie.len() <= 4096), "{value}");
                let request = request(&browser(&cookies));
                let read = Cookies::of(&request).chunked(&names.session.name);
                assert_eq!(read.as_deref(), Some(value.as_bytes()));
            }
        }
    }

    #[test]
    fn escapes_count_for_the_limit() {
        let refused = |value: &str| {
            let names = CookieNames::new(false);
            let nobody = request("");
            session_cookies(&names, value, EXPIRES, &Cookies::of(&nobody)).err()
        };
        let too_large = |bytes| {
            let limit = 39_360;
            Some(SessionTooLarge { bytes, limit })
        };
        assert_eq!(refused(&"\"".repeat(13_120)), None);
        assert_eq!(refused(&"\"".repeat(13_121)), too_large(39_363));
        assert_eq!(refused(&"😀".repeat(3_280)), None);
        // What no longer fits into the end of a cookie moves into the next one.
        let shifted = format!("x{}", "😀".repeat(3_279));
        assert_eq!(refused(&shifted), None);
        assert_eq!(refused(&format!("{shifted}x")), too_large(39_361));
    }

    #[test]
    fn what_an_earlier_session_leaves_over_is_removed() {
        let check = |line: &str, length: usize, expected: &[&str]| {
            let names = CookieNames::new(false);
            let request = request(&line.replace('~', "authjs.session-token"));
            let value = "x".repeat(length);
            let cookies = session_cookies(&names, &value, EXPIRES, &Cookies::of(&request)).unwrap();
            assert_eq!(changes(&cookies), expected, "{line}");
        };
        check("", 1, &[""]);
        check("~=a", 1, &[""]);
        check("~.0=a; ~.1=b", 1, &["", "-.0", "-.1"]);
        check("~=a", CHUNK + 1, &["-", ".0", ".1"]);
        check("~.0=a; ~.1=b; ~.2=c", CHUNK + 1, &["-.2", ".0", ".1"]);
        check("~.01=a; ~.01=b; ~.77=c", 1, &["", "-.01", "-.77"]);
        check("~.x=a; ~s=b; other=c", 1, &[""]);
    }

    #[test]
    fn a_thousand_planted_chunks_are_not_removed_at_once_and_hide_none_of_ours() {
        let names = CookieNames::new(false);
        let line: String = (0..1000)
            .map(|n| format!("authjs.session-token.{n:03}=x; "))
            .collect();
        let request = request(&format!("{line}authjs.session-token.9=x"));
        let cookies = changes(&clear_session_cookies(&names, &Cookies::of(&request)));
        assert_eq!(cookies.len(), 1 + MAX_REMOVALS);
        assert!(cookies.contains(&"-.9".to_owned()), "{cookies:?}");
    }

    #[test]
    fn signing_out_removes_every_part() {
        let check = |line: &str, expected: &[&str]| {
            let names = CookieNames::new(false);
            let request = request(&line.replace('~', "authjs.session-token"));
            let cookies = clear_session_cookies(&names, &Cookies::of(&request));
            assert_eq!(changes(&cookies), expected, "{line}");
        };
        check("", &["-"]);
        check("~=a", &["-"]);
        check("~=a; ~.0=b; ~.1=c; ~.007=d", &["-", "-.0", "-.007", "-.1"]);
        check("~.theme=dark", &["-"]);
    }
}
