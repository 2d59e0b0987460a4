//! What a sign-out does, and what one process cannot know of another.
//!
//! A session lives in a cookie that anybody can have copied before. Removing the cookie from one
//! browser does not end the copies, so a sign-out also writes down that the session has ended, and
//! every request that carries it is refused from then on, whichever cookie of it: also one from
//! before a renewal. The same happens when somebody signs in over a session, and when the `jwt`
//! callback ends one.
//!
//! # What one process cannot know of another
//!
//! The list is in the memory of the process. **A second process, and this one after a restart,
//! know nothing of it**: there, a copy of the cookie is accepted until it expires or the session
//! reaches its absolute age. If that is too long, shorten
//! [`session_max_age`](crate::AuthBuilder::session_max_age), at most to what you would let a stolen
//! cookie live, and set
//! [`session_absolute_lifetime`](crate::AuthBuilder::session_absolute_lifetime).
//!
//! The same is true of sign-ins that have come back once: a second process would look at the answer
//! of a provider again. There the provider stands in the way, which redeems a code once.
//!
//! # Cookies that Auth.js wrote
//!
//! They have no name for the session, only a `jti` that is new in each cookie. The sign-out ends
//! the cookie that was sent and whatever we wrote in its place since; it cannot tell which other
//! cookies Auth.js wrote for the same sign-in.
//!
//! # What it costs
//!
//! One look-up of some 75 ns for each request with a session, and up to some 30 MB. Ends are
//! forgotten when no cookie can be left. Nobody can fill the list to bring a session back:
//!
//! - Of one account the last 16 ends are remembered. If there are more, whatever was issued to this
//!   account before a forgotten end is refused. Who signs in and out all day thus signs out those
//!   of their own devices that they have not used since.
//! - Of all accounts together 200 000 ends are remembered, and 100 000 accounts. If there are more,
//!   the account whose last end is longest ago is forgotten, and every session that was last
//!   written before that end is refused: its owner signs in again. Sessions in use are written anew
//!   once a day ([`session_update_age`](crate::AuthBuilder::session_update_age)), so to reach them
//!   takes 12 500 accounts that sign out sixteen times each within that time.
