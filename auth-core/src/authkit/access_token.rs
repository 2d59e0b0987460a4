//! The access token of a session: signed by WorkOS, good for some minutes, and the only thing that
//! says what somebody may do.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use url::Url;

use super::known_token::KnownToken;
use super::remembered::Remembered;
use super::workos::{DEFAULT_ISSUER, WorkOs, null_is_empty};
use crate::credential_cache::Weigh;
use crate::oidc::RemoteKeys;
use crate::oidc::id_token::{IdTokenError, SigningAlgorithm};
use crate::oidc::jws::UnverifiedJws;
use crate::session::ClaimsError;
use crate::time::{Clock, Timestamp};

/// How long after `exp` a token is still taken, for clocks that differ.
const EXPIRY_LEEWAY: Duration = Duration::from_secs(10);

/// How far in the future a token may have been issued, for the same reason. Larger, for a sign-in
/// that is refused is worse than a refresh that comes early.
const ISSUE_LEEWAY: Duration = Duration::from_secs(60);

/// Latest date believed: the end of the year 9999.
const LAST_DATE: i64 = 253_402_300_799;

/// Longest `sub`, in bytes.
const MAX_SUB: usize = 255;

/// Verifies access tokens with the keys that WorkOS publishes for the client, cached.
pub struct AccessTokens {
    issuers: Vec<String>,
    client_id: String,
    jwks_uri: Url,
    keys: RemoteKeys,
    clock: Arc<dyn Clock>,
    verified: Remembered<KnownToken>,
}

impl AccessTokens {
    /// Accepts the tokens of `issuers`. If there are none: those of the configured API and of
    /// `https://api.workos.com`, which is who signs behind a proxy; each alone, with a slash, and
    /// as `…/user_management/<client id>`.
    ///
    /// # Security
    /// Whichever issuers are accepted, the keys are those of the configured API alone.
    pub fn new(workos: &WorkOs, issuers: Vec<String>) -> Self {
        let issuers = if issuers.is_empty() {
            default_issuers(workos)
        } else {
            issuers
        };
        let (clock, spawn) = (Arc::clone(workos.clock()), Arc::clone(workos.spawn()));
        Self {
            issuers,
            client_id: workos.client_id().to_owned(),
            jwks_uri: workos.jwks_url(),
            keys: RemoteKeys::new(workos.outbound().clone(), Arc::clone(&clock), spawn),
            clock,
            verified: Remembered::new(0),
        }
    }

    /// Remembers tokens that were verified, until they expire, in at most `bytes` of memory; none
    /// if that is 0. Default: none.
    #[must_use]
    pub fn remembering(mut self, bytes: usize) -> Self {
        self.verified = Remembered::new(bytes);
        self
    }

    /// Verifies a token: what it says, then who signed it. Costs an RSA signature check, unless the
    /// token is remembered, and a fetch where its key is not known.
    ///
    /// `aud` is not looked at: WorkOS sends none unless the application has it send one.
    ///
    /// # Errors
    /// [`AccessTokenError`].
    pub async fn verify(&self, token: &str) -> Result<AccessToken, AccessTokenError> {
        if let Some(known) = self.known(token, self.clock.now()) {
            return known.map(|known| known.token);
        }
        let jws = UnverifiedJws::parse(token)?;
        // Claims first: a token that is no good anyway makes nobody fetch keys.
        let claims = self.check(jws.unverified_payload())?;
        self.keys
            .verify(&self.jwks_uri, |keys| {
                jws.verify(keys, SigningAlgorithm::Rs256, &claims.iss)
            })
            .await?;
        let verified = AccessToken(Arc::new(Verified {
            payload: jws.unverified_payload().into(),
            claims,
        }));
        self.remember(token, &KnownToken::new(verified.clone()));
        Ok(verified)
    }

