//! Sessions that have ended although their cookies have not expired.

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{PoisonError, RwLock};

use crate::session::SessionData;
use crate::time::Timestamp;

/// Where it is written down that a session has ended.
///
/// Asked for every session that is read, so `has_ended` answers from memory. A list that several
/// processes share keeps a copy here, brings that up to date in the background, and sends what
/// `end` is told to the others.
pub(crate) trait RevocationList: Send + Sync {
    /// Ends the session of `session`: no cookie that carries it counts from now on. None is
    /// accepted after `until` anyway.
    fn end(&self, session: &SessionData, now: Timestamp, until: Timestamp);

    /// Whether the session has ended. Where that is no longer known, it has.
    fn has_ended(&self, session: &SessionData) -> bool;
}

/// The sessions that ended in this process. No other process knows of them, and neither does this
/// one after a restart.
///
/// Memory is bounded twice, and forgetting never brings a session back: whatever was issued before
/// a forgotten end is refused, for it may be what ended.
///
/// - Of one account the last [`PER_ACCOUNT`] ends are remembered. Somebody who signs in and out all
///   day ends older sessions of their own account by it, and nobody else's.
/// - Of all accounts together [`ENDS`] are, and [`ACCOUNTS`] accounts; when full, the account with
///   the oldest end is forgotten. Filling the list takes thousands of accounts, and costs others no
///   more than signing in again if they have not visited since that oldest end.
///
/// Sessions and accounts go by keyed hashes of 64 bits: nobody can look for two that share one.
/// Readers take the lock together: a look-up takes some 75 ns, half of them for the hashes, and
/// twice that where two cores do nothing else. Shards measured no better.
pub(crate) struct EndedHere {
    hasher: RandomState,
    /// Whether any session has ended since the start. Until then readers take no lock, whose counter
    /// all cores would write to.
    any: AtomicBool,
    ends: RwLock<Ends>,
}

/// How many accounts with ended sessions are remembered.
const ACCOUNTS: usize = 100_000;

/// How many ended sessions are remembered for each account, ... Times are in whole seconds: were one
/// forgotten in the second in which it ended, a session begun in the rest of that second would count
/// as ended. Sign-outs of one account do not come this fast.
const PER_ACCOUNT: usize = 64;

/// ... and for all of them together: some 30 MB when full.
const ENDS: usize = 200_000;

impl EndedHere {
    pub(crate) fn new() -> Self {
        Self {
            hasher: RandomState::new(),
            any: AtomicBool::new(false),
            ends: RwLock::new(Ends::new(ACCOUNTS, ENDS)),
        }
    }

    fn name(&self, session: &SessionData) -> Option<u64> {
        name(session).map(|name| self.hasher.hash_one(name))
    }

    fn account(&self, session: &SessionData) -> u64 {
        self.hasher.hash_one(&session.user.id)
    }
}

impl RevocationList for EndedHere {
    fn end(&self, session: &SessionData, now: Timestamp, until: Timestamp) {
        let end = End {
            session: self.name(session),
            at: now.max(session.issued_at),
            until,
        };
        let account = self.account(session);
        let mut ends = self.ends.write().unwrap_or_else(PoisonError::into_inner);
        ends.add(account, end, now);
        self.any.store(true, Ordering::Release);
    }

    fn has_ended(&self, session: &SessionData) -> bool {
        if !self.any.load(Ordering::Acquire) {
            return false;
        }
        let ends = self.ends.read().unwrap_or_else(PoisonError::into_inner);
        if ends.is_empty() {
            return false;
        }
        let (account, name) = (self.account(session), self.name(session));
        ends.has(account, name, session.issued_at)
    }
}

/// What a session is called, the same in each cookie that carries it: its `sid`, or for a cookie
/// that Auth.js wrote its `jti`, which becomes the `sid` when the cookie is written anew. Without
/// either only its account and age tell it from others.
fn name(session: &SessionData) -> Option<&str> {
    session.sid.as_deref().or(session.jti.as_deref())
}

/// The end of one session.
#[derive(Clone, Copy)]
struct End {
    session: Option<u64>,
    at: Timestamp,
    until: Timestamp,
}

/// The ends of one account, oldest first.
struct Account {
    ends: VecDeque<End>,
    /// Whatever was issued up to then is refused.
    forgotten: Option<Timestamp>,
    /// When the last of it stops to matter.
    until: Timestamp,
}

struct Ends {
    most_accounts: usize,
    most_sessions: usize,
    /// Ended sessions, whatever their account: the application may have changed the `sub` of one
    /// when its cookie was written anew.
    sessions: HashSet<u64>,
    accounts: HashMap<u64, Account>,
    /// Each account once, with its `until` of when it was queued: by that, soonest first.
    queue: VecDeque<(u64, Timestamp)>,
    /// Whatever was issued up to then is refused.
    forgotten: Option<Timestamp>,
}

