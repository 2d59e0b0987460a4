//! What the provider sends back through the browser (RFC 6749 §4.1.2, RFC 9207).

use std::borrow::Cow;
use std::fmt;

use crate::secret::{Secret, ct_eq};

/// The parameters of an authorization response, parsed and not yet believed.
///
/// # Security
/// Whoever can make a browser follow a link writes these. Only [`verify`](Self::verify) makes an
/// [`AuthorizationCode`] of them.
pub(crate) struct AuthorizationResponse {
    code: Option<Secret<String>>,
    state: Option<String>,
    iss: Option<String>,
    error: Option<ProviderErrorCode>,
}

/// What the response must say to belong to the request that this browser began.
#[derive(Clone, Copy)]
pub(crate) struct ExpectedResponse<'a> {
    /// The `state` of the request.
    pub(crate) state: &'a str,
    /// The issuer of the provider, where it has one.
    pub(crate) issuer: Option<&'a str>,
    /// Whether the provider announced that it always sends `iss`
    /// (`authorization_response_iss_parameter_supported`).
    pub(crate) iss_required: bool,
}

/// A code that came with the right `state`, from the right issuer.
pub(crate) struct AuthorizationCode(Secret<String>);

/// Longest `code` accepted, in bytes. The longest ones in use have some 2,000.
const MAX_CODE: usize = 8 * 1024;
/// Longest `state` and `iss` accepted, in bytes. A `state` that is sealed has a cookie to fit into.
const MAX_VALUE: usize = 4 * 1024;

impl AuthorizationResponse {
    /// Reads the parameters of the query or of the posted form, percent-decoded.
    ///
    /// # Errors
    /// `Repeated`, `TooLong`, `Malformed`. Unknown parameters are ignored (RFC 6749 §4.1.2).
    pub(crate) fn parse<'a>(
        pairs: impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)>,
    ) -> Result<Self, AuthorizationResponseError> {
        let [
            mut code,
            mut state,
            mut iss,
            mut error,
            mut described,
            mut linked,
        ] = [const { None::<Cow<'a, str>> }; 6];
        for (name, value) in pairs {
            let slot = match &*name {
                "code" => &mut code,
                "state" => &mut state,
                "iss" => &mut iss,
                "error" => &mut error,
                "error_description" => &mut described,
                "error_uri" => &mut linked,
                _ => continue,
            };
            // RFC 6749 §3.1: parameters must not be included more than once.
            if slot.replace(value).is_some() {
                return Err(AuthorizationResponseError::Repeated);
            }
        }
        Ok(Self {
            code: bounded(code, MAX_CODE)?.map(Secret::from),
            state: bounded(state, MAX_VALUE)?,
            iss: bounded(iss, MAX_VALUE)?,
            // The provider's own words stop here: they would only be shown or logged.
            error: error
                .filter(|error| !error.is_empty())
                .map(|error| ProviderErrorCode::from_wire(&error)),
        })
    }

    /// The `state`, by which the transaction is found.
    ///
    /// # Errors
    /// `MissingState`.
    pub(crate) fn state(&self) -> Result<&str, AuthorizationResponseError> {
        self.state
            .as_deref()
            .ok_or(AuthorizationResponseError::MissingState)
    }

    /// Whether it claims that somebody has signed in.
    pub(crate) fn is_success(&self) -> bool {
        self.code.is_some() && self.error.is_none()
    }

    /// Checks that the response answers the request that was made, and takes the code out of it.
    ///
    /// # Errors
    /// Every variant but those of [`parse`](Self::parse). An error answer is checked like a
    /// success, and wins over a code.
    pub(crate) fn verify(
        self,
        expected: &ExpectedResponse<'_>,
    ) -> Result<AuthorizationCode, AuthorizationResponseError> {
        // RFC 6749 §10.12
        if !ct_eq(self.state()?.as_bytes(), expected.state.as_bytes()) {
            return Err(AuthorizationResponseError::UnexpectedState);
        }
        // RFC 9207 §2.4: on error answers too, by simple string comparison
        match (&self.iss, expected.issuer) {
            (Some(iss), Some(issuer)) if iss != issuer => {
                return Err(AuthorizationResponseError::UnexpectedIssuer);
            }
            (None, _) if expected.iss_required => {
                return Err(AuthorizationResponseError::MissingIssuer);
            }
            _ => {}
        }
        if let Some(error) = self.error {
            return Err(AuthorizationResponseError::Denied { error });
        }
        self.code
            .map(AuthorizationCode)
            .ok_or(AuthorizationResponseError::MissingCode)
    }
}

impl AuthorizationCode {
    /// The code, to be sent to the token endpoint of this provider and nowhere else.
    pub(crate) fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// A value of `1*VSCHAR` (RFC 6749 appendix A.5, A.11) of at most `max` bytes. One without a value
/// counts as left out (RFC 6749 §3.1).
fn bounded(
    value: Option<Cow<'_, str>>,
    max: usize,
) -> Result<Option<String>, AuthorizationResponseError> {
    let Some(value) = value.filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    if value.len() > max {
        return Err(AuthorizationResponseError::TooLong);
    }
    if !value.bytes().all(|byte| (0x20..=0x7e).contains(&byte)) {
        return Err(AuthorizationResponseError::Malformed);
    }
    Ok(Some(value.into_owned()))
}

impl fmt::Debug for AuthorizationResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizationResponse")
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for AuthorizationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthorizationCode([redacted])")
    }
}

