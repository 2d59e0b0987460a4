//! What hostile providers and hostile clients can occupy: bounded time, bounded memory, and nobody
//! else's.
#![cfg(target_os = "linux")] // memory is weighed in /proc

use std::time::{Duration, Instant};

use auth_tests::{Abuse, Browser, ENDPOINTS, HostileProvider, Target};
use futures_util::future::{join, join_all};

const MIB: usize = 1024 * 1024;

/// The deadline of a call, and some time for a machine that is busy.
const IN_TIME: Duration = Duration::from_secs(13);

/// What nobody waits for any other.
const PROMPT: Duration = Duration::from_secs(4);

fn start(entries: &[(&str, String)], settings: &[(&str, &str)]) -> Target {
    let catalogue = HostileProvider::start().catalogue(entries);
    Target::start(env!("CARGO_BIN_EXE_target"), &catalogue, settings)
}

async fn an_honest_sign_in_is_prompt(target: &Target) {
    let mut browser = Browser::new();
    let attempt = target.sign_in(&mut browser, "honest").await;
    assert!(
        target.is_signed_in(&mut browser).await,
        "{:?}",
        attempt.answer
    );
    assert!(attempt.longest < PROMPT, "{:?}", attempt.longest);
}

#[actix_web::test]
async fn whatever_a_provider_answers_costs_bounded_time_and_memory_and_holds_up_nobody_else() {
    let (hostile, honest) = (HostileProvider::start(), HostileProvider::start());
    let mut names = Vec::new();
    for endpoint in ENDPOINTS {
        names.extend(Abuse::ALL.map(|abuse| abuse.at(endpoint)));
    }
    let mut entries: Vec<_> = names
        .iter()
        .map(|name| (name.as_str(), hostile.issuer(name)))
        .collect();
    entries.push(("honest", honest.issuer("honest")));
    let target = start(&entries, &[]);
    an_honest_sign_in_is_prompt(&target).await;

    let rest = target.weigh();
    let attempts = names.iter().map(async |name| {
        let mut browser = Browser::new();
        let attempt = target.sign_in(&mut browser, name).await;
        let signed_in = target.is_signed_in(&mut browser).await;
        // 10 000 members, and one with a long name, are odd but right; more than 100 keys are cut.
        let harmless = ["many", "longname"].iter().any(|it| name.ends_with(it));
        let answer = &attempt.answer;
        assert!(!signed_in || harmless, "{name}: {answer:?}");
        assert!(answer.status < 500, "{name}: {answer:?}");
        assert!(attempt.longest < IN_TIME, "{name}: {:?}", attempt.longest);
        let failed = answer.location_param("error").is_some();
        assert!(failed || signed_in, "{name}: {answer:?}");
    });
    let others = async {
        for _ in 0..5 {
            an_honest_sign_in_is_prompt(&target).await;
        }
    };
    join(join_all(attempts), others).await;
    let above = target.peak().saturating_sub(rest);
    assert!(above <= 16 * MIB, "{} KiB above rest", above / 1024);
}

#[actix_web::test]
async fn fifty_sign_ins_that_hang_hold_up_neither_pages_nor_other_providers() {
    let (dead, honest) = (HostileProvider::start(), HostileProvider::start());
    let target = start(
        &[
            ("dead", dead.issuer(&Abuse::Silence.at("token"))),
            ("honest", honest.issuer("honest")),
        ],
        &[],
    );
    an_honest_sign_in_is_prompt(&target).await;
    let rest = target.weigh();
    let hanging = join_all((0..50).map(async |_| {
        let mut browser = Browser::new();
        let attempt = target.sign_in(&mut browser, "dead").await;
        assert!(
            attempt.answer.location_param("error").is_some(),
            "{:?}",
            attempt.answer
        );
        assert!(!target.is_signed_in(&mut browser).await);
    }));
    let others = async {
        let waiting = dead.clone();
        let waited = actix_web::web::block(move || waiting.wait_for_silence(32)).await;
        waited.expect("they hang");
        for _ in 0..5 {
            an_honest_sign_in_is_prompt(&target).await;
            let before = Instant::now();
            let page = Browser::new()
                .fetch(&format!("{}/auth/session", target.base))
                .await;
            assert_eq!(page.status, 200);
            assert!(before.elapsed() < PROMPT, "{:?}", before.elapsed());
        }
        assert_eq!(
            dead.waiting_in_silence(),
            32,
            "no more calls to one server at a time"
        );
        dead.release();
    };
    join(hanging, others).await;
    let above = target.peak().saturating_sub(rest);
    assert!(above <= 16 * MIB, "{} KiB above rest", above / 1024);
}

fn head(method: &str, path: &str, headers: &str) -> String {
    format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n")
}

