//! Swedish.

use super::{ErrorText, ErrorTexts, Sentence, Text};

pub(super) const TEXT: Text = Text {
    sign_in: "Logga in",
    sign_in_to: Sentence::new("Logga in på {}"),
    sign_in_after_error: "Fel – Logga in",
    confirm: "Logga in igen för att komma till den här sidan och bekräfta att det är du.",
    signed_in_as: Sentence::new("Du är inloggad som {}."),
    continue_as: Sentence::new("Fortsätt som {}"),
    another_account: "eller använd ett annat konto",
    continue_with: Sentence::new("Fortsätt med {}"),
    continue_with_one_of: "Fortsätt med",
    last_used: "Senast använd",
    no_provider: "Det går ännu inte att logga in på den här webbplatsen.",
    register_provider: Sentence::new(
        "Om du driver webbplatsen: registrera en leverantör med {}, ange {} och {}, och starta \
         om.",
    ),

    sign_out: "Logga ut",
    sign_out_question: "Vill du verkligen logga ut?",
    cancel: "Avbryt",

    continue_to: Sentence::new("Fortsätt till {}"),
    continue_to_sign_out: "Fortsätt till utloggningen",
    being_taken: "Du skickas vidare. Om ingenting händer, använd knappen.",
    go_on: "Fortsätt",

    check_email: "Titta i din e-post",
    link_sent: "En inloggningslänk har skickats till din e-postadress.",
    nothing_arrived: "Har inget kommit? Titta i skräpposten, eller börja om.",
    back_to: Sentence::new("Tillbaka till {}"),

    error_title: Sentence::new("Fel: {} – Logga in"),
    sign_in_again: "Logga in igen",
    code: "Kod",
    reference: "Referens",
    either: Sentence::new("{} eller {}"),
    errors: ERRORS,

    language: "Språk",
    change_language: "Byt",
    privacy: "Integritet",
    terms: "Villkor",
};

