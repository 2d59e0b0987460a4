//! Query strings as the SDKs write them (RFC 1738): a space as `+`.

use std::fmt::Write as _;

/// The encoded query of `pairs`, in their order.
pub(super) fn encode(pairs: &[(&str, &str)]) -> String {
    let mut query = String::new();
    for (key, value) in pairs {
        if !query.is_empty() {
            query.push('&');
        }
        encode_into(&mut query, key);
        query.push('=');
        encode_into(&mut query, value);
    }
    query
}

/// Bytes that `encodeURIComponent` leaves alone, without `!`, `'` and `*`.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.~()".contains(&byte)
}

fn encode_into(query: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b' ' => query.push('+'),
            _ if is_plain(byte) => query.push(char::from(byte)),
            // Writing to a string does not fail.
            _ => drop(write!(query, "%{byte:02X}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_values_are_encoded() {
        let check = |pairs: &[(&str, &str)], expected| {
            assert_eq!(encode(pairs), expected);
        };
        check(&[], "");
        check(&[("b", "2"), ("a", "x y"), ("b", "1")], "b=2&a=x+y&b=1");
        check(&[("s", "Fe26.2*1~2")], "s=Fe26.2%2A1~2");
        check(
            &[("s", "!'()*-_.~&=+%#/ü")],
            "s=%21%27()%2A-_.~%26%3D%2B%25%23%2F%C3%BC",
        );
        check(&[("q[hd]", "x")], "q%5Bhd%5D=x");
    }
}
