//! Clients that are found when somebody asks for them: tenants that live in a database.

use std::sync::Arc;

use crate::builder::{Adapters, is_registration_id, register_resolved};
use crate::callbacks::CallbackError;
use crate::error::SignInError;
use crate::http::{Request, single_header};
use crate::origin::Origin;
use crate::provider::{Client, Mark, Protocol, Registration};
use crate::spawn::BoxFuture;

/// Finds our registration with a provider while a request waits.
///
/// Providers that the builder was given come first: their ids never reach this. What is returned is
/// checked as `build()` checks it, on every request that needs it, and nothing of it is kept but
/// discovery documents and keys, which all clients of one issuer share.
///
/// # Security
/// Who may write into the database that this reads decides who signs in: an issuer of a stranger's
/// choice can vouch for any subject of *its own* registration, so let people be told apart by
/// [`Session::provider`](crate::Session::provider) and id together. Addresses of private networks
/// are not refused.
pub trait ResolveClient: Send + Sync + 'static {
    /// The client with this id, the one in `/signin/<id>` and `/callback/<id>`; `None` if there is
    /// none. It must hold its credentials: the environment is not read for it. Another id that it
    /// has is replaced.
    ///
    /// `id` is what a stranger wrote: 1 to 64 of `a-z`, `0-9`, `-` and `_`.
    ///
    /// # Errors
    /// On an error the answer is a 503.
    fn resolve(
        &self,
        id: &str,
        request: &ClientRequest<'_>,
    ) -> impl Future<Output = Result<Option<Client>, CallbackError>> + Send;

    /// The clients to offer on the sign-in page and in `GET /providers`, each with its id, for this
    /// request: those of the tenant whose host it is, say. Buttons on pages of the application take
    /// their names from here. Default: none.
    ///
    /// # Errors
    /// On an error the answer is a 503; a page of the application has buttons without names.
    fn list(
        &self,
        request: &ClientRequest<'_>,
    ) -> impl Future<Output = Result<Vec<Client>, CallbackError>> + Send {
        let _ = request;
        std::future::ready(Ok(Vec::new()))
    }
}

/// What is known of the request that asks for a client.
#[derive(Clone, Copy, Debug)]
pub struct ClientRequest<'a> {
    origin: &'a Origin,
    request: &'a Request,
}

impl<'a> ClientRequest<'a> {
    pub(crate) fn new(origin: &'a Origin, request: &'a Request) -> Self {
        Self { origin, request }
    }

    /// The origin under which the browser sees us, as far as it is trusted.
    pub fn origin(&self) -> &'a Origin {
        self.origin
    }

    /// A header that is there once. What it says is the sender's choice.
    pub fn header(&self, name: &str) -> Option<&'a str> {
        single_header(self.request, name).ok().flatten()
    }
}

/// A client on the sign-in page and in the list of providers.
pub(crate) struct Offer {
    pub(crate) id: String,
    pub(crate) name: String,
    /// Auth.js's word for the protocol.
    pub(crate) kind: &'static str,
    pub(crate) mark: Option<Mark>,
}

/// Every client there is: those of the configuration, and those that are found at run time.
pub(crate) struct Clients {
    pub(crate) registered: Vec<Arc<Registration>>,
    resolver: Option<Resolver>,
}

/// What finds a client, and what makes a registration of it.
pub(crate) struct Resolver {
    pub(crate) resolve: Arc<dyn DynResolveClient>,
    pub(crate) adapters: Adapters,
}

/// Longest id that reaches the application.
const MAX_ID: usize = 64;

impl Clients {
    pub(crate) fn new(registered: Vec<Registration>, resolver: Option<Resolver>) -> Self {
        Self {
            registered: registered.into_iter().map(Arc::new).collect(),
            resolver,
        }
    }

