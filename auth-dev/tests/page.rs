use auth_dev::{DevProvider, Person};

use crate::client::{authorization_url, get, http};

async fn page(provider: &DevProvider, changes: &[(&str, &str)]) -> String {
    let response = get(&authorization_url(provider, changes)).await;
    response.text().await.unwrap()
}

#[actix_web::test]
async fn the_page_offers_everybody_and_says_what_it_is() {
    let provider = DevProvider::start().unwrap();
    let page = page(&provider, &[]).await;
    for text in [
        "Development login – not for production",
        "Ada Admin",
        "Bob Basic",
        "value=\"cancel\"",
        "http://localhost:3000",
    ] {
        assert!(page.contains(text), "{text}");
    }
    assert!(!page.contains("<script") && !page.contains("style=\""));
}

#[actix_web::test]
async fn the_page_carries_strict_headers() {
    let provider = DevProvider::start().unwrap();
    let response = get(&authorization_url(&provider, &[])).await;
    let headers = response.headers();
    for (name, value) in [
        (
            "content-security-policy",
            "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
        ),
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
    ] {
        assert_eq!(headers[name], value);
    }
    let style = get(&format!("{}/style.css", provider.issuer())).await;
    assert_eq!(style.headers()["content-type"], "text/css; charset=utf-8");
}

#[actix_web::test]
async fn a_hint_points_at_somebody_known_or_fills_in_the_address() {
    let provider = DevProvider::start().unwrap();
    let known = page(&provider, &[("login_hint", "bob@example.com")]).await;
    assert!(known.contains("value=\"bob\" autofocus"));
    let new = page(&provider, &[("login_hint", "eve@example.org")]).await;
    assert!(new.contains("value=\"eve@example.org\""));
    assert!(!new.contains("autofocus"));
}

#[actix_web::test]
async fn what_a_stranger_sends_is_escaped() {
    let provider = DevProvider::builder()
        .people([Person::new("<b>Eve</b>", "eve@example.com").id("\"><script>")])
        .start()
        .unwrap();
    let changes = [
        ("state", "\"><script>alert(1)</script>"),
        ("login_hint", "\"><script>@"),
    ];
    let page = page(&provider, &changes).await;
    assert!(!page.contains("<script") && !page.contains("<b>"));
}

#[actix_web::test]
async fn a_named_fault_is_announced() {
    let provider = DevProvider::start().unwrap();
    let page = page(&provider, &[("fault", "wrong_nonce")]).await;
    assert!(page.contains("This flow is going to fail: <code>wrong_nonce</code>"));
}

#[actix_web::test]
async fn another_host_name_is_not_answered() {
    let provider = DevProvider::start().unwrap();
    let url = format!("{}/.well-known/openid-configuration", provider.issuer());
    let request = http().get(url).header("host", "rebound.example");
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 421);
    assert_eq!(provider.requests().discovery, 0);
}
