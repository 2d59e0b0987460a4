//! The iron format `Fe26.2`, with the version suffix of iron-session: what the SDKs of WorkOS for
//! JavaScript write into their session cookie, and what they read.
//!
//! ```text
//! Fe26.2*<password id>*<salt>*<iv>*<ciphertext>*<expiration>*<salt>*<mac>~2
//! ```
//!
//! AES-256-CBC under one key, HMAC-SHA256 of everything before it under another. Each is derived
//! from the password with a salt of its own, which is the text of 64 hexadecimal digits.

use std::time::Duration;

use aws_lc_rs::hmac;
use base64::Engine as _;
use serde::Deserialize;
use serde_json::value::RawValue;

mod keys;
mod parts;
mod passwords;

pub use passwords::{IronPassword, IronPasswordError, IronPasswords};

use self::keys::{IV, encrypt, mac_key};
use self::parts::Parts;
use crate::base64url::BASE64URL;
use crate::secret::{Secret, Wiped, random_bytes, random_hex};
use crate::time::Timestamp;

/// The format and its version.
const PREFIX: &str = "Fe26.2";

/// What iron-session 8 appends: the payload is the session itself.
const VERSION: u32 = 2;

impl IronPasswords {
    /// Seals `payload`, a JSON object, under the newest password.
    ///
    /// With `ttl` the seal expires that long after `now`; without, it never does.
    pub fn seal(&self, payload: &[u8], ttl: Option<Duration>, now: Timestamp) -> String {
        let (id, password) = self.newest();
        let expiration = ttl.map_or(String::new(), |ttl| {
            let at = u128::from(milliseconds(now)) + ttl.as_millis();
            at.to_string()
        });
        let (salt, iv) = (random_hex::<32>(), random_bytes::<IV>());
        let text = encrypt(&password.encryption, salt.as_bytes(), iv, payload);

        let mut sealed = String::with_capacity(256 + text.len().div_ceil(3) * 4);
        for part in [PREFIX, id, salt.as_str()] {
            sealed.push_str(part);
            sealed.push('*');
        }
        BASE64URL.encode_string(iv, &mut sealed);
        sealed.push('*');
        BASE64URL.encode_string(&*text, &mut sealed);
        sealed.push('*');
        sealed.push_str(&expiration);
        let salt = random_hex::<32>();
        let key = mac_key(&password.integrity, salt.as_bytes());
        let mac = hmac::sign(&key, sealed.as_bytes());
        sealed.push('*');
        sealed.push_str(&salt);
        sealed.push('*');
        BASE64URL.encode_string(mac, &mut sealed);
        sealed.push_str("~2");
        sealed
    }

    /// Opens a seal: the JSON object that was sealed, as text.
    ///
    /// Of a seal with another version than 2, and of one without a version that looks like one of
    /// iron-session before version 6, the object is the member `persistent` of what was sealed.
    ///
    /// # Errors
    /// [`IronError`], checked in the order of its variants. All of them mean "signed out".
    pub fn unseal(&self, sealed: &str, now: Timestamp) -> Result<Secret<Vec<u8>>, IronError> {
        let (payload, version) = Parts::split(sealed.as_bytes())?.open(self, now)?;
        let session = session_json(&payload, version)?;
        Ok(Secret::new(session.to_vec()))
    }

    /// As [`unseal`](Self::unseal), of what need not be text. Of a seal with the version 2, whose
    /// whole payload is the session, it is for the caller to find out whether it is a JSON object:
    /// [`json_object`].
    ///
    /// # Errors
    /// [`IronError`].
    pub(crate) fn unseal_bytes(&self, sealed: &[u8], now: Timestamp) -> Result<Wiped, IronError> {
        let (payload, version) = Parts::split(sealed)?.open(self, now)?;
        match version {
            Some(VERSION) => Ok(payload),
            _ => Ok(Wiped::new(session_json(&payload, version)?.to_vec())),
        }
    }

    /// Whether `sealed` names the newest password. One that opens and does not is worth sealing
    /// anew.
    pub fn is_newest(&self, sealed: &str) -> bool {
        self.names_newest(sealed.as_bytes())
    }

    /// As [`is_newest`](Self::is_newest), of what need not be text.
    pub(crate) fn names_newest(&self, sealed: &[u8]) -> bool {
        sealed.split(|byte| *byte == b'*').nth(1) == Some(self.newest().0.as_bytes())
    }
}

/// Why a sealed value does not open. Tells nothing of what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IronError {
    /// It has not the eight parts of a seal, or something else than a version behind them.
    #[error("the value is not an iron seal")]
    Malformed,
    /// It is sealed in another version of the format.
    #[error("the seal has another version than {PREFIX}")]
    WrongPrefix,
    /// Its expiration is no number of milliseconds.
    #[error("the expiration of the seal is malformed")]
    InvalidExpiration,
    /// It expired more than a minute ago.
    #[error("the seal has expired")]
    Expired,
    /// It names a password that is not configured.
    #[error("the seal was made with an unknown password")]
    UnknownPassword,
    /// It was not made with the password it names, or was changed since.
    #[error("the seal is not authentic")]
    BadMac,
    /// It is authentic, and yet cannot be decrypted: made with half of another password.
    #[error("the seal cannot be decrypted")]
    Undecryptable,
    /// What was sealed is no JSON object.
    #[error("the seal does not hold a JSON object")]
    NotAnObject,
}

/// The session in what was sealed, as the version says.
fn session_json(payload: &[u8], version: Option<u32>) -> Result<&[u8], IronError> {
    /// What iron-session sealed before version 6, and still reads where the version is not 2.
    #[derive(Deserialize)]
    struct Legacy<'a> {
        #[serde(borrow)]
        persistent: Option<&'a RawValue>,
    }

    // Also the proof that it is JSON to the last byte, and an object.
    let Legacy { persistent } = json_object(payload)?;
    let session = match (version, persistent) {
        (Some(VERSION), _) | (None, None) => return Ok(payload),
        (_, Some(session)) => session.get().as_bytes(),
        (Some(_), None) => return Err(IronError::NotAnObject),
    };
    if session.starts_with(b"{") {
        Ok(session)
    } else {
        Err(IronError::NotAnObject)
    }
}

/// Reads a JSON object. It is known for text once, not string by string.
///
/// # Errors
/// [`IronError::NotAnObject`], for an object too that does not fit `T`.
pub(crate) fn json_object<'a, T: Deserialize<'a>>(json: &'a [u8]) -> Result<T, IronError> {
    std::str::from_utf8(json)
        .ok()
        // A struct would be read from an array too.
        .filter(|json| json.trim_ascii_start().starts_with('{'))
        .and_then(|json| serde_json::from_str(json).ok())
        .ok_or(IronError::NotAnObject)
}

/// `timestamp` in the unit of the format; one before the epoch is the epoch.
fn milliseconds(timestamp: Timestamp) -> u64 {
    u64::try_from(timestamp.as_unix())
        .unwrap_or(0)
        .saturating_mul(1000)
}

#[cfg(test)]
mod tests;
