//! An access token of WorkOS as a session.

use base64::Engine as _;
use serde::Deserialize;
use serde_json::Value;

use super::access_token::AccessToken;
use crate::base64url::BASE64URL;
use crate::session::{Impersonator, OrganizationClaims, Session, SessionData, Writer};
use crate::user::User;

/// What `Session::provider` says of every session of AuthKit.
const PROVIDER: &str = "authkit";

/// The session that a verified token proves. Rights come from the token alone: it is minutes old,
/// while the seal may be weeks old.
pub(super) fn session_of(
    token: &AccessToken,
    user: User,
    impersonator: Option<Impersonator>,
) -> Session {
    let mut roles = token.roles().to_vec();
    if let Some(role) = token.role()
        && !roles.iter().any(|other| other == role)
    {
        roles.insert(0, role.to_owned());
    }
    // The token names whoever impersonates; the seal knows their reason.
    let impersonator = impersonator.or_else(|| {
        Some(Impersonator {
            email: token.actor()?.to_owned(),
            reason: None,
        })
    });
    Session::new(SessionData {
        user,
        sid: token.session_id().map(str::to_owned),
        jti: token.token_id().map(str::to_owned),
        provider: Some(PROVIDER.to_owned()),
        roles,
        permissions: token.permissions().to_vec(),
        issued_at: token.issued_at(),
        expires_at: token.expires_at(),
        started_at: token.issued_at(),
        auth_time: token.auth_time(),
        organization: Some(Box::new(OrganizationClaims {
            organization_id: token.organization_id().map(str::to_owned),
            role: token.role().map(str::to_owned),
            entitlements: token.entitlements().to_vec(),
            feature_flags: token.feature_flags().to_vec(),
            impersonator,
            renewed: None,
        })),
        writer: Writer::Current,
        claims: token.payload().into(),
    })
}

/// The claims that are read of a token which may have expired. Only of one that we sealed
/// ourselves: nothing else vouches for them.
#[derive(Deserialize)]
struct Unverified {
    sid: Option<String>,
    org_id: Option<String>,
    #[serde(default)]
    iat: Value,
}

/// The organisation that a token is for.
pub(super) fn organization_of(access_token: &str) -> Option<String> {
    unverified(access_token)?.org_id
}

/// The session that a token belongs to, at WorkOS.
pub(super) fn session_id_of(access_token: &str) -> Option<String> {
    unverified(access_token)?.sid
}

/// When a token was issued, in seconds since the epoch.
pub(super) fn issued_at_of(access_token: &str) -> Option<i64> {
    // The cast saturates; a fraction of a second makes no difference.
    Some(unverified(access_token)?.iat.as_f64()? as i64)
}

fn unverified(access_token: &str) -> Option<Unverified> {
    let payload = BASE64URL.decode(access_token.split('.').nth(1)?).ok()?;
    serde_json::from_slice(&payload).ok()
}
