//! [`AuthKitBuilder`]: collects the configuration of [`AuthKit`].

use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use super::hooks::{AuthKitHooks, ErasedHooks, NoHooks};
use super::kit::{AuthKit, Parts};
use super::settings::Settings;
use crate::builder::environment::Environment;
use crate::builder::{BuildError, BuildProblem, Theme, languages};
use crate::component::Html;
use crate::cookie::SameSite;
use crate::http::HttpClient;
use crate::page::{ErrorView, Language, PageFunctions, SignOutView};
use crate::secret::Secret;
use crate::session::DEFAULT_CACHE_BYTES;
use crate::spawn::Spawn;
use crate::time::{Clock, SystemClock};

/// Collects the configuration; [`build`](Self::build) checks all of it at once.
///
/// Whatever is not set comes from the `WORKOS_*` variable that its setter names. `A` is what is
/// built: core's [`AuthKit`], or the type that an adapter wraps around it.
#[must_use]
pub struct AuthKitBuilder<A = AuthKit> {
    http_client: Arc<dyn HttpClient>,
    spawn: Arc<dyn Spawn>,
    clock: Arc<dyn Clock>,
    settings: Settings,
    hooks: ErasedHooks,
    theme: Theme,
    languages: Option<Vec<Language>>,
    page_functions: PageFunctions,
    session_cache: usize,
    environment: Option<Environment>,
    built: PhantomData<fn() -> A>,
}

impl<A: From<AuthKit>> AuthKitBuilder<A> {
    /// A builder that calls WorkOS through `http_client` and detaches work by `spawn`.
    pub fn with_adapters(http_client: impl HttpClient, spawn: impl Spawn) -> Self {
        Self {
            http_client: Arc::new(http_client),
            spawn: Arc::new(spawn),
            clock: Arc::new(SystemClock),
            settings: Settings::default(),
            hooks: Arc::new(NoHooks),
            theme: Theme::new(),
            languages: None,
            page_functions: PageFunctions::default(),
            session_cache: DEFAULT_CACHE_BYTES,
            environment: None,
            built: PhantomData,
        }
    }

    /// The API key of the environment: `sk_…`. Default: `WORKOS_API_KEY`.
    pub fn api_key(mut self, api_key: impl Into<Secret<String>>) -> Self {
        self.settings.api_key = Some(api_key.into());
        self
    }

    /// The client id of the environment: `client_…`. Default: `WORKOS_CLIENT_ID`.
    pub fn client_id(mut self, client_id: impl Into<String>) -> Self {
        self.settings.client_id = Some(client_id.into());
        self
    }

    /// Where WorkOS sends the browser after a sign-in, as the dashboard has it. Its path becomes
    /// the route of the callback; its origin is the one under which browsers see this server, and
    /// decides whether cookies are `Secure`. Default: `WORKOS_REDIRECT_URI`.
    pub fn redirect_uri(mut self, redirect_uri: impl Into<String>) -> Self {
        self.settings.redirect_uri = Some(redirect_uri.into());
        self
    }

    /// The password that seals the session, at least 32 characters. The same one as in the
    /// applications that share it. Default: `WORKOS_COOKIE_PASSWORD`.
    pub fn cookie_password(self, password: impl Into<Secret<String>>) -> Self {
        self.cookie_passwords([("1", password)])
    }

    /// Passwords by number, to change one without signing everybody out: the highest number seals,
    /// each opens. A session that an older one sealed is sealed anew when it is seen.
    pub fn cookie_passwords<I: Into<String>, P: Into<Secret<String>>>(
        mut self,
        passwords: impl IntoIterator<Item = (I, P)>,
    ) -> Self {
        self.settings.cookie_passwords = passwords
            .into_iter()
            .map(|(id, password)| (id.into(), password.into()))
            .collect();
        self
    }

    /// The name of the session cookie. Default: `WORKOS_COOKIE_NAME`, else `wos-session`. Names that
    /// begin with `__`, `wos-language` or `wos-auth-verifier` are refused.
    pub fn cookie_name(mut self, name: impl Into<String>) -> Self {
        self.settings.cookie_name = Some(name.into());
        self
    }

    /// The domain whose hosts all get the cookies. Default: `WORKOS_COOKIE_DOMAIN`, else the host
    /// of the redirect URI alone.
    ///
    /// # Security
    /// Every host below the domain gets the session, and any of them can set cookies that this one
    /// reads.
    pub fn cookie_domain(mut self, domain: impl Into<String>) -> Self {
        self.settings.cookie_domain = Some(domain.into());
        self
    }

    /// How long the browser keeps the session cookie. How long the session lasts is decided in the
    /// dashboard. Default: `WORKOS_COOKIE_MAX_AGE` (in seconds), else 400 days.
    pub fn cookie_max_age(mut self, max_age: Duration) -> Self {
        self.settings.cookie_max_age = Some(max_age);
        self
    }

    /// Whether requests from other sites carry the session. Default: `WORKOS_COOKIE_SAMESITE` or
    /// `WORKOS_COOKIE_SAME_SITE`, else `Lax`.
    pub fn cookie_same_site(mut self, same_site: SameSite) -> Self {
        self.settings.cookie_same_site = Some(same_site);
        self
    }

    /// Where the API is. Default: `WORKOS_API_HOSTNAME`, else `api.workos.com`.
    pub fn api_hostname(mut self, hostname: impl Into<String>) -> Self {
        self.settings.api_hostname = Some(hostname.into());
        self
    }

    /// Whether the API is called by https; without it only on loopback, where an emulator may be.
    /// Default: `WORKOS_API_HTTPS`, else true.
    pub fn api_https(mut self, https: bool) -> Self {
        self.settings.api_https = Some(https);
        self
    }

