//! What to know that belongs to no single item.
//!
//! - [`threat_model`]: who attacks, what is defended, and what is not.
//! - [`ended_sessions`]: what a sign-out does, and what one process cannot know of another.
//! - [`log`]: what is in the log, and how to get from an error page to its line.
//! - [`options`]: the options of Auth.js, and what stands for each of them here.
//! - [`users`]: whose account it is, and when accounts are linked.

pub mod ended_sessions;
pub mod log;
pub mod options;
pub mod threat_model;
pub mod users;
