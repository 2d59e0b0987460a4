//! Under which origin the browser sees this server.
//!
//! Everything absolute is built on it: `redirect_uri`, links, cookie names. A request says what
//! its sender likes, so what it says counts only where the configuration trusts it.

use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, Once};

use url::{Host, Url};

use crate::http::{RequestView, is_loopback, single_header};

/// Scheme, host and port under which the browser sees us: `https://app.example`.
///
/// Compares by its normal form: lower case, default port left out. Cloning is cheap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    text: Arc<str>,
    loopback: bool,
}

impl Origin {
    /// Parses `https://app.example` or `http://localhost:3000`; one `/` may follow.
    ///
    /// # Errors
    /// [`OriginError::Malformed`] when the text has another scheme, or a path, a query, a fragment,
    /// a user name or anything else beside scheme, host and port.
    pub fn parse(text: &str) -> Result<Self, OriginError> {
        let (scheme, rest) = text.split_once("://").ok_or(OriginError::Malformed)?;
        let scheme = ["https", "http"]
            .into_iter()
            .find(|known| scheme.eq_ignore_ascii_case(known))
            .ok_or(OriginError::Malformed)?;
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        Self::from_parts(scheme, authority).ok_or(OriginError::Malformed)
    }

    /// The origin as browsers serialise it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host, without the port.
    pub fn host(&self) -> &str {
        let authority = self.text.split_once("://").map_or("", |(_, rest)| rest);
        match authority.rsplit_once(':') {
            // What follows a colon inside of brackets belongs to an IPv6 address.
            Some((host, port)) if !port.ends_with(']') => host,
            _ => authority,
        }
    }

    /// Whether the browser reaches us by https.
    pub fn is_secure(&self) -> bool {
        self.text.starts_with("https:")
    }

    /// Whether the host can only be this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        self.loopback
    }

    /// `scheme` is `https` or `http`.
    fn from_parts(scheme: &'static str, authority: &str) -> Option<Self> {
        if !is_authority(authority) {
            return None;
        }
        let url = Url::parse(&format!("{scheme}://{authority}/")).ok()?;
        // The normal form of a name can be longer than the name.
        if url.as_str().len() > scheme.len() + "://".len() + MAX_AUTHORITY + "/".len() {
            return None;
        }
        let loopback = match url.host()? {
            // Browsers take these for their own machine (RFC 6761 §6.3). For calls that we make
            // ourselves a resolver would be asked, so there they do not count.
            Host::Domain(name) => is_loopback(name) || name.ends_with(".localhost"),
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
        };
        Some(Self {
            text: url.as_str().strip_suffix('/')?.into(),
            loopback,
        })
    }

    /// Whether a `Host` header names this origin.
    fn is_host(&self, host: &str) -> bool {
        let (scheme, default_port) = if self.is_secure() {
            ("https://", ":443")
        } else {
            ("http://", ":80")
        };
        let ours = &self.text[scheme.len()..];
        host.eq_ignore_ascii_case(ours)
            || host
                .strip_suffix(default_port)
                .is_some_and(|host| host.eq_ignore_ascii_case(ours))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Why the origin of a request cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OriginError {
    /// The `Host` of the request is not one that is configured.
    #[error("the host of the request is not configured")]
    UnknownHost,
    /// The text is not scheme, host and port alone.
    #[error("an origin is `http://` or `https://`, a host and possibly a port")]
    Malformed,
    /// A header that decides about the origin is there more than once, or is not text.
    #[error("the header `{header}` occurs more than once or is not text")]
    RepeatedHeader {
        /// The name of the header.
        header: &'static str,
    },
    /// A header that decides about the origin has a value that cannot be used: a list, a path, an
    /// unknown scheme.
    #[error("the header `{header}` has no usable value")]
    InvalidHeader {
        /// The name of the header.
        header: &'static str,
    },
    /// The request names no host.
    #[error("the request names no host")]
    MissingHost,
    /// The request is not from this machine to this machine, and nothing says what to trust.
    #[error(
        "beyond loopback the origin must be configured: set AUTH_URL, \
         or AUTH_TRUST_HOST=true behind a proxy that sets X-Forwarded-Host and X-Forwarded-Proto"
    )]
    NotLoopback,
}

/// How the origin of a request is found.
#[derive(Clone, Debug)]
pub(crate) enum OriginPolicy {
    /// One of these, whatever forwarded headers say. If it is one only, whatever `Host` says.
    Fixed(Vec<Origin>),
    /// What the proxy says. Danger: it is what anyone says who gets past the proxy.
    Forwarded,
    /// The `Host`, if it and the connection's peer are both this machine.
    LoopbackOnly,
}

