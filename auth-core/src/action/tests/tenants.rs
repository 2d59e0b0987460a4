//! Clients that live in a database.

use super::*;
use crate::callbacks::CallbackError;
use crate::provider::Client;
use crate::resolve::{ClientRequest, ResolveClient};

/// The id of a tenant, and its client id.
type Row = (&'static str, &'static str);

/// A table of tenants; or a database that is down.
#[derive(Clone, Default)]
struct Tenants(Arc<Mutex<Option<Vec<Row>>>>);

impl Tenants {
    fn new(rows: &[Row]) -> Self {
        let tenants = Self::default();
        tenants.set(rows);
        tenants
    }

    fn set(&self, rows: &[Row]) {
        *self.0.lock().unwrap() = Some(rows.to_vec());
    }

    fn rows(&self) -> Result<Vec<Row>, CallbackError> {
        let rows = self.0.lock().unwrap().clone();
        rows.ok_or_else(|| "SENTINEL: the database is down".into())
    }
}

impl ResolveClient for Tenants {
    async fn resolve(
        &self,
        id: &str,
        request: &ClientRequest<'_>,
    ) -> Result<Option<Client>, CallbackError> {
        assert_eq!(request.origin().as_str(), "http://localhost:3000");
        let rows = self.rows()?;
        let row = rows.into_iter().find(|(known, _)| *known == id);
        Ok(row.map(|(_, client_id)| match client_id {
            "" => GITHUB.into(),
            _ => GITHUB.client(client_id, "the tenant's secret"),
        }))
    }

    async fn list(&self, request: &ClientRequest<'_>) -> Result<Vec<Client>, CallbackError> {
        assert_eq!(request.header("host"), Some("localhost:3000"));
        let rows = self.rows()?;
        let clients = rows.into_iter().map(|(id, client_id)| {
            let client = GITHUB.client(client_id, "the tenant's secret");
            client.id(id).name(format!("Tenant {id}"))
        });
        Ok(clients.collect())
    }
}

fn auth_for(tenants: Tenants) -> Auth {
    AuthBuilder::with_adapters(GitHub::default(), NoSpawn)
        .environment([
            ("AUTH_SECRET", "0123456789abcdef0123456789abcdef"),
            ("AUTH_BARE_ID", "not for tenants"),
            ("AUTH_BARE_SECRET", "not for tenants"),
        ])
        .clock(ManualClock::at(1_800_000_000))
        .resolve_clients(tenants)
        .build()
        .unwrap()
}

/// Begins a sign-in with a tenant's client, and answers what came back.
fn begin_with(auth: &Auth, jar: &mut Vec<(String, String)>, id: &str) -> Response {
    let csrf = send(auth, jar, http::Request::get("/api/auth/csrf"), "");
    let csrf: Value = serde_json::from_slice(csrf.body()).unwrap();
    let body = format!("csrfToken={}", csrf["csrfToken"].as_str().unwrap());
    let path = format!("/api/auth/signin/{id}");
    send(auth, jar, http::Request::post(path), &body)
}

fn code_of(response: &Response) -> Option<String> {
    param(&location(response.headers()), "code")
}

#[test]
fn a_tenant_signs_in_with_its_own_client() {
    let auth = auth_for(Tenants::new(&[
        ("acme", "acme-id"),
        ("globex", "globex-id"),
    ]));
    assert!(auth.warnings().iter().all(|it| !it.contains("no provider")));
    let mut jar = Vec::new();
    let authorization = location(begin_with(&auth, &mut jar, "acme").headers());
    assert_eq!(
        param(&authorization, "client_id").as_deref(),
        Some("acme-id")
    );
    let redirect_uri = param(&authorization, "redirect_uri").unwrap();
    assert_eq!(redirect_uri, "http://localhost:3000/api/auth/callback/acme");
    let state = param(&authorization, "state").unwrap();

    let other = format!("/api/auth/callback/globex?code=c&state={state}");
    let refused = send(&auth, &mut jar.clone(), http::Request::get(other), "");
    assert_eq!(
        code_of(&refused).as_deref(),
        Some("sign_in_not_started_here")
    );

    let callback = format!("/api/auth/callback/acme?code=c&state={state}");
    let home = send(&auth, &mut jar, http::Request::get(callback), "");
    assert_eq!(location(home.headers()).path(), "/");
    assert!(jar.iter().any(|(name, _)| name == "authjs.session-token"));
}

