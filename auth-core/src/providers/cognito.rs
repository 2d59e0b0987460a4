//! Cognito. <https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-userpools-server-contract-reference.html>

use super::prelude::*;

/// Sign in with Cognito. Register at <https://console.aws.amazon.com/cognito>, with the redirect
/// URI `<origin>/api/auth/callback/cognito`.
///
/// The issuer is `https://cognito-idp.<region>.amazonaws.com/<user pool>`; the pool needs a domain.
pub const COGNITO: Provider = Provider::oidc_tenant("cognito", "Amazon Cognito")
    .mark(Mark::coloured(include_str!("marks/aws.svg")));
