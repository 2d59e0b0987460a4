//! Why a sign-in ended without a session, whose move it is, and what may be shown of it.

use crate::account::LinkError;
use crate::builder::BuildError;
use crate::http::HttpError;
use crate::oauth::UserinfoError;
use crate::oauth::authorization_response::{AuthorizationResponseError, ProviderErrorCode};
use crate::oauth::token::{TokenError, TokenErrorCode};
use crate::oidc::discovery::DiscoveryError;
use crate::oidc::id_token::IdTokenError;
use crate::profile::ProfileError;
use crate::redirect_proxy::PassageError;
use crate::session::SealError;
use crate::transaction::TransactionError;

/// Why a sign-in ended without a session.
///
/// The browser sees [`code`](Self::code) and [`authjs_type`](Self::authjs_type) only; the rest is
/// for the log.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SignInError {
    #[error("the form carries no valid CSRF token")]
    Csrf,
    #[error("no provider is registered under this id")]
    UnknownProvider,
    #[error("the client could not be looked up")]
    Clients(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("the client that was found cannot be used")]
    Client(#[from] BuildError),
    #[error("the answer was not passed on")]
    Passage(#[from] PassageError),
    #[error("the action does not exist for this method")]
    UnknownAction,
    #[error("the sign-in was not begun in this browser, or is over")]
    Transaction(#[from] TransactionError),
    #[error("the answer of the provider was used before")]
    Reused,
    #[error("the answer of the provider came by another method than was asked for")]
    WrongResponseMode,
    #[error("the authorization response does not hold")]
    Response(#[from] AuthorizationResponseError),
    #[error("the provider could not be discovered")]
    Discovery(#[from] DiscoveryError),
    #[error("the code could not be exchanged")]
    Token(#[from] TokenError),
    #[error("the ID Token does not hold")]
    IdToken(#[from] IdTokenError),
    #[error("the profile could not be fetched")]
    Userinfo(#[from] UserinfoError),
    #[error("the profile cannot be used")]
    Profile(#[from] ProfileError),
    #[error("the `sign_in` callback said no")]
    Denied,
    #[error("the account was not let in")]
    Link(#[from] LinkError),
    #[error("a callback of the application failed")]
    Callback(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("the session cannot be written")]
    Seal(#[from] SealError),
}

/// Whose move it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorKind {
    /// The visitor's: denied, expired, replayed.
    User,
    /// The provider's: an answer that does not hold.
    Provider,
    /// The operator's: our own configuration, or the application's code.
    Config,
    /// The store's: it failed.
    Store,
}

impl SignInError {
    /// Whose move it is.
    pub(crate) fn kind(&self) -> ErrorKind {
        match self {
            Self::Csrf
            | Self::UnknownProvider
            | Self::UnknownAction
            | Self::Transaction(_)
            | Self::Reused
            | Self::WrongResponseMode
            | Self::Denied => ErrorKind::User,
            Self::Response(AuthorizationResponseError::Denied { .. }) => ErrorKind::User,
            Self::Token(error) if is_about_us(error) => ErrorKind::Config,
            Self::Response(_)
            | Self::Discovery(_)
            | Self::Token(_)
            | Self::IdToken(_)
            | Self::Userinfo(_)
            | Self::Profile(_) => ErrorKind::Provider,
            Self::Clients(_) | Self::Link(LinkError::Store(_)) => ErrorKind::Store,
            Self::Link(_) => ErrorKind::User,
            Self::Passage(PassageError::Expired | PassageError::OtherProvider) => ErrorKind::User,
            Self::Client(_)
            | Self::Passage(PassageError::Origin)
            | Self::Callback(_)
            | Self::Seal(_) => ErrorKind::Config,
        }
    }

    /// The stable word for it: in `code=` of pages and redirects, and the anchor in the docs.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Csrf => "csrf",
            Self::UnknownProvider => "unknown_provider",
            Self::UnknownAction => "unknown_action",
            Self::Clients(_) => "clients_unavailable",
            Self::Client(_) => "configuration",
            Self::Passage(PassageError::Expired) => "sign_in_expired",
            Self::Passage(PassageError::OtherProvider) => "sign_in_not_started_here",
            Self::Passage(PassageError::Origin) => "proxy_origin",
            Self::Transaction(TransactionError::Expired) => "sign_in_expired",
            Self::Transaction(_) => "sign_in_not_started_here",
            Self::Reused => "sign_in_reused",
            Self::Response(AuthorizationResponseError::Denied { error }) if is_refusal(error) => {
                "provider_denied"
            }
            Self::Response(_) | Self::WrongResponseMode => "provider_answer",
            Self::Discovery(error) | Self::IdToken(IdTokenError::Keys(error)) => {
                by_discovery(error)
            }
            Self::Token(TokenError::Http(error)) | Self::Userinfo(UserinfoError::Http(error)) => {
                by_transport(error)
            }
            Self::Token(error) if is_about_us(error) => "configuration",
            Self::Token(_) | Self::Userinfo(_) => "provider_answer",
            Self::IdToken(
                IdTokenError::AuthenticatedTooLongAgo | IdTokenError::Claim("auth_time"),
            ) => "auth_time",
            Self::IdToken(_) => "id_token",
            Self::Profile(_) => "profile",
            Self::Denied => "access_denied",
            Self::Link(LinkError::EmailTaken { .. }) => "account_not_linked",
            Self::Link(LinkError::AccountOfAnother) => "account_of_another_user",
            Self::Link(LinkError::VisitorChanged) => "session_changed",
            Self::Link(LinkError::Store(_)) => "store_unavailable",
            Self::Callback(_) => "callback_failed",
            Self::Seal(SealError::Codec(_)) => "session_codec",
            Self::Seal(SealError::TooLarge(_)) => "session_too_large",
        }
    }

    /// Auth.js's word for it: in `error=` of pages and redirects. What its clients do not know is
    /// `Configuration`, as there.
    pub(crate) fn authjs_type(&self) -> &'static str {
        match self {
            Self::Csrf => "MissingCSRF",
            Self::Response(AuthorizationResponseError::Denied { .. }) => "OAuthCallbackError",
            Self::Denied => "AccessDenied",
            Self::Link(LinkError::EmailTaken { .. } | LinkError::AccountOfAnother) => {
                "OAuthAccountNotLinked"
            }
            Self::Link(LinkError::VisitorChanged) => "SessionRequired",
            _ => "Configuration",
        }
    }

    /// The ids of the providers with which the visitor signed in before, where they may be told.
    pub(crate) fn used_before(&self) -> &[String] {
        match self {
            Self::Link(LinkError::EmailTaken { providers }) => providers,
            _ => &[],
        }
    }

    /// The page that shows it, by the name of its route.
    pub(crate) fn page(&self) -> &'static str {
        match self.authjs_type() {
            "MissingCSRF" | "OAuthCallbackError" | "OAuthAccountNotLinked" | "SessionRequired" => {
                "signin"
            }
            _ => "error",
        }
    }
}

/// Whether the provider would not have the person sign in, rather than our request.
fn is_refusal(error: &ProviderErrorCode) -> bool {
    matches!(
        error,
        ProviderErrorCode::AccessDenied
            | ProviderErrorCode::LoginRequired
            | ProviderErrorCode::ConsentRequired
            | ProviderErrorCode::InteractionRequired
            | ProviderErrorCode::AccountSelectionRequired
    )
}

/// Whether the provider does not know our id and secret.
fn is_about_us(error: &TokenError) -> bool {
    use TokenErrorCode::{InvalidClient, UnauthorizedClient};
    matches!(
        error,
        TokenError::Refused {
            error: InvalidClient | UnauthorizedClient,
            ..
        }
    )
}

fn by_discovery(error: &DiscoveryError) -> &'static str {
    match error {
        DiscoveryError::Http(error) => by_transport(error),
        _ => "provider_answer",
    }
}

fn by_transport(error: &HttpError) -> &'static str {
    match error {
        HttpError::TimedOut | HttpError::Busy | HttpError::Transport(_) => "provider_unreachable",
        _ => "provider_answer",
    }
}
