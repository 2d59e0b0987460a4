//! Sites visited from outside: what works, and what is refused.

mod advisories;
mod answers;
mod attacks;
mod authkit;
mod backends;
mod edges;
mod flows;
mod guard;
mod leaks;
mod linking;
mod mutants;
mod origins;
mod redirects;
mod requests;
mod resources;
mod seed;
mod sessions;
mod wire;
