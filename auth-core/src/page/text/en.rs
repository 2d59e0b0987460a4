//! English.

use super::{ErrorText, ErrorTexts, Sentence, Text};

pub(super) const TEXT: Text = Text {
    sign_in: "Sign in",
    sign_in_to: Sentence::new("Sign in to {}"),
    sign_in_after_error: "Error – Sign in",
    confirm: "For this page, please sign in again to confirm that it is you.",
    signed_in_as: Sentence::new("You are signed in as {}."),
    continue_as: Sentence::new("Continue as {}"),
    another_account: "or use another account",
    continue_with: Sentence::new("Continue with {}"),
    continue_with_one_of: "Continue with",
    last_used: "Last used",
    no_provider: "There is no way to sign in to this site yet.",
    register_provider: Sentence::new(
        "If you run this site, register a provider with {}, set its {} and {}, and restart.",
    ),

    sign_out: "Sign out",
    sign_out_question: "Are you sure you want to sign out?",
    cancel: "Cancel",

    continue_to: Sentence::new("Continue to {}"),
    continue_to_sign_out: "Continue to sign-out",
    being_taken: "You are being taken there. If nothing happens, use the button.",
    go_on: "Continue",

    check_email: "Check your email",
    link_sent: "A sign-in link has been sent to your email address.",
    nothing_arrived: "Nothing there? Look into the spam folder, or start again.",
    back_to: Sentence::new("Back to {}"),

    error_title: Sentence::new("Error: {} – Sign in"),
    sign_in_again: "Sign in again",
    code: "Code",
    reference: "Reference",
    either: Sentence::new("{} or {}"),
    errors: ERRORS,

    language: "Language",
    change_language: "Change",
    privacy: "Privacy",
    terms: "Terms",
};

const ERRORS: ErrorTexts = ErrorTexts {
    access_denied: ErrorText::new(
        "Access denied",
        "You do not have permission to sign in.",
        "Use another account, or ask the people who run this site for access.",
    ),
    configuration: ErrorText::new(
        "Server error",
        "There is a problem with the server configuration.",
        "Try again later. If you run this site, check the server logs for more information.",
    ),
    csrf: ErrorText::new(
        "The form was out of date",
        "It was open for a long time, or this browser blocks cookies.",
        "Try again. If this page comes back, allow cookies for this site.",
    ),
    account_not_linked: ErrorText::new(
        "You signed in another way before",
        "Your e-mail address belongs to a user here who signs in another way.",
        "Sign in the way you did the first time. Once you are signed in, you can add this way by \
         signing in with it again.",
    ),
    sign_in_as_before: Sentence::new(
        "Sign in with {}. Once you are signed in, you can add this way by signing in with it \
         again.",
    ),
    sign_in_expired: ErrorText::new(
        "Sign-in took too long",
        "This sign-in was started too long ago to be finished.",
        "Start again. Nothing is lost.",
    ),
    sign_in_not_started_here: ErrorText::new(
        "Sign-in was not started here",
        "It was started in another browser, or this browser blocks cookies.",
        "Start again here. If this page comes back, allow cookies for this site.",
    ),
    sign_in_reused: ErrorText::new(
        "Sign-in was already used",
        "Each sign-in works once. The Back button or a reload brings up an old one.",
        "Go to the page that you wanted, or sign in again.",
    ),
    provider_denied: ErrorText::new(
        "Sign-in was cancelled",
        "The provider did not let you continue, most often because you cancelled there.",
        "Try again, or choose another way to sign in.",
    ),
    provider_unreachable: ErrorText::new(
        "The provider cannot be reached",
        "It did not answer in time. The fault is not yours.",
        "Wait a minute and try again, or choose another way to sign in.",
    ),
    provider_answer: ErrorText::new(
        "The provider's answer was not understood",
        "It answered in a way that this site cannot use.",
        "Try again. If it happens again, tell the people who run this site.",
    ),
    id_token: ErrorText::new(
        "The provider's answer was not accepted",
        "Its proof of who you are did not pass the checks, so nobody was signed in.",
        "Try again. If it happens again, tell the people who run this site.",
    ),
    profile: ErrorText::new(
        "Your account could not be read",
        "The provider did not send the account details that this site needs.",
        "Try again and allow access to them, or use another account.",
    ),
    auth_time: ErrorText::new(
        "Your sign-in was not recent enough",
        "This page asks for a fresh sign-in, and the provider did not confirm one.",
        "Sign in again. If the provider asks, enter your password there.",
    ),
    unknown_provider: ErrorText::new(
        "No such way to sign in",
        "This site does not offer the one that was asked for.",
        "Choose one of those on the sign-in page.",
    ),
    clients_unavailable: ErrorText::new(
        "Signing in does not work right now",
        "This site could not look up how you sign in. The fault is not yours.",
        "Wait a minute and try again.",
    ),
    proxy_origin: ErrorText::new(
        "Sign-in was started at an unknown address",
        "This site finishes no sign-in for the one where you started.",
        "If you trust that address, tell the people who run it.",
    ),
    session_codec: ErrorText::new(
        "Your sign-in could not be written down",
        "The fault is this site's, not yours.",
        "Try again later. If it happens again, tell the people who run this site.",
    ),
    unknown_action: ErrorText::new(
        "Page not found",
        "There is nothing at this address.",
        "Check it for mistakes, or go to the sign-in page.",
    ),
    unknown_host: ErrorText::new(
        "This address does not work for signing in",
        "You reached this site by an address that it does not know as its own.",
        "Use its usual address. If this is it, tell the people who run this site.",
    ),
    account_of_another_user: ErrorText::new(
        "This account belongs to another user",
        "It is how somebody else signs in here, not the user you are signed in as.",
        "To switch to that user, sign out first. To add an account, choose another one.",
    ),
    session_changed: ErrorText::new(
        "You are not signed in as before",
        "You began to add an account, and then signed out or became somebody else.",
        "Sign in the usual way, then add the account.",
    ),
    store_unavailable: ErrorText::new(
        "You cannot be signed in at the moment",
        "This site cannot reach the place where it keeps its users. The fault is not yours.",
        "Wait a minute and try again.",
    ),
    session_too_large: ErrorText::new(
        "You could not be kept signed in",
        "This site remembers more about you than a cookie can hold.",
        "Tell the people who run this site.",
    ),
    callback_failed: ErrorText::new(
        "This site could not finish the sign-in",
        "Something failed in its own checks. The fault is not yours.",
        "Try again later. If it happens again, tell the people who run this site.",
    ),

    verification: ErrorText::new(
        "Unable to sign in",
        "The sign-in link is no longer valid.",
        "It may have been used already, or it may have expired. Sign in again.",
    ),
    another_account: ErrorText::new(
        "Unable to sign in",
        "To confirm your identity, sign in with the same account you used originally.",
        "Choose that way to sign in.",
    ),
    email_not_sent: ErrorText::new(
        "Unable to sign in",
        "The e-mail could not be sent.",
        "Check the address and try again.",
    ),
    credentials: ErrorText::new(
        "Sign in failed",
        "Check the details you provided are correct.",
        "Then try again.",
    ),
    session_required: ErrorText::new(
        "Sign-in required",
        "Please sign in to access this page.",
        "You will be taken back to it.",
    ),
    not_finished: ErrorText::new(
        "Unable to sign in",
        "The sign-in could not be finished.",
        "Try signing in with a different account.",
    ),
    unknown: ErrorText::new(
        "Unable to sign in",
        "The sign-in could not be finished.",
        "Try again. If it happens again, tell the people who run this site.",
    ),
};
