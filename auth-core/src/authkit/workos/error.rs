//! Why a call of WorkOS did not succeed, and what that says of a session.

use super::refusal::judges_nothing;
use super::{ErrorCode, Refusal};
use crate::http::HttpError;

/// Why a call of WorkOS did not succeed.
///
/// No message and no `Debug` of it holds a secret, an e-mail address, or text of WorkOS's.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorkOsError {
    /// No answer came.
    #[error("WorkOS did not answer")]
    Http(#[from] HttpError),
    /// An answer came which is not the documented one.
    #[error("the answer of WorkOS with status {status} does not have the documented form")]
    Malformed {
        /// The status of the answer.
        status: u16,
        /// Its `X-Request-ID`.
        request_id: Option<String>,
    },
    /// WorkOS refused.
    #[error(transparent)]
    Refused(Box<Refusal>),
    /// An id cannot be a part of a path: it is empty, or made of dots.
    #[error("an id for a call of WorkOS is empty or made of dots")]
    PathParameter,
}

impl WorkOsError {
    /// The refusal, if that is what WorkOS answered.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// The code of the refusal, where there is one.
    pub fn code(&self) -> Option<&ErrorCode> {
        self.refusal()?.code.as_ref()
    }

    /// Whether WorkOS has judged nothing: no answer, none that can be read, or status 408, 429 or
    /// 5xx. What was tried may work later, and a session that could not be refreshed is not over.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Http(HttpError::ForbiddenScheme | HttpError::Request(_)) => false,
            Self::Http(_) | Self::Malformed { .. } => true,
            Self::Refused(refusal) => judges_nothing(refusal.status),
            Self::PathParameter => false,
        }
    }

    /// Whether the fault is in our own configuration: the API key or the client id is wrong. Says
    /// nothing of whoever wanted to sign in, or of their session.
    pub fn is_configuration(&self) -> bool {
        match self {
            Self::Http(HttpError::ForbiddenScheme | HttpError::Request(_)) => true,
            Self::Refused(refusal) => {
                refusal.status == 401
                    || matches!(
                        refusal.code,
                        Some(ErrorCode::InvalidClient | ErrorCode::UnauthorizedClient)
                    )
            }
            _ => false,
        }
    }

    /// Whether this, in answer to a refresh token, means that the session is over. The rest leaves
    /// it as it was.
    pub fn ends_session(&self) -> bool {
        matches!(self, Self::Refused(_)) && !self.is_transient() && !self.is_configuration()
    }
}
