//! Why a sign-in with AuthKit came to nothing, and what may be shown of it.

use http::StatusCode;

use super::access_token::AccessTokenError;
use super::verifier::VerifierError;
use super::workos::WorkOsError;
use crate::oauth::authorization_response::{AuthorizationResponseError, ProviderErrorCode};
use crate::session::SessionTooLarge;

/// Why a sign-in ended without a session. The browser sees [`code`](Self::code) only; the rest is
/// for the log.
#[derive(Debug, thiserror::Error)]
pub(super) enum FlowError {
    #[error("the sign-in was not begun in this browser, or is over")]
    Verifier(#[from] VerifierError),
    #[error("the answer of WorkOS was used before")]
    Reused,
    #[error("the authorization response does not hold")]
    Response(#[from] AuthorizationResponseError),
    #[error("the code could not be exchanged")]
    Exchange(#[from] WorkOsError),
    #[error("the access token does not hold")]
    AccessToken(#[from] AccessTokenError),
    #[error("the access token is another person's")]
    OtherSubject,
    #[error("the sign-in is less recent than was asked for")]
    NotRecent,
    #[error("the `on_success` hook failed")]
    Hook(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("the session cannot be written")]
    TooLarge(#[from] SessionTooLarge),
}

impl FlowError {
    /// The stable word for it, the same as in sign-ins without AuthKit.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Verifier(VerifierError::Expired) => "sign_in_expired",
            Self::Verifier(_) => "sign_in_not_started_here",
            Self::Reused => "sign_in_reused",
            Self::Response(AuthorizationResponseError::Denied { error }) if is_refusal(*error) => {
                "provider_denied"
            }
            Self::Response(_) => "provider_answer",
            Self::Exchange(error) if error.is_configuration() => "configuration",
            Self::Exchange(error) if error.is_transient() => "provider_unreachable",
            Self::Exchange(_) => "provider_answer",
            Self::AccessToken(AccessTokenError::Keys(_)) => "provider_unreachable",
            Self::AccessToken(_) | Self::OtherSubject => "access_token",
            Self::NotRecent => "auth_time",
            Self::Hook(_) => "callback_failed",
            Self::TooLarge(_) => "session_too_large",
        }
    }

    /// No `5xx`: whatever happened, this server works.
    pub(super) fn status(&self) -> StatusCode {
        match self.code() {
            "provider_denied" => StatusCode::FORBIDDEN,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// Writes the whole chain of causes to the log, under the reference that the visitor sees.
    pub(super) fn report(&self, reference: &str) {
        let mut causes = String::new();
        let mut source = std::error::Error::source(self);
        while let Some(cause) = source {
            causes.push_str(": ");
            causes.push_str(&cause.to_string());
            source = cause.source();
        }
        let code = self.code();
        match code {
            "configuration" | "callback_failed" | "session_too_large" => {
                tracing::error!(target: "auth", code, reference, "{self}{causes}");
            }
            "access_token" | "provider_answer" | "provider_unreachable" => {
                tracing::warn!(target: "auth", code, reference, "{self}{causes}");
            }
            _ => tracing::info!(target: "auth", code, reference, "{self}{causes}"),
        }
    }
}

/// Whether the person, or WorkOS on their behalf, would not go on.
fn is_refusal(error: ProviderErrorCode) -> bool {
    use ProviderErrorCode as Code;
    matches!(
        error,
        Code::AccessDenied
            | Code::LoginRequired
            | Code::ConsentRequired
            | Code::InteractionRequired
            | Code::AccountSelectionRequired
    )
}
