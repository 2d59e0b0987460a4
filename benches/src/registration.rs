//! How the servers know the development provider: by their environment.

use auth_actix::Client;
use auth_dev::{DEV, DevProvider};

/// A client of a provider that runs elsewhere.
pub(crate) struct Registration {
    issuer: String,
    client_id: String,
    client_secret: String,
}

const ISSUER: &str = "AUTH_DEV_ISSUER";
const CLIENT_ID: &str = "AUTH_DEV_ID";
const CLIENT_SECRET: &str = "AUTH_DEV_SECRET";

impl Registration {
    /// The one that `provider` has.
    pub(crate) fn at(provider: &DevProvider) -> Self {
        Self {
            issuer: provider.issuer().to_owned(),
            client_id: provider.client_id().to_owned(),
            client_secret: provider.client_secret().to_owned(),
        }
    }

    /// What is in the environment of this process, if anything is.
    pub(crate) fn from_environment() -> Option<Self> {
        let variable = |name| std::env::var(name).ok();
        Some(Self {
            issuer: variable(ISSUER)?,
            client_id: variable(CLIENT_ID)?,
            client_secret: variable(CLIENT_SECRET)?,
        })
    }

    /// What to put there.
    pub(crate) fn variables(&self) -> [(&'static str, String); 3] {
        [
            (ISSUER, self.issuer.clone()),
            (CLIENT_ID, self.client_id.clone()),
            (CLIENT_SECRET, self.client_secret.clone()),
        ]
    }

    pub(crate) fn client(self) -> Client {
        DEV.client(self.client_id, self.client_secret)
            .issuer(self.issuer)
    }
}
