//! Polish, in the plain forms that sites use, without gender.

use super::{ErrorText, ErrorTexts, Sentence, Text};

pub(super) const TEXT: Text = Text {
    sign_in: "Zaloguj się",
    sign_in_to: Sentence::new("Zaloguj się do {}"),
    sign_in_after_error: "Błąd – Zaloguj się",
    confirm: "Aby otworzyć tę stronę, zaloguj się ponownie i potwierdź swoją tożsamość.",
    signed_in_as: Sentence::new("Zalogowano jako {}."),
    continue_as: Sentence::new("Kontynuuj jako {}"),
    another_account: "lub użyj innego konta",
    continue_with: Sentence::new("Kontynuuj przez {}"),
    continue_with_one_of: "Kontynuuj przez",
    last_used: "Ostatnio używane",
    no_provider: "Na tej stronie nie można się jeszcze zalogować.",
    register_provider: Sentence::new(
        "Jeśli administrujesz tą stroną, zarejestruj dostawcę za pomocą {}, ustaw {} i {}, a \
         następnie uruchom ją ponownie.",
    ),

    sign_out: "Wyloguj się",
    sign_out_question: "Czy na pewno chcesz się wylogować?",
    cancel: "Anuluj",

    continue_to: Sentence::new("Przejdź do {}"),
    continue_to_sign_out: "Przejdź do wylogowania",
    being_taken: "Trwa przekierowanie. Jeśli nic się nie dzieje, użyj przycisku.",
    go_on: "Dalej",

    check_email: "Sprawdź pocztę",
    link_sent: "Link do logowania został wysłany na Twój adres e-mail.",
    nothing_arrived: "Nic nie dotarło? Zajrzyj do folderu ze spamem lub zacznij od nowa.",
    back_to: Sentence::new("Wróć do {}"),

    error_title: Sentence::new("Błąd: {} – Zaloguj się"),
    sign_in_again: "Zaloguj się ponownie",
    code: "Kod",
    reference: "Numer zgłoszenia",
    either: Sentence::new("{} lub {}"),
    errors: ERRORS,

    language: "Język",
    change_language: "Zmień",
    privacy: "Prywatność",
    terms: "Regulamin",
};

