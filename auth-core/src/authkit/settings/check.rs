//! The rules for each setting of AuthKit. What breaks one is written down, and the next is looked at.

use std::collections::BTreeSet;
use std::time::Duration;

use url::{Host, Url};

use crate::authkit::exchange::LANGUAGE_COOKIE;
use crate::authkit::route::{Paths, Route};
use crate::authkit::verifier::VERIFIER_COOKIE;
use crate::authkit::workos::{
    ApiAddress, ApiAddressError, ApiScheme, CredentialsError, DEFAULT_HOSTNAME, WorkOsCredentials,
};
use crate::builder::BuildProblem;
use crate::builder::environment::Environment;
use crate::builder::settings::is_plain_path;
use crate::cookie::SameSite;
use crate::origin::Origin;
use crate::return_to::ReturnTo;
use crate::seal::iron::{IronPassword, IronPasswordError, IronPasswords};
use crate::secret::Secret;

/// The environment, and what is wrong so far.
pub(super) struct Check<'a> {
    pub(super) environment: &'a Environment,
    pub(super) problems: &'a mut Vec<BuildProblem>,
    pub(super) warnings: &'a mut Vec<String>,
}

impl Check<'_> {
    /// Warns of variables that nothing reads and that look like one of ours.
    pub(super) fn mistyped(&mut self) {
        let known: BTreeSet<String> = KNOWN.iter().map(|name| (*name).to_owned()).collect();
        self.warnings.extend(self.environment.unlike(&known));
    }

    fn required(&mut self, variable: &'static str, hint: &'static str) -> Option<String> {
        let value = self.environment.get(variable).map(str::to_owned);
        if value.is_none() {
            self.problems
                .push(BuildProblem::SettingMissing { variable, hint });
        }
        value
    }

    fn invalid(&mut self, setting: &'static str, expected: &'static str) {
        self.problems
            .push(BuildProblem::SettingInvalid { setting, expected });
    }

    /// What was set, or the variable; and the name of where it came from.
    fn either(
        &self,
        set: Option<String>,
        setter: &'static str,
        variable: &'static str,
    ) -> Option<(String, &'static str)> {
        set.map(|value| (value, setter)).or_else(|| {
            let value = self.environment.get(variable)?;
            Some((value.to_owned(), variable))
        })
    }

    pub(super) fn credentials(
        &mut self,
        client_id: Option<String>,
        api_key: Option<Secret<String>>,
    ) -> Option<WorkOsCredentials> {
        const HINT: &str = "it is in the dashboard under API Keys";
        let client_id = client_id.or_else(|| self.required(CLIENT_ID, HINT));
        let api_key = api_key.or_else(|| self.required(API_KEY, HINT).map(Secret::from));
        let credentials = WorkOsCredentials::new(client_id?, api_key?);
        match &credentials {
            Err(CredentialsError::ClientId) => self.invalid(CLIENT_ID, "a word such as `client_…`"),
            Err(_) => self.invalid(API_KEY, "a word such as `sk_…`"),
            Ok(_) => {}
        }
        credentials.ok()
    }

    pub(super) fn redirect_uri(&mut self, set: Option<String>) -> Option<Redirect> {
        let Some((text, setting)) = self.either(set, ".redirect_uri(..)", REDIRECT_URI) else {
            self.required(REDIRECT_URI, "such as http://localhost:3000/callback");
            return None;
        };
        let redirect = parse_redirect_uri(text.trim());
        match &redirect {
            None => self
                .problems
                .push(BuildProblem::RedirectUriInvalid { setting }),
            Some(it) if !it.origin.is_secure() && !it.origin.is_loopback() => {
                self.warnings.push(format!(
                    "{} is not https: cookies travel in the clear",
                    it.origin.as_str()
                ));
            }
            Some(_) => {}
        }
        redirect
    }

    pub(super) fn passwords(
        &mut self,
        set: Vec<(String, Secret<String>)>,
    ) -> Option<IronPasswords> {
        let (setting, passwords) = if set.is_empty() {
            let password = self.required(PASSWORD, "the output of `openssl rand -base64 33`")?;
            (PASSWORD, vec![("1".to_owned(), password.into())])
        } else {
            (".cookie_password(..)", set)
        };
        let passwords = passwords.into_iter().map(|(id, password)| {
            let integrity = password.clone();
            (id, IronPassword::split(password, integrity))
        });
        let problem = match IronPasswords::with_ids(passwords) {
            Ok(passwords) => return Some(passwords),
            Err(IronPasswordError::TooShort { length, .. }) => BuildProblem::PasswordTooShort {
                setting,
                characters: length,
            },
            Err(IronPasswordError::InvalidId { id } | IronPasswordError::RepeatedId { id }) => {
                BuildProblem::PasswordIdInvalid { id }
            }
            Err(_) => BuildProblem::PasswordIdInvalid { id: String::new() },
        };
        self.problems.push(problem);
        None
    }

    pub(super) fn cookie_name(&mut self, set: Option<String>) -> String {
        let Some((name, setting)) = self.either(set, ".cookie_name(..)", NAME) else {
            return "wos-session".to_owned();
        };
        // RFC 6265 §4.1.1: a token. No prefix, whose rules the other attributes would have to meet.
        let is_token =
            |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        let is_name = !name.is_empty()
            && name.len() <= 64
            && name.bytes().all(is_token)
            && !name.starts_with("__")
            && !COOKIES.iter().any(|ours| name.starts_with(ours));
        if !is_name {
            let expected = "a cookie name such as `wos-session`, and not one of ours";
            self.invalid(setting, expected);
        }
        name
    }

    pub(super) fn domain(&mut self, set: Option<String>) -> Option<String> {
        let (text, setting) = self.either(set, ".cookie_domain(..)", DOMAIN)?;
        // A leading dot is of another age, and means the same (RFC 6265 §5.2.3).
        let domain = text.trim().trim_start_matches('.').to_ascii_lowercase();
        let is_name = matches!(Host::parse(&domain), Ok(Host::Domain(parsed)) if parsed == domain);
        if !is_name || domain.len() > 255 {
            self.invalid(setting, "a domain name such as `app.example`");
        }
        Some(domain)
    }

    pub(super) fn max_age(&mut self, set: Option<Duration>) -> u64 {
        let seconds = match (set, self.environment.get(MAX_AGE)) {
            (Some(set), _) => Some(set.as_secs()),
            (None, Some(text)) => text.trim().parse().ok(),
            (None, None) => Some(DEFAULT_MAX_AGE.as_secs()),
        };
        let acceptable = seconds.filter(|seconds| (1..=i32::MAX as u64).contains(seconds));
        if acceptable.is_none() {
            self.invalid(MAX_AGE, "a number of seconds");
        }
        acceptable.unwrap_or_default()
    }

    pub(super) fn same_site(&mut self, set: Option<SameSite>) -> SameSite {
        let from_environment = || {
            SAME_SITE
                .into_iter()
                .find_map(|name| Some((name, self.environment.get(name)?)))
        };
        match (set, from_environment()) {
            (Some(set), _) => set,
            (None, None) => SameSite::Lax,
            (None, Some((name, text))) => match text.trim().to_ascii_lowercase().as_str() {
                "strict" => SameSite::Strict,
                "lax" => SameSite::Lax,
                "none" => SameSite::None,
                _ => {
                    self.invalid(name, "`lax`, `strict` or `none`");
                    SameSite::Lax
                }
            },
        }
    }

    pub(super) fn api(
        &mut self,
        hostname: Option<String>,
        https: Option<bool>,
        port: Option<u16>,
    ) -> Option<ApiAddress> {
        let hostname = self.either(hostname, ".api_hostname(..)", HOSTNAME);
        let https = https.unwrap_or_else(|| match self.environment.get(HTTPS) {
            None => true,
            Some(text) => match text.trim().to_ascii_lowercase().as_str() {
                "true" | "1" => true,
                "false" | "0" => false,
                _ => {
                    self.invalid(HTTPS, "`true` or `false`");
                    true
                }
            },
        });
        let port = port.or_else(|| {
            let text = self.environment.get(PORT)?;
            let port = text.trim().parse().ok().filter(|port| *port != 0);
            if port.is_none() {
                self.invalid(PORT, "a port between 1 and 65535");
            }
            port
        });
        let scheme = match https {
            true => ApiScheme::Https,
            false => ApiScheme::Http,
        };
        let (hostname, setting) = match &hostname {
            Some((hostname, setting)) => (hostname.trim(), *setting),
            None => (DEFAULT_HOSTNAME, HOSTNAME),
        };
        match ApiAddress::new(scheme, hostname, port) {
            Ok(address) => return Some(address),
            Err(ApiAddressError::PlainHttp { .. }) => {
                self.invalid(HTTPS, "`true`, or a hostname on loopback");
            }
            Err(_) => self.invalid(setting, "a host name without scheme, port and path"),
        }
        None
    }

    pub(super) fn issuers(&mut self, set: Vec<String>) -> Vec<String> {
        let (issuers, setting) = match self.environment.get(ISSUER) {
            Some(list) if set.is_empty() => {
                let items = list.split(',').map(|item| item.trim().to_owned());
                (items.filter(|item| !item.is_empty()).collect(), ISSUER)
            }
            _ => (set, ".issuers(..)"),
        };
        if issuers.iter().any(|issuer| Url::parse(issuer).is_err()) {
            self.invalid(setting, "a list of URLs");
        }
        issuers
    }

    pub(super) fn paths(&mut self, paths: &Paths, has_callback: bool) {
        let mut seen = BTreeSet::new();
        for (path, route) in paths.all() {
            let setting = match route {
                Route::SignIn => ".sign_in_path(..)",
                Route::SignUp => ".sign_up_path(..)",
                Route::Callback if !has_callback => continue,
                Route::Callback => REDIRECT_URI,
                Route::SignOut => ".sign_out_path(..)",
                Route::Me => ".me_path(..)",
                Route::Stylesheet => "the stylesheet",
            };
            let path = path.to_owned();
            if !is_plain_path(&path) {
                self.problems
                    .push(BuildProblem::PathInvalid { setting, path });
            } else if !seen.insert(path.clone()) {
                self.problems
                    .push(BuildProblem::PathRepeated { setting, path });
            }
        }
    }

    pub(super) fn after(
        &mut self,
        setting: &'static str,
        path: &str,
        origin: &Option<Origin>,
    ) -> Option<ReturnTo> {
        let origin = origin.as_ref()?;
        let parsed = ReturnTo::parse(path, origin);
        if parsed.is_none() {
            self.problems.push(BuildProblem::PathInvalid {
                setting,
                path: path.to_owned(),
            });
        }
        parsed
    }
}

