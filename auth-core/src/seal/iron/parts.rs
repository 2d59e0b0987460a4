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

/// The parts of a seal, nothing of them believed. Not even that they are text: whether they are
/// those that were sealed is what matters.
pub(super) struct Parts<'a> {
    /// What the MAC covers: everything up to the salt of its key.
    authenticated: &'a [u8],
    prefix: &'a [u8],
    id: &'a [u8],
    salt: &'a [u8],
    iv: &'a [u8],
    ciphertext: &'a [u8],
    expiration: &'a [u8],
    mac_salt: &'a [u8],
    mac: &'a [u8],
    /// Nothing authenticates it.
    version: Option<u32>,
}

impl<'a> Parts<'a> {
    pub(super) fn split(sealed: &'a [u8]) -> Result<Self, IronError> {
        let mut stars = memchr_iter(b'*', sealed);
        let mut begin = 0;
        let mut next = || -> Result<&'a [u8], IronError> {
            let end = stars.next().ok_or(IronError::Malformed)?;
            let part = &sealed[begin..end];
            begin = end + 1;
            Ok(part)
        };
        let (prefix, id, salt, iv) = (next()?, next()?, next()?, next()?);
        let (ciphertext, expiration, mac_salt) = (next()?, next()?, next()?);
        if stars.next().is_some() {
            return Err(IronError::Malformed);
        }
        let (mac, version) = split_version(&sealed[begin..])?;
        Ok(Self {
            authenticated: &sealed[..begin - mac_salt.len() - 2],
            prefix,
            id,
            salt,
            iv,
            ciphertext,
            expiration,
            mac_salt,
            mac,
            version,
        })
    }

    /// What was sealed, and the version. The checks are in the order in which `iron-webcrypto` makes
    /// them.
    pub(super) fn open(
        &self,
        passwords: &IronPasswords,
        now: Timestamp,
    ) -> Result<(Wiped, Option<u32>), IronError> {
        if self.prefix != PREFIX.as_bytes() {
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
        hmac::verify(&key, self.authenticated, &mac).map_err(|_| IronError::BadMac)?;
        // Authentic first, decrypted second: padding is never judged in a stranger's bytes.
        let payload = self.decrypt(&password.encryption);
        Ok((payload.ok_or(IronError::Undecryptable)?, self.version))
    }

    pub(super) fn decrypt(&self, password: &Secret<String>) -> Option<Wiped> {
        let ciphertext = BASE64URL.decode(self.ciphertext).ok()?;
        decrypt(password, self.salt, decode_array(self.iv)?, ciphertext)
    }

    /// `None` for a seal that never expires. A number too large to hold is as good as never.
    fn expiration(&self) -> Result<Option<u64>, IronError> {
        match self.expiration {
            [] => Ok(None),
            [b'0', ..] => Err(IronError::InvalidExpiration),
            digits => number(digits).map(Some).ok_or(IronError::InvalidExpiration),
        }
    }
}

/// Splits the version off the last part. Nothing authenticates it, so it has one spelling: that of
/// JavaScript, which writes no leading zero, and has never written a 0.
fn split_version(last: &[u8]) -> Result<(&[u8], Option<u32>), IronError> {
    let Some(tilde) = memchr(b'~', last) else {
        return Ok((last, None));
    };
    let digits = &last[tilde + 1..];
    let version = number(digits)
        .filter(|_| !digits.starts_with(b"0"))
        .and_then(|version| u32::try_from(version).ok());
    match version {
        Some(version) => Ok((&last[..tilde], Some(version))),
        None => Err(IronError::Malformed),
    }
}

/// A number of decimal digits and nothing else, with the largest that there is for any that is
/// larger.
fn number(digits: &[u8]) -> Option<u64> {
    let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    is_number.then(|| {
        digits.iter().fold(0, |number: u64, digit| {
            let digit = u64::from(digit - b'0');
            number.saturating_mul(10).saturating_add(digit)
        })
    })
}
