//! The providers: one file each, plus [`ALL`].
//!
//! All of them are constants: a program holds those it names, and pays for no other.

mod apple;
mod asgardeo;
mod atlassian;
mod auth0;
mod authentik;
mod azure_ad;
mod azure_ad_b2c;
mod azure_devops;
mod bankid_no;
mod battlenet;
mod beyondidentity;
mod bitbucket;
mod box_com;
mod boxyhq_saml;
mod bungie;
mod click_up;
mod cognito;
mod coinbase;
mod concept2;
mod descope;
mod discord;
mod dribbble;
mod dropbox;
mod duende_identity_server6;
mod eventbrite;
mod eveonline;
mod facebook;
mod faceit;
mod figma;
mod forty_two_school;
mod foursquare;
mod freshbooks;
mod frontegg;
mod fusionauth;
mod github;
mod gitlab;
mod google;
mod hubspot;
mod huggingface;
mod identity_server4;
mod instagram;
mod kakao;
mod keycloak;
mod kinde;
mod line;
mod linkedin;
mod logto;
mod mailchimp;
mod mailru;
mod mastodon;
mod mattermost;
mod medium;
mod microsoft_entra_id;
mod naver;
mod netlify;
mod netsuite;
mod nextcloud;
mod notion;
mod oidc;
mod okta;
mod onelogin;
mod ory_hydra;
mod osso;
mod osu;
mod passage;
mod patreon;
mod ping_id;
mod pinterest;
mod pipedrive;
mod reddit;
mod roblox;
mod salesforce;
mod simplelogin;
mod slack;
mod spotify;
mod strava;
mod threads;
mod tiktok;
mod todoist;
mod trakt;
mod twitch;
mod twitter;
mod united_effects;
mod vipps;
mod vk;
mod webex;
mod wechat;
mod wikimedia;
mod wordpress;
mod workos;
mod yandex;
mod zitadel;
mod zoho;
mod zoom;

mod emails;
mod prelude;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use apple::APPLE;
pub use asgardeo::ASGARDEO;
pub use atlassian::ATLASSIAN;
pub use auth0::AUTH0;
pub use authentik::AUTHENTIK;
pub use azure_ad::AZURE_AD;
pub use azure_ad_b2c::AZURE_AD_B2C;
pub use azure_devops::AZURE_DEVOPS;
pub use bankid_no::BANKID_NO;
pub use battlenet::BATTLENET;
pub use beyondidentity::BEYONDIDENTITY;
pub use bitbucket::BITBUCKET;
pub use box_com::BOX;
pub use boxyhq_saml::BOXYHQ_SAML;
pub use bungie::BUNGIE;
pub use click_up::CLICK_UP;
pub use cognito::COGNITO;
pub use coinbase::COINBASE;
pub use concept2::CONCEPT2;
pub use descope::DESCOPE;
pub use discord::DISCORD;
pub use dribbble::DRIBBBLE;
pub use dropbox::DROPBOX;
pub use duende_identity_server6::DUENDE_IDENTITY_SERVER6;
pub use eventbrite::EVENTBRITE;
pub use eveonline::EVEONLINE;
pub use facebook::FACEBOOK;
pub use faceit::FACEIT;
pub use figma::FIGMA;
pub use forty_two_school::FORTY_TWO_SCHOOL;
pub use foursquare::FOURSQUARE;
pub use freshbooks::FRESHBOOKS;
pub use frontegg::FRONTEGG;
pub use fusionauth::FUSIONAUTH;
pub use github::GITHUB;
pub use gitlab::GITLAB;
pub use google::GOOGLE;
pub use hubspot::HUBSPOT;
pub use huggingface::HUGGINGFACE;
pub use identity_server4::IDENTITY_SERVER4;
pub use instagram::INSTAGRAM;
pub use kakao::KAKAO;
pub use keycloak::KEYCLOAK;
pub use kinde::KINDE;
pub use line::LINE;
pub use linkedin::LINKEDIN;
pub use logto::LOGTO;
pub use mailchimp::MAILCHIMP;
pub use mailru::MAILRU;
pub use mastodon::MASTODON;
pub use mattermost::MATTERMOST;
pub use medium::MEDIUM;
pub use microsoft_entra_id::MICROSOFT_ENTRA_ID;
pub use naver::NAVER;
pub use netlify::NETLIFY;
pub use netsuite::NETSUITE;
pub use nextcloud::NEXTCLOUD;
pub use notion::NOTION;
pub use oidc::OIDC;
pub use okta::OKTA;
pub use onelogin::ONELOGIN;
pub use ory_hydra::ORY_HYDRA;
pub use osso::OSSO;
pub use osu::OSU;
pub use passage::PASSAGE;
pub use patreon::PATREON;
pub use ping_id::PING_ID;
pub use pinterest::PINTEREST;
pub use pipedrive::PIPEDRIVE;
pub use reddit::REDDIT;
pub use roblox::ROBLOX;
pub use salesforce::SALESFORCE;
pub use simplelogin::SIMPLELOGIN;
pub use slack::SLACK;
pub use spotify::SPOTIFY;
pub use strava::STRAVA;
pub use threads::THREADS;
pub use tiktok::TIKTOK;
pub use todoist::TODOIST;
pub use trakt::TRAKT;
pub use twitch::TWITCH;
pub use twitter::TWITTER;
pub use united_effects::UNITED_EFFECTS;
pub use vipps::VIPPS;
pub use vk::VK;
pub use webex::WEBEX;
pub use wechat::WECHAT;
pub use wikimedia::WIKIMEDIA;
pub use wordpress::WORDPRESS;
pub use workos::WORKOS;
pub use yandex::YANDEX;
pub use zitadel::ZITADEL;
pub use zoho::ZOHO;
pub use zoom::ZOOM;

