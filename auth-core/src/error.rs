//! Why a sign-in ended without a session, whose move it is, and what may be shown of it.

/// Why a sign-in ended without a session.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SignInError {}

/// Whose move it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The visitor's: denied, expired, replayed.
    User,
    /// The provider's: an answer that does not hold.
    Provider,
    /// The operator's: our own configuration.
    Config,
    /// A store's: it is not there.
    Store,
}
