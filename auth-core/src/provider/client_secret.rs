//! What proves to the token endpoint who we are: a text, or a key that signs a new one each time.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::secret::Secret;
use crate::time::Timestamp;

/// What proves to a provider who we are.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ClientSecret {
    /// The text that the provider issued.
    Text(Secret<String>),
    /// A key that signs a new secret for each token request.
    Key(ClientSecretKey),
}

/// A private key that client secrets are signed with (ES256), as Apple issues one.
#[derive(Clone, Debug)]
pub struct ClientSecretKey {
    pub(crate) team_id: String,
    pub(crate) key_id: String,
    pub(crate) private_key: Secret<String>,
}

impl ClientSecretKey {
    /// The key `key_id` of the team `team_id`. `private_key` is the content of the `.p8` file:
    /// PKCS#8 in PEM. Line ends may be written `\n`, as in environment files.
    pub fn new(
        team_id: impl Into<String>,
        key_id: impl Into<String>,
        private_key: impl Into<Secret<String>>,
    ) -> Self {
        Self {
            team_id: team_id.into(),
            key_id: key_id.into(),
            private_key: private_key.into(),
        }
    }
}

impl From<Secret<String>> for ClientSecret {
    fn from(secret: Secret<String>) -> Self {
        Self::Text(secret)
    }
}

impl From<String> for ClientSecret {
    fn from(secret: String) -> Self {
        Self::Text(secret.into())
    }
}

impl From<&str> for ClientSecret {
    fn from(secret: &str) -> Self {
        Self::Text(secret.into())
    }
}

impl From<ClientSecretKey> for ClientSecret {
    fn from(key: ClientSecretKey) -> Self {
        Self::Key(key)
    }
}

/// What the claims of a signed secret are made of.
pub(crate) struct SecretClaims<'a> {
    pub(crate) team_id: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) now: Timestamp,
}

/// A secret that `build()` has checked.
#[derive(Clone, Debug)]
pub(crate) enum RegisteredSecret {
    Text(Secret<String>),
    Signed(SecretSigner),
}

/// Signs secrets.
#[derive(Clone)]
pub(crate) struct SecretSigner {
    team_id: String,
    key_id: String,
    key: Arc<EcdsaKeyPair>,
    claims: fn(&SecretClaims<'_>) -> Value,
}

impl RegisteredSecret {
    /// The secret for a request that goes out now.
    ///
    /// # Errors
    /// [`CannotSign`].
    pub(crate) fn at(
        &self,
        client_id: &str,
        now: Timestamp,
    ) -> Result<Cow<'_, Secret<String>>, CannotSign> {
        match self {
            Self::Text(secret) => Ok(Cow::Borrowed(secret)),
            Self::Signed(signer) => signer.sign(client_id, now).map(Cow::Owned),
        }
    }
}

impl SecretSigner {
    /// `None` if the text holds no P-256 key.
    pub(crate) fn new(
        key: ClientSecretKey,
        claims: fn(&SecretClaims<'_>) -> Value,
    ) -> Option<Self> {
        let pkcs8 = pem_body(key.private_key.expose())?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.expose());
        Some(Self {
            team_id: key.team_id,
            key_id: key.key_id,
            key: Arc::new(pair.ok()?),
            claims,
        })
    }

    fn sign(&self, client_id: &str, now: Timestamp) -> Result<Secret<String>, CannotSign> {
        let header = json!({"alg": "ES256", "kid": self.key_id, "typ": "JWT"});
        let claims = (self.claims)(&SecretClaims {
            team_id: &self.team_id,
            client_id,
            now,
        });
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let input = format!("{}.{}", part(&header), part(&claims));
        let signature = self
            .key
            .sign(&SystemRandom::new(), input.as_bytes())
            .map_err(|_| CannotSign)?;
        let signature = URL_SAFE_NO_PAD.encode(signature.as_ref());
        Ok(Secret::new(format!("{input}.{signature}")))
    }
}

/// The bytes between `-----BEGIN PRIVATE KEY-----` and its end; bare base64 counts, too.
fn pem_body(text: &str) -> Option<Secret<Vec<u8>>> {
    let text = Secret::new(text.replace("\\n", "\n"));
    let body: Secret<String> = Secret::new(
        text.expose()
            .lines()
            .map(str::trim)
            .filter(|line| !line.starts_with("-----"))
            .collect(),
    );
    STANDARD.decode(body.expose()).ok().map(Secret::new)
}

impl fmt::Debug for SecretSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecretSigner").finish_non_exhaustive()
    }
}

/// The signature could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CannotSign;

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, KeyPair as _, UnparsedPublicKey};

    use super::*;

    fn claims(it: &SecretClaims<'_>) -> Value {
        json!({"iss": it.team_id, "sub": it.client_id, "iat": it.now.as_unix()})
    }

    fn pem() -> (String, Vec<u8>) {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        let body = STANDARD.encode(pair.to_pkcs8v1().unwrap().as_ref());
        let lines: Vec<_> = body
            .as_bytes()
            .chunks(64)
            .map(|line| std::str::from_utf8(line).unwrap())
            .collect();
        let pem = format!(
            "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
            lines.join("\n")
        );
        (pem, pair.public_key().as_ref().to_vec())
    }

    fn signer(pem: &str) -> Option<SecretSigner> {
        SecretSigner::new(ClientSecretKey::new("TEAM", "KEY", pem), claims)
    }

    #[test]
    fn a_signed_secret_verifies_and_is_new_at_another_time() {
        let (pem, public) = pem();
        let secret = RegisteredSecret::Signed(signer(&pem).unwrap());
        let token = secret.at("client", Timestamp::from_unix(1000)).unwrap();
        let (input, signature) = token.expose().rsplit_once('.').unwrap();
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &public)
            .verify(
                input.as_bytes(),
                &URL_SAFE_NO_PAD.decode(signature).unwrap(),
            )
            .unwrap();
        let part = |index: usize| -> Value {
            let part = input.split('.').nth(index).unwrap();
            serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
        };
        assert_eq!(part(0), json!({"alg": "ES256", "kid": "KEY", "typ": "JWT"}));
        assert_eq!(
            part(1),
            json!({"iss": "TEAM", "sub": "client", "iat": 1000})
        );
        let later = secret.at("client", Timestamp::from_unix(1001)).unwrap();
        assert_ne!(token.expose(), later.expose());
    }

    #[test]
    fn a_key_is_read_in_the_forms_that_variables_have() {
        let (pem, _) = pem();
        assert!(signer(&pem.replace('\n', "\\n")).is_some());
        assert!(signer(&pem.replace('\n', "\r\n")).is_some());
        let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
        assert!(signer(&body).is_some());
    }

    #[test]
    fn what_is_no_p256_key_is_refused() {
        for text in [
            "",
            "nonsense",
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        ] {
            assert!(signer(text).is_none(), "{text}");
        }
    }

    #[test]
    fn debug_shows_no_key() {
        let (pem, _) = pem();
        let shown = format!(
            "{:?} {:?}",
            ClientSecret::from(ClientSecretKey::new("T", "K", pem.as_str())),
            signer(&pem)
        );
        let line = pem.lines().nth(1).unwrap();
        assert!(!shown.contains(&line[..16]), "{shown}");
    }
}
