//! The keys of a seal, each derived from the password with a salt of its own, and what the one that
//! encrypts does.

use std::num::NonZeroU32;

use aws_lc_rs::cipher::{
    AES_256, DecryptionContext, EncryptionContext, PaddedBlockDecryptingKey,
    PaddedBlockEncryptingKey, UnboundCipherKey,
};
use aws_lc_rs::iv::FixedLength;
use aws_lc_rs::{hmac, pbkdf2};
use zeroize::Zeroizing;

use crate::secret::{Secret, Wiped};

/// Bytes in the initialisation vector of a seal.
pub(super) const IV: usize = 16;

/// The key that authenticates a seal.
pub(super) fn mac_key(password: &Secret<String>, salt: &[u8]) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, &*derive_key(password, salt))
}

pub(super) fn encrypt(
    password: &Secret<String>,
    salt: &[u8],
    iv: [u8; IV],
    payload: &[u8],
) -> Zeroizing<Vec<u8>> {
    // Room for the padding, so that no copy of the payload is left behind by a reallocation.
    let mut text = Zeroizing::new(Vec::with_capacity(payload.len() + IV));
    text.extend_from_slice(payload);
    let context = EncryptionContext::Iv128(FixedLength::from(iv));
    PaddedBlockEncryptingKey::cbc_pkcs7(cipher_key(password, salt))
        .and_then(|key| key.less_safe_encrypt(&mut *text, context))
        // AES-CBC refuses no payload, and the buffer grows by the padding.
        .expect("AES-CBC encrypts a payload of any length");
    text
}

/// `None` for what another key encrypted.
pub(super) fn decrypt(
    password: &Secret<String>,
    salt: &[u8],
    iv: [u8; IV],
    ciphertext: Vec<u8>,
) -> Option<Wiped> {
    let mut text = Wiped::new(ciphertext);
    let context = DecryptionContext::Iv128(FixedLength::from(iv));
    let length = PaddedBlockDecryptingKey::cbc_pkcs7(cipher_key(password, salt))
        .and_then(|key| Ok(key.decrypt(text.as_mut_vec(), context)?.len()))
        .ok()?;
    text.as_mut_vec().truncate(length);
    Some(text)
}

fn cipher_key(password: &Secret<String>, salt: &[u8]) -> UnboundCipherKey {
    // Fails only for a key of the wrong length.
    UnboundCipherKey::new(&AES_256, &*derive_key(password, salt)).expect("a key of 32 bytes")
}

/// PBKDF2 with HMAC-SHA1 and a single iteration, as the format has it: a password has to be as
/// random as a key.
pub(super) fn derive_key(password: &Secret<String>, salt: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    pbkdf2::derive(
        pbkdf2::PBKDF2_HMAC_SHA1,
        NonZeroU32::MIN,
        salt,
        password.expose().as_bytes(),
        &mut *key,
    );
    key
}
