//! What went wrong, in plain words, and what to do next. All texts about errors are here.

use std::borrow::Cow;

use maud::{Markup, html};

/// What a page is told of an error: words from a query that anybody can write.
pub(crate) struct ErrorView<'a> {
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

impl ErrorView<'_> {
    /// The text for our code; failing that, for the type.
    pub(crate) fn explanation(&self) -> Explanation {
        if self.code == Some("account_not_linked") {
            return account_not_linked(&self.used_before);
        }
        self.code
            .and_then(by_code)
            .unwrap_or_else(|| by_type(self.error))
    }

    /// Code and reference, for whoever is asked for help. Nothing that is not a plain word.
    pub(crate) fn details(&self) -> Markup {
        let code = self.code.filter(|word| is_plain_word(word));
        let reference = self.reference.filter(|word| is_plain_word(word));
        html! {
            @if code.is_some() || reference.is_some() {
                dl.details {
                    @if let Some(code) = code {
                        dt { "Code" }
                        dd { code data-error-code=(code) { (code) } }
                    }
                    @if let Some(reference) = reference {
                        dt { "Reference" }
                        dd { code data-error-reference=(reference) { (reference) } }
                    }
                }
            }
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

const fn explanation(
    title: &'static str,
    what: &'static str,
    next: &'static str,
) -> Option<Explanation> {
    let next = Cow::Borrowed(next);
    Some(Explanation { title, what, next })
}

/// The most frequent of all errors where there are accounts, so it says what to press.
fn account_not_linked(used_before: &[&str]) -> Explanation {
    let add = "Once you are signed in, you can add this way by signing in with it again.";
    Explanation {
        title: "You signed in another way before",
        what: "Your e-mail address belongs to a user here who signs in another way.",
        next: match used_before {
            [] => format!("Sign in the way you did the first time. {add}"),
            names => format!("Sign in with {}. {add}", names.join(" or ")),
        }
        .into(),
    }
}

fn by_code(code: &str) -> Option<Explanation> {
    match code {
        "access_denied" => Some(ACCESS_DENIED),
        "configuration" => Some(CONFIGURATION),
        "csrf" => Some(STALE_FORM),
        "sign_in_expired" => explanation(
            "Sign-in took too long",
            "This sign-in was started too long ago to be finished.",
            "Start again. Nothing is lost.",
        ),
        "sign_in_not_started_here" => explanation(
            "Sign-in was not started here",
            "It was started in another browser, or this browser blocks cookies.",
            "Start again here. If this page comes back, allow cookies for this site.",
        ),
        "sign_in_reused" => explanation(
            "Sign-in was already used",
            "Each sign-in works once. The Back button or a reload brings up an old one.",
            "Go to the page that you wanted, or sign in again.",
        ),
        "provider_denied" => explanation(
            "Sign-in was cancelled",
            "The provider did not let you continue, most often because you cancelled there.",
            "Try again, or choose another way to sign in.",
        ),
        "provider_unreachable" => explanation(
            "The provider cannot be reached",
            "It did not answer in time. The fault is not yours.",
            "Wait a minute and try again, or choose another way to sign in.",
        ),
        "provider_answer" => explanation(
            "The provider's answer was not understood",
            "It answered in a way that this site cannot use.",
            "Try again. If it happens again, tell the people who run this site.",
        ),
        "id_token" | "access_token" => explanation(
            "The provider's answer was not accepted",
            "Its proof of who you are did not pass the checks, so nobody was signed in.",
            "Try again. If it happens again, tell the people who run this site.",
        ),
        "profile" => explanation(
            "Your account could not be read",
            "The provider did not send the account details that this site needs.",
            "Try again and allow access to them, or use another account.",
        ),
        "auth_time" => explanation(
            "Your sign-in was not recent enough",
            "This page asks for a fresh sign-in, and the provider did not confirm one.",
            "Sign in again. If the provider asks, enter your password there.",
        ),
        "unknown_provider" => explanation(
            "No such way to sign in",
            "This site does not offer the one that was asked for.",
            "Choose one of those on the sign-in page.",
        ),
        "clients_unavailable" => explanation(
            "Signing in does not work right now",
            "This site could not look up how you sign in. The fault is not yours.",
            "Wait a minute and try again.",
        ),
        "proxy_origin" => explanation(
            "Sign-in was started at an unknown address",
            "This site finishes no sign-in for the one where you started.",
            "If you trust that address, tell the people who run it.",
        ),
        "session_codec" => explanation(
            "Your sign-in could not be written down",
            "The fault is this site's, not yours.",
            "Try again later. If it happens again, tell the people who run this site.",
        ),
        "unknown_action" => explanation(
            "Page not found",
            "There is nothing at this address.",
            "Check it for mistakes, or go to the sign-in page.",
        ),
        "unknown_host" => explanation(
            "This address does not work for signing in",
            "You reached this site by an address that it does not know as its own.",
            "Use its usual address. If this is it, tell the people who run this site.",
        ),
        "account_of_another_user" => explanation(
            "This account belongs to another user",
            "It is how somebody else signs in here, not the user you are signed in as.",
            "To switch to that user, sign out first. To add an account, choose another one.",
        ),
        "session_changed" => explanation(
            "You are not signed in as before",
            "You began to add an account, and then signed out or became somebody else.",
            "Sign in the usual way, then add the account.",
        ),
        "store_unavailable" => explanation(
            "You cannot be signed in at the moment",
            "This site cannot reach the place where it keeps its users. The fault is not yours.",
            "Wait a minute and try again.",
        ),
        "session_too_large" => explanation(
            "You could not be kept signed in",
            "This site remembers more about you than a cookie can hold.",
            "Tell the people who run this site.",
        ),
        "callback_failed" => explanation(
            "This site could not finish the sign-in",
            "Something failed in its own checks. The fault is not yours.",
            "Try again later. If it happens again, tell the people who run this site.",
        ),
        _ => None,
    }
}

/// Auth.js's texts for its types.
fn by_type(error: &str) -> Explanation {
    match error {
        "Configuration" => CONFIGURATION,
        "AccessDenied" => ACCESS_DENIED,
        "MissingCSRF" => STALE_FORM,
        "Verification" => Explanation {
            title: UNABLE,
            what: "The sign-in link is no longer valid.",
            next: Cow::Borrowed(
                "It may have been used already, or it may have expired. Sign in again.",
            ),
        },
        "OAuthAccountNotLinked" | "AccountNotLinked" => Explanation {
            title: UNABLE,
            what: "To confirm your identity, sign in with the same account you used originally.",
            next: Cow::Borrowed("Choose that way to sign in."),
        },
        "EmailSignin" | "EmailSignInError" => Explanation {
            title: UNABLE,
            what: "The e-mail could not be sent.",
            next: Cow::Borrowed("Check the address and try again."),
        },
        "CredentialsSignin" => Explanation {
            title: "Sign in failed",
            what: "Check the details you provided are correct.",
            next: Cow::Borrowed("Then try again."),
        },
        "SessionRequired" => Explanation {
            title: "Sign-in required",
            what: "Please sign in to access this page.",
            next: Cow::Borrowed("You will be taken back to it."),
        },
        "Signin" | "OAuthSignin" | "OAuthSignInError" | "OAuthCallbackError"
        | "OAuthCreateAccount" | "EmailCreateAccount" | "Callback" => Explanation {
            title: UNABLE,
            what: "The sign-in could not be finished.",
            next: Cow::Borrowed("Try signing in with a different account."),
        },
        _ => Explanation {
            title: UNABLE,
            what: "The sign-in could not be finished.",
            next: Cow::Borrowed(
                "Try again. If it happens again, tell the people who run this site.",
            ),
        },
    }
}

const UNABLE: &str = "Unable to sign in";

const ACCESS_DENIED: Explanation = Explanation {
    title: "Access denied",
    what: "You do not have permission to sign in.",
    next: Cow::Borrowed("Use another account, or ask the people who run this site for access."),
};

const CONFIGURATION: Explanation = Explanation {
    title: "Server error",
    what: "There is a problem with the server configuration.",
    next: Cow::Borrowed(
        "Try again later. If you run this site, check the server logs for more information.",
    ),
};

const STALE_FORM: Explanation = Explanation {
    title: "The form was out of date",
    what: "It was open for a long time, or this browser blocks cookies.",
    next: Cow::Borrowed("Try again. If this page comes back, allow cookies for this site."),
};

#[cfg(test)]
mod tests {
    use super::*;

    const CODES: [&str; 23] = [
        "access_denied",
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

    fn view<'a>(error: &'a str, code: Option<&'a str>) -> ErrorView<'a> {
        ErrorView {
            error,
            code,
            reference: None,
            used_before: Vec::new(),
        }
    }

    #[test]
    fn an_account_that_is_not_linked_is_explained_by_how_the_visitor_signed_in_before() {
        let next = |used_before: &[&str]| {
            let view = ErrorView {
                used_before: used_before.to_vec(),
                ..view("OAuthAccountNotLinked", Some("account_not_linked"))
            };
            view.explanation().next.into_owned()
        };
        assert!(next(&["GitHub"]).starts_with("Sign in with GitHub. "));
        assert!(next(&["GitHub", "Google"]).starts_with("Sign in with GitHub or Google. "));
        assert!(next(&[]).starts_with("Sign in the way you did the first time. "));
    }

    #[test]
    fn every_code_has_a_title_of_its_own() {
        let mut titles: Vec<_> = CODES
            .iter()
            .map(|code| by_code(code).unwrap_or_else(|| panic!("{code} has no text")))
            .map(|explanation| explanation.title)
            .collect();
        titles.sort_unstable();
        titles.dedup();
        assert_eq!(titles.len(), CODES.len());
    }

    #[test]
    fn an_unknown_code_falls_back_to_the_text_of_the_type() {
        for code in [None, Some("new_code"), Some("\"><script>"), Some("")] {
            assert_eq!(view("AccessDenied", code).explanation(), ACCESS_DENIED);
        }
        assert_eq!(
            view("AccessDenied", Some("csrf")).explanation(),
            STALE_FORM,
            "a known code is more exact than the type"
        );
    }

    #[test]
    fn an_unknown_type_has_the_default_text() {
        for error in ["", "Default", "accessdenied", "\"><script>"] {
            assert_eq!(view(error, None).explanation().title, UNABLE);
        }
    }

    #[test]
    fn only_plain_words_are_shown_as_details() {
        let details = |code, reference| {
            ErrorView {
                error: "Default",
                code,
                reference,
                used_before: Vec::new(),
            }
            .details()
            .into_string()
        };
        assert_eq!(details(None, None), "");
        let long = "a".repeat(65);
        for odd in ["", "a b", "a.example", "<b>", "ä", "a\n", &long] {
            assert_eq!(details(Some(odd), Some(odd)), "", "{odd:?}");
        }
        let both = details(Some("csrf"), Some("01ab-Z"));
        assert!(both.contains(r#"data-error-code="csrf">csrf<"#), "{both}");
        assert!(both.contains(">01ab-Z<"), "{both}");
    }
}
