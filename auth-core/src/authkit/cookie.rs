//! Cookies as the SDKs of WorkOS for JavaScript write them: `wos-session` and those of sign-ins.

use std::fmt::Write as _;

use http::HeaderValue;

use crate::cookie::{CookieValue, Cookies, MAX_REMOVALS, SameSite};
use crate::session::SessionTooLarge;

/// What browsers keep of one `Set-Cookie` line: name, value and attributes. A longer one is
/// dropped, and nobody is told.
const MAX_COOKIE: usize = 4096;

/// How many cookies one session is written to; as many are read.
const MAX_CHUNKS: usize = 10;

/// What a cookie is set with, and removed with: a removal that names another domain removes
/// nothing.
#[derive(Clone, Debug)]
pub(super) struct Attributes {
    pub(super) domain: Option<String>,
    pub(super) same_site: SameSite,
    pub(super) secure: bool,
}

impl Attributes {
    /// A `Set-Cookie` line. Names are tokens and values are seals: nothing needs escaping.
    pub(super) fn line(&self, name: &str, value: &str, max_age: u64) -> HeaderValue {
        let mut line = String::with_capacity(name.len() + value.len() + 100);
        // Writing to a String cannot fail.
        let _ = write!(line, "{name}={value}; Path=/; Max-Age={max_age}; HttpOnly");
        line.push_str(self.same_site.attribute());
        if self.secure || self.same_site == SameSite::None {
            line.push_str("; Secure");
        }
        if let Some(domain) = &self.domain {
            let _ = write!(line, "; Domain={domain}");
        }
        // Name and domain are checked when they are configured; the alphabet of a seal is
        // `A-Za-z0-9_.*~-`.
        let mut line = HeaderValue::try_from(line).expect("visible ASCII only");
        // Kept out of `Debug` output.
        line.set_sensitive(true);
        line
    }

    pub(super) fn removal(&self, name: &str) -> HeaderValue {
        self.line(name, "", 0)
    }
}

/// The cookie that holds the sealed session.
#[derive(Clone, Debug)]
pub(super) struct SessionCookie {
    pub(super) name: String,
    /// In seconds.
    pub(super) max_age: u64,
    pub(super) attributes: Attributes,
}

impl SessionCookie {
    /// The sealed session of a request.
    pub(super) fn read<'a>(&self, present: &Cookies<'a>) -> Option<CookieValue<'a>> {
        present.value(&self.name)
    }

    /// The values of the cookies with exactly this name, as they came: nothing in a seal is escaped.
    pub(super) fn values<'a>(&self, present: &Cookies<'a>) -> Vec<&'a str> {
        let all = present.starting_with(&self.name);
        all.filter(|(name, _)| *name == self.name)
            .map(|(_, value)| value)
            .collect()
    }

    /// Whether chunks are present, whatever else is.
    pub(super) fn is_split(&self, present: &Cookies<'_>) -> bool {
        let mut all = present.starting_with(&self.name);
        all.any(|(name, _)| chunk_number(&name[self.name.len()..]).is_some())
    }

    /// The names of the cookie and of the chunks that are present: first those that we may have
    /// written.
    pub(super) fn names<'a>(&self, present: &Cookies<'a>) -> Vec<&'a str> {
        self.names_where(present, |_| true)
    }

    /// The removal of a cookie that was set for `domain`, or for the host alone.
    pub(super) fn removal_from(&self, name: &str, domain: Option<&str>) -> HeaderValue {
        let attributes = Attributes {
            domain: domain.map(str::to_owned),
            ..self.attributes.clone()
        };
        attributes.removal(name)
    }

    /// Whether `sealed` is written to one cookie.
    pub(super) fn fits(&self, sealed: &str) -> bool {
        sealed.len() <= self.room()
    }

    /// The cookies that carry `sealed`: one, as the SDKs expect, while that fits; else chunks
    /// `.0`, `.1`, …, which only we put together.
    ///
    /// # Errors
    /// [`SessionTooLarge`] when ten chunks do not hold it.
    pub(super) fn write(
        &self,
        sealed: &str,
        present: &Cookies<'_>,
    ) -> Result<Vec<HeaderValue>, SessionTooLarge> {
        if self.fits(sealed) {
            let mut cookies = self.removals(present, 0);
            cookies.push(self.set(&self.name, sealed));
            return Ok(cookies);
        }
        let chunk = self.room() - ".0".len();
        let count = sealed.len().div_ceil(chunk);
        if count > MAX_CHUNKS {
            return Err(SessionTooLarge {
                bytes: sealed.len(),
                limit: chunk * MAX_CHUNKS,
            });
        }
        tracing::warn!(
            target: "auth",
            bytes = sealed.len(),
            chunks = count,
            "the session does not fit into one cookie: it is split, and the SDKs for JavaScript \
             cannot read it; leave claims out of the JWT template"
        );
        // Removals first: a browser that has no room for all keeps what comes last.
        let mut cookies = self.removals(present, count);
        // A seal is ASCII, so any cut is between two characters.
        for (index, part) in sealed.as_bytes().chunks(chunk).enumerate() {
            let part = std::str::from_utf8(part).unwrap_or_default();
            cookies.push(self.set(&format!("{}.{index}", self.name), part));
        }
        Ok(cookies)
    }

    /// The removal of the cookie, and of the chunks that are present.
    pub(super) fn clear(&self, present: &Cookies<'_>) -> Vec<HeaderValue> {
        let mut cookies = vec![self.attributes.removal(&self.name)];
        cookies.extend(self.removals(present, 0));
        cookies
    }

    /// The name as one cookie or a chunk has it, without the number.
    fn set(&self, name: &str, value: &str) -> HeaderValue {
        self.attributes.line(name, value, self.max_age)
    }

    /// How many bytes of a value one cookie has room for.
    fn room(&self) -> usize {
        MAX_COOKIE - self.set(&self.name, "").len()
    }

    /// The removal of what `written` chunks (0: one cookie) leave over of an earlier session.
    fn removals(&self, present: &Cookies<'_>, written: usize) -> Vec<HeaderValue> {
        let names = self.names_where(present, |number| match number {
            None => written > 0,
            Some(number) => number >= written,
        });
        let names = names.into_iter();
        names.map(|name| self.attributes.removal(name)).collect()
    }

    /// The names that are present, as far as the number of the chunk (`None`: the plain cookie)
    /// says.
    fn names_where<'a>(
        &self,
        present: &Cookies<'a>,
        is_meant: impl Fn(Option<usize>) -> bool,
    ) -> Vec<&'a str> {
        let mut names: Vec<&str> = present
            .starting_with(&self.name)
            .map(|(name, _)| name)
            .filter(|name| match &name[self.name.len()..] {
                "" => is_meant(None),
                suffix => chunk_number(suffix).is_some_and(|number| is_meant(Some(number))),
            })
            .collect();
        // What we may have written comes first.
        names.sort_unstable_by_key(|name| (name.len(), *name));
        names.dedup();
        names.truncate(MAX_REMOVALS);
        names
    }
}

