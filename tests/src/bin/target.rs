//! A site for drivers that attack it: one provider for every entry of a hostile provider's
//! catalogue.
//!
//! Reads `OP` (default `http://127.0.0.1:4600`), `PORT` (default 4700; 0 is any), `PREFIX` (default
//! `/auth`), `BODY_DEADLINE` in milliseconds (default 10000) and `TRUST_HOST=1`. Prints its address
//! when it listens.

use std::env;
use std::net::TcpListener;
use std::time::Duration;

use actix_web::{App, HttpServer, Responder, get};
use auth_actix::{
    Auth, CallbackError, Callbacks, Client, ProfileSource, Provider, ResponseMode, Session,
    SigningAlgorithm, Token, Trigger, protected,
};
use serde::Deserialize;
use serde_json::{Map, Value};

/// An entry of the catalogue.
#[derive(Deserialize)]
struct Fault {
    name: String,
    issuer: String,
    client_id: String,
    client_secret: String,
    app: Hints,
}

/// How the entry wants to be registered.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Hints {
    userinfo: bool,
    form_post: bool,
    alg: Option<String>,
}

/// Shows the provider's `sub` as `user.id`.
struct ProviderIds;

impl Callbacks for ProviderIds {
    async fn jwt(
        &self,
        mut token: Token,
        trigger: &Trigger<'_>,
    ) -> Result<Option<Token>, CallbackError> {
        if let Some(profile) = trigger.profile() {
            token.set("account", profile.id.as_str());
        }
        Ok(Some(token))
    }

    async fn session(
        &self,
        mut body: Map<String, Value>,
        token: &Token,
    ) -> Result<Map<String, Value>, CallbackError> {
        if let (Some(Value::Object(user)), Some(id)) = (body.get_mut("user"), token.get("account"))
        {
            user.insert("id".to_owned(), id.clone());
        }
        Ok(body)
    }
}

const HOSTILE: Provider = Provider::oidc_tenant("hostile", "Hostile");

#[get("/protected")]
#[protected]
async fn page(session: Session) -> impl Responder {
    session.user().id().to_owned()
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let setting = |name: &str, default: &str| env::var(name).unwrap_or_else(|_| default.to_owned());
    let op = setting("OP", "http://127.0.0.1:4600");
    let listener = TcpListener::bind(("127.0.0.1", setting("PORT", "4700").parse()?))?;
    let port = listener.local_addr()?.port();
    let body_deadline = Duration::from_millis(setting("BODY_DEADLINE", "10000").parse()?);
    let catalogue: Vec<Fault> =
        serde_json::from_slice(&reqwest::get(format!("{op}/_faults")).await?.bytes().await?)?;

    let (client_id, client_secret) = match catalogue.first() {
        Some(fault) => (fault.client_id.clone(), fault.client_secret.clone()),
        None => return Err("the catalogue is empty".into()),
    };
    let honest = ["main", "b"].map(|name| Fault {
        name: name.to_owned(),
        issuer: format!("{op}/t/{name}"),
        client_id: client_id.clone(),
        client_secret: client_secret.clone(),
        app: Hints::default(),
    });
    let mut builder = Auth::builder()
        .environment([(
            "AUTH_SECRET",
            "a secret for a site that is made to be attacked",
        )])
        .prefix(setting("PREFIX", "/auth"))
        .callbacks(ProviderIds);
    builder = match env::var("TRUST_HOST").as_deref() {
        Ok("1") => builder.trust_host(true),
        _ => builder.origins([format!("http://127.0.0.1:{port}")]),
    };
    for fault in catalogue.into_iter().chain(honest) {
        builder = builder.provider(client_of(fault)?);
    }
    let auth = builder.build()?;

    let server = HttpServer::new(move || {
        App::new()
            .wrap(auth.middleware())
            .service(auth.routes().body_deadline(body_deadline))
            .service(page)
    })
    .workers(2)
    .listen(listener)?;
    println!("http://127.0.0.1:{port}");
    server.run().await?;
    Ok(())
}

fn client_of(fault: Fault) -> Result<Client, String> {
    let mut client = HOSTILE
        .client(fault.client_id, fault.client_secret)
        .id(fault.name)
        .issuer(fault.issuer);
    if fault.app.userinfo {
        client = client.profile_from(ProfileSource::Userinfo);
    }
    if fault.app.form_post {
        client = client.response_mode(ResponseMode::FormPost);
    }
    client = match fault.app.alg.as_deref() {
        None | Some("RS256") => client,
        Some("ES256") => client.id_token_signed_response_alg(SigningAlgorithm::Es256),
        Some("PS256") => client.id_token_signed_response_alg(SigningAlgorithm::Ps256),
        Some("EdDSA") => client.id_token_signed_response_alg(SigningAlgorithm::EdDsa),
        Some(other) => return Err(format!("the catalogue asks for {other}")),
    };
    Ok(client)
}
