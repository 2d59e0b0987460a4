//! Dutch, with the formal address.

use super::{ErrorText, ErrorTexts, Sentence, Text};

pub(super) const TEXT: Text = Text {
    sign_in: "Inloggen",
    sign_in_to: Sentence::new("Inloggen bij {}"),
    sign_in_after_error: "Fout – Inloggen",
    confirm: "Log voor deze pagina opnieuw in om te bevestigen dat u het bent.",
    signed_in_as: Sentence::new("U bent ingelogd als {}."),
    continue_as: Sentence::new("Doorgaan als {}"),
    another_account: "of gebruik een ander account",
    continue_with: Sentence::new("Doorgaan met {}"),
    continue_with_one_of: "Doorgaan met",
    last_used: "Laatst gebruikt",
    no_provider: "Op deze site kan nog niet worden ingelogd.",
    register_provider: Sentence::new(
        "Als u deze site beheert: registreer een aanbieder met {}, stel {} en {} in, en start \
         opnieuw.",
    ),

    sign_out: "Uitloggen",
    sign_out_question: "Weet u zeker dat u wilt uitloggen?",
    cancel: "Annuleren",

    continue_to: Sentence::new("Doorgaan naar {}"),
    continue_to_sign_out: "Doorgaan naar uitloggen",
    being_taken: "U wordt doorgestuurd. Gebruik de knop als er niets gebeurt.",
    go_on: "Doorgaan",

    check_email: "Controleer uw e-mail",
    link_sent: "Er is een inloglink naar uw e-mailadres gestuurd.",
    nothing_arrived: "Niets ontvangen? Kijk in de map met ongewenste e-mail, of begin opnieuw.",
    back_to: Sentence::new("Terug naar {}"),

    error_title: Sentence::new("Fout: {} – Inloggen"),
    sign_in_again: "Opnieuw inloggen",
    code: "Code",
    reference: "Referentie",
    either: Sentence::new("{} of {}"),
    errors: ERRORS,

    language: "Taal",
    change_language: "Wijzigen",
    privacy: "Privacy",
    terms: "Voorwaarden",
};

