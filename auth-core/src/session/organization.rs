//! What a session of AuthKit tells beyond the others: the organisation, and the rights in it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::session::Session;

/// The claims that only an access token of WorkOS has. An empty default for any other session.
#[derive(Clone, Debug, Default)]
pub(crate) struct OrganizationClaims {
    pub(crate) organization_id: Option<String>,
    pub(crate) role: Option<String>,
    pub(crate) entitlements: Vec<String>,
    pub(crate) feature_flags: Vec<String>,
    pub(crate) impersonator: Option<Impersonator>,
    /// The sealed session to send to the browser, where it differs from the one that came.
    pub(crate) renewed: Option<Arc<str>>,
}

/// Somebody of the application's own staff, who acts in the place of a user.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Impersonator {
    /// Their e-mail address.
    pub email: String,
    /// Why they do.
    #[serde(default)]
    pub reason: Option<String>,
}

impl std::fmt::Debug for Impersonator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Impersonator").finish_non_exhaustive()
    }
}

impl Session {
    /// What identifies the session for its whole life: `sid`. A session made by Auth.js has none.
    pub fn id(&self) -> Option<&str> {
        self.data().sid.as_deref()
    }

    /// The organisation that the person is working in: AuthKit's `org_id`.
    pub fn organization_id(&self) -> Option<&str> {
        self.organization()?.organization_id.as_deref()
    }

    /// The first role in the organisation: AuthKit's `role`. All of them are in
    /// [`roles`](Self::roles).
    pub fn role(&self) -> Option<&str> {
        self.organization()?.role.as_deref()
    }

    /// What the organisation has paid for: AuthKit's `entitlements`.
    pub fn entitlements(&self) -> &[String] {
        self.organization().map_or(&[], |it| &it.entitlements)
    }

    /// The feature flags that are on: AuthKit's `feature_flags`.
    pub fn feature_flags(&self) -> &[String] {
        self.organization().map_or(&[], |it| &it.feature_flags)
    }

    /// Who is behind the session, if it is not the person themselves.
    pub fn impersonator(&self) -> Option<&Impersonator> {
        self.organization()?.impersonator.as_ref()
    }

    pub(crate) fn organization(&self) -> Option<&OrganizationClaims> {
        self.data().organization.as_deref()
    }

    /// The sealed session that the browser does not have yet.
    pub(crate) fn renewed(&self) -> Option<&Arc<str>> {
        self.organization()?.renewed.as_ref()
    }

    /// This session, for a browser that does not have it yet.
    pub(crate) fn with_renewed(self, sealed: Arc<str>) -> Self {
        let mut data = self.data().clone();
        let mut organization = data.organization.take().unwrap_or_default();
        organization.renewed = Some(sealed);
        data.organization = Some(organization);
        Self::new(data)
    }
}

impl OrganizationClaims {
    /// What the texts take, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        let lists = self.entitlements.iter().chain(&self.feature_flags);
        let impersonator = self.impersonator.iter();
        size_of::<Self>()
            + [&self.organization_id, &self.role]
                .into_iter()
                .flatten()
                .map(String::capacity)
                .sum::<usize>()
            + lists
                .map(|text| size_of::<String>() + text.capacity())
                .sum::<usize>()
            + impersonator
                .map(|it| it.email.capacity() + it.reason.as_ref().map_or(0, String::capacity))
                .sum::<usize>()
            + self.renewed.as_ref().map_or(0, |sealed| sealed.len())
    }
}
