//! The keys that a provider signs with (RFC 7517).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::DecodingKey;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::oidc::discovery::DiscoveryError;
use crate::oidc::id_token::SigningAlgorithm;
use crate::oidc::public_key::{PublicKey, RsaKey};

/// Most keys kept of one set. Providers publish two or three.
const MAX_KEYS: usize = 100;

/// The public signature keys of a provider, in the order of its key set.
#[derive(Debug)]
pub(crate) struct Jwks(Vec<VerificationKey>);

/// One public key that signatures may be checked with.
#[derive(Debug)]
pub(crate) struct VerificationKey {
    kid: Option<String>,
    alg: Option<String>,
    /// Whose tokens the key is for, where a server with tenants says so.
    issuer: Option<String>,
    kind: KeyKind,
    key: PublicKey,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum KeyKind {
    Rsa,
    P256,
    P384,
    Ed25519,
}

impl Jwks {
    /// Reads a key set. An entry that cannot verify a signature is ignored (RFC 7517 §5): of
    /// another type or curve, for another use, too weak, symmetric, or malformed.
    ///
    /// # Errors
    /// `Malformed`, if it is no key set at all, or names `keys` twice.
    pub(crate) fn parse(body: &[u8]) -> Result<Self, DiscoveryError> {
        if !body.trim_ascii_start().starts_with(b"{") {
            return Err(DiscoveryError::Malformed);
        }
        let set: KeySet<'_> =
            serde_json::from_slice(body).map_err(|_| DiscoveryError::Malformed)?;
        let keys = set.keys.into_iter().filter_map(VerificationKey::parse);
        Ok(Self(keys.take(MAX_KEYS).collect()))
    }

    /// No keys, for what is not signed with one.
    pub(crate) fn empty() -> Self {
        Self(Vec::new())
    }

    /// The keys that may have made a signature with `algorithm` for `issuer`: those called `kid`, or
    /// all where the token names none.
    pub(crate) fn suitable<'a>(
        &'a self,
        kid: Option<&'a str>,
        algorithm: SigningAlgorithm,
        issuer: &'a str,
    ) -> impl Iterator<Item = &'a PublicKey> {
        self.0
            .iter()
            .filter(move |key| kid.is_none() || key.kid.as_deref() == kid)
            .filter(move |key| Some(key.kind) == KeyKind::of(algorithm))
            .filter(move |key| key.alg.as_deref().is_none_or(|alg| alg == algorithm.name()))
            .filter(move |key| {
                let stated = key.issuer.as_deref();
                stated.is_none_or(|stated| is_issued_by(stated, issuer))
            })
            .map(|key| &key.key)
    }
}

impl KeyKind {
    /// `None` for an algorithm without public keys.
    fn of(algorithm: SigningAlgorithm) -> Option<Self> {
        Some(match algorithm {
            SigningAlgorithm::Rs256
            | SigningAlgorithm::Rs384
            | SigningAlgorithm::Rs512
            | SigningAlgorithm::Ps256
            | SigningAlgorithm::Ps384
            | SigningAlgorithm::Ps512 => Self::Rsa,
            SigningAlgorithm::Es256 => Self::P256,
            SigningAlgorithm::Es384 => Self::P384,
            SigningAlgorithm::EdDsa => Self::Ed25519,
            SigningAlgorithm::Hs256 => return None,
        })
    }
}

/// A key set, its entries unread: a set of 10 000 keys takes no more room than its text.
#[derive(Deserialize)]
struct KeySet<'a> {
    #[serde(borrow)]
    keys: Vec<&'a RawValue>,
}

/// The members of a JWK that we read (RFC 7517 §4, RFC 7518 §6, RFC 8037 §2).
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    issuer: Option<String>,
    #[serde(rename = "use")]
    usage: Option<String>,
    key_ops: Option<Vec<String>>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
    /// The private part. Whoever can read the set could sign with such a key.
    d: Option<IgnoredAny>,
}

