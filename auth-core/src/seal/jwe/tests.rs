use std::collections::HashSet;

use serde_json::{Value, json};

use super::*;
use crate::seal::Secrets;

const SALT: &str = "authjs.session-token";

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../fixtures/authjs_jwt.json")).unwrap()
}

fn ring_for(secrets: &[&str], salt: &str) -> KeyRing {
    let (first, others) = secrets.split_first().unwrap();
    let others = others.iter().map(|secret| (*secret).into()).collect();
    KeyRing::derive(&Secrets::new((*first).into(), others), salt)
}

fn ring() -> KeyRing {
    ring_for(&["s3cret"], SALT)
}

/// A token with a header of the attacker's choice, correctly authenticated under our key.
fn seal_with_header(ring: &KeyRing, header: &Value) -> String {
    let key = ring.first();
    let header = BASE64URL.encode(header.to_string());
    let sealed = ring.seal(b"{}");
    let parts = Parts::split(sealed.as_bytes()).unwrap();
    let iv: [u8; IV] = decode_array(parts.iv).unwrap();
    let ciphertext = decode(parts.ciphertext).unwrap();
    let tag = key.cbc_tag(header.as_bytes(), &iv, &ciphertext);
    let [iv, ciphertext, tag] =
        [&iv[..], &ciphertext[..], &tag.as_ref()[..CBC_TAG]].map(|part| BASE64URL.encode(part));
    format!("{header}..{iv}.{ciphertext}.{tag}")
}

#[test]
fn every_token_of_auth_js_opens() {
    let vectors = vectors();
    let rows = vectors["tokens"].as_array().unwrap();
    assert_eq!(rows.len(), 8);
    for row in rows {
        let text = |name: &str| row[name].as_str().unwrap();
        let ring = ring_for(&[text("secret")], text("salt"));
        let payload = ring.open(text("token")).unwrap();
        let claims: Value = serde_json::from_slice(&payload).unwrap();
        assert_eq!(claims, row["claims"]);
        if row["header"]["enc"] == "A256CBC-HS512" {
            assert!(text("token").starts_with(&ring.first().header));
        } else {
            assert_eq!(row["header"].get("kid"), None);
        }
    }
}

#[test]
fn rotation_is_that_of_auth_js() {
    for row in vectors()["rotation"].as_array().unwrap() {
        let secrets: Vec<&str> = row["secret"]
            .as_array()
            .unwrap()
            .iter()
            .map(|secret| secret.as_str().unwrap())
            .collect();
        let opened = ring_for(&secrets, SALT).open(row["token"].as_str().unwrap());
        if row.get("error").is_some() {
            assert_eq!(opened, Err(OpenError::UnknownKey));
        } else {
            let claims: Value = serde_json::from_slice(&opened.unwrap()).unwrap();
            assert_eq!(claims, row["claims"]);
        }
    }
}

#[test]
fn the_first_secret_seals_and_every_secret_opens() {
    let old = ring_for(&["old"], SALT);
    let both = ring_for(&["new", "old"], SALT);
    let new = ring_for(&["new"], SALT);
    assert_eq!(*both.open(old.seal(b"x")).unwrap(), *b"x");
    assert_eq!(*new.open(both.seal(b"x")).unwrap(), *b"x");
    assert_eq!(old.open(both.seal(b"x")), Err(OpenError::UnknownKey));
}

#[test]
fn a_token_without_kid_opens_under_every_secret() {
    let vectors = vectors();
    let row = vectors["tokens"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["header"].get("kid").is_none())
        .unwrap();
    let token = row["token"].as_str().unwrap();
    let salt = row["salt"].as_str().unwrap();
    let secret = row["secret"].as_str().unwrap();
    assert!(ring_for(&["newer", secret], salt).open(token).is_ok());
    assert_eq!(
        ring_for(&["newer"], salt).open(token),
        Err(OpenError::Forged)
    );
}

#[test]
fn what_is_sealed_opens_whatever_its_length() {
    let ring = ring();
    for length in [0, 1, 15, 16, 17, 31, 32, 33, 1000] {
        let payload = vec![b'x'; length];
        assert_eq!(*ring.open(ring.seal(&payload)).unwrap(), *payload);
    }
}

#[test]
fn no_iv_is_used_twice() {
    let ring = ring();
    let ivs: HashSet<Vec<u8>> = (0..1000)
        .map(|_| {
            Parts::split(ring.seal(b"x").as_bytes())
                .unwrap()
                .iv
                .to_vec()
        })
        .collect();
    assert_eq!(ivs.len(), 1000);
}

