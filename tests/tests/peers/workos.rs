//! WorkOS's own client against the stand-in for WorkOS: that it is content is what makes the
//! stand-in one.

use std::time::Duration;

use auth_dev::DevWorkOs;
use auth_dev::workos::{Endpoint, Fault, Organization, User};
use serde_json::{Value, json};

use crate::node::Peer;

const PASSWORD: &str = "a cookie password of the tests, 32+";

/// The client, and the service that it talks to.
struct Client {
    node: Peer,
    workos: DevWorkOs,
}

impl Client {
    fn start() -> Self {
        let user = |name: &str| {
            User::new(name, "Doe", format!("{}@acme.test", name.to_lowercase()))
                .id(format!("user_01{}", name.to_uppercase()))
                .password("secret")
        };
        let users = [
            user("Alice").member_of("org_01ACME", "admin"),
            user("Multi")
                .member_of("org_01ACME", "member")
                .member_of("org_01BETA", "member")
                .member_of("org_01SSO", "member")
                .member_of("org_01MFA", "member"),
            user("Mfa").totp("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"),
            user("Unverified").unverified_email(),
            user("Imp").impersonated_by("support@acme.test", Some("a ticket")),
        ];
        let organizations = [
            Organization::acme(),
            Organization::beta(),
            Organization::new("Single")
                .id("org_01SSO")
                .requires_sso("conn_01SSO"),
            Organization::new("Careful").id("org_01MFA").requires_mfa(),
        ];
        let workos = DevWorkOs::builder()
            .users(users)
            .organizations(organizations)
            .start()
            .expect("the service starts");
        let client = Self {
            node: Peer::start("../workos-peers/workos.js"),
            workos,
        };
        client.open(client.workos.api_key());
        client
    }

    fn open(&self, api_key: &str) {
        let options = json!({
            "clientId": self.workos.client_id(),
            "apiHostname": "127.0.0.1",
            "https": false,
            "port": self.workos.port(),
            "maxRetries": 0,
        });
        self.ask(json!({ "command": "open", "api_key": api_key, "options": options }))
            .expect("it opens");
    }

    /// What a command returns, or what it throws.
    fn ask(&self, command: Value) -> Result<Value, Value> {
        let mut answer = self.node.ask(&command).expect("the script runs");
        match answer.get_mut("threw") {
            Some(error) => Err(error.take()),
            None => Ok(answer["returned"].take()),
        }
    }

    fn call(&self, method: &str, options: Value) -> Result<Value, Value> {
        let method = format!("userManagement.{method}");
        self.ask(json!({ "command": "call", "method": method, "args": [options] }))
    }

    fn password(&self, email: &str) -> Result<Value, Value> {
        let options = json!({ "email": email, "password": "secret" });
        self.call("authenticateWithPassword", options)
    }

    /// A cookie of somebody who has come by way of the page.
    fn cookie(&self, email: &str) -> String {
        let options = json!({ "provider": "authkit", "redirectUri": "http://localhost/callback" });
        let begun = self
            .call("getAuthorizationUrlWithPKCE", options)
            .expect("it begins");
        let callback = self
            .workos
            .approve(begun["url"].as_str().expect("there is an address"), email);
        let callback = reqwest::Url::parse(&callback).expect("an address");
        let param = |name: &str| {
            let mut pairs = callback.query_pairs();
            pairs
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.into_owned())
        };
        assert_eq!(param("state").as_deref(), begun["state"].as_str());
        let options = json!({
            "code": param("code"),
            "codeVerifier": begun["codeVerifier"],
            "session": { "sealSession": true, "cookiePassword": PASSWORD },
        });
        let tokens = self.call("authenticateWithCode", options).expect("it ends");
        tokens["sealedSession"]
            .as_str()
            .expect("a cookie")
            .to_owned()
    }

    fn session(&self, cookie: &str, method: &str, options: Value) -> Result<Value, Value> {
        self.ask(json!({
            "command": "session",
            "cookie": cookie,
            "password": PASSWORD,
            "method": method,
            "options": options,
        }))
    }
}

