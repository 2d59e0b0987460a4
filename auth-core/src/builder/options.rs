//! Setters for what few applications change.

use std::sync::Arc;

use super::AuthBuilder;
use crate::auth::Auth;
use crate::last_provider::LastProvider;
use crate::page::Language;
use crate::resolve::ResolveClient;
use crate::session::{SessionCodec, SessionIds};

impl<A: From<Auth>> AuthBuilder<A> {
    /// Another format for the session cookie. Default: the encrypted JWT of Auth.js.
    ///
    /// A value may take up to 39,360 characters in its cookies. Bytes other than letters, digits and
    /// `-_.!~*'()` take three each, for they are percent-encoded.
    ///
    /// # Security
    /// See [`SessionCodec`]: what it decodes is a session.
    pub fn session_codec(mut self, codec: impl SessionCodec) -> Self {
        self.sessions.codec = Some(Arc::new(codec));
        self
    }

    /// Finds clients while requests wait: tenants that live in a database. Default: the providers of
    /// this builder are all there are. With it, there need not be any.
    ///
    /// # Security
    /// See [`ResolveClient`]: who writes what it reads decides who may vouch for people.
    pub fn resolve_clients(mut self, resolver: impl ResolveClient) -> Self {
        self.resolver = Some(Arc::new(resolver));
        self
    }

    /// Whether the sign-in page marks the provider that was used last. Default:
    /// [`LastProvider::Remember`].
    pub fn last_provider(mut self, last_provider: LastProvider) -> Self {
        self.last_provider = last_provider;
        self
    }

    /// What the pages can be read in, the first for whoever wants none of the others. Default:
    /// [`Language::ALL`], which begins with English.
    ///
    /// A visitor gets the language that `ui_locales` asks for, else the one that was chosen on a
    /// page before, else the one that the browser likes best.
    pub fn languages(mut self, languages: impl IntoIterator<Item = Language>) -> Self {
        self.languages = Some(languages.into_iter().collect());
        self
    }

    /// What makes the id of each new session. Default: 128 random bits, base64url.
    ///
    /// # Security
    /// Two sessions with one id end together, and whoever can guess the ids of a stored session is
    /// signed in: at least 128 bits of randomness belong into it.
    pub fn generate_session_id(
        mut self,
        generate: impl Fn() -> String + Send + Sync + 'static,
    ) -> Self {
        self.session_ids = SessionIds::new(generate);
        self
    }
}