impl OriginPolicy {
    /// The origin under which the browser sees `request`.
    ///
    /// # Errors
    /// [`OriginError`] when it does not follow, without doubt, from what is trusted.
    pub(crate) fn resolve(&self, request: &dyn RequestView) -> Result<Origin, OriginError> {
        match self {
            Self::Fixed(origins) => match origins.as_slice() {
                [only] => Ok(only.clone()),
                several => among(several, request),
            },
            Self::Forwarded => forwarded(request),
            Self::LoopbackOnly => loopback(request),
        }
    }

    /// Whether the browser sees `request` under an https origin: on the path of every request that
    /// asks for a session, so without a copy of what is configured.
    ///
    /// # Errors
    /// As [`resolve`](Self::resolve).
    pub(crate) fn is_secure(&self, request: &dyn RequestView) -> Result<bool, OriginError> {
        if let Self::Fixed(origins) = self
            && let [only] = origins.as_slice()
        {
            return Ok(only.is_secure());
        }
        Ok(self.resolve(request)?.is_secure())
    }
}

const HOST: &str = "host";
const FORWARDED_HOST: &str = "x-forwarded-host";
const FORWARDED_PROTO: &str = "x-forwarded-proto";

fn among(origins: &[Origin], request: &dyn RequestView) -> Result<Origin, OriginError> {
    let host = single(request, HOST)?.ok_or(OriginError::MissingHost)?;
    origins
        .iter()
        .find(|origin| origin.is_host(host))
        .cloned()
        .ok_or(OriginError::UnknownHost)
}

fn forwarded(request: &dyn RequestView) -> Result<Origin, OriginError> {
    let (header, host) = match single(request, FORWARDED_HOST)? {
        Some(host) => (FORWARDED_HOST, host),
        None => (
            HOST,
            single(request, HOST)?.ok_or(OriginError::MissingHost)?,
        ),
    };
    let scheme = match single(request, FORWARDED_PROTO)? {
        Some("https") => Some("https"),
        Some("http") => Some("http"),
        Some(_) => {
            return Err(OriginError::InvalidHeader {
                header: FORWARDED_PROTO,
            });
        }
        None => None,
    };
    let origin = named(scheme.unwrap_or("https"), header, host)?;
    // A proxy that lost the header must not cost the cookies their `Secure`.
    if scheme.is_none() && origin.is_loopback() {
        return named("http", header, host);
    }
    Ok(origin)
}

fn loopback(request: &dyn RequestView) -> Result<Origin, OriginError> {
    warn_of_untrusted_headers(request);
    let host = single(request, HOST)?.ok_or(OriginError::MissingHost)?;
    let origin = named("http", HOST, host)?;
    let peer_is_loopback = request
        .peer()
        .as_ref()
        .map(IpAddr::to_canonical)
        .is_some_and(|peer| peer.is_loopback());
    if !(peer_is_loopback && origin.is_loopback()) {
        return Err(OriginError::NotLoopback);
    }
    Ok(origin)
}

/// Says once what is probably missing: a proxy is in front, and nothing says to trust it.
fn warn_of_untrusted_headers(request: &dyn RequestView) {
    static WARNED: Once = Once::new();
    if WARNED.is_completed() {
        return;
    }
    for header in [FORWARDED_HOST, FORWARDED_PROTO] {
        request.each_header(header, &mut |_| {
            WARNED.call_once(|| {
                tracing::warn!(
                    target: "auth",
                    "{header} is ignored: set AUTH_URL to the address that browsers use, or \
                     AUTH_TRUST_HOST=true if a proxy sets the header on every request"
                );
            });
        });
    }
}

fn named(scheme: &'static str, header: &'static str, host: &str) -> Result<Origin, OriginError> {
    Origin::from_parts(scheme, host).ok_or(OriginError::InvalidHeader { header })
}

fn single<'a>(
    request: &'a dyn RequestView,
    header: &'static str,
) -> Result<Option<&'a str>, OriginError> {
    single_header(request, header).map_err(|_| OriginError::RepeatedHeader { header })
}

/// Longest host with port, in bytes: a name of 253 (RFC 1035 §2.3.4), a colon and five digits. A
/// request can say more, and each address in our answers would repeat it.
const MAX_AUTHORITY: usize = 259;

/// Whether `text` can be read as host and port only: no list, no path, no user name, no escape,
/// nothing that a URL parser would skip or take for the end.
fn is_authority(text: &str) -> bool {
    (1..=MAX_AUTHORITY).contains(&text.len())
        && text.chars().all(|c| {
            !c.is_control()
                && !c.is_whitespace()
                && !matches!(c, '/' | '\\' | '?' | '#' | '@' | ',' | '%')
        })
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
