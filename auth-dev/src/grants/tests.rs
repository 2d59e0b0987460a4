use super::*;

const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

fn issue(grants: &mut Grants) -> String {
    let new = NewGrant {
        client_id: "client".into(),
        redirect_uri: "http://localhost/cb".into(),
        code_challenge: s256(VERIFIER),
        nonce: None,
        scope: Vec::new(),
        person: Person::ada(),
        auth_time: NOW,
        fault: None,
    };
    grants.issue_code(new, NOW)
}

fn redemption(code: &str) -> Redemption<'_> {
    Redemption {
        code,
        client_id: "client",
        redirect_uri: Some("http://localhost/cb"),
        code_verifier: Some(VERIFIER),
    }
}

/// Why a code that was just issued is refused.
fn refused(change: impl FnOnce(&mut Redemption<'_>), now: Timestamp) -> &'static str {
    let mut grants = Grants::default();
    let code = issue(&mut grants);
    let mut redemption = redemption(&code);
    change(&mut redemption);
    match grants.redeem_code(&redemption, now) {
        Err(InvalidGrant(reason)) => reason,
        Ok(_) => panic!("the code was accepted"),
    }
}

#[test]
fn the_challenge_is_that_of_rfc_7636_appendix_b() {
    assert_eq!(
        s256(VERIFIER),
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    );
}

#[test]
fn a_code_is_redeemed_within_its_minute() {
    let mut grants = Grants::default();
    let code = issue(&mut grants);
    let late = NOW.plus(Duration::from_secs(59));
    assert!(grants.redeem_code(&redemption(&code), late).is_ok());
}

#[test]
fn a_code_is_refused_after_its_minute() {
    let reason = refused(|_| (), NOW.plus(CODE_LIFETIME));
    assert_eq!(reason, "the code is older than 60 seconds");
}

#[test]
fn a_code_is_refused_to_another_client() {
    let reason = refused(|redemption| redemption.client_id = "other", NOW);
    assert_eq!(reason, "this client was given no such code");
}

#[test]
fn a_code_is_refused_with_another_redirect_uri() {
    for other in [None, Some("http://localhost/cb/")] {
        let reason = refused(|redemption| redemption.redirect_uri = other, NOW);
        assert_eq!(reason, "the redirect_uri is not the one asked with");
    }
}

#[test]
fn a_code_is_refused_without_its_verifier() {
    let challenge = s256(VERIFIER);
    for other in [None, Some("wrong"), Some(challenge.as_str())] {
        let mut grants = Grants::default();
        let code = issue(&mut grants);
        let redemption = Redemption {
            code_verifier: other,
            ..redemption(&code)
        };
        let refusal = grants.redeem_code(&redemption, NOW).err();
        let expected = InvalidGrant("the code_verifier does not fit");
        assert_eq!(refusal, Some(expected), "{other:?}");
    }
}

#[test]
fn a_second_use_of_a_code_revokes_what_the_first_was_given() {
    let mut grants = Grants::default();
    let code = issue(&mut grants);
    let grant = grants.redeem_code(&redemption(&code), NOW).ok().unwrap();
    let access_token = grants.issue_access_token(&grant, NOW);
    let refresh_token = grants.issue_refresh_token(&grant, NOW);
    assert!(grants.accessible(&access_token, NOW).is_some());
    assert!(grants.redeem_code(&redemption(&code), NOW).is_err());
    assert!(grants.accessible(&access_token, NOW).is_none());
    let refusal = grants.spend_refresh_token(&refresh_token, "client", NOW);
    assert_eq!(refusal.err(), Some(InvalidGrant("the grant was revoked")));
}

#[test]
fn a_second_use_of_a_refresh_token_revokes_its_successors() {
    let mut grants = Grants::default();
    let code = issue(&mut grants);
    let grant = grants.redeem_code(&redemption(&code), NOW).ok().unwrap();
    let first = grants.issue_refresh_token(&grant, NOW);
    assert!(grants.spend_refresh_token(&first, "other", NOW).is_err());
    assert!(grants.spend_refresh_token(&first, "client", NOW).is_ok());
    let second = grants.issue_refresh_token(&grant, NOW);
    let refusal = grants.spend_refresh_token(&first, "client", NOW).err();
    let reason = "the refresh token was used before";
    assert_eq!(refusal, Some(InvalidGrant(reason)));
    assert!(grants.spend_refresh_token(&second, "client", NOW).is_err());
}

#[test]
fn tokens_expire() {
    let mut grants = Grants::default();
    let code = issue(&mut grants);
    let grant = grants.redeem_code(&redemption(&code), NOW).ok().unwrap();
    let access_token = grants.issue_access_token(&grant, NOW);
    let refresh_token = grants.issue_refresh_token(&grant, NOW);
    let hour = NOW.plus(ACCESS_TOKEN_LIFETIME);
    assert!(grants.accessible(&access_token, hour).is_none());
    let day = NOW.plus(MEMORY);
    let refusal = grants.spend_refresh_token(&refresh_token, "client", day);
    assert!(refusal.is_err());
}
