//! JWE compact serialisation (RFC 7516 §3.1) with a shared key, as Auth.js writes and reads it.
//!
//! Written: `dir` with `A256CBC-HS512`. Read: that, and `dir` with `A256GCM`, which older versions
//! wrote. Nothing else, and no header member beyond `alg`, `enc` and `kid`: no compression, no
//! extension, no other way to obtain a key. Whether a payload has expired is for others to check.

use std::borrow::Cow;

use aws_lc_rs::aead::{Aad, Nonce};
use aws_lc_rs::cipher::{DecryptionContext, EncryptionContext};
use aws_lc_rs::hmac;
use aws_lc_rs::iv::FixedLength;
use base64::Engine as _;
use memchr::memchr_iter;
use serde::Deserialize;

use super::keys::{Key, KeyRing};
use crate::base64url::{BASE64URL, decode_array};
use crate::secret::{Wiped, ct_eq, random_bytes};

impl KeyRing {
    /// Encrypts and authenticates `payload` under the first secret.
    pub(crate) fn seal(&self, payload: &[u8]) -> String {
        let key = self.first();
        let iv = random_bytes::<IV>();
        // Room for the padding, so that no copy of the payload is left behind by a reallocation.
        let mut text = Wiped::new(Vec::with_capacity(payload.len() + IV));
        text.as_mut_vec().extend_from_slice(payload);
        key.encrypt
            .less_safe_encrypt(
                text.as_mut_vec(),
                EncryptionContext::Iv128(FixedLength::from(iv)),
            )
            // AES-CBC refuses no payload, and the buffer grows by the padding.
            .expect("AES-CBC encrypts a payload of any length");
        let tag = key.cbc_tag(key.header.as_bytes(), &iv, &text);

        let capacity = key.header.len() + 70 + text.len().div_ceil(3) * 4;
        let mut token = String::with_capacity(capacity);
        token.push_str(&key.header);
        token.push_str("..");
        BASE64URL.encode_string(iv, &mut token);
        token.push('.');
        BASE64URL.encode_string(&*text, &mut token);
        token.push('.');
        BASE64URL.encode_string(&tag.as_ref()[..CBC_TAG], &mut token);
        token
    }

    /// Verifies and decrypts `token`.
    ///
    /// # Errors
    /// [`OpenError`]. Whatever failed after the key was found is [`OpenError::Forged`].
    pub(crate) fn open(&self, token: impl AsRef<[u8]>) -> Result<Wiped, OpenError> {
        let token = Parts::split(token.as_ref()).ok_or(OpenError::Malformed)?;
        // What we sealed ourselves is known by its header, without parsing any JSON.
        if let Some(key) = self
            .iter()
            .find(|key| key.header.as_bytes() == token.header)
        {
            return key.open_cbc(&token);
        }

        let header = BASE64URL
            .decode(token.header)
            .map_err(|_| OpenError::Malformed)?;
        let header: Header<'_> =
            serde_json::from_slice(&header).map_err(|_| OpenError::UnsupportedHeader)?;
        let Algorithm::Dir = header.alg;
        let open = |key: &Key| match header.enc {
            Encryption::A256CbcHs512 => key.open_cbc(&token),
            Encryption::A256Gcm => key.open_gcm(&token),
        };
        let Some(kid) = header.kid else {
            // Tokens from before key identifiers: each secret in turn.
            return self
                .iter()
                .map(open)
                .reduce(|answer, next| answer.or(next))
                .unwrap_or(Err(OpenError::UnknownKey));
        };
        let key = self.iter().find(|key| match header.enc {
            Encryption::A256CbcHs512 => key.cbc_kid == kid,
            Encryption::A256Gcm => key.gcm_kid == kid,
        });
        open(key.ok_or(OpenError::UnknownKey)?)
    }
}

