//! German, with the formal address.

use super::{ErrorText, ErrorTexts, Sentence, Text};

pub(super) const TEXT: Text = Text {
    sign_in: "Anmelden",
    sign_in_to: Sentence::new("Bei {} anmelden"),
    sign_in_after_error: "Fehler – Anmelden",
    confirm: "Bitte melden Sie sich für diese Seite noch einmal an, um zu bestätigen, dass Sie \
              es sind.",
    signed_in_as: Sentence::new("Sie sind als {} angemeldet."),
    continue_as: Sentence::new("Weiter als {}"),
    another_account: "oder ein anderes Konto verwenden",
    continue_with: Sentence::new("Weiter mit {}"),
    continue_with_one_of: "Weiter mit",
    last_used: "Zuletzt verwendet",
    no_provider: "Auf dieser Website kann man sich noch nicht anmelden.",
    register_provider: Sentence::new(
        "Wenn Sie diese Website betreiben: Registrieren Sie einen Anbieter mit {}, setzen Sie \
         {} und {}, und starten Sie neu.",
    ),

    sign_out: "Abmelden",
    sign_out_question: "Möchten Sie sich wirklich abmelden?",
    cancel: "Abbrechen",

    continue_to: Sentence::new("Weiter zu {}"),
    continue_to_sign_out: "Weiter zur Abmeldung",
    being_taken: "Sie werden weitergeleitet. Wenn nichts geschieht, verwenden Sie die \
                  Schaltfläche.",
    go_on: "Weiter",

    check_email: "Sehen Sie in Ihr Postfach",
    link_sent: "Ein Anmeldelink wurde an Ihre E-Mail-Adresse gesendet.",
    nothing_arrived: "Nichts angekommen? Sehen Sie im Spam-Ordner nach, oder beginnen Sie von \
                      vorn.",
    back_to: Sentence::new("Zurück zu {}"),

    error_title: Sentence::new("Fehler: {} – Anmelden"),
    sign_in_again: "Erneut anmelden",
    code: "Code",
    reference: "Referenz",
    either: Sentence::new("{} oder {}"),
    errors: ERRORS,

    language: "Sprache",
    change_language: "Ändern",
    privacy: "Datenschutz",
    terms: "Nutzungsbedingungen",
};

