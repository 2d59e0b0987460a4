//! The development provider, over HTTP, as a client and a browser meet it.

#[cfg(test)]
mod authorize;
#[cfg(test)]
mod client;
#[cfg(test)]
mod discovery;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod page;
#[cfg(test)]
mod provider;
#[cfg(test)]
mod store_conformance;
#[cfg(test)]
mod test_auth;
#[cfg(test)]
mod token;
#[cfg(test)]
mod userinfo;
#[cfg(test)]
mod workos;
