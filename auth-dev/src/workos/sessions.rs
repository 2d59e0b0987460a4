//! Sessions: what a sign-in opens, and how it ends.

use std::time::Duration;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use auth_core::Timestamp;
use serde_json::{Value, json};

use super::credentials::Identity;
use super::directory::Impersonator;
use super::id::new_id;
use super::input::Input;
use super::problem::{Answer, Problem, ok};
use super::records::Records;
use super::server::{Pages, list};
use super::state::State;
use super::time::iso;
use crate::authorize::is_loopback_uri;
use crate::page;
use crate::state::lock;

/// How long a session may last: 30 days.
const LIFETIME: Duration = Duration::from_secs(30 * 24 * 3600);

/// One sign-in of one user.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) user_id: String,
    pub(crate) organization_id: Option<String>,
    pub(crate) method: Method,
    pub(crate) impersonator: Option<Impersonator>,
    pub(crate) auth_time: Timestamp,
    ip_address: Option<String>,
    user_agent: Option<String>,
    created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    expires_at: Timestamp,
    ended_at: Option<Timestamp>,
}

/// How the user signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Password,
    MagicAuth,
    Sso,
    /// `GoogleOAuth` and its like.
    OAuth(String),
}

impl Method {
    /// As an answer with tokens calls it.
    pub(crate) fn authentication_method(&self) -> &str {
        match self {
            Self::Password => "Password",
            Self::MagicAuth => "MagicAuth",
            Self::Sso => "SSO",
            Self::OAuth(provider) => provider,
        }
    }

    /// As a session calls it.
    const fn auth_method(&self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::MagicAuth => "magic_code",
            Self::Sso => "sso",
            Self::OAuth(_) => "oauth",
        }
    }
}

impl Session {
    pub(crate) fn is_active(&self, now: Timestamp) -> bool {
        self.ended_at.is_none() && now < self.expires_at
    }

    fn json(&self, now: Timestamp) -> Value {
        let status = match self.ended_at {
            Some(_) => "revoked",
            None if now < self.expires_at => "active",
            None => "expired",
        };
        let mut session = json!({
            "object": "session",
            "id": self.id,
            "user_id": self.user_id,
            "organization_id": self.organization_id,
            "ip_address": self.ip_address,
            "user_agent": self.user_agent,
            "auth_method": self.method.auth_method(),
            "status": status,
            "expires_at": iso(self.expires_at),
            "ended_at": self.ended_at.map(iso),
            "created_at": iso(self.created_at),
            "updated_at": iso(self.updated_at),
        });
        if let Some(Impersonator { email, reason }) = &self.impersonator {
            session["impersonator"] = json!({ "email": email, "reason": reason });
        }
        session
    }
}

impl Records {
    /// Opens a session for somebody who has proved who they are; its id.
    pub(crate) fn open_session(
        &mut self,
        identity: Identity,
        input: &Input,
        now: Timestamp,
    ) -> Result<String, Problem> {
        let record = self.user_mut(&identity.user_id)?;
        record.last_sign_in_at = Some(now);
        let session = Session {
            id: new_id("session"),
            user_id: identity.user_id,
            organization_id: identity.organization_id,
            method: identity.method,
            impersonator: record.user.impersonator.clone(),
            auth_time: identity.auth_time,
            ip_address: input.text("ip_address").map(str::to_owned),
            user_agent: input.text("user_agent").map(str::to_owned),
            created_at: now,
            updated_at: now,
            expires_at: now.plus(LIFETIME),
            ended_at: None,
        };
        let id = session.id.clone();
        self.sessions.push(session);
        Ok(id)
    }

    pub(crate) fn session(&self, id: &str) -> Option<&Session> {
        self.sessions.iter().find(|session| session.id == id)
    }

    pub(crate) fn session_mut(&mut self, id: &str) -> Option<&mut Session> {
        self.sessions.iter_mut().find(|session| session.id == id)
    }

    /// Ends a session, if it is there.
    pub(crate) fn end_session(&mut self, id: &str, now: Timestamp) -> Option<&Session> {
        let session = self.session_mut(id)?;
        session.ended_at.get_or_insert(now);
        session.updated_at = now;
        Some(session)
    }

    pub(crate) fn end_sessions_of(&mut self, user_id: &str, now: Timestamp) {
        let theirs = |session: &&mut Session| session.user_id == user_id;
        for session in self.sessions.iter_mut().filter(theirs) {
            session.ended_at.get_or_insert(now);
        }
        self.browsers
            .retain(|_, browser| browser.user_id != user_id);
    }
}

/// `GET /user_management/users/{id}/sessions`
pub(crate) async fn of_user(
    state: web::Data<State>,
    user_id: web::Path<String>,
    pages: web::Query<Pages>,
) -> Answer {
    let (records, now) = (lock(&state.records), state.now());
    records.user(&user_id)?;
    let theirs = records
        .sessions
        .iter()
        .filter(|session| session.user_id == *user_id);
    ok(&list(theirs.map(|session| session.json(now)), &pages))
}

/// `POST /user_management/sessions/revoke`
pub(crate) async fn revoke(
    state: web::Data<State>,
    request: HttpRequest,
    body: web::Bytes,
) -> Answer {
    let input = Input::read(&request, &body)?;
    let id = input.required("session_id")?;
    let now = state.now();
    let mut records = lock(&state.records);
    let session = records.end_session(id, now);
    ok(&session
        .ok_or_else(|| Problem::not_found("Session", id))?
        .json(now))
}

/// `GET /user_management/sessions/logout`: ends the session and signs the browser out here.
pub(crate) async fn logout(state: web::Data<State>, request: HttpRequest) -> Answer {
    let input = Input::from_form(request.query_string().as_bytes());
    let Some(id) = input.text("session_id") else {
        return Err(Problem::session_id_required());
    };
    let return_to = input.text("return_to");
    if return_to.is_some_and(|address| !is_loopback_uri(address)) {
        return Ok(page::refused(
            "return_to must be an http(s) address on loopback",
        ));
    }
    let mut records = lock(&state.records);
    let user_id = records
        .end_session(id, state.now())
        .map(|session| session.user_id.clone());
    records
        .browsers
        .retain(|_, browser| Some(&browser.user_id) != user_id.as_ref());
    Ok(match return_to {
        Some(address) => HttpResponse::Found()
            .insert_header((header::LOCATION, address))
            .finish(),
        None => page::signed_out(),
    })
}
