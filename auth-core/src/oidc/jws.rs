//! Signed tokens in their compact form (RFC 7515), as far as ID Tokens and access tokens need them.

use aws_lc_rs::hmac;
use base64::Engine as _;

use crate::base64url::BASE64URL;
use crate::oidc::id_token::IdTokenError;
use crate::oidc::json_object;
use crate::oidc::jwks::Jwks;
use crate::secret::Secret;

/// Longest token accepted, in bytes.
const MAX_TOKEN: usize = 64 * 1024;

/// The algorithm that an ID Token must be signed with (RFC 7518 §3.1).
///
/// There is no `none` here, and whatever a token says, only the configured one counts: a provider
/// cannot talk us into another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum SigningAlgorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256; what OpenID Connect Core §2 makes the default.
    #[default]
    Rs256,
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    Rs384,
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    Rs512,
    /// RSASSA-PSS with SHA-256.
    Ps256,
    /// RSASSA-PSS with SHA-384.
    Ps384,
    /// RSASSA-PSS with SHA-512.
    Ps512,
    /// ECDSA with P-256 and SHA-256.
    Es256,
    /// ECDSA with P-384 and SHA-384.
    Es384,
    /// Ed25519.
    EdDsa,
    /// HMAC with SHA-256, keyed with the client secret (OpenID Connect Core §10.1).
    ///
    /// # Security
    /// Whoever knows the client secret can sign such a token. Only for a provider that signs in no
    /// other way.
    Hs256,
}

impl SigningAlgorithm {
    /// The name in headers and keys.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Rs384 => "RS384",
            Self::Rs512 => "RS512",
            Self::Ps256 => "PS256",
            Self::Ps384 => "PS384",
            Self::Ps512 => "PS512",
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::EdDsa => "EdDSA",
            Self::Hs256 => "HS256",
        }
    }

    /// The hash that `at_hash` is made with: the one of the signature (OIDC Core §3.1.3.6).
    pub(crate) fn digest(self) -> &'static aws_lc_rs::digest::Algorithm {
        match self {
            Self::Rs256 | Self::Ps256 | Self::Es256 | Self::Hs256 => &aws_lc_rs::digest::SHA256,
            Self::Rs384 | Self::Ps384 | Self::Es384 => &aws_lc_rs::digest::SHA384,
            Self::Rs512 | Self::Ps512 | Self::EdDsa => &aws_lc_rs::digest::SHA512,
        }
    }
}

/// A token taken apart, its signature not checked.
pub(crate) struct UnverifiedJws<'a> {
    signing_input: &'a [u8],
    alg: String,
    kid: Option<String>,
    payload: Vec<u8>,
    signature: Vec<u8>,
}

impl<'a> UnverifiedJws<'a> {
    /// Takes a token apart: three parts of unpadded base64url, the first a JSON header.
    ///
    /// Keys that the header carries or points to (`jwk`, `jku`, `x5c`, `x5u`) are not even read
    /// (RFC 8725 §3.10).
    ///
    /// # Errors
    /// `TooLong`, `Encrypted`, `Malformed`, `CriticalHeader`, `UnexpectedType`.
    pub(crate) fn parse(token: &'a str) -> Result<Self, IdTokenError> {
        if token.len() > MAX_TOKEN {
            return Err(IdTokenError::TooLong);
        }
        let mut parts = token.split('.');
        let (Some(header), Some(payload), Some(signature)) =
            (parts.next(), parts.next(), parts.next())
        else {
            return Err(IdTokenError::Malformed);
        };
        match parts.count() {
            0 => {}
            // RFC 7516 §3.1: five parts
            2 => return Err(IdTokenError::Encrypted),
            _ => return Err(IdTokenError::Malformed),
        }
        let signing_input = &token.as_bytes()[..header.len() + 1 + payload.len()];
        let header = json_object(&decode(header)?).ok_or(IdTokenError::Malformed)?;
        let text = |name: &str| match header.get(name) {
            None => Ok(None),
            Some(value) => value
                .as_str()
                .map(|text| Some(text.to_owned()))
                .ok_or(IdTokenError::Malformed),
        };
        // RFC 7515 §4.1.11: we know no extension, so each critical one is one we do not know.
        // RFC 7797 §7: `b64` has no place in a JWT.
        if header.contains_key("crit") || header.contains_key("b64") {
            return Err(IdTokenError::CriticalHeader);
        }
        // RFC 8725 §3.11: a logout or access token says so here.
        if text("typ")?.is_some_and(|typ| !typ.eq_ignore_ascii_case("JWT")) {
            return Err(IdTokenError::UnexpectedType);
        }
        Ok(Self {
            signing_input,
            alg: text("alg")?.ok_or(IdTokenError::Malformed)?,
            kid: text("kid")?,
            payload: decode(payload)?,
            signature: decode(signature)?,
        })
    }

    /// What the token says, without proof.
    pub(crate) fn unverified_payload(&self) -> &[u8] {
        &self.payload
    }

    /// Checks the signature with the keys that the provider has for `issuer`, and the one algorithm
    /// that is expected.
    ///
    /// # Errors
    /// `UnexpectedAlgorithm`; `UnknownKey`, after which newer keys are worth a try;
    /// `BadSignature`, after which they are not.
    pub(crate) fn verify(
        &self,
        keys: &Jwks,
        algorithm: SigningAlgorithm,
        issuer: &str,
    ) -> Result<(), IdTokenError> {
        if self.alg != algorithm.name() {
            return Err(IdTokenError::UnexpectedAlgorithm);
        }
        let mut suitable = keys
            .suitable(self.kid.as_deref(), algorithm, issuer)
            .peekable();
        if suitable.peek().is_none() {
            return Err(IdTokenError::UnknownKey);
        }
        if suitable.any(|key| key.verifies(algorithm, self.signing_input, &self.signature)) {
            return Ok(());
        }
        match self.kid {
            Some(_) => Err(IdTokenError::BadSignature),
            None => Err(IdTokenError::UnknownKey),
        }
    }
}

impl UnverifiedJws<'_> {
    /// Checks the signature with the secret that we share with the provider.
    ///
    /// # Errors
    /// `UnexpectedAlgorithm`, `BadSignature`.
    pub(super) fn verify_mac(&self, secret: &Secret<String>) -> Result<(), IdTokenError> {
        if self.alg != SigningAlgorithm::Hs256.name() {
            return Err(IdTokenError::UnexpectedAlgorithm);
        }
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes());
        // Compares in constant time.
        hmac::verify(&key, self.signing_input, &self.signature)
            .map_err(|_| IdTokenError::BadSignature)
    }
}

/// RFC 7515 §2: base64url without padding, white space or stray bits.
fn decode(part: &str) -> Result<Vec<u8>, IdTokenError> {
    BASE64URL.decode(part).map_err(|_| IdTokenError::Malformed)
}
