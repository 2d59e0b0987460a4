//! The sign-in page: one form for each provider, nothing else to decide.

use maud::{Markup, html};

use crate::component::Html;
use crate::page::error::details;
use crate::page::layout::{document, form_fields};
use crate::page::name::name as shown;
use crate::page::text::Text;
use crate::page::{ErrorWords, Frame, ProviderView, ShownError, SignInView, Speech};
use crate::provider::Mark;

/// What the sign-in page is made of.
pub(crate) struct SignInPage<'a> {
    pub(crate) frame: &'a Frame,
    pub(crate) speech: &'a Speech<'a>,
    pub(crate) csrf_token: &'a str,
    /// Where to go after sign-in.
    pub(crate) return_to: &'a str,
    /// Seconds: set where the visitor must show a credential again, signed in or not.
    pub(crate) max_age: Option<u64>,
    pub(crate) providers: Vec<Offered<'a>>,
    /// The id of the provider that somebody signed in with last.
    pub(crate) last_used: Option<&'a str>,
    /// Why the visitor is here again.
    pub(crate) error: Option<ErrorWords<'a>>,
    /// The name of whoever is signed in already.
    pub(crate) signed_in_as: Option<&'a str>,
}

/// One way to sign in.
pub(crate) struct Offered<'a> {
    /// As in its routes: `github`.
    pub(crate) id: &'a str,
    /// As on its button: `GitHub`.
    pub(crate) name: &'a str,
    pub(crate) mark: Option<Mark>,
}

/// What whoever runs the site has to write.
const REGISTER: [&str; 3] = [
    "Auth::builder().provider(…)",
    "AUTH_<PROVIDER>_ID",
    "AUTH_<PROVIDER>_SECRET",
];

/// Up to this many providers, each button says "Continue with" and fills a line.
const FEW: usize = 4;

/// Whether so many buttons stand in a grid.
pub(super) fn are_many(providers: usize) -> bool {
    providers > FEW
}

/// The sign-in page: the application's, if it has one.
pub(crate) fn sign_in(page: &SignInPage<'_>) -> Html {
    let view = SignInView::new(page);
    match &page.frame.functions.sign_in {
        Some(render) => render(&view),
        None => view.built_in(),
    }
}

pub(super) fn built_in(view: &SignInView<'_>) -> Markup {
    let text = &view.inside.speech.language.text;
    let content = html! {
        h1 { (view.page.heading) }
        @if let Some(error) = &view.error { (alert(error, text)) }
        (signed_in(view))
        @if view.providers.is_empty() { (no_provider(text)) } @else { (providers(view)) }
    };
    document(&view.page, &content)
}

/// What went wrong. It has the focus, so that it is read first.
fn alert(error: &ShownError<'_>, text: &Text) -> Markup {
    html! {
        div.alert role="alert" tabindex="-1" autofocus {
            p { span.sign aria-hidden="true" { "!" } strong { (error.title) } }
            p { (error.what) }
            p { (error.next) }
            (details(error, text))
        }
    }
}

fn signed_in(view: &SignInView<'_>) -> Markup {
    let text = &view.inside.speech.language.text;
    html! {
        @if view.max_age.is_some() {
            // Going on without a fresh sign-in would only lead back here.
            p { (text.confirm) }
        } @else if let Some(name) = view.signed_in_as {
            p { (text.signed_in_as.markup([html! { strong { (shown(name)) } }])) }
            @if let Some(link) = &view.continue_to {
                p.actions { a.button.primary href=(link.href) { (link.label) } }
            }
            @if !view.providers.is_empty() { p.divider { (text.another_account) } }
        }
    }
}

fn providers(view: &SignInView<'_>) -> Markup {
    let text = &view.inside.speech.language.text;
    let many = are_many(view.providers.len());
    html! {
        // Above a grid, the words that its buttons leave out; they keep them for assistive tools.
        @if many { p aria-hidden="true" { (text.continue_with_one_of) } }
        ul.providers.many[many] role="list" {
            @for provider in &view.providers { li { (provider_form(view, provider, many)) } }
        }
    }
}

fn provider_form(view: &SignInView<'_>, provider: &ProviderView<'_>, many: bool) -> Markup {
    let (before, after) = view.inside.speech.language.text.continue_with.around();
    let described_by = provider.last_used.map(|_| LAST_USED);
    html! {
        form method="post" action=(provider.action) {
            (form_fields(view.csrf_token(), view.return_to))
            @if let Some(max_age) = view.max_age {
                input type="hidden" name="max_age" value=(max_age);
            }
            button.button type="submit" data-provider=(provider.id) aria-describedby=[described_by] {
                (mark(provider))
                span {
                    @if many { (hidden(before)) (shown(provider.name)) (hidden(after)) }
                    @else { (before) (shown(provider.name)) (after) }
                }
            }
            @if let Some(words) = provider.last_used { p.last-used id=(LAST_USED) { (words) } }
        }
    }
}

/// The element that says which provider was used last.
const LAST_USED: &str = "last-used";

/// Words for assistive tools alone.
fn hidden(words: &str) -> Markup {
    html! { @if !words.is_empty() { span.hidden-label { (words) } } }
}

/// The picture beside the name, which says all: assistive tools leave it out.
fn mark(provider: &ProviderView<'_>) -> Markup {
    html! {
        @if let Some(mark) = &provider.mark {
            img.mark.black[mark.is_black] alt="" width="20" height="20" src=(mark.src);
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

fn no_provider(text: &Text) -> Markup {
    let code = |words| html! { code { (words) } };
    html! {
        p { (text.no_provider) }
        p.muted {
            (text.register_provider.markup(REGISTER.map(code)))
        }
    }
}
