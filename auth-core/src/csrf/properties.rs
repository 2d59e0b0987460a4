//! Whatever stands in the CSRF cookie.

use std::sync::LazyLock;

use super::*;
use crate::hostile::{property, text};

static SECRETS: LazyLock<Secrets> =
    LazyLock::new(|| Secrets::new("new".into(), vec!["old".into()]));

/// Written with the whole list, with one secret, and with none of ours.
static COOKIES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let one = Secrets::new("old".into(), Vec::new());
    let other = Secrets::new("another".into(), Vec::new());
    [&*SECRETS, &one, &other]
        .map(|secrets| CsrfToken::generate().cookie_value(secrets))
        .to_vec()
});

property!(
    no_token_counts_but_one_that_we_wrote,
    text(COOKIES.iter().map(String::as_str)),
    |cookie| {
        let read = CsrfToken::read(&SECRETS, Some(&cookie));
        match &read {
            // Either of two hashes is enough: the other may be anything.
            Some(read) => {
                let token = read.token();
                assert!(COOKIES[..2].iter().any(|known| known.starts_with(token)));
            }
            None => assert!(!COOKIES[..2].contains(&cookie)),
        }
        for known in &COOKIES[..2] {
            let token = CsrfToken::read(&SECRETS, Some(known)).unwrap();
            assert_eq!(token.matches(&cookie), token.token() == cookie);
        }
    }
);
