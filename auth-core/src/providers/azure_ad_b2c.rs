//! Azure AD B2C. <https://learn.microsoft.com/azure/active-directory-b2c/openid-connect>

use super::prelude::*;

/// Sign in with Azure AD B2C. Register at <https://portal.azure.com>, with the redirect URI
/// `<origin>/api/auth/callback/azure-ad-b2c`.
///
/// The issuer is that of the user flow, as its discovery document spells it:
/// `https://<tenant>.b2clogin.com/<tenant id>/v2.0/`. Have it emit the email addresses; B2C does
/// not say which of them it verified.
pub const AZURE_AD_B2C: Provider = Provider::oidc_tenant("azure-ad-b2c", "Azure AD B2C")
    .refine_profile(with_first_address)
    .mark(Mark::coloured(include_str!("marks/microsoft.svg")));

/// `emails` is an array.
fn with_first_address(profile: Profile) -> Profile {
    let first = profile
        .claims
        .get("emails")
        .map_or(&Value::Null, |emails| &emails[0]);
    let email = Text::from(first);
    Profile {
        image: None,
        ..profile.email(email)
    }
}
