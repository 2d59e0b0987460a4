use std::future::Future;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

use serde_json::{Value, json};

use super::*;
use crate::http::{HttpClient, HttpError, PlainHttp};
use crate::oauth::testing::NO_DEVIATIONS;
use crate::oauth::token::{TokenError, exchange};
use crate::oidc::id_token::SigningAlgorithm;
use crate::oidc::testing::{ManualSpawn, SigningKey};
use crate::testing::{ManualClock, block_on};

const ISSUER: &str = "https://op.example";
const START: i64 = 1_800_000_000;

/// A provider whose documents, keys and health the test changes.
#[derive(Clone)]
struct Op(Arc<Mutex<OpState>>);

struct OpState {
    up: bool,
    issuer: &'static str,
    keys: Vec<Value>,
    id_token: String,
    discoveries: usize,
    key_fetches: usize,
}

impl Op {
    fn fetches(&self) -> (usize, usize) {
        let state = self.0.lock().unwrap();
        (state.discoveries, state.key_fetches)
    }

    fn change(&self, change: impl FnOnce(&mut OpState)) {
        change(&mut self.0.lock().unwrap());
    }
}

impl HttpClient for Op {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> BoxFuture<'static, Result<http::Response<Vec<u8>>, HttpError>> {
        let mut state = self.0.lock().unwrap();
        let body = match request.uri().path() {
            "/.well-known/openid-configuration" => {
                state.discoveries += 1;
                json!({
                    "issuer": state.issuer,
                    "authorization_endpoint": "https://op.example/authorize",
                    "token_endpoint": "https://op.example/token",
                    "jwks_uri": "https://op.example/jwks",
                })
            }
            "/jwks" => {
                state.key_fetches += 1;
                json!({ "keys": state.keys })
            }
            "/token" => {
                json!({"access_token": "at", "token_type": "bearer", "id_token": state.id_token})
            }
            path => panic!("nobody may ask for {path}"),
        };
        let status = if state.up { 200 } else { 503 };
        Box::pin(async move {
            Ok(http::Response::builder()
                .status(status)
                .body(body.to_string().into_bytes())
                .unwrap())
        })
    }
}

struct World {
    op: Op,
    clock: ManualClock,
    spawn: ManualSpawn,
    key: SigningKey,
    remote: RemoteMetadata,
}

type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

impl World {
    fn new() -> Self {
        let key = SigningKey::generate(SigningAlgorithm::Es256);
        let op = Op(Arc::new(Mutex::new(OpState {
            up: true,
            issuer: ISSUER,
            keys: vec![key.jwk("k1")],
            id_token: String::new(),
            discoveries: 0,
            key_fetches: 0,
        })));
        let (clock, spawn) = (ManualClock::at(START), ManualSpawn::default());
        let remote = RemoteMetadata::new(
            Issuer::parse(ISSUER, PlainHttp::LoopbackOnly).unwrap(),
            Outbound::new(Arc::new(op.clone()), PlainHttp::LoopbackOnly),
            Arc::new(clock.clone()),
            Arc::new(spawn.clone()),
        );
        Self {
            op,
            clock,
            spawn,
            key,
            remote,
        }
    }

    /// Runs a future together with the work it spawns.
    fn run<T>(&self, future: impl Future<Output = T> + Send) -> T {
        let mut future: Pending<'_, T> = Box::pin(future);
        loop {
            if let Some(output) = poll(&mut future) {
                return output;
            }
            assert!(self.spawn.run_next(), "waits for nothing");
        }
    }

    fn metadata(&self) -> Result<Arc<ProviderMetadata>, DiscoveryError> {
        self.run(self.remote.metadata())
    }

    /// Fifty that want the metadata at the same time.
    fn fifty(&self) -> Vec<Pending<'_, Result<Arc<ProviderMetadata>, DiscoveryError>>> {
        (0..50)
            .map(|_| Box::pin(self.remote.metadata()) as Pending<'_, _>)
            .collect()
    }

    /// A token answer whose ID Token is signed by `key` under the name `kid`.
    fn tokens(&self, key: &SigningKey, kid: &str) -> TokenResponse<Oidc> {
        let now = self.clock.now().as_unix();
        let claims = json!({"iss": ISSUER, "aud": "c", "sub": "alice", "nonce": "n", "iat": now,
            "exp": now + 300});
        let token = key.sign(&json!({"alg": "ES256", "kid": kid}), &claims);
        let up = std::mem::replace(&mut self.op.0.lock().unwrap().up, true);
        self.op.change(|op| op.id_token = token);
        let tokens = block_on(exchange_at(&self.remote.outbound)).unwrap();
        self.op.change(|op| op.up = up);
        tokens
    }

