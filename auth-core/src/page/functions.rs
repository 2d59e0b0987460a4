//! Functions of the application in place of our pages.

use std::fmt;
use std::sync::Arc;

use crate::component::Html;
use crate::page::{ErrorView, SignInView, SignOutView, VerifyRequestView};

/// Makes the sign-in page.
pub(crate) type RenderSignIn = Arc<dyn Fn(&SignInView<'_>) -> Html + Send + Sync>;

/// Makes the sign-out page.
pub(crate) type RenderSignOut = Arc<dyn Fn(&SignOutView<'_>) -> Html + Send + Sync>;

/// Makes the error page.
pub(crate) type RenderError = Arc<dyn Fn(&ErrorView<'_>) -> Html + Send + Sync>;

/// Makes the page after a link was sent.
pub(crate) type RenderVerifyRequest = Arc<dyn Fn(&VerifyRequestView<'_>) -> Html + Send + Sync>;

/// The pages that the application renders; the others are ours.
#[derive(Clone, Default)]
pub(crate) struct PageFunctions {
    pub(crate) sign_in: Option<RenderSignIn>,
    pub(crate) sign_out: Option<RenderSignOut>,
    pub(crate) error: Option<RenderError>,
    pub(crate) verify_request: Option<RenderVerifyRequest>,
}

/// Which pages there are functions for.
impl fmt::Debug for PageFunctions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pages = [
            ("sign_in", self.sign_in.is_some()),
            ("sign_out", self.sign_out.is_some()),
            ("error", self.error.is_some()),
            ("verify_request", self.verify_request.is_some()),
        ];
        let rendered = pages.iter().filter(|(_, is_there)| *is_there);
        f.debug_set()
            .entries(rendered.map(|(page, _)| page))
            .finish()
    }
}