/// Why a sealed value does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum OpenError {
    /// It has not the five parts of a directly encrypted JWE, each base64url and of its length.
    #[error("the sealed value is malformed")]
    Malformed,
    /// Its header asks for anything but the two algorithms, or says more than they need.
    #[error("the header of the sealed value is not supported")]
    UnsupportedHeader,
    /// It names a key that follows from none of the secrets.
    #[error("the sealed value was made with an unknown secret")]
    UnknownKey,
    /// It was not made with the key it names, or was changed since.
    #[error("the sealed value is not authentic")]
    Forged,
}

const IV: usize = 16;
const CBC_TAG: usize = 32;
const GCM_NONCE: usize = 12;
const GCM_TAG: usize = 16;

impl Key {
    fn open_cbc(&self, token: &Parts<'_>) -> Result<Wiped, OpenError> {
        let iv: [u8; IV] = decode_array(token.iv).ok_or(OpenError::Malformed)?;
        let tag: [u8; CBC_TAG] = decode_array(token.tag).ok_or(OpenError::Malformed)?;
        let mut text = decode(token.ciphertext)?;
        // Authentic first, decrypted second: padding is never judged in a stranger's bytes.
        let expected = self.cbc_tag(token.header, &iv, &text);
        if !ct_eq(&expected.as_ref()[..CBC_TAG], &tag) {
            return Err(OpenError::Forged);
        }
        let context = DecryptionContext::Iv128(FixedLength::from(iv));
        let length = self
            .decrypt
            .decrypt(text.as_mut_vec(), context)
            .map_err(|_| OpenError::Forged)?
            .len();
        text.as_mut_vec().truncate(length);
        Ok(text)
    }

    fn open_gcm(&self, token: &Parts<'_>) -> Result<Wiped, OpenError> {
        let nonce: [u8; GCM_NONCE] = decode_array(token.iv).ok_or(OpenError::Malformed)?;
        let tag: [u8; GCM_TAG] = decode_array(token.tag).ok_or(OpenError::Malformed)?;
        let mut text = decode(token.ciphertext)?;
        self.gcm
            .open_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(token.header),
                &tag,
                text.as_mut_vec(),
            )
            .map_err(|_| OpenError::Forged)?;
        Ok(text)
    }

    /// RFC 7518 §5.2.2.1: the MAC over the header, the IV, the ciphertext and the header's length.
    fn cbc_tag(&self, header: &[u8], iv: &[u8], ciphertext: &[u8]) -> hmac::Tag {
        let header_bits = (header.len() as u64) * 8;
        let mut mac = self.mac_after(header);
        mac.update(iv);
        mac.update(ciphertext);
        mac.update(&header_bits.to_be_bytes());
        mac.sign()
    }
}

/// Strict on purpose: a member not listed here (`zip`, `crit`, `p2c`, `epk`) is an error.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header<'a> {
    alg: Algorithm,
    enc: Encryption,
    #[serde(borrow)]
    kid: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
enum Algorithm {
    #[serde(rename = "dir")]
    Dir,
}

#[derive(Clone, Copy, Deserialize)]
enum Encryption {
    #[serde(rename = "A256CBC-HS512")]
    A256CbcHs512,
    #[serde(rename = "A256GCM")]
    A256Gcm,
}

/// As bytes: what is not base64url is refused when it is decoded.
struct Parts<'a> {
    header: &'a [u8],
    iv: &'a [u8],
    ciphertext: &'a [u8],
    tag: &'a [u8],
}

impl<'a> Parts<'a> {
    fn split(token: &'a [u8]) -> Option<Self> {
        let mut dots = memchr_iter(b'.', token);
        let [first, second, third, fourth] =
            [dots.next()?, dots.next()?, dots.next()?, dots.next()?];
        // RFC 7518 §4.5: with `dir` the encrypted key is the empty string.
        if second != first + 1 || dots.next().is_some() {
            return None;
        }
        Some(Self {
            header: &token[..first],
            iv: &token[second + 1..third],
            ciphertext: &token[third + 1..fourth],
            tag: &token[fourth + 1..],
        })
    }
}

fn decode(text: &[u8]) -> Result<Wiped, OpenError> {
    BASE64URL
        .decode(text)
        .map(Wiped::new)
        .map_err(|_| OpenError::Malformed)
}

#[cfg(test)]
mod tests;
