//! The parts of a seal, and the order in which they are checked.

use aws_lc_rs::hmac;
use base64::Engine as _;
use memchr::{memchr, memchr_iter};

use super::keys::{decrypt, mac_key};
use super::{IronError, IronPasswords, PREFIX, milliseconds};
use crate::base64url::{BASE64URL, decode_array};
use crate::secret::{Secret, Wiped};
use crate::time::Timestamp;

/// How long after its expiration a seal is still taken, for clocks that differ.
const SKEW_MS: u64 = 60_000;

/// Bytes in the MAC.
const MAC: usize = 32;

/// The parts of a seal, nothing of them believed.
pub(super) struct Parts<'a> {
    /// What the MAC covers: everything up to the salt of its key.
    authenticated: &'a str,
    prefix: &'a str,
    id: &'a str,
    salt: &'a str,
    iv: &'a str,
    ciphertext: &'a str,
    expiration: &'a str,
    mac_salt: &'a str,
    mac: &'a str,
}

impl<'a> Parts<'a> {
    pub(super) fn split(seal: &'a str) -> Result<Self, IronError> {
        let mut stars = memchr_iter(b'*', seal.as_bytes());
        let mut begin = 0;
        let mut next = || -> Result<&'a str, IronError> {
            let end = stars.next().ok_or(IronError::Malformed)?;
            let part = &seal[begin..end];
            begin = end + 1;
            Ok(part)
        };
        let (prefix, id, salt, iv) = (next()?, next()?, next()?, next()?);
        let (ciphertext, expiration, mac_salt) = (next()?, next()?, next()?);
        let mac = &seal[begin..];
        if stars.next().is_some() {
            return Err(IronError::Malformed);
        }
        Ok(Self {
            authenticated: &seal[..seal.len() - mac_salt.len() - mac.len() - 2],
            prefix,
            id,
            salt,
            iv,
            ciphertext,
            expiration,
            mac_salt,
            mac,
        })
    }

    /// The checks in the order in which `iron-webcrypto` makes them.
    pub(super) fn open(
        &self,
        passwords: &IronPasswords,
        now: Timestamp,
    ) -> Result<Wiped, IronError> {
        if self.prefix != PREFIX {
            return Err(IronError::WrongPrefix);
        }
        if let Some(expiration) = self.expiration()?
            && expiration.saturating_add(SKEW_MS) <= milliseconds(now)
        {
            return Err(IronError::Expired);
        }
        let password = passwords.named(self.id).ok_or(IronError::UnknownPassword)?;
        let mac: [u8; MAC] = decode_array(self.mac).ok_or(IronError::BadMac)?;
        let key = mac_key(&password.integrity, self.mac_salt);
        // In constant time.
        hmac::verify(&key, self.authenticated.as_bytes(), &mac).map_err(|_| IronError::BadMac)?;
        // Authentic first, decrypted second: padding is never judged in a stranger's bytes.
        self.decrypt(&password.encryption)
            .ok_or(IronError::Undecryptable)
    }

    pub(super) fn decrypt(&self, password: &Secret<String>) -> Option<Wiped> {
        let ciphertext = BASE64URL.decode(self.ciphertext).ok()?;
        decrypt(password, self.salt, decode_array(self.iv)?, ciphertext)
    }

    /// `None` for a seal that never expires. A number too large to hold is as good as never.
    fn expiration(&self) -> Result<Option<u64>, IronError> {
        match self.expiration.as_bytes() {
            [] => Ok(None),
            [b'1'..=b'9', rest @ ..] if rest.iter().all(u8::is_ascii_digit) => {
                Ok(Some(self.expiration.parse().unwrap_or(u64::MAX)))
            }
            _ => Err(IronError::InvalidExpiration),
        }
    }
}

/// Splits the version off, which nothing authenticates.
pub(super) fn split_version(sealed: &str) -> Result<(&str, Option<u32>), IronError> {
    let Some(tilde) = memchr(b'~', sealed.as_bytes()) else {
        return Ok((sealed, None));
    };
    let (seal, version) = (&sealed[..tilde], &sealed[tilde + 1..]);
    // Digits only: `parse` alone would take a sign.
    Some(version)
        .filter(|version| version.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(|version| version.parse().ok())
        .map(|version| (seal, Some(version)))
        .ok_or(IronError::Malformed)
}
