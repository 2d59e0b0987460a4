//! Under which origin the browser sees this server.

/// Scheme, host and port under which the browser sees us: `https://app.example`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {}

/// Why the origin of a request cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OriginError {
    /// The `Host` of the request is not one that is configured.
    #[error("the host of the request is not configured")]
    UnknownHost,
}
