//! Ids as WorkOS writes them: a prefix that says of what, and a ULID.

use aws_lc_rs::rand;

/// Crockford's base 32, as ULIDs use it.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// `prefix_01…`: 24 random digits after the two that a ULID of this century begins with.
pub(crate) fn new_id(prefix: &str) -> String {
    let mut bytes = [0_u8; 24];
    // The generator seeds itself from the operating system; without one nothing here may run.
    rand::fill(&mut bytes).expect("the operating system has randomness");
    let digits = bytes.map(|byte| char::from(DIGITS[usize::from(byte % 32)]));
    format!("{prefix}_01{}", String::from_iter(digits))
}

/// Six decimal digits.
pub(crate) fn new_code() -> String {
    let mut bytes = [0_u8; 4];
    rand::fill(&mut bytes).expect("the operating system has randomness");
    format!("{:06}", u32::from_be_bytes(bytes) % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_prefix_and_26_digits_and_never_the_same() {
        let id = new_id("user");
        let ulid = id.strip_prefix("user_").unwrap();
        assert_eq!(ulid.len(), 26);
        assert!(ulid.bytes().all(|byte| DIGITS.contains(&byte)), "{id}");
        assert_ne!(id, new_id("user"));
        assert_eq!(new_code().len(), 6);
    }
}
