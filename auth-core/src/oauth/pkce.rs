//! Proof Key for Code Exchange (RFC 7636).

/// Whether a server takes PKCE (RFC 7636).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pkce {
    /// `S256`, always.
    S256,
    /// The server rejects requests with a code challenge.
    Unsupported,
}
