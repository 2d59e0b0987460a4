//! The way back from the provider.

use super::{Case, Visitor, get, post};

pub(super) fn cases() -> Vec<Case> {
    let back = |query: &str| get(&format!("/callback/dev?{query}"));
    let good = "code={code}&state={state}&iss={iss}";
    vec![
        back(good).by(Visitor::Returning),
        back(good).by(Visitor::Returning).script(),
        back(good)
            .by(Visitor::Returning)
            .header("sec-fetch-mode", "navigate"),
        back(good).by(Visitor::Again),
        back(good),
        back(good).by(Visitor::Guest),
        back("code={code}&state={state}").by(Visitor::Returning),
        back("code={code}&state={state}&iss={iss}&callbackUrl=/elsewhere").by(Visitor::Returning),
        back("code={code}&state={state}&iss={iss}&callbackUrl=https://evil.example/")
            .by(Visitor::Returning),
        back("code={code}&state={state}&iss=https://evil.example").by(Visitor::Returning),
        back("code={code}&state=other&iss={iss}").by(Visitor::Returning),
        back("code={code}&iss={iss}").by(Visitor::Returning),
        back("code=other&state={state}&iss={iss}").by(Visitor::Returning),
        back("state={state}&iss={iss}").by(Visitor::Returning),
        back("code=&state={state}&iss={iss}").by(Visitor::Returning),
        back("").by(Visitor::Returning),
        back("error=access_denied&state={state}&iss={iss}").by(Visitor::Refusing),
        back("error=access_denied&state={state}&iss={iss}")
            .by(Visitor::Refusing)
            .script(),
        back("error=access_denied&state={state}&iss={iss}").by(Visitor::Again),
        back("error=server_error&error_description=why&state={state}&iss={iss}")
            .by(Visitor::Returning),
        back("error=access_denied"),
        back("code=x&state=y"),
        back("code=x&state=y").script(),
        get("/callback/nobody?code=x&state=y"),
        get("/callback/email?token=x&email=ada@example.com"),
        get("/callback/credentials"),
        post("/callback/dev").by(Visitor::Returning).form(good),
        post("/callback/dev")
            .by(Visitor::Guest)
            .form("code=x&state=y"),
        post("/callback/dev")
            .by(Visitor::Guest)
            .json(r#"{"code":"x"}"#),
        post("/callback/dev").body("text/plain", "x"),
        post("/callback/credentials")
            .by(Visitor::Guest)
            .form("csrfToken={csrf}&password=x"),
        post("/callback/webauthn")
            .by(Visitor::Guest)
            .form("action=authenticate&data={}"),
        get("/webauthn-options/passkey?action=authenticate"),
        get("/webauthn-options/dev?action=nonsense"),
    ]
}
