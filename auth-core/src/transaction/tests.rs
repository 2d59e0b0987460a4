use super::*;
use crate::csrf::CsrfToken;
use crate::http::Request;

const NOW: Timestamp = Timestamp::from_unix(1_700_000_000);

fn secrets() -> Secrets {
    Secrets::new("0123456789abcdef0123456789abcdef".into(), Vec::new())
}

fn cookies() -> TransactionCookies {
    TransactionCookies::new(&secrets())
}

fn transaction(state: &str, started_at: Timestamp) -> Transaction {
    Transaction {
        provider: "github".to_owned(),
        client: "a client".to_owned(),
        state: state.to_owned(),
        nonce: Some("the-nonce".to_owned()),
        code_verifier: Some("the-verifier".to_owned()),
        redirect_uri: "https://app.example/api/auth/callback/github".to_owned(),
        return_to: "https://app.example/dashboard".to_owned(),
        max_age: Some(300),
        started_at,
        begun_by: None,
    }
}

fn request(line: &str) -> Request {
    http::Request::get("/")
        .header("cookie", line)
        .body(Vec::new())
        .unwrap()
}

/// `name=value` of the cookie that starts a transaction in a browser that holds `line`.
fn start(line: &str, transaction: &Transaction) -> (String, Vec<String>) {
    let request = request(line);
    let names = CookieNames::new(true);
    let mut headers: Vec<String> = cookies()
        .start(
            &names,
            transaction,
            ResponseMode::Query,
            &Cookies::of(&request),
        )
        .iter()
        .map(|header| header.to_str().unwrap().to_owned())
        .collect();
    let set = headers.pop().unwrap();
    let cleared = headers
        .iter()
        .map(|header| header.split('=').next().unwrap().to_owned())
        .collect();
    (set.split(';').next().unwrap().to_owned(), cleared)
}

fn open(line: &str, provider: &str, state: &str) -> Result<Transaction, TransactionError> {
    open_at(line, provider, state, NOW)
}

fn open_at(
    line: &str,
    provider: &str,
    state: &str,
    now: Timestamp,
) -> Result<Transaction, TransactionError> {
    let request = request(line);
    let names = CookieNames::new(true);
    cookies().open(&names, &Cookies::of(&request), provider, state, now)
}

#[test]
fn a_transaction_comes_back_as_it_was() {
    let begun = transaction("the-state", NOW);
    let (cookie, cleared) = start("", &begun);
    assert_eq!(cleared, [""; 0]);
    // SHA-256("the-state") begins with these digits.
    let name = hex(digest(&SHA256, b"the-state").as_ref());
    assert!(cookie.starts_with(&format!("__Host-authjs.tx.{}=", &name[..16])));
    assert_eq!(open(&cookie, "github", "the-state"), Ok(begun));
}

#[test]
fn optional_parts_may_be_absent() {
    let begun = Transaction {
        nonce: None,
        code_verifier: None,
        max_age: None,
        ..transaction("s", NOW)
    };
    let (cookie, _) = start("", &begun);
    assert_eq!(open(&cookie, "github", "s"), Ok(begun));
}

#[test]
fn the_cookie_outlives_the_transaction_to_tell_who_is_late() {
    let nobody = request("");
    let written = |answer, secure| {
        let names = CookieNames::new(secure);
        let present = Cookies::of(&nobody);
        let headers = cookies().start(&names, &transaction("s", NOW), answer, &present);
        let header = headers[0].to_str().unwrap();
        header.split_once("; ").unwrap().1.to_owned()
    };
    assert_eq!(
        written(ResponseMode::Query, true),
        "Max-Age=3600; Path=/; Expires=Tue, 14 Nov 2023 23:13:20 GMT; HttpOnly; Secure; SameSite=Lax"
    );
    assert_eq!(
        written(ResponseMode::FormPost, false),
        "Max-Age=3600; Path=/; Expires=Tue, 14 Nov 2023 23:13:20 GMT; HttpOnly; Secure; SameSite=None"
    );
}

#[test]
fn the_cookie_of_a_long_way_back_fits() {
    let begun = Transaction {
        return_to: format!("https://app.example/{}", "x".repeat(2028)),
        ..transaction(&"s".repeat(43), NOW)
    };
    let nobody = request("");
    let names = CookieNames::new(true);
    let present = Cookies::of(&nobody);
    let headers = cookies().start(&names, &begun, ResponseMode::FormPost, &present);
    assert!(headers[0].len() <= 4096, "{}", headers[0].len());
}

