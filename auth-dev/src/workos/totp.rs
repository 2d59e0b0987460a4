//! Time-based one-time passwords (RFC 6238): HMAC-SHA-1, 30 seconds, 6 digits.

use auth_core::Timestamp;
use aws_lc_rs::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign};
use aws_lc_rs::rand;

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const PERIOD: i64 = 30;

/// A new secret: 160 bits in base 32 (RFC 4648 §6).
pub(crate) fn new_secret() -> String {
    let mut bytes = [0_u8; 32];
    // The generator seeds itself from the operating system; without one nothing here may run.
    rand::fill(&mut bytes).expect("the operating system has randomness");
    String::from_iter(bytes.map(|byte| char::from(ALPHABET[usize::from(byte % 32)])))
}

/// The code of `secret` at a point in time; `None` if the secret is not base 32.
pub(crate) fn code(secret: &str, at: Timestamp) -> Option<String> {
    let key = Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, &decode(secret)?);
    let counter = at.as_unix().div_euclid(PERIOD).to_be_bytes();
    let tag = sign(&key, &counter);
    // RFC 4226 §5.3
    let tag = tag.as_ref();
    let offset = usize::from(tag[19] & 0x0f);
    let word = [
        tag[offset],
        tag[offset + 1],
        tag[offset + 2],
        tag[offset + 3],
    ];
    let number = u32::from_be_bytes(word) & 0x7fff_ffff;
    Some(format!("{:06}", number % 1_000_000))
}

/// Whether `given` is the code of now, or of the period before or after it (RFC 6238 §5.2).
pub(crate) fn verify(secret: &str, given: &str, now: Timestamp) -> bool {
    [-PERIOD, 0, PERIOD].into_iter().any(|drift| {
        let at = Timestamp::from_unix(now.as_unix() + drift);
        code(secret, at).as_deref() == Some(given)
    })
}

fn decode(secret: &str) -> Option<Vec<u8>> {
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for letter in secret.trim_end_matches('=').bytes() {
        let letter = letter.to_ascii_uppercase();
        let value = ALPHABET.iter().position(|known| *known == letter)?;
        bits = bits << 5 | u32::try_from(value).ok()?;
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `12345678901234567890` in base 32.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn codes_are_those_of_rfc_6238_appendix_b() {
        for (at, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (20_000_000_000, "353130"),
        ] {
            let code = code(SECRET, Timestamp::from_unix(at));
            assert_eq!(code.as_deref(), Some(expected));
        }
    }

    #[test]
    fn a_code_is_good_one_period_around_its_own() {
        let at = Timestamp::from_unix(1_111_111_109);
        let code = code(SECRET, at).unwrap();
        for (drift, good) in [
            (-60, false),
            (-30, true),
            (0, true),
            (30, true),
            (60, false),
        ] {
            let now = Timestamp::from_unix(at.as_unix() + drift);
            assert_eq!(verify(SECRET, &code, now), good, "{drift}");
        }
        assert!(!verify("not base 32!", &code, at));
    }
}
