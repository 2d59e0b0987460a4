//! The pages that an application has of its own.

use super::problem::BuildProblem;
use crate::page::{SitePage, SitePages};

/// Pages of the application in place of the built-in ones, each a path of this site outside of the
/// routes; a query may follow. Default: the built-in pages.
///
/// The browser is redirected there with Auth.js's parameters. A form of such a page posts to
/// `{prefix}/signin/{provider}` or `{prefix}/signout`, with the `csrfToken` of `GET {prefix}/csrf`;
/// a plain link to `{prefix}/signin/{provider}` leads to a built-in page with that one button.
///
/// # Examples
/// ```
/// # use auth_core::Pages;
/// let pages = Pages::new().sign_in("/login").error("/oops?from=auth");
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Pages {
    sign_in: Option<String>,
    sign_out: Option<String>,
    error: Option<String>,
    verify_request: Option<String>,
    new_user: Option<String>,
}

impl Pages {
    /// The built-in pages only.
    pub fn new() -> Self {
        Self::default()
    }

    /// Where people choose how to sign in. It gets `callbackUrl`, after a failure what
    /// [`error`](Self::error) gets, and `max_age` where a recent sign-in is asked for; the form posts `callbackUrl`
    /// and `max_age` on. `#[protected]` sends guests here.
    pub fn sign_in(mut self, path: impl Into<String>) -> Self {
        self.sign_in = Some(path.into());
        self
    }

    /// Where people confirm that they want to sign out.
    pub fn sign_out(mut self, path: impl Into<String>) -> Self {
        self.sign_out = Some(path.into());
        self
    }

    /// Where failures are shown that signing in again may not mend. It gets `error` (Auth.js's
    /// type), `code` (ours, stable), `ref` (also in the log) and, where the person is known by other
    /// providers, their ids in `provider`, with commas between. It must be open to guests: while
    /// somebody is on the way back to it, the built-in page is shown.
    pub fn error(mut self, path: impl Into<String>) -> Self {
        self.error = Some(path.into());
        self
    }

    /// Where people are told that a link was sent to them. It gets `provider` and `type`.
    pub fn verify_request(mut self, path: impl Into<String>) -> Self {
        self.verify_request = Some(path.into());
        self
    }

    /// Where somebody goes who has signed in for the first time, with the `callbackUrl` to go on
    /// to. Default: there at once. Without a store nobody is new.
    pub fn new_user(mut self, path: impl Into<String>) -> Self {
        self.new_user = Some(path.into());
        self
    }

    pub(super) fn resolve(self, prefix: &str, problems: &mut Vec<BuildProblem>) -> SitePages {
        let mut parse = |page: &'static str, path: Option<String>| {
            let path = path?;
            let parsed = SitePage::parse(&path, prefix);
            if parsed.is_none() {
                problems.push(BuildProblem::PageInvalid { page, path });
            }
            parsed
        };
        SitePages {
            sign_in: parse("sign_in", self.sign_in),
            sign_out: parse("sign_out", self.sign_out),
            error: parse("error", self.error),
            verify_request: parse("verify_request", self.verify_request),
            new_user: parse("new_user", self.new_user),
        }
    }
}