/// The name and code of what was thrown.
fn thrown(outcome: Result<Value, Value>) -> (String, String) {
    let error = outcome.expect_err("it throws");
    let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
    let code = if text("code").is_empty() {
        text("error")
    } else {
        text("code")
    };
    (text("name"), code)
}

fn is(name: &str, code: &str) -> (String, String) {
    (name.to_owned(), code.to_owned())
}

#[actix_web::test]
async fn a_code_becomes_a_session_that_its_keys_verify() {
    let client = Client::start();
    let cookie = client.cookie("alice@acme.test");
    let session = client.session(&cookie, "authenticate", json!({})).unwrap();
    assert_eq!(session["authenticated"], true, "{session}");
    assert_eq!(session["user"]["firstName"], "Alice");
    assert_eq!(session["organizationId"], "org_01ACME");
    assert_eq!(session["role"], "admin");
    assert_eq!(session["permissions"], json!(["posts:read", "posts:write"]));
    assert_eq!(session["entitlements"], json!(["audit-logs"]));
    client
        .workos
        .fail_next(Endpoint::Authenticate, Fault::WrongKey);
    let forged = client.cookie("alice@acme.test");
    let session = client.session(&forged, "authenticate", json!({})).unwrap();
    assert_eq!(
        session,
        json!({ "authenticated": false, "reason": "invalid_jwt" })
    );
}

#[actix_web::test]
async fn a_sealed_session_is_refreshed_again_and_again_and_into_another_organisation() {
    let client = Client::start();
    let mut cookie = client.cookie("multi@acme.test");
    for (organization, expected) in [
        (Value::Null, "org_01ACME"),
        ("org_01BETA".into(), "org_01BETA"),
        (Value::Null, "org_01BETA"),
    ] {
        let mut options = json!({});
        if !organization.is_null() {
            options["organizationId"] = organization;
        }
        let refreshed = client.session(&cookie, "refresh", options).unwrap();
        assert_eq!(refreshed["authenticated"], true, "{refreshed}");
        assert_eq!(refreshed["organizationId"], expected);
        cookie = refreshed["sealedSession"].as_str().unwrap().to_owned();
        let session = client.session(&cookie, "authenticate", json!({})).unwrap();
        assert_eq!(session["organizationId"], expected);
    }
    let options = json!({ "organizationId": "org_01MFA" });
    let refused = client.session(&cookie, "refresh", options).unwrap();
    assert_eq!(
        (&refused["reason"], &refused["retryable"]),
        (&json!("mfa_enrollment"), &json!(false))
    );
    let options = json!({ "organizationId": "org_01SSO" });
    let refused = client.session(&cookie, "refresh", options).unwrap();
    assert_eq!(refused["reason"], "sso_required");
}

#[actix_web::test]
async fn why_a_refresh_fails_is_understood() {
    let client = Client::start();
    let cookie = client.cookie("alice@acme.test");
    let retry_after = Duration::from_secs(7);
    for (fault, reason, retryable) in [
        (Fault::Unavailable, "server_error", true),
        (
            Fault::RateLimited { retry_after },
            "rate_limit_exceeded",
            true,
        ),
        (Fault::InvalidGrant, "invalid_grant", false),
    ] {
        client.workos.fail_next(Endpoint::Authenticate, fault);
        let refused = client.session(&cookie, "refresh", json!({})).unwrap();
        assert_eq!(refused["reason"], reason, "{refused}");
        assert_eq!(refused["retryable"], retryable);
        if reason == "rate_limit_exceeded" {
            assert_eq!(refused["retryAfter"], 7);
        }
    }
    client
        .workos
        .fail_next(Endpoint::Authenticate, Fault::AnswerLost);
    client.session(&cookie, "refresh", json!({})).unwrap();
    let refreshed = client.session(&cookie, "refresh", json!({})).unwrap();
    assert_eq!(
        refreshed["authenticated"], true,
        "the grace gives the pair again"
    );
    client.workos.end_sessions("alice@acme.test");
    let refused = client.session(&cookie, "refresh", json!({})).unwrap();
    assert_eq!(refused["reason"], "invalid_grant");
}

