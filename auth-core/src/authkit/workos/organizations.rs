//! Organizations, and who is a member of them.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::call::Call;
use super::open_enum::open_enum;
use super::user::null_is_empty;
use super::{Page, PageRequest, WorkOs, WorkOsError};

impl WorkOs {
    /// The organization with this id.
    ///
    /// # Errors
    /// [`WorkOsError`]; refused with status 404 if there is none.
    ///
    /// # Security
    /// The API key can read every organization. Show a visitor one that they are a member of.
    pub async fn organization(&self, id: &str) -> Result<Organization, WorkOsError> {
        self.call(Call::get(["organizations", id])).await
    }

    /// The memberships of a user, those with one of `statuses`; the active ones if none is given.
    ///
    /// # Errors
    /// [`WorkOsError`].
    pub async fn organization_memberships(
        &self,
        user_id: &str,
        statuses: &[MembershipStatus],
        page: &PageRequest,
    ) -> Result<Page<OrganizationMembership>, WorkOsError> {
        let statuses = statuses.iter().map(|status| ("statuses", status.as_str()));
        let call = Call::get(["user_management", "organization_memberships"])
            .query([("user_id", user_id)])
            .query(statuses)
            .query(page.query());
        self.call(call).await
    }
}

/// An organization.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct Organization {
    /// `org_…`
    pub id: String,
    /// Its name.
    pub name: String,
    /// The application's own key for it.
    #[serde(default)]
    pub external_id: Option<String>,
    /// What the application keeps with it.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub metadata: BTreeMap<String, String>,
}

/// That a user is a member of an organization.
#[derive(Clone, Debug, Deserialize)]
#[non_exhaustive]
pub struct OrganizationMembership {
    /// `om_…`
    pub id: String,
    /// The user.
    pub user_id: String,
    /// The organization.
    pub organization_id: String,
    /// The organization's name.
    #[serde(default)]
    pub organization_name: Option<String>,
    /// Whether they are, or only may become one.
    pub status: MembershipStatus,
    /// Their role there.
    #[serde(default)]
    pub role: Option<Role>,
    /// All of their roles there, where there can be several.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub roles: Vec<Role>,
}

open_enum! {
    /// Whether somebody is a member of an organization.
    MembershipStatus {
        Active = "active",
        Inactive = "inactive",
        Pending = "pending",
    }
}

/// A role, by its short name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Role {
    /// `admin`
    pub slug: String,
}
