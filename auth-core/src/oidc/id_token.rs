//! The ID Token and its checks (OpenID Connect Core §3.1.3.7).

use std::fmt;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

pub use crate::oidc::jws::SigningAlgorithm;

use crate::oauth::token::{IdTokenProof, Oidc, TokenResponse, TokenSet};
use crate::oidc::discovery::DiscoveryError;
use crate::oidc::json_object;
use crate::oidc::jwks::Jwks;
use crate::oidc::jws::UnverifiedJws;
use crate::secret::{Secret, ct_eq};
use crate::time::Timestamp;

/// How far the provider's clock may be from ours.
const CLOCK_LEEWAY: Duration = Duration::from_secs(60);

/// Latest date believed: the end of the year 9999.
const LAST_DATE: i64 = 253_402_300_799;

/// Longest `sub`, in characters (OIDC Core §2).
const MAX_SUB: usize = 255;

/// What the ID Token must say to belong to the request that this browser began.
#[derive(Clone, Copy)]
pub(crate) struct ExpectedIdToken<'a> {
    pub(crate) client_id: &'a str,
    /// The `nonce` of the request.
    pub(crate) nonce: &'a str,
    /// The one algorithm that counts, whatever the token says.
    pub(crate) algorithm: SigningAlgorithm,
    /// The client secret, which is the key of [`SigningAlgorithm::Hs256`].
    pub(crate) client_secret: Option<&'a Secret<String>>,
    /// The `max_age` of the request, in seconds, if it had one.
    pub(crate) max_age: Option<u64>,
    pub(crate) now: Timestamp,
}

/// An ID Token that passed every check, with the tokens that came beside it.
pub(crate) struct VerifiedIdToken {
    claims: VerifiedClaims,
    tokens: TokenSet,
}

impl VerifiedIdToken {
    pub(super) fn new(claims: VerifiedClaims, response: TokenResponse<Oidc>) -> Self {
        let tokens = response.into_tokens(&claims);
        Self { claims, tokens }
    }

    /// The person's key at this issuer. Never empty.
    pub(crate) fn sub(&self) -> &str {
        &self.claims.sub
    }

    /// When the person last showed a credential, if the provider says so.
    pub(crate) fn auth_time(&self) -> Option<Timestamp> {
        self.claims.auth_time
    }

    /// Everything the token says, and the tokens that came with it.
    pub(crate) fn into_parts(self) -> (Map<String, Value>, TokenSet) {
        (self.claims.claims, self.tokens)
    }
}

impl fmt::Debug for VerifiedIdToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiedIdToken").finish_non_exhaustive()
    }
}

/// The claims of an ID Token, proved. Made by [`UnverifiedIdToken::verify`] only.
pub(super) struct VerifiedClaims {
    claims: Map<String, Value>,
    sub: String,
    auth_time: Option<Timestamp>,
}

impl IdTokenProof for VerifiedClaims {}

/// An ID Token taken apart, nothing of it believed.
pub(super) struct UnverifiedIdToken<'a> {
    jws: UnverifiedJws<'a>,
    claims: Map<String, Value>,
}

impl<'a> UnverifiedIdToken<'a> {
    /// Takes the token apart.
    ///
    /// # Errors
    /// Those of [`UnverifiedJws::parse`].
    pub(super) fn parse(token: &'a str) -> Result<Self, IdTokenError> {
        // 1. "If the ID Token is encrypted, decrypt it": we register for no encryption.
        let jws = UnverifiedJws::parse(token)?;
        let claims = json_object(jws.unverified_payload()).ok_or(IdTokenError::Malformed)?;
        Ok(Self { jws, claims })
    }

    /// A text that the token holds, of which nothing is believed.
    pub(super) fn unverified_text(&self, name: &str) -> Option<&str> {
        self.claims.get(name)?.as_str()
    }

