//! A recorded conversation with WorkOS's own emulator, held again with the stand-in: the same
//! statuses, the same fields of the same types, the same codes. Where the emulator differs from the
//! service, the stand-in follows the service; these places are listed.

use std::collections::BTreeMap;
use std::time::Duration;

use auth_dev::DevWorkOs;
use auth_dev::workos::{Endpoint, Fault, Organization, User};
use serde_json::{Value, json};
use url::Url;

use crate::client::{http, part};

const TRANSCRIPT: &str = include_str!("../../../auth-core/fixtures/workos_transcript.json");

/// Where the emulator is not the service.
const DIFFERENCES: &[&str] = &[
    // The service lists the factors, and leaves it to the application to challenge one of them.
    "password: mfa_challenge /authentication_challenge: gone",
    "password: mfa_challenge /authentication_factors: new",
    "password: mfa_challenge /user: new",
    // One code for every wrong one-time code.
    "email-verification: bad code /code: invalid_code, but invalid_one_time_code",
    // The start of the device flow takes no key.
    "device: authorize: status 401, but 200",
    "device: authorize /code: gone",
    "device: authorize /message: gone",
    "device: authorize /device_code: new",
    "device: authorize /expires_in: new",
    "device: authorize /interval: new",
    "device: authorize /user_code: new",
    "device: authorize /verification_uri: new",
    "device: authorize /verification_uri_complete: new",
    // A factor comes with a challenge; its secret is told once.
    "enroll TOTP /created_at: gone",
    "enroll TOTP /id: gone",
    "enroll TOTP /object: gone",
    "enroll TOTP /totp: gone",
    "enroll TOTP /type: gone",
    "enroll TOTP /updated_at: gone",
    "enroll TOTP /user_id: gone",
    "enroll TOTP /authentication_challenge: new",
    "enroll TOTP /authentication_factor: new",
    "list auth factors /data/0/totp/uri: gone",
    // Whose browser it is, the application says.
    "list sessions /data/0/user_agent: a string, but null",
    // A redirect with an error says what it is about.
    "authorize: unknown login_hint -> error redirect /location/error_description: new",
];

#[actix_web::test]
async fn the_recorded_conversation_has_the_same_shape_here() {
    let transcript: Value = serde_json::from_str(TRANSCRIPT).unwrap();
    let workos = environment();
    let mut talk = Talk::default();
    for exchange in transcript["transcript"].as_array().unwrap() {
        let name = exchange["name"].as_str().unwrap();
        match name {
            // The emulator knows no grace.
            "refresh: replay of rotated token" => workos.advance(Duration::from_secs(31)),
            "mfa-totp: bad code" => talk.challenge(&workos).await,
            "hook: 429" => {
                let retry_after = Duration::from_secs(1);
                workos.fail_next(Endpoint::Authenticate, Fault::RateLimited { retry_after });
            }
            _ => {}
        }
        talk.repeat(&workos, name, exchange).await;
    }
    assert_eq!(talk.exchanges, 35);
    let mut expected = DIFFERENCES.to_vec();
    expected.sort_unstable();
    talk.differences.sort_unstable();
    assert_eq!(talk.differences, expected);
}

#[actix_web::test]
async fn access_tokens_have_the_recorded_claims_without_an_audience() {
    let transcript: Value = serde_json::from_str(TRANSCRIPT).unwrap();
    let workos = environment();
    for (email, password, recorded) in [
        ("alice@acme.com", "pw-alice", "access_token_claims"),
        ("imp@acme.com", "pw-imp", "impersonation_claims"),
    ] {
        let fields = json!({ "grant_type": "password", "email": email, "password": password });
        let (_, tokens) = super::client::authenticate(&workos, fields).await;
        let token = tokens["access_token"].as_str().unwrap();
        let mut differences = Vec::new();
        compare("", &transcript[recorded], &part(token, 1), &mut differences);
        assert_eq!(differences, [" /aud: gone"]);
        let header = &transcript["access_token_header"];
        compare("", header, &part(token, 0), &mut differences);
        assert_eq!(differences.len(), 1);
    }
}

/// The environment of the recording.
fn environment() -> DevWorkOs {
    let user = |id: &str, email: &str, password: &str| {
        let (first, last) = match id {
            "user_01ALICE" => ("Alice", "Ünïcode"),
            "user_01UNVER" => ("", ""),
            _ => ("Somebody", ""),
        };
        User::new(first, last, email).id(id).password(password)
    };
    let users = [
        user("user_01ALICE", "alice@acme.com", "pw-alice").member_of("org_01ACME", "admin"),
        user("user_01MULTI", "multi@acme.com", "pw-multi")
            .member_of("org_01ACME", "admin")
            .member_of("org_02BETA", "admin"),
        user("user_01UNVER", "unverified@acme.com", "pw-unver").unverified_email(),
        user("user_01MFA", "mfa@acme.com", "pw-mfa").totp("GEZDGNBVGY3TQOJQ"),
        user("user_01IMP", "imp@acme.com", "pw-imp")
            .impersonated_by("admin@foocorp.com", Some("debugging")),
    ];
    let beta = Organization::beta().id("org_02BETA");
    DevWorkOs::builder()
        .client_id("client_01TESTCLIENTID000000000000")
        .api_key("sk_test_default")
        .users(users)
        .organizations([Organization::acme(), beta])
        .start()
        .unwrap()
}