    /// What [`verify`](Self::verify) answers of a token that is remembered, without waiting.
    pub(super) fn known(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Option<Result<KnownToken, AccessTokenError>> {
        let known = self.verified.get(token.as_bytes())?;
        if has_expired(known.token.expires_at(), now) {
            self.verified.remove(token.as_bytes());
            return Some(Err(AccessTokenError::Expired));
        }
        Some(Ok(known))
    }

    /// Remembers what is known of `token`, in the place of what was.
    pub(super) fn remember(&self, token: &str, known: &KnownToken) {
        self.verified.insert(token.as_bytes(), known);
    }

    fn check(&self, payload: &[u8]) -> Result<Claims, AccessTokenError> {
        let claims: Claims =
            serde_json::from_slice(payload).map_err(|_| AccessTokenError::Malformed)?;
        if !self.issuers.contains(&claims.iss) {
            return Err(AccessTokenError::UnexpectedIssuer);
        }
        // RFC 9068 §2.2: who asked for the token. Another application of the same environment is
        // not us, and may have the same keys.
        if claims
            .client_id
            .as_ref()
            .is_some_and(|id| *id != self.client_id)
        {
            return Err(AccessTokenError::UnexpectedClient);
        }
        let now = self.clock.now();
        if has_expired(claims.exp, now) {
            return Err(AccessTokenError::Expired);
        }
        let issued = claims.nbf.unwrap_or(claims.iat).max(claims.iat);
        if issued > now.plus(ISSUE_LEEWAY) {
            return Err(AccessTokenError::NotYetValid);
        }
        if !(1..=MAX_SUB).contains(&claims.sub.len()) || claims.sub.contains(char::is_control) {
            return Err(AccessTokenError::Malformed);
        }
        Ok(claims)
    }
}

impl fmt::Debug for AccessTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessTokens")
            .field("issuers", &self.issuers)
            .finish_non_exhaustive()
    }
}

fn has_expired(expires_at: Timestamp, now: Timestamp) -> bool {
    now >= expires_at.plus(EXPIRY_LEEWAY)
}

fn default_issuers(workos: &WorkOs) -> Vec<String> {
    [workos.address().origin(), DEFAULT_ISSUER.to_owned()]
        .into_iter()
        .flat_map(|origin| {
            let environment = format!("{origin}/user_management/{}", workos.client_id());
            [format!("{origin}/"), origin, environment]
        })
        .collect()
}

/// An access token that was verified. Cheap to clone. Whether it has expired since is for whoever
/// asks to find out.
#[derive(Clone)]
pub struct AccessToken(Arc<Verified>);

struct Verified {
    claims: Claims,
    payload: Box<[u8]>,
}

impl AccessToken {
    /// The id of the user.
    pub fn sub(&self) -> &str {
        &self.0.claims.sub
    }

    /// The id of the session, to end it by.
    pub fn session_id(&self) -> Option<&str> {
        self.0.claims.sid.as_deref()
    }

    /// The id of the token itself.
    pub fn token_id(&self) -> Option<&str> {
        self.0.claims.jti.as_deref()
    }

    /// The organization that the token is for.
    pub fn organization_id(&self) -> Option<&str> {
        self.0.claims.org_id.as_deref()
    }

    /// The user's role in the organization.
    pub fn role(&self) -> Option<&str> {
        self.0.claims.role.as_deref()
    }

    /// All of the user's roles in the organization, where there can be several.
    pub fn roles(&self) -> &[String] {
        &self.0.claims.roles
    }

    /// What the roles permit.
    pub fn permissions(&self) -> &[String] {
        &self.0.claims.permissions
    }

    /// What the organization has paid for.
    pub fn entitlements(&self) -> &[String] {
        &self.0.claims.entitlements
    }

    /// The feature flags that are on.
    pub fn feature_flags(&self) -> &[String] {
        &self.0.claims.feature_flags
    }

    /// Who acts in the place of the user (RFC 8693 §4.1): an e-mail address.
    pub fn actor(&self) -> Option<&str> {
        Some(&self.0.claims.act.as_ref()?.sub)
    }

    /// When the user last showed a credential.
    pub fn auth_time(&self) -> Option<Timestamp> {
        self.0.claims.auth_time
    }

    /// When the token was issued.
    pub fn issued_at(&self) -> Timestamp {
        self.0.claims.iat
    }

    /// When the token expires.
    pub fn expires_at(&self) -> Timestamp {
        self.0.claims.exp
    }

    /// All claims, as the JSON that was signed.
    pub fn payload(&self) -> &[u8] {
        &self.0.payload
    }

