//! The token that shows that a form came from one of our own pages: a signed double submit.
//!
//! The cookie holds `token|hash`, as Auth.js writes it: the token is repeated in the form, and the
//! hash, which takes the secret to make, keeps others from planting a cookie of their own.
//!
//! Auth.js hashes with the whole list of secrets, so there every rotation makes each open form
//! invalid. Where there are several, ours has a second hash behind the first, `token|hash|hash`,
//! with the newest alone. Auth.js does not look at it, and it holds for as long as that secret is
//! in the list.

use std::fmt;

use aws_lc_rs::digest::{Context, SHA256};
use http::HeaderValue;

use crate::cookie::{CookieNames, Lifetime};
use crate::seal::Secrets;
use crate::secret::{Secret, ct_eq, hex, random_hex};

/// A token that we made: just now, or earlier and proved by the hash in its cookie.
pub(crate) struct CsrfToken(Secret<String>);

impl CsrfToken {
    /// The token of a cookie, if one of its hashes is ours: with one of the secrets, or with the
    /// list as it is or was before newer ones came to stand in front.
    pub(crate) fn read(secrets: &Secrets, cookie: Option<&str>) -> Option<Self> {
        let (token, given) = cookie?.split_once('|')?;
        if token.len() != 64
            || !token
                .bytes()
                .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        {
            return None;
        }
        let (first, second) = match given.split_once('|') {
            Some((first, second)) => (first, Some(second)),
            None => (given, None),
        };
        let is_given = |expected: &str| {
            let is = |given: &str| ct_eq(expected.as_bytes(), given.as_bytes());
            is(first) | second.is_some_and(is)
        };
        let lists =
            (0..secrets.iter().count()).map(|newer| hash(token, secrets.iter().skip(newer)));
        let single = secrets
            .iter()
            .map(|secret| hash(token, std::iter::once(secret)));
        let ours = lists
            .chain(single)
            .fold(false, |found, expected| found | is_given(&expected));
        ours.then(|| Self(token.into()))
    }

    /// A new token: 256 random bits.
    pub(crate) fn generate() -> Self {
        Self(random_hex::<32>().into())
    }

    /// What goes into the form.
    pub(crate) fn token(&self) -> &str {
        self.0.expose()
    }

    /// What goes into the cookie.
    pub(crate) fn cookie_value(&self, secrets: &Secrets) -> String {
        let token = self.token();
        let mut value = format!("{token}|{}", hash(token, secrets.iter()));
        if secrets.iter().nth(1).is_some() {
            value.push('|');
            value.push_str(&hash(token, secrets.iter().take(1)));
        }
        value
    }

    /// The `Set-Cookie` value, for as long as the browser is open.
    pub(crate) fn cookie(&self, secrets: &Secrets, names: &CookieNames) -> HeaderValue {
        names
            .csrf
            .set(&self.cookie_value(secrets), Lifetime::BrowserSession)
    }

    /// Whether a form brought this token back.
    pub(crate) fn matches(&self, submitted: &str) -> bool {
        self.0.ct_eq(submitted.as_bytes())
    }
}

impl fmt::Debug for CsrfToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CsrfToken([redacted])")
    }
}

/// SHA-256 of the token and the secrets, joined as JavaScript turns an array into text.
fn hash<'a>(token: &str, secrets: impl Iterator<Item = &'a Secret<String>>) -> String {
    let mut context = Context::new(&SHA256);
    context.update(token.as_bytes());
    for (index, secret) in secrets.enumerate() {
        if index > 0 {
            context.update(b",");
        }
        context.update(secret.expose().as_bytes());
    }
    hex(context.finish().as_ref())
}

