//! The settings of AuthKit, and the rules that turn them into what is used.

mod check;
#[cfg(test)]
mod tests;

use std::time::Duration;

use self::check::Check;
use super::cookie::{Attributes, SessionCookie};
use super::route::{Paths, STYLE_PREFIX};
use super::workos::{ApiAddress, WorkOsCredentials};
use crate::builder::BuildProblem;
use crate::builder::environment::Environment;
use crate::cookie::SameSite;
use crate::origin::Origin;
use crate::return_to::ReturnTo;
use crate::seal::iron::IronPasswords;
use crate::secret::Secret;

/// What the application set; what is missing comes from the environment.
pub(super) struct Settings {
    pub(super) api_key: Option<Secret<String>>,
    pub(super) client_id: Option<String>,
    pub(super) redirect_uri: Option<String>,
    pub(super) cookie_passwords: Vec<(String, Secret<String>)>,
    pub(super) cookie_name: Option<String>,
    pub(super) cookie_domain: Option<String>,
    pub(super) cookie_max_age: Option<Duration>,
    pub(super) cookie_same_site: Option<SameSite>,
    pub(super) api_hostname: Option<String>,
    pub(super) api_https: Option<bool>,
    pub(super) api_port: Option<u16>,
    pub(super) issuers: Vec<String>,
    pub(super) sign_in_path: String,
    pub(super) sign_up_path: String,
    pub(super) sign_out_path: String,
    pub(super) me_path: String,
    pub(super) after_sign_in: String,
    pub(super) after_sign_out: String,
    pub(super) refresh_buffer: Option<Duration>,
    pub(super) bearer_tokens: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            api_key: None,
            client_id: None,
            redirect_uri: None,
            cookie_passwords: Vec::new(),
            cookie_name: None,
            cookie_domain: None,
            cookie_max_age: None,
            cookie_same_site: None,
            api_hostname: None,
            api_https: None,
            api_port: None,
            issuers: Vec::new(),
            sign_in_path: "/sign-in".to_owned(),
            sign_up_path: "/sign-up".to_owned(),
            sign_out_path: "/sign-out".to_owned(),
            me_path: format!("{STYLE_PREFIX}/me"),
            after_sign_in: "/dashboard".to_owned(),
            after_sign_out: "/".to_owned(),
            refresh_buffer: None,
            bearer_tokens: false,
        }
    }
}

/// The settings in force, all of them checked.
pub(super) struct Resolved {
    pub(super) credentials: WorkOsCredentials,
    /// As the dashboard has it, byte for byte.
    pub(super) redirect_uri: String,
    pub(super) origin: Origin,
    pub(super) passwords: IronPasswords,
    pub(super) cookie: SessionCookie,
    pub(super) api: ApiAddress,
    /// Empty for the default.
    pub(super) issuers: Vec<String>,
    pub(super) paths: Paths,
    pub(super) after_sign_in: ReturnTo,
    pub(super) after_sign_out: ReturnTo,
    pub(super) refresh_buffer: Option<Duration>,
    pub(super) bearer_tokens: bool,
}

impl Settings {
    /// The settings in force; `None` when something is missing, which `problems` then names.
    pub(super) fn resolve(
        self,
        environment: &Environment,
        problems: &mut Vec<BuildProblem>,
        warnings: &mut Vec<String>,
    ) -> Option<Resolved> {
        let mut check = Check {
            environment,
            problems,
            warnings,
        };
        let credentials = check.credentials(self.client_id, self.api_key);
        let redirect = check.redirect_uri(self.redirect_uri);
        let passwords = check.passwords(self.cookie_passwords);
        let is_secure = redirect.as_ref().is_none_or(|it| it.origin.is_secure());
        let cookie = SessionCookie {
            name: check.cookie_name(self.cookie_name),
            max_age: check.max_age(self.cookie_max_age),
            attributes: Attributes {
                domain: check.domain(self.cookie_domain),
                same_site: check.same_site(self.cookie_same_site),
                secure: is_secure,
            },
        };
        let api = check.api(self.api_hostname, self.api_https, self.api_port);
        let issuers = check.issuers(self.issuers);
        let paths = Paths {
            sign_in: self.sign_in_path,
            sign_up: self.sign_up_path,
            callback: redirect
                .as_ref()
                .map(|it| it.path.clone())
                .unwrap_or_default(),
            sign_out: self.sign_out_path,
            me: self.me_path,
        };
        check.paths(&paths, redirect.is_some());
        let origin = redirect.as_ref().map(|it| it.origin.clone());
        let after_sign_in = check.after(".after_sign_in(..)", &self.after_sign_in, &origin);
        let after_sign_out = check.after(".after_sign_out(..)", &self.after_sign_out, &origin);
        check.mistyped();

        let redirect = redirect?;
        Some(Resolved {
            credentials: credentials?,
            redirect_uri: redirect.text,
            origin: redirect.origin,
            passwords: passwords?,
            cookie,
            api: api?,
            issuers,
            paths,
            after_sign_in: after_sign_in?,
            after_sign_out: after_sign_out?,
            refresh_buffer: self.refresh_buffer,
            bearer_tokens: self.bearer_tokens,
        })
    }
}
