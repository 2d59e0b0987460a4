//! Second factors: authenticator applications.

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, web};
use auth_core::{Secret, Timestamp};
use serde_json::{Value, json};

use super::id::new_id;
use super::input::Input;
use super::problem::{Answer, Problem, created, ok};
use super::records::Records;
use super::server::{Pages, list};
use super::state::State;
use super::time::iso;
use super::totp;
use crate::state::lock;

/// How long a challenge may be answered: ten minutes.
const LIFETIME: Duration = Duration::from_secs(600);

/// An authenticator application of a user; of nobody, if it was enrolled without one.
#[derive(Clone, Debug)]
pub(crate) struct Factor {
    pub(crate) id: String,
    pub(crate) user_id: String,
    issuer: String,
    user: String,
    pub(crate) secret: Secret<String>,
    created_at: Timestamp,
}

/// The question for a code.
#[derive(Clone, Debug)]
pub(crate) struct Challenge {
    id: String,
    factor_id: String,
    user_id: String,
    created_at: Timestamp,
    expires_at: Timestamp,
    spent: bool,
}

impl Factor {
    pub(crate) fn totp(
        user_id: &str,
        issuer: &str,
        user: &str,
        secret: Secret<String>,
        now: Timestamp,
    ) -> Self {
        Self {
            id: new_id("auth_factor"),
            user_id: user_id.to_owned(),
            issuer: issuer.to_owned(),
            user: user.to_owned(),
            secret,
            created_at: now,
        }
    }

    fn json(&self) -> Value {
        let at = iso(self.created_at);
        json!({
            "object": "authentication_factor",
            "id": self.id,
            "user_id": self.user_id,
            "type": "totp",
            "totp": { "issuer": self.issuer, "user": self.user },
            "created_at": at,
            "updated_at": at,
        })
    }

    /// With the secret: told once, when it is enrolled.
    fn json_with_secret(&self) -> Value {
        let secret = self.secret.expose();
        let label: String = url::form_urlencoded::byte_serialize(self.user.as_bytes()).collect();
        let issuer: String = url::form_urlencoded::byte_serialize(self.issuer.as_bytes()).collect();
        let uri = format!("otpauth://totp/{issuer}:{label}?secret={secret}&issuer={issuer}");
        // A picture of the address as text: applications here type the secret in.
        let picture = format!(
            "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><text y='20'>{secret}</text></svg>"
        );
        let mut shown = self.json();
        shown["totp"]["secret"] = secret.as_str().into();
        shown["totp"]["uri"] = uri.into();
        shown["totp"]["qr_code"] = picture.into();
        shown
    }
}

impl Challenge {
    fn new(factor: &Factor, now: Timestamp) -> Self {
        Self {
            id: new_id("auth_challenge"),
            factor_id: factor.id.clone(),
            user_id: factor.user_id.clone(),
            created_at: now,
            expires_at: now.plus(LIFETIME),
            spent: false,
        }
    }

    fn json(&self) -> Value {
        let at = iso(self.created_at);
        json!({
            "object": "authentication_challenge",
            "id": self.id,
            "user_id": self.user_id,
            "factor_id": self.factor_id,
            "expires_at": iso(self.expires_at),
            "created_at": at,
            "updated_at": at,
        })
    }
}

impl Records {
    fn factor(&self, id: &str) -> Result<&Factor, Problem> {
        let found = self.factors.iter().find(|factor| factor.id == id);
        found.ok_or_else(|| Problem::not_found("AuthenticationFactor", id))
    }

    /// Whether `code` answers the challenge, which it does once.
    pub(crate) fn verify_challenge(
        &mut self,
        id: &str,
        user_id: Option<&str>,
        code: &str,
        now: Timestamp,
    ) -> Result<bool, Problem> {
        let mut challenges = self.challenges.iter();
        let position = challenges.position(|challenge| {
            let theirs = user_id.is_none_or(|user_id| user_id == challenge.user_id);
            challenge.id == id && theirs && !challenge.spent && now < challenge.expires_at
        });
        let position = position.ok_or_else(|| Problem::not_found("AuthenticationChallenge", id))?;
        let factor = self.factor(&self.challenges[position].factor_id)?;
        let valid = totp::verify(factor.secret.expose(), code, now);
        self.challenges[position].spent = valid;
        Ok(valid)
    }

