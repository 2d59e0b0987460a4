//! Hostile input for the property tests, and the way they are run.
//!
//! Each parser has its properties in a `properties.rs` beside it. Most of their input is a valid
//! message with a few edits, which comes further into a parser than noise does.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{FileFailurePersistence, TestRunner};
use serde_json::{Value, json};

/// Cases of each property. `PROPTEST_CASES` asks for another number, `cargo xtask fuzz` for as
/// many as there is time for.
const CASES: u32 = 10_000;

/// Shrinking a case that fails ends after so many attempts.
const MAX_SHRINKS: u32 = 5_000;

/// Runs `property` on many inputs; it fails by panicking, like the code under test.
///
/// A case that fails is kept under `proptest-regressions` and run first from then on. Commit it
/// with the fix.
pub(crate) fn check<S: Strategy>(
    file: &'static str,
    name: &'static str,
    input: &S,
    property: impl Fn(S::Value),
) {
    let mut config = ProptestConfig::default();
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = CASES;
    }
    config.max_shrink_iters = MAX_SHRINKS;
    config.source_file = Some(file);
    config.test_name = Some(name);
    config.failure_persistence = Some(Box::new(FileFailurePersistence::SourceParallel(
        "proptest-regressions",
    )));
    let outcome = TestRunner::new(config).run(input, |value| {
        property(value);
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

/// [`check`] with the place and the name of the test that calls it.
macro_rules! property {
    ($name:ident, $input:expr, $property:expr) => {
        #[test]
        fn $name() {
            $crate::hostile::check(
                file!(),
                concat!(module_path!(), "::", stringify!($name)),
                &$input,
                $property,
            );
        }
    };
}
pub(crate) use property;

/// What is put into valid messages: the signs that some parser gives a meaning, and words that
/// have been trouble elsewhere.
#[rustfmt::skip]
const PIECES: &[&[u8]] = &[
    b"", b"\0", b"\r\n", b"\n", b"\t", b" ", b"\x7f", b"\xff", b"\xc0\xaf", b"\xed\xa0\x80",
    b";", b"=", b",", b".", b"..", b"%", b"%0d%0a", b"%00", b"%ff", b"%2e%2e%2f", b"%5c", b"+",
    b"&", b"?", b"#", b"/", b"//", b"/./", b"/../", b"/.//", b"\\", b"/\\", b":", b"@", b"[", b"]",
    b"[::1]", b"127.1", b"0x7f.1", b"localhost", b"localhost.", b":0", b":65536", b"evil.example",
    b"http://", b"https://", b"https:", b"javascript:", b"data:", b"//evil.example",
    b"https://app.example", b"https://app.example@evil.example/", b"/api/auth/session",
    b"\"", b"'", b"<", b">", b"\"><x-evil>", b"{", b"}", b"{}", b"[]", b"null", b"true", b"-1",
    b"1e999", b"99999999999999999999", b"-9223372036854775808", b"\\u0000", b"\\ud800", b"\\",
    b"\"sub\":1,", b"__proto__", b"__Host-", b"__Secure-", b"authjs.session-token",
    b"authjs.session-token.0=", b"authjs.tx.0123456789abcdef=", b"authjs.csrf-token=", b"a=b",
    b"callbackUrl=", b"csrfToken=", b"max_age=", b"error=", b"error=Configuration", b"code=",
    b"state=", b"iss=", b"ref=", b"login_hint=", b"eyJhbGciOiJub25lIn0", b"e30", b"A", b"AAAA",
    "\u{feff}".as_bytes(), "\u{202e}".as_bytes(), "\u{2000}".as_bytes(), "\u{3002}".as_bytes(),
    "\u{ff0f}".as_bytes(), "\u{24d4}".as_bytes(), "\u{130}".as_bytes(), "\u{df}".as_bytes(),
    "\u{1f980}".as_bytes(), &[b'['; 200], &[b'a'; 300], &[b'a'; 1_500], &[b'/'; 40],
];

/// One change to a message.
#[derive(Clone, Copy, Debug)]
struct Edit {
    kind: u8,
    at: u16,
    length: u8,
    piece: u16,
}

fn edits(most: usize) -> impl Strategy<Value = Vec<Edit>> {
    let edit = (any::<u8>(), any::<u16>(), any::<u8>(), any::<u16>());
    vec(
        edit.prop_map(|(kind, at, length, piece)| Edit {
            kind,
            at,
            length,
            piece,
        }),
        0..=most,
    )
}

impl Edit {
    fn apply(self, message: &mut Vec<u8>) {
        let at = usize::from(self.at) % (message.len() + 1);
        let end = (at + usize::from(self.length) % 32).min(message.len());
        let piece = PIECES[usize::from(self.piece) % PIECES.len()];
        match self.kind % 8 {
            0 | 1 => drop(message.splice(at..at, piece.iter().copied())),
            2 => drop(message.splice(at..end, piece.iter().copied())),
            3 => drop(message.drain(at..end)),
            4 => {
                let part = message[at..end].repeat(usize::from(self.piece % 16));
                message.splice(at..at, part);
            }
            5 => message.truncate(at),
            6 => {
                if let Some(byte) = message.get_mut(at) {
                    *byte ^= 1 << (self.length % 8);
                }
            }
            _ => {
                if let Some(byte) = message.get_mut(at) {
                    *byte = self.length;
                }
            }
        }
    }
}

/// Bytes that show themselves as text where a property fails.
#[derive(Clone)]
pub(crate) struct Bytes(pub(crate) Vec<u8>);

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

/// One of `valid` with up to six edits; now and then pieces alone, or noise.
pub(crate) fn bytes<T: Into<Vec<u8>>>(
    valid: impl IntoIterator<Item = T>,
) -> impl Strategy<Value = Bytes> {
    let valid: Vec<Vec<u8>> = valid.into_iter().map(Into::into).collect();
    let edited = (select(valid), edits(6)).prop_map(|(mut message, edits)| {
        for edit in edits {
            edit.apply(&mut message);
        }
        message
    });
    prop_oneof![
        8 => edited,
        1 => vec(select(PIECES), 0..8).prop_map(|pieces| pieces.concat()),
        1 => vec(any::<u8>(), 0..24),
    ]
    .prop_map(Bytes)
}

/// The same as text; what is not UTF-8 becomes U+FFFD.
pub(crate) fn text<T: Into<Vec<u8>>>(
    valid: impl IntoIterator<Item = T>,
) -> impl Strategy<Value = String> {
    bytes(valid).prop_map(|bytes| String::from_utf8_lossy(&bytes.0).into_owned())
}

/// The same as the value of a header: bytes that no HTTP parser lets through are left out.
pub(crate) fn header<T: Into<Vec<u8>>>(
    valid: impl IntoIterator<Item = T>,
) -> impl Strategy<Value = http::HeaderValue> {
    bytes(valid).prop_map(|Bytes(mut bytes)| {
        bytes.retain(|byte| matches!(byte, b'\t' | 0x20..=0x7e | 0x80..));
        http::HeaderValue::from_bytes(&bytes).unwrap()
    })
}

/// Values that stand where others are expected.
#[rustfmt::skip]
fn values() -> Vec<Value> {
    let deep = (0..100).fold(json!(1), |inner, _| json!([inner]));
    vec![
        json!(null), json!(true), json!(false), json!(0), json!(-1), json!(1.5), json!(1e300),
        json!(-0.0), json!(i64::MAX), json!(i64::MIN), json!(u64::MAX), json!(""), json!(" "),
        json!("1"), json!("true"), json!("\0"), json!("a\r\nSet-Cookie: b=c"), json!("\u{202e}x"),
        json!("javascript:alert(1)"), json!("http://127.0.0.1:1/"), json!("https://evil.example/"),
        json!("https://op.example"), json!("x".repeat(3_000)), json!([]), json!({}), json!([null]),
        json!(["a", "b"]), json!(["a", 1]), json!([[[]]]), json!({"sub": "mallory"}),
        json!({"id": 1}), json!({"error": "x"}), json!([{"id": 1, "email": "a@b.example"}]), deep,
    ]
}

/// One of `valid` with up to four of its values, anywhere, replaced, removed, wrapped or joined by
/// others; now and then any JSON at all.
pub(crate) fn json(valid: impl IntoIterator<Item = Value>) -> impl Strategy<Value = Value> {
    json_of(valid.into_iter().map(|value| ((), value))).prop_map(|((), value)| value)
}

/// The same, each document with what it belongs to.
pub(crate) fn json_of<T: Clone + std::fmt::Debug + 'static>(
    valid: impl IntoIterator<Item = (T, Value)>,
) -> impl Strategy<Value = (T, Value)> {
    let valid: Vec<(T, Value)> = valid.into_iter().collect();
    let values = values();
    let edited =
        (select(valid.clone()), edits(4)).prop_map(move |((owner, mut document), edits)| {
            for edit in edits {
                let mut at = usize::from(edit.at) % count(&document);
                let value = &values[usize::from(edit.piece) % values.len()];
                edit_json(&mut document, &mut at, edit, value);
            }
            (owner, document)
        });
    let any = (select(valid), any_json()).prop_map(|((owner, _), document)| (owner, document));
    prop_oneof![9 => edited, 1 => any]
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = select(values());
    leaf.prop_recursive(3, 12, 4, |inner| {
        let name = select(vec!["sub", "id", "email", "data", "keys", "", "\0"]);
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((name, inner), 0..4).prop_map(|members| {
                let members: BTreeMap<_, _> = members.into_iter().collect();
                json!(members)
            }),
        ]
    })
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum::<usize>(),
        _ => 0,
    }
}

/// Edits the value that comes `at` steps after this one, and says whether it was reached.
fn edit_json(document: &mut Value, at: &mut usize, edit: Edit, value: &Value) -> bool {
    if *at == 0 {
        match (edit.kind % 4, &mut *document) {
            (0, Value::Object(members)) => {
                let names: Vec<String> = members.keys().cloned().collect();
                if !names.is_empty() {
                    members.remove(&names[usize::from(edit.length) % names.len()]);
                }
            }
            (1, Value::Array(items)) => items.push(value.clone()),
            (1, Value::Object(members)) => {
                members.insert("unknown".to_owned(), value.clone());
            }
            (2, document) => *document = json!([document.take()]),
            (_, document) => *document = value.clone(),
        }
        return true;
    }
    *at -= 1;
    match document {
        Value::Array(items) => items.iter_mut().any(|it| edit_json(it, at, edit, value)),
        Value::Object(members) => members
            .values_mut()
            .any(|it| edit_json(it, at, edit, value)),
        _ => false,
    }
}

/// An error with all its causes, as it is written to the log.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
