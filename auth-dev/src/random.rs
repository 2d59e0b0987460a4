//! Randomness for codes, tokens and keys' names.

use aws_lc_rs::rand;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// 256 bits from the operating system's generator, as 43 characters of base64url.
pub(crate) fn random_token() -> String {
    let mut bytes = [0_u8; 32];
    // The generator seeds itself from the operating system; without one nothing here may run.
    rand::fill(&mut bytes).expect("the operating system has randomness");
    URL_SAFE_NO_PAD.encode(bytes)
}
