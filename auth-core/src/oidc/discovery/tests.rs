use serde_json::json;

use super::*;
use crate::oauth::testing::Script;
use crate::testing::block_on;

const ISSUER: &str = "https://op.example/tenant";

fn issuer() -> Issuer {
    Issuer::parse(ISSUER, PlainHttp::LoopbackOnly).unwrap()
}

fn document() -> Value {
    json!({
        "issuer": ISSUER,
        "authorization_endpoint": "https://op.example/authorize",
        "token_endpoint": "https://op.example/token",
        "userinfo_endpoint": "https://op.example/userinfo",
        "jwks_uri": "https://op.example/jwks",
        "authorization_response_iss_parameter_supported": true,
        "id_token_signing_alg_values_supported": ["none"],
    })
}

fn parse_with(
    issuer: &Issuer,
    name: &str,
    value: Value,
) -> Result<ProviderMetadata, DiscoveryError> {
    let mut document = document();
    document["issuer"] = issuer.text.as_str().into();
    document[name] = value;
    ProviderMetadata::parse(document.to_string().as_bytes(), issuer)
}

fn parse(name: &str, value: Value) -> Result<ProviderMetadata, DiscoveryError> {
    parse_with(&issuer(), name, value)
}

#[test]
fn an_issuer_is_kept_as_it_is_spelled() {
    for text in [
        "https://accounts.google.com",
        "https://op.example/",
        "https://op.example/realms/a",
        "https://op.example/realms/a/",
        "https://OP.example/adfs",
        "https://op.example:443/a",
        "http://127.0.0.1:4600/f/ok",
        "http://localhost",
        "http://[::1]:4600",
    ] {
        let issuer = Issuer::parse(text, PlainHttp::LoopbackOnly);
        assert_eq!(issuer.unwrap().text, text);
    }
}

#[test]
fn an_issuer_over_plain_http_needs_loopback_or_permission() {
    let text = "http://idp.internal";
    assert_eq!(
        Issuer::parse(text, PlainHttp::LoopbackOnly).unwrap_err(),
        IssuerError::ForbiddenScheme
    );
    assert!(Issuer::parse(text, PlainHttp::Everywhere).is_ok());
    for text in [
        "file:///etc/passwd",
        "ftp://op.example",
        "javascript:alert(1)",
        "http://127.0.0.1.evil.example",
        "http://169.254.169.254",
    ] {
        assert_eq!(
            Issuer::parse(text, PlainHttp::LoopbackOnly).unwrap_err(),
            IssuerError::ForbiddenScheme,
            "{text}"
        );
    }
}

#[test]
fn an_issuer_with_a_part_that_misleads_is_refused() {
    for text in [
        "https://op.example?x=1",
        "https://op.example/#y",
        "https://good.example@evil.example",
        "https://good.example/../evil",
        "https://good.example/a/./b",
        "https://good.example/%2e%2e/evil",
    ] {
        assert_eq!(
            Issuer::parse(text, PlainHttp::LoopbackOnly).unwrap_err(),
            IssuerError::ForbiddenPart,
            "{text}"
        );
    }
}

#[test]
fn an_issuer_that_is_no_plain_url_is_refused() {
    let long = format!("https://op.example/{}", "x".repeat(MAX_URL));
    for text in [
        "",
        "op.example",
        "//op.example",
        "https:op.example",
        "https:/op.example",
        "HTTPS://op.example",
        " https://op.example",
        "https://op.exa\tmple",
        "https://op.example\\@evil.example",
        "https://b\u{fc}cher.example",
        long.as_str(),
    ] {
        assert_eq!(
            Issuer::parse(text, PlainHttp::LoopbackOnly).unwrap_err(),
            IssuerError::NotAUrl,
            "{text}"
        );
    }
}

#[test]
fn the_document_is_asked_for_where_the_issuer_says() {
    let check = |text: &str, expected: &str| {
        let issuer = Issuer::parse(text, PlainHttp::LoopbackOnly).unwrap();
        assert_eq!(issuer.configuration_url(), expected);
    };
    let suffix = "/.well-known/openid-configuration";
    check("https://op.example", &format!("https://op.example{suffix}"));
    check(
        "https://op.example/",
        &format!("https://op.example{suffix}"),
    );
    check(
        "https://op.example/a/",
        &format!("https://op.example/a{suffix}"),
    );
}

#[test]
fn a_document_of_the_issuer_is_read() {
    let metadata = parse("extra", json!({"unknown": true})).unwrap();
    assert_eq!(metadata.issuer, ISSUER);
    assert_eq!(metadata.token_endpoint.as_str(), "https://op.example/token");
    assert_eq!(metadata.jwks_uri.as_str(), "https://op.example/jwks");
    assert!(metadata.userinfo_endpoint.is_some());
    assert!(metadata.authorization_response_iss_parameter_supported);
}

#[test]
fn optional_members_may_be_absent() {
    assert!(parse("userinfo_endpoint", json!(null)).is_ok());
    let name = "authorization_response_iss_parameter_supported";
    let metadata = parse(name, json!(null)).unwrap();
    assert!(!metadata.authorization_response_iss_parameter_supported);
    assert!(matches!(
        parse(name, json!("true")),
        Err(DiscoveryError::Malformed)
    ));
}

