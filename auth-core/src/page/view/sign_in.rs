//! What the sign-in page shows.

use std::fmt;

use serde::Serialize;

use super::{FormToken, Inside, LinkView, PageView, ShownError};
use crate::component::{Button, Html, MarkView};
use crate::page::href::Href;
use crate::page::name::isolated;
use crate::page::sign_in::{self, SignInPage};
use crate::page::{Offered, mark_path};

/// What the sign-in page shows; see [`Pages::render_sign_in`](crate::Pages::render_sign_in).
///
/// serde writes every field, for engines that take a context: `{{ view.page.heading }}`,
/// `{{ provider.form | safe }}`.
///
/// # Security
/// Each [`ProviderView::form`] and what serde writes hold the CSRF token of one browser: render them,
/// and neither log nor keep them. `Debug` shows no token, and neither who is signed in nor the way
/// back, whose query may hold tokens of the application.
#[derive(Serialize)]
#[non_exhaustive]
pub struct SignInView<'a> {
    #[serde(skip)]
    pub(in crate::page) inside: Inside<'a>,
    /// Language, title, heading, site.
    pub page: PageView<'a>,
    /// Why the visitor is here again, if something went wrong. The page's status is a 4xx then.
    pub error: Option<ShownError<'a>>,
    /// What to say above the buttons: that this page asks for a fresh sign-in, who is signed in, or
    /// that there is no provider.
    pub notice: Option<String>,
    /// The name of whoever is signed in already; text of a stranger.
    pub signed_in_as: Option<&'a str>,
    /// "Continue as Ada", for somebody who is signed in and need not do so anew.
    pub continue_to: Option<LinkView<'a>>,
    /// The ways to sign in, in the order to show them.
    pub providers: Vec<ProviderView<'a>>,
    /// Where to go after sign-in, checked already: an address of this site, or one of another that the
    /// `redirect` callback chose.
    pub return_to: &'a str,
    /// In seconds: how recent the sign-in must be that the visitor is asked for, if at all.
    pub max_age: Option<u64>,
    csrf_token: FormToken<'a>,
}

/// One way to sign in.
#[derive(Debug, Serialize)]
#[non_exhaustive]
pub struct ProviderView<'a> {
    /// As in its routes: `github`.
    pub id: &'a str,
    /// As on its button: `GitHub`.
    pub name: &'a str,
    /// "Continue with GitHub".
    pub label: String,
    /// Its picture, where there is one.
    pub mark: Option<MarkView>,
    /// "Last used", where somebody signed in with it last in this browser and there is a choice.
    pub last_used: Option<&'a str>,
    /// Where its form posts to.
    pub action: String,
    /// The whole form: the hidden fields and a button with mark, label and note. [`Html::class`] and
    /// [`Html::label`] change the button.
    pub form: Html,
}

impl<'a> SignInView<'a> {
    pub(in crate::page) fn new(page: &SignInPage<'a>) -> Self {
        let inside = Inside {
            frame: page.frame,
            speech: page.speech,
        };
        let text = &page.speech.language.text;
        let title = match page.error {
            Some(_) => text.sign_in_after_error,
            None => text.sign_in,
        };
        let heading = match &page.frame.site.name {
            Some(name) => text
                .sign_in_to
                .fill([&isolated(name, page.speech.language)]),
            None => text.sign_in.to_owned(),
        };
        let signed_in_as = page.signed_in_as.filter(|_| page.max_age.is_none());
        let notice = match (page.max_age, signed_in_as) {
            (Some(_), _) => Some(text.confirm.to_owned()),
            (None, Some(name)) => Some(
                text.signed_in_as
                    .fill([&isolated(name, page.speech.language)]),
            ),
            (None, None) if page.providers.is_empty() => Some(text.no_provider.to_owned()),
            (None, None) => None,
        };
        let continue_to = signed_in_as.and_then(|name| {
            Some(LinkView {
                label: text
                    .continue_as
                    .fill([&isolated(name, page.speech.language)])
                    .into(),
                href: Href::parse(page.return_to)?.as_str().to_owned(),
            })
        });
        let mut providers: Vec<_> = page.providers.iter().map(|it| provider(page, it)).collect();
        if sign_in::are_many(providers.len()) {
            // Nobody looks through all of them for the one that they know.
            providers.sort_by_key(|provider| provider.last_used.is_none());
        }
        Self {
            page: PageView::new(inside, title, heading),
            inside,
            error: page
                .error
                .as_ref()
                .map(|words| ShownError::new(words, page.speech.language)),
            notice,
            signed_in_as,
            continue_to,
            providers,
            return_to: page.return_to,
            max_age: page.max_age,
            csrf_token: FormToken(page.csrf_token),
        }
    }

    /// What a form that is written by hand must post as `csrfToken`, beside `callbackUrl` with
    /// [`return_to`](Self::return_to) and, if there is one, `max_age`. [`ProviderView::form`] has
    /// them all.
    pub fn csrf_token(&self) -> &'a str {
        self.csrf_token.0
    }

    /// The page as it would be without the function: for the states that a site leaves to us, or
    /// where its template fails.
    pub fn built_in(&self) -> Html {
        Html::pre_escaped(sign_in::built_in(self))
    }
}

impl fmt::Debug for SignInView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignInView")
            .field("page", &self.page)
            .field("error", &self.error)
            .field("providers", &self.providers)
            .field("max_age", &self.max_age)
            .finish_non_exhaustive()
    }
}

fn provider<'a>(page: &SignInPage<'a>, offered: &Offered<'a>) -> ProviderView<'a> {
    let text = &page.speech.language.text;
    let Offered { id, name, .. } = *offered;
    let prefix = &page.frame.prefix;
    let is_last = page.providers.len() > 1 && page.last_used == Some(id);
    let label = text
        .continue_with
        .fill([&isolated(name, page.speech.language)]);
    let last_used = is_last.then_some(text.last_used);
    let mark = offered.mark.map(|mark| MarkView {
        src: mark_path(prefix, id, mark),
        is_black: mark.is_black(),
    });
    let action = page.speech.carried_by(format!("{prefix}/signin/{id}"));
    let button = Button::form(action.clone(), &label, page.csrf_token)
        .mark(mark.clone())
        .note(last_used);
    let button = match page.max_age {
        Some(seconds) => button.field("max_age", seconds),
        None => button,
    };
    ProviderView {
        id,
        name,
        label,
        mark,
        last_used,
        action,
        form: Html::button(button).return_to(page.return_to),
    }
}
