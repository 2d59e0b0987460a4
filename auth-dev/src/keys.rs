//! The provider's signing keys, and signatures with them (RFC 7515, 7517, 7518).

use auth_core::SigningAlgorithm;
use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{self, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256,
    RSA_PSS_SHA256, RsaEncoding,
};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::random::random_token;

/// An algorithm that this provider signs with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Rs256,
    Ps256,
    Es256,
    EdDsa,
}

impl Algorithm {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Ps256 => "PS256",
            Self::Es256 => "ES256",
            Self::EdDsa => "EdDSA",
        }
    }
}

impl TryFrom<SigningAlgorithm> for Algorithm {
    type Error = SigningAlgorithm;

    fn try_from(algorithm: SigningAlgorithm) -> Result<Self, SigningAlgorithm> {
        match algorithm {
            SigningAlgorithm::Rs256 => Ok(Self::Rs256),
            SigningAlgorithm::Ps256 => Ok(Self::Ps256),
            SigningAlgorithm::Es256 => Ok(Self::Es256),
            SigningAlgorithm::EdDsa => Ok(Self::EdDsa),
            other => Err(other),
        }
    }
}

impl From<Algorithm> for SigningAlgorithm {
    fn from(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Rs256 => Self::Rs256,
            Algorithm::Ps256 => Self::Ps256,
            Algorithm::Es256 => Self::Es256,
            Algorithm::EdDsa => Self::EdDsa,
        }
    }
}

/// One key of each kind. The RSA key belongs to one of RS256 and PS256, never to both.
pub(crate) struct KeySet {
    name: String,
    algorithm: Algorithm,
    rsa: rsa::KeyPair,
    ec: EcdsaKeyPair,
    ed: Ed25519KeyPair,
}

impl KeySet {
    /// New keys, under names that no earlier set had.
    pub(crate) fn generate(algorithm: Algorithm) -> Result<Self, Unspecified> {
        Ok(Self {
            name: random_token()[..8].to_owned(),
            algorithm,
            rsa: rsa::KeyPair::generate(KeySize::Rsa2048)?,
            ec: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)?,
            ed: Ed25519KeyPair::generate()?,
        })
    }

    /// The `kid` of the key that signs.
    pub(crate) fn kid(&self) -> String {
        let kind = match self.algorithm {
            Algorithm::Rs256 | Algorithm::Ps256 => "rsa",
            Algorithm::Es256 => "ec",
            Algorithm::EdDsa => "ed",
        };
        format!("{kind}-{}", self.name)
    }

    /// The JOSE header of an ID Token signed by [`sign`](Self::sign).
    pub(crate) fn header(&self) -> Value {
        json!({ "alg": self.algorithm.name(), "kid": self.kid(), "typ": "JWT" })
    }

    /// `header.payload.signature`, whatever the header claims.
    pub(crate) fn sign(&self, header: &Value, payload: &Value) -> Result<String, Unspecified> {
        let input = signing_input(header, payload);
        let signature = match self.algorithm {
            Algorithm::Rs256 => self.sign_rsa(&RSA_PKCS1_SHA256, input.as_bytes())?,
            Algorithm::Ps256 => self.sign_rsa(&RSA_PSS_SHA256, input.as_bytes())?,
            Algorithm::Es256 => {
                let signature = self.ec.sign(&SystemRandom::new(), input.as_bytes())?;
                signature.as_ref().to_vec()
            }
            Algorithm::EdDsa => self.ed.try_sign(input.as_bytes())?.as_ref().to_vec(),
        };
        Ok(format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    fn sign_rsa(
        &self,
        padding: &'static dyn RsaEncoding,
        input: &[u8],
    ) -> Result<Vec<u8>, Unspecified> {
        let mut signature = vec![0; self.rsa.public_modulus_len()];
        self.rsa
            .sign(padding, &SystemRandom::new(), input, &mut signature)?;
        Ok(signature)
    }

    /// The JWK Set (RFC 7517 §5).
    pub(crate) fn jwks(&self) -> Value {
        let base64 = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let rsa_alg = match self.algorithm {
            Algorithm::Ps256 => "PS256",
            _ => "RS256",
        };
        let (n, e) = rsa_public_parts(self.rsa.public_key().as_ref());
        // An uncompressed point: 0x04, x, y (SEC 1 §2.3.3).
        let point = self.ec.public_key().as_ref();
        let (x, y) = point[1..].split_at(32);
        json!({ "keys": [
            { "kty": "RSA", "kid": format!("rsa-{}", self.name), "use": "sig", "alg": rsa_alg,
              "n": base64(n), "e": base64(e) },
            { "kty": "EC", "kid": format!("ec-{}", self.name), "use": "sig", "alg": "ES256",
              "crv": "P-256", "x": base64(x), "y": base64(y) },
            { "kty": "OKP", "kid": format!("ed-{}", self.name), "use": "sig", "alg": "EdDSA",
              "crv": "Ed25519", "x": base64(self.ed.public_key().as_ref()) },
        ]})
    }

    /// The public RSA key as PEM: what an attacker would key an HMAC with.
    pub(crate) fn public_pem(&self) -> Result<String, Unspecified> {
        let der: PublicKeyX509Der<'_> = self.rsa.public_key().as_der()?;
        let base64 = STANDARD.encode(der.as_ref());
        let mut pem = String::from("-----BEGIN PUBLIC KEY-----\n");
        let mut rest = base64.as_str();
        while !rest.is_empty() {
            let (line, more) = rest.split_at(rest.len().min(64));
            pem.push_str(line);
            pem.push('\n');
            rest = more;
        }
        pem.push_str("-----END PUBLIC KEY-----\n");
        Ok(pem)
    }
}

/// `header.payload`, encoded (RFC 7515 §5.1).
pub(crate) fn signing_input(header: &Value, payload: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(header), part(payload))
}

/// Modulus and exponent of an `RSAPublicKey` (RFC 8017 §A.1.1) that aws-lc wrote.
fn rsa_public_parts(der: &[u8]) -> (&[u8], &[u8]) {
    let (sequence, _) = der_value(der);
    let (modulus, rest) = der_value(sequence);
    let (exponent, _) = der_value(rest);
    (strip_sign(modulus), strip_sign(exponent))
}

/// The contents of the first element, and what follows it.
fn der_value(der: &[u8]) -> (&[u8], &[u8]) {
    let first = usize::from(der[1]);
    let (start, length) = if first < 0x80 {
        (2, first)
    } else {
        let octets = first - 0x80;
        let length = &der[2..2 + octets];
        let length = length
            .iter()
            .fold(0, |length, octet| length << 8 | usize::from(*octet));
        (2 + octets, length)
    };
    der[start..].split_at(length)
}

/// A positive INTEGER without the zero octet that keeps it positive.
fn strip_sign(integer: &[u8]) -> &[u8] {
    integer.strip_prefix(&[0]).unwrap_or(integer)
}