const ERRORS: ErrorTexts = ErrorTexts {
    access_denied: ErrorText::new(
        "Åtkomst nekad",
        "Du har inte behörighet att logga in.",
        "Använd ett annat konto, eller be dem som driver webbplatsen om åtkomst.",
    ),
    configuration: ErrorText::new(
        "Serverfel",
        "Det är något fel med serverns konfiguration.",
        "Försök igen senare. Om du driver webbplatsen, titta i serverns loggar.",
    ),
    csrf: ErrorText::new(
        "Formuläret var för gammalt",
        "Det stod öppet länge, eller så blockerar webbläsaren kakor.",
        "Försök igen. Om den här sidan kommer tillbaka, tillåt kakor för webbplatsen.",
    ),
    account_not_linked: ErrorText::new(
        "Du har loggat in på ett annat sätt tidigare",
        "Din e-postadress tillhör en användare här som loggar in på ett annat sätt.",
        "Logga in som första gången. Sedan kan du lägga till det här sättet genom att logga in \
         med det igen.",
    ),
    sign_in_as_before: Sentence::new(
        "Logga in med {}. Sedan kan du lägga till det här sättet genom att logga in med det igen.",
    ),
    sign_in_expired: ErrorText::new(
        "Inloggningen tog för lång tid",
        "Inloggningen påbörjades för länge sedan för att kunna slutföras.",
        "Börja om. Ingenting har gått förlorat.",
    ),
    sign_in_not_started_here: ErrorText::new(
        "Inloggningen påbörjades inte här",
        "Den påbörjades i en annan webbläsare, eller så blockerar den här webbläsaren kakor.",
        "Börja om här. Om den här sidan kommer tillbaka, tillåt kakor för webbplatsen.",
    ),
    sign_in_reused: ErrorText::new(
        "Inloggningen har redan använts",
        "Varje inloggning fungerar en gång. Bakåtknappen eller en omladdning tar fram en gammal.",
        "Gå till sidan du ville till, eller logga in igen.",
    ),
    provider_denied: ErrorText::new(
        "Inloggningen avbröts",
        "Leverantören lät dig inte fortsätta, oftast för att du avbröt där.",
        "Försök igen, eller välj ett annat sätt att logga in.",
    ),
    provider_unreachable: ErrorText::new(
        "Leverantören går inte att nå",
        "Den svarade inte i tid. Felet är inte ditt.",
        "Vänta en minut och försök igen, eller välj ett annat sätt att logga in.",
    ),
    provider_answer: ErrorText::new(
        "Leverantörens svar gick inte att förstå",
        "Webbplatsen kan inte använda svaret.",
        "Försök igen. Om det händer igen, säg till dem som driver webbplatsen.",
    ),
    id_token: ErrorText::new(
        "Leverantörens svar godtogs inte",
        "Dess intyg om vem du är klarade inte kontrollerna, så ingen loggades in.",
        "Försök igen. Om det händer igen, säg till dem som driver webbplatsen.",
    ),
    profile: ErrorText::new(
        "Ditt konto kunde inte läsas",
        "Leverantören skickade inte de kontouppgifter som webbplatsen behöver.",
        "Försök igen och tillåt åtkomst till dem, eller använd ett annat konto.",
    ),
    auth_time: ErrorText::new(
        "Du loggade in för länge sedan",
        "Sidan kräver en ny inloggning, och leverantören bekräftade ingen.",
        "Logga in igen. Om leverantören frågar, ange ditt lösenord där.",
    ),
    unknown_provider: ErrorText::new(
        "Det inloggningssättet finns inte",
        "Webbplatsen erbjuder inte det som efterfrågades.",
        "Välj något av dem på inloggningssidan.",
    ),
    clients_unavailable: ErrorText::new(
        "Det går inte att logga in just nu",
        "Webbplatsen kunde inte ta reda på hur du loggar in. Felet är inte ditt.",
        "Vänta en minut och försök igen.",
    ),
    proxy_origin: ErrorText::new(
        "Inloggningen påbörjades på en okänd adress",
        "Webbplatsen slutför inga inloggningar för adressen där du började.",
        "Om du litar på den adressen, säg till dem som driver den.",
    ),
    session_codec: ErrorText::new(
        "Din inloggning kunde inte sparas",
        "Felet är webbplatsens, inte ditt.",
        "Försök igen senare. Om det händer igen, säg till dem som driver webbplatsen.",
    ),
    unknown_action: ErrorText::new(
        "Sidan hittades inte",
        "Det finns ingenting på den här adressen.",
        "Kontrollera att den är rätt, eller gå till inloggningssidan.",
    ),
    unknown_host: ErrorText::new(
        "Det går inte att logga in på den här adressen",
        "Du kom till webbplatsen via en adress som den inte känner igen som sin egen.",
        "Använd den vanliga adressen. Om det är den här, säg till dem som driver webbplatsen.",
    ),
    account_of_another_user: ErrorText::new(
        "Kontot tillhör en annan användare",
        "Någon annan loggar in med det här, inte den användare som du är inloggad som.",
        "Logga ut först för att byta till den användaren. Välj ett annat konto om du vill lägga \
         till ett.",
    ),
    session_changed: ErrorText::new(
        "Du är inte inloggad som tidigare",
        "Du började lägga till ett konto och loggade sedan ut eller bytte användare.",
        "Logga in som vanligt och lägg sedan till kontot.",
    ),
    store_unavailable: ErrorText::new(
        "Det går inte att logga in dig just nu",
        "Webbplatsen når inte platsen där den har sina användare. Felet är inte ditt.",
        "Vänta en minut och försök igen.",
    ),
    session_too_large: ErrorText::new(
        "Du kunde inte förbli inloggad",
        "Webbplatsen minns mer om dig än vad som ryms i en kaka.",
        "Säg till dem som driver webbplatsen.",
    ),
    callback_failed: ErrorText::new(
        "Webbplatsen kunde inte slutföra inloggningen",
        "Något gick fel i dess egna kontroller. Felet är inte ditt.",
        "Försök igen senare. Om det händer igen, säg till dem som driver webbplatsen.",
    ),

    verification: ErrorText::new(
        "Det går inte att logga in",
        "Inloggningslänken gäller inte längre.",
        "Den kan redan ha använts, eller så har den gått ut. Logga in igen.",
    ),
    another_account: ErrorText::new(
        "Det går inte att logga in",
        "Bekräfta vem du är genom att logga in med samma konto som första gången.",
        "Välj det sättet att logga in.",
    ),
    email_not_sent: ErrorText::new(
        "Det går inte att logga in",
        "E-postmeddelandet kunde inte skickas.",
        "Kontrollera adressen och försök igen.",
    ),
    credentials: ErrorText::new(
        "Inloggningen misslyckades",
        "Kontrollera att uppgifterna du angav stämmer.",
        "Försök sedan igen.",
    ),
    session_required: ErrorText::new(
        "Inloggning krävs",
        "Logga in för att komma till den här sidan.",
        "Du kommer tillbaka till den efteråt.",
    ),
    not_finished: ErrorText::new(
        "Det går inte att logga in",
        "Inloggningen kunde inte slutföras.",
        "Prova att logga in med ett annat konto.",
    ),
    unknown: ErrorText::new(
        "Det går inte att logga in",
        "Inloggningen kunde inte slutföras.",
        "Försök igen. Om det händer igen, säg till dem som driver webbplatsen.",
    ),
};
