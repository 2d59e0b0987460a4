//! What a provider says about itself (OpenID Connect Discovery 1.0).

use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};
use url::Url;

use crate::http::{HttpError, Outbound, PlainHttp, is_loopback};
use crate::oidc::json_object;

/// Longest issuer or endpoint accepted, in bytes.
const MAX_URL: usize = 2 * 1024;

/// The identifier of a provider, spelled as it was given: issuers are compared character by
/// character.
#[derive(Clone, Debug)]
pub(crate) struct Issuer {
    text: String,
    plain_http: PlainHttp,
    per_tenant: Option<PerTenant>,
}

/// How the tenants of one server share a discovery document: its `issuer` has a placeholder, and a
/// claim of each ID Token says what stands there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PerTenant {
    /// The path segments of a configured issuer that mean more than one tenant.
    pub(crate) shared: &'static [&'static str],
    /// What the document has in their place.
    pub(crate) placeholder: &'static str,
    /// The claim with the tenant's id, a UUID.
    pub(crate) claim: &'static str,
}

impl Issuer {
    /// Checks that `text` can be an issuer: an `https` URL (or `http`, on loopback or where it is
    /// allowed) without query, fragment or user information (Discovery §3).
    ///
    /// # Errors
    /// [`IssuerError`].
    pub(crate) fn parse(text: &str, plain_http: PlainHttp) -> Result<Self, IssuerError> {
        let url = Url::parse(text).map_err(|_| IssuerError::NotAUrl)?;
        if text.len() > MAX_URL
            || text
                .bytes()
                .any(|byte| byte <= b' ' || byte >= 0x7f || byte == b'\\')
        {
            return Err(IssuerError::NotAUrl);
        }
        if !may_call(&url, plain_http) {
            return Err(IssuerError::ForbiddenScheme);
        }
        // The parser would mend `https:op.example` and `https:/op.example`.
        if !text.starts_with(&format!("{}://", url.scheme())) {
            return Err(IssuerError::NotAUrl);
        }
        if text.contains(['?', '#', '@']) {
            return Err(IssuerError::ForbiddenPart);
        }
        // `https://good.example/../evil` would be fetched from elsewhere than it reads.
        let path = text
            .splitn(4, '/')
            .nth(3)
            .map_or("/".to_owned(), |path| format!("/{path}"));
        if path != url.path() {
            return Err(IssuerError::ForbiddenPart);
        }
        Ok(Self {
            text: text.to_owned(),
            plain_http,
            per_tenant: None,
        })
    }

    /// The issuer of a server whose tenants may share a discovery document.
    pub(crate) fn shared_by_tenants(mut self, per_tenant: Option<PerTenant>) -> Self {
        self.per_tenant = per_tenant;
        self
    }

    /// Whether `received` is this issuer with the placeholder in the place of its shared segment.
    fn template(&self, received: &str) -> Option<PerTenant> {
        let per_tenant = self.per_tenant?;
        let (before, after) = received.split_once(per_tenant.placeholder)?;
        per_tenant
            .shared
            .iter()
            .any(|shared| format!("{before}{shared}{after}") == self.text)
            .then_some(per_tenant)
    }

    /// Discovery §4.1: a terminating slash is removed first.
    fn configuration_url(&self) -> String {
        format!(
            "{}/.well-known/openid-configuration",
            self.text.trim_end_matches('/')
        )
    }

    /// What this issuer's own metadata may point to: plain `http` only if the issuer itself is
    /// reached that way, so that no provider on the internet can name our loopback services.
    fn may_name(&self, url: &Url) -> bool {
        match url.scheme() {
            "https" => true,
            "http" => {
                self.plain_http == PlainHttp::Everywhere
                    || (self.text.starts_with("http:") && may_call(url, self.plain_http))
            }
            _ => false,
        }
    }
}

fn may_call(url: &Url, plain_http: PlainHttp) -> bool {
    match (url.scheme(), url.host_str()) {
        ("https", Some(_)) => true,
        ("http", Some(host)) => plain_http == PlainHttp::Everywhere || is_loopback(host),
        _ => false,
    }
}

/// Why a text is no issuer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum IssuerError {
    /// It is no absolute URL in plain characters.
    #[error("the issuer is not a URL")]
    NotAUrl,
    /// It is not `https`, nor `http` where that is allowed.
    #[error("the issuer must be https, or http on loopback")]
    ForbiddenScheme,
    /// It has a query, a fragment, user information, or a path that does not read as it is
    /// resolved.
    #[error("the issuer must have no query, fragment, user information or dot segments")]
    ForbiddenPart,
}

/// The parts of a discovery document that we use, checked.
#[derive(Clone, Debug)]
pub(crate) struct ProviderMetadata {
    pub(crate) issuer: String,
    pub(crate) authorization_endpoint: Url,
    pub(crate) token_endpoint: Url,
    pub(crate) userinfo_endpoint: Option<Url>,
    pub(crate) jwks_uri: Url,
    /// RFC 9207 §3: every authorization response carries `iss`.
    pub(crate) authorization_response_iss_parameter_supported: bool,
    /// Set if `issuer` holds a placeholder.
    per_tenant: Option<PerTenant>,
}

