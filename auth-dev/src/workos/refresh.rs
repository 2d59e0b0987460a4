//! Refresh tokens: good for one use, and a short grace.

use std::time::Duration;

use auth_core::Timestamp;
use serde_json::Value;

use super::access_token::Spoilt;
use super::credentials::Identity;
use super::grants::invalid_organization;
use super::input::Input;
use super::problem::Problem;
use super::records::Records;
use super::state::State;
use super::tokens::answer;

/// For how long a token that was rotated gets the same answer again.
const GRACE: Duration = Duration::from_secs(30);

/// What a refresh token leads to.
#[derive(Clone, Debug)]
pub(crate) struct RefreshToken {
    pub(crate) session_id: String,
    pub(crate) rotated: Option<Rotation>,
}

/// That a token was used, when, and what came of it.
#[derive(Clone, Debug)]
pub(crate) struct Rotation {
    at: Timestamp,
    organization_id: Option<String>,
    answer: Value,
}

impl Records {
    /// `refresh_token`, also to enter another organisation.
    pub(crate) fn refresh(
        &mut self,
        state: &State,
        input: &Input,
        spoilt: Option<Spoilt>,
    ) -> Result<Value, Problem> {
        let now = state.now();
        let value = input.grant_parameter("refresh_token")?;
        let known = self.refresh_tokens.get(value).cloned();
        let token = known.ok_or_else(|| Problem::invalid_grant("Invalid refresh token."))?;
        let active = self
            .session(&token.session_id)
            .filter(|session| session.is_active(now));
        let Some(session) = active.cloned() else {
            return Err(Problem::invalid_grant("Session has already ended."));
        };
        let wanted = input.text("organization_id").map(str::to_owned);
        if let Some(rotation) = token.rotated {
            if now.since(rotation.at) > GRACE {
                return Err(Problem::invalid_grant("Invalid refresh token."));
            }
            // Asked for another organisation, it is a new rotation of the same session.
            if rotation.organization_id == wanted {
                return Ok(rotation.answer);
            }
        }
        if let Some(id) = wanted
            .as_ref()
            .filter(|id| session.organization_id.as_ref() != Some(id))
        {
            self.enter(
                &session.user_id,
                id,
                session.method.clone(),
                session.auth_time,
            )?;
            if let Some(session) = self.session_mut(&session.id) {
                session.organization_id = Some(id.clone());
                session.updated_at = now;
            }
        }
        let answer = answer(state, self, &session.id, spoilt)?;
        let rotation = Rotation {
            at: now,
            organization_id: wanted,
            answer: answer.clone(),
        };
        if let Some(token) = self.refresh_tokens.get_mut(value) {
            token.rotated = Some(rotation);
        }
        Ok(answer)
    }

    /// Whether the user may enter the organisation as they signed in.
    fn enter(
        &self,
        user_id: &str,
        organization_id: &str,
        method: super::sessions::Method,
        auth_time: Timestamp,
    ) -> Result<(), Problem> {
        let record = self.user(user_id)?;
        if record.user.membership_in(organization_id).is_none() {
            return Err(invalid_organization(organization_id));
        }
        let identity = Identity {
            user_id: user_id.to_owned(),
            organization_id: Some(organization_id.to_owned()),
            method,
            auth_time,
        };
        // Who has a factor has shown it at sign-in.
        let enrolled = self.factors_of(user_id).next().is_some();
        match self.entrance(&identity, &record.user)? {
            Some(problem) if !enrolled => Err(problem.with("user", record.json())),
            _ => Ok(()),
        }
    }
}
