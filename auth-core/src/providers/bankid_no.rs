//! BankID Norge. <https://developer.bankid.no/bankid-with-biometrics/>

use super::prelude::*;

/// Sign in with BankID Norge. Register at <https://bankid.no/bedrift>, with the redirect URI
/// `<origin>/api/auth/callback/bankid-no`.
///
/// Most of the profile is at the userinfo endpoint only, which answers with a token signed with
/// RS256. For tests the issuer is `https://auth.current.bankid.no/auth/realms/current`.
pub const BANKID_NO: Provider = Provider::oidc(
    "bankid-no",
    "BankID Norge",
    "https://auth.bankid.no/auth/realms/prod",
)
.client_auth(ClientAuth::Post)
.authorization_params(&[("ui_locales", "no"), ("login_hint", "BIS")])
.profile_from(ProfileSource::Userinfo);
