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

/// The texts about errors. A field is named after the code that it is for, in the order of
/// `docs/errors.md` as far as it has one.
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
