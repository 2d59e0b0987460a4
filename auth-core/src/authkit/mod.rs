//! WorkOS AuthKit: hosted sign-in, with the cookies that the SDKs for JavaScript write and read.

pub use crate::seal::iron::{IronError, IronPassword, IronPasswordError, IronPasswords};
