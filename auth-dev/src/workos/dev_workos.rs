//! [`DevWorkOs`]: the running service, as a program or a test holds it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use url::Url;

use super::api_keys::ApiKey;
use super::authorize::{AuthorizationRequest, Refusal, Refused};
use super::builder::DevWorkOsBuilder;
use super::directory::User;
use super::faults::{Endpoint, Fault};
use super::log::Grant;
use super::sign_in::SignedIn;
use super::state::State;
use super::totp;
use super::users::UserRecord;
use crate::builder::DevProviderError;
use crate::keys::{Algorithm, KeySet};
use crate::params::Params;
use crate::server::Server;
use crate::state::lock;

/// WorkOS on a loopback port, in this process. Stops when dropped.
///
/// # Security
/// Whoever can reach it signs in as anybody: it listens on 127.0.0.1 only, and refuses to start
/// in a release build.
#[must_use = "the service stops when dropped"]
pub struct DevWorkOs {
    state: Arc<State>,
    port: u16,
    _server: Server,
}

impl DevWorkOs {
    /// Starts on a free port, with *Ada Admin* and *Bob Basic*, and the organisations *Acme* and
    /// *Beta*.
    ///
    /// # Errors
    /// As [`DevWorkOsBuilder::start`].
    pub fn start() -> Result<Self, DevProviderError> {
        Self::builder().start()
    }

    /// Settings, before it starts.
    pub fn builder() -> DevWorkOsBuilder {
        DevWorkOsBuilder::default()
    }

    pub(crate) fn running(state: Arc<State>, port: u16, server: Server) -> Self {
        Self {
            state,
            port,
            _server: server,
        }
    }

