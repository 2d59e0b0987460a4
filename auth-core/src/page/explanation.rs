//! What went wrong: which of the texts a page shows.

use std::borrow::Cow;

use crate::page::Language;
use crate::page::name::isolated;
use crate::page::text::{ErrorText, ErrorTexts};

/// What a page is told of an error: words from a query that anybody can write.
pub(crate) struct ErrorWords<'a> {
    /// Auth.js's type: `AccessDenied`, `OAuthCallbackError`. Chooses a text and is never shown.
    pub(crate) error: &'a str,
    /// Our own code, which chooses a better text where it is known.
    pub(crate) code: Option<&'a str>,
    /// What to look for in the log.
    pub(crate) reference: Option<&'a str>,
    /// The names of the providers with which the visitor signed in before: `GitHub`.
    pub(crate) used_before: Vec<&'a str>,
}

/// Three short texts: what, why, and what now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Explanation {
    pub(crate) title: &'static str,
    pub(crate) what: &'static str,
    pub(crate) next: Cow<'static, str>,
}

impl ErrorWords<'_> {
    /// The text for our code; failing that, for the type.
    pub(crate) fn explanation(&self, language: &Language) -> Explanation {
        let texts = &language.text().errors;
        let known = self.code.and_then(|code| by_code(code, texts));
        let chosen = known.unwrap_or_else(|| by_type(self.error, texts));
        Explanation {
            title: chosen.title,
            what: chosen.what,
            next: self.next_step(&chosen, language),
        }
    }

    /// The most frequent of all errors where there are accounts says what to press.
    fn next_step(&self, chosen: &ErrorText, language: &Language) -> Cow<'static, str> {
        let text = language.text();
        let names = self.used_before.iter().map(|name| isolated(name, language));
        let names = names.reduce(|all, name| text.either.fill([&all, &name]));
        match names {
            Some(names) if self.code == Some("account_not_linked") => {
                text.errors.sign_in_as_before.fill([&names]).into()
            }
            _ => Cow::Borrowed(chosen.next),
        }
    }
}