impl Ends {
    fn new(most_accounts: usize, most_sessions: usize) -> Self {
        Self {
            most_accounts,
            most_sessions,
            sessions: HashSet::new(),
            accounts: HashMap::new(),
            queue: VecDeque::new(),
            forgotten: None,
        }
    }

    /// Whether nothing has ended, or nothing that matters still: then no session needs a name.
    fn is_empty(&self) -> bool {
        self.sessions.is_empty() && self.accounts.is_empty() && self.forgotten.is_none()
    }

    fn has(&self, account: u64, session: Option<u64>, issued_at: Timestamp) -> bool {
        let of_account = || self.accounts.get(&account)?.forgotten;
        session.is_some_and(|session| self.sessions.contains(&session))
            || self
                .forgotten
                .is_some_and(|forgotten| issued_at <= forgotten)
            || of_account().is_some_and(|forgotten| issued_at <= forgotten)
    }

    fn add(&mut self, account: u64, end: End, now: Timestamp) {
        if end
            .session
            .is_some_and(|session| self.sessions.contains(&session))
        {
            return;
        }
        self.make_room(account, now);
        let known = self.accounts.entry(account).or_insert_with(|| {
            self.queue.push_back((account, end.until));
            Account {
                ends: VecDeque::with_capacity(1),
                forgotten: None,
                until: end.until,
            }
        });
        known.until = known.until.max(end.until);
        match end.session {
            Some(session) => {
                self.sessions.insert(session);
                known.ends.push_back(end);
            }
            None => known.forgotten = known.forgotten.max(Some(end.at)),
        }
        while let Some(first) = known.ends.front().copied()
            && (known.ends.len() > PER_ACCOUNT || first.until <= now)
        {
            known.ends.pop_front();
            first.forget(&mut self.sessions);
            if first.until > now {
                known.forgotten = known.forgotten.max(Some(first.at));
            }
        }
    }

    /// Lets go of what no longer matters, and if that is not enough of what ended first.
    fn make_room(&mut self, account: u64, now: Timestamp) {
        while let Some((first, queued)) = self.queue.front().copied() {
            let until = self.accounts.get(&first).map_or(queued, |it| it.until);
            let is_new = !self.accounts.contains_key(&account);
            let full = self.sessions.len() >= self.most_sessions
                || is_new && self.accounts.len() >= self.most_accounts;
            if until > queued {
                // There was another end since: its turn comes later.
                self.queue.pop_front();
                self.queue.push_back((first, until));
            } else if until <= now || full {
                self.queue.pop_front();
                let Some(gone) = self.accounts.remove(&first) else {
                    continue;
                };
                for end in &gone.ends {
                    end.forget(&mut self.sessions);
                }
                if until > now {
                    self.forgotten = self.forgotten.max(gone.last());
                }
            } else {
                break;
            }
        }
    }
}

impl End {
    fn forget(&self, sessions: &mut HashSet<u64>) {
        if let Some(session) = self.session {
            sessions.remove(&session);
        }
    }
}

impl Account {
    /// When the last of its sessions ended.
    fn last(&self) -> Option<Timestamp> {
        let last = self.ends.iter().map(|end| end.at).max();
        last.max(self.forgotten)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Session;
    use serde_json::{Value, json};

    const FAR: i64 = 1_000_000;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix(seconds)
    }

    fn session(account: &str, sid: &str, issued_at: i64) -> Session {
        claims(json!({"sub": account, "sid": sid, "iat": issued_at, "exp": FAR}))
    }

    fn claims(claims: Value) -> Session {
        Session::danger_from_claims(&claims).unwrap()
    }

    /// Ends a session of which a cookie was issued at `now`.
    fn end(list: &EndedHere, account: &str, sid: &str, now: i64) {
        list.end(session(account, sid, now).data(), at(now), at(now + 100));
    }

    fn has(list: &EndedHere, account: &str, sid: &str, issued_at: i64) -> bool {
        list.has_ended(session(account, sid, issued_at).data())
    }

    #[test]
    fn an_ended_session_and_no_other_is_refused() {
        let list = EndedHere::new();
        end(&list, "ada", "one", 10);
        assert!(has(&list, "ada", "one", 10));
        assert!(has(&list, "ada", "one", 5), "an older cookie of it");
        assert!(!has(&list, "ada", "two", 10));
        assert!(
            has(&list, "renamed", "one", 10),
            "whatever became of its `sub`"
        );
    }