    fn expected(&self) -> ExpectedIdToken<'static> {
        ExpectedIdToken {
            client_id: "c",
            nonce: "n",
            algorithm: SigningAlgorithm::Es256,
            client_secret: None,
            max_age: None,
            now: self.clock.now(),
        }
    }

    fn sign_in(&self, key: &SigningKey, kid: &str) -> Result<VerifiedIdToken, IdTokenError> {
        let tokens = self.tokens(key, kid);
        self.run(self.remote.verify_id_token(tokens, &self.expected()))
    }
}

async fn exchange_at(outbound: &Outbound) -> Result<TokenResponse<Oidc>, TokenError> {
    use crate::oauth::ClientAuth;
    use crate::oauth::authorization_response::{AuthorizationResponse, ExpectedResponse};
    use crate::oauth::token::TokenRequest;
    let expected = ExpectedResponse {
        state: "s",
        issuer: None,
        iss_required: false,
    };
    let code = AuthorizationResponse::parse(url::form_urlencoded::parse(b"code=c&state=s"))
        .and_then(|response| response.verify(&expected))
        .unwrap();
    let request = TokenRequest {
        token_endpoint: &"https://op.example/token".parse().unwrap(),
        client_id: "c",
        client_secret: None,
        client_auth: ClientAuth::None,
        redirect_uri: "https://app.example/callback",
        code,
        code_verifier: None,
        deviations: NO_DEVIATIONS,
    };
    exchange(outbound, request).await
}

fn poll<T>(future: &mut Pending<'_, T>) -> Option<T> {
    match future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}

#[test]
fn a_verified_id_token_gives_out_claims_and_tokens() {
    let world = World::new();
    let verified = world.sign_in(&world.key, "k1").unwrap();
    assert_eq!(verified.sub(), "alice");
    assert_eq!(format!("{verified:?}"), "VerifiedIdToken { .. }");
    let (claims, tokens) = verified.into_parts();
    assert_eq!(claims["sub"], "alice");
    assert_eq!(claims["nonce"], "n");
    assert_eq!(tokens.access_token.expose(), "at");
    assert!(tokens.id_token.is_some());
}

#[test]
fn documents_are_fetched_once_and_kept() {
    let world = World::new();
    assert_eq!(world.op.fetches(), (0, 0), "nothing before the first use");
    for _ in 0..10 {
        world.sign_in(&world.key, "k1").unwrap();
    }
    assert_eq!(world.op.fetches(), (1, 1));
}

#[test]
fn documents_are_fetched_anew_when_they_are_old() {
    let world = World::new();
    world.sign_in(&world.key, "k1").unwrap();
    world.clock.advance(599);
    world.sign_in(&world.key, "k1").unwrap();
    assert_eq!(world.op.fetches(), (1, 1));
    world.clock.advance(1);
    world.sign_in(&world.key, "k1").unwrap();
    assert_eq!(world.op.fetches(), (1, 2));
    world.clock.advance(3_000);
    world.sign_in(&world.key, "k1").unwrap();
    assert_eq!(world.op.fetches(), (2, 3));
}

#[test]
fn fifty_followers_cost_one_fetch() {
    let world = World::new();
    let mut waiting = world.fifty();
    for future in &mut waiting {
        assert!(poll(future).is_none());
    }
    assert!(world.spawn.run_next());
    assert!(!world.spawn.run_next());
    for future in &mut waiting {
        assert!(poll(future).unwrap().is_ok());
    }
    assert_eq!(world.op.fetches(), (1, 0));
}

#[test]
fn followers_share_a_failure_too() {
    let world = World::new();
    world.op.change(|op| op.up = false);
    let mut waiting = world.fifty();
    for future in &mut waiting {
        assert!(poll(future).is_none());
    }
    assert!(world.spawn.run_next());
    for future in &mut waiting {
        let outcome = poll(future).unwrap();
        assert!(matches!(outcome, Err(DiscoveryError::Status(503))));
    }
    assert_eq!(world.op.fetches(), (1, 0));
}

#[test]
fn a_leader_that_is_aborted_leaves_its_answer_to_the_followers() {
    let world = World::new();
    let mut leader: Pending<'_, _> = Box::pin(world.remote.metadata());
    assert!(poll(&mut leader).is_none());
    let mut follower: Pending<'_, _> = Box::pin(world.remote.metadata());
    assert!(poll(&mut follower).is_none());
    drop(leader);
    assert!(world.spawn.run_next());
    assert!(poll(&mut follower).unwrap().is_ok());
    assert!(world.metadata().is_ok());
    assert_eq!(world.op.fetches(), (1, 0));
}

#[test]
fn a_fetch_that_is_dropped_releases_its_followers_and_the_next_one_starts_afresh() {
    let world = World::new();
    let mut waiting: Pending<'_, _> = Box::pin(world.remote.metadata());
    assert!(poll(&mut waiting).is_none());
    world.spawn.drop_all();
    let outcome = poll(&mut waiting).unwrap();
    assert!(matches!(outcome, Err(DiscoveryError::Interrupted)));
    assert!(world.metadata().is_ok());
}

