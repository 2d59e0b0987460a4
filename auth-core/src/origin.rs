//! Under which origin the browser sees this server.

use url::Url;

/// Scheme, host and port under which the browser sees us: `https://app.example`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// The origin that `text` spells.
    ///
    /// # Errors
    /// [`OriginError`] when it is not `http` or `https`, or is more than an origin.
    pub fn parse(text: &str) -> Result<Self, OriginError> {
        let url = Url::parse(text).map_err(|_| OriginError::UnknownHost)?;
        let origin = url.origin().ascii_serialization();
        match url.scheme() {
            "http" | "https" if url.as_str() == format!("{origin}/") => Ok(Self(origin)),
            _ => Err(OriginError::UnknownHost),
        }
    }

    /// `https://app.example`, without a slash at the end.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why the origin of a request cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OriginError {
    /// The `Host` of the request is not one that is configured.
    #[error("the host of the request is not configured")]
    UnknownHost,
}