use crate::provider::Provider;

/// Every provider, by id.
pub const ALL: &[Provider] = &[
    FORTY_TWO_SCHOOL,
    APPLE,
    ASGARDEO,
    ATLASSIAN,
    AUTH0,
    AUTHENTIK,
    AZURE_AD,
    AZURE_AD_B2C,
    AZURE_DEVOPS,
    BANKID_NO,
    BATTLENET,
    BEYONDIDENTITY,
    BITBUCKET,
    BOX,
    BOXYHQ_SAML,
    BUNGIE,
    CLICK_UP,
    COGNITO,
    COINBASE,
    CONCEPT2,
    DESCOPE,
    DISCORD,
    DRIBBBLE,
    DROPBOX,
    DUENDE_IDENTITY_SERVER6,
    EVENTBRITE,
    EVEONLINE,
    FACEBOOK,
    FACEIT,
    FIGMA,
    FOURSQUARE,
    FRESHBOOKS,
    FRONTEGG,
    FUSIONAUTH,
    GITHUB,
    GITLAB,
    GOOGLE,
    HUBSPOT,
    HUGGINGFACE,
    ORY_HYDRA,
    IDENTITY_SERVER4,
    INSTAGRAM,
    KAKAO,
    KEYCLOAK,
    KINDE,
    LINE,
    LINKEDIN,
    LOGTO,
    MAILCHIMP,
    MAILRU,
    MASTODON,
    MATTERMOST,
    MEDIUM,
    MICROSOFT_ENTRA_ID,
    NAVER,
    NETLIFY,
    NETSUITE,
    NEXTCLOUD,
    NOTION,
    OIDC,
    OKTA,
    ONELOGIN,
    OSSO,
    OSU,
    PASSAGE,
    PATREON,
    PING_ID,
    PINTEREST,
    PIPEDRIVE,
    REDDIT,
    ROBLOX,
    SALESFORCE,
    SIMPLELOGIN,
    SLACK,
    SPOTIFY,
    STRAVA,
    THREADS,
    TIKTOK,
    TODOIST,
    TRAKT,
    TWITCH,
    TWITTER,
    UNITED_EFFECTS,
    VIPPS,
    VK,
    WEBEX,
    WECHAT,
    WIKIMEDIA,
    WORDPRESS,
    WORKOS,
    YANDEX,
    ZITADEL,
    ZOHO,
    ZOOM,
];
