//! What the endpoints share.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use auth_core::{Clock, Secret, Timestamp};

use super::faults::FaultPlan;
use super::log::Log;
use super::records::Records;
use crate::keys::KeySet;

pub(crate) struct State {
    /// `http://127.0.0.1:<port>`.
    pub(crate) origin: String,
    pub(crate) client_id: String,
    pub(crate) api_key: Secret<String>,
    /// For the application: what it may seal its cookies with.
    pub(crate) cookie_password: Secret<String>,
    pub(crate) issuer: String,
    pub(crate) access_token_lifetime: Duration,
    pub(crate) clock: Box<dyn Clock>,
    /// By how many seconds the clock was moved on.
    pub(crate) ahead: AtomicU64,
    pub(crate) keys: Mutex<KeySet>,
    pub(crate) records: Mutex<Records>,
    pub(crate) faults: Mutex<FaultPlan>,
    pub(crate) log: Mutex<Log>,
}

impl State {
    pub(crate) fn now(&self) -> Timestamp {
        let ahead = Duration::from_secs(self.ahead.load(Ordering::SeqCst));
        self.clock.now().plus(ahead)
    }
}
