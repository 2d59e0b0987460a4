use super::*;
use crate::provider::ClientSecret;
use crate::providers::{GITHUB, KEYCLOAK, OKTA};
use crate::testing::{ManualClock, NoHttp, NoSpawn};

fn adapters() -> Adapters {
    let clock = Arc::new(ManualClock::at(0));
    Adapters::new(Arc::new(NoHttp), Arc::new(NoSpawn), clock)
}

fn documents_of(client: Client, adapters: &Adapters) -> Arc<RemoteMetadata> {
    match register_resolved(client, "tenant", adapters)
        .unwrap()
        .server
    {
        Server::Oidc { metadata, .. } => metadata,
        Server::OAuth2 { .. } => panic!("an OpenID provider"),
    }
}

#[test]
fn clients_of_one_issuer_share_its_documents() {
    let adapters = adapters();
    let client = |provider: Provider, issuer: &str| provider.client("id", "secret").issuer(issuer);
    let issuer = "https://sso.example/realms/acme";
    let first = documents_of(client(KEYCLOAK, issuer), &adapters);
    let same = documents_of(client(KEYCLOAK, issuer), &adapters);
    assert!(Arc::ptr_eq(&first, &same));
    for other in [
        client(KEYCLOAK, "https://sso.example/realms/globex"),
        client(OKTA, issuer),
        client(KEYCLOAK, issuer).danger_allow_http(),
    ] {
        assert!(!Arc::ptr_eq(&first, &documents_of(other, &adapters)));
    }
}

#[test]
fn documents_are_kept_of_so_many_issuers_only() {
    let adapters = adapters();
    let (_, most) = adapters.issuers();
    for tenant in 0..3 * most {
        let issuer = format!("https://sso.example/realms/{tenant}");
        documents_of(KEYCLOAK.client("id", "secret").issuer(issuer), &adapters);
    }
    assert!(adapters.issuers().0 <= most);
}

#[test]
fn a_resolved_client_is_checked_as_any_other_and_takes_the_id_that_was_asked_for() {
    let adapters = adapters();
    let good = GITHUB.client("id", "secret").id("another");
    assert_eq!(
        register_resolved(good, "acme", &adapters).unwrap().id,
        "acme"
    );

    let reserved = GITHUB
        .client("id", "secret")
        .authorization_param("state", "x");
    let no_secret = GITHUB.client("id", ClientSecret::from(""));
    let no_issuer = KEYCLOAK.client("id", "secret");
    let plain_http = KEYCLOAK.client("id", "secret").issuer("http://sso.example");
    for bad in [reserved, no_secret, no_issuer, plain_http, GITHUB.into()] {
        let refused = register_resolved(bad, "acme", &adapters);
        assert!(!refused.unwrap_err().problems().is_empty());
    }
}

#[test]
fn a_fingerprint_tells_clients_and_servers_apart() {
    let adapters = adapters();
    let of = |client: Client| {
        register_resolved(client, "acme", &adapters)
            .unwrap()
            .fingerprint()
    };
    let acme = of(GITHUB.client("id", "secret"));
    assert_eq!(acme, of(GITHUB.client("id", "a newer secret").name("Acme")));
    assert_ne!(acme, of(GITHUB.client("id2", "secret")));
    let elsewhere = GITHUB
        .client("id", "secret")
        .base_url("https://git.acme.example");
    assert_ne!(acme, of(elsewhere));
    let realm = |name: &str| {
        let issuer = format!("https://sso.example/realms/{name}");
        of(KEYCLOAK.client("id", "secret").issuer(issuer))
    };
    assert_ne!(realm("a"), realm("b"));
}