#[actix_web::test]
async fn steps_between_a_password_and_a_session_are_its_exceptions() {
    let client = Client::start();
    let is_exception = |code| is("AuthenticationException", code);
    let call = |method: &str, mut options: Value, first: &Value| {
        options["pendingAuthenticationToken"] = first["pendingAuthenticationToken"].clone();
        client.call(method, options)
    };

    let first = client.password("unverified@acme.test").unwrap_err();
    assert_eq!(
        thrown(Err(first.clone())),
        is_exception("email_verification_required")
    );
    let code = json!({ "code": client.workos.last_mail("unverified@acme.test") });
    let session = call("authenticateWithEmailVerification", code, &first).unwrap();
    assert_eq!(session["user"]["emailVerified"], true);

    let first = client.password("multi@acme.test").unwrap_err();
    assert_eq!(
        thrown(Err(first.clone())),
        is_exception("organization_selection_required")
    );
    let choice = json!({ "organizationId": "org_01BETA" });
    let session = call("authenticateWithOrganizationSelection", choice, &first).unwrap();
    assert_eq!(session["organizationId"], "org_01BETA");

    let first = client.password("mfa@acme.test").unwrap_err();
    assert_eq!(thrown(Err(first.clone())), is_exception("mfa_challenge"));
    let mfa = |method: &str, options: Value| {
        let method = format!("multiFactorAuth.{method}");
        client
            .ask(json!({ "command": "call", "method": method, "args": [options] }))
            .unwrap()
    };
    let factors = mfa("listUserAuthFactors", json!({ "userId": "user_01MFA" }));
    let factor = json!({ "authenticationFactorId": factors[0]["id"] });
    let challenge = mfa("challengeFactor", factor);
    let wrong = json!({ "code": "000000", "authenticationChallengeId": challenge["id"] });
    let wrong = call("authenticateWithTotp", wrong, &first).unwrap_err();
    assert_eq!(wrong["code"], "invalid_one_time_code");
    let right = json!({
        "code": client.workos.totp("mfa@acme.test"),
        "authenticationChallengeId": challenge["id"],
    });
    let session = call("authenticateWithTotp", right, &first).unwrap();
    assert_eq!(session["user"]["id"], "user_01MFA");
}

#[actix_web::test]
async fn what_is_wrong_is_its_typed_exception() {
    let client = Client::start();
    let wrong = json!({ "email": "alice@acme.test", "password": "nope" });
    let wrong = client.call("authenticateWithPassword", wrong);
    assert_eq!(
        thrown(wrong),
        is("GenericServerException", "invalid_credentials")
    );
    let code = client.call("authenticateWithCode", json!({ "code": "auth_code_01" }));
    assert_eq!(thrown(code), is("OauthException", "invalid_grant"));
    let unknown = client.call("getUser", "user_other".into());
    assert_eq!(thrown(unknown), is("NotFoundException", "entity_not_found"));
    let incomplete = client.call("createMagicAuth", json!({}));
    assert_eq!(thrown(incomplete).0, "UnprocessableEntityException");
    let taken = client.call("createUser", json!({ "email": "alice@acme.test" }));
    assert_eq!(
        thrown(taken),
        is("BadRequestException", "user_creation_error")
    );
    let retry_after = Duration::from_secs(7);
    client
        .workos
        .fail_next(Endpoint::Api, Fault::RateLimited { retry_after });
    let limited = client.call("getUser", "user_01ALICE".into()).unwrap_err();
    assert_eq!(
        (&limited["name"], &limited["retryAfter"]),
        (&json!("RateLimitExceededException"), &json!(7))
    );
    client.open("sk_another");
    let key = client.call("getUser", "user_01ALICE".into());
    assert_eq!(thrown(key).0, "UnauthorizedException");
}

