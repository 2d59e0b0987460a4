//! The cookies that came with a request.

use std::borrow::Cow;

use memchr::memchr;

use super::CookieValue;
use super::value::{Chunks, MAX_CHUNKS};
use crate::http::RequestView;

/// All `Cookie` lines of one request. Nothing is copied, and looking one cookie up allocates
/// nothing for the others.
pub(crate) struct Cookies<'a> {
    first: &'a [u8],
    /// HTTP/2 may split the header into several lines (RFC 9113 §8.2.3).
    others: Vec<&'a [u8]>,
}

impl<'a> Cookies<'a> {
    pub(crate) fn of(request: &'a dyn RequestView) -> Self {
        let mut cookies = Self {
            first: &[],
            others: Vec::new(),
        };
        request.each_header("cookie", &mut |line| {
            if cookies.first.is_empty() {
                cookies.first = line;
            } else {
                cookies.others.push(line);
            }
        });
        cookies
    }

    /// The value of cookie `name`, percent-decoded (a value that does not decode stays as it is).
    ///
    /// `None` when it is absent, or present with two values: a sibling domain can plant a second
    /// one, and the order of the two proves nothing.
    pub(crate) fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut values = self
            .pairs()
            .filter(|(found, _)| *found == name.as_bytes())
            .map(|(_, value)| value);
        let value = values.next()?;
        if values.any(|other| other != value) {
            return None;
        }
        text(percent_decode(value))
    }

    /// The cookies whose name starts with `prefix`, in order, their values as on the wire.
    ///
    /// A value that is not UTF-8, which none of ours is, reads as the empty string.
    pub(crate) fn starting_with<'s>(
        &'s self,
        prefix: &'s str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> + 's {
        self.pairs()
            .filter(move |(name, _)| name.starts_with(prefix.as_bytes()))
            .filter_map(|(name, value)| {
                let value = std::str::from_utf8(value).unwrap_or_default();
                Some((std::str::from_utf8(name).ok()?, value))
            })
    }

    /// The value of cookie `name`, or of its chunks `name.0`, `name.1`, … put together.
    ///
    /// As bytes: whether they are text is found out where they are not known yet. `None` as for
    /// [`value`](Self::value).
    pub(crate) fn chunked(&self, name: &str) -> Option<Cow<'a, [u8]>> {
        self.value(name).map(|value| value.decoded())
    }

    /// The value of cookie `name`, or of its chunks `name.0`, `name.1`, …, as it came.
    ///
    /// `None` unless there is exactly one way to read it: both the plain cookie and a chunk, two
    /// different plain ones, a repeated chunk, a gap, a number written otherwise than we write it,
    /// or one too many.
    pub(crate) fn value(&self, name: &str) -> Option<CookieValue<'a>> {
        let mut plain: Option<&[u8]> = None;
        let mut chunks = Chunks::default();
        for (found, value) in self.pairs() {
            let Some(suffix) = found.strip_prefix(name.as_bytes()) else {
                continue;
            };
            if suffix.is_empty() {
                if plain.is_some_and(|other| other != value) {
                    return None;
                }
                plain = Some(value);
            } else if is_chunk_suffix(suffix) {
                chunks.add(chunk_index(suffix)?, value)?;
            }
        }
        match plain {
            Some(plain) => chunks.is_empty().then_some(CookieValue::Plain([plain])),
            None => chunks.into_value(),
        }
    }

    fn pairs(&self) -> Pairs<'_, 'a> {
        Pairs {
            rest: Some(self.first),
            lines: self.others.iter(),
        }
    }
}

/// Name and value of each cookie, trimmed of spaces and tabs only: whoever trims more lets
/// `\u{2000}__Host-x` pass for `__Host-x`.
struct Pairs<'s, 'a> {
    /// What is left of a line.
    rest: Option<&'a [u8]>,
    lines: std::slice::Iter<'s, &'a [u8]>,
}

