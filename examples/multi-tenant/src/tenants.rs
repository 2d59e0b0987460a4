//! The tenants, each with a provider of its own, and how sign-in finds them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use auth_actix::{CallbackError, Client, ClientRequest, ResolveClient};
use auth_dev::{DevProvider, DevProviderError};

/// What would be a table of your database, by the first label of the host.
#[derive(Clone, Default)]
pub(crate) struct Tenants(Arc<Mutex<BTreeMap<String, DevProvider>>>);

impl Tenants {
    /// Adds a tenant, whose people can sign in from now on.
    pub(crate) fn add(&self, id: &str) -> Result<(), DevProviderError> {
        let provider = DevProvider::start()?;
        self.rows().entry(id.to_owned()).or_insert(provider);
        Ok(())
    }

    pub(crate) fn rows(&self) -> MutexGuard<'_, BTreeMap<String, DevProvider>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

type Found<T> = Result<T, CallbackError>;

impl ResolveClient for Tenants {
    /// A tenant's client is there at the tenant's own host, and nowhere else.
    async fn resolve(&self, id: &str, request: &ClientRequest<'_>) -> Found<Option<Client>> {
        let own = self.list(request).await?.pop();
        Ok(own.filter(|_| id == tenant_at(request.origin().host())))
    }

    /// For the sign-in page, and for the name on the button. The origin has been checked; headers,
    /// which `request` tells too, say whatever the sender wants.
    async fn list(&self, request: &ClientRequest<'_>) -> Found<Vec<Client>> {
        let id = tenant_at(request.origin().host());
        let client = self.rows().get(id).map(DevProvider::client);
        Ok(client.map(|it| it.id(id).name(id)).into_iter().collect())
    }
}

/// Who runs the site, at the host with no name before it.
pub(crate) const OPERATOR: &str = "operator";

/// Whose host this is: `acme` for `acme.localhost:3000`.
pub(crate) fn tenant_at(host: &str) -> &str {
    host.split_once(".localhost").map_or(OPERATOR, |(id, _)| id)
}