    /// All claims in a type of the application's own, those of its JWT template included.
    ///
    /// # Errors
    /// [`ClaimsError`] when the claims do not fit `C`; its message names the field.
    pub fn claims_as<C: DeserializeOwned>(&self) -> Result<C, ClaimsError> {
        let mut claims = serde_json::Deserializer::from_slice(&self.0.payload);
        serde_path_to_error::deserialize(&mut claims).map_err(ClaimsError::new)
    }
}

impl Weigh for AccessToken {
    fn bytes(&self) -> usize {
        // The texts are there twice: in the payload, and each in a claim of its own.
        size_of::<Verified>() + 2 * self.0.payload.len()
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessToken")
            .field("sub", &self.sub())
            .field("expires_at", &self.expires_at())
            .finish_non_exhaustive()
    }
}

/// The claims that we read. One that occurs twice is an error.
#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    #[serde(deserialize_with = "date")]
    exp: Timestamp,
    #[serde(deserialize_with = "date")]
    iat: Timestamp,
    #[serde(default, deserialize_with = "optional_date")]
    nbf: Option<Timestamp>,
    #[serde(default, deserialize_with = "optional_date")]
    auth_time: Option<Timestamp>,
    client_id: Option<String>,
    sid: Option<String>,
    jti: Option<String>,
    org_id: Option<String>,
    role: Option<String>,
    #[serde(default, deserialize_with = "null_is_empty")]
    roles: Vec<String>,
    #[serde(default, deserialize_with = "null_is_empty")]
    permissions: Vec<String>,
    #[serde(default, deserialize_with = "null_is_empty")]
    entitlements: Vec<String>,
    #[serde(default, deserialize_with = "null_is_empty")]
    feature_flags: Vec<String>,
    act: Option<Actor>,
}

#[derive(Deserialize)]
struct Actor {
    sub: String,
}

/// A NumericDate (RFC 7519 §2): a number, which may have a fraction.
fn date<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
    let number = serde_json::Number::deserialize(from)?;
    number
        .as_i64()
        // The cast saturates, and the range is checked below.
        .or_else(|| number.as_f64().map(|seconds| seconds as i64))
        .filter(|seconds| (0..=LAST_DATE).contains(seconds))
        .map(Timestamp::from_unix)
        .ok_or_else(|| D::Error::custom("not a date"))
}

fn optional_date<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
    #[derive(Deserialize)]
    struct Date(#[serde(deserialize_with = "date")] Timestamp);

    Ok(Option::<Date>::deserialize(from)?.map(|date| date.0))
}

/// Why an access token proves nothing. Holds nothing that the token says.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AccessTokenError {
    /// WorkOS's keys cannot be had, so nothing is known of the token.
    #[error("the access token cannot be checked")]
    Keys(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It is no signed token with the claims that each has.
    #[error("the access token is malformed")]
    Malformed,
    /// It is signed with another algorithm than RS256.
    #[error("the access token is not signed with RS256")]
    UnexpectedAlgorithm,
    /// It is signed with a key that WorkOS does not publish, or not any more.
    #[error("the access token is signed with a key that WorkOS does not publish")]
    UnknownKey,
    /// The signature is not that of the named key.
    #[error("the signature of the access token is wrong")]
    BadSignature,
    /// `iss` is none of those accepted.
    #[error("the access token comes from another issuer than the configured ones")]
    UnexpectedIssuer,
    /// `client_id` is another application.
    #[error("the access token was issued to another client")]
    UnexpectedClient,
    /// `exp` has passed.
    #[error("the access token has expired")]
    Expired,
    /// `iat` or `nbf` is in the future.
    #[error("the access token is not valid yet: compare the clocks")]
    NotYetValid,
}

impl From<IdTokenError> for AccessTokenError {
    /// Of those that reading a signed token and checking its signature can yield.
    fn from(error: IdTokenError) -> Self {
        match error {
            IdTokenError::Keys(error) => Self::Keys(Box::new(error)),
            IdTokenError::UnexpectedAlgorithm => Self::UnexpectedAlgorithm,
            IdTokenError::UnknownKey => Self::UnknownKey,
            IdTokenError::BadSignature => Self::BadSignature,
            _ => Self::Malformed,
        }
    }
}

#[cfg(test)]
mod tests;