    /// Where it is: `http://127.0.0.1:<port>`.
    pub fn origin(&self) -> &str {
        &self.state.origin
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The id of the environment.
    pub fn client_id(&self) -> &str {
        &self.state.client_id
    }

    /// The secret key.
    pub fn api_key(&self) -> &str {
        self.state.api_key.expose()
    }

    /// The `iss` of its access tokens.
    pub fn issuer(&self) -> &str {
        &self.state.issuer
    }

    /// What an application has in its environment to be sent here: `WORKOS_API_KEY`,
    /// `WORKOS_CLIENT_ID`, `WORKOS_API_HOSTNAME`, `WORKOS_API_HTTPS` and `WORKOS_API_PORT`; and a
    /// `WORKOS_COOKIE_PASSWORD`, a random one. Only `WORKOS_REDIRECT_URI` is its own to know.
    pub fn environment(&self) -> [(&'static str, String); 6] {
        let cookie_password = self.state.cookie_password.expose().clone();
        [
            ("WORKOS_API_KEY", self.api_key().to_owned()),
            ("WORKOS_CLIENT_ID", self.client_id().to_owned()),
            ("WORKOS_API_HOSTNAME", "127.0.0.1".to_owned()),
            ("WORKOS_API_HTTPS", "false".to_owned()),
            ("WORKOS_API_PORT", self.port.to_string()),
            ("WORKOS_COOKIE_PASSWORD", cookie_password),
        ]
    }

    /// Replaces the signing key. The old one leaves the key set at once.
    ///
    /// # Errors
    /// [`DevProviderError::Keys`].
    pub fn rotate_keys(&self) -> Result<(), DevProviderError> {
        let keys = KeySet::generate(Algorithm::Rs256).map_err(|_| DevProviderError::Keys)?;
        *lock(&self.state.keys) = keys;
        Ok(())
    }

    /// Moves its clock on, by whole seconds: codes expire, and the grace of refresh tokens ends.
    pub fn advance(&self, by: Duration) {
        self.state.ahead.fetch_add(by.as_secs(), Ordering::SeqCst);
    }

    /// Makes the next request to `endpoint` fail.
    pub fn fail_next(&self, endpoint: Endpoint, fault: Fault) {
        lock(&self.state.faults).next(endpoint, fault);
    }

    /// Makes every request to `endpoint` fail until [`heal`](Self::heal).
    pub fn fail_always(&self, endpoint: Endpoint, fault: Fault) {
        lock(&self.state.faults).always(endpoint, fault);
    }

    /// Forgets the faults asked for.
    pub fn heal(&self) {
        lock(&self.state.faults).clear();
    }

    /// How many requests came to `endpoint`, those that failed on purpose included.
    pub fn requests(&self, endpoint: Endpoint) -> usize {
        lock(&self.state.log).requests(endpoint)
    }

    /// The last 1000 requests for tokens, oldest first, without anything secret. Those that failed
    /// on purpose before they were read are not among them.
    pub fn grants(&self) -> Vec<Grant> {
        lock(&self.state.log).grants()
    }

    /// Adds a user, or changes the one with the same id.
    pub fn put_user(&self, user: User) {
        let mut records = lock(&self.state.records);
        match records.user_mut(&user.id) {
            Ok(record) => record.user = user,
            Err(_) => records.users.push(UserRecord::new(user, self.state.now())),
        }
    }

    /// Ends every session of the user with this address, as the dashboard does.
    pub fn end_sessions(&self, email: &str) {
        let mut records = lock(&self.state.records);
        if let Some(user_id) = records.user_id_by_email(email) {
            records.end_sessions_of(&user_id, self.state.now());
        }
    }

    /// What was mailed last to an address: a code, or the token to set a new password.
    pub fn last_mail(&self, email: &str) -> Option<String> {
        lock(&self.state.records).last_mail(email)
    }

    /// The code that the user's authenticator application shows now.
    pub fn totp(&self, email: &str) -> Option<String> {
        let records = lock(&self.state.records);
        let user_id = &records.user_by_email(email)?.user.id;
        let factor = records.factors_of(user_id).last()?;
        totp::code(factor.secret.expose(), self.state.now())
    }

    /// Gives an organisation a new API key; its value.
    pub fn create_api_key(
        &self,
        organization_id: &str,
        name: &str,
        permissions: impl IntoIterator<Item = impl Into<String>>,
    ) -> String {
        let permissions = permissions.into_iter().map(Into::into).collect();
        let key = ApiKey::new(organization_id, name, permissions, self.state.now());
        let value = key.value.expose().clone();
        lock(&self.state.records).api_keys.push(key);
        value
    }

    /// Has the user with this address allow the device that shows `user_code`; whether one does.
    pub fn approve_device(&self, user_code: &str, email: &str) -> bool {
        let mut records = lock(&self.state.records);
        let user_id = records.user_id_by_email(email);
        user_id.is_some_and(|user_id| records.decide_device(user_code, Some(&user_id)))
    }

    /// Plays the browser: opens `authorization_url`, chooses the user with this address, in the
    /// organisation asked for or the first one, and returns the address that the browser is sent
    /// back to.
    ///
    /// # Panics
    /// If there is no such user, or a page is shown instead: see
    /// [`try_approve`](Self::try_approve).
    #[track_caller]
    pub fn approve(&self, authorization_url: &str, email: &str) -> String {
        match self.try_approve(authorization_url, email) {
            Ok(url) => url,
            Err(refused) => panic!("{refused}"),
        }
    }

    /// As [`approve`](Self::approve), for tests that expect the error page.
    ///
    /// # Errors
    /// [`Refused`] if nobody has the address, the URL is not this service's, the client is unknown,
    /// or its redirect URI is not on loopback.
    pub fn try_approve(&self, authorization_url: &str, email: &str) -> Result<String, Refused> {
        self.play(authorization_url, |request| {
            let records = lock(&self.state.records);
            let record = records.user_by_email(email).ok_or(Refused {
                reason: "nobody has that address",
            })?;
            let first = record.user.active_memberships().next();
            let signed_in = SignedIn {
                user_id: record.user.id.clone(),
                organization_id: first.map(|membership| membership.organization_id.clone()),
                auth_time: self.state.now(),
            };
            drop(records);
            Ok(request.allow(&self.state, &signed_in))
        })
    }

    /// As [`try_approve`](Self::try_approve), but presses *Cancel*: the answer is
    /// `error=access_denied`.
    ///
    /// # Errors
    /// As [`try_approve`](Self::try_approve).
    pub fn cancel(&self, authorization_url: &str) -> Result<String, Refused> {
        self.play(authorization_url, |request| {
            Ok(request.deny("access_denied", "The user cancelled."))
        })
    }

    fn play(
        &self,
        authorization_url: &str,
        decide: impl FnOnce(AuthorizationRequest) -> Result<String, Refused>,
    ) -> Result<String, Refused> {
        lock(&self.state.log).count(Endpoint::Authorize);
        let ours = format!("{}/user_management/authorize", self.state.origin);
        let url = Url::parse(authorization_url).ok();
        let url = url.filter(|url| url.as_str().split('?').next() == Some(&ours));
        let url = url.ok_or(Refused {
            reason: "the address is not this service's authorization endpoint",
        })?;
        let params = Params::parse(url.query().unwrap_or_default().as_bytes());
        match AuthorizationRequest::parse(&params, &self.state.client_id) {
            Ok(request) => decide(request),
            Err(Refusal::Answer(url)) => Ok(url),
            Err(Refusal::Page(reason)) => Err(Refused { reason }),
        }
    }
}

impl fmt::Debug for DevWorkOs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DevWorkOs")
            .field("origin", &self.state.origin)
            .finish_non_exhaustive()
    }
}
