//! The API as it was recorded, and as a test would have it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{Request, Response};
use serde_json::Value;

use super::{ApiAddress, WorkOs, WorkOsCredentials};
use crate::http::{HttpClient, HttpError};
use crate::spawn::{BoxFuture, Spawn};
use crate::testing::ManualClock;

pub(crate) const CLIENT_ID: &str = "client_01TESTCLIENTID000000000000";
pub(crate) const API_KEY: &str = "sk_test_default";

/// Answers in the order of its script, and remembers what it was asked and how long it was waited
/// for. Time passes only while somebody waits.
#[derive(Clone)]
pub(crate) struct Emulator {
    state: Arc<Mutex<State>>,
    pub(crate) clock: ManualClock,
}

type Answer = Result<Response<Vec<u8>>, HttpError>;

#[derive(Default)]
struct State {
    answers: VecDeque<Answer>,
    asked: Vec<Request<Vec<u8>>>,
    waits: Vec<Duration>,
}

impl Emulator {
    pub(crate) fn new() -> Self {
        Self {
            state: Arc::default(),
            clock: ManualClock::at(1_795_317_500),
        }
    }

    /// One exchange of the transcript.
    pub(crate) fn recorded(name: &str) -> Value {
        let transcript: Value =
            serde_json::from_str(include_str!("../../../fixtures/workos_transcript.json")).unwrap();
        let exchanges = transcript["transcript"].as_array().unwrap();
        let exchange = exchanges.iter().find(|it| it["name"] == name);
        exchange
            .unwrap_or_else(|| panic!("nothing recorded as {name}"))
            .clone()
    }

    /// Then answers with JSON.
    pub(crate) fn json(self, status: u16, body: &Value) -> Self {
        let answer = Response::builder().status(status);
        self.answer(Ok(answer.body(body.to_string().into_bytes()).unwrap()))
    }

    /// Then answers so.
    pub(crate) fn answer(self, answer: Answer) -> Self {
        self.state.lock().unwrap().answers.push_back(answer);
        self
    }

    /// Then the connection breaks.
    pub(crate) fn breaks(self) -> Self {
        self.answer(Err(HttpError::Transport("broken".into())))
    }

    pub(crate) fn workos(&self) -> WorkOs {
        WorkOs::with_adapters(
            WorkOsCredentials::new(CLIENT_ID, API_KEY).unwrap(),
            ApiAddress::default(),
            Arc::new(self.clone()),
            Arc::new(self.clock.clone()),
            Arc::new(self.clone()),
        )
    }

    /// The requests so far.
    pub(crate) fn asked(&self) -> Vec<Request<Vec<u8>>> {
        self.state.lock().unwrap().asked.clone()
    }

    /// The waits so far.
    pub(crate) fn waits(&self) -> Vec<Duration> {
        self.state.lock().unwrap().waits.clone()
    }
}

impl HttpClient for Emulator {
    fn send(&self, request: Request<Vec<u8>>) -> BoxFuture<'static, Answer> {
        let mut state = self.state.lock().unwrap();
        state.asked.push(request);
        let answer = state.answers.pop_front();
        let answer = answer.unwrap_or(Err(HttpError::Transport("no answer in the script".into())));
        Box::pin(std::future::ready(answer))
    }
}

impl Spawn for Emulator {
    fn spawn(&self, future: BoxFuture<'static, ()>) {
        crate::testing::block_on(future);
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.state.lock().unwrap().waits.push(duration);
        self.clock
            .advance(i64::try_from(duration.as_secs()).unwrap());
        crate::testing::no_wait()
    }
}
