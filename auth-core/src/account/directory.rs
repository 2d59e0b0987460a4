//! The users that a site knows: who a proved account belongs to, and what is written down of it.

use std::sync::Arc;

use futures_channel::oneshot;

use super::linking::{Decision, EmailProof, Facts, Holder, Refusal, decide};
use super::users::{KeepTokens, Users};
use crate::account::Visitor;
use crate::email::EmailAddress;
use crate::events::{CreateUserEvent, LinkAccountEvent, Listener, UpdateUserEvent};
use crate::evidence::ProviderEvidence;
use crate::spawn::Spawn;
use crate::store::erased::ErasedStore;
use crate::store::{AccountKey, Creation, Link, StoreError, StoredAccount, StoredUser, Unlink};
use crate::time::Timestamp;
use crate::user::User;

/// The store, and the rules for it.
pub(crate) struct Directory {
    users: Users,
    spawn: Arc<dyn Spawn>,
    events: Listener,
}

/// Whom an account was found to belong to. Nothing is written down yet.
#[derive(Clone, Debug)]
pub(crate) enum Recognised {
    /// The account is theirs.
    Known(StoredUser),
    /// The account is to become theirs.
    ToLink(StoredUser),
    /// Nobody is known; this is who they would be.
    New(StoredUser),
}

/// Why an account was not let in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LinkError {
    #[error("the account belongs to another user than the one who is signed in")]
    AccountOfAnother,
    #[error("the user who began the sign-in is not signed in any more")]
    VisitorChanged,
    /// `providers` is empty where it must not be told, and may hold ids that are not registered.
    #[error("another way to sign in is linked to this e-mail address")]
    EmailTaken { providers: Vec<String> },
    #[error("users cannot be looked up")]
    Store(#[from] StoreError),
}

/// A user whose account is in the store.
#[derive(Debug)]
pub(crate) struct Admitted {
    pub(crate) user: StoredUser,
    pub(crate) is_new: bool,
}

impl Directory {
    pub(crate) fn new(users: Users, spawn: Arc<dyn Spawn>, events: Listener) -> Self {
        Self {
            users,
            spawn,
            events,
        }
    }

    /// Whom the proved account belongs to.
    ///
    /// # Errors
    /// [`LinkError`]: it must not be used, or the store failed.
    pub(crate) async fn recognise(
        &self,
        evidence: &ProviderEvidence,
        visitor: Visitor<'_>,
        now: Timestamp,
    ) -> Result<Recognised, LinkError> {
        let store = &self.users.store;
        let owner = store.user_by_account(&evidence.account().key()).await?;
        // A session may outlive its user, or be older than the store.
        let signed_in = match visitor {
            Visitor::SignedIn(id) => store.user(id).await?,
            Visitor::Guest | Visitor::Changed(_) => None,
        };
        let visitor = match (visitor, &signed_in) {
            (Visitor::SignedIn(_), None) => Visitor::Guest,
            (visitor, _) => visitor,
        };
        let email = email_of(evidence);
        let holder = match &email {
            Some(email) if owner.is_none() && visitor == Visitor::Guest => {
                store.user_by_email(email).await?
            }
            _ => None,
        };
        let decision = decide(&Facts {
            owner: owner.as_ref().map(|user| user.id.as_str()),
            visitor,
            email: self.email_proof(evidence),
            holder: holder.as_ref().map(|user| Holder {
                user_id: &user.id,
                is_verified: user.email_verified.is_some(),
            }),
        });
        let candidates = [&owner, &signed_in, &holder];
        let found = |id: &str| {
            let mut known = candidates.into_iter().flatten();
            known.find(|user| user.id == id).cloned()
        };
        match decision {
            Decision::SignIn(id) => found(id).map(Recognised::Known),
            Decision::Link(id) => found(id).map(Recognised::ToLink),
            Decision::Create => Some(Recognised::New(self.new_user(evidence, email, now))),
            Decision::Refuse(Refusal::AccountOfAnother) => {
                return Err(LinkError::AccountOfAnother);
            }
            Decision::Refuse(Refusal::VisitorChanged) => return Err(LinkError::VisitorChanged),
            Decision::Refuse(Refusal::EmailTaken { may_tell }) => {
                let providers = match &holder {
                    Some(holder) if may_tell => self.providers_of(&holder.id).await?,
                    _ => Vec::new(),
                };
                return Err(LinkError::EmailTaken { providers });
            }
        }
        // A decision names one of the users that it was given.
        .ok_or(LinkError::Store(StoreError::Contended))
    }

