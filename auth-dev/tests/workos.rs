//! The stand-in for WorkOS, over HTTP, as its SDKs and a browser meet it.

mod api;
mod browser;
mod client;
mod faults;
mod grants;
mod refresh;
mod tokens;
mod transcript;
