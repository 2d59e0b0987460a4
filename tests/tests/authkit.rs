//! Sites that sign in by AuthKit, with a WorkOS of their own.

mod bad_input;
mod cookies;
mod organizations;
mod refresh;
mod sign_in;
mod sign_out;