    /// The port of the API. Default: `WORKOS_API_PORT`, else that of the scheme.
    pub fn api_port(mut self, port: u16) -> Self {
        self.settings.api_port = Some(port);
        self
    }

    /// The issuers whose access tokens are accepted. Default: `WORKOS_ISSUER` (separated by
    /// commas), else the API itself and `{api}/user_management/{client_id}`. Needed with a custom
    /// authentication domain.
    pub fn issuers<S: Into<String>>(mut self, issuers: impl IntoIterator<Item = S>) -> Self {
        self.settings.issuers = issuers.into_iter().map(Into::into).collect();
        self
    }

    /// The path where a sign-in begins; the dashboard's "Sign-in endpoint" must name it, for
    /// invitations, password resets and impersonation start there. Default: `/sign-in`.
    pub fn sign_in_path(mut self, path: impl Into<String>) -> Self {
        self.settings.sign_in_path = path.into();
        self
    }

    /// The path where a sign-up begins. Default: `/sign-up`.
    pub fn sign_up_path(mut self, path: impl Into<String>) -> Self {
        self.settings.sign_up_path = path.into();
        self
    }

    /// The path to post to in order to sign out. Default: `/sign-out`.
    pub fn sign_out_path(mut self, path: impl Into<String>) -> Self {
        self.settings.sign_out_path = path.into();
        self
    }

    /// The path that tells scripts who is signed in. Default: `/_authkit/me`.
    pub fn me_path(mut self, path: impl Into<String>) -> Self {
        self.settings.me_path = path.into();
        self
    }

    /// Where the browser goes after a sign-in that nothing asked for. Default: `/dashboard`.
    pub fn after_sign_in(mut self, path: impl Into<String>) -> Self {
        self.settings.after_sign_in = path.into();
        self
    }

    /// Where the browser goes after a sign-out that does not say so. The dashboard must list the
    /// URL among the sign-out redirects. Default: `/`.
    pub fn after_sign_out(mut self, path: impl Into<String>) -> Self {
        self.settings.after_sign_out = path.into();
        self
    }

    /// How long before its end an access token is refreshed. Zero: not before it has expired.
    /// Default: 60 seconds, and 30 for a token that lasts five minutes or less, which is what
    /// WorkOS issues unless the dashboard says otherwise.
    pub fn refresh_buffer(mut self, buffer: Duration) -> Self {
        self.settings.refresh_buffer = Some(buffer);
        self
    }

    /// Whether an access token in `Authorization: Bearer` is as good as a session cookie: for
    /// native applications and scripts. Default: false.
    ///
    /// A request with such a header is judged by it alone. Nothing is refreshed: whoever holds the
    /// token has to.
    pub fn bearer_tokens(mut self, accepted: bool) -> Self {
        self.settings.bearer_tokens = accepted;
        self
    }

    /// What the application does at the end of a sign-in. Default: nothing.
    pub fn hooks(mut self, hooks: impl AuthKitHooks) -> Self {
        self.hooks = Arc::new(hooks);
        self
    }

    /// The look of the page of errors and of the one that asks before a sign-out. How the hosted
    /// pages look is decided in the dashboard. Default: as in [`Theme::new`].
    pub fn theme(mut self, theme: Theme) -> Self {
        self.theme = theme;
        self
    }

    /// A function in place of the built-in page that asks before a sign-out; see
    /// [`Pages::render_sign_out`](crate::Pages::render_sign_out).
    pub fn render_sign_out(
        mut self,
        render: impl Fn(&SignOutView<'_>) -> Html + Send + Sync + 'static,
    ) -> Self {
        self.page_functions.sign_out = Some(Arc::new(render));
        self
    }

    /// A function in place of the built-in error page; see
    /// [`Pages::render_error`](crate::Pages::render_error).
    pub fn render_error(
        mut self,
        render: impl Fn(&ErrorView<'_>) -> Html + Send + Sync + 'static,
    ) -> Self {
        self.page_functions.error = Some(Arc::new(render));
        self
    }

    /// What the page of errors and the one that asks before a sign-out can be read in; see
    /// [`AuthBuilder::languages`](crate::AuthBuilder::languages). Default: [`Language::ALL`].
    pub fn languages(mut self, languages: impl IntoIterator<Item = Language>) -> Self {
        self.languages = Some(languages.into_iter().collect());
        self
    }

    /// How much memory may be spent on remembering opened sessions, in bytes; 0 remembers none. A
    /// quarter of it is spent besides on access tokens that were verified. Default: 16 MiB.
    pub fn session_cache(mut self, bytes: usize) -> Self {
        self.session_cache = bytes;
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

    /// Checks everything and makes the [`AuthKit`].
    ///
    /// # Errors
    /// [`BuildError`] with every problem, not just the first.
    pub fn build(self) -> Result<A, BuildError> {
        crate::oidc::install_crypto_provider();
        let environment = self
            .environment
            .unwrap_or_else(|| Environment::of_process("WORKOS_"));
        let mut problems: Vec<BuildProblem> = Vec::new();
        let mut warnings = Vec::new();
        let resolved = self
            .settings
            .resolve(&environment, &mut problems, &mut warnings);
        let look = self.theme.resolve(&mut problems, &mut warnings);
        let languages = languages::resolve(self.languages, &mut problems);
        let Some(resolved) = resolved.filter(|_| problems.is_empty()) else {
            return Err(BuildError::new(problems));
        };
        for warning in &warnings {
            tracing::warn!(target: "auth", "{warning}");
        }
        Ok(A::from(AuthKit::new(Parts {
            resolved,
            http_client: self.http_client,
            spawn: self.spawn,
            clock: self.clock,
            hooks: self.hooks,
            look,
            languages,
            page_functions: self.page_functions,
            session_cache: self.session_cache,
            warnings,
        })))
    }
}
