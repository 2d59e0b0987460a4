//! Joins each [`Client`] with its variables into a [`Registration`].

use std::sync::Arc;

use url::Url;

use super::adapters::Adapters;
use super::environment::Environment;
use super::identity::Identity;
use super::location::Location;
use super::problem::{BuildError, BuildProblem};
use crate::http::PlainHttp;
use crate::oauth::authorization_request::RESERVED_PARAMS;
use crate::oidc::RemoteMetadata;
use crate::oidc::discovery::Issuer;
use crate::provider::{
    Client, ClientOverrides, Endpoints, Protocol, Provider, Registration, Server, rebase,
};
use crate::secret::Secret;

/// The registration of a client that the application found at run time, under the id that was asked
/// for. It has to bring everything: no variable is read.
///
/// # Errors
/// Every problem that `build()` would have had with it.
pub(crate) fn register_resolved(
    client: Client,
    id: &str,
    adapters: &Adapters,
) -> Result<Registration, BuildError> {
    let mut problems = Vec::new();
    let client = client.id(id);
    register(client, &Environment::default(), adapters, &mut problems)
        .ok_or_else(|| BuildError::new(problems))
}

/// Joins `client` with its variables. What is wrong goes to `problems`.
pub(super) fn register(
    client: Client,
    environment: &Environment,
    adapters: &Adapters,
    problems: &mut Vec<BuildProblem>,
) -> Option<Registration> {
    let before = problems.len();
    let Client {
        provider,
        credentials,
        mut overrides,
    } = client;
    let id = overrides
        .id
        .take()
        .unwrap_or_else(|| provider.id.to_owned());
    if !is_registration_id(&id) {
        problems.push(BuildProblem::ProviderIdInvalid { id });
        return None;
    }
    let client_auth = overrides.client_auth.unwrap_or(provider.client_auth);
    let identity = Identity {
        id: &id,
        client_auth,
        sign: provider.hooks.client_secret,
        environment,
    }
    .resolve(credentials, problems);

    let draft = Draft {
        id: &id,
        provider: &provider,
        environment,
        plain_http: if overrides.plain_http {
            PlainHttp::Everywhere
        } else {
            PlainHttp::LoopbackOnly
        },
    };
    let mut authorization_params = draft.authorization_params(&mut overrides, problems);
    let outbound = adapters.outbound(draft.plain_http);
    let issuer = draft.setting(overrides.issuer.take(), "ISSUER");
    let base_url = draft.setting(overrides.base_url.take(), "BASE_URL");
    if let Some(text) = &base_url
        && Issuer::parse(text, draft.plain_http).is_err()
    {
        problems.push(BuildProblem::UrlInvalid {
            provider: id.clone(),
            setting: "BASE_URL",
        });
        return None;
    }
    let location = Location {
        id: &id,
        provider: &provider,
        plain_http: draft.plain_http,
        issuer: issuer.as_deref(),
        base_url: base_url.as_deref(),
    };
    let server = match provider.protocol {
        Protocol::Oidc { issuer: own, .. } => {
            let client_id = identity.as_ref().map(|(client_id, _)| client_id.as_str());
            location.issuer(own, client_id).map(|issuer| {
                let base = issuer.to_string();
                for (_, value) in &mut authorization_params {
                    if value == "{issuer}" {
                        value.clone_from(&base);
                    }
                }
                let metadata = adapters.remote(issuer, &provider, draft.plain_http, &outbound);
                (draft.oidc_server(&overrides, metadata), base)
            })
        }
        Protocol::OAuth2 {
            endpoints,
            issuer: own,
            ..
        } => draft.oauth2_server(&mut overrides, &location, &endpoints, own),
    };
    let (server, base) = server.map_err(|problem| problems.push(problem)).ok()?;
    let api_key = provider.api_key_header.and_then(|header| {
        let key = overrides
            .api_key
            .take()
            .or_else(|| environment.of_provider(&id, "API_KEY").map(Secret::from))?;
        Some((header, key))
    });
    let (client_id, client_secret) = identity?;
    if problems.len() > before {
        return None;
    }
    let name = draft
        .setting(overrides.name.take(), "NAME")
        .unwrap_or_else(|| provider.name.to_owned());
    let own_scopes = || provider.scopes.iter().map(|&scope| scope.to_owned());
    Some(Registration {
        id,
        name,
        client_id,
        client_secret,
        client_auth,
        scopes: overrides.scopes.unwrap_or_else(|| own_scopes().collect()),
        authorization_params,
        response_mode: overrides.response_mode.unwrap_or(provider.response_mode),
        api_key,
        base,
        server,
        outbound,
        provider,
    })
}

