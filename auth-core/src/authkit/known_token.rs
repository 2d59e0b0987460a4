//! An access token that was verified before, and the session that was made of it.

use std::sync::Arc;

use super::access_token::AccessToken;
use crate::credential_cache::Weigh;
use crate::session::{Impersonator, Session};

/// An access token that was verified before. Cheap to clone.
#[derive(Clone)]
pub(super) struct KnownToken {
    pub(super) token: AccessToken,
    /// What it made with the last seal that it came in: others with the same token share it.
    made: Option<Arc<Made>>,
}

/// A session, and what of a seal it was made of besides the token.
struct Made {
    user: Box<str>,
    impersonator: Option<Impersonator>,
    session: Session,
}

impl KnownToken {
    pub(super) fn new(token: AccessToken) -> Self {
        Self { token, made: None }
    }

    /// With the session that it makes for a seal that says this of the person, in JSON.
    pub(super) fn with_session(
        self,
        user: &str,
        impersonator: Option<Impersonator>,
        session: Session,
    ) -> Self {
        let made = Made {
            user: user.into(),
            impersonator,
            session,
        };
        Self {
            made: Some(Arc::new(made)),
            ..self
        }
    }

    /// The session that was made of this token for a seal that said the same, to the letter. The token
    /// alone says what somebody may do; who they are, and who acts in their place, the seal says.
    pub(super) fn session(
        &self,
        user: &str,
        impersonator: Option<&Impersonator>,
    ) -> Option<&Session> {
        let made = self.made.as_deref()?;
        let is_same = *made.user == *user && made.impersonator.as_ref() == impersonator;
        is_same.then_some(&made.session)
    }
}

impl Made {
    fn bytes(&self) -> usize {
        let impersonator = self.impersonator.as_ref();
        let reason = impersonator.and_then(|it| it.reason.as_ref());
        let texts = impersonator.map(|it| &it.email).into_iter().chain(reason);
        size_of::<Self>()
            + self.user.len()
            + texts.map(String::capacity).sum::<usize>()
            + self.session.bytes()
    }
}

impl Weigh for KnownToken {
    /// The session is counted with each cookie that it came in, too: whichever is forgotten last
    /// has it.
    fn bytes(&self) -> usize {
        self.token.bytes() + self.made.as_deref().map_or(0, Made::bytes)
    }
}