#[actix_web::test]
async fn sessions_are_listed_and_revoked() {
    let client = Client::start();
    for _ in 0..12 {
        client.password("alice@acme.test").unwrap();
    }
    let cookie = client.cookie("alice@acme.test");
    let sessions = client.call("listSessions", "user_01ALICE".into()).unwrap();
    let sessions = sessions.as_array().unwrap();
    assert_eq!(sessions.len(), 13, "over two pages");
    let own = client.session(&cookie, "authenticate", json!({})).unwrap();
    assert_eq!(sessions[0]["id"], own["sessionId"], "the newest first");
    let revoked = json!({ "sessionId": own["sessionId"] });
    client.call("revokeSession", revoked).unwrap();
    let sessions = client.call("listSessions", "user_01ALICE".into()).unwrap();
    assert_eq!(sessions[0]["status"], "revoked");
    let refused = client.session(&cookie, "refresh", json!({})).unwrap();
    assert_eq!(refused["reason"], "invalid_grant");
    let options = json!({ "returnTo": "http://localhost:3000/bye" });
    let url = client.session(&cookie, "getLogoutUrl", options).unwrap();
    let expected = format!("{}/user_management/sessions/logout", client.workos.origin());
    assert!(url.as_str().unwrap().starts_with(&expected), "{url}");
}

#[actix_web::test]
async fn everything_else_that_sign_in_needs_is_there() {
    let client = Client::start();
    let magic = client
        .call("createMagicAuth", json!({ "email": "alice@acme.test" }))
        .unwrap();
    assert_eq!(
        client.call("getMagicAuth", magic["id"].clone()).unwrap(),
        magic
    );
    let options = json!({ "email": "alice@acme.test", "code": magic["code"] });
    let session = client.call("authenticateWithMagicAuth", options).unwrap();
    assert_eq!(session["authenticationMethod"], "MagicAuth");

    let options = json!({ "refreshToken": session["refreshToken"] });
    let refreshed = client
        .call("authenticateWithRefreshToken", options)
        .unwrap();
    assert_eq!(refreshed["user"], session["user"]);

    let impersonated = client.password("imp@acme.test").unwrap();
    let impersonator = json!({ "email": "support@acme.test", "reason": "a ticket" });
    assert_eq!(impersonated["impersonator"], impersonator);

    let memberships = json!({ "userId": "user_01MULTI" });
    let memberships = client
        .call("listOrganizationMemberships", memberships)
        .unwrap();
    assert_eq!(memberships.as_array().unwrap().len(), 4);

    let invitation = json!({ "email": "imp@acme.test", "organizationId": "org_01ACME" });
    let invitation = client.call("sendInvitation", invitation).unwrap();
    let found = client
        .call("findInvitationByToken", invitation["token"].clone())
        .unwrap();
    assert_eq!(found, invitation);
    let accepted = client
        .call("acceptInvitation", invitation["id"].clone())
        .unwrap();
    assert_eq!(accepted["state"], "accepted");

    let reset = client
        .call("createPasswordReset", json!({ "email": "alice@acme.test" }))
        .unwrap();
    let fields = json!({ "token": reset["passwordResetToken"], "newPassword": "another" });
    let user = client.call("resetPassword", fields).unwrap();
    assert_eq!(user["user"]["id"], "user_01ALICE");

    let key = client
        .workos
        .create_api_key("org_01ACME", "CI", ["posts:read"]);
    let validate = |value: &str| {
        let args = json!([{ "value": value }]);
        client
            .ask(json!({ "command": "call", "method": "apiKeys.createValidation", "args": args }))
            .unwrap()
    };
    assert_eq!(validate(&key)["apiKey"]["owner"]["id"], "org_01ACME");
    assert_eq!(validate("sk_nope")["apiKey"], Value::Null);

    let organization = json!({
        "command": "call", "method": "organizations.getOrganization", "args": ["org_01ACME"],
    });
    assert_eq!(client.ask(organization).unwrap()["name"], "Acme");
}
