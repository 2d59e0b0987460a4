//! Microsoft Entra ID. <https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc>

use super::prelude::*;

/// Sign in with Microsoft Entra ID. Register at <https://entra.microsoft.com>, with the redirect URI
/// `<origin>/api/auth/callback/microsoft-entra-id`.
///
/// By default everybody with a work, school or personal account may sign in; the claim `tid` names
/// their tenant. `AUTH_MICROSOFT_ENTRA_ID_ISSUER` narrows it:
/// `https://login.microsoftonline.com/<tenant id>/v2.0`, or `organizations` in the place of the
/// tenant id. Whoever runs a tenant decides which address it states; it counts as verified only if
/// the token says so, and for that the app must ask for the optional claim `xms_edov`.
///
/// There is no picture: Graph has the photo as bytes only, and as a `data:` URL, which Auth.js makes
/// of it, it would fill the session cookie several times over.
pub const MICROSOFT_ENTRA_ID: Provider = Provider::oidc(
    "microsoft-entra-id",
    "Microsoft Entra ID",
    "https://login.microsoftonline.com/common/v2.0",
)
.scopes(&["openid", "profile", "email", "User.Read"])
.issuer_per_tenant(PerTenant {
    shared: &["common", "organizations", "consumers"],
    placeholder: "{tenantid}",
    claim: "tid",
})
.refine_profile(with_domain_owner)
.mark(Mark::coloured(include_str!("marks/microsoft.svg")));

/// `xms_edov`: the domain of the address belongs to the tenant, or the address was verified.
fn with_domain_owner(profile: Profile) -> Profile {
    let stated = |name: &str| {
        profile
            .claims
            .get(name)
            .map_or_else(Flag::default, Flag::from)
    };
    let verified = stated("xms_edov").is_true() || stated("email_verified").is_true();
    profile.email_verified(verified.into())
}
