//! base64url without padding (RFC 4648 §5), in which cookies and tokens are written.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::NO_PAD;

/// Takes 32 characters at a time where the processor can: a session is thousands.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
type Base64 = base64::engine::Simd;

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
type Base64 = base64::engine::GeneralPurpose;

/// Strict: neither padding nor bits that are left over are accepted.
pub(crate) static BASE64URL: LazyLock<Base64> = LazyLock::new(|| {
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    return Base64::url_safe(NO_PAD);
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    return Base64::new(&base64::alphabet::URL_SAFE, NO_PAD);
});

/// Exactly `N` bytes, at most 32: a shorter tag is no tag.
pub(crate) fn decode_array<const N: usize>(text: impl AsRef<[u8]>) -> Option<[u8; N]> {
    let mut buffer = [0; 48];
    let length = BASE64URL.decode_slice(text, &mut buffer).ok()?;
    buffer[..length].try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    #[test]
    fn every_length_is_written_and_read_as_the_portable_engine_does() {
        let bytes: Vec<u8> = (0..=255)
            .cycle()
            .map(|n: u8| n.wrapping_mul(151))
            .take(300)
            .collect();
        for length in 0..bytes.len() {
            let bytes = &bytes[..length];
            let text = URL_SAFE_NO_PAD.encode(bytes);
            assert_eq!(BASE64URL.encode(bytes), text);
            assert_eq!(BASE64URL.decode(&text).unwrap(), bytes);
        }
    }

    #[test]
    fn an_array_is_all_of_its_bytes_and_no_more() {
        for length in 0..80 {
            let text = BASE64URL.encode(vec![7; length]);
            assert_eq!(
                decode_array::<32>(&text).is_some(),
                length == 32,
                "{length}"
            );
        }
    }

    #[test]
    fn what_is_written_otherwise_is_refused_wherever_it_stands() {
        let text = BASE64URL.encode([0x5a; 120]);
        for position in 0..text.len() {
            for wrong in ['+', '/', '=', ' ', '.', '\0', '\u{7f}'] {
                let mut wrongly = text.clone();
                wrongly.replace_range(position..=position, wrong.encode_utf8(&mut [0; 4]));
                assert!(
                    BASE64URL.decode(&wrongly).is_err(),
                    "{wrong:?} at {position}"
                );
            }
        }
        for wrongly in ["QQ==", "QR", "A"] {
            assert!(BASE64URL.decode(wrongly).is_err(), "{wrongly}");
        }
    }
}
