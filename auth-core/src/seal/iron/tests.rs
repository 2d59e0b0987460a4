use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;

use super::*;
use crate::hostile::{property, text};
use crate::secret::hex;

const PASSWORD: &str = "complex_password_at_least_32_cha";
const NOW: Timestamp = Timestamp::from_unix(1_750_000_000);

fn vectors(kind: &str) -> Vec<Value> {
    let vectors: Value = serde_json::from_str(include_str!("../../../fixtures/iron.json")).unwrap();
    vectors[kind].as_array().unwrap().clone()
}

/// The password of a vector: a text, or several by their ids.
fn passwords(vector: &Value) -> Result<IronPasswords, IronPasswordError> {
    match &vector["password"] {
        Value::String(password) => IronPasswords::new(password.as_str()),
        Value::Object(map) => {
            let given = map.iter().map(|(id, password)| {
                let half = |name: &str| password[name].as_str().unwrap();
                let password = match password.as_str() {
                    Some(password) => password.into(),
                    None => IronPassword::split(half("encryption"), half("integrity")),
                };
                (id.as_str(), password)
            });
            // Some maps hold nothing that could seal.
            IronPasswords::with_ids(given.chain([("0", PASSWORD.into())]))
        }
        other => panic!("no password: {other}"),
    }
}

fn now_of(vector: &Value) -> Timestamp {
    vector["now_ms"]
        .as_i64()
        .map_or(NOW, |ms| Timestamp::from_unix(ms / 1000))
}

fn ours() -> IronPasswords {
    IronPasswords::new(PASSWORD).unwrap()
}

fn open(passwords: &IronPasswords, sealed: &str) -> Result<Value, IronError> {
    passwords
        .unseal(sealed, NOW)
        .map(|json| serde_json::from_slice(json.expose()).unwrap())
}

#[test]
fn what_the_javascript_libraries_sealed_opens() {
    let vectors = vectors("valid");
    assert_eq!(vectors.len(), 14);
    for vector in vectors {
        let name = &vector["name"];
        let passwords = passwords(&vector).unwrap();
        let opened = passwords
            .unseal(vector["seal"].as_str().unwrap(), now_of(&vector))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let opened: Value = serde_json::from_slice(opened.expose()).unwrap();
        assert_eq!(opened, vector["expected"], "{name}");
    }
}

#[test]
fn what_they_refuse_does_not_open() {
    let vectors = vectors("negative");
    assert_eq!(vectors.len(), 17);
    for vector in vectors {
        let name = vector["name"].as_str().unwrap();
        let Ok(passwords) = passwords(&vector) else {
            assert_eq!(name, "empty password");
            continue;
        };
        let opened = passwords.unseal(vector["seal"].as_str().unwrap(), now_of(&vector));
        let expected = match &vector["iron_webcrypto_error"] {
            Value::String(error) => match error.as_str() {
                "Incorrect number of sealed components" => IronError::Malformed,
                "Wrong mac prefix" => IronError::WrongPrefix,
                "Invalid expiration" => IronError::InvalidExpiration,
                "Expired seal" => IronError::Expired,
                // The last one is a MAC that is not of its length.
                "Bad hmac value" | "Invalid character" => IronError::BadMac,
                other => panic!("{name}: {other}"),
            },
            // Sealed all right; no array and nothing at all is a session.
            _ if name.contains("JSON") => IronError::NotAnObject,
            // What a session must hold is for whoever reads it.
            _ => {
                assert!(name.contains("accessToken missing"), "{name}");
                assert!(opened.is_ok());
                continue;
            }
        };
        assert_eq!(opened.err(), Some(expected), "{name}");
    }
}

#[test]
fn keys_and_mac_are_those_of_the_known_answer() {
    let vectors = vectors("valid");
    let answer = vectors.iter().find_map(|vector| vector.get("kat")).unwrap();
    let text = |name: &str| answer[name].as_str().unwrap();
    let password = Secret::from(text("password"));
    for purpose in ["encryption", "integrity"] {
        let key = keys::derive_key(&password, text(&format!("{purpose}_salt")).as_bytes());
        assert_eq!(hex(&*key), text(&format!("{purpose}_key_hex")));
    }
    let iv = std::array::from_fn(|index| u8::try_from(index).unwrap());
    assert_eq!(hex(&iv), text("iv_hex"));
    let ciphertext = encrypt(
        &password,
        text("encryption_salt").as_bytes(),
        iv,
        answer["data"].to_string().as_bytes(),
    );
    let parts: Vec<_> = text("seal").split('*').collect();
    assert_eq!(BASE64URL.encode(&*ciphertext), parts[4]);
    let key = mac_key(&password, text("integrity_salt").as_bytes());
    let mac = hmac::sign(&key, text("mac_base").as_bytes());
    assert_eq!(Some(&*BASE64URL.encode(mac)), parts[7].split('~').next());
}

