//! The rules for the secret, the origin and the prefix.

use url::Url;

use super::environment::Environment;
use super::problem::BuildProblem;
use crate::origin::{Origin, OriginPolicy};
use crate::seal::Secrets;
use crate::secret::{Secret, random_base64url};
use crate::session::SessionLifetime;

/// The least length of a secret that encrypts, in bytes.
const MIN_SECRET_BYTES: usize = 32;

/// Where the routes are mounted by default.
const DEFAULT_PREFIX: &str = "/api/auth";

pub(super) struct SecretSettings {
    pub(super) secrets: Vec<Secret<String>>,
    /// Whether a secret may be made up: nothing leaves this machine and this is a debug build.
    pub(super) may_generate: bool,
}

impl SecretSettings {
    pub(super) fn resolve(
        self,
        environment: &Environment,
        problems: &mut Vec<BuildProblem>,
        warnings: &mut Vec<String>,
    ) -> Option<Secrets> {
        let mut named: Vec<(String, Secret<String>)> = if self.secrets.is_empty() {
            // As Auth.js: the highest number is the newest and encrypts.
            [
                "AUTH_SECRET_3",
                "AUTH_SECRET_2",
                "AUTH_SECRET_1",
                "AUTH_SECRET",
            ]
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), environment.get(name)?.into())))
            .collect()
        } else {
            self.secrets
                .into_iter()
                .map(|secret| (".secret(..)".to_owned(), secret))
                .collect()
        };
        if named.is_empty() {
            if !self.may_generate {
                problems.push(BuildProblem::SecretMissing);
                return None;
            }
            warnings.push(
                "AUTH_SECRET is not set: using one made up for this run, sessions end with it"
                    .to_owned(),
            );
            return Some(Secrets::new(
                Secret::new(random_base64url::<32>()),
                Vec::new(),
            ));
        }
        let (setting, first) = named.remove(0);
        let bytes = first.expose().trim().len();
        if bytes < MIN_SECRET_BYTES {
            problems.push(BuildProblem::SecretTooShort { setting, bytes });
            return None;
        }
        for (setting, old) in &named {
            if old.expose().len() < MIN_SECRET_BYTES {
                warnings.push(format!(
                    "{setting} is shorter than {MIN_SECRET_BYTES} bytes; it only decrypts, but \
                     remove it as soon as the sessions that it sealed are gone"
                ));
            }
        }
        Some(Secrets::new(
            first,
            named.into_iter().map(|(_, old)| old).collect(),
        ))
    }
}

pub(super) struct OriginSettings {
    pub(super) origins: Vec<String>,
    pub(super) prefix: Option<String>,
    pub(super) trust_host: Option<bool>,
}

pub(super) struct ResolvedOrigins {
    pub(super) policy: OriginPolicy,
    pub(super) prefix: String,
}

impl ResolvedOrigins {
    /// Whether every browser that can use this server is on this machine.
    pub(super) fn stays_on_loopback(&self) -> bool {
        match &self.policy {
            OriginPolicy::Fixed(origins) => origins.iter().all(Origin::is_loopback),
            OriginPolicy::LoopbackOnly => true,
            OriginPolicy::Forwarded => false,
        }
    }
}

impl OriginSettings {
    pub(super) fn resolve(
        self,
        environment: &Environment,
        problems: &mut Vec<BuildProblem>,
        warnings: &mut Vec<String>,
    ) -> ResolvedOrigins {
        let mut fixed = Vec::new();
        let mut url_path = None;
        for text in &self.origins {
            match Origin::parse(text) {
                Ok(origin) => fixed.push(origin),
                Err(_) => problems.push(BuildProblem::OriginInvalid {
                    setting: ".origins(..)",
                }),
            }
        }
        if self.origins.is_empty()
            && let Some(text) = environment.get("AUTH_URL")
        {
            match split_auth_url(text) {
                Some((origin, path)) => {
                    fixed.push(origin);
                    url_path = path;
                }
                None => problems.push(BuildProblem::OriginInvalid {
                    setting: "AUTH_URL",
                }),
            }
        }
        for origin in &fixed {
            if !origin.is_secure() && !origin.is_loopback() {
                warnings.push(format!(
                    "{} is not https: cookies travel in the clear",
                    origin.as_str()
                ));
            }
        }

        let trust = self
            .trust_host
            .unwrap_or_else(|| match environment.get("AUTH_TRUST_HOST") {
                None | Some("false" | "0") => false,
                Some("true" | "1") => true,
                Some(_) => {
                    problems.push(BuildProblem::TrustHostInvalid);
                    false
                }
            });
        let policy = if !fixed.is_empty() {
            OriginPolicy::Fixed(fixed)
        } else if trust {
            OriginPolicy::Forwarded
        } else {
            OriginPolicy::LoopbackOnly
        };

        let prefix = match (self.prefix, url_path) {
            (Some(prefix), Some(path)) if prefix != path => {
                problems.push(BuildProblem::PrefixMismatch {
                    path,
                    prefix: prefix.clone(),
                });
                prefix
            }
            (Some(prefix), _) => prefix,
            (None, Some(path)) => path,
            (None, None) => DEFAULT_PREFIX.to_owned(),
        };
        if !is_plain_path(&prefix) {
            problems.push(BuildProblem::PrefixInvalid {
                prefix: prefix.clone(),
            });
        }
        ResolvedOrigins { policy, prefix }
    }
}

/// The origin in `AUTH_URL`, and its path unless that is `/`.
fn split_auth_url(text: &str) -> Option<(Origin, Option<String>)> {
    let url = Url::parse(text.trim()).ok()?;
    if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
        return None;
    }
    let path = url.path().trim_end_matches('/');
    let path = (!path.is_empty()).then(|| path.to_owned());
    let origin = Origin::parse(&url.origin().ascii_serialization()).ok()?;
    Some((origin, path))
}

/// `/a/b`: segments of letters, digits, `-`, `_` and `.`, none of them made of dots alone.
pub(crate) fn is_plain_path(path: &str) -> bool {
    path.strip_prefix('/').is_some_and(|rest| {
        rest.split('/').all(|segment| {
            segment
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
                && segment.bytes().any(|b| b != b'.')
        })
    })
}

impl SessionLifetime {
    pub(super) fn check(&self, problems: &mut Vec<BuildProblem>) {
        let mut at_least_a_second = |setting, duration: std::time::Duration| {
            if duration.as_secs() == 0 {
                problems.push(BuildProblem::DurationTooShort { setting });
            }
        };
        at_least_a_second("session_max_age", self.max_age);
        if let Some(absolute) = self.absolute {
            at_least_a_second("session_absolute_lifetime", absolute);
        }
    }
}
