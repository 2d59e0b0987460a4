//! From a proof to an identity: what WorkOS asks for between a good password and a session.

use std::time::Duration;

use auth_core::Timestamp;
use serde_json::{Value, json};

use super::directory::User;
use super::id::new_id;
use super::one_time_codes::{OneTimeCode, Purpose};
use super::problem::Problem;
use super::records::Records;
use super::sessions::Method;

/// How long a half-finished sign-in may be finished: ten minutes.
const PATIENCE: Duration = Duration::from_secs(600);

/// Somebody who has proved who they are, or is about to.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    pub(crate) user_id: String,
    pub(crate) organization_id: Option<String>,
    pub(crate) method: Method,
    pub(crate) auth_time: Timestamp,
}

/// How far a sign-in has come. Each step includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Credentials,
    Email,
    Organization,
    SecondFactor,
}

/// A sign-in that waits for its next step, under its `pending_authentication_token`.
#[derive(Clone, Debug)]
pub(crate) struct Pending {
    pub(crate) identity: Identity,
    /// The step that is missing.
    pub(crate) step: Step,
    expires_at: Timestamp,
}

impl Records {
    /// The identity, if nothing more is asked of it than the steps up to `done`; else what is.
    pub(crate) fn admit(
        &mut self,
        mut identity: Identity,
        done: Step,
        now: Timestamp,
    ) -> Result<Identity, Problem> {
        let record = self.user(&identity.user_id)?;
        let (user, shown) = (record.user.clone(), record.json());
        if done < Step::Email && !user.email_verified {
            return Err(self.ask_for_email(identity, &user, now));
        }
        if done < Step::Organization && identity.organization_id.is_none() {
            let memberships: Vec<_> = user.active_memberships().cloned().collect();
            match memberships.as_slice() {
                [] => {}
                [only] => identity.organization_id = Some(only.organization_id.clone()),
                _ => {
                    let problem = self.choice_of(&user);
                    return Err(self.wait(
                        problem.with("user", shown),
                        identity,
                        Step::Organization,
                        now,
                    ));
                }
            }
        }
        if done < Step::SecondFactor
            && let Some(problem) = self.entrance(&identity, &user)?
        {
            let waits_for = Step::SecondFactor;
            return Err(self.wait(problem.with("user", shown), identity, waits_for, now));
        }
        Ok(identity)
    }

    /// What the organisation, or the user's own factor, asks for at the door.
    pub(crate) fn entrance(
        &self,
        identity: &Identity,
        user: &User,
    ) -> Result<Option<Problem>, Problem> {
        let organization = match &identity.organization_id {
            Some(id) => Some(self.organization(id)?),
            None => None,
        };
        let connection = organization.and_then(|organization| organization.connection_id.clone());
        if let (Some(connection), true) = (connection, identity.method != Method::Sso) {
            let text = "User must authenticate using one of the matching connections.";
            let problem = Problem::oauth("sso_required", text);
            return Err(problem
                .with("email", user.email.clone())
                .with("connection_ids", vec![connection]));
        }
        if identity.method != Method::Password {
            return Ok(None);
        }
        let factors: Vec<Value> = self
            .factors_of(&user.id)
            .map(|factor| json!({ "id": factor.id, "type": "totp" }))
            .collect();
        if !factors.is_empty() {
            let text = "Multi-factor authentication is required to continue.";
            let problem = Problem::forbidden("mfa_challenge", text);
            return Ok(Some(problem.with("authentication_factors", factors)));
        }
        Ok(organization
            .filter(|organization| organization.requires_mfa)
            .map(|_| mfa_enrollment()))
    }

    /// Takes a sign-in that waits for `step`. It stays: a wrong code may be corrected.
    pub(crate) fn pending(
        &self,
        token: &str,
        step: Step,
        now: Timestamp,
    ) -> Result<Identity, Problem> {
        let pending = self.pending.get(token);
        let pending = pending.filter(|pending| pending.step == step && now < pending.expires_at);
        Ok(pending.ok_or_else(invalid_pending)?.identity.clone())
    }

    fn ask_for_email(&mut self, identity: Identity, user: &User, now: Timestamp) -> Problem {
        let code = OneTimeCode::new(Purpose::EmailVerification, &user.id, &user.email, now);
        let text = "Email ownership must be verified before authentication.";
        let problem = Problem::forbidden("email_verification_required", text)
            .with("email", user.email.clone())
            .with("email_verification_id", code.id.clone());
        self.one_time_codes.push(code);
        self.wait(problem, identity, Step::Email, now)
    }

    fn choice_of(&self, user: &User) -> Problem {
        let organizations: Vec<Value> = user
            .active_memberships()
            .filter_map(|membership| self.organization(&membership.organization_id).ok())
            .map(|organization| json!({ "id": organization.id, "name": organization.name }))
            .collect();
        let text = "The user must choose an organization to finish their authentication.";
        Problem::forbidden("organization_selection_required", text)
            .with("organizations", organizations)
    }

    /// Remembers the sign-in, and tells its token along with the problem.
    fn wait(
        &mut self,
        problem: Problem,
        identity: Identity,
        step: Step,
        now: Timestamp,
    ) -> Problem {
        let token = new_id("pending");
        let pending = Pending {
            identity,
            step,
            expires_at: now.plus(PATIENCE),
        };
        self.pending.retain(|_, pending| now < pending.expires_at);
        self.pending.insert(token.clone(), pending);
        problem.with("pending_authentication_token", token)
    }
}

/// The organisation wants a second factor and the user has none.
fn mfa_enrollment() -> Problem {
    let text = "The user must enroll in MFA to finish authenticating.";
    Problem::forbidden("mfa_enrollment", text)
}

fn invalid_pending() -> Problem {
    let text = "The pending authentication token is invalid or has expired.";
    Problem::bad_request("invalid_pending_authentication_token", text)
}