    /// The checks of OpenID Connect Core §3.1.3.7, in its order and with its numbers.
    ///
    /// Takes `&self`: after `UnknownKey` the caller may come back with newer keys.
    ///
    /// # Errors
    /// Every variant but those of [`parse`](Self::parse) and `Keys`.
    pub(super) fn verify(
        &self,
        issuer: &str,
        keys: &Jwks,
        expected: &ExpectedIdToken<'_>,
        access_token: &str,
    ) -> Result<VerifiedClaims, IdTokenError> {
        let now = expected.now;
        // 2. "The Issuer Identifier for the OpenID Provider MUST exactly match the value of the
        //    iss (issuer) Claim."
        if self.text("iss")? != Some(issuer) {
            return Err(IdTokenError::UnexpectedIssuer);
        }
        // 3. "The ID Token MUST be rejected if the ID Token does not list the Client as a valid
        //    audience, or if it contains additional audiences not trusted by the Client." We trust
        //    no other, which answers 4. (multiple audiences) as well.
        if !self.is_for(expected.client_id) {
            return Err(IdTokenError::UnexpectedAudience);
        }
        // 5. "If an azp (authorized party) Claim is present, the Client SHOULD verify that its
        //    client_id is the Claim Value."
        if self
            .text("azp")?
            .is_some_and(|azp| azp != expected.client_id)
        {
            return Err(IdTokenError::UnexpectedAuthorizedParty);
        }
        // 6. "The Client MUST validate the signature of all other ID Tokens according to JWS."
        // 7. "The alg value SHOULD be the default of RS256 or the algorithm sent by the Client in
        //    the id_token_signed_response_alg parameter during Registration."
        // 8. "If the JWT alg Header Parameter uses a MAC based algorithm such as HS256, [...] the
        //    octets of the UTF-8 representation of the client_secret corresponding to the client_id
        //    contained in the aud (audience) Claim are used as the key to validate the signature."
        match (expected.algorithm, expected.client_secret) {
            (SigningAlgorithm::Hs256, Some(secret)) => self.jws.verify_mac(secret)?,
            (SigningAlgorithm::Hs256, None) => return Err(IdTokenError::UnknownKey),
            (algorithm, _) => self.jws.verify(keys, algorithm, issuer)?,
        }
        // 9. "The current time MUST be before the time represented by the exp Claim."
        let exp = self.date("exp")?.ok_or(IdTokenError::Claim("exp"))?;
        if now >= exp.plus(CLOCK_LEEWAY) {
            return Err(IdTokenError::Expired);
        }
        // 10. "The iat Claim can be used to reject tokens that were issued too far away from the
        //     current time": in the future. The nonce keeps old ones out. RFC 7519 §4.1.5: nbf.
        let iat = self.date("iat")?.ok_or(IdTokenError::Claim("iat"))?;
        let nbf = self.date("nbf")?.unwrap_or(iat);
        if iat.max(nbf) > now.plus(CLOCK_LEEWAY) {
            return Err(IdTokenError::NotYetValid);
        }
        // 11. "If a nonce value was sent in the Authentication Request, a nonce Claim MUST be
        //     present and its value checked to verify that it is the same value."
        let nonce = self.text("nonce")?.ok_or(IdTokenError::UnexpectedNonce)?;
        if !ct_eq(nonce.as_bytes(), expected.nonce.as_bytes()) {
            return Err(IdTokenError::UnexpectedNonce);
        }
        // 12. acr: we ask for none.
        // 13. "When a max_age request is made, the Client SHOULD check the auth_time Claim value
        //     and request re-authentication if it determines too much time has elapsed."
        let auth_time = self.auth_time(expected)?;
        // §3.1.3.8: "the Client SHOULD validate the Access Token with it": at_hash.
        if let Some(at_hash) = self.text("at_hash")?
            && at_hash != hash_of(access_token, expected.algorithm)
        {
            return Err(IdTokenError::UnexpectedAccessTokenHash);
        }
        // §2: sub. "It MUST NOT exceed 255 ASCII characters in length."
        let sub = self
            .text("sub")?
            .filter(|sub| (1..=MAX_SUB).contains(&sub.chars().count()))
            .filter(|sub| !sub.contains(char::is_control))
            .ok_or(IdTokenError::Claim("sub"))?;
        Ok(VerifiedClaims {
            claims: self.claims.clone(),
            sub: sub.to_owned(),
            auth_time,
        })
    }

    /// §2: `aud` is a string, or an array of them.
    fn is_for(&self, client_id: &str) -> bool {
        match self.claims.get("aud") {
            Some(Value::String(aud)) => aud == client_id,
            Some(Value::Array(all)) => !all.is_empty() && all.iter().all(|aud| aud == client_id),
            _ => false,
        }
    }