#[test]
fn a_seal_has_the_parts_and_the_alphabet_of_the_format() {
    let sealed = ours().seal(b"{}", Some(Duration::from_secs(600)), NOW);
    let parts: Vec<_> = sealed.split('*').collect();
    assert_eq!((parts.len(), parts[0], parts[1]), (8, "Fe26.2", "1"));
    assert_eq!((parts[2].len(), parts[6].len()), (64, 64));
    assert_ne!(parts[2], parts[6], "each key has a salt of its own");
    assert_eq!(parts[5], "1750000600000");
    assert!(sealed.ends_with("~2"));
    let is_cookie_safe = |byte: u8| byte.is_ascii_alphanumeric() || b"_.*~-".contains(&byte);
    assert!(sealed.bytes().all(is_cookie_safe));
    assert_ne!(
        sealed,
        ours().seal(b"{}", Some(Duration::from_secs(600)), NOW)
    );
}

#[test]
fn a_seal_with_a_time_to_live_opens_until_a_minute_after_it() {
    let passwords = ours();
    let sealed = passwords.seal(b"{}", Some(Duration::from_secs(600)), NOW);
    let open_after = |seconds| {
        let now = NOW.plus(Duration::from_secs(seconds));
        passwords.unseal(&sealed, now).err()
    };
    assert_eq!(open_after(659), None);
    assert_eq!(open_after(660), Some(IronError::Expired));
    let forever = passwords.seal(b"{}", None, NOW);
    let end = Timestamp::from_unix(i64::MAX);
    assert!(passwords.unseal(&forever, end).is_ok());
}

#[test]
fn an_expiration_that_is_no_number_is_refused_before_anything_is_authenticated() {
    let sealed = ours().seal(b"{}", None, NOW);
    let with_expiration = |expiration: &str| {
        let mut parts: Vec<_> = sealed.split('*').collect();
        parts[5] = expiration;
        open(&ours(), &parts.join("*")).unwrap_err()
    };
    for expiration in ["0", "01", "-1", "+1", "1.5", "1e9", " 1", "１"] {
        assert_eq!(with_expiration(expiration), IronError::InvalidExpiration);
    }
    assert_eq!(with_expiration("1"), IronError::Expired);
    let huge = "9".repeat(40);
    assert_eq!(with_expiration(&huge), IronError::BadMac);
}