#[test]
fn a_tenant_has_the_mark_of_its_provider_as_long_as_it_is_there() {
    let tenants = Tenants::new(&[("acme", "acme-id")]);
    let (auth, mut jar) = (auth_for(tenants.clone()), Vec::new());
    let mut ask = |path: &str| send(&auth, &mut jar, http::Request::get(path), "");
    let page = String::from_utf8(ask("/api/auth/signin").into_body()).unwrap();
    assert!(
        page.contains(r#"src="/api/auth/marks/acme.svg?v="#),
        "{page}"
    );
    let mark = ask("/api/auth/marks/acme.svg");
    assert_eq!(mark.headers()["content-type"], "image/svg+xml");
    tenants.set(&[]);
    let gone = ask("/api/auth/marks/acme.svg");
    assert_eq!(gone.status(), StatusCode::BAD_REQUEST);
}

#[test]
fn a_sign_in_is_not_finished_with_a_client_that_took_the_place_of_another() {
    let tenants = Tenants::new(&[("acme", "before")]);
    let auth = auth_for(tenants.clone());
    let mut jar = Vec::new();
    let authorization = location(begin_with(&auth, &mut jar, "acme").headers());
    let state = param(&authorization, "state").unwrap();
    tenants.set(&[("acme", "after")]);
    let callback = format!("/api/auth/callback/acme?code=c&state={state}");
    let refused = send(&auth, &mut jar, http::Request::get(callback), "");
    assert_eq!(
        code_of(&refused).as_deref(),
        Some("sign_in_not_started_here")
    );
}

#[test]
fn an_unknown_tenant_is_an_unknown_provider() {
    let auth = auth_for(Tenants::new(&[("acme", "id")]));
    let long = "a".repeat(65);
    for id in ["initech", "Acme", "a.b", &long] {
        let refused = begin_with(&auth, &mut Vec::new(), id);
        assert_eq!(
            code_of(&refused).as_deref(),
            Some("unknown_provider"),
            "{id}"
        );
    }
}

#[test]
fn a_tenant_without_credentials_does_not_get_those_of_the_environment() {
    let auth = auth_for(Tenants::new(&[("bare", "")]));
    let refused = begin_with(&auth, &mut Vec::new(), "bare");
    assert_eq!(code_of(&refused).as_deref(), Some("configuration"));
}

#[test]
fn a_database_that_is_down_is_a_503_and_shows_nothing_of_its_error() {
    let auth = auth_for(Tenants::default());
    let check = |response: Response| {
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        let body = String::from_utf8_lossy(response.body()).into_owned();
        assert!(!body.contains("SENTINEL"), "{body}");
    };
    check(begin_with(&auth, &mut Vec::new(), "acme"));
    for path in [
        "/api/auth/signin",
        "/api/auth/signin/acme",
        "/api/auth/providers",
        "/api/auth/callback/acme?code=c&state=s",
    ] {
        check(send(&auth, &mut Vec::new(), http::Request::get(path), ""));
    }
}

#[test]
fn only_a_browser_that_navigates_is_shown_that_as_a_page() {
    let auth = auth_for(Tenants::default());
    let html = ("accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    let check = |path: &str, headers: &[(&str, &str)], expected: &str| {
        let mut request = http::Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = send(&auth, &mut Vec::new(), request, "");
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        let kind = response.headers()["content-type"].to_str().unwrap();
        assert_eq!(kind, expected, "{path} {headers:?}");
        response
    };
    let (page, problem) = ("text/html; charset=utf-8", "application/problem+json");
    for path in ["/api/auth/signin/acme", "/api/auth/providers"] {
        check(path, &[("sec-fetch-mode", "navigate")], page);
        check(path, &[html], page);
        check(path, &[("sec-fetch-mode", "cors"), html], problem);
        check(path, &[("accept", "*/*")], problem);
        check(path, &[("accept", "text/html;q=0")], problem);
        check(path, &[html, ("x-auth-return-redirect", "1")], problem);
    }
    let response = check("/api/auth/providers", &[], problem);
    let told: Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(told["code"], "clients_unavailable");
    assert_eq!(told["status"], 503);
    assert_eq!(told["type"], "about:blank");
    assert!(told["title"].is_string() && told["ref"].is_string());
    assert_eq!(
        response.headers()["cache-control"],
        "private, no-cache, no-store"
    );
}

#[test]
fn tenants_are_offered_on_the_page_and_in_the_list() {
    let auth = auth_for(Tenants::new(&[
        ("acme", "id"),
        ("globex", "id"),
        ("acme", "id"),
    ]));
    let mut jar = Vec::new();
    let page = send(&auth, &mut jar, http::Request::get("/api/auth/signin"), "");
    let page = String::from_utf8_lossy(page.body()).into_owned();
    assert!(
        page.contains("Tenant acme") && page.contains("Tenant globex"),
        "{page}"
    );
    let listed = send(
        &auth,
        &mut jar,
        http::Request::get("/api/auth/providers"),
        "",
    );
    let listed: Value = serde_json::from_slice(listed.body()).unwrap();
    assert_eq!(listed.as_object().unwrap().len(), 2);
    assert_eq!(
        listed["acme"],
        json!({
            "id": "acme",
            "name": "Tenant acme",
            "type": "oauth",
            "signinUrl": "http://localhost:3000/api/auth/signin/acme",
            "callbackUrl": "http://localhost:3000/api/auth/callback/acme",
        })
    );
}
