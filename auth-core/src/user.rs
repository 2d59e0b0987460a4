//! The application's person.

/// Who is signed in, as the session remembers them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct User {
    pub(crate) id: String,
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) image: Option<String>,
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
}

impl User {
    /// The stable key of this person. With [`users`](crate::AuthBuilder::users) it is the id in
    /// the store; without, `<provider>:<account id>`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The full name, where the provider tells it.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The e-mail address, where the provider tells it.
    ///
    /// # Security
    /// A session does not say whether the address was verified. Decide rights in the `jwt`
    /// callback, from [`Profile::verified_email`](crate::Profile::verified_email).
    pub fn email(&self) -> Option<&str> {
        self.email.as_deref()
    }

    /// The address of a picture. It is the provider's text: check its scheme before linking to it.
    pub fn image(&self) -> Option<&str> {
        self.image.as_deref()
    }

    /// The given name, where the provider tells it apart.
    pub fn first_name(&self) -> Option<&str> {
        self.first_name.as_deref()
    }

    /// The family name, where the provider tells it apart.
    pub fn last_name(&self) -> Option<&str> {
        self.last_name.as_deref()
    }
}
