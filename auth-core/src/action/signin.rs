//! `GET /signin`: the page. `POST /signin/{provider}`: to the provider.

use http::StatusCode;

use super::exchange::Exchange;
use super::reply::{self, Reply};
use super::{Failure, error, page_status};
use crate::error::SignInError;
use crate::oauth::ResponseMode;
use crate::oauth::authorization_request::{AuthorizationRequest, UseNonce};
use crate::page::{self, Offered, SignInPage, SitePage};
use crate::provider::{Registration, Server};
use crate::redirect_proxy::RedirectProxy;
use crate::transaction::{BegunBy, Transaction};

/// What a page or script may add to the authorization request, in the query of the POST. Nothing
/// that decides who answers, to whom, or what is checked.
const PASSED_ON: [&str; 8] = [
    "prompt",
    "login_hint",
    "ui_locales",
    "display",
    "acr_values",
    "hd",
    "domain_hint",
    "screen_hint",
];

/// The page with a button for each provider, or for the one that the path names: a link must not
/// begin a sign-in, only a form may.
pub(super) async fn page(
    exchange: &Exchange<'_>,
    provider: Option<&str>,
) -> Result<Reply, Failure> {
    if let (None, Some(page)) = (provider, &exchange.auth.pages.sign_in) {
        return Ok(own_page(exchange, page).await);
    }
    let clients = &exchange.auth.clients;
    let offered = match provider {
        None => clients.offered(&exchange.asks()).await?,
        Some(id) => vec![clients.find(id, &exchange.asks()).await?.offer()],
    };
    let error = error::shown_error(exchange);
    let status = error.as_ref().map_or(StatusCode::OK, page_status);
    let session = exchange.session();
    let user = session.as_ref().map(|session| session.user());
    let return_to = exchange.destination().await;
    let kept = params(exchange, return_to.as_str());
    let speech = exchange.speech().offering_others(kept);
    let view = SignInPage {
        frame: &exchange.auth.frame,
        speech: &speech,
        csrf_token: exchange.csrf().token(),
        return_to: return_to.as_str(),
        max_age: exchange.max_age(),
        providers: offered
            .iter()
            .map(|offer| Offered {
                id: &offer.id,
                name: &offer.name,
                mark: offer.mark,
            })
            .collect(),
        last_used: exchange.last_used(offered.iter().map(|offer| offer.id.as_str())),
        error,
        signed_in_as: user.map(|user| user.name().or(user.email()).unwrap_or(user.id())),
    };
    Ok(exchange.show(status, &speech, page::sign_in(&view)))
}

/// The application has a sign-in page of its own: there, with all that ours would show.
async fn own_page(exchange: &Exchange<'_>, page: &SitePage) -> Reply {
    let return_to = exchange.destination().await;
    let params = params(exchange, return_to.as_str());
    reply::redirect(page.with(params.iter().map(|(name, value)| (*name, &**value))))
}

/// What a sign-in page is told in its query, parsed.
fn params(exchange: &Exchange<'_>, return_to: &str) -> Vec<(&'static str, String)> {
    let max_age = exchange.max_age();
    std::iter::once(("callbackUrl", return_to.to_owned()))
        .chain(error::params(exchange))
        .chain(max_age.map(|seconds| ("max_age", seconds.to_string())))
        .collect()
}

/// `POST /signin` without a provider: choose one first.
pub(super) fn choose(exchange: &Exchange<'_>) -> Reply {
    reply::redirect(exchange.url("/signin"))
}

/// Begins a sign-in: a transaction in a cookie, and the browser on its way to the provider.
pub(super) async fn start(exchange: &Exchange<'_>, provider: &str) -> Result<Reply, Failure> {
    let clients = &exchange.auth.clients;
    let registration = &*clients.find(provider, &exchange.asks()).await?;
    exchange.require_csrf()?;
    let path = format!("/callback/{}", registration.id);
    let proxy = redirect_proxy(exchange, registration);
    let redirect_uri = match proxy.and_then(|proxy| proxy.seen_from(&exchange.origin)) {
        Some(origin) => format!("{origin}{}{path}", exchange.auth.prefix),
        None => exchange.url(&path),
    };
    let max_age = exchange.max_age();

    let discovered;
    let (endpoint, nonce) = match &registration.server {
        Server::Oidc { metadata, .. } => {
            discovered = metadata.metadata().await.map_err(SignInError::from)?;
            (&discovered.authorization_endpoint, UseNonce::Yes)
        }
        Server::OAuth2 {
            authorization_endpoint,
            ..
        } => (authorization_endpoint, UseNonce::No),
    };
    let params = with_passed_on(exchange, registration);
    let wrap_state = proxy.map(|proxy| {
        let (here, now) = (&exchange.origin, exchange.now);
        move |state| proxy.seal_state(state, here, &registration.id, now)
    });
    let started = AuthorizationRequest {
        authorization_endpoint: endpoint,
        client_id: &registration.client_id,
        client_id_param: registration.provider.client_id_param,
        redirect_uri: &redirect_uri,
        scopes: &registration.scopes,
        scope_separator: registration.provider.scope_separator,
        params: &params,
        response_mode: registration.response_mode,
        pkce: registration.provider.pkce,
        nonce,
        // OAuth 2.0 has no `max_age`; its servers would not know what to do with it.
        max_age: max_age.filter(|_| nonce == UseNonce::Yes),
        wrap_state: wrap_state.as_ref().map(|wrap| wrap as &dyn Fn(_) -> _),
        conform: registration.provider.hooks.conform_authorization_url,
    }
    .start();

    // Without a store, there is nothing to add an account to; and the session comes along with the
    // answer and is ended then, unless that is the form of another site.
    let is_needed =
        exchange.auth.directory.is_some() || registration.response_mode == ResponseMode::FormPost;
    let begun_by = is_needed.then(|| exchange.session()).flatten();
    let transaction = Transaction {
        provider: registration.id.clone(),
        client: registration.fingerprint(),
        state: started.state,
        nonce: started.nonce,
        code_verifier: started
            .code_verifier
            .map(|verifier| verifier.expose().clone()),
        redirect_uri,
        return_to: exchange.destination().await.as_str().to_owned(),
        max_age,
        started_at: exchange.now,
        begun_by: begun_by.as_ref().map(BegunBy::of),
    };
    let cookies = exchange.auth.transactions.start(
        exchange.names,
        &transaction,
        registration.response_mode,
        &exchange.cookies,
    );
    Ok(exchange
        .leave_for(&registration.name, started.url.as_str())
        .with_cookies(cookies))
}

/// The redirect proxy, if this sign-in comes back by way of it.
fn redirect_proxy<'a>(
    exchange: &'a Exchange<'_>,
    registration: &Registration,
) -> Option<&'a RedirectProxy> {
    let proxy = exchange.auth.redirect_proxy.as_ref()?;
    let passes_on = registration.response_mode == ResponseMode::Query
        && proxy.seen_from(&exchange.origin).is_some();
    passes_on.then_some(proxy)
}

fn with_passed_on(exchange: &Exchange<'_>, registration: &Registration) -> Vec<(String, String)> {
    let mut params = registration.authorization_params.clone();
    for name in PASSED_ON {
        if let Some(value) = exchange.input.query(name) {
            params.retain(|(known, _)| known != name);
            params.push((name.to_owned(), value.to_owned()));
        }
    }
    params
}