const ERRORS: ErrorTexts = ErrorTexts {
    access_denied: ErrorText::new(
        "Zugriff verweigert",
        "Sie sind nicht berechtigt, sich anzumelden.",
        "Verwenden Sie ein anderes Konto, oder bitten Sie die Betreiber dieser Website um Zugang.",
    ),
    configuration: ErrorText::new(
        "Serverfehler",
        "Der Server ist nicht richtig konfiguriert.",
        "Versuchen Sie es später noch einmal. Wenn Sie diese Website betreiben, sehen Sie in \
         den Protokollen des Servers nach.",
    ),
    csrf: ErrorText::new(
        "Das Formular war veraltet",
        "Es war lange geöffnet, oder dieser Browser blockiert Cookies.",
        "Versuchen Sie es noch einmal. Wenn diese Seite wieder erscheint, erlauben Sie Cookies \
         für diese Website.",
    ),
    account_not_linked: ErrorText::new(
        "Sie haben sich früher anders angemeldet",
        "Ihre E-Mail-Adresse gehört hier zu einem Benutzer, der sich auf andere Weise anmeldet.",
        "Melden Sie sich so an wie beim ersten Mal. Danach können Sie diesen Weg hinzufügen, \
         indem Sie sich noch einmal damit anmelden.",
    ),
    sign_in_as_before: Sentence::new(
        "Melden Sie sich mit {} an. Danach können Sie diesen Weg hinzufügen, indem Sie sich \
         noch einmal damit anmelden.",
    ),
    sign_in_expired: ErrorText::new(
        "Die Anmeldung hat zu lange gedauert",
        "Diese Anmeldung wurde vor zu langer Zeit begonnen, um noch abgeschlossen zu werden.",
        "Beginnen Sie von vorn. Es ist nichts verloren.",
    ),
    sign_in_not_started_here: ErrorText::new(
        "Die Anmeldung wurde nicht hier begonnen",
        "Sie wurde in einem anderen Browser begonnen, oder dieser Browser blockiert Cookies.",
        "Beginnen Sie hier von vorn. Wenn diese Seite wieder erscheint, erlauben Sie Cookies \
         für diese Website.",
    ),
    sign_in_reused: ErrorText::new(
        "Die Anmeldung wurde schon verwendet",
        "Jede Anmeldung gilt nur einmal. „Zurück“ oder „Neu laden“ ruft eine alte auf.",
        "Öffnen Sie die gewünschte Seite, oder melden Sie sich erneut an.",
    ),
    provider_denied: ErrorText::new(
        "Die Anmeldung wurde abgebrochen",
        "Der Anbieter hat Sie nicht weitergeleitet, meist weil Sie dort abgebrochen haben.",
        "Versuchen Sie es noch einmal, oder wählen Sie einen anderen Weg zur Anmeldung.",
    ),
    provider_unreachable: ErrorText::new(
        "Der Anbieter ist nicht erreichbar",
        "Er hat nicht rechtzeitig geantwortet. Es liegt nicht an Ihnen.",
        "Warten Sie eine Minute und versuchen Sie es noch einmal, oder wählen Sie einen anderen \
         Weg zur Anmeldung.",
    ),
    provider_answer: ErrorText::new(
        "Die Antwort des Anbieters wurde nicht verstanden",
        "Diese Website kann mit der Antwort nichts anfangen.",
        "Versuchen Sie es noch einmal. Wenn es wieder geschieht, sagen Sie den Betreibern \
         dieser Website Bescheid.",
    ),
    id_token: ErrorText::new(
        "Die Antwort des Anbieters wurde nicht angenommen",
        "Sein Nachweis, wer Sie sind, hat die Prüfung nicht bestanden. Daher wurde niemand \
         angemeldet.",
        "Versuchen Sie es noch einmal. Wenn es wieder geschieht, sagen Sie den Betreibern \
         dieser Website Bescheid.",
    ),
    profile: ErrorText::new(
        "Ihr Konto konnte nicht gelesen werden",
        "Der Anbieter hat die Kontodaten nicht gesendet, die diese Website braucht.",
        "Versuchen Sie es noch einmal und erlauben Sie den Zugriff darauf, oder verwenden Sie \
         ein anderes Konto.",
    ),
    auth_time: ErrorText::new(
        "Ihre Anmeldung liegt zu lange zurück",
        "Diese Seite verlangt eine neue Anmeldung, und der Anbieter hat keine bestätigt.",
        "Melden Sie sich erneut an. Wenn der Anbieter danach fragt, geben Sie dort Ihr Passwort \
         ein.",
    ),
    unknown_provider: ErrorText::new(
        "Diesen Anmeldeweg gibt es nicht",
        "Diese Website bietet den gewünschten Weg nicht an.",
        "Wählen Sie einen auf der Anmeldeseite.",
    ),
    clients_unavailable: ErrorText::new(
        "Die Anmeldung ist gerade nicht möglich",
        "Diese Website konnte nicht ermitteln, wie Sie sich anmelden. Es liegt nicht an Ihnen.",
        "Warten Sie eine Minute und versuchen Sie es noch einmal.",
    ),
    proxy_origin: ErrorText::new(
        "Die Anmeldung wurde unter einer unbekannten Adresse begonnen",
        "Diese Website schließt keine Anmeldung ab, die dort begonnen wurde.",
        "Wenn Sie jener Adresse vertrauen, sagen Sie ihren Betreibern Bescheid.",
    ),
    session_codec: ErrorText::new(
        "Ihre Anmeldung konnte nicht gespeichert werden",
        "Der Fehler liegt bei dieser Website, nicht bei Ihnen.",
        "Versuchen Sie es später noch einmal. Wenn es wieder geschieht, sagen Sie den \
         Betreibern dieser Website Bescheid.",
    ),
    unknown_action: ErrorText::new(
        "Seite nicht gefunden",
        "Unter dieser Adresse gibt es nichts.",
        "Prüfen Sie die Adresse auf Tippfehler, oder gehen Sie zur Anmeldeseite.",
    ),
    unknown_host: ErrorText::new(
        "Unter dieser Adresse kann man sich nicht anmelden",
        "Sie haben diese Website unter einer Adresse aufgerufen, die sie nicht als ihre eigene \
         kennt.",
        "Verwenden Sie ihre übliche Adresse. Wenn es diese ist, sagen Sie den Betreibern dieser \
         Website Bescheid.",
    ),
    account_of_another_user: ErrorText::new(
        "Dieses Konto gehört einem anderen Benutzer",
        "Mit ihm meldet sich hier jemand anders an, nicht der Benutzer, als der Sie angemeldet \
         sind.",
        "Um zu jenem Benutzer zu wechseln, melden Sie sich zuerst ab. Um ein Konto \
         hinzuzufügen, wählen Sie ein anderes.",
    ),
    session_changed: ErrorText::new(
        "Sie sind nicht mehr wie zuvor angemeldet",
        "Sie haben begonnen, ein Konto hinzuzufügen, und sich dann ab- oder als jemand anders \
         angemeldet.",
        "Melden Sie sich wie gewohnt an, und fügen Sie dann das Konto hinzu.",
    ),
    store_unavailable: ErrorText::new(
        "Sie können im Moment nicht angemeldet werden",
        "Diese Website erreicht ihr Benutzerverzeichnis nicht. Es liegt nicht an Ihnen.",
        "Warten Sie eine Minute und versuchen Sie es noch einmal.",
    ),
    session_too_large: ErrorText::new(
        "Sie konnten nicht angemeldet bleiben",
        "Diese Website merkt sich mehr über Sie, als in ein Cookie passt.",
        "Sagen Sie den Betreibern dieser Website Bescheid.",
    ),
    callback_failed: ErrorText::new(
        "Diese Website konnte die Anmeldung nicht abschließen",
        "Etwas in ihren eigenen Prüfungen ist fehlgeschlagen. Es liegt nicht an Ihnen.",
        "Versuchen Sie es später noch einmal. Wenn es wieder geschieht, sagen Sie den \
         Betreibern dieser Website Bescheid.",
    ),

    verification: ErrorText::new(
        "Anmeldung nicht möglich",
        "Der Anmeldelink ist nicht mehr gültig.",
        "Er wurde vielleicht schon verwendet oder ist abgelaufen. Melden Sie sich erneut an.",
    ),
    another_account: ErrorText::new(
        "Anmeldung nicht möglich",
        "Melden Sie sich zur Bestätigung mit demselben Konto an wie beim ersten Mal.",
        "Wählen Sie diesen Weg zur Anmeldung.",
    ),
    email_not_sent: ErrorText::new(
        "Anmeldung nicht möglich",
        "Die E-Mail konnte nicht gesendet werden.",
        "Prüfen Sie die Adresse, und versuchen Sie es noch einmal.",
    ),
    credentials: ErrorText::new(
        "Anmeldung fehlgeschlagen",
        "Prüfen Sie, ob Ihre Angaben stimmen.",
        "Versuchen Sie es dann noch einmal.",
    ),
    session_required: ErrorText::new(
        "Anmeldung erforderlich",
        "Bitte melden Sie sich an, um diese Seite zu sehen.",
        "Danach kommen Sie zu ihr zurück.",
    ),
    not_finished: ErrorText::new(
        "Anmeldung nicht möglich",
        "Die Anmeldung konnte nicht abgeschlossen werden.",
        "Versuchen Sie es mit einem anderen Konto.",
    ),
    unknown: ErrorText::new(
        "Anmeldung nicht möglich",
        "Die Anmeldung konnte nicht abgeschlossen werden.",
        "Versuchen Sie es noch einmal. Wenn es wieder geschieht, sagen Sie den Betreibern \
         dieser Website Bescheid.",
    ),
};