#[test]
fn the_newest_password_seals_and_the_older_ones_open() {
    let (old, new) = ("old-".repeat(8), "new-".repeat(8));
    let before = IronPasswords::with_ids([("9", &*old)]).unwrap();
    // Not the order of the texts: 10 is more than 9.
    let after = IronPasswords::with_ids([("10", &*new), ("9", &*old)]).unwrap();
    let sealed = before.seal(br#"{"a":1}"#, None, NOW);
    assert_eq!(open(&after, &sealed), Ok(json!({"a": 1})));
    assert!(before.is_newest(&sealed) && !after.is_newest(&sealed));
    let renewed = after.seal(br#"{"a":1}"#, None, NOW);
    assert!(renewed.starts_with("Fe26.2*10*") && after.is_newest(&renewed));
    assert_eq!(open(&before, &renewed), Err(IronError::UnknownPassword));
}

#[test]
fn a_seal_without_an_id_means_the_default_password() {
    let passwords = IronPasswords::with_ids([("1", PASSWORD), ("default", PASSWORD)]).unwrap();
    let sealed = passwords.seal(b"{}", None, NOW);
    let (start, end) = sealed.split_once("*1*").unwrap();
    let without_id = format!("{start}**{end}");
    // The MAC covers the id: the password is found, and the seal is not its own.
    assert_eq!(open(&passwords, &without_id), Err(IronError::BadMac));
    assert_eq!(open(&ours(), &without_id), Err(IronError::UnknownPassword));
}

#[test]
fn both_halves_of_a_split_password_count() {
    let (first, second) = ("1234".repeat(8), "abcd".repeat(8));
    let with = |encryption: &str, integrity: &str| {
        IronPasswords::new(IronPassword::split(encryption, integrity)).unwrap()
    };
    let sealed = with(&first, &second).seal(b"{}", None, NOW);
    assert_eq!(open(&with(&first, &second), &sealed), Ok(json!({})));
    assert_eq!(open(&with(&first, &first), &sealed), Err(IronError::BadMac));
    // The padding is wrong, or by chance right around something that is no JSON.
    let opened = open(&with(&second, &second), &sealed).unwrap_err();
    assert!(matches!(
        opened,
        IronError::Undecryptable | IronError::NotAnObject
    ));
}

#[test]
fn a_version_says_where_the_session_is() {
    let sealed = ours().seal(br#"{"persistent":{"a":1},"flash":{}}"#, None, NOW);
    let (seal, _) = sealed.split_once('~').unwrap();
    let check = |suffix: &str, expected| {
        assert_eq!(
            open(&ours(), &format!("{seal}{suffix}")),
            expected,
            "{suffix}"
        );
    };
    check("~2", Ok(json!({"persistent": {"a": 1}, "flash": {}})));
    for legacy in ["", "~1", "~3"] {
        check(legacy, Ok(json!({"a": 1})));
    }
    for malformed in [
        "~",
        "~2~",
        "~2~2",
        "~+2",
        "~-2",
        "~2x",
        "~x",
        "~99999999999",
        "~02",
        "~0002",
        "~0",
        "~01",
    ] {
        check(malformed, Err(IronError::Malformed));
    }
}

#[test]
fn a_legacy_seal_holds_an_object() {
    let check = |payload: &str, suffix: &str, expected| {
        let sealed = ours().seal(payload.as_bytes(), None, NOW);
        let sealed = format!("{}{suffix}", sealed.trim_end_matches("~2"));
        assert_eq!(open(&ours(), &sealed), expected, "{payload} {suffix}");
    };
    check(
        r#"{"accessToken":"t"}"#,
        "",
        Ok(json!({"accessToken": "t"})),
    );
    check(r#"{"accessToken":"t"}"#, "~1", Err(IronError::NotAnObject));
    check(r#"{"persistent":[1]}"#, "~1", Err(IronError::NotAnObject));
    check(r#"{"persistent":"x"}"#, "", Err(IronError::NotAnObject));
    for payload in ["", "null", "[1]", "\"text\"", "{", "{}x", "{\"a\":\u{1}}"] {
        check(payload, "~2", Err(IronError::NotAnObject));
    }
}

#[test]
fn short_passwords_and_odd_ids_are_refused() {
    let check = |id: &str, password: &str, expected| {
        assert_eq!(IronPasswords::with_ids([(id, password)]).err(), expected);
    };
    let short = |length| {
        Some(IronPasswordError::TooShort {
            id: "1".into(),
            length,
        })
    };
    check("1", &"x".repeat(32), None);
    check("1", &"x".repeat(31), short(31));
    check("1", "", short(0));
    // JavaScript counts a key as two, and so do we: 16 of them are a password.
    check("1", &"🔑".repeat(16), None);
    check("1", &"ü".repeat(31), short(31));
    for id in ["", "*", "a b", "ü", "1~2"] {
        check(
            id,
            PASSWORD,
            Some(IronPasswordError::InvalidId { id: id.into() }),
        );
    }
    for id in ["default", "01", "99999999999"] {
        check(id, PASSWORD, Some(IronPasswordError::NoneSeals));
    }
    let repeated = IronPasswords::with_ids([("1", PASSWORD), ("1", PASSWORD)]).err();
    assert_eq!(
        repeated,
        Some(IronPasswordError::RepeatedId { id: "1".into() })
    );
    let half = IronPassword::split(PASSWORD, "short");
    assert_eq!(IronPasswords::new(half).err(), short(5));
}

#[test]
fn debug_and_errors_show_no_password() {
    assert!(!format!("{:?}", ours()).contains("complex"));
    let error = IronPasswords::new("hunter2").unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hunter2"));
}

/// Sealed with our password, and with another.
static SEALED: LazyLock<Vec<String>> = LazyLock::new(|| {
    let other = IronPasswords::new("another_password_at_least_32_cha").unwrap();
    let seal = |passwords: &IronPasswords| passwords.seal(br#"{"accessToken":"t"}"#, None, NOW);
    vec![seal(&ours()), seal(&other)]
});

property!(
    nothing_opens_but_what_we_sealed,
    text(SEALED.iter().map(String::as_str)),
    |sealed| {
        // The version is no part of the seal.
        let is_ours = sealed.split('~').next() == SEALED[0].split('~').next();
        assert!(is_ours || ours().unseal(&sealed, NOW).is_err());
    }
);

property!(
    any_change_of_one_bit_is_noticed,
    (".{0,48}", any::<usize>(), 0..8_u8),
    |(text, at, bit)| {
        let payload = json!({ "text": text });
        let passwords = ours();
        let ttl = (at % 2 == 0).then_some(Duration::from_secs(60));
        let sealed = passwords.seal(payload.to_string().as_bytes(), ttl, NOW);
        assert_eq!(open(&passwords, &sealed), Ok(payload));
        // With the last bit of one, it is no text any more.
        let mut changed = sealed.into_bytes();
        let at = at % changed.len();
        changed[at] ^= 1 << bit;
        let opened = passwords.unseal_bytes(&changed, NOW);
        assert!(opened.is_err());
    }
);

property!(
    a_payload_of_any_length_survives_encryption,
    vec(any::<u8>(), 0..200),
    |payload| {
        let (password, salt) = (Secret::from(PASSWORD), "a".repeat(64));
        let text = BASE64URL.encode(&*encrypt(&password, salt.as_bytes(), [7; IV], &payload));
        let iv = BASE64URL.encode([7; IV]);
        let seal = format!("Fe26.2*1*{salt}*{iv}*{text}**{salt}*mac");
        let parts = Parts::split(seal.as_bytes()).unwrap();
        assert_eq!(*parts.decrypt(&password).unwrap(), payload);
    }
);
