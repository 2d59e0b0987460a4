//! [`Person`]: somebody who can sign in.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

/// Somebody who can sign in at a [`DevProvider`](crate::DevProvider).
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Person {
    pub(crate) sub: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) email_verified: bool,
    pub(crate) picture: Option<String>,
    pub(crate) roles: Vec<String>,
    pub(crate) permissions: Vec<String>,
    pub(crate) claims: Map<String, Value>,
}

impl Person {
    /// *Ada Admin*, `ada@example.com`, `sub` = `ada`.
    pub fn ada() -> Self {
        Self::new("Ada Admin", "ada@example.com").id("ada")
    }

    /// *Bob Basic*, `bob@example.com`, `sub` = `bob`.
    pub fn bob() -> Self {
        Self::new("Bob Basic", "bob@example.com").id("bob")
    }

    /// Somebody new, with a verified address. The `sub` follows from the address, so the same
    /// address is the same account after a restart.
    pub fn new(name: impl Into<String>, email: impl Into<String>) -> Self {
        let email = email.into();
        let hash = digest(&SHA256, email.to_lowercase().as_bytes());
        Self {
            sub: format!("dev-{}", URL_SAFE_NO_PAD.encode(&hash.as_ref()[..12])),
            name: name.into(),
            email,
            email_verified: true,
            picture: None,
            roles: Vec::new(),
            permissions: Vec::new(),
            claims: Map::new(),
        }
    }

    /// Another account id: the `sub` claim.
    pub fn id(mut self, sub: impl Into<String>) -> Self {
        self.sub = sub.into();
        self
    }

    /// Leaves the address unverified (`email_verified: false`).
    pub fn unverified_email(mut self) -> Self {
        self.email_verified = false;
        self
    }

    /// The address of a picture.
    pub fn picture(mut self, url: impl Into<String>) -> Self {
        self.picture = Some(url.into());
        self
    }

    /// Adds a role. A [`DevProvider`](crate::DevProvider) sends it in the claim `roles`, which
    /// counts only if the application's `jwt` callback maps it; `TestAuth` puts it straight into
    /// the session.
    pub fn role(mut self, role: impl Into<String>) -> Self {
        self.roles.push(role.into());
        self
    }

    /// Adds a permission; the same holds as for [`role`](Self::role), with the claim
    /// `permissions`.
    pub fn permission(mut self, permission: impl Into<String>) -> Self {
        self.permissions.push(permission.into());
        self
    }

    /// Adds a claim to the ID Token and the userinfo answer.
    pub fn claim(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.claims.insert(name.into(), value.into());
        self
    }

    /// The claims that `scope` gives access to (OpenID Connect Core §5.4).
    pub(crate) fn claims_for(&self, scope: &[String]) -> Map<String, Value> {
        let has = |name: &str| scope.iter().any(|scope| scope == name);
        let mut claims = self.claims.clone();
        claims.insert("sub".into(), self.sub.clone().into());
        for (name, values) in [("roles", &self.roles), ("permissions", &self.permissions)] {
            if !values.is_empty() {
                claims.insert(name.into(), values.clone().into());
            }
        }
        if has("profile") {
            claims.insert("name".into(), self.name.clone().into());
            if let Some((given, family)) = self.name.rsplit_once(' ') {
                claims.insert("given_name".into(), given.into());
                claims.insert("family_name".into(), family.into());
            }
            if let Some(picture) = &self.picture {
                claims.insert("picture".into(), picture.clone().into());
            }
        }
        if has("email") {
            claims.insert("email".into(), self.email.clone().into());
            claims.insert("email_verified".into(), self.email_verified.into());
        }
        claims
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(text: &str) -> Vec<String> {
        text.split(' ').map(Into::into).collect()
    }

    #[test]
    fn scopes_decide_which_claims_are_told() {
        let names = |text| {
            let claims = Person::ada().role("admin").claims_for(&scope(text));
            claims.keys().cloned().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names("openid"), "roles sub");
        assert_eq!(names("openid email"), "email email_verified roles sub");
        assert_eq!(
            names("openid profile"),
            "family_name given_name name roles sub"
        );
    }

    #[test]
    fn an_address_is_one_account_however_it_is_written() {
        let one = Person::new("Eve", "Eve@Example.com");
        assert_eq!(one.sub, Person::new("Evelyn", "eve@example.com").sub);
        assert_ne!(one.sub, Person::new("Eve", "eve@example.org").sub);
    }
}
