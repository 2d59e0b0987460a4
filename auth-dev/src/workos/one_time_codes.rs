//! What WorkOS mails: codes to sign in, codes that prove an address, tokens to set a new password.

use std::time::Duration;

use actix_web::{HttpRequest, web};
use auth_core::Timestamp;
use serde_json::{Value, json};

use super::directory::User;
use super::grants::invalid_code;
use super::id::{new_code, new_id};
use super::input::Input;
use super::problem::{Answer, Problem, created, ok};
use super::records::Records;
use super::state::State;
use super::time::iso;
use super::users::UserRecord;
use crate::random::random_token;
use crate::state::lock;

/// How long one is good for: ten minutes.
const LIFETIME: Duration = Duration::from_secs(600);

/// Something that was mailed, good for one use.
#[derive(Clone, Debug)]
pub(crate) struct OneTimeCode {
    pub(crate) id: String,
    purpose: Purpose,
    user_id: String,
    email: String,
    code: String,
    created_at: Timestamp,
    expires_at: Timestamp,
    spent: bool,
}

/// What it is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    MagicAuth,
    EmailVerification,
    PasswordReset,
}

impl Purpose {
    const fn object(self) -> &'static str {
        match self {
            Self::MagicAuth => "magic_auth",
            Self::EmailVerification => "email_verification",
            Self::PasswordReset => "password_reset",
        }
    }
}

impl OneTimeCode {
    pub(crate) fn new(purpose: Purpose, user_id: &str, email: &str, now: Timestamp) -> Self {
        Self {
            id: new_id(purpose.object()),
            purpose,
            user_id: user_id.to_owned(),
            email: email.to_owned(),
            code: match purpose {
                Purpose::PasswordReset => random_token(),
                _ => new_code(),
            },
            created_at: now,
            expires_at: now.plus(LIFETIME),
            spent: false,
        }
    }

    fn json(&self, state: &State) -> Value {
        let mut shown = json!({
            "object": self.purpose.object(),
            "id": self.id,
            "user_id": self.user_id,
            "email": self.email,
            "expires_at": iso(self.expires_at),
            "created_at": iso(self.created_at),
        });
        if self.purpose == Purpose::PasswordReset {
            let url = format!("{}/reset-password?token={}", state.origin, self.code);
            shown["password_reset_token"] = self.code.clone().into();
            shown["password_reset_url"] = url.into();
        } else {
            shown["code"] = self.code.clone().into();
            shown["updated_at"] = iso(self.created_at).into();
        }
        shown
    }

    fn is_good(&self, now: Timestamp) -> bool {
        !self.spent && now < self.expires_at
    }
}

impl Records {
    /// Spends a code of this user.
    pub(crate) fn spend_code(
        &mut self,
        purpose: Purpose,
        user_id: &str,
        code: &str,
        now: Timestamp,
    ) -> Result<(), Problem> {
        let found = self.one_time_codes.iter_mut().find(|one| {
            let theirs = one.purpose == purpose && one.user_id == user_id && one.code == code;
            theirs && one.is_good(now)
        });
        found.ok_or_else(invalid_code)?.spent = true;
        Ok(())
    }

    /// What was mailed last to an address: a code, or the token to set a new password.
    pub(crate) fn last_mail(&self, email: &str) -> Option<String> {
        let mut codes = self.one_time_codes.iter().rev();
        let last = codes.find(|one| one.email.eq_ignore_ascii_case(email))?;
        Some(last.code.clone())
    }

    fn one_time_code(&self, purpose: Purpose, id: &str) -> Result<&OneTimeCode, Problem> {
        let mut codes = self.one_time_codes.iter();
        let found = codes.find(|one| one.purpose == purpose && one.id == id);
        found.ok_or_else(|| Problem::not_found(purpose.object(), id))
    }

    fn mail(&mut self, purpose: Purpose, user: &User, now: Timestamp) -> &OneTimeCode {
        let code = OneTimeCode::new(purpose, &user.id, &user.email, now);
        self.one_time_codes.push(code);
        // Pushed just above.
        self.one_time_codes.last().expect("there is a last one")
    }
}

