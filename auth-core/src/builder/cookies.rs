//! The rules for cookies: what a browser would not keep, or not send back, is refused here.

use super::problem::{BuildProblem, CookieProblem};
use crate::auth::Auth;
use crate::builder::AuthBuilder;
use crate::cookie::{
    CookieName, CookieNames, CookieOverrides, CookiesByScheme, SameSite, V4Sessions,
};
use crate::origin::{Origin, OriginPolicy};

impl<A: From<Auth>> AuthBuilder<A> {
    /// Other names, domains, paths and so on for the cookies. Default: those of Auth.js.
    pub fn cookies(mut self, overrides: CookieOverrides) -> Self {
        self.cookies.overrides = overrides;
        self
    }

    /// Cookies carry `Secure`, and the prefixes that ask for it, whatever the origin looks like from
    /// here. Default: where the browser sees an https origin, as in Auth.js.
    pub fn secure_cookies(mut self) -> Self {
        self.cookies.secure = Some(true);
        self
    }

    /// Cookies never carry `Secure`.
    ///
    /// # Security
    /// Whoever can make a browser open one http address of this host reads the session on the way.
    /// `build()` warns where an https origin is configured.
    pub fn danger_insecure_cookies(mut self) -> Self {
        self.cookies.secure = Some(false);
        self
    }

    /// Whether session cookies of next-auth v4 are read, under v4's default names and with its key:
    /// for the time after a move from there, so that nobody is signed out. Default: no.
    ///
    /// The first answer to such a session writes it anew under the name in force and removes the
    /// old cookie. CSRF cookies of v4 are not read: its open forms ask to be sent again.
    ///
    /// # Security
    /// The secret must be the one that v4 had, in any place of the list. Versions of next-auth
    /// before 4.24.5 sealed other things with the key of the session; those are refused because
    /// they name no subject. Turn this off once v4's sessions have expired.
    pub fn read_v4_sessions(mut self, read: bool) -> Self {
        self.cookies.v4 = if read {
            V4Sessions::Read
        } else {
            V4Sessions::Ignored
        };
        self
    }
}

/// What is configured about cookies.
pub(super) struct CookieSettings {
    overrides: CookieOverrides,
    secure: Option<bool>,
    v4: V4Sessions,
}

impl Default for CookieSettings {
    fn default() -> Self {
        Self {
            overrides: CookieOverrides::new(),
            secure: None,
            v4: V4Sessions::Ignored,
        }
    }
}

impl CookieSettings {
    pub(super) fn resolve(
        &self,
        origins: &OriginPolicy,
        prefix: &str,
        problems: &mut Vec<BuildProblem>,
        warnings: &mut Vec<String>,
    ) -> CookiesByScheme {
        let cookies = CookiesByScheme::new(&self.overrides, self.secure, self.v4);
        let over = |https| has_scheme(origins, https).then(|| cookies.over(https));
        // Where the two have the same cookies, each problem would be told twice.
        let mut found: Vec<BuildProblem> = Vec::new();
        let check = Check { origins, prefix };
        for names in [over(false), over(true)].into_iter().flatten() {
            for problem in check.all(names) {
                if !found.contains(&problem) {
                    found.push(problem);
                }
            }
        }
        problems.extend(found);
        if self.secure == Some(false) && over(true).is_some() {
            warnings.push(
                "`.danger_insecure_cookies()`: cookies of an https origin travel over http too"
                    .to_owned(),
            );
        }
        cookies
    }
}

/// Whether a browser may see us under an origin of this scheme.
fn has_scheme(origins: &OriginPolicy, https: bool) -> bool {
    match origins {
        OriginPolicy::Fixed(origins) => origins.iter().any(|origin| origin.is_secure() == https),
        OriginPolicy::Forwarded => true,
        OriginPolicy::LoopbackOnly => !https,
    }
}

/// Longest name: with it, name and value of a chunk stay within the 4096 bytes that browsers keep.
const MAX_NAME: usize = 100;

struct Check<'a> {
    origins: &'a OriginPolicy,
    prefix: &'a str,
}

