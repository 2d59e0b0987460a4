//! Sites among JavaScript peers: a certified OpenID provider, and Auth.js across the cookie border.
//!
//! They are pinned in `tests/peers/`. `cargo xtask test peers` installs them and runs this.

mod answers;
mod border;
mod certified;
mod checks;
mod comparison;
mod cookies;
mod joined;
mod names;
mod node;
mod prompts;
mod routes;
mod visit;
mod workos;
mod workos_cookies;