    fn auth_time(&self, expected: &ExpectedIdToken<'_>) -> Result<Option<Timestamp>, IdTokenError> {
        let future = expected.now.plus(CLOCK_LEEWAY);
        let Some(max_age) = expected.max_age else {
            // Not asked for: what cannot be used is as good as absent.
            let stated = self.date("auth_time").ok().flatten();
            return Ok(stated.filter(|auth_time| *auth_time <= future));
        };
        let auth_time = self
            .date("auth_time")?
            .filter(|auth_time| *auth_time <= future)
            .ok_or(IdTokenError::Claim("auth_time"))?;
        let oldest = expected
            .now
            .minus(Duration::from_secs(max_age).saturating_add(CLOCK_LEEWAY));
        if auth_time < oldest {
            return Err(IdTokenError::AuthenticatedTooLongAgo);
        }
        Ok(Some(auth_time))
    }

    fn text(&self, name: &'static str) -> Result<Option<&str>, IdTokenError> {
        match self.claims.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(IdTokenError::Claim(name)),
        }
    }

    /// A NumericDate (RFC 7519 §2): a number, which may have a fraction.
    fn date(&self, name: &'static str) -> Result<Option<Timestamp>, IdTokenError> {
        let Some(value) = self.claims.get(name) else {
            return Ok(None);
        };
        value
            .as_i64()
            // The cast saturates, and the range is checked below.
            .or_else(|| value.as_f64().map(|seconds| seconds as i64))
            .filter(|seconds| (0..=LAST_DATE).contains(seconds))
            .map(|seconds| Some(Timestamp::from_unix(seconds)))
            .ok_or(IdTokenError::Claim(name))
    }
}

/// §3.1.3.6: the left half of the hash of the access token, base64url.
fn hash_of(access_token: &str, algorithm: SigningAlgorithm) -> String {
    let digest = aws_lc_rs::digest::digest(algorithm.digest(), access_token.as_bytes());
    let digest = digest.as_ref();
    URL_SAFE_NO_PAD.encode(&digest[..digest.len() / 2])
}

/// Why an ID Token proves nothing. Holds nothing that the token says.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum IdTokenError {
    /// The provider's metadata or keys are not known.
    #[error("the ID Token cannot be checked")]
    Keys(#[from] DiscoveryError),
    /// It exceeds its bound.
    #[error("the ID Token is too long")]
    TooLong,
    /// It is encrypted, which we never register for.
    #[error("the ID Token is encrypted")]
    Encrypted,
    /// It is no signed JSON object in three parts.
    #[error("the ID Token is malformed")]
    Malformed,
    /// Its header demands an extension.
    #[error("the header of the ID Token demands an extension that is not known")]
    CriticalHeader,
    /// It is a token of another kind.
    #[error("the ID Token says that it is another kind of token")]
    UnexpectedType,
    /// It is signed with another algorithm than the configured one.
    #[error("the ID Token is signed with another algorithm than the configured one")]
    UnexpectedAlgorithm,
    /// It is signed with a key that the provider does not publish.
    #[error("the ID Token is signed with a key that the provider does not publish")]
    UnknownKey,
    /// The signature is not that of the named key.
    #[error("the signature of the ID Token is wrong")]
    BadSignature,
    /// `iss` is missing or another provider's.
    #[error("the ID Token comes from another issuer")]
    UnexpectedIssuer,
    /// `aud` is missing, or names somebody else than this client.
    #[error("the ID Token is not for this client alone")]
    UnexpectedAudience,
    /// `azp` is another client.
    #[error("the ID Token was issued to another client")]
    UnexpectedAuthorizedParty,
    /// `exp` has passed.
    #[error("the ID Token has expired")]
    Expired,
    /// `iat` or `nbf` is in the future.
    #[error("the ID Token is not valid yet: compare the clocks")]
    NotYetValid,
    /// `nonce` is missing or another request's.
    #[error("the ID Token answers another request")]
    UnexpectedNonce,
    /// `at_hash` is that of another access token.
    #[error("the ID Token belongs to another access token")]
    UnexpectedAccessTokenHash,
    /// `auth_time` is older than the `max_age` that was asked for.
    #[error("the last sign-in at the provider is too long ago")]
    AuthenticatedTooLongAgo,
    /// A claim that is needed is missing or has the wrong form.
    #[error("the claim {0} of the ID Token is missing or has the wrong form")]
    Claim(&'static str),
}

#[cfg(test)]
mod tests;