impl Check<'_> {
    fn all(&self, names: &CookieNames) -> Vec<BuildProblem> {
        let cookies = [
            &names.session,
            &names.csrf,
            &names.callback_url,
            &names.transaction,
            &names.last_provider,
            &names.language,
        ];
        let problem = |cookie: &CookieName, problem| BuildProblem::Cookie {
            name: cookie.name.clone(),
            problem,
        };
        let mut problems: Vec<BuildProblem> = cookies
            .iter()
            .flat_map(|cookie| {
                let found = self.one(cookie);
                found.into_iter().map(|it| problem(cookie, it))
            })
            .collect();
        if names.transaction.attributes.same_site == SameSite::Strict {
            problems.push(problem(
                &names.transaction,
                CookieProblem::StrictTransaction,
            ));
        }
        // A chunk is `name.0`, a transaction its prefix and 16 digits: whoever looks for those must
        // not find another cookie.
        for (index, one) in cookies.into_iter().enumerate() {
            for other in cookies[index + 1..]
                .iter()
                .copied()
                .chain(&names.v4_session)
            {
                if one.name.starts_with(&other.name) || other.name.starts_with(&one.name) {
                    let other = other.name.clone();
                    problems.push(problem(one, CookieProblem::Overlap { other }));
                }
            }
        }
        problems
    }

    fn one(&self, cookie: &CookieName) -> Vec<CookieProblem> {
        let CookieName { name, attributes } = cookie;
        let mut problems = Vec::new();
        let mut check = |holds: bool, problem| {
            if !holds {
                problems.push(problem);
            }
        };
        check(is_name(name), CookieProblem::Name);
        if let Some(domain) = &attributes.domain {
            let holds = is_domain(domain) && self.covers_hosts(domain);
            check(holds, CookieProblem::Domain(domain.clone()));
        }
        let path = &attributes.path;
        // The prefix may be wrong itself, which is a problem of its own.
        let holds = path == "/" || is_path(path) && path_matches(self.prefix, path);
        check(holds, CookieProblem::Path(path.clone()));

        let has_prefix = |prefix: &str| {
            // Browsers look at the prefix without regard to case (RFC 6265bis §4.1.3).
            name.get(..prefix.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        };
        let is_host = has_prefix("__Host-");
        let of_this_host = attributes.domain.is_none() && path == "/";
        check(!is_host || of_this_host, CookieProblem::HostPrefix);
        let needs_secure = [
            (is_host || has_prefix("__Secure-"), "the prefix of its name"),
            (attributes.same_site == SameSite::None, "`SameSite=None`"),
            (attributes.partitioned, "`Partitioned`"),
        ];
        for (needs, what) in needs_secure {
            check(attributes.secure || !needs, CookieProblem::NotSecure(what));
        }
        problems
    }

    /// Whether a browser takes a cookie for `domain` from each of our hosts (RFC 6265 §5.1.3).
    fn covers_hosts(&self, domain: &str) -> bool {
        let covers = |host: &str| {
            host.strip_suffix(domain)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        match self.origins {
            OriginPolicy::Fixed(origins) => origins.iter().map(Origin::host).all(covers),
            // Whatever the proxy says: not known before it says it.
            OriginPolicy::Forwarded => true,
            OriginPolicy::LoopbackOnly => domain == "localhost",
        }
    }
}

/// A token (RFC 9110 §5.6.2), and none that reads like a chunk of another cookie.
fn is_name(name: &str) -> bool {
    let is_token = name
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b));
    let is_chunk = name.rsplit_once('.').is_some_and(|(_, digits)| {
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    });
    (1..=MAX_NAME).contains(&name.len()) && is_token && !is_chunk
}

/// `example.com`, in lower case; `localhost`. A public suffix of one label is none.
fn is_domain(domain: &str) -> bool {
    let labels = domain.split('.').all(|label| {
        !label.is_empty()
            && label
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    });
    let is_address = domain.parse::<std::net::IpAddr>().is_ok();
    labels && !is_address && (domain.contains('.') || domain == "localhost")
}

fn is_path(path: &str) -> bool {
    path.starts_with('/') && path.bytes().all(|b| b.is_ascii_graphic() && b != b';')
}

/// Whether a request to `request` carries a cookie with this path (RFC 6265 §5.1.4).
fn path_matches(request: &str, cookie: &str) -> bool {
    request
        .strip_prefix(cookie)
        .is_some_and(|rest| rest.is_empty() || cookie.ends_with('/') || rest.starts_with('/'))
}

#[cfg(test)]
mod tests;
