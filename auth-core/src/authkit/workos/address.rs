//! Where the API is: WorkOS itself, an emulator, or a proxy before either.

use url::{Host, Url};

use crate::http::is_loopback;

/// Scheme, host and port of the API, checked. By default `https://api.workos.com`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiAddress(Url);

/// How the API is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiScheme {
    /// Over TLS.
    Https,
    /// In the clear, which is for an emulator on this machine.
    Http,
}

/// Where the API is unless somebody says otherwise.
pub const DEFAULT_HOSTNAME: &str = "api.workos.com";

/// What an access token of that API has for an issuer, or begins it with.
pub(in crate::authkit) const DEFAULT_ISSUER: &str = "https://api.workos.com";

impl ApiAddress {
    /// The address of an API at `hostname`, on `port` or the scheme's own.
    ///
    /// # Errors
    /// [`ApiAddressError`].
    pub fn new(
        scheme: ApiScheme,
        hostname: &str,
        port: Option<u16>,
    ) -> Result<Self, ApiAddressError> {
        let host = Host::parse(hostname)
            .ok()
            .filter(|host| !host.to_string().is_empty())
            .ok_or_else(|| ApiAddressError::Hostname {
                hostname: hostname.to_owned(),
            })?;
        let scheme = match scheme {
            ApiScheme::Https => "https",
            ApiScheme::Http if is_loopback(&host.to_string()) => "http",
            ApiScheme::Http => {
                return Err(ApiAddressError::PlainHttp {
                    hostname: hostname.to_owned(),
                });
            }
        };
        let port = port.map_or(String::new(), |port| format!(":{port}"));
        Url::parse(&format!("{scheme}://{host}{port}/"))
            .map(Self)
            .map_err(|_| ApiAddressError::Hostname {
                hostname: hostname.to_owned(),
            })
    }

    /// Scheme, host and port, without a slash: `https://api.workos.com`.
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// The URL of these path segments, each of them one segment whatever it holds. `None` if one
    /// could not be: it is empty, or dots that every URL parser would resolve.
    pub(super) fn join<'s>(&self, segments: impl IntoIterator<Item = &'s str>) -> Option<Url> {
        let mut url = self.0.clone();
        let mut path = url.path_segments_mut().ok()?;
        path.clear();
        for segment in segments {
            if matches!(segment, "" | "." | "..") {
                return None;
            }
            path.push(segment);
        }
        drop(path);
        Some(url)
    }
}

impl Default for ApiAddress {
    fn default() -> Self {
        Self::new(ApiScheme::Https, DEFAULT_HOSTNAME, None)
            // A constant; a test makes one.
            .expect("the address of WorkOS is valid")
    }
}

/// Why the API cannot be at an address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ApiAddressError {
    /// It is no bare host name: there is a scheme, a port or a path in it.
    #[error("the API host name {hostname:?} must be a name or an address alone")]
    Hostname {
        /// What was given.
        hostname: String,
    },
    /// The API key would cross a network in the clear.
    #[error("the API at {hostname:?} must be reached by https: http is for loopback")]
    PlainHttp {
        /// What was given.
        hostname: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_that_of_workos_or_of_an_emulator_on_loopback() {
        use ApiScheme::{Http, Https};
        let check = |scheme, hostname: &str, port, expected: &str| {
            let address = ApiAddress::new(scheme, hostname, port).unwrap();
            assert_eq!(address.origin(), expected);
        };
        assert_eq!(ApiAddress::default().origin(), "https://api.workos.com");
        check(Https, "api.eu.example", None, "https://api.eu.example");
        check(Https, "API.EU.example", Some(443), "https://api.eu.example");
        check(Http, "localhost", Some(4100), "http://localhost:4100");
        check(Http, "127.0.0.1", Some(80), "http://127.0.0.1");
        check(Http, "[::1]", Some(4100), "http://[::1]:4100");
    }

    #[test]
    fn a_hostname_is_nothing_but_a_hostname() {
        let with_path = "api.workos.com/x";
        for hostname in ["", "https://x", "x:1", with_path, "a@b", "a b", "x?", "x#"] {
            let error = ApiAddress::new(ApiScheme::Https, hostname, None).unwrap_err();
            assert!(
                matches!(error, ApiAddressError::Hostname { .. }),
                "{hostname}"
            );
        }
    }

    #[test]
    fn the_api_key_crosses_no_network_in_the_clear() {
        for hostname in ["api.workos.com", "10.0.0.1", "localhost.evil.example"] {
            let error = ApiAddress::new(ApiScheme::Http, hostname, None).unwrap_err();
            assert!(
                matches!(error, ApiAddressError::PlainHttp { .. }),
                "{hostname}"
            );
        }
    }

    #[test]
    fn a_parameter_of_the_path_stays_one_segment() {
        let join = |id| ApiAddress::default().join(["users", id, "sessions"]);
        let check = |id, path| assert_eq!(join(id).unwrap().path(), path);
        check("user_01", "/users/user_01/sessions");
        check("../organizations", "/users/..%2Forganizations/sessions");
        check("a?b#c%2e", "/users/a%3Fb%23c%252e/sessions");
        for id in ["", ".", ".."] {
            assert_eq!(join(id), None);
        }
    }
}
