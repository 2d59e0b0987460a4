//! Proof Key for Code Exchange (RFC 7636).

use oauth2::{PkceCodeChallenge, PkceCodeVerifier};

use crate::secret::{Secret, random_base64url};

/// Whether a server takes PKCE (RFC 7636).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Pkce {
    /// `S256`, always.
    S256,
    /// The server rejects requests with a code challenge.
    Unsupported,
}

/// A fresh `code_verifier` of 256 random bits and its `S256` challenge (RFC 7636 §4.1, §4.2).
pub(crate) fn start_pkce() -> (PkceCodeChallenge, Secret<String>) {
    challenge(random_base64url::<32>())
}

fn challenge(code_verifier: String) -> (PkceCodeChallenge, Secret<String>) {
    let verifier = PkceCodeVerifier::new(code_verifier);
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
    (challenge, Secret::from(verifier.into_secret()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_rfc_7636_appendix_b() {
        let (challenge, verifier) =
            challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned());
        assert_eq!(
            challenge.as_str(),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
        assert_eq!(challenge.method().as_str(), "S256");
        assert_eq!(
            verifier.expose(),
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        );
    }

    #[test]
    fn every_verifier_is_new_and_long_enough() {
        let (_, first) = start_pkce();
        let (_, second) = start_pkce();
        assert_eq!(first.expose().len(), 43);
        assert_ne!(first.expose(), second.expose());
    }
}