#[test]
fn a_changed_token_is_rejected() {
    let ring = ring();
    let token = ring.seal(br#"{"sub":"1"}"#);
    for (index, letter) in token.char_indices().filter(|(_, letter)| *letter != '.') {
        let other = if letter == 'A' { "B" } else { "A" };
        let changed = format!("{}{other}{}", &token[..index], &token[index + 1..]);
        assert!(ring.open(&changed).is_err(), "letter {index}");
    }
}

#[test]
fn a_token_of_another_salt_is_rejected() {
    let other = ring_for(&["s3cret"], "__Secure-authjs.session-token");
    assert_eq!(ring().open(other.seal(b"x")), Err(OpenError::UnknownKey));
}

#[test]
fn a_token_of_another_secret_that_claims_our_key_is_rejected() {
    let ring = ring();
    let forged = ring_for(&["guess"], SALT).seal(b"x");
    let (_, rest) = forged.split_once('.').unwrap();
    let forged = format!("{}.{rest}", ring.first().header);
    assert_eq!(ring.open(&forged), Err(OpenError::Forged));
}

#[test]
fn the_plain_header_is_accepted_in_any_order() {
    let ring = ring();
    let kid = &ring.first().cbc_kid;
    let header = json!({"kid": kid, "enc": "A256CBC-HS512", "alg": "dir"});
    assert!(ring.open(seal_with_header(&ring, &header)).is_ok());
    let header = json!({"enc": "A256CBC-HS512", "alg": "dir"});
    assert!(ring.open(seal_with_header(&ring, &header)).is_ok());
}

#[test]
fn any_other_header_is_rejected_even_when_authentic() {
    let ring = ring();
    let check = |header: Value| {
        assert_eq!(
            ring.open(seal_with_header(&ring, &header)),
            Err(OpenError::UnsupportedHeader),
            "{header}"
        );
    };
    for alg in [
        "none",
        "RSA-OAEP",
        "RSA1_5",
        "PBES2-HS512+A256KW",
        "A256KW",
        "ECDH-ES",
        "DIR",
        "",
    ] {
        check(json!({"alg": alg, "enc": "A256CBC-HS512"}));
    }
    for enc in ["A128CBC-HS256", "A128GCM", "A192CBC-HS384", "none", ""] {
        check(json!({"alg": "dir", "enc": enc}));
    }
    for (name, value) in [
        ("zip", json!("DEF")),
        ("zip", json!(null)),
        ("crit", json!(["exp"])),
        ("crit", json!([])),
        ("p2c", json!(2_147_483_647)),
        ("epk", json!({})),
        ("jku", json!("https://evil.example")),
    ] {
        check(json!({"alg": "dir", "enc": "A256CBC-HS512", name: value}));
    }
    check(json!({"alg": "dir"}));
    check(json!({"enc": "A256GCM"}));
    check(json!({"alg": ["dir"], "enc": "A256GCM"}));
    check(json!([]));
    check(json!(null));
    assert_eq!(ring.open("...."), Err(OpenError::UnsupportedHeader));
}

#[test]
fn a_kid_of_the_other_encryption_is_rejected() {
    let ring = ring();
    let kid = &ring.first().gcm_kid;
    let header = json!({"alg": "dir", "enc": "A256CBC-HS512", "kid": kid});
    assert_eq!(
        ring.open(seal_with_header(&ring, &header)),
        Err(OpenError::UnknownKey)
    );
    // The same key, but not the same algorithm: the tag has not its length.
    let header = json!({"alg": "dir", "enc": "A256GCM", "kid": kid});
    assert_eq!(
        ring.open(seal_with_header(&ring, &header)),
        Err(OpenError::Malformed)
    );
}

#[test]
fn a_truncated_tag_is_rejected() {
    let ring = ring();
    let token = ring.seal(b"x");
    let (rest, tag) = token.rsplit_once('.').unwrap();
    let tag: [u8; CBC_TAG] = decode_array(tag.as_bytes()).unwrap();
    for length in [0, 4, 16, 31] {
        let short = BASE64URL.encode(&tag[..length]);
        assert_eq!(
            ring.open(format!("{rest}.{short}")),
            Err(OpenError::Malformed),
            "{length} bytes"
        );
    }
    let long = BASE64URL.encode([tag.as_slice(), &[0]].concat());
    assert_eq!(
        ring.open(format!("{rest}.{long}")),
        Err(OpenError::Malformed)
    );
}

#[test]
fn what_is_no_token_is_rejected() {
    let ring = ring();
    let header = ring.first().header.clone();
    for token in [
        "",
        ".",
        "%%%~{}|",
        "a.b.c",
        &format!("{header}..."),
        &format!("{header}.AAAA.AAAA.AAAA.AAAA"),
        &format!("{header}..AAAA.AAAA.AAAA"),
        &format!("{}.", ring.seal(b"x")),
        &format!("{}=", ring.seal(b"x")),
        &format!(" {}", ring.seal(b"x")),
        &"x".repeat(60_000),
    ] {
        assert_eq!(ring.open(token), Err(OpenError::Malformed), "{token:.40}");
    }
}