/// The redirect URI, taken apart.
pub(super) struct Redirect {
    pub(super) text: String,
    pub(super) origin: Origin,
    pub(super) path: String,
}

fn parse_redirect_uri(text: &str) -> Option<Redirect> {
    let url = Url::parse(text).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https");
    let is_plain = url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    let path = url.path().to_owned();
    if !is_web || !is_plain || !is_plain_path(&path) {
        return None;
    }
    Some(Redirect {
        origin: Origin::parse(&url.origin().ascii_serialization()).ok()?,
        text: text.to_owned(),
        path,
    })
}

/// What the names of our other cookies begin with. None has a dot, so none is that of a chunk.
const COOKIES: [&str; 2] = [LANGUAGE_COOKIE, VERIFIER_COOKIE];

/// 400 days: the longest that browsers keep a cookie.
const DEFAULT_MAX_AGE: Duration = Duration::from_secs(400 * 24 * 60 * 60);

const API_KEY: &str = "WORKOS_API_KEY";
const CLIENT_ID: &str = "WORKOS_CLIENT_ID";
const REDIRECT_URI: &str = "WORKOS_REDIRECT_URI";
const PASSWORD: &str = "WORKOS_COOKIE_PASSWORD";
const NAME: &str = "WORKOS_COOKIE_NAME";
const DOMAIN: &str = "WORKOS_COOKIE_DOMAIN";
const MAX_AGE: &str = "WORKOS_COOKIE_MAX_AGE";
const SAME_SITE: [&str; 2] = ["WORKOS_COOKIE_SAMESITE", "WORKOS_COOKIE_SAME_SITE"];
const HOSTNAME: &str = "WORKOS_API_HOSTNAME";
const HTTPS: &str = "WORKOS_API_HTTPS";
const PORT: &str = "WORKOS_API_PORT";
const ISSUER: &str = "WORKOS_ISSUER";

/// Every variable that is read, or that is another tool's and no mistake.
const KNOWN: [&str; 15] = [
    API_KEY,
    CLIENT_ID,
    REDIRECT_URI,
    PASSWORD,
    NAME,
    DOMAIN,
    MAX_AGE,
    SAME_SITE[0],
    SAME_SITE[1],
    HOSTNAME,
    HTTPS,
    PORT,
    ISSUER,
    "WORKOS_CLAIM_TOKEN",
    "WORKOS_WEBHOOK_SECRET",
];
