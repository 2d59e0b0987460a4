//! [`Fault`]: the one thing that a provider gets wrong.

use std::fmt;
use std::str::FromStr;

macro_rules! faults {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)+) => {
        /// One way to misbehave, for one flow. Everything else about that flow is right.
        ///
        /// A client that follows the specifications signs nobody in under any of these, given the
        /// [`precondition`](Self::precondition).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Fault {
            $($(#[$doc])* $variant,)+
        }

        impl Fault {
            /// Every fault, for tests that walk a table.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The name, as the authorization parameter `fault` takes it: `wrong_issuer`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

faults! {
    /// ID Token: `iss` of another provider (OpenID Connect Core §3.1.3.7, step 2).
    WrongIssuer = "wrong_issuer",
    /// ID Token: `aud` of another client (step 3).
    WrongAudience = "wrong_audience",
    /// ID Token: a second audience that nobody trusts; `azp` is right (step 3).
    ExtraAudience = "extra_audience",
    /// ID Token: `azp` of another client (step 5).
    WrongAzp = "wrong_azp",
    /// ID Token: a `nonce` that was not sent (step 11).
    WrongNonce = "wrong_nonce",
    /// ID Token: no `nonce` although one was sent (step 11).
    MissingNonce = "missing_nonce",
    /// ID Token: expired an hour ago (step 9).
    Expired = "expired",
    /// ID Token: issued a day from now (step 10).
    FutureIat = "future_iat",
    /// ID Token: no `sub`.
    MissingSub = "missing_sub",
    /// ID Token: `sub` is the empty string.
    EmptySub = "empty_sub",
    /// ID Token: signed by an unpublished key under a published `kid` (step 6).
    WrongKey = "wrong_key",
    /// ID Token: signed by an unpublished key under an unpublished `kid`.
    UnknownKid = "unknown_kid",
    /// ID Token: `alg: none` and no signature (RFC 8725 §3.1).
    AlgNone = "alg_none",
    /// ID Token: HS256, keyed with the PEM text of the public RSA key (RFC 8725 §2.1).
    Hs256WithPublicKey = "hs256_with_public_key",
    /// ID Token: `typ` of a logout token (RFC 8725 §3.11).
    WrongTyp = "wrong_typ",
    /// ID Token: another `sub`, put in after signing.
    TamperedPayload = "tampered_payload",
    /// ID Token: `at_hash` of another access token (§3.1.3.8).
    WrongAtHash = "wrong_at_hash",
    /// ID Token: `auth_time` of yesterday (step 13).
    StaleAuthTime = "stale_auth_time",
    /// ID Token: no `auth_time` although `max_age` asked for it.
    MissingAuthTime = "missing_auth_time",
    /// Token answer: no ID Token.
    MissingIdToken = "missing_id_token",
    /// Authorization answer: `error=access_denied`.
    AccessDenied = "access_denied",
    /// Authorization answer: an error whose every field holds markup.
    ErrorWithScript = "error_with_script",
    /// Authorization answer: another `state`.
    StateAltered = "state_altered",
    /// Authorization answer: no `state`.
    StateMissing = "state_missing",
    /// Authorization answer: `iss` of another provider (RFC 9207 §2.4).
    IssAltered = "iss_altered",
    /// Authorization answer: no `iss` although the metadata promises one (RFC 9207 §2.4).
    IssMissing = "iss_missing",
    /// Authorization answer: two `code` parameters (RFC 6749 §3.1).
    CodeTwice = "code_twice",
    /// Token endpoint: 500 and HTML.
    TokenError500 = "token_error_500",
    /// Token endpoint: 400 `invalid_grant`.
    TokenInvalidGrant = "token_invalid_grant",
    /// Token endpoint: 200 and something that is not JSON.
    TokenGarbage = "token_garbage",
    /// Token endpoint: 200 and a body that goes on for 256 MiB.
    TokenHuge = "token_huge",
    /// Token endpoint: 200, one byte, then silence until the client hangs up.
    TokenSlow = "token_slow",
    /// Token endpoint: 307 to another endpoint, which would receive the client's secret.
    TokenRedirect = "token_redirect",
    /// Token endpoint: `token_type: mac` (RFC 6749 §7.1).
    TokenTypeMac = "token_type_mac",
    /// Userinfo: another person's `sub` (OpenID Connect Core §5.3.2).
    UserinfoOtherSub = "userinfo_other_sub",
    /// Userinfo: 500.
    UserinfoError500 = "userinfo_error_500",
    /// Discovery: 500.
    DiscoveryError500 = "discovery_error_500",
    /// Discovery: the document of another issuer (OpenID Connect Discovery §4.3).
    DiscoveryIssuerMismatch = "discovery_issuer_mismatch",
    /// Keys: 500.
    JwksError500 = "jwks_error_500",
    /// Keys: an empty set.
    JwksEmpty = "jwks_empty",
}

/// What has to hold before a client can notice a [`Fault`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Precondition {
    /// Nothing: any sign-in must fail.
    None,
    /// The authorization request carried `max_age`.
    MaxAge,
    /// The client asks the userinfo endpoint.
    Userinfo,
    /// The client has not yet cached the discovery document or the keys.
    ColdCache,
}

impl Fault {
    /// What has to hold before a client can notice.
    pub const fn precondition(self) -> Precondition {
        match self {
            Self::StaleAuthTime | Self::MissingAuthTime => Precondition::MaxAge,
            Self::UserinfoOtherSub | Self::UserinfoError500 => Precondition::Userinfo,
            Self::DiscoveryError500
            | Self::DiscoveryIssuerMismatch
            | Self::JwksError500
            | Self::JwksEmpty => Precondition::ColdCache,
            _ => Precondition::None,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(name: &str) -> Result<Self, UnknownFault> {
        let named = |fault: &&Self| fault.name() == name;
        Self::ALL.iter().find(named).copied().ok_or(UnknownFault)
    }
}

/// No [`Fault`] has this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no fault has this name")]
pub struct UnknownFault;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_unique_and_reads_back() {
        for fault in Fault::ALL {
            assert_eq!(fault.name().parse(), Ok(*fault));
        }
    }

    #[test]
    fn an_unknown_name_is_refused() {
        assert_eq!("WrongIssuer".parse::<Fault>(), Err(UnknownFault));
    }
}