#[test]
fn a_browser_that_did_not_begin_it_is_rejected() {
    assert_eq!(open("", "github", "s"), Err(TransactionError::Missing));
    let (cookie, _) = start("", &transaction("s", NOW));
    assert_eq!(
        open(&cookie, "github", "another"),
        Err(TransactionError::Missing)
    );
    // Of two cookies with one name, one was planted.
    let (other, _) = start("", &transaction("s", NOW));
    assert_eq!(
        open(&format!("{cookie}; {other}"), "github", "s"),
        Err(TransactionError::Missing)
    );
}

#[test]
fn a_transaction_under_the_name_of_another_is_rejected() {
    let (cookie, _) = start("", &transaction("mine", NOW));
    let (_, value) = cookie.split_once('=').unwrap();
    let names = CookieNames::new(true);
    let moved = format!("{}={value}", cookie_name(&names, "theirs"));
    assert_eq!(
        open(&moved, "github", "theirs"),
        Err(TransactionError::Unreadable)
    );
}

#[test]
fn a_changed_transaction_is_rejected() {
    let (cookie, _) = start("", &transaction("s", NOW));
    for changed in [
        format!("{cookie}A"),
        cookie[..cookie.len() - 2].to_owned(),
        format!("{}=", cookie.split_once('=').unwrap().0),
    ] {
        assert_eq!(
            open(&changed, "github", "s"),
            Err(TransactionError::Unreadable)
        );
    }
}

#[test]
fn the_answer_of_another_provider_is_rejected() {
    let (cookie, _) = start("", &transaction("s", NOW));
    assert_eq!(
        open(&cookie, "gitlab", "s"),
        Err(TransactionError::OtherProvider)
    );
}

#[test]
fn an_expired_transaction_is_rejected() {
    let check = |start_offset: i64, expected: Result<(), TransactionError>| {
        let started_at = Timestamp::from_unix(NOW.as_unix().saturating_add(start_offset));
        let (cookie, _) = start("", &transaction("s", started_at));
        let opened = open_at(&cookie, "github", "s", NOW).map(|_| ());
        assert_eq!(opened, expected, "{start_offset}");
    };
    check(-900, Ok(()));
    check(-901, Err(TransactionError::Expired));
    check(900, Ok(()));
    check(901, Err(TransactionError::Expired));
    check(i64::MAX, Err(TransactionError::Expired));
    check(i64::MIN, Err(TransactionError::Expired));
}

#[test]
fn a_value_of_another_cookie_does_not_open_as_a_transaction() {
    let names = CookieNames::new(true);
    let name = cookie_name(&names, "s");
    let payload = serde_json::to_vec(&transaction("s", NOW)).unwrap();
    for salt in [
        "authjs.session-token",
        "__Secure-authjs.session-token",
        "authjs.state",
        "encodedState",
        "authjs.pkce.code_verifier",
        name.as_str(),
    ] {
        let sealed = KeyRing::derive(&secrets(), salt).seal(&payload);
        assert_eq!(
            open(&format!("{name}={sealed}"), "github", "s"),
            Err(TransactionError::Unreadable),
            "{salt}"
        );
    }
    let csrf = CsrfToken::generate().cookie_value(&secrets());
    assert_eq!(
        open(&format!("{name}={csrf}"), "github", "s"),
        Err(TransactionError::Unreadable)
    );
}

#[test]
fn a_transaction_does_not_open_as_another_cookie() {
    let (cookie, _) = start("", &transaction("s", NOW));
    let (_, value) = cookie.split_once('=').unwrap();
    for salt in ["authjs.session-token", "__Secure-authjs.session-token"] {
        assert!(KeyRing::derive(&secrets(), salt).open(value).is_err());
    }
    assert!(CsrfToken::read(&secrets(), Some(value)).is_none());
}

#[test]
fn a_session_pasted_into_the_csrf_cookie_is_rejected() {
    let session = KeyRing::derive(&secrets(), "authjs.session-token").seal(b"{}");
    assert!(CsrfToken::read(&secrets(), Some(&session)).is_none());
    let csrf = CsrfToken::generate().cookie_value(&secrets());
    let ring = KeyRing::derive(&secrets(), "authjs.session-token");
    assert!(ring.open(&csrf).is_err());
}

#[test]
fn parallel_tabs_keep_their_transactions() {
    let mut line = String::new();
    for tab in 0..5 {
        let begun = transaction(&format!("tab-{tab}"), NOW);
        let (cookie, cleared) = start(&line, &begun);
        assert_eq!(cleared, [""; 0]);
        line = format!("{line}; {cookie}");
    }
    for tab in 0..5 {
        assert!(open(&line, "github", &format!("tab-{tab}")).is_ok());
    }
}