/// Whether `word` is a code, a reference, or a type of Auth.js's: nothing else of a query is shown.
pub(crate) fn is_plain_word(word: &str) -> bool {
    (1..=64).contains(&word.len())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

fn by_code(code: &str, texts: &ErrorTexts) -> Option<ErrorText> {
    Some(match code {
        "access_denied" => texts.access_denied,
        "configuration" => texts.configuration,
        "csrf" => texts.csrf,
        "account_not_linked" => texts.account_not_linked,
        "sign_in_expired" => texts.sign_in_expired,
        "sign_in_not_started_here" => texts.sign_in_not_started_here,
        "sign_in_reused" => texts.sign_in_reused,
        "provider_denied" => texts.provider_denied,
        "provider_unreachable" => texts.provider_unreachable,
        "provider_answer" => texts.provider_answer,
        "id_token" | "access_token" => texts.id_token,
        "profile" => texts.profile,
        "auth_time" => texts.auth_time,
        "unknown_provider" => texts.unknown_provider,
        "clients_unavailable" => texts.clients_unavailable,
        "proxy_origin" => texts.proxy_origin,
        "session_codec" => texts.session_codec,
        "unknown_action" => texts.unknown_action,
        "unknown_host" => texts.unknown_host,
        "account_of_another_user" => texts.account_of_another_user,
        "session_changed" => texts.session_changed,
        "store_unavailable" => texts.store_unavailable,
        "session_too_large" => texts.session_too_large,
        "callback_failed" => texts.callback_failed,
        _ => return None,
    })
}

/// Auth.js's types.
fn by_type(error: &str, texts: &ErrorTexts) -> ErrorText {
    match error {
        "Configuration" => texts.configuration,
        "AccessDenied" => texts.access_denied,
        "MissingCSRF" => texts.csrf,
        "Verification" => texts.verification,
        "OAuthAccountNotLinked" | "AccountNotLinked" => texts.another_account,
        "EmailSignin" | "EmailSignInError" => texts.email_not_sent,
        "CredentialsSignin" => texts.credentials,
        "SessionRequired" => texts.session_required,
        "Signin" | "OAuthSignin" | "OAuthSignInError" | "OAuthCallbackError"
        | "OAuthCreateAccount" | "EmailCreateAccount" | "Callback" => texts.not_finished,
        _ => texts.unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::ShownError;
    use crate::page::text::ENGLISH;

    const CODES: [&str; 24] = [
        "access_denied",
        "account_not_linked",
        "sign_in_expired",
        "sign_in_not_started_here",
        "sign_in_reused",
        "csrf",
        "provider_denied",
        "provider_unreachable",
        "provider_answer",
        "id_token",
        "profile",
        "auth_time",
        "unknown_provider",
        "clients_unavailable",
        "proxy_origin",
        "session_codec",
        "unknown_action",
        "unknown_host",
        "session_too_large",
        "account_of_another_user",
        "session_changed",
        "store_unavailable",
        "callback_failed",
        "configuration",
    ];

    fn view<'a>(error: &'a str, code: Option<&'a str>) -> ErrorWords<'a> {
        ErrorWords {
            error,
            code,
            reference: None,
            used_before: Vec::new(),
        }
    }

    #[test]
    fn an_account_that_is_not_linked_is_explained_by_how_the_visitor_signed_in_before() {
        let next = |used_before: &[&str]| {
            let view = ErrorWords {
                used_before: used_before.to_vec(),
                ..view("OAuthAccountNotLinked", Some("account_not_linked"))
            };
            view.explanation(&ENGLISH).next.into_owned()
        };
        assert!(next(&["GitHub"]).starts_with("Sign in with GitHub. "));
        assert!(next(&["GitHub", "Google"]).starts_with("Sign in with GitHub or Google. "));
        assert!(next(&[]).starts_with("Sign in the way you did the first time. "));
    }

    #[test]
    fn every_code_has_a_title_of_its_own() {
        let mut titles: Vec<_> = CODES
            .iter()
            .map(|code| {
                by_code(code, &ENGLISH.text.errors).unwrap_or_else(|| panic!("{code} has no text"))
            })
            .map(|explanation| explanation.title)
            .collect();
        titles.sort_unstable();
        titles.dedup();
        assert_eq!(titles.len(), CODES.len());
    }

    #[test]
    fn an_unknown_code_falls_back_to_the_text_of_the_type() {
        for code in [None, Some("new_code"), Some("\"><script>"), Some("")] {
            let explanation = view("AccessDenied", code).explanation(&ENGLISH);
            assert_eq!(explanation.title, "Access denied");
        }
        let explanation = view("AccessDenied", Some("csrf")).explanation(&ENGLISH);
        assert_eq!(
            explanation.title, "The form was out of date",
            "a known code is more exact than the type"
        );
    }

    #[test]
    fn an_unknown_type_has_the_default_text() {
        for error in ["", "Default", "accessdenied", "\"><script>"] {
            let explanation = view(error, None).explanation(&ENGLISH);
            assert_eq!(explanation.title, "Unable to sign in");
        }
    }

    #[test]
    fn only_plain_words_are_shown_as_details() {
        let details = |code, reference| {
            let words = ErrorWords {
                error: "Default",
                code,
                reference,
                used_before: Vec::new(),
            };
            let shown = ShownError::new(&words, &ENGLISH);
            (shown.code, shown.reference)
        };
        assert_eq!(details(None, None), (None, None));
        let long = "a".repeat(65);
        for odd in ["", "a b", "a.example", "<b>", "ä", "a\n", &long] {
            assert_eq!(details(Some(odd), Some(odd)), (None, None), "{odd:?}");
        }
        let both = details(Some("csrf"), Some("01ab-Z"));
        assert_eq!(both, (Some("csrf"), Some("01ab-Z")));
    }
}
