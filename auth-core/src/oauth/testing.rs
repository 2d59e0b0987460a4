//! A server that answers from a script.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use serde_json::Value;

use url::Url;

use crate::http::{HttpClient, HttpError, Outbound, PlainHttp};
use crate::oauth::token::{TokenDeviations, TokenExtra, TokenType};
use crate::oauth::{TokenIn, UserinfoRequest};
use crate::secret::Secret;
use crate::spawn::BoxFuture;

/// A token endpoint as the specification has it.
pub(crate) const NO_DEVIATIONS: TokenDeviations = TokenDeviations {
    client_id_param: "client_id",
    conform_request: None,
    conform_response: None,
    token_type: TokenType::Stated,
};

/// A userinfo call without anything special.
pub(crate) fn userinfo_request<'a>(
    outbound: &'a Outbound,
    endpoint: &'a Url,
    access_token: &'a Secret<String>,
) -> UserinfoRequest<'a> {
    static NOTHING: std::sync::LazyLock<TokenExtra> = std::sync::LazyLock::new(TokenExtra::default);
    UserinfoRequest {
        outbound,
        endpoint,
        client_id: "client",
        access_token,
        token_in: TokenIn::Header,
        token_extra: &NOTHING,
        headers: &[],
        api_key: None,
    }
}

/// Answers requests in the order of the script and remembers them. Without a script: transport
/// errors.
#[derive(Clone, Default)]
pub(crate) struct Script(Arc<Mutex<ScriptState>>);

#[derive(Default)]
struct ScriptState {
    answers: VecDeque<(u16, Vec<u8>)>,
    sent: Vec<http::Request<Vec<u8>>>,
}

impl Script {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Then answers with JSON.
    pub(crate) fn json(self, status: u16, body: Value) -> Self {
        self.raw(status, body.to_string())
    }

    /// Then answers with these bytes.
    pub(crate) fn raw(self, status: u16, body: impl Into<Vec<u8>>) -> Self {
        self.0
            .lock()
            .unwrap()
            .answers
            .push_back((status, body.into()));
        self
    }

    pub(crate) fn outbound(&self) -> Outbound {
        Outbound::new(Arc::new(self.clone()), PlainHttp::LoopbackOnly)
    }

    /// The requests so far.
    pub(crate) fn sent(&self) -> Vec<http::Request<Vec<u8>>> {
        self.0.lock().unwrap().sent.clone()
    }
}

impl HttpClient for Script {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> BoxFuture<'static, Result<http::Response<Vec<u8>>, HttpError>> {
        let mut state = self.0.lock().unwrap();
        state.sent.push(request);
        let answer = state.answers.pop_front();
        Box::pin(async move {
            let (status, body) =
                answer.ok_or_else(|| HttpError::Transport("no answer in the script".into()))?;
            Ok(http::Response::builder().status(status).body(body).unwrap())
        })
    }
}