#[test]
fn beyond_five_the_oldest_go() {
    let names = CookieNames::new(true);
    let mut line = String::new();
    for tab in [3, 0, 5, 1, 4, 2] {
        let started_at = NOW.minus(Duration::from_secs(100 - tab));
        let (cookie, _) = start("", &transaction(&format!("tab-{tab}"), started_at));
        line = format!("{line}; {cookie}");
    }
    let (_, cleared) = start(&line, &transaction("new", NOW));
    let mut expected = [cookie_name(&names, "tab-0"), cookie_name(&names, "tab-1")];
    expected.sort();
    assert_eq!(cleared, expected);
}

#[test]
fn expired_and_unreadable_ones_go() {
    let names = CookieNames::new(true);
    let old = NOW.minus(Duration::from_secs(901));
    let (expired, _) = start("", &transaction("expired", old));
    let (moved, _) = start("", &transaction("moved", NOW));
    let (kept, _) = start("", &transaction("kept", NOW));
    let (_, moved) = moved.split_once('=').unwrap();
    let prefix = &names.transaction.name;
    let line = format!(
        "{expired}; {kept}; {prefix}0000000000000000=junk; {prefix}0000000000000000=junk2; \
         {prefix}1111111111111111={moved}; {prefix}000=x; {prefix}AAAAAAAAAAAAAAAA=x; other=x"
    );
    let (_, cleared) = start(&line, &transaction("new", NOW));
    let mut expected = [
        cookie_name(&names, "expired"),
        format!("{prefix}0000000000000000"),
        format!("{prefix}1111111111111111"),
    ];
    expected.sort();
    assert_eq!(cleared, expected);
}

#[test]
fn planted_ones_do_not_swell_the_answer_nor_keep_the_oldest() {
    let names = CookieNames::new(true);
    let planted = (0..300).map(|index| format!("{}{index:016x}=x", names.transaction.name));
    let mut line = planted.collect::<Vec<_>>().join("; ");
    for tab in 0..5 {
        let begun = transaction(
            &format!("tab-{tab}"),
            NOW.minus(Duration::from_secs(100 - tab)),
        );
        let (cookie, _) = start("", &begun);
        line = format!("{line}; {cookie}");
    }
    let (_, cleared) = start(&line, &transaction("new", NOW));
    assert_eq!(cleared.len(), MAX_REMOVALS);
    assert!(cleared.contains(&cookie_name(&names, "tab-0")));
    assert!(!cleared.contains(&cookie_name(&names, "tab-1")));
}

#[test]
fn a_thousand_planted_transactions_are_not_removed_at_once() {
    let line: String = (0..1000)
        .map(|n| format!("__Host-authjs.tx.{n:016x}=x; "))
        .collect();
    let (cookie, cleared) = start(&line, &transaction("a", NOW));
    assert_eq!(cleared.len(), MAX_REMOVALS);
    assert!(open(&cookie, "github", "a").is_ok());
}

#[test]
fn a_removal_reaches_a_cross_site_cookie() {
    let shown = |secure| -> Vec<String> {
        cookies()
            .clear(&CookieNames::new(secure), "s")
            .iter()
            .map(|header| {
                header
                    .to_str()
                    .unwrap()
                    .split_once("Max-Age")
                    .unwrap()
                    .1
                    .to_owned()
            })
            .collect()
    };
    let none = "=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=None";
    let lax = "=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax";
    assert_eq!(shown(true), [none]);
    assert_eq!(shown(false), [none, lax]);
}

#[test]
fn debug_shows_no_secret() {
    let shown = format!("{:?} {:?}", transaction("the-state", NOW), cookies());
    for secret in ["the-state", "the-nonce", "the-verifier", "dashboard"] {
        assert!(!shown.contains(secret), "{secret}");
    }
}

#[test]
fn a_sign_in_under_way_survives_every_rotation_until_its_secret_is_removed() {
    // The first is the newest.
    let all = ["s3", "s2", "s1", "s0"];
    let of = |texts: &[&str]| {
        let (first, others) = texts.split_first().unwrap();
        let others = others.iter().map(|text| (*text).into()).collect();
        TransactionCookies::new(&Secrets::new((*first).into(), others))
    };
    let names = CookieNames::new(true);
    let nobody = request("");
    for (index, secret) in all.iter().enumerate() {
        let begun = transaction("s", NOW);
        let present = Cookies::of(&nobody);
        let set = of(&[secret]).start(&names, &begun, ResponseMode::Query, &present);
        let line = set[0].to_str().unwrap().split(';').next().unwrap();
        let back = request(line);
        for kept in 1..=all.len() {
            let opened = of(&all[..kept]).open(&names, &Cookies::of(&back), "github", "s", NOW);
            assert_eq!(opened.is_ok(), index < kept);
        }
    }
}