impl ProviderMetadata {
    /// Fetches the document of `issuer`.
    ///
    /// # Errors
    /// [`DiscoveryError`].
    pub(crate) async fn fetch(
        issuer: &Issuer,
        outbound: &Outbound,
    ) -> Result<Self, DiscoveryError> {
        let body = get(&issuer.configuration_url(), outbound).await?;
        Self::parse(&body, issuer)
    }

    /// Reads a discovery document. What it says of algorithms and methods is not even looked at:
    /// those are ours to pin.
    ///
    /// # Errors
    /// `Malformed`, `UnexpectedIssuer`, `Missing`, `ForbiddenUrl`.
    fn parse(body: &[u8], issuer: &Issuer) -> Result<Self, DiscoveryError> {
        let document = json_object(body).ok_or(DiscoveryError::Malformed)?;
        // Discovery §4.3: the issuer must be identical to the one that was asked.
        let (received, per_tenant) = match document.get("issuer") {
            Some(Value::String(received)) if *received == issuer.text => (received, None),
            Some(Value::String(received)) => match issuer.template(received) {
                Some(per_tenant) => (received, Some(per_tenant)),
                None => return Err(DiscoveryError::UnexpectedIssuer),
            },
            _ => return Err(DiscoveryError::Missing("issuer")),
        };
        let optional = |name| endpoint(&document, name, issuer);
        let required = |name| optional(name)?.ok_or(DiscoveryError::Missing(name));
        Ok(Self {
            issuer: received.clone(),
            per_tenant,
            authorization_endpoint: required("authorization_endpoint")?,
            token_endpoint: required("token_endpoint")?,
            userinfo_endpoint: optional("userinfo_endpoint")?,
            jwks_uri: required("jwks_uri")?,
            authorization_response_iss_parameter_supported: match document
                .get("authorization_response_iss_parameter_supported")
            {
                None | Some(Value::Null) => false,
                Some(Value::Bool(supported)) => *supported,
                Some(_) => return Err(DiscoveryError::Malformed),
            },
        })
    }

    /// The `iss` that an authorization response may carry (RFC 9207), if that is known before the
    /// tenant is.
    pub(crate) fn response_issuer(&self) -> Option<&str> {
        self.per_tenant.is_none().then_some(self.issuer.as_str())
    }

    /// The issuer of an ID Token: this one, or that of the tenant which the token names. The
    /// tenant is proved by the signature, for it covers both claims. `None` if it names none.
    pub(crate) fn issuer_of<'t>(
        &self,
        claim: impl FnOnce(&str) -> Option<&'t str>,
    ) -> Option<String> {
        match self.per_tenant {
            None => Some(self.issuer.clone()),
            Some(PerTenant {
                placeholder,
                claim: name,
                ..
            }) => claim(name)
                .filter(|tenant| is_uuid(tenant))
                .map(|tenant| self.issuer.replace(placeholder, tenant)),
        }
    }
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

fn endpoint(
    document: &Map<String, Value>,
    name: &'static str,
    issuer: &Issuer,
) -> Result<Option<Url>, DiscoveryError> {
    let text = match document.get(name) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) if text.len() <= MAX_URL => text,
        Some(_) => return Err(DiscoveryError::ForbiddenUrl(name)),
    };
    let url = Url::parse(text).map_err(|_| DiscoveryError::ForbiddenUrl(name))?;
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    if !plain || !issuer.may_name(&url) {
        return Err(DiscoveryError::ForbiddenUrl(name));
    }
    Ok(Some(url))
}

/// The body of a document that answers with status 200.
pub(super) async fn get(url: &str, outbound: &Outbound) -> Result<Vec<u8>, DiscoveryError> {
    let request = http::Request::get(url)
        .header(http::header::ACCEPT, "application/json")
        .header(http::header::USER_AGENT, crate::oauth::PRODUCT)
        .body(Vec::new())
        .map_err(HttpError::Request)?;
    let response = outbound.send(request).await?;
    match response.status().as_u16() {
        200 => Ok(response.into_body()),
        status => Err(DiscoveryError::Status(status)),
    }
}

/// Why a provider's metadata or keys are not known. Cloned to all who waited for them.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum DiscoveryError {
    /// The provider did not answer.
    #[error("the provider did not answer")]
    Http(#[source] Arc<HttpError>),
    /// The provider answered with another status than 200.
    #[error("the provider answered with status {0}")]
    Status(u16),
    /// The answer is not the JSON that it should be.
    #[error("the provider's metadata or keys do not have the documented form")]
    Malformed,
    /// The document is another issuer's.
    #[error("the discovery document names another issuer than the configured one")]
    UnexpectedIssuer,
    /// A required member is not there.
    #[error("the discovery document has no {0}")]
    Missing(&'static str),
    /// A member is no URL that may be called.
    #[error("the {0} of the discovery document is not a URL that may be called")]
    ForbiddenUrl(&'static str),
    /// The work was dropped before it ended: the process is shutting down.
    #[error("the request for the provider's metadata was interrupted")]
    Interrupted,
}

impl From<HttpError> for DiscoveryError {
    fn from(error: HttpError) -> Self {
        Self::Http(Arc::new(error))
    }
}

impl fmt::Display for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests;
