//! The sign-in page: one form for each provider, nothing else to decide.

use maud::{Markup, html};

use crate::page::href::Href;
use crate::page::layout::{document, form_fields};
use crate::page::{ErrorView, Frame, mark_path};
use crate::provider::Mark;

/// What the sign-in page shows.
pub(crate) struct SignInView<'a> {
    pub(crate) frame: &'a Frame,
    pub(crate) csrf_token: &'a str,
    /// Where to go after sign-in.
    pub(crate) return_to: &'a str,
    /// Seconds: set where the visitor must show a credential again, signed in or not.
    pub(crate) max_age: Option<u64>,
    pub(crate) providers: Vec<ProviderView<'a>>,
    /// Why the visitor is here again.
    pub(crate) error: Option<ErrorView<'a>>,
    /// The name of whoever is signed in already.
    pub(crate) signed_in_as: Option<&'a str>,
}

/// One way to sign in.
pub(crate) struct ProviderView<'a> {
    /// As in its routes: `github`.
    pub(crate) id: &'a str,
    /// As on its button: `GitHub`.
    pub(crate) name: &'a str,
    pub(crate) mark: Option<Mark>,
}

mod text {
    pub(super) const TITLE: &str = "Sign in";
    pub(super) const TITLE_AFTER_ERROR: &str = "Error – Sign in";
    pub(super) const CONFIRM: &str =
        "For this page, please sign in again to confirm that it is you.";
    pub(super) const SIGNED_IN_AS: &str = "You are signed in as ";
    pub(super) const CONTINUE_AS: &str = "Continue as ";
    pub(super) const ANOTHER_ACCOUNT: &str = "or use another account";
    pub(super) const CONTINUE_WITH: &str = "Continue with ";
    pub(super) const NO_PROVIDER: &str = "There is no way to sign in to this site yet.";
    pub(super) const IF_YOU_RUN_IT: &str = "If you run this site, register a provider with ";
    pub(super) const REGISTER: &str = "Auth::builder().provider(…)";
    pub(super) const AND_SET: &str = ", set its ";
    pub(super) const VARIABLES: [&str; 2] = ["AUTH_<PROVIDER>_ID", "AUTH_<PROVIDER>_SECRET"];
    pub(super) const AND: &str = " and ";
    pub(super) const AND_RESTART: &str = ", and restart.";
}

/// Up to this many providers, each button says "Continue with" and fills a line.
const FEW: usize = 4;

/// The sign-in page.
pub(crate) fn sign_in(view: &SignInView<'_>) -> Markup {
    let title = match view.error {
        Some(_) => text::TITLE_AFTER_ERROR,
        None => text::TITLE,
    };
    let content = html! {
        h1 { (text::TITLE) }
        @if let Some(error) = &view.error { (alert(error)) }
        (signed_in(view))
        @if view.providers.is_empty() { (no_provider()) } @else { (providers(view)) }
    };
    document(view.frame, title, &content)
}

/// What went wrong. It has the focus, so that it is read first.
fn alert(error: &ErrorView<'_>) -> Markup {
    let explanation = error.explanation();
    html! {
        div.alert role="alert" tabindex="-1" autofocus {
            p { span.sign aria-hidden="true" { "!" } strong { (explanation.title) } }
            p { (explanation.what) }
            p { (explanation.next) }
            (error.details())
        }
    }
}

fn signed_in(view: &SignInView<'_>) -> Markup {
    html! {
        @if view.max_age.is_some() {
            // Going on without a fresh sign-in would only lead back here.
            p { (text::CONFIRM) }
        } @else if let Some(name) = view.signed_in_as {
            p { (text::SIGNED_IN_AS) strong { (name) } "." }
            @if let Some(href) = Href::parse(view.return_to) {
                p.actions { a.button.primary href=(href.as_str()) { (text::CONTINUE_AS) (name) } }
            }
            @if !view.providers.is_empty() { p.divider { (text::ANOTHER_ACCOUNT) } }
        }
    }
}

fn providers(view: &SignInView<'_>) -> Markup {
    let many = view.providers.len() > FEW;
    html! {
        // Above a grid, the words that its buttons leave out; they keep them for assistive tools.
        @if many { p aria-hidden="true" { (text::CONTINUE_WITH.trim_end()) } }
        ul.providers.many[many] role="list" {
            @for provider in &view.providers { li { (provider_form(view, provider, many)) } }
        }
    }
}

fn provider_form(view: &SignInView<'_>, provider: &ProviderView<'_>, many: bool) -> Markup {
    html! {
        form method="post" action={ (view.frame.prefix) "/signin/" (provider.id) } {
            (form_fields(view.csrf_token, view.return_to))
            @if let Some(max_age) = view.max_age {
                input type="hidden" name="max_age" value=(max_age);
            }
            button.button type="submit" data-provider=(provider.id) {
                (mark(view, provider))
                span {
                    @if many { span.hidden-label { (text::CONTINUE_WITH) } }
                    @else { (text::CONTINUE_WITH) }
                    (provider.name)
                }
            }
        }
    }
}

/// The picture beside the name, which says all: assistive tools leave it out.
fn mark(view: &SignInView<'_>, provider: &ProviderView<'_>) -> Markup {
    html! {
        @if let Some(mark) = provider.mark {
            img.mark.black[mark.is_black()] alt="" width="20" height="20"
                src=(mark_path(&view.frame.prefix, provider.id, mark));
        } @else {
            span.mark.monogram aria-hidden="true" { (monogram(provider.name)) }
        }
    }
}

/// The letter that stands for a provider.
fn monogram(name: &str) -> String {
    name.chars()
        .find(|character| character.is_alphanumeric())
        .map(|character| character.to_uppercase().collect())
        .unwrap_or_default()
}

fn no_provider() -> Markup {
    let [id, secret] = text::VARIABLES;
    html! {
        p { (text::NO_PROVIDER) }
        p.muted {
            (text::IF_YOU_RUN_IT) code { (text::REGISTER) }
            (text::AND_SET) code { (id) } (text::AND) code { (secret) } (text::AND_RESTART)
        }
    }
}
