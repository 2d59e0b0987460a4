//! [`AuthBuilder`], and every check that turns it into an [`Auth`].

mod adapters;
mod clients;
mod cookies;
pub(crate) mod environment;
mod identity;
pub(crate) mod languages;
mod location;
mod options;
mod pages;
mod problem;
mod redirect_proxy;
pub(crate) mod settings;
#[cfg(test)]
mod tests;
mod theme;

use std::collections::BTreeSet;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

pub use pages::Pages;
pub use problem::{BuildError, BuildProblem, CookieProblem};
pub use theme::Theme;

pub(crate) use self::adapters::Adapters;
pub(crate) use self::clients::{is_registration_id, register_resolved};
use self::cookies::CookieSettings;
use self::environment::{Environment, PROVIDER_SUFFIXES};
use self::redirect_proxy::RedirectProxySettings;
use self::settings::{OriginSettings, SecretSettings};
use crate::account::{Directory, Users};
use crate::auth::{Auth, Parts};
use crate::callbacks::{Callbacks, ErasedCallbacks, NoCallbacks};
use crate::events::{Events, Listener};
use crate::http::HttpClient;
use crate::last_provider::LastProvider;
use crate::page::Language;
use crate::provider::{Client, Provider, ResponseMode};
use crate::providers;
use crate::resolve::{Clients, DynResolveClient, Resolver};
use crate::secret::Secret;
use crate::session::{JwtSettings, SessionIds};
use crate::spawn::Spawn;
use crate::time::{Clock, SystemClock};

/// Collects the configuration; [`build`](Self::build) checks all of it at once.
///
/// `A` is what is built: core's [`Auth`], or the type that an adapter wraps around it.
#[must_use]
pub struct AuthBuilder<A = Auth> {
    http_client: Arc<dyn HttpClient>,
    spawn: Arc<dyn Spawn>,
    clock: Arc<dyn Clock>,
    clients: Vec<Client>,
    from_env: Vec<Provider>,
    secrets: Vec<Secret<String>>,
    prefix: Option<String>,
    origins: Vec<String>,
    trust_host: Option<bool>,
    callbacks: ErasedCallbacks,
    events: Listener,
    users: Option<Users>,
    pages: Pages,
    theme: Theme,
    languages: Option<Vec<Language>>,
    sessions: JwtSettings,
    session_ids: SessionIds,
    cookies: CookieSettings,
    last_provider: LastProvider,
    redirect_proxy: RedirectProxySettings,
    resolver: Option<Arc<dyn DynResolveClient>>,
    environment: Option<Environment>,
    allow_release: bool,
    built: PhantomData<fn() -> A>,
}

impl<A: From<Auth>> AuthBuilder<A> {
    /// A builder that calls other servers through `http_client` and detaches work by `spawn`.
    pub fn with_adapters(http_client: impl HttpClient, spawn: impl Spawn) -> Self {
        Self {
            http_client: Arc::new(http_client),
            spawn: Arc::new(spawn),
            clock: Arc::new(SystemClock),
            clients: Vec::new(),
            from_env: Vec::new(),
            secrets: Vec::new(),
            prefix: None,
            origins: Vec::new(),
            trust_host: None,
            callbacks: Arc::new(NoCallbacks),
            events: Listener::default(),
            users: None,
            pages: Pages::new(),
            theme: Theme::new(),
            languages: None,
            sessions: JwtSettings::default(),
            session_ids: SessionIds::default(),
            cookies: CookieSettings::default(),
            last_provider: LastProvider::default(),
            redirect_proxy: RedirectProxySettings::default(),
            resolver: None,
            environment: None,
            allow_release: false,
            built: PhantomData,
        }
    }

    /// Adds a provider: a bare [`Provider`], whose credentials are read from `AUTH_<ID>_ID` and
    /// `AUTH_<ID>_SECRET`, or a [`Client`] that holds them.
    pub fn provider(mut self, client: impl Into<Client>) -> Self {
        self.clients.push(client.into());
        self
    }

    /// Adds every one of `providers` of which a variable is set.
    pub fn providers_from_env(mut self, providers: &[Provider]) -> Self {
        self.from_env.extend_from_slice(providers);
        self
    }

