//! Organisations, and who belongs to them.

use actix_web::{HttpRequest, web};
use serde_json::{Value, json};
use url::form_urlencoded;

use super::directory::{Membership, Organization};
use super::problem::{Answer, Problem, ok};
use super::records::Records;
use super::server::{Pages, list};
use super::state::State;
use super::time::iso;
use super::users::UserRecord;
use crate::state::lock;

/// What is looked for. Without a status, the active ones are.
struct Filter {
    user_id: Option<String>,
    organization_id: Option<String>,
    statuses: Vec<String>,
}

impl Filter {
    /// Statuses come separated by commas, repeated, or both: the SDKs differ.
    fn read(query: &str) -> Self {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        let values = |name: &'static str| {
            let named = pairs
                .iter()
                .filter(move |(key, _)| key.trim_end_matches("[]") == name);
            named.map(|(_, value)| value.as_str())
        };
        let text = |name| values(name).next_back().map(str::to_owned);
        let statuses = values("statuses").flat_map(|value| value.split(','));
        let mut statuses: Vec<String> = statuses.map(str::to_owned).collect();
        if statuses.is_empty() {
            statuses.push("active".to_owned());
        }
        Self {
            user_id: text("user_id"),
            organization_id: text("organization_id"),
            statuses,
        }
    }

    fn fits(&self, record: &UserRecord, membership: &Membership) -> bool {
        let (user, organization) = (self.user_id.as_ref(), self.organization_id.as_ref());
        user.is_none_or(|id| *id == record.user.id)
            && organization.is_none_or(|id| *id == membership.organization_id)
            && self.statuses.iter().any(|one| one == status(membership))
    }
}

/// `GET /user_management/organization_memberships`
pub(crate) async fn all(
    state: web::Data<State>,
    request: HttpRequest,
    pages: web::Query<Pages>,
) -> Answer {
    let filter = Filter::read(request.query_string());
    if filter.user_id.is_none() && filter.organization_id.is_none() {
        let code = "user_id_or_organization_id_required";
        return Err(Problem::unprocessable("user_id", code));
    }
    let records = lock(&state.records);
    let memberships = pairs(&records)
        .filter(|(record, membership)| filter.fits(record, membership))
        .map(|(record, membership)| shown(&records, record, membership));
    ok(&list(memberships, &pages))
}

/// `GET /user_management/organization_memberships/{id}`
pub(crate) async fn get(state: web::Data<State>, id: web::Path<String>) -> Answer {
    let records = lock(&state.records);
    let found = pairs(&records).find(|(_, membership)| membership.id == *id);
    let (record, membership) =
        found.ok_or_else(|| Problem::not_found("OrganizationMembership", &id))?;
    ok(&shown(&records, record, membership))
}

/// `GET /organizations/{id}`
pub(crate) async fn organization(state: web::Data<State>, id: web::Path<String>) -> Answer {
    let records = lock(&state.records);
    let Organization { id, name, .. } = records.organization(&id)?;
    // Organisations are made at the start, and stay as they were.
    let at = iso(auth_core::Timestamp::from_unix(0));
    ok(&json!({
        "object": "organization",
        "id": id,
        "name": name,
        "allow_profiles_outside_organization": false,
        "domains": [],
        "external_id": null,
        "metadata": {},
        "created_at": at,
        "updated_at": at,
    }))
}

fn pairs(records: &Records) -> impl Iterator<Item = (&UserRecord, &Membership)> {
    let users = records.users.iter();
    users.flat_map(|record| {
        let memberships = record.user.memberships.iter();
        memberships.map(move |membership| (record, membership))
    })
}

fn shown(records: &Records, record: &UserRecord, membership: &Membership) -> Value {
    let organization = records.organization(&membership.organization_id).ok();
    json!({
        "object": "organization_membership",
        "id": membership.id,
        "user_id": record.user.id,
        "organization_id": membership.organization_id,
        "organization_name": organization.map(|organization| &organization.name),
        "status": status(membership),
        "directory_managed": false,
        "role": { "slug": membership.role },
        "roles": [{ "slug": membership.role }],
        "custom_attributes": {},
        "created_at": iso(record.created_at),
        "updated_at": iso(record.updated_at),
    })
}

const fn status(membership: &Membership) -> &'static str {
    if membership.active {
        "active"
    } else {
        "inactive"
    }
}
