use serde_json::{Value, json};

use super::client::*;
use crate::client::http;

#[actix_web::test]
async fn the_api_wants_its_key() {
    let workos = workos();
    let path = "/user_management/users/user_01ALICE";
    let url = format!("{}{path}", workos.origin());
    for request in [http().get(&url), http().get(&url).bearer_auth("sk_other")] {
        assert_eq!(answer(request).await.0, 401);
    }
    assert_eq!(get(&workos, path).await.0, 200);
    assert_eq!(
        get(&workos, "/user_management/users/user_other").await.0,
        404
    );
}

#[actix_web::test]
async fn sessions_are_listed_newest_first_in_pages() {
    let workos = workos();
    for _ in 0..3 {
        password(&workos, "alice@acme.test").await;
    }
    let path = "/user_management/users/user_01ALICE/sessions";
    let (_, first) = get(&workos, &format!("{path}?limit=2")).await;
    assert_eq!(first["data"].as_array().unwrap().len(), 2);
    let after = first["list_metadata"]["after"].as_str().unwrap();
    let (_, second) = get(&workos, &format!("{path}?limit=2&after={after}")).await;
    assert_eq!(second["data"].as_array().unwrap().len(), 1);
    assert_eq!(second["list_metadata"]["after"], Value::Null);
    assert_eq!(second["data"][0]["auth_method"], "password");
}

#[actix_web::test]
async fn memberships_and_their_organisations_can_be_looked_up() {
    let workos = workos();
    let path = "/user_management/organization_memberships";
    assert_eq!(get(&workos, path).await.0, 422);
    let (_, all) = get(&workos, &format!("{path}?user_id=user_01MULTI&order=asc")).await;
    let names: Vec<&Value> = all["data"].as_array().unwrap().iter().collect();
    assert_eq!(names.len(), 4);
    assert_eq!(names[0]["organization_name"], "Acme");
    assert_eq!(names[0]["role"], json!({ "slug": "member" }));
    let one = format!("{path}/{}", names[0]["id"].as_str().unwrap());
    assert_eq!(get(&workos, &one).await.1, *names[0]);
    for both in [
        "statuses=inactive,active",
        "statuses=inactive&statuses=active",
    ] {
        let (_, found) = get(&workos, &format!("{path}?user_id=user_01MULTI&{both}")).await;
        assert_eq!(found["data"].as_array().unwrap().len(), 4, "{both}");
    }
    let inactive = format!("{path}?user_id=user_01MULTI&statuses=inactive");
    assert_eq!(get(&workos, &inactive).await.1["data"], json!([]));
    assert_eq!(
        get(&workos, "/organizations/org_01ACME").await.1["name"],
        "Acme"
    );
    assert_eq!(get(&workos, "/organizations/org_other").await.0, 404);
}

#[actix_web::test]
async fn a_user_is_made_changed_found_and_deleted() {
    let workos = workos();
    let users = "/user_management/users";
    let fields = json!({ "email": "new@acme.test", "first_name": "New", "password": "secret" });
    let (status, user) = post(&workos, users, fields.clone()).await;
    assert_eq!((status, &user["email_verified"]), (201, &json!(false)));
    let (status, taken) = post(&workos, users, fields).await;
    assert_eq!(
        (status, &taken["errors"][0]["code"]),
        (400, &json!("email_not_available"))
    );
    let path = format!("{users}/{}", user["id"].as_str().unwrap());
    let url = format!("{}{path}", workos.origin());
    let change = json!({ "last_name": "Doe", "external_id": "42", "metadata": { "a": "b" } });
    let put = http()
        .put(&url)
        .bearer_auth(workos.api_key())
        .body(change.to_string());
    let (_, changed) = answer(put).await;
    assert_eq!(
        (&changed["first_name"], &changed["last_name"]),
        (&json!("New"), &json!("Doe"))
    );
    let (_, found) = get(&workos, &format!("{users}/external_id/42")).await;
    assert_eq!(found, changed);
    let (_, listed) = get(&workos, &format!("{users}?email=new@acme.test")).await;
    assert_eq!(listed["data"], json!([changed]));
    let delete = http().delete(&url).bearer_auth(workos.api_key());
    assert_eq!(answer(delete).await.0, 204);
    assert_eq!(get(&workos, &path).await.0, 404);
}

#[actix_web::test]
async fn an_address_is_confirmed_through_the_api() {
    let workos = workos();
    let path = "/user_management/users/user_01UNVERIFIED/email_verification";
    assert_eq!(
        post(&workos, &format!("{path}/send"), json!({})).await.0,
        200
    );
    let code = workos.last_mail("unverified@acme.test");
    let (_, confirmed) = post(&workos, &format!("{path}/confirm"), json!({ "code": code })).await;
    assert_eq!(confirmed["user"]["email_verified"], true);
}

#[actix_web::test]
async fn a_missing_parameter_is_named() {
    let workos = workos();
    let (status, body) = post(&workos, "/user_management/magic_auth", json!({})).await;
    assert_eq!(status, 422);
    assert_eq!(
        body["errors"][0],
        json!({ "field": "email", "code": "email_required" })
    );
}

#[actix_web::test]
async fn an_invitation_makes_its_reader_a_member_once() {
    let workos = workos();
    let fields = json!({
        "email": "loner@acme.test", "organization_id": "org_01ACME", "role_slug": "member",
    });
    let (status, invitation) = post(&workos, "/user_management/invitations", fields).await;
    assert_eq!((status, &invitation["state"]), (201, &json!("pending")));
    let token = invitation["token"].as_str().unwrap();
    let (_, found) = get(
        &workos,
        &format!("/user_management/invitations/by_token/{token}"),
    )
    .await;
    assert_eq!(found, invitation);

    let url = authorization_url(&workos, &[("invitation_token", token)]);
    let refused = workos.approve(&url, "alice@acme.test");
    assert_eq!(
        param(&refused, "error").as_deref(),
        Some("invitation_invalid")
    );
    let accepted = workos.approve(&url, "loner@acme.test");
    assert!(param(&accepted, "code").is_some());
    let again = workos.approve(&url, "loner@acme.test");
    assert_eq!(
        param(&again, "error").as_deref(),
        Some("invitation_invalid")
    );

    let path = "/user_management/organization_memberships?user_id=user_01LONER";
    assert_eq!(
        get(&workos, path).await.1["data"][0]["organization_id"],
        "org_01ACME"
    );
    let id = invitation["id"].as_str().unwrap();
    let revoke = format!("/user_management/invitations/{id}/revoke");
    assert_eq!(
        post(&workos, &revoke, Value::Null).await.0,
        400,
        "it was accepted"
    );
}

#[actix_web::test]
async fn an_api_key_is_told_from_one_that_is_none() {
    let workos = workos();
    let key = workos.create_api_key("org_01ACME", "CI", ["posts:read"]);
    let (status, found) = post(&workos, "/api_keys/validations", json!({ "value": key })).await;
    assert_eq!(status, 200);
    assert_eq!(found["api_key"]["owner"]["id"], "org_01ACME");
    assert_eq!(found["api_key"]["permissions"], json!(["posts:read"]));
    assert!(!found.to_string().contains(&key));
    let none = post(
        &workos,
        "/api_keys/validations",
        json!({ "value": "sk_other" }),
    )
    .await;
    assert_eq!(none, (200, json!({ "api_key": null })));
}
