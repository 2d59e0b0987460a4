use super::*;
use crate::authkit::workos::testing::{CLIENT_ID, Emulator};

const REDIRECT_URI: &str = "http://localhost:3000/callback";

fn url(params: &AuthorizationParams) -> String {
    let url = Emulator::new().workos().authorization_url(params);
    let base = "https://api.workos.com/user_management/authorize?";
    url.as_str().strip_prefix(base).unwrap().to_owned()
}

#[test]
fn the_least_is_who_we_are_and_where_to_come_back_to() {
    assert_eq!(
        url(&AuthorizationParams::authkit(REDIRECT_URI)),
        format!(
            "client_id={CLIENT_ID}&provider=authkit\
             &redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fcallback&response_type=code"
        )
    );
}

#[test]
fn every_parameter_has_its_place_in_the_alphabet() {
    let params = AuthorizationParams {
        target: AuthorizationTarget::AuthKit {
            screen_hint: Some(ScreenHint::SignUp),
            organization_id: Some("org_1".into()),
            max_age: Some(0),
        },
        state: Some("Fe26.2*1*a_b-c**d~2".into()),
        code_challenge: Some("E9Melhoa".into()),
        login_hint: Some("a+b@c.example".into()),
        domain_hint: Some("c.example".into()),
        invitation_token: Some("inv".into()),
        prompt: Some("select account".into()),
        claim_nonce: Some("n".into()),
        ..AuthorizationParams::authkit(REDIRECT_URI)
    };
    assert_eq!(
        url(&params),
        format!(
            "claim_nonce=n&client_id={CLIENT_ID}&code_challenge=E9Melhoa\
             &code_challenge_method=S256&domain_hint=c.example&invitation_token=inv\
             &login_hint=a%2Bb%40c.example&max_age=0&organization_id=org_1\
             &prompt=select+account&provider=authkit\
             &redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fcallback&response_type=code\
             &screen_hint=sign-up&state=Fe26.2%2A1%2Aa_b-c%2A%2Ad~2"
        )
    );
}

#[test]
fn a_provider_takes_scopes_and_parameters_of_its_own() {
    let target = AuthorizationTarget::Provider {
        provider: "GoogleOAuth".into(),
        scopes: vec!["z".into(), "a b".into()],
        query_params: vec![
            ("hd".into(), "c.example".into()),
            ("access_type".into(), "x".into()),
        ],
    };
    assert_eq!(
        url(&AuthorizationParams::new("https://a.example/cb", target)),
        format!(
            "client_id={CLIENT_ID}&provider=GoogleOAuth\
             &provider_query_params%5Baccess_type%5D=x&provider_query_params%5Bhd%5D=c.example\
             &provider_scopes=z&provider_scopes=a+b\
             &redirect_uri=https%3A%2F%2Fa.example%2Fcb&response_type=code"
        )
    );
}

#[test]
fn a_connection_or_an_organization_stands_in_the_place_of_a_provider() {
    let check = |target, pair: &str| {
        let url = url(&AuthorizationParams::new("https://a.example/cb", target));
        assert!(url.contains(pair) && !url.contains("provider"), "{url}");
    };
    check(
        AuthorizationTarget::Connection("conn_1".into()),
        "&connection_id=conn_1&",
    );
    check(
        AuthorizationTarget::Organization("org_1".into()),
        "&organization_id=org_1&",
    );
}

#[test]
fn the_logout_url_is_the_recorded_one() {
    let workos = Emulator::new().workos();
    let return_to = Some("http://localhost:3000/bye");
    let url = workos.logout_url("session_01M80M3XNXGK7YBSY2Y1QR0G9B", return_to);
    let recorded = Emulator::recorded("logout");
    let path = recorded["request"]["path"].as_str().unwrap();
    assert_eq!(url.as_str(), format!("https://api.workos.com{path}"));
    let url = workos.logout_url("session_1&return_to=x", None);
    assert_eq!(url.query(), Some("session_id=session_1%26return_to%3Dx"));
}

#[test]
fn the_keys_are_those_of_the_client() {
    let expected = format!("https://api.workos.com/sso/jwks/{CLIENT_ID}");
    assert_eq!(Emulator::new().workos().jwks_url().as_str(), expected);
}