    /// The secret that seals cookies, at least 32 bytes. Default: `AUTH_SECRET` and
    /// `AUTH_SECRET_1` to `_3`, of which the highest number encrypts and all decrypt.
    pub fn secret(self, secret: impl Into<Secret<String>>) -> Self {
        self.secrets([secret])
    }

    /// Several secrets: the first encrypts, all decrypt. One that only decrypts may be shorter
    /// than 32 bytes, with a warning.
    pub fn secrets<S: Into<Secret<String>>>(
        mut self,
        secrets: impl IntoIterator<Item = S>,
    ) -> Self {
        self.secrets = secrets.into_iter().map(Into::into).collect();
        self
    }

    /// The path under which the routes are mounted. Default: the path of `AUTH_URL`, else
    /// `/api/auth`.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = Some(prefix.into());
        self
    }

    /// The origins under which browsers see this server: `https://app.example`. Default:
    /// `AUTH_URL`; without that, the `Host` of requests that stay on loopback.
    pub fn origins<S: Into<String>>(mut self, origins: impl IntoIterator<Item = S>) -> Self {
        self.origins = origins.into_iter().map(Into::into).collect();
        self
    }

    /// Whether a proxy in front sets `X-Forwarded-Host` and `X-Forwarded-Proto`, and removes what
    /// visitors send under these names. Default: `AUTH_TRUST_HOST`, else false.
    ///
    /// # Security
    /// Where no proxy removes them, any visitor can have links and redirects point to a host of
    /// their choice. Prefer [`origins`](Self::origins) or `AUTH_URL`.
    pub fn trust_host(mut self, trust: bool) -> Self {
        self.trust_host = Some(trust);
        self
    }

    /// The decisions of the application. Default: everybody may sign in, nobody has a role.
    pub fn callbacks(mut self, callbacks: impl Callbacks) -> Self {
        self.callbacks = Arc::new(callbacks);
        self
    }

    /// What the application hears of sign-ins and sessions. Default: nothing.
    pub fn events(mut self, events: impl Events) -> Self {
        self.events = Listener::new(events);
        self
    }

    /// Where users and their accounts are kept: a store, or [`Users`] that says more. Default:
    /// nowhere. Each account at a provider is a user of its own, who exists in their session only.
    ///
    /// Sessions stay in encrypted cookies; `sub` is the id of the user in the store.
    pub fn users(mut self, users: impl Into<Users>) -> Self {
        self.users = Some(users.into());
        self
    }

    /// Pages of the application in place of the built-in ones. Default: the built-in pages.
    pub fn pages(mut self, pages: Pages) -> Self {
        self.pages = pages;
        self
    }

    /// The look of the built-in pages. Default: blue buttons, no logo, light or dark as the
    /// visitor's system says.
    pub fn theme(mut self, theme: Theme) -> Self {
        self.theme = theme;
        self
    }

    /// How long a session lasts without a visit. Default: 30 days, as in Auth.js.
    pub fn session_max_age(mut self, max_age: Duration) -> Self {
        self.sessions.lifetime.max_age = max_age;
        self
    }

    /// How old a session cookie gets before a visit writes it anew. Default: 24 hours.
    pub fn session_update_age(mut self, update_age: Duration) -> Self {
        self.sessions.lifetime.update_age = update_age;
        self
    }

    /// How long a session lasts at most, visits or not. Default: no limit, as in Auth.js.
    pub fn session_absolute_lifetime(mut self, lifetime: Duration) -> Self {
        self.sessions.lifetime.absolute = Some(lifetime);
        self
    }

    /// How much memory may be spent on remembering opened sessions, in bytes; 0 remembers none.
    /// Default: 16 MiB, room for some 10 000 people.
    ///
    /// Opening the cookie again on every request costs several times as much CPU. Whether a session
    /// has expired or ended is looked up on every request all the same.
    pub fn session_cache(mut self, bytes: usize) -> Self {
        self.sessions.cache_bytes = bytes;
        self
    }

    /// Another clock than the system's. For tests.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Variables in place of the environment of this process. For tests, and for applications
    /// that keep their settings elsewhere.
    pub fn environment<K: Into<String>, V: Into<String>>(
        mut self,
        variables: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        self.environment = Some(variables.into_iter().collect());
        self
    }

    /// Generates a secret on loopback in a release build too.
    ///
    /// # Security
    /// A generated secret ends every session at each restart, and no other process can read the
    /// cookies. It never leaves loopback: with `AUTH_URL` or trusted proxies a secret must be set.
    pub fn danger_allow_release(mut self) -> Self {
        self.allow_release = true;
        self
    }

    /// Checks everything and makes the [`Auth`].
    ///
    /// # Errors
    /// [`BuildError`] with every problem, not just the first.
    pub fn build(self) -> Result<A, BuildError> {
        crate::oidc::install_crypto_provider();
        let environment = self
            .environment
            .unwrap_or_else(|| Environment::of_process("AUTH_"));
        let mut problems = Vec::new();
        let mut warnings = Vec::new();

        let origins = OriginSettings {
            origins: self.origins,
            prefix: self.prefix,
            trust_host: self.trust_host,
        }
        .resolve(&environment, &mut problems, &mut warnings);
        let secrets = SecretSettings {
            secrets: self.secrets,
            may_generate: origins.stays_on_loopback()
                && (cfg!(debug_assertions) || self.allow_release),
        }
        .resolve(&environment, &mut problems, &mut warnings);
        self.sessions.lifetime.check(&mut problems);
        let cookies = self.cookies.resolve(
            &origins.policy,
            &origins.prefix,
            &mut problems,
            &mut warnings,
        );
        let (pages, page_functions) = self.pages.resolve(&origins.prefix, &mut problems);
        let look = self.theme.resolve(&mut problems, &mut warnings);
        let languages = languages::resolve(self.languages, &mut problems);

        let mut clients = self.clients;
        clients.extend(
            self.from_env
                .into_iter()
                .filter(|provider| {
                    PROVIDER_SUFFIXES
                        .iter()
                        .any(|suffix| environment.of_provider(provider.id, suffix).is_some())
                })
                .map(Client::from),
        );
        let spawn = Arc::clone(&self.spawn);
        let adapters = Adapters::new(self.http_client, self.spawn, Arc::clone(&self.clock));
        let registrations: Vec<_> = clients
            .into_iter()
            .filter_map(|client| clients::register(client, &environment, &adapters, &mut problems))
            .collect();
        let mut ids: BTreeSet<String> = BTreeSet::new();
        for registration in &registrations {
            if !ids.insert(registration.id.clone()) {
                problems.push(BuildProblem::ProviderIdRepeated {
                    id: registration.id.clone(),
                });
            }
        }
        let users = self.users;
        for id in users.iter().flat_map(|users| &users.trusted) {
            // One that is found at run time is not known yet.
            if self.resolver.is_none() && !ids.contains(id) {
                problems.push(BuildProblem::TrustedProviderUnknown { id: id.clone() });
            }
        }
        if registrations.is_empty() && self.resolver.is_none() && problems.is_empty() {
            warnings.push("no provider is registered: nobody can sign in".to_owned());
        }
        ids.extend(providers::ALL.iter().map(|provider| provider.id.to_owned()));
        warnings.extend(environment.suspicions(&ids));

        let redirect_proxy = self.redirect_proxy.check(
            &environment,
            &origins.policy,
            &origins.prefix,
            &mut problems,
            &mut warnings,
        );
        if redirect_proxy.is_some() {
            let by_post = registrations
                .iter()
                .filter(|it| it.response_mode == ResponseMode::FormPost);
            warnings.extend(by_post.map(|it| {
                let id = &it.id;
                format!("provider `{id}` answers by form_post, which no redirect proxy passes on")
            }));
        }

        let Some(secrets) = secrets.filter(|_| problems.is_empty()) else {
            return Err(BuildError::new(problems));
        };
        for warning in &warnings {
            tracing::warn!(target: "auth", "{warning}");
        }
        let events = self.events;
        let directory = users.map(|users| Directory::new(users, spawn, events.clone()));
        Ok(A::from(Auth::new(Parts {
            prefix: origins.prefix,
            origins: origins.policy,
            redirect_proxy: redirect_proxy.map(|proxy| proxy.with(&secrets)),
            secrets,
            clients: Clients::new(
                registrations,
                self.resolver.map(|resolve| Resolver { resolve, adapters }),
            ),
            callbacks: self.callbacks,
            events,
            directory,
            pages,
            page_functions,
            look,
            languages,
            clock: self.clock,
            sessions: self.sessions,
            session_ids: self.session_ids,
            cookies,
            last_provider: self.last_provider,
            warnings,
        })))
    }
}
