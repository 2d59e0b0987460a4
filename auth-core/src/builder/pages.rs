//! The pages that an application has of its own.

use std::sync::Arc;

use super::problem::BuildProblem;
use crate::component::Html;
use crate::page::{
    ErrorView, PageFunctions, SignInView, SignOutView, SitePage, SitePages, VerifyRequestView,
};

/// Pages of the application in place of the built-in ones. Default: the built-in pages.
///
/// Each is either a path or a function. A path of this site outside of the routes, which a query may
/// follow, is a page that the application answers for: the browser is redirected there with
/// Auth.js's parameters. A form of such a page posts to
/// `{prefix}/signin/{provider}` or `{prefix}/signout`, with the `csrfToken` of `GET {prefix}/csrf`;
/// a plain link to `{prefix}/signin/{provider}` leads to a built-in page with that one button.
///
/// A function (`render_*`) only says what the page looks like: address, status, headers and cookies
/// stay as they are, and so does the decision what to show. It gets a view with every text, in the
/// page's language, and with forms that are complete.
///
/// # Security
/// A page that a function renders keeps our policy (`default-src 'none'; style-src 'self'; img-src
/// 'self' data:; form-action 'self'`): stylesheets and pictures of this site, no script, no inline
/// style, nothing from elsewhere. What needs more is a page of the application's own, at a path.
///
/// # Examples
/// ```
/// use auth_core::{ErrorView, Html, Pages};
///
/// fn error(view: &ErrorView<'_>) -> Html {
///     Html::render(maud::html! {
///         (maud::DOCTYPE)
///         html lang=(view.page.lang) dir=(view.page.dir) {
///             head {
///                 title { (view.page.title) }
///                 link rel="stylesheet" href="/site.css";
///             }
///             body {
///                 h1 { (view.page.heading) }
///                 p { (view.error.what) " " (view.error.next) }
///                 p { a href=(view.sign_in.href) { (view.sign_in.label) } }
///             }
///         }
///     })
/// }
///
/// let pages = Pages::new().sign_in("/login?from=auth").render_error(error);
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Pages {
    sign_in: Option<String>,
    sign_out: Option<String>,
    error: Option<String>,
    verify_request: Option<String>,
    new_user: Option<String>,
    functions: PageFunctions,
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

    /// A function in place of the built-in sign-in page, also of the one with a single button. Every
    /// [`ProviderView::form`](crate::ProviderView::form) is a whole form, token included.
    pub fn render_sign_in(
        mut self,
        render: impl Fn(&SignInView<'_>) -> Html + Send + Sync + 'static,
    ) -> Self {
        self.functions.sign_in = Some(Arc::new(render));
        self
    }

    /// A function in place of the built-in sign-out page.
    pub fn render_sign_out(
        mut self,
        render: impl Fn(&SignOutView<'_>) -> Html + Send + Sync + 'static,
    ) -> Self {
        self.functions.sign_out = Some(Arc::new(render));
        self
    }

    /// A function in place of the built-in error page, whatever its status.
    pub fn render_error(
        mut self,
        render: impl Fn(&ErrorView<'_>) -> Html + Send + Sync + 'static,
    ) -> Self {
        self.functions.error = Some(Arc::new(render));
        self
    }

    /// A function in place of the built-in page that tells people that a link was sent to them.
    pub fn render_verify_request(
        mut self,
        render: impl Fn(&VerifyRequestView<'_>) -> Html + Send + Sync + 'static,
    ) -> Self {
        self.functions.verify_request = Some(Arc::new(render));
        self
    }

    pub(super) fn resolve(
        self,
        prefix: &str,
        problems: &mut Vec<BuildProblem>,
    ) -> (SitePages, PageFunctions) {
        let functions = &self.functions;
        for (page, by_path, by_function) in [
            ("sign_in", &self.sign_in, functions.sign_in.is_some()),
            ("sign_out", &self.sign_out, functions.sign_out.is_some()),
            ("error", &self.error, functions.error.is_some()),
            (
                "verify_request",
                &self.verify_request,
                functions.verify_request.is_some(),
            ),
        ] {
            if by_path.is_some() && by_function {
                problems.push(BuildProblem::PageReplacedTwice { page });
            }
        }
        let mut parse = |page: &'static str, path: Option<String>| {
            let path = path?;
            let parsed = SitePage::parse(&path, prefix);
            if parsed.is_none() {
                problems.push(BuildProblem::PageInvalid { page, path });
            }
            parsed
        };
        let pages = SitePages {
            sign_in: parse("sign_in", self.sign_in),
            sign_out: parse("sign_out", self.sign_out),
            error: parse("error", self.error),
            verify_request: parse("verify_request", self.verify_request),
            new_user: parse("new_user", self.new_user),
        };
        (pages, self.functions)
    }
}
