//! The passwords of iron seals, checked once.

use crate::secret::Secret;

/// Shortest password, in UTF-16 code units, which is what JavaScript counts.
const MIN_LENGTH: usize = 32;

/// The id under which a single password goes.
const ONLY: &str = "1";

/// The id that a seal without one means.
const DEFAULT: &str = "default";

/// The passwords that seals are made and opened with: never empty. The one with the numerically
/// highest id seals, and each opens the seals that name it.
#[derive(Clone, Debug)]
pub struct IronPasswords {
    passwords: Vec<(String, IronPassword)>,
    newest: usize,
}

impl IronPasswords {
    /// One password, with the id `1`.
    ///
    /// # Errors
    /// [`IronPasswordError::TooShort`].
    pub fn new(password: impl Into<IronPassword>) -> Result<Self, IronPasswordError> {
        Self::with_ids([(ONLY, password)])
    }

    /// Passwords by their ids, to change one without signing everybody out: add the new one under
    /// a higher number, and remove the old one when its cookies are gone.
    ///
    /// An id that is no number opens seals and makes none; `default` opens those without an id.
    ///
    /// # Errors
    /// [`IronPasswordError`].
    pub fn with_ids<I, P>(
        passwords: impl IntoIterator<Item = (I, P)>,
    ) -> Result<Self, IronPasswordError>
    where
        I: Into<String>,
        P: Into<IronPassword>,
    {
        let mut checked: Vec<(String, IronPassword)> = Vec::new();
        for (id, password) in passwords {
            let (id, password) = (id.into(), password.into());
            let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
            if id.is_empty() || !id.bytes().all(is_word) {
                return Err(IronPasswordError::InvalidId { id });
            }
            if checked.iter().any(|(other, _)| *other == id) {
                return Err(IronPasswordError::RepeatedId { id });
            }
            let shortest = password.shortest();
            if shortest < MIN_LENGTH {
                return Err(IronPasswordError::TooShort {
                    id,
                    length: shortest,
                });
            }
            checked.push((id, password));
        }
        let newest = (0..checked.len())
            .filter_map(|index| Some((number(&checked[index].0)?, index)))
            .max()
            .ok_or(IronPasswordError::NoneSeals)?;
        Ok(Self {
            passwords: checked,
            newest: newest.1,
        })
    }

    /// The password that seals, and its id.
    pub(super) fn newest(&self) -> (&str, &IronPassword) {
        let (id, password) = &self.passwords[self.newest];
        (id, password)
    }

    /// The password that a seal names.
    pub(super) fn named(&self, id: &[u8]) -> Option<&IronPassword> {
        let id = if id.is_empty() {
            DEFAULT.as_bytes()
        } else {
            id
        };
        self.passwords
            .iter()
            .find(|(other, _)| other.as_bytes() == id)
            .map(|(_, password)| password)
    }
}

/// `01` is not the number 1: the SDKs would look for the password under the id `1`.
fn number(id: &str) -> Option<u32> {
    id.parse()
        .ok()
        .filter(|number: &u32| number.to_string() == id)
}

/// A password, or one for encryption and another for integrity.
#[derive(Clone, Debug)]
pub struct IronPassword {
    pub(super) encryption: Secret<String>,
    pub(super) integrity: Secret<String>,
}

impl IronPassword {
    /// A password for each of the two purposes.
    pub fn split(
        encryption: impl Into<Secret<String>>,
        integrity: impl Into<Secret<String>>,
    ) -> Self {
        Self {
            encryption: encryption.into(),
            integrity: integrity.into(),
        }
    }

    fn shortest(&self) -> usize {
        let length = |password: &Secret<String>| password.expose().encode_utf16().count();
        length(&self.encryption).min(length(&self.integrity))
    }
}

impl From<Secret<String>> for IronPassword {
    fn from(password: Secret<String>) -> Self {
        Self::split(password.clone(), password)
    }
}

impl From<String> for IronPassword {
    fn from(password: String) -> Self {
        Secret::from(password).into()
    }
}

impl From<&str> for IronPassword {
    fn from(password: &str) -> Self {
        Secret::from(password).into()
    }
}

/// Why passwords cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IronPasswordError {
    /// A password has fewer than 32 characters.
    #[error("the password with the id {id} has {length} characters, fewer than {MIN_LENGTH}")]
    TooShort {
        /// The id of the password.
        id: String,
        /// Its length in UTF-16 code units.
        length: usize,
    },
    /// An id is not made of letters, digits and `_`.
    #[error("the password id {id:?} must be letters, digits and underscores")]
    InvalidId {
        /// The id.
        id: String,
    },
    /// Two passwords have the same id.
    #[error("the password id {id} is given twice")]
    RepeatedId {
        /// The id.
        id: String,
    },
    /// There is no password, or none whose id is a number.
    #[error("no password has a number as its id, so none can seal")]
    NoneSeals,
}