const ERRORS: ErrorTexts = ErrorTexts {
    access_denied: ErrorText::new(
        "Odmowa dostępu",
        "Nie masz uprawnień do zalogowania się.",
        "Użyj innego konta lub poproś administratorów tej strony o dostęp.",
    ),
    configuration: ErrorText::new(
        "Błąd serwera",
        "Wystąpił problem z konfiguracją serwera.",
        "Spróbuj później. Jeśli administrujesz tą stroną, sprawdź dzienniki serwera.",
    ),
    csrf: ErrorText::new(
        "Formularz był nieaktualny",
        "Był długo otwarty lub ta przeglądarka blokuje pliki cookie.",
        "Spróbuj ponownie. Jeśli ta strona znów się pojawi, zezwól na pliki cookie w tej \
         witrynie.",
    ),
    account_not_linked: ErrorText::new(
        "Wcześniej użyto innego sposobu logowania",
        "Twój adres e-mail należy do użytkownika, który loguje się tu w inny sposób.",
        "Zaloguj się tak jak za pierwszym razem. Potem możesz dodać ten sposób, logując się nim \
         ponownie.",
    ),
    sign_in_as_before: Sentence::new(
        "Zaloguj się przez {}. Potem możesz dodać ten sposób, logując się nim ponownie.",
    ),
    sign_in_expired: ErrorText::new(
        "Logowanie trwało zbyt długo",
        "To logowanie rozpoczęto zbyt dawno, aby można je było dokończyć.",
        "Zacznij od nowa. Nic nie przepadło.",
    ),
    sign_in_not_started_here: ErrorText::new(
        "Logowania nie rozpoczęto tutaj",
        "Rozpoczęto je w innej przeglądarce lub ta przeglądarka blokuje pliki cookie.",
        "Zacznij od nowa tutaj. Jeśli ta strona znów się pojawi, zezwól na pliki cookie w tej \
         witrynie.",
    ),
    sign_in_reused: ErrorText::new(
        "To logowanie zostało już wykorzystane",
        "Każde logowanie działa tylko raz. Przycisk Wstecz lub odświeżenie strony przywołuje \
         stare.",
        "Przejdź do wybranej strony lub zaloguj się ponownie.",
    ),
    provider_denied: ErrorText::new(
        "Logowanie zostało anulowane",
        "Dostawca nie pozwolił kontynuować, najczęściej z powodu anulowania po jego stronie.",
        "Spróbuj ponownie lub wybierz inny sposób logowania.",
    ),
    provider_unreachable: ErrorText::new(
        "Nie można połączyć się z dostawcą",
        "Nie odpowiedział na czas. To nie Twoja wina.",
        "Odczekaj minutę i spróbuj ponownie lub wybierz inny sposób logowania.",
    ),
    provider_answer: ErrorText::new(
        "Nie zrozumiano odpowiedzi dostawcy",
        "Ta strona nie może użyć otrzymanej odpowiedzi.",
        "Spróbuj ponownie. Jeśli to się powtórzy, powiadom administratorów tej strony.",
    ),
    id_token: ErrorText::new(
        "Odpowiedź dostawcy nie została przyjęta",
        "Potwierdzenie Twojej tożsamości nie przeszło weryfikacji, więc nikogo nie zalogowano.",
        "Spróbuj ponownie. Jeśli to się powtórzy, powiadom administratorów tej strony.",
    ),
    profile: ErrorText::new(
        "Nie udało się odczytać Twojego konta",
        "Dostawca nie przesłał danych konta, których potrzebuje ta strona.",
        "Spróbuj ponownie i zezwól na dostęp do nich lub użyj innego konta.",
    ),
    auth_time: ErrorText::new(
        "Od logowania minęło zbyt dużo czasu",
        "Ta strona wymaga ponownego logowania, a dostawca go nie potwierdził.",
        "Zaloguj się ponownie. Jeśli dostawca o to poprosi, podaj tam hasło.",
    ),
    unknown_provider: ErrorText::new(
        "Nie ma takiego sposobu logowania",
        "Ta strona nie oferuje wybranego sposobu.",
        "Wybierz jeden z dostępnych na stronie logowania.",
    ),
    clients_unavailable: ErrorText::new(
        "Logowanie chwilowo nie działa",
        "Ta strona nie mogła ustalić, jak się logujesz. To nie Twoja wina.",
        "Odczekaj minutę i spróbuj ponownie.",
    ),
    proxy_origin: ErrorText::new(
        "Logowanie rozpoczęto pod nieznanym adresem",
        "Ta strona nie kończy logowań rozpoczętych pod tamtym adresem.",
        "Jeśli ufasz tamtemu adresowi, powiadom jego administratorów.",
    ),
    session_codec: ErrorText::new(
        "Nie udało się zapisać Twojego logowania",
        "To błąd tej strony, nie Twój.",
        "Spróbuj później. Jeśli to się powtórzy, powiadom administratorów tej strony.",
    ),
    unknown_action: ErrorText::new(
        "Nie znaleziono strony",
        "Pod tym adresem niczego nie ma.",
        "Sprawdź, czy nie ma w nim błędu, lub przejdź do strony logowania.",
    ),
    unknown_host: ErrorText::new(
        "Pod tym adresem nie można się zalogować",
        "Ta strona została otwarta pod adresem, którego nie uznaje za swój.",
        "Użyj jej zwykłego adresu. Jeśli to ten, powiadom administratorów tej strony.",
    ),
    account_of_another_user: ErrorText::new(
        "To konto należy do innego użytkownika",
        "Loguje się nim tutaj ktoś inny, a nie obecnie zalogowany użytkownik.",
        "Aby przejść na tamtego użytkownika, najpierw się wyloguj. Aby dodać konto, wybierz inne.",
    ),
    session_changed: ErrorText::new(
        "Stan logowania się zmienił",
        "Po rozpoczęciu dodawania konta nastąpiło wylogowanie lub zmiana użytkownika.",
        "Zaloguj się jak zwykle, a potem dodaj konto.",
    ),
    store_unavailable: ErrorText::new(
        "W tej chwili nie można Cię zalogować",
        "Ta strona nie może połączyć się z bazą użytkowników. To nie Twoja wina.",
        "Odczekaj minutę i spróbuj ponownie.",
    ),
    session_too_large: ErrorText::new(
        "Nie udało się utrzymać logowania",
        "Ta strona zapamiętuje o Tobie więcej, niż mieści się w pliku cookie.",
        "Powiadom administratorów tej strony.",
    ),
    callback_failed: ErrorText::new(
        "Ta strona nie mogła dokończyć logowania",
        "Nie powiodło się jedno z jej własnych sprawdzeń. To nie Twoja wina.",
        "Spróbuj później. Jeśli to się powtórzy, powiadom administratorów tej strony.",
    ),

    verification: ErrorText::new(
        "Nie można się zalogować",
        "Link do logowania jest już nieważny.",
        "Mógł zostać wykorzystany lub wygasnąć. Zaloguj się ponownie.",
    ),
    another_account: ErrorText::new(
        "Nie można się zalogować",
        "Aby potwierdzić swoją tożsamość, zaloguj się tym samym kontem co za pierwszym razem.",
        "Wybierz tamten sposób logowania.",
    ),
    email_not_sent: ErrorText::new(
        "Nie można się zalogować",
        "Nie udało się wysłać wiadomości e-mail.",
        "Sprawdź adres i spróbuj ponownie.",
    ),
    credentials: ErrorText::new(
        "Logowanie nie powiodło się",
        "Sprawdź, czy podane dane są poprawne.",
        "Następnie spróbuj ponownie.",
    ),
    session_required: ErrorText::new(
        "Wymagane logowanie",
        "Zaloguj się, aby otworzyć tę stronę.",
        "Potem nastąpi powrót do niej.",
    ),
    not_finished: ErrorText::new(
        "Nie można się zalogować",
        "Nie udało się dokończyć logowania.",
        "Spróbuj zalogować się innym kontem.",
    ),
    unknown: ErrorText::new(
        "Nie można się zalogować",
        "Nie udało się dokończyć logowania.",
        "Spróbuj ponownie. Jeśli to się powtórzy, powiadom administratorów tej strony.",
    ),
};
