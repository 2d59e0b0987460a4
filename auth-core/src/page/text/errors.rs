//! What went wrong, in plain words: a text for each code.

use super::Sentence;

/// Three short texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorText {
    /// What went wrong, in a few words.
    pub title: &'static str,
    /// What happened, or why.
    pub what: &'static str,
    /// What to do now.
    pub next: &'static str,
}

impl ErrorText {
    /// What went wrong, why, and what to do now.
    pub const fn new(title: &'static str, what: &'static str, next: &'static str) -> Self {
        Self { title, what, next }
    }
}

/// The texts about errors. A field is named after the code that it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorTexts {
    /// `access_denied`, and Auth.js's `AccessDenied`.
    pub access_denied: ErrorText,
    /// `configuration`, and Auth.js's `Configuration`.
    pub configuration: ErrorText,
    /// `csrf`, and Auth.js's `MissingCSRF`.
    pub csrf: ErrorText,
    /// `account_not_linked`, where it is not known how the visitor signed in before.
    pub account_not_linked: ErrorText,
    /// What to do now, where that is known: the gap is the names of the providers.
    pub sign_in_as_before: Sentence<1>,
    /// `sign_in_expired`.
    pub sign_in_expired: ErrorText,
    /// `sign_in_not_started_here`.
    pub sign_in_not_started_here: ErrorText,
    /// `sign_in_reused`.
    pub sign_in_reused: ErrorText,
    /// `provider_denied`.
    pub provider_denied: ErrorText,
    /// `provider_unreachable`.
    pub provider_unreachable: ErrorText,
    /// `provider_answer`.
    pub provider_answer: ErrorText,
    /// `id_token` and `access_token`.
    pub id_token: ErrorText,
    /// `profile`.
    pub profile: ErrorText,
    /// `auth_time`.
    pub auth_time: ErrorText,
    /// `unknown_provider`.
    pub unknown_provider: ErrorText,
    /// `clients_unavailable`.
    pub clients_unavailable: ErrorText,
    /// `proxy_origin`.
    pub proxy_origin: ErrorText,
    /// `session_codec`.
    pub session_codec: ErrorText,
    /// `unknown_action`.
    pub unknown_action: ErrorText,
    /// `unknown_host`.
    pub unknown_host: ErrorText,
    /// `account_of_another_user`.
    pub account_of_another_user: ErrorText,
    /// `session_changed`.
    pub session_changed: ErrorText,
    /// `store_unavailable`.
    pub store_unavailable: ErrorText,
    /// `session_too_large`.
    pub session_too_large: ErrorText,
    /// `callback_failed`.
    pub callback_failed: ErrorText,

    /// Auth.js's `Verification`: the link of an e-mail.
    pub verification: ErrorText,
    /// Auth.js's `OAuthAccountNotLinked` and `AccountNotLinked`, without a code of ours.
    pub another_account: ErrorText,
    /// Auth.js's `EmailSignin` and `EmailSignInError`.
    pub email_not_sent: ErrorText,
    /// Auth.js's `CredentialsSignin`.
    pub credentials: ErrorText,
    /// Auth.js's `SessionRequired`.
    pub session_required: ErrorText,
    /// Auth.js's types for a sign-in that failed at a provider.
    pub not_finished: ErrorText,
    /// Everything else.
    pub unknown: ErrorText,
}

impl ErrorTexts {
    /// The texts in other words.
    pub(super) fn map(&self, change: &mut dyn FnMut(&'static str, usize) -> &'static str) -> Self {
        let sign_in_as_before = self.sign_in_as_before.map(change);
        let mut error = |text: ErrorText| ErrorText {
            title: change(text.title, 0),
            what: change(text.what, 0),
            next: change(text.next, 0),
        };
        Self {
            access_denied: error(self.access_denied),
            configuration: error(self.configuration),
            csrf: error(self.csrf),
            account_not_linked: error(self.account_not_linked),
            sign_in_as_before,
            sign_in_expired: error(self.sign_in_expired),
            sign_in_not_started_here: error(self.sign_in_not_started_here),
            sign_in_reused: error(self.sign_in_reused),
            provider_denied: error(self.provider_denied),
            provider_unreachable: error(self.provider_unreachable),
            provider_answer: error(self.provider_answer),
            id_token: error(self.id_token),
            profile: error(self.profile),
            auth_time: error(self.auth_time),
            unknown_provider: error(self.unknown_provider),
            clients_unavailable: error(self.clients_unavailable),
            proxy_origin: error(self.proxy_origin),
            session_codec: error(self.session_codec),
            unknown_action: error(self.unknown_action),
            unknown_host: error(self.unknown_host),
            account_of_another_user: error(self.account_of_another_user),
            session_changed: error(self.session_changed),
            store_unavailable: error(self.store_unavailable),
            session_too_large: error(self.session_too_large),
            callback_failed: error(self.callback_failed),
            verification: error(self.verification),
            another_account: error(self.another_account),
            email_not_sent: error(self.email_not_sent),
            credentials: error(self.credentials),
            session_required: error(self.session_required),
            not_finished: error(self.not_finished),
            unknown: error(self.unknown),
        }
    }
}
