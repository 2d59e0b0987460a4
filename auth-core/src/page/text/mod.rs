//! Every word that the pages say, a file for each language.

mod ar;
mod de;
mod en;
mod errors;
mod es;
mod fr;
mod he;
mod it;
mod ja;
mod ko;
mod language;
mod languages;
mod nl;
mod pl;
#[cfg(test)]
mod properties;
mod pt;
mod sentence;
mod sv;
mod tag;
#[cfg(test)]
mod tests;
mod tr;
mod wishes;
mod zh;

pub use errors::{ErrorText, ErrorTexts};
#[cfg(test)]
pub(crate) use language::ENGLISH;
pub use language::{Direction, Language};
pub(crate) use languages::{Choice, ChosenBy, LanguageProblem, Languages};
pub use sentence::Sentence;
pub(crate) use wishes::Wishes;

/// The texts of the pages in one language. Start from those of a [`Language`] and set what differs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Text {
    /// The heading and the title of the sign-in page: `Sign in`.
    pub sign_in: &'static str,
    /// The same for a site with a name: `Sign in to {}`.
    pub sign_in_to: Sentence<1>,
    /// The title of the sign-in page that shows an error: `Error – Sign in`.
    pub sign_in_after_error: &'static str,
    /// Above the buttons, where a recent sign-in is asked for.
    pub confirm: &'static str,
    /// The name of whoever is signed in already: `You are signed in as {}.`
    pub signed_in_as: Sentence<1>,
    /// A button: `Continue as {}`.
    pub continue_as: Sentence<1>,
    /// Between that button and those of the providers: `or use another account`.
    pub another_account: &'static str,
    /// The button of a provider: `Continue with {}`.
    pub continue_with: Sentence<1>,
    /// Above many buttons that only name their provider: `Continue with`.
    pub continue_with_one_of: &'static str,
    /// Beside the provider that this browser signed in with the last time: `Last used`.
    pub last_used: &'static str,
    /// Where no provider is registered: for visitors.
    pub no_provider: &'static str,
    /// Where no provider is registered: for whoever runs the site. The gaps are the call that
    /// registers one, and its two variables.
    pub register_provider: Sentence<3>,

    /// The heading, the title and the button of the sign-out page: `Sign out`.
    pub sign_out: &'static str,
    /// `Are you sure you want to sign out?`
    pub sign_out_question: &'static str,
    /// The way back from there: `Cancel`.
    pub cancel: &'static str,

    /// The heading and the title of the page between a form and a provider: `Continue to {}`.
    pub continue_to: Sentence<1>,
    /// The same between a form and the sign-out of WorkOS.
    pub continue_to_sign_out: &'static str,
    /// That the page goes on by itself.
    pub being_taken: &'static str,
    /// Its button: `Continue`.
    pub go_on: &'static str,

    /// The heading and the title of the page after a link was sent: `Check your email`.
    pub check_email: &'static str,
    /// That a link was sent.
    pub link_sent: &'static str,
    /// What to do where it does not arrive.
    pub nothing_arrived: &'static str,
    /// The way home, to a host: `Back to {}`.
    pub back_to: Sentence<1>,

    /// The title of the error page, of an error's own title: `Error: {} – Sign in`.
    pub error_title: Sentence<1>,
    /// The button of the error page: `Sign in again`.
    pub sign_in_again: &'static str,
    /// Before an error's code: `Code`.
    pub code: &'static str,
    /// Before what to look for in the log: `Reference`.
    pub reference: &'static str,
    /// One name or another: `{} or {}`.
    pub either: Sentence<2>,
    /// What went wrong, and what to do next.
    pub errors: ErrorTexts,

    /// At the foot of the page, before the languages: `Language`.
    pub language: &'static str,
    /// The button after them: `Change`.
    pub change_language: &'static str,
    /// A link at the foot of the page: `Privacy`.
    pub privacy: &'static str,
    /// A link at the foot of the page: `Terms`.
    pub terms: &'static str,
}

impl Text {
    /// The texts in other words. `change` gets each text with the number of its gaps.
    pub(crate) fn map(&self, change: &mut dyn FnMut(&'static str, usize) -> &'static str) -> Self {
        Self {
            sign_in: change(self.sign_in, 0),
            sign_in_to: self.sign_in_to.map(change),
            sign_in_after_error: change(self.sign_in_after_error, 0),
            confirm: change(self.confirm, 0),
            signed_in_as: self.signed_in_as.map(change),
            continue_as: self.continue_as.map(change),
            another_account: change(self.another_account, 0),
            continue_with: self.continue_with.map(change),
            continue_with_one_of: change(self.continue_with_one_of, 0),
            last_used: change(self.last_used, 0),
            no_provider: change(self.no_provider, 0),
            register_provider: self.register_provider.map(change),
            sign_out: change(self.sign_out, 0),
            sign_out_question: change(self.sign_out_question, 0),
            cancel: change(self.cancel, 0),
            continue_to: self.continue_to.map(change),
            continue_to_sign_out: change(self.continue_to_sign_out, 0),
            being_taken: change(self.being_taken, 0),
            go_on: change(self.go_on, 0),
            check_email: change(self.check_email, 0),
            link_sent: change(self.link_sent, 0),
            nothing_arrived: change(self.nothing_arrived, 0),
            back_to: self.back_to.map(change),
            error_title: self.error_title.map(change),
            sign_in_again: change(self.sign_in_again, 0),
            code: change(self.code, 0),
            reference: change(self.reference, 0),
            either: self.either.map(change),
            errors: self.errors.map(change),
            language: change(self.language, 0),
            change_language: change(self.change_language, 0),
            privacy: change(self.privacy, 0),
            terms: change(self.terms, 0),
        }
    }
}
