//! Where answers lead.

use super::at;
use crate::differences::Difference;

pub(super) const DIFFERENCES: &[Difference] = &[
    Difference {
        feature: "the way home",
        authjs: "the origin as typed, `https://app.example`",
        ours: "a parsed URL as it is written, `https://app.example/`",
        why: "the way back is a type that holds a URL of our own origin, not text; the address is the same",
        places: &[at(
            "*",
            "location|body json url|cookie authjs.callback-url value",
            "{base}",
            "{base}/",
        )],
    },
    Difference {
        feature: "a way back that looks like a path",
        authjs: "put behind the origin as it is: `https://app.example//evil.example`",
        ours: "home",
        why: "what any part of a site makes of `//evil.example` or `/\\evil.example` is not known",
        places: &[
            at(
                "GET /signin*",
                "cookie authjs.callback-url value",
                "{base}//evil.example|{base}/\\evil.example",
                "{base}/",
            ),
            at(
                "POST /signout*",
                "cookie authjs.callback-url value|location",
                "{base}//evil.example/",
                "{base}/",
            ),
        ],
    },
    Difference {
        feature: "a way back that is no URL",
        authjs: "500 from a query or a cookie, `error=Configuration` from a form",
        ours: "home, as for one that leads elsewhere",
        why: "what a stranger writes into a link is no failure of the server (CVE-2022-31093)",
        places: &[
            at(
                "GET /signin*callback-url=*|GET /signin?callbackUrl=*",
                "status",
                "500",
                "200",
            ),
            at(
                "GET /signin*callback-url=*|GET /signin?callbackUrl=*",
                "body form 0",
                "-",
                "POST *",
            ),
            at(
                "GET /signin*callback-url=*|GET /signin?callbackUrl=*",
                "cookie authjs.c*",
                "-",
                "set",
            ),
            at(
                "POST /signin/dev*callbackUrl=notaurl]",
                "location",
                "{base}/api/auth/error",
                "{issuer}/authorize",
            ),
        ],
    },
    Difference {
        feature: "the way back at the callback",
        authjs: "taken from the query of the callback, if it has one",
        ours: "the one that was sealed when the sign-in began",
        why: "the answer of the provider has no say in it",
        places: &[at(
            "GET /callback/*callbackUrl=*",
            "location",
            "{base}|{base}/elsewhere",
            "{base}/page",
        )],
    },
    Difference {
        feature: "parameters for the provider",
        authjs: "every parameter of the query of `POST /signin/{provider}` is passed on, `redirect_uri`, `client_id` and `scope` among them",
        ours: "hints are, such as `prompt`, `login_hint`, `max_age`; nothing that is checked",
        why: "what a link to the site says must not change what is asked of the provider",
        places: &[at(
            "POST /signin/dev?*",
            "location callbackUrl|location client_id|location redirect_uri|location response_type|location scope",
            "*",
            "*",
        )],
    },
    Difference {
        feature: "a form that leads to the provider",
        authjs: "302",
        ours: "302; for a navigation (`Sec-Fetch-Mode: navigate`) a page that goes on by itself, with a link",
        why: "under `form-action 'self'` browsers block the redirect of a form to another origin",
        places: &[
            at("POST /signin/dev*navigate]", "status", "302", "200"),
            at(
                "POST /signin/dev*navigate]",
                "location",
                "{issuer}/authorize",
                "-",
            ),
            at(
                "POST /signin/dev*navigate]",
                "refresh",
                "-",
                "{issuer}/authorize",
            ),
            at("POST /signin/dev*navigate]", "body", "nothing", "a page"),
            at(
                "POST /signin/dev*navigate]",
                "header content-type",
                "-",
                "text/html; charset=utf-8",
            ),
        ],
    },
    Difference {
        feature: "`json=true`",
        authjs: "a redirect: the field is next-auth 4's",
        ours: "`{\"url\"}`, as for `X-Auth-Return-Redirect`",
        why: "the client of next-auth 4 works against these routes unchanged",
        places: &[
            at("POST *json=true]", "status", "302", "200"),
            at("POST *json=true]", "body", "nothing", "JSON"),
            at(
                "POST *json=true]",
                "header content-type",
                "-",
                "application/json",
            ),
        ],
    },
    Difference {
        feature: "`POST /signin` without a provider or a token",
        authjs: "the sign-in page with `error=MissingCSRF`",
        ours: "the sign-in page",
        why: "nothing begins there that a token would guard",
        places: &[at("POST /signin", "location error", "MissingCSRF", "-")],
    },
];
