//! Where an OAuth 2.0 server answers, and where another copy of it would.

use url::Url;

use crate::provider::EndpointsAt;

/// The endpoints of an OAuth 2.0 server: `https` URLs, or paths below a server that the client
/// names.
#[derive(Clone, Copy, Debug)]
pub struct Endpoints {
    /// The authorization endpoint (RFC 6749 §3.1).
    pub authorization: &'static str,
    /// The token endpoint (RFC 6749 §3.2).
    pub token: &'static str,
    /// Where the account's profile is asked for.
    pub userinfo: &'static str,
}

/// The endpoints that a registration works with.
#[derive(Clone, Debug)]
pub(crate) struct ResolvedEndpoints {
    pub(crate) authorization: Url,
    pub(crate) token: Url,
    pub(crate) userinfo: Url,
}

impl Endpoints {
    pub(crate) const fn are_https(&self) -> bool {
        is_https(self.authorization) && is_https(self.token) && is_https(self.userinfo)
    }

    pub(crate) const fn are_paths(&self) -> bool {
        is_path(self.authorization) && is_path(self.token) && is_path(self.userinfo)
    }

    /// As they are, or at `base`: the same paths below it, unless the provider has its own rule.
    /// `None` if they are paths and there is no base.
    pub(crate) fn resolve(
        &self,
        base: Option<&str>,
        endpoints_at: Option<EndpointsAt>,
    ) -> Option<ResolvedEndpoints> {
        let own = [self.authorization, self.token, self.userinfo];
        let [authorization, token, userinfo] = match (base, endpoints_at) {
            (None, _) => own.map(str::to_owned),
            (Some(base), Some(endpoints_at)) => endpoints_at(base.trim_end_matches('/')),
            (Some(base), None) => own.map(|endpoint| rebase(endpoint, base)),
        };
        Some(ResolvedEndpoints {
            authorization: Url::parse(&authorization).ok()?,
            token: Url::parse(&token).ok()?,
            userinfo: Url::parse(&userinfo).ok()?,
        })
    }
}

/// The same path and query below `base`.
pub(crate) fn rebase(endpoint: &str, base: &str) -> String {
    let path = match endpoint.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |start| &rest[start..]),
        None => endpoint,
    };
    format!("{}{path}", base.trim_end_matches('/'))
}

pub(crate) const fn is_https(url: &str) -> bool {
    url.len() > "https://".len() && starts_with(url, "https://")
}

const fn is_path(path: &str) -> bool {
    starts_with(path, "/") && !starts_with(path, "//")
}

const fn starts_with(text: &str, prefix: &str) -> bool {
    let (text, prefix) = (text.as_bytes(), prefix.as_bytes());
    if text.len() < prefix.len() {
        return false;
    }
    let mut i = 0;
    while i < prefix.len() {
        if text[i] != prefix[i] {
            return false;
        }
        i += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    const ELSEWHERE: Endpoints = Endpoints {
        authorization: "https://a.example/authorize?v=1",
        token: "https://b.example/oauth/token/",
        userinfo: "https://c.example",
    };
    const BELOW: Endpoints = Endpoints {
        authorization: "/authorize",
        token: "/token",
        userinfo: "/me?x=1",
    };

    fn urls(endpoints: &Endpoints, base: Option<&str>) -> Option<[String; 3]> {
        let resolved = endpoints.resolve(base, None)?;
        Some([resolved.authorization, resolved.token, resolved.userinfo].map(String::from))
    }

    #[test]
    fn a_base_takes_the_place_of_every_host_and_keeps_the_paths() {
        let expected = [
            "http://127.0.0.1:1/x/authorize?v=1",
            "http://127.0.0.1:1/x/oauth/token/",
            "http://127.0.0.1:1/x",
        ];
        for base in ["http://127.0.0.1:1/x", "http://127.0.0.1:1/x/"] {
            let found = urls(&ELSEWHERE, Some(base)).unwrap();
            assert_eq!(found, expected.map(str::to_owned));
        }
    }

    #[test]
    fn paths_need_a_base() {
        assert_eq!(urls(&BELOW, None), None);
        let found = urls(&BELOW, Some("https://a.example/")).unwrap();
        assert_eq!(found[2], "https://a.example/me?x=1");
    }

    #[test]
    fn a_provider_may_have_its_own_rule() {
        let rule: EndpointsAt = |base| [base.to_owned(), base.to_owned(), format!("{base}/api")];
        let found = ELSEWHERE.resolve(Some("https://a.example/"), Some(rule));
        assert_eq!(found.unwrap().userinfo.as_str(), "https://a.example/api");
    }

    #[test]
    fn only_https_addresses_pass() {
        assert!(is_https("https://a"));
        for url in ["", "https://", "http://a", "HTTPS://a", "ftp://a"] {
            assert!(!is_https(url), "{url}");
        }
        assert!(ELSEWHERE.are_https() && !ELSEWHERE.are_paths());
        assert!(BELOW.are_paths() && !BELOW.are_https());
        assert!(!is_path("//host/x") && !is_path("x"));
    }
}