/// What every part of a registration in the making looks at.
struct Draft<'a> {
    id: &'a str,
    provider: &'a Provider,
    environment: &'a Environment,
    plain_http: PlainHttp,
}

impl Draft<'_> {
    /// What the application set, or else the variable with this suffix.
    fn setting(&self, set: Option<String>, suffix: &str) -> Option<String> {
        let variable = || self.environment.of_provider(self.id, suffix);
        set.or_else(|| variable().map(str::to_owned))
    }

    /// The provider's parameters, then the application's, none of them the protocol's.
    fn authorization_params(
        &self,
        overrides: &mut ClientOverrides,
        problems: &mut Vec<BuildProblem>,
    ) -> Vec<(String, String)> {
        let params: Vec<(String, String)> = self
            .provider
            .authorization_params
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .chain(overrides.authorization_params.drain(..))
            .collect();
        for (name, _) in &params {
            if RESERVED_PARAMS.contains(&name.as_str()) {
                problems.push(BuildProblem::ParameterReserved {
                    provider: self.id.to_owned(),
                    parameter: name.clone(),
                });
            }
        }
        params
    }

    fn oidc_server(&self, overrides: &ClientOverrides, metadata: Arc<RemoteMetadata>) -> Server {
        Server::Oidc {
            metadata,
            signing_algorithm: overrides
                .signing_algorithm
                .unwrap_or(self.provider.signing_algorithm),
            profile_source: overrides
                .profile_source
                .unwrap_or(self.provider.profile_source),
        }
    }

    /// The endpoints of an OAuth 2.0 server, and the address below which pictures may lie.
    fn oauth2_server(
        &self,
        overrides: &mut ClientOverrides,
        location: &Location<'_>,
        endpoints: &Endpoints,
        issuer: Option<&str>,
    ) -> Result<(Server, String), BuildProblem> {
        let (resolved, at) = location.endpoints(endpoints)?;
        let endpoint = |own: Option<String>, usual: Url, setting| match own {
            Some(text) => location.endpoint(&text, setting),
            None => Ok(usual),
        };
        let userinfo = self.setting(overrides.userinfo_endpoint.take(), "USERINFO_URL");
        let userinfo_endpoint = endpoint(userinfo, resolved.userinfo, "USERINFO_URL")?;
        let authorization_endpoint = endpoint(
            overrides.authorization_endpoint.take(),
            resolved.authorization,
            ".authorization_endpoint(..)",
        )?;
        let base = at
            .map(str::to_owned)
            .unwrap_or_else(|| userinfo_endpoint.origin().ascii_serialization());
        let server = Server::OAuth2 {
            authorization_endpoint,
            token_endpoint: resolved.token,
            userinfo_endpoint,
            issuer: issuer.map(|own| match at {
                Some(at) => rebase(own, at),
                None => own.to_owned(),
            }),
        };
        Ok((server, base))
    }
}

/// Whether `id` may stand in a path: what a provider's id may be, and `_`.
pub(crate) fn is_registration_id(id: &str) -> bool {
    !id.is_empty()
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b))
}

#[cfg(test)]
mod tests;
