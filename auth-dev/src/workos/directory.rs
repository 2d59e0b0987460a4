//! [`User`] and [`Organization`]: who can sign in, and where they belong.

use std::collections::BTreeMap;

use auth_core::Secret;
use serde_json::{Map, Value};

use super::id::new_id;

/// Somebody who can sign in at a [`DevWorkOs`](super::DevWorkOs).
#[derive(Clone, Debug)]
#[must_use]
pub struct User {
    pub(crate) id: String,
    pub(crate) email: String,
    pub(crate) email_verified: bool,
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
    pub(crate) profile_picture_url: Option<String>,
    pub(crate) external_id: Option<String>,
    pub(crate) metadata: Map<String, Value>,
    pub(crate) password: Option<Secret<String>>,
    pub(crate) memberships: Vec<Membership>,
    pub(crate) impersonator: Option<Impersonator>,
    pub(crate) totp_secrets: Vec<Secret<String>>,
    pub(crate) claims: Map<String, Value>,
}

/// That a user belongs to an organisation.
#[derive(Clone, Debug)]
pub(crate) struct Membership {
    pub(crate) id: String,
    pub(crate) organization_id: String,
    pub(crate) role: String,
    pub(crate) active: bool,
}

/// Somebody of the staff who acts as a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impersonator {
    /// Who it is.
    pub email: String,
    /// What they gave as their reason.
    pub reason: Option<String>,
}

impl User {
    /// *Ada Admin*, `ada@example.com`: an administrator of [`Organization::acme`], and a member of
    /// [`Organization::beta`].
    pub fn ada() -> Self {
        Self::new("Ada", "Admin", "ada@example.com")
            .id("user_01ADA")
            .member_of("org_01ACME", "admin")
            .member_of("org_01BETA", "member")
    }

    /// *Bob Basic*, `bob@example.com`: a member of [`Organization::acme`].
    pub fn bob() -> Self {
        Self::new("Bob", "Basic", "bob@example.com")
            .id("user_01BOB")
            .member_of("org_01ACME", "member")
    }

    /// Somebody new, with a verified address, in no organisation.
    pub fn new(
        first_name: impl Into<String>,
        last_name: impl Into<String>,
        email: impl Into<String>,
    ) -> Self {
        let name = |name: String| Some(name).filter(|name| !name.is_empty());
        Self {
            id: new_id("user"),
            email: email.into(),
            email_verified: true,
            first_name: name(first_name.into()),
            last_name: name(last_name.into()),
            profile_picture_url: None,
            external_id: None,
            metadata: Map::new(),
            password: None,
            memberships: Vec::new(),
            impersonator: None,
            totp_secrets: Vec::new(),
            claims: Map::new(),
        }
    }

