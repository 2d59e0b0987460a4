//! How core reaches the world: reqwest behind [`HttpClient`], tokio behind [`Spawn`].

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use actix_web::rt::time::{sleep, timeout};
use auth_core::{BoxFuture, DEADLINE, HttpClient, HttpError, MAX_RESPONSE_BYTES, Spawn};

use crate::server_limits::{Place, SMALL_ANSWER, Servers};

/// Calls other servers with reqwest and rustls.
///
/// Connections are not kept. Each worker of actix-web has a runtime of its own, and a connection
/// lives on the runtime that opened it: one kept by a worker that is busy, or gone, would hold up
/// the sign-ins of the others. Calls are few (signing keys are cached), so a handshake each is the
/// cheaper price.
#[derive(Clone)]
pub(crate) struct Outbound {
    deadline: Duration,
    servers: Servers,
    /// Made at the first call: it reads the machine's certificates.
    client: Arc<OnceLock<reqwest::Client>>,
}

impl Outbound {
    pub(crate) fn new() -> Self {
        Self::with_deadline(DEADLINE)
    }

    fn with_deadline(deadline: Duration) -> Self {
        Self {
            deadline,
            servers: Servers::default(),
            client: Arc::default(),
        }
    }

    fn client(&self) -> Result<&reqwest::Client, HttpError> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let client = reqwest::Client::builder()
            .user_agent(concat!("auth-actix/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            // A variable in the environment does not get to see codes and tokens.
            .no_proxy()
            .pool_max_idle_per_host(0)
            // From connecting to the last byte of the body.
            .timeout(self.deadline)
            .build()
            .map_err(transport)?;
        Ok(self.client.get_or_init(|| client))
    }

    /// The deadline covers the wait for a place, too.
    async fn exchange(
        self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Vec<u8>>, HttpError> {
        let in_time = async {
            let mut place = self.servers.enter(request.uri()).await?;
            self.call(request, &mut place).await
        };
        timeout(self.deadline, in_time)
            .await
            .unwrap_or(Err(HttpError::TimedOut))
    }

    async fn call(
        &self,
        request: http::Request<Vec<u8>>,
        place: &mut Place,
    ) -> Result<http::Response<Vec<u8>>, HttpError> {
        let request = reqwest::Request::try_from(request).map_err(transport)?;
        let mut response = self.client()?.execute(request).await.map_err(transport)?;
        let announced = response.content_length().unwrap_or(0);
        if announced > MAX_RESPONSE_BYTES as u64 {
            return Err(HttpError::TooLarge);
        }
        let mut answer = http::Response::new(Vec::new());
        *answer.status_mut() = response.status();
        *answer.headers_mut() = std::mem::take(response.headers_mut());
        while let Some(chunk) = response.chunk().await.map_err(transport)? {
            let length = answer.body().len() + chunk.len();
            if length > MAX_RESPONSE_BYTES {
                return Err(HttpError::TooLarge);
            }
            if length > SMALL_ANSWER {
                place.widen().await?;
            }
            answer.body_mut().extend_from_slice(&chunk);
        }
        Ok(answer)
    }
}

impl HttpClient for Outbound {
    fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> BoxFuture<'static, Result<http::Response<Vec<u8>>, HttpError>> {
        Box::pin(self.clone().exchange(request))
    }
}

/// Without the address: its query may hold a code or a token.
fn transport(error: reqwest::Error) -> HttpError {
    if error.is_timeout() {
        return HttpError::TimedOut;
    }
    HttpError::Transport(Box::new(error.without_url()))
}

/// Runs detached work on the runtime of the worker that began it.
#[derive(Clone, Copy)]
pub(crate) struct CurrentRuntime;

impl Spawn for CurrentRuntime {
    fn spawn(&self, future: BoxFuture<'static, ()>) {
        match tokio::runtime::Handle::try_current() {
            // Dropping the handle detaches the task.
            Ok(runtime) => drop(runtime.spawn(future)),
            Err(_) => tracing::error!("sign-in work began outside of a tokio runtime and is lost"),
        }
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            // Outside of a runtime, where no call succeeds either, the timer would panic.
            if tokio::runtime::Handle::try_current().is_ok() {
                sleep(duration).await;
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
    use futures_util::stream;
    use std::io;

    /// A server on loopback; returns its address.
    fn serve() -> String {
        let server = HttpServer::new(|| {
            App::new()
                .route("/moved", web::to(moved))
                .route("/echo", web::to(echo))
                .route("/slow", web::to(slow))
                .route("/huge", web::to(huge))
                .route("/announced", web::to(announced))
                .route("/full", web::to(full))
                .route("/gzip", web::to(gzip))
        })
        .workers(1)
        .disable_signals()
        .bind(("127.0.0.1", 0))
        .unwrap();
        let address = server.addrs()[0];
        actix_web::rt::spawn(server.run());
        format!("http://{address}")
    }

    async fn moved() -> HttpResponse {
        HttpResponse::Found()
            .insert_header(("location", "/echo"))
            .finish()
    }

    async fn echo(request: HttpRequest, body: web::Bytes) -> HttpResponse {
        let sent = request.headers().get("x-sent").unwrap();
        HttpResponse::Created()
            .insert_header(("x-sent", sent.clone()))
            .append_header(("set-cookie", "a=1"))
            .append_header(("set-cookie", "b=2"))
            .body(body)
    }

    async fn slow() -> HttpResponse {
        use futures_util::StreamExt;
        let first = stream::iter([Ok::<_, io::Error>(web::Bytes::from_static(b"first"))]);
        HttpResponse::Ok().streaming(first.chain(stream::pending()))
    }

    async fn huge() -> HttpResponse {
        let chunk = web::Bytes::from(vec![b'x'; 64 * 1024]);
        HttpResponse::Ok().streaming(stream::repeat_with(move || {
            Ok::<_, io::Error>(chunk.clone())
        }))
    }

    async fn announced() -> HttpResponse {
        HttpResponse::Ok().body(vec![b'x'; MAX_RESPONSE_BYTES + 1])
    }

    async fn full() -> HttpResponse {
        HttpResponse::Ok().body(vec![b'x'; MAX_RESPONSE_BYTES])
    }

    async fn gzip() -> HttpResponse {
        HttpResponse::Ok()
            .insert_header(("content-encoding", "gzip"))
            .body("not unpacked")
    }

    async fn get(path: &str) -> Result<http::Response<Vec<u8>>, HttpError> {
        let request = http::Request::get(serve() + path).body(Vec::new()).unwrap();
        Outbound::new().send(request).await
    }

    #[actix_web::test]
    async fn a_request_and_its_answer_arrive_whole() {
        let request = http::Request::post(serve() + "/echo")
            .header("x-sent", "value")
            .body(b"body".to_vec())
            .unwrap();
        let answer = Outbound::new().send(request).await.unwrap();
        assert_eq!(answer.status(), 201);
        assert_eq!(answer.headers()["x-sent"], "value");
        let cookies: Vec<_> = answer.headers().get_all("set-cookie").iter().collect();
        assert_eq!(cookies, ["a=1", "b=2"]);
        assert_eq!(answer.body(), b"body");
    }

    #[actix_web::test]
    async fn a_redirect_is_not_followed() {
        assert_eq!(get("/moved").await.unwrap().status(), 302);
    }

    #[actix_web::test]
    async fn a_body_that_does_not_end_runs_into_the_deadline() {
        let outbound = Outbound::with_deadline(Duration::from_millis(80));
        let request = http::Request::get(serve() + "/slow").body(Vec::new());
        let answer = outbound.send(request.unwrap()).await;
        assert!(matches!(answer, Err(HttpError::TimedOut)), "{answer:?}");
    }

    #[actix_web::test]
    async fn a_server_that_answers_nobody_takes_32_calls_and_no_more_wait_than_256() {
        let outbound = Outbound::with_deadline(Duration::from_millis(400));
        let patient = Outbound {
            deadline: DEADLINE,
            ..outbound.clone()
        };
        let (dead, alive) = (serve(), serve());
        let calls = (0..32 + 256 + 5).map(|_| {
            let request = http::Request::get(format!("{dead}/slow")).body(Vec::new());
            outbound.send(request.unwrap())
        });
        let other = async {
            let request = http::Request::get(format!("{alive}/moved")).body(Vec::new());
            patient.send(request.unwrap()).await
        };
        let (answers, other) =
            futures_util::future::join(futures_util::future::join_all(calls), other).await;
        let busy = answers
            .iter()
            .filter(|it| matches!(it, Err(HttpError::Busy)));
        let late = answers
            .iter()
            .filter(|it| matches!(it, Err(HttpError::TimedOut)));
        assert_eq!((busy.count(), late.count()), (5, 32 + 256));
        assert_eq!(
            other.unwrap().status(),
            302,
            "another server has places of its own"
        );
    }

    #[actix_web::test]
    async fn a_body_over_the_limit_is_refused_announced_or_not() {
        for path in ["/huge", "/announced"] {
            let answer = get(path).await;
            assert!(matches!(answer, Err(HttpError::TooLarge)), "{path}");
        }
        assert_eq!(get("/full").await.unwrap().body().len(), MAX_RESPONSE_BYTES);
    }

    #[actix_web::test]
    async fn nothing_is_decompressed() {
        assert_eq!(get("/gzip").await.unwrap().body(), b"not unpacked");
    }

    #[actix_web::test]
    async fn a_failure_does_not_name_the_address() {
        let request = http::Request::get("http://127.0.0.1:1/token?code=s3cret").body(Vec::new());
        let error = Outbound::new().send(request.unwrap()).await.unwrap_err();
        let mut texts = format!("{error} {error:?}");
        let mut source = std::error::Error::source(&error);
        while let Some(error) = source {
            texts.push_str(&format!("{error} {error:?}"));
            source = error.source();
        }
        assert!(!texts.contains("s3cret"), "{texts}");
    }

    #[actix_web::test]
    async fn detached_work_runs_without_its_caller() {
        let (sender, receiver) = tokio::sync::oneshot::channel();
        CurrentRuntime.spawn(Box::pin(async move { sender.send(7).unwrap() }));
        assert_eq!(receiver.await, Ok(7));
    }

    #[actix_web::test]
    async fn a_wait_lasts() {
        use futures_util::FutureExt;
        assert!(CurrentRuntime.sleep(DEADLINE).now_or_never().is_none());
        CurrentRuntime.sleep(Duration::ZERO).await;
    }

    #[test]
    fn a_wait_outside_of_a_runtime_does_not_panic() {
        use futures_util::FutureExt;
        assert!(CurrentRuntime.sleep(DEADLINE).now_or_never().is_some());
    }

    #[test]
    fn detached_work_outside_of_a_runtime_does_not_panic() {
        CurrentRuntime.spawn(Box::pin(async {}));
    }
}
