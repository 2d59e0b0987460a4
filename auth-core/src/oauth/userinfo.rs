//! Asking for the account's profile with an access token (RFC 6750 §2.1).

/// The pieces of a userinfo call.
pub(crate) struct UserinfoRequest<'a>(std::marker::PhantomData<&'a ()>);

/// Why there is no profile.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UserinfoError {}
