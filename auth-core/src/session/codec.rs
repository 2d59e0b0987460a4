//! What an application may decide about the value of the session cookie.

use std::sync::Arc;

use crate::secret::random_base64url;

/// Another format for the session cookie than Auth.js's encrypted JWT, such as a signed token that
/// other services read. Auth.js calls the two methods `jwt.encode` and `jwt.decode`.
///
/// Only the session is written in it; the cookies of sign-ins under way stay sealed.
///
/// # Security
/// Whatever [`decode`](Self::decode) accepts *is* a session: it must authenticate every byte of the
/// value before it answers, with a key that nobody else has and for this purpose only. A value
/// that is not encrypted shows its claims to everybody who sees the cookie. `exp`, the absolute
/// age, the subject and ended sessions are checked afterwards, in any format.
///
/// A decoded session is remembered by the whole value of its cookie, so `decode` may not be asked
/// again for the same value. A codec that takes sessions back needs
/// [`session_cache(0)`](crate::AuthBuilder::session_cache).
pub trait SessionCodec: Send + Sync + 'static {
    /// The value for the cookie called `cookie_name`. `claims` is a JSON object; it holds `sub`,
    /// `iat` and `exp`, which must be in what [`decode`](Self::decode) returns.
    ///
    /// # Errors
    /// Any: the session is then not written, and a sign-in fails.
    fn encode(
        &self,
        claims: &[u8],
        cookie_name: &str,
    ) -> Result<String, Box<dyn std::error::Error + Send + Sync>>;

    /// The claims in `value`, which came in the cookie called `cookie_name`; `None` if the value is
    /// not one that [`encode`](Self::encode) made: the visitor is then signed out.
    fn decode(&self, value: &str, cookie_name: &str) -> Option<Vec<u8>>;
}

/// Makes the ids of new sessions.
#[derive(Clone)]
pub(crate) struct SessionIds(Arc<dyn Fn() -> String + Send + Sync>);

impl SessionIds {
    pub(crate) fn new(generate: impl Fn() -> String + Send + Sync + 'static) -> Self {
        Self(Arc::new(generate))
    }

    pub(crate) fn generate(&self) -> String {
        (self.0)()
    }
}

/// 128 random bits.
impl Default for SessionIds {
    fn default() -> Self {
        Self::new(random_base64url::<16>)
    }
}
