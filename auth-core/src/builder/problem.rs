//! What can be wrong with a configuration.

use std::fmt;

/// Everything that is wrong with the configuration.
#[derive(Debug)]
pub struct BuildError {
    problems: Vec<BuildProblem>,
}

impl BuildError {
    pub(crate) fn new(problems: Vec<BuildProblem>) -> Self {
        Self { problems }
    }

    /// The problems, in the order of the settings. Never empty.
    pub fn problems(&self) -> &[BuildProblem] {
        &self.problems
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sign-in is not configured")?;
        for problem in &self.problems {
            write!(f, "\n  - {problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for BuildError {}

/// One thing that is wrong with the configuration. The message names the setting and the cure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildProblem {
    /// There is no secret, and this is not a debug build on loopback, where one is generated.
    #[error(
        "AUTH_SECRET is missing: set it to the output of `auth secret` or `openssl rand -base64 33`"
    )]
    SecretMissing,
    /// The secret that encrypts is too short.
    #[error("{setting} is too short: it has {bytes} bytes and needs at least 32")]
    SecretTooShort {
        /// The setting that holds it.
        setting: String,
        /// Its length in bytes.
        bytes: usize,
    },
    /// A provider was registered and half of its credentials are missing.
    #[error("{variable} is missing: provider `{provider}` is registered")]
    CredentialMissing {
        /// The id of the registration.
        provider: String,
        /// The variable to set.
        variable: String,
    },
    /// The provider has tenants, and none was named.
    #[error("{variable} is missing: provider `{provider}` has no issuer of its own")]
    IssuerMissing {
        /// The id of the registration.
        provider: String,
        /// The variable to set.
        variable: String,
    },
    /// The issuer is not an acceptable URL.
    #[error(
        "the issuer of provider `{provider}` is not acceptable: an https URL without query, \
         fragment or user name is needed (http on loopback only)"
    )]
    IssuerInvalid {
        /// The id of the registration.
        provider: String,
    },
    /// The base URL or the userinfo endpoint is not an acceptable URL.
    #[error(
        "{setting} of provider `{provider}` is not acceptable: an https URL without fragment or \
         user name is needed (http on loopback only)"
    )]
    UrlInvalid {
        /// The id of the registration.
        provider: String,
        /// The variable or setter.
        setting: &'static str,
    },
    /// The private key that client secrets are signed with is none.
    #[error("the private key of provider `{provider}` is no P-256 key in PKCS#8 PEM")]
    PrivateKeyInvalid {
        /// The id of the registration.
        provider: String,
    },
    /// A signing key was given to a provider that takes none.
    #[error("provider `{provider}` takes a client secret, not a key")]
    PrivateKeyUnexpected {
        /// The id of the registration.
        provider: String,
    },
    /// An issuer was given to a provider that has one of its own, or none at all.
    #[error("provider `{provider}` takes no issuer")]
    IssuerUnexpected {
        /// The id of the registration.
        provider: String,
    },
    /// The id cannot stand in a path.
    #[error("`{id}` is no provider id: only a-z, 0-9, `-` and `_` are possible")]
    ProviderIdInvalid {
        /// The id as given.
        id: String,
    },
    /// Two registrations have one id.
    #[error("provider id `{id}` is registered twice: rename one with `.id(..)`")]
    ProviderIdRepeated {
        /// The id.
        id: String,
    },
    /// A provider is trusted with e-mail addresses and not registered.
    #[error("`link_verified_emails` names `{id}`, which is no registered provider")]
    TrustedProviderUnknown {
        /// The id as given.
        id: String,
    },
    /// A parameter of the protocol was set by hand.
    #[error(
        "authorization parameter `{parameter}` of provider `{provider}` belongs to the protocol"
    )]
    ParameterReserved {
        /// The id of the registration.
        provider: String,
        /// The parameter.
        parameter: String,
    },
    /// An origin is not `http(s)://host[:port]`.
    #[error("{setting} is no origin: `https://app.example` is the form")]
    OriginInvalid {
        /// The setting that holds it.
        setting: &'static str,
    },
    /// `AUTH_TRUST_HOST` is neither true nor false.
    #[error("AUTH_TRUST_HOST must be `true` or `false`")]
    TrustHostInvalid,
    /// The prefix is not a plain path.
    #[error("the prefix `{prefix}` is no path: `/api/auth` is the form")]
    PrefixInvalid {
        /// The prefix as given.
        prefix: String,
    },
    /// The path in `AUTH_URL` and the prefix differ.
    #[error("AUTH_URL has the path `{path}`, but the routes are mounted at `{prefix}`")]
    PrefixMismatch {
        /// The path in `AUTH_URL`.
        path: String,
        /// The prefix in force.
        prefix: String,
    },
    /// A page of the application is not at a path of this site, or at one of the routes.
    #[error(
        "page `{page}` cannot be at `{path}`: a path of this site outside of the routes is needed, \
         such as `/login`"
    )]
    PageInvalid {
        /// The setter.
        page: &'static str,
        /// The path as given.
        path: String,
    },
    /// A page is replaced twice, by an address and by a function.
    #[error("page `{page}` is replaced by a path and by `render_{page}`: keep one of them")]
    PageReplacedTwice {
        /// The page.
        page: &'static str,
    },
    /// A setting of the theme cannot be used.
    #[error("`{setting}` of the theme cannot be used: {expected} is needed")]
    ThemeInvalid {
        /// The setter.
        setting: &'static str,
        /// What is needed.
        expected: &'static str,
    },
    /// There is no language for the pages.
    #[error("`languages` needs one language at least")]
    LanguagesEmpty,
    /// The tag of a language is none (BCP 47).
    #[error("`{tag}` is no language tag: `de-AT` is the form")]
    LanguageTagInvalid {
        /// The tag as given.
        tag: &'static str,
    },
    /// Two languages have one tag.
    #[error("language `{tag}` is there twice: give one of them another tag with `.renamed(..)`")]
    LanguageRepeated {
        /// The tag.
        tag: &'static str,
    },
    /// A text of a language has too many gaps for names, or too few.
    #[error("language `{tag}`: `{text}` must have the gap `{{}}` {gaps} times")]
    LanguageGaps {
        /// The tag of the language.
        tag: &'static str,
        /// The text.
        text: &'static str,
        /// How many gaps it must have.
        gaps: usize,
    },
    /// A duration makes no sense.
    #[error("`{setting}` must be at least one second")]
    DurationTooShort {
        /// The setter.
        setting: &'static str,
    },
    /// The redirect proxy is not an address of the same routes.
    #[error(
        "AUTH_REDIRECT_PROXY_URL is not acceptable: `https://app.example{prefix}` is the form \
         (http on loopback only)"
    )]
    RedirectProxyInvalid {
        /// The prefix, which all deployments share.
        prefix: String,
    },
    /// The redirect proxy cannot pass answers on to this.
    #[error(
        "`{origin}` is no origin to pass answers on to: `https://next.example.com` and \
         `https://*.previews.example.com` are the forms (http on loopback only)"
    )]
    RedirectProxyOriginInvalid {
        /// The origin as given.
        origin: String,
    },
    /// A cookie would not be kept, or not be sent back.
    #[error("cookie `{name}` {problem}")]
    Cookie {
        /// The name of the cookie.
        name: String,
        /// What is wrong with it.
        problem: CookieProblem,
    },
    /// A setting that AuthKit cannot do without is missing.
    #[error("{variable} is missing: {hint}")]
    SettingMissing {
        /// The variable to set.
        variable: &'static str,
        /// Where its value is found.
        hint: &'static str,
    },
    /// A password that seals sessions is too short.
    #[error(
        "{setting} is too short: it has {characters} characters and needs at least 32, as from \
         `openssl rand -base64 33`"
    )]
    PasswordTooShort {
        /// The setting that holds it.
        setting: &'static str,
        /// Its length, as JavaScript counts.
        characters: usize,
    },
    /// The id of a password cannot stand in a seal, or is there twice.
    #[error("`{id}` is no id for a password: a number is needed, each once")]
    PasswordIdInvalid {
        /// The id as given.
        id: String,
    },
    /// The redirect URI is not an absolute URL with a path of its own.
    #[error(
        "{setting} is not acceptable: an absolute http(s) URL with a path is needed, without \
         query, fragment or user name, such as `https://app.example/callback`"
    )]
    RedirectUriInvalid {
        /// The setting that holds it.
        setting: &'static str,
    },
    /// A value has another form than its setting needs.
    #[error("{setting} is not acceptable: {expected} is needed")]
    SettingInvalid {
        /// The variable or setter.
        setting: &'static str,
        /// What is needed.
        expected: &'static str,
    },
    /// The path of a route is none.
    #[error("{setting} is no path: `/sign-in` is the form, and not `{path}`")]
    PathInvalid {
        /// The setter.
        setting: &'static str,
        /// The path as given.
        path: String,
    },
    /// Two routes have one path.
    #[error("{setting} has the path `{path}`, which another route has")]
    PathRepeated {
        /// The setter.
        setting: &'static str,
        /// The path.
        path: String,
    },
}