fn status(answer: &str) -> u16 {
    let status = answer.split(' ').nth(1).and_then(|it| it.parse().ok());
    status.unwrap_or_else(|| panic!("{answer:?}"))
}

const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";

#[test]
fn a_body_that_comes_too_slowly_is_408_and_the_connection_ends() {
    let target = start(
        &[("honest", "http://127.0.0.1:1".to_owned())],
        &[("BODY_DEADLINE", "300")],
    );
    for framing in ["Content-Length: 1000", "Transfer-Encoding: chunked"] {
        let head = head(
            "POST",
            "/auth/signin/honest",
            &format!("{FORM}{framing}\r\n"),
        );
        let before = Instant::now();
        let (_, answer) = target.pour(&head, b"");
        assert_eq!(status(&answer), 408, "{framing}");
        assert!(
            before.elapsed() < PROMPT,
            "{framing}: the connection stays open"
        );
    }
}

#[test]
fn a_body_without_end_is_413_and_the_connection_ends() {
    let target = start(&[("honest", "http://127.0.0.1:1".to_owned())], &[]);
    let rest = target.weigh();
    for (framing, filler) in [
        ("Content-Length: 100000000000", vec![b'x'; 64 * 1024]),
        (
            "Transfer-Encoding: chunked",
            [&b"10000\r\n"[..], &[b'x'; 0x10000], b"\r\n"].concat(),
        ),
    ] {
        let head = head(
            "POST",
            "/auth/signin/honest",
            &format!("{FORM}{framing}\r\n"),
        );
        let before = Instant::now();
        let (_, answer) = target.pour(&head, &filler);
        assert!(
            answer.is_empty() || status(&answer) == 413,
            "{framing}: {answer}"
        );
        assert!(
            before.elapsed() < IN_TIME,
            "{framing}: the connection stays open"
        );
    }
    let above = target.peak().saturating_sub(rest);
    assert!(above <= 4 * MIB, "{} KiB above rest", above / 1024);
}

#[test]
fn a_head_without_end_is_cut_off() {
    let target = start(&[("honest", "http://127.0.0.1:1".to_owned())], &[]);
    let rest = target.weigh();
    for (start, filler) in [
        (
            "GET /auth/session HTTP/1.1\r\n".to_owned(),
            b"X-Filler: x\r\n".repeat(1000),
        ),
        (
            "GET /auth/session HTTP/1.1\r\nCookie: ".to_owned(),
            b"a=b; ".repeat(1000),
        ),
        ("GET /auth/session?".to_owned(), b"a=b&".repeat(1000)),
    ] {
        let (poured, _) = target.pour(&start, &filler);
        assert!(poured < 16 * MIB, "{start}: {poured} bytes were taken");
    }
    let above = target.peak().saturating_sub(rest);
    assert!(above <= 4 * MIB, "{} KiB above rest", above / 1024);
}

#[test]
fn thousands_of_cookies_cost_little_and_come_back_as_little() {
    let target = start(&[("honest", "http://127.0.0.1:1".to_owned())], &[]);
    let cookies = |count: usize, cookie: &dyn Fn(usize) -> String| {
        (0..count).map(cookie).collect::<Vec<_>>().join("; ")
    };
    let lines = [
        cookies(10_000, &|n| format!("c{n}=1")),
        cookies(10_000, &|_| "authjs.session-token=x".to_owned())[..100_000].to_owned(),
        cookies(2_000, &|n| format!("authjs.session-token.{n}=x")),
        cookies(500, &|n| format!("authjs.tx.{n:016x}=x")),
        cookies(2_000, &|n| format!("authjs.tx.{n:016x}=x")),
        format!("authjs.session-token={}", "x".repeat(60_000)),
        format!("authjs.tx.0000000000000000={}", "x".repeat(60_000)),
        format!("authjs.csrf-token={}", "x".repeat(60_000)),
        format!("authjs.callback-url={}", "x".repeat(60_000)),
        "=".repeat(60_000),
        ";".repeat(60_000),
    ];
    let rest = target.weigh();
    for line in &lines {
        for path in ["/auth/session", "/auth/csrf", "/auth/signin", "/protected"] {
            let headers = format!("Cookie: {line}\r\nConnection: close\r\n");
            let before = Instant::now();
            let (_, answer) = target.pour(&head("GET", path, &headers), b"");
            let case = format!("{path} {:.60}", line);
            assert!(status(&answer) < 500, "{case}: {:.200}", answer);
            assert!(before.elapsed() < PROMPT, "{case}");
            let set = answer.matches("et-cookie:").count() + answer.matches("et-Cookie:").count();
            assert!(set <= 30, "{case}: {set} cookies");
        }
    }
    let above = target.peak().saturating_sub(rest);
    assert!(above <= 8 * MIB, "{} KiB above rest", above / 1024);
}
