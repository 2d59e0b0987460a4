//! The keys that follow from the configured secrets, derived once as Auth.js derives them.

use std::sync::Mutex;
use std::{fmt, iter};

use aws_lc_rs::aead::{AES_256_GCM, LessSafeKey, UnboundKey};
use aws_lc_rs::cipher::{
    AES_256, PaddedBlockDecryptingKey, PaddedBlockEncryptingKey, UnboundCipherKey,
};
use aws_lc_rs::{digest, hkdf, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use crate::secret::Secret;

/// The configured secrets: never empty, the first encrypts, all decrypt.
#[derive(Clone, Debug)]
pub(crate) struct Secrets {
    first: Secret<String>,
    others: Vec<Secret<String>>,
}

impl Secrets {
    pub(crate) fn new(first: Secret<String>, others: Vec<Secret<String>>) -> Self {
        Self { first, others }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Secret<String>> {
        iter::once(&self.first).chain(&self.others)
    }
}

/// The keys of all secrets for one salt. Values sealed under one salt do not open under another.
pub(crate) struct KeyRing {
    first: Key,
    others: Vec<Key>,
}

impl KeyRing {
    /// Derives the keys. For a session the salt is the exact name of its cookie.
    pub(crate) fn derive(secrets: &Secrets, salt: &str) -> Self {
        let info = format!("Auth.js Generated Encryption Key ({salt})");
        Self::of(secrets, |secret| derive_key(secret, salt, &info))
    }

    /// Derives the keys of next-auth v4's session cookies, which have no salt. Only for opening.
    pub(crate) fn derive_v4(secrets: &Secrets) -> Self {
        Self::of(secrets, |secret| {
            derive_key(secret, "", "NextAuth.js Generated Encryption Key")
        })
    }

    fn of(secrets: &Secrets, derive: impl Fn(&Secret<String>) -> KeyBytes) -> Self {
        let key = |secret| Key::schedule(&derive(secret));
        Self {
            first: key(&secrets.first),
            others: secrets.others.iter().map(key).collect(),
        }
    }

    /// The key that encrypts.
    pub(super) fn first(&self) -> &Key {
        &self.first
    }

    /// The keys that decrypt.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Key> {
        iter::once(&self.first).chain(&self.others)
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyRing([redacted])")
    }
}

/// The keys of one secret, scheduled. aws-lc wipes each of them when it is dropped.
pub(super) struct Key {
    /// The encoded protected header of everything that this key seals.
    pub(super) header: String,
    /// `kid` of the 64-byte key, for A256CBC-HS512.
    pub(super) cbc_kid: String,
    /// `kid` of the 32-byte key, for A256GCM.
    pub(super) gcm_kid: String,
    mac: hmac::Key,
    /// The MAC of everything that this key seals, as far as the header.
    begun: Mutex<hmac::Context>,
    pub(super) encrypt: PaddedBlockEncryptingKey,
    pub(super) decrypt: PaddedBlockDecryptingKey,
    pub(super) gcm: LessSafeKey,
}

impl Key {
    fn schedule(key: &KeyBytes) -> Self {
        let (first, second) = key.split_at(32);
        let cbc_kid = thumbprint(&digest::SHA512, key.as_slice());
        let header = URL_SAFE_NO_PAD.encode(format!(
            r#"{{"alg":"dir","enc":"A256CBC-HS512","kid":"{cbc_kid}"}}"#
        ));
        // These constructors fail only for a key of the wrong length, and both halves have 32 bytes.
        let aes = || UnboundCipherKey::new(&AES_256, second).expect("an AES-256 key of 32 bytes");
        // RFC 7518 §5.2.2.1: the first half authenticates, the second encrypts.
        let mac = hmac::Key::new(hmac::HMAC_SHA512, first);
        Self {
            begun: Mutex::new(begin(&mac, header.as_bytes())),
            header,
            cbc_kid,
            gcm_kid: thumbprint(&digest::SHA256, first),
            mac,
            encrypt: PaddedBlockEncryptingKey::cbc_pkcs7(aes()).expect("an AES-256 key"),
            decrypt: PaddedBlockDecryptingKey::cbc_pkcs7(aes()).expect("an AES-256 key"),
            // The 32-byte derivation is a prefix of the 64-byte one (RFC 5869 §2.3).
            gcm: LessSafeKey::new(
                UnboundKey::new(&AES_256_GCM, first).expect("an AES-256 key of 32 bytes"),
            ),
        }
    }

    /// A MAC that goes on after `header`: a copy of the one that was begun with ours.
    pub(super) fn mac_after(&self, header: &[u8]) -> hmac::Context {
        if header == self.header.as_bytes()
            // Nobody waits for another thread that takes its copy.
            && let Ok(begun) = self.begun.try_lock()
        {
            return begun.clone();
        }
        begin(&self.mac, header)
    }
}

/// A MAC that goes on after `header`.
fn begin(key: &hmac::Key, header: &[u8]) -> hmac::Context {
    let mut mac = hmac::Context::with_key(key);
    mac.update(header);
    mac
}

const KEY_LENGTH: usize = 64;

struct KeyLength;

impl hkdf::KeyType for KeyLength {
    fn len(&self) -> usize {
        KEY_LENGTH
    }
}

type KeyBytes = Zeroizing<[u8; KEY_LENGTH]>;

/// HKDF-SHA256 (RFC 5869).
fn derive_key(secret: &Secret<String>, salt: &str, info: &str) -> KeyBytes {
    let mut key = Zeroizing::new([0; KEY_LENGTH]);
    hkdf::Salt::new(hkdf::HKDF_SHA256, salt.as_bytes())
        .extract(secret.expose().as_bytes())
        .expand(&[info.as_bytes()], KeyLength)
        .and_then(|okm| okm.fill(key.as_mut_slice()))
        // RFC 5869 §2.3 allows 255 × 32 bytes; this asks for 64, into a buffer of 64.
        .expect("64 bytes are within the limit of HKDF");
    key
}

/// The JWK thumbprint of a symmetric key (RFC 7638 §3.2).
fn thumbprint(algorithm: &'static digest::Algorithm, key: &[u8]) -> String {
    let encoded = Zeroizing::new(URL_SAFE_NO_PAD.encode(key));
    let mut context = digest::Context::new(algorithm);
    context.update(br#"{"k":""#);
    context.update(encoded.as_bytes());
    context.update(br#"","kty":"oct"}"#);
    URL_SAFE_NO_PAD.encode(context.finish())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::secret::hex;

    #[test]
    fn keys_and_thumbprints_are_those_of_auth_js() {
        let vectors: Value =
            serde_json::from_str(include_str!("../../fixtures/authjs_jwt.json")).unwrap();
        let rows = vectors["derived"].as_array().unwrap();
        assert_eq!(rows.len(), 10);
        for row in rows {
            let text = |name: &str| row[name].as_str().unwrap();
            let secret = Secret::from(text("secret"));
            let salt = text("salt");
            let info = format!("Auth.js Generated Encryption Key ({salt})");
            let key = derive_key(&secret, salt, &info);
            assert_eq!(hex(key.as_slice()), text("key64_hex"));
            assert_eq!(hex(&key[..32]), text("key32_A256GCM_hex"));
            assert_eq!(Key::schedule(&key).cbc_kid, text("kid_sha512_thumbprint"));
        }
    }

    #[test]
    fn debug_shows_no_key() {
        let secrets = Secrets::new("s3cret".into(), vec!["older".into()]);
        let ring = KeyRing::derive(&secrets, "salt");
        assert_eq!(format!("{ring:?}"), "KeyRing([redacted])");
        let shown = format!("{secrets:?}");
        assert!(!shown.contains("s3cret") && !shown.contains("older"));
    }

    #[test]
    fn a_mac_is_the_same_whether_it_was_begun_before_or_not() {
        let secrets = Secrets::new("s3cret".into(), Vec::new());
        let ring = KeyRing::derive(&secrets, "salt");
        let key = ring.first();
        let tag = |header: &[u8]| {
            let mut mac = key.mac_after(header);
            mac.update(b"the rest");
            hex(mac.sign().as_ref())
        };
        let whole = |header: &[u8]| {
            let message = [header, b"the rest"].concat();
            hex(hmac::sign(&key.mac, &message).as_ref())
        };
        let ours = key.header.as_bytes();
        for header in [ours, &ours[1..], b""] {
            assert_eq!(tag(header), whole(header));
            assert_eq!(tag(header), whole(header), "a second time");
            let _taken = key.begun.lock().unwrap();
            assert_eq!(tag(header), whole(header), "while another thread has it");
        }
    }

    #[test]
    fn a_key_ring_is_shared_between_threads() {
        fn check<T: Send + Sync>() {}
        check::<KeyRing>();
    }
}
