//! Codes, access tokens and refresh tokens, and what became of them.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use auth_core::Timestamp;
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::faults::Fault;
use crate::people::Person;
use crate::random::random_token;

/// How long a code may be redeemed: 60 seconds.
pub(crate) const CODE_LIFETIME: Duration = Duration::from_secs(60);
/// How long an access token is good for: one hour.
pub(crate) const ACCESS_TOKEN_LIFETIME: Duration = Duration::from_secs(3600);
/// How long a spent value is remembered, so that its reuse is noticed: one day.
const MEMORY: Duration = Duration::from_secs(24 * 3600);

/// What a person allowed a client.
pub(crate) struct Grant {
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) code_challenge: String,
    pub(crate) nonce: Option<String>,
    pub(crate) scope: Vec<String>,
    pub(crate) person: Person,
    pub(crate) auth_time: Timestamp,
    pub(crate) fault: Option<Fault>,
    revoked: AtomicBool,
}

impl Grant {
    pub(crate) fn has_scope(&self, scope: &str) -> bool {
        self.scope.iter().any(|granted| granted == scope)
    }

    fn revoke(&self) {
        self.revoked.store(true, Ordering::Relaxed);
    }

    fn is_revoked(&self) -> bool {
        self.revoked.load(Ordering::Relaxed)
    }
}

/// A [`Grant`] about to be made.
pub(crate) struct NewGrant {
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) code_challenge: String,
    pub(crate) nonce: Option<String>,
    pub(crate) scope: Vec<String>,
    pub(crate) person: Person,
    pub(crate) auth_time: Timestamp,
    pub(crate) fault: Option<Fault>,
}

struct Issued {
    grant: Arc<Grant>,
    expires_at: Timestamp,
    spent: bool,
}

/// What a token request presents with its code.
pub(crate) struct Redemption<'a> {
    pub(crate) code: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) redirect_uri: Option<&'a str>,
    pub(crate) code_verifier: Option<&'a str>,
}

/// The grant is invalid (RFC 6749 §5.2: `invalid_grant`); the reason is for the developer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct InvalidGrant(pub(crate) &'static str);

#[derive(Default)]
pub(crate) struct Grants {
    codes: HashMap<String, Issued>,
    access_tokens: HashMap<String, Issued>,
    refresh_tokens: HashMap<String, Issued>,
}

impl Grants {
    pub(crate) fn issue_code(&mut self, new: NewGrant, now: Timestamp) -> String {
        self.forget(now);
        let grant = Arc::new(Grant {
            client_id: new.client_id,
            redirect_uri: new.redirect_uri,
            code_challenge: new.code_challenge,
            nonce: new.nonce,
            scope: new.scope,
            person: new.person,
            auth_time: new.auth_time,
            fault: new.fault,
            revoked: AtomicBool::new(false),
        });
        insert(&mut self.codes, &grant, now.plus(CODE_LIFETIME))
    }

    /// Redeems a code, once. The client's first try spends it, whatever comes of it.
    pub(crate) fn redeem_code(
        &mut self,
        redemption: &Redemption<'_>,
        now: Timestamp,
    ) -> Result<Arc<Grant>, InvalidGrant> {
        let issued = self
            .codes
            .get_mut(redemption.code)
            .filter(|issued| issued.grant.client_id == redemption.client_id)
            .ok_or(InvalidGrant("this client was given no such code"))?;
        if issued.spent {
            // RFC 6749 §4.1.2: revoke what the first use was given.
            issued.grant.revoke();
            return Err(InvalidGrant("the code was used before"));
        }
        issued.spent = true;
        let grant = &issued.grant;
        if issued.expires_at <= now {
            return Err(InvalidGrant("the code is older than 60 seconds"));
        }
        if redemption.redirect_uri != Some(&grant.redirect_uri) {
            return Err(InvalidGrant("the redirect_uri is not the one asked with"));
        }
        // RFC 7636 §4.6
        let challenge = redemption.code_verifier.map(s256);
        if challenge.as_deref() != Some(&grant.code_challenge) {
            return Err(InvalidGrant("the code_verifier does not fit"));
        }
        Ok(Arc::clone(grant))
    }

    pub(crate) fn issue_access_token(&mut self, grant: &Arc<Grant>, now: Timestamp) -> String {
        insert(
            &mut self.access_tokens,
            grant,
            now.plus(ACCESS_TOKEN_LIFETIME),
        )
    }

    pub(crate) fn issue_refresh_token(&mut self, grant: &Arc<Grant>, now: Timestamp) -> String {
        insert(&mut self.refresh_tokens, grant, now.plus(MEMORY))
    }

    /// Spends a refresh token. A second use revokes everything that came of the grant (RFC 9700
    /// §4.14.2).
    pub(crate) fn spend_refresh_token(
        &mut self,
        refresh_token: &str,
        client_id: &str,
        now: Timestamp,
    ) -> Result<Arc<Grant>, InvalidGrant> {
        let issued = self
            .refresh_tokens
            .get_mut(refresh_token)
            .filter(|issued| issued.grant.client_id == client_id)
            .ok_or(InvalidGrant("this client was given no such refresh token"))?;
        if issued.spent {
            issued.grant.revoke();
            return Err(InvalidGrant("the refresh token was used before"));
        }
        issued.spent = true;
        if issued.grant.is_revoked() {
            return Err(InvalidGrant("the grant was revoked"));
        }
        if issued.expires_at <= now {
            return Err(InvalidGrant("the refresh token is older than a day"));
        }
        Ok(Arc::clone(&issued.grant))
    }

    /// What an access token gives access to.
    pub(crate) fn accessible(&self, access_token: &str, now: Timestamp) -> Option<Arc<Grant>> {
        self.access_tokens
            .get(access_token)
            .filter(|issued| issued.expires_at > now && !issued.grant.is_revoked())
            .map(|issued| Arc::clone(&issued.grant))
    }

    fn forget(&mut self, now: Timestamp) {
        for issued in [
            &mut self.codes,
            &mut self.access_tokens,
            &mut self.refresh_tokens,
        ] {
            issued.retain(|_, issued| issued.expires_at.plus(MEMORY) > now);
        }
    }
}

fn insert(
    values: &mut HashMap<String, Issued>,
    grant: &Arc<Grant>,
    expires_at: Timestamp,
) -> String {
    let value = random_token();
    let issued = Issued {
        grant: Arc::clone(grant),
        expires_at,
        spent: false,
    };
    values.insert(value.clone(), issued);
    value
}

/// The S256 challenge of a verifier (RFC 7636 §4.2).
pub(crate) fn s256(code_verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, code_verifier.as_bytes()))
}

#[cfg(test)]
mod tests;