#[derive(Default)]
struct Talk {
    exchanges: usize,
    /// What the recording says, and what is said here instead.
    values: BTreeMap<String, String>,
    differences: Vec<String>,
}

impl Talk {
    /// Sends what was recorded, with the values of this conversation, and compares the answers.
    async fn repeat(&mut self, workos: &DevWorkOs, name: &str, exchange: &Value) {
        self.exchanges += 1;
        let (request, expected) = (&exchange["request"], &exchange["response"]);
        let url = self.translated(&format!(
            "{}{}",
            workos.origin(),
            request["path"].as_str().unwrap()
        ));
        let body = self.translated(&request["body"].to_string());
        let sent = match request["method"].as_str().unwrap() {
            "GET" => http().get(url),
            _ if name.contains("form-encoded") => {
                let body: Value = serde_json::from_str(&body).unwrap();
                let fields = body.as_object().unwrap().iter();
                let fields = fields.map(|(name, value)| (name.as_str(), value.as_str().unwrap()));
                super::client::with_form(http().post(url), &fields.collect::<Vec<_>>())
            }
            _ => http().post(url).body(body),
        };
        let sent = if name.starts_with("device: authorize") {
            sent
        } else {
            sent.bearer_auth(workos.api_key())
        };
        let response = sent.send().await.unwrap();
        let status = u64::from(response.status().as_u16());
        if expected["status"] != status {
            let text = format!("{name}: status {}, but {status}", expected["status"]);
            self.differences.push(text);
        }
        let location = response.headers().get("location").cloned();
        if let Some(recorded) = expected["location"].as_str() {
            let here = location.expect("there is a redirect");
            self.learn(
                name,
                &query(recorded),
                &query(here.to_str().unwrap()),
                "/location",
            );
        }
        let body = response.bytes().await.unwrap();
        if let Ok(body) = serde_json::from_slice(&body) {
            self.learn(name, &expected["body"], &body, "");
        }
    }

    /// The service lists factors where the emulator has made a challenge.
    async fn challenge(&mut self, workos: &DevWorkOs) {
        let factors = "/user_management/users/user_01MFA/auth_factors";
        let (_, factors) = super::client::get(workos, factors).await;
        let factor = factors["data"][0]["id"].as_str().unwrap();
        let path = format!("/auth/factors/{factor}/challenge");
        let (status, challenge) = super::client::post(workos, &path, json!({})).await;
        assert_eq!(status, 201);
        let here = challenge["id"].as_str().unwrap().to_owned();
        let recorded = "auth_challenge_01M80M3XRJFQ1HVSVC45EF7Z0M".to_owned();
        self.values.insert(recorded, here);
    }

    fn learn(&mut self, name: &str, recorded: &Value, here: &Value, below: &str) {
        let before = self.differences.len();
        compare("", recorded, here, &mut self.differences);
        for difference in &mut self.differences[before..] {
            *difference = format!("{name} {below}{}", difference.trim_start());
        }
        self.remember(recorded, here);
    }

    fn remember(&mut self, recorded: &Value, here: &Value) {
        match (recorded, here) {
            (Value::Object(recorded), Value::Object(here)) => {
                for (key, value) in recorded {
                    if let Some(here) = here.get(key) {
                        self.remember(value, here);
                    }
                }
            }
            (Value::String(recorded), Value::String(here)) if recorded.len() > 5 => {
                self.values.insert(recorded.clone(), here.clone());
            }
            _ => {}
        }
    }

    fn translated(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (recorded, here) in &self.values {
            text = text.replace(recorded, here);
        }
        text
    }
}

/// What is gone, new, or of another type. `code` and `error` are compared by value.
fn compare(path: &str, recorded: &Value, here: &Value, differences: &mut Vec<String>) {
    match (recorded, here) {
        (Value::Object(recorded), Value::Object(here)) => {
            for (key, value) in recorded {
                let path = format!("{path}/{key}");
                match here.get(key) {
                    Some(here) => compare(&path, value, here, differences),
                    // The emulator's own seal, which no SDK reads.
                    None if key == "sealed_session" => {}
                    None => differences.push(format!(" {path}: gone")),
                }
            }
            let new = here.keys().filter(|key| !recorded.contains_key(*key));
            differences.extend(new.map(|key| format!(" {path}/{key}: new")));
        }
        (Value::Array(recorded), Value::Array(here)) => {
            if let (Some(recorded), Some(here)) = (recorded.first(), here.first()) {
                compare(&format!("{path}/0"), recorded, here, differences);
            } else if recorded.is_empty() != here.is_empty() {
                differences.push(format!(" {path}: another length"));
            }
        }
        (Value::String(one), Value::String(other)) => {
            let is_code = one.contains('_') && !one.contains(|c: char| c.is_ascii_digit());
            let is_named = path.ends_with("/code") || path.ends_with("/error");
            if is_code && is_named && one != other {
                differences.push(format!(" {path}: {one}, but {other}"));
            }
        }
        _ if kind(recorded) == kind(here) => {}
        _ => differences.push(format!(" {path}: {}, but {}", kind(recorded), kind(here))),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The parameters of an address.
fn query(url: &str) -> Value {
    let url = Url::parse(url).unwrap();
    let pairs = url.query_pairs().into_owned();
    Value::Object(pairs.map(|(name, value)| (name, value.into())).collect())
}
