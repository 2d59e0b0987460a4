//! How the client shows the token endpoint who it is (RFC 6749 §2.3).

/// How the client shows the token endpoint who it is (RFC 6749 §2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClientAuth {
    /// `client_secret_basic`: form-encoded id and secret in the `Authorization` header.
    Basic,
    /// `client_secret_post`: id and secret in the body.
    Post,
    /// `none`: a public client; only PKCE ties the code to us.
    None,
}
