//! Whatever stands where a sealed value should.

use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::hostile::{property, text};

static KEYS: LazyLock<KeyRing> =
    LazyLock::new(|| KeyRing::derive(&Secrets::new("new".into(), vec!["old".into()]), "salt"));

/// Sealed with the first secret, with the second, and with none of them.
static SEALED: LazyLock<Vec<String>> = LazyLock::new(|| {
    ["new", "old", "another"]
        .map(|secret| {
            let keys = KeyRing::derive(&Secrets::new(secret.into(), Vec::new()), "salt");
            keys.seal(br#"{"sub":"alice"}"#)
        })
        .to_vec()
});

fn is_ours(token: &str) -> bool {
    SEALED[..2].iter().any(|sealed| sealed == token)
}

property!(
    nothing_opens_but_what_we_sealed,
    text(SEALED.iter().map(String::as_str)),
    |token| assert_eq!(KEYS.open(&token).is_ok(), is_ours(&token))
);

property!(
    no_header_opens_a_token_that_it_was_not_sealed_with,
    text([
        r#"{"alg":"dir","enc":"A256CBC-HS512"}"#,
        r#"{"alg":"dir","enc":"A256GCM","kid":"k"}"#,
        r#"{"alg":"PBES2-HS512+A256KW","enc":"A256GCM","p2c":2147483647,"p2s":"AA","zip":"DEF"}"#,
        r#"{"alg":"none","crit":["exp"],"epk":{},"jwk":{"k":"AA"}}"#,
    ]),
    |header| {
        use base64::Engine as _;
        let header = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(header);
        let (_, rest) = SEALED[0].split_once('.').unwrap();
        assert!(KEYS.open(format!("{header}.{rest}")).is_err());
    }
);

property!(
    any_change_of_one_bit_is_noticed,
    (vec(any::<u8>(), 0..64), any::<usize>(), 0..7_u8),
    |(payload, at, bit)| {
        let sealed = KEYS.seal(&payload);
        assert_eq!(*KEYS.open(&sealed).unwrap(), payload);
        // Within ASCII, so that the text remains a text.
        let mut changed = sealed.into_bytes();
        let at = at % changed.len();
        changed[at] ^= 1 << bit;
        let changed = String::from_utf8(changed).unwrap();
        assert!(KEYS.open(&changed).is_err());
    }
);
