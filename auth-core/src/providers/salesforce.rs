//! Salesforce. <https://help.salesforce.com/s/articleView?id=sf.remoteaccess_authenticate.htm>

use super::prelude::*;

/// Sign in with Salesforce. Create a connected app under Setup, App Manager, with the redirect URI
/// `<origin>/api/auth/callback/salesforce`.
///
/// The profile comes from the userinfo endpoint, for the ID Token holds little. For a sandbox the
/// issuer is `https://test.salesforce.com`; with My Domain, the address of that.
pub const SALESFORCE: Provider =
    Provider::oidc("salesforce", "Salesforce", "https://login.salesforce.com")
        .profile_from(ProfileSource::Userinfo)
        .mark(Mark::coloured(include_str!("marks/salesforce.svg")));
