//! The server: a thread with an actix system of its own, so that it lives beside any application.

use std::io;
use std::net::TcpListener;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};

use actix_web::body::MessageBody;
use actix_web::dev::{ServerHandle, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::{Next, from_fn};
use actix_web::web::ServiceConfig;
use actix_web::{App, Error, HttpResponse, HttpServer, rt};

/// A running server; stops when dropped.
pub(crate) struct Server {
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves what `configure` sets up on `listener`.
    pub(crate) fn start(
        listener: TcpListener,
        configure: impl Fn(&mut ServiceConfig) + Clone + Send + 'static,
    ) -> io::Result<Self> {
        let authority = Authority(listener.local_addr()?.to_string());
        let (started, handle) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("dev-provider".to_owned())
            .spawn(move || {
                let serve = async move {
                    let server = HttpServer::new(move || {
                        App::new()
                            .app_data(authority.clone())
                            .wrap(from_fn(guard))
                            .configure(configure.clone())
                    })
                    .workers(1)
                    .disable_signals()
                    .listen(listener)
                    .map(HttpServer::run);
                    match server {
                        Ok(server) => {
                            // Nobody waits any more: then nobody needs the server either.
                            if started.send(Ok(server.handle())).is_ok() {
                                // It ends by being told to, and has nobody left to tell why.
                                let _ = server.await;
                            }
                        }
                        Err(error) => {
                            let _ = started.send(Err(error));
                        }
                    }
                };
                rt::System::new().block_on(serve);
            })?;
        let ended = |_| io::Error::other("the thread of the server ended");
        let handle = handle.recv().map_err(ended)??;
        Ok(Self {
            handle,
            thread: Some(thread),
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The command is sent by the call; the future only waits for the end, as `join` does.
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The name that we answer under: `127.0.0.1:<port>`.
#[derive(Clone)]
struct Authority(String);

/// Answers under our own name only, so that no other name can be made to point here (DNS
/// rebinding), and adds the headers that every answer carries.
async fn guard(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let authority = request.app_data::<Authority>();
    let host = request.headers().get(header::HOST);
    let ours =
        authority.map(|authority| authority.0.as_bytes()) == host.map(|host| host.as_bytes());
    let mut response = if ours {
        next.call(request).await?.map_into_left_body()
    } else {
        let refusal = HttpResponse::MisdirectedRequest().finish();
        request.into_response(refusal).map_into_right_body()
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Not `no-referrer`: the browser would then send `Origin: null` with our own forms.
        (header::REFERRER_POLICY, "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}
