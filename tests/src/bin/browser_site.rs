//! Sites for a browser: with one, three, nine and ten ways to sign in, one with every mark, and a
//! clock that is told the time; one that shares its secret; some in brands of awkward colours; and
//! one whose people and provider have hostile names.
//!
//! The first line printed is JSON with the addresses. Each line read, `advance <seconds>`, moves the
//! clock and is answered by `ok`. Ends with its input, so that it never outlives whoever drives it.

use std::io::BufRead;

use auth_actix::{
    AuthBuilder, CallbackError, Callbacks, Client, Provider, Theme, Token, Trigger, providers,
};
use auth_dev::{DevProvider, Person};
use auth_tests::{ManualClock, Site};
use serde_json::{Value, json};

/// Names as they come: short, long, of several words.
const NAMES: [(&str, &str); 8] = [
    ("github", "GitHub"),
    ("google", "Google"),
    ("entra", "Microsoft Entra ID"),
    ("apple", "Apple"),
    ("gitlab", "GitLab"),
    ("acme", "Acme Staff Directory"),
    ("bitbucket", "Bitbucket"),
    ("discord", "Discord"),
];

/// Beside the development provider these make ten. Marks of one colour and of several, bright, dark
/// and black.
const MARKED: [Provider; 9] = [
    providers::GOOGLE,
    providers::GITHUB,
    providers::MICROSOFT_ENTRA_ID,
    providers::APPLE,
    providers::SLACK,
    providers::TWITTER,
    providers::KAKAO,
    providers::TIKTOK,
    providers::FACEBOOK,
];

/// Of the site that another one shares its sessions with.
const SECRET: &str = "a secret that two sites know, which is long enough";

/// Bright, black, white, and a grey that neither black nor white is far from: as the light and the
/// dark card are, or in between.
const BRANDS: [&str; 4] = ["#ffdd00", "#000000", "#ffffff", "#777777"];

/// What a stranger may call themselves, and where they may say that their picture is.
const HOSTILE: [(&str, &str); 3] = [
    (
        "</script><script>mallory = 1</script><img src=x onerror='mallory = 1'>",
        "javascript:mallory=1",
    ),
    (
        "\"><b class=mallory>{{7*7}}</b><!--",
        "http://elsewhere.test/\" onerror=\"mallory = 1",
    ),
    // Turns round what follows.
    (
        "admin\u{202e}nimda\u{2066}",
        "http://elsewhere.test/picture.png",
    ),
];

/// What the provider of that site is called.
const LABEL: &str = "</title></script><script>mallory = 1</script> & <i class='mallory'>Co</i>";

const TENANT: Provider = Provider::oidc_tenant("tenant", "Tenant");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let clock = ManualClock::now();
    let one = site(&clock, &[])?;
    let three = site(&clock, &named(2))?;
    let nine = site(&clock, &named(NAMES.len()))?;
    let ten = site(&clock, &MARKED.map(registered))?;
    let all = providers::ALL.iter().copied().map(registered);
    let all = site(&clock, &all.collect::<Vec<_>>())?;
    let shared = shared()?;
    let hostile = hostile()?;
    let branded = BRANDS
        .iter()
        .map(|brand| Ok((*brand, in_brand(brand)?)))
        .collect::<Result<Vec<_>, Box<dyn std::error::Error>>>()?;
    let bases = branded.iter().map(|(brand, site)| (*brand, &*site.base));
    let sites = [&one, &three, &nine, &ten, &all, &hostile];
    let sites = sites
        .into_iter()
        .chain(branded.iter().map(|(_, site)| site));
    let origins: Vec<_> = sites
        .flat_map(|site| [&*site.base, site.provider.issuer()])
        .collect();
    println!(
        "{}",
        json!({
            "one": one.base,
            "three": three.base,
            "nine": nine.base,
            "ten": ten.base,
            "all": all.base,
            "origins": origins,
            "branded": bases.collect::<Value>(),
            "hostile": {
                "base": hostile.base,
                "label": LABEL,
                "people": HOSTILE.map(|(name, picture)| json!({"name": name, "picture": picture})),
            },
            "shared": {
                "base": shared.base,
                "secret": SECRET,
                "issuer": shared.provider.issuer(),
                "client_id": shared.provider.client_id(),
                "client_secret": shared.provider.client_secret(),
            },
        })
    );
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let seconds = line
            .strip_prefix("advance ")
            .ok_or_else(|| format!("unknown command `{line}`"))?;
        clock.advance(seconds.parse()?);
        println!("ok");
    }
    Ok(())
}

/// The first few of [`NAMES`].
fn named(count: usize) -> Vec<Client> {
    let names = NAMES[..count].iter();
    names
        .map(|(id, name)| registered(TENANT).id(*id).name(*name))
        .collect()
}

/// These are only looked at: nobody goes where they lead.
fn registered(provider: Provider) -> Client {
    let client = provider.client("client", "secret");
    match provider.variables().find(|it| it.suffix == "ISSUER") {
        Some(issuer) if issuer.required => client.issuer("https://issuer.example"),
        _ => client,
    }
}

/// A site with the development provider and `others`.
fn site(clock: &ManualClock, others: &[Client]) -> Result<Site, Box<dyn std::error::Error>> {
    let provider = DevProvider::builder().clock(clock.clone()).start()?;
    let client = provider.client();
    Ok(Site::new(provider, client, |builder| {
        others.iter().cloned().fold(
            builder.clock(clock.clone()),
            |builder: AuthBuilder<_>, client| builder.provider(client),
        )
    }))
}

/// A site in a brand of this colour.
fn in_brand(colour: &str) -> Result<Site, Box<dyn std::error::Error>> {
    let provider = DevProvider::start()?;
    let client = provider.client();
    let theme = Theme::new().brand_color(colour);
    Ok(Site::new(provider, client, |builder| builder.theme(theme)))
}

/// A site whose people and provider are called as nobody should be.
fn hostile() -> Result<Site, Box<dyn std::error::Error>> {
    let people = HOSTILE.iter().zip(0..).map(|((name, picture), n)| {
        Person::new(*name, format!("mallory-{n}@example.com")).picture(*picture)
    });
    let provider = DevProvider::builder().people(people).start()?;
    let client = provider.client().name(LABEL);
    Ok(Site::new(provider, client, |builder| builder))
}

/// A site for the clients of Auth.js: its provider under two names, sessions that a page can update,
/// a secret that is told.
fn shared() -> Result<Site, Box<dyn std::error::Error>> {
    let provider = DevProvider::start()?;
    let client = provider.client();
    let github = provider.client().id("github").name("GitHub");
    Ok(Site::new(provider, client, |builder| {
        builder
            .provider(github)
            .secrets([SECRET])
            .callbacks(Renaming)
    }))
}

/// Takes a new name from the page, and nothing else.
struct Renaming;

impl Callbacks for Renaming {
    async fn jwt(
        &self,
        mut token: Token,
        trigger: &Trigger<'_>,
    ) -> Result<Option<Token>, CallbackError> {
        if let Trigger::Update { data } = trigger
            && let Some(name) = data["name"].as_str()
        {
            token.set("name", name);
        }
        Ok(Some(token))
    }
}
