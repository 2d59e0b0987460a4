//! The rules for the redirect proxy.

use url::Url;

use super::AuthBuilder;
use super::environment::Environment;
use super::problem::BuildProblem;
use crate::auth::Auth;
use crate::origin::{Origin, OriginPolicy};
use crate::redirect_proxy::{AllowedOrigin, RedirectProxy};
use crate::seal::Secrets;

impl<A: From<Auth>> AuthBuilder<A> {
    /// The address of the routes on the one deployment that providers know, such as
    /// `https://app.example/api/auth`: sign-ins that begin here come back by way of it. Default:
    /// `AUTH_REDIRECT_PROXY_URL`, else none.
    ///
    /// All deployments have this setting alike, that one too, and the same secret and prefix. Each
    /// provider needs its redirect URIs alone. A provider that answers by
    /// [`form_post`](crate::ResponseMode::FormPost) is not reached through it, as in Auth.js.
    pub fn redirect_proxy_url(mut self, url: impl Into<String>) -> Self {
        self.redirect_proxy.url = Some(url.into());
        self
    }

    /// To which origins the proxy passes answers on: `https://next.example.com`, or
    /// `https://*.previews.example.com` for every first label. Default: none, and the proxy passes
    /// nothing on.
    ///
    /// # Security
    /// Who can read what arrives at one of these can sign in as whoever followed a link of theirs:
    /// an answer holds the authorization code. That a sign-in began at an origin is sealed with the
    /// secret, but a deployment that trusts forwarded headers seals what a stranger's `Host` says.
    /// Name only origins under which nobody else can put up a server.
    pub fn redirect_proxy_origins<S: Into<String>>(
        mut self,
        origins: impl IntoIterator<Item = S>,
    ) -> Self {
        self.redirect_proxy.origins = origins.into_iter().map(Into::into).collect();
        self
    }
}

/// What is configured about the redirect proxy.
#[derive(Default)]
pub(super) struct RedirectProxySettings {
    url: Option<String>,
    origins: Vec<String>,
}

/// The same, checked.
pub(super) struct CheckedRedirectProxy {
    origin: Origin,
    allowed: Vec<AllowedOrigin>,
}

impl RedirectProxySettings {
    pub(super) fn check(
        self,
        environment: &Environment,
        policy: &OriginPolicy,
        prefix: &str,
        problems: &mut Vec<BuildProblem>,
        warnings: &mut Vec<String>,
    ) -> Option<CheckedRedirectProxy> {
        let mut allowed = Vec::new();
        for origin in self.origins {
            match AllowedOrigin::parse(&origin) {
                Some(origin) => allowed.push(origin),
                None => problems.push(BuildProblem::RedirectProxyOriginInvalid { origin }),
            }
        }
        let text = self
            .url
            .as_deref()
            .or_else(|| environment.get("AUTH_REDIRECT_PROXY_URL"))?;
        let Some(origin) = proxy_origin(text, prefix) else {
            problems.push(BuildProblem::RedirectProxyInvalid {
                prefix: prefix.to_owned(),
            });
            return None;
        };
        let is_here = matches!(policy, OriginPolicy::Fixed(own) if own.contains(&origin));
        if is_here && allowed.is_empty() {
            warnings.push(
                "this server is the redirect proxy, and passes nothing on: name the origins of \
                 the others in `.redirect_proxy_origins(..)`"
                    .to_owned(),
            );
        }
        Some(CheckedRedirectProxy { origin, allowed })
    }
}

impl CheckedRedirectProxy {
    pub(super) fn with(self, secrets: &Secrets) -> RedirectProxy {
        RedirectProxy::new(self.origin, self.allowed, secrets)
    }
}

/// The origin in the address of the routes there: https or loopback, and the prefix that is ours.
fn proxy_origin(text: &str, prefix: &str) -> Option<Origin> {
    let url = Url::parse(text.trim()).ok()?;
    let is_plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    let origin = Origin::parse(&url.origin().ascii_serialization()).ok()?;
    let holds = is_plain
        && url.path().trim_end_matches('/') == prefix
        && (origin.is_secure() || origin.is_loopback());
    holds.then_some(origin)
}

#[cfg(test)]
mod tests;
