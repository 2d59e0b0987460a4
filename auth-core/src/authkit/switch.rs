//! What an application does to the session of a request: another organisation, or a refresh before
//! its time.

use http::HeaderValue;

use super::kit::AuthKit;
use super::rotation::{Purpose, RotationError};
use super::session::RefreshError;
use super::workos::{ErrorCode, WorkOsError};
use crate::auth::cookies_of;
use crate::cookie::Cookies;
use crate::http::{Request, RequestView};
use crate::return_to::ReturnTo;
use crate::session::{ReadError, SealError, Session};
use crate::spawn::BoxFuture;

/// A session in another organisation: what to tell the browser.
#[derive(Debug)]
#[non_exhaustive]
pub struct Switched {
    /// Where to send the browser: on, or first to where the organisation asks for more, such as its
    /// single sign-on or a second factor.
    pub location: String,
    /// The `Set-Cookie` values that carry the session.
    pub cookies: Vec<HeaderValue>,
    /// The session, with its rights in the organisation; `None` if more is asked for.
    pub session: Option<Session>,
}

/// A session that took the place of another.
#[derive(Debug)]
#[non_exhaustive]
pub struct Refreshed {
    /// The session, with the rights it has now.
    pub session: Session,
    /// The `Set-Cookie` values that carry it.
    pub cookies: Vec<HeaderValue>,
}

/// Why a session could not be replaced.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SwitchError {
    /// Nobody is signed in, or not any more.
    #[error("nobody is signed in")]
    SignedOut,
    /// WorkOS does not let the person into the organisation.
    #[error("WorkOS refused")]
    Refused(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// WorkOS does not answer; the session is as it was.
    #[error("WorkOS cannot be asked at the moment")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The new session cannot be written.
    #[error("the session cannot be written")]
    Seal(#[from] SealError),
}

impl AuthKit {
    /// Gives the session of a request to another organisation of the same person. `return_to` is
    /// where they go on afterwards, a path of our own origin; it matters where WorkOS asks for
    /// more first.
    ///
    /// # Errors
    /// [`SwitchError`].
    pub fn switch_organization<'a>(
        &'a self,
        request: &dyn RequestView,
        organization_id: &'a str,
        return_to: &str,
    ) -> BoxFuture<'a, Result<Switched, SwitchError>> {
        let kit = self.inner();
        let return_to = ReturnTo::parse(return_to, &kit.origin);
        let location = return_to.unwrap_or_else(|| kit.after_sign_in.clone());
        let present = cookies_of(request);
        Box::pin(async move {
            let location = location.as_str();
            let purpose = Purpose::Switch(organization_id.to_owned());
            let outcome = self.replace(&present, &purpose).await;
            if let Err(RefreshError::Rotation(RotationError::WorkOs(error))) = &outcome
                && let Some(location) = self.elsewhere(error, organization_id, location)
            {
                return Ok(Switched {
                    location,
                    cookies: Vec::new(),
                    session: None,
                });
            }
            let Refreshed { session, cookies } = done(outcome)?;
            Ok(Switched {
                location: location.to_owned(),
                cookies,
                session: Some(session),
            })
        })
    }

    /// Refreshes the session of a request now: after its rights have changed at WorkOS, say.
    ///
    /// # Errors
    /// [`SwitchError`].
    pub fn refresh<'a>(
        &'a self,
        request: &dyn RequestView,
    ) -> BoxFuture<'a, Result<Refreshed, SwitchError>> {
        let present = cookies_of(request);
        Box::pin(async move {
            match self.replace(&present, &Purpose::Needed).await {
                Err(RefreshError::Rotation(error)) if error.is_terminal() => {
                    Err(SwitchError::SignedOut)
                }
                outcome => done(outcome),
            }
        })
    }

    async fn replace(
        &self,
        request: &Request,
        purpose: &Purpose,
    ) -> Result<Option<(Session, Vec<HeaderValue>)>, RefreshError> {
        let (kit, present) = (self.inner(), Cookies::of(request));
        let Some(opened) = kit.sealed_session(&present) else {
            return Ok(None);
        };
        let Some(session) = kit.rotate(opened, purpose).await? else {
            return Ok(None);
        };
        let cookies = kit.renewed_cookies(&session, &present)?;
        Ok(Some((session, cookies)))
    }

    /// Where the browser has to go before it may enter the organisation.
    fn elsewhere(
        &self,
        error: &WorkOsError,
        organization_id: &str,
        return_to: &str,
    ) -> Option<String> {
        let refusal = error.refusal()?;
        if let Some(url) = &refusal.authkit_redirect_url {
            return Some(url.as_str().to_owned());
        }
        if !matches!(
            refusal.code,
            Some(ErrorCode::SsoRequired | ErrorCode::MfaEnrollment)
        ) {
            return None;
        }
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("organization_id", organization_id)
            .append_pair("returnTo", return_to)
            .finish();
        Some(format!("{}?{query}", self.inner().paths.sign_in))
    }
}

fn done(
    outcome: Result<Option<(Session, Vec<HeaderValue>)>, RefreshError>,
) -> Result<Refreshed, SwitchError> {
    match outcome {
        Ok(Some((session, cookies))) => Ok(Refreshed { session, cookies }),
        Ok(None) => Err(SwitchError::SignedOut),
        Err(RefreshError::Rotation(error)) => Err(SwitchError::of_rotation(error)),
        Err(RefreshError::Read(ReadError::Seal(error))) => Err(error.into()),
        Err(RefreshError::Read(error)) => Err(SwitchError::Unavailable(Box::new(error))),
    }
}

impl SwitchError {
    fn of_rotation(error: RotationError) -> Self {
        match error.is_terminal() {
            true => Self::Refused(Box::new(error)),
            false => Self::Unavailable(Box::new(error)),
        }
    }
}