/// Why there is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum AuthorizationResponseError {
    /// A parameter of the protocol occurs twice.
    #[error("a parameter of the authorization response is repeated")]
    Repeated,
    /// A value exceeds its bound.
    #[error("a parameter of the authorization response is too long")]
    TooLong,
    /// A value holds characters that cannot be there.
    #[error("a parameter of the authorization response has forbidden characters")]
    Malformed,
    /// There is no `state`.
    #[error("the authorization response has no state")]
    MissingState,
    /// The `state` is not the one that was sent.
    #[error("the authorization response has another state than the request")]
    UnexpectedState,
    /// The provider always sends `iss`, and did not.
    #[error("the authorization response has no iss, which this provider always sends")]
    MissingIssuer,
    /// The `iss` is another provider's.
    #[error("the authorization response comes from another issuer")]
    UnexpectedIssuer,
    /// The provider said no.
    #[error("the provider answered with an error ({error})")]
    Denied {
        /// What it said, as far as it is known.
        error: ProviderErrorCode,
    },
    /// There is neither a code nor an error.
    #[error("the authorization response has no code")]
    MissingCode,
}

/// The errors that a provider may answer with (RFC 6749 §4.1.2.1, OIDC Core §3.1.2.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) enum ProviderErrorCode {
    /// The person, or the provider, refused.
    AccessDenied,
    /// The provider would have had to ask for a sign-in, and was told not to.
    LoginRequired,
    /// The provider would have had to ask for consent, and was told not to.
    ConsentRequired,
    /// The provider would have had to show something, and was told not to.
    InteractionRequired,
    /// The person would have had to pick an account.
    AccountSelectionRequired,
    /// The request was malformed.
    InvalidRequest,
    /// A scope is unknown or not ours to ask for.
    InvalidScope,
    /// This client may not do this.
    UnauthorizedClient,
    /// The provider does not know `response_type=code`.
    UnsupportedResponseType,
    /// The provider failed.
    ServerError,
    /// The provider is overloaded.
    TemporarilyUnavailable,
    /// Anything else; what it was is not kept.
    Other,
}

impl ProviderErrorCode {
    const KNOWN: [(&'static str, Self); 11] = [
        ("access_denied", Self::AccessDenied),
        ("login_required", Self::LoginRequired),
        ("consent_required", Self::ConsentRequired),
        ("interaction_required", Self::InteractionRequired),
        ("account_selection_required", Self::AccountSelectionRequired),
        ("invalid_request", Self::InvalidRequest),
        ("invalid_scope", Self::InvalidScope),
        ("unauthorized_client", Self::UnauthorizedClient),
        ("unsupported_response_type", Self::UnsupportedResponseType),
        ("server_error", Self::ServerError),
        ("temporarily_unavailable", Self::TemporarilyUnavailable),
    ];

    fn from_wire(text: &str) -> Self {
        Self::KNOWN
            .iter()
            .find(|(name, _)| *name == text)
            .map_or(Self::Other, |(_, code)| *code)
    }

    /// The word of the specification; `other` for a word that is not in it.
    pub(crate) fn as_str(self) -> &'static str {
        Self::KNOWN
            .iter()
            .find(|(_, code)| *code == self)
            .map_or("other", |(name, _)| name)
    }
}

impl fmt::Display for ProviderErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests;
