//! Pages of the application in place of ours.

use url::form_urlencoded;

use crate::page::href::Href;

/// The application's own pages, where it has any.
#[derive(Debug, Default)]
pub(crate) struct SitePages {
    pub(crate) sign_in: Option<SitePage>,
    pub(crate) sign_out: Option<SitePage>,
    pub(crate) error: Option<SitePage>,
    pub(crate) verify_request: Option<SitePage>,
    pub(crate) new_user: Option<SitePage>,
}

/// A path of our own origin, possibly with a query, that is none of our routes: a redirect there
/// neither leaves the site nor comes back to us.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SitePage(String);

impl SitePage {
    /// Parses a path. A fragment has no place in it: the query that is added would end up there.
    pub(crate) fn parse(text: &str, prefix: &str) -> Option<Self> {
        if !text.starts_with('/') || text.contains('#') {
            return None;
        }
        let page = Self(Href::parse(text)?.as_str().to_owned());
        let below = page.path().strip_prefix(prefix);
        let is_route = below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        (!is_route).then_some(page)
    }

    /// The path, and the query that it was given with.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The path alone.
    pub(crate) fn path(&self) -> &str {
        self.0.split('?').next().unwrap_or_default()
    }

    /// The page with these parameters after those that it has already.
    pub(crate) fn with<'n, 'v>(
        &self,
        params: impl IntoIterator<Item = (&'n str, &'v str)>,
    ) -> String {
        with_params(&self.0, params)
    }
}

/// An address without a fragment, with these parameters after those that it has already.
pub(crate) fn with_params<'n, 'v>(
    address: &str,
    params: impl IntoIterator<Item = (&'n str, &'v str)>,
) -> String {
    let query: String = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(params)
        .finish();
    let separator = match address.as_bytes() {
        _ if query.is_empty() => "",
        [.., b'?' | b'&'] => "",
        address if address.contains(&b'?') => "&",
        _ => "?",
    };
    format!("{address}{separator}{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_the_site_are_pages() {
        let check = |text, expected: &str| {
            let page = SitePage::parse(text, "/api/auth").unwrap();
            assert_eq!(page.as_str(), expected);
        };
        check("/", "/");
        check("/login", "/login");
        check("/login?tab=1", "/login?tab=1");
        check("/api/authors", "/api/authors");
        check("/ä b", "/%C3%A4%20b");
    }

    #[test]
    fn what_leaves_the_site_or_leads_back_to_us_is_none() {
        for text in [
            "",
            "login",
            "https://other.example/login",
            "//other.example/login",
            "/\\other.example",
            "/\t/other.example",
            "javascript:alert(1)",
            "/login#form",
            "/api/auth",
            "/api/auth/signin",
            "/api/auth?x",
            "/x/../api/auth/error",
        ] {
            assert_eq!(SitePage::parse(text, "/api/auth"), None, "{text}");
        }
    }

    #[test]
    fn parameters_join_those_that_are_there() {
        let check = |text, expected: &str| {
            let page = SitePage::parse(text, "/api/auth").unwrap();
            let params = [("callbackUrl", "/a?b=c&d"), ("error", "Default")];
            assert_eq!(page.with(params), expected);
            assert_eq!(page.with([]), text);
        };
        let query = "callbackUrl=%2Fa%3Fb%3Dc%26d&error=Default";
        check("/login", &format!("/login?{query}"));
        check("/login?", &format!("/login?{query}"));
        check("/login?tab=1", &format!("/login?tab=1&{query}"));
        check("/login?tab=1&", &format!("/login?tab=1&{query}"));
    }
}