    /// The client with this id.
    ///
    /// # Errors
    /// `UnknownProvider`; with a resolver also `Clients`, when it failed, and `Client`, when it
    /// found one that cannot be used.
    pub(crate) async fn find(
        &self,
        id: &str,
        request: &ClientRequest<'_>,
    ) -> Result<Arc<Registration>, SignInError> {
        if let Some(registered) = self.registered.iter().find(|it| it.id == id) {
            return Ok(Arc::clone(registered));
        }
        let resolver = self.resolver_of(id).ok_or(SignInError::UnknownProvider)?;
        let client = resolver
            .resolve
            .resolve(id, request)
            .await
            .map_err(|error| SignInError::Clients(error.into_source()))?
            .ok_or(SignInError::UnknownProvider)?;
        let registration = register_resolved(client, id, &resolver.adapters)?;
        Ok(Arc::new(registration))
    }

    /// What may find a client with this id.
    fn resolver_of(&self, id: &str) -> Option<&Resolver> {
        let resolver = self.resolver.as_ref();
        resolver.filter(|_| id.len() <= MAX_ID && is_registration_id(id))
    }

    /// Whether a client with this id may be found at run time.
    pub(crate) fn may_find(&self, id: &str) -> bool {
        self.resolver_of(id).is_some()
    }

    /// Whether there is more than what is registered.
    pub(crate) fn are_looked_up(&self) -> bool {
        self.resolver.is_some()
    }

    /// What to offer to this request, in the order of registration, then of the list.
    ///
    /// # Errors
    /// `Clients`, when the resolver failed.
    pub(crate) async fn offered(
        &self,
        request: &ClientRequest<'_>,
    ) -> Result<Vec<Offer>, SignInError> {
        let mut offers: Vec<Offer> = self.registered.iter().map(|it| it.offer()).collect();
        let Some(resolver) = &self.resolver else {
            return Ok(offers);
        };
        let listed = resolver.resolve.list(request).await;
        let listed = listed.map_err(|error| SignInError::Clients(error.into_source()))?;
        for client in listed {
            let offer = client.offer();
            let is_new = offers.iter().all(|known| known.id != offer.id);
            if is_new && self.may_find(&offer.id) {
                offers.push(offer);
            }
        }
        Ok(offers)
    }
}

impl Registration {
    pub(crate) fn offer(&self) -> Offer {
        Offer {
            id: self.id.clone(),
            name: self.name.clone(),
            kind: kind(&self.provider.protocol),
            mark: self.provider.mark,
        }
    }
}

impl Client {
    fn offer(self) -> Offer {
        let Self {
            provider,
            overrides,
            ..
        } = self;
        Offer {
            id: overrides.id.unwrap_or_else(|| provider.id.to_owned()),
            name: overrides.name.unwrap_or_else(|| provider.name.to_owned()),
            kind: kind(&provider.protocol),
            mark: provider.mark,
        }
    }
}

fn kind(protocol: &Protocol) -> &'static str {
    match protocol {
        Protocol::Oidc { .. } => "oidc",
        Protocol::OAuth2 { .. } => "oauth",
    }
}

/// [`ResolveClient`] behind a pointer.
pub(crate) trait DynResolveClient: Send + Sync {
    fn resolve<'a>(
        &'a self,
        id: &'a str,
        request: &'a ClientRequest<'a>,
    ) -> BoxFuture<'a, Result<Option<Client>, CallbackError>>;

    fn list<'a>(
        &'a self,
        request: &'a ClientRequest<'a>,
    ) -> BoxFuture<'a, Result<Vec<Client>, CallbackError>>;
}

impl<T: ResolveClient> DynResolveClient for T {
    fn resolve<'a>(
        &'a self,
        id: &'a str,
        request: &'a ClientRequest<'a>,
    ) -> BoxFuture<'a, Result<Option<Client>, CallbackError>> {
        Box::pin(ResolveClient::resolve(self, id, request))
    }

    fn list<'a>(
        &'a self,
        request: &'a ClientRequest<'a>,
    ) -> BoxFuture<'a, Result<Vec<Client>, CallbackError>> {
        Box::pin(ResolveClient::list(self, request))
    }
}
