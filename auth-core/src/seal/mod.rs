//! Sealed values: bytes in, text out that only we can make and read. No idea of cookies.

pub(crate) mod iron;
pub(crate) mod jwe;
mod keys;

pub(crate) use keys::{KeyRing, Secrets};

#[cfg(test)]
mod properties;
