//! Where a page may send the browser.

use url::Url;

/// An address that is safe to link to or to refresh to: `http`, `https`, or a path of our own
/// origin. ASCII, percent-encoded, without control characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Href(String);

impl Href {
    /// Parses what a caller has already found acceptable. This is the second lock: `javascript:`,
    /// `data:` and protocol-relative addresses are `None` whatever the caller thought.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if text.starts_with('/') {
            return Self::parse_path(text);
        }
        let url = Url::parse(text).ok()?;
        matches!(url.scheme(), "http" | "https").then(|| Self(url.into()))
    }

    fn parse_path(text: &str) -> Option<Self> {
        // Any origin serves: what matters is that resolving against it does not leave it, as
        // `//host` and `/\host` do.
        let base = Url::parse("http://origin.invalid").ok()?;
        let url = base.join(text).ok()?;
        let is_ours = url.origin() == base.origin();
        let path = &url[url::Position::BeforePath..];
        (is_ours && !path.starts_with("//")).then(|| Self(path.to_owned()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// `{prefix}/signin`, with the way back if there is one.
pub(crate) fn sign_in_again(prefix: &str, return_to: Option<&str>) -> String {
    let mut address = format!("{prefix}/signin");
    if let Some(return_to) = return_to {
        let query: String = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("callbackUrl", return_to)
            .finish();
        address.push('?');
        address.push_str(&query);
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let href = Href::parse(text);
        assert_eq!(href.as_ref().map(Href::as_str), expected, "{text:?}");
    }

    #[test]
    fn http_addresses_and_own_paths_are_accepted_and_encoded() {
        check("/", Some("/"));
        check("/a?b=c#d", Some("/a?b=c#d"));
        check("/a b\"<ä", Some("/a%20b%22%3C%C3%A4"));
        check("https://idp.example", Some("https://idp.example/"));
        check(
            "https://idp.example/a?x='y'\"z",
            Some("https://idp.example/a?x=%27y%27%22z"),
        );
        check(
            "http://127.0.0.1:4600/authorize?a=b;c,d",
            Some("http://127.0.0.1:4600/authorize?a=b;c,d"),
        );
        check(
            "https://idp.example/\r\nSet-Cookie: a=b",
            Some("https://idp.example/Set-Cookie:%20a=b"),
        );
    }

    #[test]
    fn script_addresses_are_refused() {
        check("javascript:alert(1)", None);
        check("JaVaScRiPt:alert(1)", None);
        check(" javascript:alert(1)", None);
        check("data:text/html,x", None);
        check("blob:https://app.example/x", None);
    }

    #[test]
    fn paths_that_leave_the_origin_are_refused() {
        check("//evil.example", None);
        check("/\\evil.example", None);
        check("/\t/evil.example", None);
        check("/.//evil.example", None);
        check("/..//evil.example", None);
    }

    #[test]
    fn text_that_is_no_address_is_refused() {
        check("", None);
        check("dashboard", None);
        check("https://", None);
    }

    #[test]
    fn the_way_back_is_encoded() {
        assert_eq!(sign_in_again("/api/auth", None), "/api/auth/signin");
        assert_eq!(
            sign_in_again("/api/auth", Some("/a?b=c&d")),
            "/api/auth/signin?callbackUrl=%2Fa%3Fb%3Dc%26d"
        );
    }
}
