//! One call of the API: the request, the attempts, and the answer.

use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT};
use http::{Method, Request, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Refusal, WorkOs, WorkOsError, query};
use crate::http::HttpError;
use crate::oauth::PRODUCT;
use crate::secret::{random_bytes, random_uuid};

/// How often a call is tried again.
const RETRIES: u32 = 3;

/// No attempt begins later than this after the first.
const PATIENCE: Duration = Duration::from_secs(60);

/// The wait before the second attempt; each further one is half as long again.
const FIRST_WAIT: Duration = Duration::from_millis(500);

/// The longest wait that WorkOS may ask for.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Marks the attempts of one call as one, so that WorkOS does not do it twice.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// A call, before it is made.
pub(super) struct Call<'a> {
    method: Method,
    segments: Vec<&'a str>,
    query: Vec<(&'a str, &'a str)>,
    body: Vec<u8>,
    patience: Duration,
}

impl<'a> Call<'a> {
    pub(super) fn get(segments: impl IntoIterator<Item = &'a str>) -> Self {
        Self::new(Method::GET, segments)
    }

    pub(super) fn post(segments: impl IntoIterator<Item = &'a str>) -> Self {
        Self::new(Method::POST, segments)
    }

    pub(super) fn put(segments: impl IntoIterator<Item = &'a str>) -> Self {
        Self::new(Method::PUT, segments)
    }

    fn new(method: Method, segments: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            method,
            segments: segments.into_iter().collect(),
            query: Vec::new(),
            body: Vec::new(),
            patience: PATIENCE,
        }
    }

    pub(super) fn query(mut self, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        self.query.extend(pairs);
        self
    }

    /// A body of JSON.
    pub(super) fn body(mut self, body: &impl Serialize) -> Self {
        self.body = serde_json::to_vec(body)
            // Our own structs and maps with text for keys: nothing that JSON cannot say.
            .expect("a request body is JSON");
        self
    }

    /// How long after the first attempt another may begin.
    pub(super) fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }
}

impl WorkOs {
    /// Makes a call and reads the answer.
    pub(super) async fn call<T: DeserializeOwned>(&self, call: Call<'_>) -> Result<T, WorkOsError> {
        let answer = self.attempt(&call).await?;
        serde_json::from_slice(answer.body()).map_err(|_| WorkOsError::Malformed {
            status: answer.status().as_u16(),
            request_id: request_id(answer.headers()),
        })
    }

    /// Makes a call whose answer says nothing but that it was done.
    pub(super) async fn call_without_answer(&self, call: Call<'_>) -> Result<(), WorkOsError> {
        self.attempt(&call).await.map(drop)
    }

    /// The answer of the first attempt that succeeds or is not worth another.
    async fn attempt(&self, call: &Call<'_>) -> Result<Response<Vec<u8>>, WorkOsError> {
        let request = self.request(call)?;
        let began = self.clock().now();
        let mut attempt = 0;
        loop {
            let outcome = self.outbound().send(request.clone()).await;
            let wait = match &outcome {
                Ok(answer) if is_worth_another(answer.status().as_u16()) => {
                    retry_after(answer.headers()).unwrap_or_else(|| pause(attempt))
                }
                Err(HttpError::TimedOut | HttpError::Busy | HttpError::Transport(_)) => {
                    pause(attempt)
                }
                _ => return judge(outcome?),
            };
            let waited = self.clock().now().since(began);
            if attempt == RETRIES || waited + wait >= call.patience {
                return judge(outcome?);
            }
            attempt += 1;
            self.spawn().sleep(wait).await;
        }
    }

    fn request(&self, call: &Call<'_>) -> Result<Request<Vec<u8>>, WorkOsError> {
        let mut url = self
            .address()
            .join(call.segments.iter().copied())
            .ok_or(WorkOsError::PathParameter)?;
        if !call.query.is_empty() {
            url.set_query(Some(&query::encode(&call.query)));
        }
        let mut request = Request::builder()
            .method(call.method.clone())
            .uri(url.as_str())
            .header(ACCEPT, "application/json")
            .header(USER_AGENT, PRODUCT);
        if !call.body.is_empty() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        if call.method == Method::POST {
            request = request.header(IDEMPOTENCY_KEY, random_uuid());
        }
        let mut request = request
            .body(call.body.clone())
            .map_err(HttpError::Request)?;
        let bearer = format!("Bearer {}", self.api_key().expose());
        let mut bearer =
            HeaderValue::try_from(bearer).map_err(|error| HttpError::Request(error.into()))?;
        bearer.set_sensitive(true);
        request.headers_mut().insert(AUTHORIZATION, bearer);
        Ok(request)
    }
}

fn is_worth_another(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502 | 503 | 504)
}

/// Before attempt 2 some 500 ms, then 750, then 1125; each between half and one and a half of it,
/// so that those who failed together do not come back together.
fn pause(attempt: u32) -> Duration {
    let pause = FIRST_WAIT.mul_f64(1.5_f64.powf(f64::from(attempt)));
    let share = f64::from(u16::from_ne_bytes(random_bytes())) / f64::from(u16::MAX);
    pause.mul_f64(0.5 + share)
}

/// The wait that WorkOS asks for, in seconds.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(http::header::RETRY_AFTER)?.to_str().ok()?;
    let seconds: u64 = seconds.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST_WAIT))
}

fn judge(answer: Response<Vec<u8>>) -> Result<Response<Vec<u8>>, WorkOsError> {
    if answer.status().is_success() {
        return Ok(answer);
    }
    let status = answer.status().as_u16();
    let request_id = request_id(answer.headers());
    let Some(refusal) = Refusal::parse(status, answer.body()) else {
        return Err(WorkOsError::Malformed { status, request_id });
    };
    Err(WorkOsError::Refused(Box::new(Refusal {
        retry_after: retry_after(answer.headers()),
        request_id,
        ..refusal
    })))
}

/// Fit for a log: an id, not another line.
fn request_id(headers: &HeaderMap) -> Option<String> {
    let id = headers.get("x-request-id")?.to_str().ok()?;
    ((1..=128).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic()))
        .then(|| id.to_owned())
}
