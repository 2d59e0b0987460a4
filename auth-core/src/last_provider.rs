//! With which provider somebody signed in last in this browser: a hint for the sign-in page, and
//! nothing else.

use http::HeaderValue;

use crate::cookie::{CookieNames, Cookies, Lifetime};
use crate::time::Timestamp;

/// Whether a browser remembers with which provider somebody signed in last, so that the sign-in page
/// can say so. Many people do not know which of four buttons they pressed half a year ago.
///
/// # Security
/// The cookie (`authjs.last-provider`) outlives the session, by default and on purpose. On a browser
/// that several people share it tells the next one how the last one signed in; not who that was. It
/// decides nothing: the page only marks a button with it, and only one that is offered anyway.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum LastProvider {
    /// For 180 days after each sign-in.
    #[default]
    Remember,
    /// No such cookie is set, and one that is there is ignored.
    Forget,
}

/// 180 days: whoever comes twice a year is still told.
const SECONDS: u32 = 180 * 24 * 60 * 60;

impl LastProvider {
    /// The cookie of somebody who has signed in with `provider`.
    pub(crate) fn cookie(
        self,
        provider: &str,
        names: &CookieNames,
        now: Timestamp,
    ) -> Option<HeaderValue> {
        let lifetime = Lifetime::MaxAge {
            seconds: SECONDS,
            now,
        };
        match self {
            Self::Remember => Some(names.last_provider.set(provider, lifetime)),
            Self::Forget => None,
        }
    }

    /// Which of `offered` was it? What a browser sends is no more than a choice among these.
    pub(crate) fn among<'o>(
        self,
        mut offered: impl Iterator<Item = &'o str>,
        names: &CookieNames,
        cookies: &Cookies<'_>,
    ) -> Option<&'o str> {
        if self == Self::Forget {
            return None;
        }
        let remembered = cookies.get(&names.last_provider.name)?;
        offered.find(|id| *id == remembered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Request;

    fn among(setting: LastProvider, cookie: &str) -> Option<&'static str> {
        let mut request = Request::default();
        let cookie = HeaderValue::from_str(cookie).unwrap();
        request.headers_mut().insert("cookie", cookie);
        let names = CookieNames::new(false);
        setting.among(
            ["github", "kc-acme"].into_iter(),
            &names,
            &Cookies::of(&request),
        )
    }

    #[test]
    fn one_that_is_offered_is_recognised() {
        let check = |cookie, expected| {
            assert_eq!(among(LastProvider::Remember, cookie), expected, "{cookie}");
        };
        check("authjs.last-provider=kc-acme", Some("kc-acme"));
        check("a=b; authjs.last-provider=github", Some("github"));
    }

    #[test]
    fn anything_else_that_a_browser_sends_marks_nothing() {
        for cookie in [
            "",
            "authjs.last-provider=",
            "authjs.last-provider=google",
            "authjs.last-provider=GitHub",
            "authjs.last-provider=%3Cscript%3E",
            "authjs.last-provider=github; authjs.last-provider=kc-acme",
            "__Host-authjs.last-provider=github",
        ] {
            assert_eq!(among(LastProvider::Remember, cookie), None, "{cookie}");
        }
    }

    #[test]
    fn who_wants_nothing_remembered_neither_writes_nor_reads() {
        let names = CookieNames::new(true);
        let now = Timestamp::from_unix(0);
        assert_eq!(LastProvider::Forget.cookie("github", &names, now), None);
        let cookie = "authjs.last-provider=github";
        assert_eq!(among(LastProvider::Forget, cookie), None);
    }

    #[test]
    fn the_cookie_is_guarded_like_its_siblings_and_kept_for_half_a_year() {
        let now = Timestamp::from_unix(1_700_000_000);
        let names = CookieNames::new(true);
        let cookie = LastProvider::Remember.cookie("github", &names, now);
        assert_eq!(
            cookie.unwrap(),
            "__Host-authjs.last-provider=github; Max-Age=15552000; Path=/; \
             Expires=Sun, 12 May 2024 22:13:20 GMT; HttpOnly; Secure; SameSite=Lax"
        );
    }
}
