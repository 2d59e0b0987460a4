//! The end of every sign-in: whom the evidence belongs to, what the application says, and the
//! session.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::exchange::Exchange;
use super::reply::Reply;
use crate::account::{Admitted, Directory, LinkError, Visitor};
use crate::callbacks::{SignInAttempt, SignInDecision, Trigger};
use crate::error::SignInError;
use crate::events::SignInEvent;
use crate::evidence::{Evidence, ProviderEvidence};
use crate::oauth::ResponseMode;
use crate::session::{NewSession, Session, SessionEvent, Token};
use crate::store::StoreError;
use crate::transaction::{BegunBy, Transaction};
use crate::user::User;

/// How often it is looked again who somebody is, if the store changes in between.
const ATTEMPTS: usize = 3;

/// Whom the session is for.
struct Arrival {
    user: User,
    is_new: bool,
}

/// The application decides, then the session begins. The one before it, if any, is over.
pub(super) async fn begin_session(
    exchange: &Exchange<'_>,
    transaction: &Transaction,
    response_mode: ResponseMode,
    evidence: Evidence,
) -> Result<Reply, SignInError> {
    let auth = exchange.auth;
    let Evidence::Provider(evidence) = evidence;
    let evidence = Arc::new(evidence);
    let before = present_session(exchange, transaction, response_mode);
    let arrival = match &auth.directory {
        Some(directory) => {
            let visitor = visitor(transaction.begun_by.as_ref(), before.as_ref());
            arrive(exchange, directory, visitor, &evidence).await?
        }
        None => {
            let user = User::without_store(&evidence);
            let asked = ask(exchange, &user, &evidence).await?;
            asked.map_continue(|()| Arrival {
                user,
                is_new: false,
            })
        }
    };
    let Arrival { user, is_new } = match arrival {
        ControlFlow::Continue(arrival) => arrival,
        ControlFlow::Break(reply) => return Ok(reply),
    };

    let now = auth.clock.now();
    let token = Token::begin(NewSession {
        user: &user,
        provider: &evidence.account().provider,
        sid: auth.session_ids.generate(),
        auth_time: evidence.auth_time(),
        now,
    });
    let attempt = attempt(&user, &evidence);
    let trigger = match is_new {
        true => Trigger::SignUp(attempt),
        false => Trigger::SignIn(attempt),
    };
    let token = auth
        .callbacks
        .jwt(token, &trigger)
        .await
        .map_err(|error| SignInError::Callback(error.into_source()))?
        .ok_or(SignInError::Denied)?;
    let cookies = auth
        .sessions
        .issue(token, exchange.names, &exchange.cookies, now)?;
    if let Some(before) = &before {
        auth.sessions.revoke(before, now);
    }
    let event = SignInEvent {
        user: &user,
        account: evidence.account(),
        profile: evidence.profile(),
        is_new_user: is_new,
    };
    auth.events.sign_in(event).await;
    let destination = exchange.decide(Some(&transaction.return_to)).await;
    let provider = &evidence.account().provider;
    let last_provider = auth.last_provider.cookie(provider, exchange.names, now);
    Ok(exchange
        .after_sign_in(&destination, is_new)
        .with_cookies(cookies)
        .with_cookies(last_provider)
        .with_extension(SessionEvent::SignedIn))
}

/// Finds the user in the store, or puts them there once the application has agreed. Whoever turns
/// out to be somebody else meanwhile is asked about again: two sign-ins of one new person may arrive
/// in the same moment.
async fn arrive(
    exchange: &Exchange<'_>,
    directory: &Directory,
    visitor: Visitor<'_>,
    evidence: &Arc<ProviderEvidence>,
) -> Result<ControlFlow<Reply, Arrival>, SignInError> {
    let now = exchange.now;
    for _ in 0..ATTEMPTS {
        let recognised = directory.recognise(evidence, visitor, now).await?;
        let user = User::stored(recognised.user(), evidence.profile());
        if let ControlFlow::Break(reply) = ask(exchange, &user, evidence).await? {
            return Ok(ControlFlow::Break(reply));
        }
        let admitted = directory.admit(recognised, evidence, now).await;
        if let Some(Admitted { user, is_new }) = admitted.map_err(LinkError::from)? {
            let user = User::stored(&user, evidence.profile());
            return Ok(ControlFlow::Continue(Arrival { user, is_new }));
        }
    }
    Err(LinkError::Store(StoreError::Contended).into())
}

/// Whether the application lets this person in, or where it sends them instead.
async fn ask(
    exchange: &Exchange<'_>,
    user: &User,
    evidence: &ProviderEvidence,
) -> Result<ControlFlow<Reply>, SignInError> {
    let attempt = attempt(user, evidence);
    let decision = exchange
        .auth
        .callbacks
        .sign_in(&attempt)
        .await
        .map_err(|error| SignInError::Callback(error.into_source()))?;
    match decision {
        SignInDecision::Allow => Ok(ControlFlow::Continue(())),
        SignInDecision::Deny => Err(SignInError::Denied),
        SignInDecision::Redirect(to) => {
            let destination = exchange.decide(Some(&to)).await;
            Ok(ControlFlow::Break(exchange.send_to(&destination)))
        }
    }
}

fn attempt<'a>(user: &'a User, evidence: &'a ProviderEvidence) -> SignInAttempt<'a> {
    SignInAttempt {
        user,
        account: evidence.account(),
        profile: evidence.profile(),
    }
}

/// The session in which this answer arrives.
///
/// A browser sends no `SameSite=Lax` cookie with the form that a provider has it post. There the
/// session in which the sign-in began speaks for itself, as far as it goes on: the sealed cookie of
/// the transaction remembers it, and a sign-out removes that one too.
fn present_session(
    exchange: &Exchange<'_>,
    transaction: &Transaction,
    response_mode: ResponseMode,
) -> Option<Session> {
    let session = exchange.session();
    if session.is_some() || response_mode != ResponseMode::FormPost {
        return session;
    }
    let remembered = transaction.begun_by.as_ref()?.session(exchange.now)?;
    let goes_on = exchange.auth.sessions.counts(&remembered, exchange.now);
    goes_on.then_some(remembered)
}

/// Only a sign-in that somebody began while signed in may add an account to their user: otherwise
/// an attacker who plants the answer to a sign-in of their own gets a way into that user (RFC 9700
/// §4.7).
fn visitor<'a>(begun_by: Option<&'a BegunBy>, session: Option<&Session>) -> Visitor<'a> {
    match (begun_by, session) {
        (None, _) => Visitor::Guest,
        (Some(begun_by), Some(session)) if session.user().id() == begun_by.sub => {
            Visitor::SignedIn(&begun_by.sub)
        }
        (Some(begun_by), _) => Visitor::Changed(&begun_by.sub),
    }
}