impl<'a> Iterator for Pairs<'_, 'a> {
    type Item = (&'a [u8], &'a [u8]);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let line = match self.rest.take() {
                Some(line) => line,
                None => self.lines.next()?,
            };
            // A session is hundreds of bytes long, and most of the work is to find its end.
            let pair = match memchr(b';', line) {
                Some(end) => {
                    self.rest = Some(&line[end + 1..]);
                    &line[..end]
                }
                None => line,
            };
            if let Some(equals) = memchr(b'=', pair) {
                return Some((trim(&pair[..equals]), trim(&pair[equals + 1..])));
            }
        }
    }
}

/// Whether `suffix` makes a cookie name that of a chunk, well numbered or not: a dot and up to
/// three digits.
pub(super) fn is_chunk_suffix(suffix: &[u8]) -> bool {
    matches!(suffix, [b'.', digits @ ..]
        if (1..=3).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit))
}

/// The number of a chunk, written as we write it; with at most ten chunks that is one digit.
pub(super) fn chunk_index(suffix: &[u8]) -> Option<usize> {
    const { assert!(MAX_CHUNKS <= 10) };
    match suffix {
        [b'.', digit @ b'0'..=b'9'] => Some(usize::from(digit - b'0')),
        _ => None,
    }
}

fn trim(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = bytes {
        bytes = rest;
    }
    bytes
}

/// `None` if it is not UTF-8.
fn text(bytes: Cow<'_, [u8]>) -> Option<Cow<'_, str>> {
    match bytes {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
        Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Cow::Owned),
    }
}

/// JavaScript's `decodeURIComponent`; a value that it would throw at is returned as it is.
pub(super) fn percent_decode(value: &[u8]) -> Cow<'_, [u8]> {
    let decoded = memchr(b'%', value).and_then(|_| decode_escapes(value));
    decoded.map_or(Cow::Borrowed(value), |text| Cow::Owned(text.into_bytes()))
}

fn decode_escapes(mut value: &[u8]) -> Option<String> {
    let mut decoded = Vec::with_capacity(value.len());
    loop {
        match value {
            [] => return String::from_utf8(decoded).ok(),
            [b'%', high, low, rest @ ..] => {
                decoded.push(hex_digit(*high)? << 4 | hex_digit(*low)?);
                value = rest;
            }
            [b'%', ..] => return None,
            [byte, rest @ ..] => {
                decoded.push(*byte);
                value = rest;
            }
        }
    }
}

fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Request;

    fn request(lines: &[&[u8]]) -> Request {
        let mut request = Request::default();
        for line in lines {
            let value = http::HeaderValue::from_bytes(line).unwrap();
            request.headers_mut().append("cookie", value);
        }
        request
    }

    #[test]
    fn a_cookie_is_found_by_its_exact_name() {
        let check = |line: &str, expected: Option<&str>| {
            let request = request(&[line.as_bytes()]);
            let found = Cookies::of(&request).get("a");
            assert_eq!(found.as_deref(), expected, "{line}");
        };
        check("a=1", Some("1"));
        check("b=2; a=1; c=3", Some("1"));
        check("b=2;a=1;c=3", Some("1"));
        check("\ta = 1 ;b=2", Some("1"));
        check("a=", Some(""));
        check("a=x=y", Some("x=y"));
        check("", None);
        check("A=1", None);
        check("aa=1; =a; a", None);
        check("b=\"; a=1\"", Some("1\""));
    }

    #[test]
    fn values_are_decoded_as_auth_js_decodes_them() {
        let check = |value: &str, expected: &str| {
            let request = request(&[format!("a={value}").as_bytes()]);
            let found = Cookies::of(&request).get("a").unwrap();
            assert_eq!(found, expected, "{value}");
        };
        check("t%7Chash", "t|hash");
        check("https%3A%2F%2Fapp.example", "https://app.example");
        check("%c3%B8", "ø");
        check("100%", "100%");
        check("%7C%zz", "%7C%zz");
        check("%7C%f", "%7C%f");
        check("%ff", "%ff");
        check("a+b", "a+b");
    }

    #[test]
    fn a_cookie_with_two_values_is_refused() {
        let split = request(&[b"a=1", b"a=2"]);
        assert_eq!(Cookies::of(&split).get("a"), None);
        let one_line = request(&[b"a=1; a=2"]);
        assert_eq!(Cookies::of(&one_line).get("a"), None);
        assert_eq!(Cookies::of(&one_line).chunked("a"), None);
        let same = request(&[b"a=1; a=1"]);
        assert_eq!(Cookies::of(&same).get("a").unwrap(), "1");
        assert_eq!(&*Cookies::of(&same).chunked("a").unwrap(), b"1");
    }

    #[test]
    fn several_lines_are_one_header() {
        let request = request(&[b"", b"b=2", b"a=1", b"c=3"]);
        let cookies = Cookies::of(&request);
        for (name, value) in [("a", "1"), ("b", "2"), ("c", "3")] {
            assert_eq!(cookies.get(name).unwrap(), value);
        }
    }

    #[test]
    fn bytes_that_are_no_text_spoil_only_their_own_cookie() {
        let request = request(&[b"bad=\xff; \xff=1; a=1"]);
        let cookies = Cookies::of(&request);
        assert_eq!(cookies.get("a").unwrap(), "1");
        assert_eq!(cookies.get("bad"), None);
        let all: Vec<_> = cookies.starting_with("").collect();
        assert_eq!(all, [("bad", ""), ("a", "1")]);
    }

    #[test]
    fn unicode_spaces_do_not_make_a_prefixed_name() {
        let request = request(&["\u{2000}__Host-a=evil; \u{a0}__Host-a=evil".as_bytes()]);
        assert_eq!(Cookies::of(&request).get("__Host-a"), None);
    }

    #[test]
    fn prefixes_select_names() {
        let request = request(&[b"tx.1=a; tx=b; other=c; tx.2=d"]);
        let cookies = Cookies::of(&request);
        let found: Vec<_> = cookies.starting_with("tx.").collect();
        assert_eq!(found, [("tx.1", "a"), ("tx.2", "d")]);
    }

    #[test]
    fn chunks_are_put_together_in_the_order_of_their_numbers() {
        let check = |line: &str, expected: Option<&str>| {
            let request = request(&[line.as_bytes()]);
            let found = Cookies::of(&request).chunked("s");
            assert_eq!(found.as_deref(), expected.map(str::as_bytes), "{line}");
        };
        check("s=abc", Some("abc"));
        check("s.0=ab; s.1=c", Some("abc"));
        check("s.1=c; x=1; s.0=ab", Some("abc"));
        check("s.0=abc", Some("abc"));
        check("s.0=%61; s.1=b", Some("ab"));
        check("s=abc; s.x=1; s.=2; s-0=3; st=4; s.0.1=5", Some("abc"));
        check("s.0=a; s.1234=b", Some("a"));
        check(
            "s.0=0; s.1=1; s.2=2; s.3=3; s.4=4; s.5=5; s.6=6; s.7=7; s.8=8; s.9=9",
            Some("0123456789"),
        );
    }

    #[test]
    fn chunks_that_can_be_read_in_two_ways_are_refused() {
        let check = |line: &str| {
            let request = request(&[line.as_bytes()]);
            assert_eq!(Cookies::of(&request).chunked("s"), None, "{line}");
        };
        check("");
        check("s=abc; s.0=ab");
        check("s.0=ab; s=abc");
        check("s.1=c");
        check("s.0=a; s.2=c");
        check("s.0=a; s.0=a");
        check("s.0=a; s.00=b");
        check("s.0=a; s.01=b");
        check("s.0=a; s.10=b");
        check("s=a; s.01=b");
        let thousand: Vec<String> = (0..1000).map(|n| format!("s.{n}=x")).collect();
        check(&thousand.join("; "));
    }
}