const ERRORS: ErrorTexts = ErrorTexts {
    access_denied: ErrorText::new(
        "Toegang geweigerd",
        "U hebt geen toestemming om in te loggen.",
        "Gebruik een ander account, of vraag de beheerders van deze site om toegang.",
    ),
    configuration: ErrorText::new(
        "Serverfout",
        "Er is een probleem met de configuratie van de server.",
        "Probeer het later opnieuw. Als u deze site beheert, raadpleeg dan de logboeken van de \
         server.",
    ),
    csrf: ErrorText::new(
        "Het formulier was verlopen",
        "Het stond lang open, of deze browser blokkeert cookies.",
        "Probeer het opnieuw. Als deze pagina weer verschijnt, sta dan cookies toe voor deze \
         site.",
    ),
    account_not_linked: ErrorText::new(
        "U hebt eerder op een andere manier ingelogd",
        "Uw e-mailadres hoort bij een gebruiker van deze site die op een andere manier inlogt.",
        "Log in zoals de eerste keer. Daarna kunt u deze manier toevoegen door er nog eens mee \
         in te loggen.",
    ),
    sign_in_as_before: Sentence::new(
        "Log in met {}. Daarna kunt u deze manier toevoegen door er nog eens mee in te loggen.",
    ),
    sign_in_expired: ErrorText::new(
        "Het inloggen duurde te lang",
        "U bent te lang geleden begonnen om het inloggen nog te kunnen voltooien.",
        "Begin opnieuw. Er is niets verloren gegaan.",
    ),
    sign_in_not_started_here: ErrorText::new(
        "Het inloggen is niet hier begonnen",
        "Het is in een andere browser begonnen, of deze browser blokkeert cookies.",
        "Begin hier opnieuw. Als deze pagina weer verschijnt, sta dan cookies toe voor deze site.",
    ),
    sign_in_reused: ErrorText::new(
        "Deze inlogpoging is al gebruikt",
        "Elke inlogpoging werkt één keer. De knop Terug of het vernieuwen van de pagina roept \
         een oude op.",
        "Ga naar de pagina die u wilde bekijken, of log opnieuw in.",
    ),
    provider_denied: ErrorText::new(
        "Het inloggen is geannuleerd",
        "De aanbieder liet u niet doorgaan, meestal omdat u daar hebt geannuleerd.",
        "Probeer het opnieuw, of kies een andere manier om in te loggen.",
    ),
    provider_unreachable: ErrorText::new(
        "De aanbieder is niet bereikbaar",
        "Er kwam niet op tijd antwoord. Het ligt niet aan u.",
        "Wacht een minuut en probeer het opnieuw, of kies een andere manier om in te loggen.",
    ),
    provider_answer: ErrorText::new(
        "Het antwoord van de aanbieder is niet begrepen",
        "Deze site kan niets met het antwoord.",
        "Probeer het opnieuw. Als het weer gebeurt, meld het dan aan de beheerders van deze site.",
    ),
    id_token: ErrorText::new(
        "Het antwoord van de aanbieder is niet geaccepteerd",
        "Het bewijs van wie u bent, doorstond de controles niet. Daarom is er niemand ingelogd.",
        "Probeer het opnieuw. Als het weer gebeurt, meld het dan aan de beheerders van deze site.",
    ),
    profile: ErrorText::new(
        "Uw account kon niet worden gelezen",
        "De aanbieder heeft de accountgegevens die deze site nodig heeft, niet gestuurd.",
        "Probeer het opnieuw en sta toegang daartoe toe, of gebruik een ander account.",
    ),
    auth_time: ErrorText::new(
        "U hebt niet recent genoeg ingelogd",
        "Deze pagina vraagt om opnieuw inloggen, en de aanbieder heeft dat niet bevestigd.",
        "Log opnieuw in. Als de aanbieder erom vraagt, voer daar dan uw wachtwoord in.",
    ),
    unknown_provider: ErrorText::new(
        "Deze manier van inloggen bestaat niet",
        "Deze site biedt de gevraagde manier niet aan.",
        "Kies er een op de inlogpagina.",
    ),
    clients_unavailable: ErrorText::new(
        "Inloggen werkt op dit moment niet",
        "Deze site kon niet nagaan hoe u inlogt. Het ligt niet aan u.",
        "Wacht een minuut en probeer het opnieuw.",
    ),
    proxy_origin: ErrorText::new(
        "Het inloggen is op een onbekend adres begonnen",
        "Deze site voltooit geen inlogpogingen voor het adres waar u begon.",
        "Als u dat adres vertrouwt, meld het dan aan de beheerders ervan.",
    ),
    session_codec: ErrorText::new(
        "Uw inloggegevens konden niet worden vastgelegd",
        "De fout ligt bij deze site, niet bij u.",
        "Probeer het later opnieuw. Als het weer gebeurt, meld het dan aan de beheerders van \
         deze site.",
    ),
    unknown_action: ErrorText::new(
        "Pagina niet gevonden",
        "Op dit adres is niets te vinden.",
        "Controleer het op fouten, of ga naar de inlogpagina.",
    ),
    unknown_host: ErrorText::new(
        "Op dit adres kan niet worden ingelogd",
        "U hebt deze site bereikt via een adres dat zij niet als het hare herkent.",
        "Gebruik het gebruikelijke adres. Als dit het is, meld het dan aan de beheerders van \
         deze site.",
    ),
    account_of_another_user: ErrorText::new(
        "Dit account hoort bij een andere gebruiker",
        "Iemand anders logt er hier mee in, niet de gebruiker als wie u bent ingelogd.",
        "Log eerst uit om naar die gebruiker over te stappen. Kies een ander account om er een \
         toe te voegen.",
    ),
    session_changed: ErrorText::new(
        "U bent niet meer ingelogd zoals eerst",
        "U begon een account toe te voegen, en logde daarna uit of werd iemand anders.",
        "Log op de gewone manier in, en voeg daarna het account toe.",
    ),
    store_unavailable: ErrorText::new(
        "U kunt op dit moment niet worden ingelogd",
        "Deze site kan haar gebruikersgegevens niet bereiken. Het ligt niet aan u.",
        "Wacht een minuut en probeer het opnieuw.",
    ),
    session_too_large: ErrorText::new(
        "U kon niet ingelogd blijven",
        "Deze site onthoudt meer over u dan er in een cookie past.",
        "Meld het aan de beheerders van deze site.",
    ),
    callback_failed: ErrorText::new(
        "Deze site kon het inloggen niet voltooien",
        "Een van haar eigen controles is mislukt. Het ligt niet aan u.",
        "Probeer het later opnieuw. Als het weer gebeurt, meld het dan aan de beheerders van \
         deze site.",
    ),

    verification: ErrorText::new(
        "Inloggen niet mogelijk",
        "De inloglink is niet meer geldig.",
        "Hij is misschien al gebruikt of verlopen. Log opnieuw in.",
    ),
    another_account: ErrorText::new(
        "Inloggen niet mogelijk",
        "Log ter bevestiging in met hetzelfde account als de eerste keer.",
        "Kies die manier om in te loggen.",
    ),
    email_not_sent: ErrorText::new(
        "Inloggen niet mogelijk",
        "De e-mail kon niet worden verstuurd.",
        "Controleer het adres en probeer het opnieuw.",
    ),
    credentials: ErrorText::new(
        "Inloggen mislukt",
        "Controleer of de ingevoerde gegevens juist zijn.",
        "Probeer het daarna opnieuw.",
    ),
    session_required: ErrorText::new(
        "Inloggen vereist",
        "Log in om deze pagina te bekijken.",
        "Daarna komt u hier terug.",
    ),
    not_finished: ErrorText::new(
        "Inloggen niet mogelijk",
        "Het inloggen kon niet worden voltooid.",
        "Probeer in te loggen met een ander account.",
    ),
    unknown: ErrorText::new(
        "Inloggen niet mogelijk",
        "Het inloggen kon niet worden voltooid.",
        "Probeer het opnieuw. Als het weer gebeurt, meld het dan aan de beheerders van deze site.",
    ),
};
