//! The grants: what is presented, and who that makes one.

use auth_core::Timestamp;

use super::credentials::{Identity, Step};
use super::id::new_id;
use super::input::Input;
use super::one_time_codes::Purpose;
use super::problem::Problem;
use super::records::Records;
use super::sessions::Method;
use crate::grants::s256;

/// An authorization code, once.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(crate) identity: Identity,
    pub(crate) code_challenge: Option<String>,
    pub(crate) expires_at: Timestamp,
}

/// Whether the API key came along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Client {
    Confidential,
    Public,
}

impl Records {
    /// `authorization_code`. A wrong verifier leaves the code usable.
    pub(crate) fn redeem_code(
        &mut self,
        input: &Input,
        client: Client,
        now: Timestamp,
    ) -> Result<Identity, Problem> {
        let value = input.grant_parameter("code")?;
        let spoilt = || {
            let text = format!("The code '{value}' has expired or is invalid.");
            Problem::invalid_grant(text)
        };
        let code = self.codes.get(value);
        let code = code
            .filter(|code| now < code.expires_at)
            .ok_or_else(spoilt)?;
        match (&code.code_challenge, input.text("code_verifier")) {
            // RFC 7636 §4.6
            (Some(challenge), Some(verifier)) if *challenge != s256(verifier) => {
                return Err(spoilt());
            }
            (Some(_), None) => {
                return Err(Problem::oauth(
                    "invalid_request",
                    "code_verifier is required.",
                ));
            }
            (None, _) if client == Client::Public => return Err(invalid_client()),
            _ => {}
        }
        let identity = code.identity.clone();
        self.codes.remove(value);
        if let Some(token) = input.text("invitation_token") {
            self.accept_invitation(token, &identity.user_id, now)?;
        }
        Ok(identity)
    }

    /// `password`
    pub(crate) fn check_password(
        &mut self,
        input: &Input,
        now: Timestamp,
    ) -> Result<Identity, Problem> {
        let email = input.required("email")?;
        let password = input.required("password")?;
        let known = self.user_by_email(email).filter(|record| {
            let expected = record.user.password.as_ref();
            expected.is_some_and(|expected| expected.ct_eq(password.as_bytes()))
        });
        let Some(record) = known else {
            let text = format!("Invalid credentials for '{email}'.");
            return Err(Problem::bad_request("invalid_credentials", text));
        };
        let identity = identity(&record.user.id, Method::Password, now);
        self.admit(identity, Step::Credentials, now)
    }

    /// `urn:workos:oauth:grant-type:magic-auth:code`. Whoever reads the mail owns the address.
    pub(crate) fn check_magic_auth(
        &mut self,
        input: &Input,
        now: Timestamp,
    ) -> Result<Identity, Problem> {
        let (email, code) = (input.required("email")?, input.required("code")?);
        let user_id = self.user_id_by_email(email).ok_or_else(invalid_code)?;
        self.spend_code(Purpose::MagicAuth, &user_id, code, now)?;
        self.user_mut(&user_id)?.user.email_verified = true;
        let identity = identity(&user_id, Method::MagicAuth, now);
        self.admit(identity, Step::Email, now)
    }

    /// `urn:workos:oauth:grant-type:email-verification:code`
    pub(crate) fn check_email(
        &mut self,
        input: &Input,
        now: Timestamp,
    ) -> Result<Identity, Problem> {
        let token = input.required("pending_authentication_token")?;
        let code = input.required("code")?;
        let identity = self.pending(token, Step::Email, now)?;
        self.spend_code(Purpose::EmailVerification, &identity.user_id, code, now)?;
        self.pending.remove(token);
        let record = self.user_mut(&identity.user_id)?;
        record.user.email_verified = true;
        record.updated_at = now;
        self.admit(identity, Step::Email, now)
    }

    /// `urn:workos:oauth:grant-type:organization-selection`
    pub(crate) fn choose_organization(
        &mut self,
        input: &Input,
        now: Timestamp,
    ) -> Result<Identity, Problem> {
        let token = input.required("pending_authentication_token")?;
        let organization_id = input.required("organization_id")?;
        let mut identity = self.pending(token, Step::Organization, now)?;
        let user = &self.user(&identity.user_id)?.user;
        if user.membership_in(organization_id).is_none() {
            return Err(invalid_organization(organization_id));
        }
        identity.organization_id = Some(organization_id.to_owned());
        self.pending.remove(token);
        self.admit(identity, Step::Organization, now)
    }

    /// `urn:workos:oauth:grant-type:mfa-totp`
    pub(crate) fn check_totp(
        &mut self,
        input: &Input,
        now: Timestamp,
    ) -> Result<Identity, Problem> {
        let token = input.required("pending_authentication_token")?;
        let challenge_id = input.required("authentication_challenge_id")?;
        let code = input.required("code")?;
        let identity = self.pending(token, Step::SecondFactor, now)?;
        if self.verify_challenge(challenge_id, Some(&identity.user_id), code, now)? {
            self.pending.remove(token);
            return self.admit(identity, Step::SecondFactor, now);
        }
        Err(invalid_code())
    }

    /// A code for somebody whom the page has let in.
    pub(crate) fn issue_code(&mut self, code: Code, now: Timestamp) -> String {
        self.codes.retain(|_, code| now < code.expires_at);
        let value = new_id("auth_code");
        self.codes.insert(value.clone(), code);
        value
    }
}

fn identity(user_id: &str, method: Method, now: Timestamp) -> Identity {
    Identity {
        user_id: user_id.to_owned(),
        organization_id: None,
        method,
        auth_time: now,
    }
}

/// The API key is missing or another one.
pub(crate) fn invalid_client() -> Problem {
    Problem::oauth("invalid_client", "Invalid client secret.")
}

pub(crate) fn invalid_code() -> Problem {
    Problem::bad_request("invalid_one_time_code", "Invalid one-time code")
}

/// The user is no member of the organisation, or it does not exist.
pub(crate) fn invalid_organization(id: &str) -> Problem {
    let text = format!("User is not a member of the organization '{id}'.");
    Problem::bad_request("invalid_organization_id", text)
}
