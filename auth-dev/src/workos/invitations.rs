//! Invitations: a mail with a token that makes its reader a member.

use std::time::Duration;

use actix_web::{HttpRequest, web};
use auth_core::Timestamp;
use serde_json::{Value, json};

use super::directory::Membership;
use super::id::new_id;
use super::input::Input;
use super::problem::{Answer, Problem, created, ok};
use super::records::Records;
use super::server::{Pages, list};
use super::state::State;
use super::time::iso;
use crate::random::random_token;
use crate::state::lock;

/// How long one may be accepted: seven days.
const LIFETIME: Duration = Duration::from_secs(7 * 24 * 3600);

/// An invitation, and what became of it.
#[derive(Clone, Debug)]
pub(crate) struct Invitation {
    id: String,
    email: String,
    token: String,
    organization_id: Option<String>,
    inviter_user_id: Option<String>,
    role_slug: Option<String>,
    created_at: Timestamp,
    expires_at: Timestamp,
    accepted: Option<(Timestamp, String)>,
    revoked_at: Option<Timestamp>,
}

impl Invitation {
    fn json(&self, state: &State) -> Value {
        let status = match (&self.accepted, self.revoked_at) {
            (Some(_), _) => "accepted",
            (None, Some(_)) => "revoked",
            (None, None) if state.now() < self.expires_at => "pending",
            (None, None) => "expired",
        };
        let accepted = self.accepted.as_ref();
        let at = iso(self.created_at);
        json!({
            "object": "invitation",
            "id": self.id,
            "email": self.email,
            "state": status,
            "accepted_at": accepted.map(|(at, _)| iso(*at)),
            "revoked_at": self.revoked_at.map(iso),
            "expires_at": iso(self.expires_at),
            "organization_id": self.organization_id,
            "inviter_user_id": self.inviter_user_id,
            "accepted_user_id": accepted.map(|(_, user_id)| user_id),
            "role_slug": self.role_slug,
            "token": self.token,
            "accept_invitation_url":
                format!("{}/invite?invitation_token={}", state.origin, self.token),
            "created_at": at,
            "updated_at": at,
        })
    }

    fn is_open(&self, now: Timestamp) -> bool {
        self.accepted.is_none() && self.revoked_at.is_none() && now < self.expires_at
    }
}

impl Records {
    /// Makes the user a member of the organisation that the token invites to.
    pub(crate) fn accept_invitation(
        &mut self,
        token: &str,
        user_id: &str,
        now: Timestamp,
    ) -> Result<(), Problem> {
        let invalid = || Problem::oauth("invitation_invalid", "The invitation is invalid.");
        let email = self.user(user_id)?.user.email.clone();
        let mut invitations = self.invitations.iter_mut();
        let found = invitations.find(|one| one.token == token && one.is_open(now));
        let invitation = found.ok_or_else(invalid)?;
        if !invitation.email.eq_ignore_ascii_case(&email) {
            let text = "The invitation is for another address.";
            return Err(Problem::oauth("invitation_cannot_be_used_for_email", text));
        }
        invitation.accepted = Some((now, user_id.to_owned()));
        let organization = invitation.organization_id.clone();
        let role = invitation
            .role_slug
            .clone()
            .unwrap_or_else(|| "member".to_owned());
        let record = self.user_mut(user_id)?;
        if let Some(organization_id) = organization
            && record.user.membership_in(&organization_id).is_none()
        {
            record.user.memberships.push(Membership {
                id: new_id("om"),
                organization_id,
                role,
                active: true,
            });
        }
        Ok(())
    }

    fn invitation(&mut self, id: &str) -> Result<&mut Invitation, Problem> {
        let found = self.invitations.iter_mut().find(|one| one.id == id);
        found.ok_or_else(|| Problem::not_found("Invitation", id))
    }
}

/// `POST /user_management/invitations`
pub(crate) async fn send(
    state: web::Data<State>,
    request: HttpRequest,
    body: web::Bytes,
) -> Answer {
    let input = Input::read(&request, &body)?;
    let text = |name: &str| input.text(name).map(str::to_owned);
    let now = state.now();
    let invitation = Invitation {
        id: new_id("invitation"),
        email: input.required("email")?.to_owned(),
        token: random_token(),
        organization_id: text("organization_id"),
        inviter_user_id: text("inviter_user_id"),
        role_slug: text("role_slug"),
        created_at: now,
        expires_at: now.plus(LIFETIME),
        accepted: None,
        revoked_at: None,
    };
    let mut records = lock(&state.records);
    if let Some(id) = &invitation.organization_id {
        records.organization(id)?;
    }
    let shown = invitation.json(&state);
    records.invitations.push(invitation);
    created(&shown)
}

/// `GET /user_management/invitations`
pub(crate) async fn all(state: web::Data<State>, pages: web::Query<Pages>) -> Answer {
    let records = lock(&state.records);
    ok(&list(
        records.invitations.iter().map(|one| one.json(&state)),
        &pages,
    ))
}

/// `GET /user_management/invitations/{id}`
pub(crate) async fn get(state: web::Data<State>, id: web::Path<String>) -> Answer {
    ok(&lock(&state.records).invitation(&id)?.json(&state))
}

/// `GET /user_management/invitations/by_token/{token}`
pub(crate) async fn by_token(state: web::Data<State>, token: web::Path<String>) -> Answer {
    let records = lock(&state.records);
    let found = records.invitations.iter().find(|one| one.token == *token);
    ok(&found
        .ok_or_else(|| Problem::not_found("Invitation", &token))?
        .json(&state))
}

/// `POST /user_management/invitations/{id}/accept`
pub(crate) async fn accept(state: web::Data<State>, id: web::Path<String>) -> Answer {
    let mut records = lock(&state.records);
    let (email, token) = {
        let invitation = records.invitation(&id)?;
        (invitation.email.clone(), invitation.token.clone())
    };
    let user_id = records.user_id_by_email(&email);
    let user_id = user_id.ok_or_else(|| Problem::not_found("User", &email))?;
    records.accept_invitation(&token, &user_id, state.now())?;
    ok(&records.invitation(&id)?.json(&state))
}

/// `POST /user_management/invitations/{id}/revoke`
pub(crate) async fn revoke(state: web::Data<State>, id: web::Path<String>) -> Answer {
    let mut records = lock(&state.records);
    let invitation = records.invitation(&id)?;
    if !invitation.is_open(state.now()) {
        let text = "Only a pending invitation can be revoked.";
        return Err(Problem::bad_request("invite_not_pending", text));
    }
    invitation.revoked_at = Some(state.now());
    ok(&invitation.json(&state))
}

/// `POST /user_management/invitations/{id}/resend`
pub(crate) async fn resend(state: web::Data<State>, id: web::Path<String>) -> Answer {
    let mut records = lock(&state.records);
    let invitation = records.invitation(&id)?;
    invitation.expires_at = state.now().plus(LIFETIME);
    ok(&invitation.json(&state))
}
