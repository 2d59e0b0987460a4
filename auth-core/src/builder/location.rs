//! Where the server of a registration is: its own address, a tenant's, or another copy.

use url::Url;

use super::environment::provider_variable;
use super::problem::BuildProblem;
use crate::http::PlainHttp;
use crate::oidc::discovery::Issuer;
use crate::provider::{Endpoints, Provider, ResolvedEndpoints};

/// What a registration says of the whereabouts.
pub(super) struct Location<'a> {
    pub(super) id: &'a str,
    pub(super) provider: &'a Provider,
    pub(super) plain_http: PlainHttp,
    pub(super) issuer: Option<&'a str>,
    pub(super) base_url: Option<&'a str>,
}

impl<'a> Location<'a> {
    /// The issuer of an OpenID provider. `{client_id}` in the provider's own stands for ours.
    pub(super) fn issuer(
        &self,
        own: Option<&str>,
        client_id: Option<&str>,
    ) -> Result<Issuer, BuildProblem> {
        let own = own.map(|own| own.replace("{client_id}", client_id.unwrap_or("client")));
        let text = self
            .base_url
            .or(self.issuer)
            .or(own.as_deref())
            .ok_or_else(|| self.missing())?;
        Issuer::parse(text, self.plain_http)
            .map(|issuer| issuer.shared_by_tenants(self.provider.hooks.per_tenant))
            .map_err(|_| BuildProblem::IssuerInvalid {
                provider: self.id.to_owned(),
            })
    }

    /// The endpoints of an OAuth 2.0 server, and the base they lie at, if they do not lie at the
    /// provider's own address.
    pub(super) fn endpoints(
        &self,
        endpoints: &Endpoints,
    ) -> Result<(ResolvedEndpoints, Option<&'a str>), BuildProblem> {
        let base = match (self.base_url, self.issuer) {
            (Some(base), _) => Some(base),
            (None, Some(issuer)) if endpoints.are_paths() => {
                if Issuer::parse(issuer, self.plain_http).is_err() {
                    return Err(BuildProblem::IssuerInvalid {
                        provider: self.id.to_owned(),
                    });
                }
                Some(issuer)
            }
            (None, Some(_)) => {
                return Err(BuildProblem::IssuerUnexpected {
                    provider: self.id.to_owned(),
                });
            }
            (None, None) if endpoints.are_paths() => return Err(self.missing()),
            (None, None) => None,
        };
        endpoints
            .resolve(base, self.provider.hooks.endpoints_at)
            .map(|resolved| (resolved, base))
            .ok_or_else(|| self.unusable("BASE_URL"))
    }

    /// An endpoint that the application names.
    pub(super) fn endpoint(&self, text: &str, setting: &'static str) -> Result<Url, BuildProblem> {
        let url = Url::parse(text).map_err(|_| self.unusable(setting))?;
        let origin = url.origin().ascii_serialization();
        let plain = url.username().is_empty() && url.password().is_none();
        if Issuer::parse(&origin, self.plain_http).is_err() || !plain || url.fragment().is_some() {
            return Err(self.unusable(setting));
        }
        Ok(url)
    }

    fn missing(&self) -> BuildProblem {
        BuildProblem::IssuerMissing {
            provider: self.id.to_owned(),
            variable: provider_variable(self.id, "ISSUER"),
        }
    }

    fn unusable(&self, setting: &'static str) -> BuildProblem {
        BuildProblem::UrlInvalid {
            provider: self.id.to_owned(),
            setting,
        }
    }
}