/// Why a cookie would not be kept by a browser, or not be sent back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CookieProblem {
    /// The name is not a token (RFC 6265 §4.1.1), too long, or reads like a part of a session.
    #[error("needs a name of 1 to 100 letters, digits and `-._`, not ending in a dot and digits")]
    Name,
    /// Looking for one would find the other.
    #[error("and cookie `{other}` overlap: neither name may begin with the other")]
    Overlap {
        /// The other name.
        other: String,
    },
    /// The domain is no domain, or one that is not ours.
    #[error("cannot have the domain `{0}`: a domain like `example.com` that every origin lies in")]
    Domain(String),
    /// The path is no path, or requests to our own routes would lack the cookie.
    #[error("cannot have the path `{0}`: the routes must lie below it")]
    Path(String),
    /// `__Host-` with another path than `/`, or with a domain (RFC 6265bis §4.1.3.2).
    #[error("cannot have a domain or a path: give it a name without `__Host-`")]
    HostPrefix,
    /// `Secure` is asked for by something else, and missing.
    #[error("needs `Secure` because of {0}: use https, or `.secure_cookies()`")]
    NotSecure(&'static str),
    /// The answer of a provider, which comes from another site, would come without it.
    #[error("cannot be `SameSite=Strict`: it must come along from the provider")]
    StrictTransaction,
}
