//! A JSON API: whatever fails is answered by a problem document (RFC 9457), be it the library's, of
//! actix-web's extractors, or our own.
//!
//! ```sh
//! cargo run -p api     # in one terminal, and the rest in another
//! at=http://localhost:3000 jar=$(mktemp) json='Content-Type: application/json'
//! curl -i $at/notes                                                    # 401
//! csrf=$(curl -s -c $jar $at/api/auth/csrf | cut -d'"' -f4)
//! form="csrfToken=$csrf&callbackUrl=/me"
//! provider=$(curl -s -b $jar -c $jar -d "$form" -w '%{redirect_url}' $at/api/auth/signin/dev)
//! curl -i -b $jar -c $jar -d choice=ada -L "$provider"                 # 200, Ada
//! curl -i -b $jar -H "$json" -d '{"text":"Call Bob"}' $at/notes        # 201
//! curl -i -b $jar $at/notes                                            # 200
//! curl -i -b $jar -H "$json" -d '{"text":""}' $at/notes                # 422, a problem of ours
//! curl -i -b $jar -H "$json" -d '{"text":' $at/notes                   # 400, an extractor's
//! curl -i -b $jar -H 'Origin: https://evil.example' -X POST $at/notes  # 403
//! curl -i -b $jar -X DELETE $at/notes                                  # 204, and 403 for Bob
//! ```
//!
//! A browser that opens an address is sent to sign in and comes back.

use std::error::Error;
use std::fmt;
use std::net::TcpListener;
use std::sync::{Mutex, PoisonError};

use actix_web::error::JsonPayloadError;
use actix_web::http::StatusCode;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, ResponseError};
use actix_web::{Responder, delete, get, post, web};
use auth_actix::{Auth, Session, protected};
use auth_dev::DevProvider;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What goes wrong here: the status, and what it says.
#[derive(Debug)]
struct Problem(StatusCode, &'static str);

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.1)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.0
    }

    fn error_response(&self) -> HttpResponse {
        let document = json!({ "type": "about:blank", "title": self.1, "status": self.0.as_u16() });
        HttpResponse::build(self.0)
            .content_type("application/problem+json")
            .body(document.to_string())
    }
}

#[derive(Clone, Deserialize, Serialize)]
struct Note {
    text: String,
}

type Notes = Mutex<Vec<Note>>;

#[get("/notes")]
#[protected]
async fn list(notes: web::Data<Notes>) -> impl Responder {
    web::Json(notes.lock().unwrap_or_else(PoisonError::into_inner).clone())
}

/// The body is read for nobody who is not signed in, nor for a page of another site.
#[post("/notes")]
#[protected]
async fn add(notes: web::Data<Notes>, note: web::Json<Note>) -> Result<impl Responder, Problem> {
    if note.text.trim().is_empty() {
        return Err(Problem(
            StatusCode::UNPROCESSABLE_ENTITY,
            "A note needs a text",
        ));
    }
    notes
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(note.clone());
    Ok((note, StatusCode::CREATED))
}

#[delete("/notes")]
#[protected(check = is_ada)]
async fn clear(notes: web::Data<Notes>) -> impl Responder {
    notes.lock().unwrap_or_else(PoisonError::into_inner).clear();
    HttpResponse::NoContent()
}

/// By provider and account, which are hers alone. An address may be claimed by anybody.
fn is_ada(session: &Session) -> bool {
    session.user().id() == "dev:ada"
}

/// For everybody, by the request alone: no argument says who is signed in.
#[get("/me")]
async fn me(
    auth: web::Data<Auth>,
    request: HttpRequest,
) -> Result<impl Responder, auth_actix::Error> {
    let session = auth.session(&request).await?;
    let user = session.as_ref().map(|session| session.user());
    Ok(web::Json(
        json!({ "name": user.and_then(|user| user.name()) }),
    ))
}

/// For bodies that do not fit the type of an argument.
fn not_a_note(error: JsonPayloadError, _: &HttpRequest) -> actix_web::Error {
    Problem(error.status_code(), "This is no note in JSON").into()
}

async fn not_found() -> Result<HttpResponse, Problem> {
    Err(Problem(StatusCode::NOT_FOUND, "There is nothing here"))
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = std::env::var("PORT").map_or(Ok(3000), |port| port.parse())?;
    let listener = TcpListener::bind(("127.0.0.1", port))?;
    // Lives until the server stops.
    let development = DevProvider::start()?;
    let auth = Auth::builder().provider(development.client()).build()?;
    let notes = web::Data::new(Notes::default());

    println!("http://localhost:{}/notes", listener.local_addr()?.port());
    HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(auth.clone()))
            .app_data(notes.clone())
            .app_data(web::JsonConfig::default().error_handler(not_a_note))
            .wrap(auth.middleware())
            .service(auth.routes())
            .service((list, add, clear, me))
            .default_service(web::to(not_found))
    })
    .workers(1)
    .listen(listener)?
    .run()
    .await?;
    Ok(())
}
