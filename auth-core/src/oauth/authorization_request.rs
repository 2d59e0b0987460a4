//! The request that sends the browser to the provider (RFC 6749 §4.1.1).

/// How the server sends its answer back through the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResponseMode {
    /// In the query of a GET.
    Query,
    /// In the body of a POST (OAuth 2.0 Form Post Response Mode). The transaction cookie becomes
    /// `SameSite=None; Secure`, for the POST comes from another site.
    FormPost,
}