#[cfg(test)]
mod properties;

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn secrets(texts: &[&str]) -> Secrets {
        let (first, others) = texts.split_first().unwrap();
        let others = others.iter().map(|text| (*text).into()).collect();
        Secrets::new((*first).into(), others)
    }

    #[test]
    fn cookies_are_those_of_auth_js() {
        let vectors: Value =
            serde_json::from_str(include_str!("../fixtures/authjs_jwt.json")).unwrap();
        let token = vectors["csrf"]["secret_string"]["token"].as_str().unwrap();
        let check = |row: &Value, texts: &[&str]| {
            let cookie = row["cookie_value"].as_str().unwrap();
            let secrets = secrets(texts);
            let read = CsrfToken::read(&secrets, Some(cookie)).unwrap();
            assert_eq!(read.token(), token);
            let written = read.cookie_value(&secrets);
            let ours: Vec<_> = written.split('|').take(2).collect();
            assert_eq!(ours.join("|"), cookie);
            assert_eq!(texts.len() > 1, written != cookie);
        };
        check(&vectors["csrf"]["secret_string"], &["s3cret"]);
        check(&vectors["csrf"]["secret_array"], &["new", "old"]);
    }

    #[test]
    fn a_token_survives_every_rotation_until_its_secret_is_removed() {
        // The first is the newest.
        let all = ["s3", "s2", "s1", "s0"];
        let token = CsrfToken::generate();
        for written in 0..all.len() {
            for oldest in written..all.len() {
                let cookie = token.cookie_value(&secrets(&all[written..=oldest]));
                for newest in 0..all.len() {
                    for kept in newest..all.len() {
                        let now = secrets(&all[newest..=kept]);
                        let read = CsrfToken::read(&now, Some(&cookie)).is_some();
                        let has_its_secret = (newest..=kept).contains(&written);
                        assert_eq!(
                            read, has_its_secret,
                            "{written}..={oldest}, {newest}..={kept}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn a_token_of_auth_js_survives_a_newer_secret() {
        let token = CsrfToken::generate();
        let before = secrets(&["s2", "s1"]);
        let hash = super::hash(token.token(), before.iter());
        let cookie = format!("{}|{hash}", token.token());
        let check = |now: &[&str], expected| {
            let read = CsrfToken::read(&secrets(now), Some(&cookie));
            assert_eq!(read.is_some(), expected, "{now:?}");
        };
        check(&["s2", "s1"], true);
        check(&["s3", "s2", "s1"], true);
        check(&["s2"], false);
    }

    #[test]
    fn a_cookie_that_we_did_not_make_is_rejected() {
        let ours = secrets(&["s3cret"]);
        let cookie = CsrfToken::generate().cookie_value(&ours);
        let (token, hash) = cookie.split_once('|').unwrap();
        let theirs = CsrfToken::generate().cookie_value(&secrets(&["guess"]));
        let upper = token.to_uppercase();
        let check = |cookie: &str| {
            assert!(CsrfToken::read(&ours, Some(cookie)).is_none(), "{cookie}");
        };
        check("");
        check("|");
        check("attacker|attacker");
        check(token);
        check(&theirs);
        check(&format!("{token}|"));
        check(&format!("{token}|{}", &hash[..63]));
        check(&format!("{token}||"));
        check(&format!("{token}|{hash}x|{hash}x"));
        check(&format!("{token}|x|{hash}|{hash}"));
        check(&format!("{}|{hash}", "0".repeat(64)));
        check(&format!("{upper}|{}", super::hash(&upper, ours.iter())));
        // The boundary between token and secret cannot be moved.
        let longer = format!("{token}s3cre");
        check(&format!("{longer}|{hash}"));
        assert!(CsrfToken::read(&ours, None).is_none());
    }

    #[test]
    fn only_the_same_token_matches() {
        let token = CsrfToken::generate();
        assert!(token.matches(token.token()));
        assert!(!token.matches(""));
        assert!(!token.matches(&token.token()[..63]));
        assert!(!token.matches(CsrfToken::generate().token()));
    }

    #[test]
    fn debug_shows_no_token() {
        let token = CsrfToken::generate();
        assert!(!format!("{token:?}").contains(token.token()));
    }
}
