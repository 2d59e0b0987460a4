//! What the endpoints share.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use auth_core::{Clock, Secret, Timestamp};

use crate::fault_plan::FaultPlan;
use crate::grants::Grants;
use crate::keys::{Algorithm, KeySet};
use crate::log::{Log, Requests};
use crate::people::Person;

/// The id of the client that has a secret.
pub(crate) const CLIENT_ID: &str = "dev-client";
/// The id of the client that has none.
pub(crate) const PUBLIC_CLIENT_ID: &str = "dev-public-client";

pub(crate) struct State {
    pub(crate) issuer: String,
    pub(crate) client_secret: Secret<String>,
    pub(crate) people: Vec<Person>,
    pub(crate) algorithm: Algorithm,
    pub(crate) clock: Box<dyn Clock>,
    pub(crate) keys: Mutex<KeySet>,
    pub(crate) grants: Mutex<Grants>,
    pub(crate) faults: Mutex<FaultPlan>,
    pub(crate) log: Mutex<Log>,
    /// Browsers that have signed in here, by the value of their cookie.
    pub(crate) browsers: Mutex<HashMap<String, SignedIn>>,
}

/// Who a browser is signed in as at the provider.
#[derive(Clone)]
pub(crate) struct SignedIn {
    pub(crate) person: Person,
    pub(crate) auth_time: Timestamp,
}

impl State {
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn count(&self, endpoint: impl FnOnce(&mut Requests) -> &mut usize) {
        *endpoint(&mut lock(&self.log).requests) += 1;
    }
}

/// Locks; a panic elsewhere while locked left nothing half done that matters here.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
