//! Everything that the service remembers.

use std::collections::HashMap;

use auth_core::Timestamp;

use super::api_keys::ApiKey;
use super::credentials::Pending;
use super::device::DeviceCode;
use super::directory::{Organization, User};
use super::factors::{Challenge, Factor};
use super::grants::Code;
use super::invitations::Invitation;
use super::one_time_codes::OneTimeCode;
use super::problem::Problem;
use super::refresh::RefreshToken;
use super::sessions::Session;
use super::sign_in::SignedIn;
use super::users::UserRecord;

/// The tables. What a secret value leads to is kept under that value.
#[derive(Default)]
pub(crate) struct Records {
    pub(crate) users: Vec<UserRecord>,
    pub(crate) organizations: Vec<Organization>,
    pub(crate) sessions: Vec<Session>,
    pub(crate) factors: Vec<Factor>,
    pub(crate) challenges: Vec<Challenge>,
    pub(crate) one_time_codes: Vec<OneTimeCode>,
    pub(crate) invitations: Vec<Invitation>,
    pub(crate) api_keys: Vec<ApiKey>,
    pub(crate) codes: HashMap<String, Code>,
    pub(crate) refresh_tokens: HashMap<String, RefreshToken>,
    pub(crate) pending: HashMap<String, Pending>,
    pub(crate) device_codes: HashMap<String, DeviceCode>,
    /// Browsers that have signed in here, by the value of their cookie.
    pub(crate) browsers: HashMap<String, SignedIn>,
}

impl Records {
    pub(crate) fn new(users: Vec<User>, organizations: Vec<Organization>, now: Timestamp) -> Self {
        let factors = users.iter().flat_map(|user| {
            let secrets = user.totp_secrets.iter();
            secrets.map(|secret| Factor::totp(&user.id, "WorkOS", &user.email, secret.clone(), now))
        });
        Self {
            factors: factors.collect(),
            users: users
                .into_iter()
                .map(|user| UserRecord::new(user, now))
                .collect(),
            organizations,
            ..Self::default()
        }
    }

    pub(crate) fn user(&self, id: &str) -> Result<&UserRecord, Problem> {
        let found = self.users.iter().find(|record| record.user.id == id);
        found.ok_or_else(|| Problem::not_found("User", id))
    }

    pub(crate) fn user_mut(&mut self, id: &str) -> Result<&mut UserRecord, Problem> {
        let found = self.users.iter_mut().find(|record| record.user.id == id);
        found.ok_or_else(|| Problem::not_found("User", id))
    }

    /// Addresses are the same however they are written.
    pub(crate) fn user_by_email(&self, email: &str) -> Option<&UserRecord> {
        let mut users = self.users.iter();
        users.find(|record| record.user.email.eq_ignore_ascii_case(email.trim()))
    }

    pub(crate) fn user_id_by_email(&self, email: &str) -> Option<String> {
        let record = self.user_by_email(email)?;
        Some(record.user.id.clone())
    }

    pub(crate) fn organization(&self, id: &str) -> Result<&Organization, Problem> {
        let found = self
            .organizations
            .iter()
            .find(|organization| organization.id == id);
        found.ok_or_else(|| Problem::not_found("Organization", id))
    }

    pub(crate) fn factors_of(&self, user_id: &str) -> impl Iterator<Item = &Factor> {
        self.factors
            .iter()
            .filter(move |factor| factor.user_id == user_id)
    }
}