#[test]
fn another_issuers_document_is_refused() {
    for received in [
        "https://evil.example",
        "https://op.example/tenant/",
        "https://op.example/Tenant",
        "HTTPS://op.example/tenant",
        "",
    ] {
        assert!(matches!(
            parse("issuer", json!(received)),
            Err(DiscoveryError::UnexpectedIssuer)
        ));
    }
    for absent in [json!(null), json!(1), json!([ISSUER])] {
        assert!(matches!(
            parse("issuer", absent),
            Err(DiscoveryError::Missing("issuer"))
        ));
    }
}

#[test]
fn required_endpoints_must_be_there() {
    for name in ["authorization_endpoint", "token_endpoint", "jwks_uri"] {
        assert!(matches!(
            parse(name, json!(null)),
            Err(DiscoveryError::Missing(missing)) if missing == name
        ));
    }
}

#[test]
fn an_endpoint_that_may_not_be_called_is_refused() {
    let names = [
        "authorization_endpoint",
        "token_endpoint",
        "userinfo_endpoint",
        "jwks_uri",
    ];
    for name in names {
        for url in [
            json!("javascript:alert(1)//"),
            json!("data:text/html,<script>alert(1)</script>"),
            json!("file:///etc/passwd"),
            json!("http://op.example/x"),
            json!("http://127.0.0.1/x"),
            json!("/relative"),
            json!("https://user@op.example/x"),
            json!("https://op.example/x#y"),
            json!(""),
            json!(1),
            json!("https://op.example/".to_owned() + &"x".repeat(MAX_URL)),
        ] {
            assert!(
                matches!(parse(name, url.clone()), Err(DiscoveryError::ForbiddenUrl(n)) if n == name),
                "{name} {url}"
            );
        }
    }
}

#[test]
fn plain_http_endpoints_pass_only_where_the_issuer_is_plain_http() {
    let dev = Issuer::parse("http://localhost:4600", PlainHttp::LoopbackOnly).unwrap();
    let name = "token_endpoint";
    assert!(parse_with(&dev, name, json!("http://127.0.0.1:4600/token")).is_ok());
    assert!(parse_with(&dev, name, json!("http://op.example/token")).is_err());
    let everywhere = Issuer::parse(ISSUER, PlainHttp::Everywhere).unwrap();
    assert!(parse_with(&everywhere, name, json!("http://op.example/token")).is_ok());
    assert!(parse_with(&everywhere, name, json!("ftp://op.example/token")).is_err());
}

#[test]
fn what_is_no_json_object_is_refused() {
    let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    for body in ["", "}{", "<html>", "[]", "null", deep.as_str()] {
        assert!(matches!(
            ProviderMetadata::parse(body.as_bytes(), &issuer()),
            Err(DiscoveryError::Malformed)
        ));
    }
}

#[test]
fn other_statuses_and_redirects_are_refused() {
    let fetch = |script: &Script| block_on(ProviderMetadata::fetch(&issuer(), &script.outbound()));
    let script = Script::new().json(200, document());
    assert!(fetch(&script).is_ok());
    assert_eq!(
        script.sent()[0].uri(),
        "https://op.example/tenant/.well-known/openid-configuration"
    );
    for status in [201, 404, 500] {
        let refused = fetch(&Script::new().json(status, document()));
        assert!(matches!(refused, Err(DiscoveryError::Status(s)) if s == status));
    }
    let refused = fetch(&Script::new().json(302, document()));
    assert!(matches!(refused, Err(DiscoveryError::Http(_))));
}

const PER_TENANT: PerTenant = PerTenant {
    shared: &["common"],
    placeholder: "{tenantid}",
    claim: "tid",
};

fn shared(configured: &str, received: &str) -> Result<ProviderMetadata, DiscoveryError> {
    let issuer = Issuer::parse(configured, PlainHttp::LoopbackOnly)
        .unwrap()
        .shared_by_tenants(Some(PER_TENANT));
    parse_with(&issuer, "issuer", received.into())
}

#[test]
fn a_placeholder_stands_for_the_shared_segment_and_for_nothing_else() {
    let (common, template) = (
        "https://op.example/common/v2",
        "https://op.example/{tenantid}/v2",
    );
    let metadata = shared(common, template).unwrap();
    assert_eq!(metadata.response_issuer(), None);
    for (configured, received) in [
        ("https://op.example/tenant-1/v2", template),
        (common, "https://evil.example/{tenantid}/v2"),
        (common, "https://op.example/{tenantid}"),
        (common, "https://op.example/{other}/v2"),
        (common, "https://op.example/tenant-1/v2"),
    ] {
        assert!(
            matches!(
                shared(configured, received),
                Err(DiscoveryError::UnexpectedIssuer)
            ),
            "{configured} {received}"
        );
    }
    // Without tenants a placeholder is another issuer.
    assert!(matches!(
        parse("issuer", template.into()),
        Err(DiscoveryError::UnexpectedIssuer)
    ));
}

#[test]
fn the_issuer_of_a_token_is_that_of_the_tenant_it_names() {
    const TENANT: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";
    let metadata = shared(
        "https://op.example/common/v2",
        "https://op.example/{tenantid}/v2",
    )
    .unwrap();
    let of = |tenant: Option<&'static str>| {
        metadata.issuer_of(|claim| {
            assert_eq!(claim, "tid");
            tenant
        })
    };
    let expected = format!("https://op.example/{TENANT}/v2");
    assert_eq!(of(Some(TENANT)), Some(expected));
    for odd in [
        None,
        Some(""),
        Some("common"),
        Some("../../evil/aaaaaaaaaaaaaaaaaaaaaaaaa"),
    ] {
        assert_eq!(of(odd), None);
    }
}
