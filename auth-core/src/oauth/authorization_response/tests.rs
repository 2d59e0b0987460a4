use super::*;

const ISSUER: &str = "https://op.example";
const EXPECTED: ExpectedResponse<'static> = ExpectedResponse {
    state: "s1",
    issuer: Some(ISSUER),
    iss_required: false,
};

fn parse(query: &str) -> Result<AuthorizationResponse, AuthorizationResponseError> {
    AuthorizationResponse::parse(url::form_urlencoded::parse(query.as_bytes()))
}

fn check_with(
    expected: ExpectedResponse<'_>,
    query: &str,
    outcome: Result<&str, AuthorizationResponseError>,
) {
    let code = parse(query).and_then(|response| response.verify(&expected));
    assert_eq!(
        code.as_ref().map(AuthorizationCode::expose),
        outcome.as_ref().copied(),
        "{query}"
    );
}

fn check(query: &str, outcome: Result<&str, AuthorizationResponseError>) {
    check_with(EXPECTED, query, outcome);
}

#[test]
fn a_response_to_our_request_yields_its_code() {
    check("code=c1&state=s1", Ok("c1"));
    check("state=s1&code=c1&iss=https%3A%2F%2Fop.example", Ok("c1"));
}

#[test]
fn unknown_parameters_are_ignored_even_when_repeated() {
    check(
        "code=c1&state=s1&session_state=a.b&foo=1&foo=2&id_token=forged",
        Ok("c1"),
    );
}

#[test]
fn repeated_parameters_are_refused() {
    for query in [
        "code=c1&state=s1&state=evil",
        "state=evil&code=c1&state=s1",
        "code=c1&code=c2&state=s1",
        "code=c1&state=s1&iss=https://op.example&iss=https://op.example",
        "error=access_denied&error=access_denied&state=s1",
        "error=x&error_description=a&error_description=b&state=s1",
        "code=c1&state=s1&state=",
    ] {
        check(query, Err(AuthorizationResponseError::Repeated));
    }
}

#[test]
fn a_missing_state_is_refused() {
    check("code=c1", Err(AuthorizationResponseError::MissingState));
    check(
        "code=c1&state=",
        Err(AuthorizationResponseError::MissingState),
    );
    check(
        "error=server_error",
        Err(AuthorizationResponseError::MissingState),
    );
    assert_eq!(
        parse("code=c1").unwrap().state(),
        Err(AuthorizationResponseError::MissingState)
    );
    assert_eq!(parse("state=s9").unwrap().state(), Ok("s9"));
}

#[test]
fn another_state_is_refused_before_anything_else_is_looked_at() {
    for query in [
        "code=c1&state=s2",
        "code=c1&state=S1",
        "code=c1&state=s11",
        "error=access_denied&state=s2",
        "code=c1&state=s2&iss=https://evil.example",
    ] {
        check(query, Err(AuthorizationResponseError::UnexpectedState));
    }
}

#[test]
fn another_issuer_is_refused_announced_or_not() {
    for iss in [
        "https://evil.example",
        "https://op.example/",
        "HTTPS://op.example",
        "https%3A%2F%2Fop.example.evil",
    ] {
        for expected in [
            EXPECTED,
            ExpectedResponse {
                iss_required: true,
                ..EXPECTED
            },
        ] {
            check_with(
                expected,
                &format!("code=c1&state=s1&iss={iss}"),
                Err(AuthorizationResponseError::UnexpectedIssuer),
            );
            check_with(
                expected,
                &format!("error=access_denied&state=s1&iss={iss}"),
                Err(AuthorizationResponseError::UnexpectedIssuer),
            );
        }
    }
}

#[test]
fn an_announced_issuer_must_be_there() {
    let expected = ExpectedResponse {
        iss_required: true,
        ..EXPECTED
    };
    for query in [
        "code=c1&state=s1",
        "code=c1&state=s1&iss=",
        "error=access_denied&state=s1",
    ] {
        check_with(
            expected,
            query,
            Err(AuthorizationResponseError::MissingIssuer),
        );
    }
    check_with(
        expected,
        "code=c1&state=s1&iss=https://op.example",
        Ok("c1"),
    );
}

#[test]
fn an_issuer_is_ignored_where_the_provider_has_none() {
    let expected = ExpectedResponse {
        issuer: None,
        ..EXPECTED
    };
    check_with(
        expected,
        "code=c1&state=s1&iss=https://any.example",
        Ok("c1"),
    );
}

#[test]
fn an_error_wins_over_a_code() {
    check(
        "code=c1&state=s1&error=access_denied",
        Err(AuthorizationResponseError::Denied {
            error: ProviderErrorCode::AccessDenied,
        }),
    );
}

#[test]
fn known_errors_are_told_apart_and_foreign_text_is_not_kept() {
    for (name, error) in ProviderErrorCode::KNOWN {
        check(
            &format!("error={name}&state=s1"),
            Err(AuthorizationResponseError::Denied { error }),
        );
        assert_eq!(error.to_string(), name);
    }
    let hostile = parse(
        "state=s1&error=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&error_description=canary&error_uri=javascript:canary",
    )
    .unwrap();
    assert!(!format!("{hostile:?}").contains("canary"));
    let refused = hostile.verify(&EXPECTED).unwrap_err();
    assert_eq!(
        refused,
        AuthorizationResponseError::Denied {
            error: ProviderErrorCode::Other
        }
    );
    assert_eq!(
        refused.to_string(),
        "the provider answered with an error (other)"
    );
}

#[test]
fn a_missing_or_empty_code_is_refused() {
    check("state=s1", Err(AuthorizationResponseError::MissingCode));
    check(
        "state=s1&code=",
        Err(AuthorizationResponseError::MissingCode),
    );
    check(
        "state=s1&error=",
        Err(AuthorizationResponseError::MissingCode),
    );
}

#[test]
fn overlong_values_are_refused() {
    for (name, longest) in [("code", MAX_CODE), ("state", MAX_VALUE), ("iss", MAX_VALUE)] {
        let query = |length: usize| format!("{name}={}", "x".repeat(length));
        assert!(parse(&query(longest)).is_ok(), "{name}");
        assert_eq!(
            parse(&query(longest + 1)).unwrap_err(),
            AuthorizationResponseError::TooLong,
            "{name}"
        );
    }
}

#[test]
fn control_characters_and_non_ascii_are_refused() {
    for query in [
        "code=c1%0D%0AX-Evil:+1&state=s1",
        "code=c1%00&state=s1",
        "code=c1&state=s1%7F",
        "code=caf%C3%A9&state=s1",
    ] {
        check(query, Err(AuthorizationResponseError::Malformed));
    }
}

#[test]
fn debug_shows_neither_code_nor_state() {
    let response = parse("code=canary1&state=canary2").unwrap();
    assert!(!format!("{response:?}").contains("canary"));
    let code = parse("code=canary1&state=s1")
        .unwrap()
        .verify(&EXPECTED)
        .unwrap();
    assert_eq!(format!("{code:?}"), "AuthorizationCode([redacted])");
}
