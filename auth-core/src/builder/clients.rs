//! Joins each [`Client`] with its variables into a [`Registration`].

use std::sync::Arc;

use super::environment::Environment;
use super::identity::Identity;
use super::location::Location;
use super::problem::BuildProblem;
use crate::http::{HttpClient, Outbound, PlainHttp};
use crate::oauth::authorization_request::RESERVED_PARAMS;
use crate::oidc::RemoteMetadata;
use crate::oidc::discovery::Issuer;
use crate::provider::{Client, Protocol, Registration, Server, rebase};
use crate::secret::Secret;
use crate::spawn::Spawn;
use crate::time::Clock;

/// What registrations need from outside.
pub(super) struct Adapters {
    pub(super) http_client: Arc<dyn HttpClient>,
    pub(super) spawn: Arc<dyn Spawn>,
    pub(super) clock: Arc<dyn Clock>,
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
        overrides,
    } = client;
    let id = overrides.id.unwrap_or_else(|| provider.id.to_owned());
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

    let mut params: Vec<(String, String)> = provider
        .authorization_params
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .chain(overrides.authorization_params)
        .collect();
    for (name, _) in &params {
        if RESERVED_PARAMS.contains(&name.as_str()) {
            problems.push(BuildProblem::ParameterReserved {
                provider: id.clone(),
                parameter: name.clone(),
            });
        }
    }

    let plain_http = if overrides.plain_http {
        PlainHttp::Everywhere
    } else {
        PlainHttp::LoopbackOnly
    };
    let outbound = Outbound::new(Arc::clone(&adapters.http_client), plain_http);
    let issuer = overrides
        .issuer
        .or_else(|| environment.of_provider(&id, "ISSUER").map(str::to_owned));
    let base_url = overrides
        .base_url
        .or_else(|| environment.of_provider(&id, "BASE_URL").map(str::to_owned));
    if let Some(text) = &base_url
        && Issuer::parse(text, plain_http).is_err()
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
        plain_http,
        issuer: issuer.as_deref(),
        base_url: base_url.as_deref(),
    };
    let mut base = String::new();
    let server = match provider.protocol {
        Protocol::Oidc { issuer: own, .. } => {
            let client_id = identity.as_ref().map(|(client_id, _)| client_id.as_str());
            location.issuer(own, client_id).map(|issuer| {
                base = issuer.to_string();
                for (_, value) in &mut params {
                    if value == "{issuer}" {
                        value.clone_from(&base);
                    }
                }
                Server::Oidc {
                    metadata: RemoteMetadata::new(
                        issuer,
                        outbound.clone(),
                        Arc::clone(&adapters.clock),
                        Arc::clone(&adapters.spawn),
                    ),
                    signing_algorithm: overrides
                        .signing_algorithm
                        .unwrap_or(provider.signing_algorithm),
                    profile_source: overrides.profile_source.unwrap_or(provider.profile_source),
                }
            })
        }
        Protocol::OAuth2 {
            endpoints,
            issuer: response_issuer,
            ..
        } => location.endpoints(&endpoints).and_then(|(resolved, at)| {
            let own = overrides.userinfo_endpoint.or_else(|| {
                environment
                    .of_provider(&id, "USERINFO_URL")
                    .map(str::to_owned)
            });
            let userinfo_endpoint = match own {
                Some(text) => location.endpoint(&text, "USERINFO_URL")?,
                None => resolved.userinfo,
            };
            let authorization_endpoint = match overrides.authorization_endpoint {
                Some(text) => location.endpoint(&text, ".authorization_endpoint(..)")?,
                None => resolved.authorization,
            };
            base = at
                .map(str::to_owned)
                .unwrap_or_else(|| userinfo_endpoint.origin().ascii_serialization());
            Ok(Server::OAuth2 {
                authorization_endpoint,
                token_endpoint: resolved.token,
                userinfo_endpoint,
                issuer: response_issuer.map(|own| match at {
                    Some(at) => rebase(own, at),
                    None => own.to_owned(),
                }),
            })
        }),
    };
    let server = server.map_err(|problem| problems.push(problem)).ok()?;
    let api_key = provider.api_key_header.and_then(|header| {
        let key = overrides
            .api_key
            .or_else(|| environment.of_provider(&id, "API_KEY").map(Secret::from))?;
        Some((header, key))
    });
    let (client_id, client_secret) = identity?;
    if problems.len() > before {
        return None;
    }
    let name = overrides
        .name
        .or_else(|| environment.of_provider(&id, "NAME").map(str::to_owned))
        .unwrap_or_else(|| provider.name.to_owned());
    let scopes = overrides.scopes.unwrap_or_else(|| {
        provider
            .scopes
            .iter()
            .map(|scope| (*scope).to_owned())
            .collect()
    });
    Some(Registration {
        id,
        name,
        provider,
        client_id,
        client_secret,
        client_auth,
        scopes,
        authorization_params: params,
        response_mode: overrides.response_mode.unwrap_or(provider.response_mode),
        api_key,
        base,
        server,
        outbound,
    })
}

/// Whether `id` may stand in a path: what a provider's id may be, and `_`.
fn is_registration_id(id: &str) -> bool {
    !id.is_empty()
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b))
}