impl VerificationKey {
    fn parse(entry: &RawValue) -> Option<Self> {
        let jwk: Jwk = serde_json::from_str(entry.get()).ok()?;
        let for_signatures = jwk.usage.as_deref().is_none_or(|usage| usage == "sig")
            && jwk
                .key_ops
                .as_ref()
                .is_none_or(|ops| ops.iter().any(|op| op == "verify"));
        if !for_signatures || jwk.d.is_some() {
            return None;
        }
        let (kind, key) = match (jwk.kty.as_str(), jwk.crv.as_deref()) {
            ("RSA", _) => (KeyKind::Rsa, rsa(&jwk)?),
            ("EC", Some("P-256")) => (KeyKind::P256, ec(&jwk, 32)?),
            ("EC", Some("P-384")) => (KeyKind::P384, ec(&jwk, 48)?),
            ("OKP", Some("Ed25519")) => {
                let x = decode(jwk.x.as_deref()?).filter(|x| x.len() == 32)?;
                (
                    KeyKind::Ed25519,
                    PublicKey::Curve(DecodingKey::from_ed_der(&x)),
                )
            }
            _ => return None,
        };
        Some(Self {
            kid: jwk.kid,
            alg: jwk.alg,
            issuer: jwk.issuer,
            kind,
            key,
        })
    }
}

/// Whether a key for `stated` is one for `issuer`: the same, or with a placeholder in braces for
/// any tenant.
fn is_issued_by(stated: &str, issuer: &str) -> bool {
    let template = stated
        .split_once('{')
        .and_then(|(before, rest)| Some((before, rest.split_once('}')?.1)));
    match template {
        None => stated == issuer,
        Some((before, after)) => issuer
            .strip_prefix(before)
            .and_then(|rest| rest.strip_suffix(after))
            .is_some_and(|tenant| !tenant.is_empty() && !tenant.contains('/')),
    }
}

/// RFC 7518 §3.3: at least 2048 bits. And at most 8192, for a larger one costs us, not the
/// provider.
fn rsa(jwk: &Jwk) -> Option<PublicKey> {
    let modulus = decode(jwk.n.as_deref()?)?;
    let exponent = decode(jwk.e.as_deref()?)?;
    let modulus = without_leading_zeros(&modulus);
    let exponent = without_leading_zeros(&exponent);
    let bits = modulus.len() * 8 - modulus.first()?.leading_zeros() as usize;
    let exponent_is_sane = match exponent {
        [] | [1] => false,
        [.., last] => exponent.len() <= 4 && last % 2 == 1,
    };
    if !(2048..=8192).contains(&bits) || !exponent_is_sane {
        return None;
    }
    RsaKey::new(modulus, exponent).map(PublicKey::Rsa)
}

/// An uncompressed point; whether it is on the curve is checked with every signature.
fn ec(jwk: &Jwk, size: usize) -> Option<PublicKey> {
    let coordinate = |text: Option<&str>| decode(text?).filter(|bytes| bytes.len() == size);
    let mut point = vec![0x04];
    point.extend(coordinate(jwk.x.as_deref())?);
    point.extend(coordinate(jwk.y.as_deref())?);
    Some(PublicKey::Curve(DecodingKey::from_ec_der(&point)))
}

fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