/// `POST /user_management/magic_auth`. An address that nobody has makes a new user.
pub(crate) async fn create_magic_auth(
    state: web::Data<State>,
    request: HttpRequest,
    body: web::Bytes,
) -> Answer {
    let input = Input::read(&request, &body)?;
    let email = input.required("email")?;
    let now = state.now();
    let mut records = lock(&state.records);
    let user = match records.user_by_email(email) {
        Some(record) => record.user.clone(),
        None => {
            let user = User::new("", "", email).unverified_email();
            records.users.push(UserRecord::new(user.clone(), now));
            user
        }
    };
    created(&records.mail(Purpose::MagicAuth, &user, now).json(&state))
}

/// `GET /user_management/magic_auth/{id}`
pub(crate) async fn magic_auth(state: web::Data<State>, id: web::Path<String>) -> Answer {
    let records = lock(&state.records);
    ok(&records.one_time_code(Purpose::MagicAuth, &id)?.json(&state))
}

/// `GET /user_management/email_verification/{id}`
pub(crate) async fn email_verification(state: web::Data<State>, id: web::Path<String>) -> Answer {
    let records = lock(&state.records);
    let code = records.one_time_code(Purpose::EmailVerification, &id)?;
    ok(&code.json(&state))
}

/// `POST /user_management/users/{id}/email_verification/send`
pub(crate) async fn send_email_verification(
    state: web::Data<State>,
    user_id: web::Path<String>,
) -> Answer {
    let mut records = lock(&state.records);
    let record = records.user(&user_id)?.clone();
    records.mail(Purpose::EmailVerification, &record.user, state.now());
    ok(&json!({ "user": record.json() }))
}

/// `POST /user_management/users/{id}/email_verification/confirm`
pub(crate) async fn confirm_email_verification(
    state: web::Data<State>,
    user_id: web::Path<String>,
    request: HttpRequest,
    body: web::Bytes,
) -> Answer {
    let input = Input::read(&request, &body)?;
    let code = input.required("code")?;
    let now = state.now();
    let mut records = lock(&state.records);
    records.spend_code(Purpose::EmailVerification, &user_id, code, now)?;
    let record = records.user_mut(&user_id)?;
    record.user.email_verified = true;
    record.updated_at = now;
    ok(&json!({ "user": record.json() }))
}

/// `POST /user_management/password_reset`
pub(crate) async fn create_password_reset(
    state: web::Data<State>,
    request: HttpRequest,
    body: web::Bytes,
) -> Answer {
    let input = Input::read(&request, &body)?;
    let email = input.required("email")?;
    let mut records = lock(&state.records);
    let record = records.user_by_email(email);
    let user = match record {
        Some(record) => record.user.clone(),
        None => return Err(Problem::not_found("User", email)),
    };
    let reset = records.mail(Purpose::PasswordReset, &user, state.now());
    created(&reset.json(&state))
}

/// `GET /user_management/password_reset/{id}`
pub(crate) async fn password_reset(state: web::Data<State>, id: web::Path<String>) -> Answer {
    let records = lock(&state.records);
    let reset = records.one_time_code(Purpose::PasswordReset, &id)?;
    ok(&reset.json(&state))
}

/// `POST /user_management/password_reset/confirm`. Ends every session of the user.
pub(crate) async fn confirm_password_reset(
    state: web::Data<State>,
    request: HttpRequest,
    body: web::Bytes,
) -> Answer {
    let input = Input::read(&request, &body)?;
    let token = input.required("token")?;
    let password = input.required("new_password")?;
    let now = state.now();
    let mut records = lock(&state.records);
    let mut codes = records.one_time_codes.iter();
    let reset = codes.find(|one| one.purpose == Purpose::PasswordReset && one.code == token);
    let Some(user_id) = reset.map(|reset| reset.user_id.clone()) else {
        return Err(Problem::not_found("PasswordReset", token));
    };
    records.spend_code(Purpose::PasswordReset, &user_id, token, now)?;
    records.end_sessions_of(&user_id, now);
    let record = records.user_mut(&user_id)?;
    record.user.password = Some(password.into());
    record.updated_at = now;
    ok(&json!({ "user": record.json() }))
}
