//! Whatever WorkOS, or somebody in its place, answers; and whatever is sent in its name.

use std::sync::LazyLock;

use super::testing::{API_KEY, Emulator};
use super::*;
use crate::hostile::{property, text};
use crate::testing::block_on;
use crate::time::Timestamp;

const ANSWER: &str = r#"{"user":{"object":"user","id":"user_1","email":"a@b.example",
    "metadata":{"k":"v"}},"access_token":"a","refresh_token":"r","impersonator":{"email":"x"}}"#;

const REFUSAL: &str = r#"{"code":"mfa_challenge","pending_authentication_token":"p",
    "authentication_factors":[{"id":"f","type":"totp"}],"user":{"id":"u","email":"e"}}"#;

static HEADER: LazyLock<String> = LazyLock::new(|| {
    let (at, body) = ("1750000000000", "{}");
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, b"secret");
    let tag = aws_lc_rs::hmac::sign(&key, format!("{at}.{body}").as_bytes());
    format!("t={at}, v1={}", crate::secret::hex(tag.as_ref()))
});

property!(
    every_answer_is_tokens_or_an_error_that_tells_nothing,
    (text([ANSWER, REFUSAL]), 200..600_u16),
    |(body, status)| {
        let answer = http::Response::builder().status(status);
        let answer = answer.body(body.into_bytes()).unwrap();
        let emulator = Emulator::new().answer(Ok(answer));
        let grant = Grant::RefreshToken {
            refresh_token: "ref_s3cret".into(),
            organization_id: None,
        };
        match block_on(emulator.workos().authenticate(grant)) {
            Ok(response) => assert!((200..300).contains(&status) && !response.user.id.is_empty()),
            Err(error) => {
                let shown = format!("{error} {error:?}");
                assert!(!shown.contains("s3cret") && !shown.contains(API_KEY));
                assert!(!(error.ends_session() && error.is_transient()));
            }
        }
    }
);

property!(
    no_other_header_is_a_signature,
    text([HEADER.as_str()]),
    |header| {
        let now = Timestamp::from_unix(1_750_000_000);
        let secret = "secret".into();
        let verified = verify_webhook(&header, b"{}", &secret, now, WEBHOOK_TOLERANCE);
        // It still holds the one right time and the one right signature.
        let parts: Vec<_> = HEADER.split(", ").collect();
        assert!(verified.is_err() || parts.iter().all(|part| header.contains(part.trim())));
    }
);