    #[test]
    fn a_cookie_of_auth_js_ends_by_its_jti_and_what_is_written_for_it_by_the_same_name() {
        let list = EndedHere::new();
        let foreign = |jti: &str| claims(json!({"sub": "ada", "jti": jti, "iat": 1, "exp": FAR}));
        let renewed = claims(json!({"sub": "ada", "sid": "a", "jti": "x", "iat": 9, "exp": FAR}));
        list.end(renewed.data(), at(10), at(100));
        assert!(list.has_ended(foreign("a").data()));
        assert!(!list.has_ended(foreign("b").data()));
    }

    #[test]
    fn a_session_without_a_name_ends_with_all_that_its_account_was_issued_before() {
        let list = EndedHere::new();
        let nameless = |sub: &str, iat: i64| claims(json!({"sub": sub, "iat": iat, "exp": FAR}));
        list.end(nameless("ada", 5).data(), at(10), at(100));
        assert!(list.has_ended(nameless("ada", 5).data()));
        assert!(list.has_ended(nameless("ada", 10).data()));
        assert!(!list.has_ended(nameless("ada", 11).data()));
        assert!(!list.has_ended(nameless("bob", 5).data()));
    }

    #[test]
    fn who_signs_out_without_end_ends_their_own_older_sessions_only() {
        let list = EndedHere::new();
        let last = 10 + 10_000;
        for second in 10..=last {
            let now = at(second);
            list.end(
                session("eve", &format!("s{second}"), second).data(),
                now,
                at(FAR),
            );
        }
        assert!((10..=last).all(|second| has(&list, "eve", &format!("s{second}"), second)));
        assert!(has(&list, "eve", "other", 10));
        assert!(!has(&list, "eve", "other", last), "signing in again works");
        assert!(!has(&list, "ada", "old", 1), "nobody else notices");
        let ends = list.ends.read().unwrap();
        assert_eq!((ends.sessions.len(), ends.queue.len()), (PER_ACCOUNT, 1));
    }

    #[test]
    fn signing_out_often_within_a_second_does_not_end_the_next_session() {
        let list = EndedHere::new();
        for number in 0..50 {
            list.end(
                session("ada", &format!("s{number}"), 10).data(),
                at(10),
                at(FAR),
            );
        }
        assert!(has(&list, "ada", "s0", 10) && has(&list, "ada", "s49", 10));
        assert!(!has(&list, "ada", "next", 10));
    }

    #[test]
    fn a_full_list_forgets_the_oldest_end_and_brings_no_session_back() {
        let mut ends = Ends::new(3, 100);
        let ended = [(1, 10), (2, 20), (3, 30), (1, 40), (4, 50), (5, 60)];
        for (account, second) in ended {
            let end = End {
                session: Some(second),
                at: at(second as i64),
                until: at(second as i64 + 1000),
            };
            ends.add(account, end, at(second as i64));
        }
        let sizes = (ends.accounts.len(), ends.queue.len(), ends.sessions.len());
        assert_eq!(sizes, (3, 3, 4));
        assert!(!ends.accounts.contains_key(&2) && !ends.accounts.contains_key(&3));
        for (account, second) in ended {
            assert!(
                ends.has(account, Some(second), at(second as i64)),
                "{second}"
            );
        }
        assert!(
            ends.has(9, Some(9), at(30)),
            "may be one that was forgotten"
        );
        assert!(
            !ends.has(9, Some(9), at(31)),
            "whoever visited since stays signed in"
        );
    }

    #[test]
    fn many_ends_of_few_accounts_take_bounded_room_too() {
        let mut ends = Ends::new(100, 20);
        for second in 0..1000 {
            let end = End {
                session: Some(second),
                at: at(second as i64),
                until: at(FAR),
            };
            ends.add(second % 5, end, at(second as i64));
            assert!(ends.sessions.len() <= 20 && ends.queue.len() == ends.accounts.len());
        }
        assert!((0..1000).all(|second| ends.has(second % 5, Some(second), at(second as i64))));
        assert!(
            !ends.has(9, Some(9999), at(999)),
            "whoever has just signed in is let in"
        );
    }

    #[test]
    fn what_has_expired_makes_room_without_ending_anything() {
        let list = EndedHere::new();
        for account in 0..50 {
            end(
                &list,
                &format!("account {account}"),
                &format!("s{account}"),
                account * 200,
            );
        }
        for account in 0..50 {
            assert!(!has(
                &list,
                &format!("account {account}"),
                "another",
                account * 200
            ));
        }
        let ends = list.ends.read().unwrap();
        let sizes = (ends.accounts.len(), ends.queue.len(), ends.sessions.len());
        assert_eq!(sizes, (1, 1, 1));
    }
}