/// The number in `.0` to `.999`, however it is written.
fn chunk_number(suffix: &str) -> Option<usize> {
    let digits = suffix.strip_prefix('.')?;
    let is_number =
        (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    // `.00` is none of the chunks that we overwrite.
    let is_ours = digits.len() == 1 || !digits.starts_with('0');
    is_number.then(|| match is_ours {
        true => digits.parse().unwrap_or(usize::MAX),
        false => usize::MAX,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Request;

    fn cookie() -> SessionCookie {
        SessionCookie {
            name: "wos-session".to_owned(),
            max_age: 34_560_000,
            attributes: Attributes {
                domain: None,
                same_site: SameSite::Lax,
                secure: false,
            },
        }
    }

    fn request(line: &str) -> Request {
        http::Request::get("/")
            .header("cookie", line)
            .body(Vec::new())
            .unwrap()
    }

    fn lines(cookies: &[HeaderValue]) -> Vec<&str> {
        cookies.iter().map(|it| it.to_str().unwrap()).collect()
    }

    /// What a browser holds after these lines.
    fn kept(cookies: &[HeaderValue]) -> String {
        let pairs = lines(cookies)
            .into_iter()
            .filter(|line| !line.contains("Max-Age=0"))
            .map(|line| line.split(';').next().unwrap().to_owned());
        pairs.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn cookies_are_those_of_the_sdks() {
        let none = request("");
        let set = cookie().write("Fe26.2*x~2", &Cookies::of(&none)).unwrap();
        assert_eq!(
            lines(&set),
            ["wos-session=Fe26.2*x~2; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax"]
        );
        assert_eq!(
            lines(&cookie().clear(&Cookies::of(&none))),
            ["wos-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"]
        );
    }

    #[test]
    fn a_removal_names_the_domain_of_what_it_removes() {
        let mut cookie = cookie();
        cookie.name = "mine".to_owned();
        cookie.attributes = Attributes {
            domain: Some("app.example".to_owned()),
            same_site: SameSite::None,
            secure: false,
        };
        assert_eq!(
            lines(&cookie.clear(&Cookies::of(&request("")))),
            ["mine=; Path=/; Max-Age=0; HttpOnly; SameSite=None; Secure; Domain=app.example"]
        );
    }

    #[test]
    fn no_line_is_longer_than_a_browser_keeps() {
        let none = request("");
        let room = MAX_COOKIE - cookie().set("wos-session", "").len();
        for (bytes, expected) in [(1, 1), (room, 1), (room + 1, 2), (8192, 3)] {
            let sealed = "s".repeat(bytes);
            let written = cookie().write(&sealed, &Cookies::of(&none)).unwrap();
            assert_eq!(written.len(), expected, "{bytes}");
            assert!(written.iter().all(|line| line.len() <= MAX_COOKIE));
            let back = request(&kept(&written));
            let read = cookie().read(&Cookies::of(&back)).unwrap();
            assert_eq!(*read.decoded(), *sealed.as_bytes());
        }
    }

    #[test]
    fn what_ten_cookies_do_not_hold_is_an_error() {
        let error = cookie()
            .write(&"s".repeat(50_000), &Cookies::of(&request("")))
            .unwrap_err();
        assert_eq!(error.bytes, 50_000);
    }

    #[test]
    fn a_smaller_session_removes_the_chunks_of_a_larger_one() {
        let check = |line: &str, bytes: usize, removed: &[&str]| {
            let request = request(line);
            let written = cookie()
                .write(&"s".repeat(bytes), &Cookies::of(&request))
                .unwrap();
            let found: Vec<_> = lines(&written)
                .into_iter()
                .filter(|line| line.contains("Max-Age=0"))
                .map(|line| line.split('=').next().unwrap())
                .collect();
            assert_eq!(found, removed, "{line}");
        };
        check(
            "wos-session.0=a; wos-session.1=b; wos-session-other=c",
            10,
            &["wos-session.0", "wos-session.1"],
        );
        check("wos-session=a", 5000, &["wos-session"]);
        check(
            "wos-session.0=a; wos-session.1=b; wos-session.2=c; wos-session.00=d",
            5000,
            &["wos-session.2", "wos-session.00"],
        );
        check("wos-session=a", 10, &[]);
    }
}
