//! Azure Active Directory. <https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc>

use super::MICROSOFT_ENTRA_ID;
use super::prelude::*;

/// Sign in with Azure Active Directory. Register at <https://entra.microsoft.com>, with the
/// redirect URI `<origin>/api/auth/callback/azure-ad`.
///
/// The former name of [Microsoft Entra ID](crate::providers::MICROSOFT_ENTRA_ID), for accounts that
/// were made under it.
pub const AZURE_AD: Provider =
    MICROSOFT_ENTRA_ID.also_known_as("azure-ad", "Azure Active Directory");
