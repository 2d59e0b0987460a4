use auth_dev::workos::Endpoint;
use auth_tests::{AuthKitSite, Browser};
use reqwest::Method;

#[actix_web::test]
async fn a_broken_cookie_leads_to_sign_in_by_one_redirect() {
    let site = AuthKitSite::start();
    let good = site.browser_of("ada@example.com").await.cookies["wos-session"].clone();
    let cut = &good[..good.len() - 10];
    let flipped = good.replacen("Fe26.2*1*", "Fe26.2*2*", 1);
    let other = good.replacen("Fe26.2", "Fe26.1", 1);
    for broken in [
        cut, &flipped, &other, "Fe26.2*", "garbage", "~2", "%00%ff", "",
    ] {
        let mut browser = Browser::new();
        browser
            .cookies
            .insert("wos-session".into(), broken.to_owned());
        assert_eq!(
            site.me(&mut browser.clone()).await["user"],
            serde_json::Value::Null
        );
        let refused = browser.visit(&site.url("/dashboard")).await;
        assert!(
            (300..400).contains(&refused.status),
            "{broken}: {}",
            refused.status
        );
        let location = refused.location().to_owned();
        assert!(location.contains("/sign-in"), "{broken}: {location}");
        let back = site
            .sign_in_from(&mut browser, &location, "ada@example.com")
            .await;
        assert_eq!(back.location(), site.url("/dashboard"), "{broken}");
        assert_eq!(browser.visit(back.location()).await.status, 200, "{broken}");
    }
}

#[actix_web::test]
async fn every_altered_letter_of_a_cookie_makes_a_guest() {
    let site = AuthKitSite::start();
    let good = site.browser_of("ada@example.com").await.cookies["wos-session"].clone();
    let asked = site.workos.requests(Endpoint::Authenticate);
    for position in (0..good.len()).step_by(31) {
        let mut bytes = good.clone().into_bytes();
        bytes[position] = if bytes[position] == b'A' { b'B' } else { b'A' };
        let mut browser = Browser::new();
        browser
            .cookies
            .insert("wos-session".into(), String::from_utf8(bytes).unwrap());
        let answer = browser.visit(&site.url("/")).await;
        assert_eq!(
            (answer.status, &*answer.text),
            (200, "a guest"),
            "{position}"
        );
    }
    assert_eq!(site.workos.requests(Endpoint::Authenticate), asked);
}

#[actix_web::test]
async fn who_somebody_is_never_comes_from_a_header() {
    let site = AuthKitSite::start();
    let good = site.browser_of("ada@example.com").await.cookies["wos-session"].clone();
    let mut browser = Browser::new();
    let mut request = browser.request(Method::GET, &site.url("/"));
    for name in [
        "x-workos-session",
        "x-workos-middleware",
        "x-url",
        "authorization",
    ] {
        request = request.header(name, &good);
    }
    assert_eq!(browser.send(request).await.text, "a guest");
}

#[actix_web::test]
async fn answers_that_make_no_sense_end_on_a_page() {
    let site = AuthKitSite::start();
    for query in [
        "",
        "?state=x",
        "?code=&state=",
        "?code=a&code=b&state=x",
        "?error=access_denied",
        "?error=%3Cscript%3E&error_description=%3Cimg%3E&state=x",
        "?code=a&state=Fe26.2*1*x",
    ] {
        let mut browser = Browser::new();
        let answer = browser.visit(&site.url(&format!("/callback{query}"))).await;
        assert!(
            (300..500).contains(&answer.status),
            "{query}: {}",
            answer.status
        );
        assert!(
            !answer.text.contains("<script>") && !answer.text.contains("<img>"),
            "{query}"
        );
        assert!(!browser.cookies.contains_key("wos-session"), "{query}");
    }
    assert_eq!(site.workos.requests(Endpoint::Authenticate), 0);
}

#[actix_web::test]
async fn a_bearer_token_counts_where_the_application_says_so() {
    let tokens = |site: &AuthKitSite| {
        let url = format!("{}/user_management/authenticate", site.workos.origin());
        let mut browser = Browser::new();
        let (client_id, key) = (site.workos.client_id(), site.workos.api_key());
        let magic = format!("{}/user_management/magic_auth", site.workos.origin());
        let body = serde_json::json!({ "email": "bob@example.com" }).to_string();
        let create = browser
            .request(Method::POST, &magic)
            .bearer_auth(key)
            .body(body);
        let fields = serde_json::json!({
            "grant_type": "urn:workos:oauth:grant-type:magic-auth:code",
            "email": "bob@example.com", "client_id": client_id, "client_secret": key,
        });
        async move {
            let mut fields = fields;
            fields["code"] = browser.send(create).await.json()["code"].take();
            let request = browser.request(Method::POST, &url).body(fields.to_string());
            let token = browser.send(request).await.json()["access_token"].take();
            token.as_str().unwrap().to_owned()
        }
    };
    for (accepted, status) in [(true, 200), (false, 401)] {
        let site = AuthKitSite::with(|workos| workos, |kit| kit.bearer_tokens(accepted));
        let token = tokens(&site).await;
        let mut program = Browser::new();
        let request = program.request(Method::GET, &site.url("/dashboard"));
        let request = request
            .bearer_auth(&token)
            .header("accept", "application/json");
        let answer = program.send(request).await;
        assert_eq!(answer.status, status, "{}", answer.text);
        let altered = token.replacen('.', ".e", 1);
        let request = program.request(Method::GET, &site.url("/dashboard"));
        let request = request
            .bearer_auth(altered)
            .header("accept", "application/json");
        assert_eq!(program.send(request).await.status, 401);
    }
}
