//! The development provider, over HTTP, as a client and a browser meet it.

mod authorize;
mod client;
mod discovery;
mod faults;
mod page;
mod provider;
mod token;
mod userinfo;
