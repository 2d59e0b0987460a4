//! The language of one page, and the other languages that it offers.

use maud::{Markup, html};

use crate::page::{Choice, ChosenBy, Language, Languages, Wishes, with_params};

/// The language of one page, and what the page needs to offer the others.
#[derive(Clone, Debug)]
pub(crate) struct Speech<'a> {
    pub(crate) language: &'a Language,
    by: ChosenBy,
    offered: &'a Languages,
    /// The query to keep where another language is chosen; `None` where the page cannot be asked
    /// for again.
    kept: Option<Vec<(&'static str, String)>>,
}

/// The parameter that chooses a language (OpenID Connect Core §3.1.2.1).
pub(crate) const UI_LOCALES: &str = "ui_locales";

/// 365 days: how long a browser remembers the language that was chosen.
pub(crate) const LANGUAGE_SECONDS: u32 = 365 * 24 * 60 * 60;

impl<'a> Speech<'a> {
    pub(crate) fn choose(offered: &'a Languages, wishes: &Wishes<'_>) -> Self {
        let Choice { language, by } = offered.choose(wishes);
        Self {
            language,
            by,
            offered,
            kept: None,
        }
    }

    /// A page that can be asked for again offers the other languages. `kept` is what the query must
    /// say for it to be the same page: parsed, for it is written into the page.
    pub(crate) fn offering_others(self, kept: Vec<(&'static str, String)>) -> Self {
        Self {
            kept: Some(kept),
            ..self
        }
    }

    /// The language that was chosen with this very request.
    pub(crate) fn just_chosen(&self) -> Option<&'a str> {
        (self.by == ChosenBy::Request).then(|| self.language.tag())
    }

    /// Where a form posts: a provider speaks the language that was chosen here, if any was. One that
    /// the browser asks for the provider learns from the browser.
    pub(crate) fn carried_by(&self, action: String) -> String {
        match self.by {
            ChosenBy::Browser => action,
            _ => with_params(&action, [(UI_LOCALES, self.language.tag())]),
        }
    }

    /// The form at the foot of a page: it asks for the same page in another language.
    pub(crate) fn picker(&self) -> Option<Markup> {
        let kept = self
            .kept
            .as_ref()
            .filter(|_| self.offered.iter().len() > 1)?;
        let text = self.language.text();
        Some(html! {
            // Without an address of its own, it goes to that of the page.
            form.languages {
                @for (name, value) in kept { input type="hidden" name=(name) value=(value); }
                label {
                    span { (text.language) }
                    select name=(UI_LOCALES) {
                        @for language in self.offered.iter() {
                            option value=(language.tag()) lang=(language.tag())
                                selected[language.tag() == self.language.tag()] { (language.name()) }
                        }
                    }
                }
                button type="submit" { (text.change_language) }
            }
        })
    }
}

#[cfg(test)]
impl Speech<'static> {
    /// A page in `language` that offers all in the box.
    pub(crate) fn of(language: &'static Language) -> Self {
        Self {
            language,
            by: ChosenBy::Browser,
            offered: &ALL,
            kept: Some(Vec::new()),
        }
    }
}

#[cfg(test)]
static ALL: std::sync::LazyLock<Languages> = std::sync::LazyLock::new(Languages::default);

#[cfg(test)]
mod tests {
    use super::*;

    fn speech<'a>(languages: &'a Languages, ui_locales: Option<&str>) -> Speech<'a> {
        let wishes = Wishes {
            ui_locales,
            ..Wishes::default()
        };
        Speech::choose(languages, &wishes)
    }

    fn picker(speech: Speech<'_>) -> Option<String> {
        let kept = [("callbackUrl", "/a?b=\"c&d"), ("code", "csrf")];
        let kept = kept.map(|(name, value)| (name, value.to_owned())).to_vec();
        let picker = speech.offering_others(kept).picker();
        picker.map(Markup::into_string)
    }

    #[test]
    fn the_same_page_can_be_asked_for_in_another_language() {
        let form = picker(speech(&ALL, Some("de"))).unwrap();
        for part in [
            r#"<form class="languages"><input type="hidden" name="callbackUrl" value="/a?b=&quot;c&amp;d">"#,
            r#"<input type="hidden" name="code" value="csrf">"#,
            r#"<label><span>Sprache</span><select name="ui_locales">"#,
            r#"<option value="de" lang="de" selected>Deutsch</option>"#,
            r#"<option value="ja" lang="ja">日本語</option>"#,
            r#"<button type="submit">Ändern</button>"#,
        ] {
            assert!(form.contains(part), "{part} is not in {form}");
        }
        assert_eq!(form.matches("selected").count(), 1);
        assert_eq!(form.matches("<input").count(), 2);
    }

    #[test]
    fn nothing_is_offered_where_there_is_no_choice() {
        let one = Languages::parse(vec![Language::FRENCH]).unwrap();
        assert_eq!(picker(speech(&one, None)), None);
        assert!(speech(&ALL, None).picker().is_none(), "an answer to a form");
    }

    #[test]
    fn a_provider_is_told_what_was_chosen_and_nothing_else() {
        let carried = |speech: Speech<'_>| speech.carried_by("/signin/github".to_owned());
        assert_eq!(carried(speech(&ALL, None)), "/signin/github");
        let chosen = speech(&ALL, Some("zh-CN"));
        assert_eq!(chosen.just_chosen(), Some("zh-Hans"));
        assert_eq!(carried(chosen), "/signin/github?ui_locales=zh-Hans");
    }
}
