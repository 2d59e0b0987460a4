//! Keys, tokens and a spawner that tests hold in their hands.

use std::collections::VecDeque;
use std::sync::{Arc, LazyLock, Mutex};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair,
    KeyPair as _, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_SHA256,
    RSA_PSS_SHA384, RSA_PSS_SHA512, RsaEncoding,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::oidc::id_token::SigningAlgorithm;
use crate::spawn::{BoxFuture, Spawn};

/// Base64url without padding.
pub(crate) fn b64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A provider's signing key.
pub(crate) enum SigningKey {
    Rsa(RsaKeyPair),
    P256(EcdsaKeyPair),
    P384(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

/// The provider's RSA key, and one that it never published. Made once: RSA keys are slow to make.
pub(crate) static RSA: LazyLock<SigningKey> = LazyLock::new(SigningKey::rsa);
pub(crate) static OTHER_RSA: LazyLock<SigningKey> = LazyLock::new(SigningKey::rsa);

impl SigningKey {
    fn rsa() -> Self {
        Self::Rsa(RsaKeyPair::generate(KeySize::Rsa2048).unwrap())
    }

    /// A new key for `algorithm`.
    pub(crate) fn generate(algorithm: SigningAlgorithm) -> Self {
        match algorithm {
            SigningAlgorithm::Es256 => {
                Self::P256(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap())
            }
            SigningAlgorithm::Es384 => {
                Self::P384(EcdsaKeyPair::generate(&ECDSA_P384_SHA384_FIXED_SIGNING).unwrap())
            }
            SigningAlgorithm::EdDsa => Self::Ed25519(Ed25519KeyPair::generate().unwrap()),
            _ => Self::rsa(),
        }
    }

    /// The public part.
    pub(crate) fn jwk(&self, kid: &str) -> Value {
        let ec = |key: &EcdsaKeyPair, crv: &str| {
            let (x, y) =
                key.public_key().as_ref()[1..].split_at(key.public_key().as_ref().len() / 2);
            json!({"kty": "EC", "kid": kid, "crv": crv, "x": b64(x), "y": b64(y), "use": "sig"})
        };
        match self {
            Self::Rsa(key) => {
                let (n, e) = (key.public_key().modulus(), key.public_key().exponent());
                json!({
                    "kty": "RSA", "kid": kid, "use": "sig",
                    "n": b64(n.big_endian_without_leading_zero()),
                    "e": b64(e.big_endian_without_leading_zero()),
                })
            }
            Self::P256(key) => ec(key, "P-256"),
            Self::P384(key) => ec(key, "P-384"),
            Self::Ed25519(key) => {
                json!({"kty": "OKP", "kid": kid, "crv": "Ed25519", "x": b64(key.public_key())})
            }
        }
    }

    /// A token of this header and these claims.
    pub(crate) fn sign(&self, header: &Value, claims: &Value) -> String {
        self.sign_text(&header.to_string(), &claims.to_string())
    }

    /// A token of this header and this payload, byte for byte.
    pub(crate) fn sign_text(&self, header: &str, payload: &str) -> String {
        let input = format!("{}.{}", b64(header), b64(payload));
        let header: Value = serde_json::from_str(header).unwrap();
        let signature = self.sign_bytes(header["alg"].as_str().unwrap_or(""), input.as_bytes());
        format!("{input}.{}", b64(signature))
    }

    fn sign_bytes(&self, alg: &str, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match self {
            Self::Rsa(key) => {
                let encoding: &'static dyn RsaEncoding = match alg {
                    "RS384" => &RSA_PKCS1_SHA384,
                    "RS512" => &RSA_PKCS1_SHA512,
                    "PS256" => &RSA_PSS_SHA256,
                    "PS384" => &RSA_PSS_SHA384,
                    "PS512" => &RSA_PSS_SHA512,
                    _ => &RSA_PKCS1_SHA256,
                };
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(encoding, &random, message, &mut signature)
                    .unwrap();
                signature
            }
            Self::P256(key) | Self::P384(key) => {
                key.sign(&random, message).unwrap().as_ref().to_vec()
            }
            Self::Ed25519(key) => key.sign(message).as_ref().to_vec(),
        }
    }
}

/// Keeps spawned work until the test runs it.
#[derive(Clone, Default)]
pub(crate) struct ManualSpawn(Arc<Mutex<VecDeque<BoxFuture<'static, ()>>>>);

impl ManualSpawn {
    /// Runs the oldest piece of work to its end; whether there was one.
    pub(crate) fn run_next(&self) -> bool {
        let task = self.0.lock().unwrap().pop_front();
        task.map(crate::testing::block_on).is_some()
    }

    /// Drops all work, as a runtime does that shuts down.
    pub(crate) fn drop_all(&self) {
        let tasks = std::mem::take(&mut *self.0.lock().unwrap());
        drop(tasks);
    }
}

impl Spawn for ManualSpawn {
    fn spawn(&self, future: BoxFuture<'static, ()>) {
        self.0.lock().unwrap().push_back(future);
    }

    fn sleep(&self, _duration: std::time::Duration) -> BoxFuture<'static, ()> {
        crate::testing::no_wait()
    }
}
