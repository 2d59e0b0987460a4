//! A public key of a provider, ready to check signatures with.

use std::sync::OnceLock;

use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::rsa::PublicEncryptingKey;
use aws_lc_rs::signature::{
    ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384,
    RSA_PKCS1_2048_8192_SHA512, RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384,
    RSA_PSS_2048_8192_SHA512, RsaParameters, RsaPublicKeyComponents,
};
use jsonwebtoken::crypto::aws_lc;
use jsonwebtoken::{Algorithm, DecodingKey};

use crate::oidc::jws::SigningAlgorithm;

/// A public key.
#[derive(Debug)]
pub(crate) enum PublicKey {
    Rsa(RsaKey),
    /// Of an elliptic curve.
    Curve(DecodingKey),
}

impl PublicKey {
    /// Whether `signature` was made with `algorithm` over `message`. No key fits an algorithm of
    /// another kind.
    pub(crate) fn verifies(
        &self,
        algorithm: SigningAlgorithm,
        message: &[u8],
        signature: &Vec<u8>,
    ) -> bool {
        match self {
            Self::Rsa(key) => key.verifies(algorithm, message, signature),
            Self::Curve(key) => {
                let algorithm = match algorithm {
                    SigningAlgorithm::Es256 => Algorithm::ES256,
                    SigningAlgorithm::Es384 => Algorithm::ES384,
                    SigningAlgorithm::EdDsa => Algorithm::EdDSA,
                    _ => return false,
                };
                // This provider by name: the process-wide one may be another crate's, or none.
                (aws_lc::DEFAULT_PROVIDER.verifier_factory)(&algorithm, key)
                    .is_ok_and(|verifier| verifier.verify(message, signature).is_ok())
            }
        }
    }
}

/// An RSA key. Setting one up takes an eighth of checking a signature with it.
#[derive(Debug)]
pub(crate) struct RsaKey {
    der: PublicKeyX509Der<'static>,
    /// Set up for the algorithm that it was first asked for. A provider signs with one.
    ready: OnceLock<(SigningAlgorithm, ParsedPublicKey)>,
}

impl RsaKey {
    /// `None` if there is no such key.
    pub(crate) fn new(modulus: &[u8], exponent: &[u8]) -> Option<Self> {
        let components = RsaPublicKeyComponents {
            n: modulus,
            e: exponent,
        };
        let key: PublicEncryptingKey = components.try_into().ok()?;
        Some(Self {
            der: key.as_der().ok()?,
            ready: OnceLock::new(),
        })
    }

    fn verifies(&self, algorithm: SigningAlgorithm, message: &[u8], signature: &[u8]) -> bool {
        let Some(parameters) = parameters(algorithm) else {
            return false;
        };
        let set_up = || ParsedPublicKey::new(parameters, self.der.as_ref());
        let verifies = |key: &ParsedPublicKey| key.verify_sig(message, signature).is_ok();
        match self.ready.get() {
            Some((ready, key)) if *ready == algorithm => verifies(key),
            Some(_) => set_up().is_ok_and(|key| verifies(&key)),
            None => set_up().is_ok_and(|key| {
                let is_authentic = verifies(&key);
                // Whoever sends a token does not choose what the key is kept for.
                if is_authentic {
                    // Another thread may have been first.
                    let _ = self.ready.set((algorithm, key));
                }
                is_authentic
            }),
        }
    }
}

/// RFC 7518 §3.3 and §3.5. `None` for an algorithm without RSA.
fn parameters(algorithm: SigningAlgorithm) -> Option<&'static RsaParameters> {
    Some(match algorithm {
        SigningAlgorithm::Rs256 => &RSA_PKCS1_2048_8192_SHA256,
        SigningAlgorithm::Rs384 => &RSA_PKCS1_2048_8192_SHA384,
        SigningAlgorithm::Rs512 => &RSA_PKCS1_2048_8192_SHA512,
        SigningAlgorithm::Ps256 => &RSA_PSS_2048_8192_SHA256,
        SigningAlgorithm::Ps384 => &RSA_PSS_2048_8192_SHA384,
        SigningAlgorithm::Ps512 => &RSA_PSS_2048_8192_SHA512,
        SigningAlgorithm::Es256
        | SigningAlgorithm::Es384
        | SigningAlgorithm::EdDsa
        | SigningAlgorithm::Hs256 => return None,
    })
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::rand::SystemRandom;
    use aws_lc_rs::rsa::{KeyPair, KeySize};
    use aws_lc_rs::signature::{self, KeyPair as _, RsaEncoding};

    use super::*;

    use SigningAlgorithm::{Es256, Hs256, Ps256, Ps384, Ps512, Rs256, Rs384, Rs512};

    const RSA: [(SigningAlgorithm, &dyn RsaEncoding); 6] = [
        (Rs256, &signature::RSA_PKCS1_SHA256),
        (Rs384, &signature::RSA_PKCS1_SHA384),
        (Rs512, &signature::RSA_PKCS1_SHA512),
        (Ps256, &signature::RSA_PSS_SHA256),
        (Ps384, &signature::RSA_PSS_SHA384),
        (Ps512, &signature::RSA_PSS_SHA512),
    ];

    fn key_of(pair: &KeyPair) -> PublicKey {
        // RFC 8017 §A.1.1: the modulus stands behind nine bytes, the exponent is 65537.
        let der = pair.public_key().as_ref();
        PublicKey::Rsa(RsaKey::new(&der[9..265], &[1, 0, 1]).unwrap())
    }

    fn sign(pair: &KeyPair, encoding: &'static dyn RsaEncoding, message: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; pair.public_modulus_len()];
        let random = SystemRandom::new();
        pair.sign(encoding, &random, message, &mut signature)
            .unwrap();
        signature
    }

    #[test]
    fn a_key_checks_every_algorithm_whichever_it_was_first_asked_for() {
        let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
        for (first, encoding) in RSA {
            let key = key_of(&pair);
            assert!(key.verifies(first, b"first", &sign(&pair, encoding, b"first")));
            for _ in 0..2 {
                for (algorithm, encoding) in RSA {
                    let signature = sign(&pair, encoding, b"message");
                    assert!(key.verifies(algorithm, b"message", &signature));
                    assert!(!key.verifies(algorithm, b"massage", &signature));
                    for (other, _) in RSA.into_iter().filter(|(other, _)| *other != algorithm) {
                        assert!(!key.verifies(other, b"message", &signature), "{other:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_signature_of_another_key_is_refused_before_and_after_a_good_one() {
        let (pair, other) = (
            KeyPair::generate(KeySize::Rsa2048).unwrap(),
            KeyPair::generate(KeySize::Rsa2048).unwrap(),
        );
        let key = key_of(&pair);
        let forged = sign(&other, &signature::RSA_PKCS1_SHA256, b"message");
        let good = sign(&pair, &signature::RSA_PKCS1_SHA256, b"message");
        assert!(!key.verifies(Rs256, b"message", &forged));
        assert!(key.verifies(Rs256, b"message", &good));
        assert!(!key.verifies(Rs256, b"message", &forged));
        assert!(!key.verifies(Rs256, b"message", &Vec::new()));
    }

    #[test]
    fn an_rsa_key_is_none_of_a_curve_or_of_a_secret() {
        let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
        let signature = sign(&pair, &signature::RSA_PKCS1_SHA256, b"message");
        for algorithm in [Es256, Hs256] {
            assert!(!key_of(&pair).verifies(algorithm, b"message", &signature));
        }
    }
}
