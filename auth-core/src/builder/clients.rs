//! Joins each [`Client`] with its variables into a [`Registration`].

use std::sync::Arc;

use url::Url;

use super::environment::{Environment, provider_variable};
use super::problem::BuildProblem;
use crate::http::{HttpClient, Outbound, PlainHttp};
use crate::oauth::authorization_request::RESERVED_PARAMS;
use crate::oidc::RemoteMetadata;
use crate::oidc::discovery::Issuer;
use crate::provider::{Client, ClientAuth, Credentials, Protocol, Registration, Server};
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
    let identity = identify(&id, credentials, client_auth, environment, problems);

    let params: Vec<(String, String)> = provider
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
    let (profile, server) = match provider.protocol {
        Protocol::Oidc {
            issuer: own,
            profile,
        } => {
            let issuer = match issuer.as_deref().or(own) {
                Some(text) => {
                    Issuer::parse(text, plain_http).map_err(|_| BuildProblem::IssuerInvalid {
                        provider: id.clone(),
                    })
                }
                None => Err(BuildProblem::IssuerMissing {
                    provider: id.clone(),
                    variable: provider_variable(&id, "ISSUER"),
                }),
            };
            let server = issuer.map(|issuer| Server::Oidc {
                metadata: RemoteMetadata::new(
                    issuer,
                    outbound.clone(),
                    Arc::clone(&adapters.clock),
                    Arc::clone(&adapters.spawn),
                ),
                signing_algorithm: overrides.signing_algorithm.unwrap_or_default(),
                profile_source: overrides.profile_source.unwrap_or_default(),
            });
            (profile, server)
        }
        Protocol::OAuth2 {
            endpoints,
            issuer: response_issuer,
            profile,
        } => {
            if issuer.is_some() {
                problems.push(BuildProblem::IssuerUnexpected {
                    provider: id.clone(),
                });
            }
            let url = |text: &str| {
                // A provider's endpoints are constants, checked to be https when it was compiled.
                Url::parse(text).expect("the endpoints of a provider are URLs")
            };
            let server = Server::OAuth2 {
                authorization_endpoint: url(endpoints.authorization),
                token_endpoint: url(endpoints.token),
                userinfo_endpoint: url(endpoints.userinfo),
                issuer: response_issuer.map(str::to_owned),
            };
            (profile, Ok(server))
        }
    };
    let server = server.map_err(|problem| problems.push(problem)).ok()?;
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
        profile,
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

/// The id and secret of a client, from wherever they are.
fn identify(
    id: &str,
    credentials: Credentials,
    client_auth: ClientAuth,
    environment: &Environment,
    problems: &mut Vec<BuildProblem>,
) -> Option<(String, Option<Secret<String>>)> {
    let (client_id, client_secret) = match credentials {
        Credentials::Explicit {
            client_id,
            client_secret,
        } => {
            let given = |text: &String| !text.trim().is_empty();
            (
                Some(client_id).filter(given),
                client_secret.filter(|secret| given(secret.expose())),
            )
        }
        Credentials::Environment => (
            environment.of_provider(id, "ID").map(str::to_owned),
            environment.of_provider(id, "SECRET").map(Secret::from),
        ),
    };
    let mut missing = |suffix| {
        problems.push(BuildProblem::CredentialMissing {
            provider: id.to_owned(),
            variable: provider_variable(id, suffix),
        });
    };
    if client_id.is_none() {
        missing("ID");
    }
    let needs_secret = client_auth != ClientAuth::None;
    if needs_secret && client_secret.is_none() {
        missing("SECRET");
        return None;
    }
    Some((client_id?, client_secret.filter(|_| needs_secret)))
}