    /// Enrols a factor, and asks for its first code.
    fn enrol(
        &mut self,
        user_id: &str,
        input: &Input,
        now: Timestamp,
    ) -> Result<(Factor, Challenge), Problem> {
        if input.required("type")? != "totp" {
            return Err(Problem::unprocessable("type", "type_unsupported"));
        }
        let secret = input
            .text("totp_secret")
            .map_or_else(totp::new_secret, str::to_owned);
        let issuer = input.text("totp_issuer").unwrap_or("WorkOS");
        let user = input.text("totp_user").unwrap_or(user_id);
        let factor = Factor::totp(user_id, issuer, user, secret.into(), now);
        let challenge = Challenge::new(&factor, now);
        self.factors.push(factor.clone());
        self.challenges.push(challenge.clone());
        Ok((factor, challenge))
    }
}

/// `POST /user_management/users/{id}/auth_factors`
pub(crate) async fn enrol_user(
    state: web::Data<State>,
    user_id: web::Path<String>,
    request: HttpRequest,
    body: web::Bytes,
) -> Answer {
    let input = Input::read(&request, &body)?;
    let mut records = lock(&state.records);
    records.user(&user_id)?;
    let (factor, challenge) = records.enrol(&user_id, &input, state.now())?;
    created(&json!({
        "authentication_factor": factor.json_with_secret(),
        "authentication_challenge": challenge.json(),
    }))
}

/// `GET /user_management/users/{id}/auth_factors`
pub(crate) async fn of_user(
    state: web::Data<State>,
    user_id: web::Path<String>,
    pages: web::Query<Pages>,
) -> Answer {
    let records = lock(&state.records);
    records.user(&user_id)?;
    ok(&list(
        records.factors_of(&user_id).map(Factor::json),
        &pages,
    ))
}

/// `POST /auth/factors/enroll`
pub(crate) async fn enrol(
    state: web::Data<State>,
    request: HttpRequest,
    body: web::Bytes,
) -> Answer {
    let input = Input::read(&request, &body)?;
    let (factor, _) = lock(&state.records).enrol("", &input, state.now())?;
    created(&factor.json_with_secret())
}

/// `GET /auth/factors/{id}`
pub(crate) async fn get(state: web::Data<State>, id: web::Path<String>) -> Answer {
    ok(&lock(&state.records).factor(&id)?.json())
}

/// `DELETE /auth/factors/{id}`
pub(crate) async fn delete(state: web::Data<State>, id: web::Path<String>) -> Answer {
    let mut records = lock(&state.records);
    records.factor(&id)?;
    records.factors.retain(|factor| factor.id != *id);
    Ok(HttpResponse::NoContent().finish())
}

/// `POST /auth/factors/{id}/challenge`
pub(crate) async fn challenge(state: web::Data<State>, id: web::Path<String>) -> Answer {
    let mut records = lock(&state.records);
    let challenge = Challenge::new(records.factor(&id)?, state.now());
    let shown = challenge.json();
    records.challenges.push(challenge);
    created(&shown)
}

/// `POST /auth/challenges/{id}/verify`
pub(crate) async fn verify(
    state: web::Data<State>,
    id: web::Path<String>,
    request: HttpRequest,
    body: web::Bytes,
) -> Answer {
    let input = Input::read(&request, &body)?;
    let code = input.required("code")?;
    let mut records = lock(&state.records);
    let valid = records.verify_challenge(&id, None, code, state.now())?;
    let challenge = records
        .challenges
        .iter()
        .find(|challenge| challenge.id == *id);
    ok(&json!({ "challenge": challenge.map(Challenge::json), "valid": valid }))
}