    /// Writes down what was recognised, and tells the application. What has begun runs to its end,
    /// whether or not somebody still waits. `None` if the store has changed in between: look again.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) async fn admit(
        &self,
        recognised: Recognised,
        evidence: &Arc<ProviderEvidence>,
        now: Timestamp,
    ) -> Result<Option<Admitted>, StoreError> {
        let admission = Admission {
            store: Arc::clone(&self.users.store),
            events: self.events.clone(),
            account: self.stored(evidence),
            verified: email_of(evidence)
                .filter(|_| self.email_proof(evidence) == EmailProof::Trusted),
            evidence: Arc::clone(evidence),
            now,
        };
        self.to_its_end(async move { admission.carry_out(recognised).await })
            .await
    }

    pub(crate) async fn accounts_of(
        &self,
        user_id: &str,
    ) -> Result<Vec<StoredAccount>, StoreError> {
        self.users.store.accounts_of(user_id).await
    }

    pub(crate) async fn unlink(
        &self,
        user_id: &str,
        key: &AccountKey,
    ) -> Result<Unlink, StoreError> {
        let store = Arc::clone(&self.users.store);
        let (user_id, key) = (user_id.to_owned(), key.clone());
        self.to_its_end(async move { store.unlink_account(&user_id, &key).await })
            .await
    }

    async fn to_its_end<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, StoreError>> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (sender, receiver) = oneshot::channel();
        self.spawn.spawn(Box::pin(async move {
            // Nobody may be waiting any more.
            let _ = sender.send(work.await);
        }));
        receiver.await.unwrap_or(Err(StoreError::Dropped))
    }

    fn email_proof(&self, evidence: &ProviderEvidence) -> EmailProof {
        let is_trusted = self.users.trusted.contains(&evidence.account().provider);
        match evidence.profile().verified_email() {
            None => EmailProof::Claimed,
            Some(_) if is_trusted => EmailProof::Trusted,
            Some(_) => EmailProof::Verified,
        }
    }

    fn new_user(
        &self,
        evidence: &ProviderEvidence,
        email: Option<EmailAddress>,
        now: Timestamp,
    ) -> StoredUser {
        let profile = evidence.profile();
        let is_verified = self.email_proof(evidence) == EmailProof::Trusted;
        let mut user = StoredUser::with_random_id();
        user.name.clone_from(&profile.name);
        user.image.clone_from(&profile.image);
        user.email_verified = email.as_ref().filter(|_| is_verified).map(|_| now);
        user.email = email;
        user
    }

    fn stored(&self, evidence: &ProviderEvidence) -> StoredAccount {
        match self.users.tokens {
            KeepTokens::Yes => evidence.account().to_stored(),
            KeepTokens::No => StoredAccount::new(evidence.account().key()),
        }
    }

    async fn providers_of(&self, user_id: &str) -> Result<Vec<String>, StoreError> {
        let accounts = self.users.store.accounts_of(user_id).await?;
        let mut providers: Vec<_> = accounts
            .into_iter()
            .map(|account| account.key.provider)
            .collect();
        providers.sort_unstable();
        providers.dedup();
        Ok(providers)
    }
}

impl Recognised {
    /// The user, as they are in the store or would be.
    pub(crate) fn user(&self) -> &StoredUser {
        match self {
            Self::Known(user) | Self::ToLink(user) | Self::New(user) => user,
        }
    }
}

fn email_of(evidence: &ProviderEvidence) -> Option<EmailAddress> {
    EmailAddress::parse(evidence.profile().email.as_deref()?)
}

/// What a sign-in writes down, with everything that it needs: it outlives the request.
struct Admission {
    store: ErasedStore,
    events: Listener,
    evidence: Arc<ProviderEvidence>,
    account: StoredAccount,
    /// The address, if the provider's word on it counts.
    verified: Option<EmailAddress>,
    now: Timestamp,
}

impl Admission {
    async fn carry_out(self, recognised: Recognised) -> Result<Option<Admitted>, StoreError> {
        let account = self.account.clone();
        let (user, is_new) = match recognised {
            Recognised::Known(user) => {
                if !self.store.update_account(account).await? {
                    return Ok(None);
                }
                (self.verify_email(user).await?, false)
            }
            Recognised::ToLink(user) => {
                if self.store.link_account(&user.id, account).await? != Link::Linked {
                    return Ok(None);
                }
                let user = self.verify_email(user).await?;
                self.tell_of_link(&user).await;
                (user, false)
            }
            Recognised::New(user) => {
                let creation = self.store.create_user_with_account(user, account).await?;
                let Creation::Created(user) = creation else {
                    return Ok(None);
                };
                self.tell_of_creation(&user).await;
                self.tell_of_link(&user).await;
                (user, true)
            }
        };
        Ok(Some(Admitted { user, is_new }))
    }

    /// The user's address counts as verified once a trusted provider says so of the same one.
    async fn verify_email(&self, user: StoredUser) -> Result<StoredUser, StoreError> {
        let Some(email) = &self.verified else {
            return Ok(user);
        };
        if user.email_verified.is_some() || user.email.as_ref() != Some(email) {
            return Ok(user);
        }
        let verified = self.store.verify_email(&user.id, email, self.now).await?;
        let Some(verified) = verified else {
            return Ok(user);
        };
        let shown = User::stored(&verified, self.evidence.profile());
        self.events
            .update_user(UpdateUserEvent { user: &shown })
            .await;
        Ok(verified)
    }

    async fn tell_of_creation(&self, user: &StoredUser) {
        let user = User::stored(user, self.evidence.profile());
        self.events
            .create_user(CreateUserEvent { user: &user })
            .await;
    }

    async fn tell_of_link(&self, user: &StoredUser) {
        let event = LinkAccountEvent {
            user: &User::stored(user, self.evidence.profile()),
            account: self.evidence.account(),
            profile: self.evidence.profile(),
        };
        self.events.link_account(event).await;
    }
}
