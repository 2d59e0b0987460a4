//! Whatever stands in the cookies of transactions.

use std::sync::LazyLock;

use proptest::collection::vec;

use super::*;
use crate::hostile::{header, property};
use crate::http::Request;

const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);

static COOKIES: LazyLock<TransactionCookies> =
    LazyLock::new(|| TransactionCookies::new(&Secrets::new("a secret".into(), Vec::new())));

fn transaction(state: &str, age: u64) -> Transaction {
    Transaction {
        provider: "op".to_owned(),
        client: "a client".to_owned(),
        state: state.to_owned(),
        nonce: Some("n".to_owned()),
        code_verifier: Some("v".to_owned()),
        redirect_uri: "https://app.example/api/auth/callback/op".to_owned(),
        return_to: "https://app.example/".to_owned(),
        max_age: None,
        started_at: NOW.minus(Duration::from_secs(age)),
        begun_by: None,
    }
}

/// Six that have begun, one of them too long ago, and what others may put beside them.
static LINES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let names = CookieNames::new(false);
    let sealed: Vec<String> = (0..6)
        .map(|index| {
            let transaction = transaction(&format!("s{index}"), index * 200);
            let numbered = Numbered {
                number: index,
                transaction: &transaction,
            };
            let name = cookie_name(&names, &transaction.state);
            format!("{name}={}", COOKIES.seal(&numbered))
        })
        .collect();
    let junk = (0..40).map(|index| format!("authjs.tx.{index:016x}=x"));
    vec![
        sealed.join("; "),
        sealed[0].clone(),
        format!("{}; authjs.tx.0123456789abcdef=v", sealed[1]),
        junk.collect::<Vec<_>>().join("; "),
    ]
});

property!(
    only_a_transaction_that_we_sealed_for_this_state_is_opened,
    vec(header(LINES.iter().map(String::as_str)), 1..3),
    |lines| {
        let names = CookieNames::new(false);
        let mut request = Request::default();
        for line in lines {
            request.headers_mut().append("cookie", line);
        }
        let present = Cookies::of(&request);
        for state in ["s0", "s1", "s5", "another", ""] {
            if let Ok(opened) = COOKIES.open(&names, &present, "op", state, NOW) {
                assert!(matches!(state, "s0" | "s1"));
                assert_eq!(opened.state, state);
                assert!(opened.is_live(NOW));
            }
        }

        let begun = transaction("new", 0);
        let set = COOKIES.start(&names, &begun, ResponseMode::Query, &present);
        assert!(set.len() <= 1 + 2 * MAX_REMOVALS);
        let name = cookie_name(&names, "new");
        let (last, removed) = set.split_last().unwrap();
        assert!(last.to_str().unwrap().starts_with(&format!("{name}=ey")));
        for line in removed {
            let line = line.to_str().unwrap();
            assert!(line.starts_with("authjs.tx.") && line.contains("; Max-Age=0; "));
            assert!(!line.starts_with(&name));
        }
    }
);
