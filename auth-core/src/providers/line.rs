//! LINE. <https://developers.line.biz/en/docs/line-login/integrate-line-login/>

use super::prelude::*;

/// Sign in with LINE. Register at <https://developers.line.biz/console/>, with the redirect URI
/// `<origin>/api/auth/callback/line`.
///
/// LINE signs ID Tokens of websites with the channel secret (HS256). The address needs a permission
/// that LINE grants per channel, and LINE does not say whether it verified it.
pub const LINE: Provider = Provider::oidc("line", "LINE", "https://access.line.me")
    .signing_algorithm(SigningAlgorithm::Hs256)
    .mark(Mark::coloured(include_str!("marks/line.svg")));