    /// Another id: the `sub` claim.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = id.into();
        self
    }

    /// Leaves the address unverified: a sign-in with a password asks for the code that was mailed.
    pub fn unverified_email(mut self) -> Self {
        self.email_verified = false;
        self
    }

    /// The address of a picture.
    pub fn profile_picture_url(mut self, url: impl Into<String>) -> Self {
        self.profile_picture_url = Some(url.into());
        self
    }

    /// The id that the application gave.
    pub fn external_id(mut self, id: impl Into<String>) -> Self {
        self.external_id = Some(id.into());
        self
    }

    /// Adds an entry to the metadata.
    pub fn metadata(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.metadata.insert(key.into(), value.into().into());
        self
    }

    /// Lets the user sign in with a password.
    pub fn password(mut self, password: impl Into<Secret<String>>) -> Self {
        self.password = Some(password.into());
        self
    }

    /// Adds a membership. The role is a slug of the organisation.
    pub fn member_of(
        mut self,
        organization_id: impl Into<String>,
        role: impl Into<String>,
    ) -> Self {
        self.memberships.push(Membership {
            id: new_id("om"),
            organization_id: organization_id.into(),
            role: role.into(),
            active: true,
        });
        self
    }

    /// Enrols a TOTP factor with this secret, in base 32 (RFC 4648 §6): a sign-in with a password
    /// asks for its code.
    pub fn totp(mut self, secret: impl Into<Secret<String>>) -> Self {
        self.totp_secrets.push(secret.into());
        self
    }

    /// Has every session of this user be one of somebody who acts for them.
    pub fn impersonated_by(mut self, email: impl Into<String>, reason: Option<&str>) -> Self {
        self.impersonator = Some(Impersonator {
            email: email.into(),
            reason: reason.map(Into::into),
        });
        self
    }

    /// Adds a claim to the access token, as a JWT template of the dashboard would.
    pub fn claim(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.claims.insert(name.into(), value.into());
        self
    }

    /// *First Last*; the address where both are missing.
    pub(crate) fn display_name(&self) -> String {
        let names = [&self.first_name, &self.last_name].into_iter().flatten();
        let names: Vec<&str> = names.map(String::as_str).collect();
        match names.as_slice() {
            [] => self.email.clone(),
            names => names.join(" "),
        }
    }

    pub(crate) fn active_memberships(&self) -> impl Iterator<Item = &Membership> {
        self.memberships
            .iter()
            .filter(|membership| membership.active)
    }

    pub(crate) fn membership_in(&self, organization_id: &str) -> Option<&Membership> {
        self.active_memberships()
            .find(|membership| membership.organization_id == organization_id)
    }
}

/// An organisation, its roles, and what it asks of whoever enters.
#[derive(Clone, Debug)]
#[must_use]
pub struct Organization {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) roles: BTreeMap<String, Vec<String>>,
    pub(crate) entitlements: Vec<String>,
    pub(crate) feature_flags: Vec<String>,
    pub(crate) connection_id: Option<String>,
    pub(crate) requires_mfa: bool,
}

impl Organization {
    /// *Acme* (`org_01ACME`): administrators read and write posts, members read them. Entitled to
    /// audit logs.
    pub fn acme() -> Self {
        Self::new("Acme")
            .id("org_01ACME")
            .role("admin", ["posts:read", "posts:write"])
            .role("member", ["posts:read"])
            .entitlement("audit-logs")
    }

    /// *Beta* (`org_01BETA`): members read posts. Tries the new editor.
    pub fn beta() -> Self {
        Self::new("Beta")
            .id("org_01BETA")
            .role("member", ["posts:read"])
            .feature_flag("new-editor")
    }

    /// An organisation without roles.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            id: new_id("org"),
            name: name.into(),
            roles: BTreeMap::new(),
            entitlements: Vec::new(),
            feature_flags: Vec::new(),
            connection_id: None,
            requires_mfa: false,
        }
    }

    /// Another id: the `org_id` claim.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = id.into();
        self
    }

    /// Adds a role with its permissions.
    pub fn role<P: Into<String>>(
        mut self,
        slug: impl Into<String>,
        permissions: impl IntoIterator<Item = P>,
    ) -> Self {
        let permissions = permissions.into_iter().map(Into::into).collect();
        self.roles.insert(slug.into(), permissions);
        self
    }

    /// Adds an entitlement.
    pub fn entitlement(mut self, entitlement: impl Into<String>) -> Self {
        self.entitlements.push(entitlement.into());
        self
    }

    /// Turns a feature flag on.
    pub fn feature_flag(mut self, slug: impl Into<String>) -> Self {
        self.feature_flags.push(slug.into());
        self
    }

    /// Lets nobody enter but by this SSO connection: a switch to the organisation fails with
    /// `sso_required`.
    pub fn requires_sso(mut self, connection_id: impl Into<String>) -> Self {
        self.connection_id = Some(connection_id.into());
        self
    }

    /// Lets nobody enter without a second factor: a switch fails with `mfa_enrollment` for users
    /// who have none.
    pub fn requires_mfa(mut self) -> Self {
        self.requires_mfa = true;
        self
    }
}
