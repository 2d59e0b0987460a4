//! Users, as the API shows and changes them.

use actix_web::{HttpRequest, HttpResponse, web};
use auth_core::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::directory::User;
use super::id::new_id;
use super::input::Input;
use super::problem::{Answer, Problem, created, ok};
use super::server::{Pages, list};
use super::state::State;
use super::time::iso;
use crate::state::lock;

/// A user, and when what happened.
#[derive(Clone, Debug)]
pub(crate) struct UserRecord {
    pub(crate) user: User,
    pub(crate) last_sign_in_at: Option<Timestamp>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

impl UserRecord {
    pub(crate) fn new(user: User, now: Timestamp) -> Self {
        Self {
            user,
            last_sign_in_at: None,
            created_at: now,
            updated_at: now,
        }
    }

    pub(crate) fn json(&self) -> Value {
        let user = &self.user;
        json!({
            "object": "user",
            "id": user.id,
            "email": user.email,
            "email_verified": user.email_verified,
            "name": null,
            "first_name": user.first_name,
            "last_name": user.last_name,
            "profile_picture_url": user.profile_picture_url,
            "external_id": user.external_id,
            "metadata": user.metadata,
            "locale": null,
            "last_sign_in_at": self.last_sign_in_at.map(iso),
            "created_at": iso(self.created_at),
            "updated_at": iso(self.updated_at),
        })
    }

    /// Takes over the fields that `input` names.
    fn change(&mut self, input: &Input, now: Timestamp) {
        let user = &mut self.user;
        let text = |name: &str| input.text(name).map(str::to_owned);
        if let Some(email) = text("email") {
            user.email = email;
        }
        for (field, name) in [
            (&mut user.first_name, "first_name"),
            (&mut user.last_name, "last_name"),
            (&mut user.external_id, "external_id"),
        ] {
            if input.value(name).is_some() {
                *field = text(name);
            }
        }
        if let Some(password) = text("password") {
            user.password = Some(password.into());
        }
        if let Some(Value::Bool(verified)) = input.value("email_verified") {
            user.email_verified = *verified;
        }
        if let Some(Value::Object(metadata)) = input.value("metadata") {
            user.metadata.extend(metadata.clone());
            user.metadata.retain(|_, value| !value.is_null());
        }
        self.updated_at = now;
    }
}

#[derive(Deserialize)]
pub(crate) struct Filter {
    email: Option<String>,
    organization_id: Option<String>,
}

/// `GET /user_management/users`
pub(crate) async fn all(
    state: web::Data<State>,
    filter: web::Query<Filter>,
    pages: web::Query<Pages>,
) -> Answer {
    let records = lock(&state.records);
    let fits = |record: &&UserRecord| {
        let user = &record.user;
        let email = filter.email.as_deref();
        let organization = filter.organization_id.as_deref();
        email.is_none_or(|email| user.email.eq_ignore_ascii_case(email))
            && organization.is_none_or(|id| user.membership_in(id).is_some())
    };
    ok(&list(
        records.users.iter().filter(fits).map(UserRecord::json),
        &pages,
    ))
}

/// `POST /user_management/users`
pub(crate) async fn create(
    state: web::Data<State>,
    request: HttpRequest,
    body: web::Bytes,
) -> Answer {
    let input = Input::read(&request, &body)?;
    let email = input.required("email")?;
    let mut records = lock(&state.records);
    if records.user_by_email(email).is_some() {
        let problem = Problem::bad_request("user_creation_error", "Could not create user.");
        let reason =
            json!([{ "code": "email_not_available", "message": "This email is not available." }]);
        return Err(problem.with("errors", reason));
    }
    let mut user = User::new("", "", email).unverified_email();
    user.id = new_id("user");
    let mut record = UserRecord::new(user, state.now());
    record.change(&input, state.now());
    let body = record.json();
    records.users.push(record);
    created(&body)
}

/// `GET /user_management/users/{id}`
pub(crate) async fn get(state: web::Data<State>, id: web::Path<String>) -> Answer {
    ok(&lock(&state.records).user(&id)?.json())
}

/// `GET /user_management/users/external_id/{id}`
pub(crate) async fn by_external_id(state: web::Data<State>, id: web::Path<String>) -> Answer {
    let records = lock(&state.records);
    let mut users = records.users.iter();
    let record = users.find(|record| record.user.external_id.as_deref() == Some(id.as_str()));
    ok(&record
        .ok_or_else(|| Problem::not_found("User", &id))?
        .json())
}

/// `PUT /user_management/users/{id}`
pub(crate) async fn update(
    state: web::Data<State>,
    id: web::Path<String>,
    request: HttpRequest,
    body: web::Bytes,
) -> Answer {
    let input = Input::read(&request, &body)?;
    let mut records = lock(&state.records);
    let record = records.user_mut(&id)?;
    record.change(&input, state.now());
    ok(&record.json())
}

/// `DELETE /user_management/users/{id}`
pub(crate) async fn delete(state: web::Data<State>, id: web::Path<String>) -> Answer {
    let mut records = lock(&state.records);
    records.user(&id)?;
    records.end_sessions_of(&id, state.now());
    records.users.retain(|record| record.user.id != *id);
    records.factors.retain(|factor| factor.user_id != *id);
    Ok(HttpResponse::NoContent().finish())
}