fn without_leading_zeros(bytes: &[u8]) -> &[u8] {
    let start = bytes.iter().position(|byte| *byte != 0);
    &bytes[start.unwrap_or(bytes.len())..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    use SigningAlgorithm::{EdDsa, Es256, Es384, Ps256, Rs256};

    fn b64(bytes: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode(bytes)
    }

    fn rsa_jwk(kid: &str) -> Value {
        json!({"kty": "RSA", "kid": kid, "n": b64(&[0xff; 256]), "e": "AQAB"})
    }

    fn ec_jwk(kid: &str, crv: &str, size: usize) -> Value {
        let coordinate = b64(&vec![1; size]);
        json!({"kty": "EC", "kid": kid, "crv": crv, "x": coordinate, "y": coordinate})
    }

    fn okp_jwk(kid: &str) -> Value {
        json!({"kty": "OKP", "kid": kid, "crv": "Ed25519", "x": b64(&[1; 32])})
    }

    fn parse(keys: &[Value]) -> Jwks {
        Jwks::parse(json!({ "keys": keys }).to_string().as_bytes()).unwrap()
    }

    fn usable(entry: &Value) -> bool {
        !parse(std::slice::from_ref(entry)).0.is_empty()
    }

    fn changed(mut entry: Value, name: &str, value: Value) -> Value {
        entry[name] = value;
        entry
    }

    #[test]
    fn keys_are_found_by_kid_and_algorithm() {
        let jwks = parse(&[
            rsa_jwk("r"),
            ec_jwk("p256", "P-256", 32),
            ec_jwk("p384", "P-384", 48),
            okp_jwk("ed"),
            rsa_jwk("r"),
        ]);
        let check = |kid: Option<&str>, algorithm, expected: usize| {
            let found = jwks.suitable(kid, algorithm, "https://op.example").count();
            assert_eq!(found, expected, "{kid:?} {algorithm:?}");
        };
        check(Some("r"), Rs256, 2);
        check(Some("r"), Ps256, 2);
        check(Some("r"), Es256, 0);
        check(Some("p256"), Es256, 1);
        check(Some("p256"), Es384, 0);
        check(Some("p256"), Rs256, 0);
        check(Some("p384"), Es384, 1);
        check(Some("ed"), EdDsa, 1);
        check(Some("ghost"), Rs256, 0);
        check(None, Rs256, 2);
        check(None, Es256, 1);
    }

    #[test]
    fn a_key_published_for_one_algorithm_is_not_used_with_another() {
        let jwks = parse(&[changed(rsa_jwk("r"), "alg", json!("RS256"))]);
        assert_eq!(
            jwks.suitable(Some("r"), Rs256, "https://op.example")
                .count(),
            1
        );
        assert_eq!(
            jwks.suitable(Some("r"), Ps256, "https://op.example")
                .count(),
            0
        );
    }

    #[test]
    fn a_key_without_kid_is_not_found_by_one() {
        let jwks = parse(&[changed(rsa_jwk("r"), "kid", json!(null))]);
        assert_eq!(
            jwks.suitable(Some("r"), Rs256, "https://op.example")
                .count(),
            0
        );
        assert_eq!(jwks.suitable(None, Rs256, "https://op.example").count(), 1);
    }

    #[test]
    fn keys_for_another_use_are_ignored() {
        assert!(usable(&changed(rsa_jwk("r"), "use", json!("sig"))));
        assert!(usable(&changed(rsa_jwk("r"), "key_ops", json!(["verify"]))));
        assert!(!usable(&changed(rsa_jwk("r"), "use", json!("enc"))));
        assert!(!usable(&changed(
            rsa_jwk("r"),
            "key_ops",
            json!(["encrypt"])
        )));
        assert!(!usable(&changed(rsa_jwk("r"), "key_ops", json!([]))));
    }

    #[test]
    fn weak_and_oversized_rsa_keys_are_ignored() {
        let with_n = |bytes: Vec<u8>| changed(rsa_jwk("r"), "n", json!(b64(&bytes)));
        assert!(!usable(&with_n(vec![0xff; 128])), "1024 bits");
        let mut short = vec![0xff; 256];
        short[0] = 0x7f;
        assert!(!usable(&with_n(short)), "2047 bits");
        let mut padded = vec![0; 128];
        padded.extend([0xff; 128]);
        assert!(!usable(&with_n(padded)), "1024 bits behind zeros");
        assert!(usable(&with_n(vec![0xff; 1024])), "8192 bits");
        assert!(!usable(&with_n(vec![0xff; 1025])), "8200 bits");
        for exponent in ["", "AQ", "AAE", "Ag", "AQABAQAB"] {
            assert!(!usable(&changed(rsa_jwk("r"), "e", json!(exponent))));
        }
    }

    #[test]
    fn symmetric_unknown_and_private_keys_are_ignored() {
        for entry in [
            json!({"kty": "oct", "kid": "o", "k": "c2VjcmV0"}),
            json!({"kty": "ZZZ", "kid": "z"}),
            json!({"kty": "EC", "crv": "P-999", "x": "AA", "y": "AA"}),
            json!({"kid": "nokty"}),
            json!("text"),
            json!(null),
            changed(rsa_jwk("r"), "d", json!("AQAB")),
            ec_jwk("p521", "P-521", 66),
        ] {
            assert!(!usable(&entry), "{entry}");
        }
    }

    #[test]
    fn malformed_keys_are_ignored() {
        for entry in [
            changed(rsa_jwk("r"), "n", json!(null)),
            changed(rsa_jwk("r"), "n", json!(b64(&[0xff; 256]) + "==")),
            changed(rsa_jwk("r"), "kid", json!(1)),
            changed(ec_jwk("p", "P-256", 32), "x", json!(b64(&[1; 31]))),
            changed(ec_jwk("p", "P-256", 32), "y", json!("+/+/")),
            ec_jwk("p", "P-384", 32),
            changed(okp_jwk("ed"), "x", json!(b64(&[1; 33]))),
        ] {
            assert!(!usable(&entry), "{entry}");
        }
    }

    #[test]
    fn unusable_entries_do_not_hide_the_others() {
        let jwks = parse(&[json!({"kty": "ZZZ"}), json!(7), rsa_jwk("r")]);
        assert_eq!(
            jwks.suitable(Some("r"), Rs256, "https://op.example")
                .count(),
            1
        );
    }

    #[test]
    fn no_more_keys_than_the_bound_are_kept() {
        let keys: Vec<Value> = (0..2_000).map(|i| rsa_jwk(&format!("n{i}"))).collect();
        assert_eq!(parse(&keys).0.len(), MAX_KEYS);
        let unusable = vec![json!({"kty": "ZZZ"}); 5_000];
        assert_eq!(parse(&unusable).0.len(), 0);
    }

    #[test]
    fn what_is_no_key_set_is_refused() {
        for body in [
            "",
            "}{",
            "[]",
            "[[]]",
            "null",
            "{}",
            r#"{"keys":{}}"#,
            r#"{"keys":[],"keys":[]}"#,
        ] {
            assert!(matches!(
                Jwks::parse(body.as_bytes()),
                Err(DiscoveryError::Malformed)
            ));
        }
        assert!(Jwks::parse(br#"{"keys":[]}"#).is_ok());
    }

    #[test]
    fn a_key_of_another_issuer_is_not_suitable() {
        let check = |stated: &str, issuer: &str, expected: bool| {
            let mut jwk = rsa_jwk("a");
            jwk["issuer"] = stated.into();
            let keys = parse(&[jwk]);
            let found = keys.suitable(Some("a"), Rs256, issuer).count();
            assert_eq!(found == 1, expected, "{stated} {issuer}");
        };
        check("https://op.example/t1/v2", "https://op.example/t1/v2", true);
        check(
            "https://op.example/t2/v2",
            "https://op.example/t1/v2",
            false,
        );
        check(
            "https://op.example/{t}/v2",
            "https://op.example/t1/v2",
            true,
        );
        check("https://op.example/{t}/v2", "https://op.example//v2", false);
        check(
            "https://op.example/{t}/v2",
            "https://op.example/a/b/v2",
            false,
        );
        check(
            "https://op.example/{t}/v2",
            "https://evil.example/t1/v2",
            false,
        );
    }
}
