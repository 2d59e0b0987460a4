//! Sites visited from outside: what works, and what is refused.

mod answers;
mod attacks;
mod backends;
mod flows;
mod guard;
mod origins;
mod redirects;
mod resources;
mod sessions;
