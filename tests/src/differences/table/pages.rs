//! The built-in pages.

use super::at;
use crate::differences::Difference;

pub(super) const DIFFERENCES: &[Difference] = &[
    Difference {
        feature: "policy of pages",
        authjs: "none; inline styles, logos from authjs.dev, for passkeys a script from unpkg",
        ours: "a strict `Content-Security-Policy`, `Cross-Origin-Opener-Policy`, `X-Robots-Tag`, and the charset named",
        why: "a page that asks for credentials runs nobody's code and tells no third party who visits it",
        places: &[
            at(
                "*",
                "header content-security-policy",
                "-",
                "default-src 'none'*",
            ),
            at("*", "header cross-origin-opener-policy", "-", "same-origin"),
            at("*", "header x-robots-tag", "-", "noindex"),
            at(
                "GET *",
                "header content-type",
                "text/html",
                "text/html; charset=utf-8",
            ),
        ],
    },
    Difference {
        feature: "language of pages",
        authjs: "English",
        ours: "that of the visitor: `ui_locales`, the cookie `authjs.language` that a choice on the page sets for 365 days, `Accept-Language`, English; `Content-Language` says which",
        why: "who cannot read what went wrong cannot mend it",
        places: &[
            at("*", "header content-language", "-", "en"),
            // The form at the foot of a page, behind those that both have.
            at("GET *", "body form *", "-", "GET {base}/*"),
        ],
    },
    Difference {
        feature: "status of error pages",
        authjs: "200, or 500 for `Configuration`",
        ours: "403 for `AccessDenied` and `Verification`, else 400",
        why: "a page about a failure is no success, and what a visitor or a provider did is no failure of the server",
        places: &[
            at("GET /error*", "status", "200|500", "400"),
            at("GET /signin?error=*", "status", "200", "400|403"),
        ],
    },
    Difference {
        feature: "a link to one provider",
        authjs: "`GET /signin/{provider}` is an error",
        ours: "the sign-in page with that provider's button",
        why: "links to it are common; it still takes a form to begin a sign-in",
        places: &[
            at("GET /signin/dev*", "status", "302|200", "200"),
            at("GET /signin/dev*", "body", "*", "a page"),
            at(
                "GET /signin/dev*",
                "header content-type",
                "*",
                "text/html; charset=utf-8",
            ),
            at("GET /signin/dev*", "location", "{base}/api/auth/error", "-"),
            at("GET /signin/dev*", "cookie authjs.c*", "-", "set"),
        ],
    },
    Difference {
        feature: "the way back in forms",
        authjs: "in the address of the sign-out form; in none for an empty one",
        ours: "`callbackUrl` is a field of every form, checked already",
        why: "a form then says where it leads, whatever the address of the page or another tab's cookie says",
        places: &[
            at(
                "GET /signout*",
                "body form 0",
                "POST {base}/api/auth/signout* csrfToken",
                "POST {base}/api/auth/signout csrfToken callbackUrl",
            ),
            at(
                "GET /signin?callbackUrl=",
                "body form 0",
                "POST * csrfToken",
                "POST * csrfToken callbackUrl",
            ),
        ],
    },
];