#[test]
fn a_rotated_key_is_picked_up_at_once() {
    let world = World::new();
    world.sign_in(&world.key, "k1").unwrap();
    let rotated = SigningKey::generate(SigningAlgorithm::Es256);
    world.op.change(|op| op.keys = vec![rotated.jwk("k2")]);
    assert!(
        world.sign_in(&rotated, "k2").is_ok(),
        "within the same second"
    );
    assert_eq!(world.op.fetches(), (1, 2));
    let refused = world.sign_in(&world.key, "k1");
    assert!(matches!(refused, Err(IdTokenError::UnknownKey)));
}

#[test]
fn a_flood_of_unknown_keys_costs_few_fetches_and_hides_no_rotation_for_long() {
    let world = World::new();
    let evil = SigningKey::generate(SigningAlgorithm::Es256);
    for i in 0..20 {
        let refused = world.sign_in(&evil, &format!("ghost-{i}"));
        assert!(matches!(refused, Err(IdTokenError::UnknownKey)));
    }
    let (_, fetches) = world.op.fetches();
    assert!(fetches <= 5, "{fetches}");
    assert!(world.sign_in(&world.key, "k1").is_ok());

    let rotated = SigningKey::generate(SigningAlgorithm::Es256);
    world.op.change(|op| op.keys = vec![rotated.jwk("k2")]);
    world.clock.advance(15);
    assert!(world.sign_in(&rotated, "k2").is_ok());
}

#[test]
fn a_wrong_signature_under_a_known_name_costs_no_fetch() {
    let world = World::new();
    let evil = SigningKey::generate(SigningAlgorithm::Es256);
    for _ in 0..5 {
        let refused = world.sign_in(&evil, "k1");
        assert!(matches!(refused, Err(IdTokenError::BadSignature)));
    }
    assert_eq!(world.op.fetches(), (1, 1));
}

#[test]
fn the_last_good_copy_is_served_while_the_provider_is_down() {
    let world = World::new();
    world.sign_in(&world.key, "k1").unwrap();
    world.op.change(|op| op.up = false);
    for _ in 0..3 {
        world.clock.advance(2 * 60 * 60);
        world.sign_in(&world.key, "k1").unwrap();
        world.sign_in(&world.key, "k1").unwrap();
    }
    let (discoveries, _) = world.op.fetches();
    assert_eq!(discoveries, 4, "one try each time, not one a sign-in");
    let evil = SigningKey::generate(SigningAlgorithm::Es256);
    assert!(world.sign_in(&evil, "ghost").is_err());
    world.clock.advance(24 * 60 * 60);
    let refused = world.sign_in(&world.key, "k1");
    assert!(matches!(
        refused,
        Err(IdTokenError::Keys(DiscoveryError::Status(503)))
    ));
}

#[test]
fn a_failure_is_remembered_for_seconds_only() {
    let world = World::new();
    world.op.change(|op| op.up = false);
    for _ in 0..5 {
        assert!(matches!(world.metadata(), Err(DiscoveryError::Status(503))));
    }
    assert_eq!(world.op.fetches(), (1, 0));
    world.op.change(|op| op.up = true);
    world.clock.advance(5);
    assert!(world.metadata().is_ok());
}

#[test]
fn bad_metadata_does_not_stick() {
    let world = World::new();
    world.op.change(|op| op.issuer = "https://evil.example");
    assert!(matches!(
        world.metadata(),
        Err(DiscoveryError::UnexpectedIssuer)
    ));
    world.op.change(|op| op.issuer = ISSUER);
    world.clock.advance(5);
    assert!(world.metadata().is_ok());
}

#[test]
fn a_refetch_that_fails_keeps_the_keys_that_are_known() {
    let world = World::new();
    world.sign_in(&world.key, "k1").unwrap();
    world.op.change(|op| op.up = false);
    let evil = SigningKey::generate(SigningAlgorithm::Es256);
    let refused = world.sign_in(&evil, "ghost");
    assert!(matches!(
        refused,
        Err(IdTokenError::Keys(DiscoveryError::Status(503)))
    ));
    assert!(world.sign_in(&world.key, "k1").is_ok());
}

#[test]
fn a_clock_that_is_set_back_does_not_keep_old_copies_alive() {
    let world = World::new();
    world.sign_in(&world.key, "k1").unwrap();
    world.clock.advance(-86_400);
    world.sign_in(&world.key, "k1").unwrap();
    assert_eq!(world.op.fetches(), (2, 2));
}

#[test]
fn installing_the_crypto_provider_twice_is_harmless() {
    crate::oidc::install_crypto_provider();
    crate::oidc::install_crypto_provider();
}
