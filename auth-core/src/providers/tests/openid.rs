//! The wire behaviour of OpenID providers that are unlike the others: what their documentation says
//! they ask for and answer.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::emulator::{IdToken, NOW, SECRET, Site, Wire, params};
use super::*;
use crate::oidc::SigningAlgorithm::{Hs256, Rs256};
use crate::oidc::testing::{OTHER_RSA, RSA, SigningKey};
use crate::provider::ClientSecretKey;

/// The claims of an ID Token, with more.
fn claims(issuer: &str, more: Value) -> Value {
    let mut claims = json!({
        "iss": issuer, "aud": "client", "sub": "person-1", "iat": NOW, "exp": NOW + 300,
    });
    for (name, value) in more.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
}

fn apple(issuer: &str, more: Value) -> Wire {
    let id_token = IdToken::new(claims("https://appleid.apple.com", more), Rs256);
    Wire::default().openid(issuer, "https://appleid.apple.com", id_token)
}

fn apple_key() -> (String, EcdsaKeyPair) {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    let body = STANDARD.encode(pair.to_pkcs8v1().unwrap().as_ref());
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----");
    (pem, pair)
}

fn secret_claims(site: &Site) -> Value {
    let form = site.token_form();
    let part = form["client_secret"].split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

#[test]
fn apple_gets_a_secret_signed_for_each_request_and_says_the_name_once() {
    let wire = apple(
        "https://appleid.apple.com",
        json!({"email": "a@privaterelay.appleid.com", "email_verified": "true"}),
    );
    let (pem, _) = apple_key();
    let client = APPLE.client("client", ClientSecretKey::new("TEAM", "KEY", pem));
    let mut site = Site::begin(client, &wire);
    params(
        &site,
        &[
            ("response_mode", Some("form_post")),
            ("scope", Some("name email")),
            ("code_challenge", None),
        ],
    );
    assert!(site.param("nonce").is_some());

    let user = json!({"name": {"firstName": "Ada", "lastName": "Admin"},
        "email": "somebody-else@example.com"})
    .to_string();
    let profile = site.finish_by_post(&[("user", &user)]).unwrap();
    assert_eq!(profile.name.as_deref(), Some("Ada Admin"));
    assert_eq!(profile.first_name.as_deref(), Some("Ada"));
    // Only what is signed counts.
    assert_eq!(profile.verified_email(), Some("a@privaterelay.appleid.com"));
    assert_eq!(
        secret_claims(&site),
        json!({"iss": "TEAM", "sub": "client", "aud": "https://appleid.apple.com",
            "iat": NOW, "exp": NOW + 300})
    );

    site.advance(200);
    site.begin_again();
    let profile = site.finish_by_post(&[]).unwrap();
    assert_eq!(profile.name, profile.email, "Apple says the name once");
    assert_eq!(secret_claims(&site)["exp"], json!(NOW + 500));
}

#[test]
fn apple_takes_a_secret_made_by_hand_and_the_key_from_variables() {
    let wire = apple("https://appleid.apple.com", json!({}));
    let mut site = Site::begin(APPLE.client("client", SECRET), &wire);
    site.finish_by_post(&[("user", "no json")]).unwrap();
    assert_eq!(site.token_form()["client_secret"], SECRET);

    let (pem, _) = apple_key();
    let variables = [
        ("AUTH_APPLE_ID", "client"),
        ("AUTH_APPLE_TEAM_ID", "TEAM"),
        ("AUTH_APPLE_KEY_ID", "KEY"),
        ("AUTH_APPLE_PRIVATE_KEY", &pem.replace('\n', "\\n")),
    ];
    let mut site = Site::begin_with(APPLE, &wire, &variables);
    site.finish_by_post(&[]).unwrap();
    assert_eq!(secret_claims(&site)["iss"], "TEAM");
}

const TENANT: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

fn entra(configured: &str, iss_tenant: &str, more: Value) -> Result<Profile, String> {
    let issuer = format!("https://login.microsoftonline.com/{configured}/v2.0");
    let name = match configured {
        "common" | "organizations" => "https://login.microsoftonline.com/{tenantid}/v2.0",
        _ => issuer.as_str(),
    };
    let iss = format!("https://login.microsoftonline.com/{iss_tenant}/v2.0");
    let id_token = IdToken::new(claims(&iss, more), Rs256);
    let wire = Wire::default().openid(&issuer, name, id_token);
    let variables = [
        ("AUTH_MICROSOFT_ENTRA_ID_ID", "client"),
        ("AUTH_MICROSOFT_ENTRA_ID_SECRET", SECRET),
        ("AUTH_MICROSOFT_ENTRA_ID_ISSUER", issuer.as_str()),
    ];
    Site::begin_with(MICROSOFT_ENTRA_ID, &wire, &variables).finish()
}

#[test]
fn entra_issues_in_the_name_of_the_tenant_that_the_token_names() {
    for configured in ["common", "organizations"] {
        let profile = entra(configured, TENANT, json!({"tid": TENANT, "name": "Ada"})).unwrap();
        assert_eq!(profile.claim("tid"), Some(&json!(TENANT)));
        assert_eq!(profile.name.as_deref(), Some("Ada"));
    }
    entra(TENANT, TENANT, json!({"tid": TENANT})).unwrap();
}

#[test]
fn entra_with_an_issuer_of_another_tenant_is_refused() {
    const OTHER: &str = "00000000-6c67-4c5b-b112-36a304b66dad";
    for (configured, iss, more) in [
        ("common", OTHER, json!({"tid": TENANT})),
        ("common", TENANT, json!({})),
        ("common", "common", json!({"tid": "common"})),
        ("common", "{tenantid}", json!({"tid": "{tenantid}"})),
        ("common", TENANT, json!({"tid": [TENANT]})),
        (OTHER, TENANT, json!({"tid": TENANT})),
    ] {
        let refused = entra(configured, iss, more);
        assert_eq!(refused.unwrap_err(), "id_token", "{configured} {iss}");
    }
}

#[test]
fn entra_addresses_count_only_if_the_domain_owner_was_verified() {
    let verified = |more: Value| {
        let mut all = json!({"tid": TENANT, "email": "ceo@victim.example"});
        for (name, value) in more.as_object().unwrap() {
            all[name] = value.clone();
        }
        entra("common", TENANT, all).unwrap().email_verified
    };
    assert!(!verified(json!({})));
    assert!(!verified(json!({"xms_edov": false})));
    assert!(!verified(json!({"xms_edov": "0"})));
    assert!(verified(json!({"xms_edov": true})));
    assert!(verified(json!({"xms_edov": 1})));
}

#[test]
fn line_signs_with_the_client_secret() {
    let id_token = IdToken::new(
        claims(
            "https://access.line.me",
            json!({"name": "Ada", "email": "ada@example.com"}),
        ),
        Hs256,
    );
    let wire = Wire::default().openid("https://access.line.me", "https://access.line.me", id_token);
    let profile = Site::begin(LINE.client("client", SECRET), &wire)
        .finish()
        .unwrap();
    assert_eq!(profile.name.as_deref(), Some("Ada"));
    assert_eq!(profile.verified_email(), None);

    let other = LINE.client("client", "another secret");
    assert_eq!(Site::begin(other, &wire).finish().unwrap_err(), "id_token");
}

#[test]
fn a_token_signed_with_the_secret_is_refused_where_keys_are_expected() {
    let issuer = "https://accounts.google.com";
    let id_token = IdToken::new(claims(issuer, json!({})), Hs256);
    let wire = Wire::default().openid(issuer, issuer, id_token);
    let outcome = Site::begin(GOOGLE.client("client", SECRET), &wire).finish();
    assert_eq!(outcome.unwrap_err(), "id_token");
}

#[test]
fn battle_net_has_one_server_for_china_and_one_for_the_others() {
    for issuer in ["https://oauth.battle.net", "https://oauth.battlenet.com.cn"] {
        let id_token = IdToken::new(claims(issuer, json!({"battle_tag": "Ada#1"})), Rs256);
        let wire = Wire::default().openid(issuer, issuer, id_token);
        let client = BATTLENET.client("client", SECRET);
        let client = match issuer {
            "https://oauth.battle.net" => client,
            china => client.issuer(china),
        };
        let mut site = Site::begin(client, &wire);
        params(&site, &[("scope", Some("openid"))]);
        assert_eq!(site.finish().unwrap().name.as_deref(), Some("Ada#1"));
    }
}

#[test]
fn salesforce_and_vipps_have_the_profile_at_the_userinfo_endpoint() {
    for (provider, issuer) in [
        (SALESFORCE, "https://login.salesforce.com"),
        (VIPPS, "https://api.vipps.no/access-management-1.0/access/"),
    ] {
        let openid =
            |sub: &str| {
                let at = issuer.trim_end_matches('/');
                Wire::default()
                .openid(issuer, issuer, IdToken::new(claims(issuer, json!({})), Rs256))
                .on(
                    &format!("GET {at}/userinfo"),
                    json!({"sub": sub, "name": "Ada", "email": "a@b.c", "email_verified": true}),
                )
            };
        let mut site = Site::begin(provider.client("client", SECRET), &openid("person-1"));
        assert_eq!(site.finish().unwrap().verified_email(), Some("a@b.c"));
        let mut site = Site::begin(provider.client("client", SECRET), &openid("another"));
        assert_eq!(site.finish().unwrap_err(), "provider_answer");
    }
}

#[test]
fn bankid_signs_what_it_says_about_a_person() {
    const ISSUER: &str = "https://auth.bankid.no/auth/realms/prod";
    let outcome = |key, more: Value| {
        let wire = Wire::default()
            .openid(
                ISSUER,
                ISSUER,
                IdToken::new(claims(ISSUER, json!({})), Rs256),
            )
            .on_signed(
                &format!("GET {ISSUER}/userinfo"),
                key,
                &claims(ISSUER, more),
            );
        Site::begin(BANKID_NO.client("client", SECRET), &wire).finish()
    };
    let known: &SigningKey = &RSA;
    let profile = outcome(known, json!({"name": "Ada", "birthdate": "1815-12-10"})).unwrap();
    assert_eq!(profile.id, "person-1");
    assert_eq!(profile.name.as_deref(), Some("Ada"));
    assert_eq!(profile.claim("birthdate"), Some(&json!("1815-12-10")));
    outcome(known, json!({"aud": ["another", "client"]})).unwrap();
    for (key, more) in [
        (&*OTHER_RSA, json!({})),
        (known, json!({"iss": "https://another.example"})),
        (known, json!({"iss": null})),
        (known, json!({"aud": "another"})),
        (known, json!({"aud": []})),
        (known, json!({"sub": "another"})),
        (known, json!({"sub": null})),
    ] {
        let refused = outcome(key, more.clone());
        assert_eq!(refused.unwrap_err(), "provider_answer", "{more}");
    }
}

#[test]
fn an_unsigned_token_is_no_signed_userinfo() {
    let issuer = "https://auth.bankid.no/auth/realms/prod";
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    for header in [json!({"alg": "none"}), json!({"alg": "HS256"})] {
        let token = format!("{}.{}.", part(header), part(claims(issuer, json!({}))));
        let id_token = IdToken::new(claims(issuer, json!({})), Rs256);
        let wire = Wire::default()
            .openid(issuer, issuer, id_token)
            .on(&format!("GET {issuer}/userinfo"), token.into());
        let outcome = Site::begin(BANKID_NO.client("client", SECRET), &wire).finish();
        assert_eq!(outcome.unwrap_err(), "provider_answer");
    }
}

#[test]
fn slack_gets_no_pkce_and_refuses_with_status_200() {
    let issuer = "https://slack.com";
    let more = json!({"name": "Ada", "email": "a@b.c", "email_verified": true,
        "https://slack.com/team_id": "T1"});
    let wire = Wire::default().openid(issuer, issuer, IdToken::new(claims(issuer, more), Rs256));
    let mut site = Site::begin(SLACK.client("client", SECRET), &wire);
    params(&site, &[("code_challenge", None)]);
    let profile = site.finish().unwrap();
    assert_eq!(
        profile.claim("https://slack.com/team_id"),
        Some(&json!("T1"))
    );

    let refusing = wire.on(
        "POST https://slack.com/token",
        json!({"ok": false, "error": "invalid_code"}),
    );
    site = Site::begin(SLACK.client("client", SECRET), &refusing);
    assert_eq!(site.finish().unwrap_err(), "provider_answer");
}

#[test]
fn twitch_is_asked_for_its_claims_by_name_and_grants_scopes_in_an_array() {
    let issuer = "https://id.twitch.tv/oauth2";
    let more = json!({"preferred_username": "ada", "email": "a@b.c", "email_verified": true,
        "picture": "https://static-cdn.jtvnw.net/x.png"});
    let wire = Wire::default()
        .openid(issuer, issuer, IdToken::new(claims(issuer, more), Rs256))
        .on(
            "POST https://id.twitch.tv/oauth2/token",
            json!({"access_token": "at", "token_type": "bearer", "expires_in": 13_000,
                "scope": ["openid", "user:read:email"]}),
        );
    let mut site = Site::begin(TWITCH.client("client", SECRET), &wire);
    let asked: Value = serde_json::from_str(&site.param("claims").unwrap()).unwrap();
    for claim in ["email", "email_verified", "picture", "preferred_username"] {
        assert_eq!(asked["id_token"].get(claim), Some(&Value::Null), "{claim}");
    }
    let profile = site.finish().unwrap();
    assert_eq!(profile.name.as_deref(), Some("ada"));
    assert_eq!(profile.verified_email(), Some("a@b.c"));
}

#[test]
fn placeholders_become_the_client_id_and_the_issuer() {
    let issuer = "https://api.descope.com/P1";
    let mut claims = claims(issuer, json!({}));
    claims["aud"] = "P1".into();
    let wire = Wire::default().openid(issuer, issuer, IdToken::new(claims, Rs256));
    Site::begin(DESCOPE.client("P1", SECRET), &wire)
        .finish()
        .unwrap();

    let issuer = "https://auth.unitedeffects.com/g";
    let id_token = IdToken::new(self::claims(issuer, json!({})), Rs256);
    let wire = Wire::default().openid(issuer, issuer, id_token);
    let site = Site::begin(
        UNITED_EFFECTS.client("client", SECRET).issuer(issuer),
        &wire,
    );
    params(&site, &[("resource", Some(issuer))]);
}
